"""A header of two lines is one; whoever may be somebody stays a person."""

from __future__ import annotations

from pathlib import Path

from each_row import each_row
from test_records_set_aside import WRITERS, Rows, table_of

from mailmerge.records.columns.header_lines import whole_title

PEOPLE = [
    ["Aubry", "Anne", "anne@x.example", "1 rue A", "31000", "Albi"],
    ["Roux", "Luc", "luc@x.example", "2 rue B", "33000", "Pau"],
]
TITLES = ["Nom", "Prénom", "E-mail", "Rue", "Code postal", "Ville"]
TWO_LINES: dict[str, Rows] = {
    "groups above": [["Identité", "", "Coordonnées", "", "", ""], TITLES],
    "titles of single columns above": [["Nom", "Prénom", "Coordonnées", "", "", ""], ["", "", *TITLES[2:]]],
    "all but the address above": [["Nom", "Prénom", "", "Rue", "Code postal", "Ville"], ["", "", "E-mail", "", "", ""]],
    "columns of a group below": [["Nom", "Prénom", "E-mail", "Adresse", "", ""], ["", "", "", *TITLES[3:]]],
    "below a title": [["Liste", "", "", "", "", ""], ["Nom", "Prénom", "E-mail", "Adresse", "", ""],
                      ["", "", "", *TITLES[3:]]],
}  # fmt: skip


@each_row("form", TWO_LINES)
@each_row("kind", WRITERS)
def test_a_header_of_two_lines_is_one(tmp_path: Path, form: str, kind: str) -> None:
    table = table_of(tmp_path, [*TWO_LINES[form], *PEOPLE], kind)
    assert [field.header for field in table.fields] == TITLES
    assert [list(record.values) for record in table.records] == PEOPLE
    assert (table.columns.first_name, table.columns.last_name, table.columns.email) == ("prenom", "nom", "e_mail")
    assert table.defects == ()
    assert table.dialect.header_line == len(TWO_LINES[form])


HEADER = ["Nom", "Prénom", "E-mail", "Adresse", "", ""]
SOMEBODY = (
    ["Petit", "", "", "Rue", "Code postal", "Ville"], ["", "", "p@x.example", "Rue", "Code postal", "Ville"],
    ["", "", "", "3 rue C", "31000", "Albi"], ["", "", "", "", "", "Albi"], ["", "", "", "", "Albi", "Tarn"],
    ["", "Zoé", "", "Rue", "", "Ville"],
)  # fmt: skip


@each_row("row", SOMEBODY)
def test_a_line_that_may_be_somebodys_stays(tmp_path: Path, row: list[str]) -> None:
    table = table_of(tmp_path, [HEADER, row, *PEOPLE])
    assert row in [list(record.values) for record in table.records]
    assert table.dialect.header_line == 1


def test_words_above_the_header_give_no_title_to_it(tmp_path: Path) -> None:
    for above in (
        ["Liste", "", "", "", "", ""],
        ["", "", "", "", "Albi", "Tarn"],
        ["Contact", "", "rh@x.example", "", "Ville", ""],
    ):
        table = table_of(tmp_path, [above, HEADER, *PEOPLE])
        assert [field.header for field in table.fields] == HEADER


def test_one_title_in_two_lines_is_whole(tmp_path: Path) -> None:
    people = [["Anne", "Aubry", "Weiss", "a@x.example"], ["Luc", "Roux", "Klein", "l@x.example"]]
    table = table_of(tmp_path, [["Prénom", "Nom", "Maiden", "Adresse"], ["", "", "name", "e-mail"], *people])
    assert [field.header for field in table.fields] == ["Prénom", "Nom", "Maiden name", "Adresse e-mail"]
    second = ["", "", "naissance", ""]
    table = table_of(tmp_path, [["Prénom", "Nom", "Date de", "E-mail"], second, *people])
    assert [field.header for field in table.fields] == ["Prénom", "Nom", "Date de naissance", "E-mail"]


WRAPPED: dict[str, Rows] = {
    "after a word that needs more": [["Nom de", "Prénom", "Adresse", "Rue", "Code", "Ville"],
                                     ["famille", "", "e-mail", "", "postal", ""]],
    "in capitals": [["NOM DE", "PRENOM", "ADRESSE", "RUE", "CODE", "VILLE"], ["FAMILLE", "", "MAIL", "", "POSTAL", ""]],
    "at hyphens": [["Nom", "Pré-", "Cour-", "Rue", "Code pos-", "Ville"], ["", "nom", "riel", "", "tal", ""]],
    "before small words": [["Nom", "Prénom", "Mail", "Rue", "Code", "Ville"],
                           ["", "", "personnel", "", "postal", "actuelle"]],
    "below a title": [["Liste", "", "", "", "", ""], ["Nom de", "Prénom", "E-mail", "Rue", "Code", "Ville"],
                      ["famille", "", "", "", "postal", ""]],
}  # fmt: skip


@each_row("form", WRAPPED)
@each_row("kind", WRITERS)
def test_a_title_that_goes_on_in_the_next_line_is_one(tmp_path: Path, form: str, kind: str) -> None:
    table = table_of(tmp_path, [*WRAPPED[form], *PEOPLE], kind)
    assert [list(record.values) for record in table.records] == PEOPLE
    columns = table.columns
    assert [columns.last_name, columns.first_name, columns.email] == [field.name for field in table.fields[:3]]
    assert table.defects == ()


@each_row("row", [["dupont", "léa", "", "", "", ""], ["", "", "", "rue", "3", ""], ["Petit", "", "", "", "", ""]])
def test_small_words_of_somebody_are_no_title(tmp_path: Path, row: list[str]) -> None:
    table = table_of(tmp_path, [TITLES, row, *PEOPLE])
    assert [field.header for field in table.fields] == TITLES


@each_row(("cell", "header"), [("Pré-\nnom", "Prénom"), ("E-\nmail", "Email"), ("Rendez-\nvous", "Rendez-vous")])
def test_a_word_divided_in_its_cell_is_one(tmp_path: Path, cell: str, header: str) -> None:
    assert whole_title(cell) == header
