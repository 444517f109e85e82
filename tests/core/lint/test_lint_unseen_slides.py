"""White words on a slide, or in a column that is white, are told of; the same on anything dark is not."""

from __future__ import annotations

from each_row import each_row
from lint_files import archive, office

from mailmerge.lint.extract.content import HiddenKind
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


def placed(kind: str, body: str = "", *, index: str = "1", level: int = 0) -> str:
    """A shape that stands in for one of its layout."""
    text = f'<a:pPr lvl="{level}"/>' if level else ""
    return (
        f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody>'
        f"<a:lstStyle>{body}</a:lstStyle><a:p>{text}<a:r><a:rPr lang='fr'/><a:t>trop lent</a:t></a:r></a:p></p:txBody>"
        "</p:sp>"
    )


def at_level(colour: str, level: int = 1) -> str:
    return f"<a:lvl{level}pPr><a:defRPr>{colour}</a:defRPr></a:lvl{level}pPr>"


def mastered(title: str, body: str) -> str:
    styles = f"<p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle>"
    return f"<p:sldMaster>{ground(_WHITE)}<p:txStyles>{styles}</p:txStyles></p:sldMaster>"


def related(part: str, target: str) -> dict[str, str]:
    folder, _, name = part.rpartition("/")
    relation = f'<Relationships><Relationship Id="r1" Target="../{target}"/></Relationships>'
    return {f"{folder}/_rels/{name}.rels": relation}


_WHITE = WHITES["white"]
_BLACK = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
_CHAIN = {
    **related("ppt/slides/slide1.xml", "slideLayouts/slideLayout1.xml"),
    **related(_LAYOUT, "slideMasters/slideMaster1.xml"),
}
BY_MASTER = {_MASTER: mastered(at_level(_WHITE), at_level(_BLACK) + at_level(_WHITE, 3)), _LAYOUT: "<p:sldLayout/>"}
BY_LAYOUT = {
    _MASTER: mastered(at_level(_BLACK), at_level(_BLACK)),
    _LAYOUT: placed("body", at_level(_WHITE), index="13"),
}
OTHERS_ARE_DARK = {
    **BY_MASTER, **_CHAIN, "ppt/slideLayouts/slideLayout2.xml": ground(DARK),
    "ppt/slideMasters/slideMaster2.xml": f"<p:sldMaster>{shape(look=DARK)}</p:sldMaster>",
}  # fmt: skip
UNSEEN = {
    "a title that the master makes white": slides(placed("title"), parts=BY_MASTER),
    "a title in the middle": slides(placed("ctrTitle"), parts=BY_MASTER),
    "the third level of a body": slides(placed("body", level=2), parts=BY_MASTER),
    "what the layout makes white": slides(placed("body", index="13"), parts=BY_LAYOUT),
    "what its own layout makes white, beside dark ones": slides(placed("title"), parts=OTHERS_ARE_DARK),
    **{f"{name}, of a run": slides(shape(white)) for name, white in WHITES.items()},
    **{f"{name}, of a shape": slides(shape(styles=in_list_style(white))) for name, white in WHITES.items()},
    **{f"{name}, on a white slide": slides(shape(white), ground=ground(white)) for name, white in WHITES.items()},
    "beside a frame": slides(shape(WHITES["white"], look=f"<a:ln>{DARK}</a:ln>")),
}
SEEN = {
    "a body below a white title": slides(placed("body"), parts=BY_MASTER),
    "the second level of a body": slides(placed("body", level=1), parts=BY_MASTER),
    "a title with a colour of its own": slides(placed("title", at_level(DARK)), parts=BY_MASTER),
    "no placeholder": slides(shape(), parts=BY_MASTER),
    "what stands in for another of the layout": slides(placed("body", index="14"), parts={
        _MASTER: BY_LAYOUT[_MASTER],
        _LAYOUT: placed("body", at_level(_BLACK), index="14") + placed("body", at_level(_WHITE), index="13"),
    }),
    "a title on its own dark master": slides(placed("title"), parts={
        **BY_MASTER, **_CHAIN, _MASTER: mastered(at_level(_WHITE), "").replace(ground(_WHITE), ground(DARK))
    }),
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
    assert [hidden.kind for hidden in read_content(slide, "a.pptx").hidden] == [HiddenKind.WHITE_TEXT]


@each_row("slide", SEEN.values(), ids=SEEN)
def test_words_that_are_seen_are_not(slide: bytes) -> None:
    assert read_content(slide, "a.pptx").hidden == []


def test_words_in_a_hidden_shape_are_told() -> None:
    for head, kinds in (('hidden="1"', [HiddenKind.TEXT]), ('hidden="0"', []), ("", [])):
        assert [hidden.kind for hidden in read_content(slides(shape(head=head)), "a.pptx").hidden] == kinds


def beside(x: int, y: int, *, around: str = "{}", after: str = "") -> bytes:
    """A shape at a place of a slide of a thousand by eight hundred, a hundred wide and high."""
    place = f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="100" cy="100"/></a:xfrm>'
    size = {"ppt/presentation.xml": '<p:presentation><p:sldSz cx="1000" cy="800"/></p:presentation>'}
    return slides(around.format(shape(look=place)) + after, parts=size)


BESIDE = {
    "on the right": beside(1000, 0), "on the left": beside(-100, 0), "above": beside(0, -100), "below": beside(0, 800),
    "after a group": beside(1000, 0, around="<p:grpSp><p:sp></p:sp></p:grpSp>{}"),
}  # fmt: skip
NOT_BESIDE = {
    "in a corner": beside(999, 799), "half outside": beside(-99, -99),
    "in a group": beside(5000, 0, around="<p:grpSp>{}</p:grpSp>"),
    "moved in": beside(1000, 0, after="<p:animMotion/>"),
}  # fmt: skip


@each_row(
    ("slide", "kinds"),
    [(each, [HiddenKind.UNSEEN_TEXT]) for each in BESIDE.values()] + [(each, []) for each in NOT_BESIDE.values()],
    ids=[*BESIDE, *NOT_BESIDE],
)
def test_words_beside_the_slide_are_told(slide: bytes, kinds: list[HiddenKind]) -> None:
    assert [hidden.kind for hidden in read_content(slide, "a.pptx").hidden] == kinds


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
    assert hidden == ([HiddenKind.WHITE_TEXT] if told else [])


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
