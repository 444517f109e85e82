"""A mail as a file of its own (RFC 5322): what Thunderbird, Gmail and Apple Mail save as .eml."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from msgspec.structs import replace

from mailmerge.errors import InputError
from mailmerge.formats.decoding import decode
from mailmerge.formats.mime import decode_declared, parts_of
from mailmerge.formats.outlook.opening import ENCRYPTED
from mailmerge.incident.mail import CopyNote, FileRemark, HeaderField, Mail, MailFile
from mailmerge.incident.read.address_list import decoded, parties
from mailmerge.text.regex import regex

_ID = regex(r"<[^<>\s]+>")
_ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_MOST_PARTS = 2_000
_DEEPEST = 6
"""Mails within mails."""
_SENDER_FIELDS = ("From", "Sender", "Reply-To")


def read_message(content: bytes, source: Path) -> Mail:
    """The mail in these bytes.

    Raises:
        InputError: it is encrypted.
    """
    return _mail(BytesParser(policy=policy.compat32).parsebytes(content), source, 0)


def read_headers(content: bytes, source: Path) -> Mail:
    """Its headers alone: who wrote to whom, and when."""
    return headers_of(BytesHeaderParser(policy=policy.compat32).parsebytes(content), source)


def headers_of(message: Message, source: Path) -> Mail:
    """What the headers of a mail say."""
    recipients = [
        party
        for name, field in (("To", HeaderField.TO), ("Cc", HeaderField.CC), ("Bcc", HeaderField.BCC))
        for kind in (name, f"Resent-{name}")
        for value in _values(message, kind)
        for party in parties(value, field)
    ]
    bcc = any(party.field is HeaderField.BCC for party in recipients)
    return Mail(
        source=source,
        sender=tuple(p for name in _SENDER_FIELDS for value in _values(message, name) for p in parties(value)),
        recipients=tuple(recipients),
        sent=_date(message),
        message_id=next(iter(_ids(message, "Message-ID")), ""),
        references=(*_ids(message, "In-Reply-To"), *_ids(message, "References")),
        subject=decoded(next(_values(message, "Subject"), "")),
        sender_copy=bcc or not any(name.casefold() in _ON_THE_WAY for name in message.keys()),  # noqa: SIM118
    )


_ON_THE_WAY = frozenset(("received", "delivered-to", "return-path", "authentication-results"))
"""Fields that a mail gets on its way: a copy without them was kept by its sender."""


def _mail(message: Message, source: Path, depth: int) -> Mail:
    mail = headers_of(message, source)
    texts: list[str] = []
    pages: list[str] = []
    files: list[MailFile] = []
    inner: list[Mail] = []
    remarks: list[FileRemark] = []
    failed: list[str] = []
    returned: list[str] = []
    for number, part in enumerate(_parts(message)):
        kind = part.get_content_type()
        if kind in _ENCRYPTED and str(part.get_param("smime-type", "")).casefold() != "signed-data" and depth == 0:
            raise InputError(ENCRYPTED, path=source)
        if number >= _MOST_PARTS:
            remarks.append(FileRemark(CopyNote.TOO_MANY, count=_MOST_PARTS))
            break
        if kind == "message/rfc822":
            for inside in parts_of(part)[:1]:
                returned += _ids(inside, "Message-ID")
                if depth < _DEEPEST:
                    inner.append(_mail(inside, source, depth + 1))
            continue
        if part.is_multipart():
            continue
        if "Final-Recipient" in part:
            failed += _failed(part)
            continue
        name = _filename(part)
        octets = part.get_payload(decode=True)
        if not isinstance(octets, bytes):
            continue
        if kind == "application/ms-tnef" or name.casefold() == "winmail.dat":
            remarks.append(FileRemark(CopyNote.WINMAIL, name or "winmail.dat"))
        elif kind == "text/rfc822-headers":
            returned += _ids(BytesHeaderParser(policy=policy.compat32).parsebytes(octets), "Message-ID")
        elif kind in ("text/plain", "text/html") and not _is_file(part, name):
            (texts if kind == "text/plain" else pages).append(decode_declared(octets, part.get_content_charset()))
        elif name or part.get_content_maintype() in ("text", "application"):
            files.append(MailFile(name or f"part.{part.get_content_subtype()}", octets))
    return replace(
        mail,
        text="\n".join(texts),
        html="\n".join(pages),
        files=tuple(files),
        inner=tuple(inner),
        failed=tuple(failed),
        returned=tuple(returned) if message.get_content_type() == "multipart/report" else (),
        remarks=tuple(remarks),
    )


def _failed(block: Message) -> Iterator[str]:
    """The address of one block of a notice of non-delivery, where it says that delivery failed (RFC 3464 2.3.3)."""
    if next(_values(block, "Action"), "").strip().casefold() == "failed":
        for name in ("Original-Recipient", "Final-Recipient"):
            for value in _values(block, name):
                yield value.rpartition(";")[2].strip()


def _parts(message: Message) -> Iterator[Message]:
    """Every part of a mail, without what is inside of an attached mail."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        yield part
        if part.get_content_type() != "message/rfc822":
            waiting += reversed(parts_of(part))


def _values(message: Message, name: str) -> Iterator[str]:
    """What the fields of this name hold, octets beyond ASCII too (RFC 6532, or older programs)."""
    wanted = name.casefold()
    for found, value in message.raw_items():
        if found.casefold() == wanted:
            octets = str(value).encode("utf-8", "surrogateescape")
            decoded_as = decode(octets, "cp1252")
            yield decoded_as[0] if decoded_as else octets.decode("latin-1")


def _ids(message: Message, name: str) -> list[str]:
    return [found for value in _values(message, name) for found in _ID.findall(value)]


def _date(message: Message) -> datetime.datetime | None:
    for value in _values(message, "Date"):
        try:
            date = parsedate_to_datetime(value)
        except (ValueError, TypeError, OverflowError):
            continue
        return date if date.tzinfo else date.replace(tzinfo=datetime.UTC)
    return None


def _filename(part: Message) -> str:
    try:
        return decoded(part.get_filename() or "")
    except (LookupError, ValueError, TypeError):  # RFC 2231 written wrongly
        return ""


def _is_file(part: Message, name: str) -> bool:
    return bool(name) or part.get_content_disposition() == "attachment"
