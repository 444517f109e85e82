"""What a table should not have is told with its line, and what is merely unusual is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import each_row
from pseudo import outside, speaking_pseudo

from mailmerge.model import Defect, DefectKind, RecordTable
from mailmerge.records import read_table
from mailmerge.records.defects import Wording, described, wording


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
    assert [dict(defect.values) for defect in table.defects] == [
        {"cells": 3, "columns": 4},
        {"cells": 5, "columns": 4},
    ]
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
    assert [dict(defect.values) for defect in table.defects] == [
        {"header": "nom", "first": 1, "second": 3},
        {"header": "NOM", "first": 1, "second": 4},
    ]


def test_identifiers_stay_unique_beside_headers_that_look_like_them(tmp_path: Path):
    assert table_of(tmp_path, "nom;nom_2;nom;email\nA;B;C;a@x.example\n").names == ("nom", "nom_2", "nom_3", "email")


def test_a_column_with_values_and_no_header_is_told(tmp_path: Path):
    table = table_of(tmp_path, "nom;;email;\nA;7,5;a@x.example;\nB;;b@x.example;\n")
    assert table.names == ("nom", "column_2", "email")
    assert told(table) == [("empty-header", 1, None)]
    assert table.defects[0].field == "column_2"
    assert table.defects[0].values == {"column": 2}


def test_a_header_shorter_than_every_row_lacks_a_name_not_every_row_a_cell(tmp_path: Path):
    table = table_of(tmp_path, "nom;email\n" + "".join(f"A{n};a{n}@x.example;Paris\n" for n in range(5)))
    assert told(table) == [("empty-header", 1, None)]
    assert table.records[0].values == ("A0", "a0@x.example", "Paris")


def test_a_header_in_another_script_has_an_identifier_and_is_no_defect(tmp_path: Path):
    table = table_of(tmp_path, "Имя;email;★\nАнна;a@x.example;1\n")
    assert table.names == ("имя", "email", "column_3")
    assert told(table) == []


def test_a_stray_quote_is_reported_with_its_line(tmp_path: Path):
    text = "nom;prenom;email;ville\n" + people(3) + '"Dupont;Zoé;z@x.example;Lyon\n' + people(4, start=10)
    table = table_of(tmp_path, text)
    assert told(table) == [("swallowed-row", 5, 4)]
    assert table.defects[0].values == {"column": 1, "absorbed": 4, "at_least": False}


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
    assert table.defects[0].values == {"best": ";", "columns": 2, "other": ",", "other_columns": 2}
    assert "instead, it would have 2 columns" in table.dialect.alternative


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
    made = [Defect(DefectKind.RAGGED, {"cells": 3, "columns": 4}, line=3) for _ in range(2)]
    assert made[0] == made[1]


def defect(kind: DefectKind, **values: str | int) -> Defect:
    return Defect(kind, values, line=7)


AMBIGUOUS, FOREIGN = DefectKind.AMBIGUOUS_EMAIL_COLUMN, DefectKind.FOREIGN_EMAIL_COLUMN
IN_WORDS = {
    Wording.UNLOCALISED: (
        defect(DefectKind.UNLOCALISED, header="Début"),
        'the dates in "Début" are read as year-month-day, because the workbook does not say in which language it shows '
        "them",
    ),
    Wording.ROW_TOO_LONG: (
        defect(DefectKind.RAGGED, cells=5, columns=4),
        "line 7 has 5 cells, but the header has only 4",
    ),
    Wording.ROW_TOO_SHORT: (defect(DefectKind.RAGGED, cells=1, columns=4), "line 7 has only 1 of 4 cells"),
    Wording.DUPLICATE_HEADER: (
        defect(DefectKind.DUPLICATE_HEADER, header="Nom {line}\u202e", first=1, second=3),
        'two columns are called "Nom {line}‹U+202E›" (columns A and C on line 7)',
    ),
    Wording.EMPTY_HEADER: (defect(DefectKind.EMPTY_HEADER, column=2), "column 2 has values but no header on line 7"),
    Wording.NO_EMAIL_COLUMN: (defect(DefectKind.NO_EMAIL_COLUMN), "no column contains e-mail addresses"),
    Wording.TWO_EMAIL_COLUMNS: (
        defect(AMBIGUOUS, columns=2, first="A", second="B"),
        'two columns could be the e-mail column: "A" and "B"',
    ),
    Wording.THREE_EMAIL_COLUMNS: (
        defect(AMBIGUOUS, columns=3, first="A", second="B", third="C"),
        'three columns could be the e-mail column: "A", "B" and "C"',
    ),
    Wording.MANY_EMAIL_COLUMNS: (
        defect(AMBIGUOUS, columns=4, first="A", second="B", third="C"),
        '4 columns could be the e-mail column, among them "A", "B" and "C"',
    ),
    Wording.FOREIGN_EMAIL_COLUMN: (
        defect(FOREIGN, columns=1, first="Tuteur"),
        "the only e-mail addresses are in \"Tuteur\", which seems to be somebody else's address, not the recipient's",
    ),
    Wording.FOREIGN_EMAIL_COLUMNS: (
        defect(FOREIGN, columns=2, first="Tuteur", second="Chef"),
        'the only e-mail addresses are in 2 columns, among them "Tuteur" and "Chef", which seem to be other people\'s'
        " addresses, not the recipient's",
    ),
    Wording.SAME_EMAIL_COLUMN: (
        defect(DefectKind.SAME_EMAIL_COLUMN, columns=2, header="Email", first="B", second="D"),
        'columns B and D are both called "Email" and contain different e-mail addresses',
    ),
    Wording.EMAIL_COLUMN_OF_OTHERS: (
        defect(DefectKind.EMAIL_COLUMN_OF_OTHERS, first="Email", owner="Manager"),
        'the e-mail addresses in "Email" seem to be those of the people in "Manager", not the recipients\' own',
    ),
    Wording.OUTDATED_EMAIL_COLUMN: (
        defect(DefectKind.OUTDATED_EMAIL_COLUMN, first="Ancien e-mail"),
        'the e-mail addresses in "Ancien e-mail" seem to be old ones: its header says so, and no other column contains '
        "addresses of the recipients",
    ),
    Wording.UNCLEAR_EMAIL_COLUMN: (
        defect(DefectKind.UNCLEAR_EMAIL_COLUMN, first="E-mail Dupuis"),
        'it is not clear whether the e-mail addresses in "E-mail Dupuis" are the recipients\' own: its header does not'
        " say so, and they do not resemble the recipients' names",
    ),
    Wording.TWO_SHEETS: (
        defect(DefectKind.AMBIGUOUS_SHEET, sheets=2, first="Refusés", second="Retenus"),
        'the sheets "Refusés" and "Retenus" have the same columns, and both contain people',
    ),
    Wording.MANY_SHEETS: (
        defect(DefectKind.AMBIGUOUS_SHEET, sheets=3, first="Refusés", second="Retenus"),
        '3 sheets have the same columns and contain people, among them "Refusés" and "Retenus"',
    ),
    Wording.AMBIGUOUS_DELIMITER: (
        defect(DefectKind.AMBIGUOUS_DELIMITER, best=";", columns=3, other="\t", other_columns=2),
        "the delimiter could be a semicolon (3 columns) or a tab (2 columns)",
    ),
    Wording.ABSORBED_LINE: (
        defect(DefectKind.SWALLOWED_ROW, column=2, absorbed=1, at_least=False),
        "an unclosed quotation mark on line 7, column 2 has absorbed the next line of the table",
    ),
    Wording.ABSORBED_LINES: (
        defect(DefectKind.SWALLOWED_ROW, column=2, absorbed=2, at_least=False),
        "an unclosed quotation mark on line 7, column 2 has absorbed the next 2 lines of the table",
    ),
    Wording.ABSORBED_MUCH: (
        defect(DefectKind.SWALLOWED_ROW, column=2, absorbed=9999, at_least=True),
        "an unclosed quotation mark on line 7, column 2 has absorbed at least the next 9999 lines of the table",
    ),
    Wording.NEVER_CALCULATED: (
        defect(DefectKind.NEVER_CALCULATED, header="Prime"),
        'the column "Prime" contains formulas that were never calculated',
    ),
    Wording.SECOND_HEADER: (
        defect(DefectKind.SECOND_HEADER, at=12, header="Email"),
        'line 12 has "Email" in the place of an e-mail address, and people below it: another table seems to begin '
        "there",
    ),
    Wording.BEYOND_BLANK_COLUMN: (
        defect(DefectKind.BEYOND_BLANK_COLUMN, header="Salle", filled=5, people=6),
        'a blank column separates the column "Salle" from the people, and 5 of 6 people have a value in it: it may '
        "belong to another table",
    ),
    Wording.BELOW_THE_PEOPLE: (
        defect(DefectKind.BEYOND_BLANK_COLUMN, header="Salle", filled=7, people=6),
        'a blank column separates the column "Salle" from the people, and it goes on below the last of them: it may '
        "belong to another table",
    ),
}


@each_row("words", Wording, ids=str)
def test_each_defect_is_put_into_words_where_it_is_shown(words: Wording) -> None:
    made, sentence = IN_WORDS[words]
    assert wording(made) is words
    assert described(made) == sentence
    with speaking_pseudo():
        assert outside(described(made)) == ""
