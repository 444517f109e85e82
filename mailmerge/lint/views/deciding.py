"""The cells that a condition of a letter decides by, and whom it decides for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from mailmerge.errors import RenderFailed
from mailmerge.lint.sentence import Quoted, Value
from mailmerge.lint.views.inspection import Inspection

if TYPE_CHECKING:
    from mailmerge.letter import Letter
    from mailmerge.letter.decisions.deciding import CellTest
    from mailmerge.model import Recipient, Record


class Deciding:
    """The conditions of one letter beside the rows of those who get it."""

    def __init__(self, inspection: Inspection, letter: Letter):
        self.inspection = inspection
        self.letter = letter
        self.records = [each.record for each in readers(inspection, letter)]
        self._known: dict[tuple[str, tuple[str, ...]], dict[str, list[int]]] = {}

    def has(self, field: str) -> bool:
        """Whether the table has this column, and anybody gets the letter."""
        return field in self.inspection.table.names and bool(self.records)

    def cells(self, test: CellTest) -> dict[str, list[int]]:
        """The texts that a condition meets in its column, the most frequent first, and the numbers of those people."""
        key = (test.field, test.filters)
        known = self._known.get(key)
        if known is None:
            position = self.inspection.table.names.index(test.field)
            by_cell: dict[str, list[int]] = {}
            for record in self.records:
                by_cell.setdefault(record.values[position], []).append(record.number)
            seen: dict[str, list[int]] = {}
            for cell, numbers in by_cell.items():
                seen.setdefault(test.seen(cell), []).extend(numbers)
            known = dict(sorted(seen.items(), key=lambda each: -len(each[1])))
            self._known[key] = known
        return known

    def header(self, field: str) -> str:
        """The header of a column."""
        return self.inspection.table.header(field)

    def values(self, test: CellTest, numbers: tuple[int, ...] = ()) -> dict[str, Value]:
        """What the sentences about a condition name: the letter, the line, the column, and the people."""
        values: dict[str, Value] = {
            "letter": Quoted(self.letter.name),
            "line": test.line,
            "header": Quoted(self.header(test.field), 40),
        }
        return {**values, "people": self.inspection.people(numbers)} if numbers else values

    def first(self, numbers: tuple[int, ...]) -> Record:
        """The record of the first of these people."""
        return self.inspection.table.record(numbers[0])


def readers(inspection: Inspection, letter: Letter) -> Iterator[Recipient]:
    """Who gets this letter."""
    if len(inspection.letters) == 1:
        yield from inspection.recipients
        return
    for recipient in inspection.recipients:
        with suppress(RenderFailed):
            if inspection.letter_of(recipient) is letter:
                yield recipient
