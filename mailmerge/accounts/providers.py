"""What mailbox providers publish about sending through them, as of the date below: data, nothing else.

Shown to people as "as published, check yours": contracts differ, and limits change without notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

PUBLISHED = "2026-11"
"""When these figures were read at the providers' sites."""

Tls = Literal["implicit", "starttls", "none"]
Auth = Literal["password", "oauth2", "none"]


@dataclass(frozen=True, slots=True)
class Preset:
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


_PRESETS = (
    Preset(
        "gmail",
        "Gmail",
        "smtp.gmail.com",
        465,
        connections=2,
        per_day=500,
        note="About 500 messages a day. Needs an app password (two-step verification on).",
    ),
    Preset(
        "workspace",
        "Google Workspace",
        "smtp.gmail.com",
        465,
        connections=2,
        per_day=2000,
        note="2,000 messages a day. Needs an app password where the administrator allows one.",
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
        note="30 messages a minute, 10,000 a day, 3 connections. Signing in with a password is off by default"
        " from the end of December 2026: OAuth is needed then.",
    ),
    Preset(
        "outlook",
        "Outlook.com",
        "smtp-mail.outlook.com",
        587,
        tls="starttls",
        auth="oauth2",
        note="OAuth only.",
    ),
    Preset(
        "yahoo",
        "Yahoo Mail",
        "smtp.mail.yahoo.com",
        465,
        per_day=500,
        note="500 messages a day. Needs an app password.",
    ),
    Preset("ovh", "OVH", "ssl0.ovh.net", 465, per_minute=3.3, note="About 200 messages an hour."),
    Preset(
        "ionos",
        "Ionos",
        "smtp.ionos.fr",
        465,
        per_minute=0.8,
        note="50 to 500 messages an hour, growing with the age of the contract.",
    ),
    Preset("gandi", "Gandi", "mail.gandi.net", 465, note="No figure is published."),
    Preset(
        "infomaniak",
        "Infomaniak",
        "mail.infomaniak.com",
        465,
        per_day=1440,
        note="1,440 messages in 24 hours.",
    ),
    Preset(
        "zoho",
        "Zoho Mail (Europe)",
        "smtppro.zoho.eu",
        465,
        per_minute=0.8,
        note="50 to 500 messages an hour, by contract.",
    ),
    Preset(
        "ses",
        "Amazon SES",
        "",
        465,
        connections=4,
        note="The server is email-smtp.REGION.amazonaws.com: give it with --host. Limits are those of your account.",
    ),
    Preset(
        "brevo",
        "Brevo",
        "smtp-relay.brevo.com",
        587,
        tls="starttls",
        per_day=300,
        note="300 messages a day on the free plan.",
    ),
    Preset(
        "mailjet",
        "Mailjet",
        "in-v3.mailjet.com",
        587,
        tls="starttls",
        per_day=200,
        note="200 messages a day on the free plan.",
    ),
)


def presets() -> Mapping[str, Preset]:
    """Every provider by the name that ``account add --provider`` takes."""
    return MappingProxyType({preset.name: preset for preset in _PRESETS})
