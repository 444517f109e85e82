"""Rows whose cells are all one column further from some column on: a comma, or a tab, in a cell that nobody quoted.

Numbers, dates, codes and addresses say where they belong: such a row has the right kinds in the wrong columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from mailmerge.model import Record, RecordTable
from mailmerge.text.regex import regex

_SAMPLE = 400
_FEWEST = 6
"""Rows from which on it is known what is in a column."""
_UNIFORM = 0.9
"""The share of cells of one kind; one may differ wherever there are enough."""
_LEAST = 2
"""Cells in the wrong column that show it."""
_WORDS = "words"
_BLANK = ""
_CODE = "code"
_KINDS = {
    "address": regex(r"\S+@\S+\.\w+"),
    "link": regex(r"https?://\S+"),
    "date": regex(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"),
    "number": regex(r"[-+]?\d[\d.,\s]*"),
    "amount": regex(r"[€£$]\s?\d[\d.,\s]*|\d[\d.,\s]*(?:€|£|\$|zł)"),
    _CODE: regex(r"(?=\D*\d)(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9][\w./-]*"),
}
_OF_NO_WORDS = regex(r"[\d@:]")
"""A sign that is in each of these kinds."""


class Moved(Struct, frozen=True):
    """A row whose cells are in the next column, or in the one before, from one on."""

    record: Record
    position: int
    """The first column with a cell that belongs elsewhere."""
    by: int
    """1 to the right, -1 to the left."""


def moved_rows(table: RecordTable) -> Iterator[Moved]:
    """The rows that were moved, each once."""
    kinds = [_kind_of_column(table, position) for position in range(len(table.fields))]
    telling = [position for position, kind in enumerate(kinds) if kind not in (None, _WORDS, _BLANK)]
    if len(telling) < _LEAST:
        return
    for record in table.records:
        if any(_is_out_of_place(record.values[position], kinds[position]) for position in telling):
            yield from _moved(record, kinds)


def _moved(record: Record, kinds: Sequence[str | None]) -> Iterator[Moved]:
    said = [_kind(cell) for cell in record.values]
    if sorted(said) == sorted(own if kind is None else kind for own, kind in zip(said, kinds, strict=True)):
        return  # two cells changed places
    for by in (1, -1):
        wrong = [at for at, kind in enumerate(said) if kind and kinds[at] not in (None, kind)]
        if len(wrong) < _LEAST:
            return
        meant = [kinds[at - by] if 0 <= at - by < len(kinds) else _BLANK for at in range(len(said))]
        if all(_fits(record.values[at], said[at], meant[at]) for at in range(wrong[0], len(said))):
            yield Moved(record, wrong[0], by)
            return


def _fits(cell: str, said: str, kind: str | None) -> bool:
    """Whether a cell may be in a column of a kind; a code may be without a digit, or of digits alone."""
    return not said or kind in (None, said) or (kind == _CODE and not any(map(str.isspace, cell.strip())))


def _is_out_of_place(cell: str, kind: str | None) -> bool:
    return bool(cell) and kind is not None and not _KINDS[kind].fullmatch(cell.strip())


def _kind(cell: str) -> str:
    text = cell.strip()
    if not _OF_NO_WORDS.search(text):
        return _WORDS if text else _BLANK
    return next((kind for kind, pattern in _KINDS.items() if pattern.fullmatch(text)), _WORDS)


def _kind_of_column(table: RecordTable, position: int) -> str | None:
    """What nearly all cells of a column are; ``""`` where nearly all are blank, None where nobody knows."""
    rows = table.records[:: len(table.records) // _SAMPLE + 1]
    if len(rows) < _FEWEST:
        return None
    counts = Counter(_kind(record.values[position]) for record in rows)
    if counts[_BLANK] >= min(len(rows) - 1, _UNIFORM * len(rows)):
        return _BLANK
    filled = len(rows) - counts.pop(_BLANK, 0)
    kind, most = counts.most_common(1)[0]
    return kind if most >= min(filled - 1, _UNIFORM * filled) else None
