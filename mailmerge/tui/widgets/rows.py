"""A list of any length: only the lines on screen are ever made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from mailmerge.i18n import N_
from mailmerge.tui.content.safe_content import line
from mailmerge.tui.content.theme import MUTED

Item = TypeVar("Item")

_OF_ROWS = frozenset(("move", "page", "go_to", "select"))


class Rows(Generic[Item], ScrollView, can_focus=True, inherit_bindings=False):
    """One row an item, a cursor, and the keys to move it. A subclass says what a row looks like."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--hover"}
    DEFAULT_CSS = """
    Rows {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        .rows--cursor { background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; }
        .rows--hover { background: $block-hover-background; }
        &:focus .rows--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "down,j",
            "move(1)",
            N_("Next"),
            show=False,
            id="rows.down",
            key_display="j/k",
            tooltip=N_("Go to the next row"),
        ),
        Binding("up,k", "move(-1)", N_("Previous"), show=False, id="rows.up", tooltip=N_("Go to the previous row")),
        Binding(
            "pagedown,ctrl+d", "page(1)", N_("Page down"), show=False, id="rows.pagedown", tooltip=N_("One page down")
        ),
        Binding("pageup,ctrl+u", "page(-1)", N_("Page up"), show=False, id="rows.pageup", tooltip=N_("One page up")),
        Binding("home,g", "go_to(0)", N_("First"), show=False, id="rows.first", tooltip=N_("Go to the first row")),
        Binding("end,G", "go_to(-1)", N_("Last"), show=False, id="rows.last", tooltip=N_("Go to the last row")),
        Binding("enter", "select", N_("Choose"), show=False, id="rows.choose", tooltip=N_("Choose this row")),
    ]

    when_empty = ""
    """What is said where there is no row."""
    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        rows: Rows[Any]

        @property
        def control(self) -> Rows[Any]:
            """The list."""
            return self.rows

    @dataclass
    class Chosen(Message):
        """A row was chosen with Enter or a second click."""

        rows: Rows[Any]

        @property
        def control(self) -> Rows[Any]:
            """The list."""
            return self.rows

    def __init__(self, items: Sequence[Item] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.items = items
        self._hover = -1
        self._strips: LRUCache[tuple[int, int, str], Strip] = LRUCache(512)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.items)

    @property
    def current(self) -> Item | None:
        """What is under the cursor; None where there is no row."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def row(self, index: int, width: int) -> Content:
        """What one row shows, at most ``width`` cells."""
        raise NotImplementedError

    def rows_changed(self) -> None:
        """Rows came, went or look different: draw what is on screen again."""
        self._strips.clear()
        size = Size(0, self.count)
        if size != self.virtual_size:
            if not (size.height and self.virtual_size.height):
                self.refresh_bindings()
            self.virtual_size = size
        self.cursor = max(0, min(self.cursor, self.count - 1))
        self.refresh()

    def row_changed(self, index: int) -> None:
        """One row looks different."""
        width = self.scrollable_content_region.width
        for name in ("", "rows--cursor", "rows--hover"):
            self._strips.discard((index, width, name))
        self._redraw(index)

    def show_row(self, index: int) -> None:
        """Put the cursor on a row and bring it into view."""
        self.cursor = max(0, min(index, self.count - 1))

    def render_line(self, y: int) -> Strip:
        """One line of the screen (Line API)."""
        index = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if index >= self.count:
            return Strip.blank(width, self.visual_style.rich_style) if self.count else self._empty_line(y, width)
        name = "rows--cursor" if index == self.cursor else "rows--hover" if index == self._hover else ""
        key = (index, width, name)
        strip = self._strips.get(key)
        if strip is None:
            style = self.get_visual_style(name) if name else self.visual_style
            segments = self.row(index, width).render_segments(style)
            strip = Strip(segments).adjust_cell_length(width, style.rich_style)
            self._strips[key] = strip
        return strip

    def _empty_line(self, y: int, width: int) -> Strip:
        said = line((self.when_empty, MUTED)).wrap(max(1, width - 4)) if self.when_empty else []
        row = said[y - 1] if 0 < y <= len(said) else Content()
        return Strip((line("  ") + row).render_segments(self.visual_style)).adjust_cell_length(
            width, self.visual_style.rich_style
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no row, no key goes to one."""
        if action in _OF_ROWS and not self.count:
            return False
        return super().check_action(action, parameters)

    def notify_style_update(self) -> None:
        """A theme or a focus changed: kept lines are stale."""
        super().notify_style_update()
        self._strips.clear()

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows concerned, scroll, tell."""
        self._redraw(old)
        self._redraw(new)
        self._bring_into_view(new)
        if self.count:
            self.post_message(self.Moved(self))

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.show_row(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by what fits the screen."""
        self.show_row(self.cursor + pages * max(1, self.scrollable_content_region.height - 1))

    def action_go_to(self, index: int) -> None:
        """Move the cursor to a row, counted from the end where negative."""
        self.show_row(index if index >= 0 else self.count + index)

    def action_select(self) -> None:
        """Tell that the row under the cursor was chosen."""
        if self.count:
            self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a second click chooses."""
        index = self.scroll_offset.y + event.y
        if 0 <= index < self.count:
            if index == self.cursor and event.chain == 2:
                self.action_select()
            self.cursor = index

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show what a click would take."""
        self._set_hover(self.scroll_offset.y + event.y)

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self._set_hover(-1)

    def on_resize(self) -> None:
        """Rows are laid out for the width; the cursor stays in view."""
        self._strips.clear()
        self.call_after_refresh(self._bring_into_view, self.cursor)

    def _set_hover(self, index: int) -> None:
        if index != self._hover:
            old, self._hover = self._hover, index
            self._redraw(old)
            self._redraw(index)

    def _redraw(self, index: int) -> None:
        y = index - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _bring_into_view(self, index: int) -> None:
        height = self.scrollable_content_region.height
        if not height:
            return
        top = self.scroll_offset.y
        if index < top:
            self.scroll_to(y=index, animate=False)
        elif index >= top + height:
            self.scroll_to(y=index - height + 1, animate=False)
