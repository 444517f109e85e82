"""ODS: the file holds every cell as it shows, beside its value (OpenDocument 1.3 part 3, 9.1 and 6.1).

calamine gives the values only; the text that LibreOffice shows, errors included, is in the XML.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from sys import getsizeof
from typing import IO
from xml.parsers import expat
from zlib import error as InflateError  # noqa: N812

from mailmerge.i18n import N_, Term
from mailmerge.records.file_kinds.composing import composed
from mailmerge.records.file_kinds.damage import Damage, reason_of
from mailmerge.records.file_kinds.file_type import ROW_OCTETS, TableFile, check_memory, damaged
from mailmerge.records.grid import MAX_ROWS, Cells, Merged, column_letters
from mailmerge.records.workbooks.parsing import parse
from mailmerge.records.workbooks.sheets import SheetRows, addresses_in, check_extent, check_rows

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_DRAWING = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 "
_CELLS = frozenset({_TABLE + "table-cell", _TABLE + "covered-table-cell"})
_NON_CELL_ELEMENTS = frozenset(
    {
        _OFFICE + "annotation", _TABLE + "shapes", _DRAWING + "frame", _DRAWING + "custom-shape", _TEXT + "ruby-text",
    }
)  # fmt: skip
"""Elements whose text is not the cell's."""
_HIDING = frozenset({"collapse", "filter"})
_MAX_COLUMNS = 16384
_MOST_PIECES = 10_000
"""Pieces of the text of one paragraph, each of some 8,000 letters at most."""
_DAMAGE = (zipfile.BadZipFile, InflateError, LookupError, ValueError, OSError, EOFError, expat.ExpatError)


class OdsBook:
    """A workbook of LibreOffice."""

    def __init__(self, source: TableFile):
        self._source = source
        reader = _Reader(source.path)
        try:
            with zipfile.ZipFile(BytesIO(source.content)) as archive, archive.open("content.xml") as stream:
                reader.read(stream)
        except _DAMAGE as error:
            raise damaged(source.path, reason_of(error)) from None
        self._tables = {table.name: table for table in reader.tables}
        self.names = tuple(self._tables)
        self.visible = tuple(name for name, table in self._tables.items() if table.style not in reader.hidden_styles)
        if not self.names:
            raise damaged(source.path, Term(N_("no sheet with cells")))

    def page(self, name: str, first_rows: int | None, *, hidden: bool = False) -> SheetRows:
        """The rows of a sheet; see :class:`mailmerge.records.workbooks.workbook.Book`."""
        table = self._tables[name]
        check_rows(self._source, len(table.rows))
        wanted = [at for at, line in enumerate(table.lines) if hidden or line not in table.hidden_lines]
        if first_rows is not None:
            del wanted[first_rows + 1 :]
        rows = [table.rows[at] for at in wanted]
        width = max(map(len, table.rows), default=0)
        filled = set() if hidden else {at for at in table.hidden_columns if any(any(row[at : at + 1]) for row in rows)}
        check_extent(self._source, name, len(rows) * width)
        blank = ("",) * width
        rows = [row + blank[len(row) :] for row in rows]
        addresses = addresses_in(rows, sorted(filled))
        if filled:
            rows = [tuple("" if at in filled else cell for at, cell in enumerate(row)) for row in rows]
        left_out = () if hidden else tuple(sorted(table.hidden_lines))
        open_columns = {
            at: lines for at, lines in table.uncalculated.items() if hidden or at not in table.hidden_columns
        }
        letters = tuple(map(column_letters, sorted(filled)))
        return SheetRows(
            rows,
            [table.lines[at] for at in wanted],
            hidden_lines=left_out,
            hidden_columns=letters,
            hidden_addresses=addresses,
            uncalculated=open_columns,
            merged=tuple(table.merged),
        )


_MERGED_OCTETS = 160
"""Of a merged cell: a tuple of five."""


@dataclass
class _Sheet:
    name: str
    style: str
    rows: list[Cells] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    hidden_lines: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: dict[int, list[int]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    columns: int = 0
    """Columns declared so far."""
    line: int = 0
    """Rows passed so far."""


class _Reader:
    """Walks content.xml once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._octets = 0
        """What has been read takes this many."""
        self.tables: list[_Sheet] = []
        self.hidden_styles: set[str] = set()
        self._style = ""
        self._aside = 0
        self._row: list[str] = []
        self._column_number = 0
        self._value: dict[str, str] = {}
        """The attributes of the cell that is being read."""
        self._uncalculated: list[int] = []
        """Columns of the row with a formula that has no result."""
        self._spanning: list[tuple[int, int, int, str]] = []
        """First and last column, number of rows and text of the merged cells that begin in the row."""
        self._blanks = 0
        self._row_repeat = self._cell_repeat = 1
        self._row_hidden = False
        self._paragraphs: list[str] = []
        self._pieces: list[str] | None = None
        """The text of the paragraph that is being read; None outside."""

    def read(self, xml: IO[bytes]) -> None:
        parse(xml, self._start, self._end, self._text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._aside or tag in _NON_CELL_ELEMENTS:
            self._aside += 1
        elif tag in _CELLS:
            self._cell_repeat = _count(attributes, "number-columns-repeated")
            self._paragraphs, self._value = [], attributes
        elif tag == _TEXT + "p":
            self._pieces = []
        elif tag == _TEXT + "s" and self._pieces is not None:
            self._pieces.append(" " * min(int(attributes.get(_TEXT + "c", "1")), 1000))
        elif tag == _TEXT + "tab":
            self._text("\t")
        elif tag == _TEXT + "line-break":
            self._text("\n")
        elif tag == _TABLE + "table-row":
            self._row, self._blanks, self._column_number = [], 0, 0
            self._uncalculated, self._spanning = [], []
            self._row_repeat = _count(attributes, "number-rows-repeated")
            self._row_hidden = attributes.get(_TABLE + "visibility") in _HIDING
        elif tag == _TABLE + "table-column" and self.tables:
            self._column(_count(attributes, "number-columns-repeated"), attributes.get(_TABLE + "visibility", ""))
        elif tag == _TABLE + "table":
            self.tables.append(_Sheet(attributes.get(_TABLE + "name", ""), attributes.get(_TABLE + "style-name", "")))
        elif tag == _STYLE + "style":
            self._style = attributes.get(_STYLE + "name", "")
        elif tag == _STYLE + "table-properties" and attributes.get(_TABLE + "display") == "false":
            self.hidden_styles.add(self._style)

    def _text(self, text: str) -> None:
        if self._pieces is not None and not self._aside:
            self._pieces.append(text)
            if len(self._pieces) > _MOST_PIECES:
                raise Damage(N_("a cell of it is endless"))
            self._count(2 * getsizeof(text))

    def _count(self, octets: int) -> None:
        self._octets += octets
        check_memory(self._path, self._octets)

    def _end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
        elif tag == _TEXT + "p" and self._pieces is not None:
            self._paragraphs.append("".join(self._pieces))
            self._pieces = None
        elif tag in _CELLS:
            self._cell(composed("\n".join(self._paragraphs).strip()))
        elif tag == _TABLE + "table-row" and self.tables:
            self._end_row(self.tables[-1])

    def _cell(self, text: str) -> None:
        if not text and _TABLE + "formula" in self._value and not _has_result(self._value):
            self._uncalculated += range(self._column_number, min(self._column_number + self._cell_repeat, _MAX_COLUMNS))
        rows, columns = (_count(self._value, f"number-{each}-spanned") for each in ("rows", "columns"))
        if rows > 1 or columns > 1:
            self._spanning.append((self._column_number, self._column_number + columns - 1, rows, text))
        self._column_number += self._cell_repeat
        if not text:
            self._blanks += self._cell_repeat
        elif len(self._row) < _MAX_COLUMNS:
            self._row += [""] * min(self._blanks, _MAX_COLUMNS)
            self._row += [text] * min(self._cell_repeat, _MAX_COLUMNS)
            self._blanks = 0

    def _end_row(self, table: _Sheet) -> None:
        first = table.line + 1
        table.line += self._row_repeat
        if not self._row and not self._uncalculated and not self._spanning:
            return
        lines = range(first, first + min(self._row_repeat, MAX_ROWS + 1))
        self._count(_MERGED_OCTETS * len(self._spanning) * len(lines))
        self._count(ROW_OCTETS + 8 * len(self._row) + 16 * len(lines))
        for column in self._uncalculated:
            table.uncalculated.setdefault(column, []).extend(lines)
        for left, right, rows, text in self._spanning:
            table.merged += (Merged(line, line + rows - 1, left, right, text) for line in lines)
        if not self._row and not self._uncalculated:
            return
        if self._row_hidden:
            table.hidden_lines.update(lines)
        if len(table.rows) <= MAX_ROWS:
            table.rows += [tuple(self._row)] * len(lines)
            table.lines += lines

    def _column(self, repeated: int, visibility: str) -> None:
        table = self.tables[-1]
        if visibility in _HIDING:
            table.hidden_columns.update(range(table.columns, min(table.columns + repeated, _MAX_COLUMNS)))
        table.columns += repeated


def _has_result(attributes: dict[str, str]) -> bool:
    """Whether a formula has been calculated: its result may well be a text that is blank."""
    values = (_OFFICE + name for name in ("value", "date-value", "time-value", "boolean-value", "string-value"))
    return attributes.get(_OFFICE + "value-type") == "string" or any(map(attributes.__contains__, values))


def _count(attributes: dict[str, str], name: str) -> int:
    return max(1, int(attributes.get(_TABLE + name, "1")))
