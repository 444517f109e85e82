"""Dates and times of day as a spreadsheet shows them, by the format code of the cell (ECMA-376 part 1, 18.8.30)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import lru_cache

Moment = datetime.datetime | datetime.date | datetime.time | datetime.timedelta

_LANGUAGES = {
    0x07: "de", 0x09: "en", 0x0A: "es", 0x0B: "fi", 0x0C: "fr", 0x10: "it", 0x13: "nl", 0x14: "nb", 0x15: "pl",
    0x16: "pt", 0x1D: "sv", 0x05: "cs", 0x06: "da",
}  # fmt: skip
"""Primary languages of Windows locale identifiers (MS-LCID 2.1)."""
_SHORT_DATE = {
    "fr": "dd/mm/yyyy", "es": "dd/mm/yyyy", "it": "dd/mm/yyyy", "pt": "dd/mm/yyyy", "de": "dd\\.mm\\.yyyy",
    "nl": "d\\-m\\-yyyy", "pl": "dd\\.mm\\.yyyy", "cs": "dd\\.mm\\.yyyy", "fi": "d\\.m\\.yyyy", "nb": "dd\\.mm\\.yyyy",
    "da": "dd\\-mm\\-yyyy", "sv": "yyyy\\-mm\\-dd",
}  # fmt: skip
"""Not for English: 03/04 is another day in London than in New York."""
_HOUR_OF_TWO_DIGITS = frozenset({"fr", "de", "pl", "sv", "da", "nb"})
_SEPARATOR = {"de": ".", "pl": ".", "cs": ".", "fi": ".", "nb": ".", "nl": "-", "da": "-", "sv": "-"}
_LOCALE = re.compile(r"\[\$[^\]-]*-([0-9A-Za-z-]+)[^\]]*\]")
_SYSTEM_LONG_DATE = re.compile(r"\[\$-(?:x-sysdate|[Ff]800)[^\]]*\]")
_TOKEN = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[(?:h+|m+|s+)\]|\[[^\]]*\]|AM/PM|A/P|y+|m+|d+|h+|s+|\.0+|.', re.IGNORECASE | re.DOTALL
)

Piece = Callable[[Moment], str]


def language_of(code: str) -> str:
    """The language that a format code itself asks for (``[$-40C]``), ``""`` where it asks for none."""
    match = _LOCALE.search(code)
    if not match:
        return ""
    tag = match[1]
    if re.fullmatch(r"[0-9A-Fa-f]+", tag) and not tag.isalpha():
        return _LANGUAGES.get(int(tag, 16) & 0x3FF, "")
    return tag[:2].lower() if re.match(r"[A-Za-z]{2}(-|$)", tag) else ""


def iso(moment: Moment) -> str:
    """ISO 8601, a time of day only where there is one: 2026-03-14, 2026-03-14 09:30, 09:30."""
    if isinstance(moment, datetime.datetime):
        return (
            moment.date().isoformat() if moment.time() == datetime.time() else f"{moment.date()} {iso(moment.time())}"
        )
    if isinstance(moment, datetime.date):
        return moment.isoformat()
    if isinstance(moment, datetime.time):
        return moment.isoformat("seconds" if moment.second else "minutes")
    hours, rest = divmod(round(moment.total_seconds()), 3600)
    return f"{hours}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")


def compile_date(code: str, language: str) -> Callable[[Moment], str] | None:
    """What shows a moment by a format code; None where the code says nothing, or depends on an unknown language."""
    if _SYSTEM_LONG_DATE.search(code):
        return _long_date(language)
    section = re.sub(r"\[\$[^\]]*\]", "", code.split(";")[0])
    if "[short-date]" in section:
        if language not in _SHORT_DATE:
            return None
        section = section.replace("[short-date]", _SHORT_DATE[language])
    section = section.replace("[hour]", "hh" if language in _HOUR_OF_TWO_DIGITS else "h")
    items = [item if item[0] in '"\\' else item.lower() for item in _TOKEN.findall(section)]
    if not any(item[0] in "ymdhs" or item in ("[h]", "[hh]", "[m]", "[mm]", "[s]", "[ss]") for item in items):
        return None
    names = [item for item in items if re.fullmatch(r"m{3,}|d{3,}", item)]
    if names and not _is_known(language):
        return None
    twelve = any(item in ("am/pm", "a/p") for item in items)
    pieces = [_piece(items, position, language, twelve=twelve) for position in range(len(items))]
    needs_date = any(item[0] in "yd" or re.fullmatch(r"m{3,}", item) for item in items)

    def show(moment: Moment) -> str:
        if needs_date and isinstance(moment, datetime.time | datetime.timedelta):
            return iso(moment)
        return "".join(piece(moment) for piece in pieces)

    return show


def _piece(items: list[str], at: int, language: str, *, twelve: bool) -> Piece:
    item = items[at]
    text = _text(item, language)
    if text is not None:
        return lambda _: text
    width = len(item)
    if item[0] == "[":
        unit = {"h": 3600, "m": 60, "s": 1}[item[1]]
        return lambda moment: str(round(_since_zero(moment).total_seconds()) // unit).zfill(width - 2)
    if item in ("am/pm", "a/p"):
        return lambda moment: ("AM", "PM")[_clock(moment).hour >= 12][: 2 if item == "am/pm" else 1]
    if item[0] == "y":
        return lambda moment: f"{_day(moment).year % 100:02}" if width <= 2 else f"{_day(moment).year:04}"
    if item[0] == "d":
        return _named("days", language, width) if width > 2 else lambda moment: str(_day(moment).day).zfill(width)
    if item[0] == "h":
        return lambda moment: str((_clock(moment).hour - 1) % 12 + 1 if twelve else _clock(moment).hour).zfill(width)
    if item[0] == "s":
        return lambda moment: str(_clock(moment).second).zfill(width)
    if item[0] == ".":
        return lambda moment: "." + f"{_clock(moment).microsecond:06}"[: width - 1]
    if _is_minutes(items, at):
        return lambda moment: str(_clock(moment).minute).zfill(width)
    return _named("months", language, width) if width > 2 else lambda moment: str(_day(moment).month).zfill(width)


def _text(item: str, language: str) -> str | None:
    """What a item shows that is the same for every moment; None for one that is not."""
    if item[0] == '"':
        return item[1:-1]
    if item[0] == "\\":
        return item[1:]
    if item[0] in "_*":
        return " " if item[0] == "_" else ""
    if item[0] == "[" and item[1:2] not in ("h", "m", "s"):
        return ""
    if item == "/":
        return _SEPARATOR.get(language, "/")
    if item == "@":
        return ""
    return None if item[0] in "ymdhs[" or item in ("am/pm", "a/p") or item.startswith(".0") else item


def _is_minutes(items: list[str], at: int) -> bool:
    """``m`` is a month unless the unit before it is hours, or the one after it seconds."""
    before = [item for item in items[:at] if item[0] in "ymdhs" or item.startswith("[h")]
    after = [item for item in items[at + 1 :] if item[0] in "ymdhs"]
    return len(items[at]) <= 2 and (
        bool(before and before[-1].lstrip("[")[0] == "h") or bool(after and after[0][0] == "s")
    )


def _named(what: str, language: str, width: int) -> Piece:
    if width == 5:
        return lambda moment: _names(what, "wide", language)[_index(what, moment)][:1]
    form = "abbreviated" if width == 3 else "wide"
    return lambda moment: _names(what, form, language)[_index(what, moment)]


def _index(what: str, moment: Moment) -> int:
    return _day(moment).month if what == "months" else _day(moment).weekday()


def _is_known(language: str) -> bool:
    from babel.localedata import exists

    return bool(language) and exists(language)


@lru_cache(maxsize=64)
def _names(what: str, form: str, language: str) -> dict[int, str]:
    from babel import Locale

    locale = Locale(language)
    return dict((locale.months if what == "months" else locale.days)["format"][form])


def _long_date(language: str) -> Callable[[Moment], str] | None:
    if not _is_known(language):
        return None

    def show(moment: Moment) -> str:
        from babel.dates import format_date

        if not isinstance(moment, datetime.date):
            return iso(moment)
        return str(format_date(moment, "EEEE d MMMM y" if language == "fr" else "full", locale=language))

    return show


def _day(moment: Moment) -> datetime.date:
    return moment if isinstance(moment, datetime.date) else datetime.date(1899, 12, 31)


def _clock(moment: Moment) -> datetime.time:
    if isinstance(moment, datetime.datetime):
        return moment.time()
    if isinstance(moment, datetime.time):
        return moment
    if isinstance(moment, datetime.timedelta):
        return (datetime.datetime(2000, 1, 1) + moment).time()
    return datetime.time()


def _since_zero(moment: Moment) -> datetime.timedelta:
    if isinstance(moment, datetime.timedelta):
        return moment
    clock = _clock(moment)
    days = (_day(moment) - datetime.date(1899, 12, 30)).days if isinstance(moment, datetime.date) else 0
    return datetime.timedelta(days=days, hours=clock.hour, minutes=clock.minute, seconds=clock.second)
