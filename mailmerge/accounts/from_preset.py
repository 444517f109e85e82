"""An account from what a person gave, and the preset of its provider for the rest."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Literal

from mailmerge.accounts.account import USUAL_PORTS, Account, OAuthClient, Pipelining
from mailmerge.accounts.mailbox import Imap, settled
from mailmerge.accounts.providers import Auth, Preset, Tls, presets
from mailmerge.accounts.validation import invalid, problem, validate
from mailmerge.text.addresses import AddressInvalid, domain_key, parse_address
from mailmerge.text.shown import shorten


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
        raise invalid(name, "provider", problem("provider", value=shorten(provider), known=known)) from None


def split_address(name: str, text: str) -> tuple[str, str]:
    """Display name and addr-spec of ``Claire Martin <rh@x.example>`` or of a bare address.

    Raises:
        AccountInvalid: it is not exactly one address.
    """
    shown, spec = parseaddr(text) if "<" in text else ("", text)
    try:
        return " ".join(shown.split()), parse_address(spec or text)
    except AddressInvalid as error:
        reason = problem("address", value=shorten(text), problem=error.reason)
        raise invalid(name, "address", reason) from None
