"""The files of a campaign: read, watched on disk, and the letter edited; a change keeps the place and is said."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType

from mailmerge.campaign import Campaign
from mailmerge.errors import MailmergeError, RenderFailed, UsageError
from mailmerge.model import Recipient
from mailmerge.tui import work
from mailmerge.tui.outside import edit_outside
from mailmerge.tui.review import Review
from mailmerge.tui.screens.page import Page
from mailmerge.tui.watching import FilesChanged, Watcher

if TYPE_CHECKING:
    from mailmerge.lint import Finding
    from mailmerge.outbox import Run


_ATTACHED_WATCHED = 100
"""Attached files that are watched; of the rest a change is told at sealing, which refuses it."""


class CampaignFiles(Page):
    """What a campaign screen shows comes from files; this is how they are read again and changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit the letter", id="campaign.edit", tooltip="In $VISUAL or $EDITOR"),
        Binding(
            "E", "edit_here", "Edit it here", id="campaign.edit_here", tooltip="The message drawn beside the letter"
        ),
        Binding("ctrl+r", "reload", "Read again", id="campaign.reload", tooltip="Read the table and the letter again"),
    ]

    def __init__(self, sources: Sequence[Path]) -> None:
        super().__init__()
        self.sources = tuple(sources)
        self.campaign: Campaign | None = None
        self.review: Review | None = None
        self.sealed_run: Run | None = None
        """The run that was sealed last from here."""
        self.changed_since_seal = False
        self.watcher = Watcher(self.post_message)

    @property
    def person(self) -> Recipient | None:
        """The person on screen."""
        raise NotImplementedError

    @property
    def finding(self) -> Finding | None:
        """The finding under the cursor."""
        raise NotImplementedError

    def behind(self, job: Callable[[], None], group: str) -> None:
        """Run work in a thread, in place of work of the same group."""
        self.run_worker(job, group=group, thread=True, exclusive=True, exit_on_error=False)

    # --- files on disk -------------------------------------------------------------------------------------------

    def watch_files(self) -> None:
        """Notice when the table, a letter, the campaign file or an attached file changes on disk."""
        campaign = self.campaign
        if campaign is not None:
            paths = [campaign.table.path, *(letter.path for letter in campaign.letters)]
            report = self.review.report if self.review else None
            attached = list(report.files if report else ())[:_ATTACHED_WATCHED]
            self.watcher.watch([*paths, *([campaign.path] if campaign.path else []), *map(Path, attached)])

    @on(FilesChanged)
    def files_changed(self, event: FilesChanged) -> None:
        """Read everything again, keeping the place; a file that is gone leaves things as they are."""
        names = ", ".join(path.name for path in event.paths)
        if event.missing:
            self.complain(f"{names} is not there any more: you see it as it was.")
            return
        self._changed(f"{names} changed on disk and was read again.")
        self._read_again()

    def saved_here(self, path: Path) -> None:
        """A file was written from here: nobody is told that it changed, and what was sealed is marked as older."""
        self.watcher.take_for_known(path)
        self.changed_since_seal = self.sealed_run is not None

    def _changed(self, said: str) -> None:
        self.changed_since_seal = self.sealed_run is not None
        sealed = f" Run {self.sealed_run.id} stays as it was sealed." if self.sealed_run else ""
        self.tell(f"{said}{sealed}")

    def _read_again(self) -> None:
        self.behind(
            partial(work.open_files, self.post_message, self.program.environment, self.sources, self.account_name),
            "open",
        )

    @property
    def account_name(self) -> str:
        """The account that sends, as it was chosen or found; ``""`` while that is not decided."""
        return self.campaign.signer.name if self.campaign and self.campaign.signer else ""

    def on_unmount(self) -> None:
        """Watch nothing any more."""
        self.watcher.stop()

    def action_reload(self) -> None:
        """Read the files again."""
        self.tell()
        self._read_again()

    # --- the letter ----------------------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """Edit the letter of the person on screen: in their own editor, or here where none is named."""
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not editor:
            self.action_edit_here()
            return
        path = self._letter_path()
        if path is None:
            return
        before = _content(path)
        self.watcher.watch(())  # what is saved meanwhile is no news: everything is read again afterwards
        try:
            problem = edit_outside(self.app, editor, path)
        except SuspendNotSupported:
            self.action_edit_here()
            return
        finally:
            self.watch_files()
        if _content(path) == before:
            self.tell()
            if problem:
                self.complain(f"{problem}; E edits the letter here.")
                return
        else:
            self._changed(f"{path.name} was saved and read again.")
        self._read_again()

    def action_edit_here(self) -> None:
        """Edit the letter on a screen of the program, the message beside it."""
        if self.person is not None:
            self._edit_for(self.person)

    def _edit_for(self, reader: Recipient, first_line: int = 0) -> None:
        from mailmerge.tui.screens.editor import EditorScreen

        if self.campaign is None:
            return
        try:
            screen = EditorScreen.on_letter(self.campaign, reader, first_line=first_line, on_save=self.saved_here)
        except MailmergeError as error:
            self.complain(str(error))
            return
        name = screen.draft.path.name

        def left(saved: bool | None) -> None:
            if saved:
                self._changed(f"{name} was saved and read again.")
                self._read_again()

        self.app.push_screen(screen, left)

    def edit_place(self, finding: Finding) -> bool:
        """Edit the line of the letter that a finding is about; False where its place is not in the letter."""
        reader = self._reader_of(finding) if finding.letter_line else None
        if reader is not None:
            self._edit_for(reader, finding.letter_line or 0)
        return reader is not None

    def _reader_of(self, finding: Finding) -> Recipient | None:
        """Who gets the letter of a finding: the person on screen before anybody else."""
        campaign = self.campaign
        if campaign is None:
            return None
        if finding.record is not None:
            with suppress(UsageError):  # left out meanwhile
                return campaign.recipient(finding.record)
        on_screen = [self.person] if self.person else []
        return next((each for each in (*on_screen, *campaign.recipients) if self._gets(each, finding.letter)), None)

    def _gets(self, person: Recipient, letter: str) -> bool:
        campaign = self.campaign
        with suppress(RenderFailed):
            return campaign is not None and letter in ("", campaign.letter_of(person).name)
        return False

    def _letter_path(self) -> Path | None:
        """The letter of the person on screen."""
        if self.campaign is None or self.person is None:
            return None
        try:
            return self.campaign.letter_of(self.person).path
        except MailmergeError as error:
            self.complain(str(error))
            return None


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
