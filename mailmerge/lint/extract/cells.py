"""The cells of a worksheet (ECMA-376 part 1, 18.3): each row a line, so that a name in two cells is read as one."""

from __future__ import annotations

import re
from html import unescape

_TEXT = re.compile(r"<t\b[^<>]*>([^<]*)</t>")
_PHONETIC = re.compile(r"<rPh\b.{0,500}?</rPh>", re.DOTALL)
_CELL = re.compile(r"<c\b[^<>]*>")
_TYPE = re.compile(r"\bt=[\"'](\w+)")
_VALUE = re.compile(r"<v\b[^<>]*>([^<]*)</v>")
_FORMULA = re.compile(r"<f\b[^<>]*>([^<]{3,})</f>")
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"[\t\r\n]+")


def shared_strings(text: str) -> list[str]:
    """The texts that cells refer to by number."""
    items = text.split("</si>")[:-1]
    return [_text(item[item.rfind("<si") :]) for item in items]


def rows_of(sheet: str, shared: list[str]) -> str:
    """The rows of a worksheet, cells a tab apart, and then what it says besides: formulas, headers, checks, links."""
    lines, beside = [], []
    for row in sheet.split("</row>"):
        cells = []
        *whole, rest = row.split("</c>")
        for part in whole:
            begins = list(_CELL.finditer(part))  # those before the last are empty
            if begins:
                cells.append(_cell(begins[-1].group(), part[begins[-1].end() :], shared))
            beside.append(part[: begins[-1].start()] if begins else part)
        beside.append(rest)
        lines.append("\t".join(filter(None, cells)))
    formulas = "\n".join(_FORMULA.findall(sheet))
    return "\n\n".join(("\n".join(lines), unescape(formulas), unescape(_TAG.sub("\n", "".join(beside)))))


def _cell(attributes: str, inner: str, shared: list[str]) -> str:
    kind = _TYPE.search(attributes)
    if kind and kind[1] == "inlineStr":
        return _BREAK.sub(" ", _text(inner))
    value = _VALUE.search(inner)
    if value is None:
        return _BREAK.sub(" ", unescape(_TAG.sub(" ", inner))).strip()
    if kind and kind[1] == "s":
        number = int(value[1]) if value[1].isdigit() else -1
        return _BREAK.sub(" ", shared[number]) if 0 <= number < len(shared) else ""
    return _BREAK.sub(" ", unescape(value[1]))


def _text(xml: str) -> str:
    return unescape("".join(_TEXT.findall(_PHONETIC.sub("", xml))))
