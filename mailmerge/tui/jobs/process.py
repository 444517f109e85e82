"""Jobs of many seconds in processes of their own, so that keys stay keys. One is kept ready, made before the screens.

A process does one job and ends, and gives its memory back with it. What goes in and comes out is pickled; the job
reports how far it is, and is ended where nobody waits for it any more. A process ends with the program, however that
ends: what it tells finds nobody there.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Lock
from typing import Any, TypeVar, cast

from mailmerge import i18n
from mailmerge.errors import MailmergeError
from mailmerge.i18n import N_
from mailmerge.runtime import garbage

T = TypeVar("T")
Progress = Callable[[int, int], None]

_LOOK = 0.1
"""Seconds between two looks whether somebody still waits for the job."""
_NEEDED = ("mailmerge.campaign", "mailmerge.lint", "mailmerge.outbox")
"""What jobs are made of, imported while the process waits for one."""
_GRACE = 2.0
"""Seconds in which a process that was told to end may clean up."""

_spawn = get_context("spawn")  # the same on every system, and no copy of a program that has threads


class Processes:
    """Where jobs run: in a process, or in the caller's thread where none can be had, whatever the system says to it."""

    def __init__(self) -> None:
        self._ready: _Process | None = None
        self._lock = Lock()
        self._open = False

    def open(self) -> None:
        """Make the first one ready. Textual takes the standard streams that :mod:`multiprocessing` begins with."""
        self._open = True
        self._make_ready()

    def close(self) -> None:
        """End the one that is ready."""
        self._open = False
        ready = self._taken()
        if ready is not None:
            ready.end()

    def run(self, job: Callable[..., T], *arguments: object, progress: Progress, stopped: Callable[[], bool]) -> T:
        """What ``job(*arguments, progress)`` gives; ``stopped`` is asked whether nobody waits for it any more.

        Raises:
            JobStopped: ``stopped`` said so; what the job was writing is cleaned up as after any error.
            JobLost: the process ended by itself.
            Exception: what the job raised.
        """
        process = self._taken() if self._open else None
        if process is None:
            return job(*arguments, progress)
        try:
            return cast("T", process.done((job, arguments), progress, stopped))
        finally:
            process.end()
            self._make_ready()

    def _taken(self) -> _Process | None:
        with self._lock:
            taken, self._ready = self._ready, None
        if taken is None and self._open:
            with suppress(Exception):
                return _Process()
        return taken

    def _make_ready(self) -> None:
        with self._lock, suppress(Exception):
            if self._open and self._ready is None:
                self._ready = _Process()


class JobStopped(MailmergeError):
    """Nobody waits for the job any more."""


class JobLost(MailmergeError):
    """The process of a job ended by itself."""


class _Process:
    """One process, for one job."""

    def __init__(self) -> None:
        self._here, there = _spawn.Pipe()
        self._process: SpawnProcess = _spawn.Process(target=_serve, args=(there,), name="mailmerge-job", daemon=True)
        self._process.start()
        there.close()  # so that its end is noticed

    def done(self, job: tuple[object, object], progress: Progress, stopped: Callable[[], bool]) -> object:
        kind, told = self._outcome(job, progress, stopped)
        self._process.kill()  # it has nothing left to do, and much to tidy up
        if kind == "failed":
            raise cast("Exception", told)
        return told

    def _outcome(
        self, job: tuple[object, object], progress: Progress, stopped: Callable[[], bool]
    ) -> tuple[str, object]:
        try:
            self._here.send((i18n.language(), *job))
            while not stopped():
                if not self._here.poll(_LOOK):
                    continue
                kind, told = self._here.recv()
                if kind != "progress":
                    return kind, told
                progress(*told)
        except (EOFError, ConnectionError) as error:
            raise JobLost(
                N_("the process that did this ended by itself ({how}; too little memory?): try again"),
                how=self._how_it_ended(),
            ) from error
        raise JobStopped(N_("nobody waits for this any more"))

    def end(self) -> None:
        """Tell it to end, and see that it does."""
        self._here.close()
        self._process.terminate()
        self._process.join(_GRACE)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        self._process.close()

    def _how_it_ended(self) -> str:
        self._process.join(_GRACE)
        code = self._process.exitcode
        return signal.Signals(-code).name if code is not None and code < 0 else str(code)


def _serve(connection: Connection) -> None:
    """Do one job; this is the whole of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program
    signal.signal(signal.SIGTERM, _leave)
    _say_nothing()
    for needed in _NEEDED:
        import_module(needed)
    garbage.settle()  # starting put it off
    with suppress(EOFError, ConnectionError):
        language, job, arguments = connection.recv()
        i18n.use(language)
        try:
            told: tuple[str, Any] = "done", job(*arguments, lambda *far: connection.send(("progress", far)))
        except Exception as error:  # noqa: BLE001  (told where somebody waits for it)
            told = "failed", error
        _tell(connection, told)


def _tell(connection: Connection, told: tuple[str, Any]) -> None:
    try:
        connection.send(told)
    except (TypeError, AttributeError, ValueError) as error:  # what cannot be pickled
        connection.send(("failed", RuntimeError(f"{type(error).__name__}: {error}")))


def _say_nothing() -> None:
    """Whatever is written goes nowhere: the terminal is the screens'."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _leave(*_: object) -> None:
    sys.exit()
