"""What an XLS says beyond its values (MS-XLS 2.4): hidden rows and columns, errors, and how numbers are shown."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator

from mailmerge.records.compound import read_stream
from mailmerge.records.formatcode import is_plain
from mailmerge.records.numberformat import BUILT_IN, compile_format
from mailmerge.records.sheets import Locked, Overlay, Run

_BOF, _EOF, _FILEPASS = 0x0809, 0x000A, 0x002F
_BOUNDSHEET, _FORMAT, _XF, _COUNTRY = 0x0085, 0x041E, 0x00E0, 0x008C
_ROW, _COLINFO, _NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x0208, 0x007D, 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_LANGUAGES = {
    1: "en", 44: "en", 353: "en", 33: "fr", 49: "de", 43: "de", 34: "es", 39: "it", 31: "nl", 351: "pt", 55: "pt",
    48: "pl", 46: "sv", 45: "da", 47: "nb", 358: "fi", 420: "cs",
}  # fmt: skip
"""The country of the program that wrote the file (MS-XLS 2.4.63: telephone codes)."""

_DIMENSIONS = 0x0200
_TEXTS = frozenset({0x0204, 0x00FD, 0x00D6, 0x0201})
"""LABEL, LABELSST, RSTRING and BLANK."""
_MAX_ROWS, _MAX_COLUMNS = 65536, 256
Record = tuple[int, int, int]
"""Type, start and end of the data of a record."""


class XlsBook:
    """The stream of an XLS, read for what calamine does not tell."""

    def __init__(self, content: bytes):
        self._stream = read_stream(content, "Workbook", "Book")
        sheets: list[int] = []
        self._language = ""
        codes = dict(BUILT_IN)
        used: list[int] = []
        self._wide = True
        for kind, start, end in self._records(0):
            if kind == _BOF:
                self._wide = self._u16(start) == 0x0600
            elif kind == _FILEPASS:
                raise Locked
            elif kind == _FORMAT:
                codes[self._u16(start)] = self._text(start + 2, end, wide=self._wide)
            elif kind == _XF:
                used.append(self._u16(start + 2))
            elif kind == _BOUNDSHEET:
                sheets.append(struct.unpack_from("<I", self._stream, start)[0])
            elif kind == _COUNTRY:
                self._language = _LANGUAGES.get(self._u16(start), "")
        styles = {number: codes.get(code, "") for number, code in enumerate(used)}
        self._formats = {n: compile_format(code, self._language) for n, code in styles.items() if not is_plain(code)}
        self.overlays = tuple(map(self._overlay, sheets))
        """What lies over each sheet of the workbook, in their order."""

    def _overlay(self, at: int) -> Overlay:
        hidden_rows: set[int] = set()
        hidden_columns: set[int] = set()
        errors: defaultdict[int, dict[int, str]] = defaultdict(dict)
        runs: defaultdict[int, list[Run]] = defaultdict(list)
        for kind, start, end in self._records(at):
            if kind == _DIMENSIONS:
                self._refuse_beyond(*struct.unpack_from("<IIHH" if self._wide else "<HHHH", self._stream, start))
            elif kind == _COLINFO:
                first, last, _, _, flags = struct.unpack_from("<5H", self._stream, start)
                if flags & 1:
                    hidden_columns.update(range(first, min(last, 255) + 1))
            elif kind == _ROW:
                if self._u16(start + 12) & 0x20:
                    hidden_rows.add(self._u16(start) + 1)
            elif kind in _TEXTS:
                self._refuse_beyond(0, 0, 0, self._u16(start + 2))
            elif kind in (_NUMBER, _RK, _FORMULA, _BOOLERR):
                row, column, style = struct.unpack_from("<3H", self._stream, start)
                self._refuse_beyond(0, 0, 0, column)
                if style in self._formats:
                    runs[column].append(Run(row + 1, row + 2, self._formats[style]))
                code = self._error(kind, start)
                if code is not None:
                    errors[row + 1][column] = _ERRORS.get(code, "#N/A")
            elif kind == _MULRK:
                row, first = struct.unpack_from("<2H", self._stream, start)
                self._refuse_beyond(0, 0, 0, first + (end - start) // 6)
                for number, at in enumerate(range(start + 4, end - 7, 6)):
                    if (style := self._u16(at)) in self._formats:
                        runs[first + number].append(Run(row + 1, row + 2, self._formats[style]))
        return Overlay(self._language, frozenset(hidden_rows), frozenset(hidden_columns), errors, runs)

    def _refuse_beyond(self, _: int, rows: int, __: int, columns: int) -> None:
        """A cell beyond the limits of an XLS is damage, and calamine would reserve memory for all between.

        Raises:
            ValueError: it is.
        """
        if rows > _MAX_ROWS or columns > _MAX_COLUMNS:
            raise ValueError("it has cells beyond the limits of an XLS")

    def _error(self, kind: int, start: int) -> int | None:
        """The code of the error in a cell, None where there is none."""
        data = self._stream[start + 6 : start + 14]
        if kind == _BOOLERR and len(data) > 1 and data[1] == 1:
            return data[0]
        if kind == _FORMULA and data[6:8] == b"\xff\xff" and data[0] == 2:
            return data[2]
        return None

    def _records(self, at: int) -> Iterator[Record]:
        """The records of one substream, charts and the like inside it left out."""
        depth = 0
        while at + 4 <= len(self._stream):
            kind, length = struct.unpack_from("<HH", self._stream, at)
            start, at = at + 4, at + 4 + length
            depth += (kind == _BOF) - (kind == _EOF)
            if depth <= 1:
                yield kind, start, at
            if depth == 0:
                return

    def _u16(self, at: int) -> int:
        return int(struct.unpack_from("<H", self._stream, at)[0])

    def _text(self, start: int, end: int, *, wide: bool) -> str:
        """A string of a FORMAT record: BIFF8 has sixteen-bit lengths and may have sixteen-bit characters."""
        if not wide:
            return self._stream[start + 1 : end].decode("cp1252", "replace")
        if self._stream[start + 2] & 1:
            return self._stream[start + 3 : end].decode("utf-16-le", "replace")
        return self._stream[start + 3 : end].decode("latin-1")
