"""Dates that are written with a day of the week on which they do not fall, in the languages of the project."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from msgspec import Struct

from mailmerge.i18n import N_
from mailmerge.lint.identities.details import MONTHS
from mailmerge.lint.sentence import Term
from mailmerge.text.calendar_names import WEEKDAYS, numbered
from mailmerge.text.folding import fold

DAYS = tuple(
    map(
        Term, (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
    )
)
_NUMBERS = numbered(WEEKDAYS.values(), 0)
_FIRST_WORDS = frozenset(name.split()[0] for name in _NUMBERS)
_NAMES = {re.escape(name) for names in WEEKDAYS.values() for name in names.split()}
_ANY_NAME = "|".join(sorted(_NAMES, key=lambda name: (-len(name), name)))


class Misdated(Struct, frozen=True):
    """A date with a day of the week that it does not fall on."""

    text: str
    right: Term
    """The day on which it does fall."""


def names_weekday(folded: str) -> bool:
    """Whether a folded text names a day of the week."""
    return not _FIRST_WORDS.isdisjoint(folded.split())


def misdated_in(text: str, today: datetime.date) -> Iterator[Misdated]:
    """The dates of a text that fall on another day of the week; one without a year is the one nearest to ``today``.

    A date in figures has a year, and is read with the day first and with the month first: ``lundi 1/2 journée`` is
    none. The days of a range are left alone.
    """
    dated, ranged = _patterns()
    for match in dated.finditer(text):
        if ranged.search(text, max(0, match.start() - 30), match.start()):
            continue
        possible = list(_days(match, today))
        if possible and _NUMBERS[fold(match["name"])] not in {day.weekday() for day in possible}:
            yield Misdated(" ".join(match.group().split()), DAYS[possible[0].weekday()])


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A day of the week with its date, and one from which a range begins; compiled where a text names one."""
    dated = re.compile(
        rf"\b(?P<name>{_ANY_NAME})\b(?:,\s*|\s+)(?:(?:le|the|den|dem|el|il|dnia|op)\s+)?"
        r"(?:(?P<day>\d{1,2})(?:er|st|nd|rd|th|º|°|\.)?\s+(?:of\s+|de\s+|d['’])?(?P<month>[^\W\d_]{3,12})\b"
        r"|(?P<named>[^\W\d_]{3,12})\s+(?P<of>\d{1,2})(?:st|nd|rd|th)?\b"
        r"|(?P<first>\d{1,2})(?P<sign>[./-])(?P<second>\d{1,2})(?=(?P=sign)\d{4}))"
        r"(?:(?:,?\s+(?:de\s+)?|(?P=sign))(?P<year>(?:19|20)\d\d)\b)?",
        re.IGNORECASE,
    )
    return dated, re.compile(rf"\b(?:{_ANY_NAME})\s*[-–/,]?\s*(?:[^\W\d_]{{1,5}}\s+)?\Z", re.IGNORECASE)


def _days(match: re.Match[str], today: datetime.date) -> Iterator[datetime.date]:
    """The days that a date may mean."""
    if match["first"]:
        first, second = int(match["first"]), int(match["second"])
        pairs = [(first, second), (second, first)]
    else:
        month = MONTHS.get(fold(match["month"] or match["named"]))
        pairs = [(int(match["day"] or match["of"]), month)] if month else []
    for number, month in pairs:
        years = (int(match["year"]),) if match["year"] else range(today.year - 1, today.year + 2)
        days = []
        for year in years:
            with suppress(ValueError):
                days.append(datetime.date(year, month, number))
        if days:
            yield min(days, key=lambda day: abs(day - today))
