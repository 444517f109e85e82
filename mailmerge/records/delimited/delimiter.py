"""Which delimiter a text has: the one with which rows have equally many fields and each address is alone in its own.

``csv.Sniffer`` guesses from the frequency of characters, and takes the comma of "Dupont, Jean" for one.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from msgspec import Struct

from mailmerge.errors import TableError
from mailmerge.i18n import N_, _
from mailmerge.model import Defect, DefectKind
from mailmerge.records.defects import DELIMITER_NAMES, DELIMITERS
from mailmerge.text.regex import regex

_SPOKEN = {name: character for character, name in DELIMITER_NAMES.items()}
_SPOKEN |= {"\\t": "\t", "point-virgule": ";", "virgule": ",", "tabulation": "\t", "barre verticale": "|"}
_ADDRESS = regex(r"[^\s@;,|<>\"()]+@[^\s@;,|<>\"()]+\.[^\s@;,|<>\"()]+")
_SAMPLE = 1 << 16
_FIELD_LIMIT = 2**31 - 1


class DelimiterEvidence(Struct, frozen=True):
    """What speaks for a delimiter."""

    delimiter: str
    width: int
    """The usual number of cells."""
    consistent: float
    """The share of the rows that have it."""
    addresses: float
    """How many addresses are alone in their cell, for each row."""

    @property
    def score(self) -> float:
        """The more, the better; nothing for a delimiter that is not there."""
        return self.consistent + self.addresses if self.width > 1 else 0.0


def spoken_delimiter(delimiter: str) -> str:
    """The character that somebody means by ``tab``, ``virgule`` or the character itself.

    Raises:
        TableError: it cannot be a delimiter.
    """
    if not delimiter:
        return ""
    character = _SPOKEN.get(delimiter.lower(), delimiter)
    if len(character) != 1 or character in '"\r\n ':
        raise TableError(
            N_('"{delimiter}" cannot be a delimiter: give one character, such as ";" or ",", or "tab"'),
            delimiter=delimiter,
        )
    return character


def choose_delimiter(text: str, told: str) -> tuple[str, str, tuple[Defect, ...]]:
    """The delimiter, the runner-up in words where there is one, and whether nobody can tell."""
    if told:
        return told, "", ()
    head = head_of(text)
    graded = (evidence_of(head, each) for each in DELIMITERS)
    best, second, *_others = sorted(graded, key=lambda e: e.score, reverse=True)
    if best.width < 2:
        return ",", "", ()
    if second.score < 0.8 * best.score:
        return best.delimiter, "", ()
    alternative = _("read with {delimiter} instead, it would have {columns} columns, not {found}").format(
        delimiter=DELIMITERS[second.delimiter], columns=second.width, found=best.width
    )
    if second.score < 0.95 * best.score:
        return best.delimiter, alternative, ()
    values: dict[str, str | int] = {
        "best": best.delimiter,
        "columns": best.width,
        "other": second.delimiter,
        "other_columns": second.width,
    }
    return best.delimiter, alternative, (Defect(DefectKind.AMBIGUOUS_DELIMITER, values, line=1),)


def head_of(text: str) -> str:
    """The first lines of a text, enough to tell its delimiter by."""
    head = text[:_SAMPLE]
    return head if len(text) <= _SAMPLE else head[: max(head.rfind("\n"), head.rfind("\r"), 0)] or head


def evidence_of(head: str, delimiter: str) -> DelimiterEvidence:
    """What speaks for a delimiter in the first lines of a text."""
    with wide_fields():
        rows = [row for row in csv.reader(StringIO(head, newline=""), delimiter=delimiter) if any(map(str.strip, row))]
    widths = Counter(map(len, rows))
    if not widths:
        return DelimiterEvidence(delimiter, 0, 0.0, 0.0)
    width, often = max(widths.items(), key=lambda item: (item[1], item[0]))
    alone = sum(any("@" in cell and _ADDRESS.fullmatch(cell.strip()) for cell in row) for row in rows)
    return DelimiterEvidence(delimiter, width, often / len(rows), alone / len(rows))


@contextmanager
def wide_fields() -> Iterator[None]:
    """Cells over 128 KB are read, and so is what a stray quotation mark swallows."""
    before = csv.field_size_limit(_FIELD_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(before)
