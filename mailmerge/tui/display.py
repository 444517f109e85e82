"""A display that may go away: its terminal is closed, its connection lost, and what has begun is finished all the same.

Textual writes from a thread that ends at the first error; the queue before it then fills, and holds the event loop up
for ever (Textual 8.2.8, ``drivers/_writer_thread.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

from textual.driver import Driver


class LastingFile:
    """The terminal's file; once it cannot be written, what is written leads nowhere, and ``lost`` is called."""

    def __init__(self, file: IO[str], lost: Callable[[], None]):
        self._file = file
        self._lost: Callable[[], None] | None = lost

    def write(self, text: str) -> int:
        """Write, as long as there is anybody to read."""
        self._try(self._file.write, text)
        return len(text)

    def flush(self) -> None:
        """Hand over what was written."""
        self._try(self._file.flush)

    def _try(self, act: Callable[..., object], *arguments: str) -> None:
        if self._lost is None:
            return
        try:
            act(*arguments)
        except (OSError, ValueError):
            lost, self._lost = self._lost, None
            lost()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def lasting(driver: type[Driver], lost: Callable[[], None]) -> type[Driver]:
    """A driver that survives the loss of its display; ``lost`` is called once, from any thread."""

    class LastingDriver(driver):  # type: ignore[misc, valid-type]
        """The platform's driver, writing to a file that lasts."""

        _file: Any

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._file = LastingFile(self._file, lost)
            self._is_suspended = False

        def suspend_application_mode(self) -> None:
            """Leave the terminal to the shell."""
            self._is_suspended = True
            super().suspend_application_mode()

        def resume_application_mode(self) -> None:
            """Take it back, if it was left: a terminal that is closed sends SIGCONT, too (POSIX, ``exit()``).

            Threads that were started then would never end.
            """
            if self._is_suspended:
                self._is_suspended = False
                super().resume_application_mode()

    return LastingDriver
