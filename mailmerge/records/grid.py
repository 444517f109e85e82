"""What every reader yields before anybody knows what the columns mean: rows of trimmed text, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from mailmerge.model import Defect, Dialect

Cells = tuple[str, ...]

MAX_COLUMNS = 1000
MAX_ROWS = 1_048_576
"""What one sheet of a spreadsheet program holds (Excel specifications and limits)."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows that hold something, blank ones left out."""

    rows: list[Cells]
    lines: list[int]
    """For each row, the line that a spreadsheet shows."""
    dialect: Dialect
    defects: tuple[Defect, ...] = ()
    multiline: bool = False
    """Whether some cell holds a line break."""
    columns_shown: tuple[int, ...] = ()
    """For each column, the number of the column in the sheet, where some were left out; else empty."""
