"""The mailbox of an account, read and added to after a sending by IMAP (RFC 9051): off unless it is set up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.accounts.hosts import is_loopback
from mailmerge.accounts.providers import Preset, Tls, presets
from mailmerge.errors import Reason
from mailmerge.i18n import N_
from mailmerge.text.addresses import domain_key
from mailmerge.text.shown import shorten

AUTO, OFF = "auto", "off"
"""What ``sent`` may be besides the name of a folder."""
IMAP_PORTS = {"implicit": 993, "starttls": 143, "none": 143}
"""By the kind of TLS (RFC 8314)."""


class Imap(Struct, frozen=True, kw_only=True):
    """Where the mailbox is, and what is done with it."""

    host: str = ""
    """``""`` for the one that the provider publishes."""
    port: int = 0
    """0 for the usual one."""
    tls: Tls = "implicit"
    username: str = ""
    """``""`` for the one that the account logs in with."""
    password_command: str = ""
    """Prints the password of the mailbox; ``""`` where it is the account's own password or token."""
    sent: str = AUTO
    """Where copies go: ``auto`` for the folder of sent messages, ``off`` for none, else the name of a folder."""
    bounces: bool = True
    """Whether returned messages are read."""


def settled(imap: Imap, preset: Preset | None, submission_host: str) -> Imap:
    """The mailbox with what was left open filled in: the provider's server, the usual port."""
    host = domain_key(imap.host.strip()) or published_host(preset, submission_host)
    return replace(imap, host=host, port=imap.port or IMAP_PORTS.get(imap.tls, 0))


def published_host(preset: Preset | None, submission_host: str) -> str:
    """The IMAP server of a provider; that of the account where one host does both, as with ``ex3.mail.ovh.net``."""
    if preset is None or not preset.imap:
        return ""
    return submission_host if preset.imap == preset.host and submission_host else preset.imap


def files_copies_itself(provider: str, *hosts: str) -> bool:
    """Whether the servers put a copy of what is submitted into the Sent folder: a second one is then never added."""
    keepers = [preset for preset in presets().values() if preset.files_sent]
    known = {host for preset in keepers for host in (preset.host, preset.imap)}
    return any(preset.name == provider for preset in keepers) or not known.isdisjoint(hosts)


def problems(imap: Imap) -> Iterator[tuple[str, Reason]]:
    """The field that is wrong, and why."""
    if not imap.host:
        yield "imap.host", _because("host-missing")
    elif any(c.isspace() or not c.isprintable() or c in "/@" for c in imap.host):
        yield "imap.host", _because("host", value=shorten(imap.host))
    if not 1 <= imap.port <= 65535:
        yield "imap.port", _because("port", value=imap.port)
    if imap.tls not in IMAP_PORTS:
        yield "imap.tls", _because("tls", value=shorten(imap.tls))
    elif imap.tls == "none" and not is_loopback(imap.host):
        yield "imap.tls", _because("tls-none", value=shorten(imap.host))
    if not imap.username.isprintable():
        yield "imap.username", _because("username")
    if not imap.sent.strip() or not imap.sent.isprintable():
        yield "imap.sent", _because("sent")


_PROBLEMS: Mapping[str, str] = {
    "host-missing": N_("no IMAP server is given: give its name, or a provider that has one"),
    "host": N_('the IMAP server "{value}" is not a host name'),
    "port": N_("the IMAP port {value} is not between 1 and 65535"),
    "tls": N_('the kind of TLS for IMAP, "{value}", is not one of implicit, starttls, none'),
    "tls-none": N_("IMAP without TLS is for this machine only (localhost); {value} needs implicit or starttls"),
    "username": N_("the user name for IMAP contains a character that cannot be printed"),
    "sent": N_("the folder for copies must be auto, off, or the name of a folder"),
}
"""Why a value cannot be used, by the token of the reason."""


def _because(kind: str, **values: object) -> Reason:
    return Reason(kind, _PROBLEMS[kind], values)
