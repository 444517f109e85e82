"""Store what many messages share once: a large attachment takes the room of one, not of one per person.

A message's bytes are cut at the bodies of its large MIME parts. What is cut is found by its digest; what remains is
the message's own. Putting the pieces back gives the same bytes, whatever they were.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

import msgspec

from mailmerge.runtime.cache import BoundedCache

_SMALLEST = 4096
"""Octets; a body under this many is kept with its message."""
_REMEMBERED_BYTES = 32 << 20
Cuts = list[tuple[int, int]]
"""Of each cut: the offset in the message's own bytes, and the id of the piece that goes there."""


class PieceWriter:
    """Takes messages apart while a run is sealed."""

    def __init__(self, connection: sqlite3.Connection):
        self._connection = connection
        self._ids: dict[bytes, int] = {}
        self._latest: dict[int, tuple[bytes, int]] = {}

    def take_apart(self, content: bytes) -> tuple[bytes, str]:
        """The message's own bytes, and its cuts as JSON."""
        own: list[bytes] = []
        cuts: Cuts = []
        kept = done = 0
        for start, end in _large_bodies(content):
            own.append(content[done:start])
            kept += start - done
            cuts.append((kept, self._id_of(content[start:end])))
            done = end
        if not cuts:
            return content, "[]"
        own.append(content[done:])
        return b"".join(own), msgspec.json.encode(cuts).decode()

    def _id_of(self, body: bytes) -> int:
        latest = self._latest.get(len(body))
        if latest and latest[0] == body:  # comparing is a tenth of the cost of a digest
            return latest[1]
        digest = hashlib.sha256(body).digest()
        found = self._ids.get(digest)
        if found is None:
            found = self._ids[digest] = len(self._ids) + 1
            self._connection.execute("INSERT INTO piece VALUES (?, ?, ?)", (found, digest.hex(), body))
        if len(self._latest) > 32:
            self._latest.clear()
        self._latest[len(body)] = (body, found)
        return found


class PieceReader:
    """Puts messages together again; remembers the latest pieces, up to 32 MB."""

    def __init__(self, connection: sqlite3.Connection):
        self._connection = connection
        self._remembered = BoundedCache[int, bytes](_REMEMBERED_BYTES, len)

    def any_over(self, octets: int) -> bool:
        """Whether any piece is larger than this."""
        found = self._connection.execute("SELECT EXISTS (SELECT 1 FROM piece WHERE length(content) > ?)", (octets,))
        return bool(found.fetchone()[0])

    def put_together(self, own: bytes, cuts: str) -> bytes:
        """The bytes that were taken apart; of a damaged record other bytes, which shows as a wrong digest."""
        try:
            parts: list[bytes] = []
            done = 0
            for offset, piece in () if cuts == "[]" else msgspec.json.decode(cuts, type=Cuts):
                parts += own[done:offset], self._piece(piece)
                done = offset
            return b"".join([*parts, own[done:]])
        except (msgspec.DecodeError, TypeError):
            return b""

    def _piece(self, piece: int) -> bytes:
        content = self._remembered.get(piece)
        if content is None:
            row = self._connection.execute("SELECT content FROM piece WHERE id = ?", (piece,)).fetchone()
            content = bytes(row[0]) if row else b""  # a missing piece shows as a wrong digest of the whole
            self._remembered.put(piece, content)
        return content


def _large_bodies(content: bytes) -> Iterator[tuple[int, int]]:
    """Where the bodies of 4 KB or more between boundary lines are.

    Any line that starts with ``--`` counts as a boundary (RFC 2046 5.1.1), so that a body may come in pieces.
    """
    if len(content) < _SMALLEST:
        return
    boundary = content.find(b"\r\n--")
    while boundary != -1:
        following = content.find(b"\r\n--", boundary + 4)
        end = len(content) if following == -1 else following
        blank = content.find(b"\r\n\r\n", boundary, end)
        if blank != -1 and end - (blank + 4) >= _SMALLEST:
            yield blank + 4, end
        boundary = following
