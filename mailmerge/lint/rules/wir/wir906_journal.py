"""WIR906: no DATA without a durable record of it."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.wire.problem import WireProblem
from mailmerge.model import Severity, State

DOC = RuleDoc(
    title=N_("No DATA without a durable record of it."),
    what=N_("A message that is not recorded as `submitting` when DATA is about to begin, or that was accepted before."),
    why=N_("After a crash the record shows who may already have a letter; without it, somebody gets two."),
    bad=N_("DATA first, then the journal"),
    good=N_("the journal's commit is on the disk before DATA"),
    fix=N_("The program ensures this itself: resume the run."),
)
_RESUME = N_("Resume the run: the messages that are left will be sent.")
NOT_RECORDED = Sentence(
    "wir906.not-recorded", one=N_("the journal has the message as {state}, not as submitting"), fix=_RESUME
)
NOT_AGAIN = Sentence("wir906.not-again", one=N_("the journal already has the message as {state}"), fix=_RESUME)
_LEFT_TO_SEND = (State.PENDING, State.DEFERRED)


@rule("WIR906", "journal", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def journal(state: str) -> Iterator[WireProblem]:
    """No DATA without a durable record of it; the state as the journal has it, which may be none that exists."""
    if state != State.SUBMITTING:
        yield WireProblem(NOT_RECORDED if state in _LEFT_TO_SEND else NOT_AGAIN, {"state": Quoted(state)})
