"""Signing an account in, beside whatever else is on the screen: what is awaited, the address, the code, a way out."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mailmerge import delivery
from mailmerge.accounts import Account
from mailmerge.accounts.oauth import (
    Code,
    CodePossible,
    Event,
    Failed,
    OpenBrowser,
    SignedIn,
    SignIn,
    Step,
    Waiting,
    label,
    open_browser,
)
from mailmerge.tui.account_text import may
from mailmerge.tui.show import Piece, line
from mailmerge.tui.theme import CARE, GOOD, KEY, QUIET, STRONG


class SignInPane(VerticalScroll, can_focus=True):
    """One attempt after another to sign an account in, until it is done or the person leaves."""

    DEFAULT_CSS = """
    SignInPane { height: auto; max-height: 60%; background: $panel; padding: 0 1; border-left: outer $accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "browser", "Open the browser", id="signin.browser", tooltip="To sign in there"),
        Binding("c", "copy", "Copy the address", id="signin.copy", tooltip="To the clipboard of the terminal"),
        Binding("d", "code", "Use a code", id="signin.code", tooltip="To type in on any device"),
        Binding("r", "again", "Try again", id="signin.again", tooltip="Begin the sign-in anew"),
        Binding("escape", "leave", "Close", id="signin.leave", tooltip="Nothing is changed before it is done"),
    ]

    def __init__(self, account: Account, state: Path | None = None) -> None:
        """The account has a registration to sign in with."""
        super().__init__(id="sign-in")
        assert account.oauth is not None  # noqa: S101
        self.account = account
        self._state = state
        self.user: SignedIn | None = None
        """Who signed in, once that is done."""
        self._provider = label(account.oauth)
        self._attempt: SignIn | None = None
        self._device = False
        self._over = asyncio.Event()
        self._begin()

    def _begin(self) -> None:
        self._address = ""
        self._opened = self._code_offered = self._copied = False
        self._code: Code | None = None
        self._awaited = Step.PROVIDER
        self._problem = ""

    def compose(self) -> ComposeResult:
        """One text, drawn at each event."""
        yield Static(id="sign-in-text")

    def on_mount(self) -> None:
        """Begin with the browser."""
        self.draw()
        self.sign_in(device=False)

    def on_unmount(self) -> None:
        """Whoever waits is told."""
        self._over.set()

    async def over(self) -> SignedIn | None:
        """Who signed in; None where the person left instead."""
        await self._over.wait()
        return self.user

    @work(group="sign-in", exclusive=True, exit_on_error=False)
    async def sign_in(self, *, device: bool) -> None:
        """One attempt; leaving it, or beginning another, closes its port."""
        self._begin()
        self._device = device
        self._attempt = delivery.sign_in(self.account, device=device, state=self._state)
        self.draw()
        async for event in self._attempt.events():
            self._take(event)
            self.draw()

    def _take(self, event: Event) -> None:
        match event:
            case OpenBrowser(url):
                self._address = url
            case Code():
                self._code, self._address = event, event.complete_uri or event.verification_uri
            case Waiting(step):
                self._awaited = step
            case CodePossible():
                self._code_offered = True
            case SignedIn():
                self.user = event
                self._over.set()
            case Failed(error):
                self._problem = str(error)

    # --- what is shown -------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Say where it is, what is awaited, and which keys help."""
        if not self.is_attached:
            return
        rows = [line((f"Sign in {self.account.name} with {self._provider}", STRONG)), *self._now()]
        self.query_one("#sign-in-text", Static).update(Content("\n").join([*rows, self._keys()]))

    def _now(self) -> list[Content]:
        if self.user is not None:
            return [line(("3 ✓ ", GOOD), f"Signed in as {self.user.user}, may: {may(self.user.scopes)}")]
        if self._problem:
            return [line(("! ", CARE), self._problem)]
        if self._awaited is Step.SERVER:
            return [line(("2 ", STRONG), f"Trying the login at {self.account.host} …")]
        if self._awaited is Step.BUSY:
            return [line(f"{self._provider} does not answer; asking again …"), *self._code_rows()]
        if self._code is not None:
            return self._code_rows()
        if not self._address or self._awaited is Step.PROVIDER:
            return [line((f"Waiting for {self._provider} …", QUIET))]
        if self._opened:
            said = f"Waiting until you have signed in as {self.account.username} in the browser."
            rows = [line(("2 ", STRONG), said, (" If none appeared, open this address yourself:", QUIET))]
        else:
            rows = [
                line(("1 ", STRONG), "Open the browser", (": Enter opens it, or open this address yourself:", QUIET))
            ]
        rows.append(line((self._address, QUIET)))
        if self._code_offered:
            rows.append(line("No browser on this computer? ", ("d", KEY), " shows a code to type in on any device."))
        return rows

    def _code_rows(self) -> list[Content]:
        if self._code is None:
            return []
        return [
            line(("2 ", STRONG), f"On any device, open {self._code.verification_uri} and type in this code:"),
            Content(),
            line("      ", (f"  {'  '.join(self._code.user_code)}  ", "bold reverse")),
            Content(),
            line((f"Waiting until you have signed in as {self.account.username} there …", QUIET)),
        ]

    def _keys(self) -> Content:
        if self.user is not None:
            return line(("escape", KEY), " closes this")
        pieces: list[Piece] = []
        if self._problem:
            pieces += [("r", KEY), " tries again   ", ("d", KEY), " uses a code   "]
        elif self._address:
            pieces += [("enter", KEY), " opens the browser   ", ("c", KEY), " copies the address   "]
            pieces += [] if self._code else [("d", KEY), " uses a code   "]
            pieces += ["(copied)   "] if self._copied else []
        return line(*pieces, ("escape", KEY), " leaves it")

    # --- keys ----------------------------------------------------------------------------------------------------

    def action_browser(self) -> None:
        """Open the address; a second time too, where nothing appeared. Once it is done, close."""
        if self.user is not None:
            self.call_next(self.action_leave)
        elif self._address and not self._problem:
            self._opened = open_browser(self._address)
            if not self._opened:
                self._code_offered = True
            self.draw()

    def action_copy(self) -> None:
        """Put the address into the clipboard."""
        if self._address:
            self.app.copy_to_clipboard(self._address)
            self._copied = True
            self.draw()

    def action_code(self) -> None:
        """Begin anew with a code."""
        if self.user is None and (self._problem or not self._device):
            self.sign_in(device=True)

    def action_again(self) -> None:
        """Begin anew, after it failed."""
        if self._problem:
            self.sign_in(device=self._device)

    async def action_leave(self) -> None:
        """Give up, or close what is done."""
        if self._attempt is not None and self.user is None:
            self._attempt.cancel()
        await self.remove()
