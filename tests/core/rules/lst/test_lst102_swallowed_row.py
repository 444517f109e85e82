"""LST102: No cell holds the rest of a row, or the next person."""

from __future__ import annotations

from rule_cases import case, cases_of, cell, column, defect, expect

FAILS = {
    "what the reader saw": case(
        defect("swallowed-row", record=2, line=3),
        expect(record=2, line=3, fingerprint="be3260bbd5e0f7d2", says="line 3: a swallowed-row in the file"),
    ),
    "another row in a cell": case(
        cell(nom='Petit;jean@x.example\nDurand;Anne;anne@y.example;"'),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt='Petit;jean@x.example\nDurand;Anne;anne@y.example;"',
            fingerprint="0bf4836e417d4ed8",
            says='Jean Petit;jean@x.example⏎Durand;Anne;a… (line 3) has another row in "Nom": Petit;jean@x.example⏎Durand;Anne;anne@y.example;"',
        ),
    ),
    "an address in a short field": case(
        cell(poste="Juriste anne@y.example"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste anne@y.example",
            fingerprint="32c40d049e14922d",
            says='Jean Dupont (line 3) has an @ in "Poste": Juriste anne@y.example',
        ),
    ),
    "the delimiter in a name": case(
        cell(nom="Dupont;Jean"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Dupont;Jean",
            fingerprint="6b3516ffccf0e165",
            says='Jean Dupont;Jean (line 3) has the file\'s own delimiter in "Nom": Dupont;Jean',
        ),
    ),
    "a line break in a name": case(
        cell(nom="Dupont\nDurand"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Dupont\nDurand",
            fingerprint="7b46a62da2173641",
            says='Jean Dupont⏎Durand (line 3) has a line break in "Nom": Dupont⏎Durand',
        ),
    ),
}
PASSES = {
    "one second address in a column for them": column("Autre courriel", ["x@mail.example"]),
    "one handle in a column of its own": column("Divers", ["@ines"]),
    "free text over several lines": column("Commentaire", "Bon parcours.\nÀ revoir."),
    "a comma in a town": cell(poste="Juriste, droit social"),
    "a second column of addresses": column("E-mail du manager", "chef@exemple.test"),
}

test_fails, test_passes = cases_of("LST102", FAILS, PASSES)
