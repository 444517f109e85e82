"""A file of recipients in, a table of people out: whatever the program that wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Unpack

from msgspec.structs import replace

from mailmerge.errors import EmailColumnUnclear, SheetUnclear, TableError
from mailmerge.i18n import N_, _
from mailmerge.model import DefectKind, RecordTable
from mailmerge.records.defects import described
from mailmerge.records.delimited.reader import read_delimited
from mailmerge.records.file_kinds.file_type import WORKBOOKS, FileKind, TableFile, load
from mailmerge.records.file_kinds.foreign_files import named
from mailmerge.records.grid import Cells, Grid
from mailmerge.records.options import AS_IT_IS, HEADER_SEARCH_ROWS, DecidedOptions, ReadOptions
from mailmerge.records.table import TableReading, build_table
from mailmerge.runtime import garbage
from mailmerge.text.addresses import find_addresses, same_mailbox_key
from mailmerge.text.shown import shorten

_WHICH_SHEET = N_('{file}: {said}; say which one to use with `sheet = "{sheet}"` in campaign.toml, or hide the other')


def read_table(
    path: Path, options: ReadOptions = AS_IT_IS, *, first_rows: int | None = None, **decided: Unpack[DecidedOptions]
) -> RecordTable:
    """The table of people in a CSV, TSV, XLSX, XLSM, XLS or ODS file; the content decides which it is.

    Whatever neither ``options`` nor ``decided`` say is found by evidence. ``first_rows`` reads only so many people, for
    a quick look.

    What the table has that should not be is told in ``defects``; only what makes it no table of people is raised.

    Raises:
        SheetUnclear: it is not clear which sheet holds the recipients.
        EmailColumnUnclear: it is not clear which column holds the addresses.
        TableError: the file cannot be read as a table, or holds nobody.
    """
    reading = _read(path, replace(options, **decided), first_rows)
    for defect in reading.table.defects:
        if defect.kind is DefectKind.AMBIGUOUS_SHEET:
            raise SheetUnclear(
                _WHICH_SHEET, file=named(path), said=described(defect), sheet=shorten(reading.table.dialect.sheet)
            )
    if reading.advice:
        raise EmailColumnUnclear(reading.advice)
    return reading.table


def preview_table(
    path: Path, options: ReadOptions = AS_IT_IS, *, first_rows: int = 50, **decided: Unpack[DecidedOptions]
) -> RecordTable:
    """Like :func:`read_table`, for the import screen: an undetected e-mail column is a defect, not an error.

    Raises:
        TableError: the file cannot be read as a table, or holds nobody.
    """
    return _read(path, replace(options, **decided), first_rows).table


def read_mailboxes(path: Path) -> frozenset[str]:
    """Keys of all mailboxes anywhere in a file, a table or one per line: a list of people who must not be contacted.

    Anywhere: on every sheet, in hidden rows and columns too. The keys are those of
    :func:`mailmerge.text.addresses.same_mailbox_key`.

    Raises:
        TableError: the file cannot be read, or holds no address.
    """
    source = load(path)
    keys = {same_mailbox_key(cell[start:end]) for cell in _cells(source) for start, end in find_addresses(cell)}
    if not keys:
        raise TableError(
            N_("{path} contains no e-mail addresses, so it would exclude nobody; check the file"), path=named(path)
        )
    return frozenset(keys)


def _cells(source: TableFile) -> Iterator[str]:
    if source.kind is FileKind.TEXT:
        rows: Iterable[Cells] = read_delimited(source).rows
    else:
        from mailmerge.records.workbooks.workbook import all_rows

        rows = all_rows(source)
    return (cell for row in rows for cell in row if "@" in cell)


def sheet_names(path: Path) -> tuple[str, ...]:
    """The sheets of a workbook that are not hidden, in their order; none for a CSV.

    Raises:
        TableError: the file cannot be read.
    """
    source = load(path)
    if source.kind is FileKind.TEXT:
        return ()
    from mailmerge.records.workbooks.workbook import open_book

    return open_book(source).visible


def _read(path: Path, options: ReadOptions, first_rows: int | None) -> TableReading:
    with garbage.paused():
        source = load(path)
        if source.kind is FileKind.TEXT and path.suffix.lower() in WORKBOOKS:
            return _read_text(source, options, first_rows)
        grid = _grid(source, options, first_rows)
        return build_table(source, grid, options, first_rows=first_rows)


_TOO_SMALL = 100
"""Octets below which a file is no table; the smallest workbook has some thousand."""
_CUT_SHORT = N_(
    "{path} is not a workbook, although its name ends in {suffix}: it has only {size} bytes, so it was probably not "
    "saved or copied completely; save it again in Excel or LibreOffice"
)
_NO_WORKBOOK = N_(
    "{path} is not a workbook, although its name ends in {suffix}: it is a text file without a table of people; give "
    "the workbook itself, or a CSV file"
)
_TEXT_FILE = N_("it is a text file (CSV), although its name ends in {suffix}")


def _read_text(source: TableFile, options: ReadOptions, first_rows: int | None) -> TableReading:
    """A text that is called a workbook: a table all the same, and told; or an error that says what it is."""
    places = {"path": named(source.path), "suffix": source.path.suffix, "size": len(source.content)}
    try:
        reading = build_table(source, _grid(source, options, first_rows), options, first_rows=first_rows)
    except TableError:
        raise TableError(_CUT_SHORT if len(source.content) < _TOO_SMALL else _NO_WORKBOOK, **places) from None
    notice = _(_TEXT_FILE).format(suffix=source.path.suffix)
    return replace(reading, table=replace(reading.table, notices=(notice, *reading.table.notices)))


def _grid(source: TableFile, options: ReadOptions, first_rows: int | None) -> Grid:
    enough = None if first_rows is None else first_rows + max(HEADER_SEARCH_ROWS, options.header_line)
    if source.kind is FileKind.TEXT:
        return read_delimited(source, options, first_rows=enough)
    from mailmerge.records.workbooks.workbook import read_workbook

    return read_workbook(source, sheet=options.sheet, first_rows=enough)
