"""What an Office file hides from whoever opens it, and what one click shows."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from mailmerge.lint.extract.content import Content, Hidden, Kind
from mailmerge.regex import regex

_VANISH = regex(r"<w:vanish\b(?![^<>]*w:val=[\"'](?:0|false)[\"'])")
_HIDDEN_XML = (
    (regex(r"<sheet\b[^<>]*\bstate=[\"'](?:hidden|veryHidden)[\"']"), Kind.SHEET),
    (regex(r"<row\b[^<>]*\bhidden=[\"'](?:1|true)[\"']"), Kind.ROWS),
    (regex(r"<col\b[^<>]*\bhidden=[\"'](?:1|true)[\"']"), Kind.COLUMNS),
    (regex(r"<w:(?:del|ins|moveFrom|moveTo)\b"), Kind.TRACKED_CHANGES),
    (_VANISH, Kind.TEXT),
    (regex(r"<text:tracked-changes\b[^<>]*>(?!\s*</text:tracked-changes>)\s*<"), Kind.TRACKED_CHANGES),
    (regex(r"<office:annotation\b"), Kind.COMMENTS),
    (
        regex(r"table:(?:visibility=\"(?:collapse|filter)\"|display=\"false\")|text:display=\"none\""),
        Kind.CELLS,
    ),
    (regex(r"<p:sld\b[^<>]*\bshow=[\"'](?:0|false)[\"']"), Kind.SLIDE),
    (
        regex(r"<w:mailMerge\b|<text:database-display\b|<connection\b[^<>]*\b(?:odcFile|sourceFile|name)="),
        Kind.DATA_SOURCE,
    ),
)
_HIDDEN_PARTS = (
    (regex(r"pivotCache/"), Kind.PIVOT_CACHE),
    (regex(r"(?:^|/)(?:comments\d*|threadedComment\d*|commentsExtended)\.xml$|/comments/"), Kind.COMMENTS),
    (regex(r"notesSlides/notesSlide"), Kind.SPEAKER_NOTES),
    (regex(r"/embeddings/"), Kind.EMBEDDED_FILE),
    (regex(r"externalLinks/"), Kind.LINKED_WORKBOOK),
)
_SLIDE_NUMBER = regex(r"<a:fld\b[^<>]*>.{0,1000}?</a:fld>", re.DOTALL)
_SLIDE_TEXT = regex(r"<a:t>([^<]*)</a:t>")
_STYLE = regex(r"<w:style\b[^<>]*w:styleId=[\"']([^\"'<>]+)[\"']")
_PARAGRAPH = regex(r"<text:p\b[^<>/]*>[^<\s]")
_WHITE = regex(r"<w:color\b[^<>]*w:val=[\"'](?:FFFFFF|ffffff)[\"']")
_WHITE_IN_ODF = regex(
    r"<style:style\b[^<>]*style:name=\"([^\"<>]+)\"[^<>]*>\s*<style:text-properties\b[^<>]*fo:color=\"#(?:ffffff|FFFFFF)\"[^<>]*"
)
_TINY = (
    regex(
        r"<w:sz\b[^<>]*w:val=[\"'][1-4][\"'](?:(?!</w:r>|</w:pPr>).){0,4000}<w:t\b[^<>]*>[^<]*\w",
        re.DOTALL,
    ),
    regex(r"<a:rPr\b[^<>]*\bsz=[\"'](?:\d\d?|1\d\d|200)[\"'](?:(?!</a:r>).){0,4000}<a:t>[^<]*\w", re.DOTALL),
)
"""Runs of two points or less with words in them: WordprocessingML counts halves of points, DrawingML hundredths."""
_TINY_IN_ODF = regex(
    r"<style:style\b[^<>]*style:name=\"([^\"<>]+)\"[^<>]*>(?:(?!</style:style>).){0,2000}?"
    r"fo:font-size=\"(?:0?\.\d+|1(?:\.\d+)?|2(?:\.0+)?)pt\"",
    re.DOTALL,
)
_NOTES = "<presentation:notes"
_MOST_XML = 8_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def note_hidden(content: Content, name: str, text: str, styles: str = "") -> None:
    """Note what a part of an Office file hides; ``styles`` are those of the file."""
    for pattern, kind in _HIDDEN_PARTS:
        if pattern.search(name) and not (kind is Kind.SPEAKER_NOTES and _is_bare_slide_number(text)):
            content.hide(Hidden(kind))
    if "styles" in name:
        return
    for pattern, kind in _HIDDEN_XML:
        if pattern.search(text):
            content.hide(Hidden(kind))
    if any(f'"{style}"' in text for style in _hiding_styles(styles)):
        content.hide(Hidden(Kind.TEXT))
    if any(_PARAGRAPH.search(notes.partition("</presentation:notes>")[0]) for notes in text.split(_NOTES)[1:]):
        content.hide(Hidden(Kind.SPEAKER_NOTES))
    if _has_white_text(text, styles):
        content.hide(Hidden(Kind.WHITE_TEXT))
    if any(pattern.search(text) for pattern in _TINY) or _uses_any(text, {f[1] for f in _TINY_IN_ODF.finditer(text)}):
        content.hide(Hidden(Kind.TINY_TEXT))


def _hiding_styles(styles: str) -> list[str]:
    """The styles that hide what has them."""
    hiding = (style for style in styles.split("</w:style>") if _VANISH.search(style))
    return [found[1] for style in hiding if (found := _STYLE.search(style))]


def _is_bare_slide_number(text: str) -> bool:
    """Whether the notes of a slide consist of its number, as PowerPoint makes them."""
    words = "".join(_SLIDE_TEXT.findall(_SLIDE_NUMBER.sub("", text))).strip()
    return "<a:t>" in text and not words.strip("0123456789‹#› ")


def _has_white_text(text: str, styles: str) -> bool:
    """Whether words are white on white; a shaded cell, paragraph, shape or table style may be behind others."""
    if 'behindDoc="1"' in text:
        return False  # a picture is behind the words
    if _WHITE.search(text) and len(text) <= _MOST_XML and "<!" not in text[:2000]:
        try:
            return _is_white(ElementTree.fromstring(text), styles)  # noqa: S314  (declares no entity)
        except ElementTree.ParseError:
            return False
    white = {
        found[1] for found in _WHITE_IN_ODF.finditer(text)
        if "background" not in found.group() and "draw:" not in found.group()
    }  # fmt: skip
    return _uses_any(text, white)


def _uses_any(text: str, styles: set[str]) -> bool:
    """Whether words of an OpenDocument file have one of some styles."""
    return any(
        re.search(rf"<text:(?:span|p|h)\b[^<>]*text:style-name=\"{re.escape(name)}\"[^<>]*>[^<]*\w", text)
        for name in styles
    )


def _is_white(element: ElementTree.Element, styles: str) -> bool:
    """Whether a run below an element is white, with nothing behind it that is not."""
    pending = [element]
    while pending:
        each = pending.pop()
        tag = each.tag.rpartition("}")[2]
        if tag in ("txbxContent", "background") or _is_shaded(each, tag) or (tag == "tbl" and _styled(each, styles)):
            continue
        if tag == "r" and _is_white_run(each):
            return True
        pending += each
    return False


def _styled(table: ElementTree.Element, styles: str) -> bool:
    """Whether the style of a table may shade its cells."""
    return table.find(f"{_W}tblPr/{_W}tblStyle") is not None and "<w:shd" in styles


def _is_shaded(element: ElementTree.Element, tag: str) -> bool:
    """Whether a cell, paragraph or run has a background of its own that is not white."""
    properties = element.find(f"{_W}{tag}Pr") if tag in ("tc", "p", "r") else None
    if properties is None:
        return False
    fills = [shade.get(f"{_W}fill", "") for shade in properties.findall(f"{_W}shd")]
    marked = properties.find(f"{_W}highlight")
    themed = any(shade.get(f"{_W}themeFill") for shade in properties.findall(f"{_W}shd"))
    return themed or marked is not None or any(fill.upper() not in ("", "AUTO", "FFFFFF") for fill in fills)


def _is_white_run(run: ElementTree.Element) -> bool:
    colour = run.find(f"{_W}rPr/{_W}color")
    words = "".join(text.text or "" for text in run.findall(f"{_W}t")).strip()
    return bool(words) and colour is not None and colour.get(f"{_W}val", "").upper() == "FFFFFF"
