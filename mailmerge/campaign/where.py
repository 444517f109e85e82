"""Whom ``where`` means: a condition that compares with texts that no cell holds is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mailmerge.errors import CampaignError
from mailmerge.i18n import N_
from mailmerge.letter import Comparison, Condition
from mailmerge.model import Record, RecordTable
from mailmerge.text import fold, shorten

_NOBODY = N_('where = "{where}" matches nobody in {table}; correct it')
_NOBODY_HAS = N_('where = "{where}" matches nobody in {table}: {column} has {values}; correct it')
_OTHER_SPELLING = N_(
    'where = "{where}" compares with "{text}", which is in no cell of {column}; write "{meant}" as in the table'
)
_AND_MORE = N_("{values} and {count} more")
_SHOWN = 6


def require_meant(condition: Condition, table: RecordTable, chosen: Sequence[Record]) -> None:
    """Look at whom a ``where`` chose.

    Raises:
        CampaignError: nobody, though the table has people; or it looks for a text that the column only has in another
            spelling, so that it leaves out or writes to the wrong people.
    """
    if not table.records:
        return
    where = shorten(condition.source, 120)
    for comparison in condition.comparisons:
        if comparison.field not in table.names:
            continue
        cells = cells_of(table, comparison)
        for text in comparison.values:
            if text not in cells and (meant := _other_spelling(text, cells, condition)):
                raise CampaignError(
                    _OTHER_SPELLING,
                    where=where,
                    text=shorten(text, 40),
                    column=_column(table, comparison),
                    meant=shorten(meant, 40),
                )
    if chosen:
        return
    first = next((each for each in condition.comparisons if each.field in table.names), None)
    if first is None:
        raise CampaignError(_NOBODY, where=where, table=table.path.name)
    values = shown_values(cells_of(table, first))
    raise CampaignError(_NOBODY_HAS, where=where, table=table.path.name, column=_column(table, first), values=values)


def cells_of(table: RecordTable, comparison: Comparison) -> Counter[str]:
    """The texts that a comparison meets in its column, and how often."""
    return Counter(comparison.seen(table.value(record, comparison.field)) for record in table.records)


def shown_values(cells: Counter[str]) -> str:
    """The texts of a column in a sentence, the most frequent first."""
    values = [f'"{shorten(text, 30)}"' for text, _count in cells.most_common() if text.strip()]
    listed = ", ".join(values[:_SHOWN])
    return _AND_MORE.format(values=listed, count=len(values) - _SHOWN) if len(values) > _SHOWN else listed or '""'


def _other_spelling(text: str, cells: Counter[str], condition: Condition) -> str:
    """The cell that differs from a text only in case, accents or signs, unless the condition looks for it as well."""
    wanted = {each for comparison in condition.comparisons for each in comparison.values}
    alike = [cell for cell in cells if fold(cell) == fold(text) != ""]
    return "" if wanted.intersection(alike) else next(iter(alike), "")


def _column(table: RecordTable, comparison: Comparison) -> str:
    return f'"{shorten(table.header(comparison.field), 40)}"'
