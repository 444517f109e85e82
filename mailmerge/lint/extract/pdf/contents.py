"""What a page of a PDF draws, taken apart as far as words depend on it (ISO 32000-2, 8.5 and 9.4).

Lines, curves and colours are most of what a page draws, and say nothing about its words. An operator and what it is
given are mostly found in one: letters that are set one by one take as many operators as letters.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Any

from mailmerge.lint.extract.pdf.strings import LITERAL, raw_string
from mailmerge.text.regex import regex

_NUMBER = rb"[-+]?(?:\d+\.?\d*|\.\d+)"
_STRING = LITERAL + rb"|<[0-9A-Fa-f\s]*+>"
_NAME = rb"/[^\s()<>\[\]{}/%]*"
_ENDS_HERE = rb"(?![A-Za-z0-9*])"
_TOKEN = regex(
    rb"((?:[-+\d.]++\s++){0,8}+)(?:(T[mdDcwzL*]|cm|BT|ET|[qQ])" + _ENDS_HERE +
    rb"|(?:re|[mlcvywgGkKijJM]|rg|RG|scn?|SCN?)(?=[\s/(\[<]|\Z))"
    rb"|(" + _STRING + rb")(?:\s*+(Tj)" + _ENDS_HERE + rb")?+"
    rb"|\[((?:" + _STRING + rb"|[-+.\d\s]++)*+)\]\s*+(TJ)" + _ENDS_HERE +
    rb"|(" + _NAME + rb")\s++(" + _NUMBER + rb")\s++(Tf)" + _ENDS_HERE +
    rb"|(" + _NAME + rb")"
    rb"|(" + _NUMBER + rb")"
    rb"|([\[\]])"
    rb"|([A-Za-z'\"][A-Za-z0-9*]*)"
    rb"|%[^\r\n]*",
    re.DOTALL,
)  # fmt: skip
_PAINTING, _PLACING, _A_STRING, _SHOWING, _SHOWING_SEVERAL, _FONT, _A_NAME, _A_NUMBER, _BRACKET, _OPERATOR = (
    1, 2, 3, 4, 6, 9, 10, 11, 12, 13,
)  # fmt: skip
"""The last group of what is found; a comment has none."""
_ELEMENT = regex(rb"(" + _STRING + rb")|" + _NUMBER, re.DOTALL)
_A_FLOAT = regex(_NUMBER)
_ESCAPED = regex(rb"#([0-9A-Fa-f]{2})")
_WORDS = frozenset(b"BT ET q Q cm Tc TL Tf Td TD Tm T* Tj TJ ' \" Do".split())
_ENDS = frozenset((b"BT", b"ET", b"Tj", b"TJ"))
"""Operators that end an array which was not closed."""
_INLINE_IMAGE_ENDS = regex(rb"\sEI(?=\s|\Z)")
_MOST_OPERANDS = 20_000


Operation = tuple[bytes, list[Any]]
"""An operator, and what it is given: numbers, strings in octets, names, and lists of these."""


def operations_of(drawn: bytes) -> Iterator[Operation]:
    """The operators that words depend on, one after another: no more than one is kept."""
    at: int | None = 0
    while at is not None:
        at = yield from _take(drawn, at)


def _take(drawn: bytes, at: int) -> Generator[Operation, None, int | None]:
    """Take operations up to a picture that is written in between; where to go on after it, None at the end."""
    operands: list[Any] = []
    values = operands
    for found in _TOKEN.finditer(drawn, at):
        kind = found.lastindex
        operator = None
        if kind == _PLACING:
            values += _numbers(found[1])
            operator = found[2]
        elif kind == _SHOWING:
            values.append(raw_string(found[3]))
            operator = found[4]
        elif kind == _SHOWING_SEVERAL:
            operands.append(_elements(found[5]))
            values, operator = operands, found[6]
        elif kind == _FONT:
            values += (_name(found[7]), float(found[8]))
            operator = found[9]
        elif kind == _OPERATOR:
            operator = found[13]
            if operator == b"ID":
                end = _INLINE_IMAGE_ENDS.search(drawn, found.end())
                return None if end is None else end.end()
        elif kind is None or kind == _PAINTING:
            operands = values = []
        else:
            values = _with_operand(found, kind, operands, values)
        if operator is not None and (values is operands or operator in _ENDS):  # otherwise a slip within an array
            if operator in _WORDS:
                yield operator, operands
            operands = values = []
    return None


def _with_operand(found: re.Match[bytes], kind: int, operands: list[Any], values: list[Any]) -> list[Any]:
    """Keep one operand; where the next belongs."""
    if kind == _BRACKET:
        if found[0] == b"]":
            return operands
        operands.append([])
        inner: list[Any] = operands[-1]
        return inner
    if kind == _A_NUMBER:
        values.append(float(found[0]))
    else:
        values.append(raw_string(found[0]) if kind == _A_STRING else _name(found[0]))
    if len(values) > _MOST_OPERANDS:
        del values[:-6]
    return values


def _numbers(written: bytes) -> list[float]:
    try:
        return [*map(float, written.split())]
    except ValueError:  # 1-2 are two
        return [*map(float, _A_FLOAT.findall(written))]


def _elements(array: bytes) -> list[Any]:
    return [raw_string(found[1]) if found.lastindex else float(found[0]) for found in _ELEMENT.finditer(array)]


def _name(written: bytes) -> str:
    return (_ESCAPED.sub(_octet, written) if b"#" in written else written).decode("utf-8", "replace")


def _octet(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode("ascii"))
