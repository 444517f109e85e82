"""CSV and TSV as Excel, LibreOffice, Numbers and Google Sheets write them: which delimiter, and which rows.

The delimiter is the one with which the rows have equally many fields and addresses stand alone in theirs:
``csv.Sniffer`` guesses from the frequency of characters, and takes the comma of "Dupont, Jean" for one.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import StringIO
from itertools import chain, islice
from sys import getsizeof

from mailmerge.errors import TableError
from mailmerge.i18n import N_
from mailmerge.model import Defect, DefectKind, Dialect
from mailmerge.records.decoding import decode
from mailmerge.records.defects import DELIMITER_NAMES, DELIMITERS
from mailmerge.records.grid import MAX_ROWS, Cells, Grid
from mailmerge.records.options import AS_IT_IS, ReadOptions
from mailmerge.records.source import CELL_OCTETS, ROW_OCTETS, Source, check_memory, empty, named

_SPOKEN = {name: character for character, name in DELIMITER_NAMES.items()}
_SPOKEN |= {"\\t": "\t", "point-virgule": ";", "virgule": ",", "tabulation": "\t", "barre verticale": "|"}
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[ \t;,]*(\r\n|\r|\n)', re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@;,|<>\"()]+@[^\s@;,|<>\"()]+\.[^\s@;,|<>\"()]+")
_HOLDS_NOTHING = "".join(DELIMITERS) + ' "\r\n\0\ufeff\u00a0'
_SAMPLE = 1 << 16
_GLANCE = 1 << 18
"""Characters in which the first rows are looked for."""
_PIECE = 1 << 20
_FIELD_LIMIT = 2**31 - 1
_TELLING = 4096
"""Rows that tell in which columns the same cells come again and again."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    delimiter: str
    width: int
    consistent: float
    addresses: float

    @property
    def score(self) -> float:
        return self.consistent + self.addresses if self.width > 1 else 0.0


def read_delimited(source: Source, options: ReadOptions = AS_IT_IS, *, first_rows: int | None = None) -> Grid:
    """The rows of a text file.

    Raises:
        TableError: the file is not text in the encoding given, the delimiter is no single character, nothing
            stands in the file, or more rows than a sheet holds.
    """
    decoded = decode(source.content, options.encoding, name=named(source.path))
    text = decoded.text
    told = ""
    if separator := _SEPARATOR_LINE.match(text):
        told, text = separator[1], text[separator.end() :]
    if not text.strip(_HOLDS_NOTHING):
        raise empty(source.path)
    chosen, runner_up, defects = _delimiter(text, _spoken(options.delimiter) or told)
    _check_memory(source, text, chosen)
    grid = _rows(source, text, chosen, first_rows)
    doubts = "; ".join(words for words in (decoded.runner_up, runner_up) if words)
    dialect = Dialect(encoding=decoded.encoding, delimiter=chosen, runner_up=doubts)
    return replace(grid, dialect=dialect, defects=defects)


def _check_memory(source: Source, text: str, delimiter: str) -> None:
    """Refuse a file whose rows would take too much memory, before they are made."""
    lines = text.count("\n") + text.count("\r")
    cells = lines + text.count(delimiter)
    held = 2 * len(source.content) + getsizeof(text)
    check_memory(source.path, held + cells * CELL_OCTETS + min(lines, MAX_ROWS) * 2 * ROW_OCTETS)


def _rows(source: Source, text: str, delimiter: str, first_rows: int | None) -> Grid:
    if first_rows is not None and len(text) > _GLANCE:
        grid = _rows(source, text[:_GLANCE], delimiter, None)
        if len(grid.rows) > first_rows + 1:  # the last one may be cut
            return replace(grid, rows=grid.rows[: first_rows + 1], lines=grid.lines[: first_rows + 1])
    with _wide_fields():
        reader = csv.reader(_physical_lines(text), delimiter=delimiter)
        try:
            rows = list(_trimmed(islice(reader, MAX_ROWS)))
            more = next(reader, None) is not None
        except csv.Error as error:
            raise TableError(
                N_("{path}, line {line}: {error}: open it in a spreadsheet and save it again"),
                path=named(source.path),
                line=reader.line_num,
                error=error,
            ) from None
    if more:
        raise TableError(N_("{path} has more than {rows:,} rows: split it"), path=named(source.path), rows=MAX_ROWS)
    multiline = reader.line_num > len(rows)
    lines: Sequence[int] = range(1, len(rows) + 1)
    if not all(map(any, rows)):
        lines = [line for line, row in zip(lines, rows, strict=True) if any(row)]
        rows = [row for row in rows if any(row)]
    return Grid(rows, lines, Dialect(), multiline=multiline)


def _trimmed(rows: Iterator[list[str]]) -> Iterator[Cells]:
    """The cells without the spaces around them; what a column says again and again is kept once.

    A civility, a town, a date: half of the memory of a large table. The first rows tell which columns are like that.
    """
    strip = str.strip
    first = [tuple(map(strip, row)) for row in islice(rows, _TELLING)]
    yield from first
    columns = enumerate(zip(*first, strict=False))
    kept: list[tuple[int, dict[str, str]]] = [(at, {}) for at, cells in columns if len(set(cells)) * 4 < len(cells)]
    shared = [(at, known.setdefault) for at, known in kept]
    needed = kept[-1][0] if kept else 0
    for row in rows:
        if len(row) > needed:
            for at, known_as in shared:
                cell = row[at]
                row[at] = known_as(cell, cell)
        yield tuple(map(strip, row))


def _physical_lines(text: str) -> Iterable[str]:
    """The lines of the file, ended by LF, CRLF or CR and by nothing else; ``splitlines`` where that is the same."""
    if any(map(text.__contains__, "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")):
        return StringIO(text, newline="")
    return chain.from_iterable(piece.splitlines(keepends=True) for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """The text, cut after lines: all its lines at once would take as much memory again."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield text[start:end]
        start = end


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
        raise TableError(
            N_('"{delimiter}" cannot be a delimiter: give one character, such as ";" or ",", or "tab"'),
            delimiter=delimiter,
        )
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
        f"{DELIMITERS[second.delimiter]} as the delimiter would give {second.width} columns instead of {best.width}"
    )
    if second.score < 0.95 * best.score:
        return best.delimiter, runner_up, ()
    values: dict[str, str | int] = {
        "best": best.delimiter,
        "columns": best.width,
        "other": second.delimiter,
        "other_columns": second.width,
    }
    return best.delimiter, runner_up, (Defect(DefectKind.AMBIGUOUS_DELIMITER, values, line=1),)


def _evidence(head: str, delimiter: str) -> _Evidence:
    with _wide_fields():
        rows = [row for row in csv.reader(StringIO(head, newline=""), delimiter=delimiter) if any(map(str.strip, row))]
    widths = Counter(map(len, rows))
    if not widths:
        return _Evidence(delimiter, 0, 0.0, 0.0)
    width, often = max(widths.items(), key=lambda item: (item[1], item[0]))
    alone = sum(any("@" in cell and _ADDRESS.fullmatch(cell.strip()) for cell in row) for row in rows)
    return _Evidence(delimiter, width, often / len(rows), alone / len(rows))
