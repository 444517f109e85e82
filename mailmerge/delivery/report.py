"""After a run: who was accepted, who was not and why in plain words, and the people who are left to be reached."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from mailmerge.delivery.events import Lowered
from mailmerge.delivery.sheets import write_sheet
from mailmerge.delivery.smtp.replies import Reply, Stage, rule_for
from mailmerge.errors import OutboxError, UsageError, os_cause
from mailmerge.files.home import make_private
from mailmerge.i18n import N_, _, pgettext
from mailmerge.model import State
from mailmerge.model.words import state_meaning, state_word
from mailmerge.outbox import Run, RunMessage
from mailmerge.outbox.remarks import remark
from mailmerge.outbox.states import DUE
from mailmerge.text.folding import identifier


def report_columns() -> tuple[str, ...]:
    """What the columns of the report are called."""
    return (
        pgettext("column", "record"),
        pgettext("column", "name"),
        pgettext("column", "address"),
        *_verdict_columns(),
        pgettext("column", "attempts"),
        "message_id",
    )


def status_columns() -> tuple[str, ...]:
    """What the status list adds to the table's own columns; the last three are for what happens after the verdict."""
    later = pgettext("column", "later"), pgettext("column", "later time"), pgettext("column", "later reason")
    return (*_verdict_columns(), *later)


def _verdict_columns() -> tuple[str, ...]:
    return (
        pgettext("column", "state"),
        pgettext("column", "time"),
        pgettext("column", "meaning"),
        pgettext("column", "reply"),
    )


REFUSED = frozenset({State.REJECTED})
"""Nothing sends these again: they are to be corrected, and written to in a new run."""
LEFT = DUE
"""A resume reaches these: writing to them in a new run as well would reach them twice."""
UNDECIDED = frozenset({State.UNKNOWN, State.SUBMITTING})
"""These may have the message: a person decides first."""

_LOWERED: Mapping[str, str] = {
    "group": N_(
        "{host} does not keep to the PIPELINING that it offers ({reason}): from now on the next message waits"
        " until the server has answered for the last one"
    ),
    "off": N_(
        "{host} does not keep to the PIPELINING that it offers ({reason}): from now on commands are sent one by one"
    ),
}


def lowered_in_words(event: Lowered) -> str:
    """What a level that was lowered means, in one sentence."""
    return _(_LOWERED[event.level]).format(host=event.host, reason=remark(event.reason))


class WrittenList(Struct, frozen=True):
    """One list that was written."""

    path: Path
    people: int


def meaning(message: RunMessage) -> str:
    """What the state of a message means, in plain words; for one that the server refused or put off, why it did.

    Which command a reply answered is written down nowhere: what holds of one of them only is not said.
    """
    if message.state not in (State.REJECTED, State.DEFERRED):
        return state_meaning(message.state)
    code, _blank, text = message.reply.partition(" ")
    if not code.isdecimal():
        return remark(message.reply)
    reply = Reply(int(code), text)
    rule = rule_for(reply, Stage.RCPT)
    if rule != rule_for(reply, Stage.DOT):
        return state_meaning(message.state)
    return _("The server says: {why}.").format(why=_(rule.meaning))


def _local_time(at: datetime.datetime | None) -> str:
    """A time as a list has it, local with its offset (``2026-09-02 12:00:01+02:00``); empty where there is none."""
    return at.astimezone().isoformat(" ", "seconds") if at else ""


def write_report(run: Run, path: Path) -> int:
    """Write one line per message, with the time of each verdict; returns how many.

    Raises:
        UsageError: the file is the table that was sealed.
        OutboxError: the run cannot be read, or the file not written.
    """
    _spare_table(run, path)
    times = run.times()
    rows = [
        (
            *(m.record, m.name, m.address, state_word(m.state), _local_time(times.get(m.record))),
            *(meaning(m), remark(m.reply), m.attempts, m.message_id),
        )
        for m in run.messages()
    ]
    write_sheet(path, report_columns(), rows)
    return len(rows)


def write_people(run: Run, path: Path, states: Collection[State]) -> int:
    """Write the people in some states, in the table's own columns; returns how many.

    Raises:
        As :func:`write_records`.
    """
    return _write_chosen(run, path, lambda message: message.state in states)


def write_records(run: Run, path: Path, records: Collection[int]) -> int:
    """Write some people, in the table's own columns; returns how many.

    Raises:
        UsageError: the file is the table that was sealed.
        OutboxError: the run was purged or cannot be read, or the file cannot be written.
    """
    return _write_chosen(run, path, lambda message: message.record in records)


def _write_chosen(run: Run, path: Path, chosen: Callable[[RunMessage], bool]) -> int:
    _spare_table(run, path)
    messages = list(run.messages())
    headers, cells = _table(run, messages)
    rows = [cells[message.record] for message in messages if chosen(message)]
    write_sheet(path, headers, rows)
    return len(rows)


def write_status(run: Run, path: Path) -> int:
    """Write everybody of the run, in the table's own columns, and what became of their message; returns how many.

    Raises:
        UsageError: the file is the table that was sealed.
        OutboxError: the run was purged or cannot be read, or the file cannot be written.
    """
    _spare_table(run, path)
    messages, times = list(run.messages()), run.times()
    headers, cells = _table(run, messages)
    rows = [
        (
            *(*cells[m.record], state_word(m.state), _local_time(times.get(m.record))),
            *(meaning(m), remark(m.reply), "", "", ""),
        )
        for m in messages
    ]
    write_sheet(path, (*headers, *_added(headers)), rows)
    return len(rows)


def write_lists(run: Run, folder: Path) -> list[WrittenList]:
    """Write the status list and, where they have anybody, the lists of what is left to do, into a folder.

    The folder is made (0700) where it is missing.

    Raises:
        OutboxError: the run was purged or cannot be read, or a file cannot be written.
    """
    next(run.rows(), None)  # a run that was purged is refused before anything is made
    counts = run.counts()
    try:
        make_private(folder)
        status = folder / f"{run.id}-status.xlsx"
        written = [WrittenList(status, write_status(run, status))]
        for name, states in LISTS.items():
            path = folder / f"{run.id}-{name}.csv"
            if any(counts[state] for state in states):
                written.append(WrittenList(path, write_people(run, path, states)))
            else:
                path.unlink(missing_ok=True)  # an earlier one would say what is no longer so
    except OSError as error:
        raise OutboxError(
            N_("cannot write the lists to {folder}: {why}; choose another folder"), folder=folder, why=os_cause(error)
        ) from None
    return written


LISTS: Mapping[str, Collection[State]] = {
    "correct-and-write-again": REFUSED,
    "will-be-tried-by-resume": LEFT,
    "decide-first": UNDECIDED,
}
"""What is left to do, by the name of its list; nobody is in two of them."""


def _table(run: Run, messages: Sequence[RunMessage]) -> tuple[Sequence[str], dict[int, Sequence[str]]]:
    """The table's columns, and everybody's cells by record.

    A run without a table (a test to oneself) has names and addresses. Of somebody whose row was not kept, which
    happened to people left out, the address is there.
    """
    kept = dict(run.rows())
    if not run.headers:
        return (pgettext("column", "name"), pgettext("column", "address")), {
            m.record: (m.name, m.address) for m in messages
        }
    width = len(run.headers)
    addresses: Counter[int] = Counter()
    for message in messages:
        cells = kept.get(message.record, ())
        addresses.update(position for position, cell in enumerate(cells) if cell == message.address)
    ((email, _count),) = addresses.most_common(1) or [(0, 0)]

    def cells_of(message: RunMessage) -> Sequence[str]:
        alone = ["" if position != email else message.address for position in range(width)]
        return kept.get(message.record, alone)

    return run.headers, {message.record: cells_of(message) for message in messages}


def _added(headers: Sequence[str]) -> Iterator[str]:
    """The added columns under names that the table does not have itself."""
    taken = set(map(identifier, headers))
    for name in status_columns():
        while identifier(name) in taken:
            name = f"{name} (mailmerge)"
        taken.add(identifier(name))
        yield name


def _spare_table(run: Run, path: Path) -> None:
    """A list is never written over the table that it came from, which may have other people too."""
    if path.name.casefold() == run.table.casefold() and path.exists():
        raise UsageError(
            N_("{path} has the name of the table that was sealed, and is left as it is: give another name"), path=path
        )
