"""LST119: every formula of the workbook has a result."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.lst.defects import defects_of
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.records.defects import described

DOC = RuleDoc(
    title=N_("Every formula of the workbook has a result."),
    what=N_(
        "a column with formulas that no spreadsheet has calculated yet, as programs write them. It blocks where a "
        "letter uses the column, and is listed otherwise."
    ),
    why=N_(
        "a formula without a result is read as a blank, or as 0: the sentence that depends on it is missing from "
        "every letter, and nothing else tells."
    ),
    bad=N_("prime holds =B2*2, written by a program and never opened in a spreadsheet"),
    good=N_("prime holds =B2*2 with its result, as Excel and LibreOffice save it"),
    fix=N_("open the workbook in Excel or LibreOffice, save it, and open the campaign again."),
)


@rule("LST119", "never-calculated", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def never_calculated(inspection: Inspection) -> Iterator[Found]:
    """Every formula of the workbook has a result."""
    for defect, _ in defects_of(inspection):
        if defect.kind == "never-calculated" and defect.field:
            yield Found(
                message=described(defect),
                fix="Open the workbook in Excel or LibreOffice and save it: that calculates its formulas.",
                evidence=(defect.kind, defect.field),
                field=defect.field,
                severity=Severity.BLOCK if defect.field in inspection.used_fields else Severity.INFO,
            )
