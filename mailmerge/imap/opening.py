"""Connect to a mailbox, verified, and log in once. Everything here blocks: call it in a thread."""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64decode
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from mailmerge.accounts import Account, Imap, Secret, find_secret, is_loopback
from mailmerge.accounts.redaction import redacted
from mailmerge.delivery.smtp.tls import make_context, why_refused
from mailmerge.errors import AccountError, ConnectionFailed, CredentialMissing, LoginRefused
from mailmerge.i18n import N_
from mailmerge.imap.session import CONNECT_SECONDS, READ_SECONDS, OpenMailbox, as_server, lost
from mailmerge.text.shown import shorten

if TYPE_CHECKING:
    from imapclient import IMAPClient

    from mailmerge.accounts.oauth import Tokens


def open_mailbox(account: Account, secret: Secret | Tokens | None) -> OpenMailbox:
    """Connect and log in, once: with the password or token that the account sends with, or the mailbox's own.

    Raises:
        AccountError: the account has no mailbox, or its command gives no password.
        CredentialMissing: there is nothing to log in with.
        SignInNeeded, SignInFailed: there is no token to log in with.
        ConnectionFailed: the server is unreachable, or not safe to talk to.
        LoginRefused: it refuses the login.
    """
    imap = required(account)
    bare = _secret_of(account, imap, secret)
    try:
        return _opened(account, imap, bare)
    except LoginRefused:
        renewed = _renewed(imap, secret, bare)
        if renewed is None:
            raise
        again = renewed
    return _opened(account, imap, again)


def required(account: Account) -> Imap:
    """The mailbox of an account.

    Raises:
        AccountError: it is left alone.
    """
    if account.imap is None:
        raise AccountError(
            N_(
                'account "{account}" does not look into its mailbox: switch it on with'
                " `mailmerge account edit {account} --sent auto`, or with --imap-host HOST"
            ),
            account=account.name,
        )
    return account.imap


def _secret_of(account: Account, imap: Imap, secret: Secret | Tokens | None) -> Secret:
    if imap.password_command:
        own = replace(
            account, auth="password", oauth=None, token_command="", password_command=imap.password_command, imap=None
        )
        secret = find_secret(own)
    if not secret:
        raise CredentialMissing(
            N_(
                'no password for the mailbox of account "{account}": set password_command under '
                "[accounts.{account}.imap] in config.toml"
            ),
            account=account.name,
        )
    return secret if isinstance(secret, Secret) else asyncio.run(secret.current())


def _renewed(imap: Imap, secret: Secret | Tokens | None, refused: Secret) -> Secret | None:
    """Another token than the one that was refused, where there is one; a password is tried once."""
    if imap.password_command or secret is None or isinstance(secret, Secret):
        return None
    other = asyncio.run(secret.renewed(refused))
    return None if other is None or other == refused else other


def _opened(account: Account, imap: Imap, secret: Secret) -> OpenMailbox:
    from imapclient import IMAPClient, SocketTimeout

    client: IMAPClient | None = None
    context = make_context(as_server(account, imap))
    try:
        client = IMAPClient(
            imap.host,
            port=imap.port,
            ssl=imap.tls == "implicit",
            ssl_context=context,
            timeout=SocketTimeout(CONNECT_SECONDS, READ_SECONDS),
        )
        client.normalise_times = False
        if imap.tls == "starttls":
            client.starttls(context)
        if imap.tls == "none" and not is_loopback(client.socket().getpeername()[0]):
            raise ssl.SSLError("not on this machine")
    except Exception as error:  # noqa: BLE001  (told as a reason; the client has no class of its own for them)
        _drop(client)
        raise why_refused(as_server(account, imap), error) from None
    try:
        _log_in(client, account, imap, secret)
    except BaseException:
        _drop(client)
        raise
    return OpenMailbox(client, account, imap, secret)


def _drop(client: Any) -> None:
    if client is not None:
        with suppress(Exception):
            client.shutdown()


def _log_in(client: IMAPClient, account: Account, imap: Imap, secret: Secret) -> None:
    import imaplib

    user = imap.username or account.username or account.address
    by_token = account.auth == "oauth2" and not imap.password_command
    refusal: LoginRefused | ConnectionFailed
    try:
        if by_token:
            _by_token(client, user, imap, secret)
        elif client.has_capability("AUTH=PLAIN"):
            client.sasl_login("PLAIN", lambda _: f"\0{user}\0{secret.reveal()}".encode())
        elif not client.has_capability("LOGINDISABLED"):
            client.login(user, secret.reveal())
        else:
            raise LoginRefused(N_("{host} does not accept a password for the mailbox"), host=imap.host, final=True)
    except (imaplib.IMAP4.abort, OSError, EOFError) as error:
        refusal = lost(account, imap, error)
    except imaplib.IMAP4.error as error:
        sent = f"\0{user}\0{secret.reveal()}".encode()
        said = shorten(redacted(str(error), secret, sent), 120)
        refusal = LoginRefused(
            _TOKEN_REFUSED if by_token else _PASSWORD_REFUSED, host=imap.host, said=said, account=account.name
        )
    else:
        return
    raise refusal


_PASSWORD_REFUSED = N_("{host} refused the login to the mailbox ({said}): check the password and the user name")
_TOKEN_REFUSED = N_(
    "{host} refused the login to the mailbox ({said}): sign in again with `mailmerge account sign-in {account}`, which"
    " then asks for the right to read the mailbox as well"
)


def _by_token(client: IMAPClient, user: str, imap: Imap, token: Secret) -> None:
    from mailmerge.accounts.oauth import sasl

    mechanism = next((each for each in sasl.MECHANISMS if client.has_capability(f"AUTH={each}")), "")
    if not mechanism:
        raise LoginRefused(N_("{host} does not accept a token for the mailbox"), host=imap.host, final=True)
    answers = iter([b64decode(sasl.response(mechanism, user, imap.host, imap.port, token))])
    give_in = b64decode(sasl.GIVE_IN[mechanism])
    client.sasl_login(mechanism, lambda _challenge: next(answers, give_in))
