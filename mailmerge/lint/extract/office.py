"""Office files and archives: every XML part, what they hide, and who made them; protected against bombs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from html import unescape
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from mailmerge.lint.extract.content import Content, Hidden, Kind, Part, decode
from mailmerge.lint.extract.obstacles import Obstacle, Opaque

_MOST_MEMBERS = 2_000
_MOST_UNPACKED = 60_000_000
_MOST_RATIO = 250

Inner = Callable[[bytes, str], None]
"""Looks into a file inside a file."""

_HIDDEN_XML = (
    (re.compile(r"<sheet\b[^<>]*\bstate=\"(?:hidden|veryHidden)\""), Kind.SHEET),
    (re.compile(r"<row\b[^<>]*\bhidden=\"(?:1|true)\""), Kind.ROWS),
    (re.compile(r"<col\b[^<>]*\bhidden=\"(?:1|true)\""), Kind.COLUMNS),
    (re.compile(r"<w:(?:del|ins|moveFrom|moveTo)\b"), Kind.TRACKED_CHANGES),
    (re.compile(r"<w:vanish\b(?![^<>]*w:val=\"(?:0|false)\")"), Kind.TEXT),
    (re.compile(r"<text:tracked-changes\b[^<>]*>(?!\s*</text:tracked-changes>)\s*<"), Kind.TRACKED_CHANGES),
    (re.compile(r"<office:annotation\b"), Kind.COMMENTS),
    (
        re.compile(r"table:(?:visibility=\"(?:collapse|filter)\"|display=\"false\")|text:display=\"none\""),
        Kind.CELLS,
    ),
    (re.compile(r"<p:sld\b[^<>]*\bshow=\"0\""), Kind.SLIDE),
)
_HIDDEN_PARTS = (
    (re.compile(r"pivotCache/"), Kind.PIVOT_CACHE),
    (re.compile(r"(?:^|/)(?:comments\d*|threadedComment\d*|commentsExtended)\.xml$|/comments/"), Kind.COMMENTS),
    (re.compile(r"notesSlides/"), Kind.SPEAKER_NOTES),
    (re.compile(r"/embeddings/"), Kind.EMBEDDED_FILE),
    (re.compile(r"externalLinks/"), Kind.LINKED_WORKBOOK),
)
_PARTS = (
    (re.compile(r"(?:^|/)(?:comments|threadedComment|persons?/|people\.xml)|/comments/"), Part.COMMENT),
    (re.compile(r"notes(?:Slides|Masters)/"), Part.SPEAKER_NOTES),
    (re.compile(r"/(?:foot|end)notes"), Part.NOTE),
    (re.compile(r"/(?:header|footer)\d*\."), Part.HEADER),
    (re.compile(r"/pivot(?:Cache|Tables)/"), Part.PIVOT),
    (re.compile(r"/externalLinks/"), Part.EXTERNAL),
    (re.compile(r"\.rels$"), Part.LINK),
    (re.compile(r"^docProps/|^meta\.xml$|^custom"), Part.PROPERTIES),
    (re.compile(r"^xl/workbook\.xml$"), Part.SHEET),
    (re.compile(r"^xl/(?:worksheets/|tables/|sharedStrings)"), Part.CELLS),
    (re.compile(r"^ppt/slides/"), Part.SLIDE),
    (re.compile(r"^word/document\.xml$|^content\.xml$"), Part.TEXT),
)
"""Where in an Office file a person finds a part, by its name (ECMA-376 and ISO/IEC 26300)."""
_TOLD_BY_ATTRIBUTES = {Part.COMMENT, Part.LINK, Part.PROPERTIES, Part.SHEET}
"""Parts that show their attributes to a reader: who wrote a comment, what a sheet is called."""
_METADATA = re.compile(
    r"<(?:dc:creator|cp:lastModifiedBy|Company|Manager|meta:initial-creator|meta:printed-by)\b[^<>]*>([^<]{1,200})<"
)

_WHO = {
    "dc:creator": Part.AUTHOR,
    "meta:initial-creator": Part.AUTHOR,
    "cp:lastModifiedBy": Part.EDITOR,
}


def read_archive(octets: bytes, content: Content, inner: Inner) -> None:
    """Look into a ZIP archive, which every new office file is.

    Raises:
        Opaque: it is encrypted, damaged, a bomb, contains macros, or is a plain archive.
    """
    try:
        archive = ZipFile(BytesIO(octets))
    except BadZipFile:
        raise Opaque(Obstacle.DAMAGED_ARCHIVE) from None
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise Opaque(Obstacle.TOO_MANY_FILES, _MOST_MEMBERS)
    names = {member.filename for member in members}
    office = "[Content_Types].xml" in names or "content.xml" in names
    left = _MOST_UNPACKED
    for member in members:
        if member.flag_bits & 0x1:
            raise Opaque(Obstacle.ENCRYPTED)
        if member.is_dir():
            continue
        if re.search(r"vbaProject|macrosheets|^Basic/|^Scripts/", member.filename):
            raise Opaque(Obstacle.MACROS)
        unpacked = _unpacked(archive, member, left)
        left -= len(unpacked)
        if office:
            _read_part(member.filename, unpacked, content, inner)
        else:
            content.add(Part.EMBEDDED, member.filename)
            inner(unpacked, member.filename)
    if not office:
        raise Opaque(Obstacle.ARCHIVE)


def _part(name: str) -> Part:
    """What a part of an Office file is to a person; the rest is internal."""
    return next((part for pattern, part in _PARTS if pattern.search(name)), Part.INTERNAL)


def _unpacked(archive: ZipFile, member: ZipInfo, left: int) -> bytes:
    """The octets of a member; the sizes in its header are not believed."""
    try:
        with archive.open(member) as file:
            unpacked = file.read(left + 1)
    except (BadZipFile, zlib.error, NotImplementedError):
        raise Opaque(Obstacle.DAMAGED_ARCHIVE) from None
    if len(unpacked) > left or len(unpacked) > 100_000 + _MOST_RATIO * max(1, member.compress_size):
        raise Opaque(Obstacle.ZIP_BOMB)
    return unpacked


def _read_part(name: str, octets: bytes, content: Content, inner: Inner) -> None:
    """One part of an office file."""
    for pattern, kind in _HIDDEN_PARTS:
        if pattern.search(name):
            content.hide(Hidden(kind))
    if "/embeddings/" in name:
        inner(octets, name)
        return
    if not name.endswith((".xml", ".rels", ".vml", ".txt", ".csv", ".html", ".rdf")):
        return
    text = decode(octets)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Opaque(Obstacle.ENTITIES)
    for pattern, kind in _HIDDEN_XML:
        if "styles" not in name and pattern.search(text):
            content.hide(Hidden(kind))
    for match in _METADATA.finditer(text):
        element = match.group().partition(">")[0].strip("<").partition(" ")[0]
        content.metadata.setdefault(element, unescape(match[1]))
        content.add(_WHO.get(element, Part.PROPERTIES), unescape(match[1]))
    part = _part(name)
    content.add(part, without_tags(text))
    attributes = [value for value in re.findall(r"\"([^\"<>]*)\"", text) if "@" in value or " " in value]
    if attributes:
        content.add(part if part in _TOLD_BY_ATTRIBUTES else Part.INTERNAL, unescape(" | ".join(attributes)))


_TAG = re.compile(r"<[^<>]*>")
_RUNS = ("</w:t>", "</a:t>", "</text:span>", "</r>")
_PARAGRAPH_END = re.compile(
    r"</(?:w:p|w:tc|a:p|text:p|text:h|si)>|<w:(?:tab|br|cr)\b[^<>]*>|<(?:text:tab|text:s|a:br)\b[^<>]*>"
)


def without_tags(text: str) -> str:
    """The text between the tags; where a word may be kept in several runs, once more with these put together."""
    spaced = unescape(_TAG.sub(" ", text))
    if not any(run in text for run in _RUNS):
        return spaced
    return f"{spaced}\n{unescape(_TAG.sub('', _PARAGRAPH_END.sub(chr(10), text)))}"
