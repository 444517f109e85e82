"""What a sign-in tells while it goes on; a face shows it and decides nothing."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from mailmerge.accounts.oauth.trouble import Trouble
from mailmerge.errors import MailmergeError


class SignInStep(StrEnum):
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


class OpenBrowser(Struct, frozen=True):
    """The person is to open this address."""

    url: str


class Code(Struct, frozen=True):
    """The person is to type this code in at this address, on any device."""

    user_code: str
    verification_uri: str
    complete_uri: str
    """The address with the code in it; ``""`` where there is none."""
    seconds: float
    """How long the code lasts."""


class SignInWaiting(Struct, frozen=True):
    """What is awaited from now on."""

    step: SignInStep


class CodePossible(Struct, frozen=True):
    """The browser takes long; a code would be another way."""


class SignedIn(Struct, frozen=True):
    """It is done."""

    user: str
    scopes: tuple[str, ...]


class Failed(Struct, frozen=True):
    """It is not, and nothing was changed."""

    error: MailmergeError
    """What, where and what to do, on one line."""
    trouble: Trouble | None = None
    """The same as data; None where it has nothing to do with signing in (no keyring)."""


Event = OpenBrowser | Code | SignInWaiting | CodePossible | SignedIn | Failed
