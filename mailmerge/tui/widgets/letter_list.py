"""The letters that a table could get, the documents beside it, and the ways to another one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.content import Content

from mailmerge.campaign.setup.letter_choice import Offer
from mailmerge.i18n import _
from mailmerge.text import plural
from mailmerge.tui.content.safe_content import Piece, fit, line
from mailmerge.tui.content.theme import MUTED, SUCCESS, WARNING
from mailmerge.tui.widgets.rows import Rows


class LetterList(Rows):
    """One document or letter a row, one row for a new one, and one for any other file."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.documents: Sequence[Path] = ()
        """Beside the table; each could become a letter."""
        self.offers: Sequence[Offer] = ()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.documents) + len(self.offers) + 2

    @property
    def empty(self) -> bool:
        """Whether the cursor is on the new, empty letter."""
        return self.cursor == len(self.documents) + len(self.offers)

    @property
    def document(self) -> Path | None:
        """The document under the cursor."""
        return self.documents[self.cursor] if self.cursor < len(self.documents) else None

    @property
    def current(self) -> Offer | None:
        """The letter under the cursor, None for a document, a new one or another file."""
        place = self.cursor - len(self.documents)
        return self.offers[place] if 0 <= place < len(self.offers) else None

    def row_of(self, letter: Path) -> int | None:
        """The row of a letter, None where it is not offered."""
        places = [place for place, offer in enumerate(self.offers) if offer.letter.path == letter]
        return len(self.documents) + places[0] if places else None

    def row(self, index: int, width: int) -> Content:
        """Whether it fits the table, its name, and whose it is."""
        here = "▸ " if index == self.cursor else "  "
        if index < len(self.documents):
            note = _("a document")
            return line(here, ("◇ ", MUTED), fit(self.documents[index].name, width - len(note) - 6), " ", (note, MUTED))
        index -= len(self.documents)
        if index == len(self.offers):
            return line(here, ("+ ", MUTED), fit(_("New empty letter"), max(0, width - 4)))
        if index > len(self.offers):
            return line(here, ("… ", MUTED), fit(_("Another file, or a document"), max(0, width - 4)))
        offer = self.offers[index]
        mark: Piece = ("! ", WARNING) if offer.missing else ("✓ ", SUCCESS)
        note = "" if offer.starter else _("yours")
        if offer.missing:
            note = plural(len(offer.missing), "{count} missing", "{count} missing")
        return line(here, mark, fit(offer.title, max(0, width - len(note) - 6)), " ", (note, MUTED))
