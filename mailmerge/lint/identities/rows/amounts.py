"""Amounts that each person has of their own, such as a salary: whose they are, and which of them are in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mailmerge.lint.identities.letters import Owners, numbers, own
from mailmerge.lint.identities.rows.columns import column_kinds
from mailmerge.model import Record, RecordTable
from mailmerge.text.folding import normalise
from mailmerge.text.regex import regex

_LARGE = r"(?:\d{1,3}(?:[ .,'’]\d{3})+|\d{4,9})(?:[.,]\d{1,2})?|\d{3}[.,]\d\d"
"""Three digits are an amount only with cents."""
_UNIT = r"(?:[€$£]|EUR|euros?|CHF|GBP|zł|lei)"
_AMOUNT = regex(
    rf"(?<![\w.,])(?:(?:{_LARGE})(?!\d|[.,]\d)|\d\d[.,]\d\d(?=\s?{_UNIT}(?!\w))|(?<=[€$£])\d\d\.\d\d(?!\d|[.,]\d))"
)
"""Two digits are one only beside the sign of a currency: 12.45 is as likely an hour."""
_CELL = regex(rf"(?:[€$£]|EUR|CHF|GBP)?\s?({_LARGE}|\d{{1,2}}[.,]\d\d)\s?{_UNIT}?", re.IGNORECASE)
_DECIMALS = regex(r"[.,](\d{1,2})\Z")
_FEWEST = 3
_SAMPLE = 400


class AmountSeen(NamedTuple):
    """The amounts of one column in one person's file."""

    field: str
    own: bool
    """Whether the person's own is there."""
    others: tuple[int, ...]
    """Whose the amount is that is there instead, where that is one person's."""
    shown: str


class Amounts:
    """The columns with an amount of nearly everybody's own."""

    def __init__(self, table: RecordTable):
        self._owners: dict[str, dict[str, Owners]] = {}
        self._table = table
        known = {*column_kinds(table), *table.columns.names}
        for position, field in enumerate(table.fields):
            if field.name not in known and _are_own(table, position):
                owners = self._owners.setdefault(field.name, {})
                for record in table.records:
                    if key := _key_of(record.values[position]):
                        own(owners, key, record.number)

    def __bool__(self) -> bool:
        return bool(self._owners)

    def seen(self, texts: Sequence[str], record: Record) -> tuple[AmountSeen, ...]:
        """What the texts of one person's file have of each column; nothing of a column if there is nothing."""
        there = {_plain(match.group()): match.group() for text in texts for match in _AMOUNT.finditer(normalise(text))}
        found = []
        for name, owners in self._owners.items():
            mine = _key_of(self._table.value(record, name))
            others = [key for key in there if key in owners and key != mine]
            sole = numbers(owners[others[0]]) if len(others) == 1 else ()
            if others or mine in there:
                found.append(AmountSeen(name, mine in there, sole, there[others[0]] if others else ""))
        return tuple(found)

    def typed_in(self, text: str) -> Iterator[tuple[str, int, int, str]]:
        """The amounts of one person alone in a text, with the field and the record they are of, and where they begin.

        One that is round, or that may be a year, is as likely the same for everybody.
        """
        for match in _AMOUNT.finditer(text):
            key = _plain(match.group())
            if key.endswith("00") or ("." not in key and len(key) == 4 and "1900" <= key <= "2100"):
                continue
            for name, owners in self._owners.items():
                if len(found := numbers(owners.get(key))) == 1:
                    yield name, found[0], match.start(), match.group()


def _are_own(table: RecordTable, position: int) -> bool:
    rows = table.records[:: len(table.records) // _SAMPLE + 1]
    cells = [record.values[position] for record in rows if record.values[position]]
    keys = [key for cell in cells if (key := _key_of(cell))]
    if len(keys) < _FEWEST or len(keys) < 0.8 * len(cells) or len(set(keys)) < 0.8 * len(keys):
        return False
    years = sum(1 for key in keys if len(key) == 4 and "1900" <= key <= "2100")
    return years * 2 < len(keys)


def _key_of(cell: str) -> str:
    match = _CELL.fullmatch(normalise(cell).strip())
    return _plain(match[1]) if match else ""


def _plain(amount: str) -> str:
    """The digits of an amount, without separators and without cents that are nought."""
    cents = _DECIMALS.search(amount)
    whole = amount[: cents.start()] if cents else amount
    digits = "".join(filter(str.isdigit, whole))
    return f"{digits}.{cents[1].ljust(2, '0')}" if cents and cents[1].strip("0") else digits
