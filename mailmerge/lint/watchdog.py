"""Stop Python code that takes too long, in whatever thread it runs: a rule that hangs must not hang the program."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_TICK = 0.2
"""Seconds between two looks at the clock."""


class OutOfTime(BaseException):
    """The code under watch did not end in time; no ``except Exception`` on the way swallows it."""


class Watch:
    """A watchdog over the thread that made it.

    It raises :class:`OutOfTime` in that thread between two bytecodes (``PyThreadState_SetAsyncExc``): a loop in
    Python is stopped, a single call into C is not. Code that could hang in C is kept bounded by its own caps.
    """

    def __init__(self) -> None:
        self._thread = threading.get_ident()
        self._lock = threading.Lock()
        self._deadline: float | None = None
        self._fired = False
        self._closed = threading.Event()
        self._watchdog: threading.Thread | None = None

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        if self._watchdog is not None:
            self._watchdog.join()

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """Run the block for at most so many seconds.

        Raises:
            OutOfTime: they are over.
        """
        if self._watchdog is None:
            self._watchdog = threading.Thread(target=self._look, name="lint-watch", daemon=True)
            self._watchdog.start()
        with self._lock:
            self._fired = False
            self._deadline = time.monotonic() + seconds
        try:
            yield
        finally:
            with self._lock:
                self._deadline = None
                fired = self._fired
            if fired:
                for _ in range(1000):  # what is still on its way arrives here, not in the caller's next statement
                    pass
        if fired:
            raise OutOfTime  # the block swallowed it

    def _look(self) -> None:
        while not self._closed.wait(_TICK):
            with self._lock:
                if self._deadline is not None and time.monotonic() > self._deadline:
                    self._deadline = None
                    self._fired = True
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        ctypes.c_ulong(self._thread), ctypes.py_object(OutOfTime)
                    )
