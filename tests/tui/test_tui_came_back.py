"""What came back, on the run page; the mailbox is a script here, the real one is in the delivery tests."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from test_tui_run import opened, sealed
from textual.pilot import Pilot
from textual.widgets import Input, Select
from tui_cases import OpenApp, campaign_screen, screen_text, until

from mailmerge.accounts import Accounts, Imap, changed
from mailmerge.files.home import find_home
from mailmerge.imap import AcceptanceEvidence, MailboxLook
from mailmerge.model import State
from mailmerge.outbox import Later, LaterKind, Run
from mailmerge.outbox.afterwards import add_later
from mailmerge.tui.dialogs.account_form import AccountForm
from mailmerge.tui.screens.campaign.screen import CampaignScreen
from mailmerge.tui.screens.run import following
from mailmerge.tui.screens.run.message_list import RunList
from mailmerge.tui.screens.run.screen import RunScreen

CAME: Mapping[int, LaterKind] = {2: LaterKind.BOUNCED, 4: LaterKind.EXPIRED, 5: LaterKind.DELAYED}


async def accepted(files: list[Path], server: Any, *, mailbox: bool = True) -> Run:
    """A run of which the server accepted everything, of an account whose mailbox is looked into."""
    run = sealed(files, server.port)
    with run.sending() as journal:
        for message in run.messages():
            await journal.claim(message.record)
            await journal.settle(message.record, State.ACCEPTED, "250 2.0.0 Ok")
    accounts = Accounts(find_home().config)
    if mailbox:
        accounts.change("rh", changed(accounts.get("rh"), imap=Imap(host="localhost", password_command="echo x")))
    return run


def looks(monkeypatch: pytest.MonkeyPatch, came: Mapping[int, LaterKind] = CAME, **more: Any) -> None:
    """The mailbox holds this."""

    def look(run: Run, *_: object) -> MailboxLook:
        now = datetime.datetime.now(datetime.UTC)
        events = [
            Later(record, kind, "5.1.1", f"no such user {record}", now, True, str(record))
            for record, kind in came.items()
        ]
        add_later(run, events, looked_at=now)
        return MailboxLook(run.afterwards(), **more)

    monkeypatch.setattr(following, "look", look)


async def looked(pilot: Pilot[int], run: Run) -> RunScreen:
    screen = await opened(pilot, run)
    await until(pilot, lambda: "f looks for what came back" in screen_text(pilot))
    await pilot.press("f")
    await until(pilot, lambda: "2 came back, 1 delayed, looked just now (f: look again)" in screen_text(pilot))
    return screen


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_what_came_back_is_one_line_and_a_list(
    files: list[Path], open_app: OpenApp, smtp_server: Any, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    looks(monkeypatch)
    run = await accepted(files, smtp_server)
    async with open_app(size=size) as pilot:
        screen = await looked(pilot, run)
        assert "Came back 2" in screen_text(pilot)
        rows = screen.query_one(RunList)
        assert (rows.which, rows.count) == ("back", 2)
        await until(pilot, lambda: "no such user 2" in " ".join(screen_text(pilot).split()))
        assert "did not get the message" in " ".join(screen_text(pilot).split())
        await pilot.press("l")
        assert (rows.which, rows.count) == ("all", 5)


async def test_the_rows_of_those_whose_message_came_back_are_written(
    files: list[Path], open_app: OpenApp, smtp_server: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    looks(monkeypatch)
    run = await accepted(files, smtp_server)
    async with open_app() as pilot:
        await looked(pilot, run)
        await pilot.press("L")
        await until(pilot, lambda: "Write the list" in screen_text(pilot))
        path = tmp_path / "à corriger.csv"
        pilot.app.screen.query_one("#answer", Input).value = str(path)
        await pilot.press("enter")
        await until(pilot, path.exists)
    written = path.read_text(encoding="utf-8-sig")
    assert "Hugo;Petit" in written
    assert "José;Oliveira" in written
    assert "Maëlys" not in written


async def test_a_campaign_for_these_only_has_their_rows_and_the_same_letter(
    files: list[Path], open_app: OpenApp, smtp_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks(monkeypatch)
    run = await accepted(files, smtp_server)
    async with open_app(*files) as pilot:
        await until(pilot, lambda: campaign_screen(pilot).session.campaign)
        first = campaign_screen(pilot)
        await looked(pilot, run)
        await pilot.press("R")
        await until(pilot, lambda: pilot.app.screen is not first and hasattr(pilot.app.screen, "session"))
        second = pilot.app.screen
        await until(pilot, lambda: second.session.campaign)  # type: ignore[attr-defined]
        campaign = second.session.campaign  # type: ignore[attr-defined]
        assert [recipient.name for recipient in campaign.recipients] == ["Hugo Petit", "José Oliveira"]
        assert [letter.name for letter in campaign.letters] == [files[1].name]


async def test_a_campaign_for_these_needs_the_campaign_open(
    files: list[Path], open_app: OpenApp, smtp_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks(monkeypatch)
    run = await accepted(files, smtp_server)
    async with open_app() as pilot:
        await looked(pilot, run)
        await pilot.press("R")
        await until(pilot, lambda: "Open the campaign of this run first" in screen_text(pilot))


async def test_a_campaign_for_these_is_made_from_the_one_that_was_open_before(
    files: list[Path], open_app: OpenApp, smtp_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks(monkeypatch)
    run = await accepted(files, smtp_server)
    async with open_app(*files):
        pass
    async with open_app() as pilot:
        await looked(pilot, run)
        await pilot.press("R")
        await until(pilot, lambda: f"{run.id}-again" in screen_text(pilot).splitlines()[0])
        made = pilot.app.screen
        assert isinstance(made, CampaignScreen)
        await until(pilot, lambda: made.session.campaign)
        campaign = made.session.campaign
        assert campaign is not None
        assert [recipient.name for recipient in campaign.recipients] == ["Hugo Petit", "José Oliveira"]


async def test_an_unknown_outcome_that_is_explained_is_confirmed_with_one_key(
    files: list[Path], open_app: OpenApp, smtp_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await accepted(files, smtp_server)
    with run.sending() as journal:
        await journal.doubt(3, "the verdict was lost")
    looks(monkeypatch, {}, unknown=1, evidence={3: AcceptanceEvidence.RETURNED})
    async with open_app() as pilot:
        screen = await opened(pilot, run)
        await pilot.press("f")
        await until(pilot, lambda: "1 of 1 unknown outcomes are explained" in screen_text(pilot))
        assert screen.tally.states[3] is State.UNKNOWN
        await pilot.press("l")
        await until(pilot, lambda: "A returned mail quotes the message" in " ".join(screen_text(pilot).split()))
        await pilot.press("A")
        await pilot.pause()
        await pilot.press(*"C. Martin", "enter")
        await until(pilot, lambda: screen.tally.states[3] is State.ACCEPTED)
    assert run.history(3)[-1].by == "C. Martin"


async def test_every_message_that_holds_anything_of_a_person_is_listed(
    files: list[Path], open_app: OpenApp, smtp_server: Any
) -> None:
    run = await accepted(files, smtp_server, mailbox=False)
    async with open_app() as pilot:
        screen = await opened(pilot, run)
        await pilot.press("down", "o")
        await until(pilot, lambda: screen.query_one(RunList).which == "holders")
        assert list(screen.query_one(RunList).holders) == [2]
        await pilot.press("l", "end")
        await until(pilot, lambda: screen.query_one(RunList).which == "all")


async def test_a_run_of_an_account_without_a_mailbox_says_nothing_of_it(
    files: list[Path], open_app: OpenApp, smtp_server: Any
) -> None:
    run = await accepted(files, smtp_server, mailbox=False)
    async with open_app() as pilot:
        await opened(pilot, run)
        await pilot.pause()
        assert "came back" not in screen_text(pilot)


async def test_the_account_form_asks_what_is_done_with_the_mailbox(open_app: OpenApp) -> None:
    accounts = Accounts(find_home().config)
    async with open_app() as pilot:
        form = AccountForm(accounts.add)
        pilot.app.push_screen(form)
        await until(pilot, lambda: pilot.app.screen is form and form.is_mounted)
        form.query_one("#address", Input).value = "rh@laposte.net"
        await until(pilot, lambda: form.query_one("#provider", Select).value == "laposte")
        assert not form.query_one("#field-imap_host").display
        form.query_one("#mailbox", Select).value = "looked-into"
        await until(pilot, lambda: form.query_one("#field-imap_host").display)
        assert "personal data" in str(form.query_one("#field-mailbox .said").render())
        form.action_save()
        await until(pilot, lambda: pilot.app.screen is not form)
    imap = accounts.get("rh").imap
    assert imap is not None
    assert (imap.host, imap.port, imap.sent) == ("imap.laposte.net", 993, "auto")
