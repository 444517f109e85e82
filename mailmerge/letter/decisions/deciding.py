"""What conditions decide by, as data: which cells they look at, and what they look for in them.

Whether that means something in a table is judged in :mod:`mailmerge.letter.decisions.judging`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from msgspec import Struct

from mailmerge.letter.values.filters import proper

CASE_FILTERS: Mapping[str, Callable[[str], str]] = {
    "capitalize": str.capitalize,
    "lower": str.lower,
    "proper": proper,
    "title": str.title,
    "trim": str.strip,
    "upper": str.upper,
}
"""Filters that change a text only in its case and the blanks around it."""


class CellTest(Struct, frozen=True):
    """A condition that looks at the cells of one column."""

    field: str
    filters: tuple[str, ...]
    """What the cells go through first: names of :data:`CASE_FILTERS`, the first applied first."""
    line: int
    written: str
    """The cell as the author writes it, filters included."""

    def seen(self, cell: str) -> str:
        """A cell as the condition sees it."""
        for name in self.filters:
            cell = CASE_FILTERS[name](cell)
        return cell


class How(StrEnum):
    """How a text is looked for in a cell."""

    EQUAL = "equal"
    CONTAINS = "contains"
    STARTS = "starts"
    ENDS = "ends"


class Comparison(CellTest, frozen=True):
    """Texts that a condition looks for in the cells of one column."""

    values: tuple[str, ...]
    how: How = How.EQUAL


class Presence(CellTest, frozen=True):
    """A cell that is a condition by itself: true for every text, whatever it says."""

    negated: bool = False
    printed: bool = False
    """Whether the text that depends on it prints the cell, so that it is only there to leave out a blank."""


class Literal(CellTest, frozen=True):
    """A comparison with ``true``, ``false`` or ``none``, which no cell is."""

    literal: str
    negated: bool = False


class Unquoted(CellTest, frozen=True):
    """A comparison with another name, which may be a text without its quotation marks."""

    name: str
    operator: str


class Ordering(CellTest, frozen=True):
    """A comparison by order (``<``, ``>=``) of a cell with a text, or with another cell."""

    operator: str
    """As it is written: ``<``, ``<=``, ``>`` or ``>=``."""
    text: str = ""
    other: str = ""
    """The field of the other cell; ``""`` where it is compared with :attr:`text`."""
    other_written: str = ""
    number: bool = False
    """Whether the text is written without quotation marks, as a number."""


class DateRead(CellTest, frozen=True):
    """A cell that is read as a date, the day first, as its author did not say in which order it is."""


Decision = Comparison | Presence | Literal | Unquoted | Ordering | DateRead


class Choice(CellTest, frozen=True):
    """A condition with its alternatives, all of which look for texts in the same cell."""

    values: tuple[str, ...]
    """The texts that any alternative looks for."""
    otherwise: str | None = None
    """The author's words for everybody else; None where they get nothing."""
    alternatives: int = 1
