"""Sending at a time, within hours, and after a moment in which everything can be called off."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from delivery_cases import Sent, account_for, seal, states
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from smtp_script import CANARY, ScriptedServer

from mailmerge.accounts import Secret, account_from_preset
from mailmerge.accounts.hours import read_hours
from mailmerge.delivery import Arrival, Control, Summary, Waiting, deliver, read_moment, wait_until_due
from mailmerge.delivery import pacing as pacing_module
from mailmerge.errors import UsageError
from mailmerge.model import State
from mailmerge.outbox import schedule, scheduled


@pytest.fixture
def paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of this computer is that of Paris, with its summer time."""
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()


def clock(text: str):  # type: ignore[no-untyped-def]
    return lambda: at(text)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-30 09:00", "2026-11-30T08:00+00:00"),
        ("2026-11-30T09:00", "2026-11-30T08:00+00:00"),
        ("2027-7-1 9:05", "2027-07-01T07:05+00:00"),
        ("2027-10-31 02:30", "2027-10-31T00:30+00:00"),  # it comes twice: the first
    ],
)
@pytest.mark.usefixtures("paris")
def test_a_time_is_that_of_the_clock_on_the_wall(text: str, utc: str) -> None:
    assert read_moment(text, now=clock("2026-11-01T12:00")) == datetime.fromisoformat(utc)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-10-31 09:00", "is past"),
        ("2026-11-01 12:00", "is past"),
        ("2027-03-28 02:30", "does not exist: the clock is put forward then; .* such as 2027-03-28 03:30"),
        ("2028-11-30 09:00", "more than a year away"),
        ("9999-12-31 23:59", "more than a year away"),
        ("2026-11-31 09:00", "is not a time"),
        ("2026-11-30 25:00", "is not a time"),
        ("2026-11-30", "is not a time"),
        ("03/04/2027 09:00", "is not a time"),
        ("tomorrow", "is not a time"),
        ("", "is not a time"),
        ("2026-11-28 09:00", "outside the hours .* next time within them is 2026-11-30 08:30"),
        ("2026-11-27 18:00", "outside the hours .* next time within them is 2026-11-30 08:30"),
    ],
)
@pytest.mark.usefixtures("paris")
def test_a_time_that_cannot_be_meant_is_one_line(text: str, said: str) -> None:
    account = account_from_preset("rh", "rh@atelier.example", host="smtp.atelier.example", hours="Mon-Fri 08:30-18:00")
    with pytest.raises(UsageError, match=said) as caught:
        read_moment(text, account, now=clock("2026-11-01T12:00"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["Mon-Fri 08:30-18:00", "lun-ven 8h30-18h", "lundi – vendredi 8:30 – 18:00", "Mon Tue Wed Thu Fri 08:30-18:00",
     "Mon-Fri 08:30-12:00, 12:00-18:00", "Mon-Wed 8:30-18:00; Thu-Fri 8:30-18:00"],
)  # fmt: skip
@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)))
def test_hours_admit_what_they_name_however_they_are_written(text: str, moment: datetime) -> None:
    hours = read_hours(text)
    assert hours is not None
    assert hours.admits(moment) == (moment.weekday() < 5 and (8, 30) <= (moment.hour, moment.minute) < (18, 0))


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),
    st.sampled_from(["Sun 02:15-02:45", "Mon-Fri 9:00-10:00", "0:00-24:00", "sam-lun 23:00-24:00"]),
)
def test_the_next_opening_is_within_the_hours_and_nothing_before_it_is(moment: datetime, text: str) -> None:
    hours = read_hours(text)
    assert hours is not None
    here = moment.astimezone()
    opens = hours.next_opening(here)
    assert opens >= here
    assert opens - here < timedelta(days=8)
    if opens > here:
        assert not hours.admits(here)
        assert not hours.admits((opens - timedelta(minutes=1)).astimezone())


@each_row(
    "text",
    ["", "Mon-Fri", "8:30", "Mon-Fri 18:00-08:30", "Mon-Fri 08:30-08:30", "Mon-Fri 08:60-18:00", "25:00-26:00",
     "Foo-Fri 8:30-18:00", "Mon-Fri 8:30-18:00 x", ",", "Mon-Fri 8:30-18:00,", "24:00-24:00"],
)  # fmt: skip
def test_hours_that_cannot_be_read_are_refused(text: str) -> None:
    assert read_hours(text) is None


async def test_a_run_waits_for_its_time_and_says_so_to_everybody_who_reads_it(folder: Path) -> None:
    run, control = seal(folder, 1), Control()
    now = [datetime.now(UTC)]
    schedule(run, now[0] + timedelta(seconds=90))
    assert scheduled(run) == now[0] + timedelta(seconds=90)
    waiting = asyncio.create_task(wait_until_due(run, control, now=lambda: now[0]))
    await asyncio.sleep(0)
    assert not waiting.done()
    now[0] += timedelta(seconds=91)
    control.notify()
    assert await asyncio.wait_for(waiting, 10) is Arrival.DUE


@pytest.mark.parametrize(
    ("passed", "arrival"),
    [(0, Arrival.DUE), (59, Arrival.DUE), (3600, Arrival.DUE), (3601, Arrival.LATE), (86_400, Arrival.LATE)],
)
async def test_a_lid_that_was_closed_over_the_hour_does_not_send_at_night(
    folder: Path, passed: int, arrival: Arrival
) -> None:
    run = seal(folder, 1)
    due = datetime(2026, 11, 30, 8, tzinfo=UTC)
    schedule(run, due)
    assert await wait_until_due(run, Control(), now=lambda: due + timedelta(seconds=passed)) is arrival
    assert scheduled(run) == due


async def test_what_was_called_off_or_sent_elsewhere_is_not_sent_here(folder: Path) -> None:
    run = seal(folder, 2)
    schedule(run, datetime.now(UTC) + timedelta(hours=1))
    schedule(run, None)
    assert await wait_until_due(run, Control()) is Arrival.CALLED_OFF
    schedule(run, datetime.now(UTC) + timedelta(hours=1))
    async with ScriptedServer() as server:
        await sent(run, server)
    assert scheduled(run) is None
    assert await wait_until_due(run, Control()) is Arrival.CALLED_OFF
    assert set(states(run).values()) == {State.ACCEPTED}


async def test_a_wait_for_a_time_can_be_stopped(folder: Path) -> None:
    run, control = seal(folder, 1), Control()
    schedule(run, datetime.now(UTC) + timedelta(hours=1))
    control.stop()
    assert await wait_until_due(run, control) is Arrival.STOPPED


async def sent(run, server, control=None, **options):  # type: ignore[no-untyped-def]
    given = {"hours": options.pop("hours", ""), "pipelining": options.pop("level", "")}
    found = Sent([])
    async for event in deliver(run, account_for(server, **given), Secret(CANARY), control or Control(), **options):
        found.events.append(event)
    return found


async def test_a_holding_time_can_be_used_to_call_everything_off(folder: Path) -> None:
    run, control = seal(folder, 3), Control()
    async with ScriptedServer() as server:
        events = []
        async for event in deliver(run, account_for(server), Secret(CANARY), control, hold=3600):
            events.append(event)
            if isinstance(event, Waiting):
                assert (event.kind, event.until is not None) == ("holding", True)
                assert not server.connections
                control.stop()
    assert isinstance(events[-1], Summary)
    assert events[-1].pending == 3
    assert not server.copies


async def test_a_holding_time_can_be_cut_short(folder: Path) -> None:
    run, control = seal(folder, 3), Control()
    async with ScriptedServer() as server:
        async for event in deliver(run, account_for(server), Secret(CANARY), control, hold=3600):
            if isinstance(event, Waiting):
                control.resume()
    assert set(states(run).values()) == {State.ACCEPTED}


@pytest.mark.parametrize("level", ["off", "group", "full"])
async def test_outside_the_hours_of_the_account_nothing_is_begun(
    folder: Path, monkeypatch: pytest.MonkeyPatch, level: str
) -> None:
    """The clock passes the end of the hours after two messages."""
    run = seal(folder, 5)
    seen = [0]

    class Clock(pacing_module.OpeningHours):
        def opens_at(self):  # type: ignore[no-untyped-def]
            self._clock = clock("2026-11-30T17:59" if len(server.copies) < 2 else "2026-11-30T18:00")
            seen[0] += 1
            return super().opens_at()

    monkeypatch.setattr("mailmerge.delivery.sender.OpeningHours", Clock)
    async with ScriptedServer() as server:
        found = await sent(run, server, hours="Mon-Fri 08:30-18:00", level=level)
    assert seen[0]
    assert "within its hours only" in found.summary.stopped
    assert sum(server.copies.values()) in ((2,) if level != "full" else (2, 3))  # one may stand behind the last
    assert found.summary.pending == 5 - sum(server.copies.values())


async def test_a_run_that_waits_for_the_hours_goes_on_by_the_clock_on_the_wall(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seconds of a wait do not count while a laptop sleeps; its clock does."""
    run, control = seal(folder, 2), Control()
    opens = [True]

    class Clock(pacing_module.OpeningHours):
        def opens_at(self):  # type: ignore[no-untyped-def]
            first, opens[0] = opens[0], False
            return datetime.now(UTC) + timedelta(milliseconds=300) if first else None

    monkeypatch.setattr("mailmerge.delivery.sender.OpeningHours", Clock)
    async with ScriptedServer() as server:
        found = await sent(run, server, control, hours="Mon-Fri 08:30-18:00", wait=True)
    assert [event.until is not None for event in found.events if isinstance(event, Waiting)] == [True]
    assert set(states(run).values()) == {State.ACCEPTED}


@pytest.mark.parametrize(("passed", "sends"), [(0, True), (59, True), (61, False), (600, False), (3 * 24 * 60, False)])
async def test_a_lid_that_was_closed_over_the_opening_hour_is_asked_about(
    folder: Path, monkeypatch: pytest.MonkeyPatch, passed: int, sends: bool
) -> None:
    """The run waits for the hours; when it looks again, the clock is so many minutes past their beginning."""
    run = seal(folder, 2)
    opens = [True]

    class Clock(pacing_module.OpeningHours):
        def opens_at(self):  # type: ignore[no-untyped-def]
            first, opens[0] = opens[0], False
            return datetime.now(UTC) - timedelta(minutes=passed) if first else None

    monkeypatch.setattr("mailmerge.delivery.sender.OpeningHours", Clock)
    async with ScriptedServer() as server:
        found = await sent(run, server, hours="Mon-Fri 08:30-18:00", wait=True)
    assert set(states(run).values()) == {State.ACCEPTED if sends else State.PENDING}
    assert ("when this computer was asleep" in found.summary.stopped) == (not sends)
    assert found.summary.pending == (0 if sends else 2)


@pytest.mark.parametrize(
    ("now", "hours", "opens"),
    [
        ("2027-03-27T20:00", "Mon-Fri 08:30-18:00", "2027-03-29T06:30+00:00"),  # summer time begins on the way
        ("2027-03-26T20:00", "Sat 09:00-12:00", "2027-03-27T08:00+00:00"),  # and here it does not yet
        ("2027-10-30T20:00", "Mon-Fri 08:30-18:00", "2027-11-01T07:30+00:00"),  # it ends on the way
        ("2027-10-30T20:00", "Sun 01:00-01:30, 04:00-05:00", "2027-10-30T23:00+00:00"),
        ("2027-03-28T01:00", "Sun 03:00-04:00", "2027-03-28T01:00+00:00"),  # one hour later, on the wall two
        ("2027-03-28T00:00", "0:00-24:00", "2027-03-27T23:00+00:00"),
    ],
)
@pytest.mark.usefixtures("paris")
def test_hours_are_those_of_the_wall_when_the_clock_is_changed(now: str, hours: str, opens: str) -> None:
    account = account_from_preset("rh", "rh@atelier.example", host="smtp.atelier.example", hours=hours)
    found = pacing_module.OpeningHours(account, clock(now)).opens_at() or at(now)
    assert found == datetime.fromisoformat(opens)


@pytest.mark.usefixtures("paris")
def test_in_the_hour_that_comes_twice_both_are_within_the_hours() -> None:
    hours = read_hours("Sun 02:00-03:00")
    assert hours is not None
    first = datetime(2027, 10, 31, 2, 30, fold=0).astimezone()
    second = datetime(2027, 10, 31, 2, 30, fold=1).astimezone()
    assert second - first == timedelta(hours=1)
    assert hours.admits(first)
    assert hours.admits(second)
