"""A mailbox to send from, complete and checked: no account of an unsafe kind can be made here."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Literal

from mailmerge.accounts.providers import Auth, Preset, Tls, presets
from mailmerge.addresses import AddressInvalid, Mailbox, domain_key, parse_address
from mailmerge.errors import AccountError
from mailmerge.text import shorten, visible

_PORTS = {"implicit": 465, "starttls": 587, "none": 25}
_NAME = re.compile(r"\w[\w.-]*")
_MOST_CONNECTIONS = 20
_LONGEST_SIGNATURE = 2000

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
    pipelining: Pipelining | Literal[""] = ""
    """At most so, where the server offers it; ``""`` for what is usual: ``group``."""
    ca_file: str = ""
    """PEM file of a certificate authority of one's own, trusted besides the system's."""
    password_command: str = ""
    """Prints the password on its first line; run without a shell."""
    token_command: str = ""
    """Prints an OAuth 2 access token on its first line; run without a shell."""
    signature: str = ""
    """Plain lines, ended by ``\\n`` but for the last, that a letter prints by ``{{ signature }}``."""

    @property
    def sender(self) -> Mailbox:
        """Who messages come from where the letter has no From of its own."""
        return Mailbox(self.display_name, self.address)


def set_up(
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
    pipelining: Pipelining | Literal[""] = "",
    ca_file: str = "",
    password_command: str = "",
    token_command: str = "",
    signature: str = "",
) -> Account:
    """An account from what a person gave; None takes the provider's preset, or what is usual.

    ``address`` may carry a display name: ``Claire Martin <rh@x.example>``.

    Raises:
        AccountError: an unknown provider, no host, or a value that :func:`validate` refuses.
    """
    preset = _preset(name, provider)
    shown, spec = split_address(name, address)
    tls_used: Tls = tls if tls is not None else preset.tls
    moved = tls is not None and tls != preset.tls
    return validate(
        Account(
            name=name,
            address=spec,
            display_name=shown if display_name is None else display_name,
            provider=provider,
            host=domain_key((preset.host if host is None else host).strip()),
            port=port if port is not None else (_PORTS.get(tls_used, 0) if moved or not provider else preset.port),
            tls=tls_used,
            auth=preset.auth if auth is None else auth,
            username=spec if username is None else username,
            connections=preset.connections if connections is None else connections,
            per_minute=preset.per_minute if per_minute is None else per_minute,
            per_day=preset.per_day if per_day is None else per_day,
            pipelining=pipelining,
            ca_file=ca_file,
            password_command=password_command,
            token_command=token_command,
            signature="\n".join(signature.splitlines()).strip("\n"),
        )
    )


def _preset(name: str, provider: str) -> Preset:
    if not provider:
        return Preset("", "", "", _PORTS["implicit"])
    try:
        return presets()[provider]
    except KeyError:
        known = ", ".join(presets())
        raise AccountError(
            f'account "{shorten(name)}": no provider is called "{shorten(provider)}"; known are {known}'
        ) from None


def split_address(name: str, text: str) -> tuple[str, str]:
    """Display name and addr-spec of ``Claire Martin <rh@x.example>`` or of a bare address.

    Raises:
        AccountError: it is not exactly one address.
    """
    shown, spec = parseaddr(text) if "<" in text else ("", text)
    try:
        return " ".join(shown.split()), parse_address(spec or text)
    except AddressInvalid as error:
        raise AccountError(
            f'account "{shorten(name)}": "{shorten(text)}" is not a sender address ({visible(str(error))});'
            " write it as rh@example.com or Claire Martin <rh@example.com>"
        ) from None


def is_loopback(host: str) -> bool:
    """Whether the host is this machine by its very name: only there may a connection go without TLS."""
    bare = host.strip("[]")
    if bare.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def validate(account: Account) -> Account:
    """The account, where nothing about it is wrong or unsafe.

    Raises:
        AccountError: saying which value, and what it may be.
    """
    problem = _problem(account)
    if problem:
        raise AccountError(f'account "{shorten(account.name)}": {problem}')
    return account


def _problem(account: Account) -> str:
    if not _NAME.fullmatch(account.name):
        return "a name has letters, digits, dots and dashes only, such as rh or paris-2"
    if not account.host:
        return "no server is named: give host (--host), or a provider (--provider)"
    if any(c.isspace() or not c.isprintable() or c in "/@" for c in account.host):
        return f'host "{shorten(account.host)}" is no host name'
    if not 1 <= account.port <= 65535:
        return f"port {account.port} is not between 1 and 65535"
    if account.tls not in _PORTS:
        return f'tls "{shorten(account.tls)}" is not one of implicit, starttls, none'
    if account.auth not in ("password", "oauth2", "none"):
        return f'auth "{shorten(account.auth)}" is not one of password, oauth2, none'
    if account.tls == "none" and not is_loopback(account.host):
        return f"tls none is for this machine only (localhost); {account.host} needs implicit or starttls"
    if account.auth != "none" and not account.username:
        return "username is empty; give --username, or auth none"
    if not account.username.isprintable() or not account.display_name.isprintable():
        return "a name holds a character that cannot be printed"
    if not 1 <= account.connections <= _MOST_CONNECTIONS:
        return f"connections is {account.connections}; 1 to {_MOST_CONNECTIONS} are possible"
    if not 0 <= account.per_minute < float("inf") or account.per_day < 0:
        return "per_minute and per_day are numbers of messages, or 0 for no limit known"
    if account.pipelining not in ("", "off", "group", "full"):
        return f'pipelining "{shorten(account.pipelining)}" is not one of off, group, full'
    if account.password_command and account.auth != "password":
        return "password_command goes with auth password"
    if account.token_command and account.auth != "oauth2":
        return "token_command goes with auth oauth2"
    if len(account.signature) > _LONGEST_SIGNATURE:
        return f"signature is longer than {_LONGEST_SIGNATURE} characters"
    if any(unicodedata.category(c) in ("Cc", "Co", "Cs") and c != "\n" for c in account.signature):
        return "signature holds a character that cannot be printed, such as a tab; write plain lines of text"
    return ""
