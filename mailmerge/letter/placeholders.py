"""Placeholders for values. A skeleton is text with placeholders in it; no value ever enters a skeleton.

A placeholder is ``U+E000 expression . value [. context] U+E001``, both indexes decimal. To Markdown and HTML it looks
like one word. The code points are private use (Unicode 23.5); a letter that contains one itself is refused.
``signature`` in the place of the value's index stands for the account's signature, which is the same for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailmerge.formats.html_walker import MARK_CLOSE, MARK_OPEN
from mailmerge.model import SIGNATURE, Expression
from mailmerge.model.patterns import EscapeContext, Pattern, Slot, escaped
from mailmerge.text.regex import regex

OPEN, CLOSE = MARK_OPEN, MARK_CLOSE
BREAK = "\ue002"
"""Between the parts of one rendering: each header field, then each body."""

NO_ALTERNATIVE, UNMATCHED, LEFT_OUT, CHOSEN_BLANK = "\ue003", "\ue004", "\ue005", "\ue006"
"""Where nothing is printed: none of several alternatives held; a condition for a title did not; any other did not; the
author chose nothing."""
GAPS = regex(f"[{NO_ALTERNATIVE}-{CHOSEN_BLANK}]")

RESERVED = regex(f"[{OPEN}-{CHOSEN_BLANK}]")
PLACEHOLDER = regex(f"{OPEN}(\\d+)\\.(\\d+|{SIGNATURE})(?:\\.([a-z]+))?{CLOSE}")


def placeholder(expression: int, value: int | str) -> str:
    """The placeholder of a value that an expression printed, or of the :data:`SIGNATURE`."""
    return f"{OPEN}{expression}.{value}{CLOSE}"


def with_context(found: re.Match[str], context: EscapeContext) -> str:
    """The same placeholder, with the context in which its value lands."""
    return f"{OPEN}{found[1]}.{found[2]}.{context}{CLOSE}"


def signed(skeleton: str, signature: str) -> str:
    """The skeleton with the signature written out, as a value would be in its place."""

    def written(found: re.Match[str]) -> str:
        if found[2] != SIGNATURE:
            return found[0]
        return escaped(signature, EscapeContext(found[3] or EscapeContext.VERBATIM))

    return PLACEHOLDER.sub(written, skeleton) if signature else skeleton


def to_pattern(skeleton: str) -> Pattern:
    """The pattern of a skeleton; one without a context is of a verbatim value."""
    constants: list[str] = []
    slots: list[Slot] = []
    end = 0
    for found in PLACEHOLDER.finditer(skeleton):
        constants.append(skeleton[end : found.start()])
        slots.append(Slot(int(found[2]), EscapeContext(found[3] or EscapeContext.VERBATIM)))
        end = found.end()
    constants.append(skeleton[end:])
    return Pattern(tuple(constants), tuple(slots))


def as_written(skeleton: str, expressions: Sequence[Expression]) -> str:
    """The skeleton with each expression's source: equal where two places print the same expression."""
    return PLACEHOLDER.sub(lambda found: expressions[int(found[1])].source, skeleton)
