"""XRC406: nothing of somebody who does not exist is in a message."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.canary import CANARY
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("Nothing of somebody who does not exist is in a message."),
    what=N_("a value of a made-up record, composed before the others and never sent, in anybody's message."),
    why=N_("it would have to come from another message; then everybody's values could."),
    bad=N_("a cache that keeps the first person's name"),
    good=N_("nothing is left of the made-up record"),
    fix=N_("this is a fault of the program, not of the table: report it."),
)


@rule("XRC406", "canary", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def canary(view: MessageView) -> Iterator[Found]:
    """Nothing of somebody who does not exist is in a message."""
    if CANARY in view.variable or view.shape.holds(CANARY):
        yield Found(
            message=f"{view.inspection.person(view.record)}: something of a message composed before is in this one",
            fix="Do not send. Report this as a bug: messages depend on each other.",
            evidence=(view.own_key,),
            record=view.record,
            cause="canary",
        )
