"""The one way a message's state changes: from a state that allows it, by compare-and-set, with a journal entry.

pending, deferred --claim--> submitting --settle--> accepted | deferred | rejected | unknown | pending
pending, deferred, submitting --release--> pending | deferred | rejected      (the body was provably never sent)
accepted, deferred, rejected, pending --doubt--> unknown                     (the server contradicted its verdict)
submitting --recover--> unknown                                              (a sender died)
unknown --resolve--> accepted | pending                                      (a person decided, by name)
pending, deferred --leave out--> excluded                                    (another run sent them the same letter)
any --recover--> unknown                                                     (the file is behind, or contradicts itself)
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Collection
from enum import StrEnum

from msgspec import Struct

from mailmerge.errors import OutboxError
from mailmerge.i18n import N_
from mailmerge.model import State
from mailmerge.model.words import StateWord
from mailmerge.outbox.remarks import PROGRAM_ENDED

DUE = frozenset({State.PENDING, State.DEFERRED})
"""Left to send."""
IN_FLIGHT = frozenset({State.SUBMITTING})
UNDECIDED = frozenset({State.UNKNOWN})
VERDICTS = frozenset({State.ACCEPTED, State.DEFERRED, State.REJECTED, State.UNKNOWN, State.PENDING})
SETTLED = VERDICTS - {State.UNKNOWN}
NOT_SENT = frozenset({State.PENDING, State.DEFERRED, State.REJECTED})


class EntryKind(StrEnum):
    """Why a journal entry was written."""

    ATTEMPT = "attempt"
    """The sender claimed, settled or released a message."""
    RECOVERY = "recovery"
    """A sender died with the message in flight."""
    RESOLVED = "resolved"
    """A person said what became of an unknown message."""
    LEFT_OUT = "left-out"
    """Another run has sent this person the same letter since the sealing."""


class JournalEntry(Struct, frozen=True):
    """One line of the record of what was done with a message."""

    at: datetime.datetime
    """UTC."""
    record: int
    attempt: int
    kind: EntryKind
    from_state: State
    to_state: State
    reply: str
    by: str
    """Who decided; empty where the program did."""


def move(
    connection: sqlite3.Connection,
    record: int,
    allowed: Collection[State],
    to: State,
    *,
    reply: str | None = None,
    kind: EntryKind = EntryKind.ATTEMPT,
    by: str = "",
    new_attempt: bool = False,
    line: int | None = None,
) -> int:
    """Change one message's state and journal it; nothing is written where an error is raised.

    ``reply=None`` keeps the last reply; ``line`` is the number of the journal's line, the next one otherwise. Returns
    the number of attempts so far.

    Raises:
        OutboxError: there is no such record, or its state does not allow this.
    """
    row = connection.execute("SELECT state, attempts, reply FROM message WHERE record = ?", (record,)).fetchone()
    if row is None:
        raise OutboxError(N_("the run has no record {record}"), record=record)
    state = State(row[0])
    if state not in allowed:
        raise OutboxError(
            N_("record {record} is {state}: it cannot become {to}"),
            record=record,
            state=StateWord(state),
            to=StateWord(to),
        )
    attempts = int(row[1]) + new_attempt
    changed = connection.execute(
        "UPDATE message SET state = ?, attempts = ?, reply = ? WHERE record = ? AND state = ?",
        (to, attempts, row[2] if reply is None else reply, record, row[0]),
    )
    if changed.rowcount != 1:
        raise OutboxError(
            N_("record {record} was changed by another process: it cannot become {to}"), record=record, to=StateWord(to)
        )
    connection.execute(  # no line is ever changed, but by purging
        "INSERT INTO journal (id, at, record, attempt, kind, from_state, to_state, reply, by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (line, now(), record, attempts, kind, state, to, reply or "", by),
    )
    return attempts


def recover(connection: sqlite3.Connection) -> list[int]:
    """Mark as unknown what a sender that died had in flight: the server may have it, or not. Call with the run locked.

    Returns the records concerned.
    """
    in_flight = [
        int(row[0])
        for row in connection.execute("SELECT record FROM message WHERE state = ? ORDER BY record", (State.SUBMITTING,))
    ]
    for record in in_flight:
        move(connection, record, IN_FLIGHT, State.UNKNOWN, reply=PROGRAM_ENDED, kind=EntryKind.RECOVERY)
    return in_flight


def last_line(connection: sqlite3.Connection) -> int:
    """The last line of the journal; 0 where it has none."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0])


def now() -> str:
    """This moment as the journal writes it: ISO 8601, UTC."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
