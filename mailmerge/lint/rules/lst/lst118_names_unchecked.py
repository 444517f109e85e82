"""LST118: the name columns are known."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.records import looks_like_people

_SAMPLE = 400
"""Rows that are looked at, at most, from the whole table."""


DOC = RuleDoc(
    title=N_("The name columns are known."),
    what=N_(
        "No name column is recognised, by its header or by the addresses beside it, although a column seems to contain "
        "people's names."
    ),
    why=N_(
        "The rules about names (another person's name in a letter, a shifted column, a wrong greeting) find nothing in "
        "such a table, and the message has no name in To."
    ),
    bad=N_('columns "A" and "B" with names, and addresses that do not resemble them'),
    good=N_('"First name" and "Last name"; a table that contains no names'),
    fix=N_(
        'Call the columns "First name" and "Last name", or write [columns] name = "{{ a }} {{ b }}" in campaign.toml.'
    ),
)
ONE = Sentence(
    "lst118.one",
    one=N_(
        'no name column is recognised, although "{header}" seems to contain names: the checks on names cannot be made'
    ),
    fix=N_('If "{header}" contains the names, write [columns] name = "{names}" in campaign.toml.'),
)
TWO = Sentence(
    "lst118.two",
    one=N_(
        'no name column is recognised, although "{header}" and "{other}" seem to contain names: the checks on names '
        "cannot be made"
    ),
    fix=N_('If "{header}" and "{other}" contain the names, write [columns] name = "{names}" in campaign.toml.'),
)


@rule("LST118", "names-unchecked", Severity.WARN, Suppression.WAIVER, Scope.TABLE, DOC)
def names_unchecked(inspection: Inspection) -> Iterator[RawFinding]:
    """The name columns are known."""
    table = inspection.table
    if inspection.identities.name_columns:
        return
    rows = table.records[:: len(table.records) // _SAMPLE + 1]
    found = [
        field
        for position, field in enumerate(table.fields)
        if field.name not in table.columns.emails
        and looks_like_people(field.header, [record.values[position] for record in rows])
    ]
    if not found:
        return
    headers = {place: Quoted(field.label, 40) for place, field in zip(("header", "other"), found, strict=False)}
    names = " ".join(f"{{{{ {field.name} }}}}" for field in found[:2])
    yield RawFinding(
        says=TWO if found[1:] else ONE,
        values={**headers, "names": names},
        evidence=tuple(field.name for field in found[:2]),
        field=found[0].name,
    )
