"""Rows of a sheet that are written alike, told from the others by one look at each.

Nearly all rows of a table have the same cells in the same styles. The first of them becomes a pattern; whatever has
it holds nothing to look for: no error, no formula without a result, no cell that is not in its row, nothing hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from mailmerge.records.grid import column_number
from mailmerge.text.regex import regex

_FIRST_ROW = b"<row "
_ROW_END = b"</row>"
_LEARNT = 8
"""Layouts that are kept: rows that are shaded in turn have two."""
_PATIENCE = 1000
"""Rows of no known layout after which none is looked for, unless most had one."""
_WIDEST = 500
"""Cells of a row for which a pattern is made."""
_CELL = regex(rb'<c r="([A-Z]{1,3}+)[0-9]{1,7}+"((?: t="(?:s|n|b|str)")?+( s="[0-9]{1,6}+")?+(?: t="(?:s|n|b|str)")?+)')
_TYPE = rb'(?: t="(?:s|n|b|str)")?+'
_INLINE = rb'(?: t="inlineStr")?+'
_FORMULA = rb"(?:<f(?: [^<>]*+)?+(?:(?<=/)>|>[^<]*+</f>)%s)?+"
_NOT_ZERO = rb"(?!<v>0</v>)"
_VALUE = rb"<v>[^<]++</v>"
_TEXT = rb"<is><t[^<>]*+>[^<]*+</t></is>"
_ROW = rb'<row r="([0-9]{1,7}+)"(?: (?!hidden)[A-Za-z:0-9]++="[^"&<]*+")*+ ?>'


class RowLayout(Struct, frozen=True):
    """The cells that a row may have, each in its style or blank."""

    match: Callable[[bytes, int], re.Match[bytes] | None]
    """Matches a row of this layout, its number in the first group."""
    columns: int
    """The furthest column that it may have a cell in."""
    styles: tuple[tuple[int, int], ...]
    """The style of each column that has one, columns counted from 0."""


class UsualRows:
    """The layouts of a sheet, learnt from its rows as they come."""

    def __init__(self, *, recalculated: bool) -> None:
        self._formula = _FORMULA % (_NOT_ZERO if recalculated else b"")
        """Where a workbook asks to be recalculated, the 0 of a formula may mean that there is no result."""
        self._layouts: list[RowLayout] = []
        """The one seen last at the front."""
        self._met = self._missed = 0

    def take(self, piece: bytes) -> tuple[list[tuple[RowLayout, list[int]]], bytes]:
        """The numbers of the rows of known layouts in a piece of the XML, and the rest of it."""
        taken: list[tuple[RowLayout, list[int]]] = []
        rest: list[bytes] = []
        at, left = piece.find(_FIRST_ROW), 0
        while at >= 0 and (self._met >= self._missed or self._missed < _PATIENCE):
            layout = self._layout(piece, at)
            if layout is None:
                self._missed += 1
                at = piece.find(_ROW_END, at) + len(_ROW_END)
                if at < len(_ROW_END):
                    break
                continue
            rest.append(piece[left:at])
            numbers, at = _rows_of(layout, piece, at)
            left = at
            taken.append((layout, numbers))
            self._met += len(numbers)
        rest.append(piece[left:])
        return taken, b"".join(rest)

    def _layout(self, piece: bytes, at: int) -> RowLayout | None:
        """The layout of a row, learnt where it is new."""
        for place, layout in enumerate(self._layouts):
            if layout.match(piece, at):
                self._layouts.insert(0, self._layouts.pop(place))
                return layout
        if len(self._layouts) == _LEARNT or not piece.startswith(_FIRST_ROW, at):
            return None
        learnt = self._learn(piece[at : piece.find(_ROW_END, at)])
        if learnt is None or not learnt.match(piece, at):
            return None
        self._layouts.insert(0, learnt)
        return learnt

    def _learn(self, row: bytes) -> RowLayout | None:
        """The layout that a row has; None where it has no cells, or more than are looked at."""
        cells = _CELL.findall(row)
        if not 0 < len(cells) <= _WIDEST:
            return None
        pattern = re.compile(
            b"".join((_ROW, *(_cell(place, told, style, self._formula) for place, told, style in cells), _ROW_END))
        )
        places = [column_number(column.decode()) for column, *_ in cells]
        styles = tuple((at - 1, int(style[4:-1])) for at, (*_, style) in zip(places, cells, strict=True) if style)
        return RowLayout(pattern.match, max(places), styles)


def _rows_of(layout: RowLayout, piece: bytes, at: int) -> tuple[list[int], int]:
    """The numbers of the rows from here on that have the layout, and where they end."""
    numbers = []
    match = layout.match
    while found := match(piece, at):
        numbers.append(int(found[1]))
        at = found.end()
    return numbers, at


def _cell(column: bytes, told: bytes, style: bytes, formula: bytes) -> bytes:
    """A cell as the row has it that is learnt from, which is looked for first; in another way; or blank."""
    usual = rb"%s><v>[^<]++</v></c>" % told
    value = b"".join((_TYPE, style, _TYPE, b">", formula, _VALUE))
    text = b"".join((_INLINE, style, _INLINE, b">", _TEXT))
    return rb'(?:<c r="%s\1"(?:%s|(?:%s|%s)</c>|(?: s="[0-9]{1,6}+")?+/>))?+' % (column, usual, value, text)
