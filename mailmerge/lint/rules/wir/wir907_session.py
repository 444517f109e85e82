"""WIR907: one accepted RCPT in the transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import Scope, rule
from mailmerge.model import Severity


@rule("WIR907", "session", Severity.BLOCK, Suppression.NEVER, Scope.WIRE)
def session(accepted: Sequence[str], forward_path: str) -> Iterator[str]:
    """One accepted RCPT in the transaction.

    What: a transaction in which the server accepted no recipient, more than one, or another one.
    Why: what follows DATA goes to everybody whom RCPT named, whatever the headers say.
    Bad: a second RCPT left over from a refused message before
    Good: MAIL, one RCPT, DATA
    Fix: nothing by hand: the connection is given up and the run resumed.
    """
    if list(accepted) != [forward_path]:
        yield f"the transaction has {len(accepted)} recipients instead of the one"
