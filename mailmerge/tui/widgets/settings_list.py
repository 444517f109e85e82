"""What was decided about a table, one thing a row, changed where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from mailmerge.i18n import N_
from mailmerge.tui.content.safe_content import Piece, fit, line
from mailmerge.tui.content.theme import KEY, MUTED, STRONG, WARNING
from mailmerge.tui.widgets.rows import Rows

_TITLE = 13
_WIDEST = 24
"""Cells of a title at most."""


class Setting(Struct, frozen=True):
    """One thing that can be decided."""

    key: str
    title: str
    value: str
    note: str = ""
    missing: bool = False
    """Nothing can go on without it."""


class SettingsList(Rows[Setting]):
    """Settings, one a row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,l",
            "step(1)",
            N_("Change"),
            show=False,
            id="settings.next",
            key_display="◂ ▸",
            tooltip=N_("Read it the next way; the rows below follow"),
        ),
        Binding(
            "left,h", "step(-1)", N_("Change"), show=False, id="settings.before", tooltip=N_("Read it the way before")
        ),
        Binding("space", "select", N_("List"), show=False, id="settings.list", tooltip=N_("Choose from a list")),
        Binding(
            "enter",
            "screen.confirm",
            N_("Go on"),
            show=False,
            id="settings.confirm",
            tooltip=N_("Looks right: continue"),
        ),
    ]

    @dataclass
    class Stepped(Message):
        """The next or previous way to decide is wanted."""

        key: str
        step: int

    def __init__(self, *, id: str | None = None, title: int = _TITLE) -> None:  # noqa: A002
        super().__init__(id=id)
        self._least = self._title = title
        """Cells of the titles, at least."""

    @property
    def key(self) -> str:
        """The one under the cursor."""
        return self.current.key if self.current else ""

    def show(self, settings: list[Setting]) -> None:
        """Show how things are decided now."""
        self.items = settings
        self._title = max([self._least, *(min(_WIDEST, cell_len(each.title)) + 1 for each in settings)])
        self.rows_changed()

    def show_key(self, key: str) -> None:
        """Put the cursor on one of them."""
        self.show_row([setting.key for setting in self.items].index(key))

    def row(self, index: int, width: int) -> Content:
        """What, how, and why so."""
        setting, here = self.items[index], index == self.cursor
        note = min(len(setting.note), max(0, width - self._title - 20))
        room = max(0, width - self._title - note - 9)
        shown = fit(setting.value, room).rstrip()
        opening, closing = (("◂ ", KEY), (" ▸", KEY)) if here else ("  ", "  ")
        value: Piece = (shown, WARNING if setting.missing else STRONG)
        filler = " " * max(0, width - self._title - Content(shown).cell_length - note - 8)
        return line(
            "▸ " if here else "  ",
            (fit(setting.title, self._title), MUTED),
            opening,
            value,
            closing,
            filler,
            (fit(setting.note, note), MUTED),
        )

    def action_step(self, step: int) -> None:
        """Ask for the next way."""
        if self.items:
            self.post_message(self.Stepped(self.key, step))

    def on_click(self, event: events.Click) -> None:
        """A click on the marks steps, one anywhere else in the row shows the list."""
        index = self.scroll_offset.y + event.y
        if not 0 <= index < self.count:
            return
        was_here = index == self.cursor
        self.cursor = index
        setting = self.items[index]
        mark = 2 + self._title
        if was_here and mark <= event.x < mark + 2:
            self.post_message(self.Stepped(setting.key, -1))
        elif was_here and 0 <= event.x - mark - 2 - len(setting.value) < 2:
            self.post_message(self.Stepped(setting.key, 1))
        else:
            self.action_select()
