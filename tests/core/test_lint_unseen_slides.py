"""White words on a slide, or in a column that is white, are told of; the same on anything dark is not."""

from __future__ import annotations

from each_row import each_row
from lint_files import archive, office

from mailmerge.lint.extract.content import Kind
from mailmerge.lint.extract.reader import read_content

_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
WHITES = {
    "white": '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>',
    "nearly white": '<a:solidFill><a:srgbClr val="fefdfc"/></a:solidFill>',
    "the ground of the theme": '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>',
}
DARK = '<a:solidFill><a:srgbClr val="203864"/></a:solidFill>'
_LAYOUT = "ppt/slideLayouts/slideLayout1.xml"
_MASTER = "ppt/slideMasters/slideMaster1.xml"


def shape(properties: str = "", text: str = "trop lent", *, styles: str = "", look: str = "", head: str = "") -> str:
    run = f"<a:r><a:rPr lang='fr'>{properties}</a:rPr><a:t>{text}</a:t></a:r>"
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id='2' name='x' {head}/></p:nvSpPr><p:spPr>{look}</p:spPr>"
        f"<p:txBody><a:lstStyle>{styles}</a:lstStyle><a:p>{run}</a:p></p:txBody></p:sp>"
    )


def slides(body: str, *, ground: str = "", parts: dict[str, str] | None = None) -> bytes:
    page = f"<p:sld {_NS}><p:cSld>{ground}<p:spTree>{body}</p:spTree></p:cSld></p:sld>"
    return office({"ppt/slides/slide1.xml": page, **(parts or {})})


def ground(colour: str) -> str:
    return f"<p:bg><p:bgPr>{colour}</p:bgPr></p:bg>"


def in_list_style(white: str) -> str:
    return f"<a:lvl1pPr><a:defRPr>{white}</a:defRPr></a:lvl1pPr>"


UNSEEN = {
    **{f"{name}, of a run": slides(shape(white)) for name, white in WHITES.items()},
    **{f"{name}, of a shape": slides(shape(styles=in_list_style(white))) for name, white in WHITES.items()},
    **{f"{name}, on a white slide": slides(shape(white), ground=ground(white)) for name, white in WHITES.items()},
    "beside a frame": slides(shape(WHITES["white"], look=f"<a:ln>{DARK}</a:ln>")),
}
SEEN = {
    "black": slides(shape(DARK)),
    "white, and empty": slides(shape(WHITES["white"], " ")),
    "on a dark slide": slides(shape(WHITES["white"]), ground=ground(DARK)),
    "in a dark shape": slides(shape(WHITES["white"], look=DARK)),
    "beside a dark shape": slides(shape(WHITES["white"]) + shape(DARK, look=DARK)),
    "beside a picture": slides(f"<p:pic><a:blip/></p:pic>{shape(WHITES['white'])}"),
    "in a table": slides(f"<p:graphicFrame/>{shape(WHITES['white'])}"),
    "on a dark layout": slides(shape(WHITES["white"]), parts={_LAYOUT: ground(DARK)}),
    "on a layout with a band": slides(shape(WHITES["white"]), parts={_LAYOUT: shape(look=DARK)}),
    "on a dark master": slides(shape(WHITES["white"]), parts={_MASTER: '<p:clrMap bg1="dk1" tx1="lt1"/>'}),
    "in a dark theme": slides(
        shape(WHITES["the ground of the theme"]),
        parts={"ppt/theme/theme1.xml": '<a:lt1><a:srgbClr val="101010"/></a:lt1>'},
    ),
    "coloured in a white shape": slides(shape(DARK, styles=in_list_style(WHITES["white"]))),
}  # fmt: skip


@each_row("slide", UNSEEN.values(), ids=UNSEEN)
def test_white_words_on_white_are_told(slide: bytes) -> None:
    assert [hidden.kind for hidden in read_content(slide, "a.pptx").hidden] == [Kind.WHITE_TEXT]


@each_row("slide", SEEN.values(), ids=SEEN)
def test_words_that_are_seen_are_not(slide: bytes) -> None:
    assert read_content(slide, "a.pptx").hidden == []


def test_words_in_a_hidden_shape_are_told() -> None:
    for head, kinds in (('hidden="1"', [Kind.TEXT]), ('hidden="0"', []), ("", [])):
        assert [hidden.kind for hidden in read_content(slides(shape(head=head)), "a.pptx").hidden] == kinds


def spreadsheet(columns: str, cells: str, row: str = "") -> bytes:
    style = '<style:style style:name="ce1"><style:text-properties fo:color="#ffffff"/></style:style>'
    page = (
        f"<office:automatic-styles>{style}</office:automatic-styles><table:table table:name='a'>{columns}"
        f"<table:table-row{row}>{cells}</table:table-row></table:table>"
    )
    return archive({"content.xml": page})


_WHITE_COLUMN = '<table:table-column table:default-cell-style-name="ce1"/>'
_PLAIN_COLUMN = "<table:table-column/>"
_CELL, _EMPTY = "<table:table-cell><text:p>trop lent</text:p></table:table-cell>", "<table:table-cell/>"
CELLS = {
    "in a white column": (spreadsheet(_WHITE_COLUMN, _CELL), True),
    "in a white column further on": (spreadsheet(_PLAIN_COLUMN + _WHITE_COLUMN, _CELL + _CELL), True),
    "in the second of several white columns": (
        spreadsheet(_WHITE_COLUMN.replace("/>", ' table:number-columns-repeated="3"/>'), _EMPTY + _CELL), True
    ),
    "in a white row": (spreadsheet(_PLAIN_COLUMN, _CELL, ' table:default-cell-style-name="ce1"'), True),
    "beside a white column": (spreadsheet(_PLAIN_COLUMN + _WHITE_COLUMN, _CELL + _EMPTY), False),
    "in a cell of its own look": (
        spreadsheet(_WHITE_COLUMN, _CELL.replace("-cell>", '-cell table:style-name="x">', 1)), False
    ),
    "nowhere": (spreadsheet(_WHITE_COLUMN, _EMPTY), False),
}  # fmt: skip


@each_row(("octets", "told"), CELLS.values(), ids=CELLS)
def test_words_that_are_white_by_their_column_are_told(octets: bytes, told: bool) -> None:
    hidden = [hidden.kind for hidden in read_content(octets, "a.ods").hidden]
    assert hidden == ([Kind.WHITE_TEXT] if told else [])


HEADERS = (
    "&amp;L{first} {last}", '&amp;C&amp;"Arial,Bold"{first}&amp;"Arial,Regular" {last}',
    "&amp;R&amp;12{first} &amp;8{last}", "&amp;C&amp;KFF0000{first}&amp;K000000 {last}",
    "&amp;C&amp;B{first}&amp;B {last}&amp;RPage &amp;P", "&amp;C{first}&#10;{last}",
)  # fmt: skip


@each_row("header", HEADERS)
def test_the_header_of_a_sheet_is_read_without_its_codes(header: str) -> None:
    said = header.format(first="Zoé", last="Lefèvre")
    content = read_content(with_header(said), "a.xlsx")
    assert any("Zoé Lefèvre" in " ".join(piece.text.split()) for piece in content.pieces)


def with_header(said: str) -> bytes:
    header = f"<headerFooter><oddHeader>{said}</oddHeader></headerFooter>"
    page = f"<worksheet><sheetData><row/></sheetData>{header}</worksheet>"
    return office({"xl/worksheets/sheet1.xml": page})
