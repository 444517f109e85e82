"""Readable text among octets of any kind, for what no reader knows."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.text.regex import regex

_NARROW = regex(rb"[\x20-\x7e\xa0-\xff]{5,}")
_EDGES = regex(rb"\A[\xa0-\xff]+|[\xa0-\xff]+\Z")
_ASCII = regex(rb"[\x20-\x7e]{5,}")
_UTF8 = regex(rb"(?<![\x20-\x7e])[\x20-\x7e]*+(?:[\xc3-\xc5][\x80-\xbf][\x20-\x7e]++)++(?:[\xc3-\xc5][\x80-\xbf])?+")
_WIDE = regex(rb"(?:[\x20-\x7e\xa0-\xff]\x00|[\x00-\x7f]\x01|[\x10-\x26]\x20){5,}")
_WIDE_TURNED = regex(rb"(?<![\x20-\x7e\xa0-\xff])(?:\x00[\x20-\x7e\xa0-\xff]|\x01[\x00-\x7f]){5,}")


def strings(octets: bytes) -> str:
    """Runs of readable text: in one octet per character, in UTF-8 and in UTF-16; each on a line of its own."""
    return "\n".join(_runs(octets))


def _runs(octets: bytes) -> Iterator[str]:
    for run in _NARROW.finditer(octets):
        yield run.group().decode("cp1252", "replace")
        if (bare := _EDGES.sub(b"", run.group())) != run.group():
            yield bare.decode("cp1252", "replace")
        if b"@" in run.group():
            yield from (part.decode("ascii") for part in _ASCII.findall(run.group()) if b"@" in part)
    for run in _UTF8.finditer(octets):
        yield run.group().decode("utf-8", "replace")
    for pattern, encoding in ((_WIDE, "utf-16-le"), (_WIDE_TURNED, "utf-16-be")):
        if b"\0" in octets:
            for run in pattern.finditer(octets):
                yield run.group().decode(encoding, "replace")
