"""The steps of a campaign: the strip that shows them, and what leads from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import on
from textual.binding import Binding, BindingType

from mailmerge.accounts import Account
from mailmerge.addresses import same_mailbox_key
from mailmerge.campaign import Campaign, decided, signer_of
from mailmerge.errors import AccountError, MailmergeError, UsageError
from mailmerge.text import fold, plural
from mailmerge.tui import work
from mailmerge.tui.screens.campaign_files import CampaignFiles
from mailmerge.tui.stages import stages
from mailmerge.tui.theme import KEY, QUIET
from mailmerge.tui.widgets.bars import StageStrip

if TYPE_CHECKING:
    from mailmerge.lint import Finding
    from mailmerge.model import Recipient
    from mailmerge.outbox import Run, RunMessage
    from mailmerge.tui.screens.seal import CheckAgain, GoOn, Sealed


class CampaignSteps(CampaignFiles):
    """What a campaign screen knows and can do beside showing one message."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "export", "Export a dry run", id="campaign.export", tooltip="An .eml file a person, sent nowhere"),
        Binding("s", "send", "Seal and send", id="campaign.send", tooltip="Freeze the messages, then send them"),
        Binding(
            "S", "send_one", "Seal and send to this person", id="campaign.send_one", tooltip="Nobody else is written to"
        ),
        Binding(
            "c", "go_on_with_run", "Go on with a run", id="campaign.go_on", tooltip="Send the rest of an earlier run"
        ),
        Binding("r", "rules", "Rules", id="campaign.rules", tooltip="What the linter looks for, and why"),
        Binding(
            "a", "accounts", "Accounts", id="campaign.accounts", tooltip="Choose or change the mailbox to send from"
        ),
        Binding("v", "runs", "Earlier runs", id="campaign.runs", tooltip="What was sealed and sent before"),
        Binding("ctrl+o", "start", "Open another", id="campaign.start", tooltip="Go to the start screen"),
        Binding("q", "app.quit", "Quit", id="campaign.quit", tooltip="Leave mailmerge"),
    ]

    def __init__(self, sources: Sequence[Path]) -> None:
        super().__init__(sources)
        self.seal_when_checked = False
        self.send_to_one = 0
        """The record of the one person who is written to; 0 for everybody."""
        self.unfinished: Sequence[tuple[Run, int]] = ()
        """Runs of this campaign with messages left to send, the newest first, and how many."""
        self._pointed_to: set[str] = set()

    # --- head and strip ------------------------------------------------------------------------------------------

    def show_head(self) -> None:
        """Say what is open, and who the messages come from as far as it is known."""
        campaign = self.campaign
        if campaign is None:
            return
        self.head(
            campaign.name,
            campaign.table.path.name,
            ", ".join(letter.name for letter in campaign.letters),
            campaign.sender.address if campaign.sender else self._nobody_sends(),
        )

    def _nobody_sends(self) -> str:
        with suppress(AccountError):
            if self.program.environment.accounts.all():
                return "no account chosen"
        return "no account yet"

    def show_stages(self) -> None:
        """Draw the strip anew."""
        way = stages(self.campaign, self.review, self.sealed_run, changed=self.changed_since_seal)
        self.query_one(StageStrip).show_stages(way)

    # --- steps ---------------------------------------------------------------------------------------------------

    def action_export(self) -> None:
        """Write a dry run beside the letter."""
        from mailmerge.tui.screens.ask import Ask

        if self.campaign is None or self.review is None:
            return
        if self.review.report is None:
            self._wait_for_check()
            return
        explanation = "One .eml file a person goes into this folder, with a manifest. Nothing is sent."
        question = Ask("Export a dry run", explanation, value=str(self.campaign.folder / "dry-run"), label="Folder")
        self.app.push_screen(question, self._export_to)

    def _wait_for_check(self) -> None:
        """Say why this cannot be done yet."""
        if self.review is not None:
            self.tell((f"{self.review.unchecked} Nothing leaves without it.", QUIET))

    def _export_to(self, answer: str | None) -> None:
        if answer and self.review and self.review.checked:
            folder = Path(answer).expanduser()
            self.tell((f"Writing to {folder} …", QUIET))
            job = partial(work.export, self.post_message, self.program.processes, self.review.checked, folder)
            self.behind(job, "export")

    @on(work.Exported)
    def exported(self, event: work.Exported) -> None:
        """Say where the dry run is."""
        written, blocked = event.manifest.count, len(event.manifest.blocked)
        said = plural(written, "{count} message was written to", "{count} messages were written to")
        stopped = plural(blocked, ", {count} more to blocked/", ", {count} more to blocked/") if blocked else ""
        self.tell(f"{said} {event.folder}{stopped}. ", ("Nothing was sent.", QUIET))

    def action_send(self) -> None:
        """Go to the seal screen, which says what would happen."""
        self.send_to_one = 0
        self.open_seal_page()

    def action_send_one(self) -> None:
        """The same for the person on screen alone."""
        if self.person is not None:
            self.send_to_one = self.person.record.number
            self.open_seal_page()

    def open_seal_page(self) -> None:
        """Go to the seal screen, for everybody or for one person, unless there is no check or it found too much."""
        from mailmerge.tui.screens.seal import SealScreen

        if self.campaign is None or self.review is None:
            return
        checked = self.review.checked
        if checked is None:
            self._wait_for_check()
            return
        if self.send_to_one:
            try:
                checked = checked.only(self.send_to_one)
            except MailmergeError as error:
                self.complain(str(error))
                return
        blocks = len(checked.report.blocks)
        if blocks:
            said = plural(blocks, "{count} finding blocks the send.", "{count} findings block the send.")
            self.tell(
                ("X ", "bold $error"), f"{said} Nothing can leave before that is repaired. ", ("f", KEY), " shows it."
            )
        elif not len(checked.campaign.recipients):
            self.tell("There are no recipients left: nothing can be sent.")
        else:
            self.app.push_screen(SealScreen(checked, self.review), self._sealed)

    def go_on_sealing(self) -> None:
        """Back to sealing, once the messages are checked as another account sends them."""
        if self.seal_when_checked and self.is_current:
            self.seal_when_checked = False
            self.open_seal_page()

    def _sealed(self, sealed: Sealed | GoOn | CheckAgain | Account | None) -> None:
        """Go on to the run that was sealed, or to one that was left; or check the messages as another account's."""
        from mailmerge.tui.screens.run import RunScreen
        from mailmerge.tui.screens.seal import CheckAgain, GoOn

        if isinstance(sealed, GoOn):
            self.go_on_with(sealed.run)
        elif isinstance(sealed, CheckAgain):
            self.seal_when_checked = True
            self._accounts_left(None)
        elif isinstance(sealed, Account):
            self.seal_when_checked = True
            self.use_account(sealed)
        elif sealed is None:
            self._accounts_left(None)
        else:
            self.sealed_run, self.changed_since_seal = sealed.run, False
            screen = RunScreen(sealed.run, sealed.account, sealed.secret, send=sealed.send, messages=sealed.messages)
            self.app.push_screen(screen, lambda _: self.run_left())

    @on(work.Opened)
    def _leave_seal_page(self) -> None:
        """What is about to be sealed is not the campaign any more."""
        from mailmerge.tui.screens.seal import SealScreen

        for screen in self.app.screen_stack:
            if isinstance(screen, SealScreen) and not screen.freezing:
                screen.leave_as_changed()
                self.tell("The campaign changed, and is checked again: nothing was sealed. ", ("s", KEY), " goes back.")

    # --- what earlier runs have sent -----------------------------------------------------------------------------

    def compare(self) -> None:
        """Look up, in a thread, who has the letters from earlier runs; once the campaign is checked."""
        if self.review is not None and self.review.checked is not None:
            self.behind(partial(work.compare, self.post_message, self.review.checked, unfinished=True), "compare")

    @on(work.Compared)
    def compared(self, event: work.Compared) -> None:
        """Mark what became of people's messages, and point to a run that was left."""
        if self.review is None or event.checked is not self.review.checked:
            return
        self.review.comparison = event.comparison
        self.unfinished = event.unfinished
        self.people_changed()
        if self.said_something:
            return
        if event.problem is not None:
            self.complain(f"{event.problem.reason}. Nothing can be sent before that is decided: s shows the ways.")
        elif self.unfinished and self.unfinished[0][0].id not in self._pointed_to:
            run, left = self.unfinished[0]
            self._pointed_to.add(run.id)
            messages = plural(left, "{count} message", "{count} messages")
            day = f"{run.created.astimezone():%Y-%m-%d}"
            self.tell(f"Run {run.id} of {day} still has {messages} to send: ", ("c", KEY), " goes on with it.")

    def action_go_on_with_run(self) -> None:
        """Open the newest run of this campaign that has messages left to send."""
        if self.unfinished:
            self.go_on_with(self.unfinished[0][0].id)
        else:
            self.tell("No run of this campaign has messages left to send.")

    def go_on_with(self, run: str) -> None:
        """Open a run, and ask to send what is left of it."""
        self.tell((f"Reading run {run} …", QUIET))
        self.behind(partial(work.read_run, self.post_message, self.program.environment, run), "run")

    @on(work.RunRead)
    def show_run(self, event: work.RunRead) -> None:
        """Show the run, ready to go on."""
        from mailmerge.tui.screens.run import RunScreen

        self.tell()
        if self.is_current:
            screen = RunScreen(event.run, messages=event.messages, resume=True)
            self.app.push_screen(screen, lambda _: self.run_left())

    def write_again(self, message: RunMessage) -> None:
        """Show a person whose message was rejected alone; once the table says another address, write to them."""
        campaign = self.campaign
        self.run_left()
        if campaign is None or self.review is None:
            return
        who = message.name or message.address
        person = _same_person(campaign, message)
        if person is None:
            self.complain(f"{who} is not in {campaign.table.path.name} any more, or this run is of another campaign.")
            return
        if same_mailbox_key(person.address) == same_mailbox_key(message.address):
            table = campaign.table.path.name
            said = f"{who} alone: correct the address in {table} and save it; then S writes to this person."
            self.show_alone(person.record.number, said)
        else:
            self.show_alone(person.record.number, "")
            self.send_to_one = person.record.number
            self.open_seal_page()

    def show_alone(self, number: int, said: str) -> None:
        """Show one person only, and say why."""
        raise NotImplementedError

    def run_left(self) -> None:
        """A run may have been sent: find out what became of each message."""
        self.look_up_states()
        self.compare()

    def look_up_states(self) -> None:
        """Find out what became of each message."""
        if self.sealed_run is not None:
            self.behind(partial(work.read_states, self.post_message, self.sealed_run), "states")

    @on(work.States)
    def show_states(self, event: work.States) -> None:
        """Show what became of each message."""
        if event.run is self.sealed_run and self.review is not None:
            self.review.states = event.states
            self.show_stages()
            self.people_changed()

    def people_changed(self) -> None:
        """Marks of people look different."""

    def action_rules(self) -> None:
        """Show what the linter looks for; from the findings, the rule of the one under the cursor."""
        from mailmerge.tui.screens.rules import RulesScreen
        from mailmerge.tui.widgets.findings import FindingList

        self.app.push_screen(RulesScreen(self.finding if isinstance(self.focused, FindingList) else None))

    # --- who sends -----------------------------------------------------------------------------------------------

    def action_accounts(self) -> None:
        """Show the mailboxes to send from, and choose the campaign's."""
        from mailmerge.tui.screens.accounts import AccountsScreen

        self.app.push_screen(AccountsScreen(choosing=True, chosen=self.account_name), self._accounts_left)

    def _accounts_left(self, chosen: Account | None) -> None:
        """Another account was chosen, or the accounts may be others now, and the signature that the letters print."""
        campaign = self.campaign
        if campaign is None:
            return
        if chosen is not None:
            self.use_account(chosen)
            return
        signer = signer_of(campaign.file, campaign.environment, otherwise=self.account_name)
        if signer != campaign.signer:
            self.behind(partial(self._sign, campaign, signer), "open")
        else:
            self.show_head()

    def _sign(self, campaign: Campaign, signer: Account | None) -> None:
        self.post_message(work.Opened(campaign.signed_by(signer)))

    def use_account(self, account: Account) -> None:
        """Send this campaign from an account from now on, kept in ``campaign.toml``."""
        if self.campaign is not None:
            self.behind(partial(self._use_account, self.campaign, account), "open")

    def _use_account(self, campaign: Campaign, account: Account) -> None:
        said = f"{account.name} sends this campaign, as {account.address}."
        try:
            changed = decided(campaign, msgspec.structs.replace(campaign.file, account=account.name))
        except MailmergeError as error:
            changed, said = campaign, f"{said} This is for now only: {error}"
        else:
            if changed.path is not None:
                self.saved_here(changed.path)
        changed = changed.signed_by(account)
        if changed is not campaign:
            self.post_message(work.Opened(changed))
        self.app.call_from_thread(self.tell, said)

    def action_runs(self) -> None:
        """Show what was sealed and sent before."""
        from mailmerge.tui.screens.runs import RunsScreen

        self.app.push_screen(RunsScreen(), lambda _: self.run_left())

    def action_start(self) -> None:
        """Go to the start screen."""
        self.program.open_start()

    def open_finding(self, finding: Finding) -> None:
        """Edit the letter where the finding is about a line of it; else show it with the documentation of its rule."""
        from mailmerge.tui.screens.rules import RulesScreen

        if not self.edit_place(finding):
            self.app.push_screen(RulesScreen(finding))


def _same_person(campaign: Campaign, message: RunMessage) -> Recipient | None:
    """Whom a message of an earlier run was for: the record with that number and name, else the one with that name."""
    name = fold(message.name)
    with suppress(UsageError):
        person = campaign.recipient(message.record)
        if fold(person.name) == name or person.address == message.address:
            return person
    found = [person for person in campaign.recipients if name and fold(person.name) == name]
    return found[0] if len(found) == 1 else None
