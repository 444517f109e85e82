"""Dates read as in the language that the workbook names, by whatever it names it; where it names none, that is said."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from each_row import each_row
from lint_cases import report_of
from workbook_files import Cell, Number, Sheet, part_changed, xls, xlsx, zipped

from mailmerge.model import Defect, DefectKind
from mailmerge.records import read_table
from mailmerge.records.number_formats.lcid import language_of_lcid
from mailmerge.records.number_formats.numberformat import compile_format

NAMED = {
    "d mmmm yyyy": "14 mars 2026", "dddd": "samedi", "mmm\\-yy": "mars-26", "dddd d mmmm": "samedi 14 mars",
    "[$-F800]dddd, mmmm dd, yyyy": "samedi 14 mars 2026", "built-in 14": "14/03/2026", "built-in 15": "14-mars-26",
    "built-in 22": "14/03/2026 00:00",
}  # fmt: skip
DAY = 46095
HEADER: list[Cell] = ["Nom", "E-mail", "Début"]


def sheet(*cells: Cell, name: str = "Données") -> Sheet:
    return Sheet(name, [HEADER, *([f"N{n}", f"n{n}@x.example", cell] for n, cell in enumerate(cells))])


def with_part(content: bytes, name: str, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [(each, archive.read(each)) for each in archive.namelist() if each != name]
    return zipped([*entries, (name, part)])


def core(language: str) -> str:
    return f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>{language}</dc:language></p>'


def with_code_name(content: bytes) -> bytes:
    return part_changed(
        content, "sheet1.xml", lambda xml: xml.replace(b"<sheetData>", b'<sheetPr codeName="Feuil1"/><sheetData>')
    )


def with_style(content: bytes) -> bytes:
    styles = (
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/><cellStyle name="{}" xfId="0" builtinId="{}"/>'
    )
    styles = styles.format("Milliers", 3) + "</cellStyles></styleSheet>"
    return part_changed(content, "styles.xml", lambda xml: xml.replace(b"</styleSheet>", styles.encode()))


FRENCH = {
    "the name of a sheet": lambda cells: xlsx(sheet(*cells, name="Feuil1")),
    "the name of a sheet of Google's": lambda cells: xlsx(sheet(*cells, name="Feuille 1")),
    "what Excel calls sheets": lambda cells: xlsx(sheet(*cells), headings="Feuilles de calcul"),
    "the properties": lambda cells: with_part(xlsx(sheet(*cells)), "docProps/core.xml", core("fr-FR")),
    "the name of a sheet in code": lambda cells: with_code_name(xlsx(sheet(*cells))),
    "the name of a style": lambda cells: with_style(xlsx(sheet(*cells))),
    "the name of the theme": lambda cells: with_part(
        xlsx(sheet(*cells)), "xl/theme/theme1.xml", '<a:theme xmlns:a="urn:a" name="Thème Office"/>'
    ),
    "the country of an XLS": lambda cells: xls(sheet(*cells, name="Donnees"), country=33),
    "the name of a sheet of an XLS": lambda cells: xls(sheet(*cells, name="Feuil1"), country=999),
}


@pytest.mark.parametrize("evidence", FRENCH)
def test_dates_are_written_in_the_language_that_the_workbook_names(tmp_path: Path, evidence: str):
    path = tmp_path / "table"
    path.write_bytes(FRENCH[evidence]([Number(float(DAY), code) for code in NAMED]))
    table = read_table(path)
    assert [record.values[2] for record in table.records] == list(NAMED.values())
    assert table.defects == ()


UNKNOWN = {
    "xlsx": lambda cells: xlsx(sheet(*cells)),
    "xlsx of a library": lambda cells: xlsx(sheet(*cells), headings="Worksheets"),
    "xlsx, English theme": lambda cells: with_part(
        xlsx(sheet(*cells)), "xl/theme/theme1.xml", '<a:theme xmlns:a="urn:a" name="Office Theme"/>'
    ),
    "xls": lambda cells: xls(sheet(*cells, name="Donnees"), country=999),
}


@each_row("kind", UNKNOWN)
@each_row("code", NAMED)
def test_that_nothing_names_a_language_is_said(tmp_path: Path, kind: str, code: str):
    path = tmp_path / "table"
    path.write_bytes(UNKNOWN[kind]([Number(float(DAY), code)]))
    table = read_table(path)
    assert table.records[0].values[2] == "2026-03-14"
    assert table.defects == (Defect(DefectKind.UNLOCALISED, {"header": "Début"}, field="debut"),)


@each_row("kind", UNKNOWN)
@each_row(
    "cell",
    [
        *(Number(float(DAY), code) for code in ("yyyy\\-mm\\-dd", "dd/mm/yyyy", "[$-40C]d mmmm yyyy")),
        Number(0.5, "hh:mm"), Number(1200.0, "#,##0"), Number(float(DAY), "0"), "14 mars", "2026-03-14",
    ],
    ids=repr,
)  # fmt: skip
def test_nothing_is_said_where_no_language_is_needed(tmp_path: Path, kind: str, cell: Cell):
    path = tmp_path / "table"
    path.write_bytes(UNKNOWN[kind]([cell]))
    assert read_table(path).defects == ()


def test_nothing_is_said_of_rows_and_columns_that_are_left_out(tmp_path: Path):
    path = tmp_path / "table.xlsx"
    day = Number(float(DAY), "d mmmm yyyy")
    rows = [[*HEADER, "Fin"], ["N1", "n1@x.example", day, day], ["N2", "n2@x.example", "x", day]]
    path.write_bytes(xlsx(Sheet("Données", rows, hidden_rows={2}, hidden_columns={4})))
    assert read_table(path).defects == ()


@pytest.mark.parametrize(("use", "severity"), [("{{ debut }}", "warn"), ("{{ debut|date }}", None), ("", "info")])
def test_check_says_what_to_do(tmp_path: Path, use: str, severity: str | None):
    path = tmp_path / "table.xlsx"
    path.write_bytes(xlsx(sheet(Number(float(DAY), "d mmmm yyyy"))))
    report = report_of(read_table(path), f"Subject: x\nContent-Language: fr\n\nBonjour {{{{ nom }}}}, {use}")
    found = [finding for finding in report.findings if finding.rule == "LST121"]
    assert [str(finding.severity) for finding in found] == ([severity] if severity else [])
    assert all("{{ debut|date }}" in finding.fix for finding in found)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("[$-41E]mmmm", "มีนาคม"), ("[$-419]d mmmm", "14 марта"), ("[$-408]mmmm", "Μαρτίου"),
        ("[$-413]dddd", "zaterdag"),
        ("[$-fr-CH]mmmm", "mars"), ("[$-x-sysdate]dddd", "samedi 14 mars 2026"), ("[$-0]mmmm", "mars"),
        ("[$-3FE]mmmm", "2026-03-14"),
    ],
)  # fmt: skip
def test_the_language_of_the_format_itself_goes_before_that_of_the_workbook(code: str, shown: str):
    assert compile_format(code, "fr")(float(DAY)) == shown
    assert compile_format(code, "fr").is_localised == (shown != "2026-03-14")


def test_every_language_with_a_number_has_names_for_its_months():
    known = {language_of_lcid(number) for number in range(0x400, 0x47F)} - {"", "und"}
    assert len(known) > 40
    for language in known:
        assert compile_format("mmmm dddd", language)(float(DAY)) != "2026-03-14", language
