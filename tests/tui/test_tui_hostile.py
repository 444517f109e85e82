"""Cells that would act on a terminal or on markup: they show harmlessly on every screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from tui_cases import OpenApp, campaign_screen, screen_text, settled, until

from mailmerge.tui.content.safe_content import fit, line, lines
from mailmerge.tui.screens.run.screen import RunScreen
from mailmerge.tui.screens.seal.screen import SealScreen
from mailmerge.tui.ui_state import Memory

HOSTILE = (
    "[/b] team [red]",
    "\x1b]0;PWNED\x07",
    "\u202eevil\u2066",
    "two\nlines",
    "[@click=app.bell]x[/]",
    "\x9b31mC1",
)


def acting_characters(pilot: Pilot[int]) -> set[str]:
    """What reaches the terminal and is more than a printable character: nothing may."""
    _, height = pilot.app.size
    strips = pilot.app.screen._compositor.render_strips()
    text = "".join(segment.text for strip in strips[:height] for segment in strip)
    return {
        c
        for c in text
        if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b"
    }


@pytest.fixture
def hostile(tmp_path: Path) -> list[Path]:
    """A table with a hostile cell in each person's name, city and even in a header."""
    table, letter = tmp_path / "[b]candidats.csv", tmp_path / "lettre [red].md"
    rows = [["Prénom", "Nom", "Adresse e-mail", "Poste", "Ville [/i]"]]
    rows += [[f"A{i}", cell, f"personne{i}@exemple.example", "Graphiste", cell] for i, cell in enumerate(HOSTILE)]
    text = "\r\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    table.write_bytes(text.encode("utf-8"))
    letter.write_text(
        "Subject: Pour {{ nom }}\n\nBonjour {{ prenom }} {{ nom }},\n\n**{{ ville_i }}**\n", encoding="utf-8"
    )
    return [table, letter]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_every_face_of_every_hostile_person(
    hostile: list[Path], open_app: OpenApp, size: tuple[int, int]
) -> None:
    async with open_app(*hostile, size=size) as pilot:
        for _ in HOSTILE:
            for _ in range(6):
                await until(pilot, lambda: all(worker.is_finished for worker in pilot.app.workers))
                assert acting_characters(pilot) == set()
                await pilot.press("l")
            await pilot.press("j")


async def test_the_cell_shows_as_it_is_written(hostile: list[Path], open_app: OpenApp) -> None:
    async with open_app(*hostile) as pilot:
        text = screen_text(pilot)
        assert "[/b] team [red]" in text
        assert "␛]0;PWNED␇" in text
        assert "‹U+202E›evil" in text


async def test_findings_rules_and_help_show_hostile_text(hostile: list[Path], open_app: OpenApp) -> None:
    async with open_app(*hostile) as pilot:
        for keys in (
            ["F"],
            ["3", "j", "j"],
            ["enter"],
            ["escape"],
            ["question_mark"],
            ["escape"],
            ["m"],
            ["escape"],
            ["B"],
            ["escape"],
        ):
            await pilot.press(*keys)
            await settled(pilot)
            assert acting_characters(pilot) == set(), keys


async def test_searching_for_hostile_text(hostile: list[Path], open_app: OpenApp) -> None:
    async with open_app(*hostile) as pilot:
        await pilot.press("slash", "left_square_bracket", "slash", "b")
        await until(pilot, lambda: "1 of 6" in screen_text(pilot))
        assert acting_characters(pilot) == set()


async def test_the_command_palette_over_hostile_text(hostile: list[Path], open_app: OpenApp) -> None:
    async with open_app(*hostile) as pilot:
        await pilot.press("ctrl+p")
        await settled(pilot)
        assert acting_characters(pilot) == set()
        await pilot.press(*"seal", "escape", "escape")


async def test_a_hostile_reply_of_the_server(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
) -> None:
    account(smtp_server.port)
    smtp_server.reply = lambda _: "550 5.1.1 [/b] \x1b]0;PWNED\x07 \u202eno"
    async with open_app(*files) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and pilot.app.screen.account)
        await pilot.press("5", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen) and pilot.app.screen.tally.summary)
        await settled(pilot)
        assert acting_characters(pilot) == set()
        assert "5.1.1 [/b]" in screen_text(pilot)


async def test_hostile_names_among_recent_campaigns(home: Path, open_app: OpenApp, tmp_path: Path) -> None:
    source = tmp_path / "[b]\x1b[31m"
    source.mkdir()
    Memory(home / "state").keep_recent("[/b] \x1b]0;x\x07 \u202e", [source], 3)
    async with open_app() as pilot:
        await settled(pilot)
        assert "[/b] ␛]0;x␇" in screen_text(pilot)
        assert acting_characters(pilot) == set()


async def test_a_cell_of_a_hundred_kilobytes_is_cut_and_said(files: list[Path], open_app: OpenApp) -> None:
    text = files[0].read_text("cp1252").replace("Graphiste", "x" * 100_000, 1)
    files[0].write_text(text, encoding="cp1252")
    async with open_app(*files) as pilot:
        await pilot.press("j")
        await until(pilot, lambda: campaign_screen(pilot).number == 2)
        await settled(pilot)
        await pilot.press("2", "end")
        await settled(pilot)
        assert "more characters" in pilot.app.screen.query_one("#paper").text  # type: ignore[attr-defined]


async def test_a_table_of_four_hundred_columns(files: list[Path], open_app: OpenApp) -> None:
    rows = files[0].read_text("cp1252").splitlines()
    wide = [rows[0] + "".join(f";c{i}" for i in range(400))] + [row + ";v" * 400 for row in rows[1:]]
    files[0].write_text("\n".join(wide), encoding="cp1252")
    async with open_app(*files) as pilot:
        assert "Maëlys Roux" in screen_text(pilot)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_one_way_in_leaves_nothing_that_acts(text: str) -> None:
    for shown in (line(text).plain, lines(text).plain.replace("\n", ""), fit(text, 12)):
        assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066" for c in shown)


def test_wide_and_combining_characters_are_cut_to_the_cell() -> None:
    from rich.cells import cell_len

    for text in ("日本語のとても長い名前です", "e\u0301" * 20, "👩‍👩‍👧 famille", "Zoé"):
        assert cell_len(fit(text, 9)) == 9
