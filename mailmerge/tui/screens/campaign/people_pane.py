"""The people and the way among them: searching, the order, the next finding, the next unseen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from mailmerge.campaign.session import CampaignSession, Review
from mailmerge.i18n import N_, _, plural
from mailmerge.i18n import number as written
from mailmerge.model import Recipient
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.jobs.jobs import Jobs
from mailmerge.tui.screens.campaign.people_list import PeopleTable
from mailmerge.tui.widgets.bars import Bar


class PeoplePane(Vertical):
    """A title, a search line, the table."""

    DEFAULT_CLASSES = "titled"

    HELP = N_("""\
Recipients

Everybody who gets a message, one row per person. A message counts as seen once it was on screen for a moment,
and until it changes: another letter, another cell, another file attached.

•          this message has not been looked at
X  !  i    a finding blocks, warns, informs
✓  ✗       the server accepted, rejected the message
?  ~       its verdict was lost, it asked to try again later

The last four are of the last run that has this letter for the person; the title names that run.
""")

    @dataclass
    class Rearranged(Message):
        """Other people, or the same in another order, are shown."""

        said: str
        """What is to be said of it; ``""`` for nothing."""

    def __init__(self, session: CampaignSession, jobs: Jobs, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.session = session
        self.jobs = jobs
        self.review: Review | None = None

    def compose(self) -> ComposeResult:
        """The title, the search line, the table."""
        yield Bar(classes="title")
        search = Input(placeholder=_("name, address, any field, LST105, unseen …"), id="search", compact=True)
        search.display = False
        yield search
        yield PeopleTable(id="people")

    @property
    def table(self) -> PeopleTable:
        """The table."""
        return self.query_one(PeopleTable)

    @property
    def row(self) -> int:
        """The row under the cursor."""
        return self.table.cursor

    @property
    def current(self) -> Recipient | None:
        """The person under the cursor; None where nobody is shown."""
        return self.table.current

    def show_reading(self, names: str) -> None:
        """Say that files are being read."""
        self.query_one(Bar).say((_("Recipients"), STRONG), ("  " + _("reading {names} …").format(names=names), MUTED))

    def show_review(self, review: Review, number: int = 0) -> None:
        """Show the people of a review, the cursor on a record, or on the next one where it is gone."""
        self.review = review
        self.table.show_review(review)
        self.table.show_row(review.row_from(number))
        self.show_title()

    def show_title(self) -> None:
        """Say how many are shown, and in which order."""
        review = self.review
        if review is None:
            return
        shown, total = len(review.shown), review.total
        count = (
            plural(total, "{count} person", "{count} people")
            if shown == total
            else _("{shown} of {total}").format(shown=written(shown), total=written(total))
        )
        bar = self.query_one(Bar)
        sent = f"  ✓✗?~ {review.marks_from}" if review.marks_from else ""
        campaign = self.session.campaign
        where = campaign.file.where if campaign else ""
        chosen = "  " + _("filter: {where}").format(where=where) if where else ""
        bar.say((_("Recipients"), STRONG), (f"  {count}{chosen}{sent}", MUTED))
        bar.say_right((review.order_name, MUTED))

    def marks_changed(self) -> None:
        """Marks of people look different."""
        self.table.rows_changed()
        self.show_title()

    def go_to(self, number: int) -> bool:
        """Put the cursor on a record; False where it is not shown."""
        return self._go_to_row(self.review.row_of(number) if self.review else None)

    def go_to_finding(self) -> bool:
        """Put the cursor on the next person with a finding; False where there is none."""
        return self._go_to_row(self.review.next_finding(self.row) if self.review else None)

    def go_to_unseen(self) -> bool:
        """Put the cursor on the next person whose message was not seen; False where there is none."""
        return self._go_to_row(self.review.next_unseen(self.row) if self.review else None)

    def _go_to_row(self, row: int | None) -> bool:
        if row is not None:
            self.table.show_row(row)
        return row is not None

    # --- search --------------------------------------------------------------------------------------------------

    def open_search(self) -> None:
        """Show the search line and fold the table meanwhile."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()
        if self.review:
            self.jobs.start("prepare", self.review.prepare_search)

    def show_search(self, query: str) -> None:
        """Show what is looked for, where anything is."""
        search = self.query_one("#search", Input)
        search.display = bool(query)
        with search.prevent(Input.Changed):
            search.value = query

    def close_search(self) -> None:
        """Everybody again, the same person under the cursor."""
        search = self.query_one("#search", Input)
        if search.display:
            self.table.focus()
            search.display = False
        search.value = ""
        if self.review is not None and self.review.alone:
            number = self.review.alone
            self.review.show_everybody()
            self._rearranged(number)

    def show_alone(self, number: int, said: str = "") -> None:
        """Show one person, and say why; Escape shows everybody again."""
        if self.review is not None:
            self.close_search()
            self.review.show_alone(number)
            self._rearranged(number, said)

    @property
    def query_text(self) -> str:
        """What is looked for."""
        return self.query_one("#search", Input).value

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        if self.review:
            self.jobs.start("search", partial(self.session.search, event.value))

    @on(Input.Submitted, "#search")
    def _submitted(self) -> None:
        self.table.focus()

    def show_found(self, number: int) -> None:
        """Show who was found; a record stays under the cursor where it is among them."""
        self._rearranged(number)

    # --- order ---------------------------------------------------------------------------------------------------

    def toggle_order(self) -> None:
        """Most unusual first, or the table's own order."""
        review = self.review
        if review is None:
            return
        if review.unusual_first:
            review.set_order(range(review.total))
            self._rearranged(0)
        else:
            self.query_one(Bar).say_right((_("looking for the unusual …"), MUTED))
            self.jobs.start_long("order", self.session.order)

    def show_ordered(self) -> None:
        """Show the order that was found."""
        count = len(self.review.notes) if self.review else 0
        some = plural(count, "{count} message is unusual.", "{count} messages are unusual.")
        self._rearranged(0, some if count else _("No message is unusual."))

    def _rearranged(self, number: int, said: str = "") -> None:
        review = self.review
        assert review is not None  # noqa: S101
        self.table.rows_changed()
        self.table.show_row((review.row_of(number) if number else 0) or 0)
        self.show_title()
        self.post_message(self.Rearranged(said))
