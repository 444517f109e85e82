"""Conditions of other programs as wholes: where one tag has no counterpart, those that belong to it stay text as well.

An ``else`` or an end that became code alone would end a condition that nobody began.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from mailmerge.drafts.draft import CODE_OPEN, LEFT
from mailmerge.drafts.other_code import translated
from mailmerge.drafts.typed_code import CODE
from mailmerge.text.regex import regex

_LT, _GT = "(?:<|&lt;)", "(?:>|&gt;)"
_FAMILIES: tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...] = (
    (
        regex(r"\{\{~?\s*(?:[#^/]|else\b)[^{}\n<>]{0,300}\}\}|\{\{~?\s*\^\s*~?\}\}", re.IGNORECASE),
        regex(r"\{\{~?\s*(?:else\b|\^\s*~?\})", re.IGNORECASE),
        regex(r"\{\{~?\s*/"),
    ),
    (
        regex(r"\*\|\s*(?:IF|ELSE|END:?\s*IF)[^|\n]{0,300}\|\*", re.IGNORECASE),
        regex(r"\*\|\s*ELSE", re.IGNORECASE),
        regex(r"\*\|\s*END", re.IGNORECASE),
    ),
    (
        regex(
            rf"(?<!{CODE_OPEN})\{{%-?\s*(?:if|unless|case|for|tablerow|when|else|elsif|elif|elseif|end\w+)\b"
            r"[^{}%\n]{0,300}%\}",
            re.IGNORECASE,
        ),
        regex(r"\{%-?\s*(?:when|els|elif)", re.IGNORECASE),
        regex(r"\{%-?\s*end", re.IGNORECASE),
    ),
    (
        regex(
            rf"{_LT}%-?\s*(?:(?:if|unless|case|for|while|when|else|elsif|end)\b[^%\n]{{0,300}}"
            rf"|[^%\n=]{{1,300}}\bdo\b[^%\n]{{0,60}})%{_GT}"
        ),
        regex(r"<%-?\s*(?:when|els)"),
        regex(r"<%-?\s*end\b"),
    ),
    (
        regex(
            rf"{_LT}\?php\s+(?:\}}?\s*(?:if|for|foreach|while|switch|case|default|else|elseif|end\w+)\b(?:(?!\?{_GT})[^\n]){{0,300}}"
            rf"|\}}\s*)\?{_GT}",
            re.IGNORECASE,
        ),
        regex(r"<\?php\s+\}?\s*(?:else|case|default)", re.IGNORECASE),
        regex(r"<\?php\s+(?:end|\}\s*\?>)", re.IGNORECASE),
    ),
)
"""Of each program: the tags of its conditions and loops, those between, those that end one; all others begin one."""
_SECTION = regex(r"\{\{~?\s*[#^]\s*(?!(?:if|unless)\s)(.*?)\s*~?\}\}", re.DOTALL)
_SECTION_END = regex(r"\{\{~?\s*/\s*(.*?)\s*~?\}\}", re.DOTALL)
_SIGNS = regex(r"[{}%*|?]")


@dataclass
class _Block:
    """A condition or a loop that is open: where its tags are, and whether each has a counterpart."""

    name: str
    """Of a section of Mustache, which its end repeats; its end has the first word alone where it calls a helper."""
    places: list[tuple[int, int]] = field(default_factory=list)
    whole: bool = True

    def take(self, place: tuple[int, int], tag: str) -> None:
        self.places.append(place)
        self.whole &= _has_counterpart(tag)


def in_pairs(page: str) -> str:
    """A page in which no tag is code whose condition cannot be: a sign of ours within keeps it from being read."""
    left = sorted(place for family in _FAMILIES for place in _left(page, *family))
    pieces, end = [], 0
    for start, stop in left:
        pieces += [page[end:start], _SIGNS.sub(rf"\g<0>{LEFT}", page[start:stop])]
        end = stop
    return "".join([*pieces, page[end:]])


def _left(page: str, tags: re.Pattern[str], between: re.Pattern[str], ends: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the tags of one program are that have to stay text."""
    left: list[tuple[int, int]] = []
    blocks: list[_Block] = []
    for found in tags.finditer(page):
        place, tag = found.span(), html.unescape(found[0])
        if not between.match(tag) and not ends.match(tag):
            section = _SECTION.fullmatch(tag)
            blocks.append(_Block(section[1] if section else ""))
        if not blocks:
            continue
        blocks[-1].take(place, tag)
        if ends.match(tag):
            block = blocks.pop()
            named = _SECTION_END.fullmatch(tag)
            if not block.whole or (block.name and named and named[1] != block.name):
                left += block.places
    return left


def _has_counterpart(tag: str) -> bool:
    code = translated(tag)
    return CODE_OPEN in code or CODE.fullmatch(code) is not None
