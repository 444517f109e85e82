"""Columns that were moved against each other: what a cell says of a row fits the row some lines away.

Two kinds of evidence: a cell that spells somebody (a file's name, a link, a remark) spells the neighbour; or two
columns that belong together (a postcode and its town) do so only when one of them is moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from mailmerge.lint.identities.rows.alignment import FARTHEST
from mailmerge.lint.identities.rows.columns import IdentityKind
from mailmerge.lint.identities.rows.relatives import given_names_of_relatives
from mailmerge.model import RecordTable
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_ROWS = 300
"""Rows looked at for cells that spell somebody."""
_WINDOW = 600
"""Rows in succession looked at for columns that belong together."""
_LEAST = 4
_SHARE = 0.3
_MOST_IDENTITIES = 3
_SHORTEST = 4
"""Letters of a name or reference that a cell may spell."""
_MOSTLY = 0.6
"""The share of cells that spell their own row, from which on a few in succession that do not were moved."""
_NEARLY = 0.75
"""The same, for two rows that have each other's."""
_ALL = 0.9
_LONGEST_LOGIN = 16
_OF_A_LOGIN = 5
"""Letters of a surname that are in a login, which is often cut short."""
_MADE_OF_A_NAME = regex(r"[a-z]{3}\d")
"""How a code begins that is made of the first letters of a surname: DUP-0412."""
_LAGS = tuple(lag for lag in range(-FARTHEST, FARTHEST + 1) if lag)


class Lag(Struct, frozen=True):
    """A column that is some rows off."""

    column: str
    other: str
    """The column that it is off against."""
    rows: int
    row: int
    """A row that shows it, and the row that its cell belongs to."""
    owner: int
    count: int
    """How many of the rows looked at show it."""
    looked_at: int
    is_spelt: bool = False
    """Whether a cell spells the other row; else the two columns only belong together."""
    is_swap: bool = False
    """Whether two rows have each other's cell, and the others their own."""


class SpeltAway(NamedTuple):
    """How far away those are whom cells spell, a row that shows it, and how many do."""

    rows: int
    row: int
    number: int
    is_swap: bool = False


def lags(table: RecordTable, kinds: Mapping[str, IdentityKind], used: frozenset[str]) -> Iterator[Lag]:
    """The columns that are some rows off against another, each once; only what messages can show."""
    seen: set[str] = set()
    for found in (*_spelt(table, kinds, used), *_together(table, kinds, used)):
        if found.column not in seen:
            seen |= {found.column, found.other}
            yield found


def _spelt(table: RecordTable, kinds: Mapping[str, IdentityKind], used: frozenset[str]) -> Iterator[Lag]:
    """Columns whose cells spell the name or the reference of a row some lines away."""
    names = [name for name in (*table.last_names, table.columns.full_name) if name]
    identities = [*names, *(name for name, kind in kinds.items() if kind is IdentityKind.REFERENCE)]
    given = [*table.first_names[:1], *given_names_of_relatives(table)]
    identities = [*identities[:_MOST_IDENTITIES], *given]
    named = {*table.columns.names, *table.columns.emails}
    rows = range(0, len(table.records), len(table.records) // _ROWS + 1)
    for identity in identities:
        letters = _words if identity in given else _letters
        key = _keys(table, identity, letters)
        for field in table.fields:
            if field.name in named or field.name not in used or (identity in kinds and field.name in identities):
                continue
            cells = [(row, text) for row in rows if (text := letters(table.value(table.records[row], field.name)))]
            are_logins = identity in names and all(len(text) <= _LONGEST_LOGIN for _row, text in cells)
            if identity in names and _are_made_of_names(cells):
                found = _most_common([(row, _beginning(text)) for row, text in cells], _beginnings(key), None)
            else:
                found = _most_common(cells, key, _OF_A_LOGIN if are_logins else None)
            if found is not None:
                away, row, number, is_swap = found
                looked = len(cells)
                yield Lag(field.name, identity, away, row, row + away, number, looked, is_spelt=True, is_swap=is_swap)


def _keys(table: RecordTable, column: str, letters: Callable[[str], str]) -> Callable[[int], str]:
    """What other cells may spell of each row; ``""`` above and below the table."""

    @cache
    def key(row: int) -> str:
        return letters(table.value(table.records[row], column)) if 0 <= row < len(table.records) else ""

    return key


def _are_made_of_names(cells: Sequence[tuple[int, str]]) -> bool:
    """Whether nearly all cells are codes that may begin with the first letters of a surname."""
    codes = sum(1 for _row, text in cells if _MADE_OF_A_NAME.match(text))
    return codes > 0 and codes >= _ALL * len(cells)


def _beginning(text: str) -> str:
    """The first three letters, marked as the beginning."""
    return f"^{text[:3]}" if text else ""


def _beginnings(key: Callable[[int], str]) -> Callable[[int], str]:
    return lambda row: _beginning(key(row))


def _most_common(cells: Sequence[tuple[int, str]], key: Callable[[int], str], letters: int | None) -> SpeltAway | None:
    """Where cells spell somebody else: most of them, the same number of rows away; some in succession; or two.

    Of what is spelt, so many ``letters`` are enough.
    """
    own = 0
    found: Counter[int] = Counter()
    first: dict[int, int] = {}
    runs: Counter[int] = Counter()
    longest = SpeltAway(0, 0, 0)
    astray: list[tuple[int, str]] = []
    for row, text in cells:
        mine = key(row)[:letters]
        if len(mine) >= _SHORTEST and mine in text:
            own += 1
            runs.clear()
            continue
        astray.append((row, text))
        near = [
            lag
            for lag in _LAGS
            if len(other := key(row + lag)[:letters]) >= _SHORTEST and other != mine and other in text
        ]
        for lag in near:
            found[lag] += 1
            first.setdefault(lag, row)
        runs = Counter({lag: runs[lag] + 1 for lag in near})
        for lag, count in runs.items():
            longest = max(longest, SpeltAway(lag, row, count), key=lambda each: each.number)
    if not found:
        return _swapped(astray, own, key, letters)
    lag, count = found.most_common(1)[0]
    if own >= _MOSTLY * (len(cells) - found[longest.rows]) > 0:
        return longest if longest.number >= _LEAST else _swapped(astray, own, key, letters)
    if count < max(_LEAST, _SHARE * len(cells)) or own * 4 > count:
        return None
    if found[-lag] * 2 > count:
        return None  # two who name one another: couples, or partners in a game
    return SpeltAway(lag, first[lag], count)


def _swapped(
    astray: Sequence[tuple[int, str]], own: int, key: Callable[[int], str], letters: int | None
) -> SpeltAway | None:
    """Two rows, each of which spells the other, in a column in which nearly everybody else's is their own."""
    if own < max(_LEAST, _NEARLY * (own + len(astray))):
        return None
    for at, (row, text) in enumerate(astray):
        for other, theirs in astray[at + 1 :]:
            mine, yours = key(row)[:letters], key(other)[:letters]
            if min(len(mine), len(yours)) >= _SHORTEST and mine in theirs and yours in text:
                return SpeltAway(other - row, row, 2, is_swap=True)
    return None


def _together(table: RecordTable, kinds: Mapping[str, IdentityKind], used: frozenset[str]) -> Iterator[Lag]:
    """Columns of a few values each that determine one another some rows away, and not where they are."""
    start = max(0, len(table.records) // 2 - _WINDOW // 2)
    records = table.records[start : start + _WINDOW]
    if len(records) < 20:
        return
    columns: list[tuple[str, list[str], int]] = []
    for position, field in enumerate(table.fields):
        cells = [record.values[position] for record in records]
        different = len(set(cells))
        if field.name not in kinds and 4 <= different <= len(cells) // 4 and all(cells):
            columns.append((field.name, cells, different))
    for index, (name, cells, different) in enumerate(columns):
        for other, theirs, others in columns[index + 1 :]:
            if name not in used and other not in used:
                continue
            here = len(set(zip(cells, theirs, strict=True)))
            least = max(different, others)
            if here < 2 * least:
                continue
            for lag in _LAGS:
                moved = list(zip(cells[max(0, -lag) :], theirs[max(0, lag) :], strict=False))
                if len(set(moved)) <= least * 1.1 and here >= 2 * len(set(moved)):
                    row = start + FARTHEST
                    yield Lag(other, name, abs(lag), row + lag, row, len(moved), len(cells))
                    break


def _letters(text: str) -> str:
    """The folded letters and digits of a text, without blanks."""
    return fold(text).replace(" ", "")


def _words(text: str) -> str:
    """The folded words of a text, a blank before and after each: a first name is spelt as a word of its own."""
    return f" {fold(text)} " if text else ""
