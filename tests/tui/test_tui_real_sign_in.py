"""The whole way on screen with a real identity provider and a browser: signing in, sending, signing in again."""

from __future__ import annotations

import asyncio
from pathlib import Path

from fake_keyring import Keyring
from identity_provider import Browser, Provider
from smtp_script import ScriptedServer
from textual.pilot import Pilot
from tui_cases import OpenApp, screen_text, until

from mailmerge.accounts import Account, Accounts, OAuthClient, account_from_preset
from mailmerge.accounts.credentials import Kept, recall
from mailmerge.files.home import find_home
from mailmerge.tui.screens.run.screen import RunScreen
from mailmerge.tui.widgets.sign_in_pane import SignInPane

USER = "rh@atelier.example"


class AnyToken(str):
    """The server's password, where the identity provider's word is enough."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str)

    def __ne__(self, other: object) -> bool:
        return not self == other


def add_account(provider: Provider, server: ScriptedServer, client: str = "mailmerge") -> Account:
    account = account_from_preset(
        "rh", USER, host="127.0.0.1", port=server.port, tls="none", auth="oauth2",
        oauth=OAuthClient(issuer=provider.issuer, client_id=client),
    )  # fmt: skip
    return Accounts(find_home().config).add(account)


async def in_the_browser(pilot: Pilot[int], user: str = USER, *, cancel: bool = False) -> str:
    """Copy the address, and sign in there."""
    await until(pilot, lambda: "1 Press Enter to open the browser" in screen_text(pilot))
    await pilot.press("c")
    url = pilot.app.clipboard
    return await asyncio.to_thread(Browser(user).sign_in, url, cancel=cancel)


async def test_signing_in_on_screen_and_sending(
    files: list[Path], open_app: OpenApp, provider: Provider, keyring: Keyring, home: Path
) -> None:
    async with ScriptedServer(password=AnyToken("any")) as server:
        account = add_account(provider, server)
        async with open_app(*files) as pilot:
            await pilot.press("a")
            await until(pilot, lambda: "not yet: s signs in" in screen_text(pilot))
            await pilot.press("s")
            await in_the_browser(pilot, "admin@atelier.example")
            await until(pilot, lambda: "admin@atelier.example" in screen_text(pilot))
            await pilot.press("r")
            await in_the_browser(pilot, cancel=True)
            await until(pilot, lambda: "r tries again" in screen_text(pilot))
            assert recall(account, Kept.REFRESH_TOKEN) is None
            await pilot.press("r")
            page = await in_the_browser(pilot)
            assert "close" in page
            await until(pilot, lambda: f"3 ✓ Signed in as {USER}, may:" in screen_text(pilot))
            await pilot.press("escape", "escape")
            await pilot.press("s")
            await until(pilot, lambda: f"will leave from {USER}" in screen_text(pilot))
            await pilot.press("5", "enter")
            await until(pilot, lambda: "All 5 messages were accepted" in screen_text(pilot))
        assert len(server.taken) == 5
        refresh = recall(account, Kept.REFRESH_TOKEN)
        assert refresh is not None
        canaries = {refresh.reveal(), *(token for _, token in server.logins)}
        files_here = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
        assert not any(canary.encode() in content for canary in canaries for content in files_here)


async def test_a_run_whose_sign_in_was_revoked_waits_and_goes_on_after_another(
    files: list[Path], open_app: OpenApp, provider: Provider, keyring: Keyring
) -> None:
    async with ScriptedServer(password=AnyToken("any")) as server:
        account = add_account(provider, server)
        async with open_app(*files) as pilot:
            await pilot.press("s")
            await until(pilot, lambda: f"will leave from {USER}" in screen_text(pilot))
            await pilot.press("f")  # sealed, not sent
            await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen))
            await pilot.press("c", "5", "enter")
            await in_the_browser(pilot)
            await until(pilot, lambda: "All 5 messages were accepted" in screen_text(pilot))
        refresh = recall(account, Kept.REFRESH_TOKEN)
        assert refresh is not None
        provider.revoke(refresh.reveal())
        other = files[1].with_name("autre.fr.md")
        other.write_text(files[1].read_text(encoding="utf-8").replace("belle suite", "bonne route"), encoding="utf-8")
        async with open_app(files[0], other) as pilot:
            await pilot.press("s")
            await until(pilot, lambda: f"will leave from {USER}" in screen_text(pilot))
            await pilot.press("5", "enter")
            await until(pilot, lambda: "s sign in" in screen_text(pilot))
            text = " ".join(screen_text(pilot).split())
            assert "is no longer valid" in text
            assert "s signs in, and the run then continues." in text
            assert len(server.taken) == 5
            await pilot.press("s")
            await in_the_browser(pilot)
            await until(pilot, lambda: "All 5 messages were accepted" in screen_text(pilot))
            await until(pilot, lambda: not pilot.app.screen.query(SignInPane))
        assert len(server.taken) == 10
