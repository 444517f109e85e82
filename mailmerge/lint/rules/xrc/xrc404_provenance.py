"""XRC404: every printed value is this record's."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import Scope, rule
from mailmerge.lint.views.letter import plain_field
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text import fold, shorten


@rule("XRC404", "provenance", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def provenance(view: MessageView) -> Iterator[Found]:
    """Every printed value is this record's.

    What: a field that the letter prints with another value than this record has.
    Why: it is what would happen if the program mixed up two people; it is checked, not assumed.
    Bad: {{ nom }} printed as Dupont for the record of Petit
    Good: the record's own cell, in capitals or not
    Fix: this is a fault of the program, not of the table: report it.
    """
    table, record = view.inspection.table, view.record
    for expression, value in zip(view.message.shape.expressions, view.message.values, strict=False):
        field = plain_field(expression)
        if not field:
            continue
        own = table.value(record, field)
        if value == own or not own.strip() or fold(value) == fold(own):
            continue
        yield Found(
            message=f"{view.inspection.person(record)}: the letter prints {shorten(value, 40)} for {field}, and the "
            f"table has {shorten(own, 40)}",
            fix="Do not send. Report this as a bug: a value came from another record.",
            evidence=(view.own_key, field, value),
            record=record,
            field=field,
            excerpt=value,
            cause=field,
        )
