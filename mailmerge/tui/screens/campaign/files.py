"""The files of a campaign, from its screen: read again, and the letter edited; a change keeps the place and is said."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from mailmerge.campaign.session import CampaignSession, FilesChanged
from mailmerge.errors import MailmergeError, RenderFailed, UsageError
from mailmerge.i18n import _
from mailmerge.model import Severity
from mailmerge.tui.desktop.text_editor import edit_outside
from mailmerge.tui.page import Page
from mailmerge.tui.screens.campaign.selection import Selection

if TYPE_CHECKING:
    from mailmerge.lint import Finding
    from mailmerge.model import Recipient


class Files:
    """Reads them again and changes them."""

    def __init__(self, page: Page, session: CampaignSession, selected: Callable[[], Selection]) -> None:
        self._page = page
        self._session = session
        self._selected = selected

    def reload(self) -> None:
        """Read the files again, because somebody wants it."""
        self._page.tell()
        self.read_again()

    def read_again(self) -> None:
        """Read the files again."""
        self._page.jobs.start("open", self._session.open)

    def changed(self, event: FilesChanged) -> None:
        """Read everything again, keeping the place; a file that is gone leaves things as they are."""
        names = ", ".join(path.name for path in event.paths)
        if event.missing:
            self._page.program.go.leave_seal_page()
            self._page.complain(_("{names}: deleted; the last version is shown.").format(names=names))
            return
        self._say_changed(_("{names} changed on disk and was read again.").format(names=names))
        self.read_again()

    def cannot_read(self, error: MailmergeError) -> None:
        """Say that what is shown is older than the files; nobody agrees to it on the seal page unknowingly."""
        self._page.program.go.leave_seal_page()
        self._page.complain(_("Showing the previous version: {reason}").format(reason=error))

    def _say_changed(self, said: str) -> None:
        run = self._session.run
        stays = _("Run {run} stays as it was sealed.")
        self._page.tell(f"{said} {stays.format(run=run.id)}" if run else said)

    # --- the letter ----------------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Edit the letter of the person on screen: in their own editor, or here where none is named."""
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not editor:
            self.edit_here()
            return
        path = self._letter_path()
        if path is None:
            return
        before = _content(path)
        self._session.look_away()  # what is saved meanwhile is no news: everything is read again afterwards
        try:
            problem = edit_outside(self._page.app, editor, path)
        except SuspendNotSupported:
            self.edit_here()
            return
        finally:
            self._session.look_again()
        if _content(path) == before:
            self._page.tell()
            if problem:
                self._page.complain(_("{problem}; E edits the letter here.").format(problem=problem))
                return
        else:
            self._session.saved_here(path)
            self._say_changed(_("{file} was saved and read again.").format(file=path.name))
        self.read_again()

    def edit_here(self) -> None:
        """Edit the letter on a screen of the program, the message beside it."""
        person = self._selected().person
        if person is not None:
            self._edit_for(person)

    def edit_place(self, finding: Finding) -> bool:
        """Edit the line of the letter that a finding is about; False where its place is not in the letter."""
        reader = self._reader_of(finding) if finding.letter_line else None
        if reader is not None:
            self._edit_for(reader, finding.letter_line or 0)
        return reader is not None

    def _edit_for(self, reader: Recipient, first_line: int = 0) -> None:
        campaign, saved_here = self._session.campaign, self._session.saved_here
        if campaign is None:
            return

        def saved(name: str) -> None:
            self._say_changed(_("{name} was saved and read again.").format(name=name))
            self.read_again()

        try:
            found = self._found_in_letter_of(reader)
            self._page.program.go.edit(
                campaign, reader, first_line=first_line, findings=found, on_save=saved_here, then=saved
            )
        except MailmergeError as error:
            self._page.complain(str(error))

    def _reader_of(self, finding: Finding) -> Recipient | None:
        """Who gets the letter of a finding: the person on screen before anybody else."""
        campaign, person = self._session.campaign, self._selected().person
        if campaign is None:
            return None
        if finding.record is not None:
            with suppress(UsageError):  # left out meanwhile
                return campaign.recipient(finding.record)
        on_screen = [person] if person else []
        return next((each for each in (*on_screen, *campaign.recipients) if self._gets(each, finding.letter)), None)

    def _found_in_letter_of(self, reader: Recipient) -> list[Finding]:
        """What blocks or must be looked at on a line of this person's letter, for everybody."""
        review = self._session.review
        return [
            each
            for each in (review.general_findings if review else ())
            if each.letter_line and not each.waived and each.severity is not Severity.INFO
            if self._gets(reader, each.letter)
        ]

    def _gets(self, person: Recipient, letter: str) -> bool:
        campaign = self._session.campaign
        with suppress(RenderFailed):
            return campaign is not None and letter in ("", campaign.letter_of(person).name)
        return False

    def _letter_path(self) -> Path | None:
        """The letter of the person on screen."""
        campaign, person = self._session.campaign, self._selected().person
        if campaign is None or person is None:
            return None
        try:
            return campaign.letter_of(person).path
        except MailmergeError as error:
            self._page.complain(str(error))
            return None


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
