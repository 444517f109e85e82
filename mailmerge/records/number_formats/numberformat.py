"""Show a stored value the way its cell does, by the number format of the cell (ECMA-376 part 1, 18.8.30).

A format is compiled once and used for every cell that has it. Where it depends on the language of the machine that
shows the sheet, the language of the workbook stands in; where that is unknown too, dates are ISO 8601. Dates are
numbers, as they are in the file: the section of the format that holds for the number says which of them is a date.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from itertools import repeat
from typing import Any, cast

from mailmerge.records.file_kinds.composing import composed
from mailmerge.records.number_formats.dateformat import (
    Moment,
    compile_moment,
    date_order,
    is_localised,
    language_of,
    localised,
    serial_of,
)
from mailmerge.records.number_formats.formatcode import Section, SectionKind, is_plain, literal, literals, sections_of
from mailmerge.records.number_formats.places import COMMA, UNSHOWABLE, FormatPart, compile_places, parts_of

Value = str | float | int | bool | Moment

_TRUE_FALSE = {
    "fr": ("VRAI", "FAUX"), "de": ("WAHR", "FALSCH"), "es": ("VERDADERO", "FALSO"), "it": ("VERO", "FALSO"),
    "nl": ("WAAR", "ONWAAR"), "pt": ("VERDADEIRO", "FALSO"), "pl": ("PRAWDA", "FAŁSZ"), "sv": ("SANT", "FALSKT"),
    "da": ("SAND", "FALSK"), "nb": ("SANN", "USANN"), "fi": ("TOSI", "EPÄTOSI"), "cs": ("PRAVDA", "NEPRAVDA"),
}  # fmt: skip
_HOLDS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}
_SIGNIFICANT = Context(prec=15, rounding=ROUND_HALF_UP)
"""The digits that a spreadsheet has of a number."""
_ZERO = Decimal(0)
_EXACT = 1e15
"""Whole numbers below this have no digit that is not significant."""


class CellFormatter:
    """Formats cell values for one number format, trimmed."""

    def __init__(self, code: str, language: str, *, since_1904: bool = False):
        sections = sections_of(localised(composed(code) or "General", language))
        texts = sections.pop() if len(sections) > 3 or sections[-1].kind is SectionKind.TEXT else None
        self._true, self._false = _TRUE_FALSE.get(language, ("TRUE", "FALSE"))
        self._words = None if is_plain(code) else _compile_text(texts)
        self._whole = _compile_whole(sections)
        self.is_localised = all(is_localised(each, language) for each in sections if each.kind is SectionKind.MOMENT)
        """Whether no date shows as ISO 8601 because its language is unknown."""
        moments = [each for each in sections if each.kind is SectionKind.MOMENT]
        self.date_order = next(filter(None, map(date_order, moments)), "")
        """``day first`` or ``month first`` where dates show in digits."""
        self._number = _Remembered(_compile_sections(sections[:3], language, since_1904=since_1904))

    @property
    def changes_texts(self) -> bool:
        """Whether a text shows otherwise than it is: hidden by ``;;;``, or with words around it."""
        return self._words is not None

    def __call__(self, value: Value) -> str:
        """The value as its cell shows it."""
        if isinstance(value, str):
            return (self._words(value) if self._words and value else value).strip()
        if isinstance(value, float):
            if self._whole and 0 < value < _EXACT and value.is_integer():
                return next(self._whole([value]))
            return self._number[value]
        if isinstance(value, bool):
            shown = self._true if value else self._false
            return self._words(shown).strip() if self._words else shown
        return self._number[value]

    def all(self, values: Sequence[Value]) -> Iterable[str]:
        """Each of many values; where they are of one kind, quicker than one by one."""
        if set(map(type, values)) == {float}:
            if not self._whole:
                return map(self._number.__getitem__, values)
            numbers = cast("Sequence[float]", values)
            if min(numbers) > 0 and max(numbers) < _EXACT and all(map(float.is_integer, numbers)):
                return self._whole(numbers)
        return map(self, values)


class _Remembered(dict[Any, str]):
    """What was shown for a value, trimmed; as much of it as may well come again."""

    def __init__(self, show: Callable[[Any], str]):
        self._show = show

    def __missing__(self, value: object) -> str:
        if len(self) >= 4096:
            self.clear()
        shown = self[value] = self._show(value).strip()
        return shown


@lru_cache(maxsize=512)
def compile_format(code: str, language: str, *, since_1904: bool = False) -> CellFormatter:
    """Formats cell values for this format code, in a workbook of this language (``""``: unknown).

    ``since_1904``: the workbook counts days from 1904.
    """
    return CellFormatter(code, language, since_1904=since_1904)


def general(value: float, language: str = "") -> str:
    """A number in the General format: no ``.0``, no exponent for what has eleven digits or fewer."""
    if float(value).is_integer() and abs(value) < 1e21:
        return str(int(value))
    text = f"{value:.11g}"
    if "e" in text:
        text = text.upper()
    return text.replace(".", ",") if language in COMMA else text


def _compile_text(section: Section | None) -> Callable[[str], str] | None:
    """What shows texts; None where they show as they are."""
    if section is None or (
        section.kind is SectionKind.TEXT and all(t == "@" or not literal(t) for t in section.tokens)
    ):
        return None
    tokens = section.tokens
    return lambda text: "".join(text if item == "@" else literal(item) or "" for item in tokens)


def _compile_sections(sections: Sequence[Section], language: str, *, since_1904: bool) -> Callable[[float], str]:
    """What shows numbers: by the section whose condition holds, or positive, negative and zero.

    Which section holds, and where the sign is its own affair, is what Excel does as Apache POI has found it out
    (CellFormat); a number for which none holds shows as hashes there, too.
    """
    if not sections:
        return lambda value: _general(value, language, since_1904=since_1904)
    shows = [_compile_section(section, language, since_1904=since_1904) for section in sections]
    conditions = [section.condition for section in sections]
    own_sign = _sections_with_own_sign(conditions)
    defaults = {1: [operator.ge], 2: [operator.ge, operator.lt], 3: [operator.gt, operator.lt]}[len(sections)]

    def holds(at: int, value: Decimal) -> bool:
        if condition := conditions[at]:
            return bool(_HOLDS[condition[0]](value, condition[1]))
        if len(sections) == 1 or (len(sections) == 2 and at == 1):
            return True
        return bool(defaults[at](value, 0))

    def show(value: float | Moment) -> str:
        if isinstance(value, float | int):
            exact = _SIGNIFICANT.create_decimal(repr(value))
        else:
            exact = serial_of(value, since_1904=since_1904)
        if not exact.is_finite():
            return "#NUM!"
        exact = exact or abs(exact)  # a negative zero shows as zero
        at = next((at for at in range(min(2, len(sections))) if holds(at, exact)), 2)
        if at < len(sections):
            return shows[at](-exact if exact < 0 and at in own_sign else exact)
        return general(float(exact), language) if len(sections) == 1 else UNSHOWABLE

    return show


def _sections_with_own_sign(conditions: Sequence[tuple[str, Decimal] | None]) -> set[int]:
    """The sections that hold for numbers below zero and for no other, and say themselves how those show."""
    first, second = (*conditions, None)[:2]
    own = {0} if first in (("<", _ZERO), ("<=", _ZERO)) else set[int]()
    if len(conditions) == 2 and second is None and first in (None, (">", _ZERO), (">=", _ZERO)):
        own.add(1)
    if len(conditions) == 3 and second in (None, ("<", _ZERO)):
        own.add(1)
    return own


def _general(value: float | Moment, language: str, *, since_1904: bool) -> str:
    number = float(value if isinstance(value, float | int) else serial_of(value, since_1904=since_1904))
    return general(number, language) if number - number == 0 else "#NUM!"


def _compile_section(section: Section, language: str, *, since_1904: bool) -> Callable[[Decimal], str]:
    """What shows a number, the sign before everything else."""
    if section.kind is SectionKind.UNKNOWN:
        return lambda _: UNSHOWABLE
    if section.kind is SectionKind.MOMENT:
        return compile_moment(section, language, since_1904=since_1904)
    if section.kind in (SectionKind.WORDS, SectionKind.TEXT):
        words = literals(item for item in section.tokens if item != "@")
        return lambda _: words
    if section.kind is SectionKind.GENERAL:
        return _compile_general(section, language)
    own = language or language_of(section)
    places = compile_places(section, own)

    def show(value: Decimal) -> str:
        if value >= 0:
            return places(value)
        shown = places(-value)
        counted = shown.partition("/")[0]  # of a fraction, what is above the line
        return f"-{shown}" if any(digit in counted for digit in "123456789#") else shown

    return show


def _compile_general(section: Section, language: str) -> Callable[[Decimal], str]:
    at = section.tokens.index("General")
    before, after = literals(section.tokens[:at]), literals(section.tokens[at + 1 :])
    return lambda value: f"{'-' if value < 0 else ''}{before}{general(abs(float(value)), language)}{after}"


def _compile_whole(sections: Sequence[Section]) -> Callable[[Iterable[float]], Iterator[str]] | None:
    """The quick way for whole numbers above zero in places with only text between: ``00000``, ``0# ## ## ## ##``."""
    if not sections or sections[0].tokens == ("General",):
        return _digits
    if sections[0].kind is not SectionKind.NUMBER or sections[0].condition or "," in sections[0].tokens:
        return None
    parts = parts_of(sections[0])
    places = [place for kind, place in parts if kind == "digit"]
    if "?" in places or any(kind not in ("digit", "text") for kind, _ in parts):
        return None
    spelled = "".join(places).lstrip("#")
    least, needed = len(spelled), len(spelled.lstrip("0"))
    slow = compile_places(sections[0], "")

    plain = len(parts) == len(places)

    @cache
    def layout(length: int) -> list[int | str]:
        return _layout(parts, length)

    def show(values: Iterable[float]) -> Iterator[str]:
        numbers = list(values)
        if needed and min(numbers) < 10 ** (needed - 1):
            return (slow(Decimal(number)).strip() for number in numbers)  # a place between others has no digit
        if plain:
            return _digits(numbers, least)
        digits = list(_digits(numbers, least))
        lengths = set(map(len, digits))
        if len(lengths) == 1:
            return _laid_out(digits, layout(*lengths))
        return (next(_laid_out([each], layout(len(each)))) for each in digits)

    return show


def _layout(parts: Sequence[FormatPart], length: int) -> list[int | str]:
    """What a number of this many digits shows: texts, and the positions of its digits, filled in from the right."""
    layout: list[int | str] = []
    placed, position = 0, length - sum(kind == "digit" for kind, _ in parts)
    for kind, text in parts:
        if kind != "digit":
            layout.append(text)
            continue
        position += 1
        layout += range(placed, position)
        placed = max(placed, position)
    return layout


def _laid_out(numbers: Sequence[str], layout: Sequence[int | str]) -> Iterator[str]:
    """Numbers of one length, laid out side by side: their first digits, the text after them, their second digits."""
    digits, length = "".join(numbers), len(numbers[0])
    columns = (repeat(each, len(numbers)) if isinstance(each, str) else digits[each::length] for each in layout)
    return map(str.strip, map("".join, zip(*columns, strict=True)))


def _digits(values: Iterable[float], least: int = 1) -> Iterator[str]:
    """The digits of whole numbers, at least this many of each."""
    digits = map(str, map(int, values))
    return digits if least <= 1 else map(str.zfill, digits, repeat(least))
