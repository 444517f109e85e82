"""Which letters a table could get: those beside it, and those that come with the program."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from pathlib import Path

from msgspec import Struct

from mailmerge.campaign.setup.scaffold import Starter, missing_fields, starters
from mailmerge.errors import MailmergeError
from mailmerge.letter import Letter, read_letter
from mailmerge.letter.source.template import KIND_BY_SUFFIX
from mailmerge.model import RecordTable

_MOST = 40
_MOST_DOCUMENTS = 8
_LARGEST = 1 << 20
"""Bytes of a file that is looked into to see whether it is a letter."""


class LetterOffer(Struct, frozen=True):
    """A letter that can be chosen."""

    letter: Letter
    missing: tuple[str, ...]
    """Fields that it uses and the table lacks."""
    starter: Starter | None = None
    """None for a letter of one's own."""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.starter.title if self.starter else self.letter.path.name


def offer_of(letter: Letter, table: RecordTable, starter: Starter | None = None) -> LetterOffer:
    """A letter, and what a table lacks for it."""
    return LetterOffer(letter, tuple(missing_fields(letter, table)), starter)


def offers_for(table: RecordTable) -> list[LetterOffer]:
    """The letters beside a table and the starter letters, of these those that fit best first."""
    own = [offer_of(letter, table) for letter in letters_beside(table.path)]
    ready = [offer_of(each.letter, table, each) for each in starters()]
    return [*own, *sorted(ready, key=lambda offer: len(offer.missing))]


def documents_beside(table: Path) -> list[Path]:
    """Documents in the folder of a table that could become a letter and did not yet, by name."""
    from mailmerge.campaign.setup.import_draft import letter_of
    from mailmerge.drafts import is_document

    folder = table.absolute().parent
    found: list[Path] = []
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            hidden = path.name.startswith((".", "~$"))  # the second is what Word keeps while it has a document open
            if is_document(path) and not hidden and path.is_file() and not letter_of(path, folder).exists():
                found.append(path)
    return found[:_MOST_DOCUMENTS]


def letters_beside(table: Path) -> list[Letter]:
    """Files in the folder of a table that are letters, by name."""
    try:
        paths = sorted(table.parent.iterdir())
    except OSError:
        return []
    letters = (_letter(path) for path in paths if path.suffix.lower() in KIND_BY_SUFFIX and path.name != table.name)
    return list(islice(filter(None, letters), _MOST))


def _letter(path: Path) -> Letter | None:
    """The letter in a file; None where it holds none that can be read."""
    with suppress(MailmergeError, OSError):
        return read_letter(path) if path.stat().st_size < _LARGEST else None
    return None
