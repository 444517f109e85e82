"""What the XML of a sheet says beyond its values: found in one pass over it, piece by piece, by searching.

Rows that are written as those before them are known by their layout; only the others are searched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from mailmerge.records.grid import column_number
from mailmerge.records.number_formats.numberformat import CellFormatter
from mailmerge.records.workbooks.regular import Extent
from mailmerge.records.workbooks.sheets import FormatRun, SheetMetadata
from mailmerge.records.workbooks.usual_rows import UsualRows
from mailmerge.text.regex import regex

_ROW = regex(rb'<row r="(\d+)"')
_COLUMNS_BEGIN, _COLUMNS_END = regex(rb"<(?:\w+:)?cols\b[^<>]*>"), regex(rb"</(?:\w+:)?cols\s*>")
_COLUMN = regex(rb"<(?:\w+:)?col\s([^>]*)>")
_ATTRIBUTE = regex(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = regex(rb'<c r="([A-Z]+)([0-9]+)"([^>]*)>')
_VALUE = regex(rb"<v[^>]*>([^<]*)<")
_HIDDEN = regex(rb' hidden="(?:1|true)"')
_FAILED = regex(rb' t="e"')
_FORMULA_END = regex(rb"(?:</f>|<f[^>]*/>)\s*(?:<v[^>]*/>|<v[^>]*>(0?)</v>)?\s*</c>")
"""A formula without a result, or with the 0 that stands in for one."""
_MERGED = regex(rb"<(?:\w+:)?mergeCell\s([^>]*)>")
_BLOCK = regex(rb"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")


class SheetScan:
    """How far a sheet reaches, and all that lies over its values."""

    def __init__(self, formats: Mapping[int, CellFormatter], *, recalculated: bool) -> None:
        """``formats`` are those of the styles that have one; ``recalculated``: as :func:`_uncalculated_in` has it."""
        self.extent = Extent()
        self._formats = formats
        self._recalculated = recalculated
        self._usual = UsualRows(recalculated=recalculated)
        self._styled = _style_search(formats)
        self._hidden_rows: set[int] = set()
        self._hidden_columns: frozenset[int] | None = None
        self._errors: dict[int, dict[int, str]] = {}
        self._runs: defaultdict[int, list[FormatRun]] = defaultdict(list)
        self._uncalculated: defaultdict[int, list[int]] = defaultdict(list)
        self._tail = b""

    def add(self, piece: bytes) -> bool:
        """Look at a piece of the XML that ends after a row; whether the sheet is in the regular form so far."""
        usual, rest = self._usual.take(piece)
        self.extent.add(rest)
        if not self.extent.is_regular:
            return False
        self.extent.weigh(piece)
        for layout, numbers in usual:
            self.extent.reach(max(numbers), layout.columns)
            shown = [(column, self._formats[style]) for column, style in layout.styles if style in self._formats]
            spans = _spans(numbers) if shown else ()
            for column, show in shown:
                self._runs[column] += [FormatRun(start, end, show) for start, end in spans]
        self._search(rest)
        self._tail = piece
        return True

    def _search(self, rest: bytes) -> None:
        if self._hidden_columns is None:
            self._hidden_columns = frozenset(_hidden_columns(rest))
        self._hidden_rows.update(_hidden_rows(rest))
        for row, column, error in _errors(rest):
            self._errors.setdefault(row, {})[column] = error
        for row, column in _uncalculated_in(rest, recalculated=self._recalculated):
            self._uncalculated[column].append(row)
        for (letters, style), rows in _grouped(self._styled(rest)).items():
            show = self._formats[int(style)]
            self._runs[_column(letters)] += [FormatRun(start, end, show) for start, end in _spans(list(map(int, rows)))]

    def overlay(self, general: CellFormatter) -> SheetMetadata:
        """All that lies over the values; ``general`` shows the cells that have no format of their own."""
        return SheetMetadata(
            general=general,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=self._hidden_columns or frozenset(),
            errors=self._errors,
            formats=self._runs,
            uncalculated=self._uncalculated,
            merged=list(_merged(self._tail)),
        )


def _hidden_columns(piece: bytes) -> Iterator[int]:
    begin = _COLUMNS_BEGIN.search(piece)
    end = _COLUMNS_END.search(piece, begin.end()) if begin else None
    for column in _COLUMN.findall(piece, begin.end(), end.start()) if begin and end else ():
        told = {name: (double or single).strip() for name, double, single in _ATTRIBUTE.findall(column)}
        if told.get(b"hidden") in (b"1", b"true"):
            yield from range(int(told[b"min"]) - 1, min(int(told[b"max"]), 16384))


def _hidden_rows(piece: bytes) -> Iterator[int]:
    for found in _HIDDEN.finditer(piece):
        row = _ROW.match(piece, piece.rfind(b"<", 0, found.start()))
        if row:
            yield int(row[1])


def _errors(piece: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column and name of each error."""
    for found in _FAILED.finditer(piece):
        cell = _CELL.match(piece, piece.rfind(b"<", 0, found.start()))
        value = _VALUE.search(piece, found.end())
        if cell and value:
            yield int(cell[2]), _column(cell[1]), value[1].decode()


def _uncalculated_in(piece: bytes, *, recalculated: bool) -> Iterator[tuple[int, int]]:
    """Row and column of each formula without a result.

    Excel writes a text that came out blank as an empty value of the type ``str``. Some programs write 0 for what they
    have not calculated, and that everything is to be calculated when the workbook is opened (``recalculated``).
    """
    if b"<f" not in piece:
        return
    for found in _FORMULA_END.finditer(piece):
        cell = _CELL.match(piece, piece.rfind(b"<c ", 0, found.start()))
        has_value = b"<v" in found[0]
        if not cell or (has_value and b' t="' in cell[3]) or (found[1] and not recalculated):
            continue
        yield int(cell[2]), _column(cell[1])


def _merged(tail: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Rows and columns of each merged cell; they come after the last row."""
    for attributes in _MERGED.findall(tail):
        told = {name: double or single for name, double, single in _ATTRIBUTE.findall(attributes)}
        if place := _BLOCK.fullmatch(told.get(b"ref", b"").strip()):
            yield int(place[2]), int(place[4]), _column(place[1]), _column(place[3])


def _style_search(wanted: Iterable[int]) -> Callable[[bytes], Iterable[tuple[bytes, bytes, bytes]]]:
    """What finds the column, row and style of the cells that have one of the styles wanted."""
    styles = b"|".join(b"%d" % number for number in wanted)
    if not styles:
        return lambda piece: ()
    return re.compile(rb'<c r="([A-Z]++)([0-9]++)"(?: t="[A-Za-z]++")?+ s="(%s)"' % styles).findall


def _grouped(cells: Iterable[tuple[bytes, bytes, bytes]]) -> Mapping[tuple[bytes, bytes], list[bytes]]:
    """The rows of cells, by column and style."""
    rows: defaultdict[tuple[bytes, bytes], list[bytes]] = defaultdict(list)
    for letters, row, style in cells:
        rows[letters, style].append(row)
    return rows


def _spans(rows: Sequence[int]) -> list[tuple[int, int]]:
    """The first of all rows that follow each other, and the one after the last."""
    if rows == list(range(rows[0], rows[0] + len(rows))):
        return [(rows[0], rows[0] + len(rows))]
    spans = []
    ordered = sorted(rows)
    start = end = ordered[0]
    for row in ordered:
        if row > end:
            spans.append((start, end))
            start = row
        end = row + 1
    return [*spans, (start, end)]


def _column(letters: bytes) -> int:
    return column_number(letters.decode()) - 1
