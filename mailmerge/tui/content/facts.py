"""Facts beside what they are called: a long one goes on below its own beginning."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

_NARROWEST = 20


class Facts(Visual):
    """Labels, all of one width, and a text beside each."""

    def __init__(self, rows: Sequence[tuple[Content, Content]]):
        self.rows = rows

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines as they are drawn."""
        return self.within(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """In cells: as wide as the longest fact."""
        return max((label.cell_length + text.cell_length for label, text in self.rows), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """In lines."""
        return self.within(width).get_height(rules, width)

    def within(self, width: int) -> Content:
        """The facts in lines of at most so many cells."""
        lines: list[Content] = []
        for label, text in self.rows:
            first, *rest = text.wrap(max(width - label.cell_length, _NARROWEST))
            lines += [label + first, *(each.pad_left(label.cell_length) for each in rest)]
        return Content("\n").join(lines)
