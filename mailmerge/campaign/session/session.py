"""A sitting with a campaign: commands that may run on any thread, and the one place where its state changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from mailmerge.campaign.campaign import Campaign
from mailmerge.campaign.checked import Checked, IfWritten
from mailmerge.campaign.mailing import Progress
from mailmerge.campaign.opening import open_campaign, signer_of
from mailmerge.campaign.runs.due_runs import Due, due_at
from mailmerge.campaign.sealing.remarks import remarks_on
from mailmerge.campaign.sealing.retention import unfinished_runs
from mailmerge.campaign.session.decisions import Decision, UseAccount, carry_out
from mailmerge.campaign.session.events import (
    CheckDone,
    CheckFailed,
    Compared,
    Exported,
    Opened,
    OpenFailed,
    Ordered,
    RemarksRead,
    RunRead,
    Sealed,
    Searched,
    SessionEvent,
    StatesRead,
    TestSealed,
    ViewedRecalled,
)
from mailmerge.campaign.session.file_watcher import FilesChanged, Watcher, files_of
from mailmerge.campaign.session.job import HERE, Job
from mailmerge.campaign.session.outliers import by_rarity
from mailmerge.campaign.session.review import Review
from mailmerge.campaign.session.viewed import SeenMarks
from mailmerge.environment import Environment
from mailmerge.errors import AccountError, InputError, MailmergeError, RunsIncomparable, UsageError
from mailmerge.i18n import N_

if TYPE_CHECKING:
    from mailmerge.accounts import Account
    from mailmerge.lint import Remark, Report
    from mailmerge.model import Recipient
    from mailmerge.outbox import Run


class CampaignSession:
    """Holds a campaign, its review and the run that was sealed last.

    A command reads the frozen campaign and returns an event; it changes no state here and may run on any thread.
    :meth:`apply` alone changes the state, on the owner's thread, as do the methods below it.
    """

    def __init__(self, environment: Environment, sources: Sequence[Path]) -> None:
        self.sources = tuple(sources)
        self.campaign: Campaign | None = None
        self.checked: Checked | None = None
        """The campaign with its report: what can be exported and sealed."""
        self.review: Review | None = None
        self.run: Run | None = None
        """The run that was sealed last from here."""
        self.stale = False
        """Whether a file is not what was sealed any more."""
        self.outdated: MailmergeError | None = None
        """Why the campaign in hand is not what its files are now; None while it is."""
        self.unfinished: Sequence[tuple[Run, int]] = ()
        """Runs of this campaign with messages left to send, the newest first, and how many."""
        self.due: Due | None = None
        """When the first of them is to leave, or was to."""
        self.environment = environment
        self._seen_since: set[int] = set()
        """Record numbers, since the table and the letter were read."""
        self._marks: SeenMarks | None = None
        self._watcher: Watcher | None = None
        self._began: int | None = None
        """When the files began to be read for the first time, until they are watched."""

    @property
    def account_name(self) -> str:
        """The account that sends, as it was chosen or found; ``""`` while that is not decided."""
        return self.campaign.signer.name if self.campaign and self.campaign.signer else ""

    # --- commands, on any thread ---------------------------------------------------------------------------------

    def open(self) -> Opened | OpenFailed:
        """Read the table and the letters."""
        before = self.campaign
        if before is None:
            self._began = time.time_ns()
        try:
            return Opened(before, self._signed(open_campaign(self.sources, environment=self.environment)))
        except MailmergeError as error:
            return OpenFailed(before, error)

    def check(self, job: Job = HERE) -> CheckDone:
        """Render and lint everything."""
        campaign = self._in_hand()
        report, words, remarks = job.run(_check, campaign)
        return CheckDone(campaign, Checked(campaign, report, words, remarks=remarks))

    def order(self, job: Job = HERE) -> Ordered:
        """Find the most unusual messages."""
        campaign = self._in_hand()
        severities = self.review.severities if self.review else {}
        return Ordered(campaign, job.run(by_rarity, campaign, severities))

    def search(self, query: str) -> Searched:
        """Find the people who match."""
        review = self.review
        assert review is not None, "open first"  # noqa: S101
        return Searched(review, query, review.matching(query))

    def decide(self, decision: Decision) -> Opened:
        """Write a decision into ``campaign.toml``, one at a time; the table is read again only where it has to be.

        Raises:
            MailmergeError: it cannot be carried out, or not be written; an account is used all the same.
        """
        before = self._in_hand()
        account = decision.account if isinstance(decision, UseAccount) else None
        written: list[Path] = []

        def wrote(path: Path) -> None:
            self._accept_current(path)
            written.append(path)

        try:
            changed = carry_out(before, decision, wrote)
        except MailmergeError as error:
            if account is None:
                raise
            return Opened(before, before.signed_by(account), decision, tuple(written), unsaved=error)
        changed = changed.signed_by(account) if account else self._signed(changed)
        return Opened(before, changed, decision, tuple(written))

    def sign_again(self) -> Opened:
        """The campaign from whom it is sent now, where the accounts are others; the same where they are not."""
        campaign = self._in_hand()
        signer = signer_of(campaign.file, self.environment, otherwise=self.account_name)
        return Opened(campaign, campaign.signed_by(signer))

    def export(self, folder: Path, job: Job = HERE) -> Exported:
        """Write a dry run: one .eml file per person."""
        checked = self._required()
        return Exported(checked.campaign, folder, job.run(checked.export, folder))

    def compare(self, checked: Checked | None = None, *, unfinished: bool = True) -> Compared:
        """Who has the letters from earlier runs, and which of these have something left; nothing is written.

        ``checked`` is what is about to be sealed; everybody of the campaign otherwise.
        """
        checked = checked or self._required()
        outbox = self.environment.outbox
        left = unfinished_runs(checked.campaign, outbox) if unfinished else ()
        at = _time_of(left[0][0]) if left else None
        due = due_at(at, self.environment.clock()) if at else None
        try:
            return Compared(checked, checked.compare(outbox), None, left, due)
        except RunsIncomparable as problem:
            return Compared(checked, None, problem, left, due)

    def seal(
        self,
        account: Account,
        written: IfWritten = IfWritten.REFUSE,
        job: Job = HERE,
        *,
        checked: Checked | None = None,
        agreed: frozenset[int] | None = None,
    ) -> Sealed:
        """Freeze the messages; ``checked`` is one person of the campaign, where only that person is written to.

        Raises:
            MailmergeError: as :meth:`Checked.seal` says; nothing was sealed then.
        """
        checked = checked or self._required()
        sealing = partial(checked.seal, written=written, agreed=agreed)
        run = job.run(sealing, account, self.environment.outbox)
        return Sealed(checked.whole or checked.campaign, run, list(run.messages()))

    def seal_test(self, number: int, account: Account) -> TestSealed:
        """Freeze the message of one person, addressed to the account itself."""
        campaign = self._in_hand()
        return TestSealed(campaign, campaign.seal_test(campaign.recipient(number), account, self.environment.outbox))

    def recall_viewed(self) -> ViewedRecalled:
        """Look up which messages were seen before and still read the same."""
        campaign = self._in_hand()
        return ViewedRecalled(campaign, frozenset(self._marks_of(campaign).among(campaign)))

    def keep_viewed(self, campaign: Campaign, person: Recipient) -> None:
        """Note, for the next sitting, that a message was seen as it is now."""
        self._marks_of(campaign).add(campaign, person)

    def save_viewed(self) -> None:
        """Write down what was noted."""
        if self._marks is not None:
            self._marks.save()

    def read_states(self) -> StatesRead:
        """Find out what became of each message of the run that was sealed last."""
        run = self.run
        assert run is not None, "seal first"  # noqa: S101
        return StatesRead(run, {message.record: message.state for message in run.messages()})

    def read_remarks(self) -> RemarksRead | None:
        """Find out whether a second person said something since the check; None where they did not."""
        checked = self.checked
        if checked is None or list(remarks_on(checked.campaign)) == list(checked.remarks):
            return None
        return RemarksRead(checked)

    def read_run(self, name: str) -> RunRead:
        """Read an earlier run and its messages."""
        run = self.environment.outbox.open(name)
        run.recover_abandoned()
        return RunRead(run, list(run.messages()))

    # --- on the owner's thread -----------------------------------------------------------------------------------

    def apply(self, event: SessionEvent) -> bool:
        """Take in what a command gave; False where it is about an older campaign, and nothing changed."""
        match event:
            case Opened():
                return self._opened(event)
            case OpenFailed(before, error):
                if before is not self.campaign:
                    return False
                self.outdated = error
            case CheckDone(campaign, checked):
                if campaign is not self.campaign or self.review is None:
                    return False
                self.checked = checked
                self.review.set_report(checked.report)
                self.look_again()
            case CheckFailed(campaign):
                if campaign is not self.campaign or self.review is None:
                    return False
                self.review.check_failed = True
            case Ordered(campaign, outliers):
                if campaign is not self.campaign or self.review is None:
                    return False
                self.review.set_order(outliers.order, outliers.notes)
            case Searched(review, query, shown):
                if review is not self.review:
                    return False
                review.shown, review.query, review.alone = shown, query, 0
            case Sealed(campaign, run):
                self.run, self.stale = run, campaign is not self.campaign
            case ViewedRecalled(campaign, seen):
                if campaign is not self.campaign or self.review is None:
                    return False
                self.review.seen = {*seen, *self._seen_since}
            case StatesRead(run, states):
                if run is not self.run or self.review is None:
                    return False
                self.review.states = dict(states)
            case Compared(checked, comparison):
                if checked is not self.checked or self.review is None:
                    return False
                self.review.comparison, self.unfinished, self.due = comparison, event.unfinished, event.due
            case RemarksRead(checked):
                return checked is self.checked
            case FilesChanged(missing=missing):
                self.stale |= self.run is not None and not missing
                if missing:
                    names = ", ".join(path.name for path in missing)
                    self.outdated = InputError(N_("{names}: deleted"), names=names)
            case Exported() | TestSealed() | RunRead():
                pass
            case _:
                assert_never(event)
        return True

    def view(self, number: int) -> bool:
        """Count the message of a record as seen; False where it is counted already."""
        if self.review is None or number in self._seen_since:
            return False
        self.review.seen.add(number)
        self._seen_since.add(number)
        return True

    def saved_here(self, path: Path) -> None:
        """A file was written from here: nobody is told that it changed, and what was sealed is marked as older."""
        self._accept_current(path)
        self.stale = self.run is not None

    def watch(self, changed: Callable[[FilesChanged], object]) -> None:
        """Look at the campaign's files from a thread, and tell there when one of them changed."""
        self._watcher = Watcher(changed)
        self.look_again()

    def look_away(self) -> None:
        """What changes until :meth:`look_again` is no news."""
        if self._watcher is not None:
            self._watcher.watch(())

    def look_again(self) -> None:
        """Watch the files of the campaign as they are now."""
        if self.campaign is not None and self._watcher is not None:
            began, self._began = self._began, None
            self._watcher.watch(files_of(self.campaign, self.checked.report.files if self.checked else ()), began)

    def close(self) -> None:
        """Watch nothing any more, and write down what was seen last."""
        if self._watcher is not None:
            self._watcher.stop()
        self.save_viewed()

    # --- within --------------------------------------------------------------------------------------------------

    def _opened(self, event: Opened) -> bool:
        if event.campaign.path is not None:
            self.sources = (event.campaign.path,)  # a campaign that got a file is opened by it from now on
        if event.written:
            self.stale = self.run is not None
        before = self.campaign
        if event.before is not before:
            return False
        if event.campaign is before:
            return True
        if before is None or before.table is not event.campaign.table:
            self.outdated = None
        review = Review(event.campaign.recipients)
        if self.review is not None and before is not None and before.table is event.campaign.table:
            review.take_over(self.review)
        else:
            self._seen_since = set()
            if self.review is not None:
                review.seen = self.review.seen
                if self.review.alone:
                    review.show_alone(self.review.alone)
        self.campaign, self.review, self.checked = event.campaign, review, None
        self.look_again()
        return True

    def _in_hand(self) -> Campaign:
        if self.campaign is None:
            raise UsageError(N_("no campaign is open"))
        return self.campaign

    def _required(self) -> Checked:
        if self.checked is None:
            raise UsageError(N_("the campaign is not checked: nothing leaves without it"))
        return self.checked

    def _signed(self, campaign: Campaign) -> Campaign:
        """From the account that sent it so far, where the campaign does not say who sends it."""
        name = self.account_name
        if campaign.signer is None and name:
            with suppress(AccountError):  # it was removed meanwhile
                return campaign.signed_by(self.environment.accounts.get(name))
        return campaign

    def _marks_of(self, campaign: Campaign) -> SeenMarks:
        marks = self._marks
        if marks is None or not marks.is_of(campaign):
            self._marks = marks = SeenMarks(self.environment.home.state / "seen", campaign)
        return marks

    def _accept_current(self, path: Path) -> None:
        if self._watcher is not None:
            self._watcher.accept_current(path)


def _time_of(run: Run) -> datetime | None:
    from mailmerge.outbox import scheduled

    return scheduled(run)


def _check(campaign: Campaign, progress: Progress) -> tuple[Report, Mapping[int, bytes], Sequence[Remark]]:
    """What a check found; the campaign itself is not sent back from where it was made."""
    checked = campaign.check(progress)
    return checked.report, checked.words, checked.remarks
