"""Strings of a PDF that are found without following its objects: beside the text of a page, and in what was replaced.

What an incremental update replaces stays in the file (ISO 32000-2, 7.5.6); so does what no object refers to.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from mailmerge.lint.extract.raw import strings
from mailmerge.lint.extract.readings import decode
from mailmerge.text.regex import regex

LITERAL = rb"\((?:[^\\()]++|\\.|\((?:[^\\()]++|\\.)*+\))*+\)?+"
"""One that is never closed goes on to the end, so that no octet is looked at twice."""
_HEXADECIMAL = rb"<[0-9A-Fa-f\s]{6,}+>"
_STRING = regex(LITERAL + rb"|" + _HEXADECIMAL, re.DOTALL)
_INSTEAD = regex(rb"/(?:ActualText|Alt|E)\s*(" + LITERAL + rb"|" + _HEXADECIMAL + rb")", re.DOTALL)
_WITH_FILES = regex(rb"/AF\b")
"""A part of a document that has files of its own (ISO 32000-2, 14.13)."""
_ESCAPE = regex(rb"\\(?:([0-7]{1,3})|(\r\n|[\r\n])|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_STREAM = regex(rb"stream\r?\n")
_COMMENT = regex(rb"%(?!PDF-|%EOF)(?=[^\r\n]*[A-Za-z]{3})([^\r\n]{4,})")
_PACKED = regex(rb"/Filter\s*\[?\s*/(?:FlateDecode|Fl)\b")
_WITHOUT_WORDS = regex(
    rb"/Image\b|/Length[123]\b|/(?:Type1C|CIDFontType0C|OpenType|XRef|FunctionType|ShadingType)\b|/N\s+[134]\b"
)
"""Pictures, fonts, tables of places, colours."""
_WORD = regex(r"[^\W\d_]{2}|\d{4}")
_MOST_UNPACKED = 60_000_000
_MOST_TEXT = 4_000_000


def alternative_texts(drawn: bytes) -> str:
    """What is copied, read aloud or spelt out in place of what a page draws (14.9)."""
    if not _INSTEAD.search(drawn):
        return ""
    return "\n".join(_decoded(found[1]) for found in _INSTEAD.finditer(drawn))


class Loose(NamedTuple):
    """Strings that no reader was led to."""

    text: str
    whole: bool
    """Whether all of the file was looked through."""
    instead: str | None
    """What is read aloud in place of parts of the document (14.9); None where the objects themselves have to say."""


def loose_strings(octets: bytes) -> Loose:
    """Every string and comment outside the streams, and every string in streams of objects; each on its own line."""
    texts: dict[str, None] = {}
    instead: list[str] = []
    size, left, is_told = 0, _MOST_UNPACKED, True
    for area, is_unpacked in _areas(octets):
        left -= len(area) if is_unpacked else 0
        if left < 0:
            return Loose("\n\n".join(texts), whole=False, instead=None)
        is_told = is_told and bool(area or not is_unpacked) and not _WITH_FILES.search(area)
        instead.append(alternative_texts(area))
        comments = [] if is_unpacked else [decode(found[1]) for found in _COMMENT.finditer(area)]
        for text in (*comments, *(_decoded(found.group()) for found in _STRING.finditer(area))):
            if _WORD.search(text) and text not in texts:
                texts[text] = None
                size += len(text)
                if size > _MOST_TEXT:
                    return Loose("\n\n".join(texts), whole=False, instead=None)
    return Loose("\n\n".join(texts), whole=True, instead="\n".join(filter(None, instead)) if is_told else None)


def around(octets: bytes) -> str:
    """The readable text before the first line of a PDF, and after its last."""
    begin, end = octets.find(b"%PDF-"), octets.rfind(b"%%EOF")
    return strings(octets[: max(0, begin)] + b"\0" + (octets[end + 5 :] if end != -1 else b""))


def has_broken_stream(octets: bytes) -> bool:
    """Whether a stream that may have words in it cannot be unpacked to its end, so that its reader leaves them out."""
    left = _MOST_UNPACKED
    for stream in _streams(octets):
        if _PACKED.search(stream.dictionary) and not _WITHOUT_WORDS.search(stream.dictionary):
            unpacked = _unpacked(octets[stream.start : stream.end], left + 1)
            if unpacked is None:
                return True
            left -= len(unpacked)
            if left < 0:
                return False  # what is beyond the bound is told of as such
    return False


def _unpacked(packed: bytes, limit: int) -> bytes | None:
    """What a stream contains, up to a limit (RFC 1950); None where it is damaged. A checksum may be missing."""
    if not packed.strip():
        return b""
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacked = unpacking.decompress(packed[2:], limit)
    except zlib.error:
        return None
    checksum = unpacking.unused_data[:4]
    is_checked = len(checksum) < 4 or int.from_bytes(checksum, "big") == zlib.adler32(unpacked)
    is_whole = len(unpacked) == limit or (unpacking.eof and is_checked)
    return unpacked if is_whole and int.from_bytes(packed[:2], "big") % 31 == 0 else None


class _Stream(NamedTuple):
    dictionary: bytes
    begins: int
    """Where its first word is."""
    start: int
    end: int


def _streams(octets: bytes) -> Iterator[_Stream]:
    place = 0
    while begins := _STREAM.search(octets, place):
        end = octets.find(b"endstream", begins.end())
        end = len(octets) if end == -1 else end
        dictionary = octets[max(place, octets.rfind(b" obj", place, begins.start())) : begins.start()]
        yield _Stream(dictionary, begins.start(), begins.end(), end)
        place = end + len(b"endstream")


def _areas(octets: bytes) -> Iterator[tuple[bytes, bool]]:
    """What is between the streams, and what streams of objects contain; whether it was unpacked."""
    place = 0
    for stream in _streams(octets):
        yield octets[place : stream.begins], False
        if b"/ObjStm" in stream.dictionary:
            yield _inflated(octets[stream.start : stream.end], _MOST_UNPACKED + 1), True
        place = stream.end + len(b"endstream")
    yield octets[place:], False


def _inflated(packed: bytes, limit: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, limit)
    except zlib.error:
        return b""


def raw_string(string: bytes) -> bytes:
    """The octets of a string object (7.3.4)."""
    inner = string[1:-1] if string[-1:] in b")>" else string[1:]
    if string[:1] == b"<":
        digits = b"".join(inner.split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return _ESCAPE.sub(_unescaped, inner) if b"\\" in inner else inner


def _decoded(string: bytes) -> str:
    """A string object as text (7.9.2)."""
    raw = raw_string(string)
    if raw[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return raw.decode("utf-16", "replace")
    if raw[:3] == b"\xef\xbb\xbf":
        return raw.decode("utf-8-sig", "replace")
    return raw.decode("cp1252", "replace")


def _unescaped(found: re.Match[bytes]) -> bytes:
    octal, line_end, other = found.groups()
    if octal is not None:
        return bytes([int(octal, 8) & 0xFF])
    return b"" if line_end is not None else _LETTERS.get(other, other)
