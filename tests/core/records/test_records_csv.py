"""CSV as Excel, LibreOffice, Numbers and Google Sheets write it, byte for byte."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st

from mailmerge.errors import TableError
from mailmerge.records import preview_table, read_table
from mailmerge.records.delimited.reader import _unquoted

PEOPLE = [
    ["Civilité", "Prénom", "Nom", "Adresse e-mail", "Poste"],
    ["Mme", "Zoé", "Lefèvre", "zoe.lefevre@mail.example", "Chef de projet, confirmé"],
    ["M.", "François", "D'Été", "francois@mail.example", "Développeur ; senior"],
    ["Mme", "Hélène", "Garçon", "helene@mail.example", 'dite "Léna"'],
]


def written(rows: list[list[str]], delimiter: str = ";", end: str = "\r\n", *, quote_all: bool = False) -> str:
    def cell(text: str) -> str:
        needs = quote_all or any(mark in text for mark in (delimiter, '"', "\n", "\r"))
        return '"' + text.replace('"', '""') + '"' if needs else text

    return "".join(delimiter.join(map(cell, row)) + end for row in rows)


def values(path: Path, **told: str) -> list[list[str]]:
    table = read_table(path, **told)
    return [[field.header for field in table.fields], *(list(record.values) for record in table.records)]


@each_row("delimiter", [";", ",", "\t", "|"])
@each_row("end", ["\r\n", "\n", "\r"])
@each_row("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman"])
def test_every_dialect_gives_the_same_table(tmp_path: Path, encoding: str, end: str, delimiter: str):
    path = tmp_path / "candidats.csv"
    path.write_bytes(written(PEOPLE, delimiter, end).encode(encoding))
    assert values(path) == PEOPLE
    assert read_table(path).dialect.delimiter == delimiter


@pytest.mark.parametrize(
    ("writer", "content"),
    [
        ("Excel France", written(PEOPLE, ";").encode("cp1252")),
        ("Excel France, CSV UTF-8", b"\xef\xbb\xbf" + written(PEOPLE, ";").encode()),
        ("Excel France, Unicode text", b"\xff\xfe" + written(PEOPLE, "\t").encode("utf-16-le")),
        ("Excel UK", written(PEOPLE, ",").encode("cp1252")),
        ("Excel for Mac, CSV (Macintosh)", written(PEOPLE, ";", "\r").encode("mac-roman")),
        ("LibreOffice, all text quoted", written(PEOPLE, ",", "\n", quote_all=True).encode()),
        ("Google Sheets", written(PEOPLE, ",", "\r\n")[:-2].encode()),
        ("Numbers", written(PEOPLE, ";", "\r\n").encode()),
        ("German export", b"sep=;\r\n" + written(PEOPLE, ";").encode("cp1252")),
        ("German export with BOM", b"\xef\xbb\xbfsep=,\r\n" + written(PEOPLE, ",").encode()),
    ],
)
def test_each_program_is_read(tmp_path: Path, writer: str, content: bytes):
    path = tmp_path / "candidats.csv"
    path.write_bytes(content)
    assert values(path) == PEOPLE, writer
    assert read_table(path).defects == ()
    assert read_table(path).records[0].line == 2


def test_fields_have_identifiers_and_people_are_told_by_their_columns(tmp_path: Path):
    path = tmp_path / "candidats.csv"
    path.write_bytes(written(PEOPLE).encode("cp1252"))
    table = read_table(path)
    assert table.names == ("civilite", "prenom", "nom", "adresse_e_mail", "poste")
    assert (table.columns.email, table.columns.first_name, table.columns.last_name) == (
        "adresse_e_mail",
        "prenom",
        "nom",
    )
    assert table.columns.title == "civilite"
    assert table.value(table.records[2], "poste") == 'dite "Léna"'


def test_line_ends_may_be_mixed(tmp_path: Path):
    path = tmp_path / "mixed.csv"
    path.write_bytes(b"nom;email\r\nA;a@x.example\nB;b@x.example\rC;c@x.example\r\n")
    assert [record.line for record in read_table(path).records] == [2, 3, 4]


def test_blank_lines_hold_nobody_but_count_as_lines(tmp_path: Path):
    path = tmp_path / "blank.csv"
    path.write_bytes(b"nom;email\r\nA;a@x.example\r\n\r\n;;\r\nB;b@x.example\r\n \t\r\n;\r\n\r\n")
    table = read_table(path)
    assert [(record.number, record.line) for record in table.records] == [(1, 2), (2, 5)]
    assert table.defects == ()


def test_a_cell_of_several_lines_is_one_line_of_the_spreadsheet(tmp_path: Path):
    path = tmp_path / "notes.csv"
    path.write_bytes(b'nom;email;note\r\nA;a@x.example;"un\ndeux\r\ntrois"\r\nB;b@x.example;x\r\n')
    table = read_table(path)
    assert [record.line for record in table.records] == [2, 3]
    assert table.records[0].values[2] == "un\ndeux\r\ntrois"
    assert table.defects == ()


def test_only_line_ends_end_lines(tmp_path: Path):
    path = tmp_path / "odd.csv"
    path.write_bytes("nom;email\nA\u2028B\x0bC\x85D;a@x.example\n".encode())
    assert read_table(path).records[0].values[0] == "A\u2028B\x0bC\x85D"


def test_empty_trailing_columns_are_ignored(tmp_path: Path):
    path = tmp_path / "trailing.csv"
    path.write_bytes(b"nom;email;;;\r\nA;a@x.example;;;\r\nB;b@x.example;;;\r\n")
    table = read_table(path)
    assert table.names == ("nom", "email")
    assert table.records[1].values == ("B", "b@x.example")
    assert table.defects == ()


def test_surrounding_spaces_are_trimmed_and_inner_ones_kept(tmp_path: Path):
    path = tmp_path / "spaces.csv"
    path.write_bytes(" nom ;email\r\n\u00a0Le  Goff ; a@x.example\t\r\n".encode())
    table = read_table(path)
    assert table.records[0].values == ("Le  Goff", "a@x.example")
    assert table.fields[0].header == "nom"


def test_a_comma_in_every_name_does_not_pass_for_the_delimiter(tmp_path: Path):
    path = tmp_path / "names.csv"
    path.write_bytes(b"Nom, prenom;Adresse e-mail\r\nDupont, Jean;j@x.example\r\nMartin, Zoe;z@x.example\r\n")
    table = read_table(path)
    assert (table.dialect.delimiter, table.names) == (";", ("nom_prenom", "adresse_e_mail"))


def test_a_list_of_addresses_alone_is_a_table(tmp_path: Path):
    path = tmp_path / "addresses.csv"
    path.write_bytes(b"email\na@x.example\nb@x.example\n")
    assert values(path) == [["email"], ["a@x.example"], ["b@x.example"]]


def test_what_is_told_wins_over_the_evidence(tmp_path: Path):
    path = tmp_path / "told.csv"
    path.write_bytes(written([["nom", "email"], ["Zoé", "z@x.example"]]).encode("mac-roman"))
    assert read_table(path, encoding="Mac Roman", delimiter="semicolon").records[0].values[0] == "Zoé"
    assert read_table(path, encoding="windows-1252").records[0].values[0] == "ZoŽ"
    with pytest.raises(TableError, match=r"not valid utf-8 \(line 2\)"):
        read_table(path, encoding="utf-8")
    with pytest.raises(TableError, match='unknown encoding "klingon"'):
        read_table(path, encoding="klingon")
    with pytest.raises(TableError, match="cannot be a delimiter"):
        read_table(path, delimiter=";;")


def test_the_runner_up_is_told_in_words_where_one_accent_is_all_the_evidence(tmp_path: Path):
    path = tmp_path / "one.csv"
    path.write_bytes("nom;email\r\nÎle;i@x.example\r\n".encode("cp1252"))
    dialect = read_table(path).dialect
    assert dialect.encoding == "cp1252"
    assert "Mac Roman" in dialect.alternative or dialect.alternative == ""
    path.write_bytes(written(PEOPLE).encode("cp1252"))
    assert read_table(path).dialect.alternative == ""


def test_one_broken_byte_does_not_spoil_the_accents_of_everybody(tmp_path: Path):
    path = tmp_path / "mixed.csv"
    people = written([["nom", "email"], *([f"Zoé {n}", f"z{n}@x.example"] for n in range(40))]).encode()
    path.write_bytes(people + "Hélène;h@x.example\r\n".encode("cp1252"))
    table = read_table(path)
    assert table.records[0].values[0] == "Zoé 0"
    assert table.records[40].values[0] == "H\ufffdl\ufffdne"
    assert "2 characters are not valid UTF-8" in table.dialect.alternative


PUT_TOGETHER = {
    "French": (
        "cp1252",
        ["Zoé Lefèvre", "François Noël", "Gaëlle Prévôt"],
        ["Hélène", "Benoît Pré", "Müller", "Lefèvre"],
    ),
    "German": ("cp1252", ["Jürgen Größler", "Änne Müller", "Björn Weiß"], ["Müller", "Köhler", "Weiß", "Änne"]),
    "Spanish": ("cp1252", ["María Núñez", "José Ibáñez", "Íñigo Peña"], ["Núñez", "Martín", "Peña", "José"]),
    "Polish": ("cp1250", ["Paweł Wiśniewski", "Łukasz Żak", "Małgorzata Dąb"], ["Wiśniewski", "Gałka", "Żak"]),
    "Czech": ("cp1250", ["Jiří Dvořák", "Věra Čapková", "Tomáš Růžička"], ["Dvořák", "Čapek", "Šimek"]),
    "Mac": ("mac-roman", ["Zoé Lefèvre", "François Noël", "Gaëlle Prévôt"], ["Hélène", "Benoît Pré", "Müller"]),
    "DOS": ("cp850", ["Zoé Lefèvre", "François Noël", "Gaëlle Prévôt"], ["Hélène", "Benoît Pré", "Müller"]),
    "Russian": ("cp1251", ["Анна Иванова", "Сергей Щербаков", "Юлия Ким"], ["Пётр Иванов", "Анна Шевцова"]),
}
"""The encoding of some lines, names in UTF-8 beside them, and names in it."""


def put_together(few: list[tuple[str, str]], many: list[tuple[str, str]], bom: bytes = b"") -> tuple[bytes, list[str]]:
    """Rows of names, each in its encoding: the few spread over the many; and the names."""
    rows = list(many)
    for at, row in enumerate(few):
        rows.insert((7 * at + 3) % (len(rows) + 1), row)
    lines = [f"{name};p{n}@x.example\r\n".encode(encoding) for n, (name, encoding) in enumerate(rows)]
    return bom + b"name;email\r\n" + b"".join(lines), [name for name, _ in rows]


@each_row(("encoding", "utf8", "other"), PUT_TOGETHER.values(), ids=PUT_TOGETHER)
@each_row("bom", [b"", b"\xef\xbb\xbf"], ids=["bare", "with BOM"])
@each_row("mostly_utf8", [True, False])
def test_lines_in_two_encodings_are_each_read_in_their_own(
    tmp_path: Path, encoding: str, utf8: list[str], other: list[str], bom: bytes, mostly_utf8: bool
):
    path = tmp_path / "together.csv"
    ours, theirs = [(name, "utf-8") for name in utf8], [(name, encoding) for name in other]
    few, many = (theirs, ours * 12) if mostly_utf8 else (ours, theirs * 12)
    content, names = put_together(few, many, bom)
    path.write_bytes(content)
    table = read_table(path)
    assert [record.values[0] for record in table.records] == names
    assert table.dialect.encoding == ("utf-8" if mostly_utf8 else encoding)
    (notice,) = table.notices
    assert notice.startswith(f"{len(few)} lines are in ")
    assert all(word in notice for word in few[0][0].split()[:1])


@each_row(
    ("name", "encoding"),
    [("Dvořák", "cp1250"), ("Hélène", "cp1252"), ("ZoÃ", "cp1252"), ("R\xb2\xb3", "latin-1"), ("Zoé, Jos\xe9", "")],
)
def test_a_line_that_is_in_no_sure_encoding_shows_that_it_is_broken(tmp_path: Path, name: str, encoding: str):
    """Where the rest of the file says nothing about the language, and a line may be read in two ways."""
    path = tmp_path / "broken.csv"
    people = written([["nom", "email"], *([f"Zoé {n}", f"z{n}@x.example"] for n in range(40))]).encode()
    broken = name.encode(encoding) if encoding else "Zoé, Jos".encode() + b"\xe9"
    path.write_bytes(people + broken + b";h@x.example\r\n")
    table = read_table(path)
    assert "\ufffd" in table.records[40].values[0]
    assert table.notices == ()


@each_row(
    ("encoding", "names"),
    [
        ("cp1252", "«MAÇÃ» Gonçalves João"),
        ("cp1250", "PĂŞUNE Brâncuşi Ştefan Mărioara"),
        ("mac-roman", "«École d’Étude l’Été Zoé"),
        ("cp1251", "РІЗДВО Оксана Юрій"),
    ],
)
def test_letters_that_are_utf8_by_chance_are_read_as_the_rest(tmp_path: Path, encoding: str, names: str):
    path = tmp_path / "chance.csv"
    rows = [["name", "email"], *([name, f"p{n}@x.example"] for n, name in enumerate(names.split()))]
    path.write_bytes(written(rows).encode(encoding))
    table = read_table(path)
    assert [record.values[0] for record in table.records] == names.split()
    assert table.notices == ()


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1250", "Paweł Wiśniewski"),
        ("cp850", "Zoé Lefèvre"),
        ("cp1251", "Александр Сергеевич Пушкин"),
    ],
)
def test_other_european_exports_are_recognised(tmp_path: Path, encoding: str, name: str):
    path = tmp_path / "other.csv"
    path.write_bytes(
        written([["name", "email"], *([f"{name} {n}", f"g{n}@x.example"] for n in range(30))]).encode(encoding)
    )
    assert read_table(path).records[0].values[0] == f"{name} 0"


ENCODINGS = {
    "el": ("cp1253", "Άννα Γιώργος Ελένη Παπαδόπουλος Ήρα Έλλη Όλγα"),
    "ru": ("cp1251", "Анна Пётр Сергей Иванов Щербаков Юлия Фёдоров"),
    "uk": ("cp1251", "Оксана Юрій Ївга Шевченко Їжакевич"),
    "bg": ("cp1251", "Георги Ивайло Петров Цветан Юлияна"),
    "tr": ("cp1254", "Şule İbrahim Gülşen Çağlar Yıldız Işık"),
    "fr": ("iso8859-15", "Zoé Lecœur François 1500€ Cœurdoux"),
    "hu": ("cp1250", "László Győző Erzsébet Szűcs Ágnes Törő"),
    "ro": ("cp1250", "Ştefan Ţepeş Mărioara Brâncuşi Ştefana"),
    "hr": ("cp1250", "Đorđe Šimić Željko Čović"),
    "lt": ("cp1257", "Žydrūnas Šarūnas Živilė Ąžuolas Eglė Jurgė"),
    "lv": ("cp1257", "Šķēle Līga Mežs Jānis Kārlis Ņina Kaže"),
    "et": ("cp1257", "Šein Põder Õnne Jüri Jõžin"),
    "is": ("cp1252", "Þór Guðrún Sigríður Æsa Jón"),
    "fr, Windows": ("cp1252", "Zoé Lecœur François Hélène Gaël"),
    "several": ("cp1252", "Lefèvre García Sørensen João Größler Núñez Åsa Nicolò"),
    "signs": ("cp1252", "Zoé François 38½ 1½h 5€ §2 n°3 l´Épée"),
}


_LEAST = {"cp1250": 4, "cp1254": 3, "cp1257": 5, "iso8859-15": 2}
"""Words that are needed, where few letters differ from those of Windows-1252."""


@each_row(("encoding", "names"), ENCODINGS.values(), ids=ENCODINGS)
@each_row("count", [2, 5, 30])
def test_the_encodings_of_other_alphabets_are_told_by_their_words(
    tmp_path: Path, encoding: str, names: str, count: int
):
    """Whichever of the words come first, and however few they are."""
    path = tmp_path / "other.csv"
    known = names.split()
    for first in range(len(known)):
        people = [known[(first + n) % len(known)] for n in range(max(count, _LEAST.get(encoding, 0)))]
        rows = [["name", "email"], *([name, f"p{n}@x.example"] for n, name in enumerate(people))]
        path.write_bytes(written(rows).encode(encoding))
        table = read_table(path)
        assert ([record.values[0] for record in table.records]) == people, table.dialect.encoding


SMALL = {
    "cs": "Dvořák Jiří Kořínek Čapek Nováček Zdeněk Kolář Řezáč Štěpán Čermák Horáček Matěj",
    "sk": "Kováč Čajka Horáčik Ďurčák Ondrejička",
    "hr": "Marić Kovačević Đorđe Đurić Horvatić Čolić Jurčić Mačak",
    "pl": "Kamiński Zieliński Jasińska Wyszyński Kończak",
}
"""Names that are no names in Windows-1252, each enough alone."""
WESTERN = (
    "Sørensen Møller Bjørn Færøe Jørgensen Ærø Øystein Kjærgård Ægir Guðrún Æsa Hæge Lumière Ève Hélène Noèmie "
    "Suède Guèye Adèle Cèdre Fañch Juleøen Kanariøyene Èirinn Tìr Núñez Ibáñez Niccolò Forlì Caffè Noè Mosè Josuè "
    "Müller Größler Åsa João Gonçalves Bìaise Mícheál Siân Dafydd Cebrià Sarrià Güell Òscar Ùna Mìcheal Raphaël "
    "Loïc Zoë Mæl Lætitia Œuvrard Anaïs Piñeiro"
)


@each_row(("language", "names"), SMALL.items(), ids=SMALL)
def test_one_name_of_central_europe_is_enough(tmp_path: Path, language: str, names: str):
    path = tmp_path / "small.csv"
    for name in names.split():
        path.write_bytes(written([["name", "email"], [name, "p@x.example"]]).encode("cp1250"))
        assert [record.values[0] for record in read_table(path).records] == [name], language


@each_row("name", ["Beneš", "Doležal"])
def test_another_reading_is_told_where_no_encoding_is_sure(tmp_path: Path, name: str):
    path = tmp_path / "unsure.csv"
    path.write_bytes(written([["name", "email"], [name, "p@x.example"]]).encode("cp1250"))
    table = read_table(path)
    assert table.records[0].values[0] == name
    assert f', as Windows-1252 "{name}"' in table.dialect.alternative


@each_row("name", WESTERN.split())
def test_no_western_name_is_taken_for_one_of_central_europe(tmp_path: Path, name: str):
    path = tmp_path / "western.csv"
    path.write_bytes(written([["name", "email"], [name, "p@x.example"]]).encode("cp1252"))
    assert [record.values[0] for record in read_table(path).records] == [name]


@each_row("name", ["Анна Иванова", "Île", "Zoé"])
@each_row("encoding", ["cp1251", "cp1252", "mac-roman", "utf-8"])
def test_a_photograph_in_a_cell_takes_no_time(tmp_path: Path, name: str, encoding: str):
    """Words of 300,000 letters: to look for an accent from each of them on would take an hour."""
    path = tmp_path / "photo.csv"
    photo = "Ab3" * 100_000
    rows = [["name", "email", "photo"], [name, "p@x.example", photo], ["Zoé" if name != "Zoé" else "Zo", "", photo]]
    path.write_bytes(written(rows).encode(encoding, "ignore") + "Müller;m@x.example;\r\n".encode("cp1252"))
    assert read_table(path).records[0].values[2] == photo


def test_first_rows_reads_only_so_many_people(tmp_path: Path):
    path = tmp_path / "many.csv"
    rows = [["nom", "email"], *([f"N{n}", f"n{n}@x.example"] for n in range(500))]
    path.write_bytes(written(rows).encode())
    assert [record.number for record in read_table(path, first_rows=3).records] == [1, 2, 3]
    assert len(preview_table(path).records) == 50
    assert len(read_table(path).records) == 500


def test_a_cell_of_a_megabyte_is_read(tmp_path: Path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"nom;email;cv\r\nA;a@x.example;" + b"x" * 1_000_000 + b"\r\n")
    assert len(read_table(path).records[0].values[2]) == 1_000_000
    assert csv.field_size_limit() == 131072


def test_four_hundred_columns_are_read(tmp_path: Path):
    path = tmp_path / "wide.csv"
    header = ["email", *(f"champ {n}" for n in range(399))]
    path.write_bytes(written([header, ["a@x.example", *map(str, range(399))]]).encode())
    assert len(read_table(path).fields) == 400


def test_records_behave_like_a_list(tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"nom;email\r\nA;a@x.example\r\nB;b@x.example\r\n\r\nC;c@x.example\r\n")
    records = read_table(path).records
    assert (records[-1].number, records[-1].line) == (3, 5)
    assert [record.values[0] for record in records[1:]] == ["B", "C"]
    assert list(records) == [records[0], records[1], records[2]]
    with pytest.raises(IndexError):
        records[3]


printable = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff")
cell_text = st.text(printable | st.sampled_from('\n\r\t;",'), max_size=12).map(str.strip)


@settings(deadline=None, max_examples=150)
@given(
    names=st.lists(st.tuples(cell_text, cell_text), min_size=1, max_size=8),
    delimiter=st.sampled_from(";,\t"),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_writer_quoted_comes_back(tmp_path_factory, names, delimiter, end, encoding):
    path = tmp_path_factory.mktemp("csv") / "any.csv"
    rows = [["nom", "email", "ville"], *([a, f"p{n}@x.example", b] for n, (a, b) in enumerate(names))]
    path.write_bytes(written(rows, delimiter, end, quote_all=True).encode(encoding))
    table = read_table(path, delimiter=delimiter)
    assert [list(record.values) for record in table.records] == rows[1:]


def test_a_large_table_is_what_the_file_says_though_repeated_cells_are_kept_once(tmp_path: Path):
    rows = [["Mme", f"N{n}", f"n{n}@x.example", "Albi " if n % 3 else "Lyon"] for n in range(9000)]
    rows[6000] = rows[6000][:2]
    path = tmp_path / "many.csv"
    path.write_text("Civilité;Nom;Courriel;Ville\n" + "".join(";".join(row) + "\n" for row in rows), encoding="utf-8")
    table = read_table(path)
    expected = [tuple(cell.strip() for cell in (*row, "", "")[:4]) for row in rows]
    assert [record.values for record in table.records] == expected
    assert [defect.line for defect in table.defects] == [6002]
    assert table.records[8000].values[0] is table.records[8999].values[0]


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(st.lists(st.text(" abé\t\u00a0,|", max_size=4), min_size=1, max_size=5), min_size=1, max_size=20),
    times=st.integers(1, 400),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
)
def test_a_text_without_quotation_marks_is_cut_as_the_csv_reader_cuts_it(rows, times, end, last):
    text = end.join(";".join(row) for row in rows * times) + end * last
    expected = [tuple(map(str.strip, row)) for row in csv.reader(text.splitlines(keepends=True), delimiter=";")]
    cut = list(_unquoted(text, ";"))
    assert [row if any(row) else () for row in cut] == [row if any(row) else () for row in expected]


def test_a_quotation_mark_in_one_of_many_rows_changes_no_other_row(tmp_path: Path):
    lines = [f"n{n}@x.example;Nom {n % 7};{n}" for n in range(6000)]
    path = tmp_path / "table.csv"
    path.write_text("\n".join(["E-mail;Nom;Code", *lines]))
    plain = [record.values for record in read_table(path).records]
    path.write_text("\n".join(["E-mail;Nom;Code", *lines[:-1], f'n5999@x.example;"Nom {5999 % 7}";"5999"']))
    assert [record.values for record in read_table(path).records] == plain
