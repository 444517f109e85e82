"""Before anything leaves: what will happen, in one sentence and a few facts, and the number to be typed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from mailmerge.accounts import Account, Accounts, Secret
from mailmerge.campaign import Campaign, signer_of
from mailmerge.delivery import estimate
from mailmerge.errors import AccountError
from mailmerge.model import Severity
from mailmerge.outbox import Run, RunMessage
from mailmerge.text import plural
from mailmerge.tui import work as behind
from mailmerge.tui.review import Review
from mailmerge.tui.screens.credentials import NotGiven, nothing, secret_for
from mailmerge.tui.screens.page import Page
from mailmerge.tui.show import line
from mailmerge.tui.tally import duration_text, end_text
from mailmerge.tui.theme import CARE, GOOD, KEY, QUIET, STRONG

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens


@dataclass
class Sealed(Message):
    """The messages are frozen."""

    run: Run
    messages: Sequence[RunMessage]
    account: Account
    secret: Secret | Tokens | None
    send: bool


@dataclass(frozen=True)
class CheckAgain:
    """The accounts are others now, and with them who sends, though nobody chose one."""


class CountInput(Input):
    """Takes digits; every other key stays a key."""

    def on_key(self, event: events.Key) -> None:
        """Let a key that is no digit go on to the screen, and keep it out of the number."""
        if event.is_printable and not (event.character or "").isdigit():
            event.prevent_default()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Only digits are typed here."""
        return character is not None and character.isdigit()


class SealScreen(Page):
    """Says what will happen; nothing happens before the number is typed."""

    HELP = """\
Seal and send

Sealing freezes every message as exact bytes with a digest over all of them. From then on nothing reads the table or
the letter again: what was reviewed is what is sent, once, one message a person.

Sealing alone sends nothing; a sealed run can be sent later from "Earlier runs"."""
    KEYS = (
        ("seal.account", "account"),
        ("seal.only", "seal only"),
        ("seal.back", "back"),
        ("page.help", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accounts", "Choose the account", id="seal.account", tooltip="Send from another mailbox"),
        Binding("f", "seal_only", "Seal and send nothing", id="seal.only", tooltip="Freeze the messages for later"),
        Binding("escape,q", "leave", "Back", id="seal.back", tooltip="Back to the review; nothing is sealed"),
    ]

    def __init__(self, campaign: Campaign, review: Review) -> None:
        super().__init__()
        self.campaign = campaign
        self.review = review
        self.account: Account | None = None

    def body(self) -> ComposeResult:
        """A sheet with the facts, and the number."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static(id="sentence")
            yield Static(id="facts")
            yield Static(id="question")
            yield CountInput(id="count", compact=True, max_length=9)
            yield Static(id="answer")

    def on_mount(self) -> None:
        """Find the account."""
        self.head(self.campaign.name, "seal and send")
        self.query_one("#count").focus()
        self.account = self.campaign.signer
        self.show_facts()

    def show_facts(self) -> None:
        """Say what will happen."""
        people, account = self.campaign.recipients, self.account
        count = len(people)
        first, last = people[0], people[-1]
        sentence = self.query_one("#sentence", Static)
        question = self.query_one("#question", Static)
        if account is None:
            several = self._accounts_known()
            there = plural(several, "{count} account is set up", "{count} accounts are set up")
            said = (
                f"{there}, and none is chosen for this campaign."
                if several
                else "No account to send from is set up yet."
            )
            sentence.update(line((said, STRONG)))
            question.update(line(("a", KEY), " chooses one." if several else " adds the mailbox to send from."))
        else:
            messages = plural(count, "{count} message", "{count} messages")
            sentence.update(line((f"{messages} will leave from {account.address}, one to each person.", STRONG)))
            question.update(line(f"Type {count} and press Enter to seal the messages and send them."))
        rows = [
            self._fact("First", f"{first.name} <{first.address}>"),
            self._fact("Last", f"{last.name} <{last.address}>"),
        ]
        if account:
            rows.insert(0, self._fact("Account", f"{account.name}, {account.host}:{account.port}"))
            rows.append(self._fact("Pace", self._pace(account, count)))
        rows.append(self._seen())
        warnings = self.review.report.count(Severity.WARN) if self.review.report else 0
        if warnings:
            rows.append(
                self._fact(
                    "Warnings", plural(warnings, "{count} finding to look at", "{count} findings to look at"), CARE
                )
            )
        left_out = len(self.campaign.excluded)
        if left_out:
            rows.append(
                self._fact("Left out", plural(left_out, "{count} person, on purpose", "{count} people, on purpose"))
            )
        self.query_one("#facts", Static).update(Content("\n").join(rows))

    def _accounts_known(self) -> int:
        with suppress(AccountError):
            return len(Accounts(self.program.home.config).all())
        return 0

    @staticmethod
    def _fact(label: str, text: str, style: str = "") -> Content:
        return line((f"{label:<10}", QUIET), (text, style))

    @staticmethod
    def _pace(account: Account, count: int) -> str:
        seconds = estimate(count, account).total_seconds()
        limit = f"{account.per_minute:g} a minute" if account.per_minute else "no limit known"
        daily = f", {account.per_day} a day" if account.per_day else ""
        return f"{limit}{daily}; {duration_text(seconds)}, until {end_text(seconds)}"

    def _seen(self) -> Content:
        seen, total = len(self.review.seen), self.review.total
        if seen >= total:
            return self._fact("Seen", "every message", GOOD)
        return self._fact("Seen", f"{seen} of {total} messages; the others were checked by the linter only", CARE)

    # --- what can be done ----------------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Back to the review."""
        self.dismiss(None)

    def action_accounts(self) -> None:
        """Choose another account."""
        from mailmerge.tui.screens.accounts import AccountsScreen

        chosen = self.account.name if self.account else ""
        self.app.push_screen(AccountsScreen(choosing=True, chosen=chosen), self._chosen)

    def _chosen(self, account: Account | None) -> None:
        """With another account the messages are checked again first: its signature and its domain are others."""
        before = self.campaign.signer
        if account is None:
            if signer_of(self.campaign.file, otherwise=before.name if before else "") != before:
                self.dismiss(CheckAgain())
        elif account != before or account.name != self.campaign.account:
            self.dismiss(account)

    def action_seal_only(self) -> None:
        """Freeze the messages for another time."""
        if self.account is not None:
            self.seal(self.account, send=False)

    @on(Input.Submitted, "#count")
    def typed(self, event: Input.Submitted) -> None:
        """Seal and send where the number is right."""
        count = len(self.campaign.recipients)
        if self.account is None:
            self.action_accounts()
        elif event.value != str(count):
            said = f"That is not {count}. Nothing was sealed, nothing was sent." if event.value else f"Type {count}."
            self.query_one("#answer", Static).update(line(("! ", CARE), said))
        else:
            self.seal(self.account, send=True)

    @work(group="seal", exclusive=True, exit_on_error=False)
    async def seal(self, account: Account, *, send: bool) -> None:
        """Find the password first, then freeze the messages in a thread."""
        try:
            secret = await secret_for(self, account) if send else None
        except NotGiven:
            self.query_one("#answer", Static).update(line(f"{nothing(account)}: nothing was sealed, nothing was sent."))
            return
        self.query_one("#count").disabled = True
        self.run_worker(
            partial(self._seal, account, secret, send),
            group="sealing",
            thread=True,
            exclusive=True,
            exit_on_error=False,
        )

    def _seal(self, account: Account, secret: Secret | Tokens | None, send: bool) -> None:
        checked = self.review.checked
        assert checked is not None  # noqa: S101
        run = behind.seal(self.post_message, self.program.processes, checked, account)
        self.post_message(Sealed(run, list(run.messages()), account, secret, send))

    @on(behind.Progress)
    def sealing(self, event: behind.Progress) -> None:
        """Say how far it is."""
        self.query_one("#answer", Static).update(line((f"Sealing {event.done} of {event.total} …", QUIET)))

    @on(Sealed)
    def sealed(self, event: Sealed) -> None:
        """Hand the run back."""
        self.dismiss(event)

    def failed(self, group: str, error: BaseException | None) -> None:
        """Say why nothing was sealed."""
        super().failed(group, error)
        self.query_one("#count").disabled = False
        self.query_one("#answer", Static).update(line("Nothing was sealed, nothing was sent."))
