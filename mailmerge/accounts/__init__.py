"""Mailboxes to send from: set up once, checked when read, their secrets kept by the operating system only."""

from mailmerge.accounts.account import Account, OAuthClient, Pipelining
from mailmerge.accounts.config import Accounts
from mailmerge.accounts.credentials import find_secret, forget_secret, keyring_name, store_secret
from mailmerge.accounts.editing import Fate, changed, settle_secret
from mailmerge.accounts.from_preset import account_from_preset
from mailmerge.accounts.hosts import is_loopback
from mailmerge.accounts.mailbox import Imap, files_copies_itself
from mailmerge.accounts.providers import Preset, presets, recognised
from mailmerge.accounts.secret import Secret
from mailmerge.accounts.validation import validate

__all__ = [
    "Account",
    "Accounts",
    "Fate",
    "Imap",
    "OAuthClient",
    "Pipelining",
    "Preset",
    "Secret",
    "account_from_preset",
    "changed",
    "files_copies_itself",
    "find_secret",
    "forget_secret",
    "is_loopback",
    "keyring_name",
    "presets",
    "recognised",
    "settle_secret",
    "store_secret",
    "validate",
]
