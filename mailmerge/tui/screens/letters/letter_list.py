"""The letters that a table could get, the documents beside it, and the ways to another one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path

from textual.content import Content

from mailmerge.campaign.setup.letter_choice import LetterOffer
from mailmerge.i18n import _, plural
from mailmerge.tui.content.safe_content import Piece, fit, line
from mailmerge.tui.content.theme import MUTED, SUCCESS, WARNING
from mailmerge.tui.widgets.rows import Rows


class Another(Enum):
    """A letter that is not listed."""

    EMPTY = auto()
    """A new one, which only greets."""
    FILE = auto()
    """Another file, or a document."""


class LetterList(Rows[Path | LetterOffer | Another]):
    """One document or letter a row, one row for a new one, and one for any other file."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(tuple(Another), id=id)

    @property
    def offers(self) -> list[LetterOffer]:
        """The letters that are listed."""
        return [item for item in self.items if isinstance(item, LetterOffer)]

    def show(self, documents: Sequence[Path], offers: Sequence[LetterOffer]) -> None:
        """List the documents, each of which could become a letter, then the letters."""
        self.items = (*documents, *offers, *Another)
        self.rows_changed()

    def show_letter(self, letter: Path) -> None:
        """Put the cursor on a letter, where it is offered."""
        for row, item in enumerate(self.items):
            if isinstance(item, LetterOffer) and item.letter.path == letter:
                self.show_row(row)

    def row(self, index: int, width: int) -> Content:
        """Whether it fits the table, its name, and whose it is."""
        here = "▸ " if index == self.cursor else "  "
        match self.items[index]:
            case Path() as document:
                note = _("a document")
                return line(here, ("◇ ", MUTED), fit(document.name, width - len(note) - 6), " ", (note, MUTED))
            case Another.EMPTY:
                return line(here, ("+ ", MUTED), fit(_("New empty letter"), max(0, width - 4)))
            case Another.FILE:
                return line(here, ("… ", MUTED), fit(_("Another file, or a document"), max(0, width - 4)))
            case LetterOffer() as offer:
                mark: Piece = ("! ", WARNING) if offer.missing else ("✓ ", SUCCESS)
                note = "" if offer.starter else _("yours")
                if offer.missing:
                    note = plural(len(offer.missing), "{count} missing", "{count} missing")
                return line(here, mark, fit(offer.title, max(0, width - len(note) - 6)), " ", (note, MUTED))
