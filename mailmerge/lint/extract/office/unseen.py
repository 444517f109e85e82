"""Words of an Office file that are there and that nobody sees: white on white, or as small as a dot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.etree import ElementTree

from msgspec import Struct

from mailmerge.lint.extract.content import HiddenKind
from mailmerge.lint.extract.office.sheets_unseen import has_words_by_default
from mailmerge.text.regex import regex

_PALE = r"(?:[Ff][0-9A-Fa-f]){3}"
"""A colour that nobody tells from white."""
_SMALLEST = 3
"""Points up to which nobody reads letters; the smallest print of contracts has four."""
_NARROWEST = 10
"""Per cent of their width up to which nobody reads letters."""
_MAY_BE_WORD = regex(
    rf"<w:color\b[^<>]*(?:w:val=[\"']{_PALE}[\"']|themeColor=[\"'](?:background|bg|light)1[\"'])"
    r"|<w:sz\b[^<>]*w:val=[\"'][0-6][\"']|<w:w\b[^<>]*w:val=[\"'](?:\d|10)%?[\"']"
)
_RUN_ON_SLIDE = regex(r"<a:rPr\b[^<>]*")
_TINY_ON_SLIDE = regex(r"\bsz=[\"'](?:[12]?\d{1,2}|300)[\"']")
_WORDS_ON_SLIDE = regex(r"<a:t>[^<]*\w")
_ODF_STYLE = regex(r"<style:style\b[^<>]*style:name=\"([^\"<>]+)\"[^<>]*(?<!/)>(?:(?!</?style:style\b).)*", re.DOTALL)
_ODF_WHITE = regex(rf"fo:color=\"#{_PALE}\"")
_ODF_TINY = regex(r"fo:font-size=\"(?:[0-2](?:\.\d+)?|3(?:\.0+)?)pt\"")
_ODF_WORDS = regex(
    r"<text:(?:span|p|h)\b[^<>]*\btext:style-name=\"([^\"<>]+)\"[^<>]*>[^<]*\w"
    r"|<table:table-cell\b[^<>]*\btable:style-name=\"([^\"<>]+)\"[^<>]*>(?=\s*<text:p>[^<]*\w)"
)
"""Words in a style: of letters, of a paragraph, or of the cell of a table."""
_STYLE_ID = regex(r"w:styleId=[\"']([^\"'<>]+)[\"']")
_BASED_ON = regex(r"<w:basedOn\b[^<>]*w:val=[\"']([^\"'<>]+)[\"']")
MOST_XML = 20_000_000
"""Characters of a part that is looked at as a tree."""
_DEEPEST = 30
"""Styles that one is based on, one behind the other."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_THEME_WHITE = frozenset({"background1", "bg1", "light1"})


class _Look(Struct, frozen=True):
    """What a run or a style says of its letters; None where it leaves that to others."""

    white: bool | None = None
    tiny: bool | None = None

    def over(self, other: _Look) -> _Look:
        """This look, and the other one's for what it leaves open."""
        return _Look(other.white if self.white is None else self.white, other.tiny if self.tiny is None else self.tiny)


_PLAIN = _Look()


def unseen_in(text: str, styles: str = "") -> Iterator[HiddenKind]:
    """What words of a part are not seen for; ``styles`` are those of the file."""
    if "<a:rPr" in text and any(map(_is_tiny_run, text.split("</a:r>"))):
        yield HiddenKind.TINY_TEXT
    if "<style:style" in text:
        yield from _unseen_in_odf(text)
    if "<w:r" not in text or 'behindDoc="1"' in text:  # a picture is behind the words
        return
    if not (_MAY_BE_WORD.search(text) or _MAY_BE_WORD.search(styles)):
        return
    if len(text) > MOST_XML or "<!DOCTYPE" in text:  # each is told
        return
    try:
        page = ElementTree.fromstring(text)  # noqa: S314  (declares no entity)
    except ElementTree.ParseError:
        return
    yield from dict.fromkeys(_unseen_below(page, styles))


def _is_tiny_run(run: str) -> bool:
    """Whether the last run of a piece of a slide has words in letters that nobody reads."""
    run = run[run.rfind("<a:r>") + 1 :]
    properties = _RUN_ON_SLIDE.search(run)
    return properties is not None and bool(_TINY_ON_SLIDE.search(properties[0]) and _WORDS_ON_SLIDE.search(run))


def _unseen_in_odf(text: str) -> Iterator[HiddenKind]:
    for pattern, kind in ((_ODF_WHITE, HiddenKind.WHITE_TEXT), (_ODF_TINY, HiddenKind.TINY_TEXT)):
        if not pattern.search(text):
            continue
        names = {
            found[1]
            for found in _ODF_STYLE.finditer(text)
            if pattern.search(found.group()) and "draw:" not in found.group() and not _has_background(found.group())
        }
        used = {found[1] or found[2] for found in _ODF_WORDS.finditer(text)}
        if not names.isdisjoint(used) or has_words_by_default(text, names):
            yield kind


def _has_background(style: str) -> bool:
    return "background" in style.replace('fo:background-color="transparent"', "")


def _unseen_below(page: ElementTree.Element, styles: str) -> Iterator[HiddenKind]:
    """What runs below an element are white for, with nothing behind them that is not, or tiny."""
    looks = _looks_of_styles(styles)
    shades = "<w:shd" in styles
    pending = [(page, False, _PLAIN)]
    while pending:
        each, covered, look = pending.pop()
        tag = each.tag.rpartition("}")[2]
        if tag == "background":
            continue
        covered = (
            covered or tag == "txbxContent" or _is_shaded(each, tag) or (tag == "tbl" and shades and _styled(each))
        )
        if tag == "p":
            look = _look_of_style(each, "pStyle", looks)
        elif tag == "r":
            yield from _of_run(each, look, looks, covered=covered)
            pending += ((inner, True, _PLAIN) for inner in each.findall(f".//{_W}p"))  # of a text box
            continue
        pending += ((inner, covered, look) for inner in each)


def _of_run(
    run: ElementTree.Element, look: _Look, looks: Mapping[str, _Look], *, covered: bool
) -> Iterator[HiddenKind]:
    words = "".join(text.text or "" for text in run.findall(f"{_W}t"))
    if not any(map(str.isalnum, words)):
        return
    properties = run.find(f"{_W}rPr")
    own = _PLAIN if properties is None else _look_of(properties)
    look = own.over(_look_of_style(run, "rStyle", looks)).over(look)
    if look.white and not covered and not _is_shaded(run, "r"):
        yield HiddenKind.WHITE_TEXT
    if look.tiny:
        yield HiddenKind.TINY_TEXT


def _look_of(properties: ElementTree.Element) -> _Look:
    colour, size, width = (properties.find(f"{_W}{name}") for name in ("color", "sz", "w"))
    white = None if colour is None else _is_white(colour)
    tiny = None if size is None else _number(size) <= 2 * _SMALLEST
    if width is not None and _number(width) <= _NARROWEST:
        tiny = True
    return _Look(white, tiny)


def _is_white(colour: ElementTree.Element) -> bool:
    value = colour.get(f"{_W}val", "")
    if re.fullmatch(_PALE, value):
        return True
    is_themed = colour.get(f"{_W}themeColor", "") in _THEME_WHITE
    return is_themed and value.casefold() in ("", "auto") and colour.get(f"{_W}themeShade") is None


def _number(element: ElementTree.Element) -> float:
    try:
        return float(element.get(f"{_W}val", "").rstrip("%"))
    except ValueError:
        return 100.0


def _look_of_style(element: ElementTree.Element, name: str, looks: Mapping[str, _Look]) -> _Look:
    holder = "pPr" if name == "pStyle" else "rPr"
    style = element.find(f"{_W}{holder}/{_W}{name}")
    return _PLAIN if style is None else looks.get(style.get(f"{_W}val", ""), _PLAIN)


@lru_cache(maxsize=1)
def _looks_of_styles(styles: str) -> dict[str, _Look]:
    """What each style says, with those that it is based on; each part of a file asks for the same."""
    if not _MAY_BE_WORD.search(styles) or len(styles) > MOST_XML:
        return {}
    own: dict[str, _Look] = {}
    parents: dict[str, str] = {}
    for whole_style in styles.split("</w:style>"):
        style = whole_style[whole_style.rfind("<w:style ") :]
        if (name := _STYLE_ID.search(style)) is None:
            continue
        own[name[1]] = _written_look(style)
        if parent := _BASED_ON.search(style):
            parents[name[1]] = parent[1]
    looks: dict[str, _Look] = {}
    for identifier, look in own.items():
        whole, parent_name = look, parents.get(identifier, "")
        for _ in range(_DEEPEST):
            if parent_name not in own:
                break
            whole, parent_name = whole.over(own[parent_name]), parents.get(parent_name, "")
        looks[identifier] = whole
    return looks


def _written_look(style: str) -> _Look:
    """The look that the XML of one style gives; a style that shades what has it, is seen."""
    inner = style.partition("<w:rPr")[2]
    try:
        properties = ElementTree.fromstring(  # noqa: S314  (one element of a part that declares no entity)
            f'<w:rPr xmlns:w="{_W[1:-1]}"{inner.partition("</w:rPr>")[0]}</w:rPr>'
        )
    except ElementTree.ParseError:
        return _PLAIN
    look = _look_of(properties)
    return _Look(white=False, tiny=look.tiny) if look.white and "<w:shd" in style else look


def _styled(table: ElementTree.Element) -> bool:
    """Whether a table has a style, which may shade its cells."""
    return table.find(f"{_W}tblPr/{_W}tblStyle") is not None


def _is_shaded(element: ElementTree.Element, tag: str) -> bool:
    """Whether a cell, paragraph or run has a background of its own that is not white."""
    properties = element.find(f"{_W}{tag}Pr") if tag in ("tc", "p", "r") else None
    if properties is None:
        return False
    fills = [shade.get(f"{_W}fill", "") for shade in properties.findall(f"{_W}shd")]
    marked = properties.find(f"{_W}highlight")
    themed = any(shade.get(f"{_W}themeFill") for shade in properties.findall(f"{_W}shd"))
    return themed or marked is not None or any(fill.upper() not in ("", "AUTO", "FFFFFF") for fill in fills)
