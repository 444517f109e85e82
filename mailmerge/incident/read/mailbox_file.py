"""A mailbox of many mails in one file (mbox, RFC 4155), of any size: read in a stream, and only looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from mailmerge.incident.mail import Mail
from mailmerge.incident.read.internet_message import read_headers, read_message

_LONGEST_LINE = 1 << 16
_LONGEST_HEADER = 4 << 20
"""Octets of the headers of one mail: those of ten thousand visible recipients are below a megabyte."""
MOST_OCTETS = 100_000_000
"""Of one mail."""


class MailPlace(Struct, frozen=True):
    """Where in the file a mail is, and what its headers say."""

    start: int
    end: int
    headers: Mail


def look_through(path: Path) -> Iterator[MailPlace]:
    """Every mail of the file in its order, by its headers.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        start, header, in_header = -1, bytearray(), False
        blank, position = True, 0
        for line in iter(lambda: file.readline(_LONGEST_LINE), b""):
            if blank and line.startswith(b"From "):
                if start >= 0:
                    yield MailPlace(start, position, read_headers(bytes(header), path))
                start, in_header = position + len(line), True
                header.clear()
            elif in_header:
                if line in (b"\n", b"\r\n"):
                    in_header = False
                elif len(header) < _LONGEST_HEADER:
                    header += line
            blank = line in (b"\n", b"\r\n")
            position += len(line)
        if start >= 0:
            yield MailPlace(start, position, read_headers(bytes(header), path))


def read_at(path: Path, place: MailPlace) -> Mail:
    """One mail of the file, whole.

    Raises:
        OSError: the file cannot be read.
        InputError: the mail is encrypted.
    """
    with path.open("rb") as file:
        return read_message(_octets(file, place), path)


def _octets(file: BinaryIO, place: MailPlace) -> bytes:
    file.seek(place.start)
    return file.read(min(place.end - place.start, MOST_OCTETS))
