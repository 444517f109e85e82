"""Nobody twice, on the screens: whom the seal page leaves out, the marks of earlier runs, one person, and a rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from tui_cases import TABLE, OpenApp, campaign_screen, screen_text, until, words_on

from mailmerge.accounts import Accounts
from mailmerge.campaign import open_campaign, open_outbox
from mailmerge.delivery import Control, deliver
from mailmerge.files.home import find_home
from mailmerge.model import State
from mailmerge.outbox import Run
from mailmerge.tui.dialogs.ask import Confirm
from mailmerge.tui.screens.campaign.screen import CampaignScreen
from mailmerge.tui.screens.run.screen import RunScreen
from mailmerge.tui.screens.runs import RunsScreen
from mailmerge.tui.screens.seal.screen import SealScreen

AddAccount = Callable[[int], None]
HEADER, *ROWS = TABLE.splitlines()


def part(files: list[Path], *numbers: int, name: str = "partie.csv") -> list[Path]:
    """Some people of the table, with the same letter."""
    table = files[0].with_name(name)
    table.write_bytes("\r\n".join([HEADER, *(ROWS[number - 1] for number in numbers), ""]).encode("cp1252"))
    return [table, files[1]]


def sealed(sources: list[Path]) -> Run:
    return open_campaign(sources).check().seal(Accounts(find_home().config).get("rh"), open_outbox())


async def send(run: Run, limit: int | None = None) -> Run:
    async for _ in deliver(run, Accounts(find_home().config).get("rh"), None, Control(), limit=limit):
        pass
    return run


async def lose(run: Run, *records: int) -> Run:
    """A sender that died with these messages in flight."""
    with run.sending() as journal:
        for record in records:
            await journal.claim(record)
    run.recover()
    return run


async def seal_page(pilot: Pilot[int], key: str = "s") -> SealScreen:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and pilot.app.screen.is_mounted)
    page = pilot.app.screen
    assert isinstance(page, SealScreen)
    await until(pilot, lambda: not page.plan.waiting)
    await pilot.pause()
    return page


async def finished(pilot: Pilot[int]) -> RunScreen:
    def ended() -> RunScreen | None:
        screen = pilot.app.screen
        return screen if isinstance(screen, RunScreen) and screen.tally.summary and not screen.sending else None

    await until(pilot, ended)
    screen = ended()
    assert screen is not None
    return screen


def to(server: Any) -> list[str]:
    return sorted(message.forward_paths[0].partition("@")[0] for message in server.accepted)


ALL = ["hugo.petit", "jose.oliveira", "lea.durand", "maelys.roux", "zoe.lecoeur"]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_only_those_who_do_not_have_the_letter_are_the_default(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any, size: tuple[int, int]
) -> None:
    account(smtp_server.port)
    run = await send(sealed(part(files, 1, 3, 4)))
    async with open_app(*files, size=size) as pilot:
        await seal_page(pilot)
        text = words_on(pilot)
        assert "2 messages will leave from rh@atelier.example, one to each person who does not have" in text
        assert f"3 of 5 people already received this letter: run {run.id} of " in text
        assert "(3 accepted)" in text
        assert "e writes to everybody once more. These 3 people get it a second time." in text
        assert "First Hugo Petit" in text
        assert "Last Zoé Lecœur" in text
        assert "Votre candidature au poste de Graphiste" in text
        assert "3 who already received this letter" in text
        await pilot.press("5", "enter")
        await pilot.pause()
        assert "That is not 2. Nothing was sealed, nothing was sent." in words_on(pilot)
        await pilot.press("backspace", "2", "enter")
        screen = await finished(pilot)
        assert screen.tally.counts[State.EXCLUDED] == 3
    assert to(smtp_server) == ALL


async def test_everybody_once_more_is_one_key_and_says_who_gets_it_twice(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    await send(sealed(part(files, 1, 3)))
    async with open_app(*files) as pilot:
        await seal_page(pilot)
        await pilot.press("3", "e")
        await pilot.pause()
        text = words_on(pilot)
        assert "5 messages will leave from rh@atelier.example, one to each person." in text
        assert "These 2 people get it a second time. e leaves out who has it." in text
        assert pilot.app.screen.query_one("#count", Input).value == ""
        await pilot.press("e")
        await until(pilot, lambda: "3 messages will leave" in words_on(pilot))
        await pilot.press("e", "5", "enter")
        screen = await finished(pilot)
        assert screen.run_shown.again
    assert to(smtp_server) == sorted([*ALL, "maelys.roux", "lea.durand"])


async def test_where_everybody_has_the_letter_nothing_can_be_typed(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    run = await lose(sealed(files), 2)
    await send(run)
    async with open_app(*files) as pilot:
        page = await seal_page(pilot)
        text = words_on(pilot)
        assert "Everybody already has this letter, or may have it." in text
        assert "5 of 5 people already received this letter, or may have" in text
        assert "(4 accepted, 1 unknown)" in text or "1 unknown" in text
        assert "These 5 people may get it a second time" in text
        assert "Nothing is left to send. Escape goes back." in text
        assert not page.query_one("#count").display
        await pilot.press("5", "enter", "f")
        await pilot.pause(0.05)
        assert isinstance(pilot.app.screen, SealScreen)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, CampaignScreen))
    assert len(open_outbox().runs()) == 1
    assert len(smtp_server.accepted) == 4


async def test_after_sending_the_next_s_writes_to_nobody_twice(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        await seal_page(pilot)
        assert "no letter of this campaign to these people" in words_on(pilot)
        await pilot.press("5", "enter")
        await finished(pilot)
        await pilot.press("q")
        await until(pilot, lambda: isinstance(pilot.app.screen, CampaignScreen))
        await seal_page(pilot)
        assert "Everybody already has this letter." in words_on(pilot)
        await pilot.press("5", "enter")
        await pilot.pause(0.05)
    assert to(smtp_server) == ALL


async def test_a_rest_of_an_earlier_run_is_gone_on_with_from_the_seal_page(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    run = await send(sealed(files), limit=2)
    async with open_app(*files) as pilot:
        await seal_page(pilot)
        text = words_on(pilot)
        assert f"Run {run.id} of " in text
        assert "still has 3 messages of this letter to send to these people: c resumes it instead." in text
        assert "Type 3 and press Enter" in text
        await pilot.press("c")
        await until(pilot, lambda: "Type 3 to send them." in words_on(pilot))
        await pilot.press("3", "enter")
        screen = await finished(pilot)
        assert screen.run_shown.id == run.id
    assert to(smtp_server) == ALL
    assert len(open_outbox().runs()) == 1


async def test_a_run_that_was_left_is_pointed_to_when_the_campaign_is_opened(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    run = await send(sealed(files), limit=4)
    async with open_app(*files, size=(80, 24)) as pilot:
        await until(pilot, lambda: f"Run {run.id} of " in words_on(pilot))
        assert "still has 1 message to send: c resumes it." in words_on(pilot)
        await pilot.press("c")
        await until(pilot, lambda: "Type 1 to send it." in words_on(pilot))
        await pilot.press("1", "enter")
        await finished(pilot)
        await pilot.press("q")
        await until(pilot, lambda: not campaign_screen(pilot).session.unfinished)
        await pilot.press("c")
        await until(pilot, lambda: "No run of this campaign has messages left to send." in words_on(pilot))
    assert to(smtp_server) == ALL


async def test_the_run_of_another_campaign_with_the_same_name_is_not_pointed_to(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any, tmp_path: Path
) -> None:
    account(smtp_server.port)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    others = [elsewhere / files[0].name, elsewhere / files[1].name]
    others[0].write_bytes(files[0].read_bytes().replace(b"@", b"@x."))
    others[1].write_bytes(files[1].read_bytes())
    sealed(others)
    async with open_app(*files) as pilot:
        await until(pilot, lambda: campaign_screen(pilot).session.review.comparison is not None)  # type: ignore[union-attr]
        assert "resumes it" not in words_on(pilot)
        assert not campaign_screen(pilot).session.unfinished


# --- between the number and the sealing ------------------------------------------------------------------------------


async def test_nothing_is_sealed_where_somebody_else_sends_the_letter_before_the_number_is_typed(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        await seal_page(pilot)
        await send(sealed(part(files, 2, 5)))
        await pilot.press("5", "enter")
        await until(pilot, lambda: "Type 3 and press Enter" in words_on(pilot))
        assert "Nothing was sealed, nothing was sent." in words_on(pilot)
        assert pilot.app.screen.query_one("#count", Input).value == ""
        assert len(smtp_server.accepted) == 2
        await pilot.press("3", "enter")
        await finished(pilot)
    assert to(smtp_server) == ALL


async def test_nothing_is_sealed_for_more_people_than_were_agreed_to(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    run = await send(sealed(part(files, 2, 5)))
    async with open_app(*files) as pilot:
        await seal_page(pilot)
        open_outbox().set_aside(run.id)
        await pilot.press("3", "enter")
        await until(pilot, lambda: "Type 5 and press Enter" in words_on(pilot))
        assert "Nothing was sealed, nothing was sent." in words_on(pilot)
    assert open_outbox().runs() == []
    assert len(smtp_server.accepted) == 2


async def test_a_table_that_changes_meanwhile_ends_the_seal_page(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        await seal_page(pilot)
        files[0].write_bytes(files[0].read_bytes() + b"Madame;Ana;Sol;ana.sol@sfr.example;Graphiste;Albi\r\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, CampaignScreen))
        assert "nothing was sealed" in words_on(pilot)
        await until(pilot, lambda: (s := campaign_screen(pilot).session).checked and s.review and s.review.total == 6)
        await seal_page(pilot)
        assert "6 messages will leave" in words_on(pilot)


# --- a run that cannot be compared -----------------------------------------------------------------------------------


@contextmanager
def damaged() -> Iterator[Path]:
    folder = open_outbox().folder
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "2026-01-02-dead.sqlite3"
    path.write_bytes(b"no run" * 100)
    yield path


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_run_that_cannot_be_compared_is_set_aside_after_a_question(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any, size: tuple[int, int]
) -> None:
    account(smtp_server.port)
    with damaged() as path:
        async with open_app(*files, size=size) as pilot:
            await until(pilot, lambda: "Nothing can be sent" in words_on(pilot))
            page = await seal_page(pilot)
            text = words_on(pilot)
            assert "It is not known who already has this letter: nothing can be sent yet." in text
            assert "2026-01-02-dead" in "".join(text.split())  # its path may be broken anywhere
            assert "x sets this run aside." in text
            assert not page.query_one("#count").display
            await pilot.press("x")
            await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
            await pilot.press("n")
            await until(pilot, lambda: pilot.app.screen is page)
            assert path.exists()
            await pilot.press("x")
            await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
            await pilot.press("y")
            await until(pilot, lambda: "Type 5 and press Enter" in words_on(pilot))
            assert page.query_one("#count").has_focus
            assert not path.exists()
            await pilot.press("5", "enter")
            await finished(pilot)
    assert to(smtp_server) == ALL


async def test_a_run_that_cannot_be_compared_does_not_stop_everybody_once_more(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    with damaged():
        async with open_app(*files) as pilot:
            await seal_page(pilot)
            await pilot.press("e")
            await until(
                pilot, lambda: "Everybody who already has this letter gets it a second time." in words_on(pilot)
            )
            await pilot.press("5", "enter")
            await finished(pilot)
    assert to(smtp_server) == ALL


# --- marks of earlier runs -------------------------------------------------------------------------------------------


async def test_the_marks_of_the_last_run_are_in_the_list_when_the_campaign_is_opened_again(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    account(smtp_server.port)
    answers = {"roux": "550 5.1.1 no such user", "durand": "451 4.7.1 later"}
    smtp_server.reply = lambda m: next((a for name, a in answers.items() if name in m.forward_paths[0]), "250 Ok")
    run = await send(await lose(sealed(part(files, 1, 2, 3, 4)), 2))
    async with open_app(*files) as pilot:
        await until(pilot, lambda: f"✓✗?~ {run.id}" in words_on(pilot))
        await pilot.press("j")
        await until(pilot, lambda: campaign_screen(pilot).number == 2)
        await until(pilot, lambda: {1, 2} <= campaign_screen(pilot).session.review.seen)  # type: ignore[union-attr]
        await pilot.pause()
        rows = [line[:14] for line in screen_text(pilot).splitlines() if line[1:4].strip().isdigit()]
        assert [row[3:10] for row in rows] == ["1   ✗ M", "2   ? H", "3 • ~ L", "4 • ✓ J", "5 •   Z"]
        await pilot.press("slash", *"rejected", "enter")
        await until(pilot, lambda: "1 of 5" in words_on(pilot))


async def test_a_finding_stays_visible_beside_the_mark_of_an_earlier_run(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    await send(sealed(part(files, 1, 2)))
    files[0].write_bytes(files[0].read_bytes().replace(b";Roux;", b";;"))
    async with open_app(*files) as pilot:
        await until(pilot, lambda: campaign_screen(pilot).session.review.comparison)  # type: ignore[union-attr]
        await pilot.pause()
        (row,) = [line for line in screen_text(pilot).splitlines() if line[3:4] == "1"]
        assert row[5:9].strip()[-2:] in ("X✓", "!✓")


# --- one person ------------------------------------------------------------------------------------------------------


async def test_one_key_writes_to_the_person_on_screen_and_nobody_else(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        await pilot.press("j")
        await until(pilot, lambda: campaign_screen(pilot).number == 2)
        await seal_page(pilot, "S")
        text = words_on(pilot)
        assert "1 message will leave from rh@atelier.example, to Hugo Petit alone." in text
        assert "To Hugo Petit <hugo.petit@free.example>" in text
        await pilot.press("5", "enter")
        await pilot.pause()
        assert "That is not 1." in words_on(pilot)
        await pilot.press("backspace", "1", "enter")
        screen = await finished(pilot)
        assert list(screen.tally.states) == [2]
        await pilot.press("q")
        await until(pilot, lambda: isinstance(pilot.app.screen, CampaignScreen))
        await seal_page(pilot, "S")
        assert "Hugo Petit already has this letter." in words_on(pilot)
        await pilot.press("e", "1", "enter")
        await finished(pilot)
        await pilot.press("q")
        await until(pilot, lambda: isinstance(pilot.app.screen, CampaignScreen))
        await seal_page(pilot)
        assert "Type 4 and press Enter" in words_on(pilot)
    assert to(smtp_server) == ["hugo.petit", "hugo.petit"]


async def test_what_blocks_somebody_else_does_not_stop_one_person(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    files[0].write_bytes(files[0].read_bytes().replace(b"hugo.petit@free.example", b"hugo.petit@"))
    async with open_app(*files) as pilot:
        await seal_page(pilot, "S")
        assert "to Maëlys Roux alone" in words_on(pilot)
        await pilot.press("escape", "j")
        await until(pilot, lambda: campaign_screen(pilot).number == 2)
        await pilot.press("S")
        await until(pilot, lambda: "Nothing can leave until it is fixed." in words_on(pilot))
        await pilot.press("s")
        await pilot.pause(0.05)
        assert isinstance(pilot.app.screen, CampaignScreen)


async def test_one_of_two_people_who_share_a_mailbox_can_be_written_to_alone(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    files[0].write_bytes(files[0].read_bytes().replace(b"lea.durand@outlook.example", b"hugo.petit@free.example"))
    (shared,) = open_campaign(files).check().report.blocks
    toml = files[0].with_name("campaign.toml")
    toml.write_text(
        f'recipients = "{files[0].name}"\ntemplate = "{files[1].name}"\n[[waivers]]\nrule = "{shared.rule}"\n'
        f'finding = "{shared.fingerprint}"\nreason = "a couple, asked by phone"\nby = "C. Martin"\n'
    )
    rh = Accounts(find_home().config).get("rh")
    await send(open_campaign([toml]).signed_by(rh).check().only(2).seal(rh, open_outbox()))
    async with open_app(toml) as pilot:
        await pilot.press("j", "j")
        await until(pilot, lambda: campaign_screen(pilot).number == 3)
        await seal_page(pilot, "S")
        assert "1 message will leave from rh@atelier.example, to Léa Durand alone." in words_on(pilot)
        await pilot.press("1", "enter")
        await finished(pilot)
    assert to(smtp_server) == ["hugo.petit", "hugo.petit"]


# --- a rejected message ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("through_runs", [False, True])
async def test_a_rejected_person_is_written_to_alone_once_the_table_is_corrected(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any, through_runs: bool
) -> None:
    account(smtp_server.port)
    smtp_server.reply = lambda m: "550 5.1.1 unknown" if m.forward_paths[0].endswith("@free.example") else "250 Ok"
    run = await send(sealed(files))
    async with open_app(*files) as pilot:
        if through_runs:
            await pilot.press("v")
            await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen) and pilot.app.screen.is_mounted)
            await pilot.press("enter")
        else:
            campaign_screen(pilot).sending.go_on_with(run.id)
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen) and pilot.app.screen.is_mounted)
        await pilot.press("r")  # of somebody who was accepted: does nothing
        await pilot.press("j")
        await until(pilot, lambda: "r goes there" in words_on(pilot))
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, CampaignScreen) and "1 of 5" in words_on(pilot))
        assert "Hugo Petit alone: correct the address in candidats.csv" in words_on(pilot)
        assert campaign_screen(pilot).number == 2
        files[0].write_bytes(files[0].read_bytes().replace(b"@free.example", b"@sfr.example"))
        await until(pilot, lambda: "hugo.petit@sfr.example" in words_on(pilot))
        await until(pilot, lambda: campaign_screen(pilot).session.checked)
        assert "1 of 5" in words_on(pilot)
        await seal_page(pilot, "S")
        assert "to Hugo Petit alone" in words_on(pilot)
        await pilot.press("1", "enter")
        await finished(pilot)
        await pilot.press("q")
        await until(pilot, lambda: isinstance(pilot.app.screen, CampaignScreen))
        await pilot.press("escape")
        await until(pilot, lambda: "5 people" in words_on(pilot))
        assert campaign_screen(pilot).number == 2
    assert to(smtp_server) == ALL


async def test_a_person_who_is_corrected_already_goes_straight_to_the_seal_page(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    smtp_server.reply = lambda m: "550 5.1.1 unknown" if m.forward_paths[0].endswith("@free.example") else "250 Ok"
    run = await send(sealed(files))
    lines = files[0].read_bytes().replace(b"@free.example", b"@sfr.example").splitlines(keepends=True)
    files[0].write_bytes(b"".join([lines[0], *reversed(lines[1:])]))  # and sorted otherwise
    async with open_app(*files) as pilot:
        campaign_screen(pilot).sending.go_on_with(run.id)
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen) and pilot.app.screen.is_mounted)
        await pilot.press("j")
        await until(pilot, lambda: "r goes there" in words_on(pilot))
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen))
        await until(pilot, lambda: "to Hugo Petit alone" in words_on(pilot))


async def test_without_its_campaign_open_the_key_says_what_to_do(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    smtp_server.reply = lambda _: "550 5.1.1 unknown"
    run = await send(sealed(part(files, 1)))
    async with open_app() as pilot:
        pilot.app.push_screen(RunScreen(run))
        await until(pilot, lambda: "r goes there" in words_on(pilot))
        await pilot.press("r")
        await until(pilot, lambda: "Open the campaign of this run first" in words_on(pilot))


@pytest.mark.parametrize("opened_as", ["files", "campaign"])
async def test_the_campaign_of_a_run_is_opened_for_it_where_it_was_open_before(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any, opened_as: str
) -> None:
    account(smtp_server.port)
    if opened_as == "campaign":
        path = files[0].with_name("campaign.toml")
        path.write_text(f'recipients = "{files[0].name}"\ntemplate = "{files[1].name}"\n', encoding="utf-8")
        files = [path]
    async with open_app(*files):
        pass
    smtp_server.reply = lambda _: "550 5.1.1 unknown"
    run = await send(sealed(files))
    async with open_app() as pilot:
        pilot.app.push_screen(RunScreen(run))
        await until(pilot, lambda: "r goes there" in words_on(pilot))
        await pilot.press("r")
        await until(pilot, lambda: "alone: correct the address in candidats.csv" in words_on(pilot))
        assert campaign_screen(pilot).session.campaign is not None


# --- resuming --------------------------------------------------------------------------------------------------------


async def test_resuming_shows_who_is_left_out_since_the_sealing_and_asks_for_the_number_that_is_left(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    run = sealed(files)
    other = await send(sealed(part(files, 2, 5)))
    async with open_app() as pilot:
        screen = RunScreen(run)
        pilot.app.push_screen(screen)
        await until(pilot, lambda: pilot.app.screen is screen and screen.is_mounted)
        await pilot.press("c")
        await until(pilot, lambda: "Type 3 to send them." in words_on(pilot))
        assert f"2 people are left out (already sent in run {other.id})." in words_on(pilot)
        await pilot.press("3", "enter")
        await finished(pilot)
        text = words_on(pilot)
        assert "2 left out" in text
        assert f"already sent in run {other.id}"[:20] in text
    assert to(smtp_server) == ALL


async def test_resuming_a_run_that_was_sent_otherwise_says_that_nothing_is_left(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    run = sealed(files)
    await send(sealed(part(files, 1, 2, 3, 4, 5)))
    async with open_app() as pilot:
        screen = RunScreen(run, resume=True)
        pilot.app.push_screen(screen)
        await until(pilot, lambda: "5 people are left out" in words_on(pilot))
        assert "Nothing is left to send." in words_on(pilot)
    assert to(smtp_server) == ALL


async def test_resuming_beside_a_run_that_cannot_be_compared_asks_to_set_it_aside(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    run = sealed(files)
    with damaged() as path:
        async with open_app() as pilot:
            pilot.app.push_screen(RunScreen(run, resume=True))
            await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
            await pilot.press("y")
            await until(pilot, lambda: "Type 5 to send" in words_on(pilot))
            assert not path.exists()
            await pilot.press("5", "enter")
            await finished(pilot)
    assert to(smtp_server) == ALL


async def test_a_run_that_another_process_sends_is_refused_before_anything_is_asked(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    run = sealed(files)
    with run.exclusive():
        async with open_app() as pilot:
            pilot.app.push_screen(RunScreen(run, resume=True))
            await until(pilot, lambda: "is being sent by another process" in words_on(pilot))
            assert "Type 5" not in words_on(pilot)
    assert smtp_server.accepted == []


async def test_no_more_messages_leave_than_were_agreed_to(
    files: list[Path], open_app: OpenApp, account: AddAccount, smtp_server: Any
) -> None:
    account(smtp_server.port)
    run = await lose(sealed(files), 1)
    async with open_app() as pilot:
        pilot.app.push_screen(RunScreen(run, resume=True))
        await until(pilot, lambda: "4 messages of run" in words_on(pilot))
        run.resolve(1, accepted=False, by="somebody else, meanwhile")
        await pilot.press("4", "enter")
        await finished(pilot)
    assert len(smtp_server.accepted) == 4
    assert run.counts()[State.PENDING] == 1
