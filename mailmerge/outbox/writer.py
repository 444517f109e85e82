"""What a sending reads and writes of its run: the event loop makes the statements, and one thread waits for the disk.

What several callers ask at once is committed as one, and each is answered only when its request is durable. A statement
takes microseconds; a thread that made them would take the interpreter from the loop, and give it back, at each. What
may take long is the thread's: each commit, large messages, and whatever has to be tried again.

When the disk is full, room kept aside is given up so that verdicts of messages already on their way can still be
written; nothing else is accepted until there is room again.
"""

from __future__ import annotations

import asyncio
import os
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from mailmerge.errors import MailmergeError, OutboxError
from mailmerge.i18n import N_
from mailmerge.outbox.connection import is_disk_full, refuse_if_busy, translate_errors, wait_if_busy
from mailmerge.outbox.ledger import LineFile
from mailmerge.outbox.states import last_line

T = TypeVar("T")

BALLAST_BYTES = 256 << 10
"""A verdict alone takes up to 24 KB of log; 64 KB were too few for eight of them while somebody read the run."""
_LARGEST_GROUP = 64


class Asked(Enum):
    """What a request asks for."""

    READ = 1
    LARGE = 2
    """To read what may take long."""
    WRITE = 3
    VERDICT = 4
    """To write what must be written: the ballast may be given up for it."""


class Request(Generic[T]):
    """Something asked of the writer; await :attr:`answer`, which comes once it is durable."""

    def __init__(self, work: Callable[[sqlite3.Connection], T], asked: Asked):
        self.work = work
        self.asked = asked
        self.answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.withdrawn = False
        """Set where nobody wants it any more; it is left out, unless it was begun already."""
        self.done = False
        """Whether it was committed, or refused by its own work."""
        self.granted = False
        """Whether it was committed."""


_Requests = Sequence[Request[Any]]
_Answer = tuple[Request[Any], Any, Exception | None]


class Writer:
    """The one writer of a run that is being sent.

    The connection is used in turns: by the loop while it makes statements, then by the thread until it has told what
    came of them; and by the thread alone once the writer is being closed.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, line: LineFile):
        self._path = path
        self._connection = connection
        self._line = line
        self._ballast = path.with_suffix(".ballast")
        self._requests: deque[Request[Any]] = deque()
        self._going = False
        """Whether the loop is about to take a turn, or the thread has one."""
        self._loop_has_turn = threading.Lock()
        self._thread_turns: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._closing = False
        self._full = False
        self._file = _identity(path)
        self._keep_ballast()
        refuse_if_busy(connection)
        self._thread = threading.Thread(target=self._serve, name=f"journal of {path.stem}", daemon=True)
        self._thread.start()

    def post(self, asked: Asked, work: Callable[[sqlite3.Connection], T]) -> Request[T]:
        """Ask for ``work`` to be done, in a transaction where it writes. It must raise, if at all, before it writes.

        It is done although the caller that awaits the answer is cancelled.

        Raises:
            OutboxError: the writer is closed.
        """
        if self._closing:
            raise OutboxError(N_("the sending of {run} has ended: open the run again"), run=self._path.stem)
        request = Request(work, asked)
        self._requests.append(request)
        if not self._going:
            self._going = True
            asyncio.get_running_loop().call_soon(self._take_turn)  # with what else is asked until then
        return request

    def close(self) -> None:
        """Finish what was asked, and end. Any thread may call it."""
        with self._loop_has_turn:
            self._closing = True
        self._thread_turns.put(None)
        self._thread.join()
        with suppress(sqlite3.Error):
            wait_if_busy(self._connection)
        with suppress(OSError):
            self._ballast.unlink(missing_ok=True)

    # --- the loop's turn ---------------------------------------------------------------------------------------------

    def _take_turn(self) -> None:
        """Make the statements of what is to be written, and read what is quickly read; the thread does the rest."""
        with self._loop_has_turn:
            requests = [] if self._closing else self._next_group()
            writes = [request for request in requests if request.asked in (Asked.WRITE, Asked.VERDICT)]
            reads = [request for request in requests if request.asked is Asked.READ]
            large = [request for request in requests if request.asked is Asked.LARGE]
            written = self._written_or_none(writes)
            if written is not None:  # what is read now is as these writes have left it
                _hand_over([self._read(request) for request in reads])
            else:
                large += reads
            self._going = bool(writes or large or self._requests)
            if writes or large:
                self._thread_turns.put(partial(self._end_turn, writes, written, large))
            elif self._going:  # more was asked than one turn takes
                asyncio.get_running_loop().call_soon(self._take_turn)

    def _next_group(self) -> list[Request[Any]]:
        group = [self._requests.popleft() for _ in range(min(len(self._requests), _LARGEST_GROUP))]
        return [request for request in group if not request.withdrawn]

    def _read(self, request: Request[Any]) -> _Answer:
        try:
            self._refuse_if_gone()
            return request, request.work(self._connection), None
        except Exception as error:  # noqa: BLE001  (handed to its caller)
            return request, None, self._told(error)

    def _written_or_none(self, writes: _Requests) -> list[_Answer] | None:
        """As :meth:`_written`; None where the thread has to try, since it may take long, or was refused at once."""
        if not writes:
            return []
        if not self._full:
            with suppress(Exception):
                return self._written(writes)
        return None

    def _written(self, requests: _Requests) -> list[_Answer]:
        """What each came to, in a transaction that is still to be committed. Where this raises, nothing was written."""
        if not all(request.asked is Asked.VERDICT for request in requests):
            self._refuse_if_gone()
            if self._full:
                self._keep_ballast()
        answers: list[_Answer] = []
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for request in requests:
                try:
                    answers.append((request, request.work(self._connection), None))
                except MailmergeError as refusal:
                    answers.append((request, None, refusal))
        except BaseException:
            self._take_back()
            raise
        return answers

    def _refuse_if_gone(self) -> None:
        if _identity(self._path) != self._file:  # SQLite goes on with a file that no longer has a name
            raise OutboxError(
                N_("{path} was deleted or replaced while it was being sent: nothing more is sent"), path=self._path
            )

    def _take_back(self) -> None:
        with suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")

    # --- the thread's turn -------------------------------------------------------------------------------------------

    def _serve(self) -> None:
        while (turn := self._thread_turns.get()) is not None:
            turn()
        while requests := self._next_group():  # what the loop did not come to
            _tell(self._tried_again(requests))

    def _end_turn(self, writes: _Requests, written: list[_Answer] | None, large: _Requests) -> None:
        """Commit what the loop has written, read what takes long, and let the loop go on."""
        if writes:
            _tell(self._ended(writes, written), then=None if large else self._take_turn)
        if large:
            _tell([self._read(request) for request in large], then=self._take_turn)

    def _ended(self, writes: _Requests, written: list[_Answer] | None) -> list[_Answer]:
        if written is not None:
            with suppress(Exception):  # whatever it was, it is tried again and told
                return self._committed(written)
        return self._tried_again(writes)

    def _committed(self, answers: list[_Answer]) -> list[_Answer]:
        """The same answers, once they are durable. Where this raises, nothing was written."""
        try:
            line = last_line(self._connection)
            self._connection.execute("COMMIT")
        except BaseException:
            self._take_back()
            raise
        self._line.reach(line)
        for request, _result, refused in answers:
            request.done = True
            request.granted = refused is None
        if self._full:
            self._reuse_log()
        return answers

    def _tried_again(self, requests: _Requests) -> list[_Answer]:
        """Commit all as one; where that fails, the verdicts as one; where that fails too, each alone."""
        with suppress(sqlite3.Error):
            wait_if_busy(self._connection)
        try:
            return self._committed(self._written(requests))
        except Exception as error:  # noqa: BLE001  (whatever it was, each is tried again and told)
            return self._told_each(requests, full=is_disk_full(error))
        finally:
            with suppress(sqlite3.Error):
                refuse_if_busy(self._connection)

    def _told_each(self, requests: _Requests, *, full: bool) -> list[_Answer]:
        answers: list[_Answer] = []
        verdicts = [request for request in requests if request.asked is Asked.VERDICT]
        if verdicts:
            if full:
                self._give_up_ballast()
            with suppress(Exception):
                answers += self._committed(self._written(verdicts))
        for request in requests:
            if not request.done:
                try:
                    answers += self._committed(self._written([request]))
                except Exception as error:  # noqa: BLE001  (handed to its caller; the thread goes on)
                    answers.append((request, None, self._told(error)))
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


def _tell(answers: list[_Answer], then: Callable[[], None] | None = None) -> None:
    """Wake the callers' loop once for all of a group: a wake-up costs as much as a small transaction."""
    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        answers[0][0].answer.get_loop().call_soon_threadsafe(_hand_over, answers, then)


def _hand_over(answers: list[_Answer], then: Callable[[], None] | None = None) -> None:
    for request, result, refusal in answers:
        if request.answer.done():  # its caller was cancelled
            continue
        if refusal is None:
            request.answer.set_result(result)
        else:
            request.answer.set_exception(refusal)
    if then is not None:
        then()
