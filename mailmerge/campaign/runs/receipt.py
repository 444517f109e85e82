"""What is known about one message of a run, and about nobody else: for the person, a court, or an auditor."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection
from email import message_from_bytes
from email.message import EmailMessage

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.approval.state import Approval, recorded_approval
from mailmerge.errors import OutboxError, UsageError
from mailmerge.formats.mime import READING
from mailmerge.i18n import N_
from mailmerge.model import State
from mailmerge.outbox import JournalEntry, Later, Run, RunMessage
from mailmerge.text.addresses import find_addresses, same_mailbox_key


class SentFile(Struct, frozen=True):
    """One file that went with the letter."""

    name: str
    size: int
    sha256: str


class SentLetter(Struct, frozen=True):
    """The letter as it was sent."""

    header: tuple[tuple[str, str], ...]
    """From, To, Subject, Date and Reply-To, decoded, as far as they are there."""
    text: str
    """As somebody without HTML reads it."""
    files: tuple[SentFile, ...]


class Receipt(Struct, frozen=True):
    """One page."""

    run: str
    campaign: str
    sealed: str
    message: RunMessage
    at: datetime.datetime | None
    """When the message came into its state; None where nothing has happened to it."""
    history: tuple[JournalEntry, ...]
    letter: SentLetter | None
    """None once it was deleted."""
    purged: str
    """The day of that, ``2026-10-02``; ``""`` while the letter is there."""
    filed: str
    """The folder of the copy; ``""`` where none is known."""
    later: Later | None
    approval: Approval | None = None
    """The last one of the run, where one was recorded."""


def read_receipt(run: Run, record: int) -> Receipt:
    """All about one message.

    Raises:
        UsageError: the run has no such record.
        OutboxError: it cannot be read.
    """
    everybody = list(run.messages())
    message = next((each for each in everybody if each.record == record), None)
    if message is None:
        raise UsageError(N_("run {run} has no record {record}"), run=run.id, record=record)
    own = same_mailbox_key(message.address)
    others = {same_mailbox_key(each.address) for each in everybody} - {own}
    purged = run.purged_at()
    afterwards = run.afterwards()
    history = tuple(replace(entry, reply=_without(others, entry.reply)) for entry in run.history(record))
    copy, later = afterwards.copies.get(record), afterwards.later.get(record)
    return Receipt(
        run=run.id,
        campaign=run.campaign,
        sealed=run.sealed,
        message=replace(message, reply=_without(others, message.reply)),
        at=history[-1].at if history else None,
        history=history,
        letter=None if purged or message.state is State.EXCLUDED else _letter(run, record),
        purged=purged[:10],
        filed=copy.folder if copy else "",
        later=replace(later, reason=_without(others, later.reason)) if later else None,
        approval=recorded_approval(run),
    )


def _without(others: Collection[str], text: str) -> str:
    """What a server or a program wrote, less the addresses of other people of the run."""
    for start, end in reversed(list(find_addresses(text))):
        if same_mailbox_key(text[start:end]) in others:
            text = f"{text[:start]}…{text[end:]}"
    return text


_SHOWN = ("From", "To", "Reply-To", "Subject", "Date")


def _letter(run: Run, record: int) -> SentLetter:
    sealed = run.content(record)
    message = message_from_bytes(sealed.content, policy=READING)
    if not isinstance(message, EmailMessage):
        raise OutboxError(N_("run {run}, record {record}: the letter cannot be read"), run=run.id, record=record)
    body = message.get_body(("plain", "html"))
    files = []
    for part in message.iter_attachments():
        payload = part.get_payload(decode=True)
        octets = payload if isinstance(payload, bytes) else b""
        files.append(SentFile(part.get_filename() or "", len(octets), hashlib.sha256(octets).hexdigest()))
    header = tuple((name, str(message[name])) for name in _SHOWN if message[name])
    return SentLetter(header, str(body.get_content()).replace("\r\n", "\n") if body else "", tuple(files))
