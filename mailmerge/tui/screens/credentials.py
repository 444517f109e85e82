"""The password of an account: from the keyring or its command, from earlier in this sitting, or asked for."""

from __future__ import annotations

import asyncio

from mailmerge.accounts import Account, Secret, find
from mailmerge.errors import KeyringUnusable
from mailmerge.tui.screens.ask import AskSecret
from mailmerge.tui.screens.page import Page


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
    reason = "No password is stored for it."
    try:
        found = await asyncio.to_thread(find, account)
    except KeyringUnusable:
        found, reason = None, "No keyring that keeps a secret answers here."
    if found is None:
        explanation = f"{reason} It is asked for once in this sitting, and kept in memory only."
        title = f"Password of {account.username} at {account.host}"
        found = await page.app.push_screen_wait(AskSecret(title, explanation))
        if found is None:
            raise NotGiven
        page.program.secrets[account.name] = found
    return found
