"""Signing in at Microsoft, Google or a company's own identity provider, instead of a password (OAuth 2.0)."""

from mailmerge.accounts.oauth.browser import open_browser
from mailmerge.accounts.oauth.events import (
    Code,
    CodePossible,
    Event,
    Failed,
    OpenBrowser,
    SignedIn,
    SignInStep,
    SignInWaiting,
)
from mailmerge.accounts.oauth.flow import SignIn
from mailmerge.accounts.oauth.issuers import issuer_for, label
from mailmerge.accounts.oauth.tokens import Tokens
from mailmerge.accounts.oauth.trouble import Remedy, Trouble, TroubleKind

__all__ = [
    "Code",
    "CodePossible",
    "Event",
    "Failed",
    "OpenBrowser",
    "Remedy",
    "SignIn",
    "SignInStep",
    "SignInWaiting",
    "SignedIn",
    "Tokens",
    "Trouble",
    "TroubleKind",
    "issuer_for",
    "label",
    "open_browser",
]
