"""Runs that do not go smoothly: refused, lost, paused, stopped, resumed, decided."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from tui_cases import OpenApp, screen_text, until, words_on

from mailmerge.accounts import Accounts, account_from_preset
from mailmerge.campaign import open_campaign, open_outbox
from mailmerge.files.home import find_home
from mailmerge.model import State
from mailmerge.model.words import state_meaning
from mailmerge.outbox import Outbox, Run
from mailmerge.tui.app import MailmergeApp
from mailmerge.tui.content.run_lines import RunLine, run_lines
from mailmerge.tui.screens.run import keys
from mailmerge.tui.screens.run.screen import RunScreen
from mailmerge.tui.screens.runs import RunsScreen, RunTable
from mailmerge.tui.screens.seal.screen import SealScreen


def sealed(files: list[Path], port: int, *, per_minute: float = 0) -> Run:
    """A sealed run of the small campaign, and an account to send it from."""
    account = account_from_preset(
        "rh", "rh@atelier.example", host="127.0.0.1", port=port, tls="none", auth="none", per_minute=per_minute
    )
    Accounts(find_home().config).add(account)
    campaign = open_campaign(files)
    return campaign.check().seal(account, open_outbox())


async def opened(pilot: Pilot[int], run: Run, *, send: bool = False) -> RunScreen:
    account = Accounts(find_home().config).get("rh")
    screen = RunScreen(run, account, None, send=send)
    pilot.app.push_screen(screen)
    await until(pilot, lambda: pilot.app.screen is screen and screen.is_mounted)
    return screen


async def test_a_rejected_message_is_listed_with_what_to_do(
    files: list[Path], open_app: OpenApp, smtp_server: Any
) -> None:
    smtp_server.reply = lambda m: "550 5.1.1 no such user" if "petit" in m.forward_paths[0] else "250 2.0.0 Ok"
    async with open_app() as pilot:
        screen = await opened(pilot, sealed(files, smtp_server.port), send=True)
        await until(pilot, lambda: screen.tally.summary and not screen.sending)
        await pilot.pause()
        text = screen_text(pilot)
        assert "Of 5 messages: 4 accepted, 1 rejected." in text
        assert "To look at 1" in text
        assert "550 5.1.1 no such user" in text
        assert "Correct the address in the table" in text


async def test_a_lost_verdict_waits_for_a_person_and_is_recorded_with_the_name(
    files: list[Path], open_app: OpenApp, smtp_server: Any
) -> None:
    run = sealed(files, smtp_server.port)
    with run.sending() as journal:
        await journal.claim(2)  # a sender that dies with this message in flight
    run.recover()
    async with open_app() as pilot:
        screen = await opened(pilot, run)
        await until(pilot, lambda: "To look at 1" in screen_text(pilot))
        await pilot.press("l")
        await until(pilot, lambda: "may or may not have arrived" in " ".join(screen_text(pilot).split()))
        await pilot.press("A")
        await pilot.pause()
        await pilot.press(*"C. Martin", "enter")
        await until(pilot, lambda: screen.tally.counts[State.ACCEPTED] == 1)
    assert run.counts()[State.UNKNOWN] == 0
    assert run.history(2)[-1].by == "C. Martin"


async def test_what_is_left_is_sent_after_the_number_is_typed(
    files: list[Path], open_app: OpenApp, smtp_server: Any
) -> None:
    run = sealed(files, smtp_server.port)
    async with open_app() as pilot:
        screen = await opened(pilot, run)
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("4", "enter")
        await pilot.pause()
        assert "That is not 5." in screen_text(pilot)
        await pilot.press("backspace", "5", "enter")
        await until(pilot, lambda: screen.tally.summary and not screen.sending)
    assert len(smtp_server.accepted) == 5


async def test_pausing_and_stopping_between_messages_loses_nothing(
    files: list[Path], open_app: OpenApp, smtp_server: Any
) -> None:
    run = sealed(files, smtp_server.port, per_minute=60)
    async with open_app() as pilot:
        screen = await opened(pilot, run, send=True)
        await until(pilot, lambda: screen.tally.counts[State.ACCEPTED] >= 1)
        await pilot.press("p")
        await until(pilot, lambda: screen.control and screen.control.paused and "Paused" in screen_text(pilot))
        held = len(smtp_server.accepted)
        await asyncio.sleep(0.3)
        assert len(smtp_server.accepted) <= held + 1
        await pilot.press("p")
        await until(pilot, lambda: "Sending" in screen_text(pilot))
        await pilot.press("S")
        await until(pilot, lambda: screen.tally.summary and not screen.sending)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
    counts = run.counts()
    assert counts[State.UNKNOWN] == counts[State.SUBMITTING] == 0
    assert counts[State.ACCEPTED] == len(smtp_server.accepted)
    assert counts[State.ACCEPTED] + counts[State.PENDING] == 5


async def test_quitting_during_a_send_asks_first_and_stops_between_messages(
    files: list[Path], smtp_server: Any
) -> None:
    run = sealed(files, smtp_server.port, per_minute=60)
    app = MailmergeApp()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, run, send=True)
        await until(pilot, lambda: screen.tally.counts[State.ACCEPTED] >= 1)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: "Stop sending?" in screen_text(pilot))
        await pilot.press("n")
        await pilot.pause()
        assert app.is_running
        await pilot.press("ctrl+q")
        await until(pilot, lambda: "Stop sending?" in screen_text(pilot))
        await pilot.press("y")
        await until(pilot, lambda: not screen.sending)
    assert app.return_value == 0
    counts = run.counts()
    assert counts[State.UNKNOWN] == counts[State.SUBMITTING] == 0
    assert counts[State.ACCEPTED] == len(smtp_server.accepted)


async def test_a_server_that_is_not_there_is_one_calm_line(files: list[Path], open_app: OpenApp) -> None:
    run = sealed(files, 9)
    async with open_app() as pilot:
        screen = await opened(pilot, run, send=True)
        await until(pilot, lambda: screen.tally.waiting and "Waiting until" in screen_text(pilot))
        assert "127.0.0.1" in screen_text(pilot)
        await pilot.press("S")
        await until(pilot, lambda: not screen.sending)
        assert "Traceback" not in screen_text(pilot)
    assert run.counts()[State.PENDING] == 5


async def test_a_run_that_another_process_sends_is_said_so(
    files: list[Path], open_app: OpenApp, smtp_server: Any
) -> None:
    run = sealed(files, smtp_server.port)
    async with open_app() as pilot:
        with run.exclusive():
            screen = await opened(pilot, run, send=True)
            await until(pilot, lambda: "another process" in screen_text(pilot) and not screen.sending)
    assert smtp_server.accepted == []


async def test_earlier_runs_are_listed_and_opened(files: list[Path], open_app: OpenApp, smtp_server: Any) -> None:
    run = sealed(files, smtp_server.port)
    async with open_app() as pilot:
        await pilot.press("escape", "v")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen) and "0 of 5" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen) and run.id in screen_text(pilot))
        assert "5 messages are sealed, not sent yet" in screen_text(pilot)
        await pilot.press("slash", *"graphiste zoe", "enter")
        await pilot.pause()
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen))


async def test_a_run_that_cannot_be_read_is_named_among_the_earlier_runs(
    files: list[Path], open_app: OpenApp, smtp_server: Any
) -> None:
    run = sealed(files, smtp_server.port)
    (open_outbox().folder / "2026-09-02-0bad.sqlite3").write_bytes(b"x" * 5000)
    async with open_app(size=(80, 24)) as pilot:
        await pilot.press("escape", "v")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen) and "0 of 5" in screen_text(pilot))
        text = " ".join(screen_text(pilot).split())
        assert "2026-09-02-0bad cannot be read" in text
        assert "1 run cannot be read:" in text
        await pilot.press("end", "enter")
        await until(pilot, lambda: "the file is damaged" in " ".join(screen_text(pilot).split()))
        assert isinstance(pilot.app.screen, RunsScreen)
        await pilot.press("home", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen) and run.id in screen_text(pilot))


async def test_a_run_that_was_set_aside_is_listed_and_comes_back(
    files: list[Path], open_app: OpenApp, smtp_server: Any
) -> None:
    run = sealed(files, smtp_server.port)
    outbox = open_outbox()
    outbox.set_aside(run.id)
    async with open_app() as pilot:
        await pilot.press("escape", "v")
        await until(
            pilot, lambda: isinstance(pilot.app.screen, RunsScreen) and f"{run.id} set aside" in words_on(pilot)
        )
        await pilot.press("enter")
        await until(pilot, lambda: "press b to bring it back" in words_on(pilot))
        assert isinstance(pilot.app.screen, RunsScreen)
        await pilot.press("t")  # not begun elsewhere: does nothing
        await pilot.press("b")
        await until(pilot, lambda: f"Run {run.id} is back" in words_on(pilot) and "0 of 5" in words_on(pilot))
    assert [summary.run for summary in outbox.runs()] == [run.id]
    assert outbox.listing().set_aside == ()


async def test_copies_and_runs_under_another_name_are_listed_with_what_they_are(
    files: list[Path], open_app: OpenApp, smtp_server: Any
) -> None:
    run = sealed(files, smtp_server.port)
    copy = run.path.with_name("copy.sqlite3")
    shutil.copy(run.path, copy)
    async with open_app(size=(160, 40)) as pilot:
        await pilot.press("escape", "v")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen) and "a copy" in words_on(pilot))
        await pilot.press("end", "enter")
        await until(pilot, lambda: f"is a copy of run {run.id}: nothing is sent from it" in words_on(pilot))
        assert isinstance(pilot.app.screen, RunsScreen)
    run.path.unlink()
    async with open_app(size=(160, 40)) as pilot:
        await pilot.press("escape", "v")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen) and "under another name" in words_on(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: f"name it {run.id}.sqlite3 again" in words_on(pilot))


@pytest.mark.parametrize("agreed", [True, False])
async def test_a_run_that_was_begun_elsewhere_goes_on_here_once_somebody_says_so(
    files: list[Path],
    open_app: OpenApp,
    smtp_server: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    agreed: bool,
) -> None:
    run = sealed(files, smtp_server.port)
    monkeypatch.setenv("MAILMERGE_HOME", str(tmp_path / "another computer"))
    folder = open_outbox().folder
    folder.mkdir(parents=True)
    shutil.copy(run.path, folder)
    assert open_outbox().open(run.id).begun_elsewhere() is not None
    async with open_app(size=(160, 40)) as pilot:
        await pilot.press("escape", "v")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen) and "begun elsewhere" in words_on(pilot))
        await pilot.press("b")  # not set aside: does nothing
        await pilot.press("t")
        await until(pilot, lambda: f"Go on here with run {run.id}?" in words_on(pilot))
        assert "could get the message a second time" in words_on(pilot)
        await pilot.press("y" if agreed else "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunsScreen))
        await until(pilot, lambda: ("begun elsewhere" in words_on(pilot)) is not agreed)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen) and run.id in words_on(pilot))
    assert (open_outbox().open(run.id).begun_elsewhere() is None) is agreed


async def test_the_lists_of_a_run_are_written_where_one_says(
    files: list[Path], open_app: OpenApp, smtp_server: Any, tmp_path: Path
) -> None:
    smtp_server.reply = lambda m: "550 5.1.1 no such user" if "petit" in m.forward_paths[0] else "250 2.0.0 Ok"
    async with open_app(size=(80, 24)) as pilot:
        screen = await opened(pilot, sealed(files, smtp_server.port), send=True)
        await until(pilot, lambda: screen.tally.summary and not screen.sending)
        await pilot.press("e")
        await until(pilot, lambda: "Write the lists" in screen_text(pilot))
        folder = tmp_path / "listes été"
        pilot.app.screen.query_one("#answer", Input).value = str(folder)
        await pilot.press("enter")
        await until(pilot, lambda: "Written to" in screen_text(pilot))
        text = "".join(screen_text(pilot).split())
        assert "-status.xlsx(5)" in text
        assert "-correct-and-write-again.csv(1)" in text
    assert {path.name.removeprefix(f"{screen.run_shown.id}-") for path in folder.iterdir()} == {
        *("status.xlsx", "correct-and-write-again.csv")
    }


async def test_the_lists_of_a_purged_run_are_refused_in_one_line(
    files: list[Path], open_app: OpenApp, smtp_server: Any, tmp_path: Path
) -> None:
    run = sealed(files, smtp_server.port)
    open_outbox().purge(timedelta(0), unfinished=True)
    async with open_app() as pilot:
        await opened(pilot, run)
        await pilot.press("e")
        await until(pilot, lambda: "Write the lists" in screen_text(pilot))
        pilot.app.screen.query_one("#answer", Input).value = str(tmp_path / "lists")
        await pilot.press("enter")
        await until(pilot, lambda: "was deleted on" in screen_text(pilot))
    assert not (tmp_path / "lists").exists()


async def test_sealing_alone_sends_nothing(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
) -> None:
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and pilot.app.screen.account)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen))
        await until(pilot, lambda: "sealed, not sent yet" in screen_text(pilot))
    assert smtp_server.accepted == []
    assert [run.pending for run in open_outbox().runs()] == [5]


async def test_without_an_account_the_seal_screen_offers_to_add_one(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: "No account to send from is set up yet." in screen_text(pilot))
        await pilot.press("a")
        await until(pilot, lambda: "Choose the account" in screen_text(pilot))
        await pilot.press("n")
        await until(pilot, lambda: "Add an account" in screen_text(pilot))


@pytest.mark.in_english
def test_the_help_names_no_single_cause_of_an_unknown_outcome() -> None:
    """A computer that was switched off leaves unknown messages as well as a connection that broke."""
    (said,) = [line for line in keys.HELP.splitlines() if line.startswith("?")]
    assert "connection" not in said
    assert "may or may not" in said
    assert "may or may not" in state_meaning(State.UNKNOWN)


async def test_the_runs_are_read_behind_the_screen(
    files: list[Path], open_app: OpenApp, smtp_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    sealed(files, smtp_server.port)

    def noted(outbox: Outbox) -> list[RunLine]:
        read.append(threading.current_thread())
        return run_lines(outbox)

    monkeypatch.setattr("mailmerge.tui.screens.runs.run_lines", noted)
    async with open_app() as pilot:
        await pilot.press("escape", "v")
        await until(pilot, lambda: any(table.count for table in pilot.app.screen.query(RunTable)))
    assert read
    assert threading.main_thread() not in read
