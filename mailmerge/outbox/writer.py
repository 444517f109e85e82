"""One thread owns the connection of a sending run; what several callers ask at once is committed as one.

A caller is answered only when its request is durable. When the disk is full, room kept aside is given up so that
verdicts of messages already on their way can still be written; nothing else is accepted until there is room again.
"""

from __future__ import annotations

import os
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from mailmerge.errors import MailmergeError, OutboxError
from mailmerge.outbox.schema import is_disk_full, told_plainly

T = TypeVar("T")

BALLAST_BYTES = 256 << 10
"""A verdict alone takes up to 24 KB of log; 64 KB were too few for eight of them while somebody read the run."""
_LARGEST_GROUP = 64


@dataclass(frozen=True, slots=True, eq=False)
class _Request:
    work: Callable[[sqlite3.Connection], Any]
    future: Future[Any]
    essential: bool
    """Whether the ballast may be given up for it."""


class Writer:
    """The one writer of a run that is being sent."""

    def __init__(self, path: Path, connection: sqlite3.Connection):
        self._path = path
        self._connection = connection
        self._ballast = path.with_suffix(".ballast")
        self._requests: queue.SimpleQueue[_Request | None] = queue.SimpleQueue()
        self._closing = False
        self._full = False
        self._keep_ballast()
        self._thread = threading.Thread(target=self._serve, name=f"journal of {path.stem}", daemon=True)
        self._thread.start()

    def post(self, work: Callable[[sqlite3.Connection], T], *, essential: bool = False) -> Future[T]:
        """Ask for ``work`` to be done in a transaction; the future is done once that is durable.

        ``work`` must raise, if at all, before it writes.
        """
        if self._closing:
            raise OutboxError(f"the sending of {self._path.stem} has ended: open the run again")
        return self.post_while_closing(work, essential=essential)

    def post_while_closing(self, work: Callable[[sqlite3.Connection], T], *, essential: bool = False) -> Future[T]:
        """Like :meth:`post`, for the writer's own callbacks: these are done before it closes."""
        future: Future[T] = Future()
        self._requests.put(_Request(work, future, essential))
        return future

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
            asked = [r for r in group if r is not None and r.future.set_running_or_notify_cancel()]
            if asked:
                self._answer(asked)

    def _answer(self, asked: list[_Request]) -> None:
        """Commit all as one; where that fails, the verdicts as one; where that fails too, each alone."""
        error = self._committed(asked)
        if error is None:
            return
        verdicts = [request for request in asked if request.essential]
        if verdicts:
            if is_disk_full(error):
                self._give_up_ballast()
            self._committed(verdicts)
        for request in asked:
            if not request.future.done() and (failure := self._committed([request])) is not None:
                request.future.set_exception(self._told(failure))

    def _committed(self, requests: list[_Request]) -> Exception | None:
        """Why the transaction failed; None where it did not, and every caller has its answer."""
        answers: list[tuple[_Request, Any, MailmergeError | None]] = []
        try:
            if self._full and not all(request.essential for request in requests):
                self._keep_ballast()
            self._connection.execute("BEGIN IMMEDIATE")
            for request in requests:
                try:
                    answers.append((request, request.work(self._connection), None))
                except MailmergeError as error:
                    answers.append((request, None, error))
            self._connection.execute("COMMIT")
        except Exception as error:  # noqa: BLE001  (whatever it was, its caller is told, and the thread goes on)
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            return error
        if self._full:
            self._reuse_log()
        for request, result, refusal in answers:
            if refusal is None:
                request.future.set_result(result)
            else:
                request.future.set_exception(refusal)
        return None

    def _told(self, error: Exception) -> Exception:
        try:
            with told_plainly(self._path, "written"):
                raise error
        except Exception as told:  # noqa: BLE001  (handed to the caller)
            return told

    def _keep_ballast(self) -> None:
        """Take room that is given up for the last verdicts.

        Raises:
            OutboxError: there is none, so nothing may be sent.
        """
        with told_plainly(self._path, "written"):
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
