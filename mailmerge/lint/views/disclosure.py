"""What one person's files say about others."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from mailmerge.lint.extract.content import Part
from mailmerge.lint.identities.index import What
from mailmerge.lint.identities.rows.amounts import AmountSeen
from mailmerge.model import Record


class Other(NamedTuple):
    """Something in a file that is not its recipient's."""

    part: Part
    page: int
    what: What
    key: str
    """An address as it is written, anything else normalised."""
    owners: tuple[int, ...]
    shown: str
    """As the file, or its name, has it."""


class Disclosure(NamedTuple):
    """What one person would learn about others from one file."""

    record: Record
    own_key: str
    filename: str
    personal: bool
    """Whether a value names the file."""
    theirs: bool
    """Whether something in the file, or in its name, is the recipient's."""
    others: tuple[Other, ...]
    digest: str
    """Of the file's content: what is waived of it holds for no other content."""

    @property
    def owner(self) -> int | None:
        """The one person whose file this seems to be; None where it is the recipient's, or several people's."""
        return None if self.theirs else self.sole_other

    @property
    def sole_other(self) -> int | None:
        """The one other person whose data is in the file."""
        first, *rest = {other.owners for other in self.others}
        return None if rest or len(first) > 1 else first[0]


class PersonalFile(NamedTuple):
    """A file that a value names, as one person gets it."""

    path: Path
    theirs: bool
    content: int
    """The same for the same content, in this process; 0 where it cannot be checked."""
    amounts: tuple[AmountSeen, ...] = ()
    """What it has of the amounts that everybody has of their own."""
