"""LST113: no formula in a field that is used."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text.regex import regex

_PHONE = regex(r"\+[\d\s./()-]{6,}")
_NUMBER = regex(r"[+-]?\s?[\d\s.,]+\s?[%€$£]?")


DOC = RuleDoc(
    title=N_("No formula in a field that is used."),
    what=N_("A cell that begins with =, +, - or @ and is not a number, a telephone number or an item of a list."),
    why=N_("It would be printed literally, and a spreadsheet that opens a report would run it (CSV injection)."),
    bad=N_('=HYPERLINK("http://x.example","See")'),
    good=N_("+33 6 12 34 56 78, -5"),
    fix=N_("Replace the formula with its value."),
)
FORMULA = Sentence(
    "lst113.formula",
    one=N_('{person} has what looks like a formula in "{header}": {cell}'),
    fix=N_('Replace the formula in "{header}" with its value.'),
    many=N_('{count} people have what looks like a formula in "{header}" ({lines})'),
)


_HANDLE = regex(r"@[A-Za-z0-9_.]{2,40}")
"""What somebody is called on a social network."""


@rule("LST113", "formula", Severity.WARN, Suppression.WAIVER, Scope.TABLE, DOC)
def formula(inspection: Inspection) -> Iterator[RawFinding]:
    """No formula in a field that is used."""
    for position, field in enumerate(inspection.table.fields):
        if field.name not in inspection.used_fields:
            continue
        for record in inspection.records:
            value = record.values[position]
            if not value or value[0] not in "=+-@" or not _is_formula(value):
                continue
            yield RawFinding(
                says=FORMULA,
                values={
                    "person": inspection.person(record),
                    "header": Quoted(field.label, 40),
                    "cell": Quoted(value, 50),
                },
                evidence=(field.name, value),
                record=record,
                field=field.name,
                excerpt=value,
                cause=field.name,
            )


def _is_formula(value: str) -> bool:
    if len(value) < 2 or (value[0] != "=" and value[1].isspace()):
        return False
    if _HANDLE.fullmatch(value):
        return False
    return not _PHONE.fullmatch(value) and not _NUMBER.fullmatch(value)
