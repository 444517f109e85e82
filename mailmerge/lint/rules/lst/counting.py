"""What a spreadsheet makes of a cell that is dragged down: values that count up by one from row to row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from mailmerge.text.regex import regex

_STEPS = 2
"""Steps of one in a row that are no chance."""
_NUMBERED = regex(r"(?P<rest>.*?)(?P<digits>\d{3,12})")
_CODE = regex(r"(?P<rest>[A-Za-z]{0,8}[-_/. ]?)(?P<digits>\d{4,12})")
_ADDRESS = regex(r"(?P<rest>.*?)(?P<digits>[0-9]{1,17})(?P<domain>@[^@]*)")
_NEAR = 100
"""A step that a list in order takes."""
_FAR = 0.5
"""The share of other steps in a column of codes that are in no order."""
_SPARSE = 20
"""Numbers that there are for each person: of a smaller range, some come one after another by chance."""

Parts = re.Match[str] | None
Run = tuple[int, int]
"""The first and the last of several places."""


def cells_counted_up(cells: Sequence[str]) -> Iterator[Run]:
    """Where cells count up: ``12345``, ``12346``, ``12347``."""
    yield from _runs(map(_NUMBERED.fullmatch, cells))


def code_of(cell: str) -> Parts:
    """What may be a code: a number of four digits or more, with a few letters before it."""
    return _CODE.fullmatch(cell)


def codes_counted_up(codes: Sequence[re.Match[str]]) -> Iterator[Run]:
    """Where codes count up, in a column that is in no order, and whose numbers are far apart."""
    numbers = [int(code["digits"]) for code in codes]
    steps = [
        two - one if first["rest"] == second["rest"] else 0
        for (one, two), (first, second) in zip(pairwise(numbers), pairwise(codes), strict=True)
    ]
    far = sum(1 for step in steps if not 0 < step <= _NEAR)
    if far >= _FAR * len(steps) and max(numbers) - min(numbers) >= _SPARSE * len(codes):
        yield from _runs(codes)


def addresses_counted_up(addresses: Sequence[str]) -> Iterator[Run]:
    """Where addresses count up: ``ines.petit1@``, ``ines.petit2@``, ``ines.petit3@``, all at one domain."""
    yield from _runs(map(_ADDRESS.fullmatch, addresses))


def _runs(several: Iterable[Parts]) -> Iterator[Run]:
    start = 0
    for at, (one, other) in enumerate(pairwise((*several, None))):
        if one is None or other is None or not _is_next(one, other):
            if at - start >= _STEPS:
                yield start, at
            start = at + 1


def _is_next(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether a number is one more than another, and all around it is the same."""
    first, second = one.groupdict(), other.groupdict()
    return int(second.pop("digits")) - int(first.pop("digits")) == 1 and first == second
