"""Do the names stand beside their own addresses? A column sorted or shifted alone writes to everybody's neighbour.

The evidence is in the addresses: ``jean.dupont@`` beside "Petit", while a Dupont stands a few rows away.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mailmerge.lint.finding import Found, Severity, Suppression
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.registry import Scope, rule
from mailmerge.model import Record
from mailmerge.text import fold, shorten

FARTHEST = 5
"""Rows up and down in which a shifted value is looked for."""
LEAST = 3
"""Rows that a shift is told from."""
_FIRST_TO_VERIFY = 20
"""Rows from which on it is worth saying that nothing can be verified."""
_OWNERS_SEEN = 200
"""Rows looked at for a name that many have."""
_LONG = 5
"""Letters from which on a piece of an address may be an initial and a name."""
_PIECES = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class _Column:
    """How one column of names agrees with the addresses."""

    name: str
    values: list[tuple[str, ...]]
    """Folded words of at least three letters, for each row."""
    owners: dict[str, list[int]] = field(default_factory=dict)
    """Rows by word."""
    agrees: list[bool] = field(default_factory=list)
    foreign: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Rows whose address holds another row's word instead of their own, and those rows."""


class Alignment:
    """The names against the addresses, row by row."""

    def __init__(self, inspection: Inspection):
        self.table = inspection.table
        self.records: Sequence[Record] = inspection.table.records
        email = self.table.columns.email
        self.locals = [_local(self.table.value(record, email)) for record in self.records]
        columns = self.table.columns
        names = [columns.first_name, columns.last_name] if columns.last_name else [columns.full_name]
        self.columns = [self._column(name) for name in names if name]
        for row, local in enumerate(self.locals):
            if local.pieces:
                self._compare(row, local)

    def _column(self, name: str) -> _Column:
        position = self.table.names.index(name)
        values = [_words(record.values[position]) for record in self.records]
        column = _Column(name, values, agrees=[False] * len(values))
        for row, parts in enumerate(values):
            for part in parts:
                column.owners.setdefault(part, []).append(row)
        return column

    def _compare(self, row: int, local: _Local) -> None:
        """Whose words an address holds: this row's, or else another's."""
        left = local.pieces
        for column in self.columns:
            for part in column.values[row]:
                if part in local.whole or _abbreviates(part, local.pieces):
                    column.agrees[row] = True
                    left = tuple(rest for piece in left for rest in _without(piece, part))
        tokens = {token for piece in left for token in self._tokens(piece)}
        for column in self.columns:
            if tokens and column.values[row] and not column.agrees[row]:
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

    def shifted(self) -> Iterator[tuple[_Column, int]]:
        """Columns that were moved as a whole, and by how many rows (0: sorted, not shifted)."""
        for column in self.columns:
            agreeing = sum(column.agrees)
            foreign = len(column.foreign)
            if foreign < LEAST or foreign <= agreeing:
                continue
            lags = Counter(other - row for row, rows in column.foreign.items() for other in rows)
            near = Counter({lag: count for lag, count in lags.items() if 0 < abs(lag) <= FARTHEST})
            lag, count = near.most_common(1)[0] if near else (0, 0)
            yield column, lag if count * 2 >= foreign else 0

    def runs(self, column: _Column) -> Iterator[tuple[int, int, int]]:
        """Stretches in which a column is shifted: first row, last row, by how many rows."""
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
            for row, others in column.foreign.items():
                pairs |= {(row, other) for other in others if other > row and row in column.foreign.get(other, ())}
        pairs |= {(row, other) for row in self._astray() for other in self._meant(row) if row in self._meant(other)}
        yield from sorted({(min(pair), max(pair)) for pair in pairs})

    def _astray(self) -> set[int]:
        """Rows in which no column agrees with the address."""
        return set.intersection(*(set(column.foreign) for column in self.columns))

    def _meant(self, row: int) -> set[int]:
        """Rows, however far, of which every column of names is in this row's address."""
        tokens = {token for piece in self.locals[row].pieces for token in self._tokens(piece)}
        meant = [
            {other for token in tokens for other in column.owners.get(token, ())[:_OWNERS_SEEN]}
            for column in self.columns
        ]
        return set.intersection(*meant) if meant else set()


@dataclass(frozen=True, slots=True)
class _Local:
    whole: str
    """All letters of the local part, folded."""
    pieces: tuple[str, ...]


def _local(cell: str) -> _Local:
    local = cell.partition("@")[0].partition("+")[0] if "@" in cell else ""
    folded = fold(local)
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


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in fold(name).split() if len(word) >= 3)


def _abbreviates(part: str, pieces: Sequence[str]) -> bool:
    """Whether a piece of the address is the beginning of the name, or the name with an initial before or after it."""
    return any(part.startswith(piece[:5]) if len(piece) >= 5 else part.startswith(piece) for piece in pieces)


@rule("LST110", "column-shift", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE)
def column_shift(inspection: Inspection) -> Iterator[Found]:
    """The names stand beside their own addresses.

    What: a column of names or addresses that was sorted, or moved by some rows, without the others.
    Why: sorting one column alone in a spreadsheet takes one click, and gives every letter to a stranger: each
    person reads another one's name and outcome.
    Bad: Petit beside jean.dupont@x.example, Dupont beside ines.petit@x.example, and so on
    Good: most addresses resemble the name beside them. Where none does nothing can be verified; that is a warning
    from 20 people on
    Fix: undo the sorting in the spreadsheet, or export the list again from where it came.
    """
    alignment = Alignment(inspection)
    if not alignment.columns or not any(local.whole for local in alignment.locals):
        return
    told = list(alignment.shifted())
    for column, lag in told[:1] if len(told) == len(alignment.columns) else told:
        header = "the e-mail column" if len(told) == len(alignment.columns) else _quoted(inspection, column.name)
        row, others = next(iter(column.foreign.items()))
        other = next((o for o in others if o - row == lag), others[0])
        moved = f"was moved by {abs(lag)} row{'s'[: abs(lag) > 1]}" if lag else "was sorted or mixed alone"
        yield Found(
            message=f"{header} {moved}: {len(column.foreign)} addresses fit another row's name and only "
            f"{sum(column.agrees)} their own; the address of {inspection.person(alignment.records[row])} "
            f"({_address(inspection, alignment.records[row])}) fits {inspection.person(alignment.records[other])}",
            fix="Undo the sorting or shifting in the spreadsheet, or export the list again from where it came.",
            evidence=(column.name, "shifted", *sorted(_address(inspection, r) for r in alignment.records[:50])),
            field=column.name if len(told) < len(alignment.columns) else inspection.table.columns.email,
            others=(alignment.records[row].number, alignment.records[other].number),
        )
    if not told and len(alignment.records) >= _FIRST_TO_VERIFY and alignment.verified < 0.25:
        yield Found(
            message=f"only {alignment.verified:.0%} of the addresses resemble the name beside them: whether a column "
            "was shifted cannot be verified",
            fix="Compare some rows with where the list came from before sending.",
            evidence=("unverified",),
            severity=Severity.WARN,
        )


@rule("LST111", "local-misalignment", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE)
def local_misalignment(inspection: Inspection) -> Iterator[Found]:
    """No stretch of rows is shifted.

    What: three rows or more in a row whose addresses are their neighbours' by the same number of rows; two rows
    whose addresses are each other's, as a warning.
    Why: a cell inserted in one column moves everything below it, until somebody deletes one again.
    Bad: rows 200 to 240 with the address of the row above
    Good: one address that is the spouse's
    Fix: open the table at the lines named and move the cells back.
    """
    alignment = Alignment(inspection)
    if any(alignment.shifted()):
        return
    told: set[int] = set()
    for column in alignment.columns:
        for first, last, lag in alignment.runs(column):
            if told & set(range(first, last + 1)):
                continue
            told |= set(range(first, last + 1))
            records = alignment.records[first : last + 1]
            numbers = tuple(r.number for r in records if r.number in inspection.recipient_numbers)
            if not numbers:
                continue
            direction = "below" if lag > 0 else "above"
            yield Found(
                message=f"lines {records[0].line} to {records[-1].line}: the addresses fit the names "
                f"{abs(lag)} row{'s'[: abs(lag) > 1]} {direction} them, as {_address(inspection, records[0])} beside "
                f"{inspection.person(records[0])}",
                fix=f"Open the table at line {records[0].line}: a cell was inserted or deleted in one column only.",
                evidence=(column.name, *(_address(inspection, record) for record in records)),
                record=inspection.table.record(numbers[0]),
                field=column.name,
                others=numbers[1:],
                affected=numbers,
            )
    for row, other in alignment.swaps():
        records = [alignment.records[row], alignment.records[other]]
        numbers = tuple(record.number for record in records)
        if row in told or other in told or not inspection.recipient_numbers.issuperset(numbers):
            continue
        yield Found(
            message=f"{inspection.person(records[0])} and {inspection.person(records[1])} seem to have each other's "
            f"address: {_address(inspection, records[0])} and {_address(inspection, records[1])}",
            fix="Exchange the two addresses, if they are wrong.",
            evidence=tuple(sorted(_address(inspection, record) for record in records)),
            record=records[0],
            field=inspection.table.columns.email,
            others=(records[1].number,),
            affected=numbers,
            severity=Severity.WARN,
        )


def _quoted(inspection: Inspection, name: str) -> str:
    return f'the column "{inspection.table.header(name)}"'


def _address(inspection: Inspection, record: Record) -> str:
    return shorten(inspection.table.value(record, inspection.table.columns.email))
