"""Texts of LibreOffice (.odt, .fodt parts; OpenDocument 1.3): content.xml to HTML."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from mailmerge.drafts.draft import FIELD_CLOSE, FIELD_OPEN, Lost
from mailmerge.drafts.package import DAMAGED, NOT_THAT, OTHER_PACKAGES, read_package, read_xml
from mailmerge.drafts.page import Page
from mailmerge.drafts.pictures import Pictures
from mailmerge.errors import InputError

_O = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW, _OFFICE, _STYLE, _FO = (
    f"{{{_O}{name}:1.0}}" for name in ("text", "table", "drawing", "office", "style", "xsl-fo-compatible")
)
_HREF = "{http://www.w3.org/1999/xlink}href"
_BLOCKS = {f"{_TEXT}p": "p", f"{_TEXT}list-item": "li", f"{_TABLE}table": "table", f"{_TABLE}table-row": "tr",
           f"{_TABLE}table-cell": "td"}  # fmt: skip
_DROPPED = {f"{_TEXT}tracked-changes": Lost.TRACKED, f"{_OFFICE}annotation": Lost.COMMENTS,
            f"{_OFFICE}annotation-end": None, f"{_TEXT}hidden-text": Lost.HIDDEN, f"{_OFFICE}forms": None,
            f"{_TEXT}sequence-decls": None, f"{_DRAW}object": Lost.OBJECT}  # fmt: skip
_COMPUTED = frozenset(f"{_TEXT}{name}" for name in ("date", "time", "page-number", "conditional-text", "expression"))
_MOST_REPEATED = 20


def read_opendocument(content: bytes, path: Path) -> Page:
    """The text as HTML, its database fields and placeholders between marks.

    Raises:
        InputError: it is damaged, protected, or not a text.
    """
    parts = read_package(content, path)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        from mailmerge.drafts.package import ENCRYPTED

        raise InputError(ENCRYPTED, path=path)
    if "content.xml" not in parts:
        raise InputError(NOT_THAT if parts.keys() & OTHER_PACKAGES else DAMAGED, path=path, suffix=path.suffix)
    document = read_xml(parts["content.xml"], path)
    body = document.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:  # a spreadsheet, or slides
        raise InputError(NOT_THAT, path=path, suffix=path.suffix)
    writer = _Writer(document, parts)
    try:
        text = "".join(writer.inside(body))
    except RecursionError:
        raise InputError(DAMAGED, path=path) from None
    lost = dict(writer.lost)
    if any(name.startswith(("Basic/", "Scripts/")) for name in parts):
        lost[Lost.MACROS] = None
    styles = parts.get("styles.xml", b"")
    if b"<style:header>" in styles or b"<style:footer>" in styles:
        lost[Lost.HEADER_FOOTER] = None
    if writer.pictures.refused:
        lost[Lost.PICTURE] = None
    return Page(text, tuple(lost), pictures=tuple(writer.pictures.kept))


class _Writer:
    def __init__(self, document: ElementTree.Element, parts: dict[str, bytes] | object):
        self.lost: dict[Lost, None] = {}
        self.pictures = Pictures()
        self._parts = parts if isinstance(parts, dict) else {}
        self._styles = {
            style.get(f"{_STYLE}name", ""): properties.attrib
            for style in document.iter(f"{_STYLE}style")
            for properties in style.iter(f"{_STYLE}text-properties")
        }
        self._ordered = {
            style.get(f"{_STYLE}name", "")
            for style in document.iter(f"{_TEXT}list-style")
            if style.find(f"{_TEXT}list-level-style-number") is not None
        }
        if any(each.get(f"{_FO}color", "").lower() == "#ffffff" for each in self._styles.values()):
            self.lost[Lost.WHITE] = None
        if any(f"{_FO}color" in each or f"{_FO}font-family" in each for each in self._styles.values()):
            self.lost[Lost.LOOKS] = None

    def inside(self, element: ElementTree.Element) -> Iterator[str]:
        """The HTML of what is in an element."""
        if element.text:
            yield html.escape(element.text)
        for child in element:
            yield from self._of(child)
            if child.tail:
                yield html.escape(child.tail)

    def _of(self, element: ElementTree.Element) -> Iterator[str]:
        tag = element.tag
        if tag in _DROPPED:
            if lost := _DROPPED[tag]:
                self.lost[lost] = None
        elif tag in _BLOCKS:
            yield f"<{_BLOCKS[tag]}>"
            yield from self._styled(element, element.get(f"{_TEXT}style-name", ""))
            yield f"</{_BLOCKS[tag]}>"
        elif tag == f"{_TEXT}h":
            level = min(6, max(1, _number(element.get(f"{_TEXT}outline-level"), 1)))
            yield f"<h{level}>"
            yield from self.inside(element)
            yield f"</h{level}>"
        elif tag == f"{_TEXT}list":
            name = "ol" if element.get(f"{_TEXT}style-name", "") in self._ordered else "ul"
            yield f"<{name}>"
            yield from self.inside(element)
            yield f"</{name}>"
        elif tag == f"{_TEXT}span":
            yield from self._styled(element, element.get(f"{_TEXT}style-name", ""))
        elif tag == f"{_TEXT}a":
            yield f'<a href="{html.escape(element.get(_HREF, ""))}">'
            yield from self.inside(element)
            yield "</a>"
        elif tag == f"{_TEXT}line-break":
            yield "<br>"
        elif tag in (f"{_TEXT}s", f"{_TEXT}tab"):
            yield " " * min(_MOST_REPEATED, _number(element.get(f"{_TEXT}c"), 1))
        elif tag in (f"{_TEXT}database-display", f"{_TEXT}placeholder", f"{_TEXT}user-field-get"):
            yield self._field(element)
        elif tag == f"{_DRAW}image":
            yield self._picture(element)
        elif tag == f"{_TEXT}note":
            self.lost[Lost.NOTES] = None
            yield from self._note(element)
        else:
            if tag in _COMPUTED:
                self.lost[Lost.CONDITION if tag.endswith("conditional-text") else Lost.OTHER_FIELD] = None
            yield from self.inside(element)

    def _styled(self, element: ElementTree.Element, style: str) -> Iterator[str]:
        properties = self._styles.get(style, {})
        if properties.get(f"{_TEXT}display") == "none":
            self.lost[Lost.HIDDEN] = None
            return
        tags = []
        if properties.get(f"{_FO}font-weight") in ("bold", "600", "700", "800", "900"):
            tags.append("b")
        if properties.get(f"{_FO}font-style") in ("italic", "oblique"):
            tags.append("i")
        if properties.get(f"{_STYLE}text-line-through-style", "none") != "none":
            tags.append("s")
        yield "".join(f"<{tag}>" for tag in tags)
        yield from self.inside(element)
        yield "".join(f"</{tag}>" for tag in reversed(tags))

    def _field(self, element: ElementTree.Element) -> str:
        name = element.get(f"{_TEXT}column-name") or element.get(f"{_TEXT}name") or "".join(element.itertext())
        return f"{FIELD_OPEN}{html.escape(name.strip('<>« »'))}{FIELD_CLOSE}"

    def _picture(self, element: ElementTree.Element) -> str:
        content = self._parts.get(posixpath.normpath(element.get(_HREF, "")))
        name = self.pictures.keep(content) if content else ""
        if not content:
            self.lost[Lost.LINKED_PICTURE] = None
        return f'<img src="{name}">' if name else ""

    def _note(self, element: ElementTree.Element) -> Iterator[str]:
        body = element.find(f"{_TEXT}note-body")
        if body is not None:
            words = " ".join("".join(body.itertext()).split())
            yield f" ({html.escape(words)})"


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else otherwise
