"""XLSX, XLS and ODS give what their author sees: no more, and not another way."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import islice
from pathlib import Path

import pytest
from each_row import each_row
from workbook_files import MAIN, Cell, Error, Formula, Number, Sheet, Shown, ods, part_changed, xls, xlsx, zipped

from mailmerge.errors import TableError
from mailmerge.model import RecordTable
from mailmerge.records import preview_table, read_mailboxes, read_table, sheet_names
from mailmerge.records.number_formats.numberformat import compile_format
from mailmerge.records.workbooks.sheets import FormatRun, shows_by_row
from mailmerge.records.workbooks.xlsx_head import beginning

HEADER: list[Cell] = ["Nom", "E-mail", "Valeur"]


def people(*values: Cell) -> list[list[Cell]]:
    return [HEADER, *([f"N{n}", f"n{n}@x.example", value] for n, value in enumerate(values))]


def table_of(tmp_path: Path, content: bytes, name: str = "candidats.xlsx", **told: str) -> RecordTable:
    path = tmp_path / name
    path.write_bytes(content)
    return read_table(path, **told)


def shown(tmp_path: Path, *values: Cell, sheet: str = "Feuil1") -> list[str]:
    return [record.values[2] for record in table_of(tmp_path, xlsx(Sheet(sheet, people(*values)))).records]


def refusal(tmp_path: Path, content: bytes, name: str = "candidats.xlsx", **told: str) -> str:
    with pytest.raises(TableError) as refused:
        table_of(tmp_path, content, name, **told)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@each_row(
    ("cell", "expected"),
    [
        (12.0, "12"),
        (0.1 + 0.2, "0,3"),
        (1.5, "1,5"),
        (33612345678.0, "33612345678"),
        (283017512345678.0, "283017512345678"),
        (-3.0, "-3"),
        (True, "VRAI"),
        ("007", "007"),
        (" Zoé  Le\u00a0Goff ", "Zoé  Le\u00a0Goff"),
        (Number(31000, "00000"), "31000"),
        (Number(1200, "00000"), "01200"),
        (Number(612345678, '0#" "##" "##" "##" "##'), "06 12 34 56 78"),
        (Number(612345678, "0#########"), "0612345678"),
        (Number(42, '"R-"000000'), "R-000042"),
        (Number(0.125, "0%"), "13%"),
        (Number(0.125, "0.0%"), "12,5%"),
        (Number(32000, '#,##0\\ "€"'), "32\u00a0000 €"),
        (Number(32000.5, "_-* #,##0.00\\ [$€-40C]_-"), "32\u00a0000,50 €"),
        (Number(-12, "#,##0_);(#,##0)"), "(12)"),
        (Number(-0.001, "0.00"), "0,00"),
        (Number(0, '0;-0;"aucun"'), "aucun"),
        (Number(5, ";;;"), ""),
        (Number(123456, "0.00E+00"), "1,23E+05"),
        (Number(1.5, "# ?/?"), "1 1/2"),
        (Number(12345, "0,"), "12"),
        (Number(7.5, 'General" ans"'), "7,5 ans"),
        (Number(0, "0.0;;"), ""),
        (Number(2, '[=1]"Mme";[=2]"M.";0'), "M."),
        (Number(-2, '[=1]"Mme";[=2]"M.";0'), "-2"),
        (Number(612345678, "[>=3000000000000]0;0# ## ## ## ##"), "06 12 34 56 78"),
        (Number(46095, "mm-dd-yy"), "14/03/2026"),
        (Number(46095, "dd/mm/yyyy"), "14/03/2026"),
        (Number(46095.375, "m/d/yy h:mm"), "14/03/2026 09:00"),
        (Number(46095, "[$-40C]d mmmm yyyy;@"), "14 mars 2026"),
        (Number(46095, "d mmmm yyyy"), "14 mars 2026"),
        (Number(46095, "[$-809]d mmmm yyyy"), "14 March 2026"),
        (Number(46095, "[$-zz-ZZ]d mmmm yyyy"), "2026-03-14"),
        (Number(0.375, "h:mm"), "09:00"),
        (Number(46095, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"), "samedi 14 mars 2026"),
        (Number(46095, "yyyy\\-mm\\-dd"), "2026-03-14"),
        (Number(0.6041666667, "h:mm"), "14:30"),
        (Number(0.6041666667, "hh\\hmm"), "14h30"),
        (Number(0.6041666667, "h:mm AM/PM"), "2:30 PM"),
        (Number(1.5, "[h]:mm"), "36:00"),
        (Formula("Bonjour"), "Bonjour"),
        (Formula(7.0), "7"),
        (Formula(46095.0, "dd/mm/yyyy"), "14/03/2026"),
        (Error("#N/A"), "#N/A"),
        (Error("#REF!"), "#REF!"),
    ],
)
def test_a_cell_of_a_french_workbook_is_what_it_shows(tmp_path: Path, cell: Cell, expected: str):
    assert shown(tmp_path, cell, "x") == [expected, "x"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (1.5, "1.5"),
        (Number(46095, "mm-dd-yy"), "2026-03-14"),
        (Number(46095, "d mmmm yyyy"), "2026-03-14"),
        (Number(46095.375, "m/d/yy h:mm"), "2026-03-14 09:00"),
        (Number(46095, "dd/mm/yyyy"), "14/03/2026"),
        (True, "TRUE"),
    ],
)
def test_what_depends_on_an_unknown_language_is_unmistakable(tmp_path: Path, cell: Cell, expected: str):
    assert shown(tmp_path, cell, sheet="People") == [expected]


def test_the_language_of_excel_is_known_by_its_own_words(tmp_path: Path):
    content = xlsx(Sheet("Candidats", people(1.5)), headings="Feuilles de calcul")
    assert table_of(tmp_path, content).records[0].values[2] == "1,5"


def test_the_language_of_libreoffice_is_in_the_properties(tmp_path: Path):
    core = b'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>%s</dc:language></p>'
    content = xlsx(Sheet("Candidats", people(Number(46095, "d mmmm yyyy"), 1.5, True)), headings="Worksheets")

    def values(language: bytes) -> list[str]:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [(name, archive.read(name)) for name in archive.namelist()]
        told = zipped([*entries, ("docProps/core.xml", core % language)])
        return [record.values[2] for record in table_of(tmp_path, told).records]

    assert values(b"fr-FR") == ["14 mars 2026", "1,5", "VRAI"]
    assert values(b"de-DE") == ["14 März 2026", "1,5", "WAHR"]
    assert values(b"zz") == values(b"") == ["2026-03-14", "1.5", "TRUE"]


@pytest.mark.parametrize(
    ("name", "shows"), [("Tabelle1", "32.000,50"), ("Feuil1", "32\u00a0000,50"), ("S", "32,000.50")]
)
def test_thousands_are_parted_as_the_language_does(tmp_path: Path, name: str, shows: str):
    assert shown(tmp_path, Number(32000.5, "#,##0.00"), sheet=name) == [shows]


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path: Path):
    content = xlsx(Sheet("Feuil1", people(Number(44633, "dd/mm/yyyy"))), date1904=True)
    assert table_of(tmp_path, content).records[0].values[2] == "14/03/2026"


@each_row(("date1904", "shows"), [(False, "46353"), (True, "44891")])
@each_row("code", ["", "General", "0"])
def test_a_date_without_its_format_shows_the_number_of_its_day(tmp_path: Path, date1904: bool, code: str, shows: str):
    content = xlsx(Sheet("Feuil1", people(Number(44633, code) if code else 44633.0)), date1904=date1904)

    def as_date(part: bytes) -> bytes:
        changed = re.sub(rb'(<c r="C2"[^>]*)><v>44633(?:\.0)?</v>', rb'\1 t="d"><v>2026-11-27</v>', part)
        assert changed != part
        return changed

    assert table_of(tmp_path, part_changed(content, "sheet1.xml", as_date)).records[0].values[2] == shows


def test_cells_of_one_column_may_have_several_formats(tmp_path: Path):
    cells: list[Cell] = [Number(5, "000"), 5.0, Number(5, "0.0"), "5", Number(5, "000")]
    assert shown(tmp_path, *cells) == ["005", "5", "5,0", "5", "005"]


def test_a_negative_zero_shows_as_zero_and_spoils_no_other(tmp_path: Path):
    assert shown(tmp_path, Number(-0.0, "0.00"), Number(0.0, "0.00"), Number(-0.0, "0%")) == ["0,00", "0,00", "0%"]


def test_a_sheet_of_many_pieces_shows_every_cell(tmp_path: Path):
    count = 20_000
    cells: list[Cell] = [Number(number, "000000") for number in range(count)]
    cells[count // 2], cells[-1] = Error("#N/A"), "the last"
    content = xlsx(Sheet("Feuil1", people(*cells), hidden_rows={count - 1}))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert len(archive.read("xl/worksheets/sheet1.xml")) > 2 << 20
    table = table_of(tmp_path, content)
    expected = [f"{number:06}" for number in range(count)]
    expected[count // 2], expected[-1] = "#N/A", "the last"
    del expected[count - 3]  # row 1 is the header
    assert [record.values[2] for record in table.records] == expected
    assert table.notices == (f"1 hidden row is left out (line {count - 1}): unhide it to include it",)


@pytest.mark.parametrize("shared", [True, False])
def test_texts_may_be_shared_or_inline(tmp_path: Path, shared: bool):
    table = table_of(tmp_path, xlsx(Sheet("Feuil1", people("é\nè")), shared=shared))
    assert table.records[0].values == ("N0", "n0@x.example", "é\nè")
    assert table.defects == ()


def test_xml_may_have_prefixes_and_attributes_in_any_order(tmp_path: Path):
    content = xlsx(Sheet("Feuil1", people(Number(5, "000"), Error("#N/A"), "x"), hidden_rows={4}))

    def rearranged(xml: bytes) -> bytes:
        xml = re.sub(rb'<c r="(\w+)" s="(\d+)"', rb'<c s="\2" r="\1"', xml)
        xml = re.sub(rb'<c r="(\w+)" t="e"', rb'<c t="e" r="\1"', xml)
        xml = re.sub(rb'<row r="(\d+)" hidden="1"', rb'<row hidden="true" r="\1"', xml)
        return re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x=")

    table = table_of(tmp_path, part_changed(content, "sheet1.xml", rearranged))
    assert [record.values[2] for record in table.records] == ["005", "#N/A"]


def test_hidden_rows_and_columns_are_left_out_and_said(tmp_path: Path):
    rows = [["Nom", "Score", "E-mail", ""], *([f"N{n}", n, f"n{n}@x.example", ""] for n in range(1, 9))]
    content = xlsx(Sheet("Feuil1", rows, hidden_rows={3, 5, 6, 20}, hidden_columns={2, 4}))
    table = table_of(tmp_path, content)
    assert table.names == ("nom", "e_mail")
    assert [(record.number, record.line) for record in table.records] == [(1, 2), (2, 4), (3, 7), (4, 8), (5, 9)]
    assert table.notices == (
        "3 hidden rows are left out (lines 3, 5-6): unhide them to include them",
        "hidden column B is left out: unhide it to use it",
    )
    assert table.defects == ()


def test_the_first_visible_sheet_with_people_is_read_and_the_others_named(tmp_path: Path):
    content = xlsx(
        Sheet("Ancien", people("vieux"), state="hidden"),
        Sheet("Lisez-moi", [["Ce classeur"], ["est long"]]),
        Sheet("Candidats", people("bon")),
        Sheet("Modèle", people("vide")[:1]),
    )
    table = table_of(tmp_path, content)
    assert (table.dialect.sheet, table.records[0].values[2]) == ("Candidats", "bon")
    assert 'the sheets "Lisez-moi" and "Modèle"' in table.dialect.alternative


@pytest.mark.parametrize("write", [xlsx, ods])
@pytest.mark.parametrize("rows", [1, 4000])
def test_two_sheets_of_one_shape_are_a_question(tmp_path: Path, write: Callable[..., bytes], rows: int):
    extra = [["Nom", "E-mail", "Valeur", "Entretien"], ["A", "a@x.example", "autre", "lundi"]]
    content = write(Sheet("Candidats", people(*["bon"] * rows)), Sheet("Recrutés", extra))
    message = refusal(tmp_path, content)
    assert 'the sheets "Candidats" and "Recrutés" have the same columns' in message
    assert '`sheet = "Candidats"` in campaign.toml' in message
    path = tmp_path / "people.xlsx"
    path.write_bytes(content)
    assert [defect.kind for defect in preview_table(path).defects] == ["ambiguous-sheet"]
    assert read_table(path, sheet="Recrutés").records[0].values[2] == "autre"


@pytest.mark.parametrize("write", [xlsx, ods, xls])
@pytest.mark.parametrize(
    ("header", "others", "said"),
    [
        ("E-mail", ["Ville", "Toulouse"], 'column C ("E-mail") is hidden and was not read'),
        ("E-mail", ["E-mail du manager", "chef@x.example"], 'column C ("E-mail") is hidden and was not read'),
        ("", ["Ville", "Toulouse"], "column C is hidden and was not read"),
    ],
)
def test_a_refusal_names_the_hidden_column_that_holds_addresses(
    tmp_path: Path, write: Callable[..., bytes], header: str, others: list[str], said: str
):
    rows: list[list[Cell]] = [["Nom", others[0], header], ["A", others[1], "a@x.example"]]
    message = refusal(tmp_path, write(Sheet("F", rows, hidden_columns={3})))
    assert f"{said}: unhide it if it holds the recipients' addresses" in message
    shown = [["Nom", "Ville", "E-mail", "Mail"], ["A", "Toulouse", "a@x.example", "b@x.example"]]
    assert table_of(tmp_path, write(Sheet("F", shown, hidden_columns={4}))).columns.email == "e_mail"


@each_row("state", ["visible", "hidden"])
@each_row(
    ("other", "is_doubt"),
    [
        ([["E-mail", "Nom", "Valeur"], ["b@x.example", "B", "x"]], True),
        ([["Liste"], [], ["NOM", "E-mail", "valeur"], ["B", "b@x.example", "x"]], True),
        ([["Nom", "E-mail", "Valeur"]], False),
        ([["Nom", "E-mail", "Valeur"], ["B", "", "x"]], False),
        ([["Manager", "E-mail du manager"], ["B", "b@x.example"]], False),
        ([["Code", "Libellé"], ["1", "x"]], False),
    ],
)
def test_another_sheet_is_a_doubt_only_where_it_holds_people_in_the_same_columns(
    tmp_path: Path, other: list[list[Cell]], is_doubt: bool, state: str
):
    content = xlsx(Sheet("Candidats", people("bon")), Sheet("Autre", other, state=state))
    if is_doubt and state == "visible":
        assert "have the same columns" in refusal(tmp_path, content)
    else:
        assert table_of(tmp_path, content).dialect.sheet == "Candidats"


def test_a_sheet_can_be_told_whatever_others_there_are(tmp_path: Path):
    content = xlsx(
        Sheet("Ancien", people("vieux"), state="hidden"),
        Sheet("Lisez-moi", [["Ce classeur"], ["est long"]]),
        Sheet("Candidats", people("bon")),
        Sheet("Recrutés", people("autre")),
    )
    assert table_of(tmp_path, content, sheet=" recrutés").records[0].values[2] == "autre"
    assert table_of(tmp_path, content, sheet="Ancien").records[0].values[2] == "vieux"
    message = refusal(tmp_path, content, sheet="Absent")
    assert 'no sheet "Absent" in' in message
    assert '"Ancien", "Lisez-moi", "Candidats", "Recrutés"' in message


def test_a_header_below_a_merged_title_is_found(tmp_path: Path):
    rows: list[list[Cell]] = [["Candidatures 2026", None, None], [], *people("a", "b")]
    table = table_of(tmp_path, xlsx(Sheet("Feuil1", rows, merged=["A1:C1"])))
    assert table.dialect.header_line == 3
    assert [record.line for record in table.records] == [4, 5]


def test_rows_that_the_file_leaves_out_count_as_lines(tmp_path: Path):
    rows = [HEADER, [], ["N", "n@x.example", "v"], [], [], ["M", "m@x.example", "w"]]
    assert [r.line for r in table_of(tmp_path, xlsx(Sheet("F", rows, skip={2, 4, 5}))).records] == [3, 6]


def test_a_table_that_starts_away_from_the_corner_is_read(tmp_path: Path):
    rows: list[list[Cell]] = [[], [], *([None, None, *row] for row in people("v"))]
    table = table_of(tmp_path, xlsx(Sheet("F", rows)))
    assert table.names == ("nom", "e_mail", "valeur")
    assert table.records[0].line == 4


@pytest.mark.parametrize("name", ["candidats.csv", "candidats.xls", "candidats.txt", "candidats"])
def test_the_name_of_a_workbook_proves_nothing(tmp_path: Path, name: str):
    assert table_of(tmp_path, xlsx(Sheet("F", people("v"))), name).records[0].values[2] == "v"
    assert table_of(tmp_path, b"nom;email\nA;a@x.example\n", "candidats.xlsx").records[0].values[0] == "A"


def test_a_quick_look_reads_the_first_rows(tmp_path: Path):
    path = tmp_path / "many.xlsx"
    path.write_bytes(xlsx(Sheet("F", people(*map(str, range(300))), hidden_rows=range(2, 40))))
    assert [record.number for record in read_table(path, first_rows=4).records] == [1, 2, 3, 4]
    assert len(preview_table(path).records) == 50


def test_a_damaged_workbook_is_refused(tmp_path: Path):
    whole = xlsx(Sheet("F", people(*(f"{n} {n * n}" for n in range(500)))))
    for cut in (10, 200, len(whole) // 2, len(whole) - 40):
        assert "is a damaged workbook" in refusal(tmp_path, whole[:cut])
    middle = len(whole) // 3
    assert "is a damaged workbook" in refusal(tmp_path, whole[:middle] + b"\xff" * 200 + whole[middle + 200 :])
    for part in ("workbook.xml", "sheet1.xml", "workbook.xml.rels", "styles.xml"):
        assert "is a damaged workbook" in refusal(tmp_path, part_changed(whole, part, lambda xml: xml[:-30]))
    assert "is a damaged workbook" in refusal(tmp_path, part_changed(whole, ".rels", lambda _: b"<Relationships/>"))


def test_a_protected_workbook_is_refused(tmp_path: Path):
    encrypted = xls(Sheet("F", []))[:1024] + "EncryptedPackage".encode("utf-16-le").ljust(512, b"\0")
    assert "protected by a password" in refusal(tmp_path, encrypted)
    manifest = ("META-INF/manifest.xml", b"<manifest:encryption-data/>")
    kind = ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
    assert "protected by a password" in refusal(tmp_path, zipped([kind, manifest]), "candidats.ods")


def test_a_protected_xls_is_refused(tmp_path: Path):
    whole = xls(Sheet("F", people("v")))
    locked = whole.replace(bytes.fromhex("42000200b004"), bytes.fromhex("2f0002000000"))
    assert "protected by a password" in refusal(tmp_path, locked, "candidats.xls")


def test_a_binary_workbook_is_refused_by_name(tmp_path: Path):
    assert "binary workbook (XLSB)" in refusal(tmp_path, zipped([("xl/workbook.bin", b"x")]))


def test_an_empty_workbook_is_refused(tmp_path: Path):
    assert "is empty" in refusal(tmp_path, xlsx(Sheet("F", []), Sheet("G", [[]])))
    assert "no people in" in refusal(tmp_path, xlsx(Sheet("F", [HEADER])))


@pytest.mark.parametrize(
    "stray",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="1048576"><c  r = "xfd1048576" ><v>1</v></c></row>',
        '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        '<row r="9">' + "<c><v>1</v></c>" * 16384 + '</row><row r="999999"><c r="A999999"><v>1</v></c></row>',
        '<row r="9">' + "<x:c><v>1</v></x:c>" * 16384 + '</row><row r="999999"><c r="A999999"><v>1</v></c></row>',
        '<row r="1048576">' + "<c t='n'><v>1</v></c>" * 100 + "</row>",
    ],
    ids=["regular", "quotes", "blanks", "prefixes", "no places", "no places, prefixes", "a row with a number only"],
)
def test_a_stray_cell_in_the_far_corner_does_not_take_the_memory(tmp_path: Path, stray: str):
    content = xlsx(Sheet("F", people("v")))
    known = f'<worksheet xmlns:x="{MAIN}"'.encode()
    far = part_changed(
        content,
        "sheet1.xml",
        lambda xml: xml.replace(b"<worksheet", known).replace(b"</sheetData>", f"{stray}</sheetData>".encode()),
    )
    assert "is too large to read" in refusal(tmp_path, far)


def test_a_row_of_an_ods_repeated_to_the_far_corner_does_not_take_the_memory(tmp_path: Path):
    wide = ["E-mail", *[Shown("v", repeated=16383)]]
    content = part_changed(
        ods(Sheet("F", [wide, ["n@x.example"]])),
        "content.xml",
        lambda xml: b'<table:table-row table:number-rows-repeated="1000000">'.join(xml.rsplit(b"<table:table-row>", 1)),
    )
    assert "is too large to read" in refusal(tmp_path, content, "candidats.ods")


@pytest.mark.parametrize("pattern", [rb' r="[A-Z]+[0-9]+"', rb' r="[A-Z]*[0-9]+"'], ids=["cells", "rows and cells"])
def test_cells_without_a_place_follow_each_other(tmp_path: Path, pattern: bytes):
    content = xlsx(Sheet("F", people("v", "w")))
    table = table_of(tmp_path, part_changed(content, "sheet1.xml", lambda xml: re.sub(pattern, b"", xml)))
    assert [record.values for record in table.records] == [("N0", "n0@x.example", "v"), ("N1", "n1@x.example", "w")]


def test_formatting_down_to_the_last_row_is_no_obstacle(tmp_path: Path):
    content = xlsx(Sheet("F", people("v")))
    blank = b'<row r="1048576" s="1"><c r="XFD1048576" s="0"/></row></sheetData>'
    table = table_of(tmp_path, part_changed(content, "sheet1.xml", lambda xml: xml.replace(b"</sheetData>", blank)))
    assert len(table.records) == 1


def test_an_xls_shows_like_an_xlsx(tmp_path: Path):
    cells: list[Cell] = [
        Number(612345678, '0#" "##" "##" "##" "##'), Number(46095, "dd/mm/yyyy"), Number(1.5), Number(12),
        Error("#N/A"), Number(0.5, "0%"), Number(46095, "mm-dd-yy"), Error("#DIV/0!"), "Zoé œ €", "caché",
    ]  # fmt: skip
    rows = [[*row, "secret"] for row in people(*cells)]
    content = xls(Sheet("Feuil1", rows, hidden_rows={11}, hidden_columns={4}))
    table = table_of(tmp_path, content, "candidats.xls")
    assert [record.values[2] for record in table.records] == [
        "06 12 34 56 78", "14/03/2026", "1,5", "12", "#N/A", "50%", "14/03/2026", "#DIV/0!", "Zoé œ €",
    ]  # fmt: skip
    assert table.names == ("nom", "e_mail", "valeur")
    assert len(table.notices) == 2
    assert table.records[0].line == 2


def test_a_damaged_xls_is_refused(tmp_path: Path):
    whole = xls(Sheet("Feuil1", people("v")))
    for cut in (600, 1100, 1400, 1600, 3000):
        assert "a damaged workbook" in refusal(tmp_path, whole[:cut], "candidats.xls")


def test_an_ods_shows_what_libreoffice_shows(tmp_path: Path):
    rows = people(
        Shown("06 12 34 56 78", 'office:value-type="float" office:value="612345678"'),
        Shown("14/03/26", 'office:value-type="date" office:date-value="2026-03-14"'),
        Shown("12,5 %", 'office:value-type="percentage" office:value="0.125"'),
        Shown("#N/A", 'office:value-type="string" office:string-value="" calcext="error"'),
        Shown("VRAI", 'office:value-type="boolean" office:boolean-value="true"'),
        Shown("deux<text:s text:c='2'/>mots<text:tab/>et<text:line-break/>plus\nfin", 'office:value-type="string"'),
        Shown("<text:a>li<text:span>en</text:span></text:a>", 'office:value-type="string"'),
    )
    table = table_of(tmp_path, ods(Sheet("Feuille1", rows)), "candidats.ods")
    assert [record.values[2] for record in table.records] == [
        "06 12 34 56 78", "14/03/26", "12,5 %", "#N/A", "VRAI", "deux  mots\tet\nplus\nfin", "lien",
    ]  # fmt: skip
    assert table.defects == ()


def test_comments_on_cells_of_an_ods_are_not_in_the_cells(tmp_path: Path):
    content = ods(Sheet("F", people("v")))
    note = b"<office:annotation><text:p>entre nous</text:p></office:annotation><text:p>v</text:p>"
    table = table_of(
        tmp_path, part_changed(content, "content.xml", lambda xml: xml.replace(b"<text:p>v</text:p>", note))
    )
    assert table.records[0].values[2] == "v"


def test_an_ods_leaves_out_what_it_hides(tmp_path: Path):
    rows = [["Nom", "Score", "E-mail"], *([f"N{n}", "1", f"n{n}@x.example"] for n in range(1, 4))]
    sheets = Sheet("Vieux", people("x"), state="hidden"), Sheet("F", rows, hidden_rows={3}, hidden_columns={2})
    table = table_of(tmp_path, ods(*sheets), "candidats.ods")
    assert (table.dialect.sheet, table.names) == ("F", ("nom", "e_mail"))
    assert [record.line for record in table.records] == [2, 4]
    assert len(table.notices) == 2


def test_repeated_cells_of_an_ods_are_all_there(tmp_path: Path):
    rows = [["E-mail", "a", "b", "c", "d"], ["n@x.example", Shown("v", repeated=3), "w"], ["m@x.example", None, "z"]]
    table = table_of(tmp_path, ods(Sheet("F", rows)), "candidats.ods")
    assert [record.values[1:] for record in table.records] == [("v", "v", "v", "w"), ("", "z", "", "")]


def test_an_ods_that_declares_entities_is_refused(tmp_path: Path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    content = part_changed(ods(Sheet("F", people("v"))), "content.xml", lambda _: bomb)
    assert "is a damaged workbook (it declares entities)" in refusal(tmp_path, content, "candidats.ods")


@pytest.mark.parametrize("write", [xlsx, ods])
def test_who_is_not_written_to_is_found_on_every_sheet_hidden_or_not(tmp_path: Path, write: Callable[..., bytes]):
    path = tmp_path / "ne_pas_ecrire"
    path.write_bytes(
        write(
            Sheet(
                "A", [["Nom", "x"], ["Anne <anne@x.example>", "Bob.B+rh@gmail.com"], ["c@x.example"]], hidden_rows={3}
            ),
            Sheet("B", [["d@x.example", "e@x.example"]], state="hidden", hidden_columns={2}),
        )
    )
    assert read_mailboxes(path) == {"anne@x.example", "bobb@gmail.com", "c@x.example", "d@x.example", "e@x.example"}


def test_a_list_of_who_is_not_written_to_that_names_nobody_is_refused(tmp_path: Path):
    path = tmp_path / "ne_pas_ecrire.csv"
    path.write_text("nom\nDupont\n")
    with pytest.raises(TableError, match="contains no e-mail addresses"):
        read_mailboxes(path)
    path.write_text("a@x.example\n\nb@x.example\n")
    assert read_mailboxes(path) == {"a@x.example", "b@x.example"}


def test_the_sheets_to_choose_from_are_those_that_show(tmp_path: Path):
    path = tmp_path / "table"
    path.write_bytes(xlsx(Sheet("A", people("v")), Sheet("B", [], state="veryHidden"), Sheet("C", [])))
    assert sheet_names(path) == ("A", "C")
    path.write_text("nom;email\n")
    assert sheet_names(path) == ()


def test_a_header_far_down_can_be_told_for_a_quick_look(tmp_path: Path):
    rows: list[list[Cell]] = [[f"texte {n}"] for n in range(60)]
    path = tmp_path / "table.xlsx"
    path.write_bytes(xlsx(Sheet("A", [*rows, *people(*"abcdef")])))
    table = read_table(path, header_line=61, first_rows=2)
    assert [record.line for record in table.records] == [62, 63]


def test_a_quick_look_at_a_large_workbook_is_that_of_the_whole_one(tmp_path: Path) -> None:
    rows = people(*(Number(46000 + n, "dd/mm/yyyy") if n % 2 else "texte " * 40 for n in range(6000)))
    content = xlsx(Sheet("Feuil1", rows, hidden_rows=(4,)), Sheet("Notes", [["rien"]]), shared=False)
    whole = table_of(tmp_path, content)
    quick = preview_table(whole.path, first_rows=50)
    assert list(quick.records) == list(whole.records)[:50]
    assert (quick.fields, quick.columns, quick.notices) == (whole.fields, whole.columns, whole.notices)
    with zipfile.ZipFile(BytesIO(beginning(content, 400))) as short:
        assert short.getinfo("xl/worksheets/sheet1.xml").file_size < 1_100_000


@pytest.mark.parametrize("content", [b"PK\x03\x04 and no more", xlsx(Sheet("Feuil1", people("a")))])
def test_a_small_or_damaged_workbook_is_looked_at_as_it_is(content: bytes) -> None:
    assert beginning(content, 10) is content


def test_numbers_with_fewer_and_more_digits_than_places(tmp_path: Path):
    cells = [Number(value, "# ## ##") for value in (5, 123, 1234567, 12345678901)]
    assert shown(tmp_path, *cells) == ["5", "1 23", "123 45 67", "1234567 89 01"]


def test_an_accounting_format_leaves_no_space_behind_the_number(tmp_path: Path):
    assert shown(tmp_path, Number(1500, "0_);(0)")) == ["1500"]


def test_what_shows_a_column_by_row_where_runs_leave_gaps_and_overlap():
    general, date, percent = (compile_format(code, "") for code in ("General", "yyyy-mm-dd", "0%"))
    by_row = shows_by_row([FormatRun(5, 7, percent), FormatRun(2, 4, date), FormatRun(3, 6, date)], general)
    assert list(islice(by_row, 8)) == [general, date, date, date, date, percent, general, general]


MANIFEST = (
    '<?xml version="1.0" encoding="utf-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
    'manifest:1.0"><manifest:file-entry manifest:media-type="application/vnd.oasis.opendocument.{}" '
    'manifest:full-path="/"/></manifest:manifest>'
)


def without_mimetype(content: bytes, kind: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist() if name != "mimetype"]
    return zipped([*entries, ("META-INF/manifest.xml", MANIFEST.format(kind))])


def test_a_workbook_whose_kind_only_its_manifest_tells_is_read(tmp_path: Path):
    path = tmp_path / "table.ods"
    path.write_bytes(
        without_mimetype(ods(Sheet("Feuille1", [["Nom", "E-mail"], ["Zoé", "z@x.example"]])), "spreadsheet")
    )
    assert [record.values for record in read_table(path).records] == [("Zoé", "z@x.example")]
    path.write_bytes(without_mimetype(ods(Sheet("Feuille1", [["Nom", "E-mail"], ["Zoé", "z@x.example"]])), "text"))
    with pytest.raises(TableError, match="text document"):
        read_table(path)


def test_what_is_written_small_over_a_text_to_pronounce_it_is_not_of_the_cell(tmp_path: Path):
    content = ods(Sheet("Feuille1", [["Nom", "E-mail"], ["Zoé", "z@x.example"]]))
    ruby = "<text:ruby><text:ruby-base>Zoé</text:ruby-base><text:ruby-text>ZO-E</text:ruby-text></text:ruby>".encode()
    path = tmp_path / "table.ods"
    path.write_bytes(part_changed(content, "content.xml", lambda xml: xml.replace("Zoé".encode(), ruby)))
    assert [record.values for record in read_table(path).records] == [("Zoé", "z@x.example")]
