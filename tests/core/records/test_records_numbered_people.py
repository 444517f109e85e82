"""Several people in a row, with numbers in the headers: each address goes with the name of its number, or is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.errors import EmailColumnUnclear
from mailmerge.model import RecordTable
from mailmerge.records import read_table

ROWS = (
    ("Chambon", "Aurélie", "a.chambon@x.example", "Ferrand", "Alex", "alex.ferrand@y.example"),
    ("Roux", "Maëlys", "m.roux@x.example", "Joly", "Claude", "claude.joly@y.example"),
    ("Petit", "Jean", "k1@x.example", "Amar", "Camille", "k2@y.example"),
)
PARTS = (
    ("Nom 1", "Prénom 1", "Mail 1", "Nom 2", "Prénom 2", "Mail 2"),
    ("Last name 1", "First name 1", "Email 1", "Last name 2", "First name 2", "Email 2"),
    ("Nom", "Prénom", "Mail", "Nom 2", "Prénom 2", "Mail 2"),
    ("Nachname (1)", "Vorname (1)", "E-Mail (1)", "Nachname (2)", "Vorname (2)", "E-Mail (2)"),
    ("nom01", "prenom01", "mail01", "nom02", "prenom02", "mail02"),
    ("Apellidos 1", "Nombre 1", "Correo 1", "Apellidos 2", "Nombre 2", "Correo 2"),
    ("Surname 2", "Forename 2", "Email 2", "Surname 3", "Forename 3", "Email 3"),
    ("Nom A", "Prénom A", "Mail A", "Nom B", "Prénom B", "Mail B"),
    (
        "Nom 1er candidat",
        "Prénom 1er candidat",
        "Mail 1er candidat",
        "Nom 2e candidat",
        "Prénom 2e candidat",
        "Mail 2e candidat",
    ),
    (
        "Nom premier agent",
        "Prénom premier agent",
        "Mail premier agent",
        "Nom second agent",
        "Prénom second agent",
        "Mail second agent",
    ),
    (
        "Last name (first)",
        "First name (first)",
        "Email (first)",
        "Last name (second)",
        "First name (second)",
        "Email (second)",
    ),
)
ANOTHERS = (("Nom parent 1", "Prénom parent 1", "Mail parent 1", "Nom parent 2", "Prénom parent 2", "Mail parent 2"),)
WHOLE = (
    ("Candidat 1", "Mail candidat 1", "Candidat 2", "Mail candidat 2"),
    ("Name 1", "Email 1", "Name 2", "Email 2"),
    ("Nom et prénom 1", "E-mail 1", "Nom et prénom 2", "E-mail 2"),
)


def read(folder: Path, headers: tuple[str, ...], rows: list[tuple[str, ...]], email: str = "") -> RecordTable:
    path = folder / "table.csv"
    path.write_text("\n".join(";".join(row) for row in [headers, *rows]), "utf-8")
    return read_table(path, email=email)


def names_in(table: RecordTable) -> list[str]:
    return [table.name_of(record) for record in table.records]


@each_row("headers", [*PARTS, *ANOTHERS])
def test_a_name_in_parts_goes_with_the_address_of_its_number(tmp_path: Path, headers: tuple[str, ...]) -> None:
    rows = list(ROWS)
    for at in (0, 3):
        table = read(tmp_path, headers, rows, headers[at + 2])
        assert names_in(table) == [f"{row[at + 1]} {row[at]}" for row in rows]
        assert table.columns.other_emails == ()


@each_row("headers", WHOLE)
def test_a_whole_name_goes_with_the_address_of_its_number(tmp_path: Path, headers: tuple[str, ...]) -> None:
    rows = [(f"{row[1]} {row[0]}", row[2], f"{row[4]} {row[3]}", row[5]) for row in ROWS]
    for at in (0, 2):
        table = read(tmp_path, headers, rows, headers[at + 1])
        assert names_in(table) == [row[at] for row in rows]
        assert table.columns.other_emails == ()


@each_row("headers", PARTS)
def test_which_of_several_people_gets_the_letter_is_asked(tmp_path: Path, headers: tuple[str, ...]) -> None:
    with pytest.raises(EmailColumnUnclear, match="two columns could be the e-mail column"):
        read(tmp_path, headers, list(ROWS))


ONE_PERSON = (
    ("Apellido 1", "Apellido 2", "Nombre", "Correo 1", "Correo 2"),
    ("Nom 1", "Nom 2", "Prénom", "Mail 1", "Mail 2"),
    ("Nom", "Prénom 2", "Prénom", "Mail 1", "Mail 2"),
    ("Primer apellido", "Segundo apellido", "Nombre", "Correo 1", "Correo 2"),
)


@each_row("headers", ONE_PERSON)
def test_two_names_of_a_kind_are_one_persons(tmp_path: Path, headers: tuple[str, ...]) -> None:
    rows = [(row[0], row[3], row[1], row[2], row[5]) for row in ROWS]
    table = read(tmp_path, headers, rows)
    assert table.columns.email.endswith("1")
    assert table.columns.other_emails
    assert names_in(table) == [f"{row[1]} {row[0]}" for row in ROWS]


@each_row("email", ["Correo", "Correo electrónico 1"])
def test_two_first_names_and_two_surnames_beside_one_address_are_one_persons(tmp_path: Path, email: str) -> None:
    headers = ("Primer nombre", "Segundo nombre", "Primer apellido", "Segundo apellido", email)
    table = read(tmp_path, headers, [(row[1], "", row[0], row[3], row[2]) for row in ROWS])
    assert names_in(table) == [f"{row[1]} {row[0]}" for row in ROWS]


def test_two_names_of_no_kind_beside_one_address_are_one_persons(tmp_path: Path) -> None:
    rows = [("Chambon", "Aurélie", "aurelie.chambon@x.example"), ("Roux", "Maëlys", "maelys.roux@x.example")] * 2
    table = read(tmp_path, ("Name1", "Name2", "Mail"), rows)
    assert set(table.columns.names) == {"name1", "name2"}
