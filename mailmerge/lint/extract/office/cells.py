"""The cells of a worksheet (ECMA-376 part 1, 18.3): one line per row, so that a name in two cells is read as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from mailmerge.lint.extract.content import MOST_TEXT
from mailmerge.text.regex import regex

_TEXT = regex(r"<t\b[^<>]*>([^<]*)</t>")
_PHONETIC = regex(r"<rPh\b.{0,500}?</rPh>", re.DOTALL)
_CELL = regex(r"<c\b([^<>]*)>(?:<f\b[^<>]*>(?:[^<]*</f>)?)?(?:<v\b[^<>]*>|<is>\s*<t\b[^<>]*>)([^<]*)")
"""What is in a cell, with its type: a number, a text, or the number of a shared text."""
_FORMULA = regex(r"<f\b[^<>]*>([^<]{3,})</f>")
_TAG = regex(r"<[^<>]*>")
_HEADER = regex(r"<(?:odd|even|first)(?:Header|Footer)\b[^<>]*>([^<]+)<")
_CODE = regex(r"&(?:\"[^\"]*\"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}(?!\d)|[BIUESXYOH])")
_CODE_PART = regex(r"&[LCRPNDTFAZG]")


def shared_strings(text: str) -> list[str]:
    """The texts that cells refer to by number."""
    items = text.split("</si>")[:-1]
    return [_text(item[item.rfind("<si") :]) for item in items]


def rows_of(sheet: str, shared: list[str]) -> str:
    """The rows of a worksheet, cells a tab apart, and then what it says besides: formulas, headers, checks, links."""
    start, end = sheet.find("<sheetData"), sheet.rfind("</sheetData>")
    rows, beside = (sheet[start:end], sheet[:start] + sheet[end:]) if -1 < start < end else (sheet, "")
    lines = _up_to(MOST_TEXT, _lines(rows, shared))
    formulas = "\n".join(_FORMULA.findall(sheet))
    headers = "\n".join(_without_codes(unescape(text)) for text in _HEADER.findall(beside))
    said = ("\n".join(lines), formulas, _TAG.sub("\n", beside))
    return "\n\n".join((*map(unescape, said), headers))


def _lines(rows: str, shared: list[str]) -> Iterator[str]:
    for row in rows.split("</row>"):
        cells = _CELL.findall(row)
        yield "\t".join(_up_to(MOST_TEXT, (_value(kind, text, shared) for kind, text in cells)))
        if len(cells) != row.count("</c>"):
            yield "\t".join(filter(None, _formatted(row)))
        yield _TAG.sub(" ", row.rpartition("</c>")[2]).strip()


def _up_to(limit: int, texts: Iterable[str]) -> Iterator[str]:
    """Texts that are not empty, until they exceed a limit: every cell may refer to the longest shared text."""
    for text in filter(None, texts):
        yield text
        limit -= len(text)
        if limit < 0:
            return


def _without_codes(header: str) -> str:
    """What a header or a footer prints: without its codes for fonts, sizes and colours (18.3.1.46)."""
    return _CODE_PART.sub("\n", _CODE.sub("", header)).replace("&&", "&")


def _value(kind: str, text: str, shared: list[str]) -> str:
    if 't="s"' in kind or "t='s'" in kind:
        number = int(text) if text.isdigit() else -1
        text = shared[number] if 0 <= number < len(shared) else ""
    return text.replace("\n", " ")


def _formatted(row: str) -> Iterator[str]:
    """The texts of cells with several formats, or written in a way of their own."""
    return (_text(part) or _TAG.sub(" ", part).strip() for part in row.split("</c>"))


def _text(xml: str) -> str:
    return "".join(_TEXT.findall(_PHONETIC.sub("", xml) if "<rPh" in xml else xml))
