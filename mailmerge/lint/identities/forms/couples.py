"""Two people with one surname, which only the second is beside: "Inès et Hugo Durand", "Inès & Hugo Durand"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailmerge.lint.identities.details import DetailFound
from mailmerge.lint.identities.known_people import KnownPeople
from mailmerge.lint.identities.own import Own
from mailmerge.lint.identities.reading import Reading, Token, WordGap
from mailmerge.lint.vocabulary import CAPITAL, words
from mailmerge.text.regex import regex

_AND = words("et and und y e i en ja og och")
_SIGNS = frozenset("&+")
_SIGN_BETWEEN = regex(rf"[&+](?:(?<=[ ].) ?| |(?=[{CAPITAL}]))[^\W\d_]")
"""Such a sign before a word: not the one between two fields of a link."""
_MOST_GIVEN = 2
"""Words of a first name."""
_MOST_WORDS = 4
"""Words of a surname."""
_MOST_OWNERS = 200


def may_be_couples(people: KnownPeople, said: Sequence[str], text: str) -> bool:
    """Whether a first name of the table may be before a word, or a sign, for "and"."""
    if ("&" in text or "+" in text) and _SIGN_BETWEEN.search(text):
        return True
    if _AND.isdisjoint(said):
        return False
    places = [at for at, word in enumerate(said) if word in _AND]
    return any(any(_given(people, said[max(0, at - _MOST_GIVEN) : at])) for at in places)


def couples_in(people: KnownPeople, reading: Reading, own: Own | None) -> Iterator[DetailFound]:
    """Whom the surname of a couple is that of as well; a reader who is the second of the two knows."""
    tokens = reading.tokens
    for at in range(1, len(tokens) - 1):
        second = _second(reading, tokens, at)
        if not second or not tokens[second].is_capital:
            continue
        before = [token.word for token in tokens[max(0, at - _MOST_GIVEN) : at]]
        for given in _given(people, before):
            for end in range(second + 2, min(second + 2 + _MOST_WORDS, len(tokens) + 1)):
                surname = tokens[second + 1 : end]
                if surname[-1].gap is not WordGap.PLAIN:
                    break
                letters = "".join(token.word for token in surname)
                if own is not None and tokens[second].word + letters in own.letters:
                    continue
                if any(token.is_capital for token in surname):
                    yield from _found(people, given + letters, letters, tokens[at - 1].start, surname[-1].end)


def _second(reading: Reading, tokens: Sequence[Token], at: int) -> int:
    """Where the second first name is, if the words before a place may be the first of a couple; 0 if not."""
    if not tokens[at - 1].is_capital:
        return 0
    if tokens[at].word in _AND and tokens[at].gap is WordGap.PLAIN and at + 2 < len(tokens):
        return at + 1 if tokens[at + 1].gap is WordGap.PLAIN else 0
    between = reading.text[tokens[at - 1].end : tokens[at].start].strip()
    return at if between in _SIGNS else 0


def _given(people: KnownPeople, before: Sequence[str]) -> Iterator[str]:
    """The first names that a text ends with."""
    for count in range(1, min(_MOST_GIVEN, len(before)) + 1):
        if people.is_first_name(letters := "".join(before[-count:])):
            yield letters


def _found(people: KnownPeople, letters: str, surname: str, start: int, end: int) -> Iterator[DetailFound]:
    for owner in people.surname_owners(surname)[:_MOST_OWNERS]:
        for form in people.forms(owner):
            if "".join(form.words) == letters:
                yield DetailFound(form.key, start, end, people.name_owners(letters))
