"""What a sign-in tells while it goes on; a face shows it and decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailmerge.accounts.oauth.trouble import Trouble
from mailmerge.errors import MailmergeError


class Step(StrEnum):
    """What is awaited."""

    PROVIDER = "provider"
    """An answer of the identity provider."""
    BROWSER = "browser"
    """The person, in the browser."""
    CODE = "code"
    """The person, who types the code in somewhere."""
    SERVER = "server"
    """The mail server, which is tried with the token."""
    BUSY = "busy"
    """The identity provider, which does not answer properly just now; it is asked again."""


@dataclass(frozen=True, slots=True)
class OpenBrowser:
    """The person is to open this address."""

    url: str


@dataclass(frozen=True, slots=True)
class Code:
    """The person is to type this code in at this address, on any device."""

    user_code: str
    verification_uri: str
    complete_uri: str
    """The address with the code in it; ``""`` where there is none."""
    seconds: float
    """How long the code lasts."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is awaited from now on."""

    step: Step


@dataclass(frozen=True, slots=True)
class CodePossible:
    """The browser takes long; a code would be another way."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """It is done."""

    user: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """It is not, and nothing was changed."""

    error: MailmergeError
    """What, where and what to do, on one line."""
    trouble: Trouble | None = None
    """The same as data; None where it has nothing to do with signing in (no keyring)."""


Event = OpenBrowser | Code | Waiting | CodePossible | SignedIn | Failed
