"""The ZIP packages of office documents: their parts in memory, within bounds, and their XML without declarations."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

from mailmerge.errors import InputError
from mailmerge.i18n import N_
from mailmerge.text.regex import regex

MOST_BYTES = 100 << 20
"""Of all parts together, unpacked."""
_MOST_PARTS = 10_000
_MOST_TAGS = 150_000
"""Of one part: a letter of a hundred pages has a tenth of them."""
_DECLARED = regex(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

DAMAGED = N_("{path} is damaged: open it in the program that wrote it, and save it again")
NOT_THAT = N_("{path} is not a {suffix} file: open it in the program that wrote it, and save it as one")
OTHER_PACKAGES = frozenset(
    ("xl/workbook.xml", "ppt/presentation.xml", "word/document.xml", "mimetype", "META-INF/manifest.xml")
)
"""Parts of which each kind of package has its own: it is whole, and another one than its name says."""
ENCRYPTED = N_("{path} is protected with a password: save a copy without one")
TOO_LARGE = N_("{path} is larger than {limit} MB when it is unpacked: a letter is text; take the large pictures out")

TOO_LONG = N_("{path} is far longer than a letter: take out what does not belong to the letter, and save it again")


def read_package(content: bytes, path: Path) -> Mapping[str, bytes]:
    """The parts of a package by their names.

    Raises:
        InputError: it is damaged, protected, or too large when unpacked.
    """
    parts: dict[str, bytes] = {}
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            if len(members) > _MOST_PARTS:
                raise InputError(TOO_LARGE, path=path, limit=MOST_BYTES >> 20)
            for member in members:
                if member.flag_bits & 0x1:
                    raise InputError(ENCRYPTED, path=path)
                with package.open(member) as file:
                    part = file.read(left + 1)
                left -= len(part)
                if left < 0:
                    raise InputError(TOO_LARGE, path=path, limit=MOST_BYTES >> 20)
                parts[member.filename] = part
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, NotImplementedError):
        raise InputError(DAMAGED, path=path) from None
    return parts


def read_xml(part: bytes, path: Path) -> ElementTree.Element:
    """One part as a tree; an office program declares no entities, so a part that does is refused.

    Raises:
        InputError: it is not XML, declares entities, or is far too long.
    """
    if _DECLARED.search(part):
        raise InputError(DAMAGED, path=path)
    if part.count(b"<") > _MOST_TAGS:
        raise InputError(TOO_LONG, path=path)
    try:
        return ElementTree.fromstring(part)  # noqa: S314  (entities are refused above)
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise InputError(DAMAGED, path=path) from None
