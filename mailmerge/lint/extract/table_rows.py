"""The rows of a table that is a text: with commas, in SYLK, or in DIF (the oldest formats of spreadsheets); its cells
a tab apart, so that a name in two of them is read as one."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from mailmerge.text.regex import regex

_FEWEST_CELLS = 3
"""Two are beside each other however they are written."""
_FEWEST_ROWS = 2
_SYLK, _DIF = "ID;P", "TABLE"
_ROW_OF_CELL = regex(r";Y(\d{1,9})")
_TUPLE = "BOT"


def rows_in(text: str) -> str:
    """The rows, each on a line; ``""`` where the text is no such table."""
    beginning = text[:200].lstrip("\ufeff \r\n")
    if beginning.startswith(_SYLK):
        rows = _rows_of_sylk(text)
    elif beginning.startswith(_DIF) and len(beginning.split(maxsplit=2)) > 1 and beginning.split()[1] == "0,1":
        rows = _rows_of_dif(text)
    elif beginning.partition("\n")[0].count(",") >= _FEWEST_CELLS - 1:
        rows = _rows_with_commas(text)
    else:
        return ""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def _rows_with_commas(text: str) -> Iterator[Sequence[str]]:
    """The rows of a table, most of which have as many cells as the first."""
    try:
        rows = [row for row in csv.reader(text.splitlines()) if row]
    except csv.Error:  # a cell without an end
        return
    alike = sum(len(row) == len(rows[0]) for row in rows) if rows else 0
    if alike >= _FEWEST_ROWS and alike * 2 >= len(rows) and len(rows[0]) >= _FEWEST_CELLS:
        yield from rows


def _rows_of_sylk(text: str) -> Iterator[Sequence[str]]:
    cells: list[str] = []
    row = ""
    for line in text.splitlines():
        if not line.startswith(("C;", "F;")):
            continue
        place, _, value = line.partition(";K")
        if (found := _ROW_OF_CELL.search(place)) and found[1] != row:
            yield cells
            cells, row = [], found[1]
        if value:
            cells.append(value.strip('"').replace(";;", ";").replace('""', '"'))
    yield cells


def _rows_of_dif(text: str) -> Iterator[Sequence[str]]:
    cells: list[str] = []
    for line in text.splitlines():
        if line.strip() == _TUPLE:
            yield cells
            cells = []
        elif line.startswith('"'):
            cells.append(line.strip().strip('"').replace('""', '"'))
    yield cells
