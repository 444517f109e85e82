"""Every screen in a language that nobody speaks: nothing is left in English, and nothing that must be read is cut."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from each_row import pairs, whole_or
from pseudo import OPEN, speaking_pseudo, use_pseudo
from textual.pilot import Pilot
from translated import cut, on_top, untranslated
from tui_cases import OpenApp, campaign_screen, screen_text, settled, until

from mailmerge import i18n
from mailmerge.environment import Environment
from mailmerge.errors import ConfigError
from mailmerge.settings.preferences import keep_language, read_preferences
from mailmerge.tui.jobs.jobs import JobDone
from mailmerge.tui.screens.campaign.message_pane import MessagePane

SIZES = [(80, 24), (120, 40)]
WAYS = {
    "campaign": (),
    "help": ("question_mark",),
    "findings": ("3", "question_mark"),
    "rules": ("r",),
    "headers": ("l", "l"),
    "attachments": ("l", "l", "l"),
    "source": ("l", "l", "l", "l"),
    "changes": ("h",),
    "order": ("O",),
    "search": ("slash",),
    "search for nobody": ("slash", *"zzz"),
    "accounts": ("a",),
    "add an account": ("a", "n"),
    "seal": ("s",),
    "seal for one": ("S",),
    "leave out": ("X",),
    "left out": ("B",),
    "dry run": ("x",),
    "table": ("m",),
    "encodings": ("m", "space"),
    "editor": ("E",),
    "unsaved": ("E", "a", "escape"),
    "runs": ("v",),
    "start": ("ctrl+o",),
    "choose a file": ("ctrl+o", "escape", "b"),
    "waive nothing": ("W",),
    "go on with nothing": ("c",),
    "read again": ("ctrl+r",),
    "palette": ("ctrl+p",),
    "palette, nothing found": ("ctrl+p", *"xqzv"),
    "test": ("t",),
}
"""By which keys one comes from the campaign to each screen and dialog."""
IN_SIZES = pairs(WAYS, SIZES)
"""In which sizes each of them is looked at."""


@pytest.fixture
def english_after() -> Iterator[None]:
    before = i18n.language(), i18n._catalogue
    yield
    i18n.use_catalogue(*before)


def sizes_of(way: str) -> list[tuple[int, int]]:
    return [size for each, size in IN_SIZES if each == way]


async def back_to_the_letters(pilot: Pilot[int]) -> None:
    """Leave whatever is open, and look at the first letter of everybody in the table's order."""
    screen = campaign_screen(pilot)
    while pilot.app.screen is not screen:
        pilot.app.pop_screen()
        await pilot.pause()
    await settled(pilot)
    if screen.session.review and screen.session.review.unusual_first:
        await pilot.press("O")
    screen.tell()
    screen.people.close_search()
    screen.query_one(MessagePane).face = "letter"
    screen.people.table.focus()
    await pilot.press("home")
    await settled(pilot)


@pytest.mark.usefixtures("english_after")
async def test_every_screen_is_translated_whole_and_not_cut(
    files: list[Path], open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files[0].parent)
    seen: dict[tuple[object, str], list[str]] = {}
    wrong = {}
    with speaking_pseudo():
        async with open_app(*files, size=SIZES[0]) as pilot:
            for way, pressed in WAYS.items():
                await back_to_the_letters(pilot)
                for key in pressed:
                    await pilot.press(key)
                    await pilot.pause()
                if "nothing found" in way:
                    await until(pilot, lambda: "f\u00f3\u00fa\u00f1d" in screen_text(pilot))
                await settled(pilot)
                typed = "".join(key for key in pressed if len(key) == 1)
                for size in sorted(sizes_of(way), key=lambda size: size != pilot.app.size):
                    await pilot.resize_terminal(*size)
                    await settled(pilot)
                    text = on_top(pilot)
                    seen.setdefault((size, text), []).append(way)
                    if way in ("headers", "source"):  # what the server is told: nothing of it is ours
                        paper = pilot.app.screen.query_one(MessagePane).paper
                        told = (line for line in text.splitlines() if line.strip() not in paper.text or OPEN in line)
                        text = "\n".join(told)
                    data = f"{files[0].parent} {typed} {typed}Bonjour"
                    if OPEN not in text or untranslated(text, data) or cut(pilot):
                        wrong[way, size] = untranslated(text, data), cut(pilot), text
    assert wrong == {}
    same = [way for ways in seen.values() for way in ways[1:]]
    assert same == whole_or([], ["test"] * len(SIZES)), "each way leads to another screen; a test, to the accounts"


SPOKEN = {
    "campaign": (), "accounts": ("a",), "seal": ("s",), "left out": ("B",), "table": ("m",), "runs": ("v",),
    "rules": ("r",), "editor": ("E",), "start": ("ctrl+o",),
}  # fmt: skip


@pytest.mark.parametrize("way", SPOKEN)
@pytest.mark.usefixtures("english_after")
async def test_another_language_is_spoken_at_once_where_one_is(
    files: list[Path], open_app: OpenApp, way: str, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr(i18n, "languages", lambda: ("en", "qps"))
    monkeypatch.setattr(i18n, "use", use_pseudo)
    async with open_app(*files) as pilot:
        await pilot.press("j", "j", "l", "l", *SPOKEN[way])
        await settled(pilot)
        here, person = type(pilot.app.screen), campaign_screen(pilot).number
        before = screen_text(pilot)
        assert OPEN not in before
        await pilot.press("ctrl+p", *"language", "enter")
        await until(pilot, lambda: OPEN in screen_text(pilot) and isinstance(pilot.app.screen, here))
        await settled(pilot)
        text = screen_text(pilot)
        assert untranslated(text, f"{files[0].parent} {campaign_screen(pilot).viewing._wanted}") == [], text
        assert len(text.split("\n")) == len(before.split("\n"))
        assert campaign_screen(pilot).number == person == 3
        campaign = campaign_screen(pilot)
        assert campaign.query_one(MessagePane).face == "headers"
        await until(pilot, lambda: read_preferences(next(home.rglob("config.toml")).parent).language == "qps")
        await pilot.press("ctrl+p")
        titles = [command.title for command in pilot.app.get_system_commands(pilot.app.screen_stack[-2])]
        assert any("Láñgúágé" in title for title in titles)
        await pilot.press(*"English")
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: OPEN not in screen_text(pilot) and isinstance(pilot.app.screen, here))
        await settled(pilot)
        assert screen_text(pilot).split() == before.split()


async def test_what_is_typed_in_the_editor_stays_when_the_language_changes(
    files: list[Path], open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, english_after: None
) -> None:
    monkeypatch.setattr(i18n, "use", use_pseudo)
    async with open_app(*files) as pilot:
        await pilot.press("E", *"neu")
        editor: Any = pilot.app.screen
        text, caret = editor.area.text, editor.area.cursor_location
        pilot.app.speak("qps")  # type: ignore[attr-defined]
        await settled(pilot)
        assert (editor.area.text, editor.area.cursor_location) == (text, caret)
        assert editor.saving.unsaved
        assert OPEN in screen_text(pilot)


async def test_a_message_that_is_composed_while_the_language_changes_finds_its_place(
    files: list[Path], open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, english_after: None
) -> None:
    monkeypatch.setattr(i18n, "use", use_pseudo)
    async with open_app(*files) as pilot:
        await pilot.press("E")
        editor: Any = pilot.app.screen
        await until(pilot, lambda: editor._made is not None)
        arrived = JobDone("preview", editor._made)

        async def remove_and_mount(recompose: Any = editor.recompose) -> None:
            await editor.query_children("*").exclude(".-textual-system").remove()
            editor.post_message(arrived)
            await asyncio.sleep(0)
            await recompose()

        editor.recompose = remove_and_mount
        pilot.app.speak("qps")  # type: ignore[attr-defined]
        await settled(pilot)
        assert OPEN in screen_text(pilot)


def test_the_language_is_written_beside_what_the_file_says_already(home: Path) -> None:
    written = "# mine\nkeep_days = 7\n\n[accounts.rh]  # the mailbox\naddress = 'rh@x.example'\n"
    here = Environment.here()
    file = here.home.config / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written, encoding="utf-8")
    for language in ("fr", "en"):
        here.keep_language(language)
        assert file.read_text(encoding="utf-8") == f'language = "{language}"\n{written}'
        assert (here.preferences.language, here.preferences.keep_days) == (language, 7)


def test_a_file_that_is_damaged_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("keep_days = \n", encoding="utf-8")
    with pytest.raises(ConfigError, match="not valid TOML"):
        keep_language(tmp_path, "fr")
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == "keep_days = \n"
