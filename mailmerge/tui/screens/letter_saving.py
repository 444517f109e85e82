"""Save a letter that is being edited: on Ctrl+S only, and over nobody's changes, nor is anything lost, unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from mailmerge.errors import LetterError
from mailmerge.letter import Draft, save_draft
from mailmerge.tui.editing import Problem
from mailmerge.tui.screens.ask import Confirm
from mailmerge.tui.screens.page import Page
from mailmerge.tui.screens.unsaved import AskUnsaved
from mailmerge.tui.theme import GOOD
from mailmerge.tui.widgets.letter_area import LetterArea


class LetterSaving(Page):
    """A letter, its file, and the way out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="editor.save", tooltip="Write the letter to its file"),
        Binding("escape", "leave", "Back", id="editor.leave", key_display="esc", tooltip="Back to the campaign"),
    ]

    def __init__(self, draft: Draft, on_save: Callable[[Path], None]) -> None:
        super().__init__()
        self.draft = draft
        self.on_save = on_save
        self.problems: tuple[Problem, ...] = ()
        """What stands in the way of the letter as it is now."""
        self.saved = False
        self._unchanged = ""
        self._leaving = False

    @property
    def area(self) -> LetterArea:
        """The letter's source."""
        return self.query_one(LetterArea)

    @property
    def unsaved(self) -> bool:
        """Whether the letter differs from its file as it was opened or saved."""
        return self.area.text != self._unchanged

    def show_place(self) -> None:
        """Say where the caret is, and whether the letter is saved."""
        raise NotImplementedError

    def action_save(self) -> None:
        """Write the letter, and ask first where the file is not what was opened."""
        if self.unsaved or self.draft.changed_on_disk:
            self._save_then(leave=False)
        else:
            stands = " The campaign cannot use it before the problem is repaired." if self.problems else ""
            self.tell(f"Nothing has changed since it was saved.{stands}")

    def _save_then(self, *, leave: bool) -> None:
        if not self.draft.changed_on_disk:
            self._write(leave=leave)
            return
        gone = not self.draft.path.exists()
        question = Confirm(
            "The letter is gone" if gone else "The letter changed on disk",
            f"{self.draft.path.name} was deleted or renamed since you opened it."
            if gone
            else f"Another program saved {self.draft.path.name} since you opened it; yours would replace it.",
            yes="Write it again (y)" if gone else "Save mine over it (y)",
            no="Do not save",
        )
        self.app.push_screen(question, lambda yes: self._write(leave=leave) if yes else None)

    def _write(self, *, leave: bool) -> None:
        before = self.draft.encoding
        try:
            self.draft = save_draft(self.draft, self.area.text)
        except LetterError as error:
            self._leaving = False
            self.complain(str(error))
            return
        self.saved, self._unchanged = True, self.area.text
        self.on_save(self.draft.path)
        self.show_place()
        if leave:
            self._go()
        elif self.draft.encoding != before:
            self.tell(("✓ ", GOOD), "Saved, as UTF-8 from now on: Windows-1252 does not have all of its characters.")
        elif self.problems:
            self.tell(("✓ ", GOOD), "Saved. The campaign cannot use it before the problem is repaired.")
        else:
            self.tell(("✓ ", GOOD), "Saved.")

    def action_leave(self) -> None:
        """Go back, and ask first where something is not saved."""
        if self.unsaved:
            self.app.push_screen(AskUnsaved(self.draft.path.name), self._answered)
        else:
            self.dismiss(self.saved)

    def may_leave(self) -> bool:
        """Whether the program may end now; asks where something is not saved, and ends it after the answer."""
        if not self.unsaved:
            return True
        if self.app.screen is self:
            self._leaving = True
            self.action_leave()
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
        self.dismiss(saved)
        if leaving:
            self.app.call_later(self.program.action_quit)
