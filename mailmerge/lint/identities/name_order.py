"""Rows whose first and last names are exchanged, by the addresses of one house: all are first.last, and one is not."""

from __future__ import annotations

from collections import Counter

from mailmerge.lint.vocabulary import FREE_MAIL
from mailmerge.model import Record, RecordTable
from mailmerge.regex import regex
from mailmerge.text import fold

_FEWEST = 5
"""Addresses of a house from which its order of names is known."""
_TIMES = 3
"""How many times as many are in the usual order."""
_PIECES = regex(r"[._-]")


def exchanged_names(table: RecordTable) -> list[Record]:
    """The rows whose address has the names in the other order than nearly all others at its domain."""
    columns = table.columns
    if not columns.first_name or not columns.last_name or not columns.email:
        return []
    straight: Counter[str] = Counter()
    turned: list[tuple[str, Record]] = []
    for record in table.records:
        local, _at, domain = table.value(record, columns.email).casefold().rpartition("@")
        pieces = [piece for piece in map(fold, _PIECES.split(local)) if piece]
        first, last = (
            fold(table.value(record, name)).replace(" ", "") for name in (columns.first_name, columns.last_name)
        )
        if len(pieces) != 2 or not first or not last or first == last:
            continue
        if pieces == [first, last]:
            straight[domain] += 1
        elif pieces == [last, first]:
            turned.append((domain, record))
    several = Counter(domain for domain, _record in turned)
    return [
        record
        for domain, record in turned
        if domain not in FREE_MAIL and straight[domain] >= max(_FEWEST, _TIMES * several[domain])
    ]
