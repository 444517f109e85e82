"""What names look like in the cells of a column: "Zoé Lefèvre", "LEFÈVRE Zoé", "PETIT, Hugo (Human Resources)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailmerge.records.columns import header_synonyms, headers
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

LEAST = 3
"""Rows from which on content alone speaks for a column."""
DISTINCT = 0.7
"""The share of distinct cells from which on a column is about another person in each row."""
_NAME = regex(
    r"(?P<name>[^\W\d_](?:[^\W\d_]|['’ʼ.\- \u00a0\u202f\n])*(?:, ?[^\W\d_](?:[^\W\d_]|['’ʼ.\- \u00a0\u202f\n])*)?)"
    r"(?: ?\([^()]{1,40}\))?"
)
_LONGEST = 60


def name_part(cell: str) -> str:
    """The name in a cell, without what a directory adds to it in brackets; the cell itself where it holds none."""
    found = _NAME.fullmatch(cell)
    return found["name"].strip() if found else cell


def looks_like_names(cells: Sequence[str], share: float = 0.9) -> bool:
    """Whether most cells hold a few words of letters, as names do."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(map(_is_like_a_name, filled)) >= share * len(filled)


def _is_like_a_name(cell: str) -> bool:
    found = _NAME.fullmatch(cell) if len(cell) <= _LONGEST else None
    return found is not None and len(found["name"].split()) <= 5


def are_several(cells: Sequence[str]) -> bool:
    """Whether most of the filled cells hold several words."""
    filled = [cell for cell in cells if cell]
    return sum(len(cell.split(maxsplit=1)) > 1 or "," in cell for cell in filled) * 2 > len(filled)


def looks_like_people(header: str, cells: Sequence[str]) -> bool:
    """Whether a column of any header seems to hold people's names: capitals, and almost everybody has another one."""
    filled = [cell for cell in cells if cell]
    if len(filled) < LEAST or len(filled) * 2 < len(cells) or not looks_like_names(filled, 0.9):
        return False
    if headers.is_somebody_elses(header) or not header_synonyms.NOT_NAMES.isdisjoint(headers.header_words(header)):
        return False
    distinct = len(set(map(fold, filled)))
    return (
        are_capitalised(filled) and distinct >= 0.7 * len(filled) and (are_several(filled) or len(filled) >= 2 * LEAST)
    )


def are_distinct(cells: Sequence[str]) -> bool:
    """Whether nearly everybody has another one; a few rows say nothing."""
    filled = [fold(cell) for cell in cells if cell]
    return len(filled) < 2 * LEAST or len(set(filled)) >= DISTINCT * len(filled)


def are_capitalised(filled: Sequence[str]) -> bool:
    """Whether the words of nearly all cells begin with a capital letter."""
    capitals = sum(all(word[:1].isupper() for word in re.findall(r"[^\W\d_]{4,}", cell)) for cell in filled)
    return capitals >= 0.9 * len(filled)
