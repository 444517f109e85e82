"""Several people named by their surnames alone, as in the list of those who come: "Petit, Durand, Mme Lefèvre, ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.lint.identities.known_people import KnownPeople
from mailmerge.lint.identities.what import Hit, What
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex
from mailmerge.text.titles import TITLES

LEAST = 5
"""Surnames of others that make a text a list of them."""
_MOST_OWNERS = 3
"""A surname that more people have is everywhere."""
_NEAR = 60
"""Characters between two names of one list."""
_CAPITALISED = regex(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def surnames_in(people: KnownPeople, text: str) -> Iterator[Hit]:
    """The lists of surnames in a text; a first name beside a surname makes it somebody else's, or a whole name."""
    found: dict[str, tuple[int, ...]] = {}
    start = end = 0
    for surname, owners, at, stop in _bare(people, text):
        if at - end > _NEAR:
            yield from _list_of(found, text, start, end)
            found = {}
        if not found:
            start = at
        found[surname] = owners
        end = stop
    yield from _list_of(found, text, start, end)


def _list_of(found: dict[str, tuple[int, ...]], text: str, start: int, end: int) -> Iterator[Hit]:
    if len(found) >= LEAST:
        owners = tuple(dict.fromkeys(number for numbers in found.values() for number in numbers))
        yield Hit(What.SURNAMES, " ".join(sorted(found)), owners, text[start:end], start)


def _bare(people: KnownPeople, text: str) -> Iterator[tuple[str, tuple[int, ...], int, int]]:
    """Surnames that are in a text without a first name."""
    words = [match for match in _CAPITALISED.finditer(text) if match.group()[0].isupper()]
    known: list[tuple[int, ...]] = []
    for match in words:
        surname = fold(match.group()).replace(" ", "")
        owners = people.surname_owners(surname) if len(surname) > 2 and surname not in ORDINARY else ()
        known.append(owners if len(owners) <= _MOST_OWNERS and not people.is_first_name(surname) else ())
    if sum(1 for owners in known if owners) < LEAST:
        return
    for at, (match, owners) in enumerate(zip(words, known, strict=True)):
        if owners and all(
            known[other] or fold(words[other].group()) in TITLES
            for other in (at - 1, at + 1)
            if 0 <= other < len(words) and _are_beside(text, words[other], match)
        ):
            yield fold(match.group()).replace(" ", ""), owners, match.start(), match.end()


def _are_beside(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    first, second = sorted((one, other), key=lambda match: match.start())
    return text[first.end() : second.start()].strip(" \t\xa0.") == "" and "\n" not in text[first.end() : second.start()]
