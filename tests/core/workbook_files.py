"""Write small workbooks by hand: the XML of XLSX and ODS, zipped. No spreadsheet program is needed for the tests."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BUILT_IN = {
    "General": 0,
    "0": 1,
    "0.00": 2,
    "0%": 9,
    "0.00%": 10,
    "mm-dd-yy": 14,
    "h:mm": 20,
    "m/d/yy h:mm": 22,
    "@": 49,
    **{f"built-in {number}": number for number in range(164)},
}
"""Codes that a workbook does not spell out, and ``built-in N`` for what a number means wherever it is shown."""


@dataclass(frozen=True)
class Number:
    """A numeric cell and its format code."""

    value: float
    code: str = "General"


@dataclass(frozen=True)
class Text:
    """A text in a cell with a number format."""

    value: str
    code: str


@dataclass(frozen=True)
class Error:
    """A formula that failed."""

    value: str


@dataclass(frozen=True)
class Formula:
    """A formula with the value that was stored with it."""

    value: str | float
    code: str = "General"


Cell = str | float | bool | Number | Text | Error | Formula | None


@dataclass
class Sheet:
    """One sheet: its rows, and what of it is hidden (rows and columns counted from 1)."""

    name: str
    rows: Sequence[Sequence[Cell]]
    state: str = "visible"
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    merged: Sequence[str] = ()
    skip: Collection[int] = field(default=())


def column_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place(reference: str) -> tuple[int, int, int, int]:
    """First and last row, first and last column of ``A2:B6``, counted from 0."""
    corners = re.findall("([A-Z]+)([0-9]+)", reference)
    left, right = (next(n for n in range(1, 17000) if column_letters(n) == letters) - 1 for letters, _ in corners)
    top, bottom = (int(row) - 1 for _, row in corners)
    return top, bottom, left, right


def zipped(entries: Iterable[tuple[str, str | bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def part_changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the parts of that name changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    return zipped((name, change(data) if name.endswith(part) else data) for name, data in entries)


def xlsx(*sheets: Sheet, shared: bool = True, date1904: bool = False, headings: str = "") -> bytes:
    """A workbook as Excel writes it (ECMA-376); texts shared, or inline as other programs write them."""
    strings: dict[str, int] = {}
    codes: dict[str, int] = {"General": 0}
    bodies = [_sheet_xml(sheet, strings if shared else None, codes) for sheet in sheets]
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" state="{sheet.state}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    relations += f'<Relationship Id="rIdS" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    relations += f'<Relationship Id="rIdT" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    office = f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    extra = [("docProps/app.xml", f"{head}<Properties><lpstr>{headings}</lpstr></Properties>")] if headings else []
    entries = [
        *extra,
        ("[Content_Types].xml", f'{head}<Types xmlns="{package}/content-types">{_content_types(len(sheets))}</Types>'),
        ("_rels/.rels", f'{head}<Relationships xmlns="{package}/relationships">{office}</Relationships>'),
        (
            "xl/workbook.xml",
            f'{head}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr date1904="{int(date1904)}"/>'
            f"<sheets>{listed}</sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'{head}<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        ),
        ("xl/styles.xml", head + _styles_xml(codes)),
        *((f"xl/worksheets/sheet{n}.xml", head + body) for n, body in enumerate(bodies, 1)),
        ("xl/sharedStrings.xml", f'{head}<sst xmlns="{MAIN}">{"".join(map(_shared, strings))}</sst>'),
    ]
    return zipped(entries)


def _shared(text: str) -> str:
    return f'<si><t xml:space="preserve">{escape(text)}</t></si>'


def _content_types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("workbook", "sheet.main"), ("styles", "styles"), ("sharedStrings", "sharedStrings")]
    parts += [(f"worksheets/sheet{n}", "worksheet") for n in range(1, sheets + 1)]
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return rels + "".join(f'<Override PartName="/xl/{p}.xml" ContentType="{kind}.{k}+xml"/>' for p, k in parts)


def _styles_xml(codes: dict[str, int]) -> str:
    own = {code: 164 + n for n, code in enumerate(code for code in codes if code not in BUILT_IN)}
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>' for code, n in own.items())
    xfs = "".join(f'<xf numFmtId="{BUILT_IN.get(code, own.get(code, 0))}" applyNumberFormat="1"/>' for code in codes)
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(own)}">{formats}</numFmts><fonts><font/></fonts>'
        f'<fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(codes)}">{xfs}</cellXfs></styleSheet>'
    )


def _sheet_xml(sheet: Sheet, strings: dict[str, int] | None, codes: dict[str, int]) -> str:
    hidden = "".join(f'<col min="{n}" max="{n}" width="9" hidden="1"/>' for n in sorted(sheet.hidden_columns))
    rows = []
    for number, row in enumerate(sheet.rows, 1):
        if number in sheet.skip:
            continue
        cells = "".join(
            _cell_xml(f"{column_letters(n)}{number}", cell, strings, codes)
            for n, cell in enumerate(row, 1)
            if cell is not None
        )
        hidden_row = ' hidden="1"' if number in sheet.hidden_rows else ""
        rows.append(f'<row r="{number}"{hidden_row}>{cells}</row>')
    merged = "".join(f'<mergeCell ref="{each}"/>' for each in sheet.merged)
    return (
        f'<worksheet xmlns="{MAIN}">{f"<cols>{hidden}</cols>" if hidden else ""}<sheetData>{"".join(rows)}</sheetData>'
        f"{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>"
    )


def _cell_xml(at: str, cell: Cell, strings: dict[str, int] | None, codes: dict[str, int]) -> str:
    if isinstance(cell, bool):
        return f'<c r="{at}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{at}"><v>{cell!r}</v></c>'
    if isinstance(cell, Number):
        return f'<c r="{at}" s="{codes.setdefault(cell.code, len(codes))}"><v>{cell.value!r}</v></c>'
    if isinstance(cell, Error):
        return f'<c r="{at}" t="e"><f>1/0</f><v>{escape(cell.value)}</v></c>'
    if isinstance(cell, Formula):
        kind = ' t="str"' if isinstance(cell.value, str) else ""
        style = codes.setdefault(cell.code, len(codes))
        return f'<c r="{at}" s="{style}"{kind}><f>A1</f><v>{escape(str(cell.value))}</v></c>'
    if isinstance(cell, Text):
        style = codes.setdefault(cell.code, len(codes))
        return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(cell.value)}</t></is></c>'
    assert cell is not None
    if strings is None:
        return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{at}" t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'


ODF = "urn:oasis:names:tc:opendocument:xmlns"


@dataclass(frozen=True)
class Shown:
    """A cell of an ODS: its text as LibreOffice shows it, and the attributes of its value."""

    text: str
    attributes: str = 'office:value-type="float" office:value="1"'
    repeated: int = 1


def ods(*sheets: Sheet) -> bytes:
    """A workbook as LibreOffice writes it (OpenDocument 1.3)."""
    tables = "".join(map(_ods_table, sheets))
    namespaces = " ".join(
        f'xmlns:{each}="{ODF}:{each if each != "draw" else "drawing"}:1.0"'
        for each in ("office", "table", "text", "style", "draw")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {namespaces} office:version="1.3">'
        '<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties'
        ' table:display="true"/></style:style><style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)])


def _ods_table(sheet: Sheet) -> str:
    width = max(map(len, sheet.rows), default=1)
    columns = "".join(
        f"<table:table-column{' table:visibility=' + quoteattr('collapse') if n in sheet.hidden_columns else ''}/>"
        for n in range(1, width + 1)
    )
    rows = "".join(
        f"<table:table-row{' table:visibility=' + quoteattr('filter') if n in sheet.hidden_rows else ''}>"
        f"{''.join(_ods_spanning(_ods_cell(cell), sheet, n - 1, at) for at, cell in enumerate(row))}</table:table-row>"
        for n, row in enumerate(sheet.rows, 1)
    )
    empty = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row>'
    )
    style = "ta1" if sheet.state == "visible" else "ta2"
    attributes = f'table:name={quoteattr(sheet.name)} table:style-name="{style}"'
    return f"<table:table {attributes}>{columns}{rows}{empty}</table:table>"


def _ods_spanning(xml: str, sheet: Sheet, row: int, column: int) -> str:
    for top, bottom, left, right in map(place, sheet.merged):
        if (row, column) == (top, left):
            spans = f'number-columns-spanned="{right - left + 1}" table:number-rows-spanned="{bottom - top + 1}"'
            return xml.replace("<table:table-cell", f"<table:table-cell table:{spans}", 1)
        if top <= row <= bottom and left <= column <= right:
            return xml.replace("table:table-cell", "table:covered-table-cell")
    return xml


def _ods_cell(cell: Cell | Shown) -> str:
    if cell is None:
        return "<table:table-cell/>"
    shown = cell if isinstance(cell, Shown) else Shown(escape(str(cell)), 'office:value-type="string"')
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in shown.text.split("\n"))
    repeated = f' table:number-columns-repeated="{shown.repeated}"' if shown.repeated > 1 else ""
    return f"<table:table-cell {shown.attributes}{repeated}>{paragraphs}</table:table-cell>"


def xls(sheet: Sheet, *, country: int = 33) -> bytes:
    """A workbook as Excel 97 to 2003 wrote it (MS-XLS, MS-CFB): one sheet of texts, numbers and errors."""
    codes = {"General": 0}
    for row in sheet.rows:
        for cell in row:
            if isinstance(cell, Number | Text):
                codes.setdefault(cell.code, len(codes))
    own = {code: 164 + n for code, n in codes.items() if code not in BUILT_IN}
    formats = b"".join(
        _biff(0x041E, struct.pack("<HHB", n, len(code), 0) + code.encode("latin-1")) for code, n in own.items()
    )
    xfs = b"".join(
        _biff(0x00E0, struct.pack("<HH", 0, own.get(code, BUILT_IN.get(code, 0))) + bytes(16)) for code in codes
    )
    head = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + _biff(0x0042, struct.pack("<H", 1200))
    head += _biff(0x008C, struct.pack("<HH", country, country)) + formats + xfs
    name = sheet.name.encode("latin-1")
    tail = struct.pack("<BBBB", 0, 0, len(name), 0) + name
    end = _biff(0x000A, b"")
    start = len(head) + 8 + len(tail) + len(end)
    return _compound(head + _biff(0x0085, struct.pack("<I", start) + tail) + end + _biff_sheet(sheet, codes))


def biff5(
    rows: Sequence[Sequence[str | float]], *, stream: str = "Book", codec: str = "cp1252", says_so: bool = True
) -> bytes:
    """A workbook as Excel 5.0 and 95 wrote it: its texts are in a code page of Windows, which some say and some not."""
    start, end = _biff(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0)), _biff(0x000A, b"")
    page = _biff(0x0042, struct.pack("<H", int(codec.removeprefix("cp")))) if says_so else b""
    head = start + page + _biff(0x00E0, struct.pack("<HH", 0, 0) + bytes(12))
    tail = struct.pack("<HB", 0, 5) + b"Liste"
    head += _biff(0x0085, struct.pack("<I", len(head) + 8 + len(tail) + len(end)) + tail) + end
    body = _biff(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            at = struct.pack("<HHH", number, column, 0)
            if isinstance(cell, str):
                body += _biff(0x0204, at + struct.pack("<H", len(cell)) + cell.encode(codec))
            else:
                body += _biff(0x0203, at + struct.pack("<d", cell))
    return _compound(head + body + end, stream)


def _biff(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _biff_sheet(sheet: Sheet, codes: dict[str, int]) -> bytes:
    width = max(map(len, sheet.rows), default=0)
    body = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for column in sheet.hidden_columns:
        body += _biff(0x007D, struct.pack("<6H", column - 1, column - 1, 2048, 0, 1, 0))
    body += _biff(0x0200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0))
    for number in range(len(sheet.rows)):
        hidden = 0x20 if number + 1 in sheet.hidden_rows else 0
        body += _biff(0x0208, struct.pack("<6HI", number, 0, width, 255, 0, 0, hidden | 0x100))
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            body += _biff_cell(number, column, cell, codes)
    if sheet.merged:
        places = b"".join(struct.pack("<4H", *place(each)) for each in sheet.merged)
        body += _biff(0x00E5, struct.pack("<H", len(sheet.merged)) + places)
    return body + _biff(0x000A, b"")


def _biff_cell(row: int, column: int, cell: Cell, codes: dict[str, int]) -> bytes:
    if isinstance(cell, str | Text):
        value, style = (cell.value, codes[cell.code]) if isinstance(cell, Text) else (cell, 0)
        text = value.encode("utf-16-le")
        return _biff(0x0204, struct.pack("<HHHHB", row, column, style, len(value), 1) + text)
    if isinstance(cell, Error):
        code = {"#N/A": 42, "#DIV/0!": 7, "#REF!": 23}[cell.value]
        return _biff(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))
    if isinstance(cell, Number):
        return _biff(0x0203, struct.pack("<HHHd", row, column, codes[cell.code], cell.value))
    return b""


def _compound(stream: bytes, name: str = "Workbook") -> bytes:
    """A stream alone in an OLE compound file."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    assert len(fat) == 128, "one FAT sector holds files up to 64 KB"
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, 2, len(stream))
    entries += bytes(256)
    return header + struct.pack("<128I", *fat) + entries + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
