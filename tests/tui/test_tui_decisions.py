"""What a reviewer decides, and what changes meanwhile on disk."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from tui_cases import OpenApp, campaign_screen, screen_text, until

from mailmerge.accounts import account_from_preset
from mailmerge.campaign import open_outbox, read_campaign_file
from mailmerge.campaign.session import FilesChanged, Sealed
from mailmerge.outbox import Outbox
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.dialogs.ask_fields import AskFields
from mailmerge.tui.screens.campaign.people_list import PeopleTable
from mailmerge.tui.screens.editor.screen import EditorScreen
from mailmerge.tui.screens.excluded import ExcludedScreen
from mailmerge.tui.screens.rules import RulesScreen


@pytest.fixture
def sealed() -> Callable[[Pilot[int]], str]:
    """Seal the campaign on screen as the seal screen does; the run's name."""

    def seal(pilot: Pilot[int]) -> str:
        screen = campaign_screen(pilot)
        account = account_from_preset("rh", "rh@atelier.example", host="127.0.0.1", port=25, tls="none", auth="none")
        session = screen.session
        assert session.campaign is not None
        assert session.checked is not None
        run = session.checked.seal(account, open_outbox())
        session.apply(Sealed(session.campaign, run, list(run.messages())))
        screen.show_steps()
        return run.id

    return seal


def people(pilot: Pilot[int]) -> int:
    return campaign_screen(pilot).query_one(PeopleTable).count


async def test_a_person_is_left_out_with_a_reason_and_brought_back(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("j", "X")
        await pilot.pause()
        await pilot.press("enter")
        assert "Give a reason" in screen_text(pilot)
        await pilot.press(*"engage ailleurs", "enter")
        await until(pilot, lambda: people(pilot) == 4)
        saved = read_campaign_file(files[0].parent / "campaign.toml")
        assert [(e.address, e.name, e.reason) for e in saved.exclusions] == [
            ("hugo.petit@free.example", "Hugo Petit", "engage ailleurs")
        ]
        assert "1 left out" in screen_text(pilot)
        await pilot.press("B")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExcludedScreen) and "engage" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: people(pilot) == 5)
        assert read_campaign_file(files[0].parent / "campaign.toml").exclusions == ()


async def test_a_decision_is_carried_out_although_the_files_are_read_again_before_its_turn(
    files: list[Path], open_app: OpenApp
) -> None:
    release = threading.Event()
    async with open_app(*files) as pilot:
        await pilot.press("j", "X")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press(*"vu")
        loop = asyncio.get_running_loop()
        busy = [loop.run_in_executor(None, release.wait) for _thread in range(40)]
        await pilot.press("enter", "ctrl+r")
        release.set()
        await asyncio.gather(*busy)
        await until(pilot, lambda: people(pilot) == 4)
    assert len(read_campaign_file(files[0].parent / "campaign.toml").exclusions) == 1


async def test_after_somebody_is_left_out_the_cursor_is_on_the_next_person(
    files: list[Path], open_app: OpenApp
) -> None:
    async with open_app(*files) as pilot:
        screen = campaign_screen(pilot)
        await pilot.press("j", "j")
        for left, following in ((4, 4), (3, 5), (2, 2)):
            await pilot.press("X")
            await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
            await pilot.press(*"vu", "enter")
            await until(pilot, lambda left=left: people(pilot) == left)
            await until(pilot, lambda following=following: screen.number == following)
        saved = read_campaign_file(files[0].parent / "campaign.toml").exclusions
        assert [each.name for each in saved] == ["Léa Durand", "José Oliveira", "Zoé Lecœur"]


async def test_people_without_an_address_are_left_out_by_name_one_by_one(files: list[Path], open_app: OpenApp) -> None:
    table = files[0].read_text("cp1252")
    for address in ("hugo.petit@free.example", "lea.durand@outlook.example"):
        table = table.replace(address, "")
    files[0].write_text(table, encoding="cp1252")
    async with open_app(*files) as pilot:
        await pilot.press("j", "X")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        assert "No message goes to Hugo Petit." in screen_text(pilot)
        await pilot.press(*"vu", "enter")
        await until(pilot, lambda: people(pilot) == 4)
        saved = read_campaign_file(files[0].parent / "campaign.toml").exclusions
        assert [(e.address, e.name) for e in saved] == [("", "Hugo Petit")]
        assert "address" not in (files[0].parent / "campaign.toml").read_text(encoding="utf-8").partition("[[")[2]
        await until(pilot, lambda: (r := campaign_screen(pilot).session.review) and r.report)
        report = campaign_screen(pilot).session.review.report
        assert [(f.rule, f.record) for f in report.blocks] == [("LST105", 3)]
        await pilot.press("B")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExcludedScreen))
        await until(pilot, lambda: "(no address)" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: people(pilot) == 5)


async def test_one_of_two_people_with_one_mailbox_is_left_out(files: list[Path], open_app: OpenApp) -> None:
    table = files[0].read_text("cp1252").replace("hugo.petit@free.example", "maelys.roux@orange.example")
    files[0].write_text(table, encoding="cp1252")
    async with open_app(*files) as pilot:
        await pilot.press("X")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press(*"vu", "enter")
        await until(pilot, lambda: people(pilot) == 4)
        await until(pilot, lambda: (r := campaign_screen(pilot).session.review) and r.report)
        assert campaign_screen(pilot).session.review.report.blocks == ()
        assert campaign_screen(pilot).number == 2


async def test_two_people_whom_nothing_tells_apart_cannot_be_left_out(files: list[Path], open_app: OpenApp) -> None:
    table = files[0].read_text("cp1252").replace("Monsieur;Hugo;Petit;hugo.petit@free.example", "Monsieur;Léa;Durand;")
    files[0].write_text(table.replace("lea.durand@outlook.example", ""), encoding="cp1252")
    async with open_app(*files) as pilot:
        await pilot.press("j", "X")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, Ask)
        assert "Léa Durand cannot be left out: line 4 has the same name" in screen_text(pilot)
        assert not (files[0].parent / "campaign.toml").exists()


async def test_a_finding_is_answered_for_by_name_and_with_a_reason(files: list[Path], open_app: OpenApp) -> None:
    table = files[0].read_text("cp1252").replace("hugo.petit@free.example", "maelys.roux@orange.example")
    files[0].write_text(table, encoding="cp1252")
    async with open_app(*files) as pilot:
        review = campaign_screen(pilot).session.review
        assert review is not None
        assert review.report is not None
        assert [f.rule for f in review.report.blocks] == ["LST108"]
        await pilot.press("3", "W")
        await pilot.pause()
        await pilot.press(*"trop court", "enter")
        assert "at least 15 characters" in screen_text(pilot)
        await pilot.press(*" mais confirme", "enter")
        await pilot.pause()
        await pilot.press(*"C. Martin", "enter")
        await until(pilot, lambda: (r := campaign_screen(pilot).session.review) and r.report and not r.report.blocks)
        saved = read_campaign_file(files[0].parent / "campaign.toml").waivers
        assert [(w.rule, w.by) for w in saved] == [("LST108", "C. Martin")]


async def test_a_rule_that_nobody_can_answer_for_says_what_to_do(files: list[Path], open_app: OpenApp) -> None:
    files[0].write_text(files[0].read_text("cp1252").replace("hugo.petit@free.example", ""), encoding="cp1252")
    async with open_app(*files) as pilot:
        await pilot.press("f", "3", "W")
        await pilot.pause()
        assert "cannot be waived" in screen_text(pilot)


DPO = "Écrivez à dpo@atelier.example pour toute question.\n"
IN_CELLS = "Écrivez à {{ contact }} pour toute question.\n"


@pytest.mark.parametrize("letter", [DPO, IN_CELLS])
async def test_an_address_of_ones_own_is_allowed_and_forbidden_again(
    files: list[Path], open_app: OpenApp, letter: str
) -> None:
    header, *rows = files[0].read_text("cp1252").splitlines()
    rows = [f"{row};dpo@atelier.example" for row in rows]
    files[0].write_text("\n".join([f"{header};Contact", *rows, ""]), encoding="cp1252")
    files[1].write_text(f"Subject: Candidature\n\nBonjour {{{{ nom }}}},\n\n{letter}", encoding="utf-8")

    def stopped(pilot: Pilot[int]) -> int | None:
        review = campaign_screen(pilot).session.review
        return len(review.report.blocks) if review and review.report else None

    def allowed() -> tuple[str, ...]:
        return read_campaign_file(files[0].parent / "campaign.toml").lint.allow_addresses

    async with open_app(*files) as pilot:
        await until(pilot, lambda: stopped(pilot) == 1)
        await pilot.press("f", "3")
        await until(pilot, lambda: "W allows dpo@atelier.example" in screen_text(pilot))
        await pilot.press("W")
        await until(pilot, lambda: "Allow dpo@atelier.example" in screen_text(pilot))
        await pilot.press("escape", "W")
        await until(pilot, lambda: "Allow dpo@atelier.example" in screen_text(pilot))
        assert stopped(pilot) == 1
        await pilot.press("y")
        await until(pilot, lambda: stopped(pilot) == 0)
        assert allowed() == ("dpo@atelier.example",)
        await pilot.press("D")
        await until(pilot, lambda: "allowed" in screen_text(pilot))
        await pilot.press("delete")
        await until(pilot, lambda: stopped(pilot) == 1)
        assert allowed() == ()


async def test_many_addresses_of_a_letter_are_not_allowed_by_one_key(files: list[Path], open_app: OpenApp) -> None:
    addresses = " ".join(f"personne{number}@ailleurs.example" for number in range(5))
    files[1].write_text(f"Subject: Candidature\n\nBonjour {{{{ nom }}}},\n\n{addresses}\n", encoding="utf-8")
    async with open_app(*files) as pilot:
        await pilot.press("f", "3", "W")
        await until(pilot, lambda: "cannot be waived" in screen_text(pilot))


async def test_a_blocking_finding_keeps_the_seal_closed(files: list[Path], open_app: OpenApp) -> None:
    files[0].write_text(files[0].read_text("cp1252").replace("hugo.petit@free.example", ""), encoding="cp1252")
    async with open_app(*files) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert "Nothing can leave until it is fixed." in screen_text(pilot)
        await pilot.press("f")
        await until(pilot, lambda: campaign_screen(pilot).number == 2)


async def test_a_finding_opens_with_the_documentation_of_its_rule(files: list[Path], open_app: OpenApp) -> None:
    files[0].write_text(files[0].read_text("cp1252").replace("hugo.petit@free.example", ""), encoding="cp1252")
    async with open_app(*files) as pilot:
        await pilot.press("f", "3", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RulesScreen) and "Why" in screen_text(pilot))
        assert "LST105 one-address" in screen_text(pilot)


async def test_a_finding_about_the_letter_opens_the_editor_at_its_line(files: list[Path], open_app: OpenApp) -> None:
    files[1].write_text(files[1].read_text().replace("Subject:", "Fields: civilite, nom\nSubject:"), encoding="utf-8")
    async with open_app(*files) as pilot:
        await pilot.press("j", "3", "j", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditorScreen))
        editor = pilot.app.screen
        assert isinstance(editor, EditorScreen)
        row, _ = editor.area.cursor_location
        assert "au poste de **{{ poste }}**" in editor.area.document.get_line(row)
        assert editor.recipient.record.number == 2
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is campaign_screen(pilot))
        await pilot.press("3", "r")
        await until(pilot, lambda: "TPL202 undisclosed-field" in screen_text(pilot) and "Why" in screen_text(pilot))


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_what_blocks_for_everybody_is_shown_by_the_key_that_promises_it_and_mended(
    files: list[Path], open_app: OpenApp, size: tuple[int, int]
) -> None:
    files[0].write_text(
        files[0].read_text("cp1252").replace("hugo.petit@free.example", "contact@petit.example"), "utf-8"
    )
    files[1].write_text(files[1].read_text() + "\nContact : [Prénom Nom]\n", encoding="utf-8")
    async with open_app(*files, size=size) as pilot:
        screen, footer = campaign_screen(pilot), lambda: screen_text(pilot).splitlines()[-1]
        assert "go there" not in footer()
        await pilot.press("s")
        await until(pilot, lambda: "f shows it" in " ".join(screen_text(pilot).split()))
        await pilot.press("f")
        found = screen.findings.rows
        await until(pilot, lambda: found.has_focus and "go there" in footer())
        assert found.current is not None
        assert (found.current.rule, found.current.letter_line) == ("TPL205", 11)
        await pilot.press("E")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditorScreen))
        editor = pilot.app.screen
        assert isinstance(editor, EditorScreen)
        await until(pilot, lambda: "! refus.fr.md, line 11: [Prénom Nom]" in screen_text(pilot))
        assert editor.area.cursor_location[0] != 10
        await pilot.press("f8")
        assert editor.area.cursor_location[0] == 10
        assert "F9 attach   F8 problem" in footer()
        await pilot.press("end", "ctrl+u", "ctrl+s")
        await until(pilot, lambda: "✓ This makes a message" in screen_text(pilot))
        await pilot.press("f8")
        assert "This letter has no problem." in screen_text(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: screen.is_current and screen.session.checked and screen.people.table.has_focus)
        assert not found.count
        assert "go there" not in footer()


async def test_a_page_with_nothing_to_list_says_so_in_its_place_and_names_no_key_for_it(
    files: list[Path], open_app: OpenApp
) -> None:
    async with open_app(*files) as pilot:
        for key, said, keys in (
            ("D", "Nothing was decided about this campaign yet.", ("change", "take back")),
            ("v", "Nothing was sealed yet.", ("⏎ open", "j/k")),
            ("B", "Nobody is left out.", ("bring back",)),
        ):
            for size in [(60, 16), (120, 40)]:
                await pilot.resize_terminal(*size)
                if pilot.app.screen is campaign_screen(pilot):
                    await pilot.press(key)
                await until(pilot, lambda said=said: said in screen_text(pilot))  # type: ignore[misc]
                rows = screen_text(pilot).splitlines()
                assert said in "".join(rows[2:5]), rows
                assert not [each for each in keys if each in rows[-1]], rows[-1]
            await pilot.press("escape")


async def test_a_finding_about_a_person_goes_to_the_person_before_the_letter(
    files: list[Path], open_app: OpenApp
) -> None:
    table = files[0].read_text("cp1252").replace("Hugo;Petit", "Hugo;")
    files[0].write_text(table, encoding="cp1252")
    async with open_app(*files) as pilot:
        screen = campaign_screen(pilot)
        await pilot.press("F", "3", "enter")
        await until(pilot, lambda: screen.number == 2 and pilot.app.screen is screen)
        assert screen.selection().finding is not None
        line = screen.selection().finding.letter_line
        assert line == 3
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditorScreen))
        editor = pilot.app.screen
        assert isinstance(editor, EditorScreen)
        assert (editor.recipient.record.number, editor.area.cursor_location[0]) == (2, line - 1)


async def test_what_is_saved_from_here_is_not_told_as_a_change_on_disk(
    files: list[Path], open_app: OpenApp, sealed: Callable[[Pilot[int]], str]
) -> None:
    async with open_app(*files) as pilot:
        screen = campaign_screen(pilot)
        run = sealed(pilot)
        told: list[FilesChanged] = []
        screen.session._watcher._post = told.append
        await pilot.press("E")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditorScreen))
        await pilot.press("ctrl+end", *"Merci", "ctrl+s", "escape")
        await until(pilot, lambda: pilot.app.screen is screen and "Merci" in screen_text(pilot))
        text = " ".join(screen_text(pilot).split())
        assert f"refus.fr.md was saved and read again. Run {run} stays as it was sealed." in text
        assert "changed since" in text
        await pilot.press("X")
        await until(pilot, lambda: isinstance(pilot.app.focused, Input))
        await pilot.press(*"engage ailleurs", "enter")
        await until(pilot, lambda: people(pilot) == 4)
        looked = screen.session._watcher._watch.look
        assert [looked(), looked(), looked()] == [(), (), ()]
        assert told == []


async def test_a_letter_changed_on_disk_is_read_again_at_the_same_person(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("j", "j")
        await until(pilot, lambda: campaign_screen(pilot).number == 3)
        files[1].write_text(files[1].read_text().replace("belle suite", "bonne route"))
        await until(pilot, lambda: "bonne route" in screen_text(pilot))
        assert campaign_screen(pilot).number == 3
        assert "refus.fr.md changed on disk" in " ".join(screen_text(pilot).split())


async def test_a_letter_deleted_while_open_stays_as_it_was(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        files[1].unlink()
        await until(pilot, lambda: "deleted; the last version is shown" in screen_text(pilot))
        assert "Bonjour Madame Roux" in screen_text(pilot)


async def test_a_letter_broken_on_disk_leaves_the_campaign_as_it_was(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        files[1].write_text("Subject: x\n\n{% if %}\n")
        await until(pilot, lambda: "Showing the previous version" in screen_text(pilot))
        assert "Bonjour Madame Roux" in screen_text(pilot)


async def test_a_dry_run_is_written_and_nothing_sent(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.focused, Input))
        await pilot.press("enter")
        folder = files[0].parent / "dry-run"
        await until(
            pilot,
            lambda: "Nothing was sent" in " ".join(screen_text(pilot).split()) and (folder / "manifest.json").exists(),
        )
        assert len(list(folder.glob("*.eml"))) == 5


async def test_a_test_goes_to_the_account_and_counts_for_nobody(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any, home: Path
) -> None:
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        await pilot.press("j", "t")
        await until(pilot, lambda: "on its way to rh@atelier.example" in screen_text(pilot))
        assert campaign_screen(pilot).session.review.states == {}  # type: ignore[union-attr]
    assert [message.forward_paths for message in smtp_server.accepted] == [["rh@atelier.example"]]
    assert b"Petit" in smtp_server.accepted[0].content
    assert [run.messages for run in Outbox(home / "data" / "runs").runs()] == [1]


async def test_the_order_puts_the_unusual_first_and_says_why(files: list[Path], open_app: OpenApp) -> None:
    names = [
        f"{first}{last}" for first in ("Ana", "Bea", "Cora", "Dora", "Ella") for last in ("lie", "nne", "tte", "ssa")
    ]
    rows = "".join(f"Madame;{name};Martin;{name}.martin@exemple.example;Graphiste;Albi\n" for name in names)
    rows += "Madame;Ida;Vide;ida.vide@exemple.example;Graphiste;\n"
    files[0].write_text(files[0].read_text("cp1252") + rows, encoding="cp1252")
    async with open_app(*files) as pilot:
        await pilot.press("O")
        await until(pilot, lambda: "most unusual first" in screen_text(pilot))
        await until(pilot, lambda: campaign_screen(pilot).number == 26)
        assert "Ville is blank" in screen_text(pilot)
        await pilot.press("O")
        await until(pilot, lambda: campaign_screen(pilot).number == 1)


async def test_work_that_fails_is_one_line(
    files: list[Path], open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("mailmerge.campaign.session.session.by_rarity", broken)
    async with open_app(*files) as pilot:
        await pilot.press("O")
        await until(pilot, lambda: "an internal error (ZeroDivisionError" in screen_text(pilot))
        await pilot.press("j")
        await until(pilot, lambda: campaign_screen(pilot).number == 2)


async def test_missing_fields_are_asked_for_when_a_campaign_is_opened(files: list[Path], open_app: OpenApp) -> None:
    files[1].write_text(files[1].read_text("utf-8").replace("{{ poste }}", "{{ fonction }}"), "utf-8")
    async with open_app(*files) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, AskFields))
        await pilot.press("enter")
        screen = campaign_screen(pilot)
        await until(pilot, lambda: screen.session.campaign and not screen.session.campaign.missing_fields)
        await until(pilot, lambda: "Chargée de communication" in screen_text(pilot))
    assert read_campaign_file(files[0].parent / "campaign.toml").fields == {"fonction": "Poste"}


async def test_one_key_takes_the_column_that_a_finding_proposes(files: list[Path], open_app: OpenApp) -> None:
    files[1].write_text(files[1].read_text("utf-8").replace("{{ poste }}", "{{ postes }}"), "utf-8")
    async with open_app(*files) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, AskFields))
        await pilot.press("escape")
        screen = campaign_screen(pilot)
        await until(pilot, lambda: screen.is_current and screen.selection().finding)
        assert "makes postes the column Poste" in screen_text(pilot)
        await pilot.press("C")
        await until(pilot, lambda: screen.session.campaign and not screen.session.campaign.missing_fields)
        await until(
            pilot,
            lambda: (checked := screen.session.checked) and not checked.report.blocks,
        )
        await pilot.press("C")
        await until(pilot, lambda: "has every field" in screen_text(pilot))
    assert read_campaign_file(files[0].parent / "campaign.toml").fields == {"postes": "Poste"}


async def test_a_text_for_everybody_is_written_into_the_letter(files: list[Path], open_app: OpenApp) -> None:
    files[1].write_text(files[1].read_text("utf-8").replace("{{ poste }}", "{{ atelier }}"), "utf-8")
    async with open_app(*files) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, AskFields))
        await pilot.press("t", *"menuiserie", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskFields))
        await pilot.press("enter")
        await until(pilot, lambda: campaign_screen(pilot).is_current)
        await until(pilot, lambda: "au poste de menuiserie" in screen_text(pilot))
    assert '{{ "menuiserie" }}' in files[1].read_text("utf-8")
