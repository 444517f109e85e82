"""What the cells of a workbook hold and nobody sees is told of, and read; unusual looks are left alone."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from each_row import each_row
from lint_files import PNG, archive
from unseen_files import CELL, cell_with, workbook_with

from mailmerge.lint.extract.content import HiddenKind
from mailmerge.lint.extract.reader import read_content


def _rich(**looks: object) -> Callable[[Any, Any], None]:
    def make(book: Any, sheet: Any) -> None:
        sheet.write_rich_string("C4", "Salle 4 ", book.add_format(looks), CELL)

    return make


def _narrow(book: Any, sheet: Any) -> None:
    sheet.write("C4", CELL)
    sheet.set_column("C:C", 0.01)


def _flat(book: Any, sheet: Any) -> None:
    sheet.write("C4", CELL)
    sheet.set_row(3, 0.6)


def _in_a_table(book: Any, sheet: Any, *, at: str = "C4", **table: Any) -> None:
    sheet.add_table("C4:D9", {"columns": [{"header": "Nom"}, {"header": "Salle"}], **table})
    sheet.write(at, "Nom" if at == "C4" else CELL, book.add_format({"font_color": "#FFFFFF"}))


def _by_a_condition(book: Any, sheet: Any, **looks: object) -> None:
    cell_with(font_color="#FFFFFF")(book, sheet)
    told = {"type": "text", "criteria": "containing", "value": "Petit", "format": book.add_format(looks)}
    sheet.conditional_format("C1:C9", told)


def _on_a_picture(book: Any, sheet: Any) -> None:
    cell_with(font_color="#FFFFFF")(book, sheet)
    sheet.set_background(BytesIO(PNG))


def on_condition(rule: dict[str, object], value: str | float = CELL, **looks: object) -> Callable[[Any, Any], None]:
    """A cell that gets another look by a condition."""

    def make(book: Any, sheet: Any) -> None:
        sheet.write("C4", value)
        sheet.conditional_format("C1:C9", {**rule, "format": book.add_format(looks)})

    return make


def formula(criteria: str) -> dict[str, object]:
    return {"type": "formula", "criteria": criteria}


def compared(criteria: str, value: object) -> dict[str, object]:
    return {"type": "cell", "criteria": criteria, "value": value}


HIDING: tuple[tuple[str | float, dict[str, object]], ...] = (
    (CELL, {"type": "no_blanks"}),
    (CELL, {"type": "no_errors"}),
    (CELL, formula("=TRUE")),
    (CELL, formula('=$B$1<>"ouvrir"')),
    (CELL, formula("=NOT(ISBLANK(C1))")),
    (CELL, {"type": "text", "criteria": "containing", "value": "petit"}),
    (CELL, {"type": "text", "criteria": "begins with", "value": "Inès"}),
    (CELL, {"type": "text", "criteria": "ends with", "value": "k€"}),
    (CELL, {"type": "text", "criteria": "not containing", "value": "Paul"}),
    (CELL, compared("!=", '"x"')),
    (42000, compared(">", 1000)),
    (42000, compared("!=", 0)),
    (42000, {"type": "cell", "criteria": "between", "minimum": 40000, "maximum": 50000}),
)
HARMLESS: tuple[tuple[str | float, dict[str, object]], ...] = (
    (0, compared("=", 0)),
    (0, compared("<", 10)),
    (42000, compared("<", 1000)),
    (42000, compared(">", "$B$1")),
    (CELL, compared("=", '"x"')),
    (CELL, compared(">", 5)),
    (CELL, {"type": "errors"}),
    (CELL, {"type": "blanks"}),
    (CELL, {"type": "duplicate"}),
    (CELL, formula("=C1=C2")),
    (CELL, formula("=ISERROR(C1)")),
    (CELL, formula("=COUNTIF($C$1:C1,C1)>1")),
    (CELL, formula('=C1=""')),
    (CELL, formula("=C1=0")),
    (CELL, formula("=MOD(ROW(),2)=0")),
    (CELL, {"type": "text", "criteria": "containing", "value": "Paul"}),
)
_LOOKS: dict[str, tuple[dict[str, object], HiddenKind]] = {
    "white": ({"font_color": "#FFFFFF"}, HiddenKind.WHITE_TEXT),
    "blue on blue": ({"font_color": "#1F3864", "bg_color": "#1F3864"}, HiddenKind.WHITE_TEXT),
    "black on black": ({"bg_color": "#000000"}, HiddenKind.WHITE_TEXT),
    "a format that shows nothing": ({"num_format": ";;;"}, HiddenKind.UNSEEN_TEXT),
}


@each_row(("value", "rule"), HIDING)
def test_a_condition_that_hides_cells_is_told_of(value: str | float, rule: dict[str, object]) -> None:
    for name, (looks, kind) in _LOOKS.items():
        content = read_content(workbook_with(on_condition(rule, value, **looks)), "planning.xlsx")
        assert {hidden.kind for hidden in content.hidden} == {kind}, name


@each_row(("value", "rule"), HARMLESS)
def test_a_condition_that_hides_noughts_and_errors_is_not(value: str | float, rule: dict[str, object]) -> None:
    for looks, _kind in _LOOKS.values():
        assert read_content(workbook_with(on_condition(rule, value, **looks)), "planning.xlsx").hidden == []


@each_row(("value", "rule"), HIDING)
def test_nor_is_a_condition_that_shows_cells(value: str | float, rule: dict[str, object]) -> None:
    plain: tuple[dict[str, object], ...] = (
        {"font_color": "#C00000"}, {"font_color": "#FFFFFF", "bg_color": "#1F3864"}, {"bold": True}
    )  # fmt: skip
    for looks in plain:
        assert read_content(workbook_with(on_condition(rule, value, **looks)), "planning.xlsx").hidden == []


def test_nor_is_a_white_condition_beside_one_that_shades() -> None:
    def make(book: Any, sheet: Any) -> None:
        on_condition({"type": "no_blanks"}, font_color="#FFFFFF")(book, sheet)
        on_condition({"type": "no_blanks"}, bg_color="#1F3864")(book, sheet)

    assert read_content(workbook_with(make), "planning.xlsx").hidden == []


UNSEEN: dict[str, tuple[Callable[[Any, Any], None], HiddenKind]] = {
    "white": (cell_with(font_color="#FFFFFF"), HiddenKind.WHITE_TEXT),
    "nearly white": (cell_with(font_color="#FDFDFC"), HiddenKind.WHITE_TEXT),
    "white on a white fill": (cell_with(font_color="white", bg_color="#FEFEFE"), HiddenKind.WHITE_TEXT),
    "blue on blue": (cell_with(font_color="#1F3864", bg_color="#1F3864"), HiddenKind.WHITE_TEXT),
    "a white amount": (cell_with(42000, font_color="#FFFFFF"), HiddenKind.WHITE_TEXT),
    "one white word among others": (_rich(font_color="#FFFFFF"), HiddenKind.WHITE_TEXT),
    "white in the middle of a table": (
        lambda book, sheet: _in_a_table(book, sheet, at="C6"), HiddenKind.WHITE_TEXT
    ),
    "white, and underlined by a condition": (
        lambda book, sheet: _by_a_condition(book, sheet, underline=1), HiddenKind.WHITE_TEXT
    ),
    "one point": (cell_with(font_size=1), HiddenKind.TINY_TEXT),
    "one tiny word among others": (_rich(font_size=2), HiddenKind.TINY_TEXT),
    "a format that shows nothing": (cell_with(num_format=";;;"), HiddenKind.UNSEEN_TEXT),
    "a format that shows no amount": (cell_with(42000, num_format=";;;"), HiddenKind.UNSEEN_TEXT),
    "a format that shows no number": (cell_with(42000, num_format=";;"), HiddenKind.UNSEEN_TEXT),
    "a format that shows a colour alone": (cell_with(num_format="0;-0;0;[White]"), HiddenKind.UNSEEN_TEXT),
    "a format that shows a blank": (cell_with(42000, num_format='" ";-0;0;@'), HiddenKind.UNSEEN_TEXT),
    "a column of no width": (_narrow, HiddenKind.COLUMNS),
    "a row of no height": (_flat, HiddenKind.ROWS),
}  # fmt: skip
SEEN: dict[str, Callable[[Any, Any], None]] = {
    "plain": cell_with(),
    "grey": cell_with(font_color="#BFBFBF"),
    "yellow": cell_with(font_color="#FFFF00"),
    "white on blue": cell_with(font_color="#FFFFFF", bg_color="#1F3864"),
    "white on a pattern": cell_with(font_color="#FFFFFF", bg_color="#1F3864", fg_color="#000000", pattern=4),
    "a blank in white": cell_with(" ", font_color="#FFFFFF"),
    "white dots": cell_with("…", font_color="#FFFFFF"),
    "the header of a table": _in_a_table,
    "a dark table": lambda book, sheet: _in_a_table(book, sheet, at="C6", style="Table Style Dark 1"),
    "white, on red by a condition": lambda book, sheet: _by_a_condition(book, sheet, bg_color="#FF0000"),
    "white on a picture": _on_a_picture,
    "small print": cell_with(font_size=6),
    "one green word among others": _rich(font_color="#00B050"),
    "no noughts": cell_with(0, num_format="0;-0;;@"),
    "no noughts, which is nought": cell_with(0, num_format=";;;"),
    "no amounts below nought": cell_with(-5, num_format="0;;"),
    "a format of texts": cell_with(num_format="@"),
    "a format with words": cell_with(42000, num_format='"Dossier" 0;;;"Dossier" @'),
    "thousands": cell_with(42000, num_format='#,##0.00 "€";[Red]-#,##0.00 "€"'),
    "a narrow column without words": lambda book, sheet: sheet.set_column("B:B", 0.01),
    "a low row without words": lambda book, sheet: sheet.set_row(3, 0.6),
    "a narrow column of one letter": lambda book, sheet: (sheet.write("C4", "x"), sheet.set_column("C:C", 1.5)),
}  # fmt: skip


@each_row(("make", "kind"), UNSEEN.values(), ids=UNSEEN)
def test_cells_that_nobody_sees_are_told_of_and_read(make: Callable[[Any, Any], None], kind: HiddenKind) -> None:
    content = read_content(workbook_with(make), "planning.xlsx")
    assert {hidden.kind for hidden in content.hidden} == {kind}
    assert any(CELL in piece.text or "42000" in piece.text for piece in content.pieces)


@each_row("make", SEEN.values(), ids=SEEN)
def test_cells_that_somebody_sees_are_left_alone(make: Callable[[Any, Any], None]) -> None:
    assert read_content(workbook_with(make), "planning.xlsx").hidden == []


def _ods(looks: str, words: str = CELL) -> bytes:
    style = f'<style:style style:name="ce1" style:family="table-cell">{looks}</style:style>'
    cells = f'<table:table-cell table:style-name="ce1" office:value-type="string"><text:p>{words}</text:p>'
    return archive(
        {"content.xml": f"<office:document-content>{style}{cells}</table:table-cell></office:document-content>"}
    )


ODS = {
    "white": (_ods('<style:text-properties fo:color="#ffffff"/>'), [HiddenKind.WHITE_TEXT]),
    "one point": (_ods('<style:text-properties fo:font-size="1pt"/>'), [HiddenKind.TINY_TEXT]),
    "white on blue": (
        _ods('<style:table-cell-properties fo:background-color="#1f3864"/><style:text-properties fo:color="#ffffff"/>'),
        [],
    ),
    "white, and empty": (_ods('<style:text-properties fo:color="#ffffff"/>', " "), []),
    "black": (_ods('<style:text-properties fo:color="#000000"/>'), []),
}


@each_row(("octets", "kinds"), ODS.values(), ids=ODS)
def test_cells_of_an_open_document_are_looked_at_likewise(octets: bytes, kinds: list[HiddenKind]) -> None:
    assert [hidden.kind for hidden in read_content(octets, "planning.ods").hidden] == kinds
