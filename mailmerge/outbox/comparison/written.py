"""What a comparison with earlier runs is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from mailmerge.model import State
from mailmerge.outbox.key import LetterKeys
from mailmerge.outbox.remarks import ALREADY_SENT


class Written(Struct, frozen=True):
    """Somebody who has the same letter from an earlier run, or may have it."""

    record: int
    """In the table, or the run, that is about to be sent."""
    address: str
    run: str
    record_there: int
    state: State
    """``accepted``, ``unknown`` or ``submitting``."""
    at: str
    """When that came about, ISO 8601; empty where it is not known."""

    @property
    def reason(self) -> str:
        """Why this person is left out, as the journal keeps it."""
        return ALREADY_SENT.format(run=self.run)


class Unfinished(Struct, frozen=True):
    """An earlier run that still has the same letter to send to some of the people."""

    run: str
    count: int
    """Messages there that are pending or deferred and meant for people about to be written to."""


class EarlierNote(Struct, frozen=True):
    """An earlier run that wrote to some of the people: to be known, and no reason to stop."""

    run: str
    created: str
    count: int
    same_file: bool
    """This letter with other words: from more than 30 days ago, or from another file with most of its words; else
    another letter of the campaign."""


class WrittenComparison(Struct, frozen=True):
    """What earlier runs say about the people about to be written to."""

    written: tuple[Written, ...] = ()
    """By record; each person once, with the newest run."""
    unfinished: tuple[Unfinished, ...] = ()
    """The newest first."""
    notes: tuple[EarlierNote, ...] = ()
    last: Mapping[int, State] = field(default_factory=dict)
    """What became of each person's message in the newest run that has the same letter for them, by record."""
    last_runs: Mapping[int, str] = field(default_factory=dict)
    """The run that each entry of :attr:`last` is about."""
    days: Mapping[str, str] = field(default_factory=dict)
    """The day on which each run named here was sealed, ``2026-11-26``."""


class Intended(Struct, frozen=True):
    """The people about to be written to, and what each would get."""

    addresses: Mapping[int, str]
    """By record."""
    letters: Sequence[Sequence[LetterKeys]]
    """Of each letter; several where it is not known which of them a message is of."""
    letter_of: Callable[[int], int]
    """A record's letter, by its place in ``letters``."""
    words_of: Callable[[int], bytes]
    """The keyed digest of what a record's message says."""
    campaign: bytes
    """The keyed digest of the campaign's folder; empty where it is not known."""
    others: Mapping[int, str] = field(default_factory=dict)
    """Addresses of people who are not about to be written to, and may share a mailbox with one who is."""
