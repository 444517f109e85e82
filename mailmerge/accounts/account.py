"""A mailbox to send from, and the server that takes its mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from mailmerge.accounts.mailbox import Imap
from mailmerge.accounts.providers import Auth, Tls
from mailmerge.i18n import N_
from mailmerge.settings.bounds import Bounds
from mailmerge.text.addresses import Mailbox

USUAL_PORTS = {"implicit": 465, "starttls": 587, "none": 25}
"""By the kind of TLS (RFC 8314)."""
TLS_LABELS: Mapping[str, str] = {
    "implicit": N_("TLS from the start"),
    "starttls": N_("STARTTLS, required"),
    "none": N_("no TLS, this machine only"),
}
"""What each is called."""
PIPELINING_LABELS: Mapping[str, str] = {
    "off": N_("off: one command at a time"),
    "group": N_("group: the commands of a message leave together"),
    "full": N_("full: the commands of the next message leave with each message"),
}
"""By how much of RFC 2920 is used."""
MOST_CONNECTIONS = 20
NUMBERS = {
    "port": Bounds(1, 65_535),
    "connections": Bounds(1, MOST_CONNECTIONS),
    "per_minute": Bounds(0, 1_000_000, whole=False),
    "per_day": Bounds(0, 1_000_000_000),
}
"""What each number of an account may be, as a file has it."""
NAMED_ISSUERS = ("microsoft", "google")
"""Identity providers that are known by a name; any other is given by its URL."""


class OAuthClient(Struct, frozen=True, kw_only=True):
    """How mailmerge is registered with the identity provider that signs the account in (RFC 6749 section 2)."""

    issuer: str
    """``microsoft``, ``google``, or the issuer's URL (https; http for loopback hosts only)."""
    client_id: str
    tenant: str = ""
    """Microsoft only: the company's domain or id; ``""`` for any company."""


Pipelining = Literal["off", "group", "full"]
"""How many commands leave without waiting (RFC 2920): one at a time, those of one message, or the next message's too.
"""


class Account(Struct, frozen=True, kw_only=True):
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
    """At most this many at a time."""
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
