"""A list opens in a spreadsheet as it was written: no cell is computed, rounded or cut."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from each_row import each_row
from libreoffice_files import SOFFICE, convert

from mailmerge.delivery.sheets import require_kind, write_sheet
from mailmerge.errors import OutboxError, UsageError
from mailmerge.records import read_table

AWKWARD = {
    "a leading zero": "01000",
    "a long number": "1234567890123456789012",
    "a phone number": "+33612345678",
    "a formula": '=HYPERLINK("http://x.example";"Voir")',
    "a command": "@SUM(A1:A9)",
    "a minus": "-5",
    "a date": "1/2",
    "an exponent": "1E5",
    "a percentage": "5%",
    "a truth": "VRAI",
    "a quote": 'd\'Arcy "Zoé"',
    "an apostrophe at the beginning": "'t Hart",
    "a semicolon": "a;b, c",
    "XML": "<b>R&D</b>",
    "an escape of XML": "_x0041_",
    "an emoji": "Zoé 👩\u200d💻",
    "a link": "https://exemple.test/a?b=c",
    "nothing": "",
}


def table(path: Path) -> list[list[str]]:
    read = read_table(path)
    return [[field.header for field in read.fields], *(list(record.values) for record in read.records)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_is_reinterpreted(tmp_path: Path, kind: str) -> None:
    """As this program reads it; what LibreOffice makes of it is below."""
    path = tmp_path / f"sheet.{kind}"
    cells = list(AWKWARD.values())
    write_sheet(path, ["Adresse e-mail", "Valeur"], [[f"p{n}@boite.example", cell] for n, cell in enumerate(cells)])
    assert [row[1] for row in table(path)[1:]] == cells


@each_row("delimiter", [",", ";", "\t"])
@each_row("quoted", [False, True])
def test_cells_that_any_program_made_inert_are_read_as_they_were(tmp_path: Path, delimiter: str, quoted: bool) -> None:
    path = tmp_path / "export.csv"
    rows = [["E-mail", "Téléphone"], ["a@x.example", "'+33612345678"], ["b@x.example", "'-5"], ["c@x.example", "l'@"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    assert [row[1] for row in table(path)[1:]] == ["+33612345678", "-5", "l'@"]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_shows_every_cell_as_it_is(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path / "status.xlsx"
    cells = list(AWKWARD.values())
    write_sheet(path, ["Nom", "Valeur"], [[f"p{n}", cell] for n, cell in enumerate(cells)])
    out = tmp_path / "out"
    out.mkdir()
    shown = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
    convert([path], shown, out, tmp_path_factory.mktemp("profile"))
    (converted,) = out.glob("*.csv")
    with converted.open(encoding="utf-8", newline="") as file:
        assert [row[1] for row in csv.reader(file, delimiter=";")][1:] == cells


def test_a_cell_that_excel_cannot_hold_is_refused_and_not_cut(tmp_path: Path) -> None:
    with pytest.raises(OutboxError, match=r"row 3, column 2 is more than Excel can hold; .* \.csv"):
        write_sheet(tmp_path / "a.xlsx", ["a", "b"], [["", "x" * 32_767], ["", "x" * 32_768]])
    assert list(tmp_path.iterdir()) == []
    write_sheet(tmp_path / "a.csv", ["a", "b"], [["", "x" * 32_768]])


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.XLSX", "a.b.Csv"])
def test_a_list_is_csv_or_a_workbook(name: str) -> None:
    require_kind(Path(name))


@pytest.mark.parametrize("name", ["a", "a.xls", "a.ods", "a.csv.gz", ".csv", "xlsx"])
def test_another_kind_of_file_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=r"ends in neither \.csv nor \.xlsx"):
        require_kind(Path(name))
