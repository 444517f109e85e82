"""CSV and TSV as Excel, LibreOffice, Numbers and Google Sheets write them: which delimiter, and which rows.

The delimiter is the one with which the rows have equally many fields and addresses stand alone in theirs:
``csv.Sniffer`` guesses from the frequency of characters, and takes the comma of "Dupont, Jean" for one.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import StringIO

from mailmerge.errors import TableError
from mailmerge.model import Defect, Dialect
from mailmerge.records.decoding import decode
from mailmerge.records.grid import MAX_ROWS, Cells, Grid
from mailmerge.records.source import Source, named

DELIMITERS = (";", ",", "\t", "|")
_NAMES = {";": "semicolon", ",": "comma", "\t": "tab", "|": "vertical bar"}
_SPOKEN = {"tab": "\t", "\\t": "\t", "semicolon": ";", "comma": ",", "point-virgule": ";", "virgule": ","}
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[ \t;,]*(\r\n|\r|\n)', re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@;,|<>\"()]+@[^\s@;,|<>\"()]+\.[^\s@;,|<>\"()]+")
_SAMPLE = 1 << 16
_FIELD_LIMIT = 2**31 - 1


@dataclass(frozen=True, slots=True)
class _Evidence:
    delimiter: str
    width: int
    consistent: float
    addresses: float

    @property
    def score(self) -> float:
        return self.consistent + self.addresses if self.width > 1 else 0.0


def read_delimited(source: Source, *, delimiter: str, encoding: str, first_rows: int | None) -> Grid:
    """The rows of a text file.

    Raises:
        TableError: the file is not text in the encoding given, the delimiter is no single character, or there are
            more rows than a sheet holds.
    """
    decoded = decode(source.content, encoding, name=named(source.path))
    text = decoded.text
    told = ""
    if separator := _SEPARATOR_LINE.match(text):
        told, text = separator[1], text[separator.end() :]
    chosen, runner_up, defects = _delimiter(text, _spoken(delimiter) or told)
    grid = _rows(source, text, chosen, first_rows)
    doubts = "; ".join(words for words in (decoded.runner_up, runner_up) if words)
    dialect = Dialect(encoding=decoded.encoding, delimiter=chosen, runner_up=doubts)
    return replace(grid, dialect=dialect, defects=defects)


def _rows(source: Source, text: str, delimiter: str, first_rows: int | None) -> Grid:
    rows: list[Cells] = []
    lines: list[int] = []
    keep_row, keep_line, strip = rows.append, lines.append, str.strip
    enough = MAX_ROWS if first_rows is None else first_rows
    line = 0
    with _wide_fields():
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        try:
            for line, row in enumerate(reader, 1):
                cells = tuple(map(strip, row))
                if any(cells):
                    keep_row(cells)
                    keep_line(line)
                    if len(rows) > enough:
                        break
        except csv.Error as error:
            raise TableError(
                f"{named(source.path)}, line {len(lines) + 1}: {error}: open it in a spreadsheet and save it again"
            ) from None
    if first_rows is None and len(rows) > MAX_ROWS:
        raise TableError(f"{named(source.path)} has more than {MAX_ROWS:,} rows: split it")
    return Grid(rows, lines, Dialect(), multiline=reader.line_num > line)


@contextmanager
def _wide_fields() -> Iterator[None]:
    """Cells over 128 KB are read, and so is what a stray quotation mark swallows."""
    before = csv.field_size_limit(_FIELD_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _spoken(delimiter: str) -> str:
    if not delimiter:
        return ""
    character = _SPOKEN.get(delimiter.lower(), delimiter)
    if len(character) != 1 or character in '"\r\n ':
        raise TableError(f'"{delimiter}" cannot be a delimiter: give one character, such as ";" or ",", or "tab"')
    return character


def _delimiter(text: str, told: str) -> tuple[str, str, tuple[Defect, ...]]:
    """The delimiter, the runner-up in words where there is one, and whether nobody can tell."""
    if told:
        return told, "", ()
    head = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        head = head[: max(head.rfind("\n"), head.rfind("\r"), 0)] or head
    best, second, *_ = sorted((_evidence(head, each) for each in DELIMITERS), key=lambda e: e.score, reverse=True)
    if best.width < 2:
        return ",", "", ()
    if second.score < 0.8 * best.score:
        return best.delimiter, "", ()
    runner_up = (
        f"{_spelled(second.delimiter)} as the delimiter would give {second.width} columns instead of {best.width}"
    )
    if second.score < 0.95 * best.score:
        return best.delimiter, runner_up, ()
    message = (
        f"the delimiter may be {_spelled(best.delimiter)} ({best.width} columns) or {_spelled(second.delimiter)}"
        f" ({second.width} columns)"
    )
    return best.delimiter, runner_up, (Defect("ambiguous-delimiter", message, line=1),)


def _spelled(delimiter: str) -> str:
    return f"a {_NAMES[delimiter]}"


def _evidence(head: str, delimiter: str) -> _Evidence:
    with _wide_fields():
        rows = [row for row in csv.reader(StringIO(head, newline=""), delimiter=delimiter) if any(map(str.strip, row))]
    widths = Counter(map(len, rows))
    if not widths:
        return _Evidence(delimiter, 0, 0.0, 0.0)
    width, often = max(widths.items(), key=lambda item: (item[1], item[0]))
    alone = sum(any("@" in cell and _ADDRESS.fullmatch(cell.strip()) for cell in row) for row in rows)
    return _Evidence(delimiter, width, often / len(rows), alone / len(rows))
