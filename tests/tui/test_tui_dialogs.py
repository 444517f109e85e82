"""Questions in front of a screen: usable in the smallest window, in every language, over a footer that is quiet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from each_row import pairs
from pseudo import speaking_pseudo
from rich.cells import cell_len
from test_tui_languages import WAYS, back_to_the_letters
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Button, Static
from tui_cases import OpenApp, screen_text, settled, until

from mailmerge import i18n
from mailmerge.campaign.setup.table_setup import SettingChoice
from mailmerge.tui.dialogs.ask import Ask, Confirm
from mailmerge.tui.dialogs.choose import Choose
from mailmerge.tui.page import Page
from mailmerge.tui.widgets.key_bar import KeyBar

SIZES = [(60, 16), (80, 24)]
QUESTIONS = {
    way: keys
    for way, keys in WAYS.items()
    if way in ("help", "leave out", "dry run", "encodings", "unsaved", "choose a file", "add an account", "palette")
} | {"filter": ("w",), "a starter letter": ("ctrl+o", "escape", "l")}


@pytest.fixture
def longer_words() -> Iterator[None]:
    """A language whose words are longer than those of any that is shipped."""
    before = i18n.language(), i18n._catalogue
    with speaking_pseudo():
        yield
    i18n.use_catalogue(*before)


async def asked(pilot: Pilot[int], way: str) -> ModalScreen[object]:
    """The question to which a way leads, from the letters."""
    await back_to_the_letters(pilot)
    await pilot.press(*QUESTIONS[way])
    await until(pilot, lambda: isinstance(pilot.app.screen, ModalScreen))
    await settled(pilot)
    question = pilot.app.screen
    assert isinstance(question, ModalScreen)
    return question


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.usefixtures("longer_words")
async def test_all_of_a_question_can_be_reached_and_read(
    files: list[Path], open_app: OpenApp, size: tuple[int, int]
) -> None:
    async with open_app(*files, size=size) as pilot:
        for way in (each for each, there in pairs(QUESTIONS, SIZES) if there == size):
            dialog = await asked(pilot, way)
            window = dialog.region
            for box in dialog.query(".box"):
                assert window.contains_region(box.region), (way, screen_text(pilot))
            for widget in dialog.focus_chain:
                widget.focus()
                await pilot.pause()
                await pilot.pause()
                if isinstance(dialog, Ask | Choose | Confirm):
                    title = dialog.query(".box > Static").first(Static).region
                    assert title.height, (way, screen_text(pilot))
                    assert window.contains_region(title), (way, screen_text(pilot))
                    assert title.y == dialog.query_one(".box").content_region.y, (way, screen_text(pilot))
                assert window.contains_region(widget.region), (way, widget, screen_text(pilot))
                if isinstance(widget, Button):
                    assert str(widget.label) in screen_text(pilot), way


async def test_no_key_is_promised_that_a_question_does_not_know_and_a_click_beside_leaves_it(
    files: list[Path], open_app: OpenApp
) -> None:
    async with open_app(*files) as pilot:
        for way in QUESTIONS:
            await asked(pilot, way)
            page = next(screen for screen in reversed(pilot.app.screen_stack) if isinstance(screen, Page))
            assert page.query_one(KeyBar).entries == (), way
            await pilot.press("escape")
            await until(pilot, lambda page=page: pilot.app.screen is page and page.query_one(KeyBar).entries)  # type: ignore[misc]
            await asked(pilot, way)
            await pilot.click(offset=(0, 38))
            await until(pilot, lambda: isinstance(pilot.app.screen, Page))


async def test_a_question_is_answered_with_the_mouse_alone(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, ModalScreen))
        await settled(pilot)
        await pilot.click("#cancel")
        await until(pilot, lambda: isinstance(pilot.app.screen, Page))
        assert not (files[1].parent / "dry-run").exists()
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, ModalScreen))
        await settled(pilot)
        await pilot.click("#agree")
        await until(pilot, lambda: (files[1].parent / "dry-run" / "manifest.json").exists())


@pytest.mark.parametrize("size", [(120, 40), (60, 16)])
@pytest.mark.parametrize("labels", [("Mr", "(blank)", "Miss"), (";", ","), ("a" * 90, "b"), ("日本語", "x")])
async def test_the_notes_of_all_choices_begin_in_one_column(
    open_app: OpenApp, size: tuple[int, int], labels: tuple[str, ...]
) -> None:
    async with open_app(size=size) as pilot:
        choices = [SettingChoice(str(place), label, f"note {place}") for place, label in enumerate(labels)]
        await pilot.app.push_screen(Choose("One of them", choices, ""))
        await until(pilot, lambda: "note 1" in screen_text(pilot))
        rows = [row for row in screen_text(pilot).splitlines() if "note " in row]
        assert len({cell_len(row[: row.index("note ")]) for row in rows}) == 1
        assert len(rows) == len(labels)
