"""A sheet of text to read: wrapped once for its width, then drawn line by line."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.visual import RenderOptions


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
        Binding("down,j", "scroll_down", "Down", show=False, id="paper.down", tooltip="Scroll down"),
        Binding("up,k", "scroll_up", "Up", show=False, id="paper.up", tooltip="Scroll up"),
        Binding("pagedown,ctrl+d", "page_down", "Page down", show=False, id="paper.pagedown", tooltip="One page down"),
        Binding("pageup,ctrl+u", "page_up", "Page up", show=False, id="paper.pageup", tooltip="One page up"),
        Binding("home,g", "scroll_home", "Top", show=False, id="paper.top", tooltip="Go to the beginning"),
        Binding("end,G", "scroll_end", "End", show=False, id="paper.end", tooltip="Go to the end"),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._content = Content()
        self._strips: list[Strip] = []
        self._laid_out_for: tuple[object, ...] = ()

    @property
    def text(self) -> str:
        """What is on the sheet."""
        return self._content.plain

    def show(self, content: Content, *, keep_place: bool = False) -> None:
        """Put another text on the sheet, at its beginning or where the reader is."""
        self._content = content
        self._laid_out_for = ()
        self._lay_out()
        if not keep_place and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False)
        self.refresh(Region(0, 0, self.size.width, self.size.height))

    def show_place(self, character: int) -> None:
        """Scroll to a character of the text, where it is not in view."""
        self._lay_out()
        seen = 0
        for y, strip in enumerate(self._strips):
            seen += len(strip.text.rstrip()) + 1
            if seen > character:
                top, height = self.scroll_offset.y, self.size.height
                if not top <= y < top + height:
                    self.scroll_to(y=max(0, y - height // 3), animate=False)
                return

    def render_line(self, y: int) -> Strip:
        """One line of the screen (Line API)."""
        self._lay_out()
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        if index >= len(self._strips):
            return Strip.blank(width, self.rich_style)
        return self._strips[index].adjust_cell_length(width, self.rich_style)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that the mouse selected."""
        return selection.extract(self._content.plain), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self._laid_out_for = ()
        self.refresh()

    def notify_style_update(self) -> None:
        """A theme changed: laid out lines are stale."""
        super().notify_style_update()
        self._laid_out_for = ()

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if not width or not self.is_attached:
            return
        key = (width, id(self._content), self.text_selection)
        if key == self._laid_out_for:
            return
        self._laid_out_for = key
        selected = self.screen.get_visual_style("screen--selection") if self.text_selection else None
        options = RenderOptions(self._get_style, self.styles.get_rules(), self.text_selection, selected)
        self._strips = self._content.render_strips(width, None, self.visual_style, options)
        size = Size(0, len(self._strips))
        if size != self.virtual_size:
            self.virtual_size = size
