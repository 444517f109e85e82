"""LST127: what a letter uses belongs to its recipient, not to another table beside the people."""

from __future__ import annotations

from lint_cases import inspection_of, table_of
from rule_cases import Case, case, cases_of, expect

from mailmerge.model import Defect, DefectKind, Severity

FIX = 'If "Poste" belongs to the people, delete the blank column; if it is another table, move it to another sheet.'


def beyond(field: str, filled: int, people: int = 6) -> Case:
    told = Defect(DefectKind.BEYOND_BLANK_COLUMN, {"header": "Poste", "filled": filled, "people": people}, field=field)
    return lambda: inspection_of(table_of(defects=[told]))


FAILS = {
    "a column that ends before the people do": case(
        beyond("poste", 4),
        expect(
            field="poste",
            fingerprint="f4b003ad845a4c3d",
            says='a blank column separates the column "Poste", which a letter uses, from the people, and it ends '
            "before they do (4 of 6): it may belong to another table",
            fix=FIX,
        ),
    ),
    "a column that goes on below the people": case(
        beyond("poste", 7),
        expect(
            field="poste",
            fingerprint="fd31bf645937bf6c",
            says='a blank column separates the column "Poste", which a letter uses, from the people, and it goes on '
            "below the last of them: it may belong to another table",
            fix=FIX,
        ),
    ),
    "a column as long as the people": case(
        beyond("poste", 6),
        expect(
            field="poste",
            fingerprint="d836204c037381bf",
            severity=Severity.WARN,
            says='a blank column separates the column "Poste", which a letter uses, from the people: it may belong to '
            "another table that is as long as theirs",
            fix=FIX,
        ),
    ),
}
PASSES = {"a column that no letter uses": beyond("telephone", 4)}

test_what_it_finds, test_what_it_leaves_alone = cases_of("LST127", FAILS, PASSES)
