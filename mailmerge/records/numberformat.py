"""Show a stored number or date the way its cell does, by the number format of the cell (ECMA-376 part 1, 18.8.30).

A format is compiled once and used for every cell that has it. Where it depends on the language of the machine that
shows the sheet, the language of the workbook stands in; where that is unknown too, dates are ISO 8601.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from itertools import repeat
from typing import Any, cast

from mailmerge.records.dateformat import Moment, compile_date, iso, language_of
from mailmerge.records.formatcode import CONDITION, beyond_numbers, is_plain, parts_of, sections_of

Value = str | float | int | bool | Moment

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "[short-date]", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "[hour]:mm", 21: "[hour]:mm:ss", 22: "[short-date] [hour]:mm", 37: "#,##0 ;-#,##0 ",
    38: "#,##0 ;-#,##0 ", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The codes of the format numbers that a workbook does not spell out; 14 and 20 to 22 follow the machine's language."""

_EXACT = 1e15
"""Above this a spreadsheet has no digits left to show (15 significant ones)."""
_COMMA = frozenset({"fr", "de", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs"})
_GROUP = {
    **dict.fromkeys(("fr", "pl", "sv", "nb", "fi", "cs"), "\u00a0"),
    **dict.fromkeys(("de", "es", "it", "nl", "pt", "da"), "."),
}
"""What parts thousands; a comma elsewhere. Never a space at which a line of a letter could break."""
_TRUE_FALSE = {
    "fr": ("VRAI", "FAUX"), "de": ("WAHR", "FALSCH"), "es": ("VERDADERO", "FALSO"), "it": ("VERO", "FALSO"),
    "nl": ("WAAR", "ONWAAR"), "pt": ("VERDADEIRO", "FALSO"), "pl": ("PRAWDA", "FAŁSZ"), "sv": ("SANT", "FALSKT"),
    "da": ("SAND", "FALSK"), "nb": ("SANN", "USANN"), "fi": ("TOSI", "EPÄTOSI"), "cs": ("PRAVDA", "NEPRAVDA"),
}  # fmt: skip
_HOLDS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}


class Show:
    """What shows the values of cells with one number format, trimmed."""

    def __init__(self, code: str, language: str):
        own = language_of(code)
        self._true, self._false = _TRUE_FALSE.get(language, ("TRUE", "FALSE"))
        self._whole = _compile_whole(code)
        self._number = _Remembered(_compile_number(code, language or own))
        self._moment = _Remembered(compile_date(code, own or language) or iso)

    def __call__(self, value: Value) -> str:
        """The value as its cell shows it; a text is no otherwise shown in any format."""
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, float):
            if self._whole and 0 < value < _EXACT and value.is_integer():
                return next(self._whole([value]))
            return self._number[value]
        if isinstance(value, bool):
            return self._true if value else self._false
        return self._number[value] if isinstance(value, int) else self._moment[value]

    def all(self, values: Sequence[Value]) -> Iterable[str]:
        """Each of many values; where they are of one kind, quicker than one by one."""
        kinds = set(map(type, values))
        if kinds.isdisjoint((str, float, int, bool)):
            return map(self._moment.__getitem__, values)
        if kinds == {float}:
            if not self._whole:
                return map(self._number.__getitem__, values)
            numbers = cast("Sequence[float]", values)
            if min(numbers) > 0 and max(numbers) < _EXACT and all(map(float.is_integer, numbers)):
                return self._whole(numbers)
        return map(self, values)


class _Remembered(dict[Any, str]):
    """What was shown for a value, trimmed; so much of it as may well come again."""

    def __init__(self, show: Callable[[Any], str]):
        self._show = show

    def __missing__(self, value: object) -> str:
        if len(self) >= 4096:
            self.clear()
        shown = self[value] = self._show(value).strip()
        return shown


@lru_cache(maxsize=512)
def compile_format(code: str, language: str) -> Show:
    """What shows the values of cells with this format code, in a workbook of this language (``""``: unknown)."""
    return Show(code, language)


def general(value: float, language: str = "") -> str:
    """A number in the General format: no ``.0``, no exponent for what has eleven digits or fewer."""
    if float(value).is_integer() and abs(value) < 1e21:
        return str(int(value))
    text = f"{value:.11g}"
    if "e" in text:
        text = text.upper()
    return text.replace(".", ",") if language in _COMMA else text


def _compile_number(code: str, language: str) -> Callable[[float], str]:
    sections = sections_of(code)[:3]
    if is_plain(code) or any(map(beyond_numbers, sections)):
        return lambda value: general(value, language)
    if any(map(CONDITION.search, sections)):
        return _compile_conditions(sections, language)
    positive, *others = [_compile_section(section, language) for section in sections]
    negative = others[0] if others else None
    zero = others[1] if len(others) > 1 else positive

    def show(value: float) -> str:
        if not abs(value) < _EXACT:
            return general(value, language)
        exact = Decimal(repr(value))
        if not exact:
            return zero(abs(exact))  # a negative zero shows as zero
        if exact > 0:
            return positive(exact)
        if negative:
            return negative(-exact)
        shown = positive(-exact)
        return f"-{shown}" if any(digit in shown for digit in "123456789") else shown

    return show


def _compile_conditions(sections: list[str], language: str) -> Callable[[float], str]:
    """``[>=1000]#,##0;0.00``: the first section whose condition holds; the last one may do without."""
    cases = []
    for section in sections:
        condition = CONDITION.search(section)
        holds, limit = (_HOLDS[condition[1]], Decimal(condition[2])) if condition else (operator.ge, Decimal(0))
        cases.append((holds, limit, _compile_section(section, language)))

    def show(value: float) -> str:
        exact = Decimal(repr(abs(value))) if 0 <= value < _EXACT else None
        for holds, limit, shown in cases:
            if exact is not None and holds(exact, limit):
                return shown(exact)
        return general(value, language)

    return show


def _compile_section(section: str, language: str) -> Callable[[Decimal], str]:
    """What shows a number that is not negative."""
    parts = parts_of(section)
    places = [i for i, (kind, _) in enumerate(parts) if kind == "digit"]
    if not places:
        before, plain, after = _around_general(parts)
        return lambda value: f"{before}{general(float(value), language) if plain else ''}{after}"
    point = next((i for i, part in enumerate(parts) if part == ("mark", ".")), len(parts))
    exponent = next((text for kind, text in parts if kind == "exponent"), "")
    decimals = sum(i > point for i in places)
    if exponent:
        return lambda value: _exponential(value, decimals, len(exponent) - 2, language)
    whole = [i for i in places if i < point] or [point]
    commas = [i for i, part in enumerate(parts[:point]) if part == ("mark", ",")]
    group = _GROUP.get(language, ",") if any(i < whole[-1] for i in commas) else ""
    thousands = sum(i > whole[-1] for i in commas)
    shift = 2 * parts.count(("mark", "%")) - 3 * thousands
    quantum = Decimal(1).scaleb(-decimals)
    shown = [part for part in parts if part != ("mark", ",")]
    comma = "," if language in _COMMA else "."

    def show(value: Decimal) -> str:
        rounded = value.scaleb(shift).quantize(quantum, rounding=ROUND_HALF_UP)
        digits, _, fraction = f"{rounded:f}".partition(".")
        return _fill(shown, digits.lstrip("0"), fraction, comma, group)

    return show


def _around_general(parts: list[tuple[str, str]]) -> tuple[str, bool, str]:
    """The texts before and after ``General``, and whether it is there at all."""
    at = next((i for i, (kind, _) in enumerate(parts) if kind == "general"), len(parts))
    before, after = ("".join(text for _, text in side) for side in (parts[:at], parts[at + 1 :]))
    return before, at < len(parts), after


def _compile_whole(code: str) -> Callable[[Iterable[float]], Iterator[str]] | None:
    """The quick way for whole numbers above zero in places with only text between: ``00000``, ``0# ## ## ## ##``."""
    section = sections_of(code)[0]
    if is_plain(code):
        return _digits
    if beyond_numbers(section) or CONDITION.search(section):
        return None
    parts = parts_of(section)
    places = [place for kind, place in parts if kind == "digit"]
    if not places or "?" in places or any(kind in ("mark", "exponent") for kind, _ in parts):
        return None
    least = len(places) - places.index("0") if "0" in places else 0
    if len(parts) == len(places):
        return lambda values: _digits(values, least)

    @cache
    def layout(length: int) -> list[int | str]:
        return _layout(parts, length)

    def show(values: Iterable[float]) -> Iterator[str]:
        digits = list(_digits(values, least))
        lengths = set(map(len, digits))
        if len(lengths) == 1:
            return _laid_out(digits, layout(*lengths))
        return (next(_laid_out([each], layout(len(each)))) for each in digits)

    return show


def _layout(parts: list[tuple[str, str]], length: int) -> list[int | str]:
    """What a number of so many digits shows: texts, and the positions of its digits, filled in from the right."""
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
    """The digits of whole numbers, at least so many of each."""
    digits = map(str, map(int, values))
    return digits if least <= 1 else map(str.zfill, digits, repeat(least))


def _fill(parts: list[tuple[str, str]], digits: str, fraction: str, comma: str, group: str) -> str:
    """Put digits into their places: whole ones from the right, what is left over before the first place."""
    point = next((i for i, part in enumerate(parts) if part == ("mark", ".")), len(parts))
    after = _fill_fraction(parts[point + 1 :], fraction)
    before: list[str] = []
    rest, count = digits, 0
    first = next((i for i, part in enumerate(parts) if part[0] == "digit"), 0)
    for position in range(point - 1, -1, -1):
        kind, text = parts[position]
        if kind != "digit":
            before.append(text)
            continue
        taken = rest[-1:] or {"0": "0", "?": " "}.get(text, "")
        rest = rest[:-1]
        remaining = taken + (rest[::-1] if position == first else "")
        for digit in remaining:
            if group and count and count % 3 == 0:
                before.append(group)
            before.append(digit)
            count += 1
    separator = comma if point < len(parts) else ""
    return "".join(reversed(before)) + separator + after


def _fill_fraction(parts: list[tuple[str, str]], fraction: str) -> str:
    kept = len(fraction.rstrip("0"))
    pieces, used = [], 0
    for kind, text in parts:
        if kind != "digit":
            pieces.append(text)
            continue
        digit = fraction[used : used + 1]
        used += 1
        pieces.append(digit if used <= kept or text == "0" else " " if text == "?" else "")
    return "".join(pieces)


def _exponential(value: Decimal, decimals: int, width: int, language: str) -> str:
    mantissa, _, power = f"{value:.{decimals}E}".partition("E")
    shown = f"{mantissa}E{'-' if power.startswith('-') else '+'}{power.lstrip('+-').zfill(width)}"
    return shown.replace(".", ",") if language in _COMMA else shown
