"""Runs out of the way: moved whole where no comparison finds them, and back."""

from __future__ import annotations

from pathlib import Path

from mailmerge.errors import OutboxError, Reason, RunUnknown
from mailmerge.files.home import private_directory
from mailmerge.i18n import N_
from mailmerge.outbox.comparison.earlier import is_comparable, run_files
from mailmerge.outbox.connection import translate_errors
from mailmerge.outbox.key import known_key
from mailmerge.outbox.ledger import ASIDE
from mailmerge.outbox.locks import run_locked
from mailmerge.outbox.opening import read_run


def set_aside(folder: Path, run: str) -> Path:
    """As :meth:`Outbox.set_aside`."""
    return _moved(_named(folder, run), folder / ASIDE)


def bring_back(folder: Path, run: str) -> Path:
    """As :meth:`Outbox.bring_back`."""
    return _moved(_named(folder / ASIDE, run), folder)


def is_damaged(folder: Path, run: str) -> bool:
    """As :meth:`Outbox.is_damaged`."""
    path = _named(folder, run)
    try:
        read_run(path).counts()
    except OutboxError:
        return True
    return not is_comparable(path, known_key(folder))


def delete_aside(folder: Path, run: str) -> Path:
    """As :meth:`Outbox.delete_aside`."""
    path = _named(folder / ASIDE, run)
    with run_locked(path), translate_errors(path, "deleted"):
        for part in _parts(path):
            part.unlink(missing_ok=True)
    for suffix in (".lock", ".filing"):
        path.with_suffix(suffix).unlink(missing_ok=True)
    return path


def _named(folder: Path, run: str) -> Path:
    for path in run_files(folder):
        if path.stem == run:  # whatever its name
            return path
    if folder.name == ASIDE:
        raise RunUnknown(N_('no run called "{run}" was set aside: `mailmerge runs` lists them'), run=run)
    raise RunUnknown(N_('no run is called "{run}": `mailmerge runs` lists them'), run=run)


def _moved(path: Path, folder: Path) -> Path:
    target = folder / path.name
    with run_locked(path), translate_errors(path, "moved"):
        private_directory(folder)
        if target.exists():
            values = {"path": str(target)}
            raise OutboxError(Reason("in-the-way", N_("{path} already exists: move it elsewhere first"), values))
        for part in _parts(path):
            if part.exists():
                part.replace(folder / part.name)
    for suffix in (".lock", ".filing"):
        path.with_suffix(suffix).unlink(missing_ok=True)
    return target


def _parts(path: Path) -> list[Path]:
    """The files of a run, the log first: a run is never found without it."""
    return [path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm", "-journal", "")]
