"""Texts of LibreOffice (.odt, .fodt parts; OpenDocument 1.3): content.xml to HTML."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from mailmerge.drafts.draft import FIELD_CLOSE, FIELD_OPEN, Lost, tag
from mailmerge.drafts.package import DAMAGED, NOT_THAT, OTHER_PACKAGES, read_package, read_xml
from mailmerge.drafts.page import DraftPage
from mailmerge.drafts.pictures import Pictures
from mailmerge.errors import InputError
from mailmerge.text.regex import regex

_O = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW, _OFFICE, _STYLE, _FO = (
    f"{{{_O}{name}:1.0}}" for name in ("text", "table", "drawing", "office", "style", "xsl-fo-compatible")
)
_HREF = "{http://www.w3.org/1999/xlink}href"
_BLOCKS = {f"{_TEXT}p": "p", f"{_TEXT}list-item": "li", f"{_TABLE}table": "table", f"{_TABLE}table-row": "tr",
           f"{_TABLE}table-cell": "td"}  # fmt: skip
_DROPPED = {f"{_TEXT}tracked-changes": Lost.TRACKED, f"{_OFFICE}annotation": Lost.COMMENTS,
            f"{_OFFICE}annotation-end": None, f"{_OFFICE}forms": None,
            f"{_TEXT}sequence-decls": None, f"{_TEXT}ruby-text": None, f"{_DRAW}object": Lost.OBJECT,
            f"{_TEXT}database-next": Lost.STEPS, f"{_TEXT}database-row-select": Lost.STEPS}  # fmt: skip
_COMPUTED = frozenset(
    f"{_TEXT}{name}"
    for name in (
        "page-number", "page-count", "expression", "variable-get", "text-input", "author-name", "author-initials",
        "file-name", "sheet-name",
    )
)  # fmt: skip
_TODAY = frozenset(f"{_TEXT}{name}" for name in ("date", "time", "creation-date", "modification-date", "print-date"))
_HIDING = frozenset((f"{_TEXT}hidden-paragraph", f"{_TEXT}section"))
_CONDITION = regex(
    r"ooow:\s*\(?\s*\[?(?P<name>[^\[\]\"=!<>()]+?)\]?\s*(?P<sign>==|!=|<=|>=|<|>|\b(?:EQ|NEQ|LEQ|GEQ|L|G)\b)\s*"
    r"(?P<text>\"[^\"\\]*\"|-?\d+(?:[.,]\d+)?)\s*\)?\s*",
    re.IGNORECASE,
)
_SIGNS = {"EQ": "==", "NEQ": "!=", "L": "<", "G": ">", "LEQ": "<=", "GEQ": ">="}
_MOST_REPEATED = 20


def read_opendocument(content: bytes, path: Path) -> DraftPage:
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
    common = [read_xml(parts["styles.xml"], path)] if "styles.xml" in parts else []
    writer = _Writer(document, parts, *common)
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
    languages = [each for root in (document, *common) for each in _languages(root)]
    return DraftPage(text, tuple(lost), pictures=tuple(writer.pictures.kept), languages=tuple(languages))


def _languages(root: ElementTree.Element) -> Iterator[str]:
    """The languages that its styles name."""
    for properties in root.iter(f"{_STYLE}text-properties"):
        language, country = properties.get(f"{_FO}language", ""), properties.get(f"{_FO}country", "none")
        yield language if country == "none" else f"{language}-{country}"


class _Writer:
    def __init__(self, document: ElementTree.Element, parts: dict[str, bytes] | object, *common: ElementTree.Element):
        self.lost: dict[Lost, None] = {}
        self.pictures = Pictures()
        self._parts = parts if isinstance(parts, dict) else {}
        self._styles = {
            style.get(f"{_STYLE}name", ""): properties.attrib
            for style in document.iter(f"{_STYLE}style")
            for properties in style.iter(f"{_STYLE}text-properties")
        }
        if any(each.get(f"{_FO}color", "").lower() == "#ffffff" for each in self._styles.values()):
            self.lost[Lost.WHITE] = None
        if any(f"{_FO}color" in each or f"{_FO}font-family" in each for each in self._styles.values()):
            self.lost[Lost.LOOKS] = None
        self._levels: dict[str, dict[int, int]] = {}
        """The first number of each numbered level of a list style."""
        self._lists: list[str] = []
        """The styles of the lists that are open."""
        self._counted: dict[tuple[str, int], int] = {}
        for root in (document, *common):
            self._read_levels(root)
        for style in (style for root in common for style in root.iter(f"{_STYLE}style")):
            if style.get(f"{_STYLE}family") == "text":
                for properties in style.iter(f"{_STYLE}text-properties"):
                    self._styles.setdefault(style.get(f"{_STYLE}name", ""), properties.attrib)

    def _read_levels(self, root: ElementTree.Element) -> None:
        for style in root.iter(f"{_TEXT}list-style"):
            self._levels[style.get(f"{_STYLE}name", "")] = {
                _number(level.get(f"{_TEXT}level"), 1): _number(level.get(f"{_TEXT}start-value"), 1)
                for level in style.iter(f"{_TEXT}list-level-style-number")
                if level.get(f"{_STYLE}num-format", "1")
            }

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
            yield from self._list(element)
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
        elif tag in (f"{_TEXT}conditional-text", f"{_TEXT}hidden-text"):
            yield self._conditional(element)
        elif tag == f"{_TEXT}database-row-number":
            self.lost[Lost.CALCULATION] = None
            yield f"{FIELD_OPEN}RowNumber{FIELD_CLOSE}"
        else:
            if tag in _TODAY and element.get(f"{_TEXT}fixed") != "true":
                self.lost[Lost.TODAY] = None
            elif tag in _COMPUTED:
                self.lost[Lost.OTHER_FIELD] = None
            elif tag in _HIDING and element.get(f"{_TEXT}condition"):
                self.lost[Lost.CONDITION] = None
            yield from self.inside(element)

    def _list(self, element: ElementTree.Element) -> Iterator[str]:
        """A list with its numbers: they go on where it goes on with an earlier one."""
        style = element.get(f"{_TEXT}style-name") or (self._lists[-1] if self._lists else "")
        self._lists.append(style)
        level = len(self._lists)
        first = self._levels.get(style, {}).get(level)
        if first is None:
            yield "<ul>"
            yield from self.inside(element)
            yield "</ul>"
        else:
            goes_on = element.get(f"{_TEXT}continue-numbering") == "true" or element.get(f"{_TEXT}continue-list")
            start = self._counted.get((style, level), first) if goes_on else first
            self._counted[style, level] = start + len(element.findall(f"{_TEXT}list-item"))
            yield f'<ol start="{start}">'
            yield from self.inside(element)
            yield "</ol>"
        self._lists.pop()

    def _conditional(self, element: ElementTree.Element) -> str:
        """A text that depends on a field as a condition of a letter; what was shown was right for one person."""
        value = element.get(f"{_TEXT}string-value", "")
        then, otherwise = (element.get(f"{_TEXT}string-value-if-{kind}", "") for kind in ("true", "false"))
        if element.tag == f"{_TEXT}hidden-text":
            then, otherwise = "", value
        condition = _condition(element.get(f"{_TEXT}condition", ""))
        if not condition or not (then or otherwise):
            self.lost[Lost.CONDITION] = None
            return f"{FIELD_OPEN}Condition{FIELD_CLOSE}"
        if not then:
            condition, then, otherwise = f"not ({condition})", otherwise, ""
        pieces = [tag(f"if {condition}"), html.escape(then)]
        pieces += [tag("else"), html.escape(otherwise)] if otherwise else []
        return "".join([*pieces, tag("endif")])

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
            words = " ".join(re.sub(r"<[^<>]*>", " ", "".join(self.inside(body))).split())
            yield f" ({words})"


def _condition(written: str) -> str:
    """A comparison of LibreOffice as one of a letter; ``""`` for any other condition."""
    found = _CONDITION.fullmatch(written)
    if found is None:
        return ""
    name, text = found["name"].strip().rpartition(".")[2], found["text"]
    sign = _SIGNS.get(found["sign"].upper(), found["sign"])
    mark = f"{FIELD_OPEN}{html.escape(name)}{FIELD_CLOSE}"
    if sign in ("==", "!="):
        if text == '""':
            return f"not {mark}" if sign == "==" else mark
        quoted = text if text.startswith('"') else f'"{text}"'
        return f"{mark} {sign} {html.escape(quoted)}"
    text = text.strip('"').replace(",", ".")
    return f"{mark}|float {html.escape(sign)} {text}" if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else ""


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else otherwise
