"""One look into the mailbox after a sending: copies, what came back, and what that says about unknown outcomes.

The inbox is opened for reading only (EXAMINE, BODY.PEEK): nothing in it is marked, moved or deleted. Everything here
blocks: call it in a thread.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from mailmerge.accounts import Account, Secret, files_copies_itself
from mailmerge.accounts.mailbox import OFF
from mailmerge.errors import MailboxFailed, MailmergeError, RunBusy
from mailmerge.imap.filing import Filer, files_here
from mailmerge.imap.folders import sent_folder
from mailmerge.imap.matching import Messages
from mailmerge.imap.opening import open_mailbox, required
from mailmerge.imap.parts import fields
from mailmerge.imap.reports import HEAD_FIELDS, READ_OCTETS, is_candidate, read_report
from mailmerge.imap.session import Head, OpenMailbox
from mailmerge.model import State
from mailmerge.outbox import Afterwards, Later, LaterKind, Run
from mailmerge.outbox.afterwards import add_later, expect_copies, filing, tried_at

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens

DAYS = 14
"""How long after a sending mail is still about it, as a rule; servers try for five."""
_A_DAY = datetime.timedelta(days=1)


class AcceptanceEvidence(StrEnum):
    """What shows that the server accepted an unknown message after all."""

    SENT = "sent"
    """Its copy is in Sent, where only the server can have put it."""
    RETURNED = "returned"
    """A returned mail quotes its id."""
    ANSWERED = "answered"
    """An answer quotes its id."""


class MailboxLook(Struct, frozen=True):
    """What was found."""

    afterwards: Afterwards
    """All that is known now, earlier looks included."""
    filed: int = 0
    """Copies that were added now."""
    folder: str = ""
    """The Sent folder; ``""`` where none was looked into."""
    answers: tuple[int, ...] = ()
    """Records whose message a person answered."""
    unknown: int = 0
    """Messages whose outcome is unknown."""
    evidence: Mapping[int, AcceptanceEvidence] = field(default_factory=dict)
    """Of unknown messages, by record: for a person to confirm."""
    notes: tuple[MailmergeError, ...] = ()
    """What could not be done."""
    read_inbox: bool = True
    """Whether returned mail was looked for."""


class MailboxReport(Struct, frozen=True):
    """What an account's mailbox offers."""

    host: str
    port: int
    folder: str
    """Where copies go, or are; ``""`` where there are none."""
    files_copies: bool
    """Whether this program puts them there."""
    bounces: bool


def check_mailbox(account: Account, secret: Secret | Tokens | None) -> MailboxReport:
    """Connect, log in, find the Sent folder, and leave; nothing is changed.

    Raises:
        AccountError: the account leaves its mailbox alone.
        DeliveryError: the mailbox cannot be reached, refuses the login, or has no folder for copies.
    """
    imap = required(account)
    mailbox = open_mailbox(account, secret)
    try:
        folder = "" if imap.sent == OFF else sent_folder(mailbox.folders(), imap.sent, imap.host)
    finally:
        mailbox.close()
    return MailboxReport(imap.host, imap.port, folder, files_here(account), imap.bounces)


def look(
    run: Run,
    account: Account,
    secret: Secret | Tokens | None,
    *,
    days: int = DAYS,
) -> MailboxLook:
    """Look once.

    Raises:
        AccountError: the account leaves its mailbox alone.
        DeliveryError: the mailbox cannot be reached, or refuses the login.
        OutboxError: the run cannot be read or written.
    """
    imap = required(account)
    now = datetime.datetime.now(datetime.UTC)
    messages = list(run.messages())
    unknown = {each.record for each in messages if each.state in (State.UNKNOWN, State.SUBMITTING)}
    notes: list[MailmergeError] = []
    evidence: dict[int, AcceptanceEvidence] = {}
    mailbox = open_mailbox(account, secret)
    filer = Filer(run, account, secret, mailbox)
    try:
        if imap.sent != OFF or unknown:
            try:
                evidence |= dict.fromkeys(_in_sent(run, account, filer, unknown, notes), AcceptanceEvidence.SENT)
            except MailboxFailed as error:
                notes.append(error)
        events: list[Later] = []
        answers: list[int] = []
        if imap.bounces:
            mailbox = filer.mailbox or mailbox
            known = Messages(messages, tried_at(run), _Headers(run), datetime.timedelta(days=days))
            try:
                events, answers = _in_inbox(run, mailbox, known, days)
            except MailboxFailed as error:
                notes.append(error)
    finally:
        filer.close()
        mailbox.close()
    if imap.bounces:
        add_later(run, events, looked_at=now)
    evidence |= {each.record: AcceptanceEvidence.RETURNED for each in events if each.certain and each.record in unknown}
    evidence |= {
        record: AcceptanceEvidence.ANSWERED for record in answers if record in unknown and record not in evidence
    }
    return MailboxLook(
        run.afterwards(),
        filer.filed,
        filer.folder,
        tuple(dict.fromkeys(answers)),
        len(unknown),
        dict(sorted(evidence.items())),
        tuple(notes),
        imap.bounces,
    )


def _in_sent(run: Run, account: Account, filer: Filer, unknown: set[int], notes: list[MailmergeError]) -> set[int]:
    """File what is missing; the unknown messages that are in Sent without our having put them there."""
    by_us = {record for record, copy in run.afterwards().copies.items() if copy.ours}
    filer.open()
    if not files_here(account) or run.purged_at():
        found = filer.found()
        if files_copies_itself(account.provider, account.host, required(account).host):
            expect_copies(run)
            filer.note_found(found - unknown)
        return (found & unknown) - by_us
    try:
        with filing(run):
            expect_copies(run)
            filer.file_all(lambda: False)
    except (MailboxFailed, RunBusy) as error:
        notes.append(error)
    return (filer.found() & unknown) - by_us


class _Headers:
    """The header fields of sealed messages."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __call__(self, record: int) -> Mapping[str, str]:
        try:
            content = self._run.content(record).content
        except MailmergeError:  # deleted
            return {}
        head = content.partition(b"\r\n\r\n")[0].decode("ascii", "replace").replace("\r\n", "\n")
        return dict(fields(head))


def _in_inbox(run: Run, mailbox: OpenMailbox, known: Messages, days: int) -> tuple[list[Later], list[int]]:
    """What came back, and the records that people answered."""
    mailbox.examine("INBOX")
    last = max([run.created, *tried_at(run).values()])
    uids = mailbox.since(run.created.date() - _A_DAY, last.date() + datetime.timedelta(days=days + 2))
    events: list[Later] = []
    answers: list[int] = []
    for head in _candidates(mailbox, uids, known):
        report = read_report(mailbox.beginning(head.uid, READ_OCTETS))
        match = known.match(report, head.at) if report else None
        if report is None or match is None:
            continue
        if isinstance(report.kind, LaterKind):
            source = hashlib.sha256(head.header).hexdigest()[:24]
            events.append(
                Later(match.message.record, report.kind, report.status, report.reason, head.at, match.certain, source)
            )
        elif match.certain:
            answers.append(match.message.record)
    return events, answers


def _candidates(mailbox: OpenMailbox, uids: Sequence[int], known: Messages) -> list[Head]:
    """The mails to read; listed before any is read, since one command is answered at a time."""
    ids = known.ids
    return [head for head in mailbox.heads(uids, HEAD_FIELDS) if is_candidate(head.header, ids)]


def resolving(run: Run, record: int) -> str:
    """The command by which a person confirms that a message was accepted."""
    return f"mailmerge resolve {run.id} {record} --accepted"
