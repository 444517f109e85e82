"""Every file of the folder of runs as one line of a list: what it is, and what can be done about it."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.errors import OutboxError, Reason
from mailmerge.i18n import N_
from mailmerge.outbox.titles import KeptPlace

if TYPE_CHECKING:
    from mailmerge.outbox import Outbox, RunSummary


class RunKind(StrEnum):
    """What a line of the list is."""

    RUN = "run"
    ELSEWHERE = "elsewhere"
    """It was begun or sealed in another home, and may have been sent there since."""
    UNREADABLE = "unreadable"
    COPY = "copy"
    RENAMED = "renamed"
    SET_ASIDE = "set-aside"


class RunLine(Struct, frozen=True):
    """One file."""

    kind: RunKind
    run: str
    summary: RunSummary | None = None
    """None where it cannot be read, and for a copy."""
    why: Reason | None = None
    """What it is and what to do about it; None for a run of which nothing is to be said."""


_BEGUN = N_(
    "begun in {place} on {at}, and may have been sent there since: go on there, or press t to go on here and "
    "nowhere else"
)
_SEALED = N_(
    "sealed in {place} on {at}, and may have been sent there since: send it there, or press t to send it here and "
    "nowhere else"
)
_COPY = N_("{path} is a copy of run {run}: nothing is sent from it; delete it, or move it elsewhere")
_RENAMED = N_("{path} is run {run} under another name: name it {run}.sqlite3 again to go on with it")
_SET_ASIDE = N_("set aside: nothing is compared with it, and nothing is sent from it; press b to bring it back")
_SET_ASIDE_DAMAGED = N_("set aside, and cannot be read: {reason}; press b to bring it back")


def run_lines(outbox: Outbox) -> list[RunLine]:
    """All files of the folder: the runs, newest first, then what is set aside, copies, and what cannot be read.

    Raises:
        OutboxError: the folder cannot be read.
    """
    listing = outbox.listing()
    lines = [_line(outbox, summary) for summary in listing.runs]
    for aside in listing.set_aside:
        why = Reason("set-aside", _SET_ASIDE)
        if aside.summary is None:
            why = Reason("set-aside", _SET_ASIDE_DAMAGED, {"reason": aside.reason})
        lines.append(RunLine(RunKind.SET_ASIDE, aside.run, aside.summary, why))
    for file in listing.misnamed:
        kind = RunKind(file.kind)
        clause = _COPY if kind is RunKind.COPY else _RENAMED
        lines.append(RunLine(kind, file.run, None, Reason(kind, clause, {"path": file.path, "run": file.run})))
    return lines + [
        RunLine(RunKind.UNREADABLE, each.run, None, Reason("unreadable", N_("{reason}"), {"reason": each.reason}))
        for each in listing.unreadable
    ]


def _line(outbox: Outbox, summary: RunSummary) -> RunLine:
    """A run; where it came from is looked up while something is left to send."""
    if not summary.purged and summary.pending + summary.deferred + summary.submitting:
        with suppress(OutboxError):
            place = outbox.open(summary.run).begun_elsewhere()
            if place is not None:
                values = {"place": KeptPlace(place.where), "at": place.at}
                why = Reason("elsewhere", _BEGUN if place.sent else _SEALED, values)
                return RunLine(RunKind.ELSEWHERE, summary.run, summary, why)
    return RunLine(RunKind.RUN, summary.run, summary)
