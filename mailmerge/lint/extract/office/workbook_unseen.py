"""What the cells of a workbook hold that nobody sees: words in the colour of their cell, tiny, in a format that shows
nothing, of itself or by a condition, or in a column or row without any width."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from msgspec import Struct

from mailmerge.lint.extract.content import HiddenKind
from mailmerge.lint.extract.office.workbook_conditions import FormatCondition, conditions_in
from mailmerge.lint.extract.office.workbook_looks import CellLook, ConditionalLook, Font, Looks, font_in, looks_of
from mailmerge.text.regex import regex

_CELL = regex(r"<c\b([^<>]*)(?<!/)>([^<]*(?:<(?!c\b|/c>)[^<]*)*)</c>")
_ATTRIBUTE = regex(r"\b(r|s|t|min|max|width|ht|ref|sqref|defaultColWidth)=[\"']([^\"']*)[\"']")
_VALUE = regex(r"<v\b[^<>]*>([^<]*)")
_TEXT = regex(r"<t\b[^<>]*>([^<]*)")
_RUN = regex(r"<r>([^<]*(?:<(?!/?r>)[^<]*)*)</r>")
_PROPERTIES = regex(r"<rPr>([^<]*(?:<(?!/?rPr>)[^<]*)*)</rPr>")
_COLUMN = regex(r"<col\b([^<>]*)")
_DEFAULTS = regex(r"<sheetFormatPr\b([^<>]*)")
_CONDITIONAL = regex(
    r"<conditionalFormatting\b([^<>]*)>([^<]*(?:<(?!/?conditionalFormatting\b)[^<]*)*)</conditionalFormatting>"
)
_TABLE = regex(r"<table\b[^<>]*?\bref=[\"']([^\"']*)[\"']")
_STYLE_OF_TABLE = regex(r"<tableStyleInfo\b[^<>]*\bname=[\"']TableStyleDark")
_RANGE = regex(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_NARROWEST = 0.4
"""Characters of width up to which a column shows nothing."""
_FLATTEST = 1.0
"""Points of height below which a row shows nothing."""

Area = tuple[int, int, int, int]
"""First column and row, last column and row, each counted from 1."""


class _Cell(Struct, frozen=True):
    column: int
    row: int
    style: int
    text: str
    is_text: bool
    runs: Sequence[Font]
    """The fonts of its runs of letters, where it has several."""


class Workbook:
    """What the sheets of one workbook share: styles, texts, and the tables that give cells a colour."""

    def __init__(self, parts: Mapping[str, str]):
        theme = next((text for name, text in parts.items() if name.startswith("xl/theme/")), "")
        self._looks: Looks = looks_of(parts.get("xl/styles.xml", ""), theme)
        self._shared = [item.rpartition("<si")[2] for item in parts.get("xl/sharedStrings.xml", "").split("</si>")[:-1]]
        self._is_odd = any(map(_is_odd, self._looks.cells)) or any("<rPr>" in item for item in self._shared)
        self._headers = [
            area
            for name, text in parts.items()
            if self._is_odd and name.startswith("xl/tables/") and (found := _TABLE.search(text))
            for area in _heads(found[1], whole=bool(_STYLE_OF_TABLE.search(text)))
        ]

    def unseen_in(self, sheet: str) -> Iterator[HiddenKind]:
        """What is not seen in a sheet, and why, each once."""
        narrow = _narrow_columns(sheet)
        flat = "ht=" in sheet
        formats = list(self._formats(sheet))
        hiding = [each for each in formats if each.may_hide]
        is_odd = self._is_odd or bool(hiding)
        if not (is_odd or narrow or flat):
            return
        shaded = None
        if "<picture" not in sheet:
            shaded = [*self._headers, *(area for each in formats if each.shades for area in each.areas)]
        told: set[HiddenKind] = set()
        for row in sheet.split("</row>"):
            head = row[row.rfind("<row") :].partition(">")[0]
            is_flat = flat and "ht" in (given := _attributes(head)) and _number(given["ht"]) < _FLATTEST
            if not (is_odd or narrow or is_flat):
                continue
            for cell in self._cells(row):
                for kind in self._of_cell(cell, shaded, hiding):
                    told.add(kind)
                if is_flat:
                    told.add(HiddenKind.ROWS)
                if any(first <= cell.column <= last for first, last in narrow):
                    told.add(HiddenKind.COLUMNS)
        yield from sorted(told)

    def _cells(self, row: str) -> Iterator[_Cell]:
        """The cells of a row with words or numbers in them."""
        for found in _CELL.finditer(row):
            given = _attributes(found[1])
            place = _RANGE.match(given.get("r", ""))
            style = given.get("s", "0")
            kind = given.get("t", "n")
            item = found[2]
            value = _VALUE.search(item)
            if kind == "s" and value is not None:
                number = int(value[1]) if value[1].isdigit() else -1
                item = self._shared[number] if 0 <= number < len(self._shared) else ""
            rich = kind in ("s", "inlineStr")
            text = unescape("".join(_TEXT.findall(item)) if rich else (value[1] if value else ""))
            if any(map(str.isalnum, text)):
                yield _Cell(
                    _column(place[1]) if place else 0, int(place[2]) if place else 0,
                    int(style) if style.isdigit() else 0, text, kind in ("s", "inlineStr", "str"),
                    [*self._fonts(item)] if rich and "<rPr>" in item else (),
                )  # fmt: skip

    def _fonts(self, item: str) -> Iterator[Font]:
        """The fonts of the runs that have words in them, where they have one of their own."""
        for run in _RUN.findall(item):
            properties = _PROPERTIES.search(run)
            if properties and any(map(str.isalnum, "".join(_TEXT.findall(run)))):
                yield font_in(properties[1], self._looks.theme)

    def _of_cell(self, cell: _Cell, shaded: Sequence[Area] | None, hiding: Sequence[_Format]) -> Iterator[HiddenKind]:
        looks = self._looks.cells
        if not 0 <= cell.style < len(looks):
            return
        look = looks[cell.style]
        if look.hides_texts if cell.is_text else look.hides_numbers and _number(cell.text) > 0:
            yield HiddenKind.UNSEEN_TEXT
            return
        fonts = cell.runs or [look.font]
        if any(font.is_tiny for font in fonts):
            yield HiddenKind.TINY_TEXT
        is_lost = any(font.is_lost_on(look.ground) for font in fonts)
        is_shaded = shaded is None or any(_is_in(cell, area) for area in shaded)
        if is_lost and not is_shaded:
            yield HiddenKind.WHITE_TEXT
        elif cell.is_text or _number(cell.text):
            yield from filter(None, (each.hides(cell, look, shaded=is_shaded) for each in hiding))

    def _formats(self, sheet: str) -> Iterator[_Format]:
        """The cells that get another look by a condition."""
        for found in _CONDITIONAL.finditer(sheet):
            areas = list(_areas(_attributes(found[1]).get("sqref", "")))
            if "colorScale" in found[2]:
                yield _Format(areas, None, None)
            for condition in conditions_in(found[2]):
                if condition.style < len(self._looks.conditional):
                    yield _Format(areas, condition, self._looks.conditional[condition.style])


class _Format(Struct, frozen=True):
    """What a condition makes of some cells; no condition where a scale of colours does."""

    areas: Sequence[Area]
    condition: FormatCondition | None
    look: ConditionalLook | None

    @property
    def shades(self) -> bool:
        return self.look is None or self.look.shades

    @property
    def may_hide(self) -> bool:
        look = self.look
        return look is not None and bool(look.colour or look.shades or look.hides_texts or look.hides_numbers)

    def hides(self, cell: _Cell, look: CellLook, *, shaded: bool) -> HiddenKind | None:
        """Why nobody sees a cell in the look that it gets."""
        if self.condition is None or self.look is None or not any(_is_in(cell, area) for area in self.areas):
            return None
        kind = self.look.hides(look, is_text=cell.is_text, shaded=shaded)
        return kind if kind and self.condition.holds(cell.text, is_text=cell.is_text) else None


def _is_odd(look: CellLook) -> bool:
    return look.hides_texts or look.hides_numbers or look.font.is_tiny or look.font.is_lost_on(look.ground)


def _narrow_columns(sheet: str) -> list[tuple[int, int]]:
    """The columns that are too narrow for any letter, and not hidden by name."""
    columns = [_attributes(found[1]) for found in _COLUMN.finditer(sheet)]
    spans = [(int(_number(each.get("min", "0"))), int(_number(each.get("max", "0"))), each) for each in columns]
    narrow = [(first, last) for first, last, each in spans if _number(each.get("width", "9")) <= _NARROWEST]
    defaults = _DEFAULTS.search(sheet)
    if defaults and _number(_attributes(defaults[1]).get("defaultColWidth", "9")) <= _NARROWEST:
        at = 1
        for first, last, _each in sorted(spans, key=lambda span: span[:2]):
            narrow.append((at, first - 1))
            at = last + 1
        narrow.append((at, 1 << 14))
    return [(first, last) for first, last in narrow if first <= last]


def _heads(reference: str, *, whole: bool) -> Iterator[Area]:
    """The first and the last row of a table, which its style may shade; all of it where the style is a dark one."""
    for left, top, right, bottom in _areas(reference):
        if whole:
            yield left, top, right, bottom
        else:
            yield left, top, right, top
            yield left, bottom, right, bottom


def _areas(references: str) -> Iterator[Area]:
    for found in _RANGE.finditer(references):
        left, top = _column(found[1]), int(found[2])
        yield left, top, _column(found[3] or found[1]), int(found[4] or top)


def _is_in(cell: _Cell, area: Area) -> bool:
    left, top, right, bottom = area
    return left <= cell.column <= right and top <= cell.row <= bottom


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _attributes(tag: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(tag))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
