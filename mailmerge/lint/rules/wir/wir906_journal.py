"""WIR906: no DATA without a durable record of it."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.model import Severity, State

DOC = RuleDoc(
    title=N_("No DATA without a durable record of it."),
    what=N_("a message that is not recorded as `submitting` when DATA is about to begin, or that was accepted before."),
    why=N_("after a crash the record tells who may have a letter already; without it somebody gets two."),
    bad=N_("DATA first, then the journal"),
    good=N_("the journal's commit is on the disk before DATA"),
    fix=N_("nothing by hand: the outbox keeps it so; resume the run."),
)


@rule("WIR906", "journal", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def journal(state: State) -> Iterator[str]:
    """No DATA without a durable record of it."""
    if state is not State.SUBMITTING:
        yield f"the journal has the message as {state.value}, not as submitting"
