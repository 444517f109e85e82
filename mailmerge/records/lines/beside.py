"""What is written beside a table, beyond a blank column: a legend, a remark; nobody's, so it is left out and named."""

from __future__ import annotations

from collections.abc import Sequence

from mailmerge.i18n import listed, ngettext
from mailmerge.records.grid import Cells, column_letters
from mailmerge.text.quotes import quotes

_QUOTED = 3


def end_of_table(header: Cells, rows: Sequence[Cells]) -> int:
    """The position at which a table ends: that of a blank column, with a few words and no titles beyond it.

    The length of the header where nothing is beside the table, or something that may belong to its people: an
    address, or a column with something in most rows.
    """
    width = len(header)
    end = max((at + 1 for at, title in enumerate(header) if title), default=width)
    if end + 1 >= width:
        return width
    beyond = [row[end:width] for row in rows]
    if any(cells and cells[0] for cells in beyond) or any("@" in cell for cells in beyond for cell in cells):
        return width
    filled = [sum(len(cells) > at and bool(cells[at]) for cells in beyond) for at in range(1, width - end)]
    return end if any(filled) and max(filled) * 2 < len(rows) else width


def notice_beside(rows: Sequence[Cells], end: int) -> str:
    """What to say of the words beyond the end of a table."""
    words = [(at, cell) for row in rows for at, cell in enumerate(row) if at >= end and cell]
    letters = [column_letters(at) for at in sorted({at for at, _ in words})]
    said = [str(quotes([cell], limit=40)) for _, cell in words[:_QUOTED]]
    return ngettext(
        "column {letters} is left out, because it is beside the table and has no header: {words}",
        "columns {letters} are left out, because they are beside the table and have no headers: {words}",
        len(letters),
    ).format(letters=listed(letters), words=listed(said) if len(words) <= _QUOTED else ", ".join([*said, "…"]))
