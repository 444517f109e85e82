"""A message that is frozen: exact bytes, and an envelope of one recipient."""

from __future__ import annotations

import datetime
import secrets

from msgspec import Struct

from mailmerge.model.reticent import Reticent


class Stamp(Reticent, frozen=True):
    """What makes a message of one run unlike that of another: fixed once, when the run is sealed."""

    key: bytes
    """128 random bits. Message-IDs and boundaries are keyed digests under it: they tell nobody anything, whose place
    in the table least of all. Kept nowhere: the sealed bytes hold all that was made with it."""
    date: datetime.datetime
    """With a time zone (RFC 5322 3.3)."""

    @classmethod
    def fresh(cls, date: datetime.datetime) -> Stamp:
        """A stamp that nobody can guess, for one run."""
        return cls(secrets.token_bytes(16), date)


class Envelope(Struct, frozen=True):
    """RFC 5321 envelope of one message."""

    reverse_path: str
    forward_path: str
    """Exactly one, by type: sharing an envelope is what this program exists to prevent."""


class SealedMessage(Struct, frozen=True):
    """One person's exact bytes and envelope: nothing about it can change any more."""

    record: int
    name: str
    envelope: Envelope
    message_id: str
    """With angle brackets, as in the header field."""
    content: bytes
    """CRLF line ends, 7-bit; what is handed to DATA before dot-stuffing."""
    sha256: str
    """Lower-case hexadecimal, of :attr:`content`."""
