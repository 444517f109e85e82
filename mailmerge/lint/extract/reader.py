"""What stands in a file that travels: its text in every part, what it hides, and who made it. Bounded in every way.

A file of 50 MB, a zip bomb, an entity bomb, a PDF without an end: each is read up to a cap, and what cannot be read
to its end is opaque, which is a finding and never a hang.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from mailmerge.lint.extract.content import MOST_TEXT, Content, Opaque, decode
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
    content.add("text", decode(octets[: 8 * MOST_TEXT]))


def _read_markup(octets: bytes, filename: str, content: Content, depth: int) -> None:
    text = decode(octets[: 8 * MOST_TEXT])
    content.add("text", without_tags(text))
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


def _read_archive(octets: bytes, filename: str, content: Content, depth: int) -> None:
    read_archive(octets, content, lambda inner, name: _inner(inner, name, content, depth))
