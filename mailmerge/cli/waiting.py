"""Wait on the command line for the time of a scheduled run: Ctrl-C calls it off, shutting down does not."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from datetime import datetime

from mailmerge.cli.output import INTERRUPTED, LEFT_TO_SEND, OK, print_json, say
from mailmerge.cli.signals import interruptible
from mailmerge.delivery import Arrival, Control, comes_twice, wait_until_due
from mailmerge.i18n import N_, _, clock, day
from mailmerge.outbox import Run, schedule

_WAITING = N_("run {run} leaves on {day} at {time}; keep this computer on. Ctrl-C calls it off")
_FIRST_OF_TWO = N_("{time} comes twice on {day}, when the clock is put back: the first of the two is meant")
_ENDINGS = {
    Arrival.LATE: N_(
        "run {run} was to leave on {day} at {time}, when this computer was asleep: nothing was sent; to send it now: "
        "mailmerge send --resume {run}"
    ),
    Arrival.CALLED_OFF: N_(
        "run {run} is no longer scheduled: it was called off or sent from elsewhere; nothing was sent from here"
    ),
}
_CALLED_OFF = N_("called off: nothing was sent; to send run {run} after all: mailmerge send --resume {run}")
_KEPT = N_("nothing was sent; run {run} stays scheduled for {day} at {time}: mailmerge send --resume {run} --at ...")


def wait_for(run: Run, at: datetime, *, as_json: bool) -> int | None:
    """Schedule a run and wait; None once it is to be sent, else the exit code.

    Raises:
        OutboxError: the run cannot be written or read.
    """
    schedule(run, at)
    values = {"run": run.id, "day": day(at), "time": clock(at)}

    def waiting() -> None:
        if as_json:
            print_json({"event": "waiting", "reason": "scheduled", "run": run.id, "until": at.isoformat()})
        if comes_twice(at):
            say(_(_FIRST_OF_TWO).format_map(values))
        say(_(_WAITING).format_map(values))

    arrival, received = asyncio.run(_waited(run, waiting))
    if arrival is Arrival.DUE:
        return None
    if arrival is not Arrival.STOPPED:
        say(_(_ENDINGS[arrival]).format_map(values))
        return LEFT_TO_SEND if arrival is Arrival.LATE else OK
    if received == signal.SIGINT:
        schedule(run, None)
    say(_(_CALLED_OFF if received == signal.SIGINT else _KEPT).format_map(values))
    return INTERRUPTED


async def _waited(run: Run, told: Callable[[], None]) -> tuple[Arrival, int]:
    """How the wait ended, and the signal that ended it; 0 for none. ``told`` says that it begins."""
    control = Control()
    with interruptible(control) as received:
        told()
        arrival = await wait_until_due(run, control)
    return arrival, received[0] if received else 0
