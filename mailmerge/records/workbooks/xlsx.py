"""What an XLSX says beyond its values (ECMA-376 part 1, 18.3): its sheets, formats and language.

The XML of a large sheet is tens of megabytes: it is unpacked and looked at piece by piece, and never held whole.
"""

from __future__ import annotations

import zipfile
from collections.abc import Container, Iterator
from io import BytesIO
from posixpath import join, normpath
from typing import IO
from xml.etree import ElementTree

from msgspec import Struct

from mailmerge.i18n import N_
from mailmerge.records.file_kinds.damage import Damage
from mailmerge.records.file_kinds.file_type import MAX_MEMORY
from mailmerge.records.file_kinds.packing import packed, without_part
from mailmerge.records.number_formats.builtin import built_in
from mailmerge.records.number_formats.formatcode import is_plain
from mailmerge.records.number_formats.numberformat import CellFormatter, compile_format
from mailmerge.records.workbooks.language import language_of_package
from mailmerge.records.workbooks.regular import Extent, cells_of, rewritten
from mailmerge.records.workbooks.sheet_scan import SheetScan
from mailmerge.records.workbooks.sheets import MAX_CELLS, SheetMetadata
from mailmerge.records.workbooks.weight import CELL, TEXT, has_longer, inline_octets, lengths_of, pointed_octets

_ROW_END = b"row>"
_PIECE = 1 << 20
_HEAD = 1 << 10
_MOST_PIECES = 32
_STYLES = "xl/styles.xml"
_TEXTS = "xl/sharedStrings.xml"


class Scanned(Struct, frozen=True):
    """What is known of a sheet before its values are read."""

    cells: int
    """Of the block from A1 to the last value; or more."""
    octets: int
    """The memory that they take; or more."""
    overlay: SheetMetadata


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
            raise Damage(N_("it has no sheet"))
        return next(iter(self._parts))

    def scan(self, sheet: str) -> Scanned:
        """What the XML of a sheet says beyond its values, and how much memory those will take.

        Asked for before all else: a sheet that is not in the regular form is written anew here.

        Raises:
            KeyError: the workbook names no such sheet, or its part is missing.
            ValueError: the XML declares entities, or a cell has no possible place.
            expat.ExpatError: the XML is not well-formed.
        """
        scan = self._scan(sheet)
        if not scan.extent.is_regular:
            with self._archive.open(self._parts[sheet]) as part:
                self._anew[sheet] = rewritten(part)
            scan = self._scan(sheet)
        most = scan.extent.most_cells()
        cells = most if most <= MAX_CELLS else cells_of(self._pieces(sheet))
        general = self._formats.get(0) or compile_format("General", self.language, since_1904=self._since_1904)
        return Scanned(cells, self._octets(sheet, scan.extent, cells), scan.overlay(general))

    def _scan(self, sheet: str) -> SheetScan:
        scan = SheetScan(self._formats, recalculated=self._recalculated)
        all(map(scan.add, self._pieces(sheet)))  # no further than to what is not regular
        return scan

    def _octets(self, sheet: str, extent: Extent, cells: int) -> int:
        """First what it is at most, at a glance; where that is too much, counted."""
        known = self._archive.NameToInfo.get(_TEXTS)
        stored = known.file_size if known else 0
        if not known or not extent.pointers:
            return stored + cells * CELL + extent.octets * TEXT
        allowed = ((MAX_MEMORY - stored - cells * CELL) // TEXT - extent.octets) // extent.pointers
        with self._archive.open(known) as texts:
            if not has_longer(texts, allowed):
                return stored + cells * CELL + (extent.octets + extent.pointers * allowed) * TEXT
        with self._archive.open(known) as texts:
            lengths = lengths_of(texts)
        characters = pointed_octets(self._pieces(sheet), lengths) + inline_octets(self._pieces(sheet))
        return stored + cells_of(self._pieces(sheet)) * CELL + characters * TEXT

    def values(self) -> bytes:
        """The workbook for whoever reads only its values: a number also where it shows as a date."""
        return without_part(self._content, self._archive, _STYLES)

    def is_anew(self, sheet: str) -> bool:
        """Whether the sheet was written anew, so that its values are in :meth:`anew`; known after :meth:`scan`."""
        return sheet in self._anew

    def anew(self, sheet: str) -> bytes:
        """Like :meth:`values`, of this sheet alone, in the regular form."""
        left_out = {*self._parts.values(), _STYLES}
        parts = {name: self._archive.read(name) for name in self._archive.namelist() if _is_needed(name, left_out)}
        return packed({**parts, self._parts[sheet]: self._anew[sheet]})

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
                        raise Damage(N_("a row of it is endless"))
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
        for table in styles:  # those of conditional formats, elsewhere, have numbers of their own
            if _local(table.tag) == "numFmts":
                codes.update((int(each.get("numFmtId", 0)), each.get("formatCode", "")) for each in table)
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


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
