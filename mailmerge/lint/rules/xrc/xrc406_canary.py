"""XRC406: nothing of somebody who does not exist is in a message."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import Scope, rule
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity

CANARY = "Qzcanari7"
"""A word that stands in no table."""


@rule("XRC406", "canary", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def canary(view: MessageView) -> Iterator[Found]:
    """Nothing of somebody who does not exist is in a message.

    What: a value of a made-up record, composed before the others and never sent, in anybody's message.
    Why: it would have to come from another message; then everybody's values could.
    Bad: a cache that keeps the first person's name
    Good: nothing is left of the made-up record
    Fix: this is a fault of the program, not of the table: report it.
    """
    if CANARY in view.variable or view.shape.holds(CANARY):
        yield Found(
            message=f"{view.inspection.person(view.record)}: something of a message composed before is in this one",
            fix="Do not send. Report this as a bug: messages depend on each other.",
            evidence=(view.own_key,),
            record=view.record,
            cause="canary",
        )
