"""Names with the endings of a language: "Anna Müllers Vertrag", "dla Piotra Kowalskiego", "Matti Virtasen hakemus".

A whole name of the table has to be left when the endings are taken off. Of one name alone: ``possessives.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mailmerge.lint.identities.declensions import (
    FINAL_LETTERS,
    GENITIVE,
    LONGEST_ENDING,
    OF_ALL_WORDS,
    are_known,
    is_possession,
    nominatives,
)
from mailmerge.lint.identities.doubt.evidence import is_covered, names_something_else
from mailmerge.lint.identities.letters import Letters, WordRun
from mailmerge.lint.identities.own import Own
from mailmerge.lint.identities.reading import Reading, Token, WordGap

_MOST_WORDS = 4
"""Words of a name that has endings."""
_MOST_KEPT = 20_000
_HYPHENS = frozenset("-‐‑")
_BETWEEN = 2
"""Words that may be between a name and what is its bearer's: "Annas letztes Zeugnis"."""


class Declined:
    """The names of one table, as they are in the languages of its letters."""

    def __init__(self, letters: Letters, languages: Sequence[str]):
        self._letters = letters
        self.languages = [language for language in dict.fromkeys(languages) if are_known(language)]
        self._seen: dict[str, set[str]] = {language: set() for language in self.languages}
        self._known: dict[str, dict[str, list[str]]] = {language: {} for language in self.languages}

    def found_in(self, reading: Reading, words: Sequence[str], mine: Own | None) -> Iterator[tuple[WordRun, int, int]]:
        """The names in a text that are not one's own, and where, as far as the words beside them say so; ``words`` are
        the folded ones of the text, by which most texts are known to have none."""
        number = mine.number if mine else 0
        if next(self.find(words, number), None) is None:
            return
        tokens = reading.tokens
        said = [token.word for token in tokens]
        own = mine.spans_in(said) if mine else []
        for run, language in self.find(said, number):
            among = tokens[run.start : run.end]
            is_mine = number in self._letters.owners(run.letters) or is_covered(run, own)
            is_one = (
                all(token.gap is WordGap.PLAIN for token in among[1:]) and among[0].is_capital and among[-1].is_capital
            )
            if (
                is_one
                and not is_mine
                and not _is_anothers(reading, among)
                and _is_genitive(reading.text, tokens, run, language)
            ):
                yield run, among[0].start, among[-1].end

    def find(self, words: Sequence[str], number: int = 0) -> Iterator[tuple[WordRun, str]]:
        """Whole names among folded words that have endings, and the language of those; ``number`` is one's own."""
        starts = self._letters.starts(words)
        own = self._own(words, starts, number)
        for at in starts:
            following = "" if at in own else "".join([word[-1] for word in words[at + 1 : at + _MOST_WORDS]])
            for language in self.languages if following else ():
                if not FINAL_LETTERS[language].isdisjoint(following):
                    yield from self._from(words, at, words[at], language)
        for language in self.languages:
            if language in OF_ALL_WORDS:
                rest = [word for at, word in enumerate(words) if at not in own] if own else words
                firsts = self._firsts_among(rest, language)
                for at in [at for at, word in enumerate(words) if word in firsts]:
                    for first in firsts[words[at]] if at not in own else ():
                        yield from self._from(words, at, first, language)

    def _own(self, words: Sequence[str], starts: Sequence[int], number: int) -> set[int]:
        """Where one's own name is, as the table has it: most texts have it, and no other name is begun in it."""
        own: set[int] = set()
        for at in starts if number else ():
            if number in self._letters.owners("".join(words[at : at + 2])):
                own.update((at, at + 1))
        return own

    def _firsts_among(self, words: Sequence[str], language: str) -> dict[str, list[str]]:
        """The beginnings of names that words may be with an ending, by word; at least those of these words."""
        seen, known = self._seen[language], self._known[language]
        if not seen.issuperset(words):
            if len(seen) > _MOST_KEPT:
                seen.clear()
                known.clear()
            for word in set(words) - seen:
                if found := [each for each in nominatives(word, language) if self._letters.begins(each)]:
                    known[word] = found
            seen.update(words)
        return known

    def _from(self, words: Sequence[str], at: int, first: str, language: str) -> Iterator[tuple[WordRun, str]]:
        """The names that begin with a word; ``first`` is that without its ending."""
        joined, written = first, words[at]
        most = self._letters.longest(first)
        for end in range(at + 1, min(at + _MOST_WORDS, len(words))):
            written += words[end]
            if len(joined) + len(words[end]) > most + LONGEST_ENDING or self._letters.owners(written):
                return
            for last in self._lasts(words[end], first, language, is_first_declined=first != words[at]):
                if joined + last in self._letters:
                    yield WordRun(at, end + 1, joined + last), language
            joined += words[end]

    def _lasts(self, word: str, first: str, language: str, *, is_first_declined: bool) -> list[str]:
        """What the last word of a name may be without its ending; as it is where only women's names have none."""
        if language not in OF_ALL_WORDS:
            return nominatives(word, language)
        if not is_first_declined:
            return nominatives(word, language) if first.endswith("a") else []
        found = nominatives(word, language)
        return [*found, word] if first.endswith("a") or word.endswith("o") else found


def _is_anothers(reading: Reading, among: Sequence[Token]) -> bool:
    """Whether the name is that of a street or a firm, or goes on: "ulica Jana Nowaka-Jeziorańskiego"."""
    after = reading.after(among[-1].end)
    goes_on = after[:1] in _HYPHENS and after[1:2].isalpha()
    return goes_on or names_something_else(reading, among)


def _is_genitive(text: str, tokens: Sequence[Token], run: WordRun, language: str) -> bool:
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
    before = tokens[run.start - 1] if run.start and tokens[run.start].gap is WordGap.PLAIN else None
    return before is not None and is_possession(before.word, language)


def _on_same_line(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The words that follow the first one, with nothing but a blank between them."""
    found: list[Token] = []
    for token, following in pairwise(tokens):
        if following.gap is not WordGap.PLAIN or "\n" in text[token.end : following.start]:
            break
        found.append(following)
    return found


def _is_adjective(word: str) -> bool:
    return word.endswith(("e", "er", "es", "en", "em"))
