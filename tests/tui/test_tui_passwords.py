"""A password is asked for when it is needed, kept when the server has taken it, and not tried again when it has not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from smtp_script import ScriptedServer
from textual.pilot import Pilot
from tui_cases import OpenApp, screen_text, settled, until

from mailmerge.accounts import Account, Accounts, Secret, account_from_preset
from mailmerge.errors import KeyringUnusable
from mailmerge.files.home import find_home


class Keyring:
    """Stands for the system's keyring, which the tests of the accounts use in earnest."""

    def __init__(self) -> None:
        self.answers = True
        self.kept: str | None = None

    def find(self, _: Account) -> Secret | None:
        self.name()
        return Secret(self.kept) if self.kept else None

    def name(self) -> str:
        if not self.answers:
            raise KeyringUnusable("none here")
        return "Secret Service"

    def store(self, _: Account, secret: Secret) -> None:
        self.kept = secret.reveal()


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    keyring = Keyring()
    monkeypatch.setattr("mailmerge.tui.dialogs.passwords.find_secret", keyring.find)
    monkeypatch.setattr("mailmerge.tui.dialogs.passwords.keyring_name", keyring.name)
    monkeypatch.setattr("mailmerge.tui.dialogs.passwords.store_secret", keyring.store)
    return keyring


@pytest_asyncio.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    """It takes the password "right", and has an account."""
    async with ScriptedServer(password="right") as server:
        account = account_from_preset("rh", "rh@atelier.example", host="127.0.0.1", port=server.port, tls="none")
        Accounts(find_home().config).add(account)
        yield server


async def agree(pilot: Pilot[int]) -> None:
    """Ask for the five messages to be sent."""
    await pilot.press("s")
    await until(pilot, lambda: "will leave from" in screen_text(pilot))
    await pilot.press("5", "enter")


async def answer(pilot: Pilot[int], password: str) -> None:
    await until(pilot, lambda: "Password of rh@atelier.example" in screen_text(pilot))
    await pilot.press(*password, "enter")


async def test_a_password_is_never_shown_and_nothing_is_sealed_without(
    files: list[Path], open_app: OpenApp, keyring: Keyring, server: ScriptedServer
) -> None:
    keyring.answers = False
    async with open_app(*files) as pilot:
        await agree(pilot)
        await until(pilot, lambda: "Password of rh@atelier.example" in screen_text(pilot))
        assert "kept in memory only" in " ".join(screen_text(pilot).split())
        await pilot.press(*"hunter2")
        assert "hunter2" not in screen_text(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "No password: nothing was sealed" in screen_text(pilot))
    assert not server.connections


@pytest.mark.parametrize(("key", "kept"), [("y", "right"), ("n", None)])
async def test_a_typed_password_can_be_kept_once_the_server_has_taken_it(
    files: list[Path], open_app: OpenApp, keyring: Keyring, server: ScriptedServer, key: str, kept: str | None
) -> None:
    async with open_app(*files) as pilot:
        await agree(pilot)
        await answer(pilot, "right")
        await until(pilot, lambda: "Keep the password?" in screen_text(pilot))
        assert len(server.taken) == 5
        assert keyring.kept is None
        await pilot.press(key)
        await settled(pilot)
        assert keyring.kept == kept
        assert "All 5 messages were accepted" in screen_text(pilot)


async def test_a_refused_password_is_not_tried_again_nor_kept(
    files: list[Path], open_app: OpenApp, keyring: Keyring, server: ScriptedServer
) -> None:
    async with open_app(*files) as pilot:
        await agree(pilot)
        await answer(pilot, "wrong")
        await until(pilot, lambda: "refuses the login" in screen_text(pilot))
        assert keyring.kept is None
        await pilot.press("c", "5", "enter")
        await until(pilot, lambda: "The server refused the last one" in screen_text(pilot))
        await answer(pilot, "right")
        await until(pilot, lambda: "Keep the password?" in screen_text(pilot))
        assert [password for _, password in server.logins] == ["wrong", "right"]


async def test_a_stored_password_that_is_refused_is_asked_for_anew(
    files: list[Path], open_app: OpenApp, keyring: Keyring, server: ScriptedServer
) -> None:
    keyring.kept = "old"
    async with open_app(*files) as pilot:
        await pilot.press("t")
        await until(pilot, lambda: "refuses the login" in screen_text(pilot))
        await pilot.press("t")
        await answer(pilot, "right")
        await until(pilot, lambda: "Keep the password?" in screen_text(pilot))
        await pilot.press("y")
        await until(pilot, lambda: keyring.kept == "right")
        await pilot.press("t")
        await until(pilot, lambda: len(server.taken) == 2)
        await settled(pilot)


async def test_checking_an_account_proves_its_password(
    open_app: OpenApp, keyring: Keyring, server: ScriptedServer
) -> None:
    async with open_app() as pilot:
        await pilot.press("escape", "a")
        await until(pilot, lambda: "rh@atelier.example" in screen_text(pilot))
        await pilot.press("c")
        await answer(pilot, "wrong")
        await until(pilot, lambda: "refuses the login" in screen_text(pilot))
        await pilot.press("c")
        await answer(pilot, "right")
        await until(pilot, lambda: "Keep the password?" in screen_text(pilot))
        await pilot.press("y")
        await until(pilot, lambda: "Checked just now" in screen_text(pilot))
        assert keyring.kept == "right"


async def test_a_password_that_the_keyring_has_is_not_offered_to_it_again(
    open_app: OpenApp, keyring: Keyring, server: ScriptedServer
) -> None:
    async with open_app() as pilot:
        await pilot.press("escape", "a")
        await until(pilot, lambda: "rh@atelier.example" in screen_text(pilot))
        await pilot.press("p")
        await answer(pilot, "right")
        await until(pilot, lambda: keyring.kept == "right")
        await settled(pilot)
        await pilot.press("c")
        await until(pilot, lambda: "Checked just now" in screen_text(pilot))
        await settled(pilot)
        assert "Keep the password?" not in screen_text(pilot)


@pytest.mark.parametrize(("answers", "said"), [(True, "It goes into the system's keyring"), (False, "kept in memory")])
async def test_a_password_that_is_given_for_later_goes_where_it_is_said_to_go(
    open_app: OpenApp, keyring: Keyring, server: ScriptedServer, answers: bool, said: str
) -> None:
    keyring.answers = answers
    async with open_app() as pilot:
        await pilot.press("escape", "a")
        await until(pilot, lambda: "rh@atelier.example" in screen_text(pilot))
        await pilot.press("p")
        await until(pilot, lambda: "Password of rh@atelier.example" in screen_text(pilot))
        await settled(pilot)
        assert said in " ".join(screen_text(pilot).replace("▌", " ").split())


async def test_what_a_check_found_is_not_said_of_another_password(
    open_app: OpenApp, keyring: Keyring, server: ScriptedServer
) -> None:
    async with open_app() as pilot:
        await pilot.press("escape", "a")
        await until(pilot, lambda: "rh@atelier.example" in screen_text(pilot))
        await pilot.press("p")
        await answer(pilot, "right")
        await pilot.press("c")
        await until(pilot, lambda: "Checked just now" in screen_text(pilot))
        await settled(pilot)
        await pilot.press("p")
        await answer(pilot, "wrong")
        await until(pilot, lambda: "Checked just now" not in screen_text(pilot))
        keyring.kept = "wrong"
        await pilot.press("c")
        await until(pilot, lambda: "refuses the login" in screen_text(pilot))
        assert "Checked just now" not in screen_text(pilot)
