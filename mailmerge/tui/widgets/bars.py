"""One-line widgets: the head of the program, the title of a pane, tabs, the strip of stages, a notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len, set_cell_size
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from mailmerge.tui.content.safe_content import Piece, line, spread
from mailmerge.tui.content.theme import ACTIVE, ERROR, MUTED, STRONG, SUCCESS, WARNING


class Bar(Widget):
    """One line with something at its left and something at its right end."""

    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    ALLOW_SELECT = False

    left: reactive[Content] = reactive(Content(), layout=False, always_update=True)
    right: reactive[Content] = reactive(Content(), layout=False, always_update=True)

    def render(self) -> Content:
        """Both ends, the right one where there is room."""
        return spread(self.left, self.right, self.content_size.width)

    def say(self, *pieces: Piece) -> None:
        """Show text at the left end."""
        content = line(*pieces)
        if not content.is_same(self.left):
            self.left = content

    def say_right(self, *pieces: Piece) -> None:
        """Show text at the right end."""
        content = line(*pieces)
        if not content.is_same(self.right):
            self.right = content


class HeadBar(Bar):
    """Where we are, and what is open; of several facts the last one is never cut for the others."""

    facts: reactive[Sequence[str]] = reactive((), layout=False)

    def render(self) -> Content:
        """The title, then the facts: the longest ones but the last are cut where there is no room."""
        width = self.content_size.width
        facts, room = list(self.facts), width - self.left.cell_length - 2
        while len(facts) > 1 and (over := cell_len(_FACT_GAP.join(facts)) - room) > 0:
            place = max(range(len(facts) - 1), key=lambda each: cell_len(facts[each]))
            left = cell_len(facts[place]) - over
            if left < _SHORTEST_FACT:
                del facts[place]
            else:
                facts[place] = f"{set_cell_size(facts[place], left - 1).rstrip()}…"
        return spread(self.left, line((_FACT_GAP.join(facts), MUTED)), width)


_FACT_GAP = "   "
_SHORTEST_FACT = 8
"""Cells below which a part of a name says nothing."""


class BarEntry(Struct, frozen=True):
    """One thing that can be chosen on a bar."""

    key: str
    content: Content
    tooltip: str = ""


class ChoiceBar(Bar):
    """A bar with entries that the mouse can choose."""

    GAP: ClassVar[Content] = Content("  ")
    """Between two entries."""
    entries: reactive[Sequence[BarEntry]] = reactive((), layout=False, always_update=True)

    @dataclass
    class Chosen(Message):
        """An entry was chosen."""

        bar: ChoiceBar
        key: str

        @property
        def control(self) -> ChoiceBar:
            """The bar."""
            return self.bar

    def show_entries(self, entries: Sequence[BarEntry]) -> None:
        """Show entries, and draw them where they look different from those that are shown."""
        shown = self.entries
        if len(shown) != len(entries) or not all(
            old.content.is_same(new.content) for old, new in zip(shown, entries, strict=True)
        ):
            self.entries = entries

    @property
    def before(self) -> Content:
        """What is before the entries: what stands at the left end, as long as the entries need not be cut for it."""
        shown = self.GAP.join(entry.content for entry in self.entries)
        if not self.left or self.left.cell_length + 2 + shown.cell_length > self.content_size.width:
            return Content()
        return self.left + Content("  ")

    def render(self) -> Content:
        """The entries, after what stands at the left end."""
        shown = self.GAP.join(entry.content for entry in self.entries)
        return spread(self.before + shown, self.right, self.content_size.width)

    def entry_at(self, x: int) -> BarEntry | None:
        """The entry at a cell of the content."""
        start = self.before.cell_length
        for entry in self.entries:
            end = start + entry.content.cell_length
            if start <= x < end:
                return entry
            start = end + self.GAP.cell_length
        return None

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        entry = self.entry_at(event.x - self.styles.padding.left)
        if entry:
            self.post_message(self.Chosen(self, entry.key))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Explain what the mouse is on."""
        entry = self.entry_at(event.x - self.styles.padding.left)
        self.tooltip = Content(entry.tooltip) if entry and entry.tooltip else None


class Tabs(ChoiceBar):
    """The faces of one thing, one of them shown."""

    GAP = Content()

    def show_tabs(self, names: Sequence[tuple[str, str]], active: str) -> None:
        """Show tabs (key and title) and which one is active."""
        self.show_entries(
            [BarEntry(key, line((f" {title} ", ACTIVE if key == active else MUTED))) for key, title in names]
        )


_MARKS = {"done": ("✓", SUCCESS), "care": ("!", WARNING), "wrong": ("X", ERROR)}


class StripStep(Struct, frozen=True):
    """One of the five steps."""

    title: str
    state: str
    """``done``, ``now``, ``care``, ``wrong`` or ``later``."""
    tooltip: str
    detail: tuple[tuple[str, str], ...] = ()
    """Facts and their styles, the one that matters most first."""


class StageStrip(ChoiceBar):
    """The way of a campaign in five steps, and where it stands."""

    GAP = line((" › ", MUTED))

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._stages: Sequence[StripStep] = ()

    def show_stages(self, stages: Sequence[StripStep]) -> None:
        """Show the steps, with as many facts as there is room for; in a small window, what is done by number only."""
        self._stages = stages
        for facts in (9, 2, 1, 0, None):
            entries = [self._entry(number, stage, facts) for number, stage in enumerate(stages, 1)]
            if sum(entry.content.cell_length + 3 for entry in entries) - 3 <= (self.content_size.width or 120):
                break
        self.show_entries(entries)

    def on_resize(self) -> None:
        """Another width has room for other facts."""
        self.show_stages(self._stages)

    @staticmethod
    def _entry(number: int, stage: StripStep, facts: int | None) -> BarEntry:
        pieces: list[Piece] = [(f"{number}", MUTED)]
        if facts is not None or stage.state != "done":
            pieces += [" ", (stage.title, STRONG if stage.state == "now" else "")]
        if stage.state in _MARKS:
            mark, style = _MARKS[stage.state]
            pieces.append((f" {mark}", style))
        for index, (fact, style) in enumerate(stage.detail[: facts or 0]):
            pieces += [("  " if index else " ", ""), (fact, style)]
        return BarEntry(str(number), line(*pieces), stage.tooltip)
