"""XLSX, XLSM and XLS: values through calamine, and over them what hides, what failed and how numbers look."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile
from zlib import error as InflateError  # noqa: N812

from mailmerge.errors import TableError
from mailmerge.records.beginning import beginning
from mailmerge.records.grid import Cells
from mailmerge.records.numberformat import Show, compile_format
from mailmerge.records.sheets import (
    Locked,
    Overlay,
    Page,
    check_extent,
    check_rows,
    column_letters,
    damaged,
    shows_by_row,
)
from mailmerge.records.source import Kind, Source, named
from mailmerge.records.xls import XlsBook
from mailmerge.records.xlsx import Package

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_DAMAGE = (
    BadZipFile,
    InflateError,
    struct.error,
    LookupError,
    ValueError,
    SyntaxError,
    OSError,
    EOFError,
    NotImplementedError,
)


_BLOCK = 1024
"""Rows that are shown together, column by column."""


@dataclass(frozen=True, slots=True)
class _Scan:
    """What is being found out about a sheet while calamine parses."""

    extent: Future[int]
    overlay: Future[Overlay]


class ExcelBook:
    """A workbook of Excel; of a large XLSX only the beginning where ``first_rows`` are enough."""

    def __init__(self, source: Source, first_rows: int | None = None):
        from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

        self._source = source
        self._worker = ThreadPoolExecutor(1)  # calamine lets go of the interpreter while it parses
        self._scans: dict[str, _Scan] = {}
        with _refusing_damage(source):
            content = source.content
            enough = _enough(first_rows)
            if source.kind is Kind.XLSX and enough is not None:
                content = beginning(content, enough)
            self._package = Package(content) if source.kind is Kind.XLSX else XlsBook(content)
            if isinstance(self._package, Package):
                self._scan(self._package, self._package.first_sheet)
            self._workbook = load_workbook(BytesIO(content))
        self._order = list(self._workbook.sheet_names)
        sheets = [each for each in self._workbook.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet]
        self.names = tuple(sheet.name for sheet in sheets)
        self.visible = tuple(sheet.name for sheet in sheets if sheet.visible is SheetVisibleEnum.Visible)
        if not self.names:
            raise damaged(source, "no sheet with cells")

    def page(self, name: str, first_rows: int | None, *, hidden: bool = False) -> Page:
        """The rows of a sheet; see :class:`mailmerge.records.workbook.Book`."""
        with _refusing_damage(self._source):
            sheet, overlay = self._layers(name)
            if hidden:
                overlay = replace(overlay, hidden_rows=frozenset(), hidden_columns=frozenset())
            return self._page(sheet, overlay, first_rows)

    def _layers(self, name: str) -> tuple[CalamineSheet, Overlay]:
        if isinstance(self._package, XlsBook):
            return self._workbook.get_sheet_by_name(name), self._package.overlays[self._order.index(name)]
        scan = self._scan(self._package, name)
        check_extent(self._source, name, scan.extent.result())
        return self._workbook.get_sheet_by_name(name), scan.overlay.result()

    def _scan(self, package: Package, name: str) -> _Scan:
        if name not in self._scans:
            self._scans[name] = _Scan(
                self._worker.submit(package.extent, name), self._worker.submit(package.overlay, name)
            )
        return self._scans[name]

    def _page(self, sheet: CalamineSheet, overlay: Overlay, first_rows: int | None) -> Page:
        shown = _rows(islice(sheet.iter_rows(), _enough(first_rows)), overlay)
        filled = {at for at in overlay.hidden_columns if any(at < len(row) and row[at] for row in shown)}
        if filled:
            shown = [tuple("" if at in filled else cell for at, cell in enumerate(row)) for row in shown]
        hidden = overlay.hidden_rows
        lines: Sequence[int] = range(1, len(shown) + 1)
        if hidden or not all(map(any, shown)):
            lines = [line for line, row in zip(lines, shown, strict=True) if line not in hidden and any(row)]
        rows = shown if len(lines) == len(shown) else [shown[line - 1] for line in lines]
        check_rows(self._source, len(rows))
        hidden_lines = [line for line in sorted(hidden) if line <= len(shown) and any(shown[line - 1])]
        return Page(rows, lines, tuple(hidden_lines), tuple(map(column_letters, sorted(filled))))


def _enough(first_rows: int | None) -> int | None:
    """Blank and hidden rows among the first ones are read for nothing; so many of them are allowed for."""
    return None if first_rows is None else 4 * first_rows + 100


def _rows(sheet: Iterable[list[Any]], overlay: Overlay) -> list[Cells]:
    """The cells as they show."""
    rows: list[Cells] = []
    general = compile_format("General", overlay.language)
    formats: defaultdict[int, Iterator[Show]] = defaultdict(lambda: repeat(general))
    formats.update((column, shows_by_row(runs, general)) for column, runs in overlay.formats.items())
    sheet = iter(sheet)
    while block := list(islice(sheet, _BLOCK)):
        columns = [
            _column(cells, list(islice(formats[at], len(cells)))) for at, cells in enumerate(zip(*block, strict=True))
        ]
        rows += zip(*columns, strict=True)
    for row, errors in overlay.errors.items():
        if row <= len(rows):
            rows[row - 1] = tuple(errors.get(at, cell) for at, cell in enumerate(rows[row - 1]))
    return rows


def _column(cells: Sequence[Any], shows: Sequence[Show]) -> Iterable[str]:
    """The cells of one column; each is looked at only where not all are text."""
    with suppress(TypeError):  # not all are text
        return tuple(map(str.strip, cells))
    if shows.count(shows[0]) == len(shows):
        return shows[0].all(cells)
    return [show(cell) for show, cell in zip(shows, cells, strict=True)]


@contextmanager
def _refusing_damage(source: Source) -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except (PasswordError, Locked):
        raise TableError(f"{named(source.path)} is protected by a password: remove it and save again") from None
    except (CalamineError, *_DAMAGE) as error:
        raise damaged(source, error) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(source, "its contents contradict each other") from None
