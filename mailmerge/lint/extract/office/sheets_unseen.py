"""The cells of an OpenDocument table that have a style by their column or row alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator

from mailmerge.text.regex import regex

_TABLE = regex(r"<table:table[ >]")
_COLUMN = regex(r"<table:table-column\b([^<>]*)")
_ROW = regex(r"<table:table-row\b([^<>]*)")
_CELL = regex(r"<table:(?:covered-)?table-cell\b([^<>]*)>")
_DEFAULT = regex(r"table:default-cell-style-name=\"([^\"<>]*)\"")
_OWN = regex(r"table:style-name=\"")
_REPEATED = regex(r"table:number-columns-repeated=\"(\d{1,6})\"")
_WORDS = regex(r"<text:p\b[^<>]*>(?:<text:(?:span|a)\b[^<>]*>)*[^<]*\w")


def has_words_by_default(page: str, styles: Collection[str]) -> bool:
    """Whether words are in a cell without a style of its own, whose column or row has one of these."""
    if not styles or set(_DEFAULT.findall(page)).isdisjoint(styles):
        return False
    return any(style in styles for table in _TABLE.split(page)[1:] for style in _defaults(table))


def _defaults(table: str) -> Iterator[str]:
    """The style by default of each cell with words and without a style."""
    ends: list[int] = []
    columns: list[str] = []
    for found in _COLUMN.finditer(table):
        ends.append((ends[-1] if ends else 0) + _repeated(found[1]))
        columns.append(_default(found[1]))
    for row in table.split("</table:table-row>"):
        head = _ROW.search(row)
        by_row = _default(head[1]) if head else ""
        at = 0
        for cell in _CELL.finditer(row):
            place, at = at, at + _repeated(cell[1])
            if not cell[1].endswith("/") and not _OWN.search(cell[1]):
                following = row.find("<table:table-cell", cell.end())
                if _WORDS.search(row, cell.end(), following if following != -1 else len(row)):
                    yield by_row or "".join(columns[bisect_right(ends, place) :][:1])


def _repeated(attributes: str) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1


def _default(attributes: str) -> str:
    found = _DEFAULT.search(attributes)
    return found[1] if found else ""
