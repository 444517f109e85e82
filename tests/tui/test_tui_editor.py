"""The letter editor: what it offers, what it shows beside the letter, and what it leaves in the file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pictures import picture
from textual.pilot import Pilot
from tui_cases import LETTER, OpenApp, OpenEditor, campaign_screen, screen_text, settled, until

from mailmerge.accounts import Accounts, account_from_preset
from mailmerge.files.home import find_home
from mailmerge.letter.jinja.sandbox import environment
from mailmerge.letter.source.completion import FILTERS, FieldChoice, completion_at, matching
from mailmerge.letter.source.source_marks import source_marks
from mailmerge.tui.screens.editor.field_menu import FieldMenu
from mailmerge.tui.screens.editor.letter_area import LetterArea
from mailmerge.tui.screens.editor.screen import EditorScreen
from mailmerge.tui.widgets.paper import Paper

BODY_END = ("ctrl+end",)


@pytest.fixture
def open_editor(open_app: OpenApp, files: list[Path]) -> OpenEditor:
    """The editor on the first person's letter, its message drawn; answers are kept in ``answers``."""

    @asynccontextmanager
    async def opened(size: tuple[int, int] = (120, 40), first_line: int = 0) -> AsyncIterator[Pilot[int]]:
        async with open_app(*files, size=size) as pilot:
            campaign = campaign_screen(pilot).session.campaign
            assert campaign is not None
            screen = EditorScreen.on_letter(campaign, campaign.recipients[0], first_line=first_line)
            answers: list[object] = []
            screen.answers = answers  # type: ignore[attr-defined]
            await pilot.app.push_screen(screen, answers.append)
            await until(pilot, lambda: screen._made is not None)
            await pilot.pause()
            yield pilot

    return opened


def editor(pilot: Pilot[int]) -> EditorScreen:
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, EditorScreen))


def area(pilot: Pilot[int]) -> LetterArea:
    return editor(pilot).query_one(LetterArea)


def menu(pilot: Pilot[int]) -> FieldMenu:
    return editor(pilot).query_one(FieldMenu)


async def previews(pilot: Pilot[int], *texts: str) -> None:
    paper = editor(pilot).query_one("#preview", Paper)
    await until(pilot, lambda: all(text in paper.text for text in texts))


async def says(pilot: Pilot[int], *texts: str) -> None:
    await until(pilot, lambda: all(text in screen_text(pilot) for text in texts))


# --- the message beside it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 16)])
async def test_the_letter_and_one_persons_message_stand_together(open_editor: OpenEditor, size: tuple[int, int]):
    async with open_editor(size) as pilot:
        text = screen_text(pilot)
        assert "Bonjour {{ civilite }} {{ nom }}," in text
        assert "Votre candidature au poste de Chargée" in text
        assert "This makes a message for Maëlys Roux." in text
        letter, message = (editor(pilot).query_one(wanted).region for wanted in ("#letter-pane", "#preview-pane"))
        assert (message.y == letter.y) == (size[0] >= 100)


async def test_the_message_is_drawn_as_one_types_and_the_file_stays(open_editor: OpenEditor, files: list[Path]):
    async with open_editor() as pilot:
        await pilot.press(*"Chère ")
        await previews(pilot, "Chère Bonjour Madame Roux,")
        await says(pilot, "not saved")
        assert files[1].read_text(encoding="utf-8") == LETTER
        assert sorted(path.name for path in files[1].parent.iterdir()) == ["candidats.csv", "refus.fr.md"]


async def test_another_persons_message_can_be_looked_at_meanwhile(open_editor: OpenEditor):
    async with open_editor() as pilot:
        await pilot.press("f3")
        await previews(pilot, "Bonjour Monsieur Petit,")
        await says(pilot, "Hugo Petit")
        await pilot.press("f2", "f2")
        await previews(pilot, "Bonjour Madame Roux,")
        await says(pilot, "No one else gets this letter.")


async def test_the_html_part_can_be_looked_at_meanwhile(open_editor: OpenEditor):
    async with open_editor() as pilot:
        await pilot.press("f4", "x")
        paper = editor(pilot).query_one("#preview", Paper)
        await until(pilot, lambda: "xBonjour Madame Roux" in paper.text and "Subject" not in paper.text)


async def test_a_window_that_changes_its_width_wraps_the_message_anew(open_editor: OpenEditor):
    async with open_editor((120, 40)) as pilot:
        await pilot.resize_terminal(80, 24)
        await says(pilot, "Subject  Votre candidature au poste de Chargée de communication")


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_editor_while_a_field_is_named(open_editor: OpenEditor, files: list[Path], size: tuple[int, int]):
    files[1].write_text(LETTER.replace("belle", '{# sic #}{% if ville == "Albi" %}*très* {% endif %}belle'), "utf-8")
    async with open_editor(size) as pilot:
        area(pilot).cursor_blink = False
        await pilot.press("end")
        area(pilot).insert(" {{ ")  # at once: the preview of a letter with one brace may or may not come in time
        await pilot.press("p")
        await until(pilot, lambda: editor(pilot).problems and menu(pilot).region.height == 2)
        await settled(pilot)
        picture(pilot, f"editor-{size[0]}x{size[1]}")


# --- problems ----------------------------------------------------------------------------------------------------


async def test_a_letter_that_cannot_be_read_is_one_line_and_the_message_stays(open_editor: OpenEditor):
    async with open_editor() as pilot:
        await pilot.press(*"{% endif %}")
        await says(pilot, "! line 3: {% endif %} has no {% if ... %} before it", "as it was before the problem")
        await previews(pilot, "Bonjour Madame Roux,")
        assert str(editor(pilot).draft.path) not in screen_text(pilot)
        await pilot.press(*BODY_END, "f8")
        assert area(pilot).cursor_location == (2, 0)


async def test_a_field_that_the_table_does_not_have_is_marked_and_a_near_one_named(open_editor: OpenEditor):
    async with open_editor() as pilot:
        await pilot.press(*"{{ prenon }}")
        await says(pilot, "! line 3: the table has no field prenon; did you mean")
        assert any(mark.kind == "unknown" for mark in area(pilot)._marks[2])


@pytest.mark.parametrize("typed", ["", " ", "Merci.", "[Nom]"])
async def test_a_text_that_the_check_has_not_seen_is_not_said_to_be_without_problem(
    open_editor: OpenEditor, typed: str
):
    async with open_editor() as pilot:
        await says(pilot, "This makes a message for Maëlys Roux.")
        if typed:
            await pilot.press(*BODY_END, *typed)
            await says(pilot, "Saving checks it.")
            await pilot.press(*["backspace"] * len(typed))
        await until(pilot, lambda: "Saving checks it" not in screen_text(pilot))


async def test_a_value_that_is_blank_for_this_person_is_said(open_editor: OpenEditor, files: list[Path]):
    files[0].write_bytes(files[0].read_bytes().replace(b"Toulouse", b"", 1))
    async with open_editor() as pilot:
        await pilot.press(*BODY_END, *"{{ ville }}")
        await says(pilot, "{{ ville }} is blank for Maëlys Roux")
        await pilot.press("f3")
        await says(pilot, "This makes a message for Hugo Petit.")


async def test_what_the_sandbox_refuses_is_one_line(open_editor: OpenEditor):
    async with open_editor() as pilot:
        await pilot.press(*BODY_END, *"{{ nom.__class__ }}")
        await until(pilot, lambda: editor(pilot).problems and editor(pilot).problems[0].line == 10)
        assert "Traceback" not in screen_text(pilot)


async def test_hostile_characters_show_and_keep_their_place(open_editor: OpenEditor, files: list[Path]):
    files[1].write_text(LETTER.replace("Bonjour", "Bon\x1b[31m\u202ejour"), encoding="utf-8")
    async with open_editor() as pilot:
        text = screen_text(pilot)
        assert "Bon␛[31m\N{REPLACEMENT CHARACTER}jour {{ civilite }}" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        await pilot.press("ctrl+s")
        assert "Bon\x1b[31m\u202ejour" in files[1].read_text(encoding="utf-8")


# --- fields ------------------------------------------------------------------------------------------------------


async def test_fields_are_offered_with_the_persons_values_and_filtered_as_one_types(open_editor: OpenEditor):
    async with open_editor() as pilot:
        await pilot.press(*"{{ ")
        await says(pilot, "▸ civilite", "adresse_e_mail", "maelys.roux@orange.example", "Enter inserts it")
        await pilot.press("p")
        await until(pilot, lambda: [field.name for field in menu(pilot).fields] == ["prenom", "poste"])
        await pilot.press("down", "enter")
        assert area(pilot).document.get_line(2) == "{{ poste }}Bonjour {{ civilite }} {{ nom }},"
        assert not menu(pilot).is_open
        await previews(pilot, "Chargée de communicationBonjour Madame Roux,")


async def test_the_accounts_signature_is_offered_where_there_is_one(open_editor: OpenEditor):
    signature = "Claire Martin\nRH"
    account = account_from_preset(
        "rh", "rh@atelier.example", host="localhost", tls="none", auth="none", signature=signature
    )
    Accounts(find_home().config).add(account)
    async with open_editor() as pilot:
        await pilot.press(*"{{ sig")
        await says(pilot, "▸ signature", "Claire Martin RH")


async def test_ctrl_space_offers_fields_among_the_authors_words(open_editor: OpenEditor):
    async with open_editor() as pilot:
        await pilot.press("ctrl+@")
        await until(pilot, lambda: menu(pilot).is_open)
        await pilot.press("tab")
        assert area(pilot).document.get_line(2).startswith("{{ civilite }}Bonjour")


async def test_escape_closes_the_menu_and_not_the_editor(open_editor: OpenEditor):
    async with open_editor() as pilot:
        await pilot.press(*"{{ ")
        await until(pilot, lambda: menu(pilot).is_open)
        await pilot.press("escape")
        assert not menu(pilot).is_open
        assert pilot.app.screen is editor(pilot)
        await says(pilot, "! line 3")


async def test_a_field_can_be_chosen_with_the_mouse(open_editor: OpenEditor):
    async with open_editor() as pilot:
        await pilot.press(*"{{ ")
        await until(pilot, lambda: menu(pilot).region.height == 6)
        await pilot.click(FieldMenu, offset=(6, 2))
        assert area(pilot).document.get_line(2).startswith("{{ nom }}Bonjour")


async def test_the_menu_stays_within_the_window(open_editor: OpenEditor):
    async with open_editor((80, 24)) as pilot:
        await pilot.press(*BODY_END, *"x" * 70, *"{{ ")
        await until(pilot, lambda: menu(pilot).is_open)
        await pilot.pause()
        assert pilot.app.screen.region.contains_region(menu(pilot).region)


@pytest.mark.parametrize(
    ("line", "asked", "typed", "text"),
    [
        ("{{|", False, "", " nom }}"),
        ("{{ |", False, "", "nom }}"),
        ("{{ n|", False, "n", "nom }}"),
        ("{{ n| }}", False, "n", "nom"),
        ("{{ n||proper }}", False, "n", "nom"),
        ("{{ n|Bonjour", False, "n", "nom }}"),
        ("{{ civilite ~ no|", False, "no", "nom"),
        ("{% if no|", False, "no", "nom"),
        ("Bonjour |", True, "", "{{ nom }}"),
        ("Fields: civilite, |", True, "", "nom"),
        ("{{ prénom }} {{ |", False, "", "nom }}"),
    ],
)
def test_where_a_field_fits(line: str, asked: bool, typed: str, text: str):
    column = line.index("|") if "||" not in line else line.index("||")
    completion = completion_at(line[:column] + line[column + 1 :], column, asked=asked)
    assert completion is not None
    assert (completion.typed, completion.text("nom")) == (typed, text)


@pytest.mark.parametrize(
    "line", ["Bonjour nom", "{{ nom }} nom", "{% i", "{{ nom == 'no", "{{ nom.no", "{% if x == 1 "]
)
def test_where_nobody_asked_no_field_is_offered(line: str):
    assert completion_at(line, len(line), asked=False) is None


def test_fields_match_from_their_beginning_first_and_without_accents():
    fields = [FieldChoice(name, name, "") for name in ("nom", "prenom", "ville")]
    assert [field.name for field in matching(fields, "PRÉ")] == ["prenom"]
    assert [field.name for field in matching(fields, "nom")] == ["nom", "prenom"]


async def test_filters_are_offered_after_a_bar(open_editor: OpenEditor):
    async with open_editor() as pilot:
        await pilot.press(*"{{ nom|")
        await says(pilot, "▸ proper", "SMITH-JONES as Smith-Jones")
        await pilot.press("enter", *" }} ")
        await previews(pilot, "Roux Bonjour")


def test_every_filter_that_is_offered_exists():
    for each in FILTERS:
        environment().from_string("{{ nom|" + each.name + " }}")


# --- how the source reads ----------------------------------------------------------------------------------------


def kinds(text: str, markup: str = "markdown", unknown: frozenset[str] = frozenset()) -> list[tuple[int, str, str]]:
    lines = text.split("\n")
    return [
        (number, mark.kind, lines[number][mark.start : mark.end])
        for number, marks in sorted(source_marks(text, markup, unknown).items())
        for mark in marks
    ]


def test_code_headers_and_emphasis_are_told_apart():
    text = (
        "Subject: *a* {{ poste }}\n\n# Titre\nUn **mot** et *un* autre, {{ a * b * c }} {% if nom %}oui{% endif %}\n"
        "{# deux\nlignes #}\n- [lien](https://a.example) snake_case_mot\n{{ pas fini"
    )
    assert kinds(text) == [
        (0, "header", "Subject:"),
        (0, "expression", "{{ poste }}"),
        (2, "strong", "# Titre"),
        (3, "strong", "**mot**"),
        (3, "emphasis", "*un*"),
        (3, "expression", "{{ a * b * c }}"),
        (3, "statement", "{% if nom %}"),
        (3, "statement", "{% endif %}"),
        (4, "comment", "{# deux"),
        (5, "comment", "lignes #}"),
        (6, "quiet", "-"),
        (6, "quiet", "(https://a.example)"),
        (7, "expression", "{{ pas fini"),
    ]
    assert (1, "quiet", "<p>") in kinds("A: b\n<p>x</p>".replace("\n", "\n\n"), "html") or kinds("A: b\n\n<p>x", "html")
    assert kinds("A: b\n\n*x*", "text") == [(0, "header", "A:")]


def test_a_field_that_is_unknown_is_marked_where_it_stands_and_not_in_quotes():
    found = kinds("A: b\n\n{{ Prénon|default('prenon') }}", unknown=frozenset({"prenon"}))
    assert [text for _, kind, text in found if kind == "unknown"] == ["Prénon"]


# --- saving and leaving ------------------------------------------------------------------------------------------


async def test_saving_keeps_encoding_and_line_ends_and_the_answer_is_yes(open_editor: OpenEditor, files: list[Path]):
    files[1].write_bytes(LETTER.replace("\n", "\r\n").encode("cp1252"))
    async with open_editor() as pilot:
        await pilot.press("x", "ctrl+s")
        await says(pilot, "Saved.")
        expected = LETTER.replace("Bonjour", "xBonjour").replace("\n", "\r\n").encode("cp1252")
        assert files[1].read_bytes() == expected
        answers = editor(pilot).answers  # type: ignore[attr-defined]
        await pilot.press("escape")
        assert answers == [True]


async def test_saving_what_did_not_change_writes_nothing(open_editor: OpenEditor, files: list[Path]):
    before = files[1].stat().st_mtime_ns
    async with open_editor() as pilot:
        await pilot.press("ctrl+s")
        await says(pilot, "Nothing has changed")
        assert not editor(pilot).saving.saved
    assert files[1].stat().st_mtime_ns == before


async def test_looking_only_answers_no_and_asks_nothing(open_editor: OpenEditor):
    async with open_editor() as pilot:
        answers = editor(pilot).answers  # type: ignore[attr-defined]
        await pilot.press("x", "ctrl+z")
        assert not editor(pilot).saving.unsaved
        await pilot.press("escape")
        assert answers == [False]


async def test_changes_are_taken_back_and_made_again(open_editor: OpenEditor):
    async with open_editor() as pilot:
        await pilot.press(*"{{ v", "enter")
        assert area(pilot).document.get_line(2).startswith("{{ ville }}")
        await pilot.press("ctrl+z")
        assert area(pilot).document.get_line(2).startswith("{{ vBonjour")
        await pilot.press("ctrl+z")
        assert not editor(pilot).saving.unsaved
        await pilot.press("ctrl+y", "ctrl+y")
        assert area(pilot).document.get_line(2).startswith("{{ ville }}")
        await previews(pilot, "ToulouseBonjour")


@pytest.mark.parametrize(("key", "saved"), [("s", True), ("d", False)])
async def test_leaving_with_changes_asks(open_editor: OpenEditor, files: list[Path], key: str, saved: bool):
    async with open_editor() as pilot:
        answers = editor(pilot).answers  # type: ignore[attr-defined]
        await pilot.press("x", "escape")
        await says(pilot, "Leave the editor?", "is not saved")
        await pilot.press("escape")
        await says(pilot, "xBonjour")
        assert answers == []
        await pilot.press("escape", key)
        await until(pilot, lambda: answers == [saved])
        assert ("xBonjour" in files[1].read_text(encoding="utf-8")) is saved


async def test_quitting_with_changes_asks_and_then_quits(open_editor: OpenEditor, files: list[Path]):
    async with open_editor() as pilot:
        await pilot.press("x", "ctrl+q")
        await says(pilot, "Leave the editor?")
        await pilot.press("s")
        await until(pilot, lambda: pilot.app._exit)
        assert "xBonjour" in files[1].read_text(encoding="utf-8")


async def test_quitting_that_was_thought_better_of_is_forgotten(open_editor: OpenEditor, files: list[Path]):
    async with open_editor() as pilot:
        answers = editor(pilot).answers  # type: ignore[attr-defined]
        await pilot.press("x")
        files[1].write_text(LETTER + "P.-S.\n", encoding="utf-8")
        await pilot.press("ctrl+q")
        await says(pilot, "Leave the editor?")
        await pilot.press("s")
        await says(pilot, "The letter changed on disk")
        await pilot.press("n")
        await says(pilot, "xBonjour")
        await pilot.press("escape")
        await says(pilot, "Leave the editor?")
        await pilot.press("d")
        await until(pilot, lambda: answers == [False])
        await pilot.pause()
        assert not pilot.app._exit


async def test_a_file_that_somebody_else_changed_is_not_replaced_unasked(open_editor: OpenEditor, files: list[Path]):
    async with open_editor() as pilot:
        await pilot.press("x")
        files[1].write_text(LETTER + "P.-S.\n", encoding="utf-8")
        await pilot.press("ctrl+s")
        await says(pilot, "The letter changed on disk")
        await pilot.press("n")
        assert files[1].read_text(encoding="utf-8") == LETTER + "P.-S.\n"
        await pilot.press("ctrl+s")
        await says(pilot, "The letter changed on disk")
        await pilot.press("y")
        await says(pilot, "Saved.")
        assert "xBonjour" in files[1].read_text(encoding="utf-8")


async def test_a_file_that_is_gone_is_written_again_only_when_wanted(open_editor: OpenEditor, files: list[Path]):
    async with open_editor() as pilot:
        files[1].unlink()
        await pilot.press("x", "ctrl+s")
        await says(pilot, "The letter is gone")
        await pilot.press("y")
        await until(pilot, files[1].exists)


async def test_a_letter_with_a_problem_can_be_saved_and_says_so(open_editor: OpenEditor, files: list[Path]):
    async with open_editor() as pilot:
        await pilot.press(*"{{ x", "ctrl+s")
        await says(pilot, "Saved.")
        await until(pilot, lambda: editor(pilot).problems)
        await pilot.press("ctrl+s")
        await says(pilot, "cannot use it until the problem is fixed")
        assert "{{ xBonjour" in files[1].read_text(encoding="utf-8")


async def test_a_letter_that_cannot_be_saved_stays_open_with_a_line(open_editor: OpenEditor, files: list[Path]):
    async with open_editor() as pilot:
        await pilot.press("x")
        files[1].unlink()
        files[1].mkdir()
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("y")
        await says(pilot, "cannot save")
        assert editor(pilot).saving.unsaved


async def test_the_caret_can_begin_at_a_line(open_editor: OpenEditor):
    async with open_editor(first_line=5) as pilot:
        assert area(pilot).cursor_location == (4, 0)


async def test_the_palette_is_not_filled_with_the_keys_of_a_text_area(open_editor: OpenEditor):
    async with open_editor() as pilot:
        titles = [command.title for command in pilot.app.get_system_commands(editor(pilot))]
        assert {"Save", "Fields", "Undo", "Redo", "Next person"} <= set(titles)
        assert "Cursor up" not in titles
