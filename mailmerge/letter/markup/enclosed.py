"""What is between a beginning and its end, such as a style sheet, taken out of a text; what never ends stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping


def replace_enclosed(
    text: str, begins: re.Pattern[str], ends: Mapping[str, re.Pattern[str]], put: Callable[[str], str]
) -> str:
    """The text with ``put(part)`` for each part. The only group of ``begins`` that matched says which end it has.

    An end that is not there is looked for once: the work grows with the text and not with its square.
    """
    pieces: list[str] = []
    position = 0
    never: set[str] = set()
    for found in begins.finditer(text):
        kind = next(filter(None, found.groups())).lower()
        if found.start() < position or kind in never:
            continue
        end = ends[kind].search(text, found.end())
        if end is None:
            never.add(kind)
            continue
        pieces += [text[position : found.start()], put(text[found.start() : end.end()])]
        position = end.end()
    return "".join([*pieces, text[position:]])
