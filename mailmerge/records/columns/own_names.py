"""Of which columns the name in To may be made: those of the person's own names, and of nobody else's."""

from __future__ import annotations

from enum import Enum

from mailmerge.model import RecordTable
from mailmerge.records.columns import header_synonyms, headers
from mailmerge.records.columns.name_content import are_several, looks_like_names
from mailmerge.text.addresses import find_addresses
from mailmerge.text.folding import fold

_SAMPLE = 200


class NotTheirs(Enum):
    """Why a column is not one of the person's own names."""

    ADDRESSES = "addresses"
    """It holds addresses."""
    OTHERS = "others"
    """It names somebody else."""
    NO_NAMES = "no-names"
    """It holds no names of people."""


def why_not_theirs(table: RecordTable, name: str) -> NotTheirs | None:
    """Why the name of a person must not be made of a column, given by identifier; None where it may."""
    columns, header = table.columns, table.header(name)
    if name in columns.emails:
        return NotTheirs.ADDRESSES
    if name in (*columns.names, columns.title):
        return None
    rows = table.records[:: len(table.records) // _SAMPLE + 1]
    cells = [table.value(record, name) for record in rows]
    filled = [cell for cell in cells if cell]
    if filled and sum(next(find_addresses(cell), None) is not None for cell in filled) * 2 > len(filled):
        return NotTheirs.ADDRESSES
    about = headers.whose(table.header(columns.email)) if columns.email else frozenset[str]()
    named = headers.whose(header)
    if named and named != about:
        return NotTheirs.OTHERS
    if fold(header) in header_synonyms.TITLE:
        return None
    if not header_synonyms.NOT_NAMES.isdisjoint(headers.header_words(header)) or (
        filled and not looks_like_names(filled, 0.5)
    ):
        return NotTheirs.NO_NAMES
    if not columns.names or not are_several(cells):
        return None
    own = [set(fold(" ".join(table.value(record, each) for each in columns.names)).split()) for record in rows]
    pairs = [(set(fold(cell).split()), known) for cell, known in zip(cells, own, strict=True) if cell and known]
    return NotTheirs.OTHERS if sum(cell.isdisjoint(known) for cell, known in pairs) * 2 > len(pairs) else None
