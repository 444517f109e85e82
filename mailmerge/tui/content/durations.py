"""Rates, durations and the end of something, as people say them."""

from __future__ import annotations

import datetime

from mailmerge.i18n import _, clock, day, number, plural


def rate_text(rate: float) -> str:
    """A rate as a person says it."""
    if rate >= 1:
        return _("{count} a second").format(count=number(round(rate)))
    return _("{count} a minute").format(count=number(round(rate * 60))) if rate else ""


def duration_text(seconds: float) -> str:
    """A duration as a person says it."""
    if seconds < 60:
        return _("less than a minute")
    minutes = round(seconds / 60)
    if minutes < 100:
        return plural(minutes, "about a minute", "about {count} minutes")
    hours = seconds / 3600
    if hours < 30:
        return plural(round(hours), "about an hour", "about {count} hours")
    return plural(round(hours / 24), "about a day", "about {count} days")


def end_text(seconds: float) -> str:
    """When it will be over: the time of day, with the date where that is another day."""
    now = datetime.datetime.now().astimezone()
    end = now + datetime.timedelta(seconds=seconds)
    if end.date() == now.date():
        return clock(end)
    return _("{day}, {time}").format(day=day(end), time=clock(end))


def countdown(seconds: float) -> str:
    """What is left until a moment, to the second: ``14:05:09``."""
    minutes, second = divmod(max(0, round(seconds)), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}"
