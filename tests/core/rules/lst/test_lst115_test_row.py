"""LST115: Only real people."""

from __future__ import annotations

import pytest
from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, table_of
from rule_cases import Case, case, cases_of, cell, cells, expect, found, headerless

from mailmerge.lint import check
from mailmerge.model import Severity


def narrow(headers: tuple[str, ...], row: tuple[str, ...]) -> Case:
    """A table of few columns, with this row below somebody's."""
    somebody = ("Gil", "ana.gil@mail.example", "Albi", "Juriste", "x")[: len(headers)]
    table = table_of([somebody, row], headers, email="mail", first_name="", last_name="nom")
    return lambda: inspection_of(table, "Subject: Bonjour\n\nBonjour {{ nom }},\n")


FAILS = {
    "a line of totals": case(
        lambda: inspection_of([*PEOPLE, line_of("Total", 0, _5="12 500", _6="3")]),
        expect(
            record=7,
            line=8,
            severity=Severity.BLOCK,
            whole_row=True,
            fingerprint="f44735cf44f3be08",
            says="line 8: this line looks like a total, not a person",
            fix="Delete this line from the table.",
        ),
    ),
    "a line below the table": case(
        lambda: inspection_of([*PEOPLE, line_of("Source : SIRH, export du 3 mars", 2)]),
        expect(
            record=7,
            line=8,
            severity=Severity.BLOCK,
            whole_row=True,
            fingerprint="55841e948e0c9c93",
            says="Source : SIRH, export du 3 mars (line 8): this line looks like a note or a signature below the table, not a person",
            fix="Delete this line from the table.",
        ),
    ),
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
    "many lines of totals": case(
        lambda: inspection_of([*PEOPLE, *(line_of("Total", 0, _5=f"{n} 500") for n in range(4))]),
        expect(
            record=7,
            line=8,
            severity=Severity.BLOCK,
            affected=(7, 8, 9, 10),
            count=4,
            whole_row=True,
            fingerprint="3d4afeaa4ebea8c2",
            says="4 lines look like totals, not people (lines 8, 9, 10, 11)",
        ),
    ),
    "many lines below the table": case(
        lambda: inspection_of(
            [
                *PEOPLE,
                *(line_of(f"{word} : SIRH, export du 3 mars", 2) for word in ("Source", "Origine", "Note", "Fichier")),
            ]
        ),
        expect(
            record=7,
            line=8,
            severity=Severity.BLOCK,
            affected=(7, 8, 9, 10),
            count=4,
            whole_row=True,
            fingerprint="b158489bcb544798",
            says="4 lines look like notes or signatures below the table, not people (lines 8, 9, 10, 11)",
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


TOTALS = (
    "Total", "TOTAL", "Total :", "Totaux", "Sous-total", "Total général", "Somme", "Moyenne", "Total candidats", "Effectif",
    "Total (6)", "Average", "Grand total", "Mean", "Sum", "Count: 6", "Summe", "Gesamt", "Gesamtsumme", "Mittelwert",
    "Durchschnitt", "Anzahl", "Suma", "Promedio", "Totale", "Media", "Somma", "Total geral", "Média", "Soma", "Totaal",
    "Gemiddelde", "Razem", "Średnia",
)  # fmt: skip
NOTES = (
    "Fait à Toulouse, le 3 mars 2026", "Signature : Claire Martin", "La directrice des ressources humaines", "* sous réserve",
    "(1) hors alternance", "NB : liste provisoire", "Source : SIRH, export du 3 mars", "Mise à jour le 03/03/2026", "Page 1/1",
    "liste arrêtée au 3 mars 2026", "Pour toute question : rh@exemple.test", "Contact : Claire Martin, poste 12",
    "Signed: C. Martin, HR", "Last updated 3 March 2026", "Note: figures are provisional", "these people were seen in March",
    "Unterschrift", "Stand: 03.03.2026", "Hinweis: vorläufige Liste", "Fuente: RR. HH.", "Firmato: C. Martin",
    "Bijgewerkt op 3 maart", "Źródło: dział kadr",
)  # fmt: skip
BLANK = ("",) * len(HEADERS)


def line_of(text: str, at: int, **others: str) -> tuple[str, ...]:
    row = list(BLANK)
    row[at] = text
    for position, value in others.items():
        row[int(position[1:])] = value
    return tuple(row)


EXAMPLES = (
    "exemple@maison.example", "exemple2@maison.example", "prenom.nom@maison.example", "firstname_lastname@x.test",
    "votre.nom@maison.example", "Vorname.Nachname@x.test", "jean.dupont@exemple.fr", "j.doe@example.com",
)  # fmt: skip


@each_row("address", EXAMPLES)
def test_an_address_that_is_an_example_is_nobodys(address: str) -> None:
    row = ("M.", "Jean", "Dupond", address, "Juriste", "RC-0099", "")
    findings = found(inspection_of([*PEOPLE, row], LETTER), "LST115")
    assert [(each.says.id, each.record) for each in findings] == [("lst115.test", 7)]


@each_row("address", ["nom@maison.example", "anna.nom@x.test", "p.last@x.test", "mail@x.test", "exemplaire@x.test"])
def test_an_address_with_one_word_of_an_example_may_be_somebodys(address: str) -> None:
    row = ("M.", "Jean", "Dupond", address, "Juriste", "RC-0099", "")
    assert found(inspection_of([*PEOPLE, row], LETTER), "LST115") == []


@each_row("text", TOTALS)
@each_row("at", [0, 2, 4])
def test_a_line_of_totals_is_told_as_what_it_is(text: str, at: int) -> None:
    for rows in (
        [*PEOPLE, line_of(text, at, _5="12 500", _6="3")],
        [*PEOPLE[:3], line_of(text, at, _5="3"), *PEOPLE[3:]],
    ):
        findings = check(inspection_of(rows)).findings
        assert [(each.rule, each.says.id, each.severity) for each in findings] == [
            ("LST115", "lst115.total", Severity.BLOCK)
        ]


@each_row("text", NOTES)
@each_row("at", [0, 2, 3])
def test_what_is_written_below_the_table_is_told_as_what_it_is(text: str, at: int) -> None:
    for below in (
        (line_of(text, at),),
        (line_of("Total", 1, _5="6"), line_of(text, at)),
        (line_of(text, at), line_of("Claire Martin", 1)),
    ):
        findings = check(inspection_of([*PEOPLE, *below])).findings
        assert {(each.rule, each.severity) for each in findings} == {("LST115", Severity.BLOCK)}
        assert {number for each in findings for number in each.affected} == set(range(7, 7 + len(below)))


def test_sums_without_a_word_below_the_people_are_a_total() -> None:
    assert [each.says.id for each in found(inspection_of([*PEOPLE, line_of("12 500,00 €", 5, _6="42")]), "LST115")] == [
        "lst115.total"
    ]


def test_whom_to_ask_below_the_people_is_nobody_to_write_to() -> None:
    findings = found(inspection_of([*PEOPLE, line_of("Contact RH", 2, _3="service.rh@mail.example")]), "LST115")
    assert [(each.says.id, each.record) for each in findings] == [("lst115.note", 7)]


@pytest.mark.parametrize(
    "row",
    [
        ("M.", "Jean", "Total", "jean.total@mail.example", "Juriste", "RC-0099", ""),
        ("M.", "Jean", "Total", "", "Juriste", "RC-0099", ""),
        ("", "", "Somme", "c.somme@mail.example", "", "", ""),
        ("", "Marie", "Moyenne", "", "", "", ""),
        ("", "", "Maria da Silva Santos Pereira", "", "", "", ""),
        ("", "", "Durand", "", "", "", ""),
        ("Mme", "Page", "Note", "page.note@mail.example", "Contact", "RC-0100", ""),
        ("", "", "", "x.source@mail.example", "", "", ""),
    ],
)  # fmt: skip
def test_a_person_is_no_total_and_no_note(row: tuple[str, ...]) -> None:
    for rows in ([*PEOPLE, row], [row, *PEOPLE]):
        assert found(inspection_of(rows, LETTER), "LST115") == []


def test_a_table_without_any_address_has_no_foot() -> None:
    assert found(inspection_of([line_of("Total", 0), line_of("Page 1/1", 0)]), "LST115") == []
