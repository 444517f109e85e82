"""LST120: no address in a row is that of somebody else whom the row names."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import FAMILY
from mailmerge.model import ColumnEvidence, Severity
from mailmerge.records.columns.owners import Owners

_SAMPLE = 400
"""Rows by which the columns that name other people are found."""


DOC = RuleDoc(
    title=N_("No address is that of somebody else named in the same row."),
    what=N_(
        "An e-mail address that spells the name in another column of its row, such as the manager's, better than the "
        "name of the person in the row."
    ),
    why=N_(
        "Somebody who fills in a row copies the address from the wrong column, and the letter goes to the candidate's "
        "manager."
    ),
    bad=N_("Agnes Small, manager Paul Durham, address paul.durham@x.example"),
    good=N_("an address that resembles the person's own name, or nobody's"),
    fix=N_("Correct the address in the table, or exclude the person."),
)
_FIX = N_("Put the person's own address in this row, or exclude the person.")
ANOTHERS = Sentence(
    "lst120.anothers",
    one=N_('{person}: the address {address} seems to be that of {other}, who is named in "{header}"'),
    fix=_FIX,
    many=N_(
        'the addresses of {count} people seem to be those of the people named in "{header}", such as {address}, which '
        "resembles {other} ({lines})"
    ),
)


@rule("LST120", "anothers-address", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def anothers_address(inspection: Inspection) -> Iterator[RawFinding]:
    """No address is that of somebody else named in the same row."""
    table = inspection.table
    columns = table.columns
    if not columns.email:
        return
    sample = [record.values for record in table.records[:: len(table.records) // _SAMPLE + 1]]
    owners = Owners(table.fields, sample, columns.names, columns.emails)
    if not owners.others:
        return
    is_agreed = table.email_reason is not None and table.email_reason.evidence is ColumnEvidence.SET
    for record in inspection.records:
        address = table.value(record, columns.email)
        owner = owners.other_of(record.values, address)
        if owner is None:
            continue
        header = table.label(owner.names[0])
        is_family = not FAMILY.isdisjoint(word for name in owner.names for word in name.split("_"))
        yield RawFinding(
            says=ANOTHERS,
            values={
                "person": inspection.person(record),
                "address": Quoted(address),
                "other": Quoted(" ".join(filter(None, (record.values[at] for at in owner.positions))), 40),
                "header": Quoted(header, 40),
            },
            evidence=(*inspection.name_key(record), address, owner.names[0]),
            record=record,
            field=columns.email,
            cause=owner.names[0],
            severity=Severity.WARN if is_agreed or is_family else None,
        )
