"""The handle by which a person holds a running send: pause, resume, stop, abort."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable


class Control:
    """Pause, resume and stop one sending; every method may be called from any thread and from a signal handler."""

    def __init__(self) -> None:
        self._paused = False
        self._stopping = False
        self._aborting = False
        self._resumed = 0
        self._listeners: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    @property
    def paused(self) -> bool:
        """No further message is begun until :meth:`resume`."""
        return self._paused

    @property
    def stopping(self) -> bool:
        """The sending ends after the messages in flight (or now, after :meth:`abort`)."""
        return self._stopping

    @property
    def aborting(self) -> bool:
        """The messages in flight are given up too."""
        return self._aborting

    @property
    def resumed(self) -> int:
        """How often :meth:`resume` was called: a wait that sees it change ends early."""
        return self._resumed

    def pause(self) -> None:
        """Begin no further message; those in flight are finished."""
        self._paused = True
        self.notify()

    def resume(self) -> None:
        """Go on: after a pause, or before the end of a wait."""
        self._paused = False
        self._resumed += 1
        self.notify()

    def stop(self) -> None:
        """Finish the messages in flight, then end; the run can be resumed later."""
        self._stopping = True
        self.notify()

    def abort(self) -> None:
        """End now: a message whose verdict is still out becomes ``unknown``."""
        self._stopping = self._aborting = True
        self.notify()

    def notify(self) -> None:
        """Have every waiter look again."""
        for loop, event in list(self._listeners):
            with contextlib.suppress(RuntimeError):  # its loop is closed: nobody waits there any more
                loop.call_soon_threadsafe(event.set)

    async def wait(self, until: Callable[[], bool], seconds: float | None = None) -> None:
        """Return when ``until()`` holds (looked at after every change), or after this many seconds."""
        loop = asyncio.get_running_loop()
        deadline = None if seconds is None else loop.time() + seconds
        entry = (loop, asyncio.Event())
        self._listeners.add(entry)
        try:
            while not until():
                left = None if deadline is None else deadline - loop.time()
                if left is not None and left <= 0:
                    return
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(entry[1].wait(), left)
                entry[1].clear()
        finally:
            self._listeners.discard(entry)
