"""Tables as offices have them: the right person, the right address, the right sheet; a doubt is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import each_row
from workbook_files import Sheet, ods, xlsx

from mailmerge.errors import EmailColumnUnclear
from mailmerge.records import read_table
from mailmerge.records.columns.headers import name_header
from mailmerge.records.columns.name_headers import NameHeader, NamePart
from mailmerge.records.delimited.encoding_guess import choose_encoding

PEOPLE = [("Zoé", "Lefèvre"), ("Paul", "Dupont"), ("Ana", "Gil"), ("Luc", "Roux"), ("Inès", "Petit"), ("Marc", "Faure")]
ADDRESSES = ["zlefevre", "pdupont", "agil", "lroux", "ipetit", "mfaure"]
SUPERIORS = [("Claire", "Vasseur"), ("Hugo", "Blanc")]
LIST = [["Prénom", "Nom", "E-mail"], *([*person, f"u{n}@x.example"] for n, person in enumerate(PEOPLE))]
READ_ME: list[list[list[str]]] = [
    [["Ce classeur contient la liste"], ["Contact : rh@corp.example"]],
    [["Question ?"], ["rh@corp.example"]],
    [["E-mail", "rh@corp.example"], ["Téléphone", "05 61 00 00 00"]],
    [["E-mail"], ["voir les autres feuilles"]],
    [["Version", "2"], ["Auteur", "Claire <claire@corp.example>"]],
]


@each_row("read_me", READ_ME)
@each_row("write", [xlsx, ods])
@each_row("people", [1, 2, 6])
def test_a_page_with_instructions_before_the_people_is_not_the_table(tmp_path: Path, read_me, write, people: int):
    path = tmp_path / "table.xlsx"
    path.write_bytes(write(Sheet("Lisez-moi", read_me), Sheet("Liste", LIST[: people + 1])))
    table = read_table(path)
    assert table.dialect.sheet == "Liste"
    assert [list(record.values) for record in table.records] == LIST[1 : people + 1]


@each_row("write", [xlsx, ods])
def test_the_first_table_of_people_is_read_though_another_has_usual_headers(tmp_path: Path, write):
    first = [["Qui", "Où", "Contact"], *([first, last, f"u{n}@x.example"] for n, (first, last) in enumerate(PEOPLE))]
    path = tmp_path / "table.xlsx"
    path.write_bytes(write(Sheet("Candidats", first), Sheet("Managers", LIST)))
    assert read_table(path).dialect.sheet == "Candidats"


@each_row("superior", ["Reports To", "Reporting to", "Line of report", "Overseen through", "Zuständig", "Encadrement"])
@each_row("own", ["Work Contact: Work Email", "Contact mail", "Coordonnées", "Agent mail"])
@each_row("names", ["Payroll Name", "Worker", "Qui", "Payroll register", "Company list"])
def test_a_few_addresses_in_many_rows_are_not_taken_for_the_peoples_own(
    tmp_path: Path, superior: str, own: str, names: str
):
    rows = [[names, own, f"{superior} Name", f"{superior} Email"]]
    for n, (first, last) in enumerate(PEOPLE):
        boss = SUPERIORS[n % 2]
        rows.append([
            f"{last}, {first}", f"{ADDRESSES[n]}@x.example", " ".join(boss), f"{boss[0]}.{boss[1]}@x.example".lower(),
        ])  # fmt: skip
    path = tmp_path / "table.csv"
    path.write_text("\n".join(";".join(row) for row in rows), "utf-8")
    try:
        table = read_table(path)
    except EmailColumnUnclear:
        return
    assert table.header(table.columns.email) == own


def test_the_export_of_a_payroll_program_names_people_and_superiors(tmp_path: Path):
    path = tmp_path / "table.csv"
    lines = ["Payroll Name;Work Contact: Work Email;Reports To Name;Reports To Email"]
    lines += [f"{last}, {first};{ADDRESSES[n]}@x.example;Claire Vasseur;claire.vasseur@x.example"
              for n, (first, last) in enumerate(PEOPLE)]  # fmt: skip
    path.write_text("\n".join(lines), "utf-8")
    table = read_table(path)
    assert table.header(table.columns.email) == "Work Contact: Work Email"
    assert table.name_of(table.records[0]) == "Lefèvre, Zoé"


FIRST, LAST, NAME, FULL = (NameHeader(part) for part in (NamePart.FIRST, NamePart.LAST, NamePart.NAME, NamePart.FULL))
WORDS = {
    "fr": ("Prénom", "Nom de famille", "Nom complet"), "en": ("First name", "Surname", "Full name"),
    "de": ("Vorname", "Nachname", "Vollständiger Name"), "nl": ("Voornaam", "Achternaam", "Volledige naam"),
    "it": ("Primo nome", "Cognome", "Nome completo"), "es": ("Nombre de pila", "Apellidos", "Nombre completo"),
}  # fmt: skip


@pytest.mark.parametrize("form", ["{} / {}", "{}/{}", "{} ({})", "{} | {}", "{} - {}", "{} – {}", "{} {}"])
@pytest.mark.parametrize("one", WORDS)
@pytest.mark.parametrize("other", WORDS)
def test_a_header_in_two_languages_says_the_same_as_in_one(form: str, one: str, other: str) -> None:
    for number, part in enumerate((FIRST, LAST, FULL)):
        header = form.format(WORDS[one][number], WORDS[other][number])
        assert name_header(header) in (part, NameHeader(NamePart.FULL) if one == other else part), header


@pytest.mark.parametrize(("header", "said"), [("Naam / Nom", NAME), ("Nom / Surname", LAST), ("Name (Nom)", NAME)])
def test_a_word_for_any_name_beside_one_for_the_surname_is_the_surname(header: str, said: NameHeader) -> None:
    assert name_header(header) == said


def test_a_very_long_header_costs_nothing() -> None:
    assert name_header("nom " * 20_000) is None


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp850"])
def test_no_break_spaces_at_the_ends_of_cells_do_not_hide_the_encoding(encoding: str) -> None:
    rows = [
        f"{first}\u00a0; {last}\u00a0;u{n}@x.example\u00a0;très bien\u00a0" for n, (first, last) in enumerate(PEOPLE)
    ]
    assert choose_encoding("\r\n".join(rows * 3).encode(encoding))[0] == encoding
