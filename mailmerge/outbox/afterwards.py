"""What became of messages after the server accepted them: copies filed in Sent, and what came back.

It is kept beside the states and never changes one: an accepted message that came back was accepted all the same. The
tables are made when there is something to write, so that a run of an older program has them once it needs them.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from mailmerge.model import State
from mailmerge.outbox.connection import connect_writing, leave_log, moment, transaction, translate_errors, understood
from mailmerge.outbox.locks import filing_locked
from mailmerge.outbox.states import now

if TYPE_CHECKING:
    from mailmerge.outbox.sealed_run import SealedRun

REASON_LENGTH = 200
"""Characters of a returned mail that are kept; it may hold the whole letter."""


class LaterKind(StrEnum):
    """What came back about a message that was accepted."""

    BOUNCED = "bounced"
    """It could not be delivered (RFC 3464 ``failed``, 5yz)."""
    EXPIRED = "expired"
    """It was tried until the time was up (``failed`` with 4yz); the address may be right."""
    DELAYED = "delayed"
    """A server is still trying (RFC 3464 ``delayed``)."""
    AUTO_REPLIED = "auto-replied"
    """A program answered for the person (RFC 3834): out of the office."""


FINAL = frozenset({LaterKind.BOUNCED, LaterKind.EXPIRED})
"""Nothing that arrives afterwards changes these."""
CAME_BACK = FINAL
"""Kinds of which the person did not get the message."""


class Later(Struct, frozen=True):
    """One mail about one message."""

    record: int
    kind: LaterKind
    status: str
    """RFC 3463, ``5.1.1``; a reply code where there is none of those; else ``""``."""
    reason: str
    """At most :data:`REASON_LENGTH` characters of what the other server said."""
    at: datetime.datetime
    """When the mail came (its INTERNALDATE)."""
    certain: bool = True
    """Whether the mail quotes what only our message has. Without that anybody could have written it: a hint."""
    source: str = ""
    """A digest that names the mail, so that it is counted once."""


class Copy(Struct, frozen=True):
    """A copy of a message in a mailbox."""

    record: int
    folder: str
    validity: int
    """UIDVALIDITY; 0 where the server does not say."""
    uid: int
    """0 where the server does not say."""
    ours: bool
    """Whether this program put it there."""


class Afterwards(Struct, frozen=True):
    """What is known of a run after its sending."""

    copies: Mapping[int, Copy] = field(default_factory=dict)
    """By record."""
    later: Mapping[int, Later] = field(default_factory=dict)
    """By record, what counts of everything that came back."""
    hints: Mapping[int, Later] = field(default_factory=dict)
    """By record, what nobody can be sure of."""
    looked_at: datetime.datetime | None = None
    """When the mailbox was last looked into; None where it never was."""
    files_copies: bool = False
    """Whether copies are known to be in a folder, or were to be put there."""

    def filed(self, record: int, state: State) -> bool | None:
        """Whether a copy is known to be in the mailbox; None where there is to be none, or nobody has looked."""
        if record in self.copies:
            return True
        return False if self.files_copies and state is State.ACCEPTED else None

    def count(self, kinds: Iterable[LaterKind]) -> int:
        """How many messages one of these came back about."""
        wanted = frozenset(kinds)
        return sum(each.kind in wanted for each in self.later.values())


_TABLES = """
CREATE TABLE IF NOT EXISTS copy (
    record INTEGER PRIMARY KEY, folder TEXT NOT NULL, validity INTEGER NOT NULL, uid INTEGER NOT NULL,
    ours INTEGER NOT NULL CHECK (ours IN (0, 1)), filed_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS later (
    record INTEGER NOT NULL, source TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('bounced', 'expired', 'delayed', 'auto-replied')),
    status TEXT NOT NULL, reason TEXT NOT NULL CHECK (length(reason) <= 200), at TEXT NOT NULL,
    certain INTEGER NOT NULL CHECK (certain IN (0, 1)), PRIMARY KEY (record, source)
) STRICT;
CREATE TABLE IF NOT EXISTS look (
    id INTEGER PRIMARY KEY CHECK (id = 1), at TEXT NOT NULL DEFAULT '', files INTEGER NOT NULL DEFAULT 0
) STRICT;
"""


@contextmanager
def filing(run: SealedRun) -> Iterator[None]:
    """Be the one process that files copies of a run.

    Raises:
        RunBusy: another one does.
        OutboxError: the lock cannot be made.
    """
    with filing_locked(run.path):
        yield


def read_afterwards(run: SealedRun) -> Afterwards:
    """As :meth:`Run.afterwards`."""
    with run.reading() as connection:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'look'").fetchone() is None:
            return Afterwards()
        copies = connection.execute("SELECT record, folder, validity, uid, ours FROM copy").fetchall()
        later = connection.execute(
            "SELECT record, kind, status, reason, at, certain, source FROM later ORDER BY at, source"
        ).fetchall()
        look = connection.execute("SELECT at, files FROM look").fetchone() or ("", 0)
    with understood(run.path):
        events = [
            Later(record, LaterKind(kind), status, reason, moment(at), bool(certain), source)
            for record, kind, status, reason, at, certain, source in later
        ]
        return Afterwards(
            {record: Copy(record, folder, validity, uid, bool(ours)) for record, folder, validity, uid, ours in copies},
            _what_counts(event for event in events if event.certain),
            _what_counts(event for event in events if not event.certain),
            moment(look[0]) if look[0] else None,
            bool(look[1]),
        )


def _what_counts(events: Iterable[Later]) -> dict[int, Later]:
    """Of each record the last word: what is final stays, anything else gives way to what is newer."""
    known: dict[int, Later] = {}
    for event in events:
        before = known.get(event.record)
        if before is None or event.kind in FINAL or before.kind not in FINAL:
            known[event.record] = event
    return known


def expect_copies(run: SealedRun) -> None:
    """Note that copies are put into a folder, before the first one is.

    Raises:
        OutboxError: it cannot be written.
    """
    with _writing(run) as connection:
        connection.execute("INSERT INTO look (id, files) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET files = 1")


def add_copies(run: SealedRun, copies: Sequence[Copy]) -> None:
    """Note copies that are in a folder.

    Raises:
        OutboxError: it cannot be written.
    """
    if not copies:
        return
    at = now()
    rows = [(each.record, each.folder, each.validity, each.uid, int(each.ours), at) for each in copies]
    with _writing(run) as connection:
        connection.executemany(
            "INSERT INTO copy (record, folder, validity, uid, ours, filed_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (record) DO NOTHING",
            rows,
        )


def add_later(run: SealedRun, events: Sequence[Later], *, looked_at: datetime.datetime) -> None:
    """Note what came back, and when that was looked for.

    Raises:
        OutboxError: it cannot be written.
    """
    rows = [
        (
            *(each.record, each.source, str(each.kind), each.status, each.reason[:REASON_LENGTH]),
            *(each.at.astimezone(datetime.UTC).isoformat(timespec="seconds"), int(each.certain)),
        )
        for each in events
    ]
    at = looked_at.astimezone(datetime.UTC).isoformat(timespec="seconds")
    with _writing(run) as connection:
        connection.executemany(
            "INSERT INTO later (record, source, kind, status, reason, at, certain) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (record, source) DO NOTHING",
            rows,
        )
        connection.execute("INSERT INTO look (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = ?1", (at,))


def accepted_at(run: SealedRun) -> dict[int, datetime.datetime]:
    """When the server accepted each message, or had it last where only a person knows that it did; by record, UTC."""
    with run.reading() as connection:
        rows = connection.execute(
            "SELECT journal.record, journal.at, max(journal.id) FROM journal JOIN message USING (record)"
            " WHERE message.state = 'accepted' AND kind = 'attempt' AND to_state IN ('accepted', 'submitting')"
            " GROUP BY journal.record"
        ).fetchall()
    with understood(run.path):
        return {record: moment(at) for record, at, _id in rows}


def tried_at(run: SealedRun) -> dict[int, datetime.datetime]:
    """When each message was last tried, whatever came of it; by record, UTC."""
    with run.reading() as connection:
        rows = connection.execute(
            "SELECT record, at, max(id) FROM journal WHERE kind = 'attempt' GROUP BY record"
        ).fetchall()
    with understood(run.path):
        return {record: moment(at) for record, at, _id in rows}


def accepted_last(run: SealedRun, record: int) -> datetime.datetime | None:
    """When the server accepted one message; None where it did not."""
    with run.reading() as connection:
        row = connection.execute(
            "SELECT at FROM journal WHERE record = ? AND kind = 'attempt' AND to_state = 'accepted' ORDER BY id DESC",
            (record,),
        ).fetchone()
    with understood(run.path):
        return moment(row[0]) if row else None


def forget_reasons(connection: sqlite3.Connection) -> None:
    """Delete what others wrote about people; kinds, status codes and times stay."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'later'").fetchone() is not None:
        connection.execute("UPDATE later SET reason = ''")


@contextmanager
def _writing(run: SealedRun) -> Iterator[sqlite3.Connection]:
    """A short transaction beside whoever sends the run.

    It need not be on the disk when it returns: what is lost here is found in the mailbox again.
    """
    with closing(connect_writing(run.path)) as connection, translate_errors(run.path, "written"):
        connection.execute("PRAGMA synchronous=NORMAL")
        with transaction(connection):
            for statement in filter(str.strip, _TABLES.split(";")):
                connection.execute(statement)
            yield connection
        _leave(connection)


def _leave(connection: sqlite3.Connection) -> None:
    """Leave a log alone that a sender goes on with; without one there is none."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        leave_log(connection)
