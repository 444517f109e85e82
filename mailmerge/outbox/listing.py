"""The list of runs: what became of each, and which files are damaged, copies, or set aside."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from typing import Literal

from msgspec import Struct

from mailmerge.errors import OutboxError, RunDamaged
from mailmerge.i18n import _, plural
from mailmerge.model import State
from mailmerge.outbox.comparison.earlier import run_files
from mailmerge.outbox.ledger import ASIDE
from mailmerge.outbox.opening import read_run
from mailmerge.outbox.run import Run
from mailmerge.outbox.schedule import scheduled


class RunSummary(Struct, frozen=True):
    """One line of the list of runs, as ``mailmerge runs --json`` has it."""

    run: str
    created: str
    """ISO 8601, with its time zone."""
    campaign: str
    account: str
    messages: int
    """People excluded are not counted."""
    accepted: int
    rejected: int
    deferred: int
    unknown: int
    pending: int
    submitting: int
    """In flight; after a crash, what the next sender finds unknown."""
    excluded: int
    purged: str
    """When bytes and personal fields were deleted; empty while they are there."""
    scheduled: str = ""
    """When it is to be sent, or was to be; ISO 8601 with its time zone; empty where nobody has said."""

    def counts(self) -> dict[State, int]:
        """How many messages are in each state; every state is there."""
        return {state: getattr(self, state) for state in State}


class Unreadable(Struct, frozen=True):
    """A run that cannot be read."""

    run: str
    """As its file is called."""
    reason: str
    """One line: which file, why, and what to do."""
    set_aside: bool = False


def cannot_be_read(unreadable: Sequence[Unreadable]) -> str:
    """Every run that cannot be read, and why, in one line."""
    several = plural(len(unreadable), "{count} run cannot be read", "{count} runs cannot be read")
    return _("{heading}: {text}").format(heading=several, text="; ".join(each.reason for each in unreadable))


class Misnamed(Struct, frozen=True):
    """A file that holds a run and is not called as the run is: it is never sent, and counts in no list."""

    run: str
    path: str
    kind: Literal["copy", "renamed"]
    """``renamed`` where no file has the run's own name."""


class SetAside(Struct, frozen=True):
    """A run that was moved out of the way."""

    run: str
    path: str
    summary: RunSummary | None
    """None where it is damaged."""
    reason: str = ""
    """Why it cannot be read; empty where it can."""


class Listing(Struct, frozen=True):
    """Every file of the folder of runs, in exactly one of these lists."""

    runs: tuple[RunSummary, ...]
    """Newest first."""
    unreadable: tuple[Unreadable, ...]
    misnamed: tuple[Misnamed, ...]
    set_aside: tuple[SetAside, ...]


def read_listing(folder: Path) -> Listing:
    """All runs of a folder.

    Raises:
        OutboxError: the folder cannot be read.
    """
    runs, unreadable, misnamed = [], [], []
    paths = run_files(folder)
    for path in paths:
        try:
            run = read_run(path)
            if run.original:
                misnamed.append(Misnamed(run.id, str(path), "copy" if run.original in paths else "renamed"))
            else:
                runs.append((run.created, run.id, summary_of(run)))
        except OutboxError as error:
            unreadable.append(Unreadable(path.stem, _without_action(error, path)))
    newest_first = sorted(runs, key=itemgetter(0, 1), reverse=True)
    aside = tuple(_aside(path) for path in run_files(folder / ASIDE))
    summaries = tuple(summary for _created, _id, summary in newest_first)
    return Listing(summaries, tuple(unreadable), tuple(misnamed), aside)


def _aside(path: Path) -> SetAside:
    try:
        return SetAside(path.stem, str(path), summary_of(read_run(path)))
    except OutboxError as error:
        short = error.short if isinstance(error, RunDamaged) else error
        return SetAside(path.stem, str(path), None, str(short))


def _without_action(error: OutboxError, path: Path) -> str:
    """Why; that it cannot be read is said once, of all of them."""
    told, short = _("{path} cannot be read: {said}"), _("{path}: {problem}")
    return str(error).replace(told.format(path=path, said=""), short.format(path=path, problem=""), 1)


def summary_of(run: Run) -> RunSummary:
    """What became of a run, in numbers.

    Raises:
        OutboxError: it cannot be read.
    """
    counts = run.counts()
    at = scheduled(run)
    return RunSummary(
        run=run.id,
        created=run.created.isoformat(),
        campaign=run.campaign,
        account=run.account,
        messages=sum(counts.values()) - counts[State.EXCLUDED],
        purged=run.purged,
        scheduled=at.isoformat() if at else "",
        **{state.value: count for state, count in counts.items()},
    )
