"""Messages and web archives (RFC 5322, RFC 2557): their headers, their texts, and the files in them."""

from __future__ import annotations

import re
from email import policy
from email.message import Message
from email.parser import BytesParser

from mailmerge.formats.mime import header_pieces, parts_of
from mailmerge.lint.extract.content import Part
from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.lint.extract.readings import decode
from mailmerge.lint.extract.source import Source
from mailmerge.text.regex import regex

_BEGIN = regex(
    rb"(?:From [^\r\n]{3,200}\r?\n)?(?:From|To|Subject|Date|Received|Return-Path|MIME-Version|Message-ID|Delivered-To|"
    rb"X-[\w-]{1,60}|Reply-To|Sender|Content-Type): ?[^\r\n]{0,900}\r?\n[\w-]{2,60}:",
    re.IGNORECASE,
)
_NEXT = regex(rb"\r?\n\r?\n(?=From [^\r\n]{3,200}\r?\n[\w-]{2,60}:)")
_MOST_MESSAGES = 500
_MOST_PARTS = 500


def is_message(octets: bytes) -> bool:
    """Whether a text begins with the header of a message."""
    return _BEGIN.match(octets[:4096]) is not None


def read_message(source: Source) -> None:
    """One message, or a mailbox of several."""
    messages = _NEXT.split(source.octets, maxsplit=_MOST_MESSAGES)
    if len(messages) > _MOST_MESSAGES:
        source.content.obstruct(Obstacle.TOO_MANY_FILES, _MOST_MESSAGES)
    for octets in messages[:_MOST_MESSAGES]:
        _read(source, BytesParser(policy=policy.compat32).parsebytes(octets))


def _read(source: Source, message: Message) -> None:
    pending: list[Message] = [message]
    seen = 0
    while pending:
        part = pending.pop()
        seen += 1
        if seen > _MOST_PARTS:
            source.content.obstruct(Obstacle.TOO_MANY_FILES, _MOST_PARTS)
            return
        source.add(Part.MESSAGE_HEADER, "\n".join(f"{name}\t{_decoded(value)}" for name, value in part.raw_items()))
        for beside in (part.preamble, part.epilogue):
            source.add(Part.TEXT, _in_any_encoding(beside or ""))
        if _is_packed_message(part):
            pending.append(BytesParser(policy=policy.compat32).parsebytes(_unpacked(part)))
            continue
        if part.is_multipart():
            pending += reversed(parts_of(part))
            continue
        octets = part.get_payload(decode=True)
        if not isinstance(octets, bytes):
            continue
        source.unpacked(octets)
        if part.get_content_maintype() == "text":
            octets = _in_utf8(octets, part.get_content_charset())
        name = _name(part)
        source.add(Part.EMBEDDED, name)
        source.inside(octets, name)


def _is_packed_message(part: Message) -> bool:
    """Whether a message is in this one in Base64, which RFC 2046 forbids and programs write."""
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().casefold()
    return part.get_content_maintype() == "message" and encoding == "base64"


def _unpacked(part: Message) -> bytes:
    packed = Message()
    packed["Content-Transfer-Encoding"] = "base64"
    packed.set_payload(part.as_string().partition("\n\n")[2])
    octets = packed.get_payload(decode=True)
    return octets if isinstance(octets, bytes) else b""


def _decoded(value: object) -> str:
    """A field of the header, its encoded words decoded."""
    text = _in_any_encoding(str(value))
    try:
        return "".join(
            piece if isinstance(piece, str) else piece.decode(charset or "ascii", "replace")
            for piece, charset in header_pieces(text)
        )
    except (LookupError, ValueError):  # a charset that nobody knows, or what only looks like an encoded word
        return text


def _in_any_encoding(text: str) -> str:
    """A text that the standard library took for ASCII."""
    return decode(text.encode("ascii", "surrogateescape"))


def _in_utf8(octets: bytes, charset: str | None) -> bytes:
    try:
        return octets.decode(charset or "utf-8").encode("utf-8", "replace")
    except (LookupError, ValueError):
        return octets


def _name(part: Message) -> str:
    """What a part is called, or else how files of its kind are."""
    try:
        name = part.get_filename()
    except Exception:  # noqa: BLE001  (RFC 2231 written wrongly)
        name = None
    kind = {"plain": "txt", "calendar": "ics", "vcard": "vcf"}.get(part.get_content_subtype())
    return name or f"part.{kind or part.get_content_subtype()}"
