"""Sentences that both faces say: about a table, and about what earlier runs have sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mailmerge.errors import AlreadyWritten
from mailmerge.i18n import N_, _, day, listed, number, plural
from mailmerge.model import ColumnEvidence, ColumnReason, RecordTable, State
from mailmerge.model.words import all_in_words
from mailmerge.text.shown import shorten

if TYPE_CHECKING:
    from mailmerge.outbox import EarlierNote, WrittenComparison

_RUNS_NAMED = 3
"""Runs named in one sentence."""


def column_notes(table: RecordTable) -> Iterator[str]:
    """Which columns hold the addresses and the names, and why those."""
    if table.email_reason:
        yield _email(table, table.email_reason)
    if table.names_reason:
        yield _names(table, table.names_reason)
    else:
        yield _("name: no column of names was recognised")


def columns_in_doubt(table: RecordTable) -> Iterator[str]:
    """The same, of those columns only beside which another one could have been meant."""
    if table.email_reason and _is_doubtful(table.email_reason):
        yield _email(table, table.email_reason)
    if table.names_reason and _is_doubtful(table.names_reason):
        yield _names(table, table.names_reason)


def _is_doubtful(reason: ColumnReason) -> bool:
    return reason.evidence is ColumnEvidence.CONTENT or (
        bool(reason.instead_of) and reason.evidence is not ColumnEvidence.SET
    )


def _email(table: RecordTable, reason: ColumnReason) -> str:
    note = {
        ColumnEvidence.SET: _("e-mail column: {columns}, as set"),
        ColumnEvidence.HEADER: _("e-mail column: {columns}, because its header says so"),
        ColumnEvidence.CONTENT: _("e-mail column: {columns}, because it is the only one with addresses"),
    }[reason.evidence].format(columns=_headers(table, reason.columns))
    if not reason.instead_of:
        return note
    others = _headers(table, reason.instead_of)
    return _("{note}; nothing is sent to the addresses in {others}").format(note=note, others=others)


def _names(table: RecordTable, reason: ColumnReason) -> str:
    columns, said = len(reason.columns), _headers(table, reason.columns)
    match reason.evidence:
        case ColumnEvidence.SET:
            note = _("name: {columns}, as set").format(columns=said)
        case ColumnEvidence.HEADER:
            note = plural(
                columns,
                "name: {columns}, because its header says so",
                "name: {columns}, because their headers say so",
                columns=said,
            )
        case ColumnEvidence.CONTENT:
            note = plural(
                columns,
                "name: {columns}, because it fits the addresses",
                "name: {columns}, because they fit the addresses",
                columns=said,
            )
    if not reason.instead_of:
        return note
    others = _headers(table, reason.instead_of)
    return _("{note}; the name could also be in {others}").format(note=note, others=others)


def _headers(table: RecordTable, names: Sequence[str]) -> str:
    shown = [_('"{column}"').format(column=shorten(table.label(name), 40)) for name in names[:4]]
    return listed_with_more(shown, len(names) - len(shown))


def listed_with_more(shown: Sequence[str], more: int) -> str:
    """Things in a sentence, and how many there are besides."""
    if more <= 0:
        return listed(shown)
    return plural(more, "{things} and {count} more", "{things} and {count} more", things=", ".join(shown))


# --- what earlier runs have sent -------------------------------------------------------------------------------------


def already_written(found: WrittenComparison, total: int) -> AlreadyWritten:
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


def who_received(found: WrittenComparison, total: int) -> str:
    """How many of so many people have the same letter, or may have it."""
    count = number(len(found.written))
    if all(person.state is State.ACCEPTED for person in found.written):
        return plural(
            total,
            "{received} of {count} person already received this letter",
            "{received} of {count} people already received this letter",
            received=count,
        )
    return plural(
        total,
        "{received} of {count} person already received this letter, or may have",
        "{received} of {count} people already received this letter, or may have",
        received=count,
    )


def from_runs(found: WrittenComparison) -> str:
    """From which runs people have the same letter."""
    named = list(runs_named(((person.run, person.state) for person in found.written), found.days))
    more = len(named) - _RUNS_NAMED
    if more <= 0:
        return listed(named)
    return listed([*named[:_RUNS_NAMED], plural(more, "{count} other run", "{count} other runs")])


def runs_named(states: Iterable[tuple[str, State]], days: Mapping[str, str]) -> Iterator[str]:
    """Each run with its day, and how many messages of it are in which state."""
    runs: dict[str, Counter[State]] = {}
    for run, state in states:
        runs.setdefault(run, Counter())[state] += 1
    for run, counts in runs.items():
        yield _("run {run} of {day} ({states})").format(run=run, day=run_day(days[run]), states=all_in_words(counts))


def run_day(iso: str) -> str:
    """The day of a run, for a sentence; a remark where its file does not say it."""
    try:
        return day(date.fromisoformat(iso))
    except ValueError:
        return _(iso)


def received_otherwise(note: EarlierNote, on: str) -> str:
    """Who received something near the same letter from an earlier run."""
    if note.same_file:
        return plural(
            note.count,
            "{count} of these people received this letter with other words in run {run} of {day}",
            "{count} of these people received this letter with other words in run {run} of {day}",
            run=note.run,
            day=run_day(on),
        )
    return plural(
        note.count,
        "{count} of these people received another letter of this campaign in run {run} of {day}",
        "{count} of these people received another letter of this campaign in run {run} of {day}",
        run=note.run,
        day=run_day(on),
    )
