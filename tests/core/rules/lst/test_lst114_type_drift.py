"""LST114: Names look like names, and addresses like addresses."""

from __future__ import annotations

from rule_cases import case, cases_of, cell, expect

FAILS = {
    "an address for a name": case(
        cell(nom="jean@x.example"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="jean@x.example",
            fingerprint="859c49db74c40f01",
            says='Jean jean@x.example (line 3) has an @ in "Nom": jean@x.example',
        ),
    ),
    "a digit in a name": case(
        cell(prenom="Jean2"),
        expect(
            record=2,
            line=3,
            field="prenom",
            excerpt="Jean2",
            fingerprint="ad6f65349bbf2628",
            says='Jean2 Dupont (line 3) has a digit in "Prénom": Jean2',
        ),
    ),
    "a name for an address": case(
        cell(adresse_e_mail="Dupont"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="Dupont",
            fingerprint="825c10327e7e7192",
            says='Jean Dupont (line 3) has no @ in "Adresse e-mail": Dupont',
        ),
    ),
}
PASSES = {
    "Louis II": cell(prenom="Louis II"),
    "an apostrophe": cell(nom="O’Brien-N'Guyen"),
}

test_fails, test_passes = cases_of("LST114", FAILS, PASSES)
