"""XLS: values, and what lies over them: hidden rows and columns, errors, number formats (MS-XLS 2.4).

Read here and not by calamine, which writes of its own panic on the screen where such a file is damaged.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from mailmerge.formats.compound import read_stream
from mailmerge.i18n import N_
from mailmerge.records.delimited.encoding_guess import choose_encoding
from mailmerge.records.file_kinds.damage import Damage
from mailmerge.records.number_formats.builtin import built_in
from mailmerge.records.number_formats.formatcode import is_plain
from mailmerge.records.number_formats.numberformat import CellFormatter, Value, compile_format
from mailmerge.records.workbooks.biff import (
    BOF,
    BiffRecord,
    Texts,
    code_page,
    number_of,
    numbers_of,
    records_of,
    shared_texts,
)
from mailmerge.records.workbooks.language import language_of_sheets
from mailmerge.records.workbooks.sheets import FormatRun, Locked, Oversized, SheetMetadata

_FILEPASS, _DATEMODE, _CODEPAGE, _RECALCULATED_BY = 0x002F, 0x0022, 0x0042, 0x01C1
_BOUNDSHEET, _FORMAT, _XF, _COUNTRY, _SHARED = 0x0085, 0x041E, 0x00E0, 0x008C, 0x00FC
_DIMENSIONS, _ROW, _COLINFO, _MERGED = 0x0200, 0x0208, 0x007D, 0x00E5
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR, _STRING = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205, 0x0207
_LABEL, _LABEL_SHARED, _LABEL_RICH = 0x0204, 0x00FD, 0x00D6
_CELLS = frozenset({_NUMBER, _RK, _FORMULA, _BOOLERR, _LABEL, _LABEL_SHARED, _LABEL_RICH})
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_LANGUAGES = {
    1: "en", 44: "en", 353: "en", 33: "fr", 49: "de", 43: "de", 34: "es", 39: "it", 31: "nl", 351: "pt", 55: "pt",
    48: "pl", 46: "sv", 45: "da", 47: "nb", 358: "fi", 420: "cs",
}  # fmt: skip
"""The country of the program that wrote the file, and that of its machine (MS-XLS 2.4.63: telephone codes)."""
_MOST_CELLS = 1_500_000
_MAX_ROWS, _MAX_COLUMNS = 65536, 256


@dataclass(slots=True)
class XlsSheet:
    """A sheet of cells and where it begins in the stream."""

    name: str
    visible: bool
    start: int


@dataclass(slots=True)
class _Cells:
    """What was found in a sheet; rows and columns from 0."""

    values: defaultdict[int, dict[int, Value]] = field(default_factory=lambda: defaultdict(dict))
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: defaultdict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    runs: defaultdict[int, list[FormatRun]] = field(default_factory=lambda: defaultdict(list))
    blank_formulas: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """As in an overlay."""
    count: int = 0
    calculated: set[int] = field(default_factory=set)
    """Columns with a formula that has a result."""


class XlsBook:
    """The workbook in an XLS.

    Raises:
        Locked: it is protected by a password.
        ValueError: it is damaged.
    """

    def __init__(self, content: bytes):
        self._stream = read_stream(content, "Workbook", "Book")
        self._texts = Texts()
        self._shared: list[str] = []
        self._trusted = False
        """Whether whoever wrote it calculates its formulas, and says so."""
        self.sheets: list[XlsSheet] = []
        bound: list[bytes] = []
        told = False
        codes, used, country, since_1904 = dict[int, str](), list[int](), (0, 0), False
        for record in records_of(self._stream, 0):
            kind, data = record.kind, record.data
            if kind == BOF:
                self._texts.wide = _u16(data, 0) == 0x0600
            elif kind == _FILEPASS:
                raise Locked
            elif kind == _CODEPAGE:
                self._texts.codec, told = code_page(_u16(data, 0)), True
            elif kind == _FORMAT:
                wide = self._texts.wide
                codes[_u16(data, 0)] = self._texts.counted(record, 2) if wide else self._texts.short(data, 2)
            elif kind == _XF:
                used.append(_u16(data, 2))
            elif kind == _BOUNDSHEET:
                bound.append(data)
            elif kind == _COUNTRY:
                country = _u16(data, 0), _u16(data, 2)
            elif kind == _DATEMODE:
                since_1904 = _u16(data, 0) == 1
            elif kind == _SHARED:
                self._shared = shared_texts(record)
            self._trusted |= kind == _RECALCULATED_BY
        if not self._texts.wide and not told:
            self._texts.codec = choose_encoding(self._eight_bit_texts(bound))[0]
        for data in bound:
            if data[5] == 0:
                name = self._texts.short(data, 6)
                self.sheets.append(XlsSheet(name, data[4] & 3 == 0, struct.unpack_from("<I", data)[0]))
        language = _language(country, [sheet.name for sheet in self.sheets])
        codes = {**built_in(language), **codes}
        styles = {number: codes.get(code, "") for number, code in enumerate(used)}
        self._general = compile_format("General", language)
        self._formats: dict[int, CellFormatter] = {
            number: compile_format(code, language, since_1904=since_1904)
            for number, code in styles.items()
            if not is_plain(code)
        }

    def _eight_bit_texts(self, bound: Sequence[bytes]) -> bytes:
        """The texts of all sheets as they are stored, where no record says in which code page."""
        starts = [struct.unpack_from("<I", data)[0] for data in bound if data[5] == 0]
        cells = (record for start in starts for record in records_of(self._stream, start))
        return b"\n".join(each.data[8 : 8 + _u16(each.data, 6)] for each in cells if each.kind in (_LABEL, _LABEL_RICH))

    def read(self, sheet: XlsSheet) -> tuple[list[list[Value]], SheetMetadata]:
        """The rows of a sheet from A1 on, equally long, and what lies over them.

        Raises:
            ValueError: it is damaged.
        """
        cells = self._cells(sheet)
        height = max(cells.values, default=-1) + 1
        width = max((max(row) for row in cells.values.values()), default=-1) + 1
        rows: list[list[Value]] = [[""] * width for _ in range(height)]
        for number, row in cells.values.items():
            for column, value in row.items():
                rows[number][column] = value
        uncalculated = {} if self._trusted else cells.blank_formulas
        return rows, SheetMetadata(
            general=self._general,
            hidden_rows=frozenset(row + 1 for row in cells.hidden_rows),
            hidden_columns=frozenset(cells.hidden_columns),
            errors=cells.errors,
            formats=cells.runs,
            merged=cells.merged,
            uncalculated={at: lines for at, lines in uncalculated.items() if at not in cells.calculated},
        )

    def _cells(self, sheet: XlsSheet) -> _Cells:
        cells = _Cells()
        text_of: tuple[int, int] | None = None
        """The cell of the formula whose result is a text, which follows."""
        for record in records_of(self._stream, sheet.start):
            kind, data = record.kind, record.data
            if kind == _DIMENSIONS:
                _check_place(*struct.unpack_from("<4xI2xH" if self._texts.wide else "<2xH2xH", data))
            elif kind == _COLINFO:
                first, last, _, _, flags = struct.unpack_from("<5H", data)
                if flags & 1:
                    cells.hidden_columns.update(range(first, min(last, 255) + 1))
            elif kind == _ROW:
                if _u16(data, 12) & 0x20:
                    cells.hidden_rows.add(_u16(data, 0))
            elif kind == _MERGED:
                for top, bottom, left, right in struct.iter_unpack("<4H", data[2 : 2 + 8 * _u16(data, 0)]):
                    cells.merged.append((top + 1, bottom + 1, left, right))
            elif kind == _MULRK:
                row = _u16(data, 0)
                for column, style, number in numbers_of(data):
                    self._put(cells, row, column, style, number)
            elif kind == _STRING and text_of:
                row, column = text_of
                cells.values[row][column] = self._texts.counted(record, 0)
                text_of = None
            elif kind in _CELLS:
                row, column, style = struct.unpack_from("<3H", data)
                value = self._value(record, cells)
                self._put(cells, row, column, style, value)
                text_of = (row, column) if kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 0 else None
        return cells

    def _put(self, cells: _Cells, row: int, column: int, style: int, value: Value) -> None:
        _check_place(row + 1, column + 1)
        cells.values[row][column] = value
        cells.count += 1
        if cells.count > _MOST_CELLS:
            raise Oversized
        show = self._formats.get(style)
        if show:
            runs = cells.runs[column]
            if runs and runs[-1].end == row + 1 and runs[-1].show is show:
                runs[-1] = runs[-1]._replace(end=row + 2)
            else:
                runs.append(FormatRun(row + 1, row + 2, show))

    def _value(self, record: BiffRecord, cells: _Cells) -> Value:
        kind, data = record.kind, record.data
        row, column = struct.unpack_from("<2H", data)
        if kind == _NUMBER:
            return float(struct.unpack_from("<d", data, 6)[0])
        if kind == _RK:
            return number_of(int(struct.unpack_from("<I", data, 6)[0]))
        if kind == _LABEL_SHARED:
            return self._shared[int(struct.unpack_from("<I", data, 6)[0])]
        if kind in (_LABEL, _LABEL_RICH):
            return self._texts.counted(record, 6)
        if kind == _BOOLERR:
            what, is_error = data[6], data[7] == 1
        else:
            if data[12:14] != b"\xff\xff":
                cells.calculated.add(column)
                return float(struct.unpack_from("<d", data, 6)[0])
            if data[6] == 3:
                cells.blank_formulas[column].append(row + 1)
                return ""
            cells.calculated.add(column)
            if data[6] == 0:
                return ""
            what, is_error = data[8], data[6] == 2
        if is_error:
            cells.errors[row + 1][column] = _ERRORS.get(what, "#N/A")
            return ""
        return bool(what)


def _language(country: tuple[int, int], sheets: Sequence[str]) -> str:
    """The language of dates is that of the machine, else that of the program, else that of the sheets' own names."""
    program, machine = country
    return _LANGUAGES.get(machine) or _LANGUAGES.get(program) or language_of_sheets(sheets)


def _check_place(rows: int, columns: int) -> None:
    """A cell beyond the limits of an XLS is damage.

    Raises:
        ValueError: it is.
    """
    if rows > _MAX_ROWS or columns > _MAX_COLUMNS:
        raise Damage(N_("it has cells beyond the limits of an XLS"))


def _u16(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", data, at)[0])
