"""A header that is written in two lines, without cells that are merged: titles of groups, and those of their columns.

``Nom;Prénom;Coordonnées;;Poste`` over ``;;E-mail;Tél.;`` makes one header. Only columns that would have no title get
one, so that nothing is called otherwise than the line says that has the title of the addresses.
A title may go on in the second line as well: "Nom de" over "famille", "Pré-" over "nom".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailmerge.records.columns.column_notes import is_column_notes
from mailmerge.records.columns.header_synonyms import BEFORE_A_NOUN, FILLERS, HARDLY_WHOLE
from mailmerge.records.columns.headers import header_is_email, header_is_known, name_header
from mailmerge.records.grid import Cells
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_FEW = 2
_DIVIDED = regex(r"(?<=[^\W\d_])-[ \t]*[\r\n]+\s*(?=[^\W\d_])")


def header_of_lines(rows: Sequence[Cells], lines: Sequence[int], at: int, header: Cells) -> tuple[int, Cells]:
    """The last line of the header that is at ``at``, and its titles."""
    if at and lines[at - 1] == lines[at] - 1 and _is_wrapped(rows[at - 1], header):
        return at, _joined(rows[at - 1], header)
    if at + 1 < len(rows) and lines[at + 1] == lines[at] + 1 and _is_wrapped(header, rows[at + 1]):
        return at + 1, _joined(header, rows[at + 1])
    if at and lines[at - 1] == lines[at] - 1 and _completes(rows[at - 1], header):
        header = _with(header, rows[at - 1])
    if at + 1 < len(rows) and lines[at + 1] == lines[at] + 1 and _goes_on(rows[at + 1], header):
        return at + 1, _with(rows[at + 1], header)
    return at, header


def _completes(above: Cells, header: Cells) -> bool:
    """Whether a line has titles of columns in which the header below it has none."""
    pairs = _pairs(above, header)
    missing = [cell for cell, title in pairs if cell and not title]
    return (
        sum(map(bool, above)) >= _FEW
        and any(map(_is_title, missing))
        and not any("@" in cell for cell in above)
        and _are_groups(pairs)
    )


def _goes_on(below: Cells, header: Cells) -> bool:
    """Whether a line has titles only, below those of groups, and nothing that says who somebody is."""
    pairs = _pairs(below, header)
    filled = [(cell, title) for cell, title in pairs if cell]
    return (
        len(filled) >= _FEW
        and any(header_is_email(title) for cell, title in pairs if not cell)
        and _is_group(filled)
        and _are_groups([(title, cell) for cell, title in pairs])
        and not any(header_is_email(title) or name_header(title) for _, title in filled)
        and not any(character.isdecimal() or character == "@" for cell, _ in filled for character in cell)
    )


def _is_wrapped(above: Cells, below: Cells) -> bool:
    """Whether titles go on in the line below, in the middle of what they say: "Nom de" over "famille"."""
    pairs = [(title, rest) for title, rest in _pairs(above, below) if rest]
    return (
        bool(pairs)
        and all(title and _needs_more(title, rest) for title, rest in pairs)
        and (
            all(_is_open(title) for title, _ in pairs)
            or any(map(_is_title, [_one_title(title, rest) for title, rest in pairs]))
        )
        and not any(character.isdecimal() or character == "@" for cell in (*above, *below) for character in cell)
        and not (is_column_notes(below, ()) and len(pairs) * 2 > sum(map(bool, above)))
        and not any(FILLERS.issuperset(fold(rest).split()) for _, rest in pairs)
        and not any(header_is_email(title) and header_is_email(rest) for title, rest in pairs)
    )


def _needs_more(title: str, rest: str) -> bool:
    """Whether a title is cut off before its rest: it is open, or a word that needs a noun, or the rest is small."""
    return _is_open(title) or fold(title) in HARDLY_WHOLE or rest[:1].islower()


def _is_open(title: str) -> bool:
    """Whether a title ends in the middle of a word, or before a noun."""
    before, _, last = fold(title).rpartition(" ")
    return title.endswith("-") or (bool(before) and last in BEFORE_A_NOUN)


def _joined(above: Cells, below: Cells) -> Cells:
    return tuple(_one_title(title, rest) for title, rest in _pairs(above, below))


def _one_title(title: str, rest: str) -> str:
    return whole_title(f"{title}\n{rest}") if title.endswith("-") else f"{title} {rest}".strip()


def whole_title(cell: str) -> str:
    """A title in one line; a word that was divided at the end of a line is one again."""
    text = cell
    if _DIVIDED.search(cell):
        undivided = _DIVIDED.sub("", cell)
        text = undivided if _is_title(undivided) else _DIVIDED.sub("-", cell)
    return re.sub(r"\s+", " ", text)


def _is_group(filled: Sequence[tuple[str, str]]) -> bool:
    """Whether there are titles both below that of a group, and where it goes on."""
    return any(title for _, title in filled) and not all(title for _, title in filled)


def _are_groups(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether each title with another one below it goes on over the next column, as that of a group does: "Maiden" over
    "name" is one title in two lines.
    """
    return all(
        not next_above and bool(next_below)
        for (above, below), (next_above, next_below) in zip(pairs, [*pairs[1:], ("", "")], strict=True)
        if above and below
    )


def _is_title(cell: str) -> bool:
    return header_is_known(cell) or name_header(cell) is not None


def _pairs(one: Cells, other: Cells) -> list[tuple[str, str]]:
    width = max(len(one), len(other))
    return list(zip(_wide(one, width), _wide(other, width), strict=True))


def _with(first: Cells, second: Cells) -> Cells:
    """The titles of one line, those of the other where it has none."""
    return tuple(one or other for one, other in _pairs(first, second))


def _wide(cells: Cells, width: int) -> Cells:
    return (*cells, *[""] * (width - len(cells)))
