"""No faster than the mailbox allows: by minute on the monotonic clock, by day across runs, slower when told so."""

from __future__ import annotations

import contextlib
import json
import math
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from mailmerge.accounts import Account
from mailmerge.accounts.hours import read_hours
from mailmerge.errors import MailmergeError
from mailmerge.files.home import alone_with, find_home, private_directory, write_atomically

_HOUR = 3600
_SAVE_EVERY = 5.0
_PATIENCE = 1.0
"""Seconds that a sending waits for another one to write the count; it tries again with its next message."""
_UNLIMITED = 0.5
"""Seconds between messages that a first "too fast" starts from, where no limit was known."""
_ROUND_TRIPS, _ROUND_TRIP = 4, 0.05


class Pace:
    """Spaces messages evenly: one each ``60 / per_minute`` seconds."""

    def __init__(self, per_minute: float, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._next = -math.inf
        self.interval = 60.0 / per_minute if per_minute else 0.0
        self.lowered = False

    def ready_in(self) -> float:
        """Seconds until the next message may begin; 0 for now."""
        return max(0.0, self._next - self._clock()) if self.interval else 0.0

    def take(self) -> None:
        """A message begins now."""
        if self.interval:
            self._next = self._clock() + self.interval

    def lower(self, factor: float) -> None:
        """Go this many times slower from now on."""
        self.interval = (self.interval or _UNLIMITED) * factor
        self.lowered = True


class DayCount:
    """Messages of one mailbox in the last 24 hours, over all runs: whole hours, counted until they are surely over.

    Kept in the state directory; a lost file costs at most a quota reply of the server. Within one sending the hours
    pass on the monotonic clock, so that a wrong wall clock that is set right frees or blocks nothing.
    """

    def __init__(
        self,
        account: Account,
        folder: Path | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ):
        self._per_day = account.per_day
        self._mailbox = account.address
        self._clock = clock
        self._offset = wall() - clock()
        self._hours: dict[int, int] = {}
        self._unsaved: dict[int, int] = {}
        self._saved_at = clock()
        if self._per_day:
            self._path = (folder or find_home().state) / "sent-by-hour.json"
            self._hours = self._read().get(self._mailbox, {})

    def ready_in(self) -> float:
        """Seconds until the mailbox may send again; 0 for now."""
        if not self._per_day:
            return 0.0
        now = self._now()
        live = sorted((hour, count) for hour, count in self._hours.items() if _over_at(hour) > now)
        counted = sum(count for _, count in live)
        for hour, count in [(0, 0), *live]:
            counted -= count
            if counted < self._per_day:
                return max(0.0, _over_at(hour) - now) if hour else 0.0
        return 0.0

    def count(self) -> None:
        """A message is on its way to the server."""
        if not self._per_day:
            return
        hour = int(self._now() // _HOUR)
        self._hours[hour] = self._hours.get(hour, 0) + 1
        self._unsaved[hour] = self._unsaved.get(hour, 0) + 1
        if self._clock() - self._saved_at > _SAVE_EVERY:
            self.save()

    def save(self) -> None:
        """Write the count down; another program's sending from the same mailbox is added to ours."""
        if not self._unsaved:
            return
        with contextlib.suppress(OSError, MailmergeError):  # the server counts too
            private_directory(self._path.parent)
            with alone_with(self._path, _PATIENCE):
                self._add_to_file()
        self._saved_at = self._clock()

    def _add_to_file(self) -> None:
        mailboxes = self._read()
        hours = mailboxes.setdefault(self._mailbox, {})
        for hour, count in self._unsaved.items():
            hours[hour] = hours.get(hour, 0) + count
        now = self._now()
        mailboxes = {name: {h: c for h, c in kept.items() if _over_at(h) > now} for name, kept in mailboxes.items()}
        self._hours = mailboxes[self._mailbox]
        write_atomically(self._path, json.dumps({name: kept for name, kept in mailboxes.items() if kept}).encode())
        self._unsaved = {}

    def _now(self) -> float:
        return self._clock() + self._offset

    def _read(self) -> dict[str, dict[int, int]]:
        this_hour = int(self._now() // _HOUR)
        try:
            stored = json.loads(self._path.read_bytes())
            return {
                name: {min(int(hour), this_hour): int(count) for hour, count in hours.items()}
                for name, hours in stored.items()
            }
        except (OSError, ValueError, AttributeError, TypeError, ArithmeticError, RecursionError):
            return {}


class OpeningHours:
    """When the account may send, by the clock on the wall."""

    def __init__(self, account: Account, clock: Callable[[], datetime] = lambda: datetime.now().astimezone()):
        self._hours = read_hours(account.hours) if account.hours else None
        self._clock = clock

    def opens_at(self) -> datetime | None:
        """The next time at which a message may begin; None for now."""
        if self._hours is None:
            return None
        now = self._clock()
        return None if self._hours.admits(now) else self._hours.next_opening(now)


def _over_at(hour: int) -> float:
    """When the last message of this hour is surely 24 hours old."""
    return (hour + 25) * _HOUR


def estimate(count: int, account: Account) -> timedelta:
    """How long this many messages will take from this account: its pace, or some round trips each where it has none.

    Waiting for the next day is counted where the account has a daily limit; what other runs sent today is not known
    here.
    """
    if count <= 0:
        return timedelta()
    unpaced = _ROUND_TRIPS * _ROUND_TRIP / account.connections
    each = max(60.0 / account.per_minute, unpaced) if account.per_minute else unpaced
    days = (count - 1) // account.per_day if account.per_day else 0
    in_last_day = count - days * account.per_day
    return timedelta(days=days, seconds=round(each * in_last_day))
