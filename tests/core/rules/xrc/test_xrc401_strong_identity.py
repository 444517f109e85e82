"""XRC401: No address, number or reference of somebody else."""

from __future__ import annotations

from lint_cases import HEADERS, LETTER, PEOPLE, changed, inspection_of, table_of
from rule_cases import case, cases_of, cell, expect, letter, second_address

FAILS = {
    "the second address of somebody else": case(
        second_address(2),
        expect(
            record=1,
            line=2,
            field="poste",
            excerpt="perso2@y.example",
            fingerprint="92ca81bc519db3bf",
            says='Inès Petit (line 2) would read the e-mail address of Jean Dupont (line 3) in "poste": perso2@y.example',
        ),
    ),
    "an address": case(
        cell(poste="voir ines.petit@mail.example"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="voir ines.petit@mail.example",
            fingerprint="aaed82f55f24bf8a",
            says='Jean Dupont (line 3) would read the e-mail address of Inès Petit (line 2) in "poste": voir ines.petit@mail.example',
        ),
    ),
    "a reference": case(
        cell(poste="Juriste, dossier RC-0017"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste, dossier RC-0017",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would read the reference of Inès Petit (line 2) in "poste": Juriste, dossier RC-0017',
        ),
    ),
    "a reference in lower case": case(
        cell(poste="Juriste, dossier rc 0017"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste, dossier rc 0017",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would read the reference of Inès Petit (line 2) in "poste": Juriste, dossier rc 0017',
        ),
    ),
    "a telephone number": case(
        cell(poste="Juriste, tél. +33 (0)6.12.34.56.01"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste, tél. +33 (0)6.12.34.56.01",
            fingerprint="cbb76a467daa298d",
            says='Jean Dupont (line 3) would read the telephone number of Inès Petit (line 2) in "poste": Juriste, tél. +33 (0)6.12.34.56.01',
        ),
    ),
    "a social security number": case(
        lambda: inspection_of(
            table_of(
                [
                    (*row[:4], "289054958815080" if n == 1 else row[4], *row[5:], f"2 89 05 49 588 15{n} 80")
                    for n, row in enumerate(PEOPLE)
                ],
                (*HEADERS, "NIR"),
            )
        ),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="289054958815080",
            fingerprint="55e1c8ce6e850738",
            says='Jean Dupont (line 3) would read the social security number of Inès Petit (line 2) in "poste": 289054958815080',
        ),
    ),
    "an IBAN": case(
        lambda: inspection_of(
            table_of(
                [
                    (
                        *row[:4],
                        row[4] if n != 1 else "FR76 3000 6000 0112 3456 7890 180",
                        *row[5:],
                        f"FR7630006000011234567890 18{n}",
                    )
                    for n, row in enumerate(PEOPLE)
                ],
                (*HEADERS, "IBAN"),
            )
        ),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="FR76 3000 6000 0112 3456 7890 180",
            fingerprint="8f519dbbe9da3feb",
            says='Jean Dupont (line 3) would read the bank account number of Inès Petit (line 2) in "poste": FR76 3000 6000 0112 3456 7890 180',
        ),
    ),
}
PASSES = {
    "one's own second address": second_address(1),
    "one's own": letter("{{ reference }} {{ telephone }}"),
    "a landline that two share": lambda: inspection_of(
        changed(2, telephone=PEOPLE[0][6]), LETTER + "\n{{ telephone }}\n"
    ),
    "a year": cell(poste="Juriste 2026"),
}

test_fails, test_passes = cases_of("XRC401", FAILS, PASSES)
