"""Pictures: what is written beside the pixels, wherever in the file: comments, EXIF, IPTC, XMP, and what follows it.

PNG (ISO/IEC 15948), JPEG (ITU-T T.81), GIF89a, WebP (RFC 9649), TIFF 6.0. Lengths in a file are never believed.
"""

from __future__ import annotations

import struct
import zlib
from binascii import unhexlify
from collections.abc import Iterator

from mailmerge.lint.extract.content import Part
from mailmerge.lint.extract.obstacles import Obstacle, Opaque
from mailmerge.lint.extract.pictures.exif import add_tags, is_tagged
from mailmerge.lint.extract.pictures.xmp import add_iptc, add_xmp
from mailmerge.lint.extract.readings import decode
from mailmerge.lint.extract.source import Source
from mailmerge.text.regex import regex

_MOST_TEXT = 2_000_000
"""Octets that a compressed text may unpack to."""
_RAW_PROFILE = regex(rb"Raw profile type [^\t]{1,80}\t\s*\w+\s+\d+\s+((?:[0-9A-Fa-f]{2}\s*)+)\Z")
_MOST_ENTRIES = 100
_LONGEST_ENTRY = 4_096
_BEHIND = (b"PK\x03\x04", b"%PDF-")
_PNG, _GIF, _JPEG = b"\x89PNG\r\n\x1a\n", b"GIF8", b"\xff\xd8\xff"


def is_picture(octets: bytes) -> bool:
    """Whether the octets begin as a picture of a known kind does."""
    return octets.startswith((_PNG[:4], _GIF, _JPEG)) or octets[8:12] == b"WEBP" or is_tagged(octets)


def read_picture(source: Source) -> None:
    """What is written in a picture; one that breaks off or lies about its parts is searched for text as it is."""
    source.content.readable = False
    octets = source.octets
    reader = (
        _png if octets.startswith(_PNG)
        else _gif if octets.startswith(_GIF)
        else _jpeg if octets.startswith(_JPEG)
        else _webp if octets[8:12] == b"WEBP"
        else _tiff if is_tagged(octets)
        else None
    )  # fmt: skip
    try:
        if reader is None:
            raise Opaque(Obstacle.DAMAGED)
        end = reader(source, octets)
    except (Opaque, IndexError, struct.error, ValueError) as error:
        source.add_raw(Part.IMAGE, octets)
        if not source.depth:  # a document is readable whatever its pictures are
            source.content.obstruct(error.obstacle if isinstance(error, Opaque) else Obstacle.DAMAGED)
        return
    after = octets[end:]
    if is_picture(after) or after.startswith(_BEHIND):
        source.inside(after, source.name)  # a preview, the other eye's picture, or a file that nobody sees
    else:
        source.add_raw(Part.IMAGE, after)


def _png(source: Source, octets: bytes) -> int:
    for kind, data, end in _chunks(octets, 8, ">I4s", 4):
        if kind == b"tEXt":
            _keep(source, data.replace(b"\0", b"\t"))
        elif kind == b"zTXt":
            keyword, _, packed = data.partition(b"\0")
            _keep(source, keyword + b"\t" + _inflated(packed[1:]))
        elif kind == b"iCCP":
            keyword, _, packed = data.partition(b"\0")
            _keep(source, keyword)
            _keep_colours(source, _inflated(packed[1:], whole=False))
        elif kind == b"iTXt":
            _international(source, data)
        elif kind == b"eXIf":
            add_tags(source, data)
        elif kind == b"IEND":
            return end
        elif kind not in (b"IDAT", b"IHDR", b"PLTE", b"fdAT"):
            source.add_raw(Part.IMAGE, data)
    raise Opaque(Obstacle.DAMAGED)


def _chunks(octets: bytes, start: int, header: str, after: int) -> Iterator[tuple[bytes, bytes, int]]:
    """Kind, data and end of each chunk; the last may claim to be longer than the file.

    Raises:
        Opaque: one is.
    """
    place = start
    while place + 8 <= len(octets):
        fields = struct.unpack_from(header, octets, place)
        kind, length = (fields[1], fields[0]) if header == ">I4s" else (fields[0], fields[1])
        end = place + 8 + length + after
        if end > len(octets):
            raise Opaque(Obstacle.DAMAGED)
        yield kind, octets[place + 8 : place + 8 + length], end
        place = end


def _international(source: Source, data: bytes) -> None:
    keyword, _, rest = data.partition(b"\0")
    packed, rest = rest[:1] == b"\1", rest[2:]
    language, _, rest = rest.partition(b"\0")
    translated, _, text = rest.partition(b"\0")
    _keep(source, b"\t".join((keyword, language, translated, _inflated(text) if packed else text)))


def _inflated(packed: bytes, *, whole: bool = True) -> bytes:
    """Unpacked as far as it goes; what is not compressed at all, as it is.

    Raises:
        Opaque: it is a bomb.
    """
    decompressor = zlib.decompressobj()
    try:
        unpacked = decompressor.decompress(packed, _MOST_TEXT)
    except zlib.error:
        return packed
    if whole and decompressor.unconsumed_tail:
        raise Opaque(Obstacle.ZIP_BOMB)
    return unpacked


def _keep(source: Source, octets: bytes) -> None:
    """A comment, the XML of XMP, or a block of another format's data as ImageMagick writes it."""
    if block := _RAW_PROFILE.match(octets):
        _keep_block(source, unhexlify(b"".join(block[1].split())))
        return
    text = decode(octets)
    add_xmp(source, text) if "xmpmeta" in text or "rdf:RDF" in text else source.add(Part.IMAGE, text)


def _keep_block(source: Source, block: bytes) -> None:
    """What other formats have in a block of its own: EXIF, XMP, or IPTC."""
    block = block.removeprefix(b"Exif\0\0")
    if is_tagged(block):
        add_tags(source, block)
    elif b"<x:xmpmeta" in block or b"<rdf:RDF" in block:
        _keep(source, block)
    else:
        add_iptc(source, block)


def _keep_colours(source: Source, profile: bytes) -> None:
    """What a profile of colours (ICC.1, 7.3) is called, such as after the owner of a screen."""
    (count,) = struct.unpack_from(">I", profile, 128) if len(profile) > 132 else (0,)
    for entry in range(min(count, _MOST_ENTRIES)):
        place, size = struct.unpack_from(">II", profile.ljust(132 + 12 * _MOST_ENTRIES, b"\0"), 136 + 12 * entry)
        kind, named = profile[place : place + 4], profile[place + 8 : place + min(size, _LONGEST_ENTRY)]
        if kind == b"mluc" and len(named) > 8:
            source.add_raw(Part.IMAGE, named[8 + 12 * struct.unpack_from(">I", named)[0] :])
        elif kind in (b"desc", b"text"):
            source.add_raw(Part.IMAGE, named)


def _jpeg(source: Source, octets: bytes) -> int:
    place = 2
    while octets[place] == 0xFF:
        marker = octets[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0xD9:
            return place + 2
        if marker in (0x01, *range(0xD0, 0xD9)):
            place += 2
            continue
        (length,) = struct.unpack_from(">H", octets, place + 2)
        if length < 2 or place + 2 + length > len(octets):
            raise Opaque(Obstacle.DAMAGED)
        _segment(source, marker, octets[place + 4 : place + 2 + length])
        place += 2 + length
        if marker == 0xDA:
            place = _after_scan(octets, place)
    raise Opaque(Obstacle.DAMAGED)


def _after_scan(octets: bytes, place: int) -> int:
    """Where the next marker is, after pixels in which 0xFF is followed by a null or a restart marker."""
    found = _MARKER.search(octets, place)
    if found is None:
        raise Opaque(Obstacle.DAMAGED)
    return found.start()


_MARKER = regex(rb"\xff[^\x00\xd0-\xd7\xff]")


def _segment(source: Source, marker: int, data: bytes) -> None:
    if marker == 0xE1 and data.startswith(b"Exif\0"):
        add_tags(source, data[6:])
    elif marker == 0xE1 and data.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
        _keep(source, data.partition(b"\0")[2])
    elif marker == 0xE1 and data.startswith(b"http://ns.adobe.com/xmp/extension/\0"):
        _keep(source, data[35 + 40 :])
    elif marker == 0xED:
        add_iptc(source, data)
    elif marker == 0xFE:
        _keep(source, data)
    elif marker == 0xE2 and data.startswith(b"ICC_PROFILE\0"):
        _keep_colours(source, data[14:])
    elif 0xE0 <= marker <= 0xEF and marker != 0xE2:
        source.add_raw(Part.IMAGE, data)


def _gif(source: Source, octets: bytes) -> int:
    place = 13 + (3 * (2 << (octets[10] & 7)) if octets[10] & 0x80 else 0)
    while octets[place] != 0x3B:
        if octets[place] == 0x21:
            label = octets[place + 1]
            data, end = _blocks(octets, place + 2)
            if label != 0xF9:
                _keep(source, data)
                _keep_packet(source, octets[place:end])
            place = end
        elif octets[place] == 0x2C:
            flags = octets[place + 9]
            place += 10 + (3 * (2 << (flags & 7)) if flags & 0x80 else 0)
            place = _blocks(octets, place + 1)[1]
        else:
            raise Opaque(Obstacle.DAMAGED)
    return place + 1


def _keep_packet(source: Source, octets: bytes) -> None:
    """XMP that is not cut into the blocks of its extension, as GIF has it."""
    start, end = octets.find(b"<x:xmpmeta"), octets.rfind(b"</x:xmpmeta>")
    if -1 < start < end:
        _keep(source, octets[start:end])


def _blocks(octets: bytes, place: int) -> tuple[bytes, int]:
    data = []
    while octets[place]:
        data.append(octets[place + 1 : place + 1 + octets[place]])
        place += 1 + octets[place]
    return b"".join(data), place + 1


def _webp(source: Source, octets: bytes) -> int:
    (size,) = struct.unpack_from("<I", octets, 4)
    end: int = 8 + size + size % 2
    if end > len(octets) + 1:
        raise Opaque(Obstacle.DAMAGED)
    place = 12
    while place + 8 <= min(end, len(octets)):
        kind, length = struct.unpack_from("<4sI", octets, place)
        if place + 8 + length > len(octets):
            raise Opaque(Obstacle.DAMAGED)
        data = octets[place + 8 : place + 8 + length]
        if kind == b"EXIF":
            add_tags(source, data.removeprefix(b"Exif\0\0"))
        elif kind == b"XMP ":
            _keep(source, data)
        elif kind == b"ICCP":
            _keep_colours(source, data)
        elif not kind.startswith((b"VP8", b"ALPH", b"ANI", b"ANMF")):
            source.add_raw(Part.IMAGE, data)
        place += 8 + length + length % 2
    return end


def _tiff(source: Source, octets: bytes) -> int:
    if not add_tags(source, octets):
        raise Opaque(Obstacle.DAMAGED)
    source.add_raw(Part.IMAGE, octets[:65_536] + b"\0" + octets[-65_536:])
    return len(octets)
