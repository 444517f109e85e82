"""What can be done with a finding: go to its place, list those of everybody, read about its rule."""

from __future__ import annotations

from mailmerge.campaign.session import CampaignSession
from mailmerge.tui.page import Page
from mailmerge.tui.screens.campaign.files import Files
from mailmerge.tui.screens.campaign.findings_pane import FindingList, FindingsPane
from mailmerge.tui.screens.campaign.people_pane import PeoplePane
from mailmerge.tui.screens.campaign.viewing import Viewing


class Findings:
    """The findings of the campaign."""

    def __init__(self, page: Page, session: CampaignSession, viewing: Viewing, files: Files) -> None:
        self._page = page
        self._session = session
        self._viewing = viewing
        self._files = files

    @property
    def _pane(self) -> FindingsPane:
        return self._page.query_one(FindingsPane)

    def checked(self) -> None:
        """List those of the person on screen; where none is left, no key here does anything, and the people go on."""
        review, number = self._session.review, self._viewing.number
        if review is not None and review.findings_of(number):
            self._viewing.show_person()
        else:
            self._pane.show_for(review, number)
        if self._pane.rows.has_focus and not self._pane.rows.count:
            self._page.query_one(PeoplePane).table.focus()

    def show(self) -> None:
        """Show the one under the cursor in full, its place in the message, and the keys that it takes."""
        self._page.refresh_bindings()
        pane = self._pane
        pane.show_chosen()
        if pane.rows.has_focus and pane.rows.current:
            self._viewing.show_person(pane.rows.current)

    def open(self) -> None:
        """Go to the person it is about; there, to its place in the letter; else show it with its rule."""
        finding = self._pane.rows.current
        if finding is None:
            return
        elsewhere = finding.record is not None and finding.record != self._viewing.number
        if elsewhere and self._page.query_one(PeoplePane).go_to(finding.record or 0):
            return
        if not self._files.edit_place(finding):
            self._page.program.go.rules(finding)

    def of_everybody(self) -> None:
        """List those of everybody, or of this person."""
        self._pane.everybody = not self._pane.everybody
        self._pane.show_for(self._session.review, self._viewing.number)

    def rules(self) -> None:
        """Show what the linter looks for; from the findings, the rule of the one under the cursor."""
        listed = isinstance(self._page.focused, FindingList)
        self._page.program.go.rules(self._pane.rows.current if listed else None)
