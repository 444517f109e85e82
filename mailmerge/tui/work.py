"""What runs behind the screen, in threads and processes: it reports by message and touches no widget."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from textual.message import Message as Event
from textual.worker import get_current_worker

from mailmerge.campaign import Campaign, IfWritten, open_campaign, unfinished_runs
from mailmerge.campaign import Checked as CheckedCampaign
from mailmerge.environment import Environment
from mailmerge.errors import AccountError, MailmergeError, RenderFailed, RunsIncomparable, TableUnclear
from mailmerge.model import Recipient, State
from mailmerge.tui.processes import Processes
from mailmerge.tui.review import Review
from mailmerge.tui.unusual import Unusual, by_rarity
from mailmerge.tui.widgets import faces
from mailmerge.tui.widgets.faces import Face

if TYPE_CHECKING:
    from mailmerge.accounts import Account
    from mailmerge.lint import Report
    from mailmerge.outbox import Comparison, Manifest, Run, RunMessage

Post: TypeAlias = Callable[[Event], object]

_TICK = 0.1
"""Seconds between two reports of progress."""


@dataclass(frozen=True, slots=True)
class FaceRequest:
    """What the message pane wants to show."""

    campaign: Campaign
    recipient: Recipient
    previous: Recipient | None
    """The person above on screen."""
    face: str
    excerpt: str
    """What a finding is about, to be marked."""


@dataclass
class Opened(Event):
    """The files are read."""

    campaign: Campaign


@dataclass
class OpenFailed(Event):
    """The files cannot be used."""

    reason: str
    asks_for_column: bool = False
    """Whether all would be well if somebody said which column holds the addresses."""


@dataclass
class Faced(Event):
    """One face of one message is ready."""

    number: int
    name: str
    face: Face
    seconds: float
    """What making it took."""


@dataclass
class Progress(Event):
    """Work goes on; the latest report is enough."""

    what: str
    done: int
    total: int

    def can_replace(self, message: Event) -> bool:
        """A later report takes the place of an earlier one."""
        return isinstance(message, Progress) and message.what == self.what


@dataclass
class Checked(Event):
    """The linter is done."""

    campaign: Campaign
    checked: CheckedCampaign


@dataclass
class States(Event):
    """What became of the messages of a run is known."""

    run: Run
    states: dict[int, State]


@dataclass
class Compared(Event):
    """Who has the letters from earlier runs is known."""

    checked: CheckedCampaign
    comparison: Comparison | None
    """None where a run cannot be compared."""
    problem: RunsIncomparable | None = None
    unfinished: Sequence[tuple[Run, int]] = ()
    """Runs of the same campaign with messages left to send, and how many; where it was asked for."""


@dataclass
class RunRead(Event):
    """A run can be shown."""

    run: Run
    messages: Sequence[RunMessage]


@dataclass
class Searched(Event):
    """The people who match are known."""

    query: str
    shown: Sequence[int]


@dataclass
class Ordered(Event):
    """An order was found."""

    campaign: Campaign
    unusual: Unusual


@dataclass
class Exported(Event):
    """A dry run was written."""

    folder: Path
    manifest: Manifest


def open_files(post: Post, environment: Environment, sources: Sequence[Path], account: str = "") -> None:
    """Read a campaign; ``account`` is who sends it where its file does not say."""
    try:
        campaign = open_campaign(sources, environment=environment)
        if campaign.signer is None and account:
            with suppress(AccountError):  # it was removed meanwhile
                campaign = campaign.signed_by(environment.accounts.get(account))
        post(Opened(campaign))
    except MailmergeError as error:
        post(OpenFailed(str(error), isinstance(error, TableUnclear)))


def show_face(post: Post, request: FaceRequest) -> None:
    """Make one face of one message in a thread."""
    post(faced(request))


def faced(request: FaceRequest) -> Faced:
    """Compose one message and make one face of it."""
    began = time.perf_counter()
    face = face_of(request)
    return Faced(request.recipient.record.number, request.face, face, time.perf_counter() - began)


def face_of(request: FaceRequest) -> Face:
    """One face of one person's message, or why there is none."""
    campaign, recipient = request.campaign, request.recipient
    try:
        if request.face in ("headers", "source"):
            sealed = campaign.draft(recipient)
            return faces.headers_face(sealed, draft=True) if request.face == "headers" else faces.source_face(sealed)
        message = campaign.compose(recipient)
        match request.face:
            case "html":
                return faces.html_face(message, request.excerpt)
            case "attachments":
                return faces.attachments_face(message)
            case "changes":
                return faces.changes_face(message, campaign.compose(request.previous) if request.previous else None)
        return faces.letter_face(message, campaign.sender, request.excerpt)
    except RenderFailed as error:
        return faces.failed_face(str(error), error.line, error.expression)


def check(post: Post, processes: Processes, campaign: Campaign) -> None:
    """Render and lint everything."""
    report, words = processes.run(_checked, campaign, progress=ticking(post, "check"), stopped=_stopped())
    post(Checked(campaign, CheckedCampaign(campaign, report, words)))


def _checked(campaign: Campaign, progress: Callable[[int, int], None]) -> tuple[Report, Mapping[int, bytes]]:
    """What a check found; the campaign itself is not sent back from where it was made."""
    checked = campaign.check(progress)
    return checked.report, checked.words


def search(post: Post, review: Review, query: str) -> None:
    """Find the people who match."""
    post(Searched(query, review.matching(query)))


def order(post: Post, processes: Processes, campaign: Campaign, review: Review) -> None:
    """Find the most unusual messages."""
    progress = ticking(post, "order")
    unusual = processes.run(by_rarity, campaign, review.severities, progress=progress, stopped=_stopped())
    post(Ordered(campaign, unusual))


def compare(post: Post, checked: CheckedCampaign, *, unfinished: bool = False) -> None:
    """Compare with earlier runs; nothing is written."""
    outbox = checked.campaign.environment.outbox
    left = unfinished_runs(checked.campaign, outbox) if unfinished else ()
    try:
        post(Compared(checked, checked.compare(outbox), unfinished=left))
    except RunsIncomparable as problem:
        post(Compared(checked, None, problem, left))


def read_run(post: Post, environment: Environment, name: str) -> None:
    """Read a run and its messages."""
    run = environment.outbox.open(name)
    post(RunRead(run, list(run.messages())))


def export(post: Post, processes: Processes, checked: CheckedCampaign, folder: Path) -> None:
    """Write a dry run."""
    progress = ticking(post, "export")
    manifest = processes.run(checked.export, folder, progress=progress, stopped=_stopped())
    post(Exported(folder, manifest))


def seal(
    post: Post,
    processes: Processes,
    checked: CheckedCampaign,
    account: Account,
    written: IfWritten,
    agreed: frozenset[int],
) -> Run:
    """Freeze the messages, but of those who are ``agreed`` to have them; the run that they are."""
    job = partial(checked.seal, written=written, agreed=agreed)
    return processes.run(
        job, account, checked.campaign.environment.outbox, progress=ticking(post, "seal"), stopped=_stopped()
    )


def read_states(post: Post, run: Run) -> None:
    """Look up what became of each message of a run."""
    post(States(run, {message.record: message.state for message in run.messages()}))


def _stopped() -> Callable[[], bool]:
    """Whether nobody waits any more for what the thread that asks is doing."""
    worker = get_current_worker()
    return lambda: worker.is_cancelled


def ticking(post: Post, what: str) -> Callable[[int, int], None]:
    """A progress function that reports ten times a second at most."""
    last = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _TICK or done == total:
            last = now
            post(Progress(what, done, total))

    return progress
