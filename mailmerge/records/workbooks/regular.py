"""The XML of a sheet in the one form that Excel writes, whatever valid form it has (ECMA-376 part 1, 18.3.1).

Rows and cells may leave out their places, attributes may have single quotes and any order, names a prefix. What looks
for something in the XML without parsing it needs the one form; a sheet in another is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from mailmerge.i18n import N_
from mailmerge.records.file_kinds.damage import Damage
from mailmerge.records.grid import column_letters, column_number
from mailmerge.records.workbooks.parsing import parse
from mailmerge.records.workbooks.sheets import MAX_CELLS
from mailmerge.text.regex import regex

_UNUSUAL = regex(
    rb'<c(?! r="[A-Z][0-9]{1,7}+"(?: [st]="[0-9A-Za-z]++")*+ ?/?>)[\s/>]'
    rb'|<row(?! r="[0-9]{1,7}+"(?: [A-Za-z:]++="[^"&]*+")*+ ?/?>)[\s/>]'
)
"""A cell or a row that is not at its most usual: beyond column Z, or written otherwise."""
_IRREGULAR = regex(
    rb'<c(?! r="[A-Z]{1,3}[0-9]{1,7}+"(?: s="[0-9]++")?+(?: t="[A-Za-z]++")?+(?: s="[0-9]++")?+'
    rb'(?: (?:cm|vm|ph)="[^"&]*+")*+ ?/?>)[\s/>]'
    rb'|<row(?! r="[0-9]{1,7}+"(?: [A-Za-z:0-9]++="[^"&]*+")*+ ?/?>)[\s/>]'
)
_INLINE_VALUE = regex(rb't="inlineStr"[^>]*+>\s*+<v[\s>]|</is>\s*+<v[\s>]')
"""A text that is where the value of another cell would be: some programs write it so, and calamine passes it over."""
_PREFIX = regex(rb":(?:row|c)[\s/>]")
_FILLED = regex(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_PLACE_ROW = regex(rb'<c r="[A-Z]++([0-9]{1,7}+)"')
_MOST_COLUMNS = 16384
_KEPT = frozenset(
    {"worksheet", "cols", "col", "sheetData", "row", "c", "f", "v", "is", "t", "r", "mergeCells", "mergeCell"}
)
_XML = "http://www.w3.org/XML/1998/namespace "
"""Before the name of an attribute; without ``xml:space`` the blanks around a piece of a text would be lost."""
_REFERENCE = regex(r"\s*\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\s*")


class Extent:
    """How far a sheet reaches, and whether it has the regular form: found out piece by piece."""

    def __init__(self) -> None:
        self.is_regular = True
        self.rows = 0
        self.octets = 0
        self.pointers = 0
        """Cells whose text is elsewhere."""
        self._columns = 0
        self._first = True
        self._near = True
        """Whether no cell seen so far is beyond column Z."""
        self._last_column = "A"
        """The furthest column that has a cell, where all are near."""

    def weigh(self, piece: bytes) -> None:
        """Count what the cells of a piece of the XML hold, or point to."""
        self.octets += len(piece)
        self.pointers += piece.count(b't="s"')

    def reach(self, row: int, columns: int) -> None:
        """Take in rows that were looked at elsewhere, by the last of them and the furthest column."""
        self.rows = max(self.rows, row)
        self._columns = max(self._columns, columns)

    def add(self, piece: bytes) -> None:
        """Look at a piece of the XML that ends after a row."""
        if (b"!" in piece and b"<!" in piece) or _PREFIX.search(piece) or (self._first and b"<sheetData" not in piece):
            self.is_regular = False
        self._first = False
        if not self.is_regular:
            return
        if _UNUSUAL.search(piece):
            self._near = False
            self.is_regular = not _IRREGULAR.search(piece)
        if b'"inlineStr"' in piece and _INLINE_VALUE.search(piece):
            self.is_regular = False
        while self._near and (further := _beyond(self._last_column).search(piece)):
            self._last_column = further[1].decode()
        self.rows = max(self.rows, max(map(int, _PLACE_ROW.findall(piece)), default=0))

    def most_cells(self) -> int:
        """No fewer cells than there are from A1 to the last one; a large number where only counting helps."""
        columns = column_number(self._last_column) if self._near else _MOST_COLUMNS
        return self.rows * max(columns, self._columns)


@cache
def _beyond(column: str) -> re.Pattern[bytes]:
    """What finds a cell between a column and Z."""
    return re.compile(rb'<c r="([%c-Z])' % (ord(column) + 1) if column != "Z" else rb"(?!)")


def cells_of(pieces: Iterable[bytes]) -> int:
    """How many cells the block from A1 to the last value of a regular sheet has; no further than to too many."""
    rows = columns = 0
    for piece in pieces:
        found = _FILLED.findall(piece)
        rows = max(rows, max((int(row) for _, row in found), default=0))
        letters = {each.decode() for each, _ in found}
        columns = max(columns, max(map(column_number, letters), default=0))
        if rows * columns > MAX_CELLS:
            break
    return rows * columns


def rewritten(sheet: IO[bytes]) -> bytes:
    """The sheet in the regular form: its columns, rows, cells and which of them are merged, and nothing else.

    Raises:
        ValueError: it declares entities, or a cell has no possible place.
        expat.ExpatError: it is not well-formed.
    """
    return _Writer().write(sheet)


class _Writer:
    def __init__(self) -> None:
        self._out = BytesIO()
        self._namespace = ""
        self._depth = 0
        self._left_out = 0
        """How deep inside something that is not kept."""
        self._row = self._column = 0
        self._row_attributes: dict[str, str] | None = None
        """Of a row that waits for its first cell, which may say which row it is."""
        self._inline = False
        """Whether a cell says that it holds its text: a value in it is that text, where it has no other."""
        self._has_text = self._is_value = False
        self._value = ""

    def write(self, sheet: IO[bytes]) -> bytes:
        parse(sheet, self._start, self._end, self._text)
        return self._out.getvalue()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        if not self._depth:
            self._namespace = namespace
        self._depth += 1
        if self._left_out or namespace != self._namespace or name not in _KEPT:
            self._left_out += 1
        elif name == "row":
            self._row_attributes, self._column = attributes, 0
        elif name == "c":
            self._cell(attributes)
            self._inline = attributes.get("t", "").strip() == "inlineStr"
            self._has_text, self._value = False, ""
        elif name == "v" and self._inline:
            self._is_value = True
        else:
            self._has_text = self._has_text or name == "is"
            head = f' xmlns="{namespace}"' if name == "worksheet" and namespace else ""
            names = ((key.replace(_XML, "xml:"), value) for key, value in attributes.items())
            told = "".join(f" {key}={quoteattr(value)}" for key, value in names if " " not in key)
            self._put(f"<{name}{head}{told}>")

    def _cell(self, attributes: dict[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        if attributes.get("r") and not place:
            raise Damage(N_("a cell has no possible place"))
        self._open_row(int(place[2]) if place else 0)
        self._column = column_number(place[1].upper()) if place else self._column + 1
        row = int(place[2]) if place else self._row
        told = "".join(f' {key}="{attributes[key].strip()}"' for key in ("s", "t") if attributes.get(key, "").isalnum())
        self._put(f'<c r="{column_letters(self._column - 1)}{row}"{told}>')

    def _open_row(self, told_by_cell: int = 0) -> None:
        attributes, self._row_attributes = self._row_attributes, None
        if attributes is None:
            return
        number = attributes.get("r", "").strip()
        self._row = int(number) if number else told_by_cell or self._row + 1
        hidden = ' hidden="1"' if attributes.get("hidden", "").strip() in ("1", "true") else ""
        self._put(f'<row r="{self._row}"{hidden}>')

    def _end(self, tag: str) -> None:
        self._depth -= 1
        name = tag.rpartition(" ")[2]
        if self._left_out:
            self._left_out -= 1
            return
        if name == "row":
            self._open_row()
        elif name == "v" and self._is_value:
            self._is_value = False
            return
        elif name == "c" and self._value and not self._has_text:
            self._put(f'<is><t xml:space="preserve">{escape(self._value)}</t></is>')
        self._put(f"</{name}>")

    def _text(self, text: str) -> None:
        if self._is_value:
            self._value += text
        elif not self._left_out:
            self._put(escape(text))

    def _put(self, xml: str) -> None:
        self._out.write(xml.encode())
