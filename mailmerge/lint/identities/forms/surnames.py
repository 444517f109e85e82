"""Several people named by their surnames alone, as in the list of those who come: "Petit, Durand, Mme Lefèvre, ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.lint.identities.known_people import KnownPeople
from mailmerge.lint.identities.what import Hit, What
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex
from mailmerge.text.titles import TITLES

LEAST = 5
"""Surnames of others that make a text a list of them."""
LEAST_WITH_FIGURES = 3
"""The same, where each has a figure behind it: "Petit 12, Durand 9,5, Roux (14)"."""
_MOST_OWNERS = 3
"""A surname that more people have is everywhere."""
_NEAR = 60
"""Characters between two names of one list."""
_FIGURE = regex(r"\s?[:=(–—-]?\s?\d+(?:[.,]\d+)?(?![\w:])")
"""What is behind a name in a list of results; no hour, and no number of a house before a street."""
_CAPITALISED = regex(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


class _Surname(NamedTuple):
    """A surname in a text without a first name."""

    letters: str
    owners: tuple[int, ...]
    start: int
    end: int
    has_figure: bool
    """Whether a figure is behind it."""


def surnames_in(people: KnownPeople, text: str) -> Iterator[Hit]:
    """The lists of surnames in a text; a first name beside a surname makes it somebody else's, or a whole name."""
    listed: list[_Surname] = []
    for surname in _bare(people, text):
        if listed and surname.start - listed[-1].end > _NEAR:
            yield from _list_of(listed, text)
            listed = []
        listed.append(surname)
    yield from _list_of(listed, text)


def _list_of(listed: Sequence[_Surname], text: str) -> Iterator[Hit]:
    with_figures = {surname.letters for surname in listed if surname.has_figure}
    different = {surname.letters for surname in listed}
    if len(different) >= LEAST or (with_figures == different and len(different) >= LEAST_WITH_FIGURES):
        owners = tuple(dict.fromkeys(number for surname in listed for number in surname.owners))
        start, end = listed[0].start, listed[-1].end
        yield Hit(What.SURNAMES, " ".join(sorted(different)), owners, text[start:end], start)


def _bare(people: KnownPeople, text: str) -> Iterator[_Surname]:
    """Surnames that are in a text without a first name."""
    words = [match for match in _CAPITALISED.finditer(text) if match.group()[0].isupper()]
    known = [_known(people, match) for match in words]
    if sum(1 for surname in known if surname.owners) < LEAST_WITH_FIGURES:
        return
    for at, surname in enumerate(known):
        if surname.owners and all(
            known[other].owners or fold(words[other].group()) in TITLES
            for other in (at - 1, at + 1)
            if 0 <= other < len(words) and _are_beside(text, words[other], words[at])
        ):
            yield surname


def _known(people: KnownPeople, match: re.Match[str]) -> _Surname:
    """A word as a surname, with nobody as its owner where it may be anything else."""
    letters = fold(match.group()).replace(" ", "")
    has_figure = _FIGURE.match(match.string, match.end()) is not None
    is_likely = len(letters) > 2 and (has_figure or letters not in ORDINARY) and not people.is_first_name(letters)
    owners = people.surname_owners(letters) if is_likely else ()
    return _Surname(letters, owners if len(owners) <= _MOST_OWNERS else (), match.start(), match.end(), has_figure)


def _are_beside(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    first, second = sorted((one, other), key=lambda match: match.start())
    return text[first.end() : second.start()].strip(" \t\xa0.") == "" and "\n" not in text[first.end() : second.start()]
