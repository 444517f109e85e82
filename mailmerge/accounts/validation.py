"""What an account may be: no value of it is wrong or unsafe."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from mailmerge.accounts.account import (
    MOST_CONNECTIONS,
    NAMED_ISSUERS,
    NUMBERS,
    USUAL_PORTS,
    Account,
    OAuthClient,
)
from mailmerge.accounts.hosts import is_loopback
from mailmerge.accounts.hours import read_hours
from mailmerge.accounts.mailbox import problems as imap_problems
from mailmerge.errors import AccountInvalid, Reason
from mailmerge.i18n import N_
from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten

_NAME = regex(r"\w[\w.-]*")
_SLOWEST = 0.01
"""Messages a minute; less is not a pace but a mistake."""
_LONGEST_SIGNATURE = 2000
_TENANT = regex(r"[A-Za-z0-9][A-Za-z0-9.-]*")


def validate(account: Account) -> Account:
    """The account, where nothing about it is wrong or unsafe.

    Raises:
        AccountInvalid: saying which value, and what it may be.
    """
    for field, reason in _problems(account):
        raise invalid(account.name, field, reason)
    return account


def invalid(name: str, field: str, reason: Reason) -> AccountInvalid:
    """One value of an account cannot be used."""
    return AccountInvalid(N_('account "{name}": {problem}'), name=shorten(name), field=field, problem=reason)


_PROBLEMS: Mapping[str, str] = {
    "provider": N_('no provider is called "{value}"; known are {known}'),
    "address": N_(
        '"{value}" is not a sender address ({problem}); write it as rh@example.com or Claire Martin <rh@example.com>'
    ),
    "name": N_("a name has letters, digits, dots and dashes only, such as rh or paris-2"),
    "host-missing": N_("no server is named: give a host, or a provider"),
    "host": N_('host "{value}" is not a host name'),
    "port": N_("port {value} is not between 1 and 65535"),
    "tls": N_('tls "{value}" is not one of implicit, starttls, none'),
    "auth": N_('auth "{value}" is not one of password, oauth2, none'),
    "tls-none": N_(
        "unencrypted connections are allowed only to this computer (localhost); {value} needs implicit or starttls"
    ),
    "username-missing": N_("username is empty: give one, or choose auth none (no login)"),
    "display-name": N_("the sender's name contains a character that cannot be printed"),
    "username": N_("username contains a character that cannot be printed"),
    "connections": N_("connections must be between 1 and {most}; it is {value}"),
    "limits": N_("{why}; 0 means that no limit is known"),
    "too-slow": N_("per_minute must be at least {least}, or 0 for no known limit; it is {value}"),
    "hours": N_(
        'hours "{value}" cannot be read: write them as Mon-Fri 08:30-18:00, or Mon-Fri 8:30-12:00, 14:00-18:00'
    ),
    "pipelining": N_('pipelining "{value}" is not one of off, group, full'),
    "password-command": N_("password_command goes with auth password"),
    "token-command": N_("token_command goes with auth oauth2"),
    "signature-long": N_("signature is longer than {most} characters"),
    "signature": N_("signature holds a character that cannot be printed, such as a tab; write plain lines of text"),
    "oauth": N_("issuer and client_id (oauth) go with auth oauth2"),
    "two-tokens": N_("token_command and oauth are two ways to get a token: keep one of them"),
    "client-id": N_(
        "client_id is missing or has spaces in it: copy it from the registration with the identity provider"
    ),
    "issuer": N_(
        'issuer "{value}" is not one of {known} or a URL that begins with https:// (http:// for this computer only)'
    ),
    "tenant-elsewhere": N_("tenant goes with issuer microsoft only"),
    "tenant": N_('tenant "{value}" is not a domain such as atelier.example, or an id'),
}
"""Why a value cannot be used, by the token of the reason."""


def problem(kind: str, **values: object) -> Reason:
    """Why a value cannot be used."""
    return Reason(kind, _PROBLEMS[kind], values)


def _problems(account: Account) -> Iterator[tuple[str, Reason]]:
    """The field that is wrong, and why."""
    if not _NAME.fullmatch(account.name):
        yield "name", problem("name")
    if not account.host:
        yield "host", problem("host-missing")
    if any(c.isspace() or not c.isprintable() or c in "/@" for c in account.host):
        yield "host", problem("host", value=shorten(account.host))
    if not 1 <= account.port <= 65535:
        yield "port", problem("port", value=account.port)
    if account.tls not in USUAL_PORTS:
        yield "tls", problem("tls", value=shorten(account.tls))
    if account.auth not in ("password", "oauth2", "none"):
        yield "auth", problem("auth", value=shorten(account.auth))
    if account.tls == "none" and not is_loopback(account.host):
        yield "tls", problem("tls-none", value=shorten(account.host))
    if account.auth != "none" and not account.username:
        yield "username", problem("username-missing")
    if not account.display_name.isprintable():
        yield "address", problem("display-name")
    if not account.username.isprintable():
        yield "username", problem("username")
    if not 1 <= account.connections <= MOST_CONNECTIONS:
        yield "connections", problem("connections", most=MOST_CONNECTIONS, value=account.connections)
    for name in ("per_minute", "per_day"):
        if not NUMBERS[name].admits(value := getattr(account, name)):
            yield name, problem("limits", why=NUMBERS[name].problem(name, value))
    if 0 < account.per_minute < _SLOWEST:
        yield "per_minute", problem("too-slow", least=_SLOWEST, value=account.per_minute)
    if account.hours and read_hours(account.hours) is None:
        yield "hours", problem("hours", value=shorten(account.hours))
    if account.pipelining not in ("", "off", "group", "full"):
        yield "pipelining", problem("pipelining", value=shorten(account.pipelining))
    if account.password_command and account.auth != "password":
        yield "password_command", problem("password-command")
    if account.token_command and account.auth != "oauth2":
        yield "token_command", problem("token-command")
    if account.oauth is not None:
        yield from _oauth_problems(account, account.oauth)
    if account.imap is not None:
        yield from imap_problems(account.imap)
    if len(account.signature) > _LONGEST_SIGNATURE:
        yield "signature", problem("signature-long", most=_LONGEST_SIGNATURE)
    if any(unicodedata.category(c) in ("Cc", "Co", "Cs") and c != "\n" for c in account.signature):
        yield "signature", problem("signature")


def _oauth_problems(account: Account, client: OAuthClient) -> Iterator[tuple[str, Reason]]:
    if account.auth != "oauth2":
        yield "auth", problem("oauth")
    if account.token_command:
        yield "token_command", problem("two-tokens")
    if not client.client_id or not client.client_id.isprintable() or " " in client.client_id:
        yield "client_id", problem("client-id")
    if client.issuer not in NAMED_ISSUERS and not _is_issuer_url(client.issuer):
        yield "issuer", problem("issuer", value=shorten(client.issuer), known=", ".join(NAMED_ISSUERS))
    if client.tenant and client.issuer != "microsoft":
        yield "tenant", problem("tenant-elsewhere")
    if client.tenant and not _TENANT.fullmatch(client.tenant):
        yield "tenant", problem("tenant", value=shorten(client.tenant))


def _is_issuer_url(text: str) -> bool:
    """RFC 8414 section 2: https, without query or fragment; http is let through on loopback."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    if not text.isprintable() or " " in text or parts.query or parts.fragment or parts.username is not None or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
