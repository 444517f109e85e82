"""CSV and TSV as Excel, LibreOffice, Numbers and Google Sheets write them, and as they come after a second export."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, islice, repeat
from sys import getsizeof
from unicodedata import is_normalized

from msgspec.structs import replace

from mailmerge.errors import TableError
from mailmerge.i18n import N_
from mailmerge.model import Dialect
from mailmerge.records.defects import DELIMITERS
from mailmerge.records.delimited.decoding import Decoded, decode
from mailmerge.records.delimited.delimiter import choose_delimiter, spoken_delimiter, wide_fields
from mailmerge.records.delimited.encoding_guess import ONE_BYTE
from mailmerge.records.delimited.wrapped import UNWRAPPED, unwrapped
from mailmerge.records.file_kinds.composing import composed
from mailmerge.records.file_kinds.file_type import (
    CELL_OCTETS,
    ROW_OCTETS,
    TableFile,
    check_memory,
    empty,
    too_many_rows,
)
from mailmerge.records.file_kinds.foreign_files import named
from mailmerge.records.grid import MAX_ROWS, Cells, Grid
from mailmerge.records.options import AS_IT_IS, ReadOptions
from mailmerge.text.formulas import as_it_was, may_be_inert
from mailmerge.text.regex import regex

_SEPARATOR_LINE = regex(r'"?sep=(.)"?[ \t;,]*(\r\n|\r|\n)', re.IGNORECASE)
_HOLDS_NOTHING = "".join(DELIMITERS) + ' "\r\n\0\ufeff\u00a0'
_PREVIEW_CHARS = 1 << 18
"""Characters in which the first rows are looked for."""
_PIECE = 1 << 20
_BEFORE_ACCENTS = bytes(range(0xCC))
"""Octets of UTF-8 with which no accent without a letter, and nothing beyond U+02FF begins; of the BOM one more."""
_INTERNING_SAMPLE_ROWS = 4096
"""Rows that tell in which columns the same cells come again and again."""
_BLOCK = 64
"""Rows that are trimmed together: few enough for the nearest memory of a processor."""


def read_delimited(source: TableFile, options: ReadOptions = AS_IT_IS, *, first_rows: int | None = None) -> Grid:
    """The rows of a text file.

    Raises:
        TableError: the file is not text in the encoding given, the delimiter is no single character, nothing
            is in the file, or more rows than a sheet holds.
    """
    decoded = decode(source.content, options.encoding, name=named(source.path))
    text = decoded.text
    told = ""
    if separator := _SEPARATOR_LINE.match(text):
        told, text = separator[1], text[separator.end() :]
    if not text.strip(_HOLDS_NOTHING):
        raise empty(source.path)
    told = spoken_delimiter(options.delimiter) or told
    inside = unwrapped(text, told)
    text = text if inside is None else inside
    chosen, alternative, defects = choose_delimiter(text, told)
    _check_memory(source, text, chosen)
    grid = _rows(source, text, chosen, first_rows)
    if may_be_inert(text):
        grid = replace(grid, rows=[tuple(map(as_it_was, row)) for row in grid.rows])
    if not _is_composed(source.content, decoded):
        grid = replace(grid, rows=[tuple(map(composed, row)) for row in grid.rows])
    doubts = "; ".join(words for words in (decoded.alternative, alternative) if words)
    dialect = Dialect(encoding=decoded.encoding, delimiter=chosen, alternative=doubts)
    notices = tuple(filter(None, (decoded.notice, "" if inside is None else UNWRAPPED)))
    return replace(grid, dialect=dialect, defects=defects, notices=notices)


def _is_composed(content: bytes, decoded: Decoded) -> bool:
    """Whether no accent is apart from its letter, as told by the octets where that is quicker."""
    if decoded.encoding in ONE_BYTE:
        return True
    if decoded.encoding.startswith("utf-8") and not content.translate(None, _BEFORE_ACCENTS).strip(b"\xef"):
        return True
    return is_normalized("NFC", decoded.text)


def _check_memory(source: TableFile, text: str, delimiter: str) -> None:
    """Refuse a file whose rows would take too much memory, before they are made."""
    lines = text.count("\n") + text.count("\r")
    cells = lines + text.count(delimiter)
    held = 2 * len(source.content) + getsizeof(text)
    check_memory(source.path, held + cells * CELL_OCTETS + min(lines, MAX_ROWS) * 2 * ROW_OCTETS)


def _rows(source: TableFile, text: str, delimiter: str, first_rows: int | None) -> Grid:
    if first_rows is not None and len(text) > _PREVIEW_CHARS:
        grid = _rows(source, text[:_PREVIEW_CHARS], delimiter, None)
        if len(grid.rows) > first_rows + 1:  # the last one may be cut
            return replace(grid, rows=grid.rows[: first_rows + 1], lines=grid.lines[: first_rows + 1])
    if '"' not in text and not _has_odd_breaks(text) and "\0" not in text:
        rows = list(islice(_unquoted(text, delimiter), MAX_ROWS + 1))
        if len(rows) > MAX_ROWS:
            raise too_many_rows(source.path)
        return _filled(rows, multiline=False)
    with wide_fields():
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
        raise too_many_rows(source.path)
    return _filled(rows, multiline=reader.line_num > len(rows))


def _filled(rows: list[Cells], *, multiline: bool) -> Grid:
    """The rows that hold something, each with its line."""
    lines: Sequence[int] = range(1, len(rows) + 1)
    if not all(map(any, rows)):
        lines = [line for line, row in zip(lines, rows, strict=True) if any(row)]
        rows = [row for row in rows if any(row)]
    return Grid(rows, lines, Dialect(), multiline=multiline)


def _unquoted(text: str, delimiter: str) -> Iterator[Cells]:
    """The trimmed rows of a text without quotation marks, which only its delimiters part.

    Some lines at once where all of them have as many cells: joined, cut into cells, and every so manieth is a column.
    Two thirds of the time of reading line by line.
    """
    lines = chain.from_iterable(piece.splitlines() for piece in _pieces(text))
    first = [tuple(map(str.strip, line.split(delimiter))) for line in islice(lines, _INTERNING_SAMPLE_ROWS)]
    yield from first
    trims = [_trim_of(cells) for cells in zip(*first, strict=False)]
    while block := list(islice(lines, _BLOCK)):
        counts = set(map(str.count, block, repeat(delimiter)))
        if len(counts) == 1:
            width = counts.pop() + 1
            cells = delimiter.join(block).split(delimiter)
            columns = [cells[at::width] for at in range(width)]
            yield from zip(*map(map, _each(trims), columns), strict=True)
        else:
            for line in block:
                yield tuple([trim(cell) for trim, cell in zip(_each(trims), line.split(delimiter), strict=False)])


class _Said(dict[str, str]):
    """The trimmed cells of a column that says the same again and again, each kept once."""

    def __missing__(self, cell: str) -> str:
        trimmed = self[cell] = cell.strip()
        return trimmed


def _trimmed(rows: Iterator[list[str]]) -> Iterator[Cells]:
    """The cells without the spaces around them; what a column says again and again is kept once.

    A title, a town, a date: half of the memory of a large table. The first rows tell which columns are like that.
    Column by column where all rows of a block are as wide: half the time.
    """
    first = [tuple(map(str.strip, row)) for row in islice(rows, _INTERNING_SAMPLE_ROWS)]
    yield from first
    trims = [_trim_of(cells) for cells in zip(*first, strict=False)]
    while block := list(islice(rows, _BLOCK)):
        widths = set(map(len, block))
        if len(widths) == 1 and 0 not in widths:
            columns = zip(*block, strict=True)
            yield from zip(*(map(trim, cells) for trim, cells in zip(_each(trims), columns, strict=False)), strict=True)
        else:
            for row in block:
                yield tuple([trim(cell) for trim, cell in zip(_each(trims), row, strict=False)])


def _each(trims: Sequence[Callable[[str], str]]) -> Iterator[Callable[[str], str]]:
    return chain(trims, repeat(str.strip))


def _trim_of(cells: Sequence[str]) -> Callable[[str], str]:
    return _Said().__getitem__ if len(set(cells)) * 4 < len(cells) else str.strip


def _physical_lines(text: str) -> Iterable[str]:
    """The lines of the file, ended by LF, CRLF or CR and by nothing else; ``splitlines`` where that is the same."""
    if _has_odd_breaks(text):
        return StringIO(text, newline="")
    return chain.from_iterable(piece.splitlines(keepends=True) for piece in _pieces(text))


def _has_odd_breaks(text: str) -> bool:
    """Whether ``splitlines`` would cut where no line of a file ends."""
    return any(map(text.__contains__, "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))


def _pieces(text: str) -> Iterator[str]:
    """The text, cut after lines: all its lines at once would take as much memory again."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield text[start:end]
        start = end
