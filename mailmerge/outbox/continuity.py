"""Whether a run's file knows of everything that was sent from it: an older copy, and a lost log, do not.

A file that is behind says ``pending`` of people who may have their message. Nothing of it is believed but what is
settled: whatever is pending, deferred or in flight there is what the ledger says, and unknown where it does not say.

SQLite writes a log into the file page by page. Where the sender is killed meanwhile and the log is lost, some pages are
newer than others: so a sending whose end the ledger does not know is measured by its line, whatever the file says of
it, its states by the journal, and neither is read through an index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from mailmerge.model import State
from mailmerge.outbox.ledger import Begun, Ledger, LedgerEntry, Stage, states_in_ranges
from mailmerge.outbox.remarks import BROUGHT_UP_TO_DATE, CONTRADICTED, OLDER_THAN_SENT
from mailmerge.outbox.schema import SENDING_TABLE
from mailmerge.outbox.states import DUE, IN_FLIGHT, EntryKind, last_line, move, now

OPEN = DUE | IN_FLIGHT
"""What a file that is behind is not believed."""


class Doubt(Struct, frozen=True):
    """A run's file is behind what was sent."""

    line: int
    """As far as the journal is known to have come."""
    exact: bool = False
    """Whether how every message stood at the end is known."""
    known: Mapping[int, State] = field(default_factory=dict)
    """How messages stood that were not pending."""

    def state(self, record: int, state: State) -> State:
        """How a message stands, of which the file says ``state``."""
        if state not in OPEN:
            return state
        known = self.known.get(record, State.PENDING if self.exact else State.UNKNOWN)
        return known if self.exact or known not in OPEN else State.UNKNOWN


class OtherHome(Struct, frozen=True):
    """Another home in which a run was begun or sealed."""

    where: str
    at: str
    """ISO 8601."""
    sent: bool
    """Whether a sending began there; it was sealed there otherwise."""


def doubt_about(connection: sqlite3.Connection, path: Path) -> Doubt | None:
    """What is wrong with a run's file, by what the ledger of this home says; None where nothing is.

    The run may be being sent meanwhile, so that a doubt counts only where a second look finds it too.
    """
    first = _look(connection, path)
    return first and _look(connection, path)


def _look(connection: sqlite3.Connection, path: Path) -> Doubt | None:
    ledger = Ledger.of(path)
    run, sealed = connection.execute("SELECT id, sealed FROM run").fetchone()
    entry = ledger.entry(run, sealed)
    lines = {each.nonce: ledger.line(run, each.nonce) for each in entry.sendings[-1:]} if entry else {}
    # The file is read after the ledger: whatever was noted there was committed here before.
    ended = sendings_of(connection)
    if entry is None and all(ended.values()):
        return None
    reached = last_line(connection)
    if entry is None:
        return Doubt(reached)
    missing = any(each.stage != "planned" and each.nonce not in ended for each in entry.sendings)
    behind = missing or reached < entry.line
    stages = {each.nonce: each.stage for each in entry.sendings}
    for nonce, has_ended in ended.items():
        stage, line = stages.get(nonce), lines.get(nonce)
        if stage == "begun":  # also where the file says that it ended: its log may have come into it in part
            behind = behind or line is None or reached < line or bool(_contradicted(connection))
        elif not has_ended and stage != "planned":
            behind = True
    return _doubt(entry, ended, reached, lines) if behind else None


def _doubt(entry: LedgerEntry, ended: Mapping[str, bool], reached: int, lines: Mapping[str, int | None]) -> Doubt:
    at_rest = all(each.stage != "begun" for each in entry.sendings)
    ancestor = set(ended) <= {each.nonce for each in entry.sendings}
    line = max(reached, entry.line, *(line or 0 for line in lines.values()), 0)
    return Doubt(line, at_rest and ancestor, entry.known())


def sendings_of(connection: sqlite3.Connection) -> dict[str, bool]:
    """The sendings that the file of a run knows, and whether each came to its end; none in an old one."""
    if not has_sendings(connection):
        return {}
    rows = connection.execute("SELECT nonce, ended FROM sending WHERE kind = 'sending'").fetchall()
    return {nonce: bool(ended) for nonce, ended in rows}


def has_sendings(connection: sqlite3.Connection) -> bool:
    """Whether the file has the table at all."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sending'").fetchone() is not None


def repair(connection: sqlite3.Connection, path: Path) -> list[int]:
    """Write down what a file that is behind cannot know; returns the records that became unknown.

    Call with the run locked, in a transaction. The journal goes on behind the lines that were lost.
    """
    doubt = doubt_about(connection, path)
    if doubt or _is_cut_short(connection, path):
        connection.execute("REINDEX")  # a log that came into the file in part leaves an index behind its table
    changed = _contradicted(connection)
    if doubt is None:
        for record, state in changed.items():
            move(connection, record, {state}, State.UNKNOWN, reply=CONTRADICTED, kind=EntryKind.RECOVERY)
        end_open(connection)
        return list(changed)
    unknown: list[int] = []
    line = doubt.line
    rows = connection.execute("SELECT record, state FROM message ORDER BY record").fetchall()
    for record, word in rows:
        before = State(word)
        after = State.UNKNOWN if record in changed else doubt.state(record, before)
        if after is not before:
            line += 1
            reply = OLDER_THAN_SENT if after is State.UNKNOWN else BROUGHT_UP_TO_DATE
            move(connection, record, {before}, after, reply=reply, kind=EntryKind.RECOVERY, line=line)
            unknown += [record] if after is State.UNKNOWN else []
    _take_in(connection, path)
    end_open(connection)
    return unknown


def state_table(connection: sqlite3.Connection, path: Path) -> str:
    """Where the states of messages are read, as SQL has it: without the index where a sending was cut short."""
    return "message NOT INDEXED" if _is_cut_short(connection, path) else "message"


def _is_cut_short(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether a sending did not come to its end, or has not yet, as far as the file or the ledger knows."""
    run, sealed = connection.execute("SELECT id, sealed FROM run").fetchone()
    entry = Ledger.of(path).entry(run, sealed)
    has_open = any(each.stage != "ended" for each in entry.sendings) if entry else False
    return has_open or not all(sendings_of(connection).values())


def _contradicted(connection: sqlite3.Connection) -> dict[int, State]:
    """The records whose state is not what the last line of the journal about them says, with that state.

    Without their indexes, which may be older than the tables where a log came into the file in part.
    """
    rows = connection.execute(
        "SELECT message.record, message.state, last.to_state FROM message NOT INDEXED LEFT JOIN"
        " (SELECT record, to_state, max(id) FROM journal NOT INDEXED GROUP BY record) AS last USING (record)"
        " WHERE message.state <> coalesce(last.to_state,"
        " CASE message.state WHEN 'excluded' THEN 'excluded' ELSE 'pending' END)"
    )
    return {record: State(state) for record, state, last in rows if State(state) is not State.UNKNOWN}


def _take_in(connection: sqlite3.Connection, path: Path) -> None:
    """Let the file name every sending that the ledger does."""
    connection.execute(SENDING_TABLE)
    ledger = Ledger.of(path)
    run, sealed = connection.execute("SELECT id, sealed FROM run").fetchone()
    entry = ledger.entry(run, sealed)
    home, at = ledger.home(), now()
    for each in entry.sendings if entry else ():
        connection.execute(
            "INSERT INTO sending (kind, nonce, home, place, began, ended) VALUES ('sending', ?, ?, ?, ?, ?)"
            " ON CONFLICT (nonce) DO NOTHING",
            (each.nonce, home, ledger.place, at, at),
        )


def end_open(connection: sqlite3.Connection) -> None:
    """Say in the file that no sending is under way."""
    if has_sendings(connection):
        connection.execute("UPDATE sending SET ended = ? WHERE ended = '' AND kind = 'sending'", (now(),))


def note(connection: sqlite3.Connection, path: Path, nonce: str = "", stage: Stage = "ended") -> None:
    """Keep in the ledger how the messages stand, and the sendings that the file names; ``nonce`` is one at this stage.

    Call with the run locked. What was never begun here has nothing to be kept, and what a sender that died left open is
    kept once the file is brought up to date.

    Raises:
        OutboxError: it cannot be written.
    """
    ledger = Ledger.of(path)
    run, sealed = connection.execute("SELECT id, sealed FROM run").fetchone()
    others = {each: ended for each, ended in sendings_of(connection).items() if each != nonce}
    begun = [*(Begun(each, "ended") for each in others), *([Begun(nonce, stage)] if nonce else [])]
    if begun and all(others.values()):
        states = states_in_ranges(connection)
        ledger.write(run, LedgerEntry(sealed, tuple(begun), last_line(connection), states))


def last_place(connection: sqlite3.Connection, path: Path) -> OtherHome | None:
    """The other home in which a run was sealed or begun last; None where it was this one, or nobody wrote it down."""
    if not has_sendings(connection):
        return None
    row = connection.execute("SELECT kind, home, place, began FROM sending ORDER BY id DESC LIMIT 1").fetchone()
    if row is None or row[1] == Ledger.of(path).home():
        return None
    return OtherHome(row[2], row[3], row[0] != "sealed")
