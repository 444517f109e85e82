"""LST110: the names stand beside their own addresses."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity

_FIRST_TO_VERIFY = 20
"""Rows from which on it is worth saying that nothing can be verified."""


DOC = RuleDoc(
    title=N_("The names stand beside their own addresses."),
    what=N_("a column of names or addresses that was sorted, or moved by some rows, without the others."),
    why=N_(
        "sorting one column alone in a spreadsheet takes one click, and gives every letter to a stranger: each "
        "person reads another one's name and outcome."
    ),
    bad=N_("Petit beside jean.dupont@x.example, Dupont beside ines.petit@x.example, and so on"),
    good=N_(
        "most addresses resemble the name beside them. Where none does nothing can be verified; that is a warning\n"
        "from 20 people on"
    ),
    fix=N_("undo the sorting in the spreadsheet, or export the list again from where it came."),
)


@rule("LST110", "column-shift", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def column_shift(inspection: Inspection) -> Iterator[Found]:
    """The names stand beside their own addresses."""
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
            f"({inspection.address(alignment.records[row])}) fits {inspection.person(alignment.records[other])}",
            fix="Undo the sorting or shifting in the spreadsheet, or export the list again from where it came.",
            evidence=(column.name, "shifted", *sorted(inspection.address(r) for r in alignment.records[:50])),
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


def _quoted(inspection: Inspection, name: str) -> str:
    return f'the column "{inspection.table.header(name)}"'
