"""Columns that were moved against each other: what a cell says of a row fits the row some lines away.

Two kinds of evidence: a cell that spells somebody (a file's name, a link, a remark) spells the neighbour; or two
columns that belong together (a postcode and its town) do so only when one of them is moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from mailmerge.lint.identities.alignment import FARTHEST
from mailmerge.lint.identities.columns import Kind
from mailmerge.lint.identities.relatives import given_names_of_relatives
from mailmerge.model import RecordTable
from mailmerge.text import fold

_ROWS = 300
"""Rows looked at for cells that spell somebody."""
_WINDOW = 600
"""Rows in succession looked at for columns that belong together."""
_LEAST = 4
_SHARE = 0.3
_MOST_IDENTITIES = 3
_SHORTEST = 4
"""Letters of a name or reference that a cell may spell."""
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


def lags(table: RecordTable, kinds: Mapping[str, Kind], used: frozenset[str]) -> Iterator[Lag]:
    """The columns that are some rows off against another, each once; only what messages can show."""
    seen: set[str] = set()
    for found in (*_spelt(table, kinds, used), *_together(table, kinds, used)):
        if found.column not in seen:
            seen |= {found.column, found.other}
            yield found


def _spelt(table: RecordTable, kinds: Mapping[str, Kind], used: frozenset[str]) -> Iterator[Lag]:
    """Columns whose cells spell the name or the reference of a row some lines away."""
    identities = [name for name in (*table.last_names, table.columns.full_name) if name]
    identities += [name for name, kind in kinds.items() if kind is Kind.REFERENCE]
    given = [*table.first_names[:1], *given_names_of_relatives(table)]
    identities = [*identities[:_MOST_IDENTITIES], *given]
    named = {*table.columns.names, *table.columns.emails}
    rows = range(0, len(table.records), len(table.records) // _ROWS + 1)
    for identity in identities:
        keys: dict[int, str] = {}
        letters = _words if identity in given else _letters

        def key(
            row: int,
            identity: str = identity,
            keys: dict[int, str] = keys,
            letters: Callable[[str], str] = letters,
        ) -> str:
            if row not in keys:
                keys[row] = letters(table.value(table.records[row], identity)) if 0 <= row < len(table.records) else ""
            return keys[row]

        for field in table.fields:
            if field.name in named or field.name not in used or field.name in identities:
                continue
            cells = [(row, text) for row in rows if (text := letters(table.value(table.records[row], field.name)))]
            found = _most_common(cells, key)
            if found is not None:
                rows_off, row, count = found
                yield Lag(field.name, identity, rows_off, row, row + rows_off, count, len(cells), is_spelt=True)


def _most_common(cells: Sequence[tuple[int, str]], key: Callable[[int], str]) -> tuple[int, int, int] | None:
    """The distance at which most cells spell somebody, a row that shows it, and how many do."""
    own = 0
    found: Counter[int] = Counter()
    first: dict[int, int] = {}
    for row, text in cells:
        mine = key(row)
        if len(mine) >= _SHORTEST and mine in text:
            own += 1
            continue
        for lag in _LAGS:
            other = key(row + lag)
            if len(other) >= _SHORTEST and other != mine and other in text:
                found[lag] += 1
                first.setdefault(lag, row)
    if not found:
        return None
    lag, count = found.most_common(1)[0]
    if count < max(_LEAST, _SHARE * len(cells)) or own * 4 > count:
        return None
    if found[-lag] * 2 > count:
        return None  # two who name one another: couples, or partners in a game
    return lag, first[lag], count


def _together(table: RecordTable, kinds: Mapping[str, Kind], used: frozenset[str]) -> Iterator[Lag]:
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
