"""Work behind a screen: in a thread, or in a process for what takes seconds. It reports by message, to the screen.

What is given to it are commands of a session and functions of values, never a method of a widget. What fails reaches
the screen as any failing worker of Textual does (``Page.failed``).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message
from textual.worker import Worker, get_current_worker

if TYPE_CHECKING:
    from textual.screen import Screen

    from mailmerge.tui.program import WorkerProcesses

T = TypeVar("T")

_TICK = 0.1
"""Seconds between two reports of progress."""


@dataclass
class JobDone(Message):
    """Work is done; an outcome is never merged with another."""

    group: str
    event: object


@dataclass
class JobProgress(Message):
    """Work goes on; the latest report is enough."""

    group: str
    done: int
    total: int

    def can_replace(self, message: Message) -> bool:
        """A later report takes the place of an earlier one."""
        return isinstance(message, JobProgress) and message.group == self.group


class Jobs:
    """What runs behind one screen; work of a group takes the place of earlier work of that group."""

    def __init__(self, screen: Screen[Any], processes: WorkerProcesses) -> None:
        self._screen = screen
        self._processes = processes

    def start(self, group: str, command: Callable[[], object], *, exclusive: bool = True) -> None:
        """Run a command in a thread; what it gives is posted, None excepted."""
        screen = self._screen

        def run() -> None:
            event = command()
            if event is not None:
                screen.post_message(JobDone(group, event))

        screen.run_worker(run, group=group, thread=True, exclusive=exclusive, exit_on_error=False)

    def start_long(self, group: str, command: Callable[[ProcessJob], object]) -> None:
        """Run a command that takes seconds: it is given where to do so."""
        self.start(group, lambda: command(ProcessJob(self._screen, self._processes, group)))


class ProcessJob:
    """A process of its own for one piece of work; made in the thread that waits for it."""

    def __init__(self, screen: Screen[Any], processes: WorkerProcesses, group: str) -> None:
        self._screen = screen
        self._processes = processes
        self._group = group
        self._worker: Worker[object] = get_current_worker()
        self._last = 0.0

    def run(self, work: Callable[..., T], *arguments: object) -> T:
        """What ``work(*arguments, progress)`` gives; it is ended where nobody waits for it any more."""
        return self._processes.run(work, *arguments, progress=self._tick, stopped=lambda: self._worker.is_cancelled)

    def _tick(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= _TICK or done == total:
            self._last = now
            self._screen.post_message(JobProgress(self._group, done, total))
