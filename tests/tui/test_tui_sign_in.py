"""Signing in on screen: what is awaited is said, the address can be copied, and nothing else is blocked meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from fake_keyring import Keyring
from pseudo import OPEN, speaking_pseudo
from smtp_script import ScriptedServer
from textual.pilot import Pilot
from tui_cases import OpenApp, screen_text, settled, until, without_widgets, words_on

from mailmerge import delivery
from mailmerge.accounts import Account, Accounts, OAuthClient, Secret, account_from_preset
from mailmerge.accounts.credentials import Kept, keep, recall
from mailmerge.accounts.oauth import (
    Code,
    CodePossible,
    Event,
    Failed,
    OpenBrowser,
    SignedIn,
    SignInStep,
    SignInWaiting,
    Tokens,
)
from mailmerge.errors import SignInFailed, SignInNeeded
from mailmerge.files.home import find_home
from mailmerge.tui.screens.run.screen import RunScreen
from mailmerge.tui.widgets.sign_in_pane import SignInPane

ADDRESS = "https://id.x.example/authorize?client_id=0000-11&state=" + "s" * 300
CODE = Code("BDWP-HQPK", "https://id.x.example/device", "https://id.x.example/device?code=BDWP-HQPK", 900)
DONE = SignedIn("rh@x.example", ("https://outlook.office.com/SMTP.Send", "offline_access", "openid"))


class Attempt:
    """One sign-in whose events the test decides."""

    def __init__(self, account: Account, *, device: bool) -> None:
        self.account = account
        self.device = device
        self.cancelled = self.closed = False
        self._events: asyncio.Queue[Event] = asyncio.Queue()

    def tell(self, *events: Event) -> None:
        for event in events:
            if isinstance(event, SignedIn):
                keep(self.account, Kept.REFRESH_TOKEN, Secret("refresh"))
            self._events.put_nowait(event)

    def cancel(self) -> None:
        self.cancelled = True

    async def events(self) -> AsyncIterator[Event]:
        try:
            while True:
                event = await self._events.get()
                yield event
                if isinstance(event, SignedIn | Failed):
                    return
        finally:
            self.closed = True


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch, keyring: Keyring) -> list[Attempt]:
    made: list[Attempt] = []

    def sign_in(account: Account, *, device: bool = False, state: Path | None = None) -> Attempt:
        made.append(Attempt(account, device=device))
        return made[-1]

    monkeypatch.setattr(delivery, "sign_in", sign_in)
    return made


@pytest.fixture
def browsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    opened: list[str] = []

    def open_browser(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("mailmerge.tui.widgets.sign_in_pane.open_browser", open_browser)
    return opened


def add_account(port: int = 587, host: str = "smtp.x.example", name: str = "rh") -> Account:
    account = account_from_preset(
        name, "rh@x.example", host=host, port=port, tls="none" if host == "127.0.0.1" else "starttls",
        auth="oauth2", oauth=OAuthClient(issuer="microsoft", client_id="0000-11"),
    )  # fmt: skip
    return Accounts(find_home().config).add(account)


async def open_pane(pilot: Pilot[int]) -> None:
    await pilot.press("escape", "a")
    await settled(pilot)
    await pilot.press("s")
    await until(pilot, lambda: pilot.app.screen.query(SignInPane))


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_each_step_says_what_is_awaited(
    open_app: OpenApp, attempts: list[Attempt], browsed: list[str], size: tuple[int, int]
) -> None:
    add_account()
    async with open_app(size=size) as pilot:
        await open_pane(pilot)
        await until(pilot, lambda: "Waiting for Microsoft" in words_on(pilot))
        attempts[0].tell(SignInWaiting(SignInStep.PROVIDER), OpenBrowser(ADDRESS), SignInWaiting(SignInStep.BROWSER))
        await until(pilot, lambda: "1 Press Enter to open the browser" in words_on(pilot))
        assert ADDRESS in screen_text(pilot).replace("\n", "").replace("▌", "").replace(" ", "")
        await pilot.press("c")
        assert pilot.app.clipboard == ADDRESS
        assert not browsed
        await pilot.press("enter")
        await until(
            pilot, lambda: "2 Waiting until you have signed in as rh@x.example in the browser" in words_on(pilot)
        )
        assert browsed == [ADDRESS]
        assert "No browser on this computer?" not in words_on(pilot)
        attempts[0].tell(CodePossible())
        await until(pilot, lambda: "No browser on this computer? d shows a code" in words_on(pilot))
        attempts[0].tell(SignInWaiting(SignInStep.PROVIDER), SignInWaiting(SignInStep.SERVER))
        await until(pilot, lambda: "Trying the login at smtp.x.example" in words_on(pilot))
        attempts[0].tell(DONE)
        await until(pilot, lambda: "3 ✓ Signed in as rh@x.example, may: send" in words_on(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: not pilot.app.screen.query(SignInPane))
        await settled(pilot)
        assert "refresh" not in screen_text(pilot)


async def test_a_code_is_shown_large_with_where_it_is_typed_in(
    open_app: OpenApp, attempts: list[Attempt], browsed: list[str]
) -> None:
    add_account()
    async with open_app(size=(80, 24)) as pilot:
        await open_pane(pilot)
        attempts[0].tell(OpenBrowser(ADDRESS), SignInWaiting(SignInStep.BROWSER))
        await until(pilot, lambda: "1 Press Enter to open the browser" in words_on(pilot))
        await pilot.press("d")
        await until(pilot, lambda: len(attempts) == 2)
        await until(pilot, lambda: attempts[0].closed)
        assert attempts[1].device
        attempts[1].tell(SignInWaiting(SignInStep.PROVIDER), CODE, SignInWaiting(SignInStep.CODE))
        await until(pilot, lambda: "B  D  W  P  -  H  Q  P  K" in screen_text(pilot))
        assert "open https://id.x.example/device and type in this code" in words_on(pilot)
        await pilot.press("c", "d")
        assert pilot.app.clipboard == CODE.complete_uri
        assert len(attempts) == 2, "there is a code already"
        attempts[1].tell(SignInWaiting(SignInStep.BUSY))
        await until(pilot, lambda: "does not answer; asking again" in words_on(pilot))
        assert "B  D  W  P" in screen_text(pilot)
        attempts[1].tell(DONE)
        await until(pilot, lambda: "Signed in as rh@x.example" in words_on(pilot))


async def test_a_sign_in_goes_on_in_another_language(
    open_app: OpenApp, attempts: list[Attempt], browsed: list[str]
) -> None:
    add_account()
    async with open_app() as pilot:
        await open_pane(pilot)
        attempts[0].tell(OpenBrowser(ADDRESS), SignInWaiting(SignInStep.BROWSER))
        await pilot.press("enter")
        await until(pilot, lambda: browsed)
        page: Any = pilot.app.screen
        with speaking_pseudo():
            page.call_later(page.speak_again)
            await until(pilot, lambda: OPEN in screen_text(pilot))
            await settled(pilot)
            assert browsed[0][:40] in words_on(pilot)
            assert (attempts[0].cancelled, attempts[0].closed) == (False, False)
            assert isinstance(pilot.app.focused, SignInPane)
        async with without_widgets(page):
            attempts[0].tell(DONE)
            await asyncio.sleep(0.05)
        await until(pilot, lambda: "rh is signed in as rh@x.example" in words_on(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: not page.query(SignInPane))
        await settled(pilot)
        assert pilot.app.focused is page.query_one("#accounts")


@pytest.mark.parametrize(
    "events",
    [
        (),
        (SignInWaiting(SignInStep.PROVIDER),),
        (OpenBrowser(ADDRESS), SignInWaiting(SignInStep.BROWSER)),
        (OpenBrowser(ADDRESS), SignInWaiting(SignInStep.BROWSER), CodePossible()),
        (CODE, SignInWaiting(SignInStep.CODE)),
        (SignInWaiting(SignInStep.SERVER),),
        (SignInWaiting(SignInStep.BUSY),),
        (Failed(SignInFailed("no way", kind="unreachable")),),
    ],
)
async def test_escape_leaves_it_at_every_moment_and_changes_nothing(
    open_app: OpenApp, attempts: list[Attempt], events: tuple[Event, ...]
) -> None:
    account = add_account()
    async with open_app() as pilot:
        await open_pane(pilot)
        attempts[0].tell(*events)
        await pilot.pause(0.1)
        await pilot.press("escape")
        await until(pilot, lambda: not pilot.app.screen.query(SignInPane))
        await until(pilot, lambda: attempts[0].closed)
        assert recall(account, Kept.REFRESH_TOKEN) is None
        await pilot.press("s")
        await until(pilot, lambda: len(attempts) == 2)


async def test_what_went_wrong_is_said_and_tried_again(open_app: OpenApp, attempts: list[Attempt]) -> None:
    add_account()
    async with open_app() as pilot:
        await open_pane(pilot)
        reason = "You signed in as admin@x.example, but the account sends as rh@x.example: choose that one."
        attempts[0].tell(OpenBrowser(ADDRESS), Failed(SignInFailed(reason, kind="wrong-person")))
        await until(pilot, lambda: f"! {reason}" in words_on(pilot))
        await pilot.press("r")
        await until(pilot, lambda: len(attempts) == 2)
        attempts[1].tell(Failed(SignInFailed("a hostile [/b] \x1b[2J answer", kind="other")))
        await until(pilot, lambda: "a hostile [/b] ␛[2J answer" in words_on(pilot))
        await pilot.press("d")
        await until(pilot, lambda: len(attempts) == 3)
        assert attempts[2].device


async def test_an_account_that_is_added_to_sign_in_is_signed_in_at_once(
    open_app: OpenApp, attempts: list[Attempt]
) -> None:
    async with open_app() as pilot:
        await pilot.press("escape", "a", "n")
        await settled(pilot)
        form: Any = pilot.app.screen
        form.query_one("#address").value = "zoe@hotmail.fr"
        await settled(pilot)
        assert form.query_one("#login").value == "microsoft"
        form.query_one("#client_id").value = "0000-11"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: attempts)
        attempts[0].tell(SignedIn("zoe@hotmail.fr", DONE.scopes))
        await until(pilot, lambda: "Signed in as zoe@hotmail.fr, may: send" in words_on(pilot))
    assert Accounts(find_home().config).get("zoe").oauth == OAuthClient(issuer="microsoft", client_id="0000-11")


async def test_the_client_secret_goes_into_the_keyring_and_nowhere_else(
    open_app: OpenApp, attempts: list[Attempt], keyring: Keyring, home: Path
) -> None:
    async with open_app() as pilot:
        await pilot.press("escape", "a", "n")
        await settled(pilot)
        form: Any = pilot.app.screen
        form.query_one("#address").value = "rh@atelier.example"
        form.query_one("#provider").value = "workspace"
        await settled(pilot)
        form.query_one("#login").value = "google"
        form.query_one("#client_id").value = "1.apps"
        form.query_one("#client_secret").value = "GOCSPX-canary"
        await settled(pilot)
        assert "canary" not in screen_text(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: attempts)
    account = Accounts(find_home().config).get("rh")
    assert recall(account, Kept.CLIENT_SECRET) == Secret("GOCSPX-canary")
    assert not any(b"canary" in path.read_bytes() for path in home.rglob("*") if path.is_file())


async def test_another_server_asks_for_another_sign_in(open_app: OpenApp, attempts: list[Attempt]) -> None:
    account = add_account()
    keep(account, Kept.REFRESH_TOKEN, Secret("refresh"))
    async with open_app() as pilot:
        await pilot.press("escape", "a")
        await settled(pilot)
        await pilot.press("e")
        await settled(pilot)
        form: Any = pilot.app.screen
        form.query_one("#host").value = "other.example"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: attempts)
        assert attempts[0].account.host == "other.example"
    assert recall(account, Kept.REFRESH_TOKEN) is None


# --- sending -----------------------------------------------------------------------------------------------------


class Given(Tokens):
    """Tokens as the identity provider would give them."""

    needed = 0
    """How often somebody has to sign in first."""

    async def current(self) -> Secret:
        if Given.needed and not self.is_stored():
            raise SignInNeeded("Microsoft wants you to sign in again.", kind="sign-in-again")
        return Secret("token")

    async def renewed(self, refused: Secret) -> Secret | None:
        return None


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailmerge.accounts.oauth.Tokens", Given)


async def test_sealing_waits_for_the_sign_in_and_goes_on(
    files: list[Path], open_app: OpenApp, attempts: list[Attempt], tokens: None
) -> None:
    async with ScriptedServer(password="token") as server:
        add_account(server.port, "127.0.0.1")
        async with open_app(*files) as pilot:
            await pilot.press("s")
            await until(pilot, lambda: "will leave from" in screen_text(pilot))
            await pilot.press("5", "enter")
            await until(pilot, lambda: attempts)
            assert not server.connections
            await pilot.press("escape")
            await until(pilot, lambda: "Not signed in: nothing was sealed, nothing was sent." in words_on(pilot))
            await pilot.press("enter")
            await until(pilot, lambda: len(attempts) == 2)
            attempts[1].tell(DONE)
            await until(pilot, lambda: "All 5 messages were accepted" in screen_text(pilot))
        assert len(server.taken) == 5


async def test_a_run_waits_for_a_new_sign_in_says_so_and_goes_on_after_it(
    files: list[Path], open_app: OpenApp, attempts: list[Attempt], tokens: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Given, "needed", 1)
    async with ScriptedServer(password="token") as server:
        account = add_account(server.port, "127.0.0.1")
        keep(account, Kept.REFRESH_TOKEN, Secret("refresh"))
        async with open_app(*files) as pilot:
            await pilot.press("s")
            await until(pilot, lambda: "will leave from" in screen_text(pilot))
            from mailmerge.accounts.credentials import drop

            original = RunScreen.on_mount

            def without_refresh(screen: RunScreen) -> None:
                drop(account, Kept.REFRESH_TOKEN)
                original(screen)

            monkeypatch.setattr(RunScreen, "on_mount", without_refresh)
            await pilot.press("5", "enter")
            await until(pilot, lambda: "The run is waiting: Microsoft wants you to sign in again." in words_on(pilot))
            await until(pilot, lambda: "s sign in" in words_on(pilot))
            assert not server.taken
            await pilot.press("s")
            await until(pilot, lambda: attempts)
            attempts[0].tell(OpenBrowser(ADDRESS), SignInWaiting(SignInStep.BROWSER))
            await until(pilot, lambda: "1 Press Enter to open the browser" in words_on(pilot))
            assert "Everybody 5" in screen_text(pilot), "the run is still there to be seen"
            attempts[0].tell(DONE)
            await until(pilot, lambda: "All 5 messages were accepted" in screen_text(pilot))
            await settled(pilot)
            assert not pilot.app.screen.query(SignInPane)
            assert "s sign in" not in words_on(pilot)
        assert len(server.taken) == 5


@pytest.mark.parametrize("key", ["S", "p"])
async def test_the_keys_of_a_run_work_beside_a_sign_in(
    files: list[Path], open_app: OpenApp, attempts: list[Attempt], tokens: None, key: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(Given, "needed", 1)
    async with ScriptedServer(password="token") as server:
        account = add_account(server.port, "127.0.0.1")
        keep(account, Kept.REFRESH_TOKEN, Secret("refresh"))
        monkeypatch.setattr(Given, "is_stored", lambda _: True)
        async with open_app(*files) as pilot:
            await pilot.press("s")
            await until(pilot, lambda: "will leave from" in screen_text(pilot))

            async def refused(_: Tokens) -> Secret:
                raise SignInNeeded("Sign in again.", kind="sign-in-again")

            monkeypatch.setattr(Given, "current", refused)
            await pilot.press("5", "enter")
            await until(pilot, lambda: "s sign in" in words_on(pilot))
            await pilot.press("s")
            await until(pilot, lambda: attempts)
            await pilot.press(key)
            words = "stopped here" if key == "S" else "Paused"
            await until(pilot, lambda: words in words_on(pilot))
            await pilot.press("S", "escape")
            await until(pilot, lambda: not pilot.app.screen.query(SignInPane))
            await until(pilot, lambda: "Of 5 messages: 5 pending" in words_on(pilot))
