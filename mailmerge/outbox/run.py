"""A sealed run: what was frozen, where each message stands, and the one door to sending it."""

from __future__ import annotations

import datetime
import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filelock
import msgspec

from mailmerge.errors import Blocked, OutboxError, RunBusy, UsageError
from mailmerge.model import Envelope, SealedMessage, State
from mailmerge.outbox.earlier import TEST_NAME
from mailmerge.outbox.elsewhere import letters_of, written_elsewhere
from mailmerge.outbox.export import Manifest, export_eml
from mailmerge.outbox.journal import Journal
from mailmerge.outbox.letter_locks import letters_locked
from mailmerge.outbox.pieces import PieceReader
from mailmerge.outbox.schema import (
    DAMAGED,
    connect_reading,
    connect_writing,
    leave_log,
    moment,
    told_plainly,
    understood,
)
from mailmerge.outbox.states import DUE, IN_FLIGHT, UNDECIDED, JournalEntry, Kind, move, recover
from mailmerge.outbox.writer import Writer

_MESSAGES = (
    "SELECT record, name, reverse_path, forward_path, message_id, sha256, own, cuts"
    " FROM message JOIN content USING (record)"
)


@dataclass(frozen=True, slots=True)
class RunMessage:
    """Where one message of a run stands; its bytes are read by :meth:`Run.content`."""

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


@dataclass(frozen=True, slots=True)
class Run:
    """One run. Reading it needs no permission to write, and can be done while another process sends it."""

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
    """The addresses that may stand in From and Reply-To."""
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

    def counts(self) -> dict[State, int]:
        """How many messages are in each state; every state is there, and every message is counted."""
        with self._reading() as connection:
            found = connection.execute("SELECT state, count(*) FROM message GROUP BY state").fetchall()
        counts = dict.fromkeys(State, 0)
        for state, count in found:
            counts[State(state)] += count
        return counts

    @property
    def unfinished(self) -> bool:
        """Whether something is left to send, or in flight."""
        counts = self.counts()
        return any(counts[state] for state in (*DUE, *IN_FLIGHT))

    def messages(self) -> Iterator[RunMessage]:
        """All messages and all people excluded, in the table's order."""
        select = (
            "SELECT record, name, forward_path, state, reply, coalesce(message_id, ''), sha256, attempts FROM message"
        )
        for record, name, address, state, *rest in self._in_order(select, 1000):
            yield RunMessage(record, name, address, State(state), *rest)

    def content(self, record: int) -> SealedMessage:
        """The exact bytes and envelope of one message.

        Raises:
            UsageError: the run has no message of this record.
            OutboxError: the bytes were purged, or are not those that were sealed.
        """
        self._refuse_if_purged()
        with self._reading() as connection:
            row = connection.execute(f"{_MESSAGES} WHERE record = ?", (record,)).fetchone()
            if row is None:
                raise UsageError(f"run {self.id} has no message of record {record}")
            return self._sealed(row, PieceReader(connection))

    def contents(self) -> Iterator[SealedMessage]:
        """The exact bytes and envelopes of all messages, in the table's order.

        Raises:
            OutboxError: the bytes were purged, or are not those that were sealed.
        """
        self._refuse_if_purged()
        with self._reading() as connection:
            pieces = PieceReader(connection)
            for row in self._in_order(_MESSAGES, 10):
                yield self._sealed(row, pieces)

    def export(self, folder: Path) -> Manifest:
        """Write the sealed bytes as .eml files: as they will be, or were, sent.

        Raises:
            OutboxError: the folder cannot be written, or the bytes were purged.
        """
        return export_eml(self.contents(), folder, campaign=self.campaign, run=self.id, created=self.created)

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Record numbers and the table's own cells, in the table's order.

        Raises:
            OutboxError: they were purged.
        """
        if purged := read_run(self.path).purged:
            raise OutboxError(
                f"the people of run {self.id} were deleted on {purged[:10]}, as keep_days in config.toml asks:"
                f" only states, times and digests are left; see `mailmerge show {self.id}`"
            )
        for record, cells in self._in_order("SELECT record, cells FROM row", 1000):
            with understood(self.path):
                row = tuple(msgspec.json.decode(cells, type=list[str]))
            yield record, row

    def times(self) -> dict[int, datetime.datetime]:
        """When each message came into its present state (UTC), by record; a message never tried is not there.

        Raises:
            OutboxError: the run cannot be read.
        """
        with self._reading() as connection:
            latest = connection.execute("SELECT record, at, max(id) FROM journal GROUP BY record").fetchall()
        with understood(self.path):
            return {record: moment(at) for record, at, _id in latest}

    def history(self, record: int) -> list[JournalEntry]:
        """What the journal says about one record, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT at, record, attempt, kind, from_state, to_state, reply, by FROM journal"
                " WHERE record = ? ORDER BY id",
                (record,),
            ).fetchall()
        with understood(self.path):
            return [
                JournalEntry(moment(at), number, attempt, Kind(kind), State(old), State(new), *rest)
                for at, number, attempt, kind, old, new, *rest in rows
            ]

    def resolve(self, record: int, *, accepted: bool, by: str) -> None:
        """Say what became of an ``unknown`` message: accepted, or to be sent again. Journaled with who and when.

        Raises:
            OutboxError: nobody is named, or the message is not unknown.
            RunBusy: the message is in flight in another process.
        """
        who = " ".join(by.split())
        if not who:
            raise OutboxError("a decision needs a name: say who resolves it")
        if self._state(record) is State.SUBMITTING:
            self.recover()
        to = State.ACCEPTED if accepted else State.PENDING
        reply = f"resolved by {who}: {'it was accepted' if accepted else 'it was not accepted'}"
        with self._transaction() as connection:
            move(connection, record, UNDECIDED, to, reply=reply, kind=Kind.RESOLVED, by=who)

    def recover(self) -> list[int]:
        """Mark as unknown what a sender that died left in flight; returns the records concerned.

        Raises:
            RunBusy: that sender is alive.
        """
        with self.exclusive(), self._transaction() as connection:
            return recover(connection)

    @contextmanager
    def sending(self) -> Iterator[Journal]:
        """Be the one sender of this run, and of its letter: locked, verified against its seal, and recovered.

        Whoever got the same letter from another run since the sealing is left out (:attr:`Journal.left_out`).

        Raises:
            RunBusy: another process, or another task, is sending it, or the same letter.
            Blocked: the run is not what was sealed (WIR904).
            RunsIncomparable: another run cannot say whom it has written to.
            OutboxError: it was purged, or cannot be written.
        """
        with self._one_sender() as connection:
            try:
                with told_plainly(self.path, "written"):
                    connection.execute("PRAGMA journal_mode=WAL")
                    recovered, left_out = self._begun(connection)
                    writer = Writer(self.path, connection)
                try:
                    yield Journal(writer, PieceReader(connection), self.senders, recovered, left_out)
                finally:
                    writer.close()
            finally:
                leave_log(connection)

    def leave_out_written(self) -> list[RunMessage]:
        """Do what begins a sending and send nothing: recover, and leave out who has the letter; who that is.

        Raises:
            As :meth:`sending`.
        """
        with self._one_sender() as connection, told_plainly(self.path, "written"):
            try:
                return self._begun(connection)[1]
            finally:
                leave_log(connection)

    @contextmanager
    def _one_sender(self) -> Iterator[sqlite3.Connection]:
        with self.exclusive(), closing(connect_writing(self.path)) as writing:
            self._refuse_if_purged()
            self._verify(writing)
            with told_plainly(self.path, "read"):
                letters = letters_of(self, writing)
            with letters_locked(self.path.parent, letters):
                yield writing

    def _begun(self, connection: sqlite3.Connection) -> tuple[list[int], list[RunMessage]]:
        """Recover what a sender that died left in flight, and leave out who was written to; both or neither."""
        with told_plainly(self.path, "read"):
            written = {person.record: person.reason for person in written_elsewhere(self, connection)}
        connection.execute("BEGIN IMMEDIATE")
        try:
            recovered = recover(connection)
            for record, reason in written.items():
                move(connection, record, DUE, State.EXCLUDED, reply=reason, kind=Kind.LEFT_OUT)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        return recovered, [message for message in self.messages() if message.record in written] if written else []

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the run's lock.

        Raises:
            RunBusy: somebody else holds it.
            OutboxError: the lock cannot be made.
        """
        with run_locked(self.path):
            yield

    def _state(self, record: int) -> State | None:
        with self._reading() as connection:
            row = connection.execute("SELECT state FROM message WHERE record = ?", (record,)).fetchone()
        return State(row[0]) if row else None

    def _verify(self, connection: sqlite3.Connection) -> None:
        with told_plainly(self.path, "read"):
            rows = connection.execute(DIGESTED)
            found = root_digest(self.id, self.senders, self.waivers_digest, rows, again=self.again)
        if found != self.sealed:
            raise Blocked(f"run {self.id} is not what was sealed (WIR904): seal the campaign again")

    def _sealed(self, row: tuple[int, str, str, str, str, str, bytes, str], pieces: PieceReader) -> SealedMessage:
        record, name, reverse_path, forward_path, message_id, sha256, own, cuts = row
        content = pieces.put_together(own, cuts)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise OutboxError(f"run {self.id}, record {record}: the bytes are not those that were sealed (WIR904)")
        return SealedMessage(record, name, Envelope(reverse_path, forward_path), message_id, content, sha256)

    def _refuse_if_purged(self) -> None:
        """Asked of the file, since it may have been purged after this was opened."""
        if purged := read_run(self.path).purged:
            raise OutboxError(f"the messages of run {self.id} were deleted on {purged[:10]}: seal the campaign again")

    def _in_order(self, select: str, at_once: int) -> Iterator[Any]:
        """Rows by record number, some at once: a caller that takes its time holds no lock on the file."""
        with self._reading() as connection:
            last = 0
            while rows := connection.execute(
                f"{select} WHERE record > ? ORDER BY record LIMIT ?", (last, at_once)
            ).fetchall():
                if rows[-1][0] <= last:  # a damaged index could lead round in circles
                    raise OutboxError(f"{self.path} cannot be read: {DAMAGED}")
                yield from rows
                last = rows[-1][0]

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with closing(connect_reading(self.path)) as connection, told_plainly(self.path, "read"):
            yield connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with closing(connect_writing(self.path)) as connection, told_plainly(self.path, "written"):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


@contextmanager
def run_locked(path: Path) -> Iterator[None]:
    """Hold the lock of the run in a file, which may be unreadable.

    Raises:
        RunBusy: somebody else holds it.
        OutboxError: the lock cannot be made.
    """
    lock = filelock.FileLock(path.with_suffix(".lock"), timeout=0, mode=0o600, thread_local=False)
    with told_plainly(path, "locked"):
        try:
            lock.acquire()
        except filelock.Timeout:
            raise RunBusy(f"run {path.stem} is being sent by another process: wait until it ends") from None
    try:
        yield
    finally:
        lock.release()


DIGESTED = "SELECT record, reverse_path, forward_path, sha256 FROM message WHERE message_id IS NOT NULL ORDER BY record"
"""What was sealed, whoever was left out since."""


def root_digest(
    run: str,
    senders: Collection[str],
    waivers_digest: str,
    messages: Iterable[tuple[int, str, str, str]],
    *,
    again: str = "",
) -> str:
    """The digest over everything that was approved: a second person's signature is bound to it.

    SHA-256 over lines of JSON (UTF-8, no spaces, each ended by a line feed): ``[run, senders, waivers_digest]``, with
    ``again`` for a fourth where everybody is written to once more, then ``[record, reverse path, forward path,
    sha256]`` of each message, by record number.
    """
    first = [run, list(senders), waivers_digest, *([again] if again else [])]
    digest = hashlib.sha256(msgspec.json.encode(first) + b"\n")
    for message in messages:
        digest.update(msgspec.json.encode(message) + b"\n")
    return f"sha256:{digest.hexdigest()}"


def read_run(path: Path) -> Run:
    """The run in a file.

    Raises:
        OutboxError: it cannot be read, or holds no run.
    """
    memory: tuple[int, str, bytes, str, int] = (1, "", b"", "", 0)
    with closing(connect_reading(path)) as connection, told_plainly(path, "read"):
        row = connection.execute(
            "SELECT id, created, campaign, account, table_file, letter_file, senders, waivers_digest, sealed,"
            " purged, headers, format FROM run"
        ).fetchone()
        if row[-1] > 1:
            memory = connection.execute("SELECT format, memory_key, campaign_key, again, test FROM run").fetchone()
    run, created, campaign, account, table, letter, senders, waivers_digest, sealed, purged, headers, _format = row
    with understood(path):
        return Run(
            path=path,
            id=run,
            created=moment(created),
            campaign=campaign,
            account=account,
            table=table,
            letter=letter,
            senders=tuple(msgspec.json.decode(senders, type=list[str])),
            waivers_digest=waivers_digest,
            sealed=sealed,
            headers=tuple(msgspec.json.decode(headers, type=list[str])),
            purged=purged,
            format=memory[0],
            memory_key=memory[1],
            campaign_key=memory[2],
            again=memory[3],
            test=bool(memory[4]) or (memory[0] == 1 and bool(TEST_NAME.search(campaign))),
        )
