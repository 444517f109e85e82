"""The columns of a table: which of them are kept, what they are called, and what is wrong with their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, pairwise

from mailmerge.model import Defect, DefectKind, Field
from mailmerge.records.columns.header_lines import whole_title
from mailmerge.records.columns.headers import header_is_email
from mailmerge.records.grid import Cells
from mailmerge.text.folding import identifier

_LONGEST_NUMBER = 7
"""Digits of the number of a row."""


def columns_kept(header: Cells, rows: Sequence[Cells], widths: Counter[int]) -> list[int]:
    """Positions of the columns: those with a header, and those without one that are filled on most rows."""
    kept = [position for position, cell in enumerate(header) if cell]
    nameless = [position for position, cell in enumerate(header) if not cell]
    usual = widths.most_common(1)[0][0]
    nameless += range(len(header), usual)
    if not nameless:
        return kept
    with_content = [p for p in nameless if any(len(row) > p and row[p] for row in rows)]
    beyond = len(header)
    return sorted(kept + [p for p in with_content if p < beyond or _mostly_filled(rows, p)])


def _mostly_filled(rows: Sequence[Cells], position: int) -> bool:
    return sum(len(row) > position and bool(row[position]) for row in rows) * 2 > len(rows)


def make_fields(header: Cells, kept: Sequence[int]) -> tuple[Field, ...]:
    """Fields with identifiers that are unique in their table: ``nom``, ``nom_2``, and ``column_3`` without a header."""
    names: set[str] = set()
    fields = []
    for position in kept:
        text = _header_text(header, position)
        stem = identifier(text) or f"column_{position + 1}"
        name = next(each for number in count(1) if (each := stem if number == 1 else f"{stem}_{number}") not in names)
        names.add(name)
        fields.append(Field(text, name))
    return tuple(fields)


def _header_text(header: Cells, position: int) -> str:
    return whole_title(header[position]) if position < len(header) else ""


def header_defects(header: Cells, kept: Sequence[int], line: int, rows: Sequence[Cells]) -> Iterator[Defect]:
    """Columns without a name, or with one that another column has."""
    first: dict[str, int] = {}
    for position in kept:
        text = _header_text(header, position)
        if not text:
            if position == kept[0] and _is_running(rows, position):
                continue
            name = f"column_{position + 1}"
            yield Defect(DefectKind.EMPTY_HEADER, {"column": position + 1}, line=line, field=name)
            continue
        key = identifier(text) or text.casefold()
        if key in first:
            values: dict[str, str | int] = {"header": text, "first": first[key] + 1, "second": position + 1}
            yield Defect(DefectKind.DUPLICATE_HEADER, values, line=line, field=identifier(text) or None)
        first.setdefault(key, position)


def second_headers(rows: Sequence[Cells], lines: Sequence[int], email: int) -> Iterator[Defect]:
    """Rows with the name of a column in the place ``email`` of the address, where people follow.

    The line is not the place of the defect: leaving it out would leave the people of the other table in.
    """
    without = [at for at, row in enumerate(rows) if "@" not in row[email]]
    for at in without:
        header = rows[at][email]
        if header and header_is_email(header) and any("@" in row[email] for row in rows[at + 1 :]):
            yield Defect(DefectKind.SECOND_HEADER, {"at": lines[at], "header": header})


def _is_running(rows: Sequence[Cells], position: int) -> bool:
    """Whether a column numbers the rows, as programs do that write the number of each before a blank title."""
    cells = [row[position] if position < len(row) else "" for row in rows]
    if not all(map(str.isdecimal, cells)) or max(map(len, cells), default=0) > _LONGEST_NUMBER:
        return False
    numbers = list(map(int, cells))
    return all(one < other for one, other in pairwise(numbers))


def defects_of_columns(
    kind: DefectKind,
    found: Mapping[int, Sequence[int]],
    fields: Sequence[Field],
    kept: Sequence[int],
    lines: Sequence[int],
) -> Iterator[Defect]:
    """The columns in which a defect is in a row of people: a formula without a result, a date of unknown language."""
    people = set(lines) if found else set()
    for field, position in zip(fields, kept, strict=True):
        if not people.isdisjoint(found.get(position, ())):
            yield Defect(kind, {"header": field.label}, field=field.name)
