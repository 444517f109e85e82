"""A number format shows what Excel shows; where that cannot be told: hashes, which the linter finds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from each_row import each_row
from lint_cases import report_of
from workbook_files import Cell, Formula, Number, Sheet, Text, part_changed, xls, xlsx

from mailmerge.records import read_table
from mailmerge.records.number_formats.numberformat import compile_format
from mailmerge.records.number_formats.places import UNSHOWABLE


def show(code: str, value: float | str, language: str = "fr") -> str:
    return compile_format(code, language)(float(value) if isinstance(value, int) else value)


@each_row(
    ("code", "value", "expected"),
    [
        ('0.0,"k€"', 38500, "38,5k€"),
        ('#,##0.0,"k€"', 38500, "38,5k€"),
        ('0.0,,"M€"', 38500, "0,0M€"),
        ('[>=1000]0.0,"k";0', 38500, "38,5k"),
        ('[>=1000]0.0,"k";0', 12, "12"),
        ("0,.0", 38500, "38,5"),
        ("#,##0,,", 1234567890, "1\u00a0235"),
        ("0,%", 38500, "3850%"),
        (".0", 45.6, "45,6"),
        (".00", 0.5, ",50"),
        ('"R-".0', 45.6, "R-45,6"),
        ("# ?/?", 1.5, "1 1/2"),
        ("# ?/?", 0.5, "1/2"),
        ("# ?/?", 2, "2"),
        ("# ?/?", 0, "0"),
        ("# ?/?", -0.25, "- 1/4"),
        ("# ?/?", 0.99, "1"),
        ("?/?", 3.5, "7/2"),
        ("# ?/8", 0.5, "4/8"),
        ("0/0/0", 5, UNSHOWABLE),
        ("##0.0E+0", 12345, "12,3E+3"),
        ("##0.0E+0", 999999, "1,0E+6"),
        ("0.00E+00", 1e300, "1,00E+300"),
        ("0", 1e20, "100000000000000000000"),
        ("0.00", 1e-300, "0,00"),
        ("0##", 5, "05"),
        ("[>=1000]0.00;00.0", -38500, "-38500,0"),
        ("[<0]0.0;0", -5, "5,0"),
        ("[>=10]0;[<-10](0)", 3, UNSHOWABLE),
        ("[>=10]0", 3, "3"),
        ("0;;", -3, ""),
        ('0;-0;"néant";@', 0, "néant"),
        ("General;[Red]-General", -1.5, "-1,5"),
        ("0", float("nan"), "#NUM!"),
        ("0", float("inf"), "#NUM!"),
        ("General", float("-inf"), "#NUM!"),
    ],
)
def test_a_number(code: str, value: float, expected: str):
    assert show(code, value) == expected


@each_row(
    ("code", "value", "expected"),
    [
        ("dd/mm/yyyy [hh]:mm", 46000.5, "09/12/2025 1104012:00"),
        ('d"j" [h]:mm', 46000.5, "9j 1104012:00"),
        ("h:[mm]", 46000.5, "12:66240720"),
        ("[<4.17][hh]:mm:ss;[hh]:mm", 2.5, "60:00:00"),
        ("[<4.17][hh]:mm:ss;[hh]:mm", 46000.5, "1104012:00"),
        ("[ss].0", 1.25, "108000,0"),
        ('0;[Red]-0;"le "dd/mm/yyyy', 0, UNSHOWABLE),
        ("[>40000]dd/mm/yyyy;0", 46000, "09/12/2025"),
        ("[>40000]dd/mm/yyyy;0", 12, "12"),
        ("dd/mm/yyyy", 45306.9999, "15/01/2024"),
        ("dd/mm/yyyy hh:mm:ss", 45306.999999, "16/01/2024 00:00:00"),
        ("e", 46000, "2025"),
        ("hh:mm:ss.00", 0.5 + 0.25 / 86400, "12:00:00,25"),
        ("dd/mm/yyyy", -5, UNSHOWABLE),
        ("dd/mm/yyyy", 0, UNSHOWABLE),
        ("dd/mm/yyyy", 60, UNSHOWABLE),
        ("dd/mm/yyyy", 2958466, UNSHOWABLE),
        ("[h]:mm", -1.5, UNSHOWABLE),
        ("[h]:mm", 1e9, UNSHOWABLE),
        ('[$-411]ggge"年"m"月"', 46000, UNSHOWABLE),
        ("[$-D07041E]d mmm yyyy", 46000, UNSHOWABLE),
        ("[$-2060401]dd/mm/yyyy", 46000, UNSHOWABLE),
        ("[DBNum1]0", 46000, UNSHOWABLE),
        ("bbbb", 46000, UNSHOWABLE),
        ("[$-F400]h:mm:ss AM/PM", 0.6041666667, "14:30:00"),
    ],
)
def test_a_moment(code: str, value: float, expected: str):
    assert show(code, value) == expected


def test_days_count_from_1904_where_the_workbook_does_so():
    assert compile_format("dd/mm/yyyy", "fr", since_1904=True)(44538.0) == "09/12/2025"
    assert compile_format("[h]:mm", "fr", since_1904=True)(1.5) == "36:00"


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("dd/mm/yyyy", date(2026, 11, 27), "27/11/2026"),
        ("dd/mm/yyyy hh:mm", datetime(2026, 11, 27, 14, 30), "27/11/2026 14:30"),
        ("hh:mm", datetime(2026, 11, 27, 14, 30), "14:30"),
        ("hh:mm", time(14, 30), "14:30"),
        ("[h]:mm", timedelta(days=1, hours=12), "36:00"),
    ],
)
def test_a_moment_that_is_written_as_one_shows_alike_wherever_days_count_from(
    code: str, value: date | time | timedelta, expected: str, since_1904: bool
):
    assert compile_format(code, "fr", since_1904=since_1904)(value) == expected


@each_row("code", ["0;", ";", ";;;;;", "[", '"', "\\", "[>]0", "[h", "E+", "0E", "/", "#/", "@@", "*", "_", "."])
@each_row("value", [0, -1.5, 46000.5, 1e300, "x", True])
def test_no_code_is_too_odd_to_show_something(code: str, value: float | str):
    assert isinstance(compile_format(code, "fr")(value), str)


@pytest.mark.parametrize("write", [xlsx, xls])
def test_a_text_shows_by_the_section_for_texts(tmp_path: Path, write):
    cells: list[Cell] = [
        *(Text("Zoé", code) for code in (";;;", '0;0;0;"Dr "@', '"Dr "@', "0.00", "0;;;", '0;-0;0;"texte"')), "Zoé",
    ]  # fmt: skip
    rows = [["Nom", "E-mail", "V"], *([f"N{n}", f"n{n}@x.example", cell] for n, cell in enumerate(cells))]
    path = tmp_path / "table"
    path.write_bytes(write(Sheet("Feuil1", rows)))
    shown = [record.values[2] for record in read_table(path).records]
    assert shown == ["", "Dr Zoé", "Dr Zoé", "Zoé", "", "texte", "Zoé"]


def test_a_result_that_is_hidden_is_not_printed(tmp_path: Path):
    path = tmp_path / "table.xlsx"
    rows: list[list[Cell]] = [["Nom", "E-mail", "V"], ["N", "n@x.example", Formula("secret", ";;;")]]
    path.write_bytes(xlsx(Sheet("Feuil1", rows)))
    assert read_table(path).records[0].values[2] == ""


def test_the_style_of_cells_without_one_may_have_a_format(tmp_path: Path):
    rows: list[list[Cell]] = [["Nom", "E-mail", "V"], ["N", "n@x.example", 0.25]]
    content = xlsx(Sheet("Feuil1", rows))
    content = part_changed(
        content, "styles.xml", lambda xml: xml.replace(b'<xf numFmtId="0" app', b'<xf numFmtId="9" app')
    )
    path = tmp_path / "table.xlsx"
    path.write_bytes(content)
    assert read_table(path).records[0].values[2] == "25%"


def test_a_value_that_cannot_be_shown_stops_the_letter_that_uses_it(tmp_path: Path):
    path = tmp_path / "table.xlsx"
    rows: list[list[Cell]] = [["Nom", "E-mail", "Date"], ["Petit", "petit@x.example", Number(-5, "dd/mm/yyyy")]]
    path.write_bytes(xlsx(Sheet("Feuil1", rows)))
    report = report_of(read_table(path), "Subject: x\n\nBonjour {{ nom }}, le {{ date }}")
    (finding,) = [finding for finding in report.findings if finding.rule == "LST112"]
    assert "another number format, such as General" in finding.fix


@each_row("place", ["before", "after"])
@each_row("number", [9, 14, 164, 165])
def test_formats_of_conditional_formats_are_no_formats_of_cells(tmp_path: Path, number: int, place: str):
    """Those have numbers of their own: 14 is a percentage there, where it is a date in cells."""
    shown = {9: "4500000%", 14: "15/03/2023", 164: "15/03/2023", 165: "00045000"}
    rows: list[list[Cell]] = [
        ["Nom", "E-mail", "Valeur"],
        ["A", "a@x.example", Number(45000, "dd/mm/yyyy")],
        ["B", "b@x.example", Number(45000, "00000000")],
    ]
    other = f'<dxfs count="1"><dxf><numFmt numFmtId="{number}" formatCode="0.00%"/></dxf></dxfs>'.encode()

    def changed(xml: bytes) -> bytes:
        if number < 100:
            xml = xml.replace(b'<xf numFmtId="164"', b'<xf numFmtId="%d"' % number)
        return (
            xml.replace(b"</styleSheet>", other + b"</styleSheet>")
            if place == "after"
            else xml.replace(b"<fonts>", other + b"<fonts>")
        )

    path = tmp_path / "table.xlsx"
    path.write_bytes(part_changed(xlsx(Sheet("Feuil1", rows)), "styles.xml", changed))
    values = [record.values[2] for record in read_table(path).records]
    assert values[number == 165] == shown[number], values
