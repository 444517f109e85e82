"""Tables on a page of a PDF: only words that stand side by side, drawn row by row, column by column, or anyhow.

A table in an Office file has tabs between its cells once it is read, and so has this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

CELLS_APART = 1.0
"""Heights of a letter between two that are in cells of their own."""
_ONE_LINE = 0.5
"""Heights of a letter between the lines of cells of one row: a cell of two lines beside one is centred."""
_LONGEST = 60
"""Characters of a cell; what is longer is a column of prose."""


@dataclass
class Cell:
    """Words that stand together."""

    way: int
    """Whether they stand or lie."""
    line: float
    begin: float
    end: float
    height: float
    start: int
    """How much was written before them."""
    text: str = ""


def rows_of(cells: Iterable[Cell]) -> str:
    """The rows that have several cells, each on a line, with tabs between the cells."""
    return "\n".join(row for row in map(_joined, _rows(cells)) if "\t" in row)


def _rows(cells: Iterable[Cell]) -> Iterator[list[Cell]]:
    row: list[Cell] = []
    for cell in sorted(cells, key=lambda cell: (cell.way, -cell.line)):
        if not cell.text or len(cell.text) > _LONGEST or "@" in cell.text:
            continue  # an address is found wherever it stands
        if row and (cell.way != row[0].way or row[0].line - cell.line > row[0].height * _ONE_LINE):
            yield row
            row = []
        row.append(cell)
    yield row


def _joined(row: list[Cell]) -> str:
    joined, end = "", 0.0
    for cell in sorted(row, key=lambda cell: cell.begin):
        gap = "\t" if cell.begin - end > cell.height * CELLS_APART else " "
        joined += f"{gap}{cell.text}" if joined else cell.text
        end = cell.end
    return joined
