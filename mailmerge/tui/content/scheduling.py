"""The time at which sealed messages are to leave: what is offered, and what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from mailmerge.accounts import Account
from mailmerge.accounts.hours import read_hours
from mailmerge.delivery import read_moment
from mailmerge.errors import UsageError

_MORNING = 9


def next_morning(account: Account, now: datetime) -> str:
    """Tomorrow at nine, or the next time from then on at which the account sends."""
    day = (now + timedelta(days=1)).date()
    at = datetime(day.year, day.month, day.day, _MORNING).astimezone()
    hours = read_hours(account.hours) if account.hours else None
    return f"{hours.next_opening(at) if hours else at:%Y-%m-%d %H:%M}"


def problem_with(text: str, account: Account, now: Callable[[], datetime]) -> str:
    """Why messages cannot leave at a time; ``""`` where they can."""
    try:
        read_moment(text, account, now=now)
    except UsageError as error:
        return str(error)
    return ""
