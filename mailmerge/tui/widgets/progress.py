"""A line that fills from the left; what was refused or lost keeps a sign of its own in it."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from mailmerge.model import State
from mailmerge.tui.content.safe_content import Piece, line
from mailmerge.tui.content.symbols import STATE_MARKS, STATE_STYLES
from mailmerge.tui.content.theme import MUTED, SUCCESS


class Progress(Widget):
    """How much of something is done."""

    DEFAULT_CSS = "Progress { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    parts: reactive[tuple[int, int, int, int, int]] = reactive((0, 0, 0, 0, 1), layout=False)
    """Done well, refused, lost, put off, and the total."""

    def render(self) -> Content:
        """The bar."""
        return progress_bar(*self.parts, self.content_size.width)


def progress_bar(good: int, refused: int, lost: int, put_off: int, total: int, width: int) -> Content:
    """A bar of ``width`` cells; whatever is not zero shows at least one cell, with the mark that lists give it."""
    total = max(total, 1)
    counts = {State.REJECTED: refused, State.UNKNOWN: lost, State.DEFERRED: put_off}
    cells = {state: max(1, round(count * width / total)) if count else 0 for state, count in counts.items()}
    room = width - sum(cells.values())
    halves = min(2 * room, round(2 * good * width / total))
    filled = "━" * (halves // 2) + "╸" * (halves % 2)
    pieces: list[Piece] = [(filled, SUCCESS)]
    pieces += [(STATE_MARKS[state] * count, STATE_STYLES[state]) for state, count in cells.items()]
    used = len(filled) + sum(cells.values())
    pieces.append(("─" * max(0, width - used), MUTED))
    return line(*pieces)
