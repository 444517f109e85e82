"""Before the first message a sending is held for a while, and one key calls it off: nothing has left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tui_cases import OpenApp, screen_text, until

from mailmerge.campaign import open_outbox
from mailmerge.files.home import find_home
from mailmerge.model import State
from mailmerge.tui.screens.run.screen import RunScreen
from mailmerge.tui.screens.seal.screen import SealScreen


def keep(seconds: int) -> None:
    path = find_home().config / "config.toml"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"hold_seconds = {seconds}\n{before}", encoding="utf-8")


async def send(pilot: Any) -> None:
    await pilot.press("s")
    await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and "Type 5" in screen_text(pilot))
    await pilot.press("5", "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen))


@pytest.mark.held
@pytest.mark.parametrize("key", ["x", "escape"])
async def test_a_sending_that_is_held_can_be_called_off(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any, key: str
) -> None:
    account(smtp_server.port)
    keep(600)
    async with open_app(*files) as pilot:
        await send(pilot)
        await until(pilot, lambda: "The first message leaves in" in screen_text(pilot))
        footer = screen_text(pilot).splitlines()[-1]
        assert "x call it off" in footer
        assert "c send the rest" not in footer
        assert "Press c" not in screen_text(pilot), "a key that does nothing now"
        await pilot.press(key)
        await until(pilot, lambda: "Called off: nothing was sent." in screen_text(pilot))
        (run,) = open_outbox().runs()
        assert run.counts()[State.PENDING] == 5
        assert not smtp_server.accepted
        await until(pilot, lambda: "c send the rest" in screen_text(pilot).splitlines()[-1])
        await until(pilot, lambda: "Press c" in screen_text(pilot))


@pytest.mark.held
@pytest.mark.parametrize("seconds", [0, 1])
async def test_a_sending_that_nobody_calls_off_goes_on(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any, seconds: int
) -> None:
    account(smtp_server.port)
    keep(seconds)
    async with open_app(*files) as pilot:
        await send(pilot)
        await until(pilot, lambda: "All 5 messages were accepted." in screen_text(pilot))
