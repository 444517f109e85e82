"""Which letters a table could get: those beside it, and those that come with the program."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mailmerge.campaign.scaffold import Starter, missing_fields, starters
from mailmerge.errors import MailmergeError
from mailmerge.letter import Letter, read_letter
from mailmerge.letter.template import KIND_BY_SUFFIX
from mailmerge.model import RecordTable

_MOST = 40
_LARGEST = 1 << 20
"""Bytes of a file that is looked into to see whether it is a letter."""


@dataclass(frozen=True)
class Offer:
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


def offer_of(letter: Letter, table: RecordTable, starter: Starter | None = None) -> Offer:
    """A letter, and what a table lacks for it."""
    return Offer(letter, tuple(missing_fields(letter, table)), starter)


def offers_for(table: RecordTable) -> list[Offer]:
    """The letters beside a table and the starter letters, of these those that fit best first."""
    own = [offer_of(letter, table) for letter in letters_beside(table.path)]
    ready = [offer_of(each.letter, table, each) for each in starters()]
    return [*own, *sorted(ready, key=lambda offer: len(offer.missing))]


def letters_beside(table: Path) -> list[Letter]:
    """Files in the folder of a table that are letters, by name."""
    found: list[Letter] = []
    with suppress(OSError):
        for path in sorted(table.parent.iterdir()):
            if path.suffix.lower() in KIND_BY_SUFFIX and path.name != table.name and len(found) < _MOST:
                with suppress(MailmergeError, OSError):
                    if path.stat().st_size < _LARGEST:
                        found.append(read_letter(path))
    return found
