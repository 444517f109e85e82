"""The people of a campaign: who they are, who has been looked at, and what is to be said about them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from rich.cells import cell_len
from textual.content import Content

from mailmerge.campaign.session.review import Review
from mailmerge.i18n import N_, _
from mailmerge.model import Recipient, State
from mailmerge.tui.content.safe_content import fit, line
from mailmerge.tui.content.symbols import SEVERITY_MARKS, SEVERITY_STYLES, STATE_MARKS, STATE_STYLES, UNSEEN
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.widgets.rows import Rows

_LEAST, _MOST = 0.4, 0.6
"""Of a row: what names have if they need it, and what they have at most where addresses need the rest."""
_SAMPLE = 2_000
"""People by whom the width of the names is chosen."""


class PeopleTable(Rows[Recipient]):
    """A hundred thousand people at the price of forty."""

    KEYS = (
        ("rows.down", N_("person")),
        ("campaign.finding", N_("finding")),
        ("campaign.search", N_("search")),
        ("campaign.send", N_("seal & send")),
        ("campaign.exclude", N_("leave out")),
        ("campaign.filter", N_("filter")),
        ("campaign.send_one", N_("only this one")),
        ("campaign.export", N_("dry run")),
        ("campaign.edit", N_("edit letter")),
        ("page.help", N_("help")),
    )

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.review: Review | None = None
        self._names: Sequence[int] = ()
        self._addresses: Sequence[int] = ()
        """How long the names and the addresses are, in order."""
        self._room = self._name_width = 0

    def show_review(self, review: Review) -> None:
        """Show the people of a review."""
        if review is not self.review:
            people = list(islice(review.recipients, _SAMPLE))
            self._names = sorted(cell_len(each.name) or len(_("(no name)")) for each in people)
            self._addresses = sorted(cell_len(each.address) for each in people)
            self._room = -1
        self.review = review
        self.rows_changed()

    @property
    def count(self) -> int:
        """How many people are shown."""
        return len(self.review.shown) if self.review else 0

    @property
    def current(self) -> Recipient | None:
        """The person under the cursor; None where nobody is shown."""
        return self.review.recipient(self.cursor) if self.review and self.review.shown else None

    def row(self, index: int, width: int) -> Content:
        """Number, mark, name and address of one person."""
        review = self.review
        if review is None:
            return Content()
        recipient = review.recipient(index)
        number = recipient.record.number
        digits = max(3, len(str(review.total)))
        severity = review.severity_of(number)
        marks = [(SEVERITY_MARKS[severity], SEVERITY_STYLES[severity]) if severity else (" ", "")]
        if review.has_states:
            state = review.state_of(number) or State.PENDING
            marks.append((STATE_MARKS[state], STATE_STYLES.get(state, "")))
        unseen = number not in review.seen
        rest = max(0, width - digits - 6 - len(marks))
        name_width = self._width_of_names(rest)
        return line(
            "▸" if index == self.cursor else " ",
            (f"{number:>{digits}}", MUTED),
            " ",
            (UNSEEN if unseen else " ", "$primary"),
            *marks,
            " ",
            (fit(recipient.name or _("(no name)"), name_width), STRONG if unseen else ""),
            " ",
            (fit(recipient.address, max(0, rest - name_width)), "" if index == self.cursor else MUTED),
        )

    def _width_of_names(self, room: int) -> int:
        """Of the room for both, worked out once."""
        if room != self._room:
            self._room, self._name_width = room, fair_width(self._names, self._addresses, room)
        return self._name_width


def fair_width(names: Sequence[int], addresses: Sequence[int], room: int) -> int:
    """How wide names are beside addresses, so that of either as many as possible can be read whole.

    The lengths are in order. Where the room is enough for all, names take what they need.
    """
    longest, widest = (lengths[-1] if lengths else 0 for lengths in (names, addresses))
    least, most = min(longest, int(room * _LEAST)), min(longest, max(int(room * _MOST), room - widest))

    def read_whole(width: int) -> tuple[int, int]:
        both = bisect_right(names, width), bisect_right(addresses, room - width)
        return min(both), sum(both)

    return max(range(least, most + 1), key=read_whole)
