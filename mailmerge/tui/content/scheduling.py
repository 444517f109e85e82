"""The time at which sealed messages are to leave: what is offered, and how it is said."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailmerge.accounts import Account
from mailmerge.accounts.hours import read_hours
from mailmerge.delivery import comes_twice
from mailmerge.i18n import _, clock, day, pgettext, plural

_MORNING = 9


def next_morning(account: Account, now: datetime) -> str:
    """Tomorrow at nine, or the next time from then on at which the account sends; as a person would write it."""
    following = (now + timedelta(days=1)).date()
    at = datetime(following.year, following.month, following.day, _MORNING).astimezone()
    hours = read_hours(account.hours) if account.hours else None
    if hours is None or hours.admits(at):
        return pgettext("time to send at", "tomorrow 9:00")
    return f"{hours.next_opening(at):%Y-%m-%d %H:%M}"


def typed_for(count: int, at: datetime) -> str:
    """What is to be typed, with the time at which the messages leave."""
    said = plural(
        count,
        "Type {count} and press Enter to seal the message now and send it on {day} at {time}.",
        "Type {count} and press Enter to seal the messages now and send them on {day} at {time}.",
        day=day(at),
        time=clock(at),
    )
    if not comes_twice(at):
        return said
    first = _("{time} comes twice on {day}, when the clock is put back: the first of the two is meant")
    return f"{said}\n{first.format(time=clock(at), day=day(at))}"
