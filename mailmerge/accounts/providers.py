"""What mailbox providers publish about sending through them, as of the date below: data, nothing else.

Shown to people as "as published, check yours": contracts differ, and limits change without notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from mailmerge.i18n import N_

PUBLISHED = "2026-11"
"""When these figures were read at the providers' sites."""

Tls = Literal["implicit", "starttls", "none"]
Auth = Literal["password", "oauth2", "none"]


class Preset(Struct, frozen=True):
    """One provider's submission server (RFC 6409, RFC 8314) and its limits."""

    name: str
    label: str
    host: str
    """``""`` where it depends on the customer's region."""
    port: int
    tls: Tls = "implicit"
    auth: Auth = "password"
    connections: int = 1
    per_minute: float = 0
    """Messages a minute; 0 where none is published. Hourly limits are given a sixtieth."""
    per_day: int = 0
    """Messages in 24 hours; 0 where none is published."""
    note: str = ""
    published: str = PUBLISHED
    domains: tuple[str, ...] = ()
    """Of the addresses that the provider gives out itself, by which it is recognised; ``.x`` for all below ``x``."""
    issuer: str = ""
    """Who signs its people in with OAuth 2: ``microsoft``, ``google``, ``""`` where a password is all there is."""
    imap: str = ""
    """The server of its mailboxes, by TLS on port 993 (RFC 8314); ``""`` where it has none."""
    files_sent: bool = False
    """Whether it puts a copy of what is submitted into the Sent folder itself."""


_PRESETS = (
    Preset(
        "gmail",
        "Gmail",
        "smtp.gmail.com",
        465,
        connections=2,
        per_day=500,
        note=N_("About 500 messages a day. Needs an app password (two-step verification on)."),
        domains=("gmail.com", "googlemail.com"),
        issuer="google",
        imap="imap.gmail.com",
        files_sent=True,
    ),
    Preset(
        "workspace",
        "Google Workspace",
        "smtp.gmail.com",
        465,
        connections=2,
        per_day=2000,
        note=N_("2,000 messages a day. Sign in with Google, or use an app password if the administrator allows one."),
        issuer="google",
        imap="imap.gmail.com",
        files_sent=True,
    ),
    Preset(
        "exchange",
        "Microsoft 365 (Exchange Online)",
        "smtp.office365.com",
        587,
        tls="starttls",
        connections=3,
        per_minute=30,
        per_day=10_000,
        note=N_(
            "30 messages a minute, 10,000 a day, 3 connections. From the end of December 2026 passwords are refused"
            " by default: sign in with Microsoft instead."
        ),
        domains=(".onmicrosoft.com",),
        issuer="microsoft",
        imap="outlook.office365.com",
        files_sent=True,
    ),
    Preset(
        "outlook",
        "Outlook.com",
        "smtp-mail.outlook.com",
        587,
        tls="starttls",
        auth="oauth2",
        note=N_("Passwords are refused already: sign in with Microsoft."),
        domains=(
            "outlook.com",
            "outlook.fr",
            "outlook.be",
            "hotmail.com",
            "hotmail.fr",
            "hotmail.co.uk",
            "hotmail.be",
            "live.com",
            "live.fr",
            "live.co.uk",
            "live.be",
            "msn.com",
        ),
        issuer="microsoft",
        imap="outlook.office365.com",
        files_sent=True,
    ),
    Preset(
        "yahoo",
        "Yahoo Mail",
        "smtp.mail.yahoo.com",
        465,
        per_day=500,
        note=N_("500 messages a day. Needs an app password."),
        domains=("yahoo.com", "yahoo.fr", "yahoo.co.uk", "ymail.com", "rocketmail.com"),
        imap="imap.mail.yahoo.com",
    ),
    Preset(
        "ovh",
        "OVH (MX Plan)",
        "ssl0.ovh.net",
        465,
        per_minute=3.3,
        note=N_("About 200 messages an hour."),
        imap="ssl0.ovh.net",
    ),
    Preset(
        "ovh-exchange",
        "OVH Hosted Exchange",
        "ex.mail.ovh.net",
        587,
        tls="starttls",
        note=N_("The server is that of your webmail: ex, ex2, ex3 ... .mail.ovh.net. No figure is published."),
        imap="ex.mail.ovh.net",
    ),
    Preset(
        "ovh-pro",
        "OVH Email Pro",
        "pro1.mail.ovh.net",
        587,
        tls="starttls",
        note=N_("The server is that of your webmail: pro1, pro2, pro3 ... .mail.ovh.net. No figure is published."),
        imap="pro1.mail.ovh.net",
    ),
    Preset(
        "ionos",
        "Ionos",
        "smtp.ionos.fr",
        465,
        per_minute=0.8,
        note=N_("50 to 500 messages an hour, growing with the age of the contract."),
        imap="imap.ionos.fr",
    ),
    Preset("gandi", "Gandi", "mail.gandi.net", 465, note=N_("No figure is published."), imap="mail.gandi.net"),
    Preset(
        "infomaniak",
        "Infomaniak",
        "mail.infomaniak.com",
        465,
        per_day=1440,
        note=N_("1,440 messages in 24 hours."),
        domains=("ik.me", "ikmail.com", "etik.com"),
        imap="mail.infomaniak.com",
    ),
    Preset(
        "orange",
        "Orange",
        "smtp.orange.fr",
        465,
        note=N_("No figure is published, and a mailbox of the internet box is not meant for large numbers."),
        domains=("orange.fr", "wanadoo.fr"),
        imap="imap.orange.fr",
    ),
    Preset(
        "free",
        "Free",
        "smtp.free.fr",
        465,
        note=N_("Switch on authenticated SMTP in the subscriber's space first. No figure is published."),
        domains=("free.fr", "aliceadsl.fr"),
        imap="imap.free.fr",
    ),
    Preset(
        "sfr",
        "SFR",
        "smtp.sfr.fr",
        465,
        note=N_("No figure is published, and a mailbox of the internet box is not meant for large numbers."),
        domains=("sfr.fr", "neuf.fr", "cegetel.net", "club-internet.fr"),
        imap="imap.sfr.fr",
    ),
    Preset(
        "laposte",
        "La Poste (laposte.net)",
        "smtp.laposte.net",
        465,
        note=N_("Allow mail programs in the webmail's settings first. No figure is published."),
        domains=("laposte.net",),
        imap="imap.laposte.net",
    ),
    Preset(
        "zoho",
        "Zoho Mail (Europe)",
        "smtppro.zoho.eu",
        465,
        per_minute=0.8,
        note=N_("50 to 500 messages an hour, by contract."),
        domains=("zoho.eu", "zohomail.eu"),
        imap="imappro.zoho.eu",
    ),
    Preset(
        "ses",
        "Amazon SES",
        "",
        465,
        connections=4,
        note=N_(
            "The server is email-smtp.REGION.amazonaws.com: give it with --host. Limits are those of your account."
        ),
    ),
    Preset(
        "brevo",
        "Brevo",
        "smtp-relay.brevo.com",
        587,
        tls="starttls",
        per_day=300,
        note=N_("300 messages a day on the free plan."),
    ),
    Preset(
        "mailjet",
        "Mailjet",
        "in-v3.mailjet.com",
        587,
        tls="starttls",
        per_day=200,
        note=N_("200 messages a day on the free plan."),
    ),
)


def presets() -> Mapping[str, Preset]:
    """Every provider by the name that ``account add --provider`` takes."""
    return MappingProxyType({preset.name: preset for preset in _PRESETS})


def recognised(address: str) -> Preset | None:
    """The provider that gives out addresses of this domain itself; None for a domain of one's own.

    ``address`` may be anything that a person has typed so far.
    """
    domain = address.strip().rstrip(">").rpartition("@")[2].strip().rstrip(".").casefold()
    for preset in _PRESETS:
        if any(domain.endswith(own) if own.startswith(".") else domain == own for own in preset.domains):
            return preset
    return None
