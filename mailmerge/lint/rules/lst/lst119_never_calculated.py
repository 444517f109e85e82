"""LST119: every formula of the workbook has a result."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.lst.defects import defects_of
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import DefectKind, Severity

DOC = RuleDoc(
    title=N_("Every formula of the workbook has a result."),
    what=N_(
        "A column with formulas that no spreadsheet has calculated yet, as programs write them. It blocks the send if "
        "a letter uses the column; if none does, it is only listed."
    ),
    why=N_(
        "A formula without a result is read as blank, or as 0: the sentence that depends on it is missing from every "
        "letter, and nothing else shows it."
    ),
    bad=N_("bonus contains =B2*2, written by a program and never opened in a spreadsheet"),
    good=N_("bonus contains =B2*2 with its result, as Excel and LibreOffice save it"),
    fix=N_("Open the workbook in Excel or LibreOffice, save it, and open the campaign again."),
)
_SAVE = N_("Open the workbook in Excel or LibreOffice and save it: that calculates its formulas.")
USED = Sentence(
    "lst119.used",
    one=N_('the column "{header}", which a letter uses, contains formulas that were never calculated'),
    fix=_SAVE,
)
UNUSED = Sentence(
    "lst119.unused",
    one=N_('the column "{header}" contains formulas that were never calculated; no letter uses it'),
    fix=_SAVE,
)


@rule("LST119", "never-calculated", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def never_calculated(inspection: Inspection) -> Iterator[RawFinding]:
    """Every formula of the workbook has a result."""
    for defect, _ in defects_of(inspection):
        if defect.kind is DefectKind.NEVER_CALCULATED and defect.field:
            used = defect.field in inspection.used_fields
            yield RawFinding(
                says=USED if used else UNUSED,
                values={"header": Quoted(inspection.table.label(defect.field))},
                evidence=(defect.kind, defect.field),
                field=defect.field,
                severity=Severity.BLOCK if used else Severity.INFO,
            )
