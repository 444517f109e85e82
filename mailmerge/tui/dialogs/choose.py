"""Choose one of several things from a list in front of a screen; letters typed narrow the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from mailmerge.campaign.setup.table_setup import SettingChoice
from mailmerge.i18n import N_, _
from mailmerge.text.folding import strip_accents
from mailmerge.tui.content.safe_content import fit, line
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.widgets.rows import Rows

_MANY = 12
"""From so many choices on, there is a line to type in."""
_ROWS = 14
"""Rows that are shown at once."""


class ChoiceRows(Rows[SettingChoice]):
    """One choice a row."""

    def __init__(self, choices: Sequence[SettingChoice], decided: str) -> None:
        super().__init__(choices, id="choices")
        self.decided = decided
        self._labels = max((cell_len(choice.label) for choice in choices), default=0)
        self._notes = max((cell_len(choice.note) for choice in choices), default=0)

    def row(self, index: int, width: int) -> Content:
        """What it is called, and a note."""
        choice = self.items[index]
        mark = "• " if choice.value == self.decided else "  "
        room = max(0, width - 4)
        names = min(self._labels, max(room - self._notes, room // 2))  # all notes begin in one column
        return line(mark, fit(choice.label, names), "  ", (fit(choice.note, max(0, room - names)), MUTED))

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        index = self.scroll_offset.y + event.y
        if 0 <= index < self.count:
            self.cursor = index
            self.action_select()


class Choose(ModalScreen[str | None]):
    """Gives back the value of a choice, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", N_("Cancel"), id="choose.cancel", tooltip=N_("Change nothing")),
        Binding("down", "move(1)", N_("Down"), show=False, id="choose.down", tooltip=N_("The next one")),
        Binding("up", "move(-1)", N_("Up"), show=False, id="choose.up", tooltip=N_("The one before")),
        Binding("pagedown", "move(10)", N_("Page down"), show=False, id="choose.pagedown", tooltip=N_("Ten further")),
        Binding("pageup", "move(-10)", N_("Page up"), show=False, id="choose.pageup", tooltip=N_("Ten back")),
    ]

    def __init__(self, title: str, choices: Sequence[SettingChoice], decided: str) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._decided = decided

    def compose(self) -> ComposeResult:
        """A title, a line to type in where the list is long, the list."""
        with Vertical(classes="box"):
            yield Static(line((self._title, STRONG)))
            if len(self._choices) > _MANY:
                yield Input(placeholder=_("type to narrow the list"), id="narrow", compact=True)
            yield ChoiceRows(self._choices, self._decided)
            yield Static(line((_("Enter chooses, Escape changes nothing."), MUTED)))

    def on_mount(self) -> None:
        """Begin with what is decided."""
        rows = self.query_one(ChoiceRows)
        rows.styles.height = min(len(self._choices), _ROWS)
        values = [choice.value for choice in self._choices]
        rows.rows_changed()
        if self._decided in values:
            rows.show_row(values.index(self._decided))
        (self.query_one(Input) if self.query(Input) else rows).focus()

    @on(Input.Changed)
    def narrowed(self, event: Input.Changed) -> None:
        """Show what holds every word typed."""
        words = strip_accents(event.value).split()
        rows = self.query_one(ChoiceRows)
        rows.items = [
            choice
            for choice in self._choices
            if all(word in strip_accents(choice.label + choice.note) for word in words)
        ]
        rows.cursor = 0
        rows.rows_changed()

    @on(Input.Submitted)
    @on(Rows.Chosen)
    def chosen(self) -> None:
        """Give the value back."""
        choice = self.query_one(ChoiceRows).current
        if choice is not None:
            self.dismiss(choice.value)

    def action_move(self, rows: int) -> None:
        """Move in the list while one types."""
        self.query_one(ChoiceRows).action_move(rows)
