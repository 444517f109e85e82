"""What the XML of an XLSX says beyond its values (ECMA-376 part 1, 18.3): found by searching, not by parsing.

The XML of a large sheet is tens of megabytes: it is unpacked and searched piece by piece, and never held whole. Only
hidden rows, errors and cells with a number format are looked for.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from posixpath import join, normpath
from typing import IO
from xml.etree import ElementTree

from mailmerge.records.builtin import built_in
from mailmerge.records.file_type import MAX_MEMORY
from mailmerge.records.formatcode import is_plain
from mailmerge.records.language import language_of_package
from mailmerge.records.numberformat import CellFormatter, compile_format
from mailmerge.records.packing import packed, without_part
from mailmerge.records.regular import Extent, cells_of, column_number, rewritten
from mailmerge.records.sheets import MAX_CELLS, Run, SheetMetadata
from mailmerge.records.weight import CELL, TEXT, inline_octets, lengths_of, pointed_octets
from mailmerge.regex import regex

_ROW = regex(rb'<row r="(\d+)"')
_COLUMNS = regex(rb"<(?:\w+:)?cols\b[^>]*>(.*?)</(?:\w+:)?cols\s*>", re.DOTALL)
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
_ROW_END = b"row>"
_PIECE = 1 << 20
_HEAD = 1 << 10
_MOST_PIECES = 32
_STYLES = "xl/styles.xml"
_TEXTS = "xl/sharedStrings.xml"


class Package:
    """An XLSX opened for what calamine does not tell."""

    def __init__(self, content: bytes):
        self._content = content
        self._archive = zipfile.ZipFile(BytesIO(content))
        self._anew: dict[str, bytes] = {}
        """The XML of sheets that were not in the regular form."""
        workbook = self._tree("xl/workbook.xml")
        self._parts = self._sheet_parts(workbook)
        self.language = self._language()
        self._since_1904 = _flag(workbook, "workbookPr", "date1904")
        self._recalculated = _flag(workbook, "calcPr", "fullCalcOnLoad")
        self._formats = self._read_formats()

    @property
    def first_sheet(self) -> str:
        """The name of the first sheet, hidden or not.

        Raises:
            ValueError: there is none.
        """
        if not self._parts:
            raise ValueError("it has no sheet")
        return next(iter(self._parts))

    def extent(self, sheet: str) -> tuple[int, int]:
        """How many cells the block from A1 to the last value has, and how many octets of memory they take; or more.

        Asked for before all else: a sheet that is not in the regular form is written anew here.

        Raises:
            KeyError: the workbook names no such sheet, or its part is missing.
            ValueError: the XML declares entities, or a cell has no possible place.
            expat.ExpatError: the XML is not well-formed.
        """
        extent = self._extent(sheet)
        if not extent.is_regular:
            with self._archive.open(self._parts[sheet]) as part:
                self._anew[sheet] = rewritten(part)
            extent = self._extent(sheet)
        most = extent.most_cells()
        cells = most if most <= MAX_CELLS else cells_of(self._pieces(sheet))
        return cells, self._octets(sheet, extent, cells)

    def _extent(self, sheet: str) -> Extent:
        extent = Extent()
        for piece in self._pieces(sheet):
            extent.add(piece)
        return extent

    def _octets(self, sheet: str, extent: Extent, cells: int) -> int:
        """First what it is at most, at a glance; where that is too much, counted."""
        known = self._archive.NameToInfo.get(_TEXTS)
        lengths: list[int] = []
        if known and extent.pointers:
            with self._archive.open(known) as texts:
                lengths = lengths_of(texts)
        stored = known.file_size if known else 0
        characters = extent.pointers * max(lengths, default=0) + extent.octets
        octets = stored + cells * CELL + characters * TEXT
        if octets <= MAX_MEMORY:
            return octets
        characters = pointed_octets(self._pieces(sheet), lengths) + inline_octets(self._pieces(sheet))
        return stored + cells_of(self._pieces(sheet)) * CELL + characters * TEXT

    def values(self) -> bytes:
        """The workbook for whoever reads only its values: a number also where it shows as a date."""
        return without_part(self._content, self._archive, _STYLES)

    def is_anew(self, sheet: str) -> bool:
        """Whether the sheet was written anew, so that its values are in :meth:`anew`; known after :meth:`extent`."""
        return sheet in self._anew

    def anew(self, sheet: str) -> bytes:
        """Like :meth:`values`, of this sheet alone, in the regular form."""
        left_out = {*self._parts.values(), _STYLES}
        parts = {name: self._archive.read(name) for name in self._archive.namelist() if _is_needed(name, left_out)}
        return packed({**parts, self._parts[sheet]: self._anew[sheet]})

    def overlay(self, sheet: str) -> SheetMetadata:
        """All that the XML of a sheet says beyond its values; asked for after :meth:`extent`.

        Raises:
            KeyError: the workbook names no such sheet, or its part is missing.
        """
        hidden_rows: set[int] = set()
        errors: dict[int, dict[int, str]] = {}
        runs: defaultdict[int, list[Run]] = defaultdict(list)
        uncalculated: defaultdict[int, list[int]] = defaultdict(list)
        styled = _style_search(self._formats)
        piece = b""
        for piece in self._pieces(sheet):
            hidden_rows.update(_hidden_rows(piece))
            for row, column, error in _errors(piece):
                errors.setdefault(row, {})[column] = error
            for row, column in _uncalculated(piece, recalculated=self._recalculated):
                uncalculated[column].append(row)
            for (letters, style), rows in _grouped(styled(piece)).items():
                runs[_column(letters)] += _runs(sorted(set(map(int, rows))), self._formats[int(style)])
        return SheetMetadata(
            general=self._formats.get(0) or compile_format("General", self.language),
            hidden_rows=frozenset(hidden_rows),
            hidden_columns=frozenset(_hidden_columns(next(self._pieces(sheet)))),
            errors=errors,
            formats=runs,
            uncalculated=uncalculated,
            merged=list(_merged(piece)),
        )

    def _open(self, sheet: str) -> IO[bytes]:
        return BytesIO(self._anew[sheet]) if sheet in self._anew else self._archive.open(self._parts[sheet])

    def _pieces(self, sheet: str) -> Iterator[bytes]:
        """The XML of a sheet, cut after rows; a search through all at once would let no other thread run meanwhile."""
        with self._open(sheet) as part:
            held: list[bytes | memoryview] = []
            while read := part.read(_PIECE):
                end = read.rfind(_ROW_END)
                if end < 0:
                    held.append(read)
                    if len(held) > _MOST_PIECES:
                        raise ValueError("a row of it is endless")
                    continue
                end += len(_ROW_END)
                yield b"".join((*held, memoryview(read)[:end]))
                held = [read[end:]]
            yield b"".join(held)

    def _sheet_parts(self, workbook: ElementTree.Element) -> dict[str, str]:
        relations = {
            node.attrib.get("Id", ""): node.attrib.get("Target", "")
            for node in self._tree("xl/_rels/workbook.xml.rels").iter()
            if _local(node.tag) == "Relationship"
        }
        parts = {}
        for node in workbook.iter():
            if _local(node.tag) == "sheet":
                identity = next((value for name, value in node.attrib.items() if _local(name) == "id"), "")
                target = relations.get(identity, "")
                parts[node.attrib.get("name", "")] = normpath(join("xl", target)).lstrip("/")
        return parts

    def _language(self) -> str:
        heads = (self._head(part) for part in self._parts.values())
        return language_of_package(self._part, self._parts, heads)

    def _head(self, part: str) -> bytes:
        if part not in self._archive.NameToInfo:
            return b""
        with self._archive.open(part) as sheet:
            return sheet.read(_HEAD)

    def _part(self, part: str) -> ElementTree.Element | None:
        return self._tree(part) if part in self._archive.NameToInfo else None

    def _read_formats(self) -> dict[int, CellFormatter]:
        styles = self._part(_STYLES)
        if styles is None:
            return {}
        codes = dict(built_in(self.language))
        for node in styles.iter():
            if _local(node.tag) == "numFmt":
                codes[int(node.attrib.get("numFmtId", 0))] = node.attrib.get("formatCode", "")
        cells = next((node for node in styles.iter() if _local(node.tag) == "cellXfs"), None)
        used = [codes.get(int(node.attrib.get("numFmtId", 0)), "") for node in cells] if cells is not None else []
        return {
            n: compile_format(code, self.language, since_1904=self._since_1904)
            for n, code in enumerate(used)
            if not is_plain(code)
        }

    def _tree(self, part: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._archive.read(part))  # noqa: S314


def _flag(workbook: ElementTree.Element, element: str, attribute: str) -> bool:
    return any(_local(node.tag) == element and node.get(attribute) in ("1", "true") for node in workbook.iter())


def _is_needed(name: str, left_out: Container[str]) -> bool:
    return name.endswith((".xml", ".rels")) and name not in left_out and not name.startswith("xl/worksheets/")


def _hidden_columns(piece: bytes) -> Iterator[int]:
    block = _COLUMNS.search(piece)
    for column in _COLUMN.findall(block[1]) if block else ():
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


def _uncalculated(piece: bytes, *, recalculated: bool) -> Iterator[tuple[int, int]]:
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
    """Rows and columns of each merged cell; they stand behind the last row."""
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


def _runs(rows: Sequence[int], show: CellFormatter) -> Iterable[Run]:
    """Rows in their order: one run where they follow each other."""
    if rows[-1] - rows[0] == len(rows) - 1:
        return [Run(rows[0], rows[-1] + 1, show)]
    return [Run(row, row + 1, show) for row in rows]


def _column(letters: bytes) -> int:
    return column_number(letters.decode()) - 1


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
