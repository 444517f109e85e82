"""What stands in a file that travels: its text in every part, what it hides, and who made it. Bounded in every way.

A file of 50 MB, a zip bomb, an entity bomb, a PDF without an end: each is read up to a cap, and what cannot be read
to its end is opaque, which is a finding and never a hang.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo

if TYPE_CHECKING:
    from pypdf import PdfReader

    from mailmerge.lint.identities import Identities

from mailmerge.lint.masking import identities_in
from mailmerge.lint.watch import OutOfTime, Watch

SECONDS = 10.0
"""For one file."""
MOST_TEXT = 4_000_000
"""Characters kept of one file."""
_MOST_MEMBERS = 2_000
_MOST_UNPACKED = 60_000_000
_MOST_RATIO = 250
_MOST_PAGES = 400
_MOST_STRINGS = 8_000_000


@dataclass
class Content:
    """What was found in one file."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    """Where ("page 2", "docProps/core.xml") and the text."""
    opaque: str = ""
    """Why it cannot be looked into; ``""`` where it can."""
    hidden: list[str] = field(default_factory=list)
    """What it hides, in words."""
    metadata: dict[str, str] = field(default_factory=dict)
    readable: bool = True
    """Whether text is to be expected of its kind: a photograph has none."""
    _size: int = 0
    _identified: dict[int, bool] = field(default_factory=dict)

    def holds_identity(self, identities: Identities, text: str) -> bool:
        """Whether anybody of the table stands in one of the texts; looked up once, however many get the file."""
        key = hash(text)
        if key not in self._identified:
            self._identified[key] = next(identities_in(identities, text), None) is not None
        return self._identified[key]

    def add(self, where: str, text: str) -> None:
        """Keep a text, up to the cap; what is beyond it has not been looked at, and that is said."""
        room = MOST_TEXT - self._size
        if not text or text.isspace():
            return
        if len(text) > room:
            self.opaque = f"it holds more than {MOST_TEXT // 1_000_000} million characters of text"
        if room > 0:
            self.pieces.append((where, text[:room]))
            self._size += len(text)


class Opaque(Exception):
    """The file cannot be looked into; the message says why."""


def read_content(octets: bytes, filename: str) -> Content:
    """Look into a file; whatever it is, this ends, and soon."""
    content = Content()
    try:
        with Watch() as watch, watch.limit(SECONDS):
            _reader(octets, filename)(octets, filename, content, 0)
    except Opaque as error:
        content.opaque = str(error)
    except OutOfTime:
        content.opaque = f"it could not be read within {SECONDS:.0f} seconds"
    except Exception as error:  # noqa: BLE001  (a broken file breaks its reader in any way)
        content.opaque = f"it is damaged, or not what its name says ({type(error).__name__})"
    return content


_Reader = Callable[[bytes, str, Content, int], None]


def _reader(octets: bytes, filename: str) -> _Reader:
    extension = filename.rpartition(".")[2].casefold()
    if b"%PDF-" in octets[:1024]:
        return _read_pdf
    if octets[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _read_zip
    if octets[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _read_ole
    if octets[:5] == b"{\\rtf":
        return _read_rtf
    if octets[:4] == b"\x89PNG" or octets[:2] == b"\xff\xd8" or octets[:3] == b"GIF" or octets[8:12] == b"WEBP":
        return _read_image
    if extension in ("html", "htm", "xml", "svg", "xhtml"):
        return _read_markup
    if b"\0" not in octets[:4096] or octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _read_text
    return _read_unknown


def decode(octets: bytes) -> str:
    """Text in its probable encoding."""
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return octets.decode("utf-16", "replace")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


def _read_text(octets: bytes, filename: str, content: Content, depth: int) -> None:
    content.add("text", decode(octets[: 8 * MOST_TEXT]))


def _read_markup(octets: bytes, filename: str, content: Content, depth: int) -> None:
    text = decode(octets[: 8 * MOST_TEXT])
    content.add("text", _without_tags(text))
    content.add("markup", text)


def _read_image(octets: bytes, filename: str, content: Content, depth: int) -> None:
    content.readable = False
    content.add("data beside the picture", "\n".join(_strings(octets[:65536])))


def _read_unknown(octets: bytes, filename: str, content: Content, depth: int) -> None:
    content.add("bytes", "\n".join(_strings(octets)))
    raise Opaque("no text can be read in a file of this kind")


def _read_rtf(octets: bytes, filename: str, content: Content, depth: int) -> None:
    text = octets[: 8 * MOST_TEXT].decode("latin-1")
    if "\\objdata" in text:
        content.hidden.append("an embedded object")
    if re.search(r"\\v(?![a-z0-9])", text):
        content.hidden.append("hidden text")
    text = re.sub(r"\\u(-?\d{1,6})\??", lambda m: chr(int(m[1]) % 65536), text)
    text = re.sub(r"\\'([0-9a-fA-F]{2})", lambda m: bytes([int(m[1], 16)]).decode("cp1252", "replace"), text)
    for name, value in re.findall(r"\{\\(author|operator|company|manager)\s+([^{}]{1,200})\}", text):
        content.metadata[name] = value
    content.add("text", re.sub(r"[{}]|\\[a-z]+-?\d* ?|\\[^a-z]", " ", text).replace("\r\n", ""))


def _read_ole(octets: bytes, filename: str, content: Content, depth: int) -> None:
    """Old office files: their text is looked through as it stands; what is missed makes the file opaque."""
    content.add("bytes", "\n".join(_strings(octets)))
    wide = octets.replace(b"\0", b"")
    if b"EncryptedPackage" in wide:
        raise Opaque("it is encrypted")
    if b"_VBA_PROJECT" in wide or b"VBA" in wide[:1_000_000]:
        raise Opaque("it holds macros")
    raise Opaque("it is an old office file that cannot be looked into; save it as PDF or in the new format")


def _strings(octets: bytes) -> Iterator[str]:
    """Runs of readable text, in one octet a character and in two."""
    octets = octets[:_MOST_STRINGS]
    for run in re.finditer(rb"[\x20-\x7e\xa0-\xff]{5,}", octets):
        yield run.group().decode("cp1252", "replace")
    for run in re.finditer(rb"(?:[\x20-\x7e\xa0-\xff]\x00){5,}", octets):
        yield run.group().decode("utf-16-le", "replace")


# --- PDF ---------------------------------------------------------------------------------------------------------


def _read_pdf(octets: bytes, filename: str, content: Content, depth: int) -> None:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(BytesIO(octets))
    if reader.is_encrypted and not _opens(reader):
        raise Opaque("it is encrypted")
    for name, value in (reader.metadata or {}).items():
        if name != "/Creator":  # the program
            content.metadata[str(name).lstrip("/").casefold()] = str(value)
        content.add("metadata", str(value))
    root = reader.root_object
    names = root.get("/Names")
    if names is not None and "/JavaScript" in names.get_object():
        raise Opaque("it holds a script")
    for attached, versions in reader.attachments.items():
        content.hidden.append(f"an embedded file ({attached})")
        content.add("embedded file", attached)
        for inner in versions:
            _inner(inner, attached, content, depth)
    if len(reader.pages) > _MOST_PAGES:
        raise Opaque(f"it has more than {_MOST_PAGES} pages")
    for number, page in enumerate(reader.pages, 1):
        content.add(f"page {number}", page.extract_text())
        for note in page.get("/Annots") or ():
            text = note.get_object().get("/Contents")
            if text and note.get_object().get("/Subtype") != "/Link":
                content.hidden.append(f"a comment on page {number}")
                content.add(f"comment on page {number}", str(text))
    if not any(where.startswith("page") for where, _text in content.pieces):
        raise Opaque("no text can be read in it: it is probably a scan")


def _opens(reader: PdfReader) -> bool:
    """Whether a PDF opens without a password, as one does that only forbids printing."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001  (a cipher that is not installed)
        return False


def _inner(octets: bytes, filename: str, content: Content, depth: int) -> None:
    """A file inside a file, one level deep."""
    if depth >= 1:
        raise Opaque("it holds files within files")
    _reader(octets, filename)(octets, filename, content, depth + 1)


# --- office files ------------------------------------------------------------------------------------------------

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


def _read_zip(octets: bytes, filename: str, content: Content, depth: int) -> None:
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
            _read_part(member.filename, unpacked, content, depth)
        else:
            content.add("names of files in the archive", member.filename)
            _inner(unpacked, member.filename, content, depth)
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


def _read_part(name: str, octets: bytes, content: Content, depth: int) -> None:
    """One part of an office file."""
    for pattern, what in _HIDDEN_PARTS:
        if pattern.search(name) and what not in content.hidden:
            content.hidden.append(what)
    if "/embeddings/" in name:
        _inner(octets, name, content, depth)
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
    content.add(name, _without_tags(text))
    attributes = [value for value in re.findall(r"\"([^\"<>]*)\"", text) if "@" in value or " " in value]
    if attributes:
        content.add(f"{name} (attributes)", unescape(" | ".join(attributes)))


_TAG = re.compile(r"<[^<>]*>")
_RUNS = ("</w:t>", "</a:t>", "</text:span>", "</r>")
_PARAGRAPH_END = re.compile(
    r"</(?:w:p|w:tc|a:p|text:p|text:h|si)>|<w:(?:tab|br|cr)\b[^<>]*>|<(?:text:tab|text:s|a:br)\b[^<>]*>"
)


def _without_tags(text: str) -> str:
    """The text between the tags; where a word may be kept in several runs, once more with these put together."""
    spaced = unescape(_TAG.sub(" ", text))
    if not any(run in text for run in _RUNS):
        return spaced
    return f"{spaced}\n{unescape(_TAG.sub('', _PARAGRAPH_END.sub(chr(10), text)))}"
