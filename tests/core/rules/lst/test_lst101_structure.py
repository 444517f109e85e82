"""LST101: The table has one header for each column and one cell for each header."""

from __future__ import annotations

from lint_cases import inspection_of, table_of
from rule_cases import case, cases_of, defect, expect, without

from mailmerge.model import Defect

FAILS = {
    "a ragged row": case(
        defect("ragged", record=3, line=4),
        expect(record=3, line=4, fingerprint="73e773b7d3304d87", says="line 4: a ragged in the file"),
    ),
    "two columns of one name": case(
        defect("duplicate-header", line=1),
        expect(line=1, fingerprint="0372a9b0f8d8c9f9", says="line 1: a duplicate-header in the file"),
    ),
    "two readings of the file": case(
        defect("ambiguous-delimiter", line=1),
        expect(line=1, fingerprint="f599a4de90885633", says="line 1: a ambiguous-delimiter in the file"),
    ),
    "no e-mail column": case(
        defect("no-email-column"),
        expect(fingerprint="b4267d3db604cf87", says="a no-email-column in the file"),
    ),
}
PASSES = {
    "a table as it should be": inspection_of,
    "a ragged row of somebody excluded": lambda: without(
        table_of(defects=[Defect("ragged", "line 4: 6 cells", line=4, record=3)]), 3
    )(),
}

test_fails, test_passes = cases_of("LST101", FAILS, PASSES)
