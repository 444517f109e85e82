"""Read the MIME structure of a message strictly: each part closed, known and 7-bit (RFC 2046 5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from mailmerge.lint.vocabulary import words
from mailmerge.lint.wire.headers import NotCanonical, Scan, scan_headers
from mailmerge.text import shorten

_BOUNDARY = re.compile(r"multipart/(?:mixed|alternative|related)\s*;.*?boundary=(?:\"([^\"]{1,70})\"|([^\s;\"]{1,70}))")
_PART_HEADERS = words(
    "content-type content-transfer-encoding content-disposition content-id content-language mime-version"
)
_ENCODINGS = frozenset({"", "7bit", "quoted-printable", "base64"})
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that has no parts of its own, and where its body stands in the content."""

    encoding: str
    """Its Content-Transfer-Encoding, lower case."""
    start: int
    end: int
    """The CRLF that belongs to the boundary line is not counted."""


def leaf_parts(content: bytes, scan: Scan) -> list[Leaf]:
    """The parts with bodies, in order; ``scan`` is of the message's own headers.

    Raises:
        NotCanonical: a part is not closed, not known, or has headers that no part needs.
    """
    return list(_leaves(content, scan, scan.length, len(content), 0))


def _leaves(content: bytes, scan: Scan, start: int, end: int, depth: int) -> Iterator[Leaf]:
    """Those of the part whose body stands from ``start`` to ``end``."""
    media_type = scan.value("content-type")
    kind = media_type.partition(";")[0].strip().lower()
    encoding = scan.value("content-transfer-encoding").lower()
    if encoding not in _ENCODINGS:
        raise NotCanonical(f"a part is encoded as {shorten(encoding)}")
    if kind.startswith("message/"):
        raise NotCanonical(f"a part is a whole message ({shorten(kind)})")
    if not kind.startswith("multipart/"):
        yield Leaf(encoding, start, end)
        return
    match = _BOUNDARY.match(media_type)
    if not match or depth == _DEEPEST:
        raise NotCanonical(f"the parts cannot be told apart: {shorten(media_type)}")
    boundary = b"--" + (match[1] or match[2]).encode("ascii")
    marks = _marks(content, boundary, start, end)
    if len(marks) < 2 or marks[-1][1] != boundary + b"--" or any(mark != boundary for _at, mark in marks[:-1]):
        raise NotCanonical("a part is not closed")
    if content[start : marks[0][0]].strip() or content[marks[-1][0] + len(marks[-1][1]) : end].strip():
        raise NotCanonical("text stands before the first part or after the last one")
    for (at, mark), (following, _) in pairwise(marks):
        first = at + len(mark) + 2
        try:
            part = scan_headers(content, first, following)
        except NotCanonical as error:
            raise NotCanonical(f"a part's {error}") from None
        names = [name for name, _value in part.fields]
        if not set(names) <= _PART_HEADERS or len(set(names)) < len(names):
            raise NotCanonical(f"a part has headers of its own: {shorten(', '.join(names))}")
        body = first + part.length
        yield from _leaves(content, part, body, max(body, following - 2), depth + 1)


def _marks(content: bytes, boundary: bytes, start: int, end: int) -> list[tuple[int, bytes]]:
    """Where a line begins with the boundary, and the whole line."""
    marks: list[tuple[int, bytes]] = []
    at = start if content.startswith(boundary, start) else content.find(b"\r\n" + boundary, start - 2, end)
    while at != -1:
        if content.startswith(b"\r\n", at):
            at += 2
        line_end = content.find(b"\r\n", at, end)
        marks.append((at, content[at : line_end if line_end != -1 else end]))
        at = content.find(b"\r\n" + boundary, at, end)
    return marks
