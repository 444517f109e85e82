"""Where a message of a run stands, and how grave a finding is."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where one message of a run stands. Never "delivered": a 250 means that the server accepted it."""

    PENDING = "pending"
    SUBMITTING = "submitting"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    EXCLUDED = "excluded"

    @classmethod
    def _missing_(cls, value: object) -> State:
        """A damaged record may hold a word that is not a state: nobody knows what became of that message."""
        return cls.UNKNOWN


MAY_HAVE_ARRIVED = frozenset({State.ACCEPTED, State.UNKNOWN, State.SUBMITTING})
"""States of what may have reached somebody."""


class Severity(StrEnum):
    """What a finding does to the send."""

    BLOCK = "block"
    """Stops it."""
    WARN = "warn"
    """Must be looked at."""
    INFO = "info"
    """Is listed."""
