"""What an account logs in with: from the keyring or its command, from earlier in this session, or asked for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from mailmerge.accounts import Account, Secret, find_secret, keyring_name, store_secret
from mailmerge.errors import KeyringUnusable
from mailmerge.i18n import N_, _
from mailmerge.tui.content.theme import SUCCESS
from mailmerge.tui.dialogs.ask import AskSecret, Confirm
from mailmerge.tui.page import Page

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import SignedIn, Tokens


MEMORY_ONLY = N_(
    "No secure keyring is available. You will be asked once per session, and the password is kept in memory only."
)


class NotGiven(Exception):
    """The person thought better of it."""


async def secret_for(page: Page, account: Account) -> Secret | Tokens | None:
    """The account's secret; None where it needs none. Call it in a worker: it may wait for a person.

    Raises:
        NotGiven: no password was typed, or nobody signed in.
        AccountError: the account's command failed, or the keyring does not answer where there must be one.
    """
    if account.auth == "none":
        return None
    if account.oauth is not None:
        tokens = page.program.tokens_of(account)
        if not await asyncio.to_thread(tokens.is_stored) and await signed_in(page, account) is None:
            raise NotGiven
        return tokens
    passwords = page.program.passwords
    typed = passwords.get(account)
    if typed is not None:
        return typed
    refused = passwords.is_refused(account) and not (account.password_command or account.token_command)
    try:
        stored = None if refused else await asyncio.to_thread(find_secret, account)
    except KeyringUnusable:
        stored = None
    keyring = "" if stored else await keyring_here()
    if stored is not None:
        return stored
    if keyring:
        said = (
            _("The server refused the last one. Once the server has accepted it, {keyring} can keep it for next time.")
            if refused
            else _(
                "No password is stored for it. Once the server has accepted it, {keyring} can keep it for next time."
            )
        )
        explanation = said.format(keyring=keyring)
    else:
        explanation = (
            _("The server refused it. You will be asked once per session, and it is kept in memory only.")
            if refused
            else _(MEMORY_ONLY)
        )
    title = _("Password of {user} at {host}").format(user=account.username, host=account.host)
    typed = await page.app.push_screen_wait(AskSecret(title, explanation))
    if typed is None:
        raise NotGiven
    passwords.typed(account, typed)
    return typed


async def keyring_here() -> str:
    """What the keyring in use is called; ``""`` where there is none."""
    try:
        return await asyncio.to_thread(keyring_name)
    except KeyringUnusable:
        return ""


def not_sent(account: Account) -> str:
    """That nothing was sent, as there was nothing to log in with."""
    if account.oauth is None:
        return _("No password: nothing was sent.")
    return _("Not signed in: nothing was sent.")


def not_sealed(account: Account) -> str:
    """That nothing was sealed, as there was nothing to log in with."""
    if account.oauth is None:
        return _("No password: nothing was sealed, nothing was sent.")
    return _("Not signed in: nothing was sealed, nothing was sent.")


async def signed_in(page: Page, account: Account, *, linger: bool = False) -> SignedIn | None:
    """Sign an account in, in a pane of the page: whatever else goes on there does. None where the person leaves it.

    ``linger`` leaves the pane open until the person closes it. Call it in a worker.
    """
    from mailmerge.tui.content.account_text import may
    from mailmerge.tui.widgets.sign_in_pane import SignInPane

    await page.made()
    for open_already in page.query(SignInPane):
        await open_already.remove()
    pane = SignInPane(account, page.program.home.state, page.focused)
    await page.mount(pane, before="#notice")
    pane.focus()
    user = await pane.over()
    await page.made()
    if user is not None:
        page.program.tokens_of(account).begin_again()
        page.tell(
            ("✓ ", SUCCESS),
            _("{account} is signed in as {user}, may: {scopes}.").format(
                account=account.name, user=user.user, scopes=may(user.scopes)
            ),
        )
    if not (linger and user) and pane.is_attached:
        await pane.close()
    return user


async def login_accepted(page: Page, account: Account) -> None:
    """The server took the account's password: where it was typed, offer to keep it. Call it in a worker."""
    typed = page.program.passwords.accepted(account)
    if typed is None:
        return
    keyring = await keyring_here()
    if not keyring:
        return
    question = Confirm(
        _("Keep the password?"),
        _("{keyring}, this computer's own keyring, can keep it, so that it is not asked for again.").format(
            keyring=keyring
        ),
        yes=_("Keep it (y)"),
        no=_("Not this time"),
    )
    if await page.app.push_screen_wait(question):
        await keep(page, account, typed)


async def keep(page: Page, account: Account, secret: Secret) -> None:
    """Store a password in the keyring, or say that it is kept for this sitting only."""
    try:
        await asyncio.to_thread(store_secret, account, secret)
    except KeyringUnusable as error:
        page.complain(_("{error}. It is kept for this session only.").format(error=error))
        return
    page.program.passwords.kept(account)
    page.tell(("✓ ", SUCCESS), _("The keyring keeps the password."))
