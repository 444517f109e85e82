"""The large bodies of a message: where they stand, and which are the composed files to the last octet."""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Collection, Iterator
from functools import lru_cache
from hashlib import sha256

from mailmerge.model import Attachment

SMALLEST = 4096
"""Octets; a body under this many is not worth being told apart."""
_LINES = 57 * 4096
"""Octets of a file that are encoded at a time, in whole lines: other threads get their turn in between."""


def large_bodies(content: bytes) -> Iterator[tuple[int, int]]:
    """Where the bodies between boundary lines stand that have :data:`SMALLEST` octets or more.

    Any line that starts with ``--`` counts as a boundary (RFC 2046 5.1.1), so that a body may come in pieces.
    """
    if len(content) < SMALLEST:
        return
    boundary = content.find(b"\r\n--")
    while boundary != -1:
        following = content.find(b"\r\n--", boundary + 4)
        end = len(content) if following == -1 else following
        blank = content.find(b"\r\n\r\n", boundary, end)
        if blank != -1 and end - (blank + 4) >= SMALLEST:
            yield blank + 4, end
        boundary = following


def without_files(content: bytes, attachments: Collection[Attachment]) -> tuple[bytes, int]:
    """The message less each large body that is the base64 of one of these files, and how many of them are not there.

    Such a body holds no line that could be read as a boundary or a header, so that what is left parses as the whole
    does, in a hundredth of the time.
    """
    meant = [_encoded_digest(file) for file in attachments if len(file.content) >= SMALLEST]
    if not meant:
        return content, 0
    view = memoryview(content)
    kept: list[memoryview] = []
    done = 0
    for start, end in large_bodies(content):
        digest = sha256(view[start:end]).digest()
        if digest in meant:
            meant.remove(digest)
            kept.append(view[done:start])
            done = end
    return b"".join([*kept, view[done:]]), len(meant)


@lru_cache(maxsize=4)
def _encoded_digest(attachment: Attachment) -> bytes:
    """The SHA-256 of a file in base64 as RFC 2045 6.8 has it: lines of 76 characters, each ended by CRLF.

    Encoded here once more: a gate that borrowed the composer's encoding would prove nothing.
    """
    digest = sha256()
    for start in range(0, len(attachment.content), _LINES):
        digest.update(encodebytes(attachment.content[start : start + _LINES]).replace(b"\n", b"\r\n"))
    return digest.digest()
