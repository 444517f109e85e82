"""The start: what was typed stays, what is not there is said, and each way to begin can be taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui_cases import OpenApp, campaign_screen, screen_text, until

from mailmerge.tui.app import MailmergeApp
from mailmerge.tui.dialogs.file_picker import FilePicker
from mailmerge.tui.screens.start import StartScreen
from mailmerge.tui.screens.table.screen import MappingScreen


def typed(screen: StartScreen) -> tuple[str, str]:
    return tuple(screen.query_one(f"#{name}").value for name in ("recipients", "letter"))  # type: ignore[attr-defined,return-value]


def give(screen: StartScreen, *values: object) -> None:
    for name, value in zip(("recipients", "letter"), values, strict=False):
        screen.query_one(f"#{name}").value = str(value)  # type: ignore[attr-defined]


@pytest.mark.parametrize("missing", [0, 1])
async def test_a_file_that_is_not_there_is_said_where_it_was_typed(
    files: list[Path], open_app: OpenApp, missing: int
) -> None:
    files[missing].unlink()
    async with open_app() as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StartScreen)
        give(screen, *files)
        await pilot.press("enter")
        await until(pilot, lambda: "There is no file" in screen_text(pilot))
        assert pilot.app.screen is screen
        assert screen.focused is screen.query_one(("#recipients", "#letter")[missing])
        assert typed(screen) == tuple(map(str, files))


@pytest.mark.parametrize("letter", ["Subject x\n{{", "", "\x00\x01", "Unknown: {{ x }}\n\nBonjour"])
async def test_a_letter_that_cannot_be_read_leaves_the_form_as_it_was(
    files: list[Path], open_app: OpenApp, letter: str
) -> None:
    files[1].write_text(letter, encoding="utf-8")
    async with open_app() as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StartScreen)
        give(screen, *files)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen and "! " in screen_text(pilot))
        assert typed(screen) == tuple(map(str, files))
        files[1].write_text("Subject: x\n\nBonjour {{ nom }},\n", encoding="utf-8")
        await pilot.press("enter")
        await until(pilot, lambda: "Maëlys Roux" in screen_text(pilot))
        assert campaign_screen(pilot).session.campaign is not None


async def test_a_table_alone_is_asked_about(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(files[0], checked=False) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, MappingScreen))
        await until(pilot, lambda: "maelys.roux@orange.example" in screen_text(pilot))


async def test_a_letter_alone_waits_for_its_table(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(files[1], checked=False) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        assert typed(pilot.app.screen) == ("", str(files[1]))  # type: ignore[arg-type]


async def test_one_can_start_from_a_letter(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await pilot.press("escape", "l")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilePicker))
        await until(pilot, lambda: "The letter" in screen_text(pilot))


async def test_the_demo_can_be_tried_from_the_start(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await pilot.press("escape", "d")
        app = pilot.app
        assert isinstance(app, MailmergeApp)
        await until(pilot, lambda: app.wants_demo)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 16)])
async def test_the_start_names_every_way_to_begin(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size=size) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        footer = set(screen_text(pilot).splitlines()[-1].split("   "))
        assert {"l from a letter", "d demo"} <= footer or size[0] < 80
        assert "at the right" not in screen_text(pilot)
