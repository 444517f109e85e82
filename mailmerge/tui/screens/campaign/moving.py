"""The way through a campaign: the next person, finding, unseen message; the search and the order."""

from __future__ import annotations

from mailmerge.campaign.session import CampaignSession
from mailmerge.campaign.session.review import Review
from mailmerge.i18n import _
from mailmerge.model import Severity
from mailmerge.tui.content.theme import MUTED
from mailmerge.tui.page import Page
from mailmerge.tui.screens.campaign.findings_pane import FindingsPane
from mailmerge.tui.screens.campaign.message_pane import MessagePane
from mailmerge.tui.screens.campaign.people_pane import PeoplePane


class Moving:
    """Moves among people and among the faces of a message."""

    def __init__(self, page: Page, session: CampaignSession) -> None:
        self._page = page
        self._session = session

    @property
    def _people(self) -> PeoplePane:
        return self._page.query_one(PeoplePane)

    @property
    def _message(self) -> MessagePane:
        return self._page.query_one(MessagePane)

    def next_finding(self) -> None:
        """Go to the next person with a finding."""
        review = self._session.review
        if review is None:
            return
        if review.report is None:
            self._page.tell((review.unchecked, MUTED))
        elif not (
            self._go_to_general(review, only_first=True)
            or self._people.go_to_finding()
            or self._go_to_general(review, only_first=False)
        ):
            self._page.tell(_("No finding about anybody who is shown."))

    def _go_to_general(self, review: Review, *, only_first: bool) -> bool:
        """Go to a finding about the letter or the table; ``only_first`` where it blocks and none of a person does."""
        rows = self._page.query_one(FindingsPane).rows
        blocks_first = Severity.BLOCK not in review.severities.values() and not rows.has_focus
        for row, finding in enumerate(rows.items):
            general = finding in review.general_findings and not finding.waived
            if general and (not only_first or (blocks_first and finding.severity is Severity.BLOCK)):
                rows.focus()
                rows.show_row(row)
                said = _("This is about the letter or the table, not about one person. Enter goes to its place.")
                self._page.tell(said)
                return True
        return False

    def next_unseen(self) -> None:
        """Go to the next message that was not seen."""
        if self._session.review and not self._people.go_to_unseen():
            self._page.tell(_("Every message that is shown has been seen."))

    def search(self) -> None:
        """Open the search line."""
        self._people.open_search()

    def everybody(self) -> None:
        """End the search."""
        self._page.tell()
        self._people.close_search()

    def order(self) -> None:
        """Most unusual first, or the table's own order."""
        self._people.toggle_order()

    def person(self, step: int) -> None:
        """The next person, from any pane."""
        self._people.table.action_move(step)

    def read_on(self) -> None:
        """Scroll the message; at its end, the next person."""
        if not self._message.read_on():
            self.person(1)

    def face(self, step: int) -> None:
        """Another face of the same message."""
        self._message.next_face(step)
