"""What a file that is sent contains: its text in every part, what it hides, and who made it. Bounded in every way.

A file of 50 MB, a zip bomb, an entity bomb, a PDF without an end: each is read up to a cap, and what cannot be read
to its end is opaque, which is a finding and never a hang.
"""

from __future__ import annotations

from collections.abc import Callable

from mailmerge.lint.extract.apart import read_apart
from mailmerge.lint.extract.archive import GZIP, read_archive, read_gzip
from mailmerge.lint.extract.cards import is_card, read_card
from mailmerge.lint.extract.content import Content, Part
from mailmerge.lint.extract.mail import is_message, read_message
from mailmerge.lint.extract.obstacles import Obstacle, Opaque
from mailmerge.lint.extract.office.document import read_flat
from mailmerge.lint.extract.office.ole import read_ole
from mailmerge.lint.extract.pictures.picture import is_picture, read_picture
from mailmerge.lint.extract.readings import is_text
from mailmerge.lint.extract.rtf import read_rtf
from mailmerge.lint.extract.source import Source
from mailmerge.lint.extract.texts import read_text
from mailmerge.lint.extract.web.markup import read_markup


def read_content(octets: bytes, filename: str) -> Content:
    """Look into a file; whatever it is, this ends, and soon."""
    content = Content()
    try:
        read_any(Source(octets, filename, content, read_any))
    except Opaque as error:
        content.obstruct(error.obstacle, error.limit)
    except Exception:  # noqa: BLE001  (a broken file breaks its reader in any way)
        content.obstruct(Obstacle.DAMAGED)
    return content


def read_any(source: Source, pdf: Callable[[Source], None] = read_apart) -> None:
    """Look into a file of any kind: by how it begins, and by its extension where that does not tell."""
    if b"%PDF-" in source.octets[:1024]:
        pdf(source)
    else:
        _reader(source.octets, source.extension)(source)


def _reader(octets: bytes, extension: str) -> Callable[[Source], None]:
    for is_kind, reader in _BY_BEGINNING:
        if is_kind(octets):
            return reader
    if not is_text(octets):
        return _read_unknown
    return _BY_EXTENSION.get(extension) or next((read for is_, read in _BY_WORDS if is_(octets)), read_text)


def _read_unknown(source: Source) -> None:
    source.add_raw(Part.BYTES, source.octets)
    source.content.obstruct(Obstacle.UNKNOWN_KIND)


_BY_BEGINNING: tuple[tuple[Callable[[bytes], bool], Callable[[Source], None]], ...] = (
    (lambda octets: octets[:4] in (b"PK\x03\x04", b"PK\x05\x06"), read_archive),
    (lambda octets: octets.startswith(GZIP), read_gzip),
    (lambda octets: octets.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), read_ole),
    (lambda octets: octets.startswith(b"{\\rtf"), read_rtf),
    (is_picture, read_picture),
)
_BY_EXTENSION: dict[str, Callable[[Source], None]] = {
    **dict.fromkeys(("html", "htm", "xhtml", "xml", "svg", "xhtm", "xsd", "rdf"), read_markup),
    **dict.fromkeys(("fodt", "fods", "fodp", "fodg"), read_flat),
    **dict.fromkeys(("ics", "ifb", "vcf", "vcs", "vcard", "ical"), read_card),
    **dict.fromkeys(("eml", "mht", "mhtml", "mbox", "mim"), read_message),
}
_BY_WORDS: tuple[tuple[Callable[[bytes], bool], Callable[[Source], None]], ...] = (
    (is_card, read_card),
    (is_message, read_message),
    (lambda octets: octets[:200].lstrip().lower().startswith((b"<!doctype html", b"<html", b"<?xml")), read_markup),
)
