"""WIR907: one accepted RCPT in the transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("One accepted RCPT in the transaction."),
    what=N_("a transaction in which the server accepted no recipient, more than one, or another one."),
    why=N_("what follows DATA goes to everybody whom RCPT named, whatever the headers say."),
    bad=N_("a second RCPT left over from a refused message before"),
    good=N_("MAIL, one RCPT, DATA"),
    fix=N_("nothing by hand: the connection is given up and the run resumed."),
)


@rule("WIR907", "session", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def session(accepted: Sequence[str], forward_path: str) -> Iterator[str]:
    """One accepted RCPT in the transaction."""
    if list(accepted) != [forward_path]:
        yield f"the transaction has {len(accepted)} recipients instead of the one"
