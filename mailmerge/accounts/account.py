"""A mailbox to send from, complete and checked: no account of an unsafe kind can be made here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Literal
from urllib.parse import urlsplit

from mailmerge.accounts.hosts import is_loopback
from mailmerge.accounts.hours import read_hours
from mailmerge.accounts.mailbox import Imap, settled
from mailmerge.accounts.mailbox import problems as imap_problems
from mailmerge.accounts.providers import Auth, Preset, Tls, presets
from mailmerge.addresses import AddressInvalid, Mailbox, domain_key, parse_address
from mailmerge.bounds import Bounds
from mailmerge.errors import AccountInvalid, Reason
from mailmerge.i18n import N_
from mailmerge.text import shorten

USUAL_PORTS = {"implicit": 465, "starttls": 587, "none": 25}
"""By the kind of TLS (RFC 8314)."""
TLS_LABELS: Mapping[str, str] = {
    "implicit": N_("TLS from the start"),
    "starttls": N_("STARTTLS, required"),
    "none": N_("no TLS, this machine only"),
}
"""What each is called."""
_NAME = re.compile(r"\w[\w.-]*")
_MOST_CONNECTIONS = 20
NUMBERS = {
    "port": Bounds(1, 65_535),
    "connections": Bounds(1, _MOST_CONNECTIONS),
    "per_minute": Bounds(0, 1_000_000, whole=False),
    "per_day": Bounds(0, 1_000_000_000),
}
"""What each number of an account may be, as a file has it."""
_SLOWEST = 0.01
"""Messages a minute; less is not a pace but a mistake."""
_LONGEST_SIGNATURE = 2000
_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
NAMED_ISSUERS = ("microsoft", "google")
"""Identity providers that are known by a name; any other is given by its URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthClient:
    """How mailmerge is registered with the identity provider that signs the account in (RFC 6749 section 2)."""

    issuer: str
    """``microsoft``, ``google``, or the issuer's URL (https; http for loopback hosts only)."""
    client_id: str
    tenant: str = ""
    """Microsoft only: the company's domain or id; ``""`` for any company."""


Pipelining = Literal["off", "group", "full"]
"""How many commands leave without waiting (RFC 2920): one at a time, those of one message, or the next message's too.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One mailbox and the submission server that takes its mail (RFC 6409)."""

    name: str
    """What people call it on the command line: ``rh``."""
    address: str
    """The addr-spec that messages come from, its domain in A-labels."""
    display_name: str = ""
    provider: str = ""
    """The preset it was made from, ``""`` for none."""
    host: str
    port: int
    tls: Tls = "implicit"
    """``none`` for loopback hosts only."""
    auth: Auth = "password"
    username: str = ""
    connections: int = 1
    """At most so many at a time."""
    per_minute: float = 0
    """Messages; 0 for no limit known. May be a fraction (0.8 is 48 an hour)."""
    per_day: int = 0
    """Messages in 24 hours; 0 for no limit known."""
    hours: str = ""
    """When messages may be begun, as ``Mon-Fri 08:30-18:00`` by the local clock; ``""`` for always."""
    pipelining: Pipelining | Literal[""] = ""
    """At most so, where the server offers it; ``""`` for what is usual: ``group``."""
    ca_file: str = ""
    """PEM file of a certificate authority of one's own, trusted besides the system's."""
    password_command: str = ""
    """Prints the password on its first line; run without a shell."""
    token_command: str = ""
    """Prints an OAuth 2 access token on its first line; run without a shell."""
    oauth: OAuthClient | None = None
    """The registration to sign in with (``account sign-in``); None where a command prints the token."""
    signature: str = ""
    """Plain lines, ended by ``\\n`` but for the last, that a letter prints by ``{{ signature }}``."""
    imap: Imap | None = None
    """The mailbox, for copies of what was sent and for what comes back; None where it is left alone."""

    @property
    def sender(self) -> Mailbox:
        """Who messages come from where the letter has no From of its own."""
        return Mailbox(self.display_name, self.address)


def account_from_preset(
    name: str,
    address: str,
    *,
    provider: str = "",
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
    pipelining: Pipelining | Literal[""] = "",
    ca_file: str = "",
    password_command: str = "",
    token_command: str = "",
    oauth: OAuthClient | None = None,
    signature: str = "",
    imap: Imap | None = None,
) -> Account:
    """An account from what a person gave; None takes the provider's preset, or what is usual.

    ``address`` may carry a display name: ``Claire Martin <rh@x.example>``.

    Raises:
        AccountInvalid: an unknown provider, no host, or a value that :func:`validate` refuses.
    """
    preset = _preset(name, provider)
    shown, spec = split_address(name, address)
    tls_used: Tls = tls if tls is not None else preset.tls
    moved = tls is not None and tls != preset.tls
    server = domain_key((preset.host if host is None else host).strip())
    return validate(
        Account(
            name=name,
            address=spec,
            display_name=shown if display_name is None else display_name,
            provider=provider,
            host=server,
            port=port if port is not None else (USUAL_PORTS.get(tls_used, 0) if moved or not provider else preset.port),
            tls=tls_used,
            auth=preset.auth if auth is None else auth,
            username=spec if username is None else username,
            connections=preset.connections if connections is None else connections,
            per_minute=preset.per_minute if per_minute is None else per_minute,
            per_day=preset.per_day if per_day is None else per_day,
            hours=" ".join((hours or "").split()),
            pipelining=pipelining,
            ca_file=ca_file,
            password_command=password_command,
            token_command=token_command,
            oauth=oauth,
            signature="\n".join(signature.splitlines()).strip("\n"),
            imap=None if imap is None else settled(imap, preset, server),
        )
    )


def _preset(name: str, provider: str) -> Preset:
    if not provider:
        return Preset("", "", "", USUAL_PORTS["implicit"])
    try:
        return presets()[provider]
    except KeyError:
        known = ", ".join(presets())
        raise _invalid(name, "provider", _because("provider", value=shorten(provider), known=known)) from None


def split_address(name: str, text: str) -> tuple[str, str]:
    """Display name and addr-spec of ``Claire Martin <rh@x.example>`` or of a bare address.

    Raises:
        AccountInvalid: it is not exactly one address.
    """
    shown, spec = parseaddr(text) if "<" in text else ("", text)
    try:
        return " ".join(shown.split()), parse_address(spec or text)
    except AddressInvalid as error:
        reason = _because("address", value=shorten(text), problem=error.reason)
        raise _invalid(name, "address", reason) from None


def validate(account: Account) -> Account:
    """The account, where nothing about it is wrong or unsafe.

    Raises:
        AccountInvalid: saying which value, and what it may be.
    """
    for field, reason in _problems(account):
        raise _invalid(account.name, field, reason)
    return account


def _invalid(name: str, field: str, reason: Reason) -> AccountInvalid:
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


def _because(kind: str, **values: object) -> Reason:
    return Reason(kind, _PROBLEMS[kind], values)


def _problems(account: Account) -> Iterator[tuple[str, Reason]]:
    """The field that is wrong, and why."""
    if not _NAME.fullmatch(account.name):
        yield "name", _because("name")
    if not account.host:
        yield "host", _because("host-missing")
    if any(c.isspace() or not c.isprintable() or c in "/@" for c in account.host):
        yield "host", _because("host", value=shorten(account.host))
    if not 1 <= account.port <= 65535:
        yield "port", _because("port", value=account.port)
    if account.tls not in USUAL_PORTS:
        yield "tls", _because("tls", value=shorten(account.tls))
    if account.auth not in ("password", "oauth2", "none"):
        yield "auth", _because("auth", value=shorten(account.auth))
    if account.tls == "none" and not is_loopback(account.host):
        yield "tls", _because("tls-none", value=shorten(account.host))
    if account.auth != "none" and not account.username:
        yield "username", _because("username-missing")
    if not account.display_name.isprintable():
        yield "address", _because("display-name")
    if not account.username.isprintable():
        yield "username", _because("username")
    if not 1 <= account.connections <= _MOST_CONNECTIONS:
        yield "connections", _because("connections", most=_MOST_CONNECTIONS, value=account.connections)
    for name in ("per_minute", "per_day"):
        if not NUMBERS[name].admits(value := getattr(account, name)):
            yield name, _because("limits", why=NUMBERS[name].problem(name, value))
    if 0 < account.per_minute < _SLOWEST:
        yield "per_minute", _because("too-slow", least=_SLOWEST, value=account.per_minute)
    if account.hours and read_hours(account.hours) is None:
        yield "hours", _because("hours", value=shorten(account.hours))
    if account.pipelining not in ("", "off", "group", "full"):
        yield "pipelining", _because("pipelining", value=shorten(account.pipelining))
    if account.password_command and account.auth != "password":
        yield "password_command", _because("password-command")
    if account.token_command and account.auth != "oauth2":
        yield "token_command", _because("token-command")
    if account.oauth is not None:
        yield from _oauth_problems(account, account.oauth)
    if account.imap is not None:
        yield from imap_problems(account.imap)
    if len(account.signature) > _LONGEST_SIGNATURE:
        yield "signature", _because("signature-long", most=_LONGEST_SIGNATURE)
    if any(unicodedata.category(c) in ("Cc", "Co", "Cs") and c != "\n" for c in account.signature):
        yield "signature", _because("signature")


def _oauth_problems(account: Account, client: OAuthClient) -> Iterator[tuple[str, Reason]]:
    if account.auth != "oauth2":
        yield "auth", _because("oauth")
    if account.token_command:
        yield "token_command", _because("two-tokens")
    if not client.client_id or not client.client_id.isprintable() or " " in client.client_id:
        yield "client_id", _because("client-id")
    if client.issuer not in NAMED_ISSUERS and not _is_issuer_url(client.issuer):
        yield "issuer", _because("issuer", value=shorten(client.issuer), known=", ".join(NAMED_ISSUERS))
    if client.tenant and client.issuer != "microsoft":
        yield "tenant", _because("tenant-elsewhere")
    if client.tenant and not _TENANT.fullmatch(client.tenant):
        yield "tenant", _because("tenant", value=shorten(client.tenant))


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
