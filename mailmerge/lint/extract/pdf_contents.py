"""What a page of a PDF draws, as its reader takes it: only what words depend on, found several times as fast.

Lines, curves and colours are most of what a page draws (ISO 32000-2, 8.5), and say nothing about its words.
"""

from __future__ import annotations

import re
from typing import Any

from pypdf.generic import ArrayObject, ContentStream, NameObject

from mailmerge.lint.extract.pdf_strings import LITERAL, raw_string
from mailmerge.regex import regex

_TOKEN = regex(
    rb"(?:[-+\d.]++\s++){1,8}+(?:re|[mlcvywgGkKijJM]|rg|RG|scn?|SCN?)(?=[\s/(\[<]|\Z)"
    rb"|(?P<string>" + LITERAL + rb"|<[0-9A-Fa-f\s]*>)"
    rb"|(?P<name>/[^\s()<>\[\]{}/%]*)"
    rb"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))"
    rb"|(?P<bracket>[\[\]])"
    rb"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*)"
    rb"|%[^\r\n]*",
    re.DOTALL,
)
_STRING, _NAME, _NUMBER, _BRACKET, _OPERATOR = 1, 2, 3, 4, 5
"""The groups of a token; lines and colours are none."""
_ESCAPED = regex(rb"#([0-9A-Fa-f]{2})")
_WORDS = frozenset(b"BT ET q Q cm Tz Tc Tw TL Tf Td TD Tm T* Tj TJ ' \" Do".split())
_ENDS = frozenset((b"BT", b"ET", b"Tj", b"TJ"))
"""Operators that end an array which was not closed."""
_INLINE_IMAGE_ENDS = regex(rb"\sEI(?=\s|\Z)")
_MOST_OPERANDS = 20_000


class Contents(ContentStream):
    """The drawing of a page, taken apart."""

    def __init__(self, drawn: bytes) -> None:
        super().__init__(None, None)
        self.set_data(drawn)
        self._taken = _operations(drawn)

    @property  # type: ignore[misc]  # nobody sets them
    def operations(self) -> list[tuple[Any, bytes]]:
        """The operators that words depend on, each with its operands."""
        return self._taken


def _operations(drawn: bytes) -> list[tuple[Any, bytes]]:
    operations: list[tuple[Any, bytes]] = []
    at: int | None = 0
    while at is not None:
        at = _take(drawn, at, operations)
    return operations


def _take(drawn: bytes, at: int, operations: list[tuple[Any, bytes]]) -> int | None:
    """Take operations up to a picture that is written in between; where to go on after it, None at the end."""
    operands: list[Any] = []
    values = operands
    for found in _TOKEN.finditer(drawn, at):
        kind = found.lastindex
        if kind == _NUMBER:
            values.append(float(found[0]))
        elif kind == _STRING:
            values.append(raw_string(found[0]))
        elif kind == _OPERATOR:
            operator = found[0]
            if operator == b"ID":
                end = _INLINE_IMAGE_ENDS.search(drawn, found.end())
                return None if end is None else end.end()
            if values is not operands and operator not in _ENDS:
                continue  # a slip within an array
            if operator in _WORDS:
                operations.append((operands, operator))
            operands = values = []
        elif kind == _NAME:
            values.append(NameObject(_ESCAPED.sub(_octet, found[0]).decode("utf-8", "replace")))
        elif kind == _BRACKET:
            values = ArrayObject() if found[0] == b"[" else operands
            if found[0] == b"[":
                operands.append(values)
        else:
            operands = values = []
        if len(values) > _MOST_OPERANDS:
            del values[:-6]
    return None


def _octet(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode("ascii"))
