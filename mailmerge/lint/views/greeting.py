"""Where a message greets, the first line that begins as letters do; and the column of titles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailmerge.letter.answers import gender_of
from mailmerge.lint.vocabulary import words
from mailmerge.model import RecordTable
from mailmerge.patterns import Span
from mailmerge.regex import regex
from mailmerge.text import fold
from mailmerge.titles import GREETINGS

_OPENING = regex(
    rf"(?:{'|'.join(sorted(GREETINGS, key=len, reverse=True))}|cheres?|mme|m\.|mr\.?|mrs\.?|ms\.?)(?![\w-])",
    re.IGNORECASE,
)
_SHORT_GREETING = 6
"""Words of a greeting that does not end with a comma."""

_HEADERS = words("anrede tratamiento trato titolo appellativo tratamento aanhef aanspreekvorm zwrot")
"""Headers of titles in further languages."""


def column_of_titles(table: RecordTable) -> str:
    """The field that says by which title people are addressed; empty without one."""
    if table.columns.civility:
        return table.columns.civility
    for field in table.fields:
        if fold(field.header) in _HEADERS:
            cells = [cell for record in table.records if (cell := table.value(record, field.name)).strip()]
            if cells and 2 * sum(bool(gender_of(cell)) for cell in cells) > len(cells):
                return field.name
    return ""


def lines_of(spans: Iterable[Span]) -> list[list[Span]]:
    """The lines of a text, each with the values in it; blank ones left out."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        for index, piece in enumerate(span.text.split("\n")):
            if index:
                lines.append([])
            if piece:
                lines[-1].append(Span(piece, span.value))
    return [line for line in lines if line]


def greeting_line(lines: Iterable[list[Span]]) -> list[Span]:
    """The first line that begins like a greeting; empty without one."""
    return next((line for line in lines if _is_greeting(line)), [])


def up_to_comma(line: list[Span]) -> list[Span]:
    """What is before the first comma, or other end of a greeting, that the author wrote."""
    kept: list[Span] = []
    for span in line:
        if span.value is None:
            before = re.split(r"[,!.:;]\s|[,!:;]", span.text, maxsplit=1)[0]
            if before != span.text:
                return [*kept, Span(before, None)]
        kept.append(span)
    return kept


def _is_greeting(line: list[Span]) -> bool:
    text = "".join(span.text for span in line).strip(" \t\xa0*_>#")
    return bool(_OPENING.match(text)) and (text.endswith((",", "!", ":")) or len(text.split()) <= _SHORT_GREETING)
