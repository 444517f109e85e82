"""A time that somebody writes: ``2026-11-30 09:00``, ``tomorrow 9:00``, ``lundi 8 h 30``; by the clock on the wall."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from mailmerge.accounts import Account
from mailmerge.accounts.hours import WEEKDAYS, read_hours
from mailmerge.errors import UsageError
from mailmerge.i18n import N_
from mailmerge.text.calendar_names import MONTHS, SHORT_MONTHS, numbered
from mailmerge.text.folding import strip_accents
from mailmerge.text.regex import regex

_FURTHEST = timedelta(days=366)
_MONTHS = 12
_BY_NAME = numbered((names[language] for names in (MONTHS, SHORT_MONTHS) for language in ("en", "fr")), 1)

_TIME = (
    r"(?P<hour>\d{1,2}) ?(?:[:.h] ?(?P<minute>\d\d)(?::(?P<second>\d\d))?|h\b|heures?\b|(?=[ap]\.?m\b))"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?"
    r"|(?P<noon>noon|midday|midi)"
)
_DAY_THEN_TIME = regex(rf"(?:(?P<day>.+?)(?:,? (?:at|a))?[ t])?(?:{_TIME})")
_TIME_THEN_DAY = regex(rf"(?:{_TIME}),? (?P<day>.+)")
_FROM_NOW = regex(r"(?:in|dans) (?P<count>\d{1,4}) ?(?P<unit>h|min)(?:ours?|eures?|utes?|s)?")
_ISO = regex(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_IN_FIGURES = regex(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_DAY_AND_MONTH = regex(
    r"(?:(?P<weekday>[a-z]+)\.?,? )?(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er)? (?P<month>[a-z]+)\.?"
    r"|(?P<month2>[a-z]+)\.? (?P<day2>\d{1,2})(?:st|nd|rd|th)?)(?:,? (?P<year>\d{4}))?"
)
_AHEAD = {
    "today": 0, "aujourd'hui": 0, "tomorrow": 1, "demain": 1,
    "day-after-tomorrow": 2, "the-day-after-tomorrow": 2, "apres-demain": 2,
}  # fmt: skip


class _OtherWeekday(Exception):
    """The weekday and the date do not belong together."""


def local_now() -> datetime:
    """This moment, with the time zone of this computer."""
    return datetime.now().astimezone()


def read_moment(text: str, account: Account | None = None, *, now: Callable[[], datetime] = local_now) -> datetime:
    """The moment that a text means now; of an hour that comes twice, the first (:func:`comes_twice`).

    A weekday is the next one on which the time is still to come. Words are English or French, whatever the program
    speaks. Dates in figures are year-month-day, or what is one day for everybody: 27/11/2026, not 03/04.

    Raises:
        UsageError: it is no such time, it is past, the clock is put forward over it, or the account does not send then.
    """
    here = now()
    words = " ".join(strip_accents(text).split())
    found = _FROM_NOW.fullmatch(words)
    if found:
        minutes = int(found["count"]) * (60 if found["unit"] == "h" else 1)
        at = (here + timedelta(minutes=minutes)).astimezone()
    else:
        at = _on_the_clock(text, words, here)
    require_possible(at, text, account, here)
    return at


def read_dated(text: str) -> datetime | None:
    """What the clock on the wall shows at a moment that a text names by its whole date, whenever it is read.

    None where it names none: ``yesterday 9:00``, ``27 November 9:00`` without a year.
    """
    found = _parts(" ".join(strip_accents(text).split()))
    at = _time(found) if found else None
    if found is None or at is None:
        return None
    try:
        day = _day(_named(found), None)
    except _OtherWeekday:
        return None
    return datetime.combine(day, at) if day else None


def require_possible(at: datetime, text: str, account: Account | None, here: datetime) -> None:
    """Whether messages can leave at a moment, seen from this one; ``text`` is how it was written.

    Raises:
        UsageError: it is past or too far away, or the account does not send then.
    """
    if at > here + _FURTHEST:
        raise _too_far(text)
    if at <= here:
        raise UsageError(
            N_("{text} is past: it is {now} now; give a later time, or none to send at once"),
            text=text, now=f"{here:%Y-%m-%d %H:%M}",
        )  # fmt: skip
    hours = read_hours(account.hours) if account and account.hours else None
    if account and hours and not hours.admits(at):
        raise UsageError(
            N_("{text} is outside the hours of account {account} ({hours}): the next time within them is {other}"),
            text=text, account=account.name, hours=account.hours,
            other=f"{hours.next_opening(at):%Y-%m-%d %H:%M}",
        )  # fmt: skip


def comes_twice(at: datetime) -> bool:
    """Whether the clock on the wall shows this time a second time, because it is put back."""
    wall = at.replace(tzinfo=None, fold=0)
    first, second = wall.astimezone(), wall.replace(fold=1).astimezone()
    return second > first and at.timestamp() == first.timestamp()


def _on_the_clock(text: str, words: str, here: datetime) -> datetime:
    """The moment at which the clock on the wall shows the day and the time of a text."""
    try:
        wall = _wall(words, here)
    except _OtherWeekday:
        raise UsageError(N_("{text}: that date is another day of the week; check it"), text=text) from None
    if wall is None:
        raise UsageError(
            N_(
                '"{text}" is not a time: write it as year-month-day hour:minute, such as {example}, or in words such'
                " as tomorrow 9:00 or Monday 8:30"
            ),
            text=text, example=f"{here + timedelta(days=1):%Y-%m-%d} 09:00",
        )  # fmt: skip
    try:
        at = wall.astimezone()
    except (OverflowError, OSError, ValueError):
        raise _too_far(text) from None
    if at.replace(tzinfo=None) != wall:
        raise UsageError(
            N_("{text} does not exist: the clock is put forward then; give a time before or after, such as {other}"),
            text=text, other=f"{max(at, wall.replace(fold=1).astimezone()):%Y-%m-%d %H:%M}",
        )  # fmt: skip
    return at


def _wall(words: str, here: datetime) -> datetime | None:
    found = _parts(words)
    at = _time(found) if found else None
    if found is None or at is None:
        return None
    named = _named(found)
    if named in WEEKDAYS:
        ahead = (WEEKDAYS[named] - here.weekday()) % 7
        if ahead == 0 and here.replace(tzinfo=None) >= datetime.combine(here, at):
            ahead = 7
        return datetime.combine(here + timedelta(days=ahead), at)
    day = _day(named, here.date())
    return datetime.combine(day, at) if day else None


def _parts(words: str) -> re.Match[str] | None:
    return _DAY_THEN_TIME.fullmatch(words) or _TIME_THEN_DAY.fullmatch(words)


def _named(found: re.Match[str]) -> str:
    return (found["day"] or "today").strip(" ,").removeprefix("on ").removeprefix("le ")


def _time(found: re.Match[str]) -> time | None:
    if found["noon"]:
        return time(12)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    second = int(found["second"] or 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _day(named: str, today: date | None) -> date | None:
    """A day by its figures, its distance, or its month; without a year the nearest of that name.

    Where ``today`` is not to matter, only a whole date is a day.
    """
    ahead = _AHEAD.get(named.replace(" ", "-"))
    if ahead is not None:
        return today + timedelta(days=ahead) if today else None
    try:
        if found := _ISO.fullmatch(named):
            return date(*map(int, found.groups()))
        if found := _IN_FIGURES.fullmatch(named):
            return _in_figures(int(found[1]), int(found[3]), int(found[4]), dots=found[2] == ".")
        if found := _DAY_AND_MONTH.fullmatch(named):
            return _in_month(found, today)
    except ValueError:
        return None
    return None


def _in_figures(first: int, second: int, year: int, *, dots: bool) -> date | None:
    """A day of which the year comes last, where it is the same one for everybody; with dots the day comes first."""
    if dots or second == first or first > _MONTHS:
        return date(year, second, first)
    return date(year, first, second) if second > _MONTHS else None


def _in_month(found: re.Match[str], today: date | None) -> date | None:
    month = _BY_NAME.get(found["month"] or found["month2"])
    number = int(found["day"] or found["day2"])
    if month is None:
        return None
    if found["year"]:
        day = date(int(found["year"]), month, number)
    elif today is None:
        return None
    else:
        years = (today.year - 1, today.year, today.year + 1)
        there = [date(year, month, number) for year in years if number < 29 or _has(year, month, number)]
        if not there:
            return None
        day = min(there, key=lambda each: abs(each - today))
    if found["weekday"]:
        if found["weekday"] not in WEEKDAYS:
            return None
        if WEEKDAYS[found["weekday"]] != day.weekday():
            raise _OtherWeekday
    return day


def _has(year: int, month: int, number: int) -> bool:
    try:
        date(year, month, number)
    except ValueError:
        return False
    return True


def _too_far(text: str) -> UsageError:
    return UsageError(N_("{text} is more than a year away: give a nearer time"), text=text)
