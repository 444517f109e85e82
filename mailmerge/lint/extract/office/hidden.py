"""What an Office file hides from whoever opens it, and what one click shows."""

from __future__ import annotations

import re
from functools import lru_cache

from mailmerge.lint.extract.content import Content, Hidden, HiddenKind
from mailmerge.lint.extract.office.unseen import unseen_in
from mailmerge.text.regex import regex

_VANISH = regex(r"<w:vanish\b(?![^<>]*w:val=[\"'](?:0|false)[\"'])")
_HIDDEN_XML = (
    (regex(r"<sheet\b[^<>]*\bstate=[\"'](?:hidden|veryHidden)[\"']"), HiddenKind.SHEET),
    (regex(r"<row\b[^<>]*\bhidden=[\"'](?:1|true)[\"']"), HiddenKind.ROWS),
    (regex(r"<col\b[^<>]*\bhidden=[\"'](?:1|true)[\"']"), HiddenKind.COLUMNS),
    (regex(r"<w:(?:del|ins|moveFrom|moveTo)\b"), HiddenKind.TRACKED_CHANGES),
    (_VANISH, HiddenKind.TEXT),
    (regex(r"<text:tracked-changes\b[^<>]*>(?!\s*</text:tracked-changes>)\s*<"), HiddenKind.TRACKED_CHANGES),
    (regex(r"<office:annotation\b"), HiddenKind.COMMENTS),
    (
        regex(r"table:(?:visibility=\"(?:collapse|filter)\"|display=\"false\")|text:display=\"none\""),
        HiddenKind.CELLS,
    ),
    (regex(r"<p:sld\b[^<>]*\bshow=[\"'](?:0|false)[\"']"), HiddenKind.SLIDE),
    (
        regex(r"<w:mailMerge\b|<text:database-display\b|<connection\b[^<>]*\b(?:odcFile|sourceFile|name)="),
        HiddenKind.DATA_SOURCE,
    ),
)
_HIDDEN_PARTS = (
    (regex(r"pivotCache/"), HiddenKind.PIVOT_CACHE),
    (regex(r"(?:^|/)(?:comments\d*|threadedComment\d*|commentsExtended)\.xml$|/comments/"), HiddenKind.COMMENTS),
    (regex(r"notesSlides/notesSlide"), HiddenKind.SPEAKER_NOTES),
    (regex(r"/embeddings/"), HiddenKind.EMBEDDED_FILE),
    (regex(r"externalLinks/"), HiddenKind.LINKED_WORKBOOK),
)
_SLIDE_NUMBER = regex(r"<a:fld\b[^<>]*>.{0,1000}?</a:fld>", re.DOTALL)
_SLIDE_TEXT = regex(r"<a:t>([^<]*)</a:t>")
_STYLE = regex(r"<w:style\b[^<>]*w:styleId=[\"']([^\"'<>]+)[\"']")
_VALUE = regex(r"\bw:val=\"([^\"<>]*)\"")
_PARAGRAPH = regex(r"<text:p\b[^<>/]*>[^<\s]")
_NOTES = "<presentation:notes"


def note_hidden(content: Content, name: str, text: str, styles: str = "") -> None:
    """Note what a part of an Office file hides; ``styles`` are those of the file."""
    for pattern, kind in _HIDDEN_PARTS:
        if pattern.search(name) and not (kind is HiddenKind.SPEAKER_NOTES and _is_bare_slide_number(text)):
            content.hide(Hidden(kind))
    if "styles" in name:
        return
    for pattern, kind in _HIDDEN_XML:
        if pattern.search(text):
            content.hide(Hidden(kind))
    hiding = _hiding_styles(styles)
    if hiding and not hiding.isdisjoint(_VALUE.findall(text)):
        content.hide(Hidden(HiddenKind.TEXT))
    if any(_PARAGRAPH.search(notes.partition("</presentation:notes>")[0]) for notes in text.split(_NOTES)[1:]):
        content.hide(Hidden(HiddenKind.SPEAKER_NOTES))
    for kind in unseen_in(text, styles):
        content.hide(Hidden(kind))


@lru_cache(maxsize=1)
def _hiding_styles(styles: str) -> frozenset[str]:
    """The styles that hide what has them."""
    hiding = (style for style in styles.split("</w:style>") if _VANISH.search(style))
    return frozenset(found[1] for style in hiding if (found := _STYLE.search(style)))


def _is_bare_slide_number(text: str) -> bool:
    """Whether the notes of a slide consist of its number, as PowerPoint makes them."""
    words = "".join(_SLIDE_TEXT.findall(_SLIDE_NUMBER.sub("", text))).strip()
    return "<a:t>" in text and not words.strip("0123456789‹#› ")
