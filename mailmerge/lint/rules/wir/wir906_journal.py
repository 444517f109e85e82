"""WIR906: no DATA without a durable record of it."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import Scope, rule
from mailmerge.model import Severity, State


@rule("WIR906", "journal", Severity.BLOCK, Suppression.NEVER, Scope.WIRE)
def journal(state: State) -> Iterator[str]:
    """No DATA without a durable record of it.

    What: a message that is not recorded as `submitting` when DATA is about to begin, or that was accepted before.
    Why: after a crash the record tells who may have a letter already; without it somebody gets two.
    Bad: DATA first, then the journal
    Good: the journal's commit is on the disk before DATA
    Fix: nothing by hand: the outbox keeps it so; resume the run.
    """
    if state is not State.SUBMITTING:
        yield f"the journal has the message as {state.value}, not as submitting"
