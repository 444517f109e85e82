"""What an account logs in with: from the keyring or its command, from earlier in this session, or asked for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from mailmerge.accounts import Account, Secret, find, keyring_name, store
from mailmerge.errors import KeyringUnusable
from mailmerge.tui.screens.ask import AskSecret, Confirm
from mailmerge.tui.screens.page import Page
from mailmerge.tui.theme import GOOD

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import SignedIn, Tokens


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
        stored = None if refused else await asyncio.to_thread(find, account)
        keyring = "" if stored else await asyncio.to_thread(keyring_name)
    except KeyringUnusable:
        stored, keyring = None, ""
    if stored is not None:
        return stored
    if keyring:
        reason = "The server refused the last one." if refused else "No password is stored for it."
        explanation = f"{reason} Once the server has taken it, {keyring} can keep it for the next time."
    else:
        reason = "The server refused it." if refused else "No keyring that keeps a secret answers here."
        explanation = f"{reason} It is asked for once in this sitting, and kept in memory only."
    title = f"Password of {account.username} at {account.host}"
    typed = await page.app.push_screen_wait(AskSecret(title, explanation))
    if typed is None:
        raise NotGiven
    passwords.typed(account, typed)
    return typed


def nothing(account: Account) -> str:
    """What there was none of, in words."""
    return "No password" if account.oauth is None else "Not signed in"


async def signed_in(page: Page, account: Account, *, linger: bool = False) -> SignedIn | None:
    """Sign an account in, in a pane of the page: whatever else goes on there does. None where the person leaves it.

    ``linger`` leaves the pane open until the person closes it. Call it in a worker.
    """
    from mailmerge.tui.account_text import may
    from mailmerge.tui.widgets.sign_in_pane import SignInPane

    for open_already in page.query(SignInPane):
        await open_already.remove()
    before = page.focused
    pane = SignInPane(account, page.program.home.state)
    await page.mount(pane, before="#notice")
    pane.focus()
    user = await pane.over()
    if user is not None:
        page.program.tokens_of(account).begin_again()
        page.tell(("✓ ", GOOD), f"{account.name} is signed in as {user.user}, may: {may(user.scopes)}.")
    if not (linger and user) and pane.is_attached:
        await pane.remove()
    if before is not None and before.is_attached and not pane.is_attached:
        before.focus()
    return user


async def login_accepted(page: Page, account: Account) -> None:
    """The server took the account's password: where it was typed, offer to keep it. Call it in a worker."""
    typed = page.program.passwords.accepted(account)
    if typed is None:
        return
    try:
        keyring = await asyncio.to_thread(keyring_name)
    except KeyringUnusable:
        return
    question = Confirm(
        "Keep the password?",
        f"{keyring}, this computer's own keyring, can keep it, so that it is not asked for again.",
        yes="Keep it (y)",
        no="Not this time",
    )
    if await page.app.push_screen_wait(question):
        await keep(page, account, typed)


async def keep(page: Page, account: Account, secret: Secret) -> None:
    """Store a password in the keyring, or say that it is kept for this sitting only."""
    try:
        await asyncio.to_thread(store, account, secret)
    except KeyringUnusable as error:
        page.complain(f"{error}. It is kept for this sitting only.")
        return
    page.program.passwords.kept(account)
    page.tell(("✓ ", GOOD), "The keyring keeps the password.")
