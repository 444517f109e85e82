"""Waiting for the time of a run by the clock on the wall, also while a laptop sleeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from mailmerge.delivery.control import Control
from mailmerge.delivery.moments import local_now
from mailmerge.outbox import Run, scheduled

LATEST = timedelta(hours=1)
"""A computer that was asleep for longer than this after the time does not send by itself any more."""
_LOOK_SECONDS = 2.0


class Arrival(StrEnum):
    """How waiting for a time ended."""

    DUE = "due"
    LATE = "late"
    """The time was passed over: the computer slept. A person decides whether it is still the right one."""
    CALLED_OFF = "called-off"
    """The run is not scheduled any more: somebody called it off, or sent it."""
    STOPPED = "stopped"


async def wait_until_due(run: Run, control: Control, *, now: Callable[[], datetime] = local_now) -> Arrival:
    """Wait until a scheduled run is due; it can be stopped here, and called off or sent elsewhere meanwhile.

    Raises:
        OutboxError: the run cannot be read.
    """
    while not control.stopping:
        at = scheduled(run)
        if at is None:
            return Arrival.CALLED_OFF
        late = now() - at
        if late >= timedelta():
            return Arrival.DUE if late <= LATEST else Arrival.LATE
        await control.wait(lambda: control.stopping, min(-late.total_seconds(), _LOOK_SECONDS))
    return Arrival.STOPPED
