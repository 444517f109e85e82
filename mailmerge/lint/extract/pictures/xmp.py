"""What XMP (ISO 16684) and IPTC-IIM say of a picture or a document: titles, captions, and who made it."""

from __future__ import annotations

import re
import struct

from mailmerge.lint.extract.content import Part
from mailmerge.lint.extract.readings import decode
from mailmerge.lint.extract.source import Source
from mailmerge.lint.extract.web.markup import plain
from mailmerge.text.regex import regex

_CREATOR = regex(r"<dc:creator\b.{0,2000}?</dc:creator>", re.DOTALL)
_VALUE = regex(r"=\s*(?:\"([^\"]*)\"|'([^']*)')")


def add_xmp(source: Source, text: str, part: Part = Part.IMAGE) -> None:
    """Extensible Metadata Platform (ISO 16684): its elements and attributes, and who it says the author is."""
    creators = _CREATOR.search(text)
    if creators and plain(creators.group()).strip():
        source.content.metadata.setdefault("dc:creator", " ".join(plain(creators.group()).split()))
    source.add(part, plain(text))
    values = ("".join(found.groups("")) for found in _VALUE.finditer(text))
    source.add(part, plain("\n\n".join(value for value in values if len(value) > 3 and "://" not in value)))


def add_iptc(source: Source, data: bytes) -> None:
    """The records of IPTC-IIM, wherever they begin; by-line and caption are what they are mostly used for."""
    texts, place = [], data.find(b"\x1c")
    while place != -1 and place + 5 <= len(data):
        record, dataset, length = struct.unpack_from(">BBH", data, place + 1)
        value = data[place + 5 : place + 5 + length]
        if 1 <= record <= 9 and length < 0x8000:
            texts.append(decode(value))
            if (record, dataset) == (2, 80):
                source.content.metadata.setdefault("artist", decode(value))
            place += 4 + length
        place = data.find(b"\x1c", place + 1)
    source.add(Part.IMAGE, "\n".join(texts))
    source.add_raw(Part.IMAGE, data)
