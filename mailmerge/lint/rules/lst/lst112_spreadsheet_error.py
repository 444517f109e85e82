"""LST112: no spreadsheet error where a value should be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.records.cells.no_value import SPREADSHEET_ERROR
from mailmerge.text.regex import regex

_SCIENTIFIC = regex(r"[+-]?\d(?:(?:[.,]\d+)?E\+|[.,]\d+E)\d{2,}", re.IGNORECASE)
"""A number as a spreadsheet shortens it: always with a plus or a decimal, unlike the room 1E10."""
_LETTERED = regex(r"\d+(?:[.,]\d+)?[A-DF-Z]\d+", re.IGNORECASE)
"""A code such as 1.2B10, of which 1.2E10 is another."""


DOC = RuleDoc(
    title=N_("No spreadsheet error where a value should be."),
    what=N_("#N/A, #REF!, #VALEUR!, #NOM?, ####, or a number that Excel turned into 1,2E+11, in a field that is used."),
    why=N_(
        'Nobody should receive "Your application for the position of #N/A"; and a broken look-up is often'
        " a sign of broken rows."
    ),
    bad=N_("position = #N/A"),
    good=N_("position = Accountant; a person called Na and a room 1E10 pass"),
    fix=N_("Correct the formula, or paste the values; format columns of long numbers as text."),
)
ERROR = Sentence(
    "lst112.error",
    one=N_('{person} has a spreadsheet error in "{header}": {cell}'),
    fix=N_('Correct the formula in "{header}", or type the value.'),
    many=N_('{count} people have a spreadsheet error in "{header}": {cell} ({lines})'),
)
UNSHOWN = Sentence(
    "lst112.unshown",
    one=N_('{person} has {cell} instead of a value in "{header}"'),
    fix=N_(
        'The cell cannot show its value: widen the column "{header}" or give it another number format, such as General '
        "or a plain date, and save the file again."
    ),
    many=N_('{count} people have {cell} instead of a value in "{header}" ({lines})'),
)
SHORTENED = Sentence(
    "lst112.shortened",
    one=N_('{person} has a long number that the spreadsheet shortened to {cell} in "{header}"'),
    fix=N_('Format the column "{header}" as text, and type the number again.'),
    many=N_('{count} people have a long number that the spreadsheet shortened to {cell} in "{header}" ({lines})'),
)


@rule("LST112", "spreadsheet-error", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def spreadsheet_error(inspection: Inspection) -> Iterator[RawFinding]:
    """No spreadsheet error where a value should be."""
    for position, field in enumerate(inspection.table.fields):
        if field.name not in inspection.used_fields:
            continue
        lettered: bool | None = None
        for record in inspection.records:
            value = record.values[position]
            says = _problem(value)
            if says is SHORTENED and "+" not in value:
                if lettered is None:
                    lettered = any(_LETTERED.fullmatch(each.values[position]) for each in inspection.table.records)
                says = None if lettered else says
            if says is not None:
                yield inspection.cell_finding(says, record, field, cause=f"{field.name}\x1f{value}")


def _problem(value: str) -> Sentence | None:
    """What is wrong with a cell; None if it is not an error of a spreadsheet."""
    if not value:
        return None
    if "#" in value or value.startswith("Err"):
        found = SPREADSHEET_ERROR.search(value)
        return None if found is None else UNSHOWN if value.startswith("###") else ERROR
    return SHORTENED if value[0] in "0123456789+-" and _SCIENTIFIC.fullmatch(value) else None
