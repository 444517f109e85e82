"""How the source of a letter reads: template code, header names, emphasis. Patterns, since half a line counts too."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from typing import NamedTuple

from mailmerge.text.folding import identifier
from mailmerge.text.regex import regex

_CODE = regex(r"\{#.*?(?:#\}|\Z)|\{\{.*?(?:\}\}|(?=\n)|\Z)|\{%.*?(?:%\}|(?=\n)|\Z)", re.DOTALL)
_KINDS = {"{#": "comment", "{{": "expression", "{%": "statement"}
_HEADER = regex(r"[A-Za-z][A-Za-z0-9_-]*[ \t]*:")
_STRING = regex(r"'[^'\n]*'|\"[^\"\n]*\"")
_NAME = regex(r"[^\W\d]\w*")
_MARKDOWN = (
    ("strong", regex(r"^ {0,3}#{1,6}[ \t].*$", re.MULTILINE)),
    ("strong", regex(r"\*\*(?=\S)[^*\n]+(?<=\S)\*\*|(?<!\w)__(?=\S)[^_\n]+(?<=\S)__(?!\w)")),
    (
        "emphasis",
        regex(r"(?<![*\w])\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*(?![*\w])|(?<!\w)_(?=\S)[^_\n]+(?<=\S)_(?!\w)"),
    ),
    ("quiet", regex(r"^[ \t]*(?:[-*+]|\d{1,3}[.)]|>)(?=[ \t])|^ {0,3}(?:-{3,}|\*{3,})[ \t]*$", re.MULTILINE)),
    ("quiet", regex(r"(?<=\])\([^()\n]*\)|`[^`\n]+`|\\$", re.MULTILINE)),
)
_HTML = (("quiet", regex(r"</?[A-Za-z][^<>]*>|<!--.*?(?:-->|\Z)", re.DOTALL)),)


class SourceMark(NamedTuple):
    """A run of one line that reads as something."""

    start: int
    end: int
    kind: str
    """``header``, ``expression``, ``statement``, ``comment``, ``unknown``, ``strong``, ``emphasis`` or ``quiet``."""


def source_marks(text: str, markup: str, unknown: Collection[str] = ()) -> dict[int, list[SourceMark]]:
    """The marks of each line (from 0), the later over the earlier.

    ``markup`` is ``markdown``, ``html`` or ``text``; ``unknown`` are the fields that the table does not have.
    """
    lines = _Lines(text)
    body = re.search(r"^[ \t]*$", text, re.MULTILINE)
    start = body.end() if body else len(text)
    for line in text[:start].split("\n"):
        if found := _HEADER.match(line):
            lines.add(lines.position, lines.position + found.end(), "header")
        lines.position += len(line) + 1
    plain = _CODE.sub(lambda found: re.sub(r"[^\n]", "·", found[0]), text)
    for kind, pattern in {"markdown": _MARKDOWN, "html": _HTML}.get(markup, ()):
        for found in pattern.finditer(plain, start):
            lines.add(found.start(), found.end(), kind)
    for found in _CODE.finditer(text):
        lines.add(found.start(), found.end(), _KINDS[found[0][:2]])
        if unknown and not found[0].startswith("{#"):
            code = _STRING.sub(lambda string: " " * len(string[0]), found[0])
            for name in _NAME.finditer(code):
                if identifier(name[0]) in unknown:
                    lines.add(found.start() + name.start(), found.start() + name.end(), "unknown")
    return lines.marks


class _Lines:
    """Turns places of the text into places of its lines."""

    def __init__(self, text: str) -> None:
        self.position = 0
        self.marks: dict[int, list[SourceMark]] = {}
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._ends = [*(start - 1 for start in self._starts[1:]), len(text)]

    def add(self, start: int, end: int, kind: str) -> None:
        line = bisect_right(self._starts, start) - 1
        while line < len(self._starts) and self._starts[line] < end:
            first = max(start, self._starts[line]) - self._starts[line]
            last = min(end, self._ends[line]) - self._starts[line]
            if last > first:
                self.marks.setdefault(line, []).append(SourceMark(first, last, kind))
            line += 1
