"""What the commands of a session give: frozen, and each names what it is about, so that a late one can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from mailmerge.campaign.campaign import Campaign
from mailmerge.campaign.mailing import Mailing
from mailmerge.campaign.runs.due_runs import Due
from mailmerge.campaign.session.decisions import Decision
from mailmerge.campaign.session.file_watcher import FilesChanged
from mailmerge.campaign.session.outliers import Outliers
from mailmerge.campaign.session.review import Review
from mailmerge.errors import MailmergeError, RunsIncomparable
from mailmerge.model import State

if TYPE_CHECKING:
    from mailmerge.campaign.checked import Checked
    from mailmerge.outbox import Manifest, Run, RunMessage, WrittenComparison


class Opened(Struct, frozen=True):
    """The files were read, or a decision was made about what had been read."""

    before: Campaign | None
    """The campaign in hand when that began: a later one makes this one late."""
    campaign: Campaign
    decision: Decision | None = None
    written: tuple[Path, ...] = ()
    """Files that were written for it."""
    unsaved: MailmergeError | None = None
    """Why the decision holds for this sitting only."""


class OpenFailed(Struct, frozen=True):
    """The files cannot be used."""

    before: Campaign | None
    error: MailmergeError

    @property
    def reason(self) -> str:
        """Why, in a sentence."""
        return str(self.error)


class CheckDone(Struct, frozen=True):
    """The linter is done."""

    campaign: Campaign
    checked: Checked


class CheckFailed(Struct, frozen=True):
    """The check broke off: there is no report."""

    campaign: Campaign | None
    reason: str


class Ordered(Struct, frozen=True):
    """The most unusual messages are found."""

    campaign: Campaign
    outliers: Outliers


class Searched(Struct, frozen=True):
    """The people who match are found."""

    review: Review
    query: str
    shown: Sequence[int]
    """Positions among the recipients."""


class Exported(Struct, frozen=True):
    """A dry run was written."""

    campaign: Mailing
    folder: Path
    manifest: Manifest


class Sealed(Struct, frozen=True):
    """The messages are frozen."""

    campaign: Mailing
    run: Run
    messages: Sequence[RunMessage]


class TestSealed(Struct, frozen=True):
    """One person's message is frozen, addressed to the account itself; it never counts as the person's."""

    campaign: Campaign
    run: Run


class ViewedRecalled(Struct, frozen=True):
    """What was seen in earlier sittings, and reads the same, is known."""

    campaign: Campaign
    seen: frozenset[int]
    """Record numbers."""


class StatesRead(Struct, frozen=True):
    """What became of the messages of a run is known."""

    run: Run
    states: Mapping[int, State]
    """By record number."""


class Compared(Struct, frozen=True):
    """Who has the letters from earlier runs is known, or why it cannot be."""

    checked: Checked
    comparison: WrittenComparison | None
    """None where a run cannot be compared."""
    problem: RunsIncomparable | None = None
    unfinished: Sequence[tuple[Run, int]] = ()
    """Runs of the same campaign with messages left to send, and how many."""
    due: Due | None = None
    """When the first of them is to leave, or was to."""


class RemarksRead(Struct, frozen=True):
    """What a second person found wrong in the last run is not what the check repeated: it has to be made again."""

    checked: Checked


class RunRead(Struct, frozen=True):
    """An earlier run and its messages are read."""

    run: Run
    messages: Sequence[RunMessage]


SessionEvent: TypeAlias = (
    Opened
    | OpenFailed
    | CheckDone
    | CheckFailed
    | Ordered
    | Searched
    | Exported
    | Sealed
    | TestSealed
    | ViewedRecalled
    | StatesRead
    | Compared
    | RemarksRead
    | RunRead
    | FilesChanged
)
