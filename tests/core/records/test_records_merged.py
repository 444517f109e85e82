"""Merged cells: each row has the value that the eye reads there, titles stay where they are, and it is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st
from libreoffice_files import SOFFICE, convert
from lint_cases import report_of
from workbook_files import Cell, Sheet, ods, part_changed, xls, xlsx

from mailmerge.errors import TableError
from mailmerge.model import RecordTable
from mailmerge.records import preview_table, read_table
from mailmerge.records.grid import Merged, line_ranges
from mailmerge.records.workbooks.merged import as_seen, spread

WRITERS = [xlsx, xls, ods]
HEADER: list[Cell] = ["Manager", "Nom", "E-mail", "Site"]


def person(number: int, manager: Cell = None, site: Cell = None) -> list[Cell]:
    return [manager, f"N{number}", f"n{number}@x.example", site]


def read(tmp_path: Path, write: object, rows: Sequence[Sequence[Cell]], *merged: str, **hidden: object) -> RecordTable:
    path = tmp_path / "table"
    path.write_bytes(write(Sheet("Feuil1", rows, merged=merged, **hidden)))  # type: ignore[operator]
    return read_table(path)


def values(table: RecordTable) -> list[tuple[str, ...]]:
    return [record.values for record in table.records]


@each_row("write", WRITERS)
@each_row("first", [2, 5])
@each_row("count", [2, 5])
def test_a_manager_over_several_people_is_the_manager_of_each(tmp_path: Path, write: object, first: int, count: int):
    people = [person(n, "Mme Roux" if n == first else "M. Noir" if n == 9 else None, "Lyon") for n in range(2, 10)]
    table = read(tmp_path, write, [HEADER, *people], f"A{first}:A{first + count - 1}")
    given = ["Mme Roux" if first <= n < first + count else "M. Noir" if n == 9 else "" for n in range(2, 10)]
    assert [record.values[0] for record in table.records] == given
    assert [record.line for record in table.records] == list(range(2, 10))
    hidden = ("what is hidden under merged cells is not used (line 9)",) if first + count > 9 else ()
    assert table.notices == (
        *hidden,
        f'"Manager" has merged cells: each row they cover has been given their value (lines '
        f"{line_ranges(range(first + 1, first + count))})",
    )
    assert table.defects == ()


@pytest.mark.parametrize("write", WRITERS)
def test_a_value_over_several_columns_is_in_each_that_has_a_title(tmp_path: Path, write: object):
    rows: list[list[Cell]] = [
        ["Nom", "E-mail", "Matin", "Soir", None, "Site"],
        ["N1", "n1@x.example", "Absent", None, None, "Lyon"],
        ["N2", "n2@x.example", "9 h", "18 h", None, "Lyon"],
    ]
    table = read(tmp_path, write, rows, "C2:E2")
    assert values(table) == [
        ("N1", "n1@x.example", "Absent", "Absent", "Lyon"),
        ("N2", "n2@x.example", "9 h", "18 h", "Lyon"),
    ]
    assert table.defects == ()
    assert len(table.notices) == 1


@pytest.mark.parametrize("write", WRITERS)
def test_a_wide_title_over_wide_cells_is_one_column(tmp_path: Path, write: object):
    rows: list[list[Cell]] = [["Nom", None, "E-mail"], ["N1", None, "n1@x.example"], ["N2", None, "n2@x.example"]]
    table = read(tmp_path, write, rows, "A1:B1", "A2:B2", "A3:B3")
    assert [field.header for field in table.fields] == ["Nom", "E-mail"]
    assert values(table) == [("N1", "n1@x.example"), ("N2", "n2@x.example")]
    assert (table.defects, table.notices) == ((), ())


@each_row("write", WRITERS)
@each_row("email_below", [True, False])
@each_row("title", [True, False])
def test_titles_over_two_lines_make_one_header(tmp_path: Path, write: object, email_below: bool, title: bool):
    above: list[list[Cell]] = [["Candidatures : e-mails et noms", None, None, None, None], []] if title else []
    down = len(above)
    if email_below:
        heads: list[list[Cell]] = [
            ["Nom", "Prénom", "Contact", None, "Site"],
            [None, None, "E-mail", "Téléphone", None],
        ]
        merged = [
            f"A{down + 1}:A{down + 2}",
            f"B{down + 1}:B{down + 2}",
            f"C{down + 1}:D{down + 1}",
            f"E{down + 1}:E{down + 2}",
        ]
        person_row: list[Cell] = ["Petit", "Zoé", "z@x.example", "06", "Lyon"]
        headers = ["Nom", "Prénom", "E-mail", "Téléphone", "Site"]
    else:
        heads = [["Nom", "E-mail", "Entretien", None, "Site"], [None, None, "Date", "Heure", None]]
        merged = [f"C{down + 1}:D{down + 1}"]
        person_row = ["Petit", "z@x.example", "2026-03-14", "9 h", "Lyon"]
        headers = ["Nom", "E-mail", "Date", "Heure", "Site"]
    merged += ["A1:E1"] if title else []
    table = read(tmp_path, write, [*above, *heads, person_row], *merged)
    assert [field.header for field in table.fields] == headers
    assert values(table) == [tuple(map(str, person_row))]
    assert table.dialect.header_line == down + 2
    assert table.defects == ()


@pytest.mark.parametrize("write", WRITERS)
def test_no_person_is_taken_for_a_title(tmp_path: Path, write: object):
    rows: list[list[Cell]] = [
        ["Équipe A", "Nom", "E-mail", "Entretien", None],
        [None, "Sans Adresse", None, "10 mai", "9 h"],
        [None, "N2", "n2@x.example", "11 mai", "10 h"],
    ]
    table = read(tmp_path, write, rows, "A1:A3", "D1:E1")
    assert table.dialect.header_line == 1
    assert [record.values[1] for record in table.records] == ["Sans Adresse", "N2"]


@pytest.mark.parametrize("write", WRITERS)
def test_gaps_and_headings_make_no_people(tmp_path: Path, write: object):
    people = [(3, "Roux", "n3@x.example"), (4, "Roux", "n4@x.example"), (6, "Noir", "n6@x.example")]
    for heading, across, asked in (
        ("Équipe Nord", "A2:D2", []),
        ("Nord", "A2:D2", []),
        ("Nord", "A2:B2", [(2, "Nord", "")]),
    ):
        rows: list[list[Cell]] = [
            HEADER, [heading, None, None, None], person(3, "Roux"), person(4), [None] * 4, person(6, "Noir"),
        ]  # fmt: skip
        table = read(tmp_path, write, rows, across, "A3:A5")
        found = [(record.line, record.values[0], record.values[2]) for record in table.records]
        assert found == [*asked, *people]  # type: ignore[operator]
        assert any(heading in notice for notice in table.notices) is not bool(asked)


@pytest.mark.parametrize("write", WRITERS)
def test_what_stands_behind_a_merged_cell_is_not_read(tmp_path: Path, write: object):
    table = read(tmp_path, write, [HEADER, person(2, "Roux"), person(3, "Ancien"), person(4)], "A2:A4")
    assert [record.values[0] for record in table.records] == ["Roux"] * 3


@pytest.mark.parametrize("write", WRITERS)
def test_the_value_is_known_where_its_row_is_filtered_out(tmp_path: Path, write: object):
    rows = [HEADER, person(2, "Roux"), person(3), person(4)]
    table = read(tmp_path, write, rows, "A2:A4", hidden_rows={2})
    assert values(table) == [("Roux", "N3", "n3@x.example", ""), ("Roux", "N4", "n4@x.example", "")]
    assert len(table.notices) == 2


@pytest.mark.parametrize("write", WRITERS)
def test_a_hidden_column_stays_left_out(tmp_path: Path, write: object):
    rows = [HEADER, person(2, "Roux", "secret"), person(3, None, None)]
    table = read(tmp_path, write, rows, "A2:A3", "D2:D3", hidden_columns={4})
    assert [field.header for field in table.fields] == ["Manager", "Nom", "E-mail"]
    assert "secret" not in str(values(table))


@pytest.mark.parametrize("write", WRITERS)
def test_one_mailbox_merged_over_several_people_is_seen(tmp_path: Path, write: object):
    rows: list[list[Cell]] = [["Nom", "E-mail"], ["Petit", "equipe@x.example"], ["Grand", None]]
    report = report_of(read(tmp_path, write, rows, "B2:B3"), "Subject: x\n\nBonjour {{ nom }},")
    assert "LST108" in {finding.rule for finding in report.findings}


PERSON: list[Cell] = ["Mme Roux", "Durand", "hidden@x.example", "Lyon"]


@each_row("write", WRITERS)
@each_row("heading", ["Équipe Nord", None])
@each_row("block", ["A3:D3", "A3:D4", "A2:D3", "B3:D3"])
def test_a_person_hidden_under_a_heading_is_nobody(tmp_path: Path, write: object, heading: Cell, block: str):
    """A row of which all is under one merged cell: its author sees a heading, or nothing."""
    above: list[Cell] = [heading, None, None, None] if block == "A2:D3" else person(2, "Mme Roux", "Lyon")
    under = list(PERSON) if block == "A2:D3" else [heading, *PERSON[1:]]
    if block == "B3:D3":
        under = [None, heading, *PERSON[2:]]
    table = read(tmp_path, write, [HEADER, above, under, person(4, "Noir", "Metz"), person(5)], block)
    assert "hidden@x.example" not in str(values(table))
    assert "Durand" not in str(values(table))
    assert any(notice.startswith("what is hidden under merged cells is not used") for notice in table.notices)
    assert [value[2] for value in values(table) if value[2]].count("n5@x.example") == 1


@pytest.mark.parametrize("write", WRITERS)
def test_a_title_hidden_under_another_names_no_column(tmp_path: Path, write: object):
    rows: list[list[Cell]] = [["Nom", "E-mail", "Poste", "Salaire"], *(person(n, f"N{n}", "x") for n in range(2, 5))]
    people: list[list[Cell]] = [[row[1], row[2], "Juriste", None] for row in rows[1:]]
    table = read(tmp_path, write, [rows[0], *people], "C1:D1")
    assert [field.header for field in table.fields] == ["Nom", "E-mail", "Poste"]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_of_a_block_only_the_first_cell_is_seen(data: st.DataObject):
    width, height = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 8))
    rows = [tuple(f"{line}.{at}" if data.draw(st.booleans()) else "" for at in range(width)) for line in range(height)]
    lines = sorted(data.draw(st.sets(st.integers(2, 30), min_size=height, max_size=height)))
    top, left = data.draw(st.integers(2, 30)), data.draw(st.integers(0, width - 1))
    block = Merged(top, data.draw(st.integers(top, 30)), left, data.draw(st.integers(left, width + 1)), "M")
    seen, kept, hidden = as_seen(rows, lines, [block])
    shown = dict(zip(kept, seen, strict=True))
    for line, row in zip(lines, rows, strict=True):
        for at, text in enumerate(row):
            is_under = block.top <= line <= block.bottom and block.left <= at <= block.right
            is_seen = not is_under or (line, at) == (block.top, block.left)
            assert shown.get(line, ("",) * width)[at] == (text if is_seen else "")
            assert not text or is_seen or line in hidden


def test_an_xlsx_in_another_form_keeps_its_merged_cells(tmp_path: Path):
    content = xlsx(Sheet("Feuil1", [HEADER, person(2, "Roux"), person(3)], merged=["A2:A3"]))
    path = tmp_path / "table.xlsx"
    path.write_bytes(part_changed(content, "sheet1.xml", lambda xml: xml.replace(b'"', b"'")))
    assert [record.values[0] for record in read_table(path).records] == ["Roux", "Roux"]
    assert list(preview_table(path).records) == list(read_table(path).records)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_workbooks_of_libreoffice_keep_their_merged_cells(tmp_path: Path):
    heads: list[list[Cell]] = [["Manager", "Nom", "Contact", None, "Site"], [None, None, "E-mail", "Portable", None]]
    people: list[list[Cell]] = [[None, f"N{n}", f"n{n}@x.example", f"06{n}", None] for n in range(7)]
    people[0][0], people[4][0], people[1][4] = "Roux", "Noir", "Lyon"
    merged = ["A1:A2", "B1:B2", "C1:D1", "E1:E2", "A3:A6", "A7:A9", "E4:E5"]
    path = tmp_path / "table.xlsx"
    path.write_bytes(xlsx(Sheet("Feuil1", [*heads, *people], merged=merged)))
    convert([path], "ods", tmp_path, tmp_path / "profile")
    convert([path], "xls", tmp_path, tmp_path / "profile")
    new, old, open_document = (read_table(path.with_suffix(each)) for each in (".xlsx", ".xls", ".ods"))
    assert [(row[0], row[4]) for row in values(new)] == [
        ("Roux", ""), ("Roux", "Lyon"), ("Roux", "Lyon"), ("Roux", ""), ("Noir", ""), ("Noir", ""), ("Noir", ""),
    ]  # fmt: skip
    assert [field.header for field in new.fields] == ["Manager", "Nom", "E-mail", "Portable", "Site"]
    assert values(new) == values(old) == values(open_document)
    assert new.notices == old.notices == open_document.notices
    assert new.defects == old.defects == open_document.defects == ()


@pytest.mark.parametrize("write", [xlsx, xls])
def test_cells_merged_in_two_ways_are_damage(tmp_path: Path, write: object):
    with pytest.raises(TableError, match="damaged workbook \\(merged cells overlap\\)"):
        read(tmp_path, write, [HEADER, person(2), person(3)], *["A2:D3"] * 9)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_every_cell_of_a_block_has_its_text_and_no_other_cell_changes(data: st.DataObject):
    width, height = data.draw(st.integers(2, 5)), data.draw(st.integers(1, 8))
    header = tuple(f"H{at}" if data.draw(st.booleans()) else "" for at in range(width))
    rows = [(*(f"{line}.{at}" for at in range(width)), "own") for line in range(height)]
    lines = sorted(data.draw(st.sets(st.integers(2, 30), min_size=height, max_size=height)))
    top, left = data.draw(st.integers(2, 30)), data.draw(st.integers(0, width - 1))
    block = Merged(top, data.draw(st.integers(top, 30)), left, data.draw(st.integers(left, width - 1)), "M")
    done, filled = spread(rows, lines, (*header, "own"), [block])
    for line, before, after in zip(lines, rows, done, strict=True):
        for at, (old, new) in enumerate(zip(before, after, strict=True)):
            inside = block.top <= line <= block.bottom and block.left <= at <= block.right and at < width and header[at]
            assert new == ("M" if inside else old)
            assert (line in filled.get(at, ())) == bool(inside)


@each_row("write", WRITERS)
@each_row("text", ["Atelier", "Direction", "Équipe B (7)", "ACHATS", "2e étage"])
def test_a_heading_that_covers_names_and_addresses_is_nobody(tmp_path: Path, write: object, text: str):
    rows = [HEADER, [text], person(1, "Paul"), person(2, "Paul"), [text.upper()], person(3, "Zoé")]
    table = read(tmp_path, write, rows, "A2:D2", "A5:D5")
    assert values(table) == [
        tuple(each or "" for each in person(n, m)) for n, m in ((1, "Paul"), (2, "Paul"), (3, "Zoé"))
    ]
    assert "lines 2, 5" in table.notices[-1]


@each_row("write", WRITERS)
@each_row(("text", "merged"), [("Atelier", "A2:B2"), ("Atelier", ""), ("Zoé Petit", "A2:D2"), ("a@x.example", "A2:D2")])
def test_a_heading_that_may_be_somebody_stays(tmp_path: Path, write: object, text: str, merged: str):
    rows = [HEADER, [text], person(1, "Paul"), person(2, "Paul")]
    table = read(tmp_path, write, rows, *filter(None, [merged]))
    assert values(table)[0][0] == text
