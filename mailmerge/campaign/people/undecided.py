"""About whom ``where`` decides by a cell that has no value: ``N/A``, ``à définir``, or a blank among filled cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from mailmerge.errors import CampaignError
from mailmerge.letter import Condition
from mailmerge.lint import Undecided
from mailmerge.model import RecordTable
from mailmerge.records.cells.no_value import SPREADSHEET_ERROR, NoValue, are_exceptions, no_values

_TRIED = 20
"""Texts of a column with which it is tried whether the cell decides."""


def undecided(condition: Condition, table: RecordTable) -> tuple[Undecided, ...]:
    """Everybody whom a condition includes, or leaves out, for a cell without a value that it does not name."""
    fields = dict.fromkeys(each.field for each in condition.decisions if each.field in table.names)
    return tuple(each for field in fields for each in _in_column(condition, table, field))


def _in_column(condition: Condition, table: RecordTable, field: str) -> Iterator[Undecided]:
    position = table.names.index(field)
    cells = Counter(record.values[position] for record in table.records)
    looked_for = {each.field: each for each in condition.comparisons if each.field == field}
    named = {text for each in condition.comparisons if each.field == field for text in each.values}
    errors = {cell: NoValue.SAID for cell in cells if cell[:1] in ("#", "E") and SPREADSHEET_ERROR.search(cell)}
    meanings: dict[str, NoValue | None] = {
        cell: meaning
        for cell, meaning in (no_values(cells, of_names=field in table.columns.names) | errors).items()
        if meaning is not NoValue.LIKELY and all(test.seen(cell) not in named for test in looked_for.values())
    }
    rows = len(table.records)
    said = sum(cells[cell] for cell in meanings)
    exceptional = are_exceptions(said, rows)
    if 2 * said > rows:  # it is what the column usually says: nobody, nothing, not
        meanings = {}
    blank = sum(count for cell, count in cells.items() if not cell.strip())
    if blank and "" not in named and are_exceptions(blank, rows):
        meanings |= {cell: None for cell in cells if not cell.strip()}
    if not meanings:
        return
    others = [cell for cell, _count in cells.most_common(_TRIED + len(meanings)) if cell not in meanings][:_TRIED]
    for record in table.records:
        cell = record.values[position]
        if cell in meanings:
            held = _outcomes(condition, table.values(record), field, [cell, *others, ""])
            written = bool(held) and held[0]
            if len(set(held)) > 1 and (written or exceptional or meanings[cell] is None):
                meaning, where = meanings[cell], condition.source
                yield Undecided(record.number, field, meaning, cell, where, written=written, exceptional=exceptional)


def _outcomes(condition: Condition, values: Mapping[str, str], field: str, texts: Sequence[str]) -> list[bool]:
    """Whether the condition includes a person, for each text that the cell could have."""
    try:
        return [condition({**values, field: text}) for text in texts]
    except CampaignError:  # it cannot be computed for one of them, so it is no choice between texts
        return []
