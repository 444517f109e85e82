"""XRC404: every printed value is this record's."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.letter import plain_field
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

DOC = RuleDoc(
    title=N_("Every printed value is this record's."),
    what=N_("a field that the letter prints with another value than this record has."),
    why=N_("it is what would happen if the program mixed up two people; it is checked, not assumed."),
    bad=N_("{{ nom }} printed as Dupont for the record of Petit"),
    good=N_("the record's own cell, in capitals or not"),
    fix=N_("this is a fault of the program, not of the table: report it."),
)


@rule("XRC404", "provenance", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def provenance(view: MessageView) -> Iterator[Found]:
    """Every printed value is this record's."""
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
