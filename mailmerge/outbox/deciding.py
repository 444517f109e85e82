"""What a person decides about a run: what became of an unknown message, and that it goes on in this home."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

from mailmerge.errors import OutboxError, RunBusy
from mailmerge.i18n import N_
from mailmerge.model import State
from mailmerge.model.words import StateWord
from mailmerge.outbox.connection import writing
from mailmerge.outbox.continuity import doubt_about, note, repair
from mailmerge.outbox.ledger import Ledger
from mailmerge.outbox.remarks import RESOLVED_ACCEPTED, RESOLVED_NOT_ACCEPTED
from mailmerge.outbox.schema import SENDING_TABLE
from mailmerge.outbox.sealed_run import SealedRun
from mailmerge.outbox.states import UNDECIDED, EntryKind, move, now, recover

_DECIDED = frozenset(State) - UNDECIDED


def resolve(run: SealedRun, record: int, *, accepted: bool, by: str) -> None:
    """As :meth:`Run.resolve`."""
    who = " ".join(by.split())
    if not who:
        raise OutboxError(N_("give your name: a decision needs one"))
    with run.reading() as connection:
        row = connection.execute("SELECT state FROM message WHERE record = ?", (record,)).fetchone()
        behind = doubt_about(connection, run.path) is not None
    if behind or (row and row[0] == State.SUBMITTING):
        recover_run(run)
    elif row and row[0] in _DECIDED:
        raise OutboxError(
            N_("record {record} is {state}: only an unknown outcome is decided"),
            record=record,
            state=StateWord(State(row[0])),
        )
    to = State.ACCEPTED if accepted else State.PENDING
    reply = (RESOLVED_ACCEPTED if accepted else RESOLVED_NOT_ACCEPTED).format(name=who)
    with writing(run.path) as connection:
        move(connection, record, UNDECIDED, to, reply=reply, kind=EntryKind.RESOLVED, by=who)
    with suppress(RunBusy), run.exclusive(), run.reading() as connection:  # a sender that is at work notes it itself
        note(connection, run.path)


def recover_run(run: SealedRun) -> list[int]:
    """As :meth:`Run.recover`."""
    with run.exclusive():
        with writing(run.path) as connection:
            recovered = sorted({*repair(connection, run.path), *recover(connection)})
        with run.reading() as connection:
            note(connection, run.path)
    return recovered


def take_over(run: SealedRun, *, by: str) -> None:
    """As :meth:`Run.take_over`."""
    home, place = Ledger.of(run.path).name_home()
    at = now()
    with run.exclusive(), writing(run.path) as connection:
        connection.execute(SENDING_TABLE)
        connection.execute(
            "INSERT INTO sending (kind, nonce, home, place, began, ended) VALUES ('taken-over', ?, ?, ?, ?, ?)",
            (uuid4().hex, home, f"{place}, by {by}", at, at),
        )
