"""LST121: dates read as their author sees them."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.lst.defects import defects_of
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import DefectKind, Severity
from mailmerge.text.regex import regex

_DATE_FILTER = regex(r"\|\s*date\b")

DOC = RuleDoc(
    title=N_("Dates read as their author sees them."),
    what=N_(
        "A column of a workbook whose dates are shown in words, or in the order of a country, although nothing in the "
        "workbook says which language or country that is. They are read as 2026-03-14. It is a warning if a letter "
        "uses the column; if none does, it is only listed. A field that is printed with the date filter passes."
    ),
    why=N_(
        'The sheet shows "14 mars 2026" or "14/03/2026" to its author, and every letter would say "2026-03-14"; a '
        "guess could swap day and month."
    ),
    bad=N_("{{ start }} for a column with the format d mmmm yyyy, in a workbook that does not name its language"),
    good=N_("{{ start|date }}, which writes the date in the letter's language; a format that names its language"),
    fix=N_("Print the field with the date filter, or give the column a date format with a language of its own."),
)
USED = Sentence(
    "lst121.used",
    one=N_(
        'the dates in "{header}", which a letter uses, would be printed as year-month-day: the workbook does not say '
        "in which language it shows them"
    ),
    fix=N_(
        "Write {{{{ {field}|date }}}} in the letter, which prints the date in the letter's language, or choose a date "
        "format with a language for the column (in Excel: Format Cells, Date, Locale)."
    ),
)
UNUSED = Sentence(
    "lst121.unused",
    one=N_(
        'the dates in "{header}" are read as year-month-day: the workbook does not say in which language it shows '
        "them; no letter uses them"
    ),
    fix=USED.fix,
)


@rule("LST121", "date-language", Severity.WARN, Suppression.WAIVER, Scope.TABLE, DOC)
def date_language(inspection: Inspection) -> Iterator[RawFinding]:
    """Dates read as their author sees them."""
    for defect, _ in defects_of(inspection):
        if defect.kind is not DefectKind.UNLOCALISED or not defect.field or _is_written_out(inspection, defect.field):
            continue
        used = defect.field in inspection.used_fields
        yield RawFinding(
            says=USED if used else UNUSED,
            values={
                "header": Quoted(inspection.table.label(defect.field)),
                "field": defect.field,
            },
            evidence=(defect.kind, defect.field),
            field=defect.field,
            severity=Severity.WARN if used else Severity.INFO,
        )


def _is_written_out(inspection: Inspection, field: str) -> bool:
    """Whether letters use the field, and each time through the filter that writes a date in the letter's language."""
    uses = [use for letter in inspection.letters for use in letter.expressions if field in use.fields]
    return bool(uses) and all(_DATE_FILTER.search(use.source) for use in uses)
