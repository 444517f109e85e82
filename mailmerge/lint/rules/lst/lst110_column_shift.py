"""LST110: the names are beside their own addresses."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.names import as_known
from mailmerge.lint.identities.rows.alignment import Alignment
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity

_FIRST_TO_VERIFY = 20
"""Rows from which it is worth saying that nothing can be verified."""


_LEAST_VERIFIED = 0.25
"""The share of addresses that must resemble a name for a shift to show."""


DOC = RuleDoc(
    title=N_("The names are beside their own addresses."),
    what=N_("A column of names or addresses that was sorted, or moved by some rows, without the others."),
    why=N_(
        "Sorting one column alone in a spreadsheet takes one click and sends every letter to a stranger: each "
        "person reads another one's name and outcome."
    ),
    bad=N_("Petit beside jean.dupont@x.example, Dupont beside ines.petit@x.example, and so on"),
    good=N_(
        "most addresses resemble the name beside them. If none does, nothing can be verified; that is a warning "
        "from 20 people on"
    ),
    fix=N_("Undo the sorting in the spreadsheet, or export the list again from its source."),
)
_FIX = N_("Undo the sorting or shifting in the spreadsheet, or export the list again from its source.")
APART_ONE = Sentence(
    "lst110.apart-one",
    one=N_(
        "names and addresses are 1 row apart: {foreign} addresses match the name one row away and only {own} the "
        "name in their own row; {address}, for example, is beside {person} and matches {other}"
    ),
    fix=_FIX,
)
APART = Sentence(
    "lst110.apart",
    one=N_(
        "names and addresses are {rows} rows apart: {foreign} addresses match the name {rows} rows away and only {own} "
        "the name in their own row; {address}, for example, is beside {person} and matches {other}"
    ),
    fix=_FIX,
)
MIXED = Sentence(
    "lst110.mixed",
    one=N_(
        "names and addresses were sorted or shuffled separately: {foreign} addresses match the name in another row and "
        "only {own} the name in their own; {address}, for example, is beside {person} and matches {other}"
    ),
    fix=_FIX,
)
MOVED_ONE = Sentence(
    "lst110.moved-one",
    one=N_(
        'the column "{header}" was moved by 1 row: {foreign} addresses match the name in another row and only {own} '
        "the name in their own; the address of {person} ({address}) matches {other}"
    ),
    fix=_FIX,
)
MOVED = Sentence(
    "lst110.moved",
    one=N_(
        'the column "{header}" was moved by {rows} rows: {foreign} addresses match the name in another row and only '
        "{own} the name in their own; the address of {person} ({address}) matches {other}"
    ),
    fix=_FIX,
)
SORTED = Sentence(
    "lst110.sorted",
    one=N_(
        'the column "{header}" was sorted or shuffled separately from the others: {foreign} addresses match the name '
        "in another row and only {own} the name in their own; the address of {person} ({address}) matches {other}"
    ),
    fix=_FIX,
)
UNVERIFIED = Sentence(
    "lst110.unverified",
    one=N_("only {percent}% of the addresses resemble the name beside them, so a shifted column would not be noticed"),
    fix=N_("Check some rows against the original list before sending."),
)


@rule("LST110", "column-shift", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def column_shift(inspection: Inspection) -> Iterator[RawFinding]:
    """The names are beside their own addresses."""
    of_others = not inspection.table.columns.names
    alignment = Alignment(as_known(inspection.table)) if of_others else inspection.alignment
    if not alignment.columns or not alignment.comparable:
        return
    shifted = list(alignment.shifted())
    all_shifted = len(shifted) == len(alignment.columns)  # the names, or the addresses: nothing says which
    for column, lag in shifted[:1] if all_shifted else shifted:
        field = inspection.table.columns.email if all_shifted else column.name
        witnesses = alignment.witnesses(column, lag)
        row, other = witnesses[0]
        record = alignment.records[row]
        says = {0: MIXED, 1: APART_ONE} if all_shifted else {0: SORTED, 1: MOVED_ONE}
        yield RawFinding(
            says=says.get(abs(lag), APART if all_shifted else MOVED),
            values={
                "header": Quoted(inspection.table.label(field), 40),
                "rows": abs(lag),
                "foreign": len(witnesses),
                "own": sum(column.agrees),
                "person": inspection.person(record),
                "address": Quoted(inspection.table.value(record, inspection.table.columns.email)),
                "other": inspection.person(alignment.records[other]),
            },
            evidence=(column.name, "shifted", *sorted(inspection.address(r) for r in alignment.records[:50])),
            field=field,
            others=(record.number, alignment.records[other].number),
        )
    if shifted or of_others:
        return
    if len(alignment.records) >= _FIRST_TO_VERIFY and alignment.verified < _LEAST_VERIFIED:
        yield RawFinding(
            says=UNVERIFIED,
            values={"percent": round(alignment.verified * 100)},
            evidence=("unverified",),
            severity=Severity.WARN,
        )
