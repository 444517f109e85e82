"""XRC401: No address, number or reference of somebody else."""

from __future__ import annotations

import pytest
from lint_cases import HEADERS, LETTER, PEOPLE, changed, inspection_of, table_of
from rule_cases import Case, case, cases_of, cell, expect, found, letter, second_address

LONG = (
    "Juriste au service du contentieux, à plein temps. Nous vous renvoyons au dossier {} pour la suite. Le service "
    "vous répondra dans les meilleurs délais."
)


def everywhere(text: str, after: str = "") -> Case:
    """What is the first person's, in the job of everybody but the last."""
    rows = [(*row[:4], text, *row[5:]) for row in PEOPLE[:5]] + [PEOPLE[5]]
    return lambda: inspection_of(rows, LETTER + ("\n{{ poste }}" + after if after else ""))


FAILS = {
    "the second address of somebody else": case(
        second_address(2),
        expect(
            record=1,
            line=2,
            field="poste",
            excerpt="perso2@y.example",
            fingerprint="bdef345dfcb513bc",
            says='Inès Petit (line 2) would see the e-mail address of Jean Dupont (line 3) in "Poste": perso2@y.example',
        ),
    ),
    "an address": case(
        cell(poste="voir ines.petit@mail.example"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="voir ines.petit@mail.example",
            fingerprint="3dc6c1efdc6a6e35",
            says='Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2) in "Poste": voir ines.petit@mail.example',
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
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": Juriste, dossier RC-0017',
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
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": Juriste, dossier rc 0017',
        ),
    ),
    "a telephone number": case(
        cell(poste="Juriste, tél. +33 (0)6.12.34.56.01"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste, tél. +33 (0)6.12.34.56.01",
            fingerprint="bffd6a7f1127ff57",
            says='Jean Dupont (line 3) would see the telephone number of Inès Petit (line 2) in "Poste": Juriste, tél. +33 (0)6.12.34.56.01',
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
            fingerprint="a58b5bd24ad9cb61",
            says='Jean Dupont (line 3) would see the social security number of Inès Petit (line 2) in "Poste": 289054958815080',
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
            fingerprint="fa9ecac5442018c2",
            says='Jean Dupont (line 3) would see the bank account number of Inès Petit (line 2) in "Poste": FR76 3000 6000 0112 3456 7890 180',
        ),
    ),
    "a reference that the letter puts together far from any field": case(
        letter("RC-{% if nom %}0017{% endif %}\n" + LONG),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="RC-0017",
            fingerprint="43da7cc1d13d342d",
            says="5 people would see the reference of Inès Petit (line 2) in the text of lettre.md: lines 3, 4, 5, 6, 7",
        ),
    ),
    "a reference that the letter puts together": case(
        letter("RC-{% if nom %}0017{% endif %}"),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="RC-0017",
            fingerprint="43da7cc1d13d342d",
            says="5 people would see the reference of Inès Petit (line 2) in the text of lettre.md: lines 3, 4, 5, 6, 7",
        ),
    ),
    "a telephone number that the letter puts together": case(
        letter("06 12 34 {% if nom %}56 01{% endif %}"),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="06 12 34 56 01",
            fingerprint="4935c2adadbb954d",
            says="5 people would see the telephone number of Inès Petit (line 2) in the text of lettre.md: lines 3, 4, 5, 6, 7",
        ),
    ),
    "an address in capitals": case(
        cell(poste="voir INES.PETIT@Mail.example"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="voir INES.PETIT@Mail.example",
            fingerprint="3dc6c1efdc6a6e35",
            says='Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2) in "Poste": voir INES.PETIT@Mail.example',
        ),
    ),
    "an address in a value of two fields": case(
        lambda: inspection_of(
            changed(2, poste="ines.petit"), LETTER.replace("{{ reference }}", "{{ poste ~ '@mail.example' }}")
        ),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="ines.petit@mail.example",
            fingerprint="3dc6c1efdc6a6e35",
            says='Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2) in "Poste": ines.petit@mail.example',
        ),
    ),
    "an address over two fields": case(
        lambda: inspection_of(changed(2, poste="ines.petit"), LETTER + "\n{{ poste }}@{{ 'mail.example' }}\n"),
        expect(
            record=2,
            line=3,
            excerpt="ines.petit@mail.example",
            fingerprint="3dc6c1efdc6a6e35",
            says="Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2): ines.petit@mail.example",
        ),
    ),
    "a telephone number over two fields": case(
        lambda: inspection_of(changed(2, poste="06 12 34"), LETTER + "\n{{ poste }} 56 {{ '01' }}\n"),
        expect(
            record=2,
            line=3,
            excerpt="06 12 34 56 01",
            fingerprint="bffd6a7f1127ff57",
            says="Jean Dupont (line 3) would see the telephone number of Inès Petit (line 2): 06 12 34 56 01",
        ),
    ),
    "a reference over two fields": case(
        lambda: inspection_of(changed(2, poste="RC"), LETTER + "\n{{ poste }}-{{ '0017' }}\n"),
        expect(
            record=2,
            line=3,
            excerpt="RC-0017",
            fingerprint="6749af3e3d695f37",
            says="Jean Dupont (line 3) would see the reference of Inès Petit (line 2): RC-0017",
        ),
    ),
    "a long text with an address": case(
        cell(poste=LONG.format("ines.petit@mail.example")),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Nous vous renvoyons au dossier ines.petit@mail.example pour la suite.",
            fingerprint="3dc6c1efdc6a6e35",
            says='Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2) in "Poste": Nous vous renvoyons au dossier ines.petit@mail.example pour…',
        ),
    ),
    "a long text with a telephone number": case(
        cell(poste=LONG.format("06.12.34.56.01")),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Nous vous renvoyons au dossier 06.12.34.56.01 pour la suite.",
            fingerprint="bffd6a7f1127ff57",
            says='Jean Dupont (line 3) would see the telephone number of Inès Petit (line 2) in "Poste": Nous vous renvoyons au dossier 06.12.34.56.01 pour la suite.',
        ),
    ),
    "a long text with a reference": case(
        cell(poste=LONG.format("rc 0017")),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Nous vous renvoyons au dossier rc 0017 pour la suite.",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": Nous vous renvoyons au dossier rc 0017 pour la suite.',
        ),
    ),
    "a text of 79 characters": case(
        cell(poste="Juriste. ".ljust(71, "x") + " RC-0017"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste. xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx RC-0017",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": Juriste. xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
        ),
    ),
    "a text of 80 characters": case(
        cell(poste="Juriste. ".ljust(72, "x") + " RC-0017"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx RC-0017",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
        ),
    ),
    "a long text of several lines": case(
        cell(poste=LONG.format("x") + "\nDossier RC-0017\n" + LONG.format("x")),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Dossier RC-0017",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": Dossier RC-0017',
        ),
    ),
    "the same reference in four messages": case(
        everywhere("RC-0017"),
        expect(
            record=2,
            line=3,
            field="poste",
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="RC-0017",
            fingerprint="43da7cc1d13d342d",
            says='4 people would see the reference of Inès Petit (line 2) in "Poste": lines 3, 4, 5, 6',
        ),
    ),
    "an address over four messages, in two fields": case(
        everywhere("ines.petit", "@{{ 'mail.example' }}"),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="ines.petit@mail.example",
            fingerprint="8eb68fdaa5a246bf",
            says="4 people would see the e-mail address of Inès Petit (line 2): lines 3, 4, 5, 6",
        ),
    ),
}
PASSES = {
    "one's own second address": second_address(1),
    "one's own": letter("{{ reference }} {{ telephone }}"),
    "a landline that two share": lambda: inspection_of(
        changed(2, telephone=PEOPLE[0][6]), LETTER + "\n{{ telephone }}\n"
    ),
    "a number that only ends the same": letter("{{ '96 12 34 56 01' }}"),
    "an address that nobody of the table has": cell(poste="voir accueil@autre.example"),
    "a name that the letter puts together far from any field": letter("Inès {% if nom %}Petit{% endif %}\n" + LONG),
    "a name that the letter puts together": letter("Inès {% if nom %}Petit{% endif %}"),
    "a year": cell(poste="Juriste 2026"),
}

test_fails, test_passes = cases_of("XRC401", FAILS, PASSES)


@pytest.mark.parametrize(
    ("name", "others"), [("an address", (1,)), ("the same reference in four messages", (3, 4, 5, 1))]
)
def test_the_others_are_named(name: str, others: tuple[int, ...]) -> None:
    finding = found(FAILS[name][0](), "XRC401")[0]
    assert finding.others == others


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("an address", 'Correct "Poste": it contains another person\'s data.'),
        (
            "a reference over two fields",
            "Correct the cells that the letter prints: they contain another person's data.",
        ),
    ],
)
def test_the_remedy_names_the_column(name: str, fix: str) -> None:
    assert found(FAILS[name][0](), "XRC401")[0].fix == fix
