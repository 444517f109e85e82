"""A person's name as a key, for rules about rows that may be one person."""

from __future__ import annotations

from mailmerge.model import Record, RecordTable
from mailmerge.text import fold


def name_key(table: RecordTable, record: Record) -> tuple[str, ...]:
    """The person's name, for a fingerprint where the address does not tell."""
    columns = table.columns
    return tuple(fold(table.value(record, c)) for c in (columns.first_name, columns.last_name, columns.full_name) if c)
