"""ZIP archives: what is in them, unpacked within a budget; the sizes that they claim are not believed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from mailmerge.lint.extract.content import Part
from mailmerge.lint.extract.obstacles import Obstacle, Opaque
from mailmerge.lint.extract.office.document import OfficeFile, is_office
from mailmerge.lint.extract.source import MOST_FILES, Source
from mailmerge.text.regex import regex

_MOST_RATIO = 250
GZIP = b"\x1f\x8b"
_MOST_MEMBERS = 100
_HEAD_OF_GZIP = 512
"""Octets in which its name and its comment are."""
_END = b"PK\x05\x06"
_SIZE_OF_END = 22
"""Octets of the record that ends an archive, before its comment."""
_MACROS = regex(r"vbaProject|macrosheets|^Basic/|^Scripts/")


def read_archive(source: Source) -> None:
    """Look into a ZIP archive, which every new Office file is.

    Raises:
        Opaque: it is encrypted, damaged or a bomb.
    """
    archive = _opened(source.octets)
    members = archive.infolist()
    if len(members) > MOST_FILES:
        raise Opaque(Obstacle.TOO_MANY_FILES, MOST_FILES)
    office = OfficeFile(source) if is_office({member.filename for member in members}) else None
    for name, octets in _unpacked(source, archive, members):
        if office:
            office.take(name, octets)
        else:
            _file(source, name, octets)
    _beside(source, members)
    if office:
        office.read()
    else:
        source.content.obstruct(Obstacle.ARCHIVE)


def _opened(octets: bytes) -> ZipFile:
    try:
        return ZipFile(BytesIO(octets))
    except (BadZipFile, struct.error, ValueError, NotImplementedError, OverflowError):
        raise Opaque(Obstacle.DAMAGED_ARCHIVE) from None


def _unpacked(source: Source, archive: ZipFile, members: list[ZipInfo]) -> Iterator[tuple[str, bytes]]:
    for member in members:
        if member.flag_bits & 0x1:
            raise Opaque(Obstacle.ENCRYPTED)
        if member.is_dir():
            continue
        if _MACROS.search(member.filename):
            source.content.obstruct(Obstacle.MACROS)
        left = source.budget.octets
        try:
            with archive.open(member) as file:
                octets = file.read(left + 1)
        except (BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, struct.error, ValueError, RuntimeError):
            source.content.obstruct(Obstacle.DAMAGED_ARCHIVE)
            continue
        source.unpacked(octets)
        if len(octets) > 100_000 + _MOST_RATIO * max(1, member.compress_size):
            raise Opaque(Obstacle.ZIP_BOMB)
        yield member.filename, octets


def _file(source: Source, name: str, octets: bytes) -> None:
    """A file in a plain archive; its name may be in any code page, and ZIP mostly does not say in which."""
    source.add(Part.EMBEDDED, name)
    if not name.isascii():
        for code_page in ("cp850", "cp1252", "utf-8"):
            source.add(Part.EMBEDDED, name.encode("cp437", "replace").decode(code_page, "replace"))
    source.inside(octets, name, Part.EMBEDDED)


def _beside(source: Source, members: list[ZipInfo]) -> None:
    """The comments of the archive and of its members, and what follows the archive."""
    after = source.octets[source.octets.rfind(_END) + _SIZE_OF_END :]
    comments = [after, *(member.comment for member in members)]
    source.add(Part.PROPERTIES, "\n".join(comment.decode("utf-8", "replace") for comment in comments if comment))


def _members(source: Source) -> Iterator[bytes]:
    rest = source.octets
    for _ in range(_MOST_MEMBERS):
        unpacking = zlib.decompressobj(wbits=31)
        try:
            octets = unpacking.decompress(rest, source.budget.octets + 1)
        except zlib.error:
            raise Opaque(Obstacle.DAMAGED_ARCHIVE) from None
        source.unpacked(octets)
        yield octets
        rest = unpacking.unused_data
        if not rest.startswith(GZIP):
            return
    raise Opaque(Obstacle.TOO_MANY_FILES, _MOST_MEMBERS)


def read_gzip(source: Source) -> None:
    """One file that is compressed, in one member or in several (RFC 1952); the first may say what it is called.

    Raises:
        Opaque: it is damaged or a bomb.
    """
    source.add_raw(Part.PROPERTIES, source.octets[:_HEAD_OF_GZIP])
    source.inside(b"".join(_members(source)), source.name.removesuffix(".gz"), Part.EMBEDDED)
    source.content.obstruct(Obstacle.ARCHIVE)
