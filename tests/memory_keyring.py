"""A keyring that keeps its secrets in memory, and passes for the system's own."""

from __future__ import annotations

import pytest


class MemoryKeyring:
    """What a keyring backend offers, on a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.answers = True

    def get_password(self, service: str, user: str) -> str | None:
        self._answer()
        return self.kept.get((service, user))

    def set_password(self, service: str, user: str, secret: str) -> None:
        self._answer()
        self.kept[service, user] = secret

    def delete_password(self, service: str, user: str) -> None:
        self._answer()
        del self.kept[service, user]

    def _answer(self) -> None:
        if not self.answers:
            raise RuntimeError("locked")


def install(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """Put one in place of the system's."""
    backend = type("Keyring", (MemoryKeyring,), {"__module__": "keyring.backends.SecretService"})()
    monkeypatch.setattr("keyring.get_keyring", lambda: backend)
    return backend
