"""The way through a campaign: the next person, finding, unseen message; and what was seen, remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer

from mailmerge.campaign import Campaign
from mailmerge.model import Recipient
from mailmerge.tui.screens.campaign_decisions import CampaignDecisions
from mailmerge.tui.seen import SeenMarks
from mailmerge.tui.theme import QUIET
from mailmerge.tui.widgets.message import MessagePane
from mailmerge.tui.widgets.people_pane import PeoplePane

_WRITE_DOWN = 3.0
"""Seconds after which what was seen is written down."""


@dataclass
class Recalled(Message):
    """What was seen before, and reads the same, is known."""

    campaign: Campaign
    seen: set[int]
    """Record numbers."""


class CampaignWay(CampaignDecisions):
    """Moves among people and panes, and counts what stood on screen."""

    DWELL = 0.35
    """Seconds that a message stands on screen before it counts as seen."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "next_finding", "Next finding", id="campaign.finding", tooltip="The next person with a finding"),
        Binding("u", "next_unseen", "Next unseen", id="campaign.unseen", tooltip="The next message that was not seen"),
        Binding("slash", "search", "Search", id="campaign.search", tooltip="By name, address, field, finding or state"),
        Binding("escape", "everybody", "Show everybody", id="campaign.everybody", tooltip="End the search"),
        Binding(
            "O", "order", "Most unusual first", id="campaign.order", tooltip="Findings, rare wordings, odd lengths"
        ),
        Binding("right_square_bracket,J", "person(1)", "Next person", id="campaign.next", tooltip="From any pane"),
        Binding("left_square_bracket,K", "person(-1)", "Person before", id="campaign.before", tooltip="From any pane"),
        Binding("space", "read_on", "Read on", id="campaign.read_on", tooltip="Scroll; at the end, the next person"),
        Binding("l,right", "face(1)", "Next face", id="campaign.next_face", tooltip="HTML, headers, attachments …"),
        Binding("h,left", "face(-1)", "Face before", id="campaign.face_before", tooltip="Back to the letter"),
        Binding("1", "pane('people')", "Recipients", id="campaign.people", tooltip="Go to the recipients"),
        Binding("2", "pane('paper')", "Message", id="campaign.message", tooltip="Go to the message"),
        Binding("3", "pane('findings')", "Findings", id="campaign.findings", tooltip="Go to the findings"),
    ]

    def __init__(self, sources: Sequence[Path]) -> None:
        super().__init__(sources)
        self._marks: SeenMarks | None = None
        self._seen_since: set[int] = set()
        """Record numbers, since the campaign was opened or read again."""
        self._write_down: Timer | None = None

    @property
    def people(self) -> PeoplePane:
        """The people and the way among them."""
        return self.query_one(PeoplePane)

    @property
    def person(self) -> Recipient | None:
        """The person on screen."""
        return self.people.current

    @property
    def face(self) -> str:
        """The face of the message on screen."""
        return self.query_one(MessagePane).face

    @property
    def number(self) -> int:
        """The record on screen; 0 for none."""
        raise NotImplementedError

    # --- what was seen -------------------------------------------------------------------------------------------

    def look_anew(self) -> None:
        """The table and the letter were read: what is seen from now on is theirs."""
        self._seen_since = set()

    def saw(self, number: int) -> None:
        """Count a message as seen, if it is still there."""
        review, campaign, person = self.review, self.campaign, self.person
        if review is None or campaign is None or person is None:
            return
        if number != self.number or number in self._seen_since:
            return
        review.seen.add(number)
        self._seen_since.add(number)
        self.people.table.row_changed(self.people.row)
        self.show_stages()
        mark = partial(self._marks_of(campaign).add, campaign, person)
        self.run_worker(mark, group="seen", thread=True, exit_on_error=False)
        if self._write_down is None:
            self._write_down = self.set_timer(_WRITE_DOWN, self._write_seen)

    def recall_seen(self) -> None:
        """Look up, in a thread, which messages were seen before and still read the same."""
        if self.campaign is not None:
            self.behind(partial(self._recall, self._marks_of(self.campaign), self.campaign), "recall")

    def _recall(self, marks: SeenMarks, campaign: Campaign) -> None:
        self.post_message(Recalled(campaign, marks.among(campaign)))

    def _marks_of(self, campaign: Campaign) -> SeenMarks:
        if self._marks is None or not self._marks.is_of(campaign):
            self._marks = SeenMarks(self.program.home.state / "seen", campaign)
        return self._marks

    @on(Recalled)
    def recalled(self, event: Recalled) -> None:
        """Mark what was seen; a message that reads otherwise since then is unseen."""
        if event.campaign is self.campaign and self.review is not None:
            self.review.seen = event.seen | self._seen_since
            self.people.table.rows_changed()
            self.show_stages()

    def _write_seen(self) -> None:
        self._write_down = None
        if self._marks is not None:
            self.behind(self._marks.save, "write seen")

    def on_unmount(self) -> None:
        """Write down what was seen last."""
        if self._marks is not None:
            self._marks.save()

    def people_changed(self) -> None:
        """Marks of people look different."""
        self.people.table.rows_changed()
        self.people.show_title()

    def show_alone(self, number: int, said: str) -> None:
        """Show one person only, and say why; Escape shows everybody again."""
        self.people.show_alone(number, said)

    # --- the way among people ------------------------------------------------------------------------------------

    def action_next_finding(self) -> None:
        """Go to the next person with a finding."""
        if self.review is None:
            return
        if self.review.report is None:
            self.tell((self.review.unchecked, QUIET))
        elif not self.people.go_to_finding():
            self.tell("No finding about anybody who is shown.")

    def action_next_unseen(self) -> None:
        """Go to the next message that was not seen."""
        if self.review and not self.people.go_to_unseen():
            self.tell("Every message that is shown has been seen.")

    def action_search(self) -> None:
        """Open the search line."""
        self.people.open_search()

    def action_everybody(self) -> None:
        """End the search."""
        self.tell()
        self.people.close_search()

    def action_order(self) -> None:
        """Most unusual first, or the table's own order."""
        self.people.toggle_order()

    def action_person(self, step: int) -> None:
        """The next person, from any pane."""
        self.people.table.action_move(step)

    def action_read_on(self) -> None:
        """Scroll the message; at its end, the next person."""
        if not self.query_one(MessagePane).read_on():
            self.action_person(1)

    def action_face(self, step: int) -> None:
        """Another face of the same message."""
        self.query_one(MessagePane).next_face(step)

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self.query_one(f"#{name}").focus()
