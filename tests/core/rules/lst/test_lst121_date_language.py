"""LST121: Dates read as their author sees them."""

from __future__ import annotations

from lint_cases import inspection_of, table_of
from rule_cases import case, cases_of, expect, uncalculated, unlocalised

from mailmerge.model import Defect, DefectKind, Severity

_FIX = (
    "Write {{{{ {0}|date }}}} in the letter, which prints the date in the letter's language, or choose a date format "
    "with a language for the column (in Excel: Format Cells, Date, Locale)."
)
FAILS = {
    "a column after a defect that another rule tells": case(
        lambda: inspection_of(
            table_of(
                defects=[
                    Defect(DefectKind.NEVER_CALCULATED, {"header": "Nom"}, field="nom"),
                    Defect(DefectKind.UNLOCALISED, {"header": "Poste"}, field="poste"),
                ]
            )
        ),
        expect(
            field="poste",
            fingerprint="e354bd1056819454",
            says='the dates in "Poste", which a letter uses, would be printed as year-month-day: the workbook does not say in which language it shows them',
            fix="Write {{ poste|date }} in the letter, which prints the date in the letter's language, or choose a date format with a language for the column (in Excel: Format Cells, Date, Locale).",
        ),
    ),
    "a column that the letter uses": case(
        unlocalised("poste"),
        expect(
            field="poste",
            fingerprint="e354bd1056819454",
            says='the dates in "Poste", which a letter uses, would be printed as year-month-day: the workbook does not '
            "say in which language it shows them",
            fix=_FIX.format("poste"),
        ),
    ),
    "a column that is written out in one place only": case(
        unlocalised("poste", "\n{{ poste|date }}\n"),
        expect(
            field="poste",
            fingerprint="e354bd1056819454",
            says='the dates in "Poste", which a letter uses, would be printed as year-month-day: the workbook does not '
            "say in which language it shows them",
            fix=_FIX.format("poste"),
        ),
    ),
    "a column that nobody uses": case(
        unlocalised("telephone"),
        expect(
            field="telephone",
            fingerprint="453848479db17498",
            severity=Severity.INFO,
            says='the dates in "Téléphone" are read as year-month-day: the workbook does not say in which language it '
            "shows them; no letter uses them",
            fix=_FIX.format("telephone"),
        ),
    ),
}
PASSES = {
    "a date that the letter writes in its own language": unlocalised("telephone", "\n{{ telephone|date }}\n"),
    "a date that the letter writes out after another filter": unlocalised("telephone", "\n{{ telephone|trim|date }}\n"),
    "another defect of that column": uncalculated("poste"),
    "a defect of no column": lambda: inspection_of(table_of(defects=[Defect(DefectKind.UNLOCALISED, {"header": "x"})])),
}

test_fails, test_passes = cases_of("LST121", FAILS, PASSES)
