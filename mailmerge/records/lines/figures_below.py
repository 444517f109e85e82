"""Tables of figures below the people, such as how many there are in each department."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mailmerge.records.columns.headers import header_is_known, header_words, is_a_person, whose
from mailmerge.records.grid import Cells
from mailmerge.records.lines.certain_lines import may_be_name, total_in
from mailmerge.records.lines.line_words import PHONES, is_quantity

_FEW = 2


def _is_table_of_figures(rows: Sequence[Cells], is_shared: Callable[[str], bool]) -> bool:
    header, *body = rows
    titles = {at for at, cell in enumerate(header) if cell}
    if any(is_quantity(header[at]) or _is_about_people(header[at]) for at in titles):
        return False
    for row in body:
        filled = [at for at, cell in enumerate(row) if cell]
        if not titles.issuperset(filled) or not any(is_quantity(row[at]) for at in filled):
            return False
        if any(may_be_name(row[at]) and not is_shared(row[at]) for at in filled):
            return False
    return True


def _is_about_people(header: str) -> bool:
    return total_in(header) is None and (
        "@" in header
        or header_is_known(header)
        or is_a_person(header)
        or bool(whose(header))
        or not PHONES.isdisjoint(header_words(header))
    )


def tables_of_figures(
    rows: Sequence[Cells], lines: Sequence[int], is_shared: Callable[[str], bool], below: Sequence[int]
) -> Iterator[int]:
    """The rows of tables below the people that count something, each with a header of its own above its figures.

    ``below`` are the rows below the people, and ``is_shared`` says whether several people have the text of a cell.
    """
    for run in _runs(below, lines):
        table = [rows[at] for at in run]
        start = next((number for number, row in enumerate(table[:_FEW]) if sum(map(bool, row)) >= _FEW), len(run))
        if start + 1 < len(run) and _is_table_of_figures(table[start:], is_shared):
            yield from run


def _runs(positions: Sequence[int], lines: Sequence[int]) -> Iterator[list[int]]:
    """The positions of lines that follow each other."""
    run: list[int] = []
    for at in positions:
        if run and lines[at] != lines[run[-1]] + 1:
            yield run
            run = []
        run.append(at)
    if run:
        yield run
