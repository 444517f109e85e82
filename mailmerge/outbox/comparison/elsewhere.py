"""The comparison that a sealed run makes when it is sent: who got the same letter from another run meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from mailmerge.errors import OutboxError, RunBusy
from mailmerge.i18n import N_
from mailmerge.outbox.comparison.comparing import compare
from mailmerge.outbox.comparison.earlier import SUFFIX
from mailmerge.outbox.comparison.traces import NO_WORDS, read_letters, read_traces
from mailmerge.outbox.comparison.written import Intended, Written
from mailmerge.outbox.key import Key, LetterKeys, find_key
from mailmerge.outbox.locks import run_locked
from mailmerge.outbox.sealed_run import SealedRun
from mailmerge.outbox.states import DUE


def letters_of(run: SealedRun, connection: sqlite3.Connection) -> list[LetterKeys]:
    """The letters of a run, for their locks; none where it remembers nothing.

    Raises:
        OutboxError: the key of this home cannot be read.
    """
    if run.memory_key:
        return read_letters(connection)
    if run.test or run.format > 1 or (key := find_key(run.path.parent)) is None:
        return []
    return key.named_letters(run.campaign, run.letter)


def written_elsewhere(run: SealedRun, connection: sqlite3.Connection) -> Sequence[Written]:
    """Who of the people that a run has left to send has the same letter from another run.

    With everybody written to once more, only what was sent since that was decided counts.

    Raises:
        RunsIncomparable: another run cannot say whom it has written to.
        RunBusy: another run is sending the same letter to some of them.
    """
    if run.test or (run.format > 1 and not run.memory_key):
        return ()
    due: dict[int, str] = {}
    others: dict[int, str] = {}
    for record, address, state in connection.execute("SELECT record, forward_path, state FROM message"):
        (due if state in DUE else others)[record] = address
    if not due:
        return ()

    def people(key: Key) -> Intended:
        if run.memory_key != key.id:
            return Intended(due, [key.named_letters(run.campaign, run.letter)], lambda _: 0, lambda _: NO_WORDS, b"")
        traces = read_traces(connection, run.path)
        letter = dict(zip(traces.records, traces.letters, strict=True))
        words = dict(zip(traces.records, traces.words, strict=True))
        return Intended(
            due,
            traces.letter_keys,
            letter.__getitem__,
            lambda record: words.get(record, NO_WORDS),
            run.campaign_key,
            others,
        )

    since = msgspec.json.decode(run.again, type=dict[str, int | None]) if run.again else None
    comparison = compare(run.path.parent, people, but=run.path.stem, sealed=run.created, since=since)
    for other in comparison.unfinished:
        _require_idle(run, other.run)
    return comparison.written


def _require_idle(run: SealedRun, other: str) -> None:
    """Refuse to send beside a run that has the same words for the same people, whatever its letter file."""
    try:
        with run_locked(run.path.with_name(f"{other}{SUFFIX}")):
            pass
    except RunBusy:
        raise RunBusy(
            N_("run {other} is sending the same letter to some of the same people: wait until it ends, and try again"),
            other=other,
        ) from None
    except OutboxError:
        return  # its lock cannot be made, so nobody holds it
