"""The letter page: a document becomes a letter, an empty one can be begun, each is shown as somebody would get it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui_cases import OpenApp, screen_text, until

from mailmerge.campaign.setup.letter_choice import LetterOffer
from mailmerge.drafts import SUFFIXES
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.dialogs.file_picker import FilePicker, UsableFiles
from mailmerge.tui.screens.campaign.screen import CampaignScreen
from mailmerge.tui.screens.letters.letter_list import LetterList
from mailmerge.tui.screens.letters.screen import LettersScreen
from mailmerge.tui.screens.table.screen import TableScreen

PAGE = (
    "<html><body><script>x()</script><p>Bonjour «Prénom» «Nom»,</p>"
    "<p>Nous ne pouvons <b>pas</b> vous recevoir.</p></body></html>"
)
MAIL = """\
From: rh@atelier.example
To: someone@else.example
Subject: Votre candidature
Content-Type: text/html; charset=utf-8

<p>Bonjour {{Prénom}} {{Nom}},</p><p>Nous ne pouvons pas vous recevoir.</p>
"""


async def to_letters(pilot: object) -> LettersScreen:
    app = pilot.app  # type: ignore[attr-defined]
    await until(pilot, lambda: isinstance(app.screen, TableScreen) and "maelys.roux" in screen_text(pilot))  # type: ignore[arg-type]
    await pilot.press("enter")  # type: ignore[attr-defined]
    await until(pilot, lambda: isinstance(app.screen, LettersScreen) and app.screen.query_one(LetterList).offers)  # type: ignore[arg-type]
    screen = app.screen
    assert isinstance(screen, LettersScreen)
    return screen


@pytest.mark.parametrize(
    ("name", "content", "lost"),
    [("refus.html", PAGE, "scripts"), ("refus.htm", PAGE, "scripts"), ("refus.eml", MAIL, "its recipients")],
)
async def test_a_document_becomes_a_letter_that_is_shown_as_the_first_person_gets_it(
    files: list[Path], open_app: OpenApp, name: str, content: str, lost: str
) -> None:
    files[1].unlink()
    document = files[0].parent / name
    document.write_text(content, encoding="utf-8")
    async with open_app(files[0], checked=False) as pilot:
        screen = await to_letters(pilot)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilePicker))
        await until(pilot, lambda: name in screen_text(pilot))
        pilot.app.screen.dismiss(document)
        if content is PAGE:  # which has no subject
            await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
            await pilot.press("escape")
        await until(pilot, lambda: "Not kept:" in screen_text(pilot) and pilot.app.screen is screen)
        text = screen_text(pilot)
        assert "Bonjour Maëlys Roux," in text
        assert "As Maëlys Roux would get it" in text
        assert lost in text
        assert document.read_text(encoding="utf-8") == content
        assert pilot.app.screen is screen
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CampaignScreen) and pilot.app.screen.session.review)
        assert (files[0].parent / "campaign.toml").exists()


async def test_the_picker_shows_letters_and_every_kind_of_document(files: list[Path], open_app: OpenApp) -> None:
    for suffix in SUFFIXES:
        (files[0].parent / f"a{suffix}").write_text("x")
    async with open_app(files[0], checked=False) as pilot:
        await to_letters(pilot)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilePicker))
        shown = pilot.app.screen.query_one(UsableFiles).filter_paths(files[0].parent.iterdir())
        assert {path.suffix for path in shown} == {*SUFFIXES, ".md"}


@pytest.mark.parametrize(("name", "content"), [("a.docx", b"no zip"), ("b.odt", b""), ("c.eml", b"")])
async def test_a_document_that_cannot_be_read_is_one_line(
    files: list[Path], open_app: OpenApp, name: str, content: bytes
) -> None:
    document = files[0].parent / name
    document.write_bytes(content)
    async with open_app(files[0], checked=False) as pilot:
        screen = await to_letters(pilot)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilePicker))
        pilot.app.screen.dismiss(document)
        await until(pilot, lambda: pilot.app.screen is screen and name in screen_text(pilot))


async def test_a_new_letter_greets_by_name_and_is_opened(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(files[0], checked=False) as pilot:
        screen = await to_letters(pilot)
        listed = screen.query_one(LetterList)
        listed.show_row(len(listed.offers))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press("enter")
        await until(pilot, lambda: "What everybody reads first" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "Give a subject." in screen_text(pilot))
        await pilot.press(*"Votre lettre", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CampaignScreen) and pilot.app.screen.session.review)
        letter = (files[0].parent / "letter.md").read_text(encoding="utf-8")
        assert letter.startswith("Subject: Votre lettre\n\n")
        assert "{{ prenom }} {{ nom }}" in letter


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 16)])
async def test_a_document_beside_the_table_is_the_first_thing_offered_and_enter_makes_a_letter_of_it(
    files: list[Path], open_app: OpenApp, size: tuple[int, int]
) -> None:
    files[1].unlink()
    (files[0].parent / "~$refus.eml").write_text("x")
    document = files[0].parent / "refus.eml"
    document.write_text(MAIL, encoding="utf-8")
    async with open_app(files[0], checked=False, size=size) as pilot:
        screen = await to_letters(pilot)
        listed = screen.query_one(LetterList)
        assert [item.name for item in listed.items if isinstance(item, Path)] == ["refus.eml"]
        await until(pilot, lambda: "▸ ◇ refus.eml" in screen_text(pilot))
        await pilot.press("enter")
        await until(
            pilot, lambda: isinstance(listed.current, LetterOffer) and listed.current.letter.path.name == "refus.md"
        )
        assert not any(isinstance(item, Path) for item in listed.items)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CampaignScreen) and pilot.app.screen.session.review)


async def test_a_document_on_paper_is_asked_for_the_subject_that_it_lacks(files: list[Path], open_app: OpenApp) -> None:
    files[1].unlink()
    (files[0].parent / "refus.eml").write_text(MAIL.replace("Subject: Votre candidature\n", ""), encoding="utf-8")
    async with open_app(files[0], checked=False) as pilot:
        screen = await to_letters(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        assert "The subject of refus.md" in screen_text(pilot)
        await pilot.press(*"Votre candidature", "enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        letter = files[0].parent / "refus.md"
        await until(pilot, lambda: letter.read_text("utf-8").startswith("Subject: Votre candidature\nFields: "))
        await until(pilot, lambda: "Subject  Votre candidature" in screen_text(pilot))
