"""LST115: Only real people."""

from __future__ import annotations

from lint_cases import HEADERS, PEOPLE, inspection_of, table_of
from rule_cases import Case, case, cases_of, cell, cells, expect, headerless


def narrow(headers: tuple[str, ...], row: tuple[str, ...]) -> Case:
    """A table of few columns, with this row below somebody's."""
    somebody = ("Gil", "ana.gil@mail.example", "Albi", "Juriste", "x")[: len(headers)]
    table = table_of([somebody, row], headers, email="mail", first_name="", last_name="nom")
    return lambda: inspection_of(table, "Subject: Bonjour\n\nBonjour {{ nom }},\n")


FAILS = {
    "toto": case(
        cells(nom=(2, "Toto"), prenom=(2, "Test"), adresse_e_mail=(2, "test@exemple.test")),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            fingerprint="4f084c2f64ca38d3",
            says="Test Toto (line 3) looks like a test row",
        ),
    ),
    "the headers again": case(
        lambda: inspection_of([*PEOPLE, HEADERS]),
        expect(
            record=7,
            line=8,
            field="adresse_e_mail",
            fingerprint="c84eb90c1cb7b95d",
            says="Prénom Nom (line 8): this row repeats the headers",
        ),
    ),
    "a test name at a test provider": case(
        cells(nom=(2, "Essai"), adresse_e_mail=(2, "jean.d@yopmail.com")),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            fingerprint="97022d88e92d47bf",
            says="Jean Essai (line 3) looks like a test row",
            fix="Delete the row, or exclude it.",
        ),
    ),
    "a number after the test address": case(
        cells(nom=(2, "Demo"), adresse_e_mail=(2, "Test12@mail.example")),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            fingerprint="bb951b12109f4548",
            says="Jean Demo (line 3) looks like a test row",
            fix="Delete the row, or exclude it.",
        ),
    ),
    "half of the headers": case(
        lambda: inspection_of([*PEOPLE, (HEADERS[0], "Ana", *HEADERS[2:5], "RC-9", "")]),
        expect(
            record=7,
            line=8,
            field="adresse_e_mail",
            fingerprint="c09f0f51c3e4394e",
            says="Ana Nom (line 8): this row repeats the headers",
            fix="Delete the row, or exclude it.",
        ),
    ),
    "many tests": case(
        lambda: inspection_of(
            [*PEOPLE, *(("M.", "Foo", "Bar", f"toto{n}@mail.example", "x", f"R-{n}", "") for n in range(5))]
        ),
        expect(
            record=7,
            line=8,
            field="adresse_e_mail",
            affected=(7, 8, 9, 10, 11),
            count=5,
            others=(8, 9, 10, 11),
            fingerprint="dc7939d9b810fa3e",
            says="5 rows look like test rows (lines 8, 9, 10, 11, 12)",
            fix="Delete the row, or exclude it.",
        ),
    ),
    "many headers": case(
        lambda: inspection_of([*PEOPLE, *[HEADERS] * 5]),
        expect(
            record=7,
            line=8,
            field="adresse_e_mail",
            affected=(7, 8, 9, 10, 11),
            count=5,
            others=(8, 9, 10, 11),
            fingerprint="42b114b928074cdb",
            says="5 rows repeat the headers (lines 8, 9, 10, 11, 12)",
            fix="Delete the row, or exclude it.",
        ),
    ),
    "the headers of two columns": case(
        narrow(("Nom", "Mail"), ("nom", "MAIL")),
        expect(
            record=2,
            line=3,
            field="mail",
            fingerprint="b66a482185bff557",
            says="nom (line 3): this row repeats the headers",
            fix="Delete the row, or exclude it.",
        ),
    ),
    "half of the headers of four columns": case(
        narrow(("Nom", "Mail", "Ville", "Poste"), ("Ana", "Mail", "Ville", "x")),
        expect(
            record=2,
            line=3,
            field="mail",
            fingerprint="7e618e6cc3c2239e",
            says="Ana (line 3): this row repeats the headers",
            fix="Delete the row, or exclude it.",
        ),
    ),
}
PASSES = {
    "Jean Test": cell(nom="Test", adresse_e_mail="jean.test@mail.example"),
    "a test address of somebody": cell(adresse_e_mail="test@mail.example"),
    "a test provider of somebody": cell(adresse_e_mail="jean.dupont@yopmail.com"),
    "one header": cell(poste="Poste"),
    "three headers of seven": cells(civilite=(2, "Civilité"), poste=(2, "Poste"), reference=(2, "Référence")),
    "no address": cells(nom=(2, "Test"), adresse_e_mail=(2, "")),
    "a name that only begins so": cells(nom=(2, "Testard"), adresse_e_mail=(2, "test@mail.example")),
    "one of two headers": narrow(("Nom", "Mail"), ("Nom", "nom@mail.example")),
    "two of five headers": narrow(("Nom", "Mail", "Ville", "Poste", "Note"), ("Ana", "Mail", "Ville", "x", "y")),
    "blank cells below blank headers": headerless(
        "ville", headerless("poste", narrow(("Nom", "Mail", "Ville", "Poste"), ("Zoé", "zoe@mail.example", "", "")))
    ),
}

test_fails, test_passes = cases_of("LST115", FAILS, PASSES)
