"""One key puts a field into Fields: and a file into the letter; who has a file is said before it is written."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from each_row import pairs
from textual.pilot import Pilot
from tui_cases import LETTER, OpenApp, OpenEditor, campaign_screen, screen_text, until, words_on

from mailmerge.i18n import _, ngettext
from mailmerge.tui.dialogs.ask import Confirm
from mailmerge.tui.dialogs.choose import Choose
from mailmerge.tui.dialogs.file_picker import FilePicker
from mailmerge.tui.screens.editor.letter_area import LetterArea
from mailmerge.tui.screens.editor.screen import EditorScreen
from mailmerge.tui.screens.letters.letter_list import LetterList
from mailmerge.tui.screens.letters.screen import LettersScreen

SIZES = [(120, 40), (80, 24), (60, 16)]
LANGUAGES = ["en", "fr"]
NAMES = ("Roux", "Petit", "Durand", "Oliveira", "Lecœur")


@pytest.fixture
def open_editor(open_app: OpenApp, files: list[Path]) -> OpenEditor:
    @asynccontextmanager
    async def opened(size: tuple[int, int] = (120, 40), fields: str = "") -> AsyncIterator[Pilot[int]]:
        if fields:
            files[1].write_text(f"Fields: {fields}\n{LETTER}", encoding="utf-8")
        async with open_app(*files, size=size) as pilot:
            campaign = campaign_screen(pilot).session.campaign
            assert campaign is not None
            screen = EditorScreen.on_letter(campaign, campaign.recipients[0])
            await pilot.app.push_screen(screen)
            await until(pilot, lambda: screen._made is not None)
            yield pilot

    return opened


def area(pilot: Pilot[int]) -> LetterArea:
    return pilot.app.screen_stack[-1].query_one(LetterArea)


def shows(pilot: Pilot[int], sentence: str) -> bool:
    """Whether a sentence is on screen, wherever its lines end."""
    return " ".join(sentence.split()) in words_on(pilot)


def personal_files(files: list[Path], *without: int) -> Path:
    folder = files[0].parent / "pieces"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        if number not in without:
            (folder / f"{name}.pdf").write_bytes(b"%PDF-1.4")
    return folder / "Roux.pdf"


async def pick(pilot: Pilot[int], path: Path) -> None:
    """Choose a file as Enter in the tree does."""
    await pilot.press("f9")
    await until(pilot, lambda: isinstance(pilot.app.screen, FilePicker))
    pilot.app.screen.dismiss(path)
    await until(pilot, lambda: isinstance(pilot.app.screen, Choose | Confirm))


async def choose(pilot: Pilot[int], row: int) -> None:
    await pilot.press(*["down"] * row, "enter")
    await until(pilot, lambda: not isinstance(pilot.app.screen, Choose))


@pytest.mark.parametrize(("language", "size"), pairs(LANGUAGES, SIZES), indirect=["language"])
async def test_the_key_that_enters_a_field_is_there_while_the_header_lacks_it(
    open_editor: OpenEditor, size: tuple[int, int], language: str
) -> None:
    async with open_editor(size, "civilite, nom") as pilot:
        screen: Any = pilot.app.screen
        await until(pilot, lambda: screen.problems)
        said = _("the Fields: header does not name {name}, which this letter uses").format(name="poste")
        await until(pilot, lambda: shows(pilot, said[:40]))
        await until(pilot, lambda: "F5" in screen_text(pilot))
        await pilot.press("f5")
        assert "Fields: civilite, nom, poste\n" in area(pilot).text
        await until(pilot, lambda: not screen.problems)
        await until(pilot, lambda: "f5" not in screen_text(pilot))
        await pilot.press("ctrl+z")
        assert "Fields: civilite, nom\n" in area(pilot).text


async def test_a_field_chosen_by_completion_is_entered_by_one_key(open_editor: OpenEditor) -> None:
    async with open_editor(fields="civilite, nom, poste") as pilot:
        screen: Any = pilot.app.screen
        assert not screen.problems
        await pilot.press(*"{{ vil", "enter")
        await until(pilot, lambda: screen.additions.undeclared() == "ville")
        await pilot.press("f5")
        assert area(pilot).text.startswith("Fields: civilite, nom, poste, ville\n")
        await until(pilot, lambda: not screen.problems)


async def test_the_problem_on_the_line_of_the_caret_comes_first(open_editor: OpenEditor) -> None:
    async with open_editor(fields="nom") as pilot:
        await until(pilot, lambda: "does not name civilite" in words_on(pilot))
        area(pilot).move_cursor((1, 0))
        await until(pilot, lambda: "does not name poste" in words_on(pilot))
        await pilot.press("f5")
        assert area(pilot).text.startswith("Fields: nom, poste\n")


@pytest.mark.parametrize(("language", "size"), pairs(LANGUAGES, SIZES), indirect=["language"])
async def test_a_file_for_everybody_is_written_into_the_header(
    open_editor: OpenEditor, files: list[Path], size: tuple[int, int], language: str
) -> None:
    (files[0].parent / "livret.pdf").write_bytes(b"%PDF-1.4")
    async with open_editor(size) as pilot:
        await pick(pilot, files[0].parent / "livret.pdf")
        await until(pilot, lambda: shows(pilot, _("Attach {file} for everybody?").format(file="livret.pdf")))
        assert shows(pilot, _("Attach it"))
        await pilot.press("y")
        await until(pilot, lambda: "Attachment: livret.pdf" in area(pilot).text)
        assert area(pilot).text == LETTER.replace("\n\n", "\nAttachment: livret.pdf\n\n", 1)
        assert "Attachment" not in files[1].read_text(encoding="utf-8")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Attachment: livret.pdf\n\n" in files[1].read_text(encoding="utf-8"))


@pytest.mark.parametrize(("size", "without"), [(SIZES[0], ()), *((size, (1, 3)) for size in SIZES)])
async def test_a_file_of_each_persons_own_is_a_pattern_and_who_has_none_is_named(
    open_editor: OpenEditor, files: list[Path], size: tuple[int, int], language: str, without: tuple[int, ...]
) -> None:
    file = personal_files(files, *without)
    async with open_editor(size, "civilite, poste") as pilot:
        await pick(pilot, file)
        note = ngettext("{count} of {people} has one", "{count} of {people} have one", 5 - len(without))
        await until(pilot, lambda: shows(pilot, note.format(count=5 - len(without), people=5)))
        await choose(pilot, 1)
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        if without:
            await until(pilot, lambda: shows(pilot, _("{name} (line {line})").format(name="Hugo Petit", line=3)))
            assert "José Oliveira" in words_on(pilot)
        else:
            await until(pilot, lambda: shows(pilot, _("Everybody has a file of their own")))
        await pilot.press("y")
        await until(pilot, lambda: "Attachment: pieces/{{ nom }}.pdf\n" in area(pilot).text)
        assert area(pilot).text.startswith("Fields: civilite, poste, nom\n")


async def test_thinking_better_of_it_changes_nothing(open_editor: OpenEditor, files: list[Path]) -> None:
    file = personal_files(files)
    async with open_editor() as pilot:
        await pick(pilot, file)
        await choose(pilot, 1)
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditorScreen))
        await pick(pilot, file)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditorScreen))
        assert area(pilot).text == LETTER


async def test_files_from_elsewhere_are_copied_beside_the_letter(
    open_editor: OpenEditor, files: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("contrats")
    for name in NAMES[:3]:
        (elsewhere / f"{name}.pdf").write_bytes(b"%PDF-1.4")
    async with open_editor() as pilot:
        await pick(pilot, elsewhere / "Roux.pdf")
        await choose(pilot, 1)
        await until(pilot, lambda: "3 files are copied beside the letter first." in words_on(pilot))
        await pilot.press("y")
        await until(pilot, lambda: f"Attachment: {elsewhere.name}/{{{{ nom }}}}.pdf" in area(pilot).text)
        copied = sorted(path.name for path in (files[0].parent / elsewhere.name).iterdir())
        assert copied == sorted(f"{name}.pdf" for name in NAMES[:3])


async def test_a_picture_is_shown_where_the_caret_is(open_editor: OpenEditor, files: list[Path]) -> None:
    (files[0].parent / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    async with open_editor() as pilot:
        area(pilot).move_cursor(area(pilot).document.end)
        await pick(pilot, files[0].parent / "logo.png")
        await choose(pilot, 1)
        await until(pilot, lambda: "Attachment: logo.png\n" in area(pilot).text)
        assert area(pilot).text.endswith("Hélène Castéra\n![logo](logo.png)")


async def test_a_file_that_cannot_be_attached_is_one_line(open_editor: OpenEditor, files: list[Path]) -> None:
    (files[0].parent / "vide.pdf").write_bytes(b"")
    async with open_editor() as pilot:
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilePicker))
        pilot.app.screen.dismiss(files[0].parent / "vide.pdf")
        await until(pilot, lambda: "vide.pdf is empty" in words_on(pilot))
        assert area(pilot).text == LETTER


@pytest.mark.parametrize(("language", "size"), pairs(LANGUAGES, SIZES), indirect=["language"])
async def test_on_the_letter_page_a_letter_of_ones_own_takes_a_file(
    open_app: OpenApp, files: list[Path], size: tuple[int, int], language: str
) -> None:
    file = personal_files(files, 4)
    async with open_app(*files, size=size) as pilot:
        campaign = campaign_screen(pilot).session.campaign
        assert campaign is not None

        async def use_it(offer: object) -> None:
            return None

        page = LettersScreen(campaign.table, use_it)
        await pilot.app.push_screen(page)
        await until(pilot, lambda: page.query_one(LetterList).offers)
        await pick(pilot, file)
        await choose(pilot, 1)
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await until(pilot, lambda: "Zoé Lecœur" in words_on(pilot))
        await pilot.press("y")
        await until(pilot, lambda: "Attachment: pieces/{{ nom }}.pdf\n\n" in files[1].read_text(encoding="utf-8"))
        said = _("{letter} attaches {path} now.").format(letter="refus.fr.md", path="pieces/{{ nom }}.pdf")
        await until(pilot, lambda: shows(pilot, said))
        await until(pilot, lambda: page._show is None)
        await pilot.press("end", "up", "up", "f9")
        copies = _("{enter} copies this starter letter beside your table; then {edit} opens it, and {key} attaches.")
        await until(pilot, lambda: shows(pilot, copies.partition(";")[0].removeprefix("{enter} ")))
        assert isinstance(pilot.app.screen, LettersScreen)
