"""LST103: Accents are accents, not the wreck of an encoding."""

from __future__ import annotations

from rule_cases import case, cases_of, cell, column, expect

FAILS = {
    "decoded twice": case(
        cell(prenom="HÃ©lÃ¨ne"),
        expect(
            record=2,
            line=3,
            field="prenom",
            excerpt="HÃ©lÃ¨ne",
            fingerprint="9ced81c11953e33d",
            says='HÃ©lÃ¨ne Dupont (line 3) has broken characters in "Prénom": HÃ©lÃ¨ne; it should probably read Hélène',
        ),
    ),
    "replacement characters": case(
        cell(nom="Lef\ufffdvre"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Lef�vre",
            fingerprint="1bc591d6d255e1de",
            says='Jean Lef�vre (line 3) has broken characters in "Nom": Lef�vre',
        ),
    ),
    "a control character": case(
        cell(nom="Lef\x92vre"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Lef\x92vre",
            fingerprint="b1f0434e9d4b3209",
            says='Jean Lef‹U+0092›vre (line 3) has broken characters in "Nom": Lef‹U+0092›vre',
        ),
    ),
    "lost accents": case(
        cell(prenom="H?l?ne"),
        expect(
            record=2,
            line=3,
            field="prenom",
            excerpt="H?l?ne",
            fingerprint="2a82f9fdcf94863e",
            says='H?l?ne Dupont (line 3) has broken characters in "Prénom": H?l?ne',
        ),
    ),
    "Mac Roman": case(
        cell(prenom="HÈlËne"),
        expect(
            record=2,
            line=3,
            field="prenom",
            excerpt="HÈlËne",
            fingerprint="30992a6a580c027c",
            says='HÈlËne Dupont (line 3) has broken characters in "Prénom": HÈlËne',
        ),
    ),
}
PASSES = {
    "JOÃO": cell(prenom="JOÃO"),
    "many accents": cell(prenom="Zoë", nom="Ñúñez-Ibáñez de l’Être"),
    "Âge": cell(poste="Œnologue à Âmes"),
    "a question": cell(poste="Juriste ?"),
    "a field that nobody uses": column("Vieux", "HÃ©"),
}

test_fails, test_passes = cases_of("LST103", FAILS, PASSES)
