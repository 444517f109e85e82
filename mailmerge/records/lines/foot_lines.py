"""Lines of a table that are no people: totals among and below them, and what is written below the table."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from mailmerge.model import Record, RecordTable
from mailmerge.records.columns.header_synonyms import phrases
from mailmerge.records.lines.line_words import is_note, is_quantity, is_total
from mailmerge.text.addresses import is_one_address
from mailmerge.text.folding import fold


class Line(StrEnum):
    """What a line is that is no person."""

    TOTAL = "total"
    NOTE = "note"
    """A signature, a footnote, a date, a contact below the table."""


_CONTACTS = frozenset(
    phrases(
        """contact, contact rh, contacts, service rh, renseignements, informations, pour toute question, questions,
        ansprechpartner, kontakt, contacto, contatto, hr, rh, hr department, human resources, ressources humaines"""
    )
)
_FEW = 2


def lines_that_are_no_people(table: RecordTable) -> Iterator[tuple[Record, Line]]:
    """The records that are lines of another kind."""
    records = table.records
    email = table.names.index(table.columns.email) if table.columns.email else -1
    foot = len(records)
    while foot and email >= 0 and not is_one_address(records[foot - 1].values[email]):
        foot -= 1
    if not foot:
        return  # nobody has an address: this is no line below the people
    below = False
    for at, record in enumerate(records):
        if at < foot and is_one_address(record.values[email]):
            if at == foot - 1 and _is_contact(table, record):
                yield record, Line.NOTE
            continue
        line = _kind(table, record, is_below=at >= foot, goes_on=below)
        below = at >= foot and line is not None
        if line:
            yield record, line


def _kind(table: RecordTable, record: Record, *, is_below: bool, goes_on: bool) -> Line | None:
    filled = [cell for cell in record.values if cell]
    said = [cell for cell in filled if not is_quantity(cell)]
    names = [name for name in table.columns.names if table.value(record, name)]
    totals = [cell for cell in said if is_total(cell)]
    if totals and len(totals) == len(said) and len(names) <= len(totals):
        return Line.TOTAL
    if not is_below or len(said) > _FEW or len(table.fields) <= _FEW < len(filled):
        return None
    if not said:
        return Line.TOTAL if filled else None
    if any(map(is_note, said)) or goes_on:
        return Line.NOTE
    return None


def _is_contact(table: RecordTable, record: Record) -> bool:
    """Whether the last line with an address is whom to ask, below the people."""
    filled = [cell for cell in record.values if cell]
    return len(table.fields) > _FEW >= len(filled) and any(fold(cell) in _CONTACTS for cell in filled)
