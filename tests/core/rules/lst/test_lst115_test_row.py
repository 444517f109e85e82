"""LST115: Only real people."""

from __future__ import annotations

from lint_cases import HEADERS, PEOPLE, inspection_of
from rule_cases import case, cases_of, cell, cells, expect

FAILS = {
    "toto": case(
        cells(nom=(2, "Toto"), prenom=(2, "Test"), adresse_e_mail=(2, "test@exemple.test")),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            fingerprint="4f084c2f64ca38d3",
            says="Test Toto (line 3) looks like a row for testing",
        ),
    ),
    "the headers again": case(
        lambda: inspection_of([*PEOPLE, HEADERS]),
        expect(
            record=7,
            line=8,
            field="adresse_e_mail",
            fingerprint="c84eb90c1cb7b95d",
            says="Prénom Nom (line 8) repeats the headers",
        ),
    ),
}
PASSES = {
    "Jean Test": cell(nom="Test", adresse_e_mail="jean.test@mail.example"),
}

test_fails, test_passes = cases_of("LST115", FAILS, PASSES)
