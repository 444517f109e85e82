"""The tags of TIFF and EXIF (TIFF 6.0, CIPA DC-008): who made a picture, where, and what is written about it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from mailmerge.lint.extract.content import Part
from mailmerge.lint.extract.pictures.xmp import add_iptc, add_xmp
from mailmerge.lint.extract.raw import strings
from mailmerge.lint.extract.readings import decode
from mailmerge.lint.extract.source import Source

_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Octets of one value, by its type."""
_DIRECTORIES = {0x8769, 0x8825, 0xA005, 0x014A}
_ARTIST, _XP_AUTHOR, _GPS, _COMMENT = 0x013B, 0x9C9D, 0x8825, 0x9286
_XP = range(0x9C9B, 0x9CA0)
_XMP, _IPTC, _PHOTOSHOP = 0x02BC, 0x83BB, 0x8649
_MOST_DIRECTORIES = 50
_MOST_TAGS = 2_000
_MOST_VALUES = 60_000_000
"""Octets of the values of all tags, which may lie over one another."""


class _Tag(NamedTuple):
    number: int
    kind: int
    value: bytes


def is_tagged(octets: bytes) -> bool:
    """Whether the octets are a TIFF file, or the block of EXIF in another."""
    return octets[:4] in _ORDERS


def add_tags(source: Source, octets: bytes) -> bool:
    """Keep every text among the tags; False where they cannot be read to their end."""
    order = _ORDERS.get(octets[:4])
    if order is None:
        source.add_raw(Part.IMAGE, octets)
        return False
    whole = True
    try:
        for tag in _tags(octets, order):
            _keep(source, tag, order)
    except (struct.error, ValueError):
        source.add_raw(Part.IMAGE, octets)
        whole = False
    return whole


def _tags(octets: bytes, order: str) -> Iterator[_Tag]:
    """The tags of all directories, each directory once; a directory may name itself as the next.

    Raises:
        struct.error: one is beyond the end.
        ValueError: there are too many.
    """
    pending = list(struct.unpack_from(f"{order}I", octets, 4))
    seen: set[int] = set()
    tags = size_of_all = 0
    while pending:
        place = pending.pop()
        if place in seen or not place:
            continue
        seen.add(place)
        (count,) = struct.unpack_from(f"{order}H", octets, place)
        tags += count
        if len(seen) > _MOST_DIRECTORIES or tags > _MOST_TAGS:
            raise ValueError(tags)
        for index in range(count):
            entry = place + 2 + 12 * index
            number, kind, values = struct.unpack_from(f"{order}HHI", octets, entry)
            size = values * _SIZES.get(kind, 1)
            start = entry + 8 if size <= 4 else struct.unpack_from(f"{order}I", octets, entry + 8)[0]
            size_of_all += size
            if size_of_all > _MOST_VALUES or (number in _DIRECTORIES and values > _MOST_DIRECTORIES):
                raise ValueError(number)
            if number in _DIRECTORIES:
                pending += struct.unpack_from(f"{order}{values}I", octets, start)
            if size > len(octets) - start:
                raise ValueError(number)
            yield _Tag(number, kind, octets[start : start + size])
        pending += struct.unpack_from(f"{order}I", octets, place + 2 + 12 * count)


def _keep(source: Source, tag: _Tag, order: str) -> None:
    text = _text(tag, order)
    if tag.number == _GPS:
        source.content.metadata.setdefault("gps", "GPS")
    elif tag.number == _XMP:
        add_xmp(source, decode(tag.value))
    elif tag.number in (_IPTC, _PHOTOSHOP):
        add_iptc(source, tag.value)
    elif tag.number in (_ARTIST, _XP_AUTHOR) and text:
        source.content.metadata.setdefault("artist", text)
        source.add(Part.AUTHOR, text)
    else:
        source.add(Part.IMAGE, text)


def _text(tag: _Tag, order: str) -> str:
    if tag.number in _XP:
        return tag.value.decode("utf-16-le", "replace").strip("\0")
    if tag.number == _COMMENT:
        coding, value = tag.value[:8], tag.value[8:]
        if coding.startswith(b"UNICODE"):
            little, big = (value.decode(f"utf-16-{end}", "replace").strip("\0") for end in ("le", "be"))
            return f"{little}\n\n{big}"  # programs disagree on its order
        return decode(value.strip(b"\0"))
    if tag.kind == 2:
        return decode(tag.value.strip(b"\0").replace(b"\0", b"\t"))
    return strings(tag.value) if tag.kind in (1, 6, 7) else ""
