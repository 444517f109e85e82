"""What only one person has besides an address and a number: a home, a date of birth, a profile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mailmerge.lint.identities.letters import Letters, Owners, numbers, own
from mailmerge.lint.identities.reading import plain_words
from mailmerge.text import calendar_names
from mailmerge.text.calendar_names import numbered
from mailmerge.text.folding import fold, normalise
from mailmerge.text.regex import regex

_ABBREVIATIONS = {
    "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard", "bvd": "boulevard",
    "pl": "place", "imp": "impasse", "all": "allee", "ch": "chemin", "chem": "chemin", "rte": "route", "sq": "square",
    "fbg": "faubourg", "res": "residence", "r": "rue", "st": "saint", "ste": "sainte", "gal": "general",
    "strasse": "str", "rd": "road",
}  # fmt: skip
_BLANKS = regex(r"[^\S\n]+")
_POSTCODE = regex(r"\s*(?:[,\n;|]\s*|\s)(?:[A-Z]{1,2}-)?\d{4,5}\b.*", re.DOTALL)
MONTHS = numbered(calendar_names.MONTHS.values(), 1)
_DATES = (
    regex(r"\b(?P<d>\d{1,2})[./\s-](?P<m>\d{1,2})[./\s-](?P<y>(?:19|20)\d\d)\b"),
    regex(r"\b(?P<y>(?:19|20)\d\d)[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})\b"),
    regex(r"\b(?P<d>\d{1,2})(?:er|st|nd|rd|th|º|\.)?\s+(?:de\s+)?(?P<n>[^\W\d_]{3,12})\.?\s+(?:de\s+)?(?P<y>(?:19|20)\d\d)\b"),
    regex(r"\b(?P<n>[^\W\d_]{3,9})\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b"),
)  # fmt: skip
_LINK = regex(r"(?:https?://|www\.|\b(?:[a-z]{2,3}\.)?linkedin\.com/)[^\s<>\"'()\[\]]+", re.IGNORECASE)
_NUMBER_ALONE = regex(r"\d+\s?(?:bis|ter|quater|[A-Za-z])?")
_NUMBER_WITHIN = 6
"""Words of a street up to its number: via Giovanni dalle Bande Nere 8."""
_SHORTEST_STREET = 9
"""Letters and digits of a street with its number."""


class DetailFound(NamedTuple):
    """A known detail in a text."""

    key: str
    start: int
    end: int
    owners: tuple[int, ...]


class Homes:
    """Streets with their numbers."""

    def __init__(self) -> None:
        self._letters = Letters()

    def add(self, cell: str, owner: int) -> None:
        """Enter a postal address."""
        words = street_words(cell)
        letters = "".join(words)
        if words and any(word[0].isdigit() for word in words[:_NUMBER_WITHIN]) and len(letters) >= _SHORTEST_STREET:
            self._letters.add(letters, owner, (words[0],))

    def may_be_in(self, words: Sequence[str]) -> bool:
        """Whether somebody's street is among folded words."""
        return bool(self._letters.find([_street_word(word) for word in words]))

    def find(self, tokens: Sequence[tuple[str, int, int]]) -> Iterator[DetailFound]:
        """Streets of people among words and where they are."""
        words = [_street_word(word) for word, _start, _end in tokens]
        for run in self._letters.find(words):
            yield DetailFound(
                run.letters, tokens[run.start][1], tokens[run.end - 1][2], self._letters.owners(run.letters)
            )


class Births:
    """Dates of birth."""

    def __init__(self) -> None:
        self._owners: dict[str, Owners] = {}

    def add(self, cell: str, owner: int) -> None:
        """Enter a date."""
        for date, _start, _end in dates_in(normalise(cell)):
            own(self._owners, date, owner)

    def find(self, text: str) -> Iterator[DetailFound]:
        """Dates of birth in a normalised text."""
        if self._owners:
            for date, start, end in dates_in(text):
                if date in self._owners:
                    yield DetailFound(date, start, end, numbers(self._owners[date]))


class Profiles:
    """Links to a page about one person."""

    def __init__(self) -> None:
        self._owners: dict[str, Owners] = {}

    def add(self, cell: str, owner: int) -> None:
        """Enter a link."""
        if key := profile_of(normalise(cell)):
            own(self._owners, key, owner)

    def find(self, text: str) -> Iterator[DetailFound]:
        """Links to people's pages in a normalised text."""
        if self._owners and "/" in text:
            for match in _LINK.finditer(text):
                key = profile_of(match.group())
                if key in self._owners:
                    yield DetailFound(key, match.start(), match.end(), numbers(self._owners[key]))


def _street_word(word: str) -> str:
    """A word of a street in its long form: Hauptstr. is Hauptstrasse."""
    return f"{word}asse" if len(word) > 4 and word.endswith("str") else _ABBREVIATIONS.get(word, word)


def street_words(cell: str) -> list[str]:
    """The folded words of a street and its number, without the town."""
    text = _BLANKS.sub(" ", normalise(cell).strip())
    street = _POSTCODE.sub("", text) if len(text) > 6 else text
    for line in re.split(r"[\n;|]", street):
        if re.search(r"\d", line):
            head, _, tail = line.partition(",")
            is_number = _NUMBER_ALONE.fullmatch(head.strip()) is not None
            street = line if is_number or not re.search(r"\d", head) else head
            street = f"{head} {tail.partition(',')[0]}" if is_number else street
            break
    return [_street_word(word) for word in plain_words(street)]


def dates_in(text: str) -> Iterator[tuple[str, int, int]]:
    """The dates in a normalised text as ISO 8601, both ways round where day and month could be either."""
    for pattern in _DATES:
        for match in pattern.finditer(text):
            found = match.groupdict()
            month = MONTHS.get(fold(found["n"]), 0) if found.get("n") else int(found["m"])
            day = int(found["d"])
            for m, d in ((month, day), (day, month)) if found.get("m") else ((month, day),):
                if 1 <= m <= 12 and 1 <= d <= 31:
                    yield f"{found['y']}-{m:02}-{d:02}", match.start(), match.end()
                    break


def profile_of(link: str) -> str:
    """A link without what does not matter in it; ``""`` for that of a whole site."""
    found = _LINK.match(link.strip())
    if not found:
        return ""
    rest = re.sub(r"^https?://(?:www\.)?|^www\.", "", found.group().casefold()).rstrip(".,;:!?…")
    rest = rest.partition("#")[0]
    host, slash, path = rest.partition("/")
    if host.endswith("linkedin.com"):
        host, path = "linkedin.com", path.partition("?")[0]
    path = path.rstrip("/")
    return f"{host}/{path}" if slash and path else ""
