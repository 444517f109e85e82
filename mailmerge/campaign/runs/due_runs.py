"""Runs that are to leave at a time: which wait for it, and which were not sent when it came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from mailmerge.outbox import RunSummary


class Due(Struct, frozen=True):
    """The time of a run."""

    at: datetime
    """By the clock of this computer."""
    overdue: bool
    """Whether it is past, and the run not sent."""


def due_at(at: datetime, now: datetime) -> Due:
    """A time, seen from this moment."""
    return Due(at.astimezone(), at <= now)


def due_of(run: RunSummary, now: datetime) -> Due | None:
    """When a run is to leave, or was to; None where nobody has said, and where nothing is left of it."""
    if not run.scheduled or not run.pending + run.deferred:
        return None
    return due_at(datetime.fromisoformat(run.scheduled), now)


def most_pressing(runs: Iterable[RunSummary], now: datetime) -> tuple[RunSummary, Due] | None:
    """The run that was to leave longest ago, or the one that leaves next; None where none has a time."""
    found = [(due.at, run, due) for run in runs if (due := due_of(run, now))]
    if not found:
        return None
    _at, run, due = min(found, key=lambda each: each[0])
    return run, due
