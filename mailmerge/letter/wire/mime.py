"""From a message to its exact bytes: one recipient, 7-bit, CRLF, and the same bytes for the same inputs.

What messages of one shape have alike is written once; a person costs two quoted-printable bodies, the header fields
that carry values, and one digest.
"""

from __future__ import annotations

import binascii
import hmac
from base64 import encodebytes
from collections.abc import Iterator
from datetime import datetime
from email.message import MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from threading import Lock

from msgspec import Struct

from mailmerge.letter.wire.header_fields import mailbox_list, unstructured
from mailmerge.model import Attachment, Envelope, Layout, Message, SealedMessage, Stamp
from mailmerge.runtime.cache import BoundedCache
from mailmerge.text.addresses import Mailbox, domain_key

_ENCODED_AT_ONCE = 57 * 4096
"""Octets of a file; a line of base64 holds 57."""


def assemble(message: Message, sender: Mailbox, stamp: Stamp) -> SealedMessage:
    """The bytes and the envelope of one message. The same arguments give the same bytes, on any machine.

    ``sender`` is the account's mailbox: the reverse-path, and the From field where the letter sets none. There is one
    To mailbox (:attr:`Message.to`), and never a Cc or Bcc field: a letter that sets them is refused by the linter
    (TPL208), and here they do not exist. An address that is none comes out as an empty group, and the gate (WIR901)
    refuses it. Message-ID and boundaries are HMACs (RFC 2104) under the stamp's key: without it, nobody can find out a
    record or an address from them. Nothing tells the machine's name.
    """
    recipient = message.recipient
    seed = f"{recipient.record.number}\x1f{recipient.address}\x1f{sender.address}"
    token = hmac.digest(stamp.key, seed.encode("utf-8", "surrogatepass"), "sha256").hex()
    message_id = f"<{token[:32]}@{_domain(sender.address)}>"
    content = b"".join(
        [
            *_headers(message, sender, stamp, message_id),
            *_body(message, f"=_{token[32:56]}"),
        ]
    )
    return SealedMessage(
        record=recipient.record.number,
        name=recipient.name,
        envelope=Envelope(sender.address, recipient.address),
        message_id=message_id,
        content=content,
        sha256=sha256(content).hexdigest(),
    )


class _Fixed(Struct, frozen=True):
    """The header fields that one shape has alike in all its messages; None where values are in them."""

    from_: bytes | None
    reply_to: bytes | None
    subject: bytes | None
    last: bytes


@lru_cache(maxsize=512)
def _fixed(shape: Layout, sender: Mailbox) -> _Fixed:
    language = f"Content-Language: {shape.language}\r\n" if shape.language else ""
    return _Fixed(
        mailbox_list("From", [sender]) if "From" not in shape.mailboxes else _fixed_mailboxes("From", shape),
        b"" if "Reply-To" not in shape.mailboxes else _fixed_mailboxes("Reply-To", shape),
        None if shape.subject.slots else _text_field("Subject", shape.subject.fill(())),
        f"{language}MIME-Version: 1.0\r\n".encode(),
    )


def _fixed_mailboxes(name: str, shape: Layout) -> bytes | None:
    patterns = shape.mailboxes[name]
    if any(pattern.name.slots or pattern.address.slots for pattern in patterns):
        return None
    return mailbox_list(name, [pattern.fill(()) for pattern in patterns])


def _headers(message: Message, sender: Mailbox, stamp: Stamp, message_id: str) -> list[bytes]:
    fixed = _fixed(message.shape, sender)
    return [
        fixed.from_ if fixed.from_ is not None else mailbox_list("From", message.mailboxes("From")),
        mailbox_list("To", [message.to]),
        fixed.reply_to if fixed.reply_to is not None else mailbox_list("Reply-To", message.mailboxes("Reply-To")),
        fixed.subject if fixed.subject is not None else _text_field("Subject", message.subject),
        f"Date: {_date(stamp.date)}\r\nMessage-ID: {message_id}\r\n".encode(),
        *(_text_field(name, pattern.fill(message.values)) for name, pattern in message.shape.extra_headers),
        fixed.last,
    ]


@lru_cache(maxsize=1)  # all messages of a run have one
def _date(date: datetime) -> str:
    return format_datetime(date)


def _text_field(name: str, text: str) -> bytes:
    """The field, nothing where it would be blank."""
    return unstructured(name, text) if text.strip() else b""


def _body(message: Message, boundary: str) -> list[bytes]:
    """The content fields and the content: text, or text and HTML, with the files around them (RFC 2046 5.1)."""
    html = message.html
    travelling = [attachment for attachment in message.attachments if not attachment.problem]
    inline = [attachment for attachment in travelling if attachment.content_id]
    attached = [attachment for attachment in travelling if not attachment.content_id]
    content = _text("plain", message.text)
    if html is not None:
        page = _text("html", html)
        if inline:
            page = _multipart('related; type="text/html"', f"{boundary}-3", [page, *map(_file, inline)])
        content = _multipart("alternative", f"{boundary}-2", [content, page])
    if attached:
        content = _multipart("mixed", f"{boundary}-1", [content, *map(_file, attached)])
    return content


def _text(subtype: str, text: str) -> list[bytes]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith("\n"):
        text += "\n"
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    return [head.encode(), binascii.b2a_qp(text.replace("\n", "\r\n").encode("utf-8", "replace"))]


def _multipart(subtype: str, boundary: str, parts: list[list[bytes]]) -> list[bytes]:
    pieces = [f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n'.encode()]
    delimiter = f"\r\n--{boundary}\r\n".encode()
    for part in parts:
        pieces.append(delimiter)
        pieces += part
    pieces.append(f"\r\n--{boundary}--\r\n".encode())
    return pieces


class _EncodedFiles:
    """The parts that carry files, each encoded once; a bounded number of octets is kept."""

    def __init__(self, kept: int) -> None:
        self._parts = BoundedCache[int, tuple[Attachment, bytes]](kept, lambda part: len(part[1]))
        """By the identity of the attachment, which is kept so that no other can take its place."""
        self._lock = Lock()

    def part(self, attachment: Attachment) -> bytes:
        with self._lock:
            kept = self._parts.get(id(attachment))
            return (kept or self._parts.put(id(attachment), (attachment, _encoded(attachment))))[1]


_files = _EncodedFiles(64_000_000)


def _file(attachment: Attachment) -> list[bytes]:
    return [_files.part(attachment)]


def _encoded(attachment: Attachment) -> bytes:
    maintype, _, subtype = attachment.media_type.partition("/")
    part = MIMEPart(policy=SMTP)
    part.set_content(
        b"",
        maintype=maintype,
        subtype=subtype,
        cte="base64",
        disposition="inline" if attachment.content_id else "attachment",
        filename=attachment.filename,
        cid=f"<{attachment.content_id}>" if attachment.content_id else None,
    )
    return b"".join([part.as_bytes(), *_base64_lines(attachment.content)])


def _base64_lines(content: bytes) -> Iterator[bytes]:
    """RFC 2045 6.8, some thousand lines at a time: other threads get their turn in between."""
    for start in range(0, len(content), _ENCODED_AT_ONCE):
        yield encodebytes(content[start : start + _ENCODED_AT_ONCE]).replace(b"\n", b"\r\n")


@lru_cache(maxsize=64)
def _domain(address: str) -> str:
    return domain_key(address.rpartition("@")[2].lower()) or "localhost.invalid"
