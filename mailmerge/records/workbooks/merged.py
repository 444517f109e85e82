"""Cells that a sheet shows as one: every row of people has the value that the eye reads there.

A file has the value in the first of the cells only. Below the header each row gets it, in the columns that have a
title; a row with nothing else in it is a heading or a gap, and stays. Titles over several lines, or over several
columns with titles of their own below, make one header.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from mailmerge.i18n import N_, _
from mailmerge.records.grid import Cells, Merged, line_ranges
from mailmerge.text.shown import shorten

ONE_COLUMN = N_('"{header}" has merged cells: each row they cover has been given their value (lines {lines})')
SEVERAL_COLUMNS = N_(
    '{columns} columns have merged cells, the first of them "{header}": each row they cover has been given their value '
    "(lines {lines})"
)


COVERED_ONE = N_("what is hidden under merged cells is not used (line {lines})")
COVERED = N_("what is hidden under merged cells is not used (lines {lines})")


class Overlapping(ValueError):
    """Cells are merged in two ways at once: the workbook is damaged."""


def as_seen(
    rows: Sequence[Cells], lines: Sequence[int], merged: Sequence[Merged]
) -> tuple[list[Cells], Sequence[int], tuple[int, ...]]:
    """The rows without what is under merged cells, those that are blank then left out; their lines, and the lines
    in which something was hidden.

    A workbook keeps what was in cells before they were merged, as some programs and macros merge them.

    Raises:
        Overlapping: cells are merged twice.
    """
    seen = list(rows)
    hidden = []
    for at, cells in sorted(_by_row(rows, lines, merged, max(map(len, rows), default=0)).items()):
        row, covered = rows[at], set[int]()
        for cell in cells:
            begins = lines[at] == cell.top
            covered.update(range(cell.left + begins, min(cell.right + 1, len(row))))
        if any(row[position] for position in covered):
            seen[at] = tuple("" if position in covered else text for position, text in enumerate(row))
            hidden.append(at)
    if not hidden:
        return seen, lines, ()
    kept = [at for at, row in enumerate(seen) if any(row)]
    return [seen[at] for at in kept], [lines[at] for at in kept], tuple(lines[at] for at in hidden)


def notice_of_hidden(lines: Sequence[int]) -> str:
    """What to say of the cells that nobody sees."""
    return _(COVERED_ONE if len(lines) == 1 else COVERED).format(lines=line_ranges(lines))


def with_titles(head: Sequence[Cells], lines: Sequence[int], merged: Sequence[Merged]) -> list[Cells]:
    """The first rows of a sheet, each title that is merged downwards in every one of its lines, in its own column."""
    rows = [list(row) for row in head]
    for cell in merged:
        for at in _rows_of(cell, lines, 0, len(rows)) if cell.bottom > cell.top and cell.text else ():
            if cell.left < len(rows[at]):
                rows[at][cell.left] = cell.text
    return [tuple(row) for row in rows]


def header_below(
    head: Sequence[Cells], lines: Sequence[int], at: int, merged: Sequence[Merged], is_person: Callable[[Cells], bool]
) -> tuple[int, Cells]:
    """The last line of a header that begins at ``at``, and its titles: the lowest of each column."""
    titles, last = list(head[at]), at
    while last + 1 < len(head) and not is_person(head[last + 1]):
        if not _goes_on(head[last + 1], lines[last], lines[last + 1], merged):
            break
        last += 1
        width = max(len(titles), len(head[last]))
        pairs = zip(_wide(head[last], width), _wide(titles, width), strict=True)
        titles = [low or high for low, high in pairs]
    return last, tuple(titles)


def _goes_on(below: Cells, line: int, next_line: int, merged: Sequence[Merged]) -> bool:
    """Whether a header goes on with the line below: it holds only what merged titles reach or are above."""
    reaching = [cell for cell in merged if cell.text and cell.top <= line <= cell.bottom]
    downwards = [cell for cell in reaching if cell.bottom >= next_line]
    across = [cell for cell in reaching if cell.bottom < next_line and cell.right > cell.left]
    own = {at for at, text in enumerate(below) if text and not any(cell.left <= at <= cell.right for cell in downwards)}
    under = [{at for at in own if cell.left <= at <= cell.right} for cell in across]
    return own == set().union(*under) and (bool(downwards) or any(len(each) > 1 for each in under))


def _wide(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def spread(
    rows: Sequence[Cells], lines: Sequence[int], header: Cells, merged: Sequence[Merged]
) -> tuple[list[Cells], Mapping[int, Sequence[int]]]:
    """The rows with the value of merged cells in each of them, and the lines so filled by the position of the column.

    Raises:
        Overlapping: cells are merged twice.
    """
    titled = {at for at, title in enumerate(header) if title}
    by_row = _by_row(rows, lines, merged, len(header))
    filled: defaultdict[int, list[int]] = defaultdict(list)
    changed = list(rows)
    for at in sorted(by_row):
        row = rows[at]
        texts = dict(_texts(by_row[at], len(row)))
        if not any(cell and position not in texts for position, cell in enumerate(row)):
            continue
        changed[at] = tuple(texts.get(p, cell) if p in titled else cell for p, cell in enumerate(row))
        for position, (before, after) in enumerate(zip(row, changed[at], strict=True)):
            if before != after:
                filled[position].append(lines[at])
    return changed, filled


def _by_row(
    rows: Sequence[Cells], lines: Sequence[int], merged: Sequence[Merged], width: int
) -> Mapping[int, Sequence[Merged]]:
    """The merged cells of each row that has some, by its position."""
    found: defaultdict[int, list[Merged]] = defaultdict(list)
    left = len(rows) * max(1, width)
    for cell in merged:
        for at in _rows_of(cell, lines, 0, len(rows)):
            found[at].append(cell)
            left -= 1
            if left < 0:
                raise Overlapping
    return found


def notice(filled: Mapping[int, Sequence[int]], header: Cells) -> str:
    """What to say of the cells that were filled."""
    everywhere = sorted({line for lines in filled.values() for line in lines})
    first = shorten(header[min(filled)])
    template = ONE_COLUMN if len(filled) == 1 else SEVERAL_COLUMNS
    return _(template).format(header=first, columns=len(filled), lines=line_ranges(everywhere))


def covered_columns(merged: Sequence[Merged], line: int) -> frozenset[int]:
    """Positions of columns that merged cells cover from the header on, which only seem to be blank."""
    return frozenset(at for cell in merged if cell.bottom >= line for at in range(cell.left + 1, cell.right + 1))


def lines_across(merged: Sequence[Merged], positions: Sequence[int]) -> frozenset[int]:
    """The lines in which one cell, of one line, covers all of these columns, and has a text of its own."""
    first, last = min(positions), max(positions)
    return frozenset(
        cell.top for cell in merged if cell.text and cell.top == cell.bottom and cell.left <= first < last <= cell.right
    )


def _rows_of(cell: Merged, lines: Sequence[int], start: int, end: int) -> range:
    """The positions of the rows that a merged cell covers."""
    return range(bisect_left(lines, cell.top, start, end), bisect_right(lines, cell.bottom, start, end))


def _texts(cells: Sequence[Merged], width: int) -> Iterator[tuple[int, str]]:
    for cell in cells:
        for position in islice(range(cell.left, cell.right + 1), max(0, width - cell.left)):
            yield position, cell.text
