"""Numbers in cells: as tables show them in every country, and never one that could be another.

``1 200,50``, ``1,200.50``, ``1.200,50`` and ``1'200.50`` are the same number. ``1,200`` and ``1.200`` are two different
ones in two countries: whoever writes the letter says which mark is the decimal one, or it is refused.
"""

from __future__ import annotations

import re
from typing import Final

from mailmerge.letter.reasons import Impossible
from mailmerge.text.regex import regex

DECIMAL_MARKS: Final = (",", ".")

_MONEY = r"(?:[€$£]|EUR|USD|GBP|CHF)"
_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_NUMBER = regex(
    rf"(?:{_MONEY}{_SPACE}?)?(?P<sign>[-+\u2212]?)(?:{_MONEY}{_SPACE}?)?"
    rf"(?P<digits>[\d.,][\d.,'\u2019 \u00a0\u2007\u2009\u202f]*?)"
    rf"(?P<exponent>[eE][-+]?\d{{1,3}})?(?:{_SPACE}?{_MONEY})?"
)
_IN_GROUPS = regex(r"\d{1,3}(?:(?P<mark>\D)\d{3})(?:(?P=mark)\d{3})*|\d{1,2}(?:(?P<indian>,)\d{2})+,\d{3}")
_EITHER = regex(r"[1-9]\d{0,2}[.,]\d{3}")
"""One mark with three digits on its right: thousands, or decimals."""
_LONGEST = 100
_SHOWN = 40


def read_number(text: str, decimal: str = "") -> float:
    """The number that a text is; ``decimal`` is the mark before its decimals, where the author says so.

    Raises:
        Impossible: it is not a number, or it could be another one.
    """
    text = text.strip()
    found = _NUMBER.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise Impossible("not-a-number", text=text[:_SHOWN])
    digits = found["digits"]
    if not decimal:
        if _EITHER.fullmatch(digits) and not found["exponent"]:
            raise Impossible("two-numbers", text=text[:_SHOWN], whole=re.sub("[.,]", "", digits), part=_point(digits))
        decimal = _decimal_mark(digits)
    whole, mark, rest = digits.rpartition(decimal) if decimal in digits else (digits, "", "")
    is_number = (whole or rest) and (not mark or rest.isdecimal()) and _is_whole(whole)
    if not is_number:
        raise Impossible("not-a-number", text=text[:_SHOWN])
    sign = "-" if found["sign"] in ("-", "\u2212") else ""
    return float(f"{sign}{''.join(filter(str.isdecimal, whole)) or 0}.{rest or 0}{found['exponent'] or ''}")


def _decimal_mark(digits: str) -> str:
    """The mark before the decimals: the last of both, or the only one that is there once."""
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        return "," if comma > point else "."
    mark = "," if comma >= 0 else "."
    return mark if digits.count(mark) == 1 else "," if mark == "." else "."


def _is_whole(digits: str) -> bool:
    """Whether digits are those before the decimals: one after the other, or in groups."""
    return not digits or digits.isdecimal() or _IN_GROUPS.fullmatch(digits) is not None


def _point(digits: str) -> str:
    return digits.replace(",", ".")
