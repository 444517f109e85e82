"""What a part of the screens may ask of the program: types only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from datetime import datetime

    from textual.screen import Screen

    from mailmerge.accounts import Account, Secret
    from mailmerge.accounts.oauth import Tokens
    from mailmerge.accounts.passwords import Passwords
    from mailmerge.approval.concluding import Conclude, Conclusion
    from mailmerge.approval.contents import Contents
    from mailmerge.campaign import Campaign, Checked, Excluded, ExclusionSection
    from mailmerge.campaign.session import CampaignSession, Decided, Decision, Sealed
    from mailmerge.campaign.setup.letter_choice import LetterOffer
    from mailmerge.campaign.setup.table_setup import TableSettings
    from mailmerge.demo import DemoServer
    from mailmerge.environment import Environment
    from mailmerge.files.home import Home
    from mailmerge.lint import Finding
    from mailmerge.model import Recipient, RecordTable
    from mailmerge.outbox import Run, RunMessage
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


class Navigator(Protocol):
    """Opens whole screens; ``then`` is given what a screen answers when it is left."""

    def campaign(self, sources: Sequence[Path], *, fields_asked: bool = False) -> None:
        """The campaign of these files; what fills missing fields may have been asked for already."""

    def start(self, notice: str = "", *, letter: str = "") -> None:
        """The start, with a line about what did not work, or with a letter that was given already."""

    def help(self, screen: Screen[Any]) -> None:
        """Keys and marks of a screen."""

    def rules(self, finding: Finding | None = None) -> None:
        """The rules of the linter, or one finding with its rule."""

    def accounts(self, then: Callable[[Account | None], None] | None = None, *, chosen: str = "") -> None:
        """The mailboxes to send from; ``then`` is given the one that was chosen."""

    async def account(self) -> Account | None:
        """The account that a person chooses; call it in a worker."""
        ...

    def incident(self) -> None:
        """A list was sent to everybody: what to do, step by step."""

    def runs(self, then: Callable[[], None] | None = None) -> None:
        """What was sealed and sent before."""

    def run(
        self,
        run: Run,
        messages: Sequence[RunMessage],
        *,
        account: Account | None = None,
        secret: Secret | Tokens | None = None,
        send: bool = False,
        resume: bool = False,
        at: datetime | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """One run: ``send`` sends it at once or at a time, ``resume`` asks to send what is left."""

    def received(self, demo: DemoServer) -> None:
        """What the demo's server received."""

    def seal(self, session: CampaignSession, checked: Checked, then: Callable[[SealAnswer | None], None]) -> None:
        """What will happen, and the number to be typed."""

    def leave_seal_page(self) -> bool:
        """Go back from sealing, as the campaign is another one; whether somebody was there."""
        ...

    def excluded(self, excluded: Sequence[Excluded], then: Callable[[ExclusionSection | None], None]) -> None:
        """Who is left out; the answer is an exclusion that is to end."""

    def decisions(self, decided: Sequence[Decided], then: Callable[[Decided | Decision | None], None]) -> None:
        """All that was decided; the answer is a decision that changes one, or one that is changed elsewhere."""

    def edit(
        self,
        campaign: Campaign,
        reader: Recipient,
        *,
        first_line: int,
        findings: Sequence[Finding] = (),
        on_save: Callable[[Path], None],
        then: Callable[[str], None],
    ) -> None:
        """The editor on one person's letter, with what was found in it.

        ``then`` is given the name of the letter, where it was saved.

        Raises:
            MailmergeError: there is no such letter, or it cannot be edited here.
        """

    async def table(
        self, path: Path, settings: TableSettings | None = None, *, asking: bool = False
    ) -> TableSettings | None:
        """How a table is read; call it in a worker."""
        ...

    async def letters(
        self, table: RecordTable, use: Callable[[LetterOffer], Awaitable[Path | None]], document: Path | None = None
    ) -> Path | None:
        """The letter for a table, as ``use`` wrote it down; ``document`` becomes one first. Call it in a worker."""
        ...

    async def new_campaign(self, path: Path, document: Path | None = None) -> None:
        """From a table, and a document that becomes its letter, to a campaign; call it in a worker."""

    async def ask_for_column(self, sources: Sequence[Path], reason: str) -> None:
        """Ask which column holds the addresses; call it in a worker."""

    def review(self, task: ReviewTask) -> None:
        """The letters of a run, to whoever is to approve it."""

    def write_to(self, run: Run, records: Sequence[int]) -> bool:
        """Make a campaign for some people of a run and open it; False where no campaign is open to make it from."""
        ...

    def write_again(self, message: RunMessage) -> bool:
        """Go back to the open campaign, to write to one person once more; False where none is open."""
        ...


class Program(Protocol):
    """The running program, as its screens know it."""

    environment: Environment
    home: Home
    memory: Memory
    passwords: Passwords
    processes: WorkerProcesses
    demo: DemoServer | None
    go: Navigator

    def tokens_of(self, account: Account) -> Tokens:
        """What stands for the password of an account that is signed in."""
        ...

    def start_demo(self) -> None:
        """Begin again with the demo."""

    async def action_quit(self) -> None:
        """Leave, unless a screen has something to ask first."""
