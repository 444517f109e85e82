"""Notice that the files of a campaign changed on disk: what they hold, not their dates, and only once at rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import file_digest
from itertools import islice
from pathlib import Path

from msgspec import Struct

from mailmerge.campaign.campaign import Campaign

INTERVAL = 0.5
"""Seconds between two looks; a change is told at the second look that finds it the same."""

_ATTACHED_WATCHED = 100
"""Attached files that are watched; of the rest a change is told at sealing, which refuses it."""

_Stat = tuple[int, int, int] | None
"""Time of change in nanoseconds, size and inode; None for a file that is not there."""


class FilesChanged(Struct, frozen=True):
    """Files hold something else than before, or are gone."""

    paths: tuple[Path, ...]

    @property
    def missing(self) -> tuple[Path, ...]:
        """Those that are not there any more."""
        return tuple(path for path in self.paths if not path.exists())


@dataclass
class _Watched:
    known: str | None = None
    """SHA-256 of the content that was told or taken for known; None for a file that is not there.

    ``""`` where nothing is known of it.
    """
    fresh: bool = True
    """Whether the content is to be taken for known at the next look."""
    since: int | None = None
    """When the file began to be read, in nanoseconds; None where nobody can have saved it since unnoticed."""
    stat: _Stat = None
    settled: bool = False
    """Whether the content at ``stat`` was looked at."""


@dataclass
class FileWatch:
    """What a few files hold, looked at from time to time.

    A program that saves may write in pieces, or delete the file and make it anew: a change is told only when two looks
    in a row find the same date, size and inode, and when the content differs from what it was.
    """

    _files: dict[Path, _Watched] = field(default_factory=dict)

    def watch(self, paths: Iterable[Path], since: int | None = None) -> None:
        """Look at these files and at no others; what a new one holds at the next look is known.

        With ``since``, when they began to be read, one that was saved later is news: it was read before, or in part.
        """
        self._files = {path: self._files.get(path) or _Watched(since=since) for path in dict.fromkeys(paths)}

    def accept_current(self, path: Path) -> None:
        """What the file holds at the next look is known: we wrote it, or have just read it."""
        if path in self._files:
            self._files[path] = _Watched()

    def look(self) -> tuple[Path, ...]:
        """The files that changed since they were known."""
        return tuple(path for path, watched in self._files.items() if _look(path, watched))


def _look(path: Path, watched: _Watched) -> bool:
    now = _stat(path)
    if watched.fresh:
        watched.stat, watched.fresh = now, False
        watched.settled = not _saved_since(now, watched.since)
        watched.known = _digest(path) if watched.settled else ""
        return False
    if now != watched.stat:
        watched.stat, watched.settled = now, False
        return False
    if watched.settled:
        return False
    digest = _digest(path)
    if _stat(path) != now:
        return False
    watched.settled = True
    changed, watched.known = digest != watched.known, digest
    return changed


def _saved_since(status: _Stat, since: int | None) -> bool:
    """Whether a file was saved from a time until now; a date in the future is of another clock, and says nothing."""
    return status is not None and since is not None and since < status[0] <= time.time_ns()


def _stat(path: Path) -> _Stat:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def files_of(campaign: Campaign, attached: Iterable[str]) -> list[Path]:
    """The files that a campaign is made of: the table, the letters, the campaign file, the first attached ones."""
    paths = [campaign.table.path, *(letter.path for letter in campaign.letters)]
    return [*paths, *([campaign.path] if campaign.path else []), *map(Path, islice(attached, _ATTACHED_WATCHED))]


class Watcher:
    """Looks at files from a thread of its own and posts :class:`FilesChanged`; a slow disk holds nobody up."""

    def __init__(self, post: Callable[[FilesChanged], object], interval: float = INTERVAL) -> None:
        self._post = post
        self._interval = interval
        self._watch = FileWatch()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, paths: Iterable[Path], since: int | None = None) -> None:
        """Watch these files from now on, and no others; those that were watched before keep what is known of them.

        ``since`` is when they began to be read (:func:`time.time_ns`), where that was a while ago.
        """
        with self._lock:
            self._watch.watch(paths, since)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="watching", daemon=True)
            self._thread.start()

    def accept_current(self, path: Path) -> None:
        """Do not tell what the file holds now: we wrote it."""
        with self._lock:
            self._watch.accept_current(path)

    def stop(self) -> None:
        """Watch nothing any more."""
        self._stopped.set()

    def _run(self) -> None:
        while True:
            with self._lock:
                changed = self._watch.look()
            if self._stopped.is_set():
                return
            if changed:
                self._post(FilesChanged(changed))
            if self._stopped.wait(self._interval):
                return
