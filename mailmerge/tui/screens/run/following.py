"""After a sending: look for what came back, list it, and write to these people only; whose data is in which message."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.accounts import Account
from mailmerge.delivery import Control, Event, write_records
from mailmerge.errors import AccountError, MailmergeError
from mailmerge.i18n import N_, _, plural
from mailmerge.imap import AcceptanceEvidence, Filed, MailboxLook, look, with_copies
from mailmerge.outbox import Afterwards, Run
from mailmerge.outbox.afterwards import CAME_BACK
from mailmerge.tui.content.theme import MUTED
from mailmerge.tui.content.typed_path import typed_path
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.dialogs.passwords import NotGiven, secret_for
from mailmerge.tui.page import Page

if TYPE_CHECKING:
    from mailmerge.accounts import Secret
    from mailmerge.accounts.oauth import Tokens

FOLLOW, HOLDERS, WRITTEN = "follow", "holders", "came-back"
"""The groups of the jobs."""


class Holders(Struct, frozen=True):
    """Whose messages hold something of a person."""

    who: str
    records: tuple[int, ...]


class Listed(Struct, frozen=True):
    """The people whose message came back were written to a file."""

    path: Path
    people: int


class Following:
    """What is known of a run afterwards, and what can be done about it; draws nothing."""

    def __init__(self, page: Page, run: Run) -> None:
        self._page = page
        self._run = run
        self.afterwards: Afterwards = run.afterwards()
        self.evidence: Mapping[int, AcceptanceEvidence] = {}
        """Of unknown messages: what shows that they were accepted."""
        self.holders: Holders | None = None
        self.copies_note = ""
        """Why not every copy was filed; ``""`` where nothing has to be said."""

    @property
    def came_back(self) -> list[int]:
        """The records whose message the person did not get."""
        return [record for record, later in self.afterwards.later.items() if later.kind in CAME_BACK]

    # --- looking -------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Look into the mailbox in a thread; ask for the password first where that is needed."""
        self._page.run_worker(self._look(), group="ask-follow", exclusive=True, exit_on_error=False)

    async def _look(self) -> None:
        account = self._page.program.environment.accounts.get(self._run.account)
        if account.imap is None:
            raise AccountError(_NO_MAILBOX, account=account.name)
        secret: Secret | Tokens | None = None
        try:
            if not account.imap.password_command:
                secret = await secret_for(self._page, account)
        except NotGiven:
            self._page.tell(_(_NOT_LOOKED[account.oauth is not None]))
            return
        self._page.tell((_("Looking into the mailbox at {host} …").format(host=account.imap.host), MUTED))
        self._start(account, secret)

    def _start(self, account: Account, secret: Secret | Tokens | None) -> None:
        run = self._run
        self._page.jobs.start(FOLLOW, lambda: look(run, account, secret))

    def looked(self, found: MailboxLook) -> None:
        """Take in what was found, and say what is to be done."""
        self.afterwards, self.evidence = found.afterwards, found.evidence
        if found.notes:
            self._page.complain(str(found.notes[0]))
        elif found.evidence:
            explained = _("{explained} of {unknown} unknown outcomes are explained: A confirms each of them.")
            self._page.tell(explained.format(explained=len(found.evidence), unknown=found.unknown))
        else:
            self._page.tell()

    @property
    def possible(self) -> bool:
        """Whether the mailbox of the account is looked into, or was."""
        if self.afterwards.looked_at is not None:
            return True
        try:
            return self._page.program.environment.accounts.get(self._run.account).imap is not None
        except AccountError:
            return False

    # --- copies --------------------------------------------------------------------------------------------------

    def with_copies(
        self, events: AsyncIterator[Event], account: Account, secret: Secret | Tokens | None, control: Control
    ) -> AsyncIterator[Event]:
        """The events of a sending, while copies are filed behind it where the account wants them."""
        self.copies_note = ""
        if account.imap is None:
            return events
        return with_copies(events, self._run, account, secret, control, self._copies_filed)

    def _copies_filed(self, filed: Filed) -> None:
        """Note what could not be filed; the messages were sent all the same."""
        self.afterwards = self._run.afterwards()
        if filed.error is not None:
            self.copies_note = _("Not every copy was filed ({error}); f tries again.").format(error=filed.error)

    # --- those whose message came back -----------------------------------------------------------------------------

    def export(self) -> None:
        """Ask where the list of those whose message came back goes, and write it."""
        records = self.came_back
        if not records:
            self._page.tell(_("Nothing came back."))
            return

        def chosen(answer: str | None) -> None:
            if answer and answer.strip():
                self._write(typed_path(answer).absolute(), records)

        explanation = plural(
            len(records),
            "The row of the person whose message came back goes into this file, in the columns of the table, for you to"
            " correct the address.",
            "The rows of the {count} people whose messages came back go into this file, in the columns of the table,"
            " for you to correct the addresses.",
        )
        value = str(Path.cwd() / f"came-back-{self._run.id}.csv")
        self._page.app.push_screen(Ask(_("Write the list"), explanation, value=value, label=_("File")), chosen)

    def _write(self, path: Path, records: Sequence[int]) -> None:
        run = self._run
        self._page.jobs.start(WRITTEN, lambda: Listed(path, write_records(run, path, records)))

    def write_to_these(self) -> None:
        """Make a campaign for those whose message came back, and open it: to be corrected, checked and sealed anew."""
        records = self.came_back
        if not records:
            self._page.tell(_("Nothing came back."))
            return
        try:
            opened = self._page.program.go.write_to(self._run, records)
        except MailmergeError as error:
            self._page.complain(str(error))
            return
        if not opened:
            self._page.tell(_("Open the campaign of this run first: R makes one for these people from there."))

    # --- whose data is where -----------------------------------------------------------------------------------------

    def whose(self, record: int, who: str) -> None:
        """Find every message that holds anything of one person."""
        self._page.tell((_("Searching all messages for what is of {who} …").format(who=who), MUTED))
        run = self._run

        def search() -> Holders:
            from mailmerge.campaign.runs.holders import about_person, holders_in_run  # readers of files: only for this

            sought = about_person(run, record)
            return Holders(who, tuple(holder.record for holder in holders_in_run(run, sought)))

        self._page.jobs.start(HOLDERS, search)

    def found_holders(self, holders: Holders) -> None:
        """Say what was found."""
        self.holders = holders
        said = plural(
            len(holders.records),
            "{count} message contains something about this person.",
            "{count} messages contain something about this person.",
        )
        self._page.tell(_("{who}: {reason}").format(who=holders.who, reason=said))


_NO_MAILBOX = N_('the account "{account}" leaves its mailbox alone: edit the account to have returned mail read')
_NOT_LOOKED = {
    False: N_("No password: nobody looked into the mailbox."),
    True: N_("Not signed in: nobody looked into the mailbox."),
}
"""By whether the account signs in."""
