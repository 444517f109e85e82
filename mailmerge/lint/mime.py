"""Read the MIME structure of a message strictly, and compare what it parses as with what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email import message_from_string, policy
from email.errors import NonASCIILocalPartDefect
from email.message import Message as MimePart
from functools import lru_cache
from itertools import pairwise
from typing import Any

from mailmerge.lint.bodies import without_files
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
_OWN_BOUNDARY = re.compile(rb"\r\n boundary=\"=_([0-9a-f]{24})-[1-3]\"\r\n")
_COMMON_BOUNDARY = b"common-boundary-of-parts"


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
    content, missing = without_files(sealed.content, expected.attachments)
    if missing:
        yield f"{missing} attached files are not in the bytes as they were composed"
        return
    content = _with_common_boundary(content)
    parsed = message_from_string(content.decode("utf-8", "replace"), policy=policy.compat32)
    parts = list(parsed.walk())
    for part in parts:
        if part.defects:
            yield f"the message parses with a defect: {type(part.defects[0]).__name__}"
    try:
        headers = {name.lower(): _header(name, str(value)) for name, value in parsed.items() if _is_ours(name)}
    except Exception as error:  # noqa: BLE001  (CPython's header parser raises what it likes on hostile input)
        yield f"the headers cannot be parsed: {type(error).__name__}"
        return
    for name, header in headers.items():
        defects = [defect for defect in header.defects if not isinstance(defect, NonASCIILocalPartDefect)]
        if defects:
            yield f"the header {shorten(name)} parses with a defect: {type(defects[0]).__name__}"
    if "to" not in headers:
        yield "the message has no To"
        return
    yield from _recipient_problems(headers["to"], expected)
    for name, text in (("subject", expected.subject), *_extra_headers(expected)):
        found = " ".join(str(headers.get(name.lower(), "")).split())
        if found != text:
            yield f"the header {shorten(name)} parses as {shorten(found)} instead of {shorten(text)}"
    if expected.recipient.address != sealed.envelope.forward_path or expected.recipient.record.number != sealed.record:
        yield "the bytes were sealed for another record than the message was composed for"
    yield from _body_problems(parts, expected)


def _with_common_boundary(content: bytes) -> bytes:
    """The same message with the boundary that all have: the parser compiles an expression for each new one.

    Renamed everywhere, and only to what stands nowhere in the message, it parses as it did.
    """
    match = _OWN_BOUNDARY.search(content)
    if match is None or _COMMON_BOUNDARY in content:
        return content
    return content.replace(match[1], _COMMON_BOUNDARY)


def _is_ours(name: str) -> bool:
    """Whether a header carries what people wrote; the MIME headers are read by :func:`mime_problems`."""
    return name.lower() in ("from", "to", "reply-to", "subject") or name.lower().startswith("x-")


@lru_cache(maxsize=256)  # From and Subject are often everybody's
def _header(name: str, value: str) -> Any:
    """A header as a mail program reads it: encoded words decoded, mailboxes told apart."""
    return policy.default.header_factory(name, value.replace("\r\n", "").replace("\n", ""))


def _extra_headers(expected: Message) -> Iterator[tuple[str, str]]:
    for name, pattern in expected.shape.extra_headers:
        yield name, " ".join(pattern.fill(expected.values).split())


def _recipient_problems(to: Any, expected: Message) -> Iterator[str]:
    meant = expected.to
    if len(to.addresses) != 1 or to.addresses[0].addr_spec != meant.address:
        yield f"To parses as {shorten(str(to))}"
    elif _unspaced(to.addresses[0].display_name) != _unspaced(meant.name):
        yield f"the name in To parses as {shorten(to.addresses[0].display_name)} instead of {shorten(meant.name)}"


def _body_problems(parts: Sequence[MimePart[Any, Any]], expected: Message) -> Iterator[str]:
    texts = [part for part in parts if part.get_content_maintype() == "text" and not part.get_filename()]
    for subtype, meant in (("plain", expected.text), ("html", expected.html)):
        if meant is None or (subtype == "html" and any(a.content_id for a in expected.attachments)):
            continue
        part = next((part for part in texts if part.get_content_subtype() == subtype), None)
        if part is None:
            yield f"the {subtype} part is missing"
        elif _lines(bytes(part.get_payload(decode=True)).decode("utf-8", "replace")) != _lines(meant):
            yield f"the {subtype} part parses as something else than what was composed"
    files = sum(1 for part in parts if part.get_filename() or not (part.is_multipart() or part in texts))
    if files != len(expected.attachments):
        yield f"{files} attachments instead of {len(expected.attachments)}"


def _unspaced(name: str) -> str:
    """A name without its blanks: Python's parser puts one between two encoded words, where RFC 2047 6.2 has none."""
    return "".join(name.split())


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]
