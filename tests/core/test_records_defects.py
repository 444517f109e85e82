"""What a table should not have is told with its line, and what is merely unusual is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailmerge.model import Defect, RecordTable
from mailmerge.records import read_table


def table_of(tmp_path: Path, text: str) -> RecordTable:
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode())
    return read_table(path)


def told(table: RecordTable) -> list[tuple[str, int | None, int | None]]:
    return [(defect.kind, defect.line, defect.record) for defect in table.defects]


def people(count: int, start: int = 1) -> str:
    return "".join(f"Nom{n};Jean;p{n}@x.example;Paris\n" for n in range(start, start + count))


def test_a_short_and_a_long_row_are_ragged_each_with_its_line(tmp_path: Path):
    table = table_of(tmp_path, "nom;prenom;email;ville\n" + people(2) + "X;Y;x@x.example\n" + "A;B;b@x.example;Z;35\n")
    assert told(table) == [("ragged", 4, 3), ("ragged", 5, 4)]
    assert "3 cells on line 4, but 4 columns" in table.defects[0].message
    assert table.records[2].values == ("X", "Y", "x@x.example", "")
    assert table.records[3].values == ("A", "B", "b@x.example", "Z")


def test_rows_that_end_in_empty_cells_are_not_ragged(tmp_path: Path):
    assert told(table_of(tmp_path, "nom;prenom;email;ville\n" + people(2) + "A;B;b@x.example;Z;;\n")) == []


def test_an_optional_last_column_that_excel_cuts_off_in_blocks_is_not_ragged(tmp_path: Path):
    """Microsoft KB 77295: 16 lines at a time lose the delimiters of columns that are empty in all of them."""
    rows = ["nom;email;commentaire"]
    rows += [f"N{n};n{n}@x.example;{'vu' if n == 3 else ''}" for n in range(1, 16)]
    rows += [f"N{n};n{n}@x.example" for n in range(16, 40)]
    assert told(table_of(tmp_path, "\n".join(rows))) == []


def test_one_short_row_among_full_ones_is_not_taken_for_excels_habit(tmp_path: Path):
    rows = ["nom;email;commentaire"] + [f"N{n};n{n}@x.example;" for n in range(1, 40)]
    rows[20] = "N20;n20@x.example"
    assert told(table_of(tmp_path, "\n".join(rows))) == [("ragged", 21, 20)]


def test_a_file_cut_off_in_its_last_line_is_ragged(tmp_path: Path):
    rows = ["nom;email;ville"] + [f"N{n};n{n}@x.example;Paris" for n in range(1, 33)]
    assert told(table_of(tmp_path, "\n".join(rows)[:-6])) == [("ragged", 33, 32)]


def test_duplicate_headers_stay_apart_and_are_told(tmp_path: Path):
    table = table_of(tmp_path, "Nom;email;nom;NOM \nA;a@x.example;B;C\n")
    assert table.names == ("nom", "email", "nom_2", "nom_3")
    assert told(table) == [("duplicate-header", 1, None)] * 2
    assert table.defects[0].message.startswith('two columns are called "nom" (columns 1 and 3)')


def test_identifiers_stay_unique_beside_headers_that_look_like_them(tmp_path: Path):
    assert table_of(tmp_path, "nom;nom_2;nom;email\nA;B;C;a@x.example\n").names == ("nom", "nom_2", "nom_3", "email")


def test_a_column_with_values_and_no_header_is_told(tmp_path: Path):
    table = table_of(tmp_path, "nom;;email;\nA;7,5;a@x.example;\nB;;b@x.example;\n")
    assert table.names == ("nom", "column_2", "email")
    assert told(table) == [("empty-header", 1, None)]
    assert table.defects[0].field == "column_2"


def test_a_header_shorter_than_every_row_lacks_a_name_not_every_row_a_cell(tmp_path: Path):
    table = table_of(tmp_path, "nom;email\n" + "".join(f"A{n};a{n}@x.example;Paris\n" for n in range(5)))
    assert told(table) == [("empty-header", 1, None)]
    assert table.records[0].values == ("A0", "a0@x.example", "Paris")


def test_a_header_in_another_script_has_an_identifier_and_is_no_defect(tmp_path: Path):
    table = table_of(tmp_path, "Имя;email;★\nАнна;a@x.example;1\n")
    assert table.names == ("column_1", "email", "column_3")
    assert told(table) == []


def test_a_stray_quote_is_reported_with_its_line(tmp_path: Path):
    text = "nom;prenom;email;ville\n" + people(3) + '"Dupont;Zoé;z@x.example;Lyon\n' + people(4, start=10)
    table = table_of(tmp_path, text)
    assert told(table) == [("swallowed-row", 5, 4)]
    assert "swallows 4 more lines" in table.defects[0].message


def test_a_stray_quote_that_closes_at_the_next_quoted_cell_is_reported(tmp_path: Path):
    text = (
        "nom;prenom;email;ville\n" + people(3) + '"Dupont;Zoé;z@x.example;Lyon\n"Le Goff";Yann;y@x.example;Brest\n'
    ) + people(2, start=10)
    table = table_of(tmp_path, text)
    assert told(table) == [("swallowed-row", 5, 4)]
    assert [record.values[2] for record in table.records[-2:]] == ["p10@x.example", "p11@x.example"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_stray_quote_in_a_table_of_two_columns_is_reported(tmp_path: Path, delimiter: str):
    lines = ["email,nom", "a@x.example,Anne", 'b@x.example,"Bob', "c@x.example,Carl", "d@x.example,Dora"]
    assert told(table_of(tmp_path, "\n".join(lines).replace(",", delimiter))) == [("swallowed-row", 3, 2)]


@pytest.mark.parametrize("delimiter", [";", ","])
def test_comments_of_several_lines_are_nobody_swallowed(tmp_path: Path, delimiter: str):
    comment = '"Bonjour,\n\nvu le 3, le 4, le 5 ; à rappeler ;\nécrire à chef@x.example, puis voir\n- un\n- deux"'
    rows = [["nom", "prenom", "email", "avis"], *([f"N{n}", "Jean", f"n{n}@x.example", comment] for n in range(20))]
    assert told(table_of(tmp_path, "\n".join(map(delimiter.join, rows)))) == []


def test_a_postal_address_of_two_lines_is_nobody_swallowed(tmp_path: Path):
    text = 'nom,email,adresse\nA,a@x.example,"12, rue des Lilas\n31000 Toulouse, France"\nB,b@x.example,Paris\n'
    assert told(table_of(tmp_path, text)) == []


def test_a_clean_table_has_no_defect_however_it_is_quoted(tmp_path: Path):
    text = '"nom";"email";"note"\n' + "".join(f'"N ""{n}""";"n{n}@x.example";"a; b, c"\n' for n in range(50))
    assert told(table_of(tmp_path, text)) == []


def test_two_delimiters_that_both_make_a_table_are_told(tmp_path: Path):
    table = table_of(tmp_path, "email;note,courriel\n" + "a@x.example;1,b@x.example\n" * 3)
    assert told(table) == [("ambiguous-delimiter", 1, None)]
    assert "a comma as the delimiter would give 2 columns" in table.dialect.runner_up


def test_a_header_below_a_title_is_found(tmp_path: Path):
    text = "Candidatures 2026;;;\n;;;\nNom;Prénom;Adresse e-mail;Ville\n" + people(3)
    table = table_of(tmp_path, text)
    assert table.dialect.header_line == 3
    assert [record.line for record in table.records] == [4, 5, 6]
    assert told(table) == []


def test_a_header_without_usual_words_is_the_first_full_row(tmp_path: Path):
    text = "Liste du service;;;\nqui;autre;joindre;où\n" + people(3)
    assert table_of(tmp_path, text).dialect.header_line == 2


def test_a_title_with_an_address_above_the_header_is_no_person(tmp_path: Path):
    text = "Service RH;rh@firm.example;;\n\nNom;Prénom;Adresse e-mail;Ville\n" + people(3)
    assert table_of(tmp_path, text).dialect.header_line == 3


def test_a_person_whose_cell_is_a_header_word_is_no_header(tmp_path: Path):
    text = "qui;canal;joindre\nA;mail;a@x.example\nB;courrier;b@x.example\n"
    table = table_of(tmp_path, text)
    assert (table.dialect.header_line, len(table.records)) == (1, 2)


def test_the_header_line_can_be_told(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_text("email;nom\nE-mail;Nom\n" + "a@x.example;A\n")
    assert read_table(path).dialect.header_line == 1
    assert read_table(path, header_line=2).fields[0].header == "E-mail"


def test_defects_are_plain_values() -> None:
    assert Defect("ragged", "x", line=3) == Defect("ragged", "x", line=3)
