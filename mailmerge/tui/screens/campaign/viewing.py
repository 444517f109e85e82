"""The message on screen: composed, quickly where it can be, and counted as seen once it has stayed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from mailmerge.campaign.session import CampaignSession
from mailmerge.i18n import _
from mailmerge.tui.content.message_views import FaceReady, ViewRequest, compose_view
from mailmerge.tui.content.safe_content import line
from mailmerge.tui.content.theme import MUTED
from mailmerge.tui.page import Page
from mailmerge.tui.screens.campaign.findings_pane import FindingsPane
from mailmerge.tui.screens.campaign.message_pane import MessagePane
from mailmerge.tui.screens.campaign.people_pane import PeoplePane

if TYPE_CHECKING:
    from textual.timer import Timer

    from mailmerge.lint import Finding

_QUICK = 0.008
"""Seconds that composing one message may take on the event loop."""
_WRITE_DOWN = 3.0
"""Seconds after which what was seen is written down."""


class Viewing:
    """What the message pane shows."""

    DWELL = 0.35
    """Seconds that a message stays on screen before it counts as seen."""

    def __init__(
        self,
        page: Page,
        session: CampaignSession,
        composed: Callable[[FaceReady], None],
        one_more_seen: Callable[[], None],
    ) -> None:
        self._page = page
        self._session = session
        self._composed = composed
        """Called with a message that was quick to make."""
        self._one_more_seen = one_more_seen
        """Called when one more message was seen."""
        self._quick = False
        self._wanted: ViewRequest | None = None
        self._dwell: Timer | None = None
        self._write_down: Timer | None = None

    @property
    def number(self) -> int:
        """The record on screen; 0 for none."""
        return self._wanted.recipient.record.number if self._wanted else 0

    def show_person(self, finding: Finding | None = None) -> None:
        """Compose what the message pane shows; ``finding`` is marked in it.

        A message that was quick to make is followed by the next one at once, in the same drawing of the screen; after
        a slow one the next is made in a thread, so that keys stay keys.
        """
        page, review, campaign = self._page, self._session.review, self._session.campaign
        people, pane, findings = page.query_one(PeoplePane), page.query_one(MessagePane), page.query_one(FindingsPane)
        recipient = people.current
        if review is None or campaign is None:
            return
        if recipient is None:
            pane.show_title()
            pane.paper.show(line((_("Nobody matches. Escape shows everybody again."), MUTED)))
            findings.show_for(review, None)
            return
        row, number = people.row, recipient.record.number
        pane.show_title(row + 1, len(review.shown))
        if finding is None:
            findings.show_for(review, number)
            finding = next((f for f in review.findings_of(number) if f.excerpt and not f.waived), None)
        previous = review.recipient(row - 1) if row else None
        excerpt = finding.excerpt if finding else ""
        self._wanted = request = ViewRequest(campaign, recipient, previous, pane.face, excerpt)
        if self._quick:
            self._composed(compose_view(request))
        else:
            page.jobs.start("view", partial(compose_view, request))

    def show(self, view: FaceReady) -> bool:
        """Show what was composed; False where something else is wanted meanwhile."""
        self._quick = view.seconds < _QUICK
        if view.request is not self._wanted:
            return False
        self._page.query_one(MessagePane).show_face(view.face)
        if self._dwell:
            self._dwell.stop()
        self._dwell = self._page.after(self.DWELL, partial(self._stayed, view.request))
        return True

    def _stayed(self, request: ViewRequest) -> None:
        on_screen = self._page.query_one(PeoplePane).current
        if request is not self._wanted or on_screen is None or not self._session.view(self.number):
            return
        self._one_more_seen()
        keep = partial(self._session.keep_viewed, request.campaign, request.recipient)
        self._page.jobs.start("seen", keep, exclusive=False)
        if self._write_down is None:
            self._write_down = self._page.after(_WRITE_DOWN, self._save)

    def _save(self) -> None:
        self._write_down = None
        self._page.jobs.start("write seen", self._session.save_viewed)
