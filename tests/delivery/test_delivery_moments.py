"""A time in words, in English and in French; what cannot be meant is one line."""

from __future__ import annotations

import re
import time as time_module
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailmerge.delivery import comes_twice, read_moment, require_possible
from mailmerge.errors import UsageError
from mailmerge.i18n import clock, day, languages, speaking

NOW = datetime(2026, 11, 25, 12, 0)
"""A Wednesday."""

CLOCKS = {
    "{h}:{m:02}": None, "{h:02}:{m:02}": None, "{h}.{m:02}": None, "{h} h {m:02}": None, "{h}h{m:02}": None,
    "{h} H {m:02}": None, "{h}\u00a0h\u00a0{m:02}": None,
    "{h}h": 0, "{h} h": 0, "{h} heures": 0, "noon": 12, "midi": 12,
}  # fmt: skip
"""Ways to write a time, and what is fixed in it: the minute 0, or noon."""
DAYS = {
    "": 0, "today": 0, "aujourd’hui": 0, "Aujourd'hui": 0, "tomorrow": 1, "TOMORROW": 1, "demain": 1,
    "the day after tomorrow": 2, "après-demain": 2, "apres demain": 2,
    "Wednesday": 0, "mercredi": 0, "Thu": 1, "jeudi": 1, "Friday": 2, "ven": 2, "samedi": 3, "Sunday": 4, "dim": 4,
    "lundi": 5, "Monday": 5, "on Monday": 5, "Tue": 6, "mardi": 6,
    "2026-11-26": 1, "26/11/2026": 1, "11/26/2026": 1, "26.11.2026": 1, "26-11-2026": 1, "1.12.2026": 6,
    "26 November": 1, "26 nov.": 1, "le 26 novembre": 1, "26 nov 2026": 1, "26th November 2026": 1,
    "November 26": 1, "November 26, 2026": 1, "jeudi 26 novembre": 1, "Thursday, 26 November 2026": 1,
    "1er décembre": 6, "le 1er déc. 2026": 6, "1st Dec": 6, "4 janvier": 40, "4 Jan 2027": 40,
}  # fmt: skip
"""Ways to write a day, and how many days after Wednesday 25 November 2026 it is."""
JOINS = ("{day} {clock}", "{day} at {clock}", "{day} à {clock}", "{day}, {clock}", "{clock} {day}", " {day}   {clock} ")


@pytest.fixture(params=["Europe/Paris", "Europe/London", "UTC"])
def here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time_module.tzset()
    yield
    monkeypatch.undo()
    time_module.tzset()


def meant(text: str, now: datetime = NOW) -> datetime:
    return read_moment(text, now=lambda: now.astimezone())


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", CLOCKS)
@pytest.mark.parametrize("join", JOINS)
def test_every_way_to_write_a_day_goes_with_every_way_to_write_a_time(form: str, join: str) -> None:
    hour, minute = (12, 30) if CLOCKS[form] is None else (12 if CLOCKS[form] else 17, 0)
    written = form.format(h=hour, m=minute)
    now = NOW.replace(hour=11)
    wrong = {}
    for name, ahead in DAYS.items():
        if not name and join != "{day} {clock}":
            continue
        text = join.format(day=name, clock=written)
        if join == "{clock} {day}" and name[:1].isdigit() and re.fullmatch(r"\d+ ?(h|heures)", written):
            continue  # 17 h 26 novembre: whose is the 26?
        expected = datetime.combine(now.date() + timedelta(days=ahead), time(hour, minute)).astimezone()
        try:
            found = meant(text, now)
        except UsageError as error:
            found = str(error)
        if found != expected:
            wrong[text] = found
    assert not wrong


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [("tomorrow 9am", 9, 0), ("tomorrow 9 a.m.", 9, 0), ("9:30 pm tomorrow", 21, 30), ("tomorrow at 12 pm", 12, 0),
     ("tomorrow 12:15 am", 0, 15), ("demain 0 h 05", 0, 5), ("demain 23:59", 23, 59),
     ("tomorrow 9:00:00", 9, 0)],
)  # fmt: skip
def test_halves_of_the_day_are_understood(text: str, hour: int, minute: int) -> None:
    found = meant(text)
    assert (found.date(), found.hour, found.minute) == (date(2026, 11, 26), hour, minute)


@pytest.mark.parametrize(
    ("text", "minutes"), [("in 2 hours", 120), ("in 90 min", 90), ("dans 1 h", 60), ("dans 20 minutes", 20)]
)
def test_a_time_from_now_is_so_much_later(text: str, minutes: int) -> None:
    assert meant(text) - NOW.astimezone() == timedelta(minutes=minutes)


@given(
    st.datetimes(datetime(2026, 11, 25, 12, 1), datetime(2027, 11, 24)).map(lambda at: at.replace(second=0)),
    st.sampled_from(languages()),
)
def test_a_time_is_understood_as_the_program_writes_it(at: datetime, language: str) -> None:
    at = at.replace(microsecond=0)
    with speaking(language):
        assert meant(f"{day(at)} {clock(at)}") == at.astimezone()


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.sampled_from(range(7)), st.times())
def test_a_weekday_is_the_next_one_on_which_the_time_is_still_to_come(now: datetime, weekday: int, at: time) -> None:
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    found = meant(f"{names[weekday]} {at:%H:%M}", now)
    assert (found.weekday(), found.hour, found.minute) == (weekday, at.hour, at.minute)
    assert timedelta() < found - now.astimezone() <= timedelta(days=7, hours=1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9:00", "is past"), ("today 9:00", "is past"), ("aujourd'hui 11 h 59", "is past"),
        ("24 November 9:00", "is past"), ("le 1er octobre à 9 h", "is past"), ("lundi 30 nov. 2025 9 h", "another day"),
        ("Tuesday 30 November 9:00", "another day"), ("mardi 30 novembre 2026 à 9 h", "another day"),
        ("30 November 2028 9:00", "more than a year away"),
        ("tomorrow", "is not a time"), ("demain", "is not a time"), ("tomorrow 25:00", "is not a time"),
        ("tomorrow 9:60", "is not a time"), ("tomorrow 13 pm", "is not a time"), ("tomorrow 9", "is not a time"),
        ("30/11 9:00", "is not a time"), ("03/04/2027 9:00", "is not a time"),
        ("31/11/2026 9:00", "is not a time"), ("13/13/2026 9:00", "is not a time"),
        ("26/11-2026 9:00", "is not a time"),
        ("30 February 9:00", "is not a time"),
        ("next week 9:00", "is not a time"), ("tomorow 9:00", "is not a time"), ("9:00 9:00", "is not a time"),
        ("17 h 26 novembre", "is not a time"), ("xyz 30 November 9:00", "is not a time"),
        ("29 Feb 9:00", "is not a time"),
        ("2026-11-30 tomorrow 9:00", "is not a time"), ("noon noon", "is not a time"), ("9:00 {x}", "is not a time"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_one_line(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        meant(text)
    assert "\n" not in str(caught.value)


@example("tomorrow 9:00")
@given(st.text(max_size=40) | st.from_regex(r"(tomorrow|lundi|[0-9]{1,2} \w{3,9})? ?[0-9]{1,2}[:h. ]?[0-9]{0,2}"))
def test_whatever_is_typed_is_a_time_to_come_or_one_refusal(text: str) -> None:
    try:
        found = meant(text)
    except UsageError as error:
        assert "is not a time" in str(error) or "is past" in str(error) or "another day" in str(error)  # noqa: PT017
    else:
        assert NOW.astimezone() < found <= NOW.astimezone() + timedelta(days=366)


@pytest.fixture
def paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time_module.tzset()
    yield
    monkeypatch.undo()
    time_module.tzset()


@pytest.mark.usefixtures("paris")
def test_an_hour_that_does_not_exist_is_refused_in_words_too() -> None:
    saturday = datetime(2027, 3, 27, 12)
    for text in ("tomorrow 2:30", "demain 2 h 30", "Sunday 2:30", "dimanche 28 mars à 2 h"):
        with pytest.raises(UsageError, match="the clock is put forward"):
            meant(text, saturday)
    assert meant("in 15 hours", saturday) - saturday.astimezone() == timedelta(hours=15)


@pytest.mark.usefixtures("paris")
def test_of_an_hour_that_comes_twice_the_first_is_meant_and_known_to_come_twice() -> None:
    saturday = datetime(2027, 10, 30, 12)
    for text in ("2027-10-31 02:30", "tomorrow 2:30", "dimanche 2 h 30"):
        found = meant(text, saturday)
        assert found.utcoffset() == timedelta(hours=2)
        assert comes_twice(found)
    assert not comes_twice(meant("tomorrow 3:30", saturday))
    assert not comes_twice(meant("tomorrow 1:30", saturday))


def test_what_was_meant_stays_meant_after_midnight_and_is_refused_once_it_is_past() -> None:
    at = meant("tomorrow 9:00")
    require_possible(at, "tomorrow 9:00", None, NOW.astimezone() + timedelta(hours=13))
    with pytest.raises(UsageError, match="is past"):
        require_possible(at, "tomorrow 9:00", None, NOW.astimezone() + timedelta(hours=22))
