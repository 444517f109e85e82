"""Where the parts of an XLSX are is for its relations to say, and which code page for whoever reads an old XLS."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from each_row import each_row
from workbook_files import Cell, Number, Sheet, biff5, xlsx, zipped

from mailmerge.records import preview_table, read_table

PEOPLE: list[list[Cell]] = [
    ["Nom", "E-mail", "Date"],
    *([f"Zoé {n}", f"n{n}@x.example", Number(46000 + n, "dd/mm/yyyy")] for n in range(40)),
]
FOLDERS = ["doc", "word/book", "XL", "a b"]


def moved(folder: str, *, absolute: bool, sheets: str = "worksheets", slash: str = "/") -> bytes:
    """A workbook with its parts below another folder."""
    with zipfile.ZipFile(BytesIO(xlsx(Sheet("Liste", PEOPLE)))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    there = {name: text for name, text in parts.items() if name.startswith("xl/")}
    rest = {name: text for name, text in parts.items() if name not in there}
    out = {}
    for name, text in there.items():
        place = name.replace("xl/worksheets/", f"xl/{sheets}/").replace("xl/", f"{folder}/", 1)
        if name.endswith(".rels"):
            text = text.replace('Target="worksheets/', f'Target="{sheets}/')
            text = text.replace('Target="', f'Target="/{folder}/') if absolute else text
        out[place.replace("/", slash)] = text
    for name, text in rest.items():
        out[name] = text.replace("/xl/worksheets/", f"/{folder}/{sheets}/").replace("xl/", f"{folder}/")
    return zipped(out.items())


@each_row("folder", FOLDERS)
@each_row("absolute", [False, True])
@each_row("sheets", ["worksheets", "s"])
def test_a_workbook_is_read_wherever_its_parts_are(tmp_path: Path, folder: str, absolute: bool, sheets: str):
    path, usual = tmp_path / "moved.xlsx", tmp_path / "usual.xlsx"
    path.write_bytes(moved(folder, absolute=absolute, sheets=sheets))
    usual.write_bytes(xlsx(Sheet("Liste", PEOPLE)))
    expected = [record.values for record in read_table(usual).records]
    assert [record.values for record in read_table(path).records] == expected
    assert [record.values for record in preview_table(path, first_rows=50).records] == expected


def test_a_workbook_whose_names_have_backslashes_is_read(tmp_path: Path):
    path = tmp_path / "table.xlsx"
    path.write_bytes(moved("xl", absolute=False, slash="\\"))
    assert len(read_table(path).records) == 40


RUSSIAN = [["Имя", "Фамилия", "E-mail"], ["Анна", "Иванова", "anna@x.example"], ["Олег", "Петров", "oleg@x.example"]]
FRENCH = [["Prénom", "Nom", "E-mail"], ["Zoé", "Lefèvre", "zoe@x.example"], ["Éric", "Noël", "eric@x.example"]]
CENTRAL = [
    ["Imię", "Nazwisko", "E-mail"],
    ["Paweł", "Wiśniewski", "p@x.example"],
    ["Łucja", "Dąbrowska", "l@x.example"],
]


@each_row("says_so", [True, False])
@each_row(("codec", "rows"), [("cp1251", RUSSIAN), ("cp1252", FRENCH), ("cp1250", CENTRAL)])
def test_an_old_xls_is_read_in_its_code_page_also_where_it_says_none(tmp_path: Path, codec: str, rows, says_so: bool):
    path = tmp_path / "table.xls"
    path.write_bytes(biff5(rows, codec=codec, says_so=says_so))
    table = read_table(path)
    assert [field.header for field in table.fields] == rows[0]
    assert [list(record.values) for record in table.records] == rows[1:]


def test_the_sign_of_a_number_is_no_letter_of_another_encoding(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_bytes(
        "N°;Prénom;Nom;E-mail\n1;Éric;Leroy;eric@x.example\n".replace("Prénom", "Prenom").encode("mac-roman")
    )
    assert read_table(path).records[0].values[1] == "Éric"
