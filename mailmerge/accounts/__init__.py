"""Mailboxes to send from: set up once, checked when read, their secrets kept by the operating system only."""

from mailmerge.accounts.account import Account, OAuthClient, Pipelining, set_up, validate
from mailmerge.accounts.config import Accounts
from mailmerge.accounts.credentials import find, forget, keyring_name, store
from mailmerge.accounts.editing import Fate, changed, settle_secret
from mailmerge.accounts.hosts import is_loopback
from mailmerge.accounts.mailbox import Imap, files_copies_itself
from mailmerge.accounts.providers import Preset, presets, recognised
from mailmerge.accounts.secret import Secret

__all__ = [
    "Account",
    "Accounts",
    "Fate",
    "Imap",
    "OAuthClient",
    "Pipelining",
    "Preset",
    "Secret",
    "changed",
    "files_copies_itself",
    "find",
    "forget",
    "is_loopback",
    "keyring_name",
    "presets",
    "recognised",
    "set_up",
    "settle_secret",
    "store",
    "validate",
]
