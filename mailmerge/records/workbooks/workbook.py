"""Workbooks as they show: which sheet, which of its rows, and every cell as the text that its author sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import IntEnum
from typing import Protocol

from mailmerge.errors import TableError
from mailmerge.i18n import N_, listed, ngettext, plural
from mailmerge.model import Defect, DefectKind, Dialect
from mailmerge.records.columns.headers import header_is_email, header_is_known
from mailmerge.records.file_kinds.composing import composed
from mailmerge.records.file_kinds.file_type import FileKind, TableFile, empty
from mailmerge.records.file_kinds.foreign_files import named
from mailmerge.records.grid import Cells, Grid, column_number
from mailmerge.records.workbooks.sheets import SheetRows
from mailmerge.text.addresses import find_addresses
from mailmerge.text.folding import fold
from mailmerge.text.quotes import quotes
from mailmerge.text.shown import shorten

_PEEK = 30
_SAME = 0.75
"""The share of their headers that two sheets of one shape have in common."""


class Book(Protocol):
    """What a reader of one kind of workbook offers."""

    names: tuple[str, ...]
    """All sheets with cells, in their order."""
    visible: tuple[str, ...]
    """Those that are not hidden."""

    def page(self, name: str, first_rows: int | None, *, hidden: bool = False) -> SheetRows:
        """The rows of a sheet, those that hide only where asked for; ``first_rows`` of them are enough.

        Raises:
            TableError: the workbook is damaged, or the sheet too large.
        """
        ...


def read_workbook(source: TableFile, *, sheet: str, first_rows: int | None) -> Grid:
    """The rows of the sheet called ``sheet``, else of the first visible one with people in it.

    Another sheet with the same columns and people is a defect: which one is meant, somebody must say.

    Raises:
        TableError: the workbook is damaged or protected, or has no such sheet.
    """
    book = open_book(source, first_rows)
    name, page = _told_page(source, book, sheet, first_rows) if sheet else _first_page(source, book, first_rows)
    others = [other for other in book.visible if other != name]
    alternative = _unused(others) if others else ""
    alike = [] if sheet else _alike(source, book, others, page, first_rows)
    doubt = Defect(DefectKind.AMBIGUOUS_SHEET, {"sheets": 1 + len(alike), "first": name, "second": (*alike, "")[0]})
    return Grid(
        page.rows,
        page.lines,
        Dialect(sheet=name, alternative=alternative),
        (doubt,) if alike else (),
        uncalculated=page.uncalculated,
        unlocalised=page.unlocalised,
        date_orders=page.date_orders,
        merged=page.merged,
        notices=tuple(_notices(page)),
        hidden_lines=page.hidden_lines,
        other_sheets=tuple(other for other in book.names if other != name),
        hidden_addresses=page.hidden_addresses,
        hidden_columns=frozenset(column_number(letters) - 1 for letters in page.hidden_columns),
    )


def _alike(source: TableFile, book: Book, others: Sequence[str], page: SheetRows, first_rows: int | None) -> list[str]:
    """The other sheets that have the columns of this page, and people."""
    shape = _shape(page.rows)
    if not others or not shape:
        return []
    if first_rows is None and source.kind not in (FileKind.ODS, FileKind.XLS):
        book = open_book(source, _PEEK)  # of a large sheet, only the beginning
    found = []
    for name in others:
        with suppress(TableError):  # a sheet that cannot be read is not written to either
            other = _shape(book.page(name, _PEEK).rows)
            if len(shape & other) >= _SAME * len(shape | other):
                found.append(name)
    return found


def _shape(rows: Sequence[Cells]) -> frozenset[str]:
    """The headers of a sheet; none where there is nobody below them."""
    head = rows[:_PEEK]
    known = [sum(map(header_is_known, filter(None, row))) for row in head]
    if not head or not any(known):
        return frozenset()
    at = known.index(max(known))
    people = any("@" in cell and next(find_addresses(cell), None) for row in head[at + 1 :] for cell in row)
    return frozenset(map(fold, filter(None, head[at]))) if people else frozenset()


def all_rows(source: TableFile) -> Iterator[Cells]:
    """Every row of every sheet, hidden or not.

    Raises:
        TableError: the workbook is damaged or protected.
    """
    book = open_book(source)
    for name in book.names:
        yield from book.page(name, None, hidden=True).rows


def open_book(source: TableFile, first_rows: int | None = None) -> Book:
    """The workbook in a file; ``first_rows`` of each sheet are enough.

    Raises:
        TableError: it is damaged or protected.
    """
    if source.kind is FileKind.ODS:
        from mailmerge.records.workbooks.ods import OdsBook

        return OdsBook(source)
    from mailmerge.records.workbooks.excel import ExcelBook

    return ExcelBook(source, first_rows)


def _told_page(source: TableFile, book: Book, sheet: str, first_rows: int | None) -> tuple[str, SheetRows]:
    name = next((name for name in book.names if name == sheet), "") or next(
        (name for name in book.names if _same_name(name) == _same_name(sheet)), ""
    )
    if not name:
        raise TableError(
            N_('no sheet "{sheet}" in {path}: its sheets are {known}'),
            sheet=shorten(sheet),
            path=named(source.path),
            known=quotes(book.names, most=len(book.names), limit=60),
        )
    return name, book.page(name, first_rows)


def _same_name(sheet: str) -> str:
    return composed(sheet).strip().casefold()


def _first_page(source: TableFile, book: Book, first_rows: int | None) -> tuple[str, SheetRows]:
    """The first sheet with a table of people; where there is none, the first with an address, or with anything."""
    best: tuple[_Holds, str, SheetRows] | None = None
    for name in book.visible or book.names:
        page = book.page(name, first_rows)
        holds = _what_is_in(page.rows)
        if best is None or holds > best[0]:
            best = holds, name, page
        if holds is _Holds.PEOPLE:
            break
    if best is None or best[0] is _Holds.NOTHING:
        raise empty(source.path)
    return best[1:]


class _Holds(IntEnum):
    """What the beginning of a sheet holds."""

    NOTHING = 0
    SOMETHING = 1
    AN_ADDRESS = 2
    """As a page with instructions does, that says whom to ask."""
    PEOPLE = 3


def _what_is_in(rows: Sequence[Cells]) -> _Holds:
    head = rows[:_PEEK]
    columns: Counter[int] = Counter()
    for row in head:
        addresses = [at for at, cell in enumerate(row) if "@" in cell and next(find_addresses(cell), None)]
        columns.update(addresses)
        filled = [cell for cell in row if cell]
        if not addresses and len(filled) > 1 and any(map(header_is_email, filled)):
            return _Holds.PEOPLE
    if any(often > 1 for often in columns.values()):
        return _Holds.PEOPLE
    if columns or any(header_is_email(cell) for row in head for cell in row if cell):
        return _Holds.AN_ADDRESS
    return _Holds.SOMETHING if rows else _Holds.NOTHING


def _unused(names: Sequence[str]) -> str:
    """Which sheets nobody gets a letter from."""
    named = listed(str(quotes([name], limit=60)) for name in names)
    return plural(len(names), "the sheet {names} is not used", "the sheets {names} are not used", names=named)


def _notices(page: SheetRows) -> list[str]:
    if not page.hidden_columns:
        return []
    told = ngettext(
        "hidden column {letters} is left out: unhide it to use it",
        "{count} hidden columns are left out ({letters}): unhide them to use them",
        len(page.hidden_columns),
    )
    return [told.format(count=len(page.hidden_columns), letters=", ".join(page.hidden_columns[:10]))]
