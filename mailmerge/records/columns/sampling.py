"""A sample of the rows: what a column holds is judged by some of them, evenly from the whole table."""

from __future__ import annotations

from collections.abc import Sequence

from mailmerge.records.grid import Cells

_SAMPLE = 1000


def sample_of(rows: Sequence[Cells], most: int = _SAMPLE) -> Sequence[Cells]:
    """At most so many rows of a table, evenly from all of it."""
    return rows if len(rows) <= most else rows[:: len(rows) // most + 1]
