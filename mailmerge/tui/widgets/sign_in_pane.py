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
from textual.widget import Widget
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
    SignInStep,
    SignInWaiting,
    label,
    open_browser,
)
from mailmerge.i18n import N_, _
from mailmerge.tui.content.account_text import may
from mailmerge.tui.content.safe_content import Piece, line, styled
from mailmerge.tui.content.theme import KEY, MUTED, STRONG, SUCCESS, WARNING


class SignInPane(VerticalScroll, can_focus=True):
    """One attempt after another to sign an account in, until it is done or the person leaves."""

    DEFAULT_CSS = """
    SignInPane { height: auto; max-height: 60%; background: $panel; padding: 0 1; border-left: outer $accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "browser", N_("Open the browser"), id="signin.browser", tooltip=N_("To sign in there")),
        Binding("c", "copy", N_("Copy the address"), id="signin.copy", tooltip=N_("To the clipboard of the terminal")),
        Binding("d", "code", N_("Use a code"), id="signin.code", tooltip=N_("To type in on any device")),
        Binding("r", "again", N_("Try again"), id="signin.again", tooltip=N_("Start the sign-in again")),
        Binding("escape", "leave", N_("Close"), id="signin.leave", tooltip=N_("Nothing is changed before it is done")),
    ]

    def __init__(self, account: Account, state: Path | None = None, before: Widget | None = None) -> None:
        """The account has a registration to sign in with; ``before`` had the focus before."""
        super().__init__(id="sign-in", classes="lasting")
        assert account.oauth is not None  # noqa: S101
        self.account = account
        self._state = state
        self._before = before.id if before else None
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
        self._awaited = SignInStep.PROVIDER
        self._problem = ""

    def compose(self) -> ComposeResult:
        """One text, drawn at each event."""
        yield Static(self._text(), id="sign-in-text")

    def on_mount(self) -> None:
        """Begin with the browser."""
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
            case SignInWaiting(step):
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
        for text in self.query("#sign-in-text").results(Static):
            text.update(self._text())

    def _text(self) -> Content:
        return Content("\n").join([line((self._title(), STRONG)), *self._now(), self._keys()])

    def _title(self) -> str:
        return _("Sign in {account} with {provider}").format(account=self.account.name, provider=self._provider)

    def _now(self) -> list[Content]:
        if self.user is not None:
            return [
                line(
                    ("3 ✓ ", SUCCESS),
                    _("Signed in as {user}, may: {scopes}").format(user=self.user.user, scopes=may(self.user.scopes)),
                )
            ]
        if self._problem:
            return [line(("! ", WARNING), self._problem)]
        if self._awaited is SignInStep.SERVER:
            return [line(("2 ", STRONG), _("Trying the login at {host} …").format(host=self.account.host))]
        if self._awaited is SignInStep.BUSY:
            return [
                line(_("{provider} does not answer; asking again …").format(provider=self._provider)),
                *self._code_rows(),
            ]
        if self._code is not None:
            return self._code_rows()
        if not self._address or self._awaited is SignInStep.PROVIDER:
            return [line((_("Waiting for {provider} …").format(provider=self._provider), MUTED))]
        if self._opened:
            said = _("Waiting until you have signed in as {user} in the browser.").format(user=self.account.username)
            rows = [line(("2 ", STRONG), said, (" " + _("If none appeared, open this address yourself:"), MUTED))]
        else:
            rows = [line(("1 ", STRONG), _("Press Enter to open the browser, or open this address yourself:"))]
        rows.append(line((self._address, MUTED)))
        if self._code_offered:
            said = _("No browser on this computer? {key} shows a code to type in on any device.")
            rows.append(line(*styled(said, key=("d", KEY))))
        return rows

    def _code_rows(self) -> list[Content]:
        if self._code is None:
            return []
        return [
            line(
                ("2 ", STRONG),
                _("On any device, open {address} and type in this code:").format(address=self._code.verification_uri),
            ),
            Content(),
            line("      ", (f"  {'  '.join(self._code.user_code)}  ", "bold reverse")),
            Content(),
            line((_("Waiting until you have signed in as {user} there …").format(user=self.account.username), MUTED)),
        ]

    def _keys(self) -> Content:
        if self.user is not None:
            return line(*styled(_("{key} closes this"), key=(_("Escape"), KEY)))
        said: list[tuple[Piece, ...]] = []
        if self._problem:
            said.append(styled(_("{key} tries again"), key=("r", KEY)))
            said.append(styled(_("{key} uses a code"), key=("d", KEY)))
        elif self._address:
            said.append(styled(_("{key} opens the browser"), key=(_("Enter"), KEY)))
            said.append(styled(_("{key} copies the address"), key=("c", KEY)))
            said += [] if self._code else [styled(_("{key} uses a code"), key=("d", KEY))]
            said += [(_("(copied)"),)] if self._copied else []
        said.append(styled(_("{key} cancels"), key=(_("Escape"), KEY)))
        return line("   ").join(line(*pieces) for pieces in said)

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
        await self.close()

    async def close(self) -> None:
        """Go, and give the focus back to where it was; that widget may have been made anew meanwhile."""
        page, focused = self.screen, self.has_focus
        await self.remove()
        if focused and self._before and page.query(f"#{self._before}"):
            page.query_one(f"#{self._before}").focus()
