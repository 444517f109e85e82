"""Accounts that sign in, and the sign-in itself, as the delivery tests need them."""

from __future__ import annotations

import asyncio

from identity_provider import Browser, Provider
from smtp_script import USER

from mailmerge.accounts import Account, OAuthClient, account_from_preset
from mailmerge.accounts.oauth import Event, OpenBrowser, SignedIn, Tokens
from mailmerge.delivery import sign_in


def account_of(provider: Provider, port: int, *, client: str = "mailmerge", **given: object) -> Account:
    """An account at a server on loopback that signs in at the provider."""
    return account_from_preset(
        "rh",
        f"Claire Martin <{USER}>",
        port=port,
        auth="oauth2",
        oauth=OAuthClient(issuer=provider.issuer, client_id=client),
        **({"host": "127.0.0.1", "tls": "none"} | given),  # type: ignore[arg-type]
    )


async def signed_in(account: Account, *, as_user: str = USER) -> Tokens:
    """Sign in by the browser, and try it at the account's server."""
    events = await browse(account, as_user=as_user)
    assert isinstance(events[-1], SignedIn), events[-1]
    return Tokens(account)


async def browse(account: Account, *, as_user: str = USER, cancel: bool = False) -> list[Event]:
    """Every event of a sign-in for which somebody uses the browser."""
    events: list[Event] = []
    browsing: asyncio.Task[str] | None = None
    async for event in sign_in(account).events():
        events.append(event)
        if isinstance(event, OpenBrowser):
            browser = Browser(as_user)
            browsing = asyncio.create_task(asyncio.to_thread(browser.sign_in, event.url, cancel=cancel))
    if browsing is not None:
        await browsing
    return events
