"""LST114: names look like names, and addresses like addresses."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("Names look like names, and addresses like addresses."),
    what=N_("an @ or a digit in a name, and no @ in the e-mail column."),
    why=N_("one cell too many in a row moves every value into its neighbour's column."),
    bad=N_('nom = "jean@x.example", email = "Dupont"'),
    good=N_("Louis II"),
    fix=N_("move the cells of the row back."),
)


@rule("LST114", "type-drift", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def type_drift(inspection: Inspection) -> Iterator[Found]:
    """Names look like names, and addresses like addresses."""
    columns = inspection.table.columns
    names = columns.shown_names
    for record in inspection.records:
        problems = []
        for name in names:
            value = inspection.table.value(record, name)
            if value and not value.isalpha() and ("@" in value or any(c.isdigit() for c in value)):
                what = "an @" if "@" in value else "a digit"
                problems.append((name, f'{what} in "{inspection.table.header(name)}": {shorten(value, 40)}'))
        address = inspection.table.value(record, columns.email)
        if address and "@" not in address:
            header = inspection.table.header(columns.email)
            problems.append((columns.email, f'no @ in "{header}": {shorten(address, 40)}'))
        if problems:
            fields = [field for field, _problem in problems]
            yield Found(
                message=f"{inspection.person(record)} has {', and '.join(problem for _field, problem in problems)}",
                fix="Move the cells of this row back into their columns, or correct the cell.",
                evidence=tuple(inspection.table.value(record, field) for field in fields),
                record=record,
                field=fields[0],
                excerpt=inspection.table.value(record, fields[0]),
                cause=" ".join(fields),
            )
