"""Dates, times of day and times elapsed as a spreadsheet shows them (ECMA-376 part 1, 18.8.30 and 18.17.4)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from msgspec import Struct

from mailmerge.records.number_formats.formatcode import Section, literal, locale_number, locale_of
from mailmerge.records.number_formats.lcid import language_of_lcid
from mailmerge.records.number_formats.places import COMMA, UNSHOWABLE
from mailmerge.text.regex import regex

Moment = datetime.datetime | datetime.date | datetime.time | datetime.timedelta

_SHORT_DATE = {
    "fr": "dd/mm/yyyy", "es": "dd/mm/yyyy", "it": "dd/mm/yyyy", "pt": "dd/mm/yyyy", "de": "dd\\.mm\\.yyyy",
    "nl": "d\\-m\\-yyyy", "pl": "dd\\.mm\\.yyyy", "cs": "dd\\.mm\\.yyyy", "fi": "d\\.m\\.yyyy", "nb": "dd\\.mm\\.yyyy",
    "da": "dd\\-mm\\-yyyy", "sv": "yyyy\\-mm\\-dd",
}  # fmt: skip
"""Not for English: 03/04 is another day in London than in New York."""
_HOUR_OF_TWO_DIGITS = frozenset({"fr", "de", "pl", "sv", "da", "nb"})
_SEPARATOR = {"de": ".", "pl": ".", "cs": ".", "fi": ".", "nb": ".", "nl": "-", "da": "-", "sv": "-"}
_SYSTEM_LONG_DATE = regex(r"\[\$-(?:x-sysdate|F800)[^\]]*\]", re.IGNORECASE)
_SYSTEM_TIME = regex(r"\[\$-(?:x-systime|F400)[^\]]*\].*", re.IGNORECASE | re.DOTALL)
_OF_THE_CLOCK = regex(r"\[?[hs]|\[m|am/pm|a/p")
_UNROUNDED = 4
"""Digits of a second to which a date without a time of day is rounded: 23:59:59.9 is still this day."""
_DAY = 86400
_FIRST_SURE = 61
"""1 March 1900: before it, Excel has a 29 February 1900 and LibreOffice another first day."""
_LAST = 2958465
"""31 December 9999."""
_SINCE_1904 = 1462


class _Clock(Struct, frozen=True):
    """What the units of a format are taken from."""

    days: int
    seconds: int
    """Since midnight."""
    fraction: str
    """The digits of the second that are shown."""

    @property
    def day(self) -> datetime.date:
        early = self.days < _FIRST_SURE - 1
        return datetime.date(1899, 12, 30) + datetime.timedelta(self.days + early)

    @property
    def elapsed(self) -> int:
        return self.days * _DAY + self.seconds


Piece = Callable[[_Clock], str]


def language_of(section: Section) -> str:
    """The language that a section itself asks for (``[$-40C]``), ``""`` where it asks for none."""
    if number := locale_number(section):
        return language_of_lcid(number)
    tag = locale_of(section)
    return tag[:2].lower() if re.match(r"[A-Za-z]{2}(-|$)", tag) else ""


def localised(code: str, language: str) -> str:
    """The code with what follows the machine's language spelled out; ``[short-date]`` stays where that is unknown."""
    code = code.replace("[short-date]", _SHORT_DATE.get(language, "[short-date]"))
    hour = "hh" if language in _HOUR_OF_TWO_DIGITS else "h"
    if language and language != "en":
        code = _SYSTEM_TIME.sub(f"{hour}:mm:ss", code)
    return code.replace("[hour]", hour)


def date_order(section: Section) -> str:
    """Which of day and month a date in digits shows first; ``""`` where one of them is not there, or not in digits."""
    tokens = [token.lower() for token in section.tokens]
    days, months = ([at for at, token in enumerate(tokens) if token in kinds] for kinds in (("d", "dd"), ("m", "mm")))
    if not days or not months or any(token in ("mmm", "mmmm", "mmmmm") for token in tokens):
        return ""
    return "day first" if days[0] < months[0] else "month first"


def is_localised(section: Section, language: str) -> bool:
    """Whether it is known in which language a section shows its dates, or nothing in it depends on that."""
    if _is_known(language_of(section) or language):
        return "[short-date]" not in section.tokens
    return not any(item == "[short-date]" or _SYSTEM_LONG_DATE.match(item) or _is_name(item) for item in section.tokens)


def serial_of(moment: Moment, *, since_1904: bool = False) -> Decimal:
    """The number of days since the first day, as a spreadsheet stores a moment."""
    first = datetime.date(1904, 1, 1) if since_1904 else datetime.date(1899, 12, 30)
    if isinstance(moment, datetime.timedelta):
        since = moment
    elif isinstance(moment, datetime.time):
        since = datetime.datetime.combine(datetime.date.min, moment) - datetime.datetime.min
    elif isinstance(moment, datetime.datetime):
        since = moment.replace(tzinfo=None) - datetime.datetime.combine(first, datetime.time())
    else:
        since = moment - first
    return Decimal(since // datetime.timedelta(microseconds=1)) / (_DAY * 1_000_000)


def compile_moment(section: Section, language: str, *, since_1904: bool = False) -> Callable[[Decimal], str]:
    """What shows a number of days by a section; ISO 8601 where that depends on a language that is unknown."""
    tokens = [item for item in section.tokens if item != "@"]
    language = language_of(section) or language
    twelve = any(item in ("am/pm", "a/p") for item in tokens)
    decimals = _decimals(tokens) if any(map(_OF_THE_CLOCK.match, tokens)) else _UNROUNDED
    dated = any(item[0] in "yde" or item == "[short-date]" for item in tokens) or any(
        item[0] == "m" and not _is_minutes(tokens, at) for at, item in enumerate(tokens)
    )
    pieces: Sequence[Piece] = ()
    long_date = any(map(_SYSTEM_LONG_DATE.match, tokens))
    dated |= long_date
    if not is_localised(section, language):
        pass
    elif long_date:
        pieces = [_long_date(language)]
    else:
        pieces = [_piece(tokens, at, language, twelve=twelve) for at in range(len(tokens))]

    def show(value: Decimal) -> str:
        clock = _clock(value + _SINCE_1904 if since_1904 and dated else value, decimals)
        if not (1 if dated else 0) <= clock.days <= _LAST or (dated and clock.days == _FIRST_SURE - 1):
            return UNSHOWABLE
        return "".join(piece(clock) for piece in pieces) if pieces else _iso(clock, dated=dated)

    return show


def _clock(value: Decimal, decimals: int) -> _Clock:
    """Rounded to what is shown of a second, so that 9:59:59.9999 is 10:00."""
    ticks = int((value * _DAY * 10**decimals).to_integral_value(ROUND_HALF_UP))
    days, rest = divmod(ticks, _DAY * 10**decimals)
    seconds, fraction = divmod(rest, 10**decimals)
    return _Clock(days, seconds, f"{fraction:0{decimals}}" if decimals else "")


def _iso(clock: _Clock, *, dated: bool) -> str:
    """ISO 8601, a time of day only where there is one: 2026-03-14, 2026-03-14 09:30, 09:30."""
    hours, rest = divmod(clock.seconds, 3600)
    time = f"{hours:02}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")
    if not dated:
        return time
    return f"{clock.day} {time}" if clock.seconds else clock.day.isoformat()


def _decimals(tokens: Sequence[str]) -> int:
    """How many digits of a second are shown: ``ss.000``."""
    return min(6, sum(item == "0" for item in tokens))


def _piece(tokens: Sequence[str], at: int, language: str, *, twelve: bool) -> Piece:
    item = tokens[at]
    if item == "0":
        place = tokens[:at].count("0")
        return lambda clock: clock.fraction[place : place + 1]
    text = _text(tokens, at, language)
    if text is not None:
        return lambda _: text
    width = len(item)
    if item[0] == "[":
        unit = {"h": 3600, "m": 60, "s": 1}[item[1]]
        return lambda clock: str(clock.elapsed // unit).zfill(width - 2)
    if item in ("am/pm", "a/p"):
        return lambda clock: ("AM", "PM")[clock.seconds >= _DAY // 2][: 2 if item == "am/pm" else 1]
    if item[0] in "ye":
        short = item in ("y", "yy")
        return lambda clock: f"{clock.day.year % 100:02}" if short else f"{clock.day.year:04}"
    if item[0] == "d":
        return _named("days", language, width) if width > 2 else lambda clock: str(clock.day.day).zfill(width)
    if item[0] == "h":
        return lambda clock: str(_hour(clock.seconds // 3600, twelve=twelve)).zfill(min(width, 2))
    if item[0] == "s":
        return lambda clock: str(clock.seconds % 60).zfill(min(width, 2))
    if _is_minutes(tokens, at):
        return lambda clock: str(clock.seconds // 60 % 60).zfill(width)
    return _named("months", language, width) if width > 2 else lambda clock: str(clock.day.month).zfill(width)


def _text(tokens: Sequence[str], at: int, language: str) -> str | None:
    """What an item shows that is the same for every moment; None for one that is not."""
    item = tokens[at]
    if item == "/":
        return _SEPARATOR.get(language, "/")
    if item == "." and tokens[at + 1 : at + 2] == ["0"] and language in COMMA:
        return ","
    return literal(item)


def _hour(hour: int, *, twelve: bool) -> int:
    return (hour - 1) % 12 + 1 if twelve else hour


def _is_minutes(tokens: Sequence[str], at: int) -> bool:
    """``m`` is a month unless the unit before it is hours, or the one after it seconds."""

    def units(some: Sequence[str]) -> list[str]:
        bare = [item.strip("[]") for item in some if item[0] not in '"\\_*']
        return [item[0] for item in bare if re.fullmatch("y+|m+|d+|h+|s+|e+", item)]

    before, after = units(tokens[:at]), units(tokens[at + 1 :])
    return len(tokens[at]) <= 2 and (before[-1:] == ["h"] or after[:1] == ["s"])


def _is_name(item: str) -> bool:
    return re.fullmatch(r"m{3,}|d{3,}", item) is not None


def _named(what: str, language: str, width: int) -> Piece:
    if width == 5 and what == "months":
        return lambda clock: _names(what, "wide", language)[clock.day.month][:1]
    form = "abbreviated" if width == 3 else "wide"
    if what == "months":
        return lambda clock: _names(what, form, language)[clock.day.month]
    return lambda clock: _names(what, form, language)[clock.day.weekday()]


def _is_known(language: str) -> bool:
    from babel.localedata import exists

    return bool(language) and exists(language)


@lru_cache(maxsize=64)
def _names(what: str, form: str, language: str) -> dict[int, str]:
    from babel import Locale

    locale = Locale(language)
    return dict((locale.months if what == "months" else locale.days)["format"][form])


def _long_date(language: str) -> Piece:
    def show(clock: _Clock) -> str:
        from babel.dates import format_date

        return str(format_date(clock.day, "EEEE d MMMM y" if language == "fr" else "full", locale=language))

    return show
