"""What the XML of an XLSX says beyond its values (ECMA-376 part 1, 18.3): found by searching, not by parsing.

The XML of a large sheet is tens of megabytes: it is unpacked and searched piece by piece, and never held whole. Only
hidden rows, errors and cells with a number format are looked for.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain, islice
from posixpath import join, normpath
from xml.etree import ElementTree

from mailmerge.records.formatcode import is_plain
from mailmerge.records.numberformat import BUILT_IN, Show, compile_format
from mailmerge.records.sheets import Overlay, Run

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
_FAR = re.compile(rb'<c(?! r="[A-Z][0-9]{1,6}+")[\s/>]')
"""A cell that may be beyond column Z or row 999,999: what is nearer is never too much."""
_PREFIXED = re.compile(rb":c[\s/>]")
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_FAILED = re.compile(rb' t="e"')
_ROW_END = b"row>"
_PIECE = 1 << 20


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

    def extent(self, sheet: str) -> int:
        """How many cells the block from A1 to the last value has; 0 where a glance shows that they are not too many.

        Raises:
            KeyError: the workbook names no such sheet, or its part is missing.
        """
        if not any(_FAR.search(piece) or _PREFIXED.search(piece) for piece in self._pieces(sheet)):
            return 0
        rows, columns = _reach(self._pieces(sheet))
        return rows * columns

    def overlay(self, sheet: str) -> Overlay:
        """All that the XML of a sheet says beyond its values.

        Raises:
            KeyError: the workbook names no such sheet, or its part is missing.
        """
        hidden_rows: set[int] = set()
        errors: dict[int, dict[int, str]] = {}
        runs: defaultdict[int, list[Run]] = defaultdict(list)
        head = next(self._pieces(sheet))
        styled = _style_search(head, self._formats)
        for piece in self._pieces(sheet):
            hidden_rows.update(_hidden_rows(piece))
            for row, column, error in _errors(piece):
                errors.setdefault(row, {})[column] = error
            for (letters, style), rows in _grouped(styled(piece)).items():
                runs[_column(letters)] += _runs(sorted(set(map(int, rows))), self._formats[int(style)])
        return Overlay(self.language, frozenset(hidden_rows), frozenset(_hidden_columns(head)), errors, runs)

    def _pieces(self, sheet: str) -> Iterator[bytes]:
        """The XML of a sheet, cut after rows; a search through all at once would let no other thread run meanwhile."""
        with self._archive.open(self._parts[sheet]) as part:
            held: list[bytes | memoryview] = []
            while read := part.read(_PIECE):
                end = read.rfind(_ROW_END)
                if end < 0:
                    held.append(read)
                    continue
                end += len(_ROW_END)
                yield b"".join((*held, memoryview(read)[:end]))
                held = [read[end:]]
            yield b"".join(held)

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


def _reach(pieces: Iterable[bytes]) -> tuple[int, int]:
    """How many rows and columns a sheet has up to its last value, at most: what has no place follows what has one."""
    rows = columns = row = unnumbered = unplaced = most = 0
    for name, attributes in chain.from_iterable(map(_TAG.findall, pieces)):
        place = _REFERENCE.search(attributes)
        if name == b"row":
            row, unplaced = int(place[2]) if place else 0, 0
            unnumbered += place is None
        elif place is None:
            unplaced += 1
            rows, most = max(rows, row), max(most, unplaced)
        elif not attributes.endswith(b"/"):
            rows, columns = max(rows, int(place[2])), max(columns, _column(place[1].upper()) + 1)
    return rows + unnumbered, columns + most


def _hidden_columns(piece: bytes) -> Iterator[int]:
    block = _COLUMNS.search(piece)
    for first, last in _COLUMN.findall(block[1]) if block else ():
        yield from range(int(first) - 1, min(int(last), 16384))


def _hidden_rows(piece: bytes) -> Iterator[int]:
    for found in _HIDDEN.finditer(piece):
        row = _ROW.match(piece, piece.rfind(b"<", 0, found.start()))
        if row:
            yield int(row[1])


def _errors(piece: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column and name of each error."""
    for found in _FAILED.finditer(piece):
        place = _PLACE.match(piece, piece.rfind(b"<", 0, found.start()))
        value = _VALUE.search(piece, found.end())
        if place and value:
            yield int(place[2]), _column(place[1]), value[1].decode()


def _style_search(head: bytes, wanted: Iterable[int]) -> Callable[[bytes], Iterable[tuple[bytes, bytes, bytes]]]:
    """What finds the column, row and style of the cells that have one of the styles wanted, in the way of the head."""
    styles = b"|".join(b"%d" % number for number in wanted)
    if not styles:
        return lambda piece: ()
    if _is_regular(head):
        return re.compile(rb'<c r="([A-Z]++)([0-9]++)" s="(%s)"' % styles).findall
    style = re.compile(rb' s="(%s)"' % styles)

    def search(piece: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
        for found in style.finditer(piece):
            place = _PLACE.match(piece, piece.rfind(b"<", 0, found.start()))
            if place:
                yield place[1], place[2], found[1]

    return search


def _grouped(cells: Iterable[tuple[bytes, bytes, bytes]]) -> Mapping[tuple[bytes, bytes], list[bytes]]:
    """The rows of cells, by column and style."""
    rows: defaultdict[tuple[bytes, bytes], list[bytes]] = defaultdict(list)
    for letters, row, style in cells:
        rows[letters, style].append(row)
    return rows


def _runs(rows: Sequence[int], show: Show) -> Iterable[Run]:
    """Rows in their order: one run where they follow each other."""
    if rows[-1] - rows[0] == len(rows) - 1:
        return [Run(rows[0], rows[-1] + 1, show)]
    return [Run(row, row + 1, show) for row in rows]


def _is_regular(head: bytes) -> bool:
    """Whether cells are written as Excel, LibreOffice and Google do: place, style, type."""
    cells = (match.group() for match in islice(_CELL_HEAD.finditer(head), 200))
    return all(re.match(rb'<c r="[A-Z]+\d+"(?: s="|(?!.* s="))', cell, re.DOTALL) for cell in cells)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
