"""A sheet of text to read: wrapped once for its width, then drawn line by line."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from mailmerge.i18n import N_


class Paper(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows one text. Another text costs its wrapping and no layout of the screen."""

    DEFAULT_CSS = """
    Paper {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", N_("Down"), show=False, id="paper.down", tooltip=N_("Scroll down")),
        Binding("up,k", "scroll_up", N_("Up"), show=False, id="paper.up", tooltip=N_("Scroll up")),
        Binding(
            "pagedown,ctrl+d",
            "page_down",
            N_("Page down"),
            show=False,
            id="paper.pagedown",
            tooltip=N_("One page down"),
        ),
        Binding("pageup,ctrl+u", "page_up", N_("Page up"), show=False, id="paper.pageup", tooltip=N_("One page up")),
        Binding("home,g", "scroll_home", N_("Top"), show=False, id="paper.top", tooltip=N_("Go to the beginning")),
        Binding("end,G", "scroll_end", N_("End"), show=False, id="paper.end", tooltip=N_("Go to the end")),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._content = Content()
        self._lines: list[Content] = []
        self._head = self._names = self._beside = 0
        """Rows that begin with a name, cells of the names, and how many lines these rows became."""
        self._width = 0
        self._strips: dict[int, Strip] = {}
        self._pointed = False
        """Whether the mouse was here."""

    @property
    def text(self) -> str:
        """What is on the sheet."""
        return self._content.plain

    def show(self, content: Content, *, keep_place: bool = False, head: int = 0, names: int = 0) -> None:
        """Put another text on the sheet, at its beginning or where the reader is.

        The first ``head`` rows are names of ``names`` cells, each with what goes on beside it where it is long.

        Two letters of one campaign have most of their lines in common: only the others are drawn.
        """
        before = self._lines
        self._content, self._head, self._names = content, head, names
        self._lay_out()
        if not keep_place and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False)
            self.refresh()
            return
        top, (width, height) = self.scroll_offset.y, self.size
        blank = Content()
        for y in range(height):
            old = before[top + y] if top + y < len(before) else blank
            new = self._lines[top + y] if top + y < len(self._lines) else blank
            if not old.is_same(new):
                self.refresh(Region(0, y, width, 1))

    def show_place(self, character: int) -> None:
        """Scroll to a character of the text, where it is not in view."""
        seen, beside = 0, " " * self._names
        for y, each in enumerate(self._lines):
            goes_on = y < self._beside and each.plain.startswith(beside)
            seen += len(each) + 1 - (self._names if goes_on else 0)
            if seen > character:
                top, height = self.scroll_offset.y, self.size.height
                if not top <= y < top + height:
                    self.scroll_to(y=max(0, y - height // 3), animate=False)
                return

    def render_line(self, y: int) -> Strip:
        """One line of the screen (Line API)."""
        index = self.scroll_offset.y + y
        strip = self._strips.get(index)
        if strip is None:
            style = self.visual_style
            segments = self._line(index).render_segments(style)
            strip = Strip(segments).adjust_cell_length(self._width, style.rich_style)
            if self._pointed:
                strip = strip.apply_offsets(0, index)
            self._strips[index] = strip
        return strip

    def _line(self, index: int) -> Content:
        if index >= len(self._lines):
            return Content()
        line, selection = self._lines[index], self.text_selection
        marked = selection.get_span(index) if selection else None
        if marked is None:
            return line
        start, end = marked
        return line.stylize("reverse", start, len(line) if end < 0 else end)

    # --- selecting with the mouse --------------------------------------------------------------------------------

    def on_enter(self) -> None:
        """Add offsets for mouse selection; expensive, so only while the mouse is over the widget."""
        if not self._pointed:
            self._pointed = True
            self._draw_anew()

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The text under a selection, with the line ends of the screen."""
        return selection.extract("\n".join(each.plain for each in self._lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Another part is selected."""
        self._draw_anew()

    def _draw_anew(self) -> None:
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """A theme changed: kept lines are stale."""
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self) -> None:
        """Wrap for the new width."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out()
            self.refresh()

    def _lay_out(self) -> None:
        self._width = self.scrollable_content_region.width
        self._strips.clear()
        self._lines = self._wrapped() if self._width else []
        self._resize_to(Size(0, len(self._lines)))

    def _wrapped(self) -> list[Content]:
        names, content = self._names, self._content
        self._beside = 0
        if not self._head or self._width < 2 * names:
            return content.wrap(self._width)
        end = -1
        for _row in range(self._head):
            end = content.plain.find("\n", end + 1)
            if end < 0:
                end = len(content)
                break
        wrapped = []
        for row in content[:end].split("\n", allow_blank=True):
            first, *others = row[names:].wrap(self._width - names) or [Content()]
            wrapped += [row[:names] + first, *(Content(" " * names) + each for each in others)]
        self._beside = len(wrapped)
        return wrapped + (content[end + 1 :].wrap(self._width) if end < len(content) else [])

    def _resize_to(self, size: Size) -> None:
        """Tell the scrollbar; lay the screen out again only where the bar comes or goes."""
        height = self.size.height
        if (size.height > height) != (self.virtual_size.height > height):
            self.virtual_size = size
        elif size != self.virtual_size:
            self.set_reactive(Paper.virtual_size, size)
            self._scroll_update(size)
