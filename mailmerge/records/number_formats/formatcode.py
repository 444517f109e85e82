"""The code of a number format, taken apart: sections, and what each holds (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from functools import cached_property

from msgspec import Struct

from mailmerge.records.number_formats.builtin import CURRENCY
from mailmerge.text.regex import regex

_TOKEN = regex(
    r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|General|AM/PM|A/P|E[+-]0*|[0#?]|y+|m+|d+|h+|s+|e+|g+|b+|.',
    re.DOTALL | re.IGNORECASE,
)
_ELAPSED = regex(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_UNIT = regex(r"(?:y+|m+|d+|h+|s+|e+|\[(?:h+|m+|s+)\]|am/pm|a/p)", re.IGNORECASE)
_CONDITION = regex(r"\[\s*(<=|>=|<>|<|>|=)\s*(-?\d*\.?\d+(?:E[+-]?\d{1,3})?)\s*\]", re.IGNORECASE)
_LOCALE = regex(r"\[\$[^\]-]*-([0-9A-Za-z-]+)[^\]]*\]")
_SYSTEM = regex(r"\[(?:\$-(?:x-sys(?:date|time)|F[48]00)[^\]]*|short-date|hour)\]", re.IGNORECASE)
_NATIVE = regex(r"\[(?:DB|Nat)Num", re.IGNORECASE)
_GREGORIAN = frozenset({0, 1, 2, 9, 10, 11, 12})
"""Calendars (MS-LCID, CALID) that count years as everybody here does."""
_ERA_LANGUAGES = frozenset({0x04, 0x11, 0x12, 0x1E})
"""Primary languages in which ``e`` is the year of an era."""


class SectionKind(Enum):
    """What a section shows."""

    NUMBER = "number"
    """Digits in places."""
    GENERAL = "general"
    """A number as if there were no format, and perhaps texts around it."""
    MOMENT = "moment"
    """A date, a time of day, or a time elapsed."""
    TEXT = "text"
    """The text of the cell, at the ``@``."""
    WORDS = "words"
    """Only what the code itself holds, or nothing."""
    UNKNOWN = "unknown"
    """Eras, other calendars, other digits, and a currency that nothing names: not shown here."""


class Section(Struct, frozen=True, dict=True):
    """One section of a code: its tokens, those of digits and dates in lower case."""

    tokens: tuple[str, ...]

    @cached_property
    def condition(self) -> tuple[str, Decimal] | None:
        """``[>=1000]``: how, and with what, the value is compared."""
        match = next(filter(None, map(_CONDITION.fullmatch, self.tokens)), None)
        return (match[1], Decimal(match[2])) if match else None

    @cached_property
    def kind(self) -> SectionKind:
        """What the section shows."""
        shown = [item for item in self.tokens if item[0] not in '"\\_*']
        if CURRENCY in shown or any(item[0] in "gb" for item in shown) or self._is_foreign(shown):
            return SectionKind.UNKNOWN
        if any(map(_UNIT.fullmatch, shown)) or any(map(_SYSTEM.match, shown)):
            return SectionKind.MOMENT
        if "@" in shown:
            return SectionKind.TEXT
        if "General" in shown:
            return SectionKind.GENERAL
        return SectionKind.NUMBER if any(item in "0#?" for item in shown) else SectionKind.WORDS

    def _is_foreign(self, shown: list[str]) -> bool:
        """Whether it asks for the digits, the calendar or the eras of another culture."""
        if any(map(_NATIVE.match, shown)):
            return True
        number = locale_number(self)
        numerals, calendar, language = number >> 24, number >> 16 & 0xFF, number & 0x3FF
        eras = language in _ERA_LANGUAGES and any(re.fullmatch("e+", item) for item in shown)
        return numerals > 1 or calendar not in _GREGORIAN or eras


def sections_of(code: str) -> list[Section]:
    """The sections of a code, parted by semicolons outside of texts."""
    sections: list[list[str]] = [[]]
    for item in _TOKEN.findall(code):
        if item == ";":
            sections.append([])
        else:
            sections[-1].append(_even(item))
    return [Section(tuple(tokens)) for tokens in sections]


def locale_of(section: Section) -> str:
    """The locale that a section asks for, as it is written in the code: ``40C``, ``fr-FR``; ``""`` where none."""
    return next((match[1] for match in map(_LOCALE.fullmatch, section.tokens) if match), "")


def locale_number(section: Section) -> int:
    """The number of that locale (MS-LCID), with digits and calendar above it; 0 where it has none."""
    told = locale_of(section)
    return int(told, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,8}", told) and not told.isalpha() else 0


def literal(item: str) -> str | None:
    """What an item shows whatever the value is; None for one that does not."""
    if item[0] == '"':
        return item[1:].removesuffix('"')
    if item[0] == "\\":
        return item[1:]
    if item[0] in "_*":
        return " " if item[0] == "_" else ""
    if item[0] == "[" and not _ELAPSED.fullmatch(item):
        return item[2:].partition("-")[0].removesuffix("]") if item.startswith("[$") else ""
    if len(item) > 1 or item in "0#?ymdhseg@":
        return None
    return item


def literals(tokens: Iterable[str]) -> str:
    """What items show whatever the value is, one after the other."""
    return "".join(literal(item) or "" for item in tokens)


def is_plain(code: str) -> bool:
    """Whether a format shows values no otherwise than General does."""
    return code.lower() in ("", "general", "@")


def _even(item: str) -> str:
    """The item in the one case in which it is looked for."""
    if item.lower() == "general":
        return "General"
    return item.lower() if _UNIT.fullmatch(item) or re.match("[gb]+|e[+-]", item, re.IGNORECASE) else item
