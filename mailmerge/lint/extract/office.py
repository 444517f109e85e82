"""Office files and archives: every XML part, what they hide, and who made them; bounded against bombs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from html import unescape
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from mailmerge.lint.extract.content import Content, Opaque, decode

_MOST_MEMBERS = 2_000
_MOST_UNPACKED = 60_000_000
_MOST_RATIO = 250

Inner = Callable[[bytes, str], None]
"""Looks into a file inside a file."""

_HIDDEN_XML = (
    (re.compile(r"<sheet\b[^<>]*\bstate=\"(?:hidden|veryHidden)\""), "a hidden sheet"),
    (re.compile(r"<row\b[^<>]*\bhidden=\"(?:1|true)\""), "hidden rows"),
    (re.compile(r"<col\b[^<>]*\bhidden=\"(?:1|true)\""), "hidden columns"),
    (re.compile(r"<w:(?:del|ins|moveFrom|moveTo)\b"), "tracked changes"),
    (re.compile(r"<w:vanish\b(?![^<>]*w:val=\"(?:0|false)\")"), "hidden text"),
    (re.compile(r"<text:tracked-changes\b[^<>]*>(?!\s*</text:tracked-changes>)\s*<"), "tracked changes"),
    (re.compile(r"<office:annotation\b"), "comments"),
    (
        re.compile(r"table:(?:visibility=\"(?:collapse|filter)\"|display=\"false\")|text:display=\"none\""),
        "hidden cells",
    ),
    (re.compile(r"<p:sld\b[^<>]*\bshow=\"0\""), "a hidden slide"),
)
_HIDDEN_PARTS = (
    (re.compile(r"pivotCache/"), "a pivot cache: the whole table behind a summary"),
    (re.compile(r"(?:^|/)(?:comments\d*|threadedComment\d*|commentsExtended)\.xml$|/comments/"), "comments"),
    (re.compile(r"notesSlides/"), "speaker's notes"),
    (re.compile(r"/embeddings/"), "an embedded file"),
    (re.compile(r"externalLinks/"), "links to other workbooks, with their cells"),
)
_METADATA = re.compile(
    r"<(?:dc:creator|cp:lastModifiedBy|Company|Manager|meta:initial-creator|meta:printed-by)\b[^<>]*>([^<]{1,200})<"
)


def read_archive(octets: bytes, content: Content, inner: Inner) -> None:
    """Look into a ZIP archive, which every new office file is.

    Raises:
        Opaque: it is encrypted, damaged, a bomb, holds macros, or is a plain archive.
    """
    try:
        archive = ZipFile(BytesIO(octets))
    except BadZipFile:
        raise Opaque("it is a damaged archive") from None
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise Opaque(f"it holds more than {_MOST_MEMBERS} files")
    names = {member.filename for member in members}
    office = "[Content_Types].xml" in names or "content.xml" in names
    left = _MOST_UNPACKED
    for member in members:
        if member.flag_bits & 0x1:
            raise Opaque("it is encrypted")
        if member.is_dir():
            continue
        if re.search(r"vbaProject|macrosheets|^Basic/|^Scripts/", member.filename):
            raise Opaque("it holds macros")
        unpacked = _unpacked(archive, member, left)
        left -= len(unpacked)
        if office:
            _read_part(member.filename, unpacked, content, inner)
        else:
            content.add("names of files in the archive", member.filename)
            inner(unpacked, member.filename)
    if not office:
        raise Opaque("it is an archive: what it holds is not shown to the person who checks")


def _unpacked(archive: ZipFile, member: ZipInfo, left: int) -> bytes:
    """The octets of a member; the sizes in its header are not believed."""
    with archive.open(member) as file:
        try:
            unpacked = file.read(left + 1)
        except (BadZipFile, zlib.error, NotImplementedError) as error:
            raise Opaque(f"a part of it cannot be unpacked ({type(error).__name__})") from None
    if len(unpacked) > left or len(unpacked) > 100_000 + _MOST_RATIO * max(1, member.compress_size):
        raise Opaque("it unpacks to far more than its size: a zip bomb")
    return unpacked


def _read_part(name: str, octets: bytes, content: Content, inner: Inner) -> None:
    """One part of an office file."""
    for pattern, what in _HIDDEN_PARTS:
        if pattern.search(name) and what not in content.hidden:
            content.hidden.append(what)
    if "/embeddings/" in name:
        inner(octets, name)
        return
    if not name.endswith((".xml", ".rels", ".vml", ".txt", ".csv", ".html", ".rdf")):
        return
    text = decode(octets)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Opaque(f"{name} declares entities, as an entity bomb does")
    for pattern, what in _HIDDEN_XML:
        if what not in content.hidden and "styles" not in name and pattern.search(text):
            content.hidden.append(what)
    for match in _METADATA.finditer(text):
        content.metadata.setdefault(match.group().partition(">")[0].strip("<").partition(" ")[0], unescape(match[1]))
    content.add(name, without_tags(text))
    attributes = [value for value in re.findall(r"\"([^\"<>]*)\"", text) if "@" in value or " " in value]
    if attributes:
        content.add(f"{name} (attributes)", unescape(" | ".join(attributes)))


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
