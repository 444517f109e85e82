"""Dates in cells: which texts are dates, in which order they have day and month, and the day that each one is."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache

from mailmerge.letter.reasons import Impossible
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_NUMERIC = regex(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?=\Z|[ T])")
_ISO = regex(r"(\d{4})-(\d{1,2})-(\d{1,2})(?=\Z|[ T])")
_YEAR_FIRST = regex(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?=\Z|[ T])")
_DAY_IN_WORDS = regex(
    r"(?:[^\W\d][\w-]*\.?,?\s+)?(\d{1,2})(?:er|st|nd|rd|th|[.ºª])?\s+(?:de\s+|of\s+)?([^\W\d]{3,12})\.?,?\s+(?:de\s+)?(\d{4})"
)
_MONTH_IN_WORDS = regex(r"(?:[^\W\d][\w-]*\.?,?\s+)?([^\W\d]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_HALF, _CLOCK = r"[ap]\.?m\.?", "uhr|uur"
_TIME_OF_DAY = regex(
    rf"(?:T|\s(?:(?:à|at|um|om|o|alle|ore|a las|às|godz\.?)\s)?)\d{{1,2}}"
    rf"(?:\s?[:.h](?:\s?\d{{2}})?(?::\d{{2}}(?:[.,]\d+)?)?\s?(?:{_HALF}|{_CLOCK})?|\s?(?:{_HALF}|hs|{_CLOCK}))"
    r"\s?(?:Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_LANGUAGES = ("fr", "en", "de", "es", "it", "pt", "pl", "nl")


class DayOrder(StrEnum):
    """The order of day and month in dates written in digits."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


def read_date(text: str, order: str = DayOrder.DAY_FIRST) -> datetime.date:
    """The day that a text is: day/month/year (also with ``.`` or ``-``), year-month-day, or the month in words.

    Two digits of year are of this century; what comes after a date in digits is ignored.

    Raises:
        Impossible: the text is not a date.
    """
    text = " ".join(text.split())
    try:
        if found := _in_digits(text):
            return _day_of(found, order)
        if (found := _DAY_IN_WORDS.fullmatch(text)) and (month := _months().get(fold(found[2]), 0)):
            return datetime.date(int(found[3]), month, int(found[1]))
        if (found := _MONTH_IN_WORDS.fullmatch(text)) and (month := _months().get(fold(found[1]), 0)):
            return datetime.date(int(found[3]), month, int(found[2]))
    except ValueError:
        pass
    raise Impossible("not-a-date", text=text)


def date_to_print(text: str, order: str = DayOrder.DAY_FIRST) -> datetime.date:
    """The day that a text in digits is, to be printed in its place: a time of day after it is left out.

    Raises:
        Impossible: the text is not a date in digits, or says more than that day, such as another day.
    """
    text = " ".join(text.split())
    found = _in_digits(text)
    if found is None:
        raise Impossible("not-a-date", text=text)
    try:
        day = _day_of(found, order)
    except ValueError:
        month_first = order == DayOrder.DAY_FIRST and _reads(text, DayOrder.MONTH_FIRST)
        raise Impossible("month-first" if month_first else "not-a-date", text=text) from None
    if found.end() < len(text) and not _TIME_OF_DAY.fullmatch(text, found.end()):
        raise Impossible("more-than-a-date", text=text)
    return day


def _in_digits(text: str) -> re.Match[str] | None:
    return _ISO.match(text) or _YEAR_FIRST.match(text) or _NUMERIC.match(text)


def _day_of(found: re.Match[str], order: str) -> datetime.date:
    """The day of a date in digits.

    Raises:
        ValueError: the calendar does not have it.
    """
    one, other, last = (int(part) for part in found.groups())
    if len(found[1]) == 4:
        return datetime.date(one, other, last)
    day, month = (other, one) if order == DayOrder.MONTH_FIRST else (one, other)
    return datetime.date(last + (2000 if len(found[3]) == 2 else 0), month, day)


def is_iso(text: str) -> bool:
    """Whether a text is a date of which the order as text is the order in time: ``2027-01-06``."""
    return re.match(r"\d{4}-\d\d-\d\d(?=\Z|[ T])", text) is not None


def is_date(text: str) -> bool:
    """Whether a text can be read as a date, in either order of day and month."""
    return any(_reads(text, order) for order in DayOrder)


def day_order(cells: Collection[str]) -> DayOrder | None:
    """The order in which all the dates of a column can be read; day first where both fit, None where neither does."""
    dates = [cell for cell in cells if is_date(cell)]
    return next((order for order in DayOrder if all(_reads(cell, order) for cell in dates)), None)


class DateDoubt(StrEnum):
    """Why the dates of a column may be other days than they are read as."""

    MONTH_FIRST = "month first"
    """Some can only be read with the month first."""
    MIXED = "mixed"
    """Some can only be read with the day first, some only with the month first."""
    EITHER = "either"
    """All of them can be read in both orders."""


def order_of(text: str) -> DayOrder | None:
    """The only order in which a date in digits can be read; None where both fit, or it is no such date."""
    orders = [order for order in DayOrder if _NUMERIC.match(text) and _reads(text, order)]
    return orders[0] if len(orders) == 1 else None


def two_readings(text: str) -> tuple[str, str] | None:
    """The day that a date in digits is with the day first, and with the month first, if they differ.

    With full stops, the day is first wherever people write so.
    """
    found = _NUMERIC.match(text)
    if found is None or "." in found[0] or not all(_reads(text, order) for order in DayOrder):
        return None
    day, month = (read_date(text, order).isoformat() for order in DayOrder)
    return None if day == month else (day, month)


def doubt_about(cells: Collection[str]) -> DateDoubt | None:
    """What is in doubt about the dates of a column, if some of them can be read in two ways."""
    if not any(map(two_readings, cells)):
        return None
    orders = set(map(order_of, cells)) - {None}
    if len(orders) > 1:
        return DateDoubt.MIXED
    return None if DayOrder.DAY_FIRST in orders else DateDoubt.MONTH_FIRST if orders else DateDoubt.EITHER


def iso_day(text: str, order: str) -> str:
    """A date as year-month-day; in the other order of day and month where it cannot be read in this one.

    Raises:
        Impossible: it is not a date in either.
    """
    fits = next((each for each in (order, *DayOrder) if _reads(text, each)), order)
    return read_date(text, fits).isoformat()


@lru_cache(maxsize=4096)
def _reads(text: str, order: str) -> bool:
    try:
        read_date(text, order)
    except Impossible:
        return False
    return True


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The months by their names and abbreviations, folded; no name means two months in these languages."""
    from babel import Locale

    return {
        fold(name): number
        for language in _LANGUAGES
        for context in Locale.parse(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in context[width].items()
    }
