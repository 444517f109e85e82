"""Words of a presentation that nobody sees: white where nothing but white is behind, in a shape that is hidden, or
beside the slide.

A dark slide, a picture or a filled shape may be behind words anywhere, so white is told of only where none is. What a
slide does not say of its letters, its layout says, then its master (ECMA-376 part 1, 19.3.1.36 and 21.1.2.4).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from mailmerge.lint.extract.content import HiddenKind
from mailmerge.text.regex import regex

_WHITE = (
    r"(?:<a:srgbClr\b[^<>]*\bval=[\"'](?:[Ff][0-9A-Fa-f]){3}[\"']\s*/>"
    r"|<a:schemeClr\b[^<>]*\bval=[\"'](?:bg1|lt1)[\"']\s*/>)"
)
_WHITE_LETTERS = regex(
    rf"<a:(?:rPr|defRPr)\b[^<>]*(?<!/)>\s*(?:<a:ln\b(?:(?!</?a:ln\b).)*</a:ln>\s*)?<a:solidFill>\s*{_WHITE}", re.DOTALL
)
_COLOURED = regex(
    r"<a:(rPr|defRPr)\b[^<>]*(?<!/)>(?:(?!</?a:\1\b).)*<a:(?:solidFill|gradFill|blipFill|pattFill|hlinkClick)\b",
    re.DOTALL,
)
_LINE = regex(r"<a:ln\b[^<>]*/>|<a:ln\b(?:(?!</?a:ln\b).)*</a:ln>", re.DOTALL)
_FILLED = regex(r"<p:spPr\b[^<>]*(?<!/)>(?:(?!</?p:spPr\b).)*<a:(?:solid|grad|blip|patt)Fill\b", re.DOTALL)
_BEHIND = regex(
    r"<p:pic\b|<a:blipFill\b|<p:graphicFrame\b|<p:style\b|<p:cxnSp\b|<a:overrideClrMapping\b|<mc:AlternateContent\b"
)
_GROUND = regex(r"<p:bg\b(?:(?!</?p:bg\b).)*</p:bg>", re.DOTALL)
_WHITE_GROUND = regex(rf"<p:bg>\s*<p:bg(?:Ref|Pr)\b[^<>]*>\s*(?:<a:solidFill>\s*)?{_WHITE}", re.DOTALL)
_MAPPED = regex(r"<p:clrMap\b[^<>]*\bbg1=[\"'](?!lt1)")
_DARK_THEME = regex(r"<a:lt1>\s*<a:(?:srgbClr\b[^<>]*\bval|sysClr\b[^<>]*\blastClr)=[\"'](?!(?:[Ff][0-9A-Fa-f]){3})")
_LIST_STYLE = regex(r"<a:lstStyle\b[^<>]*(?<!/)>(?:(?!</?a:lstStyle\b).)*</a:lstStyle>", re.DOTALL)
_WORDS = regex(r"<a:t>[^<]*\w")
_HIDDEN = regex(r"<p:cNvPr\b[^<>]*\bhidden=[\"'](?:1|true)[\"']")
_PLACEHOLDER = regex(r"<p:ph\b([^<>]*)>")
_ATTRIBUTE = regex(r"\b(type|idx|Target)=[\"']([^\"']*)[\"']")
_LEVEL = regex(r"<a:pPr\b[^<>]*\blvl=[\"']([1-8])[\"']")
_LEVEL_ENDS = regex(r"</a:(?:lvl[1-9]pPr|defPPr)>")
_LEVEL_BEGINS = regex(r"<a:(?:lvl([1-9])pPr|defPPr)\b[^<>]*(?<!/)>")
_STYLES = {"title": "titleStyle", "body": "bodyStyle", "other": "otherStyle"}
_RELATED = regex(r"<Relationship\b([^<>]*)>")
_SIZE = regex(r"<p:sldSz\b(?=[^<>]*\bcx=[\"'](\d+)[\"'])(?=[^<>]*\bcy=[\"'](\d+)[\"'])")
_PLACE = regex(
    r"<p:spPr\b[^<>]*>\s*<a:xfrm\b[^<>]*>\s*<a:off\b(?=[^<>]*\bx=[\"'](-?\d+)[\"'])(?=[^<>]*\by=[\"'](-?\d+)[\"'])[^<>]*>"
    r"\s*<a:ext\b(?=[^<>]*\bcx=[\"'](\d+)[\"'])(?=[^<>]*\bcy=[\"'](\d+)[\"'])"
)
_MOVES = regex(r"<p:animMotion\b")
_TITLES = ("title", "ctrTitle")
_OTHERS = ("dt", "ftr", "sldNum", "hdr")

Levels = Mapping[int, bool]
"""Whether letters are white at the levels of an outline, counted from 1; 0 for every level that is not named."""


class _Placeholder(Struct, frozen=True):
    """What of a slide is in the place, and in the look, of something in its layout."""

    type: str
    index: str

    @property
    def style(self) -> str:
        """The style of the master that it has."""
        return "title" if self.type in _TITLES else "other" if self.type in _OTHERS else "body"


class _Below(Struct, frozen=True, dict=True):
    """One layout, or one master."""

    text: str

    @cached_property
    def is_bare(self) -> bool:
        """Whether nothing but white is in it."""
        return _is_bare(self.text) and not _MAPPED.search(self.text)

    @cached_property
    def looks(self) -> Sequence[tuple[_Placeholder, Levels]]:
        """What each of its placeholders says of letters."""
        found = ((_placeholder(shape), shape) for shape in _shapes(self.text))
        return [(place, _levels_of(shape)) for place, shape in found if place is not None]

    @cached_property
    def styles(self) -> Mapping[str, Levels]:
        """What a master says of titles, of bodies, and of the rest."""
        return {
            kind: _levels(self.text.partition(f"<p:{element}>")[2].partition(f"</p:{element}>")[0])
            for kind, element in _STYLES.items()
        }


class Presentation:
    """What is behind the words of all slides."""

    def __init__(self, parts: Mapping[str, str]):
        self._parts = parts
        self._below = {
            name: _Below(text)
            for name, text in parts.items()
            if name.startswith(("ppt/slideLayouts/", "ppt/slideMasters/")) and name.endswith(".xml")
        }
        themes = [text for name, text in parts.items() if name.startswith("ppt/theme/")]
        self._is_white = not any(map(_DARK_THEME.search, themes))
        size = _SIZE.search(parts.get("ppt/presentation.xml", ""))
        self._size = (int(size[1]), int(size[2])) if size else None

    def unseen_in(self, name: str, slide: str) -> Iterator[HiddenKind]:
        """What words of a slide are not seen for."""
        shapes = list(_shapes(slide))
        if any(_HIDDEN.search(shape) and _WORDS.search(shape) for shape in shapes):
            yield HiddenKind.TEXT
        if self._size is not None and not _MOVES.search(slide) and any(map(self._is_beside, _ungrouped(slide))):
            yield HiddenKind.UNSEEN_TEXT
        below = self._below_slide(name)
        if not self._is_white or not _is_bare(slide) or not all(each.is_bare for each in below):
            return
        if any(_has_white_words(shape, below) for shape in shapes):
            yield HiddenKind.WHITE_TEXT

    def _below_slide(self, name: str) -> list[_Below]:
        """The layout and the master of a slide; all there are where it does not say which."""
        layout = self._related(name, "slideLayouts/")
        master = self._related(layout, "slideMasters/") if layout else ""
        return [self._below[layout], self._below[master]] if master else list(self._below.values())

    def _related(self, name: str, folder: str) -> str:
        """The layout or master that a part refers to."""
        inside, file = posixpath.split(name)
        for found in _RELATED.finditer(self._parts.get(f"{inside}/_rels/{file}.rels", "")):
            target = dict(_ATTRIBUTE.findall(found[1])).get("Target", "")
            path = posixpath.normpath(posixpath.join("/", inside, target)).lstrip("/")
            if f"/{folder}" in f"/{path}" and path in self._below:
                return path
        return ""

    def _is_beside(self, shape: str) -> bool:
        """Whether a shape with words is off the slide, on one side of it."""
        place = _PLACE.search(shape)
        if place is None or self._size is None or not _WORDS.search(shape):
            return False
        x, y, width, height = map(int, place.groups())
        return x >= self._size[0] or y >= self._size[1] or x + width <= 0 or y + height <= 0


def _shapes(part: str) -> Iterator[str]:
    for shape in part.split("</p:sp>")[:-1]:
        yield shape[shape.rfind("<p:sp>") + 1 :]


def _ungrouped(slide: str) -> Iterator[str]:
    """The shapes that are in no group, which has measures of its own."""
    groups = 0
    for shape in slide.split("</p:sp>")[:-1]:
        groups += shape.count("<p:grpSp>") - shape.count("</p:grpSp>")
        if not groups:
            yield shape[shape.rfind("<p:sp>") + 1 :]


def _placeholder(shape: str) -> _Placeholder | None:
    found = _PLACEHOLDER.search(shape)
    if found is None:
        return None
    given = dict(_ATTRIBUTE.findall(found[1]))
    return _Placeholder(given.get("type", "obj"), given.get("idx", "0"))


def _is_bare(part: str) -> bool:
    """Whether nothing but a white ground is behind the words of a slide or a layout."""
    ground = _GROUND.search(part)
    if ground is not None and not _WHITE_GROUND.match(ground.group()):
        return False
    return not _BEHIND.search(part) and not _FILLED.search(_LINE.sub("", part))


def _levels(styles: str) -> dict[int, bool]:
    found: dict[int, bool] = {}
    for style in _LEVEL_ENDS.split(styles)[:-1]:
        if (begins := _LEVEL_BEGINS.search(style)) and _COLOURED.search(_LINE.sub("", style)):
            found[int(begins[1] or 0)] = _WHITE_LETTERS.search(style) is not None
    return found


def _levels_of(shape: str) -> dict[int, bool]:
    styles = _LIST_STYLE.search(shape)
    return {} if styles is None else _levels(styles.group())


def _inherited(place: _Placeholder, below: Sequence[_Below]) -> Iterator[Levels]:
    """What layout and master say of a placeholder's letters, the nearest first."""
    for part in below:
        by_index = [levels for other, levels in part.looks if other.index == place.index != "0"]
        by_type = [levels for other, levels in part.looks if other.style == place.style]
        yield from (by_index or by_type)[:1]
    for part in below:
        yield part.styles.get(place.style, {})


def _has_white_words(shape: str, below: Sequence[_Below]) -> bool:
    place = _placeholder(shape)
    looks = [_levels_of(shape), *(_inherited(place, below) if place is not None else ())]
    for paragraph in _LIST_STYLE.sub("", shape).split("</a:p>"):
        said = _LEVEL.search(paragraph)
        level = int(said[1]) + 1 if said else 1
        given = (look.get(level, look.get(0)) for look in looks)
        is_white = next((white for white in given if white is not None), False)
        runs = (run[run.rfind("<a:r>") + 1 :] for run in paragraph.split("</a:r>"))
        if any(
            _WORDS.search(run) and (_WHITE_LETTERS.search(run) if _COLOURED.search(_LINE.sub("", run)) else is_white)
            for run in runs
        ):
            return True
    return False
