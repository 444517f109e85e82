"""The buttons of a question: side by side where they fit, one below the other where they do not."""

from __future__ import annotations

from textual.containers import Container
from textual.widgets import Button

_BETWEEN = 3


class Buttons(Container):
    """A row of buttons, or a column: none is ever cut."""

    DEFAULT_CSS = """
    Buttons { height: auto; layout: horizontal; }
    Buttons.-stacked { layout: vertical; }
    """

    def on_resize(self) -> None:
        """Another width has room for another arrangement."""
        buttons = list(self.query_children(Button))
        wanted = sum(button.get_content_width(self.size, self.app.size) + button.gutter.width for button in buttons)
        self.set_class(wanted + _BETWEEN * (len(buttons) - 1) > self.size.width, "-stacked")
