"""The password of an account: from the keyring or its command, from earlier in this sitting, or asked for."""

from __future__ import annotations

import asyncio

from mailmerge.accounts import Account, Secret, find, keyring_name, store
from mailmerge.errors import KeyringUnusable
from mailmerge.tui.screens.ask import AskSecret, Confirm
from mailmerge.tui.screens.page import Page
from mailmerge.tui.theme import GOOD


class NotGiven(Exception):
    """The person thought better of it."""


async def secret_for(page: Page, account: Account) -> Secret | None:
    """The account's secret; None where it needs none. Call it in a worker: it may wait for a person.

    Raises:
        NotGiven: no password was typed.
        AccountError: the account's command failed.
    """
    if account.auth == "none":
        return None
    kept = page.program.secrets.get(account.name)
    if kept is not None:
        return kept
    reason, keyring = "No password is stored for it.", ""
    try:
        found = await asyncio.to_thread(find, account)
        if found is None:
            keyring = await asyncio.to_thread(keyring_name)
    except KeyringUnusable:
        found, reason = None, "No keyring that keeps a secret answers here."
    if found is None:
        explanation = f"{reason} It is asked for once in this sitting, and kept in memory only."
        if keyring:
            explanation = f"{reason} Afterwards {keyring} can keep it for the next time."
        title = f"Password of {account.username} at {account.host}"
        found = await page.app.push_screen_wait(AskSecret(title, explanation))
        if found is None:
            raise NotGiven
        page.program.secrets[account.name] = found
        if keyring:
            await _offer_to_keep(page, account, found, keyring)
    return found


async def _offer_to_keep(page: Page, account: Account, secret: Secret, keyring: str) -> None:
    """Store a typed password where the person wants that."""
    question = Confirm(
        "Keep the password?",
        f"{keyring}, this computer's own keyring, can keep it, so that it is not asked for again.",
        yes="Keep it (y)",
        no="Not this time",
    )
    if await page.app.push_screen_wait(question):
        await keep(page, account, secret)


async def keep(page: Page, account: Account, secret: Secret) -> None:
    """Store a password in the keyring, or say that it is kept for this sitting only."""
    try:
        await asyncio.to_thread(store, account, secret)
    except KeyringUnusable as error:
        page.complain(f"{error}. It is kept for this sitting only.")
        return
    page.tell(("✓ ", GOOD), "The keyring keeps the password.")
