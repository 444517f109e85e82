"""Rows that stand for all: what columns hold is judged by some of them, evenly from the whole table."""

from __future__ import annotations

from collections.abc import Sequence

from mailmerge.records.grid import Cells

_SAMPLE = 1000


def sample_of(rows: Sequence[Cells]) -> Sequence[Cells]:
    """At most a thousand rows of a table."""
    return rows if len(rows) <= _SAMPLE else rows[:: len(rows) // _SAMPLE + 1]
