"""MSG308: what is written about a person for colleagues does not reach the person."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.msg.fields import field_of
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

_LONG_VALUE = 20


DOC = RuleDoc(
    title=N_("What is written about a person for colleagues does not reach the person."),
    what=N_(
        "the text of one of this person's internal fields, 20 characters or more, in what the letter prints from "
        "another field."
    ),
    why=N_('the recruiter\'s note "trop cher pour son âge" was pasted into the cell of the feedback.'),
    bad=N_('retour = "Merci. Trop cher, et difficile en entretien" where commentaire says "difficile en entretien"'),
    good=N_("two columns that hold the same job title"),
    fix=N_("take the internal text out of the cell that the letter prints."),
)


@rule("MSG308", "own-internal-value", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def own_internal_value(view: MessageView) -> Iterator[Found]:
    """What is written about a person for colleagues does not reach the person."""
    table, record = view.inspection.table, view.record
    for position, field in view.shape.internal:
        value = record.values[position]
        if len(value) < _LONG_VALUE or " " not in value:
            continue
        needle = fold(value)
        for index, printed in enumerate(view.message.values):
            if len(printed) >= len(value) and needle in fold(printed):
                yield Found(
                    message=f'{view.inspection.person(record)} would read what "{table.header(field)}" says about '
                    f"them: {shorten(value, 60)}",
                    fix="Take the internal text out of the cell that the letter prints.",
                    evidence=(view.own_key, field, value),
                    record=record,
                    field=field_of(view, index) or field,
                    excerpt=value,
                    cause=field,
                )
                break
