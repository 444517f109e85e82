"""Ask what stands in a letter for everybody where the table has no column for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from mailmerge.tui.show import line, lines
from mailmerge.tui.theme import QUIET, STRONG


class AskConstants(ModalScreen[dict[str, str] | None]):
    """Gives back texts by field, those left blank not among them; None where the person thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", id="constants.back", tooltip="Choose another letter"),
        Binding("ctrl+s", "agree", "Go on", id="constants.agree", tooltip="Take these texts", priority=True),
    ]
    DEFAULT_CSS = """
    AskConstants #constants { grid-size: 2; grid-columns: 2fr 3fr; grid-gutter: 0 1; grid-rows: 1; height: auto; }
    AskConstants .buttons { margin-top: 1; }
    """

    def __init__(self, fields: Sequence[str], table: str) -> None:
        super().__init__()
        self._fields = fields
        self._table = table

    def compose(self) -> ComposeResult:
        """One line a field."""
        explanation = (
            f"The letter has these fields, and {self._table} has no such columns. What shall stand there, the same for"
            " everybody? Leave blank what differs from person to person: it stays a field, for a column that you add."
        )
        with VerticalScroll(classes="box", can_focus=False):
            yield Static(line(("The same for everybody", STRONG)))
            yield Static(lines(explanation), classes="explanation")
            with Grid(id="constants"):
                for index, field in enumerate(self._fields):
                    yield Static(line((field, QUIET)))
                    yield Input(id=f"constant-{index}", compact=True)
            with Vertical(classes="buttons"):
                yield Button("Go on", id="agree", compact=True)

    def on_mount(self) -> None:
        """The lines stand close together."""
        for each in self.query(Input):
            each.styles.margin = 0

    @on(Input.Submitted)
    def next_line(self) -> None:
        """Go to the next line, and on from the last one."""
        self.focus_next()

    @on(Button.Pressed)
    def action_agree(self) -> None:
        """Give the texts back."""
        texts = [self.query_one(f"#constant-{index}", Input).value.strip() for index in range(len(self._fields))]
        self.dismiss({field: text for field, text in zip(self._fields, texts, strict=True) if text})
