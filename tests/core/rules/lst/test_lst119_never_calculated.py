"""LST119: Every formula of the workbook has a result."""

from __future__ import annotations

from lint_cases import inspection_of, table_of
from rule_cases import case, cases_of, expect, headerless, uncalculated

from mailmerge.model import Defect, DefectKind, Severity

FAILS = {
    "a column that the letter uses": case(
        uncalculated("poste"),
        expect(
            field="poste",
            fingerprint="7413be232f83b14c",
            says='the column "Poste", which a letter uses, contains formulas that were never calculated',
        ),
    ),
    "a column that nobody uses": case(
        uncalculated("telephone"),
        expect(
            field="telephone",
            severity=Severity.INFO,
            fingerprint="aa7c16a2c82f7ea5",
            says='the column "Téléphone" contains formulas that were never calculated; no letter uses it',
        ),
    ),
    "two columns": case(
        lambda: inspection_of(
            table_of(
                defects=[
                    Defect(DefectKind.NEVER_CALCULATED, {"header": "x"}, field="poste"),
                    Defect(DefectKind.RAGGED, {"cells": 6, "columns": 7}, line=3, record=2),
                    Defect(DefectKind.NEVER_CALCULATED, {"header": "x"}, field="telephone"),
                ]
            )
        ),
        expect(
            field="poste",
            fingerprint="7413be232f83b14c",
            says='the column "Poste", which a letter uses, contains formulas that were never calculated',
            fix="Open the workbook in Excel or LibreOffice and save it: that calculates its formulas.",
        ),
        expect(
            field="telephone",
            severity=Severity.INFO,
            fingerprint="aa7c16a2c82f7ea5",
            says='the column "Téléphone" contains formulas that were never calculated; no letter uses it',
            fix="Open the workbook in Excel or LibreOffice and save it: that calculates its formulas.",
        ),
    ),
    "a column without a header": case(
        headerless("telephone", uncalculated("telephone")),
        expect(
            field="telephone",
            severity=Severity.INFO,
            fingerprint="aa7c16a2c82f7ea5",
            says='the column "telephone" contains formulas that were never calculated; no letter uses it',
            fix="Open the workbook in Excel or LibreOffice and save it: that calculates its formulas.",
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
    "a defect of no column": lambda: inspection_of(
        table_of(defects=[Defect(DefectKind.NEVER_CALCULATED, {"header": "x"})])
    ),
}

test_fails, test_passes = cases_of("LST119", FAILS, PASSES)
