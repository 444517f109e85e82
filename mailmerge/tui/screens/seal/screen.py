"""Before anything leaves: what will happen, in one sentence and a few facts, and the number to be typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from mailmerge.accounts import Account
from mailmerge.campaign import Checked, signer_of
from mailmerge.campaign.session import CampaignSession, Compared, Ordered, Sealed
from mailmerge.errors import AccountError, AlreadyWritten, MailmergeError, Reason, RunsIncomparable
from mailmerge.i18n import _, plural
from mailmerge.model import Recipient
from mailmerge.tui.content.facts import Facts
from mailmerge.tui.content.safe_content import Piece, line, lines, styled
from mailmerge.tui.content.seal_details import letter_of
from mailmerge.tui.content.seal_facts import facts
from mailmerge.tui.content.sealing import Plan
from mailmerge.tui.content.theme import KEY, MUTED, STRONG, WARNING
from mailmerge.tui.dialogs.passwords import NotGiven, not_sealed, secret_for
from mailmerge.tui.dialogs.set_aside import ask_to_set_aside
from mailmerge.tui.jobs.jobs import JobDone, JobProgress
from mailmerge.tui.page import Page
from mailmerge.tui.program import SealAnswer
from mailmerge.tui.screens.seal import keys
from mailmerge.tui.screens.seal.count_input import CountInput
from mailmerge.tui.screens.seal.departure import Departure

_QUICK = 5000
"""People among whom the most unusual message is looked for in passing."""


class SealScreen(Page):
    """Says what will happen; nothing happens before the number is typed."""

    HELP = keys.HELP
    KEYS = keys.KEYS
    BINDINGS: ClassVar[list[BindingType]] = keys.BINDINGS

    def __init__(self, session: CampaignSession, checked: Checked) -> None:
        """``checked`` is the session's, or one person of it."""
        super().__init__()
        self.session = session
        self.checked = checked
        self.campaign = checked.campaign
        self.account: Account | None = None
        self.plan = Plan(self.campaign, alone=checked.whole is not None)
        self.freezing = False
        """Whether messages are being frozen, or a password for them asked."""
        self.departure = Departure(self)
        self._compared: Checked | None = None
        self._changed = False
        self._order: Sequence[int] = ()
        self._notes: Mapping[int, str] = {}
        """Positions, the most unusual message first, and why it is, by record; once they are known."""
        self._answer = SealAnswer()
        """What is answered once the messages are frozen."""

    def body(self) -> ComposeResult:
        """A sheet with the facts, and the number."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static(id="sentence")
            yield Static(id="ways")
            yield Static(id="facts")
            yield Static(id="question")
            yield CountInput(id="count", compact=True, max_length=9)
            yield Static(id="answer")
            with Container(id="two-letters"):
                yield Static(id="first-letter")
                yield Static(id="unusual-letter")

    def on_mount(self) -> None:
        """Find the account, and who has the letter already."""
        self.account = self.campaign.signer
        self.head(self.campaign.name, _("seal and send"))
        self.query_one("#count").focus()
        self.compare()
        self.find_unusual()

    def fill(self) -> None:
        """Everything that is known."""
        self.head(self.campaign.name, _("seal and send"))
        self.query_one("#count").disabled = self.freezing
        self.show_facts()

    # --- who has it already --------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Look up, in a thread, who has this letter from an earlier run."""
        self.plan = replace(self.plan, comparison=None, problem=None)
        self._compared = self.checked.signed_by(self.account) if self.account else self.checked
        self.jobs.start("compare", partial(self.session.compare, self._compared, unfinished=False))
        self.show_facts()

    def compared(self, event: Compared) -> None:
        """Show it; those who have the letter are left out, unless it was chosen otherwise."""
        if event.checked is not self._compared:
            return
        again = self.plan.again and (event.problem is not None or bool(event.comparison and event.comparison.written))
        self.plan = replace(self.plan, comparison=event.comparison, problem=event.problem, again=again)
        self.show_facts()
        self.call_after_refresh(self.query_one("#count").scroll_visible, animate=False)  # more is above it now

    # --- the most unusual message --------------------------------------------------------------------------------

    def find_unusual(self) -> None:
        """Find the most unusual message, where that is not known yet and does not take long."""
        review = self.session.review
        if self.plan.alone or review is None or self.plan.total < 2:
            return
        if review.notes:
            self._order, self._notes = review.order, review.notes
        elif self.plan.total <= _QUICK:
            self.jobs.start_long("order", self.session.order)

    def _unusual(self) -> tuple[Recipient, str] | None:
        """The most unusual message of those that would leave, and why."""
        records, skipped = self.campaign.recipients.records, self.plan.skipped
        for position in self._order:
            number = records[position].number
            if number in self._notes and number not in skipped:
                return self.campaign.recipients[position], self._notes[number]
        return None

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_facts(self) -> None:
        """Say what will happen."""
        self.plan = replace(self.plan, unusual=self._unusual())
        plan, account = self.plan, self.account
        sentence, question = self.query_one("#sentence", Static), self.query_one("#question", Static)
        if account is None:
            several = self._accounts_known()
            there = plural(
                several,
                "{count} account is set up, but none is chosen for this campaign.",
                "{count} accounts are set up, but none is chosen for this campaign.",
            )
            sentence.update(line((there if several else _("No account to send from is set up yet."), STRONG)))
            what = _("{key} chooses one.") if several else _("{key} adds the mailbox to send from.")
            question.update(line(*styled(what, key=("a", KEY))))
        else:
            sentence.update(line((plan.sentence(account), STRONG)))
            question.update(lines(self.departure.question(plan, account)))
        ways = list(plan.ways())
        self.query_one("#ways", Static).update(Content("\n").join(ways))
        self.query_one("#ways").display = bool(ways)
        self.query_one("#count").display = plan.ready or plan.waiting
        said = facts(plan, account, self.checked.report, self._seen(), self.departure.first_at, self.session.outdated)
        self.query_one("#facts", Static).update(Facts(list(said)))
        self._show_letters()
        self.refresh_bindings()

    def _show_letters(self) -> None:
        """The first letter, and the most unusual one beside it where that is another."""
        first, unusual = self.plan.ends[0], self.plan.unusual
        self.query_one("#first-letter", Static).update(letter_of(self.campaign, first, _("The first letter")))
        other = unusual[0] if unusual and unusual[0].record.number != first.record.number else None
        beside = self.query_one("#unusual-letter", Static)
        beside.display = other is not None
        if other is not None:
            beside.update(letter_of(self.campaign, other, _("The most unusual letter")))

    def _seen(self) -> Set[int]:
        """The records whose messages were looked at."""
        return self.session.review.seen if self.session.review else frozenset()

    def _accounts_known(self) -> int:
        with suppress(AccountError):
            return len(self.program.environment.accounts.all())
        return 0

    # --- what can be done ----------------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Back to the review."""
        self.dismiss(None)

    def leave_as_changed(self) -> None:
        """Go back: the campaign changed on disk, and what this page says is no longer so."""
        self._changed = not self.freezing
        if self._changed and self.is_current:
            self.dismiss(None)

    def on_screen_resume(self) -> None:
        """Go back late, where something was open above."""
        if self._changed:
            self.dismiss(None)

    def action_accounts(self) -> None:
        """Choose another account."""
        self.program.go.accounts(self._chosen, chosen=self.account.name if self.account else "")

    def _chosen(self, account: Account | None) -> None:
        """With another account the messages are checked again first: its signature and its domain are others."""
        before = self.campaign.signer
        if account is None:
            account_name = before.name if before else ""
            if signer_of(self.campaign.file, self.campaign.environment, otherwise=account_name) != before:
                self.dismiss(SealAnswer())
        elif account != before or account.name != self.campaign.account:
            self.dismiss(SealAnswer(account=account))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to do now are not shown."""
        plan, free = self.plan, not self.freezing
        if action == "once_more":
            return free and plan.can_change
        if action == "go_on":
            return free and plan.comparison is not None and bool(plan.comparison.unfinished)
        if action == "set_aside":
            return free and plan.problem is not None and bool(plan.problem.runs)
        if action in ("later", "seal_only"):
            ready = free and self.account is not None and plan.ready
            return ready and not (action == "later" and plan.waits_for_approval)
        if action == "accounts":
            return free
        return super().check_action(action, parameters)

    def action_once_more(self) -> None:
        """Write to everybody, whoever has the letter already; or only to the others again."""
        self.plan = replace(self.plan, again=not self.plan.again)
        self.query_one("#count", CountInput).value = ""
        self.answer()
        self.show_facts()
        self.query_one("#count").focus()

    def action_go_on(self) -> None:
        """Send the rest of an earlier run instead."""
        if self.plan.comparison is not None:
            self.dismiss(SealAnswer(go_on=self.plan.comparison.unfinished[0].run))

    def action_set_aside(self) -> None:
        """Move the run that cannot be compared out of the way, and compare again."""
        if self.plan.problem is not None:
            ask_to_set_aside(self, self.plan.problem, self.compare)

    def action_later(self) -> None:
        """Choose the time at which the messages leave."""
        if self.account is not None:
            self.departure.ask(self.account, self.show_facts)

    def action_seal_only(self) -> None:
        """Freeze the messages for another time."""
        if self.account is not None and self.plan.ready:
            self.seal(self.account, self.plan, send=False)

    def answer(self, *pieces: Piece) -> None:
        """Say something below the number that is typed."""
        self.query_one("#answer", Static).update(line(*pieces))

    @on(Input.Submitted, "#count")
    def typed(self, event: Input.Submitted) -> None:
        """Seal and send where the number is right."""
        plan = self.plan
        if self.account is None:
            self.action_accounts()
        elif plan.waiting:
            self.answer((_("Still comparing with earlier runs …"), MUTED))
        elif event.value != str(plan.count):
            self.answer(("! ", WARNING), plan.refusal(event.value))
            event.input.select_all()
        elif plan.ready and not self.freezing:
            self.seal(self.account, plan, send=True)

    @work(group="seal", exclusive=True, exit_on_error=False)
    async def seal(self, account: Account, plan: Plan, *, send: bool) -> None:
        """Find the password first, then freeze the messages in a thread: as many as the plan says, or none."""
        send = send and not plan.waits_for_approval  # nothing leaves before it: no password is asked for either
        at = self.departure.moment(plan, account) if send else None
        self.freezing = True
        self.refresh_bindings()
        try:
            secret = await secret_for(self, account) if send else None
            await self.made()
        except NotGiven:
            self.freezing = False
            self.refresh_bindings()
            self.call_later(self.answer, not_sealed(account))
            return
        self.query_one("#count").disabled = True
        self._answer = SealAnswer(account=account, secret=secret, send=send, at=at)
        sealing = partial(self.session.seal, account, plan.written, checked=self.checked, agreed=plan.skipped)
        self.jobs.start_long("sealing", lambda job: sealing(job=job))

    @on(JobDone)
    def job_done(self, message: JobDone) -> None:
        """Show the comparison, or hand the run back."""
        match message.event:
            case Compared() as event:
                self.compared(event)
            case Ordered(campaign, outliers):
                if campaign is self.campaign:
                    self._order, self._notes = outliers.order, outliers.notes
                    self.show_facts()
            case Sealed() as event:
                self.session.apply(event)
                self.dismiss(replace(self._answer, sealed=event))

    @on(JobProgress)
    def sealing(self, event: JobProgress) -> None:
        """Say how far it is."""
        if event.group == "sealing":
            self.answer((_("Sealing {done} of {total} …").format(done=event.done, total=event.total), MUTED))

    def failed(self, group: str, error: BaseException | None) -> None:
        """Say why nothing was sealed; where other people have the letter by now, how many are left."""
        super().failed(group, error)
        if group == "compare":
            reason = str(error) if isinstance(error, MailmergeError) else _("the comparison with earlier runs failed")
            self.plan = replace(
                self.plan, comparison=None, problem=RunsIncomparable(Reason("not-compared", "{said}", said=reason))
            )
            self.show_facts()
        if group not in ("seal", "sealing"):
            return
        self.freezing = False
        count = self.query_one("#count", CountInput)
        count.disabled = False
        self.answer(_("Nothing was sealed, nothing was sent."))
        if isinstance(error, AlreadyWritten | RunsIncomparable):
            count.value = ""
            self.compare()
        count.focus()
