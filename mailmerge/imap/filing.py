"""Put a copy of each accepted message into the Sent folder: the sealed bytes, once, whatever breaks meanwhile.

Before anything is added to a folder, the ids that are in it are read: a copy whose confirmation was lost, by a dropped
connection or a killed program, is found there and not added again. Everything here blocks: call it in a thread.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from mailmerge.accounts import Account, Secret, files_copies_itself
from mailmerge.accounts.mailbox import AUTO, OFF
from mailmerge.errors import ConnectionFailed, MailboxFailed
from mailmerge.imap.folders import sent_folder
from mailmerge.imap.opening import open_mailbox, required
from mailmerge.imap.session import OpenMailbox
from mailmerge.outbox import Copy, Run
from mailmerge.outbox.afterwards import accepted_at, add_copies, expect_copies

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens

_KEPT_BACK = 50
"""Copies that are noted together: a sender of the same run writes too."""
_REFUSED_IN_A_ROW = 3


def files_here(account: Account) -> bool:
    """Whether this program puts copies into the account's mailbox."""
    imap = account.imap
    return imap is not None and imap.sent != OFF and not files_copies_itself(account.provider, account.host, imap.host)


class Filer:
    """Files the copies of one run, on a connection of its own."""

    def __init__(self, run: Run, account: Account, secret: Secret | Tokens | None, mailbox: OpenMailbox | None = None):
        """``mailbox`` is a connection that is there already."""
        self._run = run
        self._account = account
        self._secret = secret
        self._mailbox = mailbox
        self._noted: list[Copy] = []
        self._present: dict[str, int] = {}
        self._validity = 0
        self._refused = 0
        self._done: set[int] = set()
        self._ids: dict[int, str] = {}
        self._first = False
        """Whether nobody has filed a copy of this run so far."""
        self._server_files = False
        """Whether the server turned out to put a copy there itself."""
        self.folder = ""
        """Where copies go; known once it is open."""
        self.filed = 0
        """Copies that were added."""

    def open(self) -> None:
        """Connect, find the folder, and see which copies are in it.

        Raises:
            DeliveryError, AccountError: the mailbox cannot be used.
        """
        imap = required(self._account)
        if self._mailbox is None:
            self._mailbox = open_mailbox(self._account, self._secret)
        if not self.folder:
            self.folder = sent_folder(self._mailbox.folders(), AUTO if imap.sent == OFF else imap.sent, imap.host)
        if not self._ids:
            self._ids = {each.record: each.message_id for each in self._run.messages() if each.message_id}
            known = self._run.afterwards()
            self._done, self._first = set(known.copies), not known.files_copies
        self._validity = self._mailbox.examine(self.folder)
        self._present = self._mailbox.ids(self._mailbox.since(self._run.created.date() - _A_DAY))

    def close(self) -> None:
        """Note what was filed, and let the connection go.

        Raises:
            OutboxError: it cannot be written; the copies are found in the folder next time.
        """
        mailbox, self._mailbox = self._mailbox, None
        if mailbox is not None:
            mailbox.close()
        self.note()

    @property
    def mailbox(self) -> OpenMailbox | None:
        """The connection; another one than at first where that was lost."""
        return self._mailbox

    def found(self) -> set[int]:
        """The records whose id is in the folder, whoever put it there."""
        return {record for record, message_id in self._ids.items() if message_id in self._present}

    def note_found(self, records: Iterable[int]) -> None:
        """Note copies that somebody else filed."""
        for record in records:
            if record not in self._done:
                self._add(record, self._validity, self._present[self._ids[record]], ours=False)

    def missing(self) -> dict[int, datetime.datetime]:
        """The accepted messages without a copy, and when each was accepted."""
        return {record: at for record, at in accepted_at(self._run).items() if record not in self._done}

    def file_all(self, stop: Callable[[], bool]) -> None:
        """File every accepted message that has no copy.

        Raises:
            As :meth:`file`.
        """
        for record, at in self.missing().items():
            if stop():
                return
            self.file(record, at)
        if self._server_files:
            self.open()
            self.note_found(self.found() & self.missing().keys())

    def file(self, record: int, at: datetime.datetime) -> None:
        """File the copy of one message that the server accepted at this time, if it is not there.

        Raises:
            DeliveryError, AccountError: the mailbox cannot be used any more, or refuses one copy after the other.
            OutboxError: the bytes are not there any more.
        """
        if record in self._done:
            return
        message_id = self._ids[record]
        if self._first:
            self._first = False
            self.open()
            self._server_files = message_id in self._present
        if self._server_files:
            return
        if message_id in self._present:
            self._add(record, self._validity, self._present[message_id], ours=True)
            return
        content = self._run.content(record).content
        try:
            validity, uid = self._appended(message_id, content, at)
        except MailboxFailed as error:
            self._refused += 1
            if error.kind != "refused" or self._refused >= _REFUSED_IN_A_ROW:
                raise
            return
        self._refused = 0
        self.filed += 1
        self._add(record, validity, uid, ours=True)

    def note(self) -> None:
        """Write down what was filed so far.

        Raises:
            OutboxError: it cannot be written.
        """
        noted, self._noted = self._noted, []
        add_copies(self._run, noted)

    def _appended(self, message_id: str, content: bytes, at: datetime.datetime) -> tuple[int, int]:
        """UIDVALIDITY and UID of the copy; where the connection is lost, it is looked for before it is added again."""
        try:
            return self._connected().append(self.folder, content, at)
        except ConnectionFailed:
            if self._mailbox is not None:
                self._mailbox.close()
            self._mailbox = None
        self.open()
        if message_id in self._present:
            return self._validity, self._present[message_id]
        return self._connected().append(self.folder, content, at)

    def _connected(self) -> OpenMailbox:
        if self._mailbox is None:
            self.open()
        assert self._mailbox is not None  # noqa: S101  (opened above)
        return self._mailbox

    def _add(self, record: int, validity: int, uid: int, *, ours: bool) -> None:
        self._done.add(record)
        self._noted.append(Copy(record, self.folder, validity, uid, ours))
        if len(self._noted) >= _KEPT_BACK:
            self.note()


_A_DAY = datetime.timedelta(days=1)
"""SINCE counts days of the server's time zone."""


def begin_filing(run: Run, account: Account, secret: Secret | Tokens | None) -> Filer:
    """A filer that is ready, and noted as such.

    Raises:
        As :meth:`Filer.open`, and OutboxError: the run cannot be written.
    """
    filer = Filer(run, account, secret)
    filer.open()
    expect_copies(run)
    return filer
