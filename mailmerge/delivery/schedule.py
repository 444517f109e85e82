"""Sending at a time: which time is meant, and waiting for it by the clock on the wall, also while a laptop sleeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from mailmerge.accounts import Account
from mailmerge.accounts.hours import read_hours
from mailmerge.delivery.control import Control
from mailmerge.errors import UsageError
from mailmerge.i18n import N_
from mailmerge.outbox import Run, scheduled
from mailmerge.regex import regex

LATEST = timedelta(hours=1)
"""A computer that was asleep for longer than this after the time does not send by itself any more."""
_FURTHEST = timedelta(days=366)
_LOOK_SECONDS = 2.0
_MOMENT = regex(r"(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d\d)")


class Arrival(StrEnum):
    """How waiting for a time ended."""

    DUE = "due"
    LATE = "late"
    """The time was passed over: the computer slept. A person decides whether it is still the right one."""
    CALLED_OFF = "called-off"
    """The run is not scheduled any more: somebody called it off, or sent it."""
    STOPPED = "stopped"


def local_now() -> datetime:
    """This moment, with the time zone of this computer."""
    return datetime.now().astimezone()


def read_moment(text: str, account: Account | None = None, *, now: Callable[[], datetime] = local_now) -> datetime:
    """``2026-11-30 09:00`` by the clock of this computer; of an hour that comes twice, the first.

    Raises:
        UsageError: it is no such time, it is past, the clock is put forward over it, or the account does not send then.
    """
    found = _MOMENT.fullmatch(text.strip())
    try:
        wall = datetime(*map(int, found.groups())) if found else None  # type: ignore[arg-type]
    except ValueError:
        wall = None
    if wall is None:
        raise UsageError(
            N_('"{text}" is not a time: write it as year-month-day hour:minute, such as {example}'),
            text=text, example=f"{now() + timedelta(days=1):%Y-%m-%d} 09:00",
        )  # fmt: skip
    try:
        at = wall.astimezone()
    except (OverflowError, OSError, ValueError):
        at = None
    here = now()
    if at is None or at > here + _FURTHEST:
        raise UsageError(N_("{text} is more than a year away: give a nearer time"), text=text)
    if at.replace(tzinfo=None) != wall:
        raise UsageError(
            N_("{text} does not exist: the clock is put forward then; give a time before or after, such as {other}"),
            text=text, other=f"{max(at, wall.replace(fold=1).astimezone()):%Y-%m-%d %H:%M}",
        )  # fmt: skip
    if at <= here:
        raise UsageError(
            N_("{text} is past: it is {now} now; give a later time, or leave --at out to send at once"),
            text=text, now=f"{here:%Y-%m-%d %H:%M}",
        )  # fmt: skip
    hours = read_hours(account.hours) if account and account.hours else None
    if account and hours and not hours.admits(at):
        raise UsageError(
            N_("{text} is outside the hours of account {account} ({hours}): the next time within them is {other}"),
            text=text, account=account.name, hours=account.hours,
            other=f"{hours.next_opening(at):%Y-%m-%d %H:%M}",
        )  # fmt: skip
    return at


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
