"""Sentences that both faces say: about a table, and about what earlier runs have sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from mailmerge.errors import AlreadyWritten
from mailmerge.i18n import N_
from mailmerge.model import ColumnReason, Evidence, RecordTable, State
from mailmerge.text import plural, shorten

if TYPE_CHECKING:
    from mailmerge.outbox import Comparison, Note

_RUNS_NAMED = 3
"""Runs named in one sentence."""


def column_notes(table: RecordTable) -> Iterator[str]:
    """Which columns hold the addresses and the names, and why those."""
    if table.email_reason:
        yield _email(table, table.email_reason)
    if table.names_reason:
        yield _names(table, table.names_reason)
    else:
        yield "name: no column of names was recognised"


def columns_in_doubt(table: RecordTable) -> Iterator[str]:
    """The same, of those columns only beside which another one could have been meant."""
    if table.email_reason and _is_doubtful(table.email_reason):
        yield _email(table, table.email_reason)
    if table.names_reason and _is_doubtful(table.names_reason):
        yield _names(table, table.names_reason)


def _is_doubtful(reason: ColumnReason) -> bool:
    return reason.evidence is Evidence.CONTENT or (bool(reason.instead_of) and reason.evidence is not Evidence.SET)


def _email(table: RecordTable, reason: ColumnReason) -> str:
    why = {
        Evidence.SET: "as set",
        Evidence.HEADER: "because its header says so",
        Evidence.CONTENT: "because it is the only one with addresses",
    }[reason.evidence]
    note = f"e-mail column: {_headers(table, reason.columns)}, {why}"
    if not reason.instead_of:
        return note
    others = _headers(table, reason.instead_of)
    return f"{note}; nothing is sent to the addresses in {others}"


def _names(table: RecordTable, reason: ColumnReason) -> str:
    one = len(reason.columns) == 1
    why = {
        Evidence.SET: "as set",
        Evidence.HEADER: "because its header says so" if one else "because their headers say so",
        Evidence.CONTENT: "because it fits the addresses" if one else "because they fit the addresses",
    }[reason.evidence]
    note = f"name: {_headers(table, reason.columns)}, {why}"
    return f"{note}; {_headers(table, reason.instead_of)} could also be the name" if reason.instead_of else note


def _headers(table: RecordTable, names: Sequence[str]) -> str:
    shown = [f'"{shorten(table.header(name) or name, 40)}"' for name in names[:4]]
    if len(names) > len(shown):
        return f"{', '.join(shown)} and {len(names) - len(shown)} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


# --- what earlier runs have sent -------------------------------------------------------------------------------------


def already_written(found: Comparison, total: int) -> AlreadyWritten:
    """Who has the same letter, from which run, in one line; ``total`` is how many would be written to."""
    return AlreadyWritten(
        N_("{people}, from {runs}; nothing was sealed or sent"),
        [
            {"record": w.record, "address": w.address, "run": w.run, "state": w.state, "at": w.at or None}
            for w in found.written
        ],
        people=who_received(found, total),
        runs=from_runs(found),
    )


def who_received(found: Comparison, total: int) -> str:
    """How many of so many people have the same letter, or may have it."""
    people = f"{len(found.written)} of {plural(total, '{count} person', '{count} people')}"
    certain = all(person.state is State.ACCEPTED for person in found.written)
    return (
        f"{people} already received this letter" if certain else f"{people} already received this letter, or may have"
    )


def from_runs(found: Comparison) -> str:
    """From which runs people have the same letter."""
    named = list(runs_named(((person.run, person.state) for person in found.written), found.days))
    more = len(named) - _RUNS_NAMED
    return " and ".join(named if more <= 0 else [*named[:_RUNS_NAMED], f"{more} other runs"])


def runs_named(states: Iterable[tuple[str, State]], days: Mapping[str, str]) -> Iterator[str]:
    """Each run with its day, and how many messages of it are in which state."""
    runs: dict[str, Counter[str]] = {}
    for run, state in states:
        runs.setdefault(run, Counter())[state] += 1
    for run, counts in runs.items():
        yield f"run {run} of {days[run]} ({', '.join(f'{count} {state}' for state, count in counts.items())})"


def received_otherwise(note: Note, day: str) -> str:
    """Who received something near the same letter from an earlier run."""
    what = "this letter with other words" if note.same_file else "another letter of this campaign"
    return f"{note.count} of these people received {what} in run {note.run} of {day}"
