"""Office files (ECMA-376, ISO/IEC 26300): every part as text, with the place that a person knows it by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from mailmerge.lint.extract.content import MOST_TEXT, Hidden, Part
from mailmerge.lint.extract.name_fields import names_in_fields
from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.lint.extract.office.cells import rows_of, shared_strings
from mailmerge.lint.extract.office.hidden import note_hidden
from mailmerge.lint.extract.office.slides_unseen import Presentation
from mailmerge.lint.extract.office.unseen import MOST_XML
from mailmerge.lint.extract.office.workbook_unseen import Workbook
from mailmerge.lint.extract.readings import decode
from mailmerge.lint.extract.source import Source
from mailmerge.text.regex import regex

_PARTS = (
    (regex(r"(?:^|/)(?:comments|commentAuthors|threadedComment|persons?/|people\.xml)|/comments/"), Part.COMMENT),
    (regex(r"notes(?:Slides|Masters)/"), Part.SPEAKER_NOTES),
    (regex(r"/(?:foot|end)notes"), Part.NOTE),
    (regex(r"/(?:header|footer)\d*\."), Part.HEADER),
    (regex(r"/pivot(?:Cache|Tables)/"), Part.PIVOT),
    (regex(r"/externalLinks/"), Part.EXTERNAL),
    (regex(r"\.rels$"), Part.LINK),
    (regex(r"^docProps/|(?:^|/)meta\.xml$|^custom"), Part.PROPERTIES),
    (regex(r"^xl/workbook\.xml$"), Part.SHEET),
    (regex(r"^xl/(?:worksheets/|tables/|sharedStrings|drawings/)"), Part.CELLS),
    (regex(r"^ppt/slides/"), Part.SLIDE),
    (regex(r"^word/document\.xml$|(?:^|/)content\.xml$"), Part.TEXT),
)
"""Where in an Office file a person finds a part, by its name."""
_SHOWN_BY_ATTRIBUTES = {Part.COMMENT, Part.LINK, Part.PROPERTIES, Part.SHEET}
"""Parts that show their attributes to a reader: who wrote a comment, what a sheet is called."""
_XML = (".xml", ".rels", ".vml", ".rdf", ".fpage")
_PRINTED = regex(r"\bUnicodeString=\"([^\"<>]*)\"")
"""What a page of XPS (ECMA-388) shows: often a word at a time."""
_DATA = regex(r"^customXml/")
_CDATA = regex(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_NOT_XML = regex(r"<!--(.*?)(?:-->|\Z)|<\?(?!xml\s)(.*?)(?:\?>|\Z)", re.DOTALL)
"""Comments, and instructions to programs."""
_MEDIA = regex(r"/media/|^Pictures/|^Thumbnails/|thumbnail\.|\.(?:png|jpe?g|gif|tiff?|webp|svg)$", re.IGNORECASE)
_EMBEDDED = regex(r"/embeddings/|^Object[^/]*$|^ObjectReplacements/$")
_CHUNK = regex(r"\.(?:html?|mht(?:ml)?|rtf|txt|csv|docx|xlsx|pptx|odt|ods|pdf|eml)$", re.IGNORECASE)
"""Files that a document shows as its own text (altChunk)."""
_METADATA = regex(
    r"<(?:dc:creator|cp:lastModifiedBy|Company|Manager|meta:initial-creator|meta:printed-by)\b[^<>]*>([^<]{1,200})<"
)
_WHO = {
    "dc:creator": Part.AUTHOR,
    "meta:initial-creator": Part.AUTHOR,
    "cp:lastModifiedBy": Part.EDITOR,
}


_SLIDE = regex(r"^ppt/slides/[^/]+\.xml$")
_SHEET = regex(r"^xl/worksheets/[^/]+\.xml$")


def read_flat(source: Source) -> None:
    """An OpenDocument file that is one part, not an archive of several."""
    office = OfficeFile(source)
    office.take("content.xml", source.octets[: 8 * MOST_TEXT])
    office.read()


def is_office(names: set[str]) -> bool:
    """Whether an archive with these members is an Office file."""
    return "[Content_Types].xml" in names or "content.xml" in names


class OfficeFile:
    """One Office file: its parts are taken in as they are unpacked, and read when all of them are there."""

    def __init__(self, source: Source):
        self._source = source
        self._texts: dict[str, str] = {}
        """The parts in XML, by name."""

    def take(self, name: str, octets: bytes) -> None:
        """Read a part that no other refers to; keep the others."""
        if _EMBEDDED.search(name):
            note_hidden(self._source.content, name, "")
            self._source.inside(octets, name, Part.EMBEDDED)
        elif name.endswith(_XML):
            self._texts[name] = _CDATA.sub(lambda found: escape(found[1]), decode(octets))
        elif _MEDIA.search(name) or _CHUNK.search(name):
            self._source.add(Part.EMBEDDED, name.rpartition("/")[2])
            self._source.inside(octets, name)
        elif octets:
            self._source.add(Part.EMBEDDED, name.rpartition("/")[2])
            note_hidden(self._source.content, name, "")
            self._source.add_raw(_part(name), octets)

    def read(self) -> None:
        """Read every part in XML."""
        styles = next((self._texts[name] for name in ("word/styles.xml", "xl/styles.xml") if name in self._texts), "")
        shared = shared_strings(self._texts.get("xl/sharedStrings.xml", ""))
        workbook = Workbook(self._texts) if "xl/styles.xml" in self._texts else None
        slides = Presentation(self._texts) if any(map(_SLIDE.search, self._texts)) else None
        for name, text in self._texts.items():
            if "<!DOCTYPE" in text or "<!ENTITY" in text:
                self._source.content.obstruct(Obstacle.ENTITIES)
            if len(text) > MOST_XML:
                self._source.content.obstruct(Obstacle.TOO_LARGE)
            if "manifest:encryption-data" in text:
                self._source.content.obstruct(Obstacle.ENCRYPTED)
            note_hidden(self._source.content, name, text, styles)
            if slides is not None and _SLIDE.search(name):
                for kind in slides.unseen_in(name, text):
                    self._source.content.hide(Hidden(kind))
            if workbook is not None and _SHEET.search(name):
                for kind in workbook.unseen_in(text):
                    self._source.content.hide(Hidden(kind))
            self._read_part(name, text, shared)

    def _read_part(self, name: str, text: str, shared: list[str]) -> None:
        source = self._source
        for match in _METADATA.finditer(text):
            element = match.group().partition(">")[0].strip("<").partition(" ")[0]
            source.content.metadata.setdefault(element, unescape(match[1]))
            source.add(_WHO.get(element, Part.PROPERTIES), unescape(match[1]))
        part = _part(name)
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            source.add(part, rows_of(text, shared))
        else:
            source.add(part, without_tags(text))
        source.add(Part.INTERNAL, "\n\n".join("".join(found.groups("")) for found in _NOT_XML.finditer(text)))
        if _DATA.search(name):
            source.add(Part.INTERNAL, names_in_fields(text))
        attributes = "\n\n".join(_attributes(text))
        source.add(part if part in _SHOWN_BY_ATTRIBUTES else Part.INTERNAL, unescape(attributes))
        if name.endswith(".fpage"):
            source.add(Part.PAGE, unescape(" ".join(_PRINTED.findall(text))))


def _part(name: str) -> Part:
    """What a part of an Office file is to a person; the rest is internal."""
    return next((part for pattern, part in _PARTS if pattern.search(name)), Part.INTERNAL)


_ATTRIBUTE = regex(r"\"([^\"<>]{5,})\"(?=[\s/?>])")
_IN_SINGLE_QUOTES = regex(r"'([^'<>]{5,})'(?=[\s/?>])")
_TECHNICAL = regex(
    r"(?:[0-9A-Fa-f]{6,8}|[\d.,+-]{1,9}|[\d.,]+(?:cm|mm|pt|in|px|%|em)|\{[0-9A-Fa-f-]{36}\}|https?://schemas?[.\w/-]*"
    r"|urn:[\w:.-]*|[a-z]+|[a-zA-Z]+\d{0,3}|[A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)"
)
"""Colours, numbers, measures, namespaces, single words and cells: no identity consists of one of these."""


def _attributes(text: str) -> Iterator[str]:
    """What attributes say, each value once."""
    values = dict.fromkeys(_ATTRIBUTE.findall(text) + (_IN_SINGLE_QUOTES.findall(text) if "='" in text else []))
    return (value for value in values if not _TECHNICAL.fullmatch(value))


_TAG = regex(r"<[^<>]*>")
_CELL_END = regex(
    r"(?:</(?:w:p|a:p|text:p)>\s*+)?</(?:w:tc|a:txBody|table:table-cell)>"
    r"\s*+(?:<table:table-cell\b[^<>]*>\s*+(?:<text:p\b[^<>]*>)?)?"
)
_LINE_END = regex(r"</(?:w:p|w:tr|a:p|a:tr|text:p|text:h|table:table-row|si|r:row|Text)>|<(?:w:br|w:cr|a:br)\b[^<>]*>")
_BLANK = regex(r"<(?:w:tab|text:tab|text:s)\b[^<>]*>")
_HYPHEN = regex(r"<w:noBreakHyphen\b[^<>]*>")
_RUNS = ("</w:t>", "</a:t>", "</text:span>", "</text:a>", "</r>", "<cp ", "<pp ", "</font>")


def without_tags(text: str) -> str:
    """The text between the tags, cells a tab apart, paragraphs a line; where words may be kept in several runs, with
    these put together, and then once more with the runs apart."""
    lines = _LINE_END.sub("\n", _CELL_END.sub("\t", _BLANK.sub("\t", _HYPHEN.sub("-", text))))
    apart = unescape(_TAG.sub(" ", lines))
    return f"{unescape(_TAG.sub('', lines))}\n\n{apart}" if any(run in text for run in _RUNS) else apart
