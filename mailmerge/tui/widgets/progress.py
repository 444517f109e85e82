"""A line that fills from the left; what was refused or lost keeps a sign of its own in it."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from mailmerge.tui.content.safe_content import Piece, line
from mailmerge.tui.content.theme import CARE, GOOD, QUIET, WRONG


class Progress(Widget):
    """How much of something is done."""

    DEFAULT_CSS = "Progress { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    parts: reactive[tuple[int, int, int, int]] = reactive((0, 0, 0, 1), layout=False)
    """Done well, refused, lost, and the total."""

    def render(self) -> Content:
        """The bar."""
        return progress_bar(*self.parts, self.content_size.width)


def progress_bar(good: int, refused: int, lost: int, total: int, width: int) -> Content:
    """A bar of ``width`` cells; whatever is not zero shows at least one cell."""
    total = max(total, 1)
    cells = [max(1, round(part * width / total)) if part else 0 for part in (refused, lost)]
    room = width - sum(cells)
    halves = min(2 * room, round(2 * good * width / total))
    filled = "━" * (halves // 2) + "╸" * (halves % 2)
    pieces: list[Piece] = [(filled, GOOD), ("✗" * cells[0], WRONG), ("?" * cells[1], CARE)]
    used = len(filled) + sum(cells)
    pieces.append(("─" * max(0, width - used), QUIET))
    return line(*pieces)
