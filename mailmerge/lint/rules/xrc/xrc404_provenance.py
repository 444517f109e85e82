"""XRC404: every printed value is this record's."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.letter import plain_field
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text.folding import fold

DOC = RuleDoc(
    title=N_("Every printed value is this record's."),
    what=N_("A field that the letter prints with a different value from this record's."),
    why=N_("This is what would happen if the program mixed up two people; it is checked, not assumed."),
    bad=N_("{{ last_name }} printed as Bridges for the record of Small"),
    good=N_("the record's own cell, in capitals or not"),
    fix=N_("This is an error in the program, not in the table: report it."),
)
OTHER_VALUE = Sentence(
    "xrc404.value",
    one=N_('{person}: the letter prints "{printed}" for "{column}", but the table has "{own}"'),
    fix=N_("Do not send. Report this as a bug: a value came from another record."),
    many=N_('in {count} messages the letter prints a different value for "{column}" from the table\'s ({lines})'),
)


@rule("XRC404", "provenance", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def provenance(view: MessageView) -> Iterator[RawFinding]:
    """Every printed value is this record's."""
    table, record = view.inspection.table, view.record
    for expression, printed in zip(view.message.shape.expressions, view.printed, strict=False):
        field, value = plain_field(expression), printed.text
        if not field:
            continue
        own = table.value(record, field)
        if value == own or not own.strip() or printed.folded == fold(own):
            continue
        yield RawFinding(
            says=OTHER_VALUE,
            values={
                "person": view.inspection.person(record),
                "printed": Quoted(value, 40),
                "column": Quoted(table.header(field), 40),
                "own": Quoted(own, 40),
            },
            evidence=(view.own_key, field, value),
            record=record,
            field=field,
            excerpt=value,
            cause=field,
        )
