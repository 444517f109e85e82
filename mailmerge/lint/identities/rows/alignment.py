"""Are the names beside their own addresses? A column sorted or shifted alone writes to everybody's neighbour.

The evidence is in the addresses: ``jean.dupont@`` beside "Petit", while a Dupont is a few rows away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from msgspec import Struct

from mailmerge.model import Record, RecordTable
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

FARTHEST = 5
"""Rows up and down in which a shifted value is looked for."""
LEAST = 3
"""Rows that a shift is told from."""
_OWNERS_SEEN = 200
"""Rows looked at for a name that many have."""
_LONG = 5
"""Letters from which on a piece of an address may be an initial and a name."""
_SHARE = 0.2
"""The share of all rows that must speak for a shift of unequal distances; a few speak for themselves only."""
_SAME_LAG = 5
"""Rows that speak for a shift when nearly all of them say the same distance."""
_NAMED = 0.25
"""The share of addresses that must resemble a name before single names count."""
_MOSTLY = 0.8
"""The same, before an address that holds two words that are nobody's is taken for a name."""
Words = tuple[str, ...]
"""Folded words of at least three letters."""
_PIECES = regex(r"[^\W\d_]+")


@dataclass(slots=True)
class Column:
    """How one column of names agrees with the addresses."""

    name: str
    owners: dict[str, list[int]] = field(default_factory=dict)
    """Rows by word."""
    agrees: list[bool] = field(default_factory=list)
    foreign: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Rows whose address holds another row's word instead of their own, and those rows."""


class Alignment:
    """The names against the addresses, row by row."""

    def __init__(self, table: RecordTable):
        self.table = table
        self.records: Sequence[Record] = table.records
        columns = self.table.columns
        groups: dict[str, tuple[str, ...]] = {columns.full_name: (columns.full_name,)}
        if columns.last_name:  # an address may hold the name at birth as well as the usual one
            groups = {columns.first_name: table.first_names, columns.last_name: table.last_names}
        words = {
            name: [_words(" ".join(table.value(record, each) for each in group)) for record in self.records]
            for name, group in groups.items()
            if name
        }
        self.columns = [_column(name, rows) for name, rows in words.items()]
        self.comparable = False
        """Whether there is an address to compare with."""
        for row, own in enumerate(zip(*words.values(), strict=True)):
            local = self._local(row)
            self.comparable = self.comparable or bool(local.whole)
            if local.pieces:
                self._compare(row, local, own)

    def _cell(self, row: int) -> str:
        return self.table.value(self.records[row], self.table.columns.email)

    def _local(self, row: int) -> _Local:
        return _local(self._cell(row))

    def _compare(self, row: int, local: _Local, own: Sequence[Words]) -> None:
        """Whose words an address holds: this row's, or else another's."""
        left = local.pieces
        for column, words in zip(self.columns, own, strict=True):
            for part in words:
                if part in local.whole or _abbreviates(part, local.pieces):
                    column.agrees[row] = True
                    left = tuple(rest for piece in left for rest in _without(piece, part))
        tokens = {token for piece in left for token in self._tokens(piece)}
        for column, words in zip(self.columns, own, strict=True):
            if tokens and words and not column.agrees[row]:
                rows = {other for token in tokens for other in _nearest(column.owners.get(token, ()), row)}
                if rows:
                    column.foreign[row] = tuple(sorted(rows, key=lambda other: abs(other - row)))

    def _tokens(self, piece: str) -> Iterator[str]:
        """What may be a name in a piece of an address: ``dupont``, ``jdupont``, ``dupontj``, ``jeandupont``."""
        yield piece
        if len(piece) >= _LONG:
            yield piece[1:]
            yield piece[:-1]
        for cut in range(3, len(piece) - 2):
            if any(piece[:cut] in c.owners for c in self.columns) and any(
                piece[cut:] in c.owners for c in self.columns
            ):
                yield piece[:cut]
                yield piece[cut:]

    @cached_property
    def verified(self) -> float:
        """The share of addresses that resemble a name in their row."""
        rows = [any(column.agrees[row] for column in self.columns) for row in range(len(self.records))]
        return sum(rows) / len(rows) if rows else 0.0

    def shifted(self) -> Iterator[tuple[Column, int]]:
        """Columns that were moved as a whole, and by how many rows (0: sorted, not shifted)."""
        for column in self.columns:
            foreign = len(column.foreign)
            if foreign < LEAST or foreign <= sum(column.agrees):
                continue
            lags = Counter(other - row for row, rows in column.foreign.items() for other in rows)
            near = Counter({lag: count for lag, count in lags.items() if 0 < abs(lag) <= FARTHEST})
            lag, count = near.most_common(1)[0] if near else (0, 0)
            speak_as_one = count >= _SAME_LAG and count * 5 >= foreign * 4
            if speak_as_one or foreign >= _SHARE * len(self.records):
                yield column, lag if count * 2 >= foreign else 0

    def witnesses(self, column: Column, lag: int) -> list[tuple[int, int]]:
        """Rows whose address is another's, and whose: at that distance where there is one; a whole name first."""
        pairs = [
            (row, next((other for other in others if other - row == lag), others[0]))
            for row, others in column.foreign.items()
            if not lag or row + lag in others
        ]
        best = next((pair for pair in pairs[:_OWNERS_SEEN] if pair[1] in self._meant(pair[0])), pairs[0])
        return [best, *(pair for pair in pairs if pair != best)]

    def runs(self, column: Column) -> Iterator[tuple[int, int, int]]:
        """Stretches in which a column is shifted: first row, last row, by how many rows."""
        for first, last, lag in self._runs(column):
            if self._is_named or sum(1 for row in range(first, last + 1) if row + lag in self._meant(row)) >= 2:
                yield first, last, lag

    @cached_property
    def _is_named(self) -> bool:
        """Whether addresses are made of names here, so that one name in one of them says something."""
        return self.verified + len(self._astray) / max(1, len(self.records)) >= _NAMED

    def _runs(self, column: Column) -> Iterator[tuple[int, int, int]]:
        lag, first, last, length = 0, 0, 0, 0
        candidates: set[int] = set()
        for row in range(len(self.records)):
            if column.agrees[row] or (length and row - last > LEAST):
                if length >= LEAST:
                    yield first, last, lag
                candidates, length = set(), 0
            here = {other - row for other in column.foreign.get(row, ()) if abs(other - row) <= FARTHEST}
            if not here or column.agrees[row]:
                continue
            together = candidates & here if length else here
            if not together:
                if length >= LEAST:
                    yield first, last, lag
                together, length = here, 0
            if not length:
                first = row
            candidates, last, length = together, row, length + 1
            lag = min(together, key=abs)
        if length >= LEAST:
            yield first, last, lag

    def swaps(self) -> Iterator[tuple[int, int]]:
        """Pairs of rows whose addresses are each other's."""
        pairs: set[tuple[int, int]] = set()
        for column in self.columns:
            for row, others in column.foreign.items() if self._is_named else ():
                pairs |= {(row, other) for other in others if other > row and row in column.foreign.get(other, ())}
        pairs |= {(row, other) for row in self._astray for other in self._meant(row) if row in self._meant(other)}
        yield from sorted({(min(pair), max(pair)) for pair in pairs})

    def strays(self) -> Iterator[tuple[int, int]]:
        """Rows whose address holds the whole name of another row, however far, and not their own; and whose.

        One of two names may be their own by chance where the other row has lost its own address as well.
        """
        for row in sorted(self._unlike):
            meant = self._meant(row) or self._meant_by_initial(row)
            if row not in self._astray:
                meant &= self._unlike
            if meant:
                yield row, min(meant, key=lambda other: (other not in self._unlike, abs(other - row), other))

    def copied_names(self) -> Iterator[tuple[int, int]]:
        """Rows with the whole name of another row and the address of somebody else; and the row that has its own.

        Somebody else is who is called by two words of which the name has none, where most addresses hold names.
        """
        if self.verified < _MOSTLY:
            return
        rows: dict[tuple[str, ...], list[int]] = {}
        for row, record in enumerate(self.records):
            named = tuple(fold(self.table.value(record, column.name)) for column in self.columns)
            if all(named) and len(" ".join(named).split()) > 1:
                rows.setdefault(named, []).append(row)
        for same in rows.values():
            own = [row for row in same if all(column.agrees[row] for column in self.columns)]
            for row in same if len(same) > 1 and own else ():
                if not any(column.agrees[row] for column in self.columns) and len(self._local(row).pieces) > 1:
                    yield row, own[0]

    def is_astray(self, row: int) -> bool:
        """Whether nothing in the address is of the row's own name."""
        return row in self._astray

    def are_exchanged(self, row: int, other: int) -> bool:
        """Whether two addresses are each the other's beyond doubt: its whole name, and nothing of their own."""
        astray = row in self._astray and other in self._astray
        return astray and other in self._meant(row) and row in self._meant(other)

    @cached_property
    def _astray(self) -> frozenset[int]:
        """Rows in which no column agrees with the address, and somebody else's does."""
        return frozenset(row for row in self._unlike if not any(column.agrees[row] for column in self.columns))

    @cached_property
    def _unlike(self) -> frozenset[int]:
        """Rows whose address holds a name of somebody else's in place of one of their own."""
        return frozenset(row for column in self.columns for row in column.foreign)

    def _meant(self, row: int) -> set[int]:
        """Rows, however far, whose whole name is in this row's address."""
        found = self._found(row)
        if len(self.columns) > 1:
            return set.intersection(*(set(rows) for rows in found))
        return {other for rows in found for other, words in rows.items() if len(words) > 1}

    def _found(self, row: int) -> list[dict[int, set[str]]]:
        """By column, the other rows of which words are in this row's address."""
        tokens = {token for piece in self._local(row).pieces for token in self._tokens(piece)}
        found: list[dict[int, set[str]]] = []
        for column in self.columns:
            rows: dict[int, set[str]] = {}
            for token in tokens:
                for other in column.owners.get(token, ())[:_OWNERS_SEEN]:
                    if other != row:
                        rows.setdefault(other, set()).add(token)
            found.append(rows)
        return found

    def _meant_by_initial(self, row: int) -> set[int]:
        """Rows whose surname is in this row's address with the initial of their first name, and that lost their own."""
        if len(self.columns) < 2:
            return set()
        first, last = self.columns[0].name, self._found(row)[-1]
        written = "".join(_PIECES.findall(fold(_local_part(self._cell(row)))))
        return {
            other
            for other, words in last.items()
            if other in self._astray
            and (initial := fold(self.table.value(self.records[other], first))[:1])
            and any(written in (initial + word, word + initial) for word in words)
        }


class _Local(Struct, frozen=True):
    whole: str
    """All letters of the local part, folded."""
    pieces: tuple[str, ...]


def _local_part(cell: str) -> str:
    return cell.partition("@")[0].partition("+")[0] if "@" in cell else ""


def _local(cell: str) -> _Local:
    folded = fold(_local_part(cell))
    pieces = tuple(piece for piece in _PIECES.findall(folded) if len(piece) >= 3)
    return _Local("".join(_PIECES.findall(folded)), pieces)


def _without(piece: str, part: str) -> Iterator[str]:
    """What is left of a piece of an address when this person's own word is taken out."""
    if part.startswith(piece):
        return
    for rest in piece.split(part) if part in piece else (piece,):
        if len(rest) >= 3 and not part.startswith(rest):
            yield rest


def _nearest(rows: Sequence[int], row: int) -> Iterator[int]:
    """The rows within reach, and one beyond on either side."""
    at = bisect_left(rows, row - FARTHEST)
    for other in rows[max(0, at - 1) : at + 2 * FARTHEST + 2]:
        yield other
        if other > row + FARTHEST:
            return


def _column(name: str, rows: Sequence[Words]) -> Column:
    column = Column(name, agrees=[False] * len(rows))
    for row, words in enumerate(rows):
        for word in words:
            column.owners.setdefault(word, []).append(row)
    return column


def _words(name: str) -> Words:
    return tuple(word for word in fold(name).split() if len(word) >= 3)


def _abbreviates(part: str, pieces: Sequence[str]) -> bool:
    """Whether a piece of the address is the beginning of the name, or the name with an initial before or after it."""
    return any(part.startswith(piece[:5]) if len(piece) >= 5 else part.startswith(piece) for piece in pieces)
