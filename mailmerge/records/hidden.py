"""What a workbook hides, and what to say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailmerge.i18n import N_, ngettext
from mailmerge.records.grid import Grid, line_ranges
from mailmerge.text import shorten


def left_out(hidden: Sequence[int], shown: Sequence[int]) -> Iterator[str]:
    """Who is left out because their row is hidden, or filtered away, and who is left in, as far as that is known."""
    if not hidden:
        return
    yield ngettext(
        "{count} person in a hidden or filtered row is left out (line {lines}): show the row in the sheet to write to "
        "them",
        "{count} people in hidden or filtered rows are left out (lines {lines}): show the rows in the sheet to write "
        "to them",
        len(hidden),
    ).format(count=len(hidden), lines=line_ranges(hidden))
    if not shown:
        return
    yield ngettext(
        "{count} person is left in (line {lines})", "{count} people are left in (lines {lines})", len(shown)
    ).format(count=len(shown), lines=line_ranges(shown))


_HIDDEN = N_("; column {column} is hidden and was not read: unhide it if it holds the recipients' addresses")
_HIDDEN_HEADER = N_(
    '; column {column} ("{header}") is hidden and was not read: unhide it if it holds the recipients\' addresses'
)


def unhide(grid: Grid) -> str:
    """What to do about a hidden column of addresses, where none that shows is the right one."""
    for letters, header in grid.hidden_addresses.items():
        places = {"column": letters, "header": shorten(header, 40)}
        return (_HIDDEN_HEADER if header else _HIDDEN).format_map(places)
    return ""
