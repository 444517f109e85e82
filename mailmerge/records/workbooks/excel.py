"""XLSX, XLSM and XLS: values through calamine, and over them what hides, what failed and how numbers look."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from io import BytesIO
from itertools import islice, repeat
from operator import itemgetter
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile
from zlib import error as InflateError  # noqa: N812

from msgspec.structs import replace

from mailmerge.errors import TableError
from mailmerge.i18n import N_, Term
from mailmerge.records.file_kinds.composing import all_composed
from mailmerge.records.file_kinds.damage import CONTRADICTS, reason_of
from mailmerge.records.file_kinds.file_type import FileKind, TableFile, check_memory, damaged, oversized
from mailmerge.records.file_kinds.foreign_files import named
from mailmerge.records.grid import Cells, Merged, column_letters
from mailmerge.records.number_formats.numberformat import CellFormatter
from mailmerge.records.workbooks.sheets import (
    Locked,
    Oversized,
    SheetMetadata,
    SheetRows,
    addresses_in,
    check_extent,
    check_rows,
    date_orders,
    shows_by_row,
)
from mailmerge.records.workbooks.xls import XlsBook
from mailmerge.records.workbooks.xlsx import Package, Scanned
from mailmerge.records.workbooks.xlsx_head import beginning

_DAMAGE = (
    BadZipFile,
    InflateError,
    struct.error,
    LookupError,
    ValueError,
    SyntaxError,
    OSError,
    EOFError,
    OverflowError,
    NotImplementedError,
    ExpatError,
)


_BLOCK = 512
"""Rows that are shown together, column by column."""
_FIRST_CELL = itemgetter(0)


class ExcelBook:
    """A workbook of Excel; of a large XLSX only the beginning where ``first_rows`` are enough."""

    def __init__(self, source: TableFile, first_rows: int | None = None):
        self._source = source
        self._worker = ThreadPoolExecutor(1)  # calamine lets go of the interpreter while it parses
        self._scans: dict[str, Future[Scanned]] = {}
        with _refusing_damage(source):
            if source.kind is FileKind.XLS:
                self._book: XlsBook | Package = XlsBook(source.content)
                sheets = [(sheet.name, sheet.visible) for sheet in self._book.sheets]
            else:
                enough = _enough(first_rows)
                self._book = Package(source.content if enough is None else beginning(source.content, enough))
                sheets = self._sheets(self._book)
        self.names = tuple(name for name, _ in sheets)
        self.visible = tuple(name for name, visible in sheets if visible)
        if not self.names:
            raise damaged(source.path, Term(N_("no sheet with cells")))

    def _sheets(self, package: Package) -> list[tuple[str, bool]]:
        from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

        first = package.first_sheet
        self._scan(package, first)
        self._workbook = load_workbook(BytesIO(package.values()))
        return [
            (sheet.name, sheet.visible is SheetVisibleEnum.Visible)
            for sheet in self._workbook.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet
        ]

    def page(self, name: str, first_rows: int | None, *, hidden: bool = False) -> SheetRows:
        """The rows of a sheet; see :class:`mailmerge.records.workbooks.workbook.Book`."""
        with _refusing_damage(self._source):
            if isinstance(self._book, XlsBook):
                cells, overlay = self._book.read(self._book.sheets[self.names.index(name)])
                check_extent(self._source, name, len(cells) * len(cells[0]) if cells else 0)
                rows: Iterable[list[Any]] = cells
                start = 0
            else:
                rows, start, overlay = self._layers(self._book, name)
            if hidden:
                overlay = replace(overlay, hidden_rows=frozenset(), hidden_columns=frozenset())
            shown, unlocalised = _rows(islice(rows, _enough(first_rows)), start, overlay)
            page = self._page(shown, overlay, unlocalised, whole=first_rows is None)
            return replace(page, date_orders=date_orders(overlay.formats))

    def _layers(self, package: Package, name: str) -> tuple[Iterable[list[Any]], int, SheetMetadata]:
        """The rows of a sheet, the column that they begin with, and what lies over them, which begins with A1."""
        from python_calamine import load_workbook

        scanned = self._scan(package, name).result()
        check_extent(self._source, name, scanned.cells)
        check_memory(self._source.path, scanned.octets)
        workbook = load_workbook(BytesIO(package.anew(name))) if package.is_anew(name) else self._workbook
        sheet = workbook.get_sheet_by_name(name)
        return sheet.iter_rows(), sheet.start[1] if sheet.start else 0, scanned.overlay

    def _scan(self, package: Package, name: str) -> Future[Scanned]:
        if name not in self._scans:
            self._scans[name] = self._worker.submit(package.scan, name)
        return self._scans[name]

    def _page(
        self, shown: list[Cells], overlay: SheetMetadata, unlocalised: Mapping[int, Sequence[int]], *, whole: bool
    ) -> SheetRows:
        merged = tuple(_merged(shown, overlay))
        filled = {at for at in overlay.hidden_columns if any(at < len(row) and row[at] for row in shown)}
        addresses = addresses_in(shown, sorted(filled))
        if filled:
            shown = [tuple("" if at in filled else cell for at, cell in enumerate(row)) for row in shown]
        hidden = overlay.hidden_rows
        uncalculated = {
            at: lines for at, lines in overlay.uncalculated.items() if lines and at not in overlay.hidden_columns
        }
        open_lines = {line for lines in uncalculated.values() for line in lines}
        if whole and open_lines:
            shown += [("",) * len(shown[0] if shown else ())] * (max(open_lines) - len(shown))
        lines: Sequence[int] = range(1, len(shown) + 1)
        is_full = bool(shown and shown[0]) and all(map(_FIRST_CELL, shown))
        if hidden or not (is_full or all(map(any, shown))):
            lines = [
                line
                for line, row in zip(lines, shown, strict=True)
                if line not in hidden and (any(row) or line in open_lines)
            ]
        rows = shown if len(lines) == len(shown) else [shown[line - 1] for line in lines]
        check_rows(self._source, len(rows))
        hidden_lines = [line for line in sorted(hidden) if line <= len(shown) and any(shown[line - 1])]
        letters = tuple(map(column_letters, sorted(filled)))
        return SheetRows(
            rows,
            lines,
            hidden_lines=tuple(hidden_lines),
            hidden_columns=letters,
            hidden_addresses=addresses,
            uncalculated=uncalculated,
            unlocalised={at: seen for at, seen in unlocalised.items() if at not in overlay.hidden_columns},
            merged=merged,
        )


def _enough(first_rows: int | None) -> int | None:
    """Blank and hidden rows among the first ones are read for nothing; this many of them are allowed for."""
    return None if first_rows is None else 4 * first_rows + 100


def _merged(shown: Sequence[Cells], overlay: SheetMetadata) -> Iterator[Merged]:
    for top, bottom, left, right in overlay.merged:
        row = shown[top - 1] if top <= len(shown) else ()
        yield Merged(top, bottom, left, right, row[left] if left < len(row) else "")


def _rows(
    sheet: Iterable[list[Any]], start: int, overlay: SheetMetadata
) -> tuple[list[Cells], Mapping[int, Sequence[int]]]:
    """The cells as they show, from column A on, and the lines of dates in an unknown language, by their column.

    The cells given begin with the column ``start``.
    """
    rows: list[Cells] = []
    unlocalised: defaultdict[int, list[int]] = defaultdict(list)
    general = overlay.general
    formats: defaultdict[int, Iterator[CellFormatter]] = defaultdict(lambda: repeat(general))
    formats.update((column, shows_by_row(runs, general)) for column, runs in overlay.formats.items())
    texts = {at for at, runs in overlay.formats.items() if any(run.show.changes_texts for run in runs)}
    doubtful = {at for at, runs in overlay.formats.items() if not all(run.show.is_localised for run in runs)}
    sheet = iter(sheet)
    while block := list(islice(sheet, _BLOCK)):
        columns: list[Iterable[str]] = [[""] * len(block) for _ in range(start)]
        for at, cells in enumerate(zip(*block, strict=True), start):
            shows = list(islice(formats[at], len(cells))) if at in overlay.formats else [general]
            columns.append(_column(cells, shows, texts=at in texts or general.changes_texts))
            if at in doubtful:
                unlocalised[at] += _unlocalised(cells, shows, len(rows) + 1)
        rows += zip(*columns, strict=True)
    for row, errors in overlay.errors.items():
        if row <= len(rows):
            rows[row - 1] = tuple(errors.get(at, cell) for at, cell in enumerate(rows[row - 1]))
    return rows, unlocalised


def _unlocalised(cells: Sequence[Any], shows: Sequence[CellFormatter], first: int) -> Iterator[int]:
    for line, (show, cell) in enumerate(zip(shows, cells, strict=True), first):
        if not show.is_localised and not isinstance(cell, str | bool):
            yield line


def _column(cells: Sequence[Any], shows: Sequence[CellFormatter], *, texts: bool) -> Iterable[str]:
    """The cells of one column; each is looked at only where not all are text, or some format changes texts."""
    if not texts:
        with suppress(TypeError):  # not all are text
            return all_composed(tuple(map(str.strip, cells)))
    if shows.count(shows[0]) == len(shows):
        return all_composed(tuple(shows[0].all(cells)))
    return all_composed([show(cell) for show, cell in zip(shows, cells, strict=True)])


@contextmanager
def _refusing_damage(source: TableFile) -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except Oversized:
        raise oversized(source.path) from None
    except (PasswordError, Locked):
        raise TableError(
            N_("{path} is protected by a password: remove it and save again"), path=named(source.path)
        ) from None
    except (CalamineError, *_DAMAGE) as error:
        raise damaged(source.path, reason_of(error)) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(source.path, Term(CONTRADICTS)) from None
