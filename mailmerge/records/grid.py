"""What every reader yields before anybody knows what the columns mean: rows of trimmed text, and where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple, overload

from msgspec import Struct, field

from mailmerge.model import Defect, Dialect, Record

Cells = tuple[str, ...]

MAX_COLUMNS = 1000
MAX_ROWS = 1_048_576
"""What one sheet of a spreadsheet program holds (Excel specifications and limits)."""
_PICKLED_AT_ONCE = 500
"""Rows; pickling lets no other thread run meanwhile, and a screen waits for it."""


class Merged(NamedTuple):
    """Cells that a sheet shows as one: the lines and positions that it covers, the last of them included."""

    top: int
    bottom: int
    left: int
    right: int
    text: str


class Grid(Struct, frozen=True):
    """The rows that hold something, blank ones left out."""

    rows: list[Cells]
    lines: Sequence[int]
    """For each row, the line that a spreadsheet shows."""
    dialect: Dialect
    defects: tuple[Defect, ...] = ()
    multiline: bool = False
    """Whether some cell holds a line break."""
    uncalculated: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Lines of formulas that no spreadsheet has calculated, by the position of their column."""
    unlocalised: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Lines of dates that show as ISO 8601 because their language is unknown, by the position of their column."""
    date_orders: Mapping[int, str] = field(default_factory=dict)
    """Which of day and month the dates of a column show first, by the position of the column."""
    merged: tuple[Merged, ...] = ()
    notices: tuple[str, ...] = ()
    """What was left out on purpose, in words."""
    hidden_lines: tuple[int, ...] = ()
    """Hidden and filtered rows with something in them, which were left out."""
    other_sheets: tuple[str, ...] = ()
    """Further sheets of the workbook, hidden ones too."""
    hidden_addresses: Mapping[str, str] = field(default_factory=dict)
    """Letters of the hidden columns that hold addresses, each with its header."""
    hidden_columns: frozenset[int] = frozenset()
    """Positions of the hidden columns with something in them, which are blank here."""


def column_letters(position: int) -> str:
    """The letters of a column that counts from 0: A, B, ... Z, AA."""
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def line_ranges(numbers: Sequence[int]) -> str:
    """``3, 7-9``; what is beyond the sixth range is an ellipsis."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs[:6]]
    return ", ".join(shown) + (", …" if len(runs) > 6 else "")


class Records(Sequence[Record]):
    """The people of a table; each :class:`Record` is made when it is looked at.

    A hundred thousand of them made at once are a tenth of the time of reading the file, and never go away.
    """

    __slots__ = ("_lines", "_rows")

    def __init__(self, rows: Sequence[Cells], lines: Sequence[int]):
        self._rows = rows
        self._lines = lines

    def __reduce__(self) -> tuple[Callable[..., Records], tuple[list[_Piece], Sequence[int]]]:
        starts = range(0, len(self._rows), _PICKLED_AT_ONCE)
        return _joined, ([_Piece(self._rows[start : start + _PICKLED_AT_ONCE]) for start in starts], self._lines)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Record]:
        return map(Record, count(1), self._lines, self._rows)

    @overload
    def __getitem__(self, index: int) -> Record: ...

    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...

    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self._rows)))]
        position = index + len(self._rows) if index < 0 else index
        return Record(position + 1, self._lines[index], self._rows[index])


class _Piece:
    """Some rows on their way into a pickle, out of which they come as a list."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Sequence[Cells]):
        self._rows = rows

    def __reduce__(self) -> tuple[type[list[Cells]], tuple[Sequence[Cells]]]:
        return list, (self._rows,)


def _joined(pieces: Iterable[Iterable[Cells]], lines: Sequence[int]) -> Records:
    return Records(list(chain.from_iterable(pieces)), lines)
