"""Ctrl-C, a closed terminal, and a system that shuts down: each stops a sending gently."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mailmerge.delivery import Control

_ENDINGS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
"""By which a person or the system ends a program; closing the terminal sends SIGHUP, on Windows SIGBREAK."""


@contextmanager
def interruptible(control: Control, told: Callable[[], None] | None = None) -> Iterator[list[int]]:
    """A first signal stops between messages, and ``told`` says so; only a second Ctrl-C gives up on those in flight.

    Yields the signals received so far.
    """
    received: list[int] = []
    loop = asyncio.get_running_loop()

    def arrived(number: int, _frame: object) -> None:
        received.append(number)
        if len(received) == 1:
            loop.call_soon_threadsafe(control.stop)
            if told is not None:
                loop.call_soon_threadsafe(told)
        elif number == signal.SIGINT:
            loop.call_soon_threadsafe(control.abort)

    before = {number: signal.signal(number, arrived) for number in _ENDINGS}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
