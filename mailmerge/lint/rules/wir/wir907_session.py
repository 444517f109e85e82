"""WIR907: one accepted RCPT in the transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Sentence
from mailmerge.lint.wire.problem import WireProblem
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("One accepted RCPT in the transaction."),
    what=N_("A transaction in which the server accepted no recipient, more than one, or a different one."),
    why=N_("What follows DATA goes to everybody whom RCPT named, whatever the headers say."),
    bad=N_("a second RCPT left over from a refused message before"),
    good=N_("MAIL, one RCPT, DATA"),
    fix=N_("The program closes the connection and sends the message on another one."),
)
_AGAIN = N_("It will be sent on a new connection.")
NOT_ONE = Sentence(
    "wir907.not-one", one=N_("the server accepted {number} recipients for this message instead of one"), fix=_AGAIN
)
OTHER = Sentence(
    "wir907.other", one=N_("the server accepted another recipient for this message than its own"), fix=_AGAIN
)


@rule("WIR907", "session", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def session(accepted: Sequence[str], forward_path: str) -> Iterator[WireProblem]:
    """One accepted RCPT in the transaction."""
    if len(accepted) != 1:
        yield WireProblem(NOT_ONE, {"number": len(accepted)})
    elif accepted[0] != forward_path:
        yield WireProblem(OTHER)
