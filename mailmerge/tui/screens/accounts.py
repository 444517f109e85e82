"""The mailboxes to send from: list, add, check, remove, choose."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content

from mailmerge.accounts import Account, Accounts, forget, presets
from mailmerge.delivery import ServerReport, check_server
from mailmerge.errors import AccountError, KeyringUnusable, LoginRefused, MailmergeError
from mailmerge.tui.screens.ask import AskSecret, Confirm
from mailmerge.tui.screens.credentials import NotGiven, keep, login_accepted, secret_for
from mailmerge.tui.screens.page import Page
from mailmerge.tui.show import fit, line, lines
from mailmerge.tui.theme import GOOD, KEY, QUIET, STRONG
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.rows import Rows

_TLS = {"implicit": "TLS from the start", "starttls": "STARTTLS, required", "none": "no TLS, this machine only"}


class AccountList(Rows):
    """One account a row."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.accounts: Sequence[Account] = ()

    @property
    def count(self) -> int:
        """How many accounts there are."""
        return len(self.accounts)

    @property
    def current(self) -> Account | None:
        """The account under the cursor."""
        return self.accounts[self.cursor] if self.accounts else None

    def row(self, index: int, width: int) -> Content:
        """Name and address."""
        account = self.accounts[index]
        marker = "▸ " if index == self.cursor else "  "
        return line(marker, (fit(account.name, 14), STRONG), " ", (fit(account.address, max(0, width - 17)), QUIET))


class AccountsScreen(Page):
    """Accounts at the left, one of them at the right."""

    HELP = """\
Accounts

An account is a mailbox and the server that takes its mail. Its password lives in the system's keyring, or in your
password manager; never in a file of mailmerge. Checking logs in, looks at what the server offers, and sends nothing.
"""
    KEYS = (
        ("rows.choose", "choose"),
        ("accounts.add", "add"),
        ("accounts.check", "check"),
        ("accounts.password", "password"),
        ("accounts.remove", "remove"),
        ("accounts.back", "back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", "Add an account", id="accounts.add", tooltip="A provider, or any submission server"),
        Binding("c", "check", "Check", id="accounts.check", tooltip="Connect and log in; nothing is sent"),
        Binding("p", "password", "Password", id="accounts.password", tooltip="Keep another password in the keyring"),
        Binding("D", "remove", "Remove", id="accounts.remove", tooltip="Take this account out of the list"),
        Binding("escape,q", "dismiss(None)", "Back", id="accounts.back", tooltip="Back to where you were"),
    ]

    def __init__(self, *, choosing: bool = False) -> None:
        super().__init__()
        self.choosing = choosing
        self._reports: dict[str, ServerReport] = {}
        self.keys = self.KEYS if choosing else self.KEYS[1:]

    def body(self) -> ComposeResult:
        """The list and the details."""
        with Container(classes="two-panes"):
            with Vertical(classes="pane list-pane"):
                yield Bar(classes="title", id="accounts-title")
                yield AccountList(id="accounts")
            with Vertical(classes="pane text-pane"):
                yield Bar(classes="title", id="account-title")
                yield Paper(id="account")

    def on_mount(self) -> None:
        """List the accounts."""
        self.accounts = Accounts(self.program.home.config)
        self.head("Choose an account" if self.choosing else "Accounts")
        self.query_one("#accounts-title", Bar).say(("Accounts", STRONG))
        self.query_one(AccountList).focus()
        self.list_accounts()

    def list_accounts(self, name: str = "") -> None:
        """List them anew, the cursor on one of them."""
        listed = self.query_one(AccountList)
        try:
            listed.accounts = self.accounts.all()
        except AccountError as error:
            listed.accounts = ()
            self.complain(str(error))
        listed.rows_changed()
        names = [account.name for account in listed.accounts]
        if name in names:
            listed.show_row(names.index(name))
        self.show_account()

    @on(Rows.Moved, "#accounts")
    def show_account(self) -> None:
        """Show the account under the cursor."""
        account = self.query_one(AccountList).current
        paper, title = self.query_one("#account", Paper), self.query_one("#account-title", Bar)
        if account is None:
            title.say(("No account yet", STRONG))
            paper.show(line(("n", KEY), " adds the mailbox to send from."))
            return
        title.say((account.name, STRONG))
        paper.show(account_text(account, self._reports.get(account.name)))

    @on(Rows.Chosen, "#accounts")
    def chosen(self) -> None:
        """Give the account back, where one is wanted."""
        account = self.query_one(AccountList).current
        if self.choosing and account is not None:
            self.dismiss(account)

    def action_add(self) -> None:
        """Ask for another account."""
        from mailmerge.tui.screens.account_form import AccountForm

        self.app.push_screen(AccountForm(), self._added)

    def _added(self, account: Account | None) -> None:
        if account is None:
            return
        try:
            self.accounts.add(account)
        except MailmergeError as error:
            self.complain(str(error))
            return
        self.list_accounts(account.name)
        self.tell(f"{account.name} sends as {account.address}. ", ("c", KEY), " checks it.")

    @work(group="check", exclusive=True, exit_on_error=False)
    async def action_check(self) -> None:
        """Connect, log in, look, and leave."""
        account = self.query_one(AccountList).current
        if account is None:
            return
        try:
            secret = await secret_for(self, account)
        except NotGiven:
            return
        self.tell((f"Connecting to {account.host} …", QUIET))
        try:
            self._reports[account.name] = await check_server(account, secret)
        except LoginRefused:
            self.program.passwords.refused(account.name)
            raise
        self.tell(("✓ ", GOOD), f"{account.host} took the connection; nothing was sent.")
        self.show_account()
        await login_accepted(self, account)

    @work(group="password", exclusive=True, exit_on_error=False)
    async def action_password(self) -> None:
        """Keep a password in the keyring, or for this sitting where there is no keyring."""
        account = self.query_one(AccountList).current
        if account is None or account.auth == "none":
            return
        title = f"Password of {account.username} at {account.host}"
        secret = await self.app.push_screen_wait(AskSecret(title, "It goes into the system's keyring."))
        if secret is None:
            return
        self.program.passwords.typed(account.name, secret)
        await keep(self, account, secret)

    def action_remove(self) -> None:
        """Take an account out of the list."""
        account = self.query_one(AccountList).current
        if account is None:
            return

        def answered(remove: bool | None) -> None:
            if remove:
                self.take_out(account)

        explanation = f"{account.address} at {account.host}. Runs that were sent from it stay."
        question = Confirm(f"Remove the account {account.name}?", explanation, yes="Remove", no="Keep")
        self.app.push_screen(question, answered)

    @work(group="remove", exclusive=True, exit_on_error=False)
    async def take_out(self, account: Account) -> None:
        """Remove it, and its password."""
        self.accounts.remove(account.name)
        self.program.passwords.forget(account.name)
        self.list_accounts()
        with suppress(KeyringUnusable):
            await asyncio.to_thread(forget, account)


def account_text(account: Account, report: ServerReport | None) -> Content:
    """Everything about one account."""
    name = f"{account.display_name} <{account.address}>" if account.display_name else account.address
    limits = [f"{account.per_minute:g} a minute"] if account.per_minute else []
    limits += [f"{account.per_day} a day"] if account.per_day else []
    facts = [
        ("From", name),
        ("Server", f"{account.host}, port {account.port}"),
        ("Security", _TLS[account.tls]),
        ("Login", f"{account.auth} as {account.username}" if account.auth != "none" else "none"),
        ("Pace", ", ".join(limits) or "no limit known"),
        ("At a time", f"{account.connections} connection{'s'[: account.connections > 1]}"),
    ]
    rows = [line((f"{label:<11}", QUIET), text) for label, text in facts]
    preset = presets().get(account.provider)
    if preset and preset.note:
        rows += [
            Content(),
            lines((f"{preset.label}, as published {preset.published}, check yours: {preset.note}", QUIET)),
        ]
    if report:
        rows += [
            Content(),
            line(("Checked just now", GOOD)),
            line(("TLS        ", QUIET), report.tls or "none"),
            line(("Login      ", QUIET), "accepted" if report.logged_in else "not needed"),
            line(("Largest    ", QUIET), f"{report.size / 1e6:.0f} MB" if report.size else "not told"),
            line(("Pipelining ", QUIET), report.pipelining),
            line(("Offers     ", QUIET), ", ".join(report.extensions)),
        ]
    return Content("\n").join(rows)
