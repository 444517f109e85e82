"""A table on its side, where each row and not each column begins with its header."""

from __future__ import annotations

from collections.abc import Sequence

from mailmerge.i18n import N_
from mailmerge.model import Field
from mailmerge.records.columns.headers import mail_grade, name_header
from mailmerge.records.grid import Cells
from mailmerge.text.addresses import find_addresses

_LONG = 1000
"""Characters of a cell in which an address is looked for."""
ON_ITS_SIDE = N_(
    'no e-mail column: "{header}" is at the beginning of a row, with addresses beside it; write the column names in'
    " one row, and each person in a row below it (Copy and Paste Special with Transpose turns a table in Excel)"
)


def title_of_row(fields: Sequence[Field], rows: Sequence[Cells]) -> str:
    """The header of addresses that one row begins with, where the first is of names; else ``""``."""
    at = next((at for at, field in enumerate(fields) if field.header), 0)
    if not name_header(fields[at].header):
        return ""
    titled = (row[at] for row in rows if any(map(holds_address, row[at + 1 :])))
    return next((title for title in titled if mail_grade(title).is_known), "")


def holds_address(cell: str) -> bool:
    """Whether a cell is about an address: not a remark with one in it."""
    cell = cell[:_LONG]
    return "@" in cell and sum(end - start for start, end in find_addresses(cell)) * 2 >= len(cell)
