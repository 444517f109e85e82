"""Change an account that is set up: only what is given; a secret never follows it to another server."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from mailmerge.accounts.account import USUAL_PORTS, Account, OAuthClient
from mailmerge.accounts.credentials import Kept, drop, find_secret, forget_secret, keep, recall, store_secret
from mailmerge.accounts.from_preset import account_from_preset, split_address
from mailmerge.accounts.mailbox import Imap, published_host, settled
from mailmerge.accounts.providers import Auth, Tls, presets
from mailmerge.accounts.validation import validate
from mailmerge.errors import KeyringUnusable
from mailmerge.text.addresses import domain_key


def changed(
    before: Account,
    *,
    name: str | None = None,
    address: str | None = None,
    provider: str | None = None,
    host: str | None = None,
    port: int | None = None,
    tls: Tls | None = None,
    auth: Auth | None = None,
    username: str | None = None,
    display_name: str | None = None,
    connections: int | None = None,
    per_minute: float | None = None,
    per_day: int | None = None,
    hours: str | None = None,
    oauth: OAuthClient | None = None,
    signature: str | None = None,
    imap: Imap | None = None,
    no_imap: bool = False,
) -> Account:
    """The account with what is given; None leaves a value as it is.

    A provider brings its server and limits, the usual port follows the kind of TLS, and a username that was the
    address follows the address. Commands and a registration that do not go with the way to log in are dropped. A
    mailbox that was the provider's follows the account to another one, and is left alone where it has none: the
    password of one provider is for no other. ``no_imap`` leaves the mailbox alone from now on.

    Raises:
        AccountInvalid: a value cannot be used, or does not go with the others.
    """
    after = replace(before, name=before.name if name is None else name)
    if address is not None:
        shown, spec = split_address(after.name, address)
        follows = before.username in ("", before.address)
        login = spec if follows else before.username
        after = replace(after, address=spec, display_name=shown or before.display_name, username=login)
    after = _moved(after, provider, host, port, tls)
    given: dict[str, Any] = {
        "auth": "oauth2" if auth is None and oauth is not None else auth,
        "username": username,
        "display_name": display_name,
        "connections": connections,
        "per_minute": per_minute,
        "per_day": per_day,
        "hours": None if hours is None else " ".join(hours.split()),
        "oauth": oauth,
        "signature": None if signature is None else "\n".join(signature.splitlines()).strip("\n"),
    }
    after = replace(after, **{key: value for key, value in given.items() if value is not None})
    if after.auth != "password":
        after = replace(after, password_command="")
    if after.auth != "oauth2" or oauth is not None:
        after = replace(after, token_command="", oauth=oauth)
    return validate(replace(after, imap=None if no_imap else _mailbox(before, after, imap)))


def _mailbox(before: Account, after: Account, given: Imap | None) -> Imap | None:
    """The mailbox as it is given, or as it follows the account."""
    preset = presets().get(after.provider)
    if given is not None:
        return settled(given, preset, after.host)
    kept = before.imap
    if kept is None or kept.password_command or before.host == after.host:
        return kept
    if kept.host != published_host(presets().get(before.provider), before.host) and kept.host != before.host:
        return kept
    host = published_host(preset, after.host)
    return replace(kept, host=host) if host else None


def _moved(account: Account, provider: str | None, host: str | None, port: int | None, tls: Tls | None) -> Account:
    """The account at another server, as far as one is given."""
    if provider:
        there = account_from_preset(account.name, account.address, provider=provider, host=host, port=port, tls=tls)
        return replace(
            account,
            provider=provider,
            host=there.host,
            port=there.port,
            tls=there.tls,
            auth=there.auth if account.auth == "password" else account.auth,
            connections=there.connections,
            per_minute=there.per_minute,
            per_day=there.per_day,
        )
    wanted = account.tls if tls is None else tls
    usual = account.port == USUAL_PORTS.get(account.tls)
    if port is None:
        port = USUAL_PORTS.get(wanted, 0) if usual and wanted != account.tls else account.port
    server = account.host if host is None else domain_key(host.strip())
    kept = account.provider if provider is None and _is_theirs(account.provider, server) else ""
    return replace(account, provider=kept, host=server, port=port, tls=wanted)


def _is_theirs(provider: str, host: str) -> bool:
    """Whether a host may be one of the provider's: ``ex2.mail.ovh.net`` beside ``ex.mail.ovh.net``."""
    preset = presets().get(provider)
    return preset is not None and host.split(".")[-2:] == (preset.host or host).split(".")[-2:]


class Fate(StrEnum):
    """What became of the secret of an account that was changed."""

    STAYS = "stays"
    """It goes to the same server, for the same user, as before."""
    REMOVED = "removed"
    """It was given for another server or user: it is asked for again, and the old one is nowhere any more."""
    COMMAND = "command"
    """The account's command gives it, to another server or for another user from now on."""
    NONE = "none"
    """None was stored."""


def settle_secret(before: Account, after: Account, state: Path | None = None) -> Fate:
    """See to what is stored for an account that was changed, and say what became of it. Blocks.

    What was given for one server, or for one user, is never sent to another server or for another user: it is taken
    out of the keyring. Where only the account's name is another, a password moves with it, and a sign-in is asked for
    again. ``state`` is the folder that remembers sign-ins, this user's by default.
    """
    if after.auth == before.auth == "none":
        return Fate.NONE
    if after.password_command or after.token_command:
        return Fate.STAYS if _whom(before) == _whom(after) else Fate.COMMAND
    if (before.name, *_whom(before)) == (after.name, *_whom(after)):
        return Fate.STAYS
    try:
        return _settled(before, after, state)
    except KeyringUnusable:
        return Fate.NONE  # nothing can be read from it for the new server either


def _settled(before: Account, after: Account, state: Path | None) -> Fate:
    if before.oauth is not None:
        _move_client_secret(before, after)
        from mailmerge.accounts.oauth import Tokens

        tokens = Tokens(before, state)
        stored = tokens.is_stored()
        tokens.forget()
        return Fate.REMOVED if stored else Fate.NONE
    commanded = bool(before.password_command or before.token_command)
    secret = None if before.auth == "none" or commanded else find_secret(before)
    if secret is None:
        return Fate.NONE
    moves = _whom(before) == _whom(after)
    if moves:
        store_secret(after, secret)
    forget_secret(before)
    return Fate.STAYS if moves else Fate.REMOVED


def _move_client_secret(before: Account, after: Account) -> None:
    """It is the registration's, whoever signs in with it."""
    secret = recall(before, Kept.CLIENT_SECRET)
    if secret is None:
        return
    drop(before, Kept.CLIENT_SECRET)
    if after.oauth is not None and before.oauth is not None and after.oauth.client_id == before.oauth.client_id:
        keep(after, Kept.CLIENT_SECRET, secret)


def _whom(account: Account) -> tuple[object, ...]:
    """To whom, and as whom, the secret speaks."""
    return account.host, account.username, account.auth, account.oauth
