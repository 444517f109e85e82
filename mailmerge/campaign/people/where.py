"""Whom ``where`` means: a condition that decides by the spelling of a cell, or as no cell can be, is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from mailmerge.errors import CampaignError
from mailmerge.i18n import N_
from mailmerge.letter import Comparison, Condition
from mailmerge.letter.decisions.comparisons import quoted
from mailmerge.letter.decisions.deciding import CellTest, Decision, Literal, Ordering, Presence, Unquoted
from mailmerge.letter.decisions.judging import (
    is_one_of,
    misordered,
    other_spellings,
    other_words,
    say_the_text,
    say_what_counts,
    spelling_key,
    texts_taken_for_yes,
)
from mailmerge.lint.sentence import Lines
from mailmerge.model import Record, RecordTable
from mailmerge.text.quotes import Quotes, quotes
from mailmerge.text.shown import shorten

_NOBODY = N_('where = "{where}" matches nobody in {table}; correct it')
_NOBODY_HAS = N_('where = "{where}" matches nobody in {table}: {column} has {values}; correct it')
_OTHER_SPELLING = N_(
    'where = "{where}" compares with "{text}", which is in no cell of {column}; write "{meant}" as in the table'
)
_SPELT_OTHERWISE = N_(
    'where = "{where}" looks for "{text}" and misses {values} in {column} ({lines}); write these cells as the others, '
    "or write {write}"
)
_TAKEN_FOR_YES = N_(
    'where = "{where}": the condition "{written}" is true for every text in {column}, also for {values} ({lines}); '
    "write {write}"
)
_LITERAL = N_(
    'where = "{where}" compares {written} with {literal}, but the cells of {column} are text: {values}; write {write}'
)
_UNQUOTED = N_('where = "{where}": a text needs quotation marks; write {write}')
_DATES = N_('where = "{where}" would compare the dates in {column} as text, letter by letter ({values}); write {write}')
_NUMBERS = N_(
    'where = "{where}" would compare the numbers in {column} as text, letter by letter, where 9 comes after 10; '
    "write {write}"
)
_MIXED = N_(
    'where = "{where}" would compare the dates in {column} as text, and some have the day first, others the month '
    "({values}); write them in one order, then compare them with |day"
)
_DIGITS = N_(
    'where = "{where}" would compare the texts in {column} letter by letter, where 9 comes after 10 ({values}); write '
    "them with as many digits, or name those that are meant"
)
_MISORDERED = {"dates": _DATES, "numbers": _NUMBERS, "mixed": _MIXED, "digits": _DIGITS}
_SHOWN = 6


def require_sense(condition: Condition, table: RecordTable) -> None:
    """Look at what a ``where`` compares, before anybody is chosen.

    Raises:
        CampaignError: it means something else in this table than it says; with what to write.
    """
    for decision in condition.decisions:
        if table.records and decision.field in table.names:
            _require(decision, condition, table)


def _require(decision: Decision, condition: Condition, table: RecordTable) -> None:
    cells = cells_of(table, decision)
    header = table.header(decision.field)
    told: dict[str, Any] = {
        "where": shorten(condition.source, 120),
        "column": _column(table, decision),
        "written": decision.written,
    }
    if isinstance(decision, Unquoted):
        if decision.name not in table.names:
            text = next((cell for cell in cells if spelling_key(cell) == spelling_key(decision.name)), decision.name)
            raise CampaignError(
                _UNQUOTED, **told, write=f"{decision.written} {decision.operator} {quoted(shorten(text, 60))}"
            )
    elif isinstance(decision, Literal):
        write = say_the_text(decision, cells, header)
        raise CampaignError(
            _LITERAL, **told, literal=decision.literal, values=shown_values(cells), write=shorten(write, 160)
        )
    elif isinstance(decision, Presence):
        if no := () if decision.field in table.columns.names else texts_taken_for_yes(decision, cells, header):
            write = say_what_counts(decision, cells, no)
            lines = _lines(table, decision, no)
            raise CampaignError(
                _TAKEN_FOR_YES, **told, values=quotes(no, _SHOWN), lines=lines, write=shorten(write, 160)
            )
    elif isinstance(decision, Ordering):
        beside = CellTest(decision.other, (), 1, "")
        others = cells_of(table, beside) if decision.other in table.names else Counter[str]()
        if wrong := misordered(decision, cells, others):
            raise CampaignError(_MISORDERED[wrong.what], **told, values=shown_values(cells), write=wrong.write)


def require_meant(condition: Condition, table: RecordTable, chosen: Sequence[Record]) -> None:
    """Look at whom a ``where`` chose.

    Raises:
        CampaignError: nobody, though the table has people; or it looks for a text that the column has in another
            spelling, so that it leaves out or writes to the wrong people.
    """
    if not table.records:
        return
    where = shorten(condition.source, 120)
    wanted = {each for comparison in condition.comparisons for each in comparison.values}
    for comparison in condition.comparisons:
        if comparison.field in table.names:
            _require_spelling(comparison, condition, table, wanted)
    if chosen:
        return
    first = next((each for each in condition.comparisons if each.field in table.names), None)
    if first is None:
        raise CampaignError(_NOBODY, where=where, table=table.path.name)
    values = shown_values(cells_of(table, first))
    raise CampaignError(_NOBODY_HAS, where=where, table=table.path.name, column=_column(table, first), values=values)


def _require_spelling(
    comparison: Comparison, condition: Condition, table: RecordTable, wanted: Collection[str]
) -> None:
    cells = cells_of(table, comparison)
    told: dict[str, Any] = {"where": shorten(condition.source, 120), "column": _column(table, comparison)}
    found = other_spellings(comparison, wanted, cells) or other_words(comparison, wanted, cells)
    if comparison.field in table.columns.names:  # Julie is not Julien, nor Louis Louise
        found = {cell: text for cell, text in found.items() if spelling_key(cell) == spelling_key(text)}
    for text in dict.fromkeys(found.values()):
        alike = [cell for cell in cells if found.get(cell) == text]
        if text not in cells and comparison.how == "equal":
            meant = shorten(alike[0], 40)
            raise CampaignError(_OTHER_SPELLING, **told, text=shorten(text, 40), meant=meant)
        raise CampaignError(
            _SPELT_OTHERWISE,
            **told,
            text=shorten(text, 40),
            values=quotes(alike, _SHOWN),
            lines=_lines(table, comparison, alike),
            write=shorten(is_one_of(comparison.written, [text, *alike]), 160),
        )


def cells_of(table: RecordTable, test: CellTest) -> Counter[str]:
    """The texts that a condition meets in its column, and how often."""
    position = table.names.index(test.field)
    cells = Counter(record.values[position] for record in table.records)
    seen = Counter[str]()
    for cell, count in cells.items():
        seen[test.seen(cell)] += count
    return seen


def shown_values(cells: Counter[str]) -> Quotes:
    """The texts of a column in a sentence, the most frequent first."""
    return quotes([text for text, _count in cells.most_common() if text.strip()] or [""], _SHOWN)


def _lines(table: RecordTable, test: CellTest, texts: Collection[str]) -> Lines:
    """The lines of the table in which a condition meets these texts."""
    lines = [record.line for record in table.records if test.seen(table.value(record, test.field)) in texts]
    return Lines(tuple(lines[:_SHOWN]), max(0, len(lines) - _SHOWN))


def _column(table: RecordTable, test: CellTest) -> Quotes:
    return quotes([table.header(test.field)], limit=40)
