"""Names with the endings of a language: "Anna Müllers Vertrag", "dla Piotra Kowalskiego", "Matti Virtasen hakemus".

A whole name of the table has to be left when the endings are taken off. Of one name alone: ``possessives.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mailmerge.lint.identities.declensions import (
    GENITIVE,
    OF_ALL_WORDS,
    are_known,
    is_possession,
    nominatives,
)
from mailmerge.lint.identities.evidence import is_covered
from mailmerge.lint.identities.letters import Letters, Run
from mailmerge.lint.identities.own import Own
from mailmerge.lint.identities.reading import Gap, Reading, Token, plain_words

_MOST_WORDS = 4
"""Words of a name that has endings."""
_MOST_KEPT = 20_000
_BETWEEN = 2
"""Words that may be between a name and what is its bearer's: "Annas letztes Zeugnis"."""


class Declined:
    """The names of one table, as they are in the languages of its letters."""

    def __init__(self, letters: Letters, languages: Sequence[str]):
        self._letters = letters
        self.languages = [language for language in dict.fromkeys(languages) if are_known(language)]
        self._known: dict[tuple[str, str], list[str]] = {}

    def found_in(self, reading: Reading, mine: Own | None) -> Iterator[tuple[Run, int, int]]:
        """The names in a text that are not one's own, and where, as far as the words beside them say so."""
        if next(self.find(plain_words(reading.text)), None) is None:
            return
        tokens = reading.tokens
        said = [token.word for token in tokens]
        own = mine.spans_in(said) if mine else []
        for run, language in self.find(said):
            among = tokens[run.start : run.end]
            is_mine = (mine is not None and mine.number in self._letters.owners(run.letters)) or is_covered(run, own)
            is_one = all(token.gap is Gap.PLAIN for token in among[1:]) and among[0].is_capital and among[-1].is_capital
            if is_one and not is_mine and _is_genitive(reading.text, tokens, run, language):
                yield run, among[0].start, among[-1].end

    def find(self, words: Sequence[str]) -> Iterator[tuple[Run, str]]:
        """Whole names among folded words that have endings, and the language of those."""
        for language in self.languages:
            if language in OF_ALL_WORDS:
                for at, word in enumerate(words):
                    for first in (word, *self._firsts(word, language)):
                        if self._letters.begins(first):
                            yield from self._from(words, at, first, language)
            else:
                for at, word in enumerate(words):
                    if self._letters.begins(word):
                        yield from self._from(words, at, word, language)

    def _firsts(self, word: str, language: str) -> list[str]:
        key = (language, word)
        if key not in self._known:
            if len(self._known) > _MOST_KEPT:
                self._known.clear()
            self._known[key] = [each for each in nominatives(word, language) if self._letters.begins(each)]
        return self._known[key]

    def _from(self, words: Sequence[str], at: int, first: str, language: str) -> Iterator[tuple[Run, str]]:
        """The names that begin with a word; ``first`` is that without its ending."""
        joined, written = first, words[at]
        most = self._letters.longest(first)
        for end in range(at + 1, min(at + _MOST_WORDS, len(words))):
            written += words[end]
            if len(joined) > most or self._letters.owners(written):
                return
            for last in self._lasts(words[end], first != words[at], first, language):
                if joined + last in self._letters:
                    yield Run(at, end + 1, joined + last), language
            joined += words[end]

    def _lasts(self, word: str, is_first_declined: bool, first: str, language: str) -> list[str]:
        """What the last word of a name may be without its ending; as it is where only women's names have none."""
        found = nominatives(word, language)
        if language not in OF_ALL_WORDS:
            return found
        if not is_first_declined:
            return found if first.endswith("a") else []
        return [*found, word] if first.endswith("a") or word.endswith("o") else found


def _is_genitive(text: str, tokens: Sequence[Token], run: Run, language: str) -> bool:
    """Whether words beside a name say that its ending is one, and no letter of a longer name."""
    if language not in GENITIVE:
        return True
    after = _on_same_line(text, tokens[run.end - 1 : run.end + 1 + _BETWEEN])
    if language in ("de", "lb"):
        nouns = (at for at, token in enumerate(after) if token.is_capital)
        if (at := next(nouns, None)) is not None and all(_is_adjective(token.word) for token in after[:at]):
            return True
    elif any(is_possession(token.word, language) for token in after):
        return True
    before = tokens[run.start - 1] if run.start and tokens[run.start].gap is Gap.PLAIN else None
    return before is not None and is_possession(before.word, language)


def _on_same_line(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The words that follow the first one, with nothing but a blank between them."""
    found: list[Token] = []
    for token, following in pairwise(tokens):
        if following.gap is not Gap.PLAIN or "\n" in text[token.end : following.start]:
            break
        found.append(following)
    return found


def _is_adjective(word: str) -> bool:
    return word.endswith(("e", "er", "es", "en", "em"))
