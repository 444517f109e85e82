"""What a file that is sent contains: its text in every part, what it hides, and who made it. Bounded in every way.

A file of 50 MB, a zip bomb, an entity bomb, a PDF without an end: each is read up to a cap, and what cannot be read
to its end is opaque, which is a finding and never a hang.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from mailmerge.lint.extract.content import MOST_TEXT, Content, Hidden, Kind, Part, Piece, decode
from mailmerge.lint.extract.obstacles import Obstacle, Opaque
from mailmerge.lint.extract.office import read_archive, without_tags
from mailmerge.lint.watchdog import OutOfTime, Watch

if TYPE_CHECKING:
    from pypdf import PdfReader


SECONDS = 10.0
"""For one file."""
_MOST_PAGES = 400
_MOST_STRINGS = 8_000_000


def read_content(octets: bytes, filename: str) -> Content:
    """Look into a file; whatever it is, this ends, and soon."""
    content = Content()
    try:
        with Watch() as watch, watch.limit(SECONDS):
            _reader(octets, filename)(octets, filename, content, 0)
    except Opaque as error:
        content.opaque, content.limit = error.obstacle, error.limit
    except OutOfTime:
        content.opaque, content.limit = Obstacle.TOO_SLOW, round(SECONDS)
    except Exception:  # noqa: BLE001  (a broken file breaks its reader in any way)
        content.opaque, content.limit = Obstacle.DAMAGED, 0
    return content


_Reader = Callable[[bytes, str, Content, int], None]


def _reader(octets: bytes, filename: str) -> _Reader:
    extension = filename.rpartition(".")[2].casefold()
    if b"%PDF-" in octets[:1024]:
        return _read_pdf
    if octets[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _read_archive
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


def _read_text(octets: bytes, filename: str, content: Content, depth: int) -> None:
    content.add(Part.TEXT, decode(octets[: 8 * MOST_TEXT]))


def _read_markup(octets: bytes, filename: str, content: Content, depth: int) -> None:
    text = decode(octets[: 8 * MOST_TEXT])
    content.add(Part.TEXT, without_tags(text))
    content.add(Part.MARKUP, text)


def _read_image(octets: bytes, filename: str, content: Content, depth: int) -> None:
    content.readable = False
    content.add(Part.IMAGE, "\n".join(_strings(octets[:65536])))


def _read_unknown(octets: bytes, filename: str, content: Content, depth: int) -> None:
    content.add(Part.BYTES, "\n".join(_strings(octets)))
    raise Opaque(Obstacle.UNKNOWN_KIND)


def _read_rtf(octets: bytes, filename: str, content: Content, depth: int) -> None:
    text = octets[: 8 * MOST_TEXT].decode("latin-1")
    if "\\objdata" in text:
        content.hide(Hidden(Kind.EMBEDDED_OBJECT))
    if re.search(r"\\v(?![a-z0-9])", text):
        content.hide(Hidden(Kind.TEXT))
    text = re.sub(r"\\u(-?\d{1,6})\??", lambda m: chr(int(m[1]) % 65536), text)
    text = re.sub(r"\\'([0-9a-fA-F]{2})", lambda m: bytes([int(m[1], 16)]).decode("cp1252", "replace"), text)
    for name, value in re.findall(r"\{\\(author|operator|company|manager)\s+([^{}]{1,200})\}", text):
        content.metadata[name] = value
    content.add(Part.TEXT, re.sub(r"[{}]|\\[a-z]+-?\d* ?|\\[^a-z]", " ", text).replace("\r\n", ""))


def _read_ole(octets: bytes, filename: str, content: Content, depth: int) -> None:
    """Old office files: their raw bytes are searched for text; since some is missed, the file counts as opaque."""
    content.add(Part.BYTES, "\n".join(_strings(octets)))
    wide = octets.replace(b"\0", b"")
    if b"EncryptedPackage" in wide:
        raise Opaque(Obstacle.ENCRYPTED)
    if b"_VBA_PROJECT" in wide or b"VBA" in wide[:1_000_000]:
        raise Opaque(Obstacle.MACROS)
    raise Opaque(Obstacle.OLD_OFFICE)


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
        raise Opaque(Obstacle.ENCRYPTED)
    for name, value in (reader.metadata or {}).items():
        if name != "/Creator":  # the program
            content.metadata[str(name).lstrip("/").casefold()] = str(value)
        content.add(Part.AUTHOR if name == "/Author" else Part.PROPERTIES, str(value))
    root = reader.root_object
    names = root.get("/Names")
    if names is not None and "/JavaScript" in names.get_object():
        raise Opaque(Obstacle.SCRIPT)
    for attached, versions in reader.attachments.items():
        content.hide(Hidden(Kind.EMBEDDED_FILE, name=attached))
        content.add(Part.EMBEDDED, attached)
        for inner in versions:
            _inner(inner, attached, content, depth)
    if len(reader.pages) > _MOST_PAGES:
        raise Opaque(Obstacle.TOO_MANY_PAGES, _MOST_PAGES)
    for number, page in enumerate(reader.pages, 1):
        content.add(Part.PAGE, page.extract_text(), number)
        for note in page.get("/Annots") or ():
            text = note.get_object().get("/Contents")
            if text and note.get_object().get("/Subtype") != "/Link":
                content.hide(Hidden(Kind.COMMENTS, page=number))
                content.add(Part.COMMENT, str(text), number)
    if not any(piece.part is Part.PAGE for piece in content.pieces):
        raise Opaque(Obstacle.SCAN)


def _opens(reader: PdfReader) -> bool:
    """Whether a PDF opens without a password, as one does that only forbids printing."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001  (a cipher that is not installed)
        return False


def _inner(octets: bytes, filename: str, content: Content, depth: int) -> None:
    """A file inside a file, one level deep."""
    if depth >= 1:
        raise Opaque(Obstacle.NESTED)
    outside = len(content.pieces)
    try:
        _reader(octets, filename)(octets, filename, content, depth + 1)
    finally:
        content.pieces[outside:] = [Piece(Part.EMBEDDED, piece.text) for piece in content.pieces[outside:]]


def _read_archive(octets: bytes, filename: str, content: Content, depth: int) -> None:
    read_archive(octets, content, lambda inner, name: _inner(inner, name, content, depth))
