"""MSG308: internal notes about a person do not reach that person."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text import fold

_LONG_VALUE = 20
"""Characters; a shorter text may be in two cells by chance."""


DOC = RuleDoc(
    title=N_("Internal notes about a person do not reach that person."),
    what=N_(
        "The text of one of this person's internal fields, 20 characters or more, in what the letter prints from "
        "another field."
    ),
    why=N_('The recruiter\'s note "trop cher pour son âge" was pasted into the feedback cell.'),
    bad=N_('retour = "Merci. Trop cher, et difficile en entretien" if commentaire is "difficile en entretien"'),
    good=N_("two columns with the same job title"),
    fix=N_("Remove the internal text from the cell that the letter prints."),
)
INTERNAL_NOTE = Sentence(
    "msg308.note",
    one=N_('{person} would see the internal note "{column}" about themselves: {note}'),
    fix=N_('Remove the internal text from "{source}", which the letter prints.'),
    many=N_('{count} people would see the internal note "{column}" about themselves ({lines})'),
)


@rule("MSG308", "own-internal-value", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def own_internal_value(view: MessageView) -> Iterator[Found]:
    """Internal notes about a person do not reach that person."""
    table, record = view.inspection.table, view.record
    for position, field in view.shape.internal:
        value = record.values[position]
        if len(value) < _LONG_VALUE or " " not in value:
            continue
        needle = fold(value)
        for index, printed in enumerate(view.message.values):
            if len(printed) >= len(value) and needle in fold(printed):
                yield Found(
                    says=INTERNAL_NOTE,
                    values={
                        "person": view.inspection.person(record),
                        "column": Quoted(table.header(field), 40),
                        "note": Quoted(value),
                        "source": view.source_of(index),
                    },
                    evidence=(view.own_key, field, value),
                    record=record,
                    field=view.field_of(index) or field,
                    excerpt=value,
                    cause=field,
                )
                break
