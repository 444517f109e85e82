"""From the review to the verdict of every message, against a real server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from tui_cases import OpenApp, campaign_screen, screen_text, until

from mailmerge.campaign import open_outbox
from mailmerge.model import State
from mailmerge.tui.screens.run.screen import RunScreen
from mailmerge.tui.screens.seal.screen import SealScreen


async def sealed(pilot: Pilot[int]) -> None:
    await pilot.press("s")
    await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and pilot.app.screen.is_mounted)
    await pilot.pause()


def run_screen(pilot: Pilot[int]) -> RunScreen | None:
    return next((screen for screen in pilot.app.screen_stack if isinstance(screen, RunScreen)), None)


async def finished(pilot: Pilot[int]) -> RunScreen:
    await until(pilot, lambda: (s := run_screen(pilot)) and s.tally.summary and not s.sending)
    screen = run_screen(pilot)
    assert screen is not None
    return screen


async def test_what_will_happen_is_said_before_it_happens(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
):
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        await sealed(pilot)
        text = screen_text(pilot)
        assert "5 messages will leave from rh@atelier.example, one to each person." in text
        assert "Maëlys Roux <maelys.roux@orange.example>" in text
        assert "Zoé Lecœur <zoe.lecoeur@proton.example>" in text
        assert "Type 5" in text


async def test_the_wrong_number_sends_nothing(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
):
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        await sealed(pilot)
        await pilot.press("6", "enter")
        await pilot.pause()
        assert "Nothing was sealed" in screen_text(pilot)
        assert open_outbox().runs() == []
    assert smtp_server.accepted == []


async def test_each_person_gets_one_message_of_their_own(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
):
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        await sealed(pilot)
        await pilot.press("5", "enter")
        screen = await finished(pilot)
        await pilot.pause()
        assert "All 5 messages were accepted." in screen_text(pilot)
        assert screen.tally.counts[State.ACCEPTED] == 5
        await pilot.press("q")
        await pilot.pause()
        assert "5 accepted" in screen_text(pilot)
        assert campaign_screen(pilot).session.review.states[1] is State.ACCEPTED
    assert sorted(message.forward_paths[0] for message in smtp_server.accepted) == [
        "hugo.petit@free.example",
        "jose.oliveira@gmail.example",
        "lea.durand@outlook.example",
        "maelys.roux@orange.example",
        "zoe.lecoeur@proton.example",
    ]
    assert all(len(message.forward_paths) == 1 for message in smtp_server.accepted)
