"""Readable text among octets of any kind, for what no reader knows."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.text.regex import regex

_NARROW = regex(rb"[\x20-\x7e\xa0-\xff]{5,}")
_EDGES = regex(rb"\A[\xa0-\xff]+|[\xa0-\xff]+\Z")
_ASCII = regex(rb"[\x20-\x7e]{5,}")
_BEYOND_ASCII = rb"(?:[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2})"
_UTF8 = regex(
    rb"(?<![\x20-\x7e])(?=(?:[\x20-\x7e]|" + _BEYOND_ASCII + rb"){5})"
    rb"[\x20-\x7e]*+(?:" + _BEYOND_ASCII + rb"++[\x20-\x7e]*+)++"
)
_WIDE = regex(
    rb"(?:[\x20-\x7e\xa0-\xff]\x00|[\x00-\x7f\xa0\xa1\xaf\xb0]\x01|[\x18-\x1b]\x02|[\x00-\x28\x86-\xce]\x03"
    rb"|[\x00-\x5f]\x04|[\xd0-\xea]\x05|[\x21-\x4a]\x06|[\x00-\xf9]\x1e|[\x10-\x26]\x20){5,}"
)
"""Latin letters with any accents, Greek, Cyrillic, Hebrew and Arabic ones."""
_WIDE_TURNED = regex(
    rb"(?:(?<![\x20-\x7e\xa0-\xff])|(?<=\xfe\xff))(?:\x00[\x20-\x7e\xa0-\xff]|\x01[\x00-\x7f\xa0\xa1\xaf\xb0]"
    rb"|\x02[\x18-\x1b]|\x03[\x00-\x28\x86-\xce]|\x04[\x00-\x5f]|\x05[\xd0-\xea]|\x06[\x21-\x4a]"
    rb"|\x1e[\x00-\xf9]|\x20[\x10-\x26]){5,}"
)
"""The same, octets the other way round: not where they are the right way, but after the mark that says so."""
_TAG, _SIZE_OF_TAG = b"TAG", 128
"""What a recording ends in (ID3v1): its title follows without a gap."""


def strings(octets: bytes) -> str:
    """Runs of readable text: in one octet per character, in UTF-8 and in UTF-16; each on a line of its own."""
    tag = len(octets) - _SIZE_OF_TAG
    if octets[tag:].startswith(_TAG) and tag >= 0:
        octets = b"\0".join((octets[:tag], octets[tag + len(_TAG) :]))
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
