"""Save a letter on Ctrl+S: it never overwrites others' changes or discards yours without asking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mailmerge.errors import LetterError
from mailmerge.i18n import _
from mailmerge.letter import LetterFile, save_letter_file
from mailmerge.tui.content.theme import SUCCESS
from mailmerge.tui.dialogs.ask import Confirm
from mailmerge.tui.dialogs.unsaved import AskUnsaved
from mailmerge.tui.page import Page
from mailmerge.tui.screens.editor.letter_area import LetterArea


class Saving:
    """A letter, its file, and the way out."""

    def __init__(
        self, page: Page, draft: LetterFile, on_save: Callable[[Path], None], written: Callable[[], None]
    ) -> None:
        """``on_save`` is told the file each time it was written; ``written`` is called then, to show that it is."""
        self.draft = draft
        self.broken = False
        """Whether something stands in the way of the letter as it is now."""
        self.saved = False
        """Whether it was written since it was opened."""
        self._page = page
        self._on_save = on_save
        self._written = written
        self._unchanged = ""
        self._leaving = False

    @property
    def _area(self) -> LetterArea:
        return self._page.query_one(LetterArea)

    def begin(self) -> bool:
        """The letter is on screen; False where what is there will be saved in another way than the file has it."""
        self._unchanged = self._area.text
        return self._unchanged == self.draft.text

    @property
    def unsaved(self) -> bool:
        """Whether the letter differs from its file as it was opened or saved."""
        return self._area.text != self._unchanged

    def save(self) -> None:
        """Write the letter, and ask first where the file is not what was opened."""
        if self.unsaved or self.draft.changed_on_disk:
            self._save_then(leave=False)
        else:
            self._page.tell(
                _("Nothing has changed since it was saved. The campaign cannot use it until the problem is fixed.")
                if self.broken
                else _("Nothing has changed since it was saved.")
            )

    def _save_then(self, *, leave: bool) -> None:
        if not self.draft.changed_on_disk:
            self._write(leave=leave)
            return
        gone = not self.draft.path.exists()
        question = Confirm(
            _("The letter is gone") if gone else _("The letter changed on disk"),
            _("{file} was deleted or renamed since you opened it.").format(file=self.draft.path.name)
            if gone
            else _("Another program saved {file} since you opened it; yours would replace it.").format(
                file=self.draft.path.name
            ),
            yes=_("Write it again (y)") if gone else _("Save mine over it (y)"),
            no=_("Do not save"),
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self._write(leave=leave)
            else:
                self._leaving = False

        self._page.app.push_screen(question, answered)

    def _write(self, *, leave: bool) -> None:
        before = self.draft.encoding
        try:
            self.draft = save_letter_file(self.draft, self._area.text)
        except LetterError as error:
            self._leaving = False
            self._page.complain(str(error))
            return
        self.saved, self._unchanged = True, self._area.text
        self._on_save(self.draft.path)
        self._written()
        if leave:
            self._go()
        elif self.draft.encoding != before:
            said = _("Saved, as UTF-8 from now on: Windows-1252 does not have all of its characters.")
            self._page.tell(("✓ ", SUCCESS), said)
        elif self.broken:
            self._page.tell(("✓ ", SUCCESS), _("Saved. The campaign cannot use it until the problem is fixed."))
        else:
            self._page.tell(("✓ ", SUCCESS), _("Saved."))

    def leave(self) -> None:
        """Go back, and ask first where something is not saved."""
        if self.unsaved:
            self._page.app.push_screen(AskUnsaved(self.draft.path.name), self._answered)
        else:
            self._page.dismiss(self.saved)

    def may_leave(self) -> bool:
        """Whether the program may end now; asks where something is not saved, and ends it after the answer."""
        if not self.unsaved:
            return True
        if self._page.is_current:
            self._leaving = True
            self.leave()
        return False

    def _answered(self, answer: str | None) -> None:
        match answer:
            case "save":
                self._save_then(leave=True)
            case "discard":
                self._go()
            case _:
                self._leaving = False

    def _go(self) -> None:
        """Leave the editor, and the program where that was asked for."""
        leaving, saved = self._leaving, self.saved
        self._page.dismiss(saved)
        if leaving:
            self._page.app.call_later(self._page.program.action_quit)
