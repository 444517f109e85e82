"""Rows whose first and last names are exchanged, by the addresses of one house: all are first.last, and one is not.

At a provider everybody chooses an address: a domain where others look otherwise, or have another sign between the
names, is none of a house.
"""

from __future__ import annotations

from collections import Counter

from mailmerge.lint.vocabulary import FREE_MAIL
from mailmerge.model import Record, RecordTable
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_FEWEST = 5
"""Addresses of a house from which its order of names is known."""
_TIMES = 3
"""How many times as many are in the usual order."""
_UNIFORM = 0.9
"""The share of a house's other addresses that are in the usual order."""
_PROVIDERS = frozenset(domain.partition(".")[0] for domain in FREE_MAIL)
_PIECES = regex(r"[._-]")


def exchanged_names(table: RecordTable) -> list[Record]:
    """The rows whose address has the names in the other order than nearly all others at its domain."""
    columns = table.columns
    if not columns.first_name or not columns.last_name or not columns.email:
        return []
    straight: Counter[tuple[str, str]] = Counter()
    at_all: Counter[str] = Counter()
    turned: list[tuple[str, str, Record]] = []
    for record in table.records:
        local, _at, domain = table.value(record, columns.email).casefold().rpartition("@")
        at_all[domain] += 1
        pieces = [piece for piece in map(fold, _PIECES.split(local)) if piece]
        first, last = (
            fold(table.value(record, name)).replace(" ", "") for name in (columns.first_name, columns.last_name)
        )
        if len(pieces) != 2 or not first or not last or first == last:
            continue
        sign = "".join(_PIECES.findall(local))
        if pieces == [first, last]:
            straight[domain, sign] += 1
        elif pieces == [last, first]:
            turned.append((domain, sign, record))
    several = Counter(domain for domain, _sign, _record in turned)
    return [
        record
        for domain, sign, record in turned
        if domain.partition(".")[0] not in _PROVIDERS
        and straight[domain, sign] >= max(_FEWEST, _TIMES * several[domain])
        and straight[domain, sign] >= _UNIFORM * (at_all[domain] - several[domain])
    ]
