"""The question before changes are lost."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button

from mailmerge.i18n import N_, _
from mailmerge.tui.dialogs.ask import QuestionBox
from mailmerge.tui.widgets.buttons import Buttons


class AskUnsaved(QuestionBox[str]):
    """``save``, ``discard`` or ``stay``; staying has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('stay')", N_("Keep editing"), id="unsaved.stay", tooltip=N_("Back to the letter")),
        Binding("s", "dismiss('save')", N_("Save"), id="unsaved.save", tooltip=N_("Save, then leave")),
        Binding("d", "dismiss('discard')", N_("Discard"), id="unsaved.discard", tooltip=N_("Leave the file as it is")),
    ]

    def __init__(self, name: str) -> None:
        explanation = _("{file} was changed here and is not saved.").format(file=name)
        super().__init__(_("Leave the editor?"), explanation)

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(classes="box"):
            yield from self.heading()
            with Buttons(classes="buttons"):
                yield Button(Content(_("Keep editing")), id="stay", compact=True)
                yield Button(Content(_("Save and leave (s)")), id="save", compact=True)
                yield Button(Content(_("Discard changes (d)")), id="discard", compact=True)

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Take the answer."""
        self.dismiss(event.button.id or "stay")
