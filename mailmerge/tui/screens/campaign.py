"""The campaign: everybody at the left, one message at the right, what was found below, the way above."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.timer import Timer

from mailmerge.tui import work
from mailmerge.tui.launch import settle
from mailmerge.tui.review import Review
from mailmerge.tui.screens.campaign_way import CampaignWay
from mailmerge.tui.show import line
from mailmerge.tui.theme import QUIET
from mailmerge.tui.widgets.bars import ChoiceBar, StageStrip
from mailmerge.tui.widgets.findings import FindingsPane
from mailmerge.tui.widgets.message import MessagePane
from mailmerge.tui.widgets.people_pane import PeoplePane
from mailmerge.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from mailmerge.campaign import Campaign
    from mailmerge.lint import Finding

_QUICK = 0.008
"""Seconds that composing one message may take on the event loop."""


class CampaignScreen(CampaignWay):
    """Review every message of a campaign."""

    KEYS = (
        ("rows.down", "person"),
        ("campaign.finding", "finding"),
        ("campaign.search", "search"),
        ("campaign.edit", "edit letter"),
        ("campaign.send", "seal & send"),
        ("page.help", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("F", "all_findings", "Findings of everybody", id="campaign.all_findings", tooltip="Or of this person"),
        Binding("4,5", "send", "Seal and send", id="campaign.stages", tooltip="Freeze the messages, then send them"),
    ]

    def __init__(self, sources: Sequence[Path]) -> None:
        super().__init__(sources)
        self._dwell: Timer | None = None
        self._quick = False
        self._wanted: tuple[int, str] = (0, "")
        self._linted: Campaign | None = None

    def body(self) -> ComposeResult:
        """The strip and three panes."""
        yield StageStrip(id="stages")
        with Container(id="panes"):
            yield PeoplePane(id="people-pane")
            yield MessagePane(id="message-pane")
        yield FindingsPane(id="findings-pane")

    def on_mount(self) -> None:
        """Read the files behind an empty desk."""
        names = " and ".join(source.name for source in self.sources)
        self.head(names)
        self.people.show_reading(names)
        self.query_one(MessagePane).show_title("Message")
        self.query_one(FindingsPane).show_for(None, None)
        self.show_stages()
        self.people.table.focus()
        self.watch(self.people.table, "cursor", self.other_message, init=False)  # a message would come a frame later
        self.behind(partial(work.open_files, self.post_message, self.program.environment, self.sources), "open")

    @property
    def finding(self) -> Finding | None:
        """The finding under the cursor."""
        return self.query_one(FindingsPane).items.current

    @property
    def number(self) -> int:
        """The record on screen; 0 for none."""
        return self._wanted[0]

    # --- opening -------------------------------------------------------------------------------------------------

    @on(work.Opened)
    def opened(self, event: work.Opened) -> None:
        """Show the first message at once, or the same person after a change; lint behind it."""
        before, review = self.review, Review(event.campaign.recipients)
        if before is not None and self.campaign is not None and self.campaign.table is event.campaign.table:
            review.take_over(before)
        else:
            review.seen = before.seen if before else set()
            if before is not None and before.alone:
                review.show_alone(before.alone)
            self.look_anew()
        self.campaign, self.review = event.campaign, review
        self.show_head()
        self.watch_files()
        self.people.show_review(event.campaign, review, self.number)
        self.show_stages()
        self.show_person()
        self.program.memory.keep_recent(event.campaign.name, self.sources, review.total)
        if self.person is None:
            self.lint()

    def lint(self) -> None:
        """Check the campaign behind the screen, once; the first message on screen does not wait for it."""
        if self.campaign is not None and self.campaign is not self._linted:
            self._linted = self.campaign
            self.behind(partial(work.check, self.post_message, self.program.processes, self.campaign), "check")
            self.recall_seen()

    @on(work.OpenFailed)
    def open_failed(self, event: work.OpenFailed) -> None:
        """Say why at the start screen, or here where there is something to look at."""
        if self.campaign is None and event.asks_for_column:
            from mailmerge.tui.opening import ask_for_column

            asking = ask_for_column(self.program, self.sources, event.reason)
            self.run_worker(asking, exclusive=True, exit_on_error=False, group="ask")
        elif self.campaign is None:
            self.program.open_start(event.reason)
        else:
            self.complain(f"Still the campaign as it was: {event.reason}")

    # --- the person on screen ------------------------------------------------------------------------------------

    @on(MessagePane.FaceChanged)
    def other_message(self) -> None:
        """Another person, or another face of the same message."""
        self.show_person()

    @on(PeoplePane.Rearranged)
    def rearranged(self, event: PeoplePane.Rearranged) -> None:
        """Other people are shown."""
        self.tell(event.said)
        self.show_person()

    def show_person(self, finding: Finding | None = None) -> None:
        """Compose what the message pane shows; ``finding`` is marked in it.

        A message that was quick to make is followed by the next one at once, in the same drawing of the screen; after
        a slow one the next is made in a thread, so that keys stay keys.
        """
        review, campaign, recipient = self.review, self.campaign, self.people.current
        if review is None or campaign is None:
            return
        pane = self.query_one(MessagePane)
        if recipient is None:
            pane.show_title("Message")
            pane.paper.show(line(("Nobody matches. Escape shows everybody again.", QUIET)))
            self.query_one(FindingsPane).show_for(review, None)
            return
        row, number = self.people.row, recipient.record.number
        pane.show_title(f"Message {row + 1} of {len(review.shown)}")
        if finding is None:
            self.query_one(FindingsPane).show_for(review, number)
            finding = next((f for f in review.findings_of(number) if f.excerpt and not f.waived), None)
        self._wanted = (number, pane.face)
        request = work.FaceRequest(
            campaign=campaign,
            recipient=recipient,
            previous=review.recipient(row - 1) if row else None,
            face=pane.face,
            excerpt=finding.excerpt if finding else "",
        )
        if self._quick:
            self.faced(work.faced(request))
        else:
            self.behind(partial(work.show_face, self.post_message, request), "face")

    @on(work.Faced)
    def faced(self, event: work.Faced) -> None:
        """Show what was composed, unless the person has gone on meanwhile."""
        self._quick = event.seconds < _QUICK
        if self.campaign is not self._linted:
            self.call_after_refresh(self.lint)  # not with each message: waiting for the drawing delays it
        if (event.number, event.name) != self._wanted:
            return
        self.query_one(MessagePane).show_face(event.face)
        settle()
        if self._dwell:
            self._dwell.stop()
        self._dwell = self.set_timer(self.DWELL, partial(self.saw, event.number))

    # --- findings ------------------------------------------------------------------------------------------------

    @on(work.Progress)
    def progressed(self, event: work.Progress) -> None:
        """Say how far the linter, or a dry run, is."""
        if event.what == "check":
            self.query_one(FindingsPane).show_progress(event.done, event.total)
        elif event.what == "export":
            self.tell((f"Writing {event.done} of {event.total} …", QUIET))

    @on(work.Checked)
    def checked(self, event: work.Checked) -> None:
        """Mark who has findings."""
        if event.campaign is not self.campaign or self.review is None:
            return
        self.review.checked = event.checked
        self.review.set_report(event.checked.report)
        self.compare()
        self.watch_files()
        self.people.table.rows_changed()
        self.show_stages()
        if self.review.findings_of(self.number):
            self.show_person()
        else:
            self.query_one(FindingsPane).show_for(self.review, self.number)
        self.go_on_sealing()

    def failed(self, group: str, error: BaseException | None) -> None:
        """Without a check nothing can leave, and the screen says so."""
        super().failed(group, error)
        self.seal_when_checked = False
        if group == "check" and self.review is not None:
            self.review.check_failed = True
            self.query_one(FindingsPane).show_for(self.review, self.number)
        elif group == "order":
            self.people.show_title()

    @on(Rows.Moved, "#findings")
    def finding_moved(self) -> None:
        """Show the finding in full, and its place in the message."""
        pane = self.query_one(FindingsPane)
        pane.show_chosen()
        if pane.items.has_focus and pane.items.current:
            self.show_person(pane.items.current)

    @on(Rows.Chosen, "#findings")
    def finding_chosen(self) -> None:
        """Go to the person a finding is about; open it where that person is on screen."""
        finding = self.query_one(FindingsPane).items.current
        if finding is None:
            return
        if finding.record is not None and finding.record != self.number and self.people.go_to(finding.record):
            return
        self.open_finding(finding)

    def action_all_findings(self) -> None:
        """List the findings of everybody, or of this person."""
        pane = self.query_one(FindingsPane)
        pane.everybody = not pane.everybody
        pane.show_for(self.review, self.number)

    @on(ChoiceBar.Chosen, "#stages")
    def stage_chosen(self, event: ChoiceBar.Chosen) -> None:
        """A stage was clicked."""
        if event.key in "123":
            self.action_pane(("people", "paper", "findings")[int(event.key) - 1])
        else:
            self.action_send()
