"""Whole lines in quotation marks: a table that was exported twice is read as the table that it was."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st

from mailmerge.records import preview_table, read_table
from mailmerge.records.delimited.wrapped import UNWRAPPED, unwrapped

HEADER = ["Nom", "Prénom", "E-mail", "Poste"]
PEOPLE = [
    ["Petit", "Zoé", "zoe@x.example", "Juriste"],
    ["Dupont; SA", "Jean, dit Jo", "jean@x.example", 'dit "le grand"'],
    ["Noël", "Élodie", "elodie@x.example", "chef\nd'équipe"],
    ["O'Brien", "", "ob@x.example", ""],
]


def written(rows: list[list[str]], delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def rows_as_lines(rows: list[list[str]], delimiter: str) -> list[list[str]]:
    """Each row as the one cell that a spreadsheet makes of its line."""
    return [[written([row], delimiter).removesuffix("\r\n")] for row in rows]


@each_row("inner", [";", ",", "\t", "|"])
@each_row("outer", [";", ",", "\t", "|"])
@each_row("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL], ids=["all", "needed"])
@each_row("times", [1, 2])
@each_row("blank", [0, 3])
def test_a_table_inside_a_table_is_read(tmp_path: Path, inner: str, outer: str, quoting: int, times: int, blank: int):
    rows = [HEADER, *PEOPLE]
    for _time in range(times):
        rows = rows_as_lines(rows, inner if rows[0] == HEADER else outer)
    path = tmp_path / "table.csv"
    path.write_bytes(written([[*row, *[""] * blank] for row in rows], outer, quoting).encode("utf-8-sig"))
    table = read_table(path)
    assert [field.header for field in table.fields] == HEADER
    assert [list(record.values) for record in table.records] == PEOPLE
    assert [record.line for record in table.records] == [2, 3, 4, 5]
    assert table.defects == ()
    assert list(preview_table(path).records) == list(table.records)


def test_that_it_was_unwrapped_is_told(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_text('"Nom;E-mail"\n"Petit;p@x.example"\n')
    assert read_table(path).notices == (UNWRAPPED,)
    assert read_table(path, delimiter=";").notices == (UNWRAPPED,)
    path.write_text("Nom;E-mail\nPetit;p@x.example\n")
    assert read_table(path).notices == ()


def test_lines_are_quoted_only_where_they_need_it(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_text('Nom;E-mail;Note\nPetit;p@x.example;bien\n"Grand;g@x.example;bien, mais long"\n')
    table = read_table(path)
    assert [record.values for record in table.records] == [
        ("Petit", "p@x.example", "bien"), ("Grand", "g@x.example", "bien, mais long"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '"E-mail"\n"Petit, Zoé"\n"a@x.example"\n',
        "Nom;E-mail\nPetit;p@x.example\n",
        '"Nom";"E-mail"\n"Petit";"p@x.example"\n',
        '"Nom","E-mail"\n"Petit, Zoé","p@x.example"\n',
        'Nom;E-mail\n"Petit; Zoé";p@x.example\n',
        'Nom,E-mail,Adresse\nPetit,p@x.example,"12; rue, x"\n',
        'E-mail\n"a@x.example"\n"b@x.example"\n',
        '"Nom;E-mail"\n"Petit;p@x.example"\nx;"y;z";"\n',
        '"Candidats, liste du 12 mai"\nNom;E-mail\nPetit;p@x.example\n',
    ],
)
def test_what_is_a_table_as_it_is_stays(text: str):
    assert unwrapped(text) is None


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8), min_size=3, max_size=3
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(";,\t|"),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
@settings(max_examples=200, deadline=None)
def test_no_table_that_is_written_once_is_taken_for_one_inside_another(
    cells: list[list[str]], delimiter: str, quoting: int
):
    rows = [["Nom", "E-mail", "a", "b"], *([*row, "p@x.example"] for row in cells)]
    assert unwrapped(written(rows, delimiter, quoting)) is None
