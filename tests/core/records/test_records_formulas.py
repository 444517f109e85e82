"""Formulas that nobody has calculated are told: a blank in their place would be read as the person's value."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
import workbook_files
from lint_cases import report_of
from workbook_files import Cell, Sheet, Shown, ods, part_changed, xls, xlsx

from mailmerge.errors import TableError
from mailmerge.model import RecordTable, Severity
from mailmerge.records import read_table
from mailmerge.records.defects import described

TOLD = 'the column "Prime" contains formulas that were never calculated'


def people(*primes: Cell) -> list[list[Cell]]:
    return [["Nom", "E-mail", "Prime"], *([f"N{n}", f"n{n}@x.example", prime] for n, prime in enumerate(primes))]


def with_cell(tmp_path: Path, cell: str, workbook: str = "") -> RecordTable:
    content = xlsx(Sheet("Feuil1", people("x", "y")), shared=False)
    old = '<c r="C3" t="inlineStr"><is><t xml:space="preserve">y</t></is></c>'
    content = part_changed(content, "sheet1.xml", lambda xml: xml.replace(old.encode(), cell.encode()))
    if workbook:
        content = part_changed(content, "xl/workbook.xml", lambda xml: xml.replace(b"</workbook>", workbook.encode()))
    path = tmp_path / "table.xlsx"
    path.write_bytes(content)
    return read_table(path)


RECALCULATED = '<calcPr calcId="1" fullCalcOnLoad="1"/></workbook>'


@pytest.mark.parametrize(
    ("cell", "workbook"),
    [
        ('<c r="C3"><f>A1*2</f></c>', ""),
        ('<c r="C3"><f>A1*2</f><v/></c>', ""),
        ('<c r="C3"><f>A1*2</f><v></v></c>', ""),
        ('<c r="C3" s="0"><f t="shared" si="0"/></c>', ""),
        ('<c r="C3" t="str"><f>A1</f></c>', ""),
        ('<c r="C3">\n <f>A1*2</f>\n <v />\n</c>', ""),
        ("<c r='C3'><f>A1*2</f></c>", ""),
        ("<c><f>A1*2</f><v></v></c>", ""),
        ('<c r="C3"><f>A1*2</f><v>0</v></c>', RECALCULATED),
    ],
)
def test_a_formula_without_a_result_is_told(tmp_path: Path, cell: str, workbook: str):
    table = with_cell(tmp_path, cell, workbook)
    assert [(defect.kind, described(defect), defect.field) for defect in table.defects] == [
        ("never-calculated", TOLD, "prime")
    ]


@pytest.mark.parametrize(
    ("cell", "workbook"),
    [
        ('<c r="C3"><f>A1*2</f><v>4</v></c>', ""),
        ('<c r="C3"><f>A1*2</f><v>0</v></c>', ""),
        ('<c r="C3"><f>A1*2</f><v>4</v></c>', RECALCULATED),
        ('<c r="C3" t="str"><f>IF(A1,"","")</f><v></v></c>', ""),
        ('<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ""),
        ('<c r="C3"/>', ""),
    ],
)
def test_a_result_that_is_there_even_blank_or_zero_is_not(tmp_path: Path, cell: str, workbook: str):
    assert with_cell(tmp_path, cell, workbook).defects == ()


def test_a_person_of_whom_everything_is_to_be_calculated_is_not_lost(tmp_path: Path):
    content = xlsx(Sheet("Feuil1", people("x")))
    row = b'<row r="3"><c r="A3"><f>B1</f></c><c r="B3"><f>B1</f></c></row></sheetData>'
    path = tmp_path / "table.xlsx"
    path.write_bytes(part_changed(content, "sheet1.xml", lambda xml: xml.replace(b"</sheetData>", row)))
    table = read_table(path)
    assert [record.line for record in table.records] == [2, 3]
    assert {defect.field for defect in table.defects} == {"nom", "e_mail"}


def test_what_is_hidden_is_not_told(tmp_path: Path):
    content = xlsx(Sheet("Feuil1", people("x", "y", "z"), hidden_rows={3}, hidden_columns={3}))
    formula = rb'<c r="\1"><f>B1</f></c>'
    content = part_changed(
        content, "sheet1.xml", lambda xml: re.sub(rb'<c r="(C2|A3)" t="s"><v>\d+</v></c>', formula, xml)
    )
    path = tmp_path / "table.xlsx"
    path.write_bytes(content)
    assert read_table(path).defects == ()


def test_an_ods_tells_it_too(tmp_path: Path):
    formula = 'table:formula="of:=[.A1]*2"'
    path = tmp_path / "table.ods"
    path.write_bytes(ods(Sheet("F", people(Shown("", formula), Shown("4", f'{formula} office:value="4"')))))  # type: ignore[arg-type]
    assert [described(defect) for defect in read_table(path).defects] == [TOLD]
    blank = Shown("", f'{formula} office:value-type="string" office:string-value=""')
    path.write_bytes(ods(Sheet("F", people(blank))))  # type: ignore[arg-type]
    assert read_table(path).defects == ()


@pytest.mark.parametrize("recalculated_by", [True, False])
def test_an_xls_of_a_program_that_does_not_calculate_tells_it_too(
    tmp_path: Path, recalculated_by: bool, monkeypatch: pytest.MonkeyPatch
):
    def cell(row: int, column: int, value: Cell, codes: dict[str, int]) -> bytes:
        if value == "=":
            return record(0x0006, struct.pack("<3HQHL", row, column, 0, 0xFFFF000000000003, 0, 0))
        return plain(row, column, value, codes)

    plain, record = workbook_files._biff_cell, workbook_files._biff
    monkeypatch.setattr(workbook_files, "_biff_cell", cell)
    content = xls(Sheet("Feuil1", people("=", "=")))
    if recalculated_by:  # Excel says which version of it has calculated, in the place of the country here
        content = content.replace(b"\x8c\x00\x04\x00", b"\xc1\x01\x04\x00", 1)
    path = tmp_path / "table.xls"
    path.write_bytes(content)
    assert [described(defect) for defect in read_table(path).defects] == ([] if recalculated_by else [TOLD])


USED = 'the column "Prime", which a letter uses, contains formulas that were never calculated'
UNUSED = 'the column "Prime" contains formulas that were never calculated; no letter uses it'


@pytest.mark.parametrize(
    ("letter", "severity", "told"), [("{{ prime }}", Severity.BLOCK, USED), ("{{ nom }}", Severity.INFO, UNUSED)]
)
def test_it_blocks_the_letter_that_uses_the_column(tmp_path: Path, letter: str, severity: Severity, told: str):
    report = report_of(with_cell(tmp_path, '<c r="C3"><f>A1*2</f></c>'), f"Subject: x\n\nBonjour {letter}")
    (finding,) = [finding for finding in report.findings if finding.rule == "LST119"]
    assert (finding.severity, finding.field, finding.message) == (severity, "prime", told)


UNKNOWN = "unknown()"


@pytest.mark.parametrize(
    "rows",
    [
        [[UNKNOWN, UNKNOWN]],
        [[UNKNOWN, UNKNOWN], [UNKNOWN, UNKNOWN]],
        [[UNKNOWN, UNKNOWN], ["N1", "n1@x.example"]],
        [[UNKNOWN], *([[UNKNOWN]] * 25), ["N1", "n1@x.example"]],
    ],
)
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_sheet_whose_head_was_never_calculated_is_refused(tmp_path: Path, suffix: str, rows: list[list[Cell]]):
    path = tmp_path / f"table.{suffix}"
    if suffix == "xlsx":
        content = xlsx(Sheet("Feuil1", rows), shared=False)
        old = f'<is><t xml:space="preserve">{UNKNOWN}</t></is>'.encode()
        uncalculated = with_formulas(content, old)
    else:
        formula = 'table:formula="of:=[.Z1]"'
        uncalculated = ods(Sheet("Feuil1", [[Shown("", formula) if c == UNKNOWN else c for c in row] for row in rows]))
    path.write_bytes(uncalculated)
    with pytest.raises(TableError) as refused:
        read_table(path)
    assert str(refused.value) == (
        f"{path} shows nothing on line 1, because its formulas were never calculated: open it in Excel or LibreOffice"
        " and save it again"
    )


def with_formulas(content: bytes, text: bytes) -> bytes:
    """The workbook with formulas in place of a text."""
    cell = re.compile(rb' t="inlineStr">' + re.escape(text))
    return part_changed(content, "sheet1.xml", lambda xml: cell.sub(b"><f>Z1</f>", xml))
