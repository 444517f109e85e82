"""Where a long piece of work is done, and who hears how far it is: here, or in a process of a face."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from mailmerge.campaign.mailing import Progress

T = TypeVar("T")


class Job(Protocol):
    """A place for work of many seconds. What is run there is a function or a method of a frozen campaign."""

    def run(self, work: Callable[..., T], *arguments: object) -> T:
        """What ``work(*arguments, progress)`` gives."""
        ...


class Here:
    """In the caller's thread."""

    def __init__(self, progress: Progress = lambda done, total: None) -> None:
        self._progress = progress

    def run(self, work: Callable[..., T], *arguments: object) -> T:
        """What ``work(*arguments, progress)`` gives."""
        return work(*arguments, self._progress)


HERE: Job = Here()
"""Nobody hears how far it is."""
