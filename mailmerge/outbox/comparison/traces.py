"""What a run remembers about people after they are forgotten: keyed digests, packed so that many are read at once."""

from __future__ import annotations

import hashlib
import sqlite3
import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from mailmerge.outbox.connection import damaged
from mailmerge.outbox.key import DIGEST_BYTES, Key, LetterKeys

NO_WORDS = bytes(DIGEST_BYTES)
"""Stands where the words of a message are not known."""
Marks = Mapping[str, int | None]
"""Of earlier runs by name: the last line of their journal that was known; None of one that could not be read."""


class Remembering(Struct, frozen=True):
    """What a run that is being sealed is to remember."""

    key: Key
    campaign: bytes
    letters: Sequence[LetterKeys]
    trace: Callable[[int], tuple[int, bytes]]
    """Of the record whose message was just composed: which letter, and the digest of its words."""
    skipped: Sequence[tuple[int, str]] = ()
    """Record and address of who was left out for having the letter already: their words tell them from others who
    share their mailbox."""
    again: Marks | None = None
    """Where everybody is written to once more: what was known of the earlier runs when that was decided."""


class TraceWriter:
    """Packs the traces of a run while it is sealed."""

    def __init__(self, remembering: Remembering):
        self._remembering = remembering
        self._records: list[int] = []
        self._letters: list[int] = []
        self._mailboxes = bytearray()
        self._words = bytearray()

    def add(self, record: int, address: str) -> None:
        """Remember the message of a record."""
        letter, words = self._remembering.trace(record)
        key = self._remembering.key
        self._records.append(record)
        self._letters.append(letter)
        self._mailboxes += key.mailbox(address)
        self._words += key.words(words) if words else NO_WORDS

    def write(self, connection: sqlite3.Connection) -> None:
        """Store them."""
        for record, address in self._remembering.skipped:
            self.add(record, address)
        letters = self._remembering.letters
        write_traces(connection, letters, self._records, bytes(self._mailboxes), bytes(self._words), self._letters)


class Traces(Struct, frozen=True):
    """The traces of one run, in the order of its records."""

    records: Sequence[int]
    mailboxes: Sequence[bytes | str]
    """Keyed digests; the folded addresses themselves where a run has none under the key in question."""
    words: Sequence[bytes]
    letters: Sequence[int]
    letter_keys: Sequence[Sequence[LetterKeys]]
    """Of each letter; several where it is not known which of them a message is of."""


def write_traces(
    connection: sqlite3.Connection,
    letters: Sequence[LetterKeys],
    records: Sequence[int],
    mailboxes: bytes,
    words: bytes,
    letter_numbers: Sequence[int],
) -> None:
    """Store the traces of a run, with a digest that tells damage; ``letter_numbers`` are places in ``letters``."""
    rows = [(number, *_kept(letter)) for number, letter in enumerate(letters)]
    connection.executemany("INSERT INTO letter VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    fields = (_packed(records), mailboxes, words, _packed(letter_numbers))
    connection.execute("INSERT INTO memory VALUES (?, ?, ?, ?, ?)", (*fields, _check(fields, letters)))


def read_letters(connection: sqlite3.Connection) -> list[LetterKeys]:
    """The letters of a run, by their place."""
    rows = connection.execute("SELECT * FROM letter ORDER BY id").fetchall()  # fewer columns in an older run
    return [LetterKeys(*row[1:]) for row in rows]


def read_traces(connection: sqlite3.Connection, path: Path) -> Traces:
    """The traces of a run.

    Raises:
        OutboxError: they are not what was stored.
    """
    row = connection.execute("SELECT records, mailboxes, words, letters, sha256 FROM memory").fetchone()
    letters = read_letters(connection)
    if row is None or _check(row[:4], letters) != row[4]:
        raise damaged(path, "memory")
    records, mailboxes, words, numbers = row[:4]
    known = [[letter] for letter in letters] if letters and letters[0].file else [letters]
    return Traces(_unpacked(records), _cut(mailboxes), _cut(words), _unpacked(numbers), known)


def forget_traces(connection: sqlite3.Connection) -> None:
    """Delete what a run remembers about people and letters."""
    connection.execute("DELETE FROM memory")
    connection.execute("DELETE FROM letter")
    connection.execute("UPDATE run SET memory_key = '', campaign_key = x'', again = ''")


def _check(fields: Sequence[bytes], letters: Sequence[LetterKeys]) -> bytes:
    digest = hashlib.sha256()
    for field in (*fields, *(part for letter in letters for part in _checked(letter))):
        digest.update(len(field).to_bytes(8, "big"))
        digest.update(field)
    return digest.digest()


def _kept(letter: LetterKeys) -> tuple[bytes, ...]:
    recognised = letter.place, letter.identity, letter.filename, letter.likeness
    return letter.file, letter.template, letter.name, *recognised


def _checked(letter: LetterKeys) -> tuple[bytes, ...]:
    """What the digest covers; an older run remembers three things of a letter."""
    return _kept(letter) if any(_kept(letter)[3:]) else _kept(letter)[:3]


def _packed(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}q", *numbers)


def _unpacked(content: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(content) // 8}q", content)


def _cut(content: bytes) -> Sequence[bytes]:
    return struct.unpack(f"{DIGEST_BYTES}s" * (len(content) // DIGEST_BYTES), content)
