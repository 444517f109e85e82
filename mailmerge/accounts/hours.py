"""The hours in which an account may send, by the local clock: ``Mon-Fri 08:30-18:00``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from mailmerge.text.calendar_names import SHORT_WEEKDAYS, numbered
from mailmerge.text.calendar_names import WEEKDAYS as WEEKDAY_NAMES
from mailmerge.text.regex import regex

_SPOKEN = ("en", "fr")
WEEKDAYS = numbered((names[language] for names in (WEEKDAY_NAMES, SHORT_WEEKDAYS) for language in _SPOKEN), 0)
"""English and French, short or whole; Monday is 0."""
_SPAN = regex(r"((?:[^\W\d_]+(?:\s*[-–]\s*[^\W\d_]+)?\s+)*)(\d{1,2})[:h](\d\d)?\s*[-–]\s*(\d{1,2})[:h](\d\d)?")
_DAY_RANGE = regex(r"([^\W\d_]+)(?:\s*[-–]\s*([^\W\d_]+))?")
_WHOLE_DAY = 24 * 60


class DaySpan(Struct, frozen=True):
    """Some time of one weekday."""

    day: int
    """Monday is 0."""
    start: int
    """Minutes since midnight, as its end, which is not in it."""
    end: int


class Hours(Struct, frozen=True):
    """When messages may be begun."""

    spans: tuple[DaySpan, ...]

    def admits(self, at: datetime) -> bool:
        """Whether a local time is in one of them."""
        minute = at.hour * 60 + at.minute
        return any(span.day == at.weekday() and span.start <= minute < span.end for span in self.spans)

    def next_opening(self, at: datetime) -> datetime:
        """The first moment from a local time on that is in one of them, with this computer's time zone."""
        if self.admits(at):
            return at
        return min(start for start in self._starts(at.date()) if start > at)

    def _starts(self, day: date) -> Iterator[datetime]:
        for ahead in range(9):  # the clock may be put forward over the whole of a span
            date = day + timedelta(days=ahead)
            for span in self.spans:
                if span.day == date.weekday():
                    yield datetime.combine(date, time(span.start // 60, span.start % 60)).astimezone()


def read_hours(text: str) -> Hours | None:
    """``Mon-Fri 08:30-12:00, 14:00-18:00; Sat 9:00-12:00``; None where it cannot be read.

    Days are English or French, short or whole; times without a day are those of the days before them, or of every day.
    """
    spans: list[DaySpan] = []
    days: tuple[int, ...] = tuple(range(7))
    for part in re.split(r"[,;]", text.casefold()):
        found = _SPAN.fullmatch(part.strip())
        if found is None:
            return None
        if found[1].strip():
            named = _days(found[1])
            if named is None:
                return None
            days = named
        start, end = _minutes(found[2], found[3]), _minutes(found[4], found[5])
        if start is None or end is None or start >= end or start == _WHOLE_DAY:
            return None
        spans += [DaySpan(day, start, end) for day in days]
    return Hours(tuple(spans))


def _days(text: str) -> tuple[int, ...] | None:
    days: list[int] = []
    for found in _DAY_RANGE.finditer(text):
        first, last = WEEKDAYS.get(found[1]), WEEKDAYS.get(found[2] or found[1])
        if first is None or last is None:
            return None
        days += [(first + ahead) % 7 for ahead in range((last - first) % 7 + 1)]
    return tuple(dict.fromkeys(days))


def _minutes(hour: str, minute: str | None) -> int | None:
    minutes = int(hour) * 60 + int(minute or 0)
    return minutes if minutes <= _WHOLE_DAY and int(minute or 0) < 60 else None
