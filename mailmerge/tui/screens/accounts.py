"""The mailboxes to send from: list, add, check, remove, choose."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content

from mailmerge.accounts import Account, Fate, forget_secret, settle_secret
from mailmerge.accounts.credentials import Kept
from mailmerge.accounts.credentials import keep as keep_in_keyring
from mailmerge.delivery import ServerReport, check_server
from mailmerge.errors import AccountError, KeyringUnusable, LoginRefused, SignInFailed
from mailmerge.i18n import N_, _
from mailmerge.tui.content.account_text import account_text
from mailmerge.tui.content.safe_content import fit, line, styled
from mailmerge.tui.content.theme import KEY, MUTED, STRONG, SUCCESS
from mailmerge.tui.dialogs.ask import AskSecret, Confirm
from mailmerge.tui.dialogs.passwords import (
    MEMORY_ONLY,
    NotGiven,
    keep,
    keyring_here,
    login_accepted,
    secret_for,
    signed_in,
)
from mailmerge.tui.page import Page
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from mailmerge.tui.dialogs.account_form import Saved


class AccountList(Rows[Account]):
    """One account a row."""

    chosen = ""
    """The name of the account that is marked as chosen."""

    def row(self, index: int, width: int) -> Content:
        """Name and address; the chosen one has a mark."""
        account = self.items[index]
        marker = ("▸" if index == self.cursor else " ") + ("● " if account.name == self.chosen else "  ")
        return line(marker, (fit(account.name, 14), STRONG), " ", (fit(account.address, max(0, width - 18)), MUTED))


class AccountsScreen(Page):
    """Accounts at the left, one of them at the right."""

    HELP = N_("""\
Accounts

An account is a mailbox and the server that takes its mail. Its password lives in the system's keyring, or in your
password manager; never in a file of mailmerge. Checking logs in, looks at what the server offers, and sends nothing.

A password that was given for one server is never sent to another: when the server or the user name of an account
changes, the password is asked for again.
""")
    KEYS = (
        ("rows.choose", N_("choose")),
        ("accounts.add", N_("add")),
        ("accounts.edit", N_("edit")),
        ("accounts.check", N_("check")),
        ("accounts.password", N_("password")),
        ("accounts.sign_in", N_("sign in")),
        ("accounts.remove", N_("remove")),
        ("accounts.back", N_("back")),
        ("page.help", N_("help")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n", "add", N_("Add an account"), id="accounts.add", tooltip=N_("A provider, or any submission server")
        ),
        Binding(
            "e",
            "edit",
            N_("Edit the account"),
            id="accounts.edit",
            tooltip=N_("Sender, server, login, signature, limits"),
        ),
        Binding("c", "check", N_("Check"), id="accounts.check", tooltip=N_("Connect and log in; nothing is sent")),
        Binding(
            "p", "password", N_("Password"), id="accounts.password", tooltip=N_("Keep another password in the keyring")
        ),
        Binding(
            "s", "sign_in", N_("Sign in"), id="accounts.sign_in", tooltip=N_("Instead of a password, where it has none")
        ),
        Binding("D", "remove", N_("Remove"), id="accounts.remove", tooltip=N_("Take this account out of the list")),
        Binding(
            "escape,q",
            "dismiss(None)",
            N_("Back"),
            id="accounts.back",
            key_display="esc",
            tooltip=N_("Back to where you were"),
        ),
    ]

    def __init__(self, *, choosing: bool = False, chosen: str = "") -> None:
        """``chosen`` is the account that a campaign is sent from so far."""
        super().__init__()
        self.choosing = choosing
        self._chosen = chosen
        self._reports: dict[str, ServerReport] = {}
        self._settling = asyncio.Lock()
        """Held while secrets go from one account to another: the next change begins where this one ends."""
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
        self.accounts = self.program.environment.accounts
        self.fill()
        self.query_one(AccountList).focus()

    def fill(self) -> None:
        """Titles, and the accounts."""
        self.head(_("Choose the account to send from") if self.choosing else _("Accounts"))
        self.query_one("#accounts-title", Bar).say((_("Accounts"), STRONG))
        self.query_one(AccountList).chosen = self._chosen
        self.list_accounts(self._chosen)

    def list_accounts(self, name: str = "") -> None:
        """List them anew, the cursor on one of them."""
        listed = self.query_one(AccountList)
        try:
            listed.items = self.accounts.all()
        except AccountError as error:
            listed.items = ()
            self.complain(str(error))
        listed.rows_changed()
        names = [account.name for account in listed.items]
        if name in names:
            listed.show_row(names.index(name))
        self.show_account()

    @on(Rows.Moved, "#accounts")
    def show_account(self) -> None:
        """Show the account under the cursor."""
        self.refresh_bindings()
        account = self.query_one(AccountList).current
        paper, title = self.query_one("#account", Paper), self.query_one("#account-title", Bar)
        if account is None:
            title.say((_("No account yet"), STRONG))
            paper.show(line(*styled(_("{key} adds the mailbox to send from."), key=("n", KEY))))
            return
        title.say((account.name, STRONG))
        record = self.program.tokens_of(account).record if account.oauth is not None else None
        paper.show(account_text(account, self._reports.get(account.name), record))

    @on(Rows.Chosen, "#accounts")
    def chosen(self) -> None:
        """Give the account back, where one is wanted."""
        account = self.query_one(AccountList).current
        if self.choosing and account is not None:
            self.dismiss(account)

    def action_add(self) -> None:
        """Ask for another account."""
        from mailmerge.tui.dialogs.account_form import AccountForm

        self.app.push_screen(AccountForm(self.accounts.add), self._added)

    def _added(self, saved: Saved | None) -> None:
        if saved is None:
            return
        account = saved.account
        self.list_accounts(account.name)
        said = (
            _("{account} sends as {address}. {key} checks it. Enter chooses it.")
            if self.choosing
            else _("{account} sends as {address}. {key} checks it.")
        )
        self.tell(*styled(said, account=account.name, address=account.address, key=("c", KEY)))
        if account.oauth is not None:
            self.settle(account, saved)

    def action_edit(self) -> None:
        """Change the account under the cursor."""
        from mailmerge.tui.dialogs.account_form import AccountForm

        if (before := self.query_one(AccountList).current) is None:
            return

        def edited(saved: Saved | None) -> None:
            if saved is not None:
                after = saved.account
                self._forget_report(before)
                self.list_accounts(after.name)
                self.tell(*styled(_("{account} is saved. {key} checks it."), account=after.name, key=("c", KEY)))
                if after != before or saved.client_secret is not None:
                    self.settle(before, saved)

        self.app.push_screen(AccountForm(lambda after: self.accounts.change(before.name, after), before), edited)

    @work(group="settle", exclusive=False, exit_on_error=False)
    async def settle(self, before: Account, saved: Saved) -> None:
        """See to the secrets of an account that was added or changed; sign it in where that is needed now."""
        after = saved.account
        async with self._settling:
            fate = await asyncio.to_thread(settle_secret, before, after, self.program.home.state)
            if saved.client_secret is not None:
                await asyncio.to_thread(keep_in_keyring, after, Kept.CLIENT_SECRET, saved.client_secret)
        if after.oauth is not None:
            if not await asyncio.to_thread(self.program.tokens_of(after).is_stored):
                self.sign_in(after)
        elif fate is Fate.REMOVED:
            said = (
                _(
                    "{account} is saved. What was stored to log in to {server} as {user} is removed. {key} checks the"
                    " account."
                )
                if before.host == after.host
                else _(
                    "{account} is saved. What was stored to log in to {server} as {user} is removed, and was"
                    " not sent to {host}. {key} checks the account."
                )
            )
            values = {"account": after.name, "server": before.host, "user": before.username, "host": after.host}
            self.tell(*styled(said, **values, key=("c", KEY)))
        elif fate is Fate.COMMAND:
            self.tell(
                _("{account} is saved. What its command prints goes to {host} from now on.").format(
                    account=after.name, host=after.host
                )
            )

    def _forget_report(self, account: Account) -> None:
        """What an earlier check found may no longer be so."""
        self._reports.pop(account.name, None)
        self.show_account()

    @work(group="check", exclusive=True, exit_on_error=False)
    async def action_check(self) -> None:
        """Connect, log in, look, and leave."""
        if (account := self.query_one(AccountList).current) is None:
            return
        self._forget_report(account)
        try:
            secret = await secret_for(self, account)
        except NotGiven:
            return
        self.tell((_("Connecting to {host} …").format(host=account.host), MUTED))
        try:
            self._reports[account.name] = await check_server(account, secret)
            await self.made()
        except LoginRefused:
            self.program.passwords.refused(account)
            raise
        self.tell(("✓ ", SUCCESS), _("{host} accepted the connection; nothing was sent.").format(host=account.host))
        self.show_account()
        await login_accepted(self, account)

    @work(group="password", exclusive=True, exit_on_error=False)
    async def action_password(self) -> None:
        """Keep a password in the keyring, or for this sitting where there is no keyring."""
        if (account := self.query_one(AccountList).current) is None:
            return
        title = _("Password of {user} at {host}").format(user=account.username, host=account.host)
        goes = _("It goes into the system's keyring.") if await keyring_here() else _(MEMORY_ONLY)
        secret = await self.app.push_screen_wait(AskSecret(title, goes))
        if secret is None:
            return
        self._forget_report(account)
        self.program.passwords.typed(account, secret)
        await keep(self, account, secret)

    def action_sign_in(self) -> None:
        """Sign the account under the cursor in."""
        account = self.query_one(AccountList).current
        if account is not None and account.oauth is not None:
            self.sign_in(account)

    @work(group="sign-in", exclusive=True, exit_on_error=False)
    async def sign_in(self, account: Account) -> None:
        """Sign an account in, in a pane below."""
        await signed_in(self, account, linger=True)
        await self.made()
        self.show_account()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An account has a password or a sign-in, not both."""
        account = self.query_one(AccountList).current if self.is_mounted else None
        if action == "sign_in":
            return account is not None and account.oauth is not None
        if action == "password":
            return account is not None and account.auth == "password" and not account.password_command
        return account is not None or action not in ("edit", "check", "remove")

    def action_remove(self) -> None:
        """Take an account out of the list."""
        if (account := self.query_one(AccountList).current) is None:
            return

        def answered(remove: bool | None) -> None:
            if remove:
                self.take_out(account)

        explanation = _("{address} at {host}. Runs that were sent from it stay.").format(
            address=account.address, host=account.host
        )
        question = Confirm(
            _("Remove the account {account}?").format(account=account.name), explanation, yes=_("Remove"), no=_("Keep")
        )
        self.app.push_screen(question, answered)

    @work(group="remove", exclusive=False, exit_on_error=False)
    async def take_out(self, account: Account) -> None:
        """Remove it, and what is stored to log in with it."""
        self.accounts.remove(account.name)
        self.program.passwords.forget(account)
        self.list_accounts()
        if account.oauth is not None:
            with suppress(KeyringUnusable, SignInFailed):  # what is stored is taken out below
                await asyncio.to_thread(self.program.tokens_of(account).sign_out)
        with suppress(KeyringUnusable):
            await asyncio.to_thread(forget_secret, account)
