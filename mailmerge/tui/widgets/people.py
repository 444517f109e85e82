"""The people of a campaign: who they are, who has been looked at, and what is to be said about them."""

from __future__ import annotations

from textual.content import Content

from mailmerge.model import Severity, State
from mailmerge.tui.review import SEVERITY_MARKS, STATE_MARKS, UNSEEN, Review
from mailmerge.tui.show import fit, line
from mailmerge.tui.widgets.rows import Rows

_SEVERITY_STYLES = {Severity.BLOCK: "bold $error", Severity.WARN: "bold $warning", Severity.INFO: "$quiet"}
_STATE_STYLES = {
    State.ACCEPTED: "$success",
    State.REJECTED: "bold $error",
    State.UNKNOWN: "bold $warning",
    State.DEFERRED: "$warning",
}
_NAME_SHARE = 0.45


class PeopleTable(Rows):
    """A hundred thousand people at the price of forty."""

    HELP = """\
Recipients

Everybody who gets a message, one row a person. A message counts as seen once it stood on screen for a moment,
and until it reads otherwise: another letter, another cell, another file attached.

•          this message has not been looked at
X  !  i    a finding blocks, warns, informs
✓  ✗       the server accepted, rejected the message
?  ~       its verdict was lost, it asked to try again later

The last four are of the last run that has this letter for the person; the title names that run.
"""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.review: Review | None = None

    def show_review(self, review: Review) -> None:
        """Show the people of a review."""
        self.review = review
        self.rows_changed()

    @property
    def count(self) -> int:
        """How many people are shown."""
        return len(self.review.shown) if self.review else 0

    def row(self, index: int, width: int) -> Content:
        """Number, mark, name and address of one person."""
        review = self.review
        if review is None:
            return Content()
        recipient = review.recipient(index)
        number = recipient.record.number
        digits = max(3, len(str(review.total)))
        severity = review.severity_of(number)
        marks = [(SEVERITY_MARKS[severity], _SEVERITY_STYLES[severity]) if severity else (" ", "")]
        if review.has_states:
            state = review.state_of(number) or State.PENDING
            marks.append((STATE_MARKS[state], _STATE_STYLES.get(state, "")))
        unseen = number not in review.seen
        rest = max(0, width - digits - 6 - len(marks))
        name_width = min(max(12, int(rest * _NAME_SHARE)), 28)
        return line(
            "▸" if index == self.cursor else " ",
            (f"{number:>{digits}}", "$quiet"),
            " ",
            (UNSEEN if unseen else " ", "$primary"),
            *marks,
            " ",
            (fit(recipient.name or "(no name)", name_width), "bold" if unseen else ""),
            " ",
            (fit(recipient.address, max(0, rest - name_width)), "" if index == self.cursor else "$quiet"),
        )
