"""What several rules ask about an expression of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailmerge.model import Expression

if TYPE_CHECKING:
    from mailmerge.letter import Letter


def plain_field(expression: Expression) -> str:
    """The field whose value an expression prints unchanged but for case; ``""`` for any other expression."""
    return expression.cell if expression.cell in expression.fields else ""


def header_lines(letter: Letter, name: str) -> frozenset[int]:
    """The lines of a header field, including the folded ones."""
    source = letter.source.split("\n")
    lines: set[int] = set()
    for header in letter.headers:
        if header.name.casefold() == name.casefold():
            end = header.line
            while end < len(source) and source[end].strip() and source[end][0] in " \t":
                end += 1
            lines.update(range(header.line, end + 1))
    return frozenset(lines)
