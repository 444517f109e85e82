"""From a review to a run, and from a run that was left back to it: export, seal, send, go on; and who sends."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from mailmerge.campaign.session import CampaignSession, Compared, Exported, RunRead
from mailmerge.errors import AccountError, MailmergeError, UsageError
from mailmerge.i18n import _, day, plural
from mailmerge.text.addresses import same_mailbox_key
from mailmerge.text.folding import fold
from mailmerge.tui.content.due_text import due_sentence
from mailmerge.tui.content.export_text import export_text
from mailmerge.tui.content.safe_content import styled
from mailmerge.tui.content.theme import ERROR, KEY, MUTED
from mailmerge.tui.content.typed_path import typed_path
from mailmerge.tui.page import Page
from mailmerge.tui.screens.campaign.decisions import Decisions
from mailmerge.tui.screens.campaign.people_pane import PeoplePane
from mailmerge.tui.screens.campaign.selection import Selection

if TYPE_CHECKING:
    from mailmerge.campaign import Campaign
    from mailmerge.model import Recipient
    from mailmerge.outbox import RunMessage
    from mailmerge.tui.program import SealAnswer


class Sending:
    """The steps after the review."""

    def __init__(
        self, page: Page, session: CampaignSession, selected: Callable[[], Selection], decisions: Decisions
    ) -> None:
        self._page = page
        self._session = session
        self._selected = selected
        self._decisions = decisions
        self.seal_when_checked = False
        self.once_checked: Callable[[], object] | None = None
        """What the campaign was opened for."""
        self._to_one = 0
        """The record of the one person who is written to; 0 for everybody."""
        self._pointed_to: set[str] = set()
        """Runs with something left that were pointed to."""

    def show_head(self) -> None:
        """Say what is open, and who the messages come from as far as it is known."""
        campaign = self._session.campaign
        if campaign is None:
            return
        self._page.head(
            campaign.name,
            campaign.table.path.name,
            ", ".join(letter.name for letter in campaign.letters),
            campaign.sender.address if campaign.sender else self._nobody_sends(),
        )

    def _nobody_sends(self) -> str:
        with suppress(AccountError):
            if self._page.program.environment.accounts.all():
                return _("no account chosen")
        return _("no account yet")

    # --- a dry run -----------------------------------------------------------------------------------------------

    def export(self) -> None:
        """Write a dry run beside the letter."""
        from mailmerge.tui.dialogs.ask import Ask

        campaign = self._session.campaign
        if campaign is None:
            return
        if self._session.checked is None:
            self._wait_for_check()
            return
        review = self._session.review
        explanation = _("One .eml file per person goes into this folder, with a manifest. Nothing is sent.")
        if review is not None and review.total > len(review.shown):
            explanation += " " + _("It is for everybody in the campaign, not only for those the list shows now.")
        question = Ask(_("Export a dry run"), explanation, value=str(campaign.folder / "dry-run"), label=_("Folder"))
        self._page.app.push_screen(question, self._export_to)

    def _wait_for_check(self) -> None:
        """Say why this cannot be done yet."""
        if self._session.review is not None:
            self._page.tell((_("{why} Nothing leaves without it.").format(why=self._session.review.unchecked), MUTED))

    def _export_to(self, answer: str | None) -> None:
        if answer and self._session.checked:
            folder = typed_path(answer)
            self._page.tell((_("Writing to {folder} …").format(folder=folder), MUTED))
            self._page.jobs.start_long("export", partial(self._session.export, folder))

    def exported(self, event: Exported) -> None:
        """Say where the dry run is."""
        said = export_text(event.manifest, event.folder, sender=event.campaign.sender is not None)
        self._page.tell(said, (" " + _("Nothing was sent."), MUTED))

    # --- sealing -------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Go to the seal screen, which says what would happen."""
        self._to_one = 0
        self._open_seal_page()

    def send_one(self) -> None:
        """The same for the person on screen alone."""
        person = self._selected().person
        if person is not None:
            self._to_one = person.record.number
            self._open_seal_page()

    def _open_seal_page(self) -> None:
        """Go to the seal screen, for everybody or for one person, unless there is no check or it found too much."""
        checked = self._session.checked
        if checked is None:
            self._wait_for_check()
            return
        if self._to_one:
            try:
                checked = checked.only(self._to_one)
            except MailmergeError as error:
                self._page.complain(str(error))
                return
        blocks = len(checked.report.blocks)
        if blocks:
            said = plural(
                blocks,
                "{count} finding blocks the send. Nothing can leave until it is fixed. {key} shows it.",
                "{count} findings block the send. Nothing can leave until they are fixed. {key} shows them.",
                key="{key}",
            )
            self._page.tell(("X ", ERROR), *styled(said, key=("f", KEY)))
        elif not len(checked.campaign.recipients):
            self._page.tell(_("There are no recipients left: nothing can be sent."))
        else:
            self._page.program.go.seal(self._session, checked, self._seal_page_left)

    def go_on_sealing(self) -> None:
        """Back to sealing, once the messages are checked as another account sends them; or to what it is opened for."""
        then, self.once_checked = self.once_checked, None
        if then is not None:
            try:
                then()
            except MailmergeError as error:
                self._page.complain(str(error))
        elif self.seal_when_checked and self._page.is_current:
            self.seal_when_checked = False
            self._open_seal_page()

    def _seal_page_left(self, answer: SealAnswer | None) -> None:
        """Go on to the run that was sealed, or to one that was left; or check the messages as another account's."""
        if answer is None:
            self._decisions.sign_again()
        elif answer.sealed is not None:
            self._page.program.go.run(
                answer.sealed.run,
                answer.sealed.messages,
                account=answer.account,
                secret=answer.secret,
                send=answer.send,
                at=answer.at,
                then=self.run_left,
            )
        elif answer.go_on:
            self.go_on_with(answer.go_on)
        else:
            self.seal_when_checked = True
            self._decisions.use_account(answer.account)

    def leave_seal_page(self) -> None:
        """What is about to be sealed is not the campaign any more."""
        if self._page.program.go.leave_seal_page():
            said = _("The campaign changed and is being checked again: nothing was sealed. {key} goes back.")
            self._page.tell(*styled(said, key=("s", KEY)))

    # --- runs ----------------------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Look up who has the letters from earlier runs; once the campaign is checked."""
        checked = self._session.checked
        if checked is not None:
            self._page.jobs.start("compare", partial(self._session.compare, checked))

    def compared(self, event: Compared) -> None:
        """Point to a run that was left."""
        if self._page.said_something:
            return
        if event.problem is not None:
            said = _("{reason}. Nothing can be sent until that is decided: s shows the options.")
            self._page.complain(said.format(reason=event.problem.reason))
        elif event.unfinished and event.unfinished[0][0].id not in self._pointed_to:
            run, left = event.unfinished[0]
            self._pointed_to.add(run.id)
            if event.due is not None:
                self._page.tell(*due_sentence(run.id, event.due, "c"))
                return
            said = plural(
                left,
                "Run {run} of {day} still has {count} message to send: {key} resumes it.",
                "Run {run} of {day} still has {count} messages to send: {key} resumes it.",
                run=run.id,
                day=day(run.created.astimezone()),
                key="{key}",
            )
            self._page.tell(*styled(said, key=("c", KEY)))

    def go_on_with_run(self) -> None:
        """Open the newest run of this campaign that has messages left to send."""
        if self._session.unfinished:
            self.go_on_with(self._session.unfinished[0][0].id)
        else:
            self._page.tell(_("No run of this campaign has messages left to send."))

    def go_on_with(self, run: str) -> None:
        """Open a run, and ask to send what is left of it."""
        self._page.tell((_("Reading run {run} …").format(run=run), MUTED))
        self._page.jobs.start("run", partial(self._session.read_run, run))

    def show_run(self, event: RunRead) -> None:
        """Show a run, ready to go on."""
        self._page.tell()
        if self._page.is_current:
            self._page.program.go.run(event.run, event.messages, resume=True, then=self.run_left)

    def runs(self) -> None:
        """Show what was sealed and sent before."""
        self._page.program.go.runs(self.run_left)

    def run_left(self) -> None:
        """A run may have been sent: find out what became of each message."""
        if self._session.run is not None:
            self._page.jobs.start("states", self._session.read_states)
        self._page.jobs.start("remarks", self._session.read_remarks)
        self.compare()

    def write_again(self, message: RunMessage) -> None:
        """Show a person whose message was rejected alone; once the table says another address, write to them."""
        campaign = self._session.campaign
        self.run_left()
        if campaign is None:
            return
        who = message.name or message.address
        table = campaign.table.path.name
        person = _same_person(campaign, message)
        if person is None:
            self._page.complain(
                _("{who} is not in {table} any more, or this run is of another campaign.").format(who=who, table=table)
            )
            return
        if same_mailbox_key(person.address) == same_mailbox_key(message.address):
            said = _("{who} alone: correct the address in {table} and save it; then S writes to this person.").format(
                who=who, table=table
            )
            self._page.query_one(PeoplePane).show_alone(person.record.number, said)
        else:
            self._page.query_one(PeoplePane).show_alone(person.record.number)
            self._to_one = person.record.number
            self._open_seal_page()

    # --- who sends -----------------------------------------------------------------------------------------------

    def accounts(self) -> None:
        """Show the mailboxes to send from, and choose the campaign's."""
        self._page.program.go.accounts(self._decisions.use_account, chosen=self._session.account_name)


def _same_person(campaign: Campaign, message: RunMessage) -> Recipient | None:
    """Whom a message of an earlier run was for: the record with that number and name, else the one with that name."""
    name = fold(message.name)
    with suppress(UsageError):
        person = campaign.recipient(message.record)
        if fold(person.name) == name or person.address == message.address:
            return person
    found = [person for person in campaign.recipients if name and fold(person.name) == name]
    return found[0] if len(found) == 1 else None
