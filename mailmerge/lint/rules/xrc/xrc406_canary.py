"""XRC406: messages contain nothing of somebody who does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Sentence
from mailmerge.lint.views.canary import CANARY
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("Messages contain nothing of somebody who does not exist."),
    what=N_("A value of a made-up record, composed before the others and never sent, in anybody's message."),
    why=N_("It would have to come from another message; then anybody's values could."),
    bad=N_("a cache that keeps the first person's name"),
    good=N_("nothing is left of the made-up record"),
    fix=N_("This is an error in the program, not in the table: report it."),
)
LEFT_OVER = Sentence(
    "xrc406.left",
    one=N_("{person}: the message contains something from a message composed earlier"),
    fix=N_("Do not send. Report this as a bug: messages depend on each other."),
    many=N_("{count} messages contain something from a message composed earlier ({lines})"),
)


@rule("XRC406", "canary", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def canary(view: MessageView) -> Iterator[RawFinding]:
    """Messages contain nothing of somebody who does not exist."""
    if CANARY in view.variable or view.shape.holds(CANARY):
        yield RawFinding(
            says=LEFT_OVER,
            values={"person": view.inspection.person(view.record)},
            evidence=(view.own_key,),
            record=view.record,
            cause="canary",
        )
