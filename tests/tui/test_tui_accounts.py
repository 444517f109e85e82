"""Accounts on screen: a form that takes nothing silently, and a campaign that remembers which one sends it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from each_row import pairs, row
from fake_keyring import Keyring
from msgspec.structs import replace
from smtp_script import ScriptedServer
from textual.pilot import Pilot
from textual.widgets import Input, Select
from tui_cases import LETTER, OpenApp, campaign_screen, screen_text, settled, until

from mailmerge.accounts import (
    Account,
    Accounts,
    Fate,
    OAuthClient,
    Secret,
    account_from_preset,
    find_secret,
    settle_secret,
    store_secret,
)
from mailmerge.accounts.credentials import Kept, keep, recall
from mailmerge.accounts.oauth import Tokens
from mailmerge.campaign import CAMPAIGN_FILE, open_outbox, read_campaign_file
from mailmerge.errors import SignInFailed
from mailmerge.files.home import find_home
from mailmerge.i18n import N_
from mailmerge.tui.dialogs.account_form import AccountForm
from mailmerge.tui.dialogs.ask import Confirm
from mailmerge.tui.screens.accounts import AccountsScreen
from mailmerge.tui.screens.seal.screen import SealScreen
from mailmerge.tui.ui_state import Memory
from mailmerge.tui.widgets.sign_in_pane import SignInPane


def accounts() -> Accounts:
    return Accounts(find_home().config)


def fill(pilot: Pilot[int], **values: str) -> None:
    for name, value in values.items():
        pilot.app.screen.query_one(f"#{name}").value = value  # type: ignore[attr-defined]


def filled(pilot: Pilot[int], name: str) -> Any:
    return pilot.app.screen.query_one(f"#{name}").value  # type: ignore[attr-defined]


async def open_accounts(pilot: Pilot[int]) -> None:
    await pilot.press("escape", "a")
    await until(pilot, lambda: isinstance(pilot.app.screen, AccountsScreen))
    await settled(pilot)


async def open_form(pilot: Pilot[int], key: str = "n") -> None:
    await open_accounts(pilot)
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, AccountForm))
    await settled(pilot)


# --- the form ----------------------------------------------------------------------------------------------------


async def test_the_form_begins_with_the_sender_and_takes_no_provider_silently(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await open_form(pilot)
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "address"
        assert filled(pilot, "provider") is Select.NULL
        await pilot.press(*"rh@atelier.example", "ctrl+s")
        await settled(pilot)
        assert "choose who runs the mailbox" in screen_text(pilot)
        assert not accounts().all()


@pytest.mark.parametrize(
    ("address", "provider", "host"),
    [
        ("zoe@orange.fr", "orange", "smtp.orange.fr"),
        ("Zoé <zoe@laposte.net>", "laposte", "smtp.laposte.net"),
        ("zoe@hotmail.fr", "outlook", "smtp-mail.outlook.com"),
    ],
)
async def test_a_provider_is_recognised_by_the_address_and_can_be_changed(
    open_app: OpenApp, address: str, provider: str, host: str
) -> None:
    async with open_app() as pilot:
        await open_form(pilot)
        fill(pilot, address=address)
        await settled(pilot)
        assert filled(pilot, "provider") == provider
        assert filled(pilot, "host") == host
        assert "Recognised by the address" in screen_text(pilot)
        fill(pilot, address="zoe@atelier.example")
        await settled(pilot)
        assert filled(pilot, "provider") is Select.NULL
        assert filled(pilot, "host") == ""
        fill(pilot, provider="ovh")
        await settled(pilot)
        assert filled(pilot, "host") == "ssl0.ovh.net"
        fill(pilot, address=address)
        await settled(pilot)
        assert filled(pilot, "provider") == "ovh", "what was chosen is not changed behind one's back"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert accounts().get("zoe").host == "ssl0.ovh.net"


WRONG = [
    ("address", "nobody", "is not a sender address"),
    ("address", "", "give the address"),
    ("name", "a b", "a name has letters"),
    ("name", "taken", "is already called"),
    ("host", "a b", "is not a host name"),
    ("host", "", "no server is named"),
    ("port", "0", "is not between 1 and 65535"),
    ("port", "many", "whole number"),
    ("tls", "none", "this machine only"),
    ("per_minute", "fast", "give a number"),
    ("per_minute", "nan", "give a number"),
    ("per_day", "0.5", "whole number"),
    ("connections", "99", "between 1 and 20"),
    ("username", "a\u202eb", "cannot be printed"),
    ("login", "microsoft", "client_id is missing"),
]


async def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(open_app: OpenApp) -> None:
    accounts().add(account_from_preset("taken", "x@x.example", host="h.example"))
    async with open_app(size=(100, 60)) as pilot:
        await open_form(pilot)
        fill(pilot, provider="other", address="rh@x.example")
        await settled(pilot)
        fill(pilot, host="mail.x.example")
        await settled(pilot)
        for field, value, said in WRONG:
            right = filled(pilot, field)
            with row(f"{field}: {value!r}"):
                fill(pilot, **{field: value})
                await pilot.press("ctrl+s")
                await settled(pilot)
                lines = screen_text(pilot).splitlines()
                assert any("! " in line for line in lines)
                assert said in " ".join(screen_text(pilot).replace("▌", " ").split())
                assert isinstance(pilot.app.screen, AccountForm)
                assert pilot.app.focused is not None
                assert pilot.app.focused.id == ("client_id" if field == "login" else field)
                assert [account.name for account in accounts().all()] == ["taken"]
                assert filled(pilot, field) == value
            fill(pilot, **{field: right})


FULL = replace(
    account_from_preset("rh", "rh@x.example", host="127.0.0.1", port=2525, tls="none", signature="C.\nParis"),
    display_name='Martin, "Claire"', username="claire", connections=3, per_minute=0.5, per_day=70,
)  # fmt: skip
SIGNED_IN = account_from_preset(
    "rh", "rh@x.example", provider="exchange", auth="oauth2",
    oauth=OAuthClient(issuer="microsoft", client_id="0000-11", tenant="x.example"),
)  # fmt: skip
AT_HOME = replace(SIGNED_IN, oauth=OAuthClient(issuer="https://id.x.example/hr", client_id="m"))
BY_COMMAND = replace(SIGNED_IN, oauth=None, token_command="print-token")
BY_PASSWORD_COMMAND = replace(FULL, password_command="pass show rh", ca_file="/etc/own.pem")


@pytest.mark.parametrize("account", [FULL, SIGNED_IN, AT_HOME, BY_COMMAND, BY_PASSWORD_COMMAND])
async def test_an_account_that_is_saved_unchanged_is_unchanged(open_app: OpenApp, account: Account) -> None:
    accounts().add(account)
    before = accounts().path.read_bytes()
    async with open_app() as pilot:
        await open_form(pilot, "e")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "rh is saved" in screen_text(pilot))
    assert accounts().get("rh") == account
    assert accounts().path.read_bytes() == before


TOGETHER = [
    [
        ("address", "DRH <drh@x.example>", "display_name", "DRH"),
        ("host", "localhost", "host", "localhost"),
        ("port", "2526", "port", 2526),
        ("per_minute", "2,5", "per_minute", 2.5),
    ],
    [
        ("address", "rh@x.example", "display_name", ""),
        ("tls", "starttls", "tls", "starttls"),
        ("connections", "", "connections", 1),
        ("per_day", "", "per_day", 0),
    ],
    [("login", "none", "auth", "none"), ("per_minute", "", "per_minute", 0)],
    [("name", "paris", "name", "paris"), ("username", "", "username", "rh@x.example")],
    [("provider", "orange", "host", "smtp.orange.fr")],
]
"""Fields that have nothing to do with each other are edited in one form."""


async def test_every_field_can_be_edited(open_app: OpenApp, keyring: Keyring) -> None:
    async with open_app() as pilot:
        for edited in TOGETHER:
            with row(f"{edited}"):
                for account in accounts().all():
                    accounts().remove(account.name)
                accounts().add(FULL)
                await open_form(pilot, "e")
                fill(pilot, **{field: value for field, value, _key, _wanted in edited})
                await settled(pilot)
                await pilot.press("ctrl+s")
                await until(pilot, lambda: not isinstance(pilot.app.screen, AccountForm))
                await settled(pilot)
                (after,) = accounts().all()
                assert {key: getattr(after, key) for _, _, key, _ in edited} == {key: to for _, _, key, to in edited}
                fields = {field for field, *_ in edited}
                if fields.isdisjoint({"provider", "name"}):
                    same = {"port", "tls", "per_day", "per_minute", "signature", "connections"} - fields
                    assert all(getattr(after, name) == getattr(FULL, name) for name in same)


async def test_the_signature_can_be_edited(open_app: OpenApp) -> None:
    accounts().add(FULL)
    async with open_app() as pilot:
        await open_form(pilot, "e")
        pilot.app.screen.query_one("#signature").text = "Zoé\nLyon\n"  # type: ignore[attr-defined]
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "is saved" in screen_text(pilot))
    assert accounts().get("rh").signature == "Zoé\nLyon"


@pytest.mark.parametrize("stored", [True, False])
async def test_a_password_given_for_one_server_is_not_sent_to_another(
    open_app: OpenApp, keyring: Keyring, stored: bool
) -> None:
    async with ScriptedServer(password="right") as first, ScriptedServer(password="right", host="::1") as second:
        account = account_from_preset("rh", "rh@x.example", host="127.0.0.1", port=first.port, tls="none")
        accounts().add(account)
        if stored:
            store_secret(account, Secret("right"))
        async with open_app() as pilot:
            await pilot.press("escape", "a")
            await settled(pilot)
            await pilot.press("c")
            if not stored:
                await until(pilot, lambda: "Password of rh@x.example" in screen_text(pilot))
                await pilot.press(*"right", "enter")
                await until(pilot, lambda: "Keep the password?" in screen_text(pilot))
                await pilot.press("n")
            await until(pilot, lambda: "Checked just now" in screen_text(pilot))
            await settled(pilot)
            await pilot.press("e")
            await settled(pilot)
            fill(pilot, host="::1", port=str(second.port))
            await pilot.press("ctrl+s")
            said = "was not sent to ::1" if stored else "is saved"
            await until(pilot, lambda: said in " ".join(screen_text(pilot).split()))
            assert not keyring.entries()
            await pilot.press("c")
            await until(pilot, lambda: "Password of rh@x.example at ::1" in screen_text(pilot))
            await pilot.press("escape")
            await settled(pilot)
        assert first.logins
        assert not second.logins
        assert find_secret(accounts().get("rh")) is None


async def test_a_server_without_login_is_checked_without_a_password(open_app: OpenApp, smtp_server: Any) -> None:
    async with open_app() as pilot:
        await open_form(pilot)
        fill(pilot, provider="other", address="rh@x.example")
        await settled(pilot)
        fill(pilot, host="127.0.0.1", tls="none", login="none")
        await settled(pilot)
        fill(pilot, port=str(smtp_server.port))
        assert not pilot.app.screen.query_one("#field-username").display
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("c")
        await until(pilot, lambda: "Checked just now" in screen_text(pilot))
    assert accounts().get("rh").auth == "none"


# --- which account sends -----------------------------------------------------------------------------------------

SIGNED = LETTER.replace("Hélène Castéra", "{{ signature }}")


@pytest.fixture
def two(smtp_server: Any) -> None:
    for name in ("lyon", "paris"):
        accounts().add(
            account_from_preset(
                name,
                f"{name}@atelier.example",
                host="127.0.0.1",
                port=smtp_server.port,
                tls="none",
                auth="none",
                signature=f"The people of {name}",
            )
        )


async def choose(pilot: Pilot[int], row: int) -> None:
    await until(pilot, lambda: "Choose the account" in screen_text(pilot))
    await pilot.press("g", *["j"] * row, "enter")


async def test_the_account_that_is_chosen_sends_and_is_not_forgotten(
    files: list[Path], open_app: OpenApp, two: None, smtp_server: Any
) -> None:
    async with open_app(*files) as pilot:
        assert "no account chosen" in screen_text(pilot)
        await pilot.press("a")
        await choose(pilot, 1)
        await until(pilot, lambda: "paris sends this campaign, as paris@atelier.example" in screen_text(pilot))
        await settled(pilot)
        assert "no account chosen" not in screen_text(pilot)
        await pilot.press("t")
        await until(pilot, lambda: "on its way to paris@atelier.example" in screen_text(pilot))
        await pilot.press("s")
        await until(pilot, lambda: "will leave from paris@atelier.example" in screen_text(pilot))
    assert read_campaign_file(files[0].parent / CAMPAIGN_FILE).account == "paris"
    (recent,) = Memory(find_home().state).recent()
    assert recent.sources == (files[0].parent / CAMPAIGN_FILE,), "one campaign, and not what it was opened from"
    async with open_app(files[0].parent) as pilot:
        assert "paris@atelier.example" in screen_text(pilot)
    assert [message.reverse_path for message in smtp_server.accepted] == ["paris@atelier.example"]


async def test_a_test_to_me_asks_which_account_sends_where_there_are_several(
    files: list[Path], open_app: OpenApp, two: None, smtp_server: Any
) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("t")
        await choose(pilot, 0)
        await until(pilot, lambda: smtp_server.accepted)
        await settled(pilot)
        assert campaign_screen(pilot).session.account_name == "lyon"
        await pilot.press("t")
        await until(pilot, lambda: len(smtp_server.accepted) == 2)
    assert {message.reverse_path for message in smtp_server.accepted} == {"lyon@atelier.example"}


@pytest.mark.parametrize("letter", [LETTER, SIGNED])
async def test_the_seal_page_offers_the_accounts_that_there_are_and_checks_with_the_chosen_one(
    files: list[Path], open_app: OpenApp, two: None, smtp_server: Any, letter: str
) -> None:
    files[1].write_text(letter, encoding="utf-8")
    async with open_app(*files) as pilot:
        await pilot.press("a")
        await choose(pilot, 0)
        await until(pilot, lambda: "lyon sends this campaign" in screen_text(pilot))
        await until(pilot, lambda: campaign_screen(pilot).session.review.report)  # type: ignore[union-attr]
        await settled(pilot)
        await pilot.press("s")
        await until(pilot, lambda: "will leave from lyon@atelier.example" in screen_text(pilot))
        await pilot.press("a")
        await choose(pilot, 1)
        await until(pilot, lambda: "will leave from paris@atelier.example" in screen_text(pilot))
        await settled(pilot)
        await pilot.press("5", "enter")
        await until(pilot, lambda: len(smtp_server.accepted) == 5)
        await until(pilot, lambda: "All 5 messages were accepted" in screen_text(pilot))
    assert {message.reverse_path for message in smtp_server.accepted} == {"paris@atelier.example"}
    for message in smtp_server.accepted:
        assert (b"The people of paris" in message.content) == (letter == SIGNED)
        assert b"lyon" not in message.content


async def test_the_seal_page_says_that_none_of_several_is_chosen(
    files: list[Path], open_app: OpenApp, two: None
) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: "2 accounts are set up, but none is chosen for this campaign" in screen_text(pilot))
        await pilot.press("5", "enter")
        await choose(pilot, 1)
        await until(pilot, lambda: "will leave from paris@atelier.example" in screen_text(pilot))
        assert not open_outbox().runs()


async def test_without_any_account_the_seal_page_says_so(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: "No account to send from is set up yet." in screen_text(pilot))


async def test_the_only_account_that_was_added_at_the_seal_page_sends_and_no_file_is_made(
    files: list[Path], open_app: OpenApp
) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: "No account to send from is set up yet." in screen_text(pilot))
        await pilot.press("a", "n")
        await settled(pilot)
        fill(pilot, address="zoe@orange.fr")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "zoe sends as" in screen_text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "will leave from zoe@orange.fr" in screen_text(pilot))
    assert not (files[0].parent / CAMPAIGN_FILE).exists()


async def test_another_campaign_file_in_the_way_keeps_the_choice_for_this_session(
    files: list[Path], open_app: OpenApp, two: None
) -> None:
    other = files[0].parent / CAMPAIGN_FILE
    other.write_text('recipients = "x.csv"\ntemplate = "x.md"\n')
    async with open_app(*files) as pilot:
        await pilot.press("a")
        await choose(pilot, 1)
        await until(pilot, lambda: "This is for now only" in screen_text(pilot))
        await settled(pilot)
        await pilot.press("ctrl+r")
        await settled(pilot)
        await until(pilot, lambda: campaign_screen(pilot).session.account_name == "paris")
        await until(pilot, lambda: campaign_screen(pilot).session.review.report)  # type: ignore[union-attr]
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen))
        await until(pilot, lambda: "will leave from paris@atelier.example" in screen_text(pilot))
    assert "account" not in other.read_text()


async def test_another_account_beside_the_only_one_changes_nothing(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
) -> None:
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        assert campaign_screen(pilot).session.account_name == "rh"
        await pilot.press("a", "n")
        await settled(pilot)
        fill(pilot, address="zoe@orange.fr")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "zoe sends as" in screen_text(pilot))
        await pilot.press("escape")
        await settled(pilot)
        assert campaign_screen(pilot).session.account_name == "rh"
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert campaign_screen(pilot).session.account_name == "rh"


async def test_an_account_that_is_removed_sends_nothing_any_more(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], smtp_server: Any
) -> None:
    account(smtp_server.port)
    async with open_app(*files) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: "Choose the account" in screen_text(pilot))
        await pilot.press("D", "y")
        await until(pilot, lambda: not accounts().all())
        await settled(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "no account yet" in screen_text(pilot))


@pytest.mark.parametrize("key", ["a", "t", "s"])
async def test_an_account_that_is_added_sends_wherever_it_was_added_from(
    files: list[Path], open_app: OpenApp, key: str
) -> None:
    async with open_app(*files) as pilot:
        assert "no account yet" in screen_text(pilot)
        await pilot.press(key, *["a"] * (key == "s"))
        await until(pilot, lambda: "Choose the account" in screen_text(pilot))
        accounts().add(AT_HOME)
        await pilot.press("escape")
        await until(pilot, lambda: campaign_screen(pilot).session.account_name == AT_HOME.name)
        await until(pilot, lambda: AT_HOME.address in screen_text(pilot))


@pytest.fixture
def registered(keyring: Keyring) -> list[Account]:
    """Two accounts that are signed in, each with a secret of its registration in the keyring."""
    several = [replace(AT_HOME, name=name) for name in ("lyon", "paris")]
    for each in several:
        accounts().add(each)
        keep(each, Kept.CLIENT_SECRET, Secret("invented"))
    return several


async def test_what_is_stored_goes_with_an_account_whose_sign_in_cannot_be_ended(
    open_app: OpenApp, registered: list[Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_tokens: Tokens) -> bool:
        raise SignInFailed(N_("another process is renewing the sign-in"), kind="busy")

    monkeypatch.setattr(Tokens, "sign_out", busy)
    async with open_app() as pilot:
        await open_accounts(pilot)
        await pilot.press("D", "y")
        await until(pilot, lambda: recall(registered[0], Kept.CLIENT_SECRET) is None)
        assert recall(registered[1], Kept.CLIENT_SECRET) is not None


async def test_what_is_stored_goes_with_each_account_although_the_next_is_removed_meanwhile(
    open_app: OpenApp, registered: list[Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered, asked = Event(), list[str]()

    def slow(tokens: Tokens) -> bool:
        asked.append(tokens.account.name)
        return answered.wait(20)

    monkeypatch.setattr(Tokens, "sign_out", slow)
    async with open_app() as pilot:
        await open_accounts(pilot)
        for each in registered:
            await until(pilot, lambda: isinstance(pilot.app.screen, AccountsScreen))
            await pilot.press("D")
            await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
            await pilot.press("y")
            await until(pilot, lambda each=each: each.name in asked)
        answered.set()
        for each in registered:
            await until(pilot, lambda each=each: recall(each, Kept.CLIENT_SECRET) is None)


async def test_the_account_that_was_saved_is_signed_in_wherever_the_cursor_went(
    open_app: OpenApp, registered: list[Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered, asked = Event(), list[str]()

    def slow(tokens: Tokens) -> bool:
        asked.append(tokens.account.name)
        answered.wait(20)
        return False

    async with open_app() as pilot:
        await open_accounts(pilot)
        monkeypatch.setattr(Tokens, "is_stored", slow)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountForm))
        await settled(pilot)
        fill(pilot, address="zoe@x.example")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "lyon" in asked)
        await pilot.press("down")
        answered.set()
        await until(pilot, lambda: pilot.app.screen.query(SignInPane))
        assert pilot.app.screen.query_one(SignInPane).account.name == "lyon"


async def test_a_password_goes_with_each_change_in_its_turn(
    open_app: OpenApp, keyring: Keyring, smtp_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = account_from_preset("lyon", "rh@atelier.example", host="127.0.0.1", port=smtp_server.port, tls="none")
    accounts().add(before)
    store_secret(before, Secret("invented"))
    saved, begun = Event(), list[str]()

    def slow(before: Account, after: Account, state: Path | None = None) -> Fate:
        begun.append(before.name)
        if len(begun) == 1:
            saved.wait(20)
        return settle_secret(before, after, state)

    monkeypatch.setattr("mailmerge.tui.screens.accounts.settle_secret", slow)
    async with open_app() as pilot:
        await open_accounts(pilot)
        for name in ("lille", "nice"):
            await pilot.press("e")
            await until(pilot, lambda: isinstance(pilot.app.screen, AccountForm))
            await pilot.pause()
            fill(pilot, name=name)
            await pilot.press("ctrl+s")
            await until(pilot, lambda name=name: [each.name for each in accounts().all()] == [name])
            await until(pilot, lambda: isinstance(pilot.app.screen, AccountsScreen))
        await pilot.pause()
        saved.set()
        await until(pilot, lambda: find_secret(accounts().get("nice")))
        assert begun == ["lyon", "lille"]


@pytest.mark.parametrize(("letter", "step"), pairs([LETTER, SIGNED], ["choose", "add", "edit"]))
async def test_what_was_seen_the_order_and_the_search_survive_another_account(
    files: list[Path], open_app: OpenApp, two: None, letter: str, step: str
) -> None:
    files[1].write_text(letter, encoding="utf-8")
    async with open_app(*files) as pilot:
        screen = campaign_screen(pilot)
        if step == "edit":
            await pilot.press("a")
            await choose(pilot, 0)
            await until(pilot, lambda: screen.session.account_name == "lyon")
            await settled(pilot)
        await pilot.press("O")
        await until(pilot, lambda: "most unusual first" in screen_text(pilot))
        await pilot.press("j", "j")
        await until(pilot, lambda: screen.session.review and len(screen.session.review.seen) == 3)
        await settled(pilot)
        assert screen.session.review is not None
        before, number = (screen.session.review.seen, list(screen.session.review.order)), screen.number
        campaign = screen.session.campaign
        await pilot.press("a")
        await until(pilot, lambda: "Choose the account" in screen_text(pilot))
        if step == "choose":
            await choose(pilot, 1)
        else:
            await pilot.press("g", "n" if step == "add" else "e")
            await settled(pilot)
            if step == "add":
                fill(pilot, address="zoe@orange.fr")
            pilot.app.screen.query_one("#signature").text = "Another signature"  # type: ignore[attr-defined]
            await settled(pilot)
            await pilot.press("ctrl+s")
            await settled(pilot)
            if step == "add":
                await pilot.press("enter")
            else:
                await pilot.press("escape")
        await until(
            pilot,
            lambda: screen.session.campaign is not campaign and screen.session.checked,
        )
        await settled(pilot)
        assert screen.session.review is not None
        assert (screen.session.review.seen, list(screen.session.review.order)) == before
        assert screen.number == number
        assert "most unusual first" in screen_text(pilot)
    async with open_app(files[0].parent) as pilot:
        await until(pilot, lambda: "3/5 seen" in screen_text(pilot))


async def test_a_search_survives_another_account(files: list[Path], open_app: OpenApp, two: None) -> None:
    async with open_app(*files) as pilot:
        screen = campaign_screen(pilot)
        await pilot.press("slash", *"graphiste", "enter")
        await until(pilot, lambda: screen.session.review and len(screen.session.review.shown) == 3)
        await pilot.press("a")
        await choose(pilot, 1)
        await until(pilot, lambda: screen.session.account_name == "paris")
        await settled(pilot)
        assert "3 of 5" in screen_text(pilot)
        assert screen.query_one("#search", Input).value == "graphiste"
