"""What a workbook hides, and what to say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailmerge.i18n import N_, _, ngettext
from mailmerge.model import RecordTable
from mailmerge.records.grid import Grid, line_ranges
from mailmerge.text.shown import shorten


def left_out(hidden: Sequence[int]) -> Iterator[str]:
    """What to say of rows that are hidden, or filtered away, and so left out."""
    if hidden:
        yield ngettext(
            "{count} hidden row is left out (line {lines}): unhide it to include it",
            "{count} hidden rows are left out (lines {lines}): unhide them to include them",
            len(hidden),
        ).format(count=len(hidden), lines=line_ranges(hidden))


def left_in(table: RecordTable) -> Iterator[str]:
    """Who is left in, where rows are hidden or filtered away: those are the people whom the sheet shows."""
    if table.hidden_lines:
        yield ngettext(
            "rows that are hidden or filtered away get no letter; {count} person is left in (line {lines})",
            "rows that are hidden or filtered away get no letter; {count} people are left in (lines {lines})",
            len(table.records),
        ).format(count=len(table.records), lines=line_ranges([record.line for record in table.records]))


_HIDDEN = N_("; column {column} is hidden and was not read: unhide it if it holds the recipients' addresses")
_HIDDEN_HEADER = N_(
    '; column {column} ("{header}") is hidden and was not read: unhide it if it holds the recipients\' addresses'
)


def unhide(grid: Grid) -> str:
    """What to do about a hidden column of addresses, where none that shows is the right one."""
    for letters, header in grid.hidden_addresses.items():
        places = {"column": letters, "header": shorten(header, 40)}
        return _(_HIDDEN_HEADER if header else _HIDDEN).format_map(places)
    return ""
