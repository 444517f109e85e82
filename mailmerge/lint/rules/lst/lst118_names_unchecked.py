"""LST118: the columns of names are known."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.records import looks_like_people
from mailmerge.text import shorten

_SAMPLE = 400


DOC = RuleDoc(
    title=N_("The columns of names are known."),
    what=N_(
        "no column of names is recognised, by header or by the addresses beside it, although a column seems to "
        "hold people's names."
    ),
    why=N_(
        "the rules about names (another person's name in a letter, a column that was shifted, a wrong greeting) "
        "see nothing in such a table, and the message has no name in To."
    ),
    bad=N_('columns "A" and "B" with names, and addresses that do not resemble them'),
    good=N_('"Prénom" and "Nom"; a table that holds no names'),
    fix=N_(
        'call the columns "Prénom" and "Nom" ("First name" and "Last name"), or name them: [columns] name = "{{ a '
        '}} {{ b }}".'
    ),
)


@rule("LST118", "names-unchecked", Severity.WARN, Suppression.WAIVER, Scope.TABLE, DOC)
def names_unchecked(inspection: Inspection) -> Iterator[Found]:
    """The columns of names are known."""
    table = inspection.table
    if table.columns.names:
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
    headers = " and ".join(f'"{shorten(field.header or field.name, 40)}"' for field in found[:2])
    names = " ".join(f"{{{{ {field.name} }}}}" for field in found[:2])
    yield Found(
        message=f"no column of names is recognised, although {headers} {'seem' if found[1:] else 'seems'} to hold "
        "names: the checks about names cannot be made",
        fix=f'If these are the names, say so in campaign.toml: [columns] name = "{names}".',
        evidence=tuple(field.name for field in found[:2]),
        field=found[0].name,
    )
