"""A mail that leaked, as far as a copy of it shows: who got it, who is to be seen in it, what it says."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from mailmerge.model.reticent import Reticent


class HeaderField(StrEnum):
    """The header field in which somebody is (RFC 5322 3.6.3)."""

    TO = "to"
    CC = "cc"
    BCC = "bcc"


class Party(Struct, frozen=True):
    """Somebody in a header field: a display name and an address, one of which may be missing."""

    name: str
    address: str
    field: HeaderField = HeaderField.TO


class MailFile(Reticent, frozen=True):
    """A file that travelled with the mail."""

    name: str
    content: bytes


class CopyNote(StrEnum):
    """What a copy could not show; a face makes a sentence of it (:mod:`mailmerge.incident.notes`)."""

    NO_DATE = "no-date"
    RECEIVED_COPY = "received-copy"
    """Whoever was in Bcc is not in it."""
    WINMAIL = "winmail"
    UNREAD_FILE = "unread-file"
    NO_ADDRESS = "no-address"
    """Somebody is in it by name only."""
    UNRELATED = "unrelated"
    """Mails of a mailbox that have nothing to do with the leak."""
    AMBIGUOUS_TIME = "ambiguous-time"
    FUTURE = "future"
    TOO_MANY = "too-many"
    NAMES_DIFFER = "names-differ"
    """People whom the mail calls otherwise than the table does."""
    BEFORE_SENT = "before-sent"
    """The moment of awareness is earlier than the mail."""
    SAME_NAME = "same-name"
    """People of one name with different addresses: one person, perhaps, or several."""
    OWN_DOMAIN = "own-domain"
    """People at the domain of whoever sent it: colleagues, perhaps."""


class FileRemark(Struct, frozen=True):
    """A note about one file."""

    note: CopyNote
    file: str = ""
    count: int = 0


class Mail(Reticent, frozen=True):
    """One mail."""

    source: Path
    """The file it was read from."""
    sender: tuple[Party, ...]
    """From, Sender and Reply-To."""
    recipients: tuple[Party, ...]
    sent: datetime.datetime | None = None
    """With a time zone."""
    message_id: str = ""
    """With angle brackets, as in the header field."""
    references: tuple[str, ...] = ()
    """In-Reply-To and References."""
    subject: str = ""
    text: str = ""
    html: str = ""
    files: tuple[MailFile, ...] = ()
    inner: tuple[Mail, ...] = ()
    """Mails that were attached to it."""
    failed: tuple[str, ...] = ()
    """Addresses that it, a notice of non-delivery (RFC 3464), says it could not be delivered to."""
    returned: tuple[str, ...] = ()
    """The Message-IDs of what such a notice gives back."""
    sender_copy: bool = False
    """Whether it is the sender's own copy, which shows Bcc too."""
    remarks: tuple[FileRemark, ...] = ()
