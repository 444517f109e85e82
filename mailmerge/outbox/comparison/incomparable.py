"""Why nobody can say whom earlier runs have written to, and the key without which nobody can."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from mailmerge.errors import FileBusy, OutboxError, Reason, RunDamaged, RunsIncomparable
from mailmerge.i18n import N_
from mailmerge.outbox.comparison.earlier import Earlier
from mailmerge.outbox.key import KEY_FILE, Key, KeyDamaged, find_key, passing_key


def comparing_key(folder: Path, earlier: Collection[Earlier]) -> Key:
    """The key to compare with; one for the moment where nothing was remembered yet.

    Raises:
        RunsIncomparable: there is none that earlier runs were made with, or it is damaged.
        OutboxError: it cannot be read.
    """
    runs = [run.run for run in earlier if run.memory_key]
    path = folder / KEY_FILE
    try:
        key = find_key(folder)
        if key is not None or not runs:
            return key or passing_key()
        kind = "key-missing"
    except KeyDamaged:
        if not runs:  # nothing was made with it
            return passing_key()
        kind = "key-damaged"
    short, whole = _KEYS[kind]
    values = {"path": str(path)}
    raise RunsIncomparable(Reason(kind, whole, values), Reason(kind, short, values), runs)


_KEYS = {
    "key-missing": (
        N_("the key {path} is missing: who was sent what by earlier runs is not known"),
        N_(
            "the key {path} is missing: who was sent what by earlier runs is not known, so nothing was sealed or sent;"
            " put a copy of the key from any backup in its place (it never changes), or write to everybody once more"
            " with --again"
        ),
    ),
    "key-damaged": (
        N_("the key {path} is damaged: who was sent what by earlier runs is not known"),
        N_(
            "the key {path} is damaged: who was sent what by earlier runs is not known, so nothing was sealed or sent;"
            " put a copy of the key from any backup in its place (it never changes), or write to everybody once more"
            " with --again"
        ),
    ),
}


def incomparable(problems: Mapping[str, OutboxError]) -> RunsIncomparable:
    """Why nobody can say whom earlier runs have written to, in one line; ``problems`` are by the name of the run."""
    if busy := next((error for error in problems.values() if isinstance(error, FileBusy)), None):
        busy_values: dict[str, str | int] = {"what": str(busy)}
        return RunsIncomparable(
            Reason("run-busy", _BUSY_NOW, busy_values), Reason("run-busy", _BUSY_NOW, busy_values), list(problems)
        )
    run, error = next(iter(problems.items()))
    what = str(error.short if isinstance(error, RunDamaged) else error)  # what to do is said once, below
    values: dict[str, str | int] = {"what": what, "run": run, "more": len(problems) - 1}
    short, whole = _ONE_INCOMPARABLE if len(problems) == 1 else _SEVERAL_INCOMPARABLE
    kind = "run-incomparable"
    return RunsIncomparable(Reason(kind, whole, values), Reason(kind, short, values), list(problems))


_BUSY_NOW = N_("{what}; until then, it is not known who has already been sent this letter")
_ONE_INCOMPARABLE = (
    N_("{what}: who was sent what by it is not known"),
    N_(
        "{what}: who was sent what by it is not known, so nothing was sealed or sent; restore a copy of it from a"
        " backup (whoever may have been sent a message since then counts as unknown), move it out of the way with"
        " `mailmerge runs --set-aside {run}`, or write to everybody once more with --again"
    ),
)
_SEVERAL_INCOMPARABLE = (
    N_("{what} (and {more} more): who was sent what by them is not known"),
    N_(
        "{what} (and {more} more): who was sent what by them is not known, so nothing was sealed or sent; restore"
        " copies from a backup (whoever may have been sent a message since then counts as unknown), move them out of"
        " the way with `mailmerge runs --set-aside {run}`, or write to everybody once more with --again"
    ),
)
