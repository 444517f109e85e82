"""HTML as a browser reads it: one walk through the elements, and one notion of what a reader does not see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from html.parser import HTMLParser
from typing import NamedTuple

from mailmerge.regex import regex

MARK_OPEN, MARK_CLOSE = "\ue000", "\ue001"
"""Around what stands for a value in a text (private use, Unicode 23.5): no text of a letter or a cell keeps them."""

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
"""Elements that have no end (HTML 13.1.2)."""

_HIDING = regex(
    r"display:none|visibility:hidden|visibility:collapse|opacity:0(?:\.0+)?(?:;|$)|font-size:0(?:px|pt|em|%)?(?:;|$)|"
    r"(?:^|;)(?:max-)?(?:height|width):0(?:px)?(?:;|$)|mso-hide:all|text-indent:-\d{3,}|(?:left|top):-\d{3,}|"
    r"clip:rect\(0|clip-path:inset\(50%|line-height:0(?:px)?(?:;|$)"
)
_COLOUR = regex(r"(?:^|;)color:([^;!]+)")
_BACKGROUND = regex(r"(?:^|;)background(?:-color|-image)?:([^;!]+)")
_WHITE = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)"})


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
    background: bool
    """Whether it, or one around it, has a background of its own."""


class HtmlWalker(HtmlReader):
    """Keeps which elements are open, and what hides them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[Element] = []

    @property
    def around(self) -> Element:
        """The innermost element that is open."""
        return self.open[-1] if self.open else Element("", None, background=False)

    def enter(self, tag: str, attributes: Mapping[str, str]) -> Element:
        """An element begins."""
        style = re.sub(r"\s+", "", attributes.get("style", "")).casefold()
        around = self.around
        background = around.background or bool(_BACKGROUND.search(style)) or "bgcolor" in attributes
        hidden = around.hidden or _hidden_by(style, attributes, background=background)
        element = Element(tag, hidden, background)
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


def _hidden_by(style: str, attributes: Mapping[str, str], *, background: bool) -> HiddenBy | None:
    if "hidden" in attributes or _HIDING.search(style):
        return HiddenBy.STYLE
    colour, behind = _COLOUR.search(style), _BACKGROUND.search(style)
    if colour and (behind[1] == colour[1] if behind else colour[1] in _WHITE and not background):
        return HiddenBy.COLOUR
    return None
