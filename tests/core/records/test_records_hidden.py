"""What a workbook hides is left out, whatever else it does: sheets, rows, filtered rows, columns."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from each_row import each_row
from workbook_files import Cell, Number, Sheet, ods, xls, xlsx

from mailmerge.records import read_table, sheet_names

HEADER: list[Cell] = ["Manager", "Nom", "E-mail", "Prime", "Avis interne"]


def people(*, formats: bool) -> list[list[Cell]]:
    """Six people; a manager is merged over the first three of them."""
    return [
        ["Roux" if n == 0 else None if n < 3 else "Noir", f"N{n}", f"n{n}@x.example",
         Number(1000.0 + n, "00000") if formats else f"0{1000 + n}", f"secret {n}"]
        for n in range(6)
    ]  # fmt: skip


CASES = [
    (write, rows, columns, merged, right)
    for write, rows, columns, merged, right in product(
        (xlsx, xls, ods), ((), (2,), (3, 5), (2, 3, 4, 5, 6)), ((), (5,), (4, 5)), (False, True), (0, 2)
    )
]


@each_row(("write", "rows", "columns", "merged", "right"), CASES)
def test_hidden_rows_and_columns_never_enter_the_table(
    tmp_path: Path, write: object, rows: tuple[int, ...], columns: tuple[int, ...], merged: bool, right: int
):
    cells: list[list[Cell]] = [[*[None] * right, *row] for row in (HEADER, *people(formats=write is not ods))]
    letter = "ABC"[right]
    sheet = Sheet(
        "Feuil1",
        cells,
        hidden_rows=set(rows),
        hidden_columns={right + column for column in columns},
        merged=[f"{letter}2:{letter}4"] if merged else [],
    )
    path = tmp_path / "table"
    path.write_bytes(write(sheet))  # type: ignore[operator]
    table = read_table(path)
    kept = [at for at in range(5) if at + 1 not in columns]
    assert [field.header for field in table.fields] == [str(HEADER[at]) for at in kept]
    assert [record.line for record in table.records] == [line for line in range(2, 8) if line not in rows]
    for record in table.records:
        n = record.line - 2
        manager = "Noir" if n > 2 else "Roux" if n == 0 or merged else ""
        full = (manager, f"N{n}", f"n{n}@x.example", f"0{1000 + n}", f"secret {n}")
        assert record.values == tuple(full[at] for at in kept)
    assert table.defects == ()
    told = [notice for notice in table.notices if "hidden" in notice]
    assert len(told) == bool(rows) + bool(columns)


@pytest.mark.parametrize("write", [xlsx, ods])
@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
@pytest.mark.parametrize("first", [True, False])
def test_a_hidden_sheet_is_neither_read_nor_offered(tmp_path: Path, write: object, state: str, first: bool):
    hidden = Sheet("Archive", [["Nom", "E-mail"], ["Vieux", "vieux@x.example"]], state=state)
    shown = Sheet("Candidats", [["Nom", "E-mail"], ["Petit", "petit@x.example"]])
    path = tmp_path / "table"
    path.write_bytes(write(*((hidden, shown) if first else (shown, hidden))))  # type: ignore[operator]
    assert sheet_names(path) == ("Candidats",)
    table = read_table(path)
    assert (table.dialect.sheet, table.dialect.alternative) == ("Candidats", "")
    assert [record.values for record in table.records] == [("Petit", "petit@x.example")]
