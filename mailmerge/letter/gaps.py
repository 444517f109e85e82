"""Lines that a condition leaves without words: ``Bonjour ,`` where neither Madame nor Monsieur was meant."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from mailmerge.letter.decisions.answers import gender_of
from mailmerge.letter.hanging_words import lacks_a_word
from mailmerge.letter.markup.enclosed import replace_enclosed
from mailmerge.letter.placeholders import GAPS, LEFT_OUT, NO_ALTERNATIVE, PLACEHOLDER, UNMATCHED, to_pattern
from mailmerge.letter.source.template import Kind
from mailmerge.model import Gap, GapKind
from mailmerge.text.regex import regex

_VALUE = "\ufffc"
_UNSEEN = regex(r"<(script|style|title)\b[^<>]*>|(<!--)", re.IGNORECASE)
_ENDS = {
    "<!--": regex("-->"),
    **{name: regex(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "title")},
}
_BLOCK = regex(
    r"<(?:/?(?:p|div|br|li|ul|ol|td|tr|th|table|h[1-6]|body|head|html|section|article|blockquote|hr|pre)\b|!)[^<>]*>",
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
_UNTITLED = regex(rf"(?:\A|\s){UNMATCHED}\s*{_VALUE}")
_BETWEEN = regex(rf"\s+[{UNMATCHED}{NO_ALTERNATIVE}{LEFT_OUT}](?=\s|\Z)")
"""Where a condition leaves the blanks before and after it, and nothing between them."""
_SHORT = 4
"""Words of a line that is no more than a greeting."""


def gaps_in(skeleton: str, kind: Kind) -> Iterator[Gap]:
    """The lines of one part that lack the words which a condition could have given them."""
    if not GAPS.search(skeleton):
        return
    text = skeleton
    if kind != "text":
        text = html.unescape(_TAG.sub("", _BLOCK.sub("\n", replace_enclosed(text, _UNSEEN, _ENDS, lambda _part: ""))))
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if GAPS.search(line) and (gap := _gap(_EMPHASIS.sub("", line), next(iter(lines[number + 1 :]), ""))):
            yield gap


def _gap(line: str, following: str) -> Gap | None:
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
    if greets and _VALUE in shown and (NO_ALTERNATIVE in line or _NEITHER_TITLE.search(line) or _lacks_title(line)):
        return Gap(to_pattern(left), GapKind.TITLE)
    if _lacks_title(line) or _lacks_word(line, following):
        return Gap(to_pattern(left), GapKind.BETWEEN)
    return None


def _lacks_title(line: str) -> bool:
    """Whether a condition for a title did not hold right before a value, and nothing else in the line is a title."""
    return _UNTITLED.search(PLACEHOLDER.sub(_VALUE, line)) is not None and not _titles_in(line)


def _titles_in(line: str) -> bool:
    return bool(gender_of(GAPS.sub(" ", PLACEHOLDER.sub(" ", line))))


def _lacks_word(line: str, following: str) -> bool:
    """Whether a word is missing in the middle of a sentence, which may go on in the following line."""
    line = PLACEHOLDER.sub(_VALUE, line)
    return any(
        lacks_a_word(line[: found.start()], f"{line[found.end() :]} {following}".lstrip())
        for found in _BETWEEN.finditer(line)
    )
