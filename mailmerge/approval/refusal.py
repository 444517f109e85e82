"""What a second person found wrong in a run, and whose messages it is about: for the check of the next attempt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.approval.signatures.verdicts import last_verdict
from mailmerge.approval.state import wrong_of
from mailmerge.outbox import ApprovalKind, read_entries

if TYPE_CHECKING:
    from mailmerge.outbox import Run


class Objection(Struct, frozen=True):
    """One thing that was found wrong."""

    record: int
    """As the run counts; 0 where it is about the whole run."""
    address: str
    """Of the message; empty where it is about the whole run."""
    by: str
    reason: str


def objections_to(run: Run) -> Sequence[Objection]:
    """What was found wrong, where the last verdict on a run is a refusal.

    Raises:
        OutboxError: the run cannot be read.
    """
    last = last_verdict(read_entries(run))
    if last is None or last.kind is not ApprovalKind.REFUSED:
        return ()
    found = []
    with run.reading() as connection:
        for wrong in wrong_of(last):
            select = "SELECT forward_path FROM message WHERE record = ?"
            row = connection.execute(select, (wrong.record,)).fetchone()
            found.append(Objection(wrong.record if row else 0, row[0] if row else "", last.by, wrong.reason))
    return found
