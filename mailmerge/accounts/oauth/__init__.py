"""Signing in at Microsoft, Google or a company's own identity provider, instead of a password (OAuth 2.0)."""

from mailmerge.accounts.oauth.browser import open_browser
from mailmerge.accounts.oauth.events import (
    Code,
    CodePossible,
    Event,
    Failed,
    OpenBrowser,
    SignedIn,
    Step,
    Waiting,
)
from mailmerge.accounts.oauth.flow import SignIn
from mailmerge.accounts.oauth.issuers import issuer_for, label
from mailmerge.accounts.oauth.tokens import Tokens
from mailmerge.accounts.oauth.trouble import Kind, Remedy, Trouble

__all__ = [
    "Code",
    "CodePossible",
    "Event",
    "Failed",
    "Kind",
    "OpenBrowser",
    "Remedy",
    "SignIn",
    "SignedIn",
    "Step",
    "Tokens",
    "Trouble",
    "Waiting",
    "issuer_for",
    "label",
    "open_browser",
]
