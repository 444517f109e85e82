"""File copies behind a sending, on a connection and a thread of their own: no state, no message waits for it.

While messages leave, copies are worked on for at most a thirtieth of the time, the mailbox's server included, which may
be on the same machine; what is not done when the sending ends is done then. A mailbox that fails is a note: what was
sent was sent.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from mailmerge.accounts import Account, Secret
from mailmerge.delivery import Control, Event, Outcome, Summary
from mailmerge.errors import MailmergeError, RunBusy
from mailmerge.imap.filing import Filer, begin_filing, files_here
from mailmerge.model import State
from mailmerge.outbox import Run
from mailmerge.outbox.afterwards import accepted_last, filing

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens

_SHARE = 1 / 30
"""Of the time of a sending, at most this much for copies."""
_BEGINNING_SECONDS = 0.2
"""What connecting costs, its imports included."""
_NOTE_SECONDS = 2.0
"""Between two notes of what was filed, while messages leave."""
_LOOK_SECONDS = 0.1


async def with_copies(
    events: AsyncIterator[Event],
    run: Run,
    account: Account,
    secret: Secret | Tokens | None,
    control: Control,
    tell: Callable[[Filed], None],
) -> AsyncIterator[Event]:
    """The events of a sending, while copies of what is accepted are filed; ``tell`` is called once, at the end.

    After the last event it goes on until every copy is filed, or a person stops it by ``control``.
    """
    if run.test or not files_here(account):
        async with _closed_at_the_end(events):
            async for event in events:
                yield event
        return
    behind = _Behind(run, account, secret, control.notify)
    stopping = False
    try:
        async with _closed_at_the_end(events):
            async for event in events:
                if isinstance(event, Outcome) and event.state is State.ACCEPTED:
                    behind.add(event.record)
                if isinstance(event, Summary):
                    stopping = control.stopping
                    behind.sending_is_over()
                yield event
        behind.sending_is_over()
        await control.wait(lambda: behind.over or control.aborting or (control.stopping and not stopping))
    finally:
        behind.stop()
    if behind.began:
        tell(behind.result())


@asynccontextmanager
async def _closed_at_the_end(events: AsyncIterator[Event]) -> AsyncIterator[None]:
    """Let a sending end where whoever reads its events goes away."""
    try:
        yield
    finally:
        if isinstance(events, AsyncGenerator):
            await events.aclose()


class Filed:
    """What became of the copies of one sending."""

    def __init__(self, count: int, folder: str, error: MailmergeError | None):
        self.count = count
        """Copies that were added."""
        self.folder = folder
        """``""`` where none was found."""
        self.error = error
        """Why no more were; None where all is well."""


class _Behind:
    """The thread."""

    def __init__(self, run: Run, account: Account, secret: Secret | Tokens | None, done: Callable[[], None]):
        self._run, self._account, self._secret, self._done = run, account, secret, done
        self._records: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._stopped = threading.Event()
        self._finished = threading.Event()
        self._thread: threading.Thread | None = None
        self._filer: Filer | None = None
        self._error: MailmergeError | None = None
        self._began_at = time.monotonic()
        self._busy = 0.0
        """Seconds spent on copies so far, waiting for the mailbox's server included."""

    @property
    def began(self) -> bool:
        """Whether there was anything to file."""
        return self._thread is not None

    @property
    def over(self) -> bool:
        """Whether nothing is being done any more."""
        return self._thread is None or self._finished.is_set()

    def add(self, record: int) -> None:
        """A message was accepted, durably."""
        self._records.put(record)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=f"copies of {self._run.id}", daemon=True)
            self._thread.start()

    def sending_is_over(self) -> None:
        """From now on there is nothing to spare time for."""
        self._ended.set()

    def stop(self) -> None:
        """End after the copy in hand; the rest is filed later."""
        self._stopped.set()
        self._ended.set()

    def result(self) -> Filed:
        """What was done so far."""
        filer = self._filer
        return Filed(filer.filed if filer else 0, filer.folder if filer else "", self._error)

    def _work(self) -> None:
        try:
            with filing(self._run):
                self._file()
        except RunBusy:
            pass  # another process does it
        except MailmergeError as error:
            self._error = error
        finally:
            self._finished.set()
            self._done()

    def _file(self) -> None:
        self._spare(_BEGINNING_SECONDS)
        if self._stopped.is_set():
            return
        with self._counted():
            filer = self._filer = begin_filing(self._run, self._account, self._secret)
        noted = time.monotonic()
        try:
            while not self._ended.is_set():
                self._file_next(filer)
                if time.monotonic() - noted > _NOTE_SECONDS:
                    noted = time.monotonic()
                    with self._counted():
                        filer.note()
            filer.file_all(self._stopped.is_set)
        finally:
            filer.close()

    def _file_next(self, filer: Filer) -> None:
        """File the copy that has waited longest, once the sending can spare the time; return where none comes."""
        try:
            record = self._records.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            return
        self._spare()
        if self._ended.is_set():
            return
        with self._counted():
            if at := accepted_last(self._run, record):
                filer.file(record, at)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            self._busy += time.monotonic() - began

    def _spare(self, more: float = 0.0) -> None:
        """Wait until copies have had no more than their share of the sending's time."""
        until = self._began_at + (self._busy + more) / _SHARE
        self._ended.wait(max(0.0, until - time.monotonic()))
