"""Names in the lines of a list, a table or an export, with other columns between surname and first name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from mailmerge.lint.identities.details import DetailFound
from mailmerge.lint.identities.names import NameForm
from mailmerge.lint.identities.ordinary import ORDINARY
from mailmerge.lint.identities.reading import plain_words

_CELL = re.compile(r"[^\t|;]+")
_LONGEST_CELL = 60
_OWNERS_SEEN = 200


def rows_in(
    text: str, surname_owners: Callable[[str], tuple[int, ...]], forms: Callable[[int], Sequence[NameForm]]
) -> Iterator[DetailFound]:
    """Lines in which one cell is a surname of the table and another the first name of the same person."""
    start = 0
    for line in text.split("\n"):
        if line.count("\t") + line.count("|") + line.count(";") >= 2:
            yield from _in_row(line, start, surname_owners, forms)
        start += len(line) + 1


def _in_row(
    line: str, offset: int, surname_owners: Callable[[str], tuple[int, ...]], forms: Callable[[int], Sequence[NameForm]]
) -> Iterator[DetailFound]:
    cells: list[tuple[str, int, int]] = []
    for match in _CELL.finditer(line):
        letters = "".join(plain_words(match.group())) if len(match.group()) <= _LONGEST_CELL else ""
        if letters:
            cells.append((letters, match.start(), match.end()))
    present = {letters: at for at, (letters, _start, _end) in enumerate(cells)}
    for at, (letters, start, end) in enumerate(cells):
        for owner in surname_owners(letters)[:_OWNERS_SEEN]:
            for form in forms(owner):
                if form.surname != letters:
                    continue
                first = "".join(form.words)[len(letters) :]
                if first not in present or present[first] == at or {first, letters} <= ORDINARY:
                    continue
                _letters, other_start, other_end = cells[present[first]]
                begin, stop = min(start, other_start), max(end, other_end)
                yield DetailFound(form.key, offset + begin, offset + stop, (owner,))
