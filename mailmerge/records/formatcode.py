"""The code of a number format, taken apart: sections, and the digits, marks and texts of each (ECMA-376, 18.8.31)."""

from __future__ import annotations

import re

_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[0#?]|E[+-]0+|General|.', re.DOTALL)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
"""``[>=1000]``: how, and with what, the value is compared."""


def sections_of(code: str) -> list[str]:
    """Positive, negative and zero: parted by semicolons outside of texts."""
    sections = [""]
    for piece in _TOKEN.findall(code):
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    return sections


def parts_of(section: str) -> list[tuple[str, str]]:
    """The kind and the text of each part of a section: ``digit``, ``mark`` (point, comma, percent), ``exponent``,
    ``general``, or ``text``, which is shown as it is.
    """
    return [_literal(token) for token in _TOKEN.findall(section)]


def _literal(token: str) -> tuple[str, str]:
    if token in ("0", "#", "?"):
        return "digit", token
    if token in (".", ",", "%"):
        return "mark", token
    if token.startswith("General"):
        return "general", ""
    if token.startswith("E") and len(token) > 2:
        return "exponent", token
    if token.startswith('"'):
        return "text", token[1:-1]
    if token.startswith("["):
        return "text", token[2:].partition("-")[0].rstrip("]") if token.startswith("[$") else ""
    if token.startswith("_"):
        return "text", " "
    if token.startswith("*"):
        return "text", ""
    return "text", token[1:] if token.startswith("\\") else token


def beyond_numbers(section: str) -> bool:
    """Whether a section has fractions or parts of dates in it."""
    return re.search(r"[/@ymdhsYMDHSG]", re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General', "", section)) is not None


def is_plain(code: str) -> bool:
    """Whether a format shows values no otherwise than General does."""
    return code in ("", "General", "@", "GENERAL", "general")
