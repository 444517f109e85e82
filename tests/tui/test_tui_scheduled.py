"""Messages that are sealed now and leave at a time: they wait in the open program, and can be called off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from each_row import pairs
from textual.widgets import Input
from tui_cases import OpenApp, screen_text, until

from mailmerge.campaign import open_outbox
from mailmerge.delivery import read_moment
from mailmerge.i18n import day
from mailmerge.model import State
from mailmerge.outbox import Run, schedule, scheduled
from mailmerge.tui.dialogs.ask import Ask, Confirm
from mailmerge.tui.screens.run.screen import RunScreen
from mailmerge.tui.screens.seal.screen import SealScreen


class Clock:
    """The clock on the wall, which a test may put forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def the_run() -> Run:
    outbox = open_outbox()
    (summary,) = outbox.listing().runs
    return outbox.open(summary.run)


async def to_seal_page(pilot: Any) -> None:
    await pilot.press("s")
    await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and "Type 5" in screen_text(pilot))


async def give_time(pilot: Any, text: str) -> None:
    await pilot.press("t")
    await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
    pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")


def ahead(**time: int) -> str:
    return f"{datetime.now().astimezone() + timedelta(**time):%Y-%m-%d %H:%M}"


async def sealed_for_later(pilot: Any) -> Run:
    await to_seal_page(pilot)
    await give_time(pilot, ahead(hours=5))
    await until(
        pilot, lambda: isinstance(pilot.app.screen, SealScreen) and "seal the messages now" in screen_text(pilot)
    )
    await pilot.press("5", "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen) and "It leaves on" in screen_text(pilot))
    return the_run()


def states(run: Run) -> set[State]:
    return {message.state for message in run.messages()}


async def test_the_next_morning_is_offered(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None]
) -> None:
    account(25)
    async with open_app(*files) as pilot:
        await to_seal_page(pilot)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        assert pilot.app.screen.query_one(Input).value == "tomorrow 9:00"
        await pilot.press("enter")
        tomorrow = datetime.now().astimezone() + timedelta(days=1)
        await until(pilot, lambda: f"on {day(tomorrow)} at 09:00" in " ".join(screen_text(pilot).split()))


@pytest.mark.parametrize(
    ("text", "size"),
    pairs(["demain 9 h", "tomorrow 9am", "après-demain 8:30", "in 5 hours"], [(120, 40), (80, 24), (60, 16)]),
)
async def test_a_time_in_words_is_said_as_a_day_and_an_hour_before_the_number_is_typed(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], text: str, size: tuple[int, int]
) -> None:
    account(25)
    meant = read_moment(text)
    async with open_app(*files, size=size) as pilot:
        await to_seal_page(pilot)
        await give_time(pilot, text)
        await until(pilot, lambda: f"on {day(meant)} at" in " ".join(screen_text(pilot).split()))


async def test_tomorrow_stays_the_day_it_meant_when_midnight_passes(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], monkeypatch: Any
) -> None:
    clock = Clock()
    account(25)
    meant = read_moment("tomorrow 23:59")
    async with open_app(*files) as pilot:
        monkeypatch.setattr("mailmerge.tui.screens.seal.departure.Departure._now", lambda _: clock().astimezone())
        await to_seal_page(pilot)
        await give_time(pilot, "tomorrow 23:59")
        await until(pilot, lambda: "seal the messages now" in screen_text(pilot))
        clock.ahead = timedelta(hours=24) - timedelta(seconds=datetime.now().second)
        pilot.app.screen.show_facts()
        await until(pilot, lambda: f"on {day(meant)} at" in " ".join(screen_text(pilot).split()))


@pytest.mark.parametrize(
    ("text", "said"),
    [("2020-01-01 09:00", "is past"), ("tomorrow", "is not a time"), (ahead(days=500), "more than a year")],
    ids=["past", "no time", "far"],  # each worker collects by its own clock
)
async def test_a_time_that_cannot_be_is_refused_where_it_is_typed(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], text: str, said: str
) -> None:
    account(25)
    async with open_app(*files) as pilot:
        await to_seal_page(pilot)
        await give_time(pilot, text)
        await until(pilot, lambda: said in " ".join(screen_text(pilot).split()))
        assert isinstance(pilot.app.screen, Ask)


async def test_a_time_that_has_passed_before_the_number_is_typed_seals_nothing(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], monkeypatch: Any
) -> None:
    clock = Clock()
    account(25)
    async with open_app(*files) as pilot:
        monkeypatch.setattr("mailmerge.tui.screens.seal.departure.Departure._now", lambda _: clock().astimezone())
        await to_seal_page(pilot)
        await give_time(pilot, ahead(hours=5))
        await until(pilot, lambda: "seal the messages now" in screen_text(pilot))
        clock.ahead = timedelta(hours=6)
        await pilot.press("5", "enter")
        await until(pilot, lambda: "is past" in screen_text(pilot))
        assert isinstance(pilot.app.screen, SealScreen)
        assert not open_outbox().listing().runs


async def test_a_run_that_waits_has_sent_nothing_and_one_key_calls_it_off(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
) -> None:
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        run = await sealed_for_later(pilot)
        assert scheduled(run) is not None
        await pilot.press("x")
        await until(pilot, lambda: "Called off: nothing was sent" in screen_text(pilot))
        assert scheduled(run) is None
        assert states(run) == {State.PENDING}
        assert not smtp_server.accepted


async def test_at_its_time_everybody_gets_the_message(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any, monkeypatch: Any
) -> None:
    clock = Clock()
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        monkeypatch.setattr("mailmerge.tui.screens.run.scheduled.Scheduled._now", lambda _: clock().astimezone())
        run = await sealed_for_later(pilot)
        clock.ahead = timedelta(hours=5, minutes=1)
        await until(pilot, lambda: states(run) == {State.ACCEPTED})
        assert len(smtp_server.accepted) == 5


async def test_a_time_that_was_slept_through_sends_nothing_by_itself(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any, monkeypatch: Any
) -> None:
    clock = Clock()
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        monkeypatch.setattr("mailmerge.tui.screens.run.scheduled.Scheduled._now", lambda _: clock().astimezone())
        run = await sealed_for_later(pilot)
        clock.ahead = timedelta(hours=9)
        await until(pilot, lambda: "this computer was asleep" in " ".join(screen_text(pilot).split()))
        assert states(run) == {State.PENDING}
        assert not smtp_server.accepted


async def test_leaving_is_asked_and_the_run_stays_scheduled(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
) -> None:
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        run = await sealed_for_later(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen))
        assert pilot.app.screen.scheduled.waits
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: not isinstance(pilot.app.screen, RunScreen | Confirm))
        assert scheduled(run) is not None
        assert states(run) == {State.PENDING}


@pytest.mark.parametrize(("hours", "said"), [(-3, "and was not sent"), (3, "It is scheduled for")])
async def test_after_a_restart_the_run_says_that_it_has_a_time(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any, hours: int, said: str
) -> None:
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        run = await sealed_for_later(pilot)
    schedule(run, datetime.now(UTC) + timedelta(hours=hours))
    async with open_app(*files) as pilot:
        pilot.app.push_screen(RunScreen(run, messages=list(run.messages())))
        await until(pilot, lambda: said in " ".join(screen_text(pilot).split()))
        await pilot.press("x")
        await until(pilot, lambda: scheduled(run) is None)
        assert not smtp_server.accepted
