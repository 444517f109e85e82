"""A table inside a table: whole lines in quotation marks, as Excel exports what it had opened in a single column.

A line such as ``"Dupont;""Zoé; Léa"";z@x.example"`` is one cell of the file, and holds a row of the table.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from mailmerge.i18n import N_
from mailmerge.records.defects import DELIMITERS
from mailmerge.records.delimited.delimiter import evidence_of, head_of, wide_fields

UNWRAPPED = N_(
    "whole lines of the file are in quotation marks, as after a second export; the table inside them has been read"
)
_MOST_EXPORTS = 3
_CONSISTENT = 0.9


def unwrapped(text: str, delimiter: str = "") -> str | None:
    """The table in the only cell of each line; None where there is none.

    ``delimiter`` is that of the table inside, where somebody has said it.
    """
    head = head_of(text)
    if '"' not in head:
        return None
    outers = _outer_delimiters(head, (delimiter,) if delimiter else tuple(DELIMITERS), head, _MOST_EXPORTS)
    for outer in outers:
        inside = _only_cells(text, outer)
        if inside is None:
            return None
        text = inside
    return text if outers else None


def _outer_delimiters(text: str, inner: Sequence[str], whole: str, exports: int) -> tuple[str, ...]:
    """The delimiters with which each line is one cell, one for each export, until these cells are rows of a table."""
    for outer in DELIMITERS:
        only = _only_cells(text, outer)
        if only is None or only.splitlines() == text.splitlines():
            continue
        if _is_table(only, inner, whole):
            return (outer,)
        if exports > 1 and (more := _outer_delimiters(only, inner, whole, exports - 1)):
            return (outer, *more)
    return ()


def _is_table(text: str, inner: Sequence[str], whole: str) -> bool:
    """Whether a text is more of a table than the whole in which it was found."""
    best = max((evidence_of(text, each) for each in inner), key=lambda evidence: evidence.score)
    if best.width < 2 or best.consistent < _CONSISTENT:
        return False
    return best.score > max(evidence_of(whole, each).score for each in inner)


def _only_cells(text: str, delimiter: str) -> str | None:
    """The first cell of each row, a line each; None where a row has more, or quotation marks inside a cell."""
    cells: list[str] = []
    with wide_fields():
        try:
            for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
                if any(map(str.strip, row[1:])):
                    return None
                cells.append(row[0] if row else "")
        except csv.Error:
            return None
    return "\n".join(cells) + "\n"
