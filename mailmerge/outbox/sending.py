"""The one door to sending a run: locked, verified, brought up to date, and marked before anything is claimed.

1. The ledger notes that a sending is planned.
2. The run's own file names it, on the disk and outside any log: a log that is lost later leaves that mark.
3. The ledger notes that it began; from then on it is told the journal's last line after each commit.
4. At the end the file says so, and then the ledger, with the state of every message.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from uuid import uuid4

from msgspec import Struct

from mailmerge.errors import BegunElsewhere, Blocked, MailmergeError, OutboxError, Reason
from mailmerge.i18n import N_
from mailmerge.model import State
from mailmerge.outbox.comparison.elsewhere import letters_of, written_elsewhere
from mailmerge.outbox.connection import (
    connect_writing,
    leave_log,
    transaction,
    translate_errors,
    wait_if_busy,
)
from mailmerge.outbox.continuity import end_open, last_place, note, repair
from mailmerge.outbox.digest import sealed_root
from mailmerge.outbox.journal import Journal
from mailmerge.outbox.ledger import Ledger, LineFile
from mailmerge.outbox.locks import letters_locked
from mailmerge.outbox.pieces import PieceReader
from mailmerge.outbox.schedule import unschedule
from mailmerge.outbox.schema import SENDING_TABLE
from mailmerge.outbox.sealed_run import RunMessage, SealedRun
from mailmerge.outbox.states import DUE, EntryKind, last_line, move, now, recover
from mailmerge.outbox.titles import KeptPlace
from mailmerge.outbox.writer import Writer


@contextmanager
def sending(run: SealedRun) -> Iterator[Journal]:
    """As :meth:`Run.sending`."""
    with _one_sender(run) as connection:
        try:
            with translate_errors(run.path, "written"):
                recovered, left_out = _begun(run, connection)
                mark = _marked(run, connection)
                try:
                    writer = Writer(run.path, connection, mark.line)
                except BaseException:
                    mark.line.close()
                    raise
            try:
                yield Journal(writer, PieceReader(connection), run.senders, recovered, left_out)
            finally:
                writer.close()
                mark.line.close()
                _end(run, connection)
        finally:
            leave_log(connection)


def leave_out_written(run: SealedRun) -> list[RunMessage]:
    """As :meth:`Run.leave_out_written`."""
    with _one_sender(run) as connection, translate_errors(run.path, "written"):
        try:
            left_out = _begun(run, connection)[1]
        finally:
            leave_log(connection)
        note(connection, run.path)
        return left_out


@contextmanager
def _one_sender(run: SealedRun) -> Iterator[sqlite3.Connection]:
    if run.original:
        raise OutboxError(
            Reason(
                "copy",
                N_("{path} is a copy of run {run}, or was given another name: only {original} is sent"),
                {"path": str(run.path), "run": run.id, "original": run.original.name},
            )
        )
    with run.exclusive(), closing(connect_writing(run.path)) as connection:
        run.refuse_if_purged()
        _verify(run, connection)
        with translate_errors(run.path, "read"):
            if place := last_place(connection, run.path):
                values = {"run": run.id, "place": KeptPlace(place.where), "at": place.at}
                raise BegunElsewhere(Reason(*_ELSEWHERE[place.sent], values))
            letters = letters_of(run, connection)
        with letters_locked(run.path.parent, letters):
            yield connection


_ELSEWHERE = {
    True: (
        "begun-elsewhere",
        N_(
            "run {run} was begun in {place} on {at}, and may have been sent there since: go on there, or say that it"
            " goes on here and nowhere else with `mailmerge send --resume {run} --take-over`"
        ),
    ),
    False: (
        "sealed-elsewhere",
        N_(
            "run {run} was sealed in {place} on {at}, and may have been sent there since: send it there, or say that it"
            " is sent here and nowhere else with `mailmerge send --resume {run} --take-over`"
        ),
    ),
}


def _verify(run: SealedRun, connection: sqlite3.Connection) -> None:
    with translate_errors(run.path, "read"):
        found = sealed_root(connection, run.id, run.senders, run.waivers_digest, again=run.again)
    if found != run.sealed:
        reason = Reason("other-run", _OTHER_RUN, {"run": run.id})
        raise Blocked(reason, rule="WIR904", kind=reason.kind, **reason.values)


_OTHER_RUN = N_("run {run} is not what was sealed (WIR904): seal the campaign again")


def _begun(run: SealedRun, connection: sqlite3.Connection) -> tuple[list[int], list[RunMessage]]:
    """Bring the file up to date, and leave out who was written to; both or neither."""
    with transaction(connection):
        recovered = sorted({*repair(connection, run.path), *recover(connection)})
        with translate_errors(run.path, "read"):
            written = {person.record: person.reason for person in written_elsewhere(run, connection)}
        for record, reason in written.items():
            move(connection, record, DUE, State.EXCLUDED, reply=reason, kind=EntryKind.LEFT_OUT)
    return recovered, [message for message in run.messages() if message.record in written] if written else []


class _Mark(Struct, frozen=True):
    """A sending that began."""

    nonce: str
    line: LineFile


def _marked(run: SealedRun, connection: sqlite3.Connection) -> _Mark:
    """Have it on the disk, in the run's own file and in the ledger, that a sending begins.

    Raises:
        OutboxError: it cannot be written, or somebody reads the run for too long.
    """
    ledger, nonce = Ledger.of(run.path), uuid4().hex
    home, place = ledger.name_home()
    leave_log(connection)
    wait_if_busy(connection)
    note(connection, run.path, nonce, "planned")
    with transaction(connection):
        connection.execute(SENDING_TABLE)
        unschedule(connection)
        connection.execute(
            "INSERT INTO sending (kind, nonce, home, place, began) VALUES ('sending', ?, ?, ?, ?)",
            (nonce, home, place, now()),
        )
    connection.execute("PRAGMA journal_mode=WAL")
    busy, _pages, _copied = connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
    if busy:  # what was left of an earlier log is still being read, and the mark is behind it
        raise OutboxError(N_("{path} is being read by another process: try again in a moment"), path=run.path)
    line = ledger.follow(run.id, nonce, last_line(connection))
    try:
        note(connection, run.path, nonce, "begun")
    except BaseException:
        line.close()
        raise
    return _Mark(nonce, line)


def _end(run: SealedRun, connection: sqlite3.Connection) -> None:
    """Take the mark away; where that fails it stays, and the journal is found to be whole next time."""
    with suppress(sqlite3.Error, MailmergeError):
        end_open(connection)
        leave_log(connection)
        note(connection, run.path)
