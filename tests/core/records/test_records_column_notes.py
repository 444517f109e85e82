"""Rows that say what the columns take, and lone words around the people, are nobody; who may be somebody stays."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from each_row import each_row
from test_records_neighbours import HEADERS, PEOPLE, read
from test_records_set_aside import WRITERS, Rows

TYPES = {
    "fr": ("texte", "Texte", "obligatoire", "facultatif", "max 50 car.", "50 caractères max", "(JJ/MM/AAAA)",
           "jj/mm/aaaa", "texte obligatoire", "liste déroulante", "nombre entier", "Texte (50 car.)",
           "(texte)", "en euros"),
    "en": ("text", "TEXT", "required", "optional", "max 50 chars", "varchar(50)", "(DD/MM/YYYY)",
           "yyyy-mm-dd", "string",
           "Text, max. 50 characters", "integer", "mandatory", "date (MM/DD/YYYY)", "email"),
    "de": ("Text", "Pflichtfeld", "optional", "max. 50 Zeichen", "TT.MM.JJJJ", "(TT.MM.JJJJ)", "Zahl", "Auswahlliste",
           "Text (max. 30 Zeichen)", "Datum (TT.MM.JJJJ)"),
    "es": ("texto", "obligatorio", "opcional", "máx. 50 caracteres", "DD/MM/AAAA", "lista", "número",
           "fecha (dd/mm/aaaa)"),
    "it": ("testo", "obbligatorio", "facoltativo", "max 50 caratteri", "GG/MM/AAAA", "testo libero",
           "data (gg/mm/aaaa)"),
    "nl": ("tekst", "verplicht", "optioneel", "max. 50 tekens", "DD-MM-JJJJ", "vrije tekst", "datum (dd-mm-jjjj)"),
}  # fmt: skip
LONE = {
    "fr": ("Fin", "FIN", "- Fin -", "Source", "Version 2", "v2", "V1.3", "Confidentiel", "CONFIDENTIEL",
           "Brouillon", "Provisoire",
           "Usage interne", "Annexe 1", "Version du 12/03/2026", "Strictement confidentiel", "Usage interne RH",
           "Liste provisoire", "Source INSEE", "Version finale", "Dernière page", "Brouillon n° 3", "RH"),
    "en": ("End", "End of list", "Sources", "Version 2.1", "Rev. 3", "Confidential", "Draft", "Draft 3",
           "Internal use only",
           "Appendix 2", "Printed 12/03"),
    "de": ("Ende", "Listenende", "Quelle", "Version 2", "Stand 12.03.", "Stand: 12.03.2026", "Vertraulich",
           "Entwurf", "Anlage 1",
           "Streng vertraulich"),
    "es": ("Fin de la lista", "Fuente", "Versión 2", "Confidencial", "Borrador", "Anexo 1"),
    "it": ("Fine", "Fonte", "Versione 2", "Riservato", "Bozza", "Allegato 1"),
    "nl": ("Einde", "Bron", "Versie 2", "Vertrouwelijk", "Bijlage 1", "Einde lijst"),
}  # fmt: skip
TYPES_OF = [(language, text) for language, texts in TYPES.items() for text in texts]
LONE_OF = [(language, text) for language, texts in LONE.items() for text in texts]


def assert_only_people(folder: Path, rows: Rows, kind: str, words: str) -> None:
    table = read(folder, rows, kind)
    assert [list(record.values) for record in table.records] == PEOPLE
    assert table.defects == ()
    assert words in table.notices[0]


@each_row("language, text", TYPES_OF)
def test_a_row_of_types_below_the_header_is_left_out_and_named(tmp_path: Path, language: str, text: str):
    kinds = list(WRITERS)
    for number, row in enumerate(([text, text, text], ["", "", text], [text, TYPES[language][0], TYPES[language][1]])):
        assert_only_people(tmp_path, [HEADERS[language], row, *PEOPLE], kinds[number], text)


@each_row("language", HEADERS)
@each_row("kind", WRITERS)
def test_several_rows_of_types_are_left_out_and_named(tmp_path: Path, language: str, kind: str):
    first, _, third = TYPES[language][:3]
    rows = [HEADERS[language], [first] * 3, [third, "", third], *PEOPLE]
    assert_only_people(tmp_path, rows, kind, first)


@each_row("pair", [pair for pair in product(HEADERS, HEADERS) if pair[0] != pair[1]])
def test_a_second_header_in_another_language_is_left_out(tmp_path: Path, pair: tuple[str, str]):
    table = read(tmp_path, [HEADERS[pair[0]], HEADERS[pair[1]], *PEOPLE])
    assert [list(record.values) for record in table.records] == PEOPLE


@each_row("language, text", LONE_OF)
def test_a_lone_word_around_the_people_is_left_out_and_named(tmp_path: Path, language: str, text: str):
    header = HEADERS[language]
    for number, (kind, row) in enumerate(product(WRITERS, ([text, "", ""], ["", text, ""]))):
        below = [[], row] if number % 2 else [row]
        assert_only_people(tmp_path, [header, *PEOPLE, *below], kind, text)
        assert_only_people(tmp_path, [header, row, *PEOPLE], kind, text)
        above = read(tmp_path, [row, [], header, *PEOPLE], kind)
        assert [list(record.values) for record in above.records] == PEOPLE


HEADINGS = (
    "Service RH", "Département Ventes", "Candidats refusés", "Équipe 2", "Department: Sales", "Team North",
    "Candidates seen in March", "Abteilung Personal", "Bewerber der ersten Runde", "Departamento de Ventas",
    "Reparto vendite", "Afdeling Verkoop", "A", "M",
)  # fmt: skip


@each_row("text", HEADINGS)
def test_a_heading_between_the_people_is_left_out_and_named(tmp_path: Path, text: str):
    for number, kind in enumerate(WRITERS):
        row = [text, "", ""] if number else ["", text, ""]
        rows = [HEADERS["fr"], row, *PEOPLE[:3], ["Service Achats", "", ""], *PEOPLE[3:]]
        assert_only_people(tmp_path, rows, kind, text)


ROWS = (
    ["texte", "Saisie libre", "adresse valide"], ["oui", "oui", "non"], ["Y", "Y", "N"], ["1", "2", "3"],
    ["A", "B", "C"], ["*", "*", "x"], ["max. 50 caractères", "max. 50 caractères", "e-mail"],
    ["nvarchar(50)", "nvarchar(50)", "nvarchar(100)"], ["Mandatory field", "Mandatory field", "Email address"],
    ["Zeichenkette", "Zeichenkette", "gültige E-Mail-Adresse"],
)  # fmt: skip


@each_row("row", ROWS)
@each_row("kind", WRITERS)
def test_a_row_that_says_what_columns_take_in_several_ways_is_left_out(tmp_path: Path, row: list[str], kind: str):
    assert_only_people(tmp_path, [HEADERS["fr"], row, *PEOPLE], kind, row[0])


SOMEBODY = (
    ["Max", "Date", ""], ["", "Date", ""], ["Mail", "", ""], ["Max", "", ""], ["Ana", "Text", ""], ["Finn", "", ""],
    ["", "Endel", ""], ["Hugo", "Fin", ""], ["Fin", "Petit", ""], ["Page", "", ""], ["Data", "Kumar", ""],
    ["", "Petit", ""], ["Kim", "Day", "?"], ["List", "", ""], ["Version", "Petit", ""],
    ["Team", "", ""], ["Ng", "", ""], ["O", "Petit", ""],
)  # fmt: skip


@each_row("row", SOMEBODY)
def test_whoever_may_be_somebody_stays(tmp_path: Path, row: list[str]):
    for rows in ([row, *PEOPLE], [*PEOPLE, row], [*PEOPLE[:3], row, *PEOPLE[3:]]):
        assert row in [list(record.values) for record in read(tmp_path, [HEADERS["fr"], *rows]).records]


FURTHER = ["N°", "Poste", "Dossier"]
SECOND = (
    ["No.", "Job", "File"], ["Nr.", "Stelle", "Akte"], ["#", "Puesto", "Expediente"], ["", "Positie", ""],
    ["n/a", "Job title (as in the contract)", "File 2"],
)  # fmt: skip


@each_row("further", SECOND)
@each_row("language", HEADERS)
def test_a_second_header_is_left_out_whatever_its_further_columns_are_called(
    tmp_path: Path, language: str, further: list[str]
):
    people = [["7", *person, "Achats", "00012"] for person in PEOPLE]
    for kind in WRITERS:
        rows = [
            [FURTHER[0], *HEADERS["fr"], *FURTHER[1:]],
            [further[0], *HEADERS[language], *further[1:]],
            *people,
        ]
        table = read(tmp_path, rows, kind)
        assert [list(record.values) for record in table.records] == people
        assert table.defects == ()


NO_HEADER = (
    ["Ana", "Dupont", "mail"], ["Ana", "Nom", "e-mail"], ["Prénom", "Petit", "E-mail"], ["", "", "E-mail"],
    ["Prénom", "Nom", "par courrier"], ["Prénom", "Nom", ""],
)  # fmt: skip


@each_row("row", NO_HEADER)
def test_whoever_has_a_header_for_an_address_stays(tmp_path: Path, row: list[str]):
    rows = [[*HEADERS["fr"], "Ville"], [*row, "Albi"], *([*person, "Pau"] for person in PEOPLE)]
    assert [*row, "Albi"] in [list(record.values) for record in read(tmp_path, rows).records]


EXAMPLES = (
    "ex. : {}", "Ex : {}", "ex: {}", "exemple : {}", "Example: {}", "e.g. {}", "z. B. {}", "Beispiel: {}", "p. ej. {}",
    "Esempio: {}", "bijv. {}", "(ex. : {})", "np. {}",
)  # fmt: skip


@each_row("form", EXAMPLES)
@each_row("kind", WRITERS)
def test_a_line_of_examples_below_the_header_is_left_out_and_named(tmp_path: Path, form: str, kind: str):
    first, last, address = map(form.format, ["Jean", "DUPONT", "jean.dupont@mail.example"])
    for row in ([first, last, address], ["", "", address], ["", last, address]):
        assert_only_people(tmp_path, [HEADERS["fr"], row, *PEOPLE], kind, next(filter(None, row))[:12])


@each_row("row", [["Ex", "Petit", "ex@mail.example"], ["Jean", "ex. : Petit", "jean@mail.example"],
                  ["ex. : Jean", "Petit", "ex.jean@mail.example"], ["Es.", "Bianchi", "es@mail.example"]])  # fmt: skip
def test_whoever_is_no_example_stays(tmp_path: Path, row: list[str]):
    assert row in [list(record.values) for record in read(tmp_path, [HEADERS["fr"], row, *PEOPLE]).records]


@each_row("header", ["Adresse @", "@", "E-mail (@)", "Adr. @ pro", "Courriel"])
def test_a_header_with_the_sign_of_an_address_is_nobody_where_it_is_repeated(tmp_path: Path, header: str):
    titles = ["Nom", "Prénom", header]
    for kind in WRITERS:
        assert_only_people(tmp_path, [titles, *PEOPLE[:2], titles, *PEOPLE[2:], titles], kind, header)


@each_row("numbers", [("1", "2", "3"), ("(1)", "(2)", "(3)"), ("[1]", "[2]", "[3]"), ("(A)", "(B)", "(C)")])
def test_the_numbers_of_the_columns_are_nobody(tmp_path: Path, numbers: tuple[str, ...]):
    for kind in WRITERS:
        assert_only_people(tmp_path, [HEADERS["fr"], list(numbers), *PEOPLE], kind, numbers[2])
