"""HTML as a browser reads it: one walk through the elements, and one notion of what a reader does not see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from html.parser import HTMLParser
from typing import NamedTuple

from mailmerge.text.regex import regex

MARK_OPEN, MARK_CLOSE = "\ue000", "\ue001"
"""Around what stands for a value in a text (private use, Unicode 23.5): no text of a letter or a cell keeps them."""

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
"""Elements that have no end (HTML 13.1.2)."""

_HIDING = regex(
    r"display:none|visibility:hidden|visibility:collapse|opacity:0(?:\.0+)?(?:;|$)|"
    r"(?:^|;)(?:max-)?(?:height|width):0(?:px)?(?:;|$)|mso-hide:all|text-indent:-\d{3,}|(?:left|top):-\d{3,}|"
    r"clip:rect\(0|clip-path:inset\(50%"
)
"""What no element within can undo."""
_SIZE = regex(r"(?:^|;)font-size:([\d.]+)(px|pt|em|rem|%|(?=;|!|$))")
_LINE_HEIGHT = regex(r"(?:^|;)line-height:([\d.]+)(?:px|pt|em|rem|%|(?=;|!|$))")
_OF_ITS_PARENT = frozenset({"em", "%"})
_SMALLEST = 2
"""Pixels or points below which nobody reads a letter."""
_COLOUR = regex(r"(?:^|;)color:([^;!]+)")
_BACKGROUND = regex(r"(?:^|;)background(?:-color|-image)?:([^;!]+)")
_HEX_COLOUR = regex(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_RGB = regex(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,(?:1|1\.0+))?\)")
_PALE = 0xF0
"""What each of red, green and blue has at least in a colour that nobody tells from white."""
_NO_BACKGROUND = frozenset({"transparent", "none", "inherit", "initial", "unset"})
_UNKNOWN = "?"
"""The colour of a picture, a gradient, or of what a style sheet says."""


class HiddenBy(StrEnum):
    """What keeps a text from being seen."""

    COMMENT = "comment"
    STYLE = "style"
    """It is in an element that is not displayed."""
    COLOUR = "colour"
    """It has the colour of its background."""
    ATTRIBUTE = "attribute"


class HtmlReader(HTMLParser):
    """The standard library's parser, made to read whatever a browser reads.

    Character references come resolved; ``<![`` begins a comment that is none, as in HTML 13.2.5.42.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over ``<![...>``: the library fails on those that are neither CDATA nor an Office condition."""
        return self.parse_bogus_comment(i, report)


class Element(NamedTuple):
    """One that is open."""

    tag: str
    hidden: HiddenBy | None
    """What hides its text, in itself or around it."""
    never: bool = False
    """Whether nothing within it is seen, whatever its style."""
    tiny: bool = False
    """Whether its letters, or its lines, have no size to speak of."""
    flat: bool = False
    colour: str = ""
    """Of its letters; ``""`` where none is given."""
    behind: str = ""
    """The colour behind them; ``""`` where none is given, which is white."""


class HtmlWalker(HtmlReader):
    """Keeps which elements are open, and what hides them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[Element] = []

    @property
    def around(self) -> Element:
        """The innermost element that is open."""
        return self.open[-1] if self.open else Element("", None)

    def enter(self, tag: str, attributes: Mapping[str, str]) -> Element:
        """An element begins."""
        style = _last_of_each(re.sub(r"\s+", "", attributes.get("style", "")).casefold())
        around = self.around
        never = around.never or "hidden" in attributes or (style != "" and _HIDING.search(style) is not None)
        tiny, flat = _is_tiny(style, inherited=around.tiny), _is_flat(style, inherited=around.flat)
        colour = _colour_of(style, attributes) or around.colour
        behind = _behind(style, attributes, around.behind)
        by_style = HiddenBy.STYLE if never or tiny or flat else None
        hidden = by_style or (HiddenBy.COLOUR if _is_lost(colour, behind) else None)
        element = Element(tag, hidden, never, tiny, flat, colour, behind)
        if tag not in VOID:
            self.open.append(element)
        return element

    def leave(self, tag: str) -> Element | None:
        """An element ends, and with it what was left open in it; None where no such element is open."""
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index].tag == tag:
                element = self.open[index]
                del self.open[index:]
                return element
        return None


def attributes_of(attributes: list[tuple[str, str | None]]) -> dict[str, str]:
    """The attributes of an element by their names; one without a value is empty."""
    return {name: value or "" for name, value in attributes}


def _last_of_each(style: str) -> str:
    """The declarations that hold: of a property that is given twice, the last."""
    declared = {each.partition(":")[0]: each for each in style.split(";")}
    return ";".join(declared.values())


def _is_tiny(style: str, *, inherited: bool) -> bool:
    found = _SIZE.search(style) if "font-size" in style else None
    if found is None or (inherited and found[2] in _OF_ITS_PARENT):
        return inherited
    size = _number(found[1])
    return size == 0 or (size < _SMALLEST and found[2] in ("px", "pt"))


def _is_flat(style: str, *, inherited: bool) -> bool:
    found = _LINE_HEIGHT.search(style) if "line-height" in style else None
    return inherited if found is None else _number(found[1]) == 0


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0


def _colour_of(style: str, attributes: Mapping[str, str]) -> str:
    """The colour that an element gives its letters."""
    found = _COLOUR.search(style) if "color" in style else None
    colour = found[1] if found else attributes.get("color", "").strip().casefold()
    return "" if colour in ("inherit", "initial", "unset") else _plain_colour(colour)


def _behind(style: str, attributes: Mapping[str, str], around: str) -> str:
    """The colour behind the letters of an element; a class could give it any, where one is known around it."""
    found = _BACKGROUND.search(style) if "background" in style else None
    if found:
        return around if found[1] in _NO_BACKGROUND else _plain_colour(found[1]) or _UNKNOWN
    if attributes.get("background"):
        return _UNKNOWN
    if attributes.get("bgcolor"):
        return _plain_colour(attributes["bgcolor"].strip().casefold()) or _UNKNOWN
    return _UNKNOWN if around and "class" in attributes else around


def _plain_colour(colour: str) -> str:
    """A colour as #rrggbb where it is written in numbers, else as it is; a picture or a gradient is unknown."""
    if _HEX_COLOUR.fullmatch(colour):
        return colour if len(colour) == len("#rrggbb") else "#" + "".join(2 * digit for digit in colour[1:])
    if found := _RGB.fullmatch(colour):
        return "#" + "".join(f"{min(255, int(part)):02x}" for part in found.groups())
    if colour == "white":
        return "#ffffff"
    return colour if colour.isalpha() else _UNKNOWN if colour else ""


def _is_lost(colour: str, behind: str) -> bool:
    """Whether letters have the colour of what is behind them."""
    if not colour or colour == _UNKNOWN or behind == _UNKNOWN:
        return False
    return colour in (behind, "transparent") or (_is_pale(colour) and (not behind or _is_pale(behind)))


def _is_pale(colour: str) -> bool:
    return colour.startswith("#") and all(int(colour[at : at + 2], 16) >= _PALE for at in (1, 3, 5))
