"""Damaged, hostile and huge tables: one line, in little time and memory, and no word of a library's own."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbook_files import Cell, Number, Sheet, Shown, _biff, column_letters, ods, part_changed, xls, xlsx, zipped

from mailmerge.errors import TableError
from mailmerge.records import read_table
from mailmerge.records.workbooks.biff import BiffRecord, Texts, mended, number_of, shared_texts
from mailmerge.records.workbooks.regular import Extent, cells_of

PEOPLE: list[list[Cell]] = [
    ["Nom", "E-mail", "Date"],
    *([f"N{n}", f"n{n}@x.example", Number(46000 + n, "dd/mm/yyyy [h]:mm")] for n in range(12)),
]
READ_ALL = """
import re
import sys
from pathlib import Path
from mailmerge.errors import TableError
from mailmerge.records import read_table
PYTHONS_OWN = "index|decompress|requires|buffer|zip file|codec|invalid|header|token|tuple|argument|literal|Error"
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read_table(path)
        print("read")
    except TableError as error:
        assert "\\n" not in str(error) and len(str(error)) < 500, error
        assert not re.search(PYTHONS_OWN, str(error), re.IGNORECASE), error
        print("refused")
"""
PEAK = """
import sys
from pathlib import Path
from mailmerge.errors import TableError
from mailmerge.records import read_table
try:
    print(len(read_table(Path(sys.argv[1])).records), "people")
except TableError as error:
    print(error)
(peak,) = (line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
print(int(peak) // 1024)
"""


def broken(chance: random.Random, content: bytes) -> bytes:
    """Cut off, or some octets changed, lost, or overwritten."""
    at, how = chance.randrange(8, len(content)), chance.randrange(4)
    if how == 0:
        return content[: max(at, 512)]
    if how == 1:
        return content[:at] + content[at + chance.randrange(1, 600) :]
    if how == 2:
        return content[:at] + chance.randbytes(chance.randrange(1, 300)) + content[at + 300 :]
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 20)):
        changed[chance.randrange(8, len(changed))] = chance.randrange(256)
    return bytes(changed)


def parts_broken(chance: random.Random, content: bytes) -> bytes:
    """The XML inside damaged, the archive around it sound."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(["xl/worksheets/sheet1.xml"] * 4 + sorted(parts))
    odd = (
        b"<c/>",
        b'r="ZZZ9999999"',
        b"<row/>",
        b"NaN",
        b"1e999",
        b't="s"',
        b"<v/>",
        b"-1",
        b'<c r="A0"/>',
        b"<!-- -->",
    )
    at = chance.randrange(len(parts[name]))
    parts[name] = parts[name][:at] + chance.choice(odd) + parts[name][at + chance.randrange(12) :]
    return zipped(parts.items())


@pytest.mark.parametrize("kind", ["xls", "xlsx", "parts", "ods"])
def test_whatever_is_damaged_is_read_or_refused_in_one_line_and_nothing_else_is_said(tmp_path: Path, kind: str):
    chance = random.Random(kind)
    write = {"xls": xls, "ods": ods}.get(kind, xlsx)
    whole = write(Sheet("Feuil1", [row[:2] for row in PEOPLE] if kind == "ods" else PEOPLE))
    for number in range(150):
        content = parts_broken(chance, whole) if kind == "parts" else broken(chance, whole)
        (tmp_path / f"{number:03}").write_bytes(content)
    done = subprocess.run([sys.executable, "-c", READ_ALL, tmp_path], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "refused" in done.stdout


def test_an_xls_that_ends_in_the_middle_of_a_sheet_is_refused(tmp_path: Path):
    whole = xls(Sheet("Feuil1", PEOPLE))
    path = tmp_path / "table.xls"
    path.write_bytes(whole.replace(_biff(0x000A, b""), _biff(0x0FFF, b"")))
    with pytest.raises(TableError, match=r"damaged workbook .*open it in Excel or LibreOffice and save it again"):
        read_table(path)


def test_texts_with_a_nul_after_each_letter_are_read_right():
    data = struct.pack("<HHHHB", 0, 0, 0, 6, 0) + "mpg".encode("utf-16-le")
    assert Texts().counted(BiffRecord(0x0204, data), 6) == "mpg"
    assert mended("a\0") == "a"
    assert mended("a\0b") == "a\0b"


def test_texts_that_go_on_in_another_record_are_whole():
    head = struct.pack("<II", 3, 3)
    first = struct.pack("<HB", 6, 0) + b"Zo"
    plain, rich = struct.pack("<HBH", 3, 8, 1) + b"abc" + bytes(4), struct.pack("<HB", 2, 1) + "é€".encode("utf-16-le")
    record = BiffRecord(0x00FC, head + first, (b"\x01" + "é Le".encode("utf-16-le") + plain[:4], plain[4:] + rich))
    assert shared_texts(record) == ["Zoé Le", "abc", "é€"]
    with pytest.raises(ValueError, match="cut off"):
        shared_texts(record._replace(more=()))


@pytest.mark.parametrize(
    ("packed", "number"),
    [(0x3FF00000, 1.0), (0x3FF00001, 0.01), (2, 0.0), (0xFFFFFFFE, -1.0), (12345 << 2 | 3, 123.45)],
)
def test_packed_numbers(packed: int, number: float):
    assert number_of(packed) == number


def filled(rows: int, columns: int, cell: str) -> bytes:
    """An XLSX with so many rows of the cell, at its places."""
    letters = [column_letters(at) for at in range(1, columns + 1)]
    body = "".join(
        f'<row r="{row}">{"".join(cell.format(place=f"{at}{row}") for at in letters)}</row>' for row in range(3, rows)
    )
    content = xlsx(Sheet("Feuil1", [["Nom", "E-mail"], ["N", "n@x.example"]]))
    return part_changed(content, "sheet1.xml", lambda xml: xml.replace(b"</sheetData>", f"{body}</sheetData>".encode()))


def with_text(content: bytes, text: bytes) -> bytes:
    return part_changed(
        content, "sharedStrings.xml", lambda xml: xml.replace(b"</sst>", b"<si><t>%s</t></si></sst>" % text)
    )


def ods_filled(row: bytes) -> bytes:
    content = ods(Sheet("F", [["Nom", "E-mail"], ["N", Shown("n@x.example")]]))  # type: ignore[list-item]
    return part_changed(content, "content.xml", lambda xml: xml.replace(b"</table:table>", row + b"</table:table>"))


ROW = b"<table:table-row><table:table-cell><text:p>%s</text:p></table:table-cell></table:table-row>"
HUGE = {
    "a text of 30,000 letters in 100,000 cells": lambda: with_text(
        filled(20_000, 5, '<c r="{place}" t="s"><v>4</v></c>'), b"x" * 30_000
    ),
    "a comment of 200 MB": lambda: part_changed(
        filled(3, 1, ""), "sheet1.xml", lambda xml: xml.replace(b"</sheetData>", b"<!--" + b"x" * 200_000_000 + b"-->")
    ),
    "a text of 200 MB in an ODS": lambda: ods_filled(ROW % (b"z" * 200_000_000)),
    "ten million cells in one row of a CSV": lambda: b"nom;email\nN;n@x.example\n" + b"ab;" * 10_000_000,
    "thirty million blank lines": lambda: b"nom;email\nN;n@x.example\n" + b"\n" * 30_000_000,
}  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="the measure is Linux's")
@pytest.mark.parametrize("make", HUGE.values(), ids=HUGE)
def test_what_would_fill_the_memory_is_refused_in_one_line(tmp_path: Path, make):
    path = tmp_path / "table"
    path.write_bytes(make())
    done = subprocess.run([sys.executable, "-c", PEAK, path], capture_output=True, text=True, timeout=60)
    message, peak = done.stdout.splitlines()
    assert message.startswith(str(path))
    assert ":" in message.removeprefix(str(path))
    assert int(peak) < 600
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform != "linux", reason="the measure is Linux's")
@pytest.mark.parametrize(
    "rest", [b"ab;abcdefg@example.fr;Toulouse\n" * 650_000, b"x@" * 10_000_000], ids=["rows", "a text"]
)
def test_a_quotation_mark_that_is_never_closed_takes_no_long_time(tmp_path: Path, rest: bytes):
    path = tmp_path / "table.csv"
    path.write_bytes(b"nom;email;ville\n" + b"ab;a@x.example;x\n" * 100 + b'"cd;c@x.example;x\n' + rest)
    done = subprocess.run([sys.executable, "-c", PEAK, path], capture_output=True, text=True, timeout=20)
    message, peak = done.stdout.splitlines()
    assert message == "101 people"
    assert int(peak) < 400


def test_people_below_a_million_blank_lines_are_not_forgotten_in_silence(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"nom;email\na;a@x.example\n" + b"\n" * 1_048_576 + b"b;b@x.example\n")
    with pytest.raises(TableError, match="more than 1,048,576 rows"):
        read_table(path)


def test_a_swallowed_file_is_told_with_a_number_that_is_no_more_than_it_says(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"nom;email\n" + b"a;a@x.example\n" * 3 + b'"b;b@x.example\n' + b"c;c@x.example\n" * 12_000)
    (defect,) = read_table(path).defects
    assert defect.values == {"column": 1, "absorbed": 9999, "at_least": True}


@given(st.lists(st.lists(st.tuples(st.integers(1, 200), st.integers(0, 60)), max_size=6), min_size=1, max_size=4))
def test_a_sheet_is_never_thought_smaller_than_it_is(pieces: list[list[tuple[int, int]]]) -> None:
    written, row = [], 0
    for cells in pieces:
        rows = []
        for step, column in cells:
            row += step
            rows.append(f'<row r="{row}"><c r="{column_letters(column + 1)}{row}" t="s"><v>0</v></c></row>')
        written.append("".join(rows).encode())
    written[0] = b"<worksheet><sheetData>" + written[0]
    extent = Extent()
    for piece in written:
        extent.add(piece)
    assert extent.is_regular
    assert extent.most_cells() >= cells_of(written)
