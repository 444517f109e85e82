"""Codes that count up over a few rows of a column that is in no order: a cell was dragged down there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mailmerge.regex import regex

_CODE = regex(r"(?P<rest>[A-Za-z]{0,8}[-_/. ]?)(?P<digits>\d{4,12})")
_LEAST = 8
"""Codes from which on a column can be said to be in no order."""
_CODES = 0.9
"""The share of the filled cells that are codes."""
_STEPS = 2
"""Steps of one from which on codes were counted, and not drawn."""
_NEAR = 100
"""A step that a list in order takes."""
_FAR = 0.5
"""The share of other steps in a column of codes that are in no order."""
_SPARSE = 20
"""Numbers that there are for each person: of a smaller range, some come one after another by chance."""


def stretches(cells: Sequence[str]) -> Iterator[list[int]]:
    """The rows of each stretch; none where the whole column counts up, or nearly."""
    codes = [(row, code) for row, cell in enumerate(cells) if (code := _CODE.fullmatch(cell))]
    if len(codes) < max(_LEAST, _CODES * sum(map(bool, cells))):
        return
    numbers = [int(code["digits"]) for _row, code in codes]
    steps = [_step(one, other) for (_, one), (_, other) in pairwise(codes)]
    far = sum(1 for step in steps if step is None or not 0 < step <= _NEAR)
    if far < _FAR * len(steps) or max(numbers) - min(numbers) < _SPARSE * len(codes):
        return
    start = 0
    for at, step in enumerate([*steps, None]):
        if step != 1:
            if at - start >= _STEPS:
                yield [row for row, _code in codes[start : at + 1]]
            start = at + 1


def _step(one: re.Match[str], other: re.Match[str]) -> int | None:
    """How far it is from a code to the next; None where other letters are before its digits."""
    return int(other["digits"]) - int(one["digits"]) if one["rest"] == other["rest"] else None
