"""Everything that is looked at, one thing a row."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from mailmerge.approval.reviewing.review import ApprovalReview, Item
from mailmerge.tui.content.review_text import title_of, why_shown
from mailmerge.tui.content.safe_content import fit, line
from mailmerge.tui.content.theme import MUTED, SUCCESS, WARNING
from mailmerge.tui.widgets.rows import Rows

_LONGEST_TITLE = 20


class ItemList(Rows[Item]):
    """The letters and findings of a review, with what was looked at marked."""

    def __init__(self, review: ApprovalReview, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(review.items, id=id)
        self.review = review
        self._title = min(_LONGEST_TITLE, max((cell_len(title_of(each)) for each in review.items), default=0))

    def show_review(self, review: ApprovalReview) -> None:
        """Show a review, from its beginning."""
        self.review, self.items = review, review.items
        self.rows_changed()
        self.show_row(0)

    def row(self, index: int, width: int) -> Content:
        """Whether it was looked at, what it is, and why it is shown."""
        item = self.items[index]
        wrong = self.review.reason(index) is not None
        mark, style = ("✗", WARNING) if wrong else ("✓", SUCCESS) if self.review.is_seen(index) else ("·", MUTED)
        return line(
            "▸" if index == self.cursor else " ",
            (f"{mark} ", style),
            f"{fit(title_of(item), self._title)} ",
            (fit(why_shown(item), max(0, width - self._title - 4)), MUTED),
        )
