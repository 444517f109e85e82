"""Columns that were sorted or shifted alone."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.alignment import Alignment
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.registry import Scope, rule
from mailmerge.model import Record, Severity
from mailmerge.text import shorten

_FIRST_TO_VERIFY = 20
"""Rows from which on it is worth saying that nothing can be verified."""


@rule("LST110", "column-shift", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE)
def column_shift(inspection: Inspection) -> Iterator[Found]:
    """The names stand beside their own addresses.

    What: a column of names or addresses that was sorted, or moved by some rows, without the others.
    Why: sorting one column alone in a spreadsheet takes one click, and gives every letter to a stranger: each
    person reads another one's name and outcome.
    Bad: Petit beside jean.dupont@x.example, Dupont beside ines.petit@x.example, and so on
    Good: most addresses resemble the name beside them. Where none does nothing can be verified; that is a warning
    from 20 people on
    Fix: undo the sorting in the spreadsheet, or export the list again from where it came.
    """
    alignment = inspection.alignment
    if not alignment.columns or not alignment.comparable:
        return
    told = list(alignment.shifted())
    for column, lag in told[:1] if len(told) == len(alignment.columns) else told:
        header = "the e-mail column" if len(told) == len(alignment.columns) else _quoted(inspection, column.name)
        row, others = next(iter(column.foreign.items()))
        other = next((o for o in others if o - row == lag), others[0])
        moved = f"was moved by {abs(lag)} row{'s'[: abs(lag) > 1]}" if lag else "was sorted or mixed alone"
        yield Found(
            message=f"{header} {moved}: {len(column.foreign)} addresses fit another row's name and only "
            f"{sum(column.agrees)} their own; the address of {inspection.person(alignment.records[row])} "
            f"({_address(inspection, alignment.records[row])}) fits {inspection.person(alignment.records[other])}",
            fix="Undo the sorting or shifting in the spreadsheet, or export the list again from where it came.",
            evidence=(column.name, "shifted", *sorted(_address(inspection, r) for r in alignment.records[:50])),
            field=column.name if len(told) < len(alignment.columns) else inspection.table.columns.email,
            others=(alignment.records[row].number, alignment.records[other].number),
        )
    if not told and len(alignment.records) >= _FIRST_TO_VERIFY and alignment.verified < 0.25:
        yield Found(
            message=f"only {alignment.verified:.0%} of the addresses resemble the name beside them: whether a column "
            "was shifted cannot be verified",
            fix="Compare some rows with where the list came from before sending.",
            evidence=("unverified",),
            severity=Severity.WARN,
        )


@rule("LST111", "local-misalignment", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE)
def local_misalignment(inspection: Inspection) -> Iterator[Found]:
    """No stretch of rows is shifted.

    What: three rows or more in a row whose addresses are their neighbours' by the same number of rows; two rows
    whose addresses are each other's, as a warning.
    Why: a cell inserted in one column moves everything below it, until somebody deletes one again.
    Bad: rows 200 to 240 with the address of the row above
    Good: one address that is the spouse's
    Fix: open the table at the lines named and move the cells back.
    """
    alignment = inspection.alignment
    if not alignment.columns or any(alignment.shifted()):
        return
    told: set[int] = set()
    for first, last, lag, name in _stretches(alignment):
        told |= set(range(first, last + 1))
        records = alignment.records[first : last + 1]
        numbers = tuple(r.number for r in records if r.number in inspection.recipient_numbers)
        if not numbers:
            continue
        direction = "below" if lag > 0 else "above"
        yield Found(
            message=f"lines {records[0].line} to {records[-1].line}: the addresses fit the names "
            f"{abs(lag)} row{'s'[: abs(lag) > 1]} {direction} them, as {_address(inspection, records[0])} beside "
            f"{inspection.person(records[0])}",
            fix=f"Open the table at line {records[0].line}: a cell was inserted or deleted in one column only.",
            evidence=(name, *(_address(inspection, record) for record in records)),
            record=inspection.table.record(numbers[0]),
            field=name,
            others=numbers[1:],
            affected=numbers,
        )
    for row, other in alignment.swaps():
        records = [alignment.records[row], alignment.records[other]]
        numbers = tuple(record.number for record in records)
        if row in told or other in told or not inspection.recipient_numbers.issuperset(numbers):
            continue
        yield Found(
            message=f"{inspection.person(records[0])} and {inspection.person(records[1])} seem to have each other's "
            f"address: {_address(inspection, records[0])} and {_address(inspection, records[1])}",
            fix="Exchange the two addresses, if they are wrong.",
            evidence=tuple(sorted(_address(inspection, record) for record in records)),
            record=records[0],
            field=inspection.table.columns.email,
            others=(records[1].number,),
            affected=numbers,
            severity=Severity.WARN,
        )


def _stretches(alignment: Alignment) -> list[tuple[int, int, int, str]]:
    """The stretches of all columns, those that overlap put together: first and last row, by how many rows, column."""
    stretches = sorted((*run, column.name) for column in alignment.columns for run in alignment.runs(column))
    merged: list[tuple[int, int, int, str]] = []
    for first, last, lag, name in stretches:
        if merged and first <= merged[-1][1] + 1:
            before = merged[-1]
            merged[-1] = (before[0], max(before[1], last), before[2], before[3])
        else:
            merged.append((first, last, lag, name))
    return merged


def _quoted(inspection: Inspection, name: str) -> str:
    return f'the column "{inspection.table.header(name)}"'


def _address(inspection: Inspection, record: Record) -> str:
    return shorten(inspection.table.value(record, inspection.table.columns.email))
