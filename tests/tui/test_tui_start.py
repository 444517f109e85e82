"""The start: what was typed stays, what is not there is said, and each way to begin can be taken."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any, cast

import pytest
from draft_files import docx, run, simple_field
from each_row import pairs
from tui_cases import OpenApp, campaign_screen, screen_text, until

from mailmerge.letter.source.template import KIND_BY_SUFFIX
from mailmerge.tui.app import MailmergeApp
from mailmerge.tui.dialogs.file_picker import FilePicker
from mailmerge.tui.screens.letters.screen import LettersScreen
from mailmerge.tui.screens.start import StartScreen
from mailmerge.tui.screens.table.screen import TableScreen
from mailmerge.tui.ui_state import Memory


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
        await until(pilot, lambda: "does not exist. Ctrl+F chooses one" in " ".join(screen_text(pilot).split()))
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
        await until(pilot, lambda: isinstance(pilot.app.screen, TableScreen))
        await until(pilot, lambda: "maelys.roux@orange.example" in screen_text(pilot))


@pytest.mark.parametrize("suffix", [suffix for suffix, kind in KIND_BY_SUFFIX.items() if kind != "text"])
async def test_a_letter_alone_waits_for_its_table(files: list[Path], open_app: OpenApp, suffix: str) -> None:
    letter = files[1].rename(files[1].with_suffix(suffix))
    async with open_app(letter, checked=False) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        assert typed(pilot.app.screen) == ("", str(letter))  # type: ignore[arg-type]


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


WAYS = ["{path}", "'{path}'", '"{path}"', "{url}", "  {path} "]
STRANGE = [
    "a" * 300,
    "a" * 6000,
    "~nobody-has-this-name/x",
    "file://[::1",
    "'",
    "\\",
    "/",
    "../" * 40,
    "🙂" * 200,
    "a\x00b",
]


@pytest.mark.parametrize("way", WAYS)
async def test_a_path_may_be_pasted_with_what_is_around_it(files: list[Path], open_app: OpenApp, way: str) -> None:
    folder = files[0].parent / "mes candidats"
    folder.mkdir()
    moved = [path.rename(folder / path.name) for path in files]
    async with open_app() as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StartScreen)
        give(screen, *(way.format(path=path, url=path.as_uri()) for path in moved))
        await pilot.press("enter")
        await until(pilot, lambda: "Maëlys Roux" in screen_text(pilot))


@pytest.mark.parametrize(("strange", "place"), pairs(STRANGE, [0, 1]))
async def test_no_name_of_a_file_ends_the_program(
    files: list[Path], open_app: OpenApp, place: int, strange: str
) -> None:
    given: list[object] = list(files)
    given[place] = strange
    async with open_app() as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StartScreen)
        give(screen, *given)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen and screen.said_something)
        assert "internal error" not in screen_text(pilot)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilePicker))


async def test_a_document_in_the_form_becomes_the_letter(files: list[Path], open_app: OpenApp) -> None:
    document = files[0].parent / "Refus.docx"
    document.write_bytes(docx(run("Bonjour ") + simple_field(" MERGEFIELD Nom ", "«Nom»"), run("Votre candidature.")))
    async with open_app() as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StartScreen)
        give(screen, files[0], document)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, TableScreen))
        await until(pilot, lambda: "maelys.roux@orange.example" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "The subject of refus.md" in screen_text(pilot))
        await pilot.press(*"Refus", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LettersScreen) and "▸ ✓ refus.md" in screen_text(pilot))
        await pilot.press("escape", "enter")
        await until(pilot, lambda: "made of this document before" in screen_text(pilot))


@pytest.mark.parametrize("with_table", [True, False])
async def test_a_document_on_the_command_line_is_a_letter(
    files: list[Path], open_app: OpenApp, with_table: bool
) -> None:
    document = files[0].parent / "Refus.docx"
    document.write_bytes(docx(run("Bonjour ") + simple_field(" MERGEFIELD Nom ", "«Nom»")))
    async with open_app(*([files[0]] if with_table else []), document, checked=False) as pilot:
        awaited = TableScreen if with_table else StartScreen
        await until(pilot, lambda: isinstance(pilot.app.screen, awaited))
        start = next(screen for screen in pilot.app.screen_stack if isinstance(screen, StartScreen))
        assert typed(start)[1] == str(document)


@pytest.mark.parametrize("key", ["", "enter", "ctrl+f"])
async def test_a_folder_that_answers_slowly_never_holds_up_the_start(
    home: Path, tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    share = tmp_path / "share"
    Memory(home / "state").keep_recent("refus", [share / "campaign.toml"], 3)
    asked: list[tuple[str, bool]] = []

    def stat(path: Any, *arguments: Any, real: Any = os.stat, **options: Any) -> os.stat_result:
        if share in Path(os.fspath(path)).parents:  # the tree of files asks for the folder itself
            asked.append((os.fspath(path), threading.current_thread() is threading.main_thread()))
        return real(path, *arguments, **options)  # type: ignore[no-any-return]

    monkeypatch.setattr(os, "stat", stat)
    async with open_app() as pilot:
        await until(pilot, lambda: "Nothing was opened here yet" in screen_text(pilot))
        if key:
            give(cast("StartScreen", pilot.app.screen), share / "candidats.csv")
            await pilot.press(key)
            await until(pilot, lambda: "share" in " ".join(screen_text(pilot).split("!")[1:]) or key == "ctrl+f")
        await until(pilot, lambda: any("candidats" in path for path, _ in asked) or not key)
        assert asked
        assert [path for path, on_the_loop in asked if on_the_loop] == []
