"""Read the MIME structure of a message strictly: each part closed, known and 7-bit (RFC 2046 5.1)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from mailmerge.i18n import N_
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.vocabulary import words
from mailmerge.lint.wire.headers import NotCanonical, Scan, scan_headers
from mailmerge.lint.wire.problem import REPORT_IT
from mailmerge.text.regex import regex

_BOUNDARY = regex(r"multipart/(?:mixed|alternative|related)\s*;.*?boundary=(?:\"([^\"]{1,70})\"|([^\s;\"]{1,70}))")
_PART_HEADERS = words(
    "content-type content-transfer-encoding content-disposition content-id content-language mime-version"
)
_ENCODINGS = frozenset({"", "7bit", "quoted-printable", "base64"})
_DEEPEST = 4

ENCODING = Sentence("wir903.encoding", one=N_("a part has the encoding {encoding}"), fix=REPORT_IT)
WHOLE_MESSAGE = Sentence("wir903.whole-message", one=N_("a part is a whole message ({kind})"), fix=REPORT_IT)
NO_BOUNDARY = Sentence("wir903.no-boundary", one=N_("the parts cannot be separated: {media_type}"), fix=REPORT_IT)
NOT_CLOSED = Sentence("wir903.not-closed", one=N_("a part is not closed"), fix=REPORT_IT)
BESIDE_PARTS = Sentence(
    "wir903.beside-parts", one=N_("there is text before the first part or after the last one"), fix=REPORT_IT
)
PART_HEADERS = Sentence("wir903.part-headers", one=N_("a part has headers that no part needs: {names}"), fix=REPORT_IT)


class Leaf(Struct, frozen=True):
    """A part that has no parts of its own, and where its body is in the content."""

    encoding: str
    """Its Content-Transfer-Encoding, lower case."""
    start: int
    end: int
    """The CRLF that belongs to the boundary line is not counted."""


@lru_cache(maxsize=1)  # the proof and the gate read the same bytes, one after the other
def message_headers(content: bytes) -> Scan:
    """The headers of a whole message.

    Raises:
        NotCanonical: as :func:`scan_headers` says.
    """
    return scan_headers(content)


@lru_cache(maxsize=1)
def leaf_parts(content: bytes) -> tuple[Leaf, ...]:
    """The parts with bodies of a whole message, in order.

    Raises:
        NotCanonical: a part is not closed, not known, or has headers that no part needs.
    """
    scan = message_headers(content)
    return tuple(_leaves(content, scan, scan.length, len(content), 0))


def _leaves(content: bytes, scan: Scan, start: int, end: int, depth: int) -> Iterator[Leaf]:
    """Those of the part whose body extends from ``start`` to ``end``."""
    media_type = scan.value("content-type")
    kind = media_type.partition(";")[0].strip().lower()
    encoding = scan.value("content-transfer-encoding").lower()
    if encoding not in _ENCODINGS:
        raise NotCanonical(ENCODING, encoding=Quoted(encoding))
    if kind.startswith("message/"):
        raise NotCanonical(WHOLE_MESSAGE, kind=Quoted(kind))
    if not kind.startswith("multipart/"):
        yield Leaf(encoding, start, end)
        return
    match = _BOUNDARY.match(media_type)
    if not match or depth == _DEEPEST:
        raise NotCanonical(NO_BOUNDARY, media_type=Quoted(media_type))
    boundary = b"--" + (match[1] or match[2]).encode("ascii")
    marks = _marks(content, boundary, start, end)
    if len(marks) < 2 or marks[-1][1] != boundary + b"--" or any(mark != boundary for _at, mark in marks[:-1]):
        raise NotCanonical(NOT_CLOSED)
    if content[start : marks[0][0]].strip() or content[marks[-1][0] + len(marks[-1][1]) : end].strip():
        raise NotCanonical(BESIDE_PARTS)
    for (at, mark), (following, _) in pairwise(marks):
        first = at + len(mark) + 2
        part = scan_headers(content, first, following, of_part=True)
        names = [name for name, _value in part.fields]
        if not set(names) <= _PART_HEADERS or len(set(names)) < len(names):
            raise NotCanonical(PART_HEADERS, names=Quoted(", ".join(names)))
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
