"""Everything that is looked at, one thing a row."""

from __future__ import annotations

from textual.content import Content

from mailmerge.approval.review import Review
from mailmerge.tui.content.review_text import title_of, why_shown
from mailmerge.tui.content.safe_content import fit, line
from mailmerge.tui.content.theme import MUTED, SUCCESS, WARNING
from mailmerge.tui.widgets.rows import Rows

_TITLE = 20


class ItemList(Rows):
    """The letters and findings of a review, with what was looked at marked."""

    def __init__(self, review: Review, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.review = review

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.review.items)

    def row(self, index: int, width: int) -> Content:
        """Whether it was looked at, what it is, and why it is shown."""
        item = self.review.items[index]
        wrong = self.review.reason(index) is not None
        mark, style = ("✗", WARNING) if wrong else ("✓", SUCCESS) if self.review.is_seen(index) else ("·", MUTED)
        return line(
            "▸" if index == self.cursor else " ",
            (f"{mark} ", style),
            f"{fit(title_of(item), _TITLE)} ",
            (fit(why_shown(item), max(0, width - _TITLE - 4)), MUTED),
        )
