"""LST112: No spreadsheet error where a value should be."""

from __future__ import annotations

from rule_cases import case, cases_of, cell, column, expect

FAILS = {
    "N/A": case(
        cell(poste="#N/A"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="#N/A",
            fingerprint="e3381da2630e4c2e",
            says='Jean Dupont (line 3) has a spreadsheet error in "Poste": #N/A',
        ),
    ),
    "VALEUR": case(
        cell(poste="#VALEUR!"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="#VALEUR!",
            fingerprint="4efc62a31d5b12ea",
            says='Jean Dupont (line 3) has a spreadsheet error in "Poste": #VALEUR!',
        ),
    ),
    "too narrow": case(
        cell(reference="#####"),
        expect(
            record=2,
            line=3,
            field="reference",
            excerpt="#####",
            fingerprint="35150b6f28204151",
            says='Jean Dupont (line 3) has a spreadsheet error in "Référence": #####',
        ),
    ),
    "a long number": case(
        cell(reference="1,2E+11"),
        expect(
            record=2,
            line=3,
            field="reference",
            excerpt="1,2E+11",
            fingerprint="077ac83dc33ae831",
            says='Jean Dupont (line 3) has a spreadsheet error in "Référence": 1,2E+11',
        ),
    ),
}
PASSES = {
    "a person called Na": cell(nom="Na"),
    "a hash": cell(poste="Développeur C#"),
    "a field that nobody uses": column("Vieux", "#REF!"),
}

test_fails, test_passes = cases_of("LST112", FAILS, PASSES)
