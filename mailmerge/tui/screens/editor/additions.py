"""What one key writes into the letter that is being edited: a field into ``Fields:``, a file as ``Attachment:``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mailmerge.campaign import Campaign
from mailmerge.errors import UsageError
from mailmerge.i18n import N_, _
from mailmerge.letter.source.insertions import Insertion, attached, attachment_entry, field_entry, picture_in
from mailmerge.tui.content.theme import SUCCESS
from mailmerge.tui.dialogs.attaching import Attached, ask_to_attach
from mailmerge.tui.page import Page
from mailmerge.tui.screens.editor.letter_area import LetterArea


class Additions:
    """Changes the text only: nothing is written to the file before it is saved."""

    def __init__(self, page: Page, campaign: Campaign, path: Path, undeclared: Callable[[], str]) -> None:
        """``undeclared`` is the field that the problem on screen is about; ``""`` where it is about none."""
        self._page = page
        self._campaign = campaign
        self._path = path
        self.undeclared = undeclared

    @property
    def _area(self) -> LetterArea:
        return self._page.query_one(LetterArea)

    def enter_field(self) -> None:
        """Enter the field in ``Fields:``."""
        name = self.undeclared()
        if name:
            self._put(field_entry(self._area.text, name))
            self._page.tell(("✓ ", SUCCESS), _("Fields: names {name} now.").format(name=name))

    def attach(self) -> None:
        """Choose a file, and write it into the header."""
        self._page.run_worker(self._attach(), exclusive=True, exit_on_error=False, group="attach")

    async def _attach(self) -> None:
        campaign, markup = self._campaign, self._area.markup
        found = await ask_to_attach(
            self._page,
            self._path.parent,
            campaign.table,
            campaign.recipients.records,
            pictures=markup in ("markdown", "html"),
        )
        await self._page.made()
        self._area.focus()
        if found is None:
            return
        self.write(found)

    def write(self, found: Attached) -> None:
        """Write what was chosen into the text.

        Raises:
            UsageError: the text has no header block.
        """
        area, way = self._area, found.way
        if found.in_text:
            self._show_picture(way.written)
        if way.written in attached(area.text):
            if not found.in_text:
                self._page.tell(_("{path} is attached already.").format(path=way.written))
            return
        entry = attachment_entry(area.text, way.written)
        if entry is None:
            raise UsageError(N_("the letter has no header yet: begin it with a line such as Subject: ..."))
        self._put(entry)
        for name in dict.fromkeys(way.fields):
            self._put(field_entry(area.text, name))
        self._page.tell(
            ("✓ ", SUCCESS), _("Attached: {path}. Ctrl+S saves the letter with it.").format(path=way.written)
        )

    def _put(self, entry: Insertion | None) -> None:
        area = self._area
        if entry is not None:
            area.history.checkpoint()
            area.insert(entry.text, (entry.row, entry.column))
            area.history.checkpoint()

    def _show_picture(self, path: str) -> None:
        area = self._area
        lines = area.text.split("\n")
        body = next((row for row, text in enumerate(lines) if not text.strip()), len(lines))
        place = area.cursor_location if area.cursor_location[0] > body else area.document.end
        area.insert(picture_in(area.markup, path), place)
