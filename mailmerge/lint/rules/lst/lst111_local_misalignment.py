"""LST111: no stretch of rows is shifted."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.identities.alignment import Alignment
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("No stretch of rows is shifted."),
    what=N_(
        "three rows or more in a row whose addresses are their neighbours' by the same number of rows; two rows "
        "whose addresses are each other's, as a warning."
    ),
    why=N_("a cell inserted in one column moves everything below it, until somebody deletes one again."),
    bad=N_("rows 200 to 240 with the address of the row above"),
    good=N_("one address that is the spouse's"),
    fix=N_("open the table at the lines named and move the cells back."),
)


@rule("LST111", "local-misalignment", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def local_misalignment(inspection: Inspection) -> Iterator[Found]:
    """No stretch of rows is shifted."""
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
            f"{abs(lag)} row{'s'[: abs(lag) > 1]} {direction} them, as {inspection.address(records[0])} beside "
            f"{inspection.person(records[0])}",
            fix=f"Open the table at line {records[0].line}: a cell was inserted or deleted in one column only.",
            evidence=(name, *(inspection.address(record) for record in records)),
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
            f"address: {inspection.address(records[0])} and {inspection.address(records[1])}",
            fix="Exchange the two addresses, if they are wrong.",
            evidence=tuple(sorted(inspection.address(record) for record in records)),
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
