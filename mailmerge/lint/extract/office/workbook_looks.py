"""How the cells of a workbook look by their style: fonts, fills and number formats (ECMA-376 part 1, 18.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar
from xml.etree import ElementTree

from msgspec import Struct

from mailmerge.lint.extract.content import HiddenKind
from mailmerge.lint.extract.office.unseen import MOST_XML
from mailmerge.text.regex import regex

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SMALLEST = 3.0
"""Points up to which nobody reads letters."""
_ALIKE = 15
"""How far two colours are apart, of 255, that nobody tells apart."""
Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
_INDEXED = {
    0: BLACK, 1: WHITE, 2: (255, 0, 0), 3: (0, 255, 0), 4: (0, 0, 255), 5: (255, 255, 0), 6: (255, 0, 255),
    7: (0, 255, 255), 22: (192, 192, 192), 23: (128, 128, 128), 26: (255, 255, 204), 64: BLACK, 65: WHITE,
}  # fmt: skip
"""The palette that most are named by; 8 to 15 repeat the first eight."""
_SCHEME = regex(
    r"<a:(lt1|dk1|lt2|dk2|accent[1-6])\b[^<>]*>\s*<a:(?:sysClr\b[^<>]*lastClr|srgbClr\b[^<>]*val)=\"(\w{6})\""
)
_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
"""How themes count their colours."""
_Value = TypeVar("_Value")
_LITERALS = regex(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.|\*.")


class Font(Struct, frozen=True):
    """What a font says of its letters."""

    colour: Colour | None
    """None where it is not known."""
    is_tiny: bool

    def is_lost_on(self, ground: Colour | None) -> bool:
        """Whether its letters have the colour of what is behind them."""
        return self.colour is not None and ground is not None and are_alike(self.colour, ground)


class CellLook(Struct, frozen=True):
    """What a style makes of a cell."""

    font: Font
    ground: Colour | None
    """None for a pattern, or a colour that is not known."""
    hides_texts: bool
    """Whether its number format shows no text."""
    hides_numbers: bool
    """Whether its number format shows no number, at least none above zero."""


class ConditionalLook(Struct, frozen=True):
    """What a condition changes in the look of a cell."""

    colour: Colour | None
    """None where the letters keep theirs."""
    ground: Colour | None
    """None where it is not known, or stays."""
    shades: bool
    """Whether it gives the cell a ground."""
    hides_texts: bool
    hides_numbers: bool

    def hides(self, look: CellLook, *, is_text: bool, shaded: bool) -> HiddenKind | None:
        """Why words in a cell of some look are not seen with it; ``shaded`` by another condition perhaps."""
        if self.hides_texts if is_text else self.hides_numbers:
            return HiddenKind.UNSEEN_TEXT
        if not (self.colour or self.shades) or (shaded and not self.shades):
            return None
        font = Font(self.colour or look.font.colour, is_tiny=False)
        return HiddenKind.WHITE_TEXT if font.is_lost_on(self.ground if self.shades else look.ground) else None


class Looks(Struct, frozen=True):
    """Those of one workbook."""

    cells: Sequence[CellLook]
    """By the number of a cell's style."""
    theme: Mapping[str, Colour]
    conditional: Sequence[ConditionalLook]
    """By the number of a style for conditions."""


def looks_of(styles: str, theme: str) -> Looks:
    """The looks that a workbook defines; none where its styles cannot be read."""
    colours = {found[1]: _from_hex(found[2]) for found in _SCHEME.finditer(theme)}
    if not styles or len(styles) > MOST_XML or "<!DOCTYPE" in styles:
        return Looks((), colours, ())
    try:
        root = ElementTree.fromstring(styles)  # noqa: S314  (declares no entity)
    except ElementTree.ParseError:
        return Looks((), colours, ())
    fonts = [_font(each, colours) for each in root.iterfind(f"{_S}fonts/{_S}font")]
    grounds = [_ground(each, colours) for each in root.iterfind(f"{_S}fills/{_S}fill")]
    formats = {
        each.get("numFmtId", ""): each.get("formatCode", "") for each in root.iterfind(f"{_S}numFmts/{_S}numFmt")
    }
    conditional = [_conditional(each, colours) for each in root.iterfind(f"{_S}dxfs/{_S}dxf")]
    return Looks(tuple(_looks(root, fonts, grounds, formats)), colours, conditional)


def _looks(
    root: ElementTree.Element, fonts: Sequence[Font], grounds: Sequence[Colour | None], formats: Mapping[str, str]
) -> Iterator[CellLook]:
    for style in root.iterfind(f"{_S}cellXfs/{_S}xf"):
        font = _at(fonts, style.get("fontId", "0"), Font(BLACK, is_tiny=False))
        ground = _at(grounds, style.get("fillId", "0"), WHITE)
        yield CellLook(font, ground, *_hidden_by(formats.get(style.get("numFmtId", ""), "General")))


def _hidden_by(number_format: str) -> tuple[bool, bool]:
    """Whether a number format shows no text, and no number above zero."""
    sections = number_format.split(";")
    return len(sections) > 3 and _is_blank(sections[3]), len(sections) > 1 and _is_blank(sections[0])


def _conditional(style: ElementTree.Element, theme: Mapping[str, Colour]) -> ConditionalLook:
    colour = style.find(f"{_S}font/{_S}color")
    fill, pattern = style.find(f"{_S}fill"), style.find(f"{_S}fill/{_S}patternFill")
    plain = pattern is not None and pattern.get("patternType", "solid") == "solid"
    ground = pattern.find(f"{_S}bgColor") if pattern is not None and plain else None
    number_format = style.find(f"{_S}numFmt")
    return ConditionalLook(
        None if colour is None else _colour(colour, theme), None if ground is None else _colour(ground, theme),
        fill is not None, *_hidden_by("General" if number_format is None else number_format.get("formatCode", "")),
    )  # fmt: skip


def _at(values: Sequence[_Value], number: str, otherwise: _Value) -> _Value:
    return values[int(number)] if number.isdigit() and int(number) < len(values) else otherwise


def _is_blank(section: str) -> bool:
    """Whether a section of a number format shows nothing: empty, or a colour and blanks alone."""
    shown = _LITERALS.sub(lambda found: found.group().strip('"') if found.group()[0] == '"' else "", section)
    return not shown.strip()


def font_in(properties: str, theme: Mapping[str, Colour]) -> Font:
    """The font of a run of letters, by the XML of its properties."""
    try:
        return _font(ElementTree.fromstring(f'<rPr xmlns="{_S[1:-1]}">{properties}</rPr>'), theme)  # noqa: S314
    except ElementTree.ParseError:
        return Font(BLACK, is_tiny=False)


def _font(font: ElementTree.Element, theme: Mapping[str, Colour]) -> Font:
    colour, size = font.find(f"{_S}color"), font.find(f"{_S}sz")
    points = _number("11" if size is None else size.get("val", ""), 11.0)
    return Font(BLACK if colour is None else _colour(colour, theme), is_tiny=points <= _SMALLEST)


def _ground(fill: ElementTree.Element, theme: Mapping[str, Colour]) -> Colour | None:
    pattern = fill.find(f"{_S}patternFill")
    if pattern is None:
        return None
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return WHITE
    colour = pattern.find(f"{_S}fgColor")
    return _colour(colour, theme) if kind == "solid" and colour is not None else None


def _colour(element: ElementTree.Element, theme: Mapping[str, Colour]) -> Colour | None:
    colour: Colour | None = None
    if written := element.get("rgb"):
        colour = _from_hex(written[-6:])
    elif (index := element.get("indexed", "")).isdigit():
        colour = _INDEXED.get(int(index) - 8 if 8 <= int(index) < 16 else int(index))
    elif (number := element.get("theme", "")).isdigit() and int(number) < len(_ORDER):
        name = _ORDER[int(number)]
        colour = theme.get(name, {"lt1": WHITE, "dk1": BLACK}.get(name))
    elif element.get("auto") in ("1", "true"):
        colour = BLACK
    return None if colour is None else _tinted(colour, _number(element.get("tint", "0"), 0.0))


def _tinted(colour: Colour, tint: float) -> Colour:
    red, green, blue = (part * (1 + tint) if tint < 0 else part + (255 - part) * tint for part in colour)
    return round(red), round(green), round(blue)


def _from_hex(digits: str) -> Colour:
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return BLACK
    return red, green, blue


def _number(text: str, otherwise: float) -> float:
    try:
        return float(text)
    except ValueError:
        return otherwise


def are_alike(one: Colour, other: Colour) -> bool:
    """Whether nobody tells two colours apart."""
    return all(abs(first - second) <= _ALIKE for first, second in zip(one, other, strict=True))
