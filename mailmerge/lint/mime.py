"""Read the MIME structure of a message strictly, and compare what it parses as with what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import pairwise

from mailmerge.lint.headers import NotCanonical, Scan, scan_headers
from mailmerge.lint.vocabulary import words
from mailmerge.model import Message, SealedMessage
from mailmerge.text import shorten

_BOUNDARY = re.compile(r"multipart/(?:mixed|alternative|related)\s*;.*?boundary=(?:\"([^\"]{1,70})\"|([^\s;\"]{1,70}))")
_PART_HEADERS = words(
    "content-type content-transfer-encoding content-disposition content-id content-language mime-version"
)
_ENCODINGS = frozenset({"", "7bit", "quoted-printable", "base64"})
_DEEPEST = 4


def mime_problems(content: bytes, scan: Scan) -> Iterator[str]:
    """What is odd about the parts of a message, in words: each must be closed, known and 7-bit."""
    yield from _part_problems(content, scan, scan.length, len(content), 0)


def _part_problems(content: bytes, scan: Scan, start: int, end: int, depth: int) -> Iterator[str]:
    """The part whose body stands from ``start`` to ``end``."""
    media_type = scan.value("content-type")
    kind = media_type.partition(";")[0].strip().lower()
    if scan.value("content-transfer-encoding").lower() not in _ENCODINGS:
        yield f"a part is encoded as {shorten(scan.value('content-transfer-encoding'))}"
    if kind.startswith("message/"):
        yield f"a part is a whole message ({shorten(kind)})"
    if not kind.startswith("multipart/"):
        return
    match = _BOUNDARY.match(media_type)
    if not match or depth == _DEEPEST:
        yield f"the parts cannot be told apart: {shorten(media_type)}"
        return
    boundary = b"--" + (match[1] or match[2]).encode("ascii")
    marks = _marks(content, boundary, start, end)
    if len(marks) < 2 or marks[-1][1] != boundary + b"--" or any(m[1] != boundary for m in marks[:-1]):
        yield "a part is not closed"
        return
    if content[start : marks[0][0]].strip() or content[marks[-1][0] + len(marks[-1][1]) : end].strip():
        yield "text stands before the first part or after the last one"
    for (at, mark), (following, _) in pairwise(marks):
        first = at + len(mark) + 2
        try:
            part = scan_headers(content, first, following)
        except NotCanonical as error:
            yield f"a part's {error}"
            return
        names = [name for name, _value in part.fields]
        if not set(names) <= _PART_HEADERS or len(set(names)) < len(names):
            yield f"a part has headers of its own: {shorten(', '.join(names))}"
        yield from _part_problems(content, part, first + part.length, following, depth + 1)


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


def reparsed_problems(sealed: SealedMessage, expected: Message) -> Iterator[str]:
    """What the standard library reads in the bytes, where it is not what was meant."""
    parsed: EmailMessage = message_from_bytes(sealed.content, policy=policy.default)
    for part in parsed.walk():
        if part.defects:
            yield f"the message parses with a defect: {type(part.defects[0]).__name__}"
        for name, value in part.items():
            if value.defects:
                yield f"the header {shorten(name)} parses with a defect: {type(value.defects[0]).__name__}"
    to = parsed["To"].addresses
    meant = expected.to
    if len(to) != 1 or to[0].addr_spec != meant.address:
        yield f"To parses as {shorten(str(parsed['To']))}"
    elif " ".join(to[0].display_name.split()) != meant.name:
        yield f"the name in To parses as {shorten(to[0].display_name)} instead of {shorten(meant.name)}"
    if " ".join(str(parsed["Subject"]).split()) != expected.subject:
        yield f"the subject parses as {shorten(str(parsed['Subject']))} instead of {shorten(expected.subject)}"
    if expected.recipient.address != sealed.envelope.forward_path or expected.recipient.record.number != sealed.record:
        yield "the bytes were sealed for another record than the message was composed for"
    for name, pattern in expected.shape.extra_headers:
        if " ".join(str(parsed[name]).split()) != " ".join(pattern.fill(expected.values).split()):
            yield f"the header {shorten(name)} parses as {shorten(str(parsed[name]))}"
    yield from _body_problems(parsed, expected)


def _body_problems(parsed: EmailMessage, expected: Message) -> Iterator[str]:
    for subtype, meant in (("plain", expected.text), ("html", expected.html)):
        if meant is None or (subtype == "html" and any(a.content_id for a in expected.attachments)):
            continue
        part = parsed.get_body((subtype,))
        if part is None:
            yield f"the {subtype} part is missing"
        elif _lines(part.get_content()) != _lines(meant):
            yield f"the {subtype} part parses as something else than what was composed"
    files = [part for part in parsed.walk() if not part.is_multipart() and part.get_content_maintype() != "text"]
    texts = sum(1 for a in expected.attachments if a.media_type.startswith("text/"))
    if len(files) != len(expected.attachments) - texts:
        yield f"{len(files)} attachments instead of {len(expected.attachments) - texts}"


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]
