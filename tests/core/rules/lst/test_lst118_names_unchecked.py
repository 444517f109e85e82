"""LST118: The columns of names are known."""

from __future__ import annotations

from lint_cases import inspection_of
from rule_cases import MANY, case, cases_of, expect, unnamed

FAILS = {
    "columns that nothing explains": case(
        unnamed([(row[1], row[2]) for row in MANY]),
        expect(
            field="a",
            fingerprint="0d6842ac8bf3a315",
            says='no column of names is recognised, although "A" and "B" seem to hold names: the checks about names cannot be made',
        ),
    ),
    "one column of whole names": case(
        unnamed([(f"{row[1]} {row[2]}", "x") for row in MANY]),
        expect(
            field="a",
            fingerprint="ce01ecbee6137e99",
            says='no column of names is recognised, although "A" seems to hold names: the checks about names cannot be made',
        ),
    ),
}
PASSES = {
    "names that are known": inspection_of,
    "towns": unnamed([(("Toulouse", "Albi", "Castres")[n % 3], "x") for n in range(60)]),
    "codes": unnamed([(f"RC-{n}", "x") for n in range(60)]),
    "a few words in small letters": unnamed([(f"{row[1].lower()} abc", "") for row in MANY]),
}

test_fails, test_passes = cases_of("LST118", FAILS, PASSES)
