"""Who signed an account in, when and for what: kept beside the lock, without anything secret."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from mailmerge.errors import AccountError
from mailmerge.files.home import private_directory, write_atomically, writing


class SignInRecord(Struct, frozen=True):
    """One sign-in that succeeded."""

    user: str
    """The person at the identity provider; ``""`` where it did not say."""
    scopes: tuple[str, ...]
    """What was granted."""
    at: str
    """When, ISO 8601 with offset."""

    @classmethod
    def now(cls, user: str, scopes: tuple[str, ...]) -> SignInRecord:
        """A sign-in of this moment."""
        return cls(user, scopes, datetime.now().astimezone().isoformat())

    @property
    def day(self) -> str:
        """``2026-11-26``."""
        return self.at[:10]


def read_record(path: Path) -> SignInRecord | None:
    """What was written; None where nothing was, or it cannot be read."""
    import msgspec

    try:
        return msgspec.json.decode(path.read_bytes(), type=SignInRecord)
    except (OSError, msgspec.DecodeError):
        return None


def write_record(path: Path, record: SignInRecord) -> None:
    """Replace the record.

    Raises:
        AccountError: it cannot be written.
    """
    import msgspec

    private_directory(path.parent)
    with writing(path, AccountError):
        write_atomically(path, msgspec.json.encode(record))


def forget_record(path: Path) -> None:
    """Take it away; nothing happens where there is none."""
    with contextlib.suppress(OSError):
        path.unlink()
