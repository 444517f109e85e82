"""What a person may decide about how a file of recipients is read; the rest is found by evidence."""

from __future__ import annotations

from typing import TypedDict

from msgspec import Struct

HEADER_SEARCH_ROWS = 20
"""Rows in which the header is looked for."""


class ReadOptions(Struct, frozen=True):
    """How a table is read, as far as it was decided; ``""`` and 0 for what was not."""

    sheet: str = ""
    delimiter: str = ""
    """One character, or a word for it (``tab``)."""
    encoding: str = ""
    header_line: int = 0
    """The line with the names of the columns, as a spreadsheet counts."""
    email: str = ""
    """The e-mail column, by its header or its identifier."""


class DecidedOptions(TypedDict, total=False):
    """The fields of :class:`ReadOptions`, as arguments of a call."""

    sheet: str
    delimiter: str
    encoding: str
    header_line: int
    email: str


AS_IT_IS = ReadOptions()
"""Nothing was decided."""
