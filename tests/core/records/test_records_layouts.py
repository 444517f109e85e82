"""A table is the same table wherever it lies on its sheet, and in whatever valid way its XML is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from each_row import each_row
from libreoffice_files import SOFFICE, convert
from workbook_files import Cell, Error, Number, Sheet, Shown, ods, part_changed, xls, xlsx
from workbook_matrix import (
    Layout,
    by_number,
    cells,
    kept_in_an_xls,
    laid_out,
    layouts,
    only_in_newer_workbooks,
    same_or_refused,
)

from mailmerge.errors import TableError
from mailmerge.model import RecordTable
from mailmerge.records import preview_table, read_table
from mailmerge.records.number_formats.places import UNSHOWABLE

SEED = 20261126
REGULAR = Layout(0, 0, "", "all", '"', "", shuffled=False)


def values(table: RecordTable) -> list[tuple[str, ...]]:
    return [record.values for record in table.records]


def shown(table: RecordTable) -> object:
    headers = [field.header for field in table.fields]
    return headers, list(table.records), table.notices, table.dialect.header_line, table.defects


@each_row("layout", layouts(SEED, 60), ids=repr)
def test_a_sheet_is_read_like_the_regular_one_at_the_corner(tmp_path: Path, layout: Layout):
    path = tmp_path / "table.xlsx"
    path.write_bytes(laid_out([layout, replace(REGULAR, hidden=layout.hidden)]))
    table, regular = read_table(path, sheet="Feuil0"), read_table(path, sheet="Feuil1")
    assert values(table) == values(regular)
    assert [record.line - layout.down for record in table.records] == [record.line for record in regular.records]
    assert [field.header for field in table.fields] == [field.header for field in regular.fields]
    assert len(table.notices) == len(regular.notices) == {"": 0, "both": 2}.get(layout.hidden, 1)
    assert not table.defects


@each_row("right", [0, 1, 2, 27])
@each_row("down", [0, 1, 5])
@each_row("write", [xlsx, xls, ods])
def test_formats_errors_and_what_hides_count_from_the_corner(tmp_path: Path, write, right: int, down: int):
    percent, code = (Shown("5%"), Shown("01000")) if write is ods else (Number(0.05, "0%"), Number(1000, "00000"))
    error = Shown("#N/A") if write is ods else Error("#N/A")
    people: list[list[Cell]] = [
        ["Nom", "E-mail", "Taux", "Code", "Secret", "Statut", "Vu"],
        ["Petit", "p@x.example", percent, code, "non", error, "oui"],
        ["Caché", "c@x.example", percent, code, "non", "x", "oui"],
    ]  # type: ignore[list-item]
    rows: list[list[Cell]] = [*([] for _ in range(down)), *([*[None] * right, *row] for row in people)]
    path = tmp_path / "table"
    path.write_bytes(write(Sheet("Feuil1", rows, hidden_rows={down + 3}, hidden_columns={right + 5})))
    table = read_table(path)
    assert [field.header for field in table.fields] == ["Nom", "E-mail", "Taux", "Code", "Statut", "Vu"]
    assert values(table) == [("Petit", "p@x.example", "5%", "01000", "#N/A", "oui")]
    assert table.records[0].line == down + 2
    assert len(table.notices) == 2
    assert not table.defects


def test_the_formats_of_a_sheet_stay_known_where_another_has_an_odd_form(tmp_path: Path):
    odd = Layout(1, 2, "rows", "none", "'", "x:", shuffled=True)
    path = tmp_path / "table.xlsx"
    path.write_bytes(laid_out([odd, REGULAR, odd]))
    assert values(read_table(path, sheet="Feuil2")) == values(read_table(path, sheet="Feuil0"))
    assert len(read_table(path, sheet="Feuil1").records) == 6


@pytest.mark.parametrize(
    "cell",
    [
        b'<c s="1" r="C2"><v>5</v></c>',
        b"<c r='C2' s='1'><v>5</v></c>",
        b'<c r="C2" t="n" s="1"><v>5</v></c>',
        b'<c  r = "C2"  s = "1" ><v>5</v></c>',
        b'<c r="C2" s="1" cm="1"><v>5</v></c>',
        b'<c\n  r="C2"\n  s="1"\n>\n  <v>5</v>\n</c>',
        b'<c r="C2" s="1"><!-- 6 --><v>5</v></c>',
        b'<c r="C2" s="1"><v><![CDATA[5]]></v></c>',
        b'<c r="&#67;2" s="1"><v>5</v></c>',
        b'<c s="1"><v>5</v></c>',
    ],
)
def test_one_cell_written_otherwise_among_thousands_is_read_as_it_is(tmp_path: Path, cell: bytes):
    rows: list[list[Cell]] = [
        ["Nom", "E-mail", "V"],
        *([f"N{n}", f"n{n}@x.example", Number(5, "000")] for n in range(400)),
    ]
    regular = b'<c r="C2" s="1"><v>5</v></c>'
    content = part_changed(xlsx(Sheet("Feuil1", rows)), "sheet1.xml", lambda xml: xml.replace(regular, cell))
    path = tmp_path / "table.xlsx"
    path.write_bytes(content)
    assert {record.values[2] for record in read_table(path).records} == {"005"}


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_formats_that_have_only_a_number_show_as_in_libreoffice_or_are_refused(tmp_path: Path):
    matrix = by_number()
    header: list[Cell] = ["Nom", "E-mail", "Valeur"]
    rows: list[list[Cell]] = [[f"N{n}", f"n{n}@x.example", cell] for n, cell in enumerate(matrix)]
    new = tmp_path / "new.xlsx"
    new.write_bytes(xlsx(Sheet("Feuil1", [header, *rows])))
    old = [tmp_path / f"old{start}.xls" for start in range(0, len(rows), 250)]
    for number, path in enumerate(old):
        path.write_bytes(xls(Sheet("Feuil1", [header, *rows[250 * number : 250 * number + 250]])))
    convert([new, *old], "ods", tmp_path, tmp_path / "profile")
    convert([new], "xls", tmp_path, tmp_path / "profile")
    convert([new.with_suffix(".xls")], "ods", tmp_path / "again", tmp_path / "profile")

    def shown(*paths: Path) -> list[str]:
        return [record.values[2] for path in paths for record in read_table(path).records]

    newest = shown(new)
    for ours, theirs in (
        (newest, shown(new.with_suffix(".ods"))),
        (shown(*old), shown(*(path.with_suffix(".ods") for path in old))),
        (shown(new.with_suffix(".xls")), shown(tmp_path / "again" / "new.ods")),
    ):
        assert len(ours) == len(matrix)
        differing = [
            (cell, one, other)
            for cell, one, other, usual in zip(matrix, ours, theirs, newest, strict=True)
            if not same_or_refused(one, other, cell) and not (one == usual and only_in_newer_workbooks(cell))
        ]
        assert differing == []
    assert sum(map(UNSHOWABLE.__eq__, newest)) < len(matrix) / 2


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_formats_and_layouts_show_as_in_libreoffice(tmp_path: Path):
    """A part of the matrix; tests/benchmarks/compare_workbooks.py compares as much of it as one has time for."""
    matrix = cells(SEED, 40)
    rows = [[f"N{n}", f"n{n}@x.example", cell] for n, cell in enumerate(matrix)]
    formats, sheets = tmp_path / "formats.xlsx", tmp_path / "sheets.xlsx"
    formats.write_bytes(xlsx(Sheet("Feuil1", [["Nom", "E-mail", "Valeur"], *rows])))
    chosen = layouts(SEED, 12)
    sheets.write_bytes(laid_out(chosen))
    convert([formats, sheets], "ods", tmp_path, tmp_path / "profile")
    convert([formats, sheets], "xls", tmp_path, tmp_path / "profile")
    convert([formats.with_suffix(".xls")], "ods", tmp_path / "again", tmp_path / "profile")

    def compared(ours: Path, theirs: Path, *, old: bool) -> tuple[dict[str, str], dict[str, str]]:
        kept = [at for at, cell in enumerate(matrix) if not old or kept_in_an_xls(cell)]
        one, other = (read_table(path).records for path in (ours, theirs))
        return ({f"{at} {matrix[at]!r}": records[at].values[2] for at in kept} for records in (one, other))  # type: ignore[return-value]

    ours, theirs = compared(formats, formats.with_suffix(".ods"), old=False)
    assert ours == theirs
    ours, theirs = compared(formats.with_suffix(".xls"), tmp_path / "again" / "formats.ods", old=True)
    assert ours == theirs
    for number in range(len(chosen)):
        new, old, open_document = (
            shown(read_table(sheets.with_suffix(suffix), sheet=f"Feuil{number}"))
            for suffix in (".xlsx", ".xls", ".ods")
        )
        assert new == old == open_document


@pytest.mark.parametrize(
    "first", [["", "", "E-mail", ""], ["Nom", "", "Mail", ""], ["Candidats", "Détails", "E-mail", "Lieu"]]
)
def test_nobody_above_a_header_that_is_repeated_in_full_is_lost(tmp_path: Path, first: list[str]) -> None:
    full = ["Nom", "Prénom", "E-mail", "Ville"]
    people = [[f"Nom{each}", "Zoé", f"{each}@x.example", "Albi"] for each in "abcd"]
    path = tmp_path / "table.csv"
    rows = [first, *people[:2], full, *people[2:]]
    path.write_text("\n".join(";".join(row) for row in rows), "utf-8")
    table = preview_table(path)
    assert [list(record.values) for record in table.records if "@" in record.values[2]] == people


@pytest.mark.parametrize("above", [["E-mail de contact", "", "", ""], ["E-mail", "rh@x.example", "", ""]])
def test_an_address_above_the_header_in_another_column_makes_no_header(tmp_path: Path, above: list[str]) -> None:
    path = tmp_path / "table.csv"
    rows = [
        above,
        ["rh@x.example", "", "", ""],
        ["Nom", "Prénom", "E-mail", "Ville"],
        ["Roux", "Zoé", "z@x.example", "Pau"],
    ]
    path.write_text("\n".join(";".join(row) for row in rows), "utf-8")
    assert [list(record.values) for record in read_table(path).records] == [["Roux", "Zoé", "z@x.example", "Pau"]]


PEOPLE_ABOVE = (
    [["Roux", "Zoé", "z@x.example", "Pau"]],
    [["Roux", "", "z@x.example", ""], ["Petit", "", "p@x.example", ""]],
    [["Liste", "", "", ""], ["", "", "z@x.example", ""], ["", "", "p@x.example", ""]],
)


@pytest.mark.parametrize("above", PEOPLE_ABOVE)
def test_people_above_the_only_header_are_not_lost_without_a_word(tmp_path: Path, above: list[list[str]]) -> None:
    path = tmp_path / "table.csv"
    rows = [*above, ["Nom", "Prénom", "E-mail", "Ville"], ["Aubry", "Ana", "a@x.example", "Albi"]]
    path.write_text("\n".join(";".join(row) for row in rows), "utf-8")
    with pytest.raises(TableError, match=r'already holds the address "z@x\.example"'):
        read_table(path)


@pytest.mark.parametrize("above", [["Contact", "", "rh@x.example", ""], ["", "", "rh@x.example", ""]])
def test_one_address_in_a_title_says_whom_to_ask(tmp_path: Path, above: list[str]) -> None:
    path = tmp_path / "table.csv"
    rows = [above, ["Nom", "Prénom", "E-mail", "Ville"], ["Aubry", "Ana", "a@x.example", "Albi"]]
    path.write_text("\n".join(";".join(row) for row in rows), "utf-8")
    assert [record.values[0] for record in read_table(path).records] == ["Aubry"]
