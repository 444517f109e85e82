"""The steps of a campaign: the strip that shows them, and what leads from one to the next."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType

from mailmerge.addresses import Mailbox
from mailmerge.campaign import UNDECIDED_SENDER, Campaign
from mailmerge.errors import AccountError, MailmergeError, os_reason
from mailmerge.model import Recipient
from mailmerge.tui import work
from mailmerge.tui.review import Review
from mailmerge.tui.screens.page import Page
from mailmerge.tui.show import plural
from mailmerge.tui.stages import stages
from mailmerge.tui.theme import KEY, QUIET
from mailmerge.tui.watching import FilesChanged, Watcher
from mailmerge.tui.widgets.bars import StageStrip

if TYPE_CHECKING:
    from mailmerge.lint import Finding
    from mailmerge.outbox import Run
    from mailmerge.tui.screens.seal import Sealed


class CampaignSteps(Page):
    """What a campaign screen knows and can do beside showing one message."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit the letter", id="campaign.edit", tooltip="In $VISUAL or $EDITOR"),
        Binding(
            "E", "edit_here", "Edit it here", id="campaign.edit_here", tooltip="The message drawn beside the letter"
        ),
        Binding("x", "export", "Export a dry run", id="campaign.export", tooltip="An .eml file a person, sent nowhere"),
        Binding("s", "send", "Seal and send", id="campaign.send", tooltip="Freeze the messages, then send them"),
        Binding("r", "rules", "Rules", id="campaign.rules", tooltip="What the linter looks for, and why"),
        Binding("a", "accounts", "Accounts", id="campaign.accounts", tooltip="The mailboxes to send from"),
        Binding("v", "runs", "Earlier runs", id="campaign.runs", tooltip="What was sealed and sent before"),
        Binding("ctrl+r", "reload", "Read again", id="campaign.reload", tooltip="Read the table and the letter again"),
        Binding("ctrl+o", "start", "Open another", id="campaign.start", tooltip="Go to the start screen"),
        Binding("q", "app.quit", "Quit", id="campaign.quit", tooltip="Leave mailmerge"),
    ]

    def __init__(self, sources: Sequence[Path]) -> None:
        super().__init__()
        self.sources = tuple(sources)
        self.campaign: Campaign | None = None
        self.review: Review | None = None
        self.sender: Mailbox | None = None
        self.sealed_run: Run | None = None
        """The run that was sealed last from here."""
        self.changed_since_seal = False
        self.watcher = Watcher(self.post_message)

    # --- files on disk -------------------------------------------------------------------------------------------

    def watch_files(self) -> None:
        """Notice when the table, a letter or the campaign file changes on disk."""
        campaign = self.campaign
        if campaign is not None:
            paths = [campaign.table.path, *(letter.path for letter in campaign.letters)]
            self.watcher.watch([*paths, campaign.path] if campaign.path else paths)

    @on(FilesChanged)
    def files_changed(self, event: FilesChanged) -> None:
        """Read everything again, keeping the place; a file that is gone leaves things as they are."""
        names = ", ".join(path.name for path in event.paths)
        if event.missing:
            self.complain(f"{names} is not there any more: you see it as it was.")
            return
        broken = f" Run {self.sealed_run.id} stays as it was sealed." if self.sealed_run else ""
        self.tell(f"{names} changed on disk and was read again.{broken}")
        self.changed_since_seal = self.sealed_run is not None
        self.behind(partial(work.open_files, self.post_message, self.sources), "open")

    def on_unmount(self) -> None:
        """Watch nothing any more."""
        self.watcher.stop()

    # --- head and strip ------------------------------------------------------------------------------------------

    def find_sender(self) -> None:
        """Who the messages come from, as far as it is known, and the head that says so."""
        campaign = self.campaign
        if campaign is None:
            return
        sender = campaign.sender()
        self.sender = None if sender == UNDECIDED_SENDER else sender
        if self.sender is None:
            from mailmerge.accounts import Accounts

            with suppress(AccountError):
                accounts = Accounts(self.program.home.config).all()
                self.sender = accounts[0].sender if len(accounts) == 1 else None
        self.head(
            campaign.name,
            campaign.table.path.name,
            ", ".join(letter.path.name for letter in campaign.letters),
            self.sender.address if self.sender else "no account yet",
        )

    def show_stages(self) -> None:
        """Draw the strip anew."""
        way = stages(self.campaign, self.review, self.sealed_run, changed=self.changed_since_seal)
        self.query_one(StageStrip).show_stages(way)

    # --- steps ---------------------------------------------------------------------------------------------------

    def behind(self, job: Callable[[], None], group: str) -> None:
        """Run work in a thread, in place of work of the same group."""
        self.run_worker(job, group=group, thread=True, exclusive=True, exit_on_error=False)

    def action_reload(self) -> None:
        """Read the files again."""
        self.tell()
        self.behind(partial(work.open_files, self.post_message, self.sources), "open")

    @property
    def person(self) -> Recipient | None:
        """The person on screen."""
        raise NotImplementedError

    def action_edit(self) -> None:
        """Edit the letter of the person on screen: in their own editor, or here where none is named."""
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not editor:
            self.action_edit_here()
            return
        path = self._letter_path()
        if path is None:
            return
        command = [*shlex.split(editor), str(path)]
        try:
            with self.app.suspend():
                subprocess.run(command, check=False)  # noqa: S603  (the person's own editor)
        except SuspendNotSupported:
            self.action_edit_here()
            return
        except OSError as error:
            self.complain(f"Cannot run the editor {command[0]} ({os_reason(error)}); E edits here.")
            return
        self.action_reload()

    def action_edit_here(self) -> None:
        """Edit the letter on a screen of the program, the message beside it."""
        from mailmerge.tui.screens.editor import EditorScreen

        if self.campaign is None or self.person is None:
            return
        try:
            screen = EditorScreen.on_letter(self.campaign, self.person, self.sender)
        except MailmergeError as error:
            self.complain(str(error))
            return
        self.app.push_screen(screen, lambda saved: self.action_reload() if saved else None)

    def _letter_path(self) -> Path | None:
        """The letter of the person on screen."""
        if self.campaign is None or self.person is None:
            return None
        try:
            return self.campaign.letter_of(self.person).path
        except MailmergeError as error:
            self.complain(str(error))
            return None

    def action_export(self) -> None:
        """Write a dry run beside the letter."""
        from mailmerge.tui.screens.ask import Ask

        if self.campaign is None:
            return
        if self.review is None or self.review.report is None:
            self.tell(("The linter is still at work: export when it is done.", QUIET))
            return
        explanation = "One .eml file a person goes into this folder, with a manifest. Nothing is sent."
        question = Ask("Export a dry run", explanation, value=str(self.campaign.folder / "dry-run"), label="Folder")
        self.app.push_screen(question, self._export_to)

    def _export_to(self, answer: str | None) -> None:
        if answer and self.campaign and self.review and self.review.report:
            folder = Path(answer).expanduser()
            self.tell((f"Writing to {folder} …", QUIET))
            job = partial(work.export, self.post_message, self.campaign, self.review.report, folder, self.sender)
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
        from mailmerge.tui.screens.seal import SealScreen

        if self.campaign is None or self.review is None:
            return
        if self.review.report is None:
            self.tell(("The linter is still at work: sealing waits for it.", QUIET))
            return
        blocks = len(self.review.report.blocks)
        if blocks:
            said = plural(blocks, "{count} finding blocks the send.", "{count} findings block the send.")
            self.tell(
                ("X ", "bold $error"), f"{said} Nothing can leave before that is repaired. ", ("f", KEY), " shows it."
            )
            return
        self.app.push_screen(SealScreen(self.campaign, self.review), self._sealed)

    def _sealed(self, sealed: Sealed | None) -> None:
        """Go on to the run that was sealed."""
        from mailmerge.tui.screens.run import RunScreen

        if sealed is not None:
            self.sealed_run, self.changed_since_seal = sealed.run, False
            screen = RunScreen(sealed.run, sealed.account, sealed.secret, send=sealed.send)
            self.app.push_screen(screen, lambda _: self.show_states())

    def show_states(self) -> None:
        """Show what became of each message."""
        if self.sealed_run is not None and self.review is not None:
            self.review.states = {message.record: message.state for message in self.sealed_run.messages()}
            self.show_stages()
            self.people_changed()

    def people_changed(self) -> None:
        """Marks of people look different."""

    def action_rules(self) -> None:
        """Show what the linter looks for."""
        from mailmerge.tui.screens.rules import RulesScreen

        self.app.push_screen(RulesScreen())

    def action_accounts(self) -> None:
        """Show the mailboxes to send from."""
        from mailmerge.tui.screens.accounts import AccountsScreen

        self.app.push_screen(AccountsScreen(), lambda _: self.find_sender())

    def action_runs(self) -> None:
        """Show what was sealed and sent before."""
        from mailmerge.tui.screens.runs import RunsScreen

        self.app.push_screen(RunsScreen())

    def action_start(self) -> None:
        """Go to the start screen."""
        self.program.open_start()

    def open_finding(self, finding: Finding) -> None:
        """Show a finding in full, with the documentation of its rule."""
        from mailmerge.tui.screens.rules import RulesScreen

        self.app.push_screen(RulesScreen(finding))
