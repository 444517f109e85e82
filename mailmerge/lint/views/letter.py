"""What several rules ask about an expression of a letter."""

from __future__ import annotations

import re
from functools import lru_cache

from mailmerge.model import Expression

_PLAIN = re.compile(
    r"\{\{-?\s*[^\W\d]\w*\s*(?:\|\s*(?:proper|upper|lower|title|capitalize|trim|e|escape|d(?:efault)?\([^()]*\))\s*)*-?\}\}"
)


@lru_cache(maxsize=1024)
def plain_field(expression: Expression) -> str:
    """The field whose value an expression prints unchanged but for case; ``""`` for any other expression."""
    if len(expression.fields) != 1 or not _PLAIN.fullmatch(expression.source):
        return ""
    return next(iter(expression.fields))
