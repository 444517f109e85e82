"""A table beside the people gives them no values: it is left out and named, or the check asks whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import each_row
from test_records_set_aside import WRITERS, Rows, wide
from workbook_files import Sheet, xlsx

from mailmerge.campaign import open_campaign
from mailmerge.errors import TableError
from mailmerge.model import DefectKind, RecordTable
from mailmerge.records import read_table

HEADERS = {
    "fr": ["Prénom", "Nom", "E-mail"],
    "en": ["First name", "Last name", "Email"],
    "de": ["Vorname", "Nachname", "E-Mail-Adresse"],
    "es": ["Nombre", "Apellidos", "Correo electrónico"],
    "it": ["Nome", "Cognome", "Indirizzo e-mail"],
    "nl": ["Voornaam", "Achternaam", "E-mailadres"],
}
PEOPLE = [
    [first, last, f"{first.lower()}@mail.example"]
    for first, last in zip(
        ["Ana", "Luc", "Zoe", "Paul", "Ines", "Marc", "Eva", "Jean"],
        ["Dupont", "Martin", "Petit", "Garcia", "Leroy", "Moreau", "Roux", "Fabre"],
        strict=True,
    )
]
OTHERS = {
    "fr": (["Salle", "Capacité"], ["Service", "Responsable"]),
    "en": (["Room", "Seats"], ["Department", "Head of department"]),
    "de": (["Raum", "Plätze"], ["Abteilung", "Leitung"]),
    "es": (["Sala", "Aforo"], ["Departamento", "Jefe"]),
    "it": (["Sala", "Posti"], ["Reparto", "Capo reparto"]),
    "nl": (["Zaal", "Plaatsen"], ["Afdeling", "Hoofd"]),
}
NAMES = ["Anna Keller", "Hugo Blanc", "Nina Vos", "Omar Haddad"]


def beside(left: Rows, right: Rows, *, down: int = 0, up: int = 0) -> Rows:
    """Two tables with a blank column between, the right one some lines lower, or the left one."""
    left, right = [[]] * up + left, [[]] * down + right
    widths = max(map(len, left)), max(map(len, right))
    padded = [
        [[*row, *[""] * (width - len(row))] for row in (*rows, *[[]] * (max(len(left), len(right)) - len(rows)))]
        for rows, width in zip((left, right), widths, strict=True)
    ]
    return [[*one, "", *other] for one, other in zip(*padded, strict=True)]


def read(folder: Path, rows: Rows, kind: str = "csv", email: str = "") -> RecordTable:
    path = folder / f"table.{kind}"
    path.write_bytes(WRITERS[kind](wide(rows)))
    return read_table(path, email=email)


def rooms(count: int) -> Rows:
    return [[f"A{n}", str(10 + n)] for n in range(count)]


def heads(count: int) -> Rows:
    return [[f"D{n}", NAMES[n % len(NAMES)]] for n in range(count)]


def assert_apart(table: RecordTable, language: str, titles: list[str], letters: str = "columns E and F") -> None:
    assert [field.header for field in table.fields] == HEADERS[language]
    assert [list(record.values) for record in table.records] == PEOPLE
    assert table.defects == ()
    (notice,) = table.notices
    assert letters in notice
    assert "left out" in notice
    assert all(f'"{title}"' in notice for title in titles)


@each_row("language", HEADERS)
@each_row("kind", WRITERS)
@each_row("count", [1, 2, 4, 12])
@each_row("which", [0, 1])
def test_another_table_beside_the_people_is_left_out_and_named(
    tmp_path: Path, language: str, kind: str, count: int, which: int
):
    titles = OTHERS[language][which]
    other = [titles, *(rooms, heads)[which](count)]
    assert_apart(read(tmp_path, beside([HEADERS[language], *PEOPLE], other), kind), language, titles)


@each_row("kind", WRITERS)
@each_row("count", [1, 3, 12])
def test_another_table_before_the_people_is_left_out_and_named(tmp_path: Path, kind: str, count: int):
    titles = OTHERS["fr"][0]
    table = read(tmp_path, beside([titles, *rooms(count)], [HEADERS["fr"], *PEOPLE]), kind)
    assert_apart(table, "fr", titles, "columns A and B")


@each_row("kind", WRITERS)
@each_row("down", [1, 2, 4])
@each_row("count", [2, 5, 12])
def test_another_table_that_begins_lower_or_higher_is_left_out_and_named(
    tmp_path: Path, kind: str, down: int, count: int
):
    titles = OTHERS["fr"][0]
    people = [HEADERS["fr"], *PEOPLE]
    assert_apart(read(tmp_path, beside(people, [titles, *rooms(count)], down=down), kind), "fr", titles)
    higher = read(tmp_path, beside(people, [titles, *rooms(down + count)], up=down), kind)
    assert [list(record.values) for record in higher.records] == PEOPLE
    assert "columns E and F are left out" in higher.notices[0]


@each_row("kind", WRITERS)
def test_two_other_tables_are_both_left_out(tmp_path: Path, kind: str):
    rows = beside(beside([HEADERS["fr"], *PEOPLE], [OTHERS["fr"][0], *rooms(2)]), [OTHERS["fr"][1], *heads(3)])
    table = read(tmp_path, rows, kind)
    assert [field.header for field in table.fields] == HEADERS["fr"]
    assert len(table.notices) == 2


def test_a_letter_that_uses_a_column_left_out_is_refused_with_the_column_named(tmp_path: Path):
    rows = beside([HEADERS["fr"], *PEOPLE], [OTHERS["fr"][0], *rooms(3)])
    (tmp_path / "table.csv").write_bytes(WRITERS["csv"](rows))
    (tmp_path / "letter.md").write_text("Subject: Entretien\n\nBonjour {{ nom }},\n\nSalle {{ salle }}.\n", "utf-8")
    report = open_campaign([tmp_path / "table.csv", tmp_path / "letter.md"]).check().report
    assert [finding.rule for finding in report.findings if finding.field == "salle"] == ["TPL201"]


def rules(folder: Path, rows: Rows, letter: str) -> list[tuple[str, str]]:
    (folder / "table.csv").write_bytes(WRITERS["csv"](rows))
    (folder / "letter.md").write_text(f"Subject: Entretien\n\nBonjour {{{{ nom }}}},\n\n{letter}\n", "utf-8")
    report = open_campaign([folder / "table.csv", folder / "letter.md"]).check().report
    return [(finding.rule, finding.severity) for finding in report.findings if finding.rule == "LST127"]


@each_row("count, severity", [(5, "block"), (7, "block"), (8, "warn")])
def test_where_two_readings_are_possible_the_check_asks_if_a_letter_uses_the_column(
    tmp_path: Path, count: int, severity: str
):
    rows = beside([HEADERS["fr"], *PEOPLE], [OTHERS["fr"][0], *rooms(count)])
    table = read(tmp_path, rows)
    assert {each.kind for each in table.defects} == {DefectKind.BEYOND_BLANK_COLUMN}
    assert "columns E and F are read as belonging to the people" in table.notices[0]
    assert rules(tmp_path, rows, "Salle {% if salle %}{{ salle }}{% endif %}.") == [("LST127", severity)]
    assert rules(tmp_path, rows, "À bientôt.") == []


@each_row("count", [2, 8, 12, 40])
@each_row("note", ["* salle réservée au jury", "NB : voir avec l'accueil", "Selon disponibilité de la salle", "Fin"])
@each_row("titles", [OTHERS["fr"][0], ["Salle"], OTHERS["en"][1]])
@each_row("kind", WRITERS)
def test_a_list_that_goes_on_below_the_people_with_a_note_is_left_out_or_asked_about(
    tmp_path: Path, count: int, note: str, titles: list[str], kind: str
):
    people = [[f"P{n}", f"N{n}", f"p{n}@mail.example"] for n in range(count)]
    other = [titles, *(row[: len(titles)] for row in rooms(count)), [note, ""][: len(titles)]]
    rows = beside([HEADERS["fr"], *people], other)
    table = read(tmp_path, rows, kind)
    assert [list(record.values[:3]) for record in table.records] == people
    if len(table.fields) > 3:
        assert {each.kind for each in table.defects} == {DefectKind.BEYOND_BLANK_COLUMN}
        field = table.fields[3].name
        assert rules(tmp_path, rows, f"Salle {{{{ {field} }}}}.") == [("LST127", "block")]
        assert rules(tmp_path, rows, "À bientôt.") == []
    else:
        assert "left out" in table.notices[0]


THEIRS = (
    [["", ""], ["", ""], ["x", "12"], ["", ""], ["y", ""], ["", ""], ["", "4"], ["", ""]],
    [["x", ""], *[["", ""]] * 6, ["y", "2"]],
)


@each_row("values", THEIRS)
@each_row("kind", WRITERS)
def test_values_of_some_people_beyond_a_blank_column_are_theirs(tmp_path: Path, values: Rows, kind: str):
    table = read(tmp_path, beside([HEADERS["fr"], *PEOPLE], [["Remarque", "Note"], *values]), kind)
    assert [list(record.values[3:]) for record in table.records] == values
    assert table.defects == ()


@each_row("below", [["", "120"], ["Total", "120"], ["Moyenne", "12,5"]])
def test_a_total_below_the_people_makes_no_table_of_their_columns(tmp_path: Path, below: list[str]):
    rows = beside([HEADERS["fr"], *PEOPLE], [["Poste", "Montant"], *[["Juriste", "15"]] * len(PEOPLE), below])
    table = read(tmp_path, rows)
    assert [field.header for field in table.fields] == [*HEADERS["fr"], "Poste", "Montant"]
    assert len(table.records) == len(PEOPLE)


@each_row("above", [["Édité le", "12/03/2026"], ["Évaluation", ""]])
def test_what_is_above_columns_of_the_people_makes_no_table_of_them(tmp_path: Path, above: list[str]):
    people = [[f"P{n}", f"N{n}", f"p{n}@mail.example"] for n in range(30)]
    values = [["Décision", "Note"], *([f"non {n}", str(n)] for n in range(30))]
    table = read(tmp_path, [["", "", "", "", *above], *beside([HEADERS["fr"], *people], values)])
    assert [list(record.values[3:]) for record in table.records] == values[1:]


def test_as_many_values_as_many_people_are_theirs_and_named(tmp_path: Path):
    people = [[f"P{n}", f"N{n}", f"p{n}@mail.example"] for n in range(30)]
    table = read(tmp_path, beside([HEADERS["fr"], *people], [OTHERS["fr"][0], *rooms(30)]))
    assert len(table.fields) == 5
    assert table.defects == ()
    assert "although a blank column separates" in table.notices[0]


@each_row("kind", WRITERS)
def test_names_and_addresses_with_a_blank_column_between_are_one_table(tmp_path: Path, kind: str):
    table = read(tmp_path, [[row[0], "", row[1], "", row[2]] for row in [HEADERS["fr"], *PEOPLE]], kind)
    assert [list(record.values) for record in table.records] == PEOPLE
    assert (table.columns.first_name, table.columns.last_name, table.columns.email) == ("prenom", "nom", "e_mail")
    assert (table.notices, table.defects) == ((), ())


@each_row("titles", [HEADERS["fr"][1:], HEADERS["en"][1:], ["Service", "E-mail"]])
@each_row("count", [2, 8, 12])
def test_which_of_two_tables_with_addresses_is_meant_is_asked(tmp_path: Path, titles: list[str], count: int):
    other = [titles, *([f"Autre{n}", f"autre{n}@mail.example"] for n in range(count))]
    with pytest.raises(TableError, match=r"columns C and F|could be the e-mail column"):
        read(tmp_path, beside([HEADERS["fr"], *PEOPLE], other))


def test_of_two_tables_of_people_the_one_that_was_chosen_is_alone(tmp_path: Path):
    other = [["Name", "Mail"], *([f"Autre{n}", f"autre{n}@mail.example"] for n in range(8))]
    rows = beside([HEADERS["fr"], *PEOPLE], other)
    left, right = (read(tmp_path, rows, email=email) for email in ("e_mail", "mail"))
    assert [list(record.values) for record in left.records] == PEOPLE
    assert [list(record.values) for record in right.records] == other[1:]
    assert "Autre" not in str(left.records[0]) + str(left.notices)


def test_a_hidden_column_is_no_blank_one(tmp_path: Path):
    rows = [
        [*HEADERS["fr"], "Avis", "Poste"],
        *([*row, "non", "Juriste" if n < 3 else ""] for n, row in enumerate(PEOPLE)),
    ]
    path = tmp_path / "table.xlsx"
    path.write_bytes(xlsx(Sheet("Feuil1", rows, hidden_columns=[4])))
    table = read_table(path)
    assert [field.header for field in table.fields] == [*HEADERS["fr"], "Poste"]
    assert table.defects == ()


LISTS = {
    "rooms": (["Salle", "Capacité"], lambda n: [f"A{n}", str(20 + n)]),
    "departments": (["Service", "Responsable"], lambda n: [f"D{n}", NAMES[n % 4]]),
    "codes": (["Code", "Libellé", "Effectif"], lambda n: [f"C{n}", f"Libellé {n}", str(3 * n + 1)]),
    "posts": (["Poste", "Nombre"], lambda n: [["Juriste", "Comptable", "Acheteur"][n % 3], str(n)]),
    "managers": (["Manager", "Téléphone", "Bureau"], lambda n: [NAMES[n % 4], f"061234567{n % 10}", "B1"]),
    "deadlines": (["Date limite"], lambda n: [f"1{n % 10}/03/2026"]),
}
BELOW: tuple[Rows, ...] = ([], [["Total", "", ""]], [[], ["Fin", "", ""]])


@each_row("name", LISTS)
@each_row("count", [1, 2, 4, 11])
@each_row("shift", [-2, -1, 0, 1, 3])
def test_wherever_another_table_is_the_people_are_whole_and_alone(tmp_path: Path, name: str, count: int, shift: int):
    titles, row = LISTS[name]
    other = [titles, *(row(n) for n in range(count))]
    people = [HEADERS["fr"], *PEOPLE, *BELOW[count % 3]]
    for with_total, turned in ((False, False), (True, False), (False, True)):
        second = [*other, ["Total", *["42"] * (len(titles) - 1)]] if with_total and len(titles) > 1 else other
        rows = beside(people, second, down=max(shift, 0), up=max(-shift, 0))
        width = len(titles)
        rows = [[*line[-width:], "", *line[:3]] for line in rows] if turned else rows
        table = read(tmp_path, rows, list(WRITERS)[count % 3])
        assert [list(record.values) for record in table.records] == PEOPLE
        assert [field.header for field in table.fields] == HEADERS["fr"]
        assert table.defects == ()
        if len(second) > -shift:  # else it ends above the header of the people
            assert any("table of" in each or "beside the table" in each for each in table.notices)
