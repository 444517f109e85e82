"""A sealed run as its file says it: what was frozen, and the state of each message."""

from __future__ import annotations

import datetime
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from mailmerge.errors import OutboxError, Reason, UsageError
from mailmerge.i18n import N_
from mailmerge.model import Envelope, SealedMessage, State
from mailmerge.outbox.comparison.traces import read_traces
from mailmerge.outbox.connection import damaged, moment, reading, understood
from mailmerge.outbox.continuity import OtherHome, doubt_about, last_place, state_table
from mailmerge.outbox.digest import has_facts, run_facts
from mailmerge.outbox.key import Key
from mailmerge.outbox.locks import run_locked
from mailmerge.outbox.pieces import PieceReader
from mailmerge.outbox.states import DUE, IN_FLIGHT, EntryKind, JournalEntry

_MESSAGES = (
    "SELECT record, name, reverse_path, forward_path, message_id, sha256, own, cuts"
    " FROM message JOIN content USING (record)"
)


class RunMessage(Struct, frozen=True):
    """The state of one message of a run; its bytes are read by :meth:`SealedRun.content`."""

    record: int
    name: str
    address: str
    state: State
    reply: str
    """The server's last word; the reason of a person who was excluded."""
    message_id: str
    """With angle brackets; empty for a person who was excluded."""
    sha256: str
    attempts: int


class SealedRun(Struct, frozen=True):
    """One run, for reading: that needs no permission to write, and can be done while another process sends it."""

    path: Path
    id: str
    created: datetime.datetime
    campaign: str
    account: str
    table: str
    """File name of the table that was sealed."""
    letter: str
    """File names of its letters."""
    senders: tuple[str, ...]
    """The addresses that may be in From and Reply-To."""
    waivers_digest: str
    sealed: str
    """``sha256:`` and the digest over everything that was approved (:func:`root_digest`)."""
    headers: tuple[str, ...]
    """The columns of the table, as its file has them."""
    purged: str
    """When bytes and personal fields were deleted; empty while they are there."""
    format: int = 1
    memory_key: str = ""
    """Names the key of this home under which it remembers people; empty where it remembers nobody."""
    campaign_key: bytes = b""
    again: str = ""
    """JSON: what was known of the earlier runs when it was decided to write to everybody once more; else empty."""
    test: bool = False
    """Whether it is a message to oneself."""
    people: int = 0
    """How many messages were sealed and people left out; 0 where that was not written down."""

    @property
    def original(self) -> Path | None:
        """The file of which this one is a copy, by its name, or under whose name it belongs; None where it is it."""
        return None if self.path.stem == self.id else self.path.with_name(f"{self.id}{self.path.suffix}")

    def counts(self) -> dict[State, int]:
        """How many messages are in each state; every state is there, and every message is counted.

        Raises:
            RunDamaged: some of those that were sealed are not in the file.
        """
        counts = dict.fromkeys(State, 0)
        with self.reading() as connection:
            table = state_table(connection, self.path)
            if doubt := doubt_about(connection, self.path):
                for record, state in connection.execute(f"SELECT record, state FROM {table}").fetchall():  # noqa: S608
                    counts[doubt.state(record, State(state))] += 1
            else:
                found = connection.execute(f"SELECT state, count(*) FROM {table} GROUP BY state").fetchall()  # noqa: S608
                for state, count in found:
                    counts[State(state)] += count
        if self.people and sum(counts.values()) != self.people:
            raise damaged(self.path, "messages-missing")
        return counts

    @property
    def unfinished(self) -> bool:
        """Whether something is left to send, or in flight."""
        counts = self.counts()
        return any(counts[state] for state in (*DUE, *IN_FLIGHT))

    def messages(self) -> Iterator[RunMessage]:
        """All messages and all people excluded, in the table's order.

        Raises:
            RunDamaged: some of those that were sealed are not in the file.
        """
        select = (
            "SELECT record, name, forward_path, state, reply, coalesce(message_id, ''), sha256, attempts FROM message"
        )
        with self.reading() as connection:
            doubt = doubt_about(connection, self.path)
        found = 0
        for record, name, address, word, *rest in self._in_order(select, 1000):
            found += 1
            state = doubt.state(record, State(word)) if doubt else State(word)
            yield RunMessage(record, name, address, state, *rest)
        if self.people and found != self.people:
            raise damaged(self.path, "messages-missing")

    def content(self, record: int) -> SealedMessage:
        """The exact bytes and envelope of one message.

        Raises:
            UsageError: the run has no message of this record.
            OutboxError: the bytes were purged, or are not those that were sealed.
        """
        self.refuse_if_purged()
        with self.reading() as connection:
            row = connection.execute(f"{_MESSAGES} WHERE record = ?", (record,)).fetchone()
            if row is None:
                raise UsageError(N_("run {run} has no message of record {record}"), run=self.id, record=record)
            return self._sealed(row, PieceReader(connection))

    def contents(self) -> Iterator[SealedMessage]:
        """The exact bytes and envelopes of all messages, in the table's order.

        Raises:
            OutboxError: the bytes were purged, or are not those that were sealed.
        """
        self.refuse_if_purged()
        with self.reading() as connection:
            pieces = PieceReader(connection)
            for row in self._in_order(_MESSAGES, 10):
                yield self._sealed(row, pieces)

    def sealed_facts(self) -> dict[str, str]:
        """Every fact that the digest of the seal is made of, by name; empty for a run of an older program.

        Raises:
            OutboxError: it cannot be read.
        """
        with self.reading() as connection:
            if not has_facts(connection):
                return {}
            return run_facts(connection, self.id, self.senders, self.waivers_digest, again=self.again)

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Record numbers and the table's own cells, in the table's order.

        Raises:
            OutboxError: they were purged.
        """
        if purged := self.purged_at():
            raise OutboxError(
                N_(
                    "the personal data of run {run} was deleted on {day}: only states, times and digests are left;"
                    " see `mailmerge show {run}`"
                ),
                run=self.id,
                day=purged[:10],
            )
        for record, cells in self._in_order("SELECT record, cells FROM row", 1000):
            with understood(self.path):
                row = tuple(msgspec.json.decode(cells, type=list[str]))
            yield record, row

    def words(self, key: Key) -> dict[int, bytes]:
        """The keyed digest of what each record's message says; empty where the run remembers none under this key.

        Raises:
            OutboxError: it cannot be read.
        """
        if self.memory_key != key.id:
            return {}
        with self.reading() as connection:
            traces = read_traces(connection, self.path)
        return dict(zip(traces.records, traces.words, strict=True))

    def times(self) -> dict[int, datetime.datetime]:
        """When each message came into its present state (UTC), by record; a message never tried is not there.

        Raises:
            OutboxError: the run cannot be read.
        """
        with self.reading() as connection:
            latest = connection.execute("SELECT record, at, max(id) FROM journal GROUP BY record").fetchall()
        with understood(self.path):
            return {record: moment(at) for record, at, _id in latest}

    def history(self, record: int) -> list[JournalEntry]:
        """What the journal says about one record, oldest first."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT at, record, attempt, kind, from_state, to_state, reply, by FROM journal"
                " WHERE record = ? ORDER BY id",
                (record,),
            ).fetchall()
        with understood(self.path):
            return [
                JournalEntry(moment(at), number, attempt, EntryKind(kind), State(old), State(new), *rest)
                for at, number, attempt, kind, old, new, *rest in rows
            ]

    def is_behind(self) -> bool:
        """Whether the file is older than what was sent from here: what is open in it is then told as it is known."""
        with self.reading() as connection:
            return doubt_about(connection, self.path) is not None

    def begun_elsewhere(self) -> OtherHome | None:
        """The other home in which this run was sealed or begun last, and may have been sent since; None where not."""
        with self.reading() as connection:
            return last_place(connection, self.path)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the run's lock.

        Raises:
            RunBusy: somebody else holds it.
            OutboxError: the lock cannot be made.
        """
        with run_locked(self.path):
            yield

    def _sealed(self, row: tuple[int, str, str, str, str, str, bytes, str], pieces: PieceReader) -> SealedMessage:
        record, name, reverse_path, forward_path, message_id, sha256, own, cuts = row
        content = pieces.put_together(own, cuts)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise OutboxError(
                Reason(
                    "other-bytes",
                    N_("run {run}, record {record}: the bytes are not those that were sealed (WIR904)"),
                    {"run": self.id, "record": record},
                )
            )
        return SealedMessage(record, name, Envelope(reverse_path, forward_path), message_id, content, sha256)

    def refuse_if_purged(self) -> None:
        """See that there is something to send.

        Raises:
            OutboxError: it was purged, or cannot be read.
        """
        if purged := self.purged_at():
            raise OutboxError(
                N_("the messages of run {run} were deleted on {day}: seal the campaign again"),
                run=self.id,
                day=purged[:10],
            )

    def _in_order(self, select: str, at_once: int) -> Iterator[Any]:
        """Rows by record number, some at once: a caller that takes its time holds no lock on the file."""
        with self.reading() as connection:
            last = 0
            while rows := connection.execute(
                f"{select} WHERE record > ? ORDER BY record LIMIT ?", (last, at_once)
            ).fetchall():
                if rows[-1][0] <= last:  # a damaged index could lead round in circles
                    raise damaged(self.path)
                yield from rows
                last = rows[-1][0]

    def purged_at(self) -> str:
        """When it was purged, asked of the file: it may have been after this was opened; empty where it was not."""
        with self.reading() as connection:
            return str(connection.execute("SELECT purged FROM run").fetchone()[0])

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection for reading.

        Raises:
            OutboxError: it cannot be read.
        """
        return reading(self.path)
