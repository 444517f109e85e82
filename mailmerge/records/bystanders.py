"""The people in a workbook who are not in its table: hidden and filtered rows, and other sheets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from msgspec.structs import replace

from mailmerge.errors import TableError
from mailmerge.model import Bystanders, Dialect, Record, RecordTable
from mailmerge.records.file_kinds.file_type import TableFile, load
from mailmerge.records.grid import Grid
from mailmerge.records.options import ReadOptions
from mailmerge.records.table import build_table
from mailmerge.records.workbooks.sheets import SheetRows

_MOST_SHEETS = 30
"""Other sheets that are looked at: a workbook with one for each day of a year is not read again as a whole."""


def bystanders_of(table: RecordTable) -> tuple[Bystanders, ...]:
    """Who is in the file of a table besides its people; the file is read again only if somebody is.

    Raises:
        TableError: the file cannot be read any more.
    """
    if not table.hidden_lines and not table.other_sheets:
        return ()
    source = load(table.path)
    return tuple(_found(source, table))


def _found(source: TableFile, table: RecordTable) -> Iterator[Bystanders]:
    from mailmerge.records.workbooks.workbook import open_book

    book = open_book(source)
    if table.hidden_lines:
        whole = _table_in(source, book.page(table.dialect.sheet, None, hidden=True), table.dialect.header_line)
        hidden = frozenset(table.hidden_lines)
        records = [record for record in whole.records if record.line in hidden]
        columns = table.columns if set(table.names) <= set(whole.names) else whole.columns
        if records:
            yield Bystanders(replace(whole, records=_renumbered(records), columns=columns))
    for sheet in table.other_sheets[:_MOST_SHEETS]:
        with suppress(TableError):  # what is no table of people names nobody
            other = _table_in(source, book.page(sheet, None, hidden=True), 0)
            if other.columns.names or other.columns.emails:
                yield Bystanders(other, sheet)


def _table_in(source: TableFile, page: SheetRows, header_line: int) -> RecordTable:
    grid = Grid(page.rows, page.lines, Dialect(), merged=page.merged, multiline=True)
    return build_table(source, grid, ReadOptions(header_line=header_line)).table


def _renumbered(records: list[Record]) -> list[Record]:
    return [replace(record, number=number) for number, record in enumerate(records, 1)]
