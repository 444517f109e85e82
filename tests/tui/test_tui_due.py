"""A run that waits for its time, or has missed it, is named wherever runs are, with the key that goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from each_row import pairs
from tui_cases import OpenApp, campaign_screen, screen_text, until

from mailmerge.campaign import open_campaign, open_outbox
from mailmerge.i18n import _, day
from mailmerge.outbox import Run, schedule
from mailmerge.tui.screens.run.screen import RunScreen
from mailmerge.tui.screens.runs import RunsScreen
from mailmerge.tui.screens.start import StartScreen

SIZES = [(120, 40), (80, 24), (60, 16)]
TIMES = [timedelta(days=2), timedelta(minutes=2), timedelta(minutes=-2), timedelta(days=-2)]


def the_run(files: list[Path], ahead: timedelta) -> tuple[Run, datetime]:
    """A run of the campaign, sealed and to leave then."""
    from mailmerge.accounts import Accounts
    from mailmerge.files.home import find_home

    account = Accounts(find_home().config).get("rh")
    run = open_campaign(files).signed_by(account).check().seal(account, open_outbox())
    at = datetime.now(UTC) + ahead
    schedule(run, at)
    return run, at.astimezone()


def text(pilot: Any) -> str:
    return " ".join(screen_text(pilot).replace("▌", " ").split())


@pytest.mark.parametrize(("ahead", "size"), pairs(TIMES, SIZES))
async def test_it_is_named_on_the_start_page_and_in_the_list_of_runs(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], size: tuple[int, int], ahead: timedelta
) -> None:
    account(25)
    run, at = the_run(files, ahead)
    async with open_app(size=size) as pilot:
        said = "leaves on" if ahead > timedelta() else "was to leave on"
        await until(pilot, lambda: f"Run {run.id} {said} {day(at)}" in text(pilot))
        await pilot.press("escape", "v")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen) and said in text(pilot))
        note = "leaves" if ahead > timedelta() else "was due"
        await until(pilot, lambda: f"{note} {at:%Y-%m-%d %H:%M}" in text(pilot) or size[0] == 60)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen) and day(at) in text(pilot))


@pytest.mark.parametrize("ahead", TIMES[1:3])
async def test_the_campaign_page_says_so_and_c_goes_on(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], ahead: timedelta, language: str
) -> None:
    account(25)
    _run, at = the_run(files, ahead)
    async with open_app(*files) as pilot:
        await until(pilot, lambda: campaign_screen(pilot).session.due)
        await until(pilot, lambda: f"{day(at)}" in text(pilot))
        note = _("was due {time}") if ahead < timedelta() else _("leaves {time}")
        await until(pilot, lambda: note.format(time=f"{at:%Y-%m-%d %H:%M}") in text(pilot))
        await pilot.press("c")
        await until(pilot, lambda: any(isinstance(each, RunScreen) for each in pilot.app.screen_stack))


async def test_c_in_the_list_asks_to_send_what_is_left(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None]
) -> None:
    account(25)
    the_run(files, timedelta(hours=-2))
    async with open_app() as pilot:
        await pilot.press("escape", "v")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen) and "was to leave" in text(pilot))
        await pilot.press("c")
        await until(pilot, lambda: "5" in text(pilot) and "Type" in text(pilot))


async def test_a_run_without_a_time_is_not_spoken_of_at_the_start(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None]
) -> None:
    account(25)
    run, _at = the_run(files, timedelta(hours=2))
    schedule(run, None)
    async with open_app() as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await until(pilot, lambda: all(worker.is_finished for worker in pilot.app.workers))
        assert run.id not in text(pilot)
