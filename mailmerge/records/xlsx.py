"""What the XML of an XLSX says beyond its values (ECMA-376 part 1, 18.3): found by searching, not by parsing.

The XML of a large sheet is tens of megabytes; only hidden rows, errors and cells with a number format are looked for.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import islice
from posixpath import join, normpath
from xml.etree import ElementTree

from mailmerge.records.numberformat import BUILT_IN, Show, compile_format, is_plain
from mailmerge.records.sheets import Overlay

_LANGUAGE_OF_HEADINGS = {
    "feuilles de calcul": "fr", "arbeitsblätter": "de", "hojas de cálculo": "es",
    "fogli di lavoro": "it", "werkbladen": "nl", "folhas de cálculo": "pt", "planilhas": "pt", "arkusze": "pl",
    "kalkylblad": "sv", "regneark": "da", "laskentataulukot": "fi", "listy": "cs",
}  # fmt: skip
"""What Excel calls the sheets in docProps/app.xml, in the language it runs in; libraries write English always.

LibreOffice writes no such heading, but the language itself into docProps/core.xml.
"""
_LANGUAGE_OF_NAMES = {
    "feuil": "fr", "feuille": "fr", "tabelle": "de", "hoja": "es", "foglio": "it", "blad": "nl", "folha": "pt",
    "planilha": "pt", "arkusz": "pl", "ark": "da", "taulukko": "fi", "list": "cs",
}  # fmt: skip
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr="(\d+)"')
_COLUMNS = re.compile(rb"<(?:\w+:)?cols>(.*?)</(?:\w+:)?cols>", re.DOTALL)
_COLUMN = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\shidden="(?:1|true)")(?=[^>]*\smin="(\d+)")[^>]*\smax="(\d+)"')
_PLACE = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)(\d+)"')
_CELL_HEAD = re.compile(rb"<(?:\w+:)?c\s[^>]*")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_FAR = re.compile(rb' r="(?![A-Z]?+[0-9]{1,6}+")')
"""Beyond column Z or row 999,999: what is nearer is never too much."""
_VALUED = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)(\d+)"(?:[^>]*[^/])?>')
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_FAILED = re.compile(rb' t="e"')
_PIECE = 1 << 20
_UNPLACED = re.compile(rb'<(?:\w+:)?c(?=[\s>])(?![^>]*\sr=")')


class Package:
    """An XLSX opened for what calamine does not tell."""

    def __init__(self, content: bytes):
        self._archive = zipfile.ZipFile(BytesIO(content))
        self._parts = self._sheet_parts()
        self.language = self._language()
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

    def xml(self, sheet: str) -> bytes:
        """The XML of a sheet.

        Raises:
            KeyError: the workbook names no such sheet, or the part is missing.
        """
        return self._archive.read(self._parts[sheet])

    def overlay(self, xml: bytes) -> Overlay:
        """All that the XML of a sheet says beyond its values."""
        return Overlay(
            language=self.language,
            hidden_rows=frozenset(_hidden_rows(xml)),
            hidden_columns=frozenset(_hidden_columns(xml)),
            errors=_errors(xml),
            formats=_formats(xml, self._formats) if self._formats else {},
        )

    def _sheet_parts(self) -> dict[str, str]:
        relations = {
            node.attrib.get("Id", ""): node.attrib.get("Target", "")
            for node in self._tree("xl/_rels/workbook.xml.rels").iter()
            if _local(node.tag) == "Relationship"
        }
        parts = {}
        for node in self._tree("xl/workbook.xml").iter():
            if _local(node.tag) == "sheet":
                identity = next((value for name, value in node.attrib.items() if _local(name) == "id"), "")
                target = relations.get(identity, "")
                parts[node.attrib.get("name", "")] = normpath(join("xl", target)).lstrip("/")
        return parts

    def _language(self) -> str:
        for name in self._parts:
            match = re.fullmatch(r"([^\W\d]+) ?\d+", name)
            if match and match[1].lower() in _LANGUAGE_OF_NAMES:
                return _LANGUAGE_OF_NAMES[match[1].lower()]
        headings = {text.lower() for _, text in self._properties("docProps/app.xml")}
        told = next((known for heading, known in _LANGUAGE_OF_HEADINGS.items() if heading in headings), "")
        return told or next((text[:2] for tag, text in self._properties("docProps/core.xml") if tag == "language"), "")

    def _properties(self, part: str) -> list[tuple[str, str]]:
        if part not in self._archive.namelist():
            return []
        return [(_local(node.tag), (node.text or "").strip()) for node in self._tree(part).iter()]

    def _read_formats(self) -> dict[int, Show]:
        if "xl/styles.xml" not in self._archive.namelist():
            return {}
        styles = self._tree("xl/styles.xml")
        codes = dict(BUILT_IN)
        for node in styles.iter():
            if _local(node.tag) == "numFmt":
                codes[int(node.attrib.get("numFmtId", 0))] = node.attrib.get("formatCode", "")
        cells = next((node for node in styles.iter() if _local(node.tag) == "cellXfs"), None)
        used = [codes.get(int(node.attrib.get("numFmtId", 0)), "") for node in cells] if cells is not None else []
        return {n: compile_format(code, self.language) for n, code in enumerate(used) if not is_plain(code)}

    def _tree(self, part: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._archive.read(part))  # noqa: S314


def extent(xml: bytes) -> int:
    """How many cells the block from A1 to the last value has; 0 where a glance shows that they are not too many."""
    if not any(_FAR.search(xml, start, end) for start, end in _pieces(xml)):
        return 0
    cells = _VALUED.findall(xml)
    columns = max((_column(letters) + 1 for letters in {letters for letters, _ in cells}), default=0)
    rows = max(map(int, {row for _, row in cells}), default=0)
    if _UNPLACED.search(xml):
        rows = max(rows, *map(int, _ROW.findall(xml)))
    return rows * max(columns, 1)


def _hidden_columns(xml: bytes) -> Iterator[int]:
    block = _COLUMNS.search(xml, 0, 1 << 20)
    for first, last in _COLUMN.findall(block[1]) if block else ():
        yield from range(int(first) - 1, min(int(last), 16384))


def _hidden_rows(xml: bytes) -> Iterator[int]:
    for found in _all_of(_HIDDEN, xml):
        row = _ROW.match(xml, xml.rfind(b"<", 0, found.start()))
        if row:
            yield int(row[1])


def _errors(xml: bytes) -> dict[int, dict[int, str]]:
    errors: dict[int, dict[int, str]] = {}
    for found in _all_of(_FAILED, xml):
        place = _PLACE.match(xml, xml.rfind(b"<", 0, found.start()))
        value = _VALUE.search(xml, found.end())
        if place and value:
            errors.setdefault(int(place[2]), {})[_column(place[1])] = value[1].decode()
    return errors


def _formats(xml: bytes, formats: Mapping[int, Show]) -> dict[int, dict[int, Show]]:
    """By column and row, what shows each cell whose style has one of ``formats``."""
    wanted = b"|".join(b"%d" % number for number in formats)
    if _is_regular(xml):
        cell = re.compile(rb'<c r="([A-Z]++)([0-9]++)" s="(%s)"' % wanted)
        pieces: Iterable[list[tuple[bytes, bytes, bytes]]] = (
            cell.findall(xml, start, end) for start, end in _pieces(xml)
        )
    else:
        styled = _all_of(re.compile(rb' s="(%s)"' % wanted), xml)
        places = ((_PLACE.match(xml, xml.rfind(b"<", 0, each.start())), each[1]) for each in styled)
        pieces = [[(place[1], place[2], style) for place, style in places if place]]
    shown: defaultdict[int, dict[int, Show]] = defaultdict(dict)
    for cells in pieces:
        rows_of: defaultdict[tuple[bytes, bytes], list[bytes]] = defaultdict(list)
        for letters, row, style in cells:
            rows_of[letters, style].append(row)
        for (letters, style), rows in rows_of.items():
            shown[_column(letters)].update(dict.fromkeys(map(int, rows), formats[int(style)]))
    return shown


def _all_of(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[re.Match[bytes]]:
    """Where a pattern stands that is within one tag."""
    return (found for start, end in _pieces(xml) for found in pattern.finditer(xml, start, end))


def _pieces(xml: bytes) -> Iterator[tuple[int, int]]:
    """Where to cut between tags: a search through all of it at once would let no other thread run meanwhile."""
    start = 0
    while start < len(xml):
        end = xml.find(b"<", start + _PIECE)
        end = len(xml) if end < 0 else end
        yield start, end
        start = end


def _is_regular(xml: bytes) -> bool:
    """Whether cells are written as Excel, LibreOffice and Google do: place, style, type."""
    heads = (match.group() for match in islice(_CELL_HEAD.finditer(xml), 200))
    return all(re.match(rb'<c r="[A-Z]+\d+"(?: s="|(?!.* s="))', head, re.DOTALL) for head in heads)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
