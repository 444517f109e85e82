"""What the screens may ask of the program, and what they answer it: types only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from datetime import datetime

    from mailmerge.accounts import Account, Secret
    from mailmerge.accounts.oauth import Tokens
    from mailmerge.accounts.passwords import Passwords
    from mailmerge.approval.concluding import Conclude, Conclusion
    from mailmerge.approval.reviewing.contents import Contents
    from mailmerge.campaign.session import Sealed
    from mailmerge.demo import DemoServer
    from mailmerge.environment import Environment
    from mailmerge.files.home import Home
    from mailmerge.tui.navigation import Navigation
    from mailmerge.tui.ui_state import Memory

T = TypeVar("T")


class SealAnswer(Struct, frozen=True):
    """How the seal page was left."""

    sealed: Sealed | None = None
    """The run that was sealed; where there is none, the messages are to be checked again, or a run gone on with."""
    account: Account | None = None
    """Who sends it, or who is to send."""
    secret: Secret | Tokens | None = None
    send: bool = False
    """Whether the run is to be sent at once."""
    at: datetime | None = None
    """When the run is to be sent, where that is not at once."""
    go_on: str = ""
    """The name of a run that was left, to be gone on with instead."""


@dataclass(slots=True)
class ReviewTask:
    """The letters of somebody else's run, which the program was started to show."""

    contents: Contents
    conclude: Conclude
    conclusion: Conclusion | None = None
    """How it ended; None while it has not."""


class WorkerProcesses(Protocol):
    """Where jobs of many seconds run."""

    def run(self, job: Callable[..., T], *arguments: object, progress: Any, stopped: Callable[[], bool]) -> T:
        """What ``job(*arguments, progress)`` gives."""
        ...


class Program(Protocol):
    """The running program, as its screens know it."""

    environment: Environment
    home: Home
    memory: Memory
    passwords: Passwords
    processes: WorkerProcesses
    demo: DemoServer | None
    go: Navigation

    def tokens_of(self, account: Account) -> Tokens:
        """What stands for the password of an account that is signed in."""
        ...

    def start_demo(self) -> None:
        """Begin again with the demo."""

    async def action_quit(self) -> None:
        """Leave, unless a screen has something to ask first."""
