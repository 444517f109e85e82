"""What an Office file hides from whoever opens it, and what one click shows."""

from __future__ import annotations

import re

from mailmerge.lint.extract.content import Content, Hidden, Kind
from mailmerge.lint.extract.office_unseen import unseen_in
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
_NOTES = "<presentation:notes"


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
    for kind in unseen_in(text, styles):
        content.hide(Hidden(kind))


def _hiding_styles(styles: str) -> list[str]:
    """The styles that hide what has them."""
    hiding = (style for style in styles.split("</w:style>") if _VANISH.search(style))
    return [found[1] for style in hiding if (found := _STYLE.search(style))]


def _is_bare_slide_number(text: str) -> bool:
    """Whether the notes of a slide consist of its number, as PowerPoint makes them."""
    words = "".join(_SLIDE_TEXT.findall(_SLIDE_NUMBER.sub("", text))).strip()
    return "<a:t>" in text and not words.strip("0123456789‹#› ")
