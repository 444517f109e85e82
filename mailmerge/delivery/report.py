"""After a run: who was accepted, who was not and why in plain words, and the people who are left to be reached."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from mailmerge.delivery.events import Lowered
from mailmerge.delivery.replies import Reply, Stage, rule_for
from mailmerge.errors import OutboxError, os_reason
from mailmerge.home import write_atomically
from mailmerge.model import State
from mailmerge.outbox import Run, RunMessage

COLUMNS = ("record", "name", "address", "state", "meaning", "reply", "attempts", "message_id")
LEFT = frozenset({State.REJECTED, State.DEFERRED, State.PENDING})
"""States of people who certainly have no message. An unknown one may have it: a person decides first."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MEANINGS: Mapping[State, str] = {
    State.ACCEPTED: "the server accepted the message",
    State.SUBMITTING: "on its way, or left in flight by a crash: the next sending finds out",
    State.PENDING: "not sent yet",
    State.EXCLUDED: "left out on purpose",
    State.UNKNOWN: "the server's verdict was lost: look for the Message-ID in the Sent folder, for a bounce, or ask",
}


_LOWERED: Mapping[str, str] = {
    "group": "{host} does not keep to the PIPELINING that it offers ({reason}): from now on the next message waits"
    " until the server has answered for the last one",
    "off": "{host} does not keep to the PIPELINING that it offers ({reason}): from now on commands are sent one by one",
}


def lowered_in_words(event: Lowered) -> str:
    """What a level that was lowered means, in one sentence."""
    return _LOWERED[event.level].format(host=event.host, reason=event.reason)


def meaning(message: RunMessage) -> str:
    """What the state of a message means, in plain words; for one that the server refused, its reason."""
    if message.state not in (State.REJECTED, State.DEFERRED):
        return _MEANINGS[message.state]
    code, _, text = message.reply.partition(" ")
    if not code.isdecimal():
        return message.reply
    return rule_for(Reply(int(code), text), Stage.RCPT).meaning


def write_report(run: Run, path: Path) -> int:
    """Write one line a message as CSV; returns how many.

    Raises:
        OutboxError: the run cannot be read, or the file not written.
    """
    rows = [
        (m.record, m.name, m.address, m.state, meaning(m), m.reply, m.attempts, m.message_id) for m in run.messages()
    ]
    _write(path, COLUMNS, rows)
    return len(rows)


def write_left(run: Run, path: Path) -> int:
    """Write the people who are still to be reached as CSV, in the table's own columns; returns how many.

    Raises:
        OutboxError: the run was purged or cannot be read, or the file cannot be written.
    """
    left = {message.record for message in run.messages() if message.state in LEFT}
    rows = list(run.rows(left))
    _write(path, run.headers, rows)
    return len(rows)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV that Excel opens by a double click: UTF-8 with BOM, semicolons, and no cell that it would compute."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_inert(cell) for cell in header])
    writer.writerows([_inert(str(cell)) for cell in row] for row in rows)
    try:
        write_atomically(path, text.getvalue().encode("utf-8-sig", "replace"))
    except OSError as error:
        raise OutboxError(f"cannot write {path}: {os_reason(error)}") from None


def _inert(cell: str) -> str:
    """The cell, behind an apostrophe where a spreadsheet would take it for a formula (CWE-1236)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
