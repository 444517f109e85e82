"""What several rules ask about an expression of a letter."""

from __future__ import annotations

from mailmerge.model import Expression


def plain_field(expression: Expression) -> str:
    """The field whose value an expression prints unchanged but for case; ``""`` for any other expression."""
    return expression.cell if expression.cell in expression.fields else ""
