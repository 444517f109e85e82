"""The name that a person goes by is the one that is used, whatever the columns are called and in whatever order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.model import ColumnEvidence, RecordTable
from mailmerge.records import read_table
from mailmerge.records.columns.name_headers import NameHeader, NamePart, Standing, read_name_header
from mailmerge.text.folding import strip_accents

PEOPLE = [("Zoé", "Lefèvre"), ("Paul", "Petit-Jean"), ("Ana", "Gil"), ("Luc", "d'Arcy"), ("Inès", "Roux")]
FORMER = ["Nadal", "Petit-Jean", "Orsini", "d'Arcy", "Blanc"]
LEGAL = [
    ("Zoraïde", "Nadal"),
    ("Paulin", "Petit-Jean"),
    ("Anastasia", "Orsini"),
    ("Lucas", "d'Arcy"),
    ("Agnès", "Blanc"),
]
FIRSTS, LASTS = [first for first, _ in PEOPLE], [last for _, last in PEOPLE]
WHOLE = [f"{first} {last}" for first, last in PEOPLE]
LEGAL_FIRSTS, LEGAL_LASTS = [first for first, _ in LEGAL], [last for _, last in LEGAL]
ADDRESSES = [
    "".join(each for each in strip_accents(f"{first}.{last}") if each.isalpha() or each == ".") + "@x.example"
    for first, last in PEOPLE
]
OPAQUE = [f"u{number}@x.example" for number in range(len(PEOPLE))]
PAIRS = {
    "Prénom": [
        ("Nom de naissance", "Nom porté"), ("Nom de naissance", "Nom"), ("Nom de jeune fille", "Nom marital"),
        ("Nom de famille de naissance", "Nom d'usage"), ("Ancien nom", "Nouveau nom"), ("Nom d'origine", "Nom actuel"),
        ("Nom avant mariage", "Nom d'épouse"), ("Née", "Nom"), ("Nom d'avant", "Nom d'aujourd'hui"),
        ("Nom de naissance", "Nom d'artiste"), ("Nom précédent", "Nom courant"), ("NOM DE NAISSANCE", "NOM USUEL"),
        ("Nom d'état civil", "Nom d'usage"), ("Nom légal", "Nom"),
    ],
    "First name": [
        ("Previous Surname", "Current Surname"), ("Maiden name", "Married name"), ("Former", "Actual"),
        ("Birth name", "Surname"), ("Surname at birth", "Surname now"), ("Old surname", "New surname"),
        ("Former last name", "Present last name"), ("Name before marriage", "Name"),
        ("Family name at birth", "Family name"),
        ("Legal Last Name", "Preferred Last Name"), ("Legal Surname", "Surname"), ("Maiden surname", "Stage surname"),
    ],
    "Vorname": [
        ("Geburtsname", "Ehename"), ("Geburtsname", "Nachname"), ("Mädchenname", "Familienname"),
        ("Früherer Nachname", "Heutiger Nachname"), ("Familienname bei Geburt", "Familienname"),
    ],
    "Nombre": [
        ("Apellido de soltera", "Apellido"), ("Apellido de soltera", "Apellido de casada"),
        ("Apellidos de nacimiento", "Apellidos"), ("Apellido anterior", "Apellido actual"),
    ],
    "Nome": [
        ("Nome da nubile", "Cognome"), ("Cognome da nubile", "Cognome da sposata"), ("Cognome di nascita", "Cognome"),
        ("Nome de solteira", "Sobrenome"), ("Sobrenome anterior", "Sobrenome atual"),
        ("Apelido de solteira", "Apelido"),
    ],
    "Voornaam": [
        ("Meisjesnaam", "Achternaam"), ("Geboortenaam", "Achternaam"), ("Vorige achternaam", "Huidige achternaam"),
    ],
}  # fmt: skip
PREFERRED = [
    ({"Name": WHOLE, "Legal First Name": LEGAL_FIRSTS, "Legal Last Name": LEGAL_LASTS}, ["Name"]),
    ({"Preferred Name": WHOLE, "Legal First Name": LEGAL_FIRSTS, "Legal Last Name": LEGAL_LASTS}, ["Preferred Name"]),
    ({"Display Name": WHOLE, "Legal First Name": LEGAL_FIRSTS, "Legal Last Name": LEGAL_LASTS}, ["Display Name"]),
    ({"Preferred Name": WHOLE, "First Name": LEGAL_FIRSTS, "Last Name": LEGAL_LASTS}, ["Preferred Name"]),
    ({"Display Name": WHOLE, "First Name": LEGAL_FIRSTS, "Last Name": LEGAL_LASTS}, ["Display Name"]),
    ({"Preferred Name": WHOLE, "Legal Name": [f"{f} {n}" for f, n in LEGAL]}, ["Preferred Name"]),
    ({"Known as": WHOLE, "Full legal name": [f"{f} {n}" for f, n in LEGAL]}, ["Known as"]),
    ({"Preferred Name": FIRSTS, "First Name": LEGAL_FIRSTS, "Last Name": LASTS}, ["Preferred Name", "Last Name"]),
    ({"Preferred Name": FIRSTS, "Legal First Name": LEGAL_FIRSTS, "Legal Last Name": LASTS},
     ["Preferred Name", "Legal Last Name"]),
    ({"Preferred First Name": FIRSTS, "First Name": LEGAL_FIRSTS, "Surname": LASTS},
     ["Preferred First Name", "Surname"]),
    ({"Known As": FIRSTS, "Forename": LEGAL_FIRSTS, "Surname": LASTS}, ["Known As", "Surname"]),
    ({"Legal First Name": LEGAL_FIRSTS, "Legal Last Name": LEGAL_LASTS, "First Name": FIRSTS, "Last Name": LASTS},
     ["First Name", "Last Name"]),
    ({"Rufname": FIRSTS, "Vorname": LEGAL_FIRSTS, "Nachname": LASTS}, ["Rufname", "Nachname"]),
    ({"Roepnaam": FIRSTS, "Voornamen": LEGAL_FIRSTS, "Achternaam": LASTS}, ["Roepnaam", "Achternaam"]),
    ({"Prénom social": FIRSTS, "Prénom": LEGAL_FIRSTS, "Nom": LASTS}, ["Prénom social", "Nom"]),
    ({"Prénom usuel": FIRSTS, "Prénom": LEGAL_FIRSTS, "Nom": LASTS}, ["Prénom usuel", "Nom"]),
    ({"Prénom courant": FIRSTS, "Prénom": LEGAL_FIRSTS, "Nom": LASTS}, ["Prénom courant", "Nom"]),
    ({"Prénom": FIRSTS, "Prénom d'état civil": LEGAL_FIRSTS, "Nom": LASTS}, ["Prénom", "Nom"]),
    ({"Prénom": FIRSTS, "Ancien prénom": LEGAL_FIRSTS, "Nom": LASTS}, ["Prénom", "Nom"]),
    ({"Nome social": FIRSTS, "Nome": LEGAL_FIRSTS, "Sobrenome": LASTS}, ["Nome social", "Sobrenome"]),
]  # fmt: skip


def read(tmp_path: Path, columns: dict[str, Sequence[str]]) -> RecordTable:
    path = tmp_path / "table.csv"
    rows = [list(columns), *map(list, zip(*columns.values(), strict=True))]
    path.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    return read_table(path)


def orders(columns: dict[str, Sequence[str]]) -> list[dict[str, Sequence[str]]]:
    return [dict(order) for order in permutations(columns.items())]


def names_in(table: RecordTable) -> list[str]:
    return [table.name_of(record) for record in table.records]


@each_row(
    ("turn", "first", "former", "present"),
    [(turn, first, *pair) for first, pairs in PAIRS.items() for turn, pair in enumerate(pairs)],
)
@each_row("addresses", [ADDRESSES, OPAQUE], ids=["named", "opaque"])
def test_the_present_name_is_used_and_the_former_one_is_known(
    tmp_path: Path, turn: int, first: str, former: str, present: str, addresses: list[str]
):
    """Each pair in eight of the 24 orders of its columns; all of them come up in each language."""
    for columns in orders({first: FIRSTS, former: FORMER, present: LASTS, "Email": addresses})[turn % 3 :: 3]:
        table = read(tmp_path, columns)
        assert names_in(table) == WHOLE, list(columns)
        assert [table.header(name) for name in table.columns.second_names] == [former]
        assert [table.header(name) for name in table.columns.shown_names] == [first, present]


@each_row(("first", "former", "present"), [(f, *pair) for f, pairs in PAIRS.items() for pair in pairs[:2]])
def test_a_present_name_that_is_blank_gives_way_to_the_other(tmp_path: Path, first: str, former: str, present: str):
    table = read(tmp_path, {first: FIRSTS, former: FORMER, present: ["", *LASTS[1:]], "Email": ADDRESSES})
    assert table.name_of(table.records[0]) == "Zoé Nadal"


@each_row(("columns", "used"), PREFERRED, ids=lambda each: "+".join(each))
def test_what_a_person_is_called_is_used_and_the_legal_names_are_known(
    tmp_path: Path, columns: dict[str, Sequence[str]], used: list[str]
):
    for ordered in orders({**columns, "Email": OPAQUE}):
        table = read(tmp_path, ordered)
        assert names_in(table) == WHOLE, list(ordered)
        assert {table.header(name) for name in table.columns.names} == set(columns)
        assert set(used) <= {table.header(name) for name in table.columns.shown_names}


def test_whoever_prefers_no_other_name_has_the_legal_one(tmp_path: Path):
    blank = {"Preferred Name": ["", *WHOLE[1:]], "Legal First Name": LEGAL_FIRSTS, "Legal Last Name": LEGAL_LASTS}
    table = read(tmp_path, {**blank, "Email": OPAQUE})
    assert [table.name_of(record) for record in table.records[:2]] == ["Zoraïde Nadal", "Paul Petit-Jean"]


@each_row(
    "other",
    [
        "Prénom de l'épouse", "Prénom de jeune fille", "Nom du représentant légal", "Nom de l'employeur actuel",
        "Nom du conjoint", "Nom de l'ancien poste", "Nouveau poste", "Company name", "Former employer name",
        "Actual status", "Birth date", "Naissance", "Ville de naissance", "Lieu de naissance", "Social",
    ],
)  # fmt: skip
def test_a_qualified_column_of_something_else_is_no_name(tmp_path: Path, other: str):
    for columns in orders({"Prénom": FIRSTS, "Nom": LASTS, other: FORMER, "Email": ADDRESSES})[::3]:
        table = read(tmp_path, columns)
        assert names_in(table) == WHOLE
        assert len(table.columns.names) == 2


FORMS = {
    "first last": "{f} {l}", "LAST first": "{L} {f}", "LAST, first": "{L}, {f}", "Last, First": "{l}, {f}",
    "with department": "{L}, {f} (RH)", "with place": "{f} {l} (Toulouse)",
}  # fmt: skip


@each_row("form", FORMS)
@each_row(
    ("header", "evidence"),
    [
        ("Participant", ColumnEvidence.HEADER), ("Display Name", ColumnEvidence.HEADER),
        ("Nom complet", ColumnEvidence.HEADER), ("Name", ColumnEvidence.HEADER), ("Nom", ColumnEvidence.HEADER),
        ("Interlocuteur", ColumnEvidence.CONTENT),
        ("Référente", ColumnEvidence.CONTENT), ("Convive", ColumnEvidence.HEADER), ("Qui", ColumnEvidence.CONTENT),
        ("Titulaire", ColumnEvidence.HEADER), ("Colonne 7", ColumnEvidence.CONTENT), ("", ColumnEvidence.CONTENT),
    ],
)  # fmt: skip
def test_a_column_of_whole_names_is_recognised_by_its_content(
    tmp_path: Path, header: str, evidence: ColumnEvidence, form: str
):
    names = [FORMS[form].format(f=first, l=last, L=last.upper()) for first, last in PEOPLE]
    for turn, rows in enumerate((len(PEOPLE), 1)):
        cells = {header: names[:rows], "Email": ADDRESSES[:rows], "Ville": ["Saint Martin"] * rows}
        for columns in orders(cells)[turn::2]:  # the column first, in the middle and last
            table = read(tmp_path, columns)
            assert table.header(table.columns.full_name) == header
            assert table.names_reason is not None
            assert table.names_reason.evidence is evidence
            assert names_in(table) == names[:rows]


@pytest.mark.parametrize("header", ["Interlocuteur", "Suivi", "Manager", "Colonne 7"])
def test_a_column_of_other_peoples_names_is_not_the_name(tmp_path: Path, header: str):
    names = ["Claire Martin", "Karl Vogel", "Rosa Neri", "Tim Jansen", "Eva Alonso"]
    assert read(tmp_path, {header: names, "Email": ADDRESSES}).columns.names == ()
    table = read(tmp_path, {header: names, "Prénom": FIRSTS, "Nom": LASTS, "Email": ADDRESSES})
    assert names_in(table) == WHOLE


@pytest.mark.parametrize(
    ("core", "says"),
    [
        ("nom porte", (NamePart.LAST, Standing.USUAL)), ("nom", (NamePart.NAME, Standing.PLAIN)),
        ("legal surname", (NamePart.LAST, Standing.LEGAL)), ("previous first name", (NamePart.FIRST, Standing.FORMER)),
        ("former", (NamePart.UNSAID, Standing.FORMER)), ("name poste", None), ("prenom epouse", None), ("poste", None),
    ],
)  # fmt: skip
def test_what_a_header_says_of_a_name(core: str, says: tuple[NamePart, Standing] | None):
    found = read_name_header(core)
    # "Nom porté" may be all of the name: its content tells
    assert found == (NameHeader(*says) if says else None) or (
        found and found.part is NamePart.NAME and core == "nom porte"
    )


PERSONS = (
    "Salarié", "Salarié(e)", "Salarié·e", "Candidat", "Candidate", "Candidat(e)", "Postulant", "Apprenti", "Alternante",
    "Participant", "Agent", "Adhérent", "Nouveau salarié", "Collaborateur",
    "Employee", "New employee", "Applicant", "Trainee", "Attendee", "New hire", "Volunteer",
    "Mitarbeiter", "Mitarbeiterin", "Mitarbeiter*in", "Mitarbeiter/in", "Mitarbeitende", "MitarbeiterInnen",
    "Praktikant", "Praktikantin", "Bewerber", "Bewerber/-in", "Bewerberin", "Auszubildende", "Neuer Mitarbeiter",
    "Teilnehmer",
    "Empleado", "Empleada", "Empleado/a", "Candidato", "Candidata", "Trabajador", "Becario", "Nuevo empleado", "Alumno",
    "Dipendente", "Candidata", "Tirocinante", "Lavoratore", "Partecipante", "Nuovo dipendente",
    "Funcionário", "Colaborador", "Candidato(a)", "Estagiário", "Trabalhador",
    "Werknemer", "Medewerker", "Sollicitant", "Kandidaat", "Stagiair", "Deelnemer", "Nieuwe medewerker",
    "Pracownik", "Pracownica", "Kandydat", "Kandydatka", "Uczestnik", "Stażysta", "Praktykant", "Osoba",
    "Medarbetare", "Anställd", "Deltagare", "Medarbejder", "Ansøger",
)  # fmt: skip


@each_row("header", PERSONS)
def test_a_column_called_by_who_is_in_it_holds_their_names(tmp_path: Path, header: str):
    """Also where the addresses say nothing."""
    for turn, names in enumerate((WHOLE, [f"{last.upper()} {first}" for first, last in PEOPLE])):
        cells = {header: names, "E-mail": OPAQUE, "Ville": ["Lyon", "Nice", "Metz", "Brest", "Pau"]}
        for columns in orders(cells)[turn::2]:
            table = read(tmp_path, columns)
            assert table.header(table.columns.full_name) == header
            assert names_in(table) == names


@each_row("header", PERSONS)
@each_row(
    "cells",
    [
        ["M1", "M2", "M3", "M4", "M5"],
        ["oui", "non", "oui", "oui", "non"],
        ["12", "13", "14", "15", "16"],
        ["chef de projet"] * 5,
    ],
)
def test_such_a_column_with_something_else_in_it_is_no_name(tmp_path: Path, header: str, cells: list[str]):
    table = read(tmp_path, {header: cells, "E-mail": OPAQUE})
    assert table.columns.names == ()


@each_row("header", PERSONS)
def test_columns_that_say_they_are_names_come_first(tmp_path: Path, header: str):
    others = ["Otto Kahn", "Eva Meer", "Leo Falk", "Ida Stein", "Max Wolf"]
    for columns in orders({header: others, "Prénom": FIRSTS, "Nom": LASTS, "E-mail": OPAQUE})[::3]:
        assert names_in(read(tmp_path, columns)) == WHOLE


COLLEAGUES = (
    "Vorgesetzter", "Vorgesetzte", "Responsable", "Manager", "Tuteur", "Tutrice", "Ansprechpartner", "Jefe",
    "Responsabile", "Leidinggevende", "Encarregado", "Supervisor", "Recruteur", "Superior", "Director", "N+1",
    "Teamleiter",
    "Responsable du salarié", "Vorgesetzter des Mitarbeiters", "Jefe del empleado", "Manager of the employee",
)  # fmt: skip


@each_row("header", COLLEAGUES)
def test_a_column_called_by_a_colleague_never_is(tmp_path: Path, header: str):
    for columns in orders({header: WHOLE, "E-mail": OPAQUE, "Ville": ["Lyon", "Nice", "Metz", "Brest", "Pau"]}):
        assert read(tmp_path, columns).columns.names == ()


@each_row("last", ["Surname", "Family name", "Nachname", "Nom de famille"])
@each_row("first", ["First", "Given"])
def test_first_is_a_name_beside_a_surname(tmp_path: Path, first: str, last: str):
    for columns in orders({first: FIRSTS, last: LASTS, "Email": OPAQUE}):
        assert names_in(read(tmp_path, columns)) == WHOLE
    choices = {first: ["Pizza", "Pasta", "pizza", "Salad", "soup"], "Email": OPAQUE, "City": ["Lyon"] * 5}
    assert read(tmp_path, choices).columns.names == ()


def test_first_and_last_are_names_where_both_are_there(tmp_path: Path):
    for columns in orders(
        {"First": FIRSTS, "Last": LASTS, "Email": OPAQUE, "City": ["Lyon", "Nice", "Metz", "Brest", "Pau"]}
    ):
        assert names_in(read(tmp_path, columns)) == WHOLE
    assert read(tmp_path, {"Last": ["oui"] * 5, "Email": OPAQUE}).columns.names == ()
    assert read(tmp_path, {"First": ["1", "2", "3", "4", "5"], "Last": LASTS, "Email": OPAQUE}).columns.names == ()


@each_row("headers", [("Nome", "Cognome"), ("Nombre", "Apellidos"), ("Nome", "Apelido"), ("nome", "SOBRENOME")])
@each_row(
    ("firsts", "whole"),
    [
        (["Minh Anh", "Thị Lan", "Quang Huy", "Thu Hà", "Hoàng Long"], False),
        (["Anna Maria", "Gian Luca", "Pier Paolo", "Maria Pia", "Rosa Lina"], False),
        (FIRSTS, False),
        (WHOLE, True),
    ],
)
def test_beside_a_surname_a_name_of_several_words_is_a_first_name_unless_it_repeats_the_surname(
    tmp_path: Path, headers: tuple[str, str], firsts: list[str], whole: bool
):
    table = read(tmp_path, {headers[0]: firsts, headers[1]: LASTS, "Email": OPAQUE})
    assert bool(table.columns.first_name) is not whole
    assert table.name_of(table.record(1)) == (WHOLE[0] if whole else f"{firsts[0]} {LASTS[0]}")
