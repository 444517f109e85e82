"""The question before changes are lost."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from mailmerge.i18n import N_, _
from mailmerge.tui.content.safe_content import line, lines
from mailmerge.tui.content.theme import STRONG
from mailmerge.tui.widgets.buttons import Buttons


class AskUnsaved(ModalScreen[str]):
    """``save``, ``discard`` or ``stay``; staying has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('stay')", N_("Keep editing"), id="unsaved.stay", tooltip=N_("Back to the letter")),
        Binding("s", "dismiss('save')", N_("Save"), id="unsaved.save", tooltip=N_("Save, then leave")),
        Binding("d", "dismiss('discard')", N_("Discard"), id="unsaved.discard", tooltip=N_("Leave the file as it is")),
    ]
    DEFAULT_CLASSES = "question"

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name_of_file = name

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(classes="box"):
            yield Static(line((_("Leave the editor?"), STRONG)))
            yield Static(
                lines(_("{file} was changed here and is not saved.").format(file=self._name_of_file)),
                classes="explanation",
            )
            with Buttons(classes="buttons"):
                yield Button(Content(_("Keep editing")), id="stay", compact=True)
                yield Button(Content(_("Save and leave (s)")), id="save", compact=True)
                yield Button(Content(_("Discard changes (d)")), id="discard", compact=True)

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Take the answer."""
        self.dismiss(event.button.id or "stay")
