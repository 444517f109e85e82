"""Try an account without sending anything: connect, secure, log in, and say what the server offers."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.accounts import Account, Pipelining, Secret
from mailmerge.delivery.smtp.connect import open_session
from mailmerge.delivery.smtp.session import Timeouts
from mailmerge.delivery.smtp.tls import make_context
from mailmerge.errors import CredentialMissing
from mailmerge.i18n import N_

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import SignIn, Tokens


class ServerReport(Struct, frozen=True):
    """What a submission server offers to this account."""

    host: str
    port: int
    tls: str
    """The protocol version in use (``TLSv1.3``); ``""`` for none."""
    logged_in: bool
    mechanisms: tuple[str, ...]
    """Ways to log in that it offers (RFC 4954)."""
    size: int
    """Largest message in bytes (RFC 1870); 0 where it tells none, or none that can be meant."""
    smtputf8: bool
    """Whether it takes addresses with accents before the @ (RFC 6531)."""
    extensions: tuple[str, ...]
    """Everything it offers, in upper case."""
    connections: int
    per_minute: float
    per_day: int
    """The account's own limits, which apply; 0 for none known."""
    size_ignored: str = ""
    """What it tells as its largest message where that cannot be meant."""
    pipelining: Pipelining = "off"
    """How many commands a sending begins to send without waiting: the account's level, where the server offers any."""


def require_secret(account: Account, secret: Secret | Tokens | None) -> None:
    """Stop before a connection is made where a login is needed and no secret is there.

    Raises:
        CredentialMissing: that.
    """
    if account.auth != "none" and not secret:
        if account.oauth is not None:
            raise CredentialMissing(
                N_('account "{account}" is not signed in: run `mailmerge account sign-in {account}`'),
                account=account.name,
            )
        no_token = N_('no token for account "{account}": run `mailmerge account add {account}`')
        no_password = N_('no password for account "{account}": run `mailmerge account add {account}`')
        raise CredentialMissing(no_token if account.auth == "oauth2" else no_password, account=account.name)


async def check_server(
    account: Account, secret: Secret | Tokens | None, *, timeouts: Timeouts | None = None
) -> ServerReport:
    """Connect, log in, look, and leave.

    Raises:
        ConnectionFailed: unreachable, or not safe to talk to.
        LoginRefused: the server refused the credentials.
        SignInNeeded, SignInFailed: there is no token to log in with.
        CredentialMissing: the account logs in, and no secret is given.
        AccountError: the account's ``ca_file`` cannot be used, or its registration.
    """
    require_secret(account, secret)
    context = await asyncio.to_thread(make_context, account)
    session = await open_session(account, secret, context, timeouts or Timeouts())
    try:
        offer = session.offer
        return ServerReport(
            host=account.host,
            port=account.port,
            tls=session.tls_version,
            logged_in=account.auth != "none",
            mechanisms=offer.mechanisms,
            size=offer.size,
            smtputf8=offer.has("smtputf8"),
            extensions=tuple(sorted(keyword.upper() for keyword in offer.extensions)),
            connections=account.connections,
            per_minute=account.per_minute,
            per_day=account.per_day,
            size_ignored=offer.size_ignored,
            pipelining=session.level,
        )
    finally:
        await session.close()


def sign_in(account: Account, *, device: bool = False, state: Path | None = None) -> SignIn:
    """A sign-in that is done only when the account's own server has taken the token: see ``accounts/oauth/flow.py``.

    Raises:
        AccountError: the account has no registration to sign in with.
    """
    from mailmerge.accounts.oauth import SignIn

    return SignIn(account, lambda token: check_server(account, token), device=device, state=state)
