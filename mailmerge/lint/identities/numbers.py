"""Numbers that know one person: telephones, social security and file numbers, however their digits are grouped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from mailmerge.lint.identities.letters import Owners, numbers, own
from mailmerge.lint.surroundings import before
from mailmerge.text.folding import normalise
from mailmerge.text.regex import regex

DIGITS = regex(r"[0-9](?:[\s./()+\-·•_,*|:;'’]{0,4}[0-9]){3,40}")
"""Digits with what people write between them, in a normalised text; a plus may be before them."""
_GROUP = regex("[0-9]+")
_DATE = regex(r"\d{1,4}[./\s-]\d{1,2}[./\s-]\d{1,4}")
_MONEY = regex(r"\s?(?:€|\$|£|eur|k€|ke|%|km|chf)", re.IGNORECASE)
_TOWN = regex(r"[^\S\n]{1,2}[A-ZÀ-ÖØ-Þ]")
_OPENS = regex(r"(?:\A|[,;\n|(]\s*|[-–·•]\s?|\b[A-Z]{1,2}-)\Z")
"""What is after and before a postcode."""
_BOX = regex(
    r"\b(?:BP|B\.P\.|CS|TSA|CP|Postfach|P\.? ?O\.? ?Box|Apartado(?: de correos)?|Casella postale|Caixa postal|Postbus|"
    r"skr\. ?poczt\.|ISO|EN|DIN|NF)\s*\Z",
    re.IGNORECASE,
)
"""What is before the number of a post-office box or of a standard."""
_TRUNK_ZERO = ("33", "44", "32", "49", "41", "31", "43", "353")
"""Countries that dial a 0 at home where the international form has the country code (ITU E.164)."""
_COUNTRY = regex(r"(?:00)?[1-9]\d{0,2}0?|0")
_TAIL = 9
"""Last digits by which a telephone number is known whatever is dialled before them."""
_SHORT = 5
"""Digits of a number that is also a postcode, or the end of a telephone number, often enough."""
_JOINS = regex(r"[ \xa0./-]")
_MOST_GROUPS = 15
_MOST_DIGITS = 20


class NumberKind(StrEnum):
    """What a number is."""

    PHONE = "phone"
    NIR = "nir"
    REFERENCE = "reference"
    """A file number of digits alone."""
    NUMBER = "number"
    """Any number that only one row has: less certain than a reference."""


class NumberFound(NamedTuple):
    """A known number in a text."""

    kind: NumberKind
    key: str
    start: int
    end: int


class Numbers:
    """The numbers of all people."""

    def __init__(self) -> None:
        self._owners: dict[str, Owners] = {}
        self._kinds: dict[str, NumberKind] = {}
        """Of those that are no telephone numbers."""
        self._tails: dict[str, str] = {}
        self.has_short_ones = False
        """Whether a file number is as short as a postcode."""

    def add_phone(self, cell: str, owner: int) -> None:
        """Enter the telephone numbers of a cell."""
        for number in _phones(cell):
            key = phone_of(number)
            if key:
                own(self._owners, key, owner)
                if len(key) >= _TAIL:
                    self._tails[key[-_TAIL:]] = key

    def add(self, kind: NumberKind, digits: str, owner: int) -> None:
        """Enter a number that is written as it is."""
        own(self._owners, digits, owner)
        self._kinds[digits] = kind
        self.has_short_ones |= kind is NumberKind.REFERENCE and len(digits) <= _SHORT

    def owners(self, key: str) -> tuple[int, ...]:
        """The records that carry a number."""
        return numbers(self._owners.get(key))

    def find(self, text: str) -> Iterator[NumberFound]:
        """The known numbers in a normalised text; they begin and end where a group of digits does."""
        if not self._owners:
            return
        for run in DIGITS.finditer(text):
            yield from self._in_run(text, run)

    def _in_run(self, text: str, run: re.Match[str]) -> Iterator[NumberFound]:
        groups = [match.span() for match in _GROUP.finditer(text, run.start(), run.end())]
        owners, tails = self._owners, self._tails
        for first, (start, _end) in enumerate(groups):
            digits = ""
            for last in range(first, min(len(groups), first + _MOST_GROUPS)):
                end = groups[last][1]
                digits += text[groups[last][0] : end]
                if len(digits) > _MOST_DIGITS:
                    break
                if digits in owners:
                    kind = self._kinds.get(digits, NumberKind.PHONE)
                    if kind is NumberKind.REFERENCE and len(digits) <= _SHORT and _is_in_doubt(text, groups, first):
                        kind = NumberKind.NUMBER
                    if kind in (NumberKind.PHONE, NumberKind.NIR) or _stands_alone(text, groups, first, last, kind):
                        yield NumberFound(kind, digits, start, end)
                elif len(digits) >= _TAIL and (key := tails.get(digits[-_TAIL:])):
                    begin = start - (text[start - 1 : start] == "+")
                    if phone_of(text[begin:end]) == key or _COUNTRY.fullmatch(digits[:-_TAIL] or "0"):
                        yield NumberFound(NumberKind.PHONE, key, begin, end)


def _is_in_doubt(text: str, groups: list[tuple[int, int]], at: int) -> bool:
    """Whether a short number may be something else: a postcode, or a part of a longer number beside it."""
    start, end = groups[at]
    beside = [text[end : groups[at + 1][0]]] if at + 1 < len(groups) else []
    beside += [text[groups[at - 1][1] : start]] if at else []
    return any(map(_JOINS.fullmatch, beside)) or _TOWN.match(text, end) is not None


def _stands_alone(text: str, groups: list[tuple[int, int]], first: int, last: int, kind: NumberKind) -> bool:
    """Whether groups of digits are a number of their own, and no part of another, no date, and no amount."""
    start, end = groups[first][0], groups[last][1]
    if _MONEY.match(text, end) or text[end : end + 1] == "%":
        return False
    if kind is NumberKind.NUMBER and _TOWN.match(text, end) and _OPENS.search(before(text, start)):
        return False  # "12 rue des Lilas, 31000 Toulouse"
    if end - start <= _SHORT and _BOX.search(before(text, start)):
        return False
    if first == last:
        return not re.match(r"[.,]\d{1,2}(?!\d)", text[end : end + 4]) and text[start - 1 : start] not in (".", ",")
    if kind is NumberKind.NUMBER or _DATE.fullmatch(text, start, end):
        return False
    inner = {text[groups[at][1] : groups[at + 1][0]] for at in range(first, last)}
    outer = set()
    if first:
        outer.add(text[groups[first - 1][1] : start])
    if last + 1 < len(groups):
        outer.add(text[end : groups[last + 1][0]])
    return len(inner) == 1 and inner.isdisjoint(outer)


def _phones(cell: str) -> list[str]:
    """The numbers of a cell that may hold two."""
    plain = normalise(cell)
    if sum(map(str.isdigit, plain)) < 16:
        return [plain]
    return [piece for piece in re.split(r"\s*(?:[/;,|\n]|\bou\b|\bor\b|\bet\b)\s*", plain) if piece]


def phone_of(text: str) -> str:
    """A telephone number as digits, ``+33`` and ``0033`` as ``0``."""
    stripped = text.lstrip()
    digits = "".join(character for character in stripped if "0" <= character <= "9")
    if digits.startswith("00"):
        digits = digits[2:]
    elif not stripped.startswith("+"):
        if len(digits) == 9 and digits[0] != "0":
            return f"0{digits}"  # Excel took the zero for decoration
        if not (len(digits) == 11 and digits.startswith("33")):
            return digits
    for country in _TRUNK_ZERO:
        if digits.startswith(country):
            return f"0{digits[len(country) :].lstrip('0')}"
    return digits


def compact(text: str) -> str:
    """The letters and digits of a number that people write in groups, in capitals."""
    return "".join(filter(str.isalnum, normalise(text).upper()))
