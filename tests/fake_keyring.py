"""A keyring in a file that calls itself a system's own, with a Windows entry's limit: for processes that share it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import keyring.backend
import keyring.core
from filelock import FileLock

WINDOWS_UNITS = 1280


class Keyring(keyring.backend.KeyringBackend):
    """Refuses an entry of more than 1,280 UTF-16 units, as Windows does."""

    priority = 9  # type: ignore[assignment]

    def __init__(self, path: Path, *, limit: int = WINDOWS_UNITS):
        super().__init__()
        self.path = path
        self.limit = limit
        self.sets = 0

    def entries(self) -> dict[str, str]:
        return dict(json.loads(self.path.read_text(encoding="utf-8"))) if self.path.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries().get(f"{service}\n{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) // 2 > self.limit:
            raise OSError(1783, "The stub received bad data")
        with self._alone():
            self.sets += 1
            self._write(self.entries() | {f"{service}\n{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        with self._alone():
            entries = self.entries()
            del entries[f"{service}\n{username}"]
            self._write(entries)

    def _alone(self) -> FileLock:
        """Threads and processes take turns, as with a system's keyring."""
        return FileLock(self.path.with_suffix(".lock"))

    def _write(self, entries: dict[str, str]) -> None:
        temporary = self.path.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps(entries), encoding="utf-8")
        temporary.replace(self.path)


Keyring.__module__ = "keyring.backends.SecretService"  # else it would not be trusted


def use_keyring(path: Path, *, limit: int = WINDOWS_UNITS) -> Keyring:
    """Make it the keyring of this process."""
    made = Keyring(path, limit=limit)
    keyring.core.set_keyring(made)
    return made
