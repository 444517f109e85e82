"""Rows that are known by their layout say the same of a sheet as rows that are searched, and take in no lie."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbook_files import Sheet, Text, xlsx

from mailmerge.records import read_table
from mailmerge.records.number_formats import numberformat
from mailmerge.records.workbooks.regular import cells_of
from mailmerge.records.workbooks.sheet_scan import SheetScan
from mailmerge.records.workbooks.usual_rows import UsualRows
from mailmerge.records.workbooks.weight import has_longer, lengths_of

FORMATS = {number: numberformat.compile_format("0" * number, "fr") for number in (1, 2)}
CELLS = (
    '<c r="{at}" t="s"><v>4</v></c>', '<c r="{at}"><v>4.5</v></c>', '<c r="{at}" s="1"><v>4</v></c>',
    '<c r="{at}" s="2" t="s"><v>4</v></c>', '<c r="{at}" t="s" s="2"><v>4</v></c>', '<c r="{at}" s="1"/>', "",
    '<c r="{at}" s="2"><f>A1</f><v>4</v></c>', '<c r="{at}" s="1"><f>A1</f><v>0</v></c>', '<c r="{at}"><f>A1</f></c>',
    '<c r="{at}" t="str"><f>A1</f><v></v></c>', '<c r="{at}" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="{at}" t="inlineStr"><is><t xml:space="preserve">hidden=" &lt;f&gt;</t></is></c>',
    '<c r="{at}" s="1"><f t="shared" si="0"/><v>4</v></c>', '<c r="{at}" t="b"><v>1</v></c>',
)  # fmt: skip
ROWS = st.lists(
    st.tuples(
        st.sampled_from([1, 1, 1, 3]),
        st.sampled_from(["", "", "", ' spans="1:3"', ' hidden="1"', ' s="1" customFormat="1"']),
        st.lists(st.sampled_from(CELLS), min_size=3, max_size=3),
    ),
    max_size=12,
)


class Searched(UsualRows):
    """No row is known."""

    def take(self, piece: bytes) -> tuple[list, bytes]:  # type: ignore[type-arg]
        return [], piece


def pieces_of(several: list[list[tuple[int, str, list[str]]]], repeated: int) -> list[bytes]:
    written, row = [], 0
    for rows in several:
        xml = ""
        for step, attributes, cells in rows * repeated:
            row += step
            body = "".join(cell.format(at=f"{letter}{row}") for letter, cell in zip("ABC", cells, strict=True))
            xml += f'<row r="{row}"{attributes}>{body}</row>'
        written.append(xml.encode())
    written[0] = b'<worksheet><cols><col min="2" max="2" hidden="1"/></cols><sheetData>' + written[0]
    written[-1] += b'</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>'
    return written


def scanned(pieces: list[bytes], *, recalculated: bool, known: bool) -> tuple[object, ...]:
    scan = SheetScan(FORMATS, recalculated=recalculated)
    if not known:
        scan._usual = Searched(recalculated=recalculated)
    assert all(map(scan.add, pieces))
    found = scan.overlay(FORMATS[1])
    shown = {
        (column, row): run.show
        for column, runs in found.formats.items()
        for run in runs
        for row in range(run.start, run.end)
    }
    filled = set(re.findall(rb'<c r="([A-C][0-9]+)"[^>]*(?<!/)>', b"".join(pieces)))
    shown = {(at, row): show for (at, row), show in shown.items() if f"{'ABC'[at]}{row}".encode() in filled}
    assert scan.extent.rows * 3 >= cells_of(pieces)
    return (
        found.hidden_rows, found.hidden_columns, found.errors, found.merged, scan.extent.pointers, scan.extent.octets,
        {at: sorted(rows) for at, rows in found.uncalculated.items()}, shown,
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=3), st.sampled_from([1, 4]), st.booleans())
def test_known_rows_say_the_same_as_searched_ones(
    several: list[list[tuple[int, str, list[str]]]], repeated: int, recalculated: bool
) -> None:
    pieces = pieces_of(several, repeated)
    known = scanned(pieces, recalculated=recalculated, known=True)
    assert known == scanned(pieces, recalculated=recalculated, known=False)


def test_most_rows_of_a_table_are_known() -> None:
    pieces = pieces_of([[(1, "", [CELLS[0], CELLS[2], CELLS[4]])] * 50], 1)
    taken, rest = UsualRows(recalculated=False).take(pieces[0])
    assert sum(len(numbers) for _, numbers in taken) == 50
    assert b"<row" not in rest


@pytest.mark.parametrize("lie", ['<c r="A900000"><v>1</v></c>', '<c r="ZZ5"><v>1</v></c>', '<c r="C900000" t="s"/>'])
def test_a_cell_that_is_not_in_its_row_is_counted_where_it_says_it_is(lie: str) -> None:
    rows = [(1, "", [CELLS[0], CELLS[1], CELLS[0]])] * 20
    (piece,) = pieces_of([rows], 1)
    scan = SheetScan({}, recalculated=False)
    assert scan.add(piece.replace(b'<row r="9">', f'<row r="9">{lie}'.encode()))
    assert scan.extent.most_cells() >= (900_000 if "900000" in lie else 20 * 702)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40), st.integers(1, 100))
def test_no_text_is_longer_than_it_is_thought(lengths: list[int], limit: int) -> None:
    xml = b"<sst>" + b"".join(b"<si><t>%s</t></si>" % (b"x" * length) for length in lengths) + b"</sst>"
    if not has_longer(BytesIO(xml), limit):
        assert max(lengths_of(BytesIO(xml))) <= limit
    assert not has_longer(BytesIO(xml), 200)


def test_a_blank_cell_shows_nothing_whatever_its_format() -> None:
    show = numberformat.compile_format('"Réf. "@', "fr")
    assert (show("x"), show(""), list(show.all(["", "x"]))) == ("Réf. x", "", ["", "Réf. x"])


def test_texts_with_words_around_them_show_in_known_rows_too(tmp_path: Path) -> None:
    rows = [["Nom", "E-mail", "Réf"], *([f"N{n}", f"n{n}@x.example", Text(str(n), '"R "@')] for n in range(30))]
    path = tmp_path / "t.xlsx"
    path.write_bytes(xlsx(Sheet("F", rows)))
    assert [record.values[2] for record in read_table(path).records] == [f"R {n}" for n in range(30)]


@pytest.mark.parametrize(
    ("code", "order"),
    [("dd/mm/yyyy", "day first"), ("m/d/yy", "month first"), ("mm-dd-yy", "month first"), ("d mmmm yyyy", ""),
     ("yyyy-mm-dd", "month first"), ("h:mm", ""), ("0", ""), ("dd/mm/yyyy hh:mm", "day first")],
)  # fmt: skip
def test_a_number_format_says_which_of_day_and_month_comes_first(code: str, order: str) -> None:
    assert numberformat.compile_format(code, "fr").date_order == order


def test_columns_that_are_begun_again_and_never_ended_are_read_in_linear_time() -> None:
    """At each beginning the end was looked for in all that follows: 14 s for these."""
    scan = SheetScan(FORMATS, recalculated=True)

    scan.add(b"<worksheet>" + b'<cols><col min="2" max="2" hidden="1"/>' * 20_000 + b"<cols" * 20_000 + b"<sheetData>")

    assert scan.overlay(FORMATS[1]).hidden_columns == frozenset()
