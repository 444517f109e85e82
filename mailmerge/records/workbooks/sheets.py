"""What the readers of workbooks share: the rows of a sheet, and what lies over its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct, field

from mailmerge.errors import TableError
from mailmerge.i18n import N_
from mailmerge.records.file_kinds.file_type import TableFile, too_many_rows
from mailmerge.records.file_kinds.foreign_files import named
from mailmerge.records.grid import MAX_ROWS, Cells, Merged, column_letters
from mailmerge.records.number_formats.numberformat import CellFormatter
from mailmerge.text.addresses import find_addresses

MAX_CELLS = 4_000_000
"""A sheet is laid out as one block from A1 to the last cell: above this, memory would run out."""


_GLANCE = 200
"""Rows in which an address is looked for."""


class Locked(ValueError):
    """The workbook is protected by a password."""


class Oversized(ValueError):
    """The sheet has more cells than are held."""


class FormatRun(NamedTuple):
    """Rows of one column that one number format shows, the last of them the one before ``end``."""

    start: int
    end: int
    show: CellFormatter


class SheetMetadata(Struct, frozen=True):
    """What calamine does not tell of a sheet: what hides, which cells hold errors, how numbers are shown.

    Rows count from 1, as lines do, and columns from 0.
    """

    general: CellFormatter
    """What shows the cells that have no format of their own."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    errors: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    """``#N/A`` and its like, by row and column."""
    formats: Mapping[int, Sequence[FormatRun]] = field(default_factory=dict)
    """Where the cells of a column have a format other than General, in any order."""
    uncalculated: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Rows of formulas without a result, by column."""
    merged: Sequence[tuple[int, int, int, int]] = ()
    """First and last row, first and last column of each merged cell."""


def shows_by_row(runs: Iterable[FormatRun], general: CellFormatter) -> Iterator[CellFormatter]:
    """What shows each cell of a column, from row 1 on without end."""

    def spans() -> Iterator[Iterable[CellFormatter]]:
        row = 1
        for start, end, show in sorted(runs, key=attrgetter("start")):
            yield repeat(general, start - row)
            row = max(row, start)
            yield repeat(show, end - row)
            row = max(row, end)
        yield repeat(general)

    return chain.from_iterable(spans())


class SheetRows(Struct, frozen=True):
    """The rows of one sheet that hold something and are not hidden; cells of hidden columns are blank."""

    rows: list[Cells]
    lines: Sequence[int]
    hidden_lines: tuple[int, ...] = ()
    """Hidden rows with something in them."""
    hidden_columns: tuple[str, ...] = ()
    """Letters of the hidden columns with something in them."""
    hidden_addresses: Mapping[str, str] = field(default_factory=dict)
    """Those of them that hold addresses, each with its header; ``""`` where it has none."""
    uncalculated: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Lines of formulas that were never calculated, by the position of their column; what is hidden left out."""
    unlocalised: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Lines of dates that show as ISO 8601 because their language is unknown, likewise."""
    date_orders: Mapping[int, str] = field(default_factory=dict)
    """Which of day and month the dates of a column show first, by the position of the column."""
    merged: tuple[Merged, ...] = ()


def date_orders(formats: Mapping[int, Sequence[FormatRun]]) -> dict[int, str]:
    """Which of day and month come first in a column, where all of its formats for dates in digits agree."""
    orders = {at: {run.show.date_order for run in runs} - {""} for at, runs in formats.items()}
    return {at: each.pop() for at, each in orders.items() if len(each) == 1}


def addresses_in(rows: Sequence[Cells], columns: Iterable[int]) -> dict[str, str]:
    """Letters of the columns that hold addresses, with what is above the first of them."""
    found: dict[str, str] = {}
    for column in columns:
        above = ""
        for row in rows[:_GLANCE]:
            cell = row[column] if column < len(row) else ""
            if next(find_addresses(cell), None):
                found[column_letters(column)] = above
                break
            above = cell or above
    return found


def check_rows(source: TableFile, count: int) -> None:
    """Refuse more rows than a sheet holds.

    Raises:
        TableError: there are more.
    """
    if count > MAX_ROWS:
        raise too_many_rows(source.path)


def check_extent(source: TableFile, sheet: str, cells: int) -> None:
    """Refuse a sheet of more cells than are held.

    Raises:
        TableError: there are more.
    """
    if cells > MAX_CELLS:
        raise TableError(
            N_(
                'the sheet "{sheet}" of {path} is too large to read: delete the rows and'
                " columns beyond the last person, and save it again"
            ),
            sheet=sheet,
            path=named(source.path),
        )
