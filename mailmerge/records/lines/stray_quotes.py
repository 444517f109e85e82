"""A stray quotation mark: it opens a cell that ends rows later, and takes the people in between with it.

The sign is in the lines inside the cell. Free text over several lines has lines of its own making; swallowed people
have lines that split into the columns of the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from mailmerge.model import Defect, DefectKind
from mailmerge.records.grid import Cells
from mailmerge.text.addresses import is_one_address
from mailmerge.text.regex import regex

_BREAK = regex("[\r\n]")
_LOOKED_AT = 10_000
"""Lines inside one cell that are looked at; the exact number of more does not matter to anybody."""
_LONGEST_ADDRESS = 320


def swallowed_rows(rows: Sequence[Cells], lines: Sequence[int], delimiter: str, width: int) -> Iterator[Defect]:
    """One defect for each row in which a cell holds rows of the table; ``width`` is the number of columns."""
    for row, line in zip(rows, lines, strict=True):
        joined = delimiter.join(row)
        if "\n" not in joined and "\r" not in joined:
            continue
        count = _people_inside(joined, delimiter, width, ragged=len(row) < width)
        if count:
            position = next(i for i, cell in enumerate(row) if "\n" in cell or "\r" in cell)
            values = {"column": position + 1, "absorbed": count, "at_least": count >= _LOOKED_AT // 2}
            yield Defect(DefectKind.SWALLOWED_ROW, values, line=line)


def _people_inside(joined: str, delimiter: str, width: int, *, ragged: bool) -> int:
    """How many lines after the first one, within one row, look like rows of the table."""
    lines = (line for line in _lines(joined) if line.strip())
    first, *others = list(islice(lines, _LOOKED_AT)) or [""]
    if not ragged and first.count(delimiter) + 1 < width:
        return 0
    return sum(_is_row(other, delimiter, width, certain=ragged) for other in others)


def _lines(text: str) -> Iterator[str]:
    """Like ``split`` at both kinds of line break, no further than is asked for."""
    start = 0
    for found in _BREAK.finditer(text):
        yield text[start : found.start()]
        start = found.end()
    yield text[start:]


def _is_row(line: str, delimiter: str, width: int, *, certain: bool) -> bool:
    pieces = line.split(delimiter, 2 * width)
    if len(pieces) < max(2, width if not certain else min(width, 3)):
        return False
    if width >= 4 and len(pieces) == width:
        return True
    return any(len(piece) < _LONGEST_ADDRESS and is_one_address(piece.strip(' "')) for piece in pieces)
