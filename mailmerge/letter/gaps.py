"""Lines that a condition leaves without words: ``Bonjour ,`` where neither Madame nor Monsieur was meant."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from mailmerge.letter.placeholders import GAPS, LEFT_OUT, NO_ALTERNATIVE, PLACEHOLDER, UNMATCHED, to_pattern
from mailmerge.letter.template import Kind
from mailmerge.model import Gap, GapKind
from mailmerge.regex import regex

_VALUE = "\ufffc"
_UNSEEN = regex(r"<(script|style|title)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_BLOCK = regex(
    r"<(?:/?(?:p|div|br|li|ul|ol|td|tr|th|table|h[1-6]|body|head|html|section|article|blockquote|hr|pre)\b|!)[^>]*>",
    re.IGNORECASE,
)
_TAG = regex(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = regex(r"[*_`~]")
_RULE = regex(r"[|:=\s-]{2,}|[|=]")
"""The border of a table, or a line across the page."""
_ENDS_A_GREETING = regex(r"[,!:;]\s*\Z")
_HOLE = regex(rf"(?:\A|\s)[{UNMATCHED}{NO_ALTERNATIVE}{LEFT_OUT}]+[,.](?:\s|\Z)")
_NEITHER_TITLE = regex(rf"{UNMATCHED}\s*{UNMATCHED}")
"""Conditions for titles one after the other, none of which holds: they look at different columns."""
_SHORT = 4
"""Words of a line that is no more than a greeting."""


def gaps_in(skeleton: str, kind: Kind) -> Iterator[Gap]:
    """The lines of one part that lack the words which a condition could have given them."""
    if not GAPS.search(skeleton):
        return
    text = skeleton
    if kind != "text":
        text = html.unescape(_TAG.sub("", _BLOCK.sub("\n", _UNSEEN.sub("", text))))
    for line in text.split("\n"):
        if GAPS.search(line) and (gap := _gap(_EMPHASIS.sub("", line))):
            yield gap


def _gap(line: str) -> Gap | None:
    left = " ".join(GAPS.sub("", line).split())
    shown = PLACEHOLDER.sub(_VALUE, left)
    words = len(re.findall(r"[^\W_]+", shown))
    if not shown or _RULE.fullmatch(shown):
        return None
    greets = _ENDS_A_GREETING.search(shown) is not None and words <= _SHORT
    if not words and (_VALUE not in shown or (greets and (UNMATCHED in line or NO_ALTERNATIVE in line))):
        return Gap(to_pattern(left), GapKind.WORDS)
    if _HOLE.search(line):
        return Gap(to_pattern(left), GapKind.WORDS if words <= _SHORT and _VALUE not in shown else GapKind.WORD)
    if greets and _VALUE in shown and (NO_ALTERNATIVE in line or _NEITHER_TITLE.search(line)):
        return Gap(to_pattern(left), GapKind.TITLE)
    return None
