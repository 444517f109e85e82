"""Which field printed a part of a message."""

from __future__ import annotations

from mailmerge.lint.views.message import MessageView


def field_of(view: MessageView, index: int) -> str | None:
    """The field that a value was printed from, where it is one."""
    expressions = view.message.shape.expressions
    fields = expressions[index].fields if index < len(expressions) else frozenset()
    return next(iter(fields)) if len(fields) == 1 else None
