"""Mailboxes to send from: set up once, checked when read, their secrets kept by the operating system only."""

from mailmerge.accounts.account import Account, Pipelining, is_loopback, set_up, validate
from mailmerge.accounts.config import Accounts
from mailmerge.accounts.credentials import find, forget, keyring_name, store
from mailmerge.accounts.providers import Preset, presets
from mailmerge.accounts.secret import Secret

__all__ = [
    "Account",
    "Accounts",
    "Pipelining",
    "Preset",
    "Secret",
    "find",
    "forget",
    "is_loopback",
    "keyring_name",
    "presets",
    "set_up",
    "store",
    "validate",
]
