"""One sender at a time: for a run, and for a letter, which several runs may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import filelock

from mailmerge.errors import RunBusy
from mailmerge.files.home import private_directory
from mailmerge.i18n import N_
from mailmerge.outbox.connection import translate_errors
from mailmerge.outbox.key import LetterKeys


@contextmanager
def run_locked(path: Path) -> Iterator[None]:
    """Hold the lock of the run in a file, which may be unreadable.

    Raises:
        RunBusy: somebody else holds it.
        OutboxError: the lock cannot be made.
    """
    busy = RunBusy(N_("run {run} is being sent by another process: wait until it ends"), run=path.stem)
    with ExitStack() as held:
        _hold(held, path.with_suffix(".lock"), path, busy)
        yield


@contextmanager
def filing_locked(path: Path) -> Iterator[None]:
    """Hold the lock of whoever puts copies of a run into a mailbox, which may be while another process sends it.

    Raises:
        RunBusy: somebody else holds it.
        OutboxError: the lock cannot be made.
    """
    busy = RunBusy(N_("copies of run {run} are being filed by another process: wait until it ends"), run=path.stem)
    with ExitStack() as held:
        _hold(held, path.with_suffix(".filing"), path, busy)
        yield


@contextmanager
def letters_locked(folder: Path, letters: Iterable[LetterKeys]) -> Iterator[None]:
    """Hold the locks of these letters; in sorted order, so that of two who want several one gets them all.

    Raises:
        RunBusy: somebody else seals or sends one of them.
        OutboxError, InputError: a lock, or the folder of the locks, cannot be made.
    """
    names = sorted({name for letter in letters for name in letter.locks})
    busy = RunBusy(N_("the same letter is being sealed or sent by another process: wait until it ends, and try again"))
    with ExitStack() as held:
        for name in names:
            path = private_directory(folder / "locks") / f"{name}.lock"
            _hold(held, path, path, busy)
        yield


def _hold(held: ExitStack, lock: Path, path: Path, busy: RunBusy) -> None:
    """Hold one lock more, at once or not at all; ``path`` is the file that an error is about."""
    with translate_errors(path, "locked"):
        try:
            held.enter_context(filelock.FileLock(lock, timeout=0, mode=0o600, thread_local=False))
        except filelock.Timeout:
            raise busy from None
