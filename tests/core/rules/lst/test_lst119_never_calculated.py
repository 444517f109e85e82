"""LST119: Every formula of the workbook has a result."""

from __future__ import annotations

from lint_cases import inspection_of, table_of
from rule_cases import case, cases_of, expect, uncalculated

from mailmerge.model import Defect, DefectKind, Severity

FAILS = {
    "a column that the letter uses": case(
        uncalculated("poste"),
        expect(
            field="poste",
            fingerprint="7413be232f83b14c",
            says='the column "poste" contains formulas that were never calculated',
        ),
    ),
    "a column that nobody uses": case(
        uncalculated("telephone"),
        expect(
            field="telephone",
            severity=Severity.INFO,
            fingerprint="aa7c16a2c82f7ea5",
            says='the column "telephone" contains formulas that were never calculated',
        ),
    ),
}
PASSES = {
    "another defect of that column": lambda: inspection_of(
        table_of(
            defects=[
                Defect(DefectKind.DUPLICATE_HEADER, {"header": "Poste", "first": 5, "second": 8}, line=1, field="poste")
            ]
        )
    ),
}

test_fails, test_passes = cases_of("LST119", FAILS, PASSES)
