"""Marks: where a value will stand. A skeleton is text with marks in it; no value ever enters a skeleton.

A mark is ``U+E000 expression . value [. place] U+E001``, both indexes decimal. To Markdown and HTML it looks like one
word. The code points are private use (Unicode 23.5); a letter that contains one itself is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailmerge.model import Expression, Pattern, Place, Slot

OPEN, CLOSE = "\ue000", "\ue001"
BREAK = "\ue002"
"""Between the parts of one rendering: each header field, then each body."""

RESERVED = re.compile(f"[{OPEN}-{BREAK}]")
MARK = re.compile(f"{OPEN}(\\d+)\\.(\\d+)(?:\\.([a-z]+))?{CLOSE}")


def mark(expression: int, value: int) -> str:
    """The mark of a value that an expression printed."""
    return f"{OPEN}{expression}.{value}{CLOSE}"


def placed(found: re.Match[str], place: Place) -> str:
    """The same mark, with the place where its value lands."""
    return f"{OPEN}{found[1]}.{found[2]}.{place}{CLOSE}"


def cut(skeleton: str) -> Pattern:
    """The pattern of a skeleton; a mark without a place stands for a verbatim value."""
    constants: list[str] = []
    slots: list[Slot] = []
    end = 0
    for found in MARK.finditer(skeleton):
        constants.append(skeleton[end : found.start()])
        slots.append(Slot(int(found[2]), Place(found[3] or Place.VERBATIM)))
        end = found.end()
    constants.append(skeleton[end:])
    return Pattern(tuple(constants), tuple(slots))


def as_written(skeleton: str, expressions: Sequence[Expression]) -> str:
    """The skeleton with each mark as the expression's source: equal where two places print the same expression."""
    return MARK.sub(lambda found: expressions[int(found[1])].source, skeleton)
