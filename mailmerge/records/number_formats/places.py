"""Show a number by a section with places for its digits: ``#,##0.00``, ``0.0%``, ``0.0,"k"``, ``# ?/?``, ``0.0E+0``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from mailmerge.records.number_formats.formatcode import Section, literal

UNSHOWABLE = "########"
"""What a cell shows where its format cannot show its value, as spreadsheets do."""

COMMA = frozenset({"fr", "de", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs"})
"""Languages with a decimal comma."""
_GROUP = {
    **dict.fromkeys(("fr", "pl", "sv", "nb", "fi", "cs"), "\u00a0"),
    **dict.fromkeys(("de", "es", "it", "nl", "pt", "da"), "."),
}
"""What parts thousands; a comma elsewhere. Never a space at which a line of a letter could break."""
_WIDE = Context(prec=700, rounding=ROUND_HALF_UP)
"""Enough for every digit of the largest and the smallest float."""


class FormatPart(NamedTuple):
    """A piece of a section: ``digit``, ``point``, ``percent``, ``slash``, ``exponent``, ``scale``, or ``text``."""

    kind: str
    text: str


def parts_of(section: Section) -> list[FormatPart]:
    """The parts of a section with digits; commas that part thousands are left out."""
    parts = [_part(item) for item in section.tokens]
    commas = [at for at, part in enumerate(parts) if part.kind == "comma"]
    for at in commas:
        parts[at] = FormatPart(_role(parts, at), ",")
    return [part for part in parts if part.kind != "group"]


def groups_thousands(section: Section) -> bool:
    """Whether there is a comma between two places before the point."""
    parts = [_part(item) for item in section.tokens]
    return any(part.kind == "comma" and _role(parts, at) == "group" for at, part in enumerate(parts))


def _part(item: str) -> FormatPart:
    kinds = {**dict.fromkeys("0#?", "digit"), ".": "point", ",": "comma", "%": "percent", "/": "slash"}
    if item in kinds:
        return FormatPart(kinds[item], item)
    if item.startswith("e") and len(item) > 1:
        return FormatPart("exponent", item)
    return FormatPart("text", literal(item) or "")


def _role(parts: Sequence[FormatPart], at: int) -> str:
    """A comma parts thousands between places before the point, divides by a thousand right after the last of them or
    after the last decimal; elsewhere it is a text.
    """
    before = [part.kind for part in parts[:at] if part.kind in ("digit", "point", "exponent")]
    after = next((part.kind for part in parts[at + 1 :] if part.kind in ("digit", "point", "exponent")), "")
    if not before or "exponent" in before:
        return "text"
    if after == "digit":
        return "group" if "point" not in before else "text"
    return "scale"


def compile_places(section: Section, language: str) -> Callable[[Decimal], str]:
    """What shows a number that is not negative."""
    parts = parts_of(section)
    if any(part.kind == "slash" for part in parts):
        return _compile_fraction(parts)
    point = next((at for at, part in enumerate(parts) if part.kind == "point"), len(parts))
    exponent = next((at for at, part in enumerate(parts) if part.kind == "exponent"), len(parts))
    decimals = sum(part.kind == "digit" for part in parts[point:exponent])
    comma = "," if language in COMMA else "."
    if exponent < len(parts):
        return _compile_exponent(parts, point, exponent, decimals, comma)
    group = _GROUP.get(language, ",") if groups_thousands(section) else ""
    shift = sum({"percent": 2, "scale": -3}.get(part.kind, 0) for part in parts)
    shown = [part for part in parts if part.kind != "scale"]

    def show(value: Decimal) -> str:
        return _fill(shown, *_digits(value.scaleb(shift, _WIDE), decimals), comma, group)

    return show


def _digits(value: Decimal, decimals: int) -> tuple[str, str]:
    """The digits before the point, without leading zeros, and those after it."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
    digits, _, fraction = f"{rounded:f}".partition(".")
    return digits.lstrip("0"), fraction


def _fill(parts: Sequence[FormatPart], digits: str, fraction: str, comma: str, group: str) -> str:
    """Put digits into their places: whole ones from the right, what is left over before the first place."""
    point = next((at for at, part in enumerate(parts) if part.kind == "point"), len(parts))
    after = _fill_fraction(parts[point + 1 :], fraction)
    first = next((at for at, part in enumerate(parts[:point]) if part.kind == "digit"), -1)
    before: list[str] = []
    rest, count = digits, 0
    if first < 0:
        before, rest = [rest[::-1]], ""
    for position in range(point - 1, -1, -1):
        kind, text = parts[position]
        if kind != "digit":
            before.append(text[::-1])
            continue
        taken = rest[-1:] or {"0": "0", "?": " "}.get(text, "")
        rest = rest[:-1]
        for digit in taken + (rest[::-1] if position == first else ""):
            if group and count and count % 3 == 0:
                before.append(group)
            before.append(digit)
            count += 1
    return "".join(before)[::-1] + (comma if point < len(parts) else "") + after


def _fill_fraction(parts: Sequence[FormatPart], fraction: str) -> str:
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


def _compile_exponent(
    parts: Sequence[FormatPart], point: int, exponent: int, decimals: int, comma: str
) -> Callable[[Decimal], str]:
    """``0.00E+00``; with several places before the point the power is a multiple of their number (``##0.0E+0``)."""
    mantissa = [part for part in parts[:exponent] if part.kind not in ("scale", "percent")]
    step = max(1, sum(part.kind == "digit" for part in parts[: min(point, exponent)]))
    sign = "+" if "+" in parts[exponent].text else ""
    width = sum(part.kind == "digit" for part in parts[exponent:]) + parts[exponent].text.count("0")
    after = "".join(part.text for part in parts[exponent + 1 :] if part.kind != "digit")

    def show(value: Decimal) -> str:
        power = value.adjusted() // step * step if value else 0
        digits = _digits(value.scaleb(-power, _WIDE), decimals)
        if len(digits[0]) > step:
            power += step
            digits = _digits(value.scaleb(-power, _WIDE), decimals)
        shown = f"E{'-' if power < 0 else sign}{abs(power):0{max(1, width)}}"
        return _fill(mantissa, *digits, comma, "") + shown + after

    return show


def _compile_fraction(parts: Sequence[FormatPart]) -> Callable[[Decimal], str]:
    """``# ?/?``, ``# ??/??``, ``# ?/8``: the nearest fraction whose denominator fits, or has the value given."""
    slash = next(at for at, part in enumerate(parts) if part.kind == "slash")
    over = slash
    while over and parts[over - 1].kind == "digit":
        over -= 1
    end = slash + 1
    while end < len(parts) and (parts[end].kind == "digit" or parts[end].text.isdecimal()):
        end += 1
    below = "".join(part.text for part in parts[slash + 1 : end])
    places = list(parts[:over])
    odd = any(part.kind not in ("digit", "text") for part in (*places, *parts[end:]))
    if odd or over == slash or not below or any(part.kind == "digit" for part in parts[end:]):
        return lambda _: UNSHOWABLE
    fixed = int(below) if below.isdecimal() and below.strip("0") else 0
    mixed = any(part.kind == "digit" for part in places)
    above, trailing = list(parts[over:slash]), "".join(part.text for part in parts[end:])

    def show(value: Decimal) -> str:
        exact = Fraction(value)
        whole = int(exact) if mixed else 0
        part = exact - whole
        if fixed:
            numerator, denominator = int(part * fixed + Fraction(1, 2)), fixed
        else:
            nearest = part.limit_denominator(10 ** len(below) - 1)
            numerator, denominator = nearest.numerator, nearest.denominator
        if mixed and numerator == denominator:
            whole, numerator = whole + 1, 0
        if mixed and not numerator and "0" not in (*(p.text for p in above),):
            return _fill(places, str(whole), "", "", "").rstrip() + trailing if whole else "0" + trailing
        before = _fill(places, str(whole) if whole else "", "", "", "")
        shown = _fill(above, str(numerator) if numerator else "0", "", "", "")
        return f"{before}{shown}/{str(denominator).ljust(len(below))}{trailing}"

    return show
