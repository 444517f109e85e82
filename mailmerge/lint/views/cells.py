"""What the letters do with the cells of each column, and which of those say that there is no value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.model import RecordTable
from mailmerge.records.cells.no_value import NoValue, is_answer, no_values
from mailmerge.text.folding import identifier
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from mailmerge.letter import Letter


_ASKS = regex(r"\bif\s+(?:not\s+)?(\w+)(?=\s*(?:\||\)|else\b|and\b|or\b|$))")
"""Within an expression: ``"Prime" if prime else ""``."""


class CellUses(Struct, frozen=True):
    """Identifiers of the columns that letters use, by what they do with them."""

    named: frozenset[str]
    """The name in To is made of them."""
    bare: frozenset[str]
    """Conditions that ask whether there is something: ``{% if prime %}``."""
    compared: Mapping[str, frozenset[str]]
    """The texts that conditions compare each of them with."""
    printed: frozenset[str]

    @property
    def decides(self) -> frozenset[str]:
        """Where any filled cell counts as a value, whatever it says."""
        return self.named | self.bare


def uses_of(table: RecordTable, letters: Sequence[Letter]) -> CellUses:
    """What letters do with the columns of a table."""
    compared: dict[str, set[str]] = {}
    steering: set[str] = set()
    printed: set[str] = set()
    for letter in letters:
        for comparison in letter.comparisons:
            compared.setdefault(comparison.field, set()).update(comparison.values)
        for expression in letter.expressions:
            (printed if expression.printed else steering).update(expression.fields)
            asked = map(identifier, _ASKS.findall(expression.source))
            steering.update(expression.fields.intersection(asked))
    return CellUses(
        frozenset(table.columns.shown_names),
        frozenset(steering - compared.keys()),
        {name: frozenset(texts) for name, texts in compared.items()},
        frozenset(printed),
    )


def without_value(table: RecordTable, used: Iterable[str], uses: CellUses) -> dict[str, dict[str, NoValue]]:
    """The cells that say there is no value, by column, less those that a letter asks for: ``{% if x != "-" %}``."""
    found: dict[str, dict[str, NoValue]] = {}
    names = table.columns.names
    for name in used:
        position = table.names.index(name)
        cells = Counter(record.values[position] for record in table.records)
        asked = uses.compared.get(name, frozenset())
        meanings = no_values(cells, of_names=name in names)
        header = table.header(name)
        meant = {cell: said for cell, said in meanings.items() if cell not in asked and not is_answer(header, cell)}
        if meant:
            found[name] = meant
    return found
