"""Sentences about a table that both faces say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailmerge.model import ColumnReason, Evidence, RecordTable
from mailmerge.text import shorten


def column_notes(table: RecordTable) -> Iterator[str]:
    """Which columns hold the addresses and the names, and why those."""
    if table.email_reason:
        yield _email(table, table.email_reason)
    if table.names_reason:
        yield _names(table, table.names_reason)
    else:
        yield "name: no column of names was recognised"


def columns_in_doubt(table: RecordTable) -> Iterator[str]:
    """The same, of those columns only beside which another one could have been meant."""
    if table.email_reason and _is_doubtful(table.email_reason):
        yield _email(table, table.email_reason)
    if table.names_reason and _is_doubtful(table.names_reason):
        yield _names(table, table.names_reason)


def _is_doubtful(reason: ColumnReason) -> bool:
    return reason.evidence is Evidence.CONTENT or (bool(reason.instead_of) and reason.evidence is not Evidence.SET)


def _email(table: RecordTable, reason: ColumnReason) -> str:
    why = {
        Evidence.SET: "as set",
        Evidence.HEADER: "because its header says so",
        Evidence.CONTENT: "because it is the only one with addresses",
    }[reason.evidence]
    note = f"e-mail column: {_headers(table, reason.columns)}, {why}"
    if not reason.instead_of:
        return note
    others = _headers(table, reason.instead_of)
    return f"{note}; nothing is sent to the addresses in {others}"


def _names(table: RecordTable, reason: ColumnReason) -> str:
    one = len(reason.columns) == 1
    why = {
        Evidence.SET: "as set",
        Evidence.HEADER: "because its header says so" if one else "because their headers say so",
        Evidence.CONTENT: "because it fits the addresses" if one else "because they fit the addresses",
    }[reason.evidence]
    note = f"name: {_headers(table, reason.columns)}, {why}"
    return f"{note}; {_headers(table, reason.instead_of)} could also be the name" if reason.instead_of else note


def _headers(table: RecordTable, names: Sequence[str]) -> str:
    shown = [f'"{shorten(table.header(name) or name, 40)}"' for name in names[:4]]
    if len(names) > len(shown):
        return f"{', '.join(shown)} and {len(names) - len(shown)} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
