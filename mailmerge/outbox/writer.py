"""One thread owns the connection of a sending run; what several callers ask at once is committed as one.

A caller is answered only when its request is durable. When the disk is full, room kept aside is given up so that
verdicts of messages already on their way can still be written; nothing else is accepted until there is room again.
"""

from __future__ import annotations

import asyncio
import os
import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

from mailmerge.errors import MailmergeError, OutboxError
from mailmerge.i18n import N_
from mailmerge.outbox.connection import is_disk_full, translate_errors
from mailmerge.outbox.ledger import LineFile
from mailmerge.outbox.states import last_line

T = TypeVar("T")

BALLAST_BYTES = 256 << 10
"""A verdict alone takes up to 24 KB of log; 64 KB were too few for eight of them while somebody read the run."""
_LARGEST_GROUP = 64


class Request(Generic[T]):
    """Something asked of the writer; await :attr:`answer`, which comes once it is durable."""

    def __init__(self, work: Callable[[sqlite3.Connection], T], *, essential: bool):
        self.work = work
        self.essential = essential
        """Whether the ballast may be given up for it."""
        self.answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.withdrawn = False
        """Set where nobody wants it any more; it is left out, unless it was begun already."""
        self.done = False
        """Whether it was committed, or refused by its own work."""
        self.granted = False
        """Whether it was committed."""


_Answer = tuple[Request[Any], Any, Exception | None]


class Writer:
    """The one writer of a run that is being sent."""

    def __init__(self, path: Path, connection: sqlite3.Connection, line: LineFile):
        self._path = path
        self._connection = connection
        self._line = line
        self._ballast = path.with_suffix(".ballast")
        self._requests: queue.SimpleQueue[Request[Any] | None] = queue.SimpleQueue()
        self._closing = False
        self._full = False
        self._file = _identity(path)
        self._keep_ballast()
        self._thread = threading.Thread(target=self._serve, name=f"journal of {path.stem}", daemon=True)
        self._thread.start()

    def post(self, work: Callable[[sqlite3.Connection], T], *, essential: bool = False) -> Request[T]:
        """Ask for ``work`` to be done in a transaction. It must raise, if at all, before it writes.

        It is done although the caller that awaits the answer is cancelled.

        Raises:
            OutboxError: the writer is closed.
        """
        if self._closing:
            raise OutboxError(N_("the sending of {run} has ended: open the run again"), run=self._path.stem)
        request = Request(work, essential=essential)
        self._requests.put(request)
        return request

    def close(self) -> None:
        """Finish what was asked, and end."""
        self._closing = True
        self._requests.put(None)
        self._thread.join()
        with suppress(OSError):
            self._ballast.unlink(missing_ok=True)

    def _serve(self) -> None:
        stopping = False
        while not (stopping and self._requests.empty()):
            group = [self._requests.get()]
            with suppress(queue.Empty):
                while len(group) < _LARGEST_GROUP:
                    group.append(self._requests.get_nowait())
            stopping = stopping or None in group
            asked = [request for request in group if request is not None and not request.withdrawn]
            if asked:
                _tell(self._answers(asked))

    def _answers(self, asked: list[Request[Any]]) -> list[_Answer]:
        """Commit all as one; where that fails, the verdicts as one; where that fails too, each alone."""
        try:
            return self._committed(asked)
        except Exception as error:  # noqa: BLE001  (whatever it was, each is tried again and told)
            full = is_disk_full(error)
        answers: list[_Answer] = []
        verdicts = [request for request in asked if request.essential]
        if verdicts:
            if full:
                self._give_up_ballast()
            with suppress(Exception):
                answers += self._committed(verdicts)
        for request in asked:
            if not request.done:
                try:
                    answers += self._committed([request])
                except Exception as error:  # noqa: BLE001  (handed to its caller; the thread goes on)
                    answers.append((request, None, self._told(error)))
        return answers

    def _committed(self, requests: list[Request[Any]]) -> list[_Answer]:
        """What each came to, once it is durable. Where this raises, nothing was written."""
        if not all(request.essential for request in requests):
            if _identity(self._path) != self._file:  # SQLite goes on writing to a file that no longer has a name
                raise OutboxError(
                    N_("{path} was deleted or replaced while it was being sent: nothing more is sent"), path=self._path
                )
            if self._full:
                self._keep_ballast()
        answers: list[_Answer] = []
        changes = self._connection.total_changes
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for request in requests:
                try:
                    answers.append((request, request.work(self._connection), None))
                except MailmergeError as refusal:
                    answers.append((request, None, refusal))
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        if self._connection.total_changes != changes:
            self._line.reach(last_line(self._connection))
        for request, _result, refused in answers:
            request.done = True
            request.granted = refused is None
        if self._full:
            self._reuse_log()
        return answers

    def _told(self, error: Exception) -> Exception:
        try:
            with translate_errors(self._path, "written"):
                raise error
        except Exception as told:  # noqa: BLE001  (handed to the caller)
            return told

    def _keep_ballast(self) -> None:
        """Take room that is given up for the last verdicts.

        Raises:
            OutboxError: there is none, so nothing may be sent.
        """
        with translate_errors(self._path, "written"):
            handle = os.open(self._ballast, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                left = os.urandom(BALLAST_BYTES)  # bytes that no file system can compress or leave out
                while left:
                    left = left[os.write(handle, left) :]
                os.fsync(handle)
            except OSError:
                self._ballast.unlink(missing_ok=True)
                raise
            finally:
                os.close(handle)
        self._full = False

    def _give_up_ballast(self) -> None:
        self._full = True
        with suppress(OSError):
            self._ballast.unlink(missing_ok=True)
        self._reuse_log()

    def _reuse_log(self) -> None:
        """Let the write-ahead log start over in the room that it already has."""
        with suppress(sqlite3.Error):
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _tell(answers: list[_Answer]) -> None:
    """Wake the callers' loop once for all of a group: a wake-up costs as much as a small transaction."""
    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        answers[0][0].answer.get_loop().call_soon_threadsafe(_hand_over, answers)


def _hand_over(answers: list[_Answer]) -> None:
    for request, result, refusal in answers:
        if request.answer.done():  # its caller was cancelled
            continue
        if refusal is None:
            request.answer.set_result(result)
        else:
            request.answer.set_exception(refusal)
