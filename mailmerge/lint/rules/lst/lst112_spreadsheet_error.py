"""LST112: no spreadsheet error where a value should be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Record, Severity
from mailmerge.text import fold, shorten

_ERROR = re.compile(
    r"#(?:N/[AD]|NV\b|GETTING_DATA|(?:NOM|NAME)[ \u00a0\u202f]?\?"
    r"|(?:REF|VALEUR|VALUE|DIV/0|NUL|NULL|NOMBRE|NUM|CALC|CALCUL|SPILL|EPARS|PROPAGATION|WERT|BEZUG|ZAHL)"
    r"[ \u00a0\u202f]?!)|^#{3,}$|^Err:\d{3}$",
    re.IGNORECASE,
)
_SCIENTIFIC = re.compile(r"[+-]?\d([.,]\d+)?E\+?\d{2,}", re.IGNORECASE)


DOC = RuleDoc(
    title=N_("No spreadsheet error where a value should be."),
    what=N_("#N/A, #REF!, #VALEUR!, #NOM?, ####, and numbers that Excel turned into 1,2E+11, in a field that is used."),
    why=N_('"Votre candidature au poste de #N/A" is sent to a person; and a broken look-up often means broken rows.'),
    bad=N_("poste = #N/A"),
    good=N_("poste = Comptable; a person called Na passes"),
    fix=N_("repair the formula, or paste the values; format long numbers as text."),
)


@rule("LST112", "spreadsheet-error", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def spreadsheet_error(inspection: Inspection) -> Iterator[Found]:
    """No spreadsheet error where a value should be."""
    for position, field in enumerate(inspection.table.fields):
        if field.name not in inspection.used_fields:
            continue
        for record in inspection.records:
            value = record.values[position]
            if not _is_error(value):
                continue
            yield Found(
                message=f'{inspection.person(record)} has a spreadsheet error in "{field.header}": '
                f"{shorten(value, 40)}",
                fix=_UNSHOWN_FIX if value.startswith("###") else _ERROR_FIX,
                evidence=(field.name, value, *_who(inspection, record)),
                record=record,
                field=field.name,
                excerpt=value,
                cause=f"{field.name}\x1f{value}",
            )


_ERROR_FIX = "Repair the formula or type the value; format long numbers as text before exporting."
_UNSHOWN_FIX = (
    "The cell cannot show its value with its number format: give the column another one, such as General or a plain "
    "date, and save the file again."
)


def _is_error(value: str) -> bool:
    if not value:
        return False
    if "#" in value or value.startswith("Err"):
        return bool(_ERROR.search(value))
    return value[0] in "0123456789+-" and bool(_SCIENTIFIC.fullmatch(value))


def _who(inspection: Inspection, record: Record) -> tuple[str, ...]:
    """The person, for a fingerprint."""
    return (fold(inspection.table.value(record, inspection.table.columns.email)),)
