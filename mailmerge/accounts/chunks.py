"""One secret in as many keyring entries as it needs: Windows takes 2,560 bytes an entry, and tokens are longer.

A short secret is one entry. A long one is a head, ``mm1:N:DIGEST``, and N entries of a service each (of several users
under one service the Windows backend renames all but the last). The pieces are written before the head: what was
interrupted is seen by its digest, and a truncated token is never read.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

ENTRY = 1_200
"""UTF-16 code units in one entry; 1,280 are Windows' limit."""
LONGEST = 20_000
"""UTF-16 code units in one secret."""

_HEAD = regex(r"mm1:(\d{1,4}):([0-9a-f]{16})")


def length(value: str) -> int:
    """Its UTF-16 code units, which is what Windows counts."""
    return len(value) + sum(character > "\uffff" for character in value)


def read(backend: KeyringBackend, service: str, username: str) -> str | None:
    """The secret; None where there is none, or a piece of it is missing or of another secret."""
    value = backend.get_password(service, username)
    head = _HEAD.fullmatch(value or "")
    if head is None:
        return value
    pieces = [backend.get_password(_piece(service, number), username) for number in range(int(head.group(1)))]
    whole = "".join(piece for piece in pieces if piece is not None)
    return whole if None not in pieces and _digest(whole) == head.group(2) else None


def write(backend: KeyringBackend, service: str, username: str, value: str) -> None:
    """Replace the secret by another."""
    before = _pieces_of(backend.get_password(service, username))
    pieces = _cut(value) if length(value) > ENTRY or _HEAD.fullmatch(value) else []
    for number, piece in enumerate(pieces):
        backend.set_password(_piece(service, number), username, piece)
    backend.set_password(service, username, f"mm1:{len(pieces)}:{_digest(value)}" if pieces else value)
    _drop(backend, service, username, range(len(pieces), before))


def delete(backend: KeyringBackend, service: str, username: str) -> None:
    """Take every entry of the secret away; nothing happens where there is none."""
    value = backend.get_password(service, username)
    if value is not None:
        backend.delete_password(service, username)
        _drop(backend, service, username, range(_pieces_of(value)))


def _drop(backend: KeyringBackend, service: str, username: str, numbers: range) -> None:
    for number in numbers:
        if backend.get_password(_piece(service, number), username) is not None:
            backend.delete_password(_piece(service, number), username)


def _piece(service: str, number: int) -> str:
    return f"{service}#{number}"


def _pieces_of(value: str | None) -> int:
    head = _HEAD.fullmatch(value or "")
    return int(head.group(1)) if head else 0


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _cut(value: str) -> list[str]:
    """Pieces of at most :data:`ENTRY` units; a character is in one of them as a whole."""
    pieces, start, units = [], 0, 0
    for at, character in enumerate(value):
        needed = 2 if character > "\uffff" else 1
        if units + needed > ENTRY:
            pieces.append(value[start:at])
            start, units = at, 0
        units += needed
    return [*pieces, value[start:]]
