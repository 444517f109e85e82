"""From a table to a campaign: how it is read, which letter, what is written down."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pictures import picture
from textual.pilot import Pilot
from textual.widgets import Input
from tui_cases import LETTER, TABLE, campaign_screen, screen_text, until, words_on

from mailmerge.campaign.setup import scaffold as starting_module
from mailmerge.campaign.setup.table_setup import TableSettings
from mailmerge.tui.app import MailmergeApp
from mailmerge.tui.dialogs.ask import Ask, Confirm
from mailmerge.tui.dialogs.ask_fields import AskFields
from mailmerge.tui.dialogs.choose import Choose
from mailmerge.tui.screens.campaign.screen import CampaignScreen
from mailmerge.tui.screens.letters.letter_list import LetterList
from mailmerge.tui.screens.letters.screen import LettersScreen
from mailmerge.tui.screens.start import StartScreen
from mailmerge.tui.screens.table.first_rows import FirstRows
from mailmerge.tui.screens.table.screen import TableScreen
from mailmerge.tui.widgets.settings_list import SettingsList
from tests.conftest import SAMPLE
from tests.core.workbook_files import Sheet, xlsx

SIZES = [(120, 40), (80, 24)]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table as Excel France writes it, alone in a folder."""
    folder = tmp_path / "novembre"
    folder.mkdir()
    path = folder / "candidats.csv"
    path.write_bytes(TABLE.replace("\n", "\r\n").encode("cp1252"))
    return path


@asynccontextmanager
async def starting(path: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Pilot[int]]:
    """The program on the start screen, with a table typed and Enter pressed."""
    app = MailmergeApp()
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, StartScreen))
        recipients = app.screen.query_one("#recipients", Input)
        recipients.value = str(path)
        recipients.focus()
        await pilot.press("enter")
        await until(pilot, lambda: is_read(pilot))
        yield pilot


@asynccontextmanager
async def mapping(path: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[Pilot[int], list[Any]]]:
    """The mapping screen alone, and what it gave back."""
    app = MailmergeApp()
    given: list[Any] = []
    async with app.run_test(size=size) as pilot:
        app.push_screen(TableScreen(path), given.append)
        await until(pilot, lambda: is_read(pilot))
        yield pilot, given


def is_read(pilot: Pilot[int]) -> bool:
    screen = pilot.app.screen
    if not isinstance(screen, TableScreen) or screen.seen.settings != screen.settings:
        return False
    return bool(screen.whole or screen.seen.problem) and all(
        worker.is_finished for worker in screen.workers if worker.group == "look"
    )


async def goes_to(pilot: Pilot[int], screen: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, screen) and pilot.app.screen.is_mounted)
    await pilot.pause()


async def shows(pilot: Pilot[int], *texts: str) -> None:
    await until(pilot, lambda: is_read(pilot) and all(text in words_on(pilot) for text in texts))


async def decide(pilot: Pilot[int], setting: str, keys: str) -> None:
    pilot.app.screen.query_one(SettingsList).show_key(setting)
    await pilot.press(*keys.split())


async def to_letters(pilot: Pilot[int]) -> None:
    await pilot.press("enter")
    await goes_to(pilot, LettersScreen)
    await until(pilot, lambda: pilot.app.screen.query_one(LetterList).offers)
    await pilot.pause()


async def choose_letter(pilot: Pilot[int], name: str) -> None:
    listed = pilot.app.screen.query_one(LetterList)
    listed.show_row([offer.letter.path.name for offer in listed.offers].index(name))
    await pilot.press("enter")


async def shows_letter_of(pilot: Pilot[int], who: str) -> None:
    await until(pilot, lambda: f"As {who} would get it" in screen_text(pilot))
    assert "{{" not in screen_text(pilot)


async def is_open(pilot: Pilot[int]) -> CampaignScreen:
    await goes_to(pilot, CampaignScreen)
    await until(pilot, lambda: (review := campaign_screen(pilot).session.review) and review.report)
    return campaign_screen(pilot)


# --- how the table is read -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [*SIZES, (60, 16)])
async def test_how_the_table_was_read_stands_above_its_first_rows(table: Path, size: tuple[int, int]):
    async with mapping(table, size) as (pilot, _):
        text = screen_text(pilot)
        for fact in ("Windows-1252", "semicolon  ;", "Adresse e-mail", "Prénom Nom", "Maëlys Roux", "5 people"):
            assert fact in text
        assert "maelys.roux@" in text


async def test_enter_agrees_to_what_was_found_and_escape_to_nothing(table: Path):
    async with mapping(table) as (pilot, given):
        await pilot.press("enter")
        await until(pilot, lambda: given)
        assert given == [TableSettings()]
    async with mapping(table) as (pilot, given):
        await pilot.press("escape")
        await until(pilot, lambda: given)
        assert given == [None]


async def test_another_encoding_shows_at_once_in_the_rows(table: Path):
    async with mapping(table) as (pilot, given):
        await decide(pilot, "encoding", "right")
        await shows(pilot, "Mac Roman", "set here", "MaÎlys")
        await pilot.press("left")
        await shows(pilot, "Maëlys")
        await pilot.press("right", "enter")
        await until(pilot, lambda: given)
        assert given == [TableSettings(encoding="mac-roman")]


async def test_a_reading_that_fails_is_one_calm_line_and_can_be_taken_back(table: Path):
    async with mapping(table) as (pilot, given):
        await decide(pilot, "encoding", "left")
        await shows(pilot, "is not valid utf-8", "cannot be read with these settings")
        await pilot.press("enter")
        await pilot.pause()
        assert given == []
        await pilot.press("right")
        await shows(pilot, "Maëlys")
        assert "not written" not in screen_text(pilot)


async def test_a_setting_can_be_chosen_from_a_list_with_the_mouse(table: Path):
    async with mapping(table) as (pilot, _):
        await pilot.click("#settings", offset=(30, 1))
        await goes_to(pilot, Choose)
        assert "vertical bar" in screen_text(pilot)
        await pilot.click("#choices", offset=(4, 1))
        await goes_to(pilot, TableScreen)
        await shows(pilot, "comma ,", "set here")


async def test_the_header_line_is_chosen_among_the_lines_of_the_file(table: Path):
    content = "Export du 3 mars;;\r\nliste;complète;\r\nNom;Prénom;Courriel\r\nRoux;Maëlys;m.roux@orange.example\r\n"
    table.write_text(content, encoding="utf-8")
    async with mapping(table) as (pilot, given):
        await shows(pilot, "Courriel", "last name")
        await decide(pilot, "header_line", "space")
        await goes_to(pilot, Choose)
        text = screen_text(pilot)
        assert "Export du 3 mars" in text
        assert "as found: Nom · Prénom · Courriel" in text
        await pilot.press("up", "enter")
        await goes_to(pilot, TableScreen)
        await shows(pilot, "complète", "no column holds names")
        await pilot.press("enter")
        await until(pilot, lambda: given)
        assert given[0].header_line == 2


MANAGERS = (
    "Nom;Prénom;Identifiant;E-mail du tuteur\nRoux;Ana;a@x.example;t@y.example\nGil;Luc;b@x.example;u@y.example\n"
)


@pytest.mark.parametrize("size", SIZES)
async def test_a_tutors_column_is_asked_about_and_the_reasons_stand_beside(table: Path, size: tuple[int, int]):
    table.write_text(MANAGERS, encoding="utf-8")
    async with mapping(table, size) as (pilot, given):
        await shows(pilot, "which column?", '"Identifiant" and "E-mail du tuteur"', "by its header")
        await decide(pilot, "email", "space")
        await goes_to(pilot, Choose)
        await until(pilot, lambda: "t@y.example" in screen_text(pilot))
        await pilot.press("down", "enter")
        await goes_to(pilot, TableScreen)
        await shows(pilot, "Identifiant", "set here")
        await pilot.press("enter")
        await until(pilot, lambda: given)
        assert given == [TableSettings(email="identifiant")]


async def test_a_second_column_of_names_is_asked_about_once(table: Path):
    table.write_text(
        "Contact;Candidat;Mail\nBob Lee;Ana Roux;a@x.example\nBob Lee;Luc Gil;b@x.example\n", encoding="utf-8"
    )
    async with mapping(table) as (pilot, given):
        await shows(pilot, 'the name could also be in "Contact"')
        await pilot.press("enter")
        await shows(pilot, 'The name could also be in "Contact". Choose it, or press Enter again.')
        assert pilot.app.screen.query_one(SettingsList).key == "name"
        await pilot.press("enter")
        await until(pilot, lambda: given)
        assert given == [TableSettings()]


async def test_what_stands_further_down_may_ask_after_all(table: Path):
    rows = [f"Roux;Ana;u{n}@x.example;{'' if n < 60 else f't{n}@y.example'}" for n in range(70)]
    table.write_text("\n".join(["Nom;Prénom;Identifiant;E-mail du tuteur", *rows]), encoding="utf-8")
    async with mapping(table) as (pilot, given):
        await shows(pilot, "70 people", "which column?", "Say which column holds the e-mail addresses.")
        await pilot.press("enter")
        await pilot.pause()
        assert given == []


@pytest.mark.parametrize("written", [False, True])
async def test_a_campaign_whose_email_column_is_not_clear_opens_at_the_question(table: Path, written: bool):
    table.write_text(MANAGERS, encoding="utf-8")
    letter, path = table.parent / "lettre.md", table.parent / "campaign.toml"
    letter.write_text("Subject: Bonjour\n\nBonjour {{ prenom }},\n", encoding="utf-8")
    if written:
        path.write_text('# novembre\nrecipients = "candidats.csv"\ntemplate = "lettre.md"\n', encoding="utf-8")
    app = MailmergeApp((path,) if written else (table, letter))
    async with app.run_test(size=(120, 40)) as pilot:
        await goes_to(pilot, TableScreen)
        await shows(pilot, "Say which column holds the e-mail addresses.")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TableScreen)
        await decide(pilot, "email", "right")
        await shows(pilot, "set here", "Identifiant")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CampaignScreen) and app.screen.session.review)
        addresses = [recipient.address for recipient in app.screen.session.campaign.recipients]
        assert addresses == ["a@x.example", "b@x.example"]
    assert 'email = "identifiant"' in path.read_text(encoding="utf-8")
    assert ("# novembre" in path.read_text(encoding="utf-8")) is written


async def test_the_question_left_open_leads_to_the_start_screen_and_writes_nothing(table: Path):
    table.write_text(MANAGERS, encoding="utf-8")
    letter = table.parent / "lettre.md"
    letter.write_text("Subject: Bonjour\n\nBonjour,\n", encoding="utf-8")
    app = MailmergeApp((table, letter))
    async with app.run_test(size=(120, 40)) as pilot:
        await goes_to(pilot, TableScreen)
        await pilot.press("escape")
        await goes_to(pilot, StartScreen)
        assert "could be the e-mail column" in words_on(pilot)
    assert sorted(each.name for each in table.parent.iterdir()) == ["candidats.csv", "lettre.md"]


async def test_two_columns_of_addresses_ask_which(table: Path):
    table.write_text("Nom,Mail,Courriel\nRoux,a@x.example,b@x.example\n", encoding="utf-8")
    async with mapping(table) as (pilot, given):
        assert "which column?" in screen_text(pilot)
        await pilot.press("enter")
        await shows(pilot, "Say which column holds the e-mail addresses.")
        await pilot.press("space")
        await goes_to(pilot, Choose)
        await pilot.press("down", "down", "enter")
        await goes_to(pilot, TableScreen)
        await shows(pilot, "set here", "e-mail")
        await pilot.press("enter")
        await until(pilot, lambda: given)
        assert given == [TableSettings(email="courriel")]


async def test_the_name_can_be_written_and_is_shown_for_the_first_person(table: Path):
    async with mapping(table) as (pilot, given):
        await decide(pilot, "name", "space")
        await goes_to(pilot, Choose)
        await pilot.press("end", "enter")
        await goes_to(pilot, Ask)
        answer = pilot.app.screen.query_one("#answer", Input)
        answer.value = "{{ surnom }}"
        await pilot.press("enter")
        await pilot.pause()
        assert 'no column "surnom"' in screen_text(pilot)
        answer.value = "{{ civilite }} {{ nom }}"
        await pilot.press("enter")
        await goes_to(pilot, TableScreen)
        await shows(pilot, "Madame Roux")
        await pilot.press("enter")
        await until(pilot, lambda: given)
        assert given == [TableSettings(name="{{ civilite }} {{ nom }}")]


async def test_a_workbook_asks_for_its_sheet_instead_of_its_encoding(tmp_path: Path):
    path = tmp_path / "suivi.xlsx"
    refused = Sheet("Refus", [["Nom", "Mail"], ["Roux", "m.roux@orange.example"]])
    invited = Sheet("Entretiens", [["Nom", "Mail"], ["Petit", "h.petit@free.example"]])
    path.write_bytes(xlsx(refused, invited))
    async with mapping(path) as (pilot, given):
        text = screen_text(pilot)
        assert "Refus" in text
        assert "Encoding" not in text
        await shows(pilot, 'The sheet "Entretiens" is not used.')
        await pilot.press("right")
        await shows(pilot, "h.petit@free.example")
        await pilot.press("enter")
        await until(pilot, lambda: given)
        assert given == [TableSettings(sheet="Entretiens")]


async def test_a_sheet_that_is_like_another_is_asked_for_and_written_down(tmp_path: Path):
    path = tmp_path / "suivi.xlsx"
    refused = Sheet("Refus", [["Nom", "Mail"], ["Roux", "m.roux@orange.example"]])
    invited = Sheet("Entretiens", [["Nom", "Mail"], ["Petit", "h.petit@free.example"]])
    path.write_bytes(xlsx(refused, invited))
    async with mapping(path) as (pilot, given):
        await shows(pilot, "and both contain people.")
        await pilot.press("enter")
        await shows(pilot, "or press Enter again")
        assert not given
        await pilot.press("enter")
        await until(pilot, lambda: given)
        assert given == [TableSettings(sheet="Refus")]


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_cells_are_shown_and_never_act(table: Path, size: tuple[int, int]):
    rows = ["Nom;Pré[b]nom;Courriel", "Du[/b]pont;Lé\x1b[31ma;a@x.example", "Ro\u202eux;Zoé;b@x.example;c"]
    table.write_text("\n".join([*rows, f"{'x' * 100_000};;c@x.example"]), encoding="utf-8")
    async with mapping(table, size) as (pilot, _):
        text = screen_text(pilot)
        assert "Pré[b]nom" in text
        assert "Du[/b]pont" in text
        assert "Ro‹U+202E›ux" in text
        assert "\x1b" not in text
        await shows(pilot, "ine 3 has 4 cells")
        picture(pilot, f"mapping-hostile-{size[0]}x{size[1]}")


async def test_four_hundred_columns_are_a_key_apart(table: Path):
    header = ";".join([f"Colonne {i}" for i in range(399)] + ["Mail"])
    body = ";".join([f"v{i}" for i in range(399)] + ["a@x.example"])
    table.write_text(f"{header}\n{body}\n", encoding="utf-8")
    async with mapping(table, (80, 24)) as (pilot, _):
        assert "a@x.example" in screen_text(pilot)
        await pilot.press("2", "left", "left")
        assert "v396" in screen_text(pilot)
        pilot.app.screen.query_one(FirstRows).first = 0
        await pilot.press("right")
        assert "Colonne 1 " in screen_text(pilot)
        await pilot.press("1")
        await decide(pilot, "email", "space")
        await goes_to(pilot, Choose)
        await pilot.press(*"377", "enter")
        await goes_to(pilot, TableScreen)
        await shows(pilot, "Colonne 377", "v377")


async def test_a_file_that_disappears_is_one_line_and_can_be_read_again(table: Path):
    async with mapping(table) as (pilot, given):
        content = table.read_bytes()
        table.unlink()
        await pilot.press("r")
        await shows(pilot, "does not exist")
        await pilot.press("enter", "space", "escape")
        assert given == []
        table.write_bytes(content)
        await goes_to(pilot, TableScreen)
        await pilot.press("r")
        await shows(pilot, "Maëlys")


# --- the letter, and what is written down ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_starter_letter_becomes_a_campaign_in_four_keys(table: Path, size: tuple[int, int]):
    async with starting(table, size) as pilot:
        await to_letters(pilot)
        await shows_letter_of(pilot, "Maëlys Roux")
        text = screen_text(pilot)
        assert "✓ Rejection after application (fr)" in text
        assert "missing" in text
        await pilot.press("enter")
        await goes_to(pilot, Ask)
        await pilot.press("enter")
        screen = await is_open(pilot)
        assert screen.session.campaign
        assert len(screen.session.campaign.recipients) == 5
    written = tomllib.loads((table.parent / "campaign.toml").read_text(encoding="utf-8"))
    assert written == {"recipients": "candidats.csv", "template": "rejection-after-application.fr.md"}
    assert (table.parent / "rejection-after-application.fr.md").is_file()


async def test_what_was_decided_by_hand_is_written_into_the_campaign(table: Path):
    (table.parent / "refus.fr.md").write_text(LETTER, encoding="utf-8")
    async with starting(table) as pilot:
        await decide(pilot, "name", "right right")
        await until(pilot, lambda: is_read(pilot))
        await to_letters(pilot)
        assert "yours" in screen_text(pilot)
        await choose_letter(pilot, "refus.fr.md")
        await is_open(pilot)
    written = tomllib.loads((table.parent / "campaign.toml").read_text(encoding="utf-8"))
    assert written == {
        "recipients": "candidats.csv",
        "template": "refus.fr.md",
        "columns": {"name": "{{ civilite }}"},
    }


async def test_texts_for_missing_fields_are_asked_and_written_into_the_copy(table: Path):
    async with starting(table) as pilot:
        await to_letters(pilot)
        await choose_letter(pilot, "rejection-after-interview.fr.md")
        await goes_to(pilot, Ask)
        await pilot.press("enter")
        await goes_to(pilot, AskFields)
        assert "signataire" in screen_text(pilot)
        await pilot.press("t")
        await goes_to(pilot, Ask)
        await pilot.press(*"le 12 novembre", "enter")
        await until(pilot, lambda: "is not a date" in screen_text(pilot))
        pilot.app.screen.query_one(Input).value = "12/11/2026"
        await pilot.press("enter")
        await goes_to(pilot, AskFields)
        await pilot.press("down", "t", *"Claire", "enter")
        await goes_to(pilot, AskFields)
        await pilot.press("enter")
        await is_open(pilot)
    letter = (table.parent / "rejection-after-interview.fr.md").read_text(encoding="utf-8")
    assert '{{ "Claire" }} en parlera' in letter
    assert '{{ "12/11/2026"|date("long", "day first") }}' in letter
    assert letter.rstrip().endswith("{{ signataire }}")


@pytest.mark.parametrize("size", SIZES)
async def test_a_field_that_the_table_calls_otherwise_is_its_column(table: Path, size: tuple[int, int]):
    text = LETTER.replace("{{ poste }}", "{{ fonction }}").replace("{{ nom }}", "{{ nom }} {{ lieu|default('') }}")
    (table.parent / "refus.fr.md").write_text(text, encoding="utf-8")
    async with starting(table, size) as pilot:
        await to_letters(pilot)
        await choose_letter(pilot, "refus.fr.md")
        await goes_to(pilot, AskFields)
        shown = screen_text(pilot)
        assert "column Poste" in shown
        assert "Chargée de communication" in shown or "Chargée de com" in shown
        await pilot.press("down", "space")
        await goes_to(pilot, Choose)
        assert "Leave it out" in screen_text(pilot)
        await pilot.press("end", "up", "enter")
        await goes_to(pilot, AskFields)
        assert "left out" in screen_text(pilot)
        await pilot.press("enter")
        await is_open(pilot)
        await until(pilot, lambda: "au poste de Chargée de communication" in screen_text(pilot))
    written = tomllib.loads((table.parent / "campaign.toml").read_text(encoding="utf-8"))
    assert written["fields"] == {"fonction": "Poste"}
    assert "{{ \"\"|default('') }}" in (table.parent / "refus.fr.md").read_text(encoding="utf-8")


async def test_the_name_of_a_column_that_is_typed_as_a_text_is_that_column(table: Path):
    (table.parent / "refus.fr.md").write_text(LETTER.replace("{{ poste }}", "{{ xyz }}"), encoding="utf-8")
    async with starting(table) as pilot:
        await to_letters(pilot)
        await choose_letter(pilot, "refus.fr.md")
        await goes_to(pilot, AskFields)
        await pilot.press("t", *"poste", "enter")
        await goes_to(pilot, AskFields)
        await pilot.press("enter")
        await is_open(pilot)
    written = tomllib.loads((table.parent / "campaign.toml").read_text(encoding="utf-8"))
    assert written["fields"] == {"xyz": "Poste"}


async def test_neither_a_letter_nor_a_campaign_is_written_over(table: Path):
    folder = table.parent
    mine = folder / "rejection-after-application.fr.md"
    mine.write_text(LETTER, encoding="utf-8")
    (folder / "campaign.toml").write_text(
        'recipients = "candidats.csv"  # mine\ntemplate = "rejection-after-application.fr.md"\n', encoding="utf-8"
    )
    before = (folder / "campaign.toml").read_bytes()
    async with starting(table) as pilot:
        await to_letters(pilot)
        listed = pilot.app.screen.query_one(LetterList)
        listed.show_row(next(i for i, offer in enumerate(listed.offers) if offer.starter))
        await pilot.press("enter")
        await goes_to(pilot, Ask)
        answer = pilot.app.screen.query_one("#answer", Input)
        assert answer.value == "rejection-after-application/rejection-after-application.fr.md"
        for bad, why in ((mine.name, "already exists"), ("../x.md", "Give a name"), ("letter", "ends in .md")):
            answer.value = bad
            await pilot.press("enter")
            await until(pilot, lambda why=why: why in screen_text(pilot))
        answer.value = "other.md"
        await pilot.press("enter")
        await goes_to(pilot, Confirm)
        assert "There is a campaign already" in screen_text(pilot)
        await pilot.press("n")
        await goes_to(pilot, LettersScreen)
        assert not (folder / "other.md").exists()
        await choose_letter(pilot, mine.name)
        await goes_to(pilot, Confirm)
        await pilot.press("y")
        screen = await is_open(pilot)
        assert screen.session.campaign
        assert screen.session.campaign.path == folder / "campaign.toml"
    assert (folder / "campaign.toml").read_bytes() == before
    assert mine.read_text(encoding="utf-8") == LETTER


async def test_a_new_folder_keeps_two_campaigns_of_one_table_apart(table: Path):
    (table.parent / "campaign.toml").write_text('recipients = "x.csv"\ntemplate = "x.md"\n', encoding="utf-8")
    async with starting(table) as pilot:
        await to_letters(pilot)
        await choose_letter(pilot, "rejection-after-application.fr.md")
        await goes_to(pilot, Ask)
        await pilot.press("enter")
        await is_open(pilot)
    written = tomllib.loads((table.parent / "rejection-after-application" / "campaign.toml").read_text("utf-8"))
    assert written["recipients"] == "../candidats.csv"


async def test_escape_goes_back_one_step_and_keeps_what_was_decided(table: Path):
    async with starting(table) as pilot:
        await decide(pilot, "encoding", "right")
        await shows(pilot, "Mac Roman")
        await to_letters(pilot)
        await choose_letter(pilot, "rejection-after-application.fr.md")
        await goes_to(pilot, Ask)
        await pilot.press("escape")
        await goes_to(pilot, LettersScreen)
        await pilot.press("escape")
        await goes_to(pilot, TableScreen)
        await shows(pilot, "Mac Roman", "set here")
        await pilot.press("escape")
        await goes_to(pilot, StartScreen)
    assert list(table.parent.iterdir()) == [table]


async def test_a_table_that_disappears_before_the_letter_leads_back_with_a_line(table: Path):
    async with starting(table) as pilot:
        table.unlink()
        await pilot.press("enter")
        await until(pilot, lambda: is_read(pilot) and "does not exist" in screen_text(pilot))


async def test_a_folder_that_is_gone_or_closed_is_a_line_on_the_letter_screen(
    table: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    async with starting(table) as pilot:
        await to_letters(pilot)
        await choose_letter(pilot, "rejection-after-application.fr.md")
        await goes_to(pilot, Ask)
        monkeypatch.setattr(starting_module, "make_private", refuse)
        await pilot.press("enter")
        await until(pilot, lambda: "cannot write the letter" in screen_text(pilot))
        assert isinstance(pilot.app.screen, LettersScreen)
        monkeypatch.undo()
    assert not (table.parent / "campaign.toml").exists()


# --- pictures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_pictures_of_the_way_from_a_table_to_a_letter(size: tuple[int, int]):
    async with starting(SAMPLE / "candidats.csv", size) as pilot:
        await pilot.pause()
        picture(pilot, f"mapping-{size[0]}x{size[1]}")
        await to_letters(pilot)
        await pilot.press("j", "j", "j")
        await pilot.pause()
        picture(pilot, f"letters-{size[0]}x{size[1]}")


async def test_picture_of_a_list_of_ways_to_read(table: Path):
    async with mapping(table) as (pilot, _):
        await decide(pilot, "name", "space")
        await goes_to(pilot, Choose)
        picture(pilot, "mapping-choose-120x40")
