"""The number formats that a workbook names by number only (ECMA-376 part 1, 18.8.30; MS-XLS 2.5.165).

Most of them follow the machine that shows the sheet; the language of the workbook stands in for it. What they are in
each language is what LibreOffice shows; the numbers from 27 on are those of East Asian versions, which it shows alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

CURRENCY = "[currency]"
"""Stands for the currency of the machine where nothing tells which one that is: dollars or pounds are no guess."""

_FIXED = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "[short-date]", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "[hour]:mm", 21: "[hour]:mm:ss",
    22: "[short-date] [hour]:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_HYPHENS = ("dd-mmm-yy", "dd-mmm", "mmm-yy")
_POINTS = ("d\\.mmm\\.yy", "d\\.mmm", "mmm\\.yy")
_MONTHS_IN_LETTERS = {
    **dict.fromkeys(("fr", "es", "it", "sv", "da", "pl"), _HYPHENS),
    **dict.fromkeys(("fi", "cs"), _POINTS),
    "nb": ("dd\\.mmm\\.yy", "dd\\.mmm", "mmm\\.yy"),
    "de": ("dd\\.\\ mmm\\ yy", "dd\\.\\ mmm", "mmm\\ yy"),
}
"""15, 16 and 17."""
_BEHIND = {
    **dict.fromkeys(("fr", "de", "es", "fi"), "€"), "pl": "zł", "sv": "kr", "cs": "Kč",
}  # fmt: skip
_BEFORE = {"it": "€", "nl": "€", "da": "kr", "nb": "kr"}
_SIGN_BEHIND = frozenset({"nl"})
_SIGN_AT_DIGITS = frozenset({"da", "nb"})
"""Languages in which the sign is between the currency and the digits."""
_ALIKE = {
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59), 71, 72), 14),
    **dict.fromkeys((*range(32, 36), 77), 21),
    59: 1, 60: 2, 61: 3, 62: 4, 63: 5, 64: 6, 65: 7, 66: 8, 67: 9, 68: 10, 69: 12, 70: 13, 73: 15, 74: 16, 75: 17,
    76: 20, 78: 22, 79: 45, 80: 46, 81: 47,
}  # fmt: skip


@cache
def built_in(language: str) -> Mapping[int, str]:
    """The codes of the numbers in a workbook of this language (``""``: unknown); General is left out."""
    codes = dict(_FIXED)
    codes.update(zip((15, 16, 17), _MONTHS_IN_LETTERS.get(language, ("d-mmm-yy", "d-mmm", "mmm-yy")), strict=True))
    for number, places in ((5, "#,##0"), (7, "#,##0.00")):
        codes[number] = codes[number + 1] = f"{_money(places, language)};{_negative_money(places, language)}"
    for number, places in ((37, "#,##0"), (39, "#,##0.00")):
        codes[number] = codes[number + 1] = f"{places};{_negative(places, language)}"
    for number, places, gap in ((41, "#,##0", ""), (43, "#,##0.00", "??")):
        nothing = f'"-"{gap}'
        codes[number] = f"{places};{_negative(places, language)};{nothing};@"
        codes[number + 1] = ";".join(
            (_money(places, language), _negative_money(places, language), _money(nothing, language), "@")
        )
    return {**codes, **{number: codes[alike] for number, alike in _ALIKE.items()}}


def _negative(places: str, language: str) -> str:
    return f"{places}\\-" if language in _SIGN_BEHIND else f"\\-{places}"


def _money(places: str, language: str) -> str:
    if behind := _BEHIND.get(language):
        return f'{places}\\ "{behind}"'
    if before := _BEFORE.get(language):
        return f'"{before}"\\ {places}'
    return f"{CURRENCY}{places}"


def _negative_money(places: str, language: str) -> str:
    if language in _SIGN_BEHIND | _SIGN_AT_DIGITS:
        return _money(_negative(places, language), language)
    return f"\\-{_money(places, language)}"
