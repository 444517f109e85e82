"""WIR904: what leaves is what was sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Sentence
from mailmerge.lint.wire.problem import WireProblem
from mailmerge.model import SealedMessage, Severity

DOC = RuleDoc(
    title=N_("What leaves is what was sealed."),
    what=N_("Bytes whose SHA-256 is not the one that was sealed and approved."),
    why=N_("What a second person approved must be what is sent, to the last byte."),
    bad=N_("an outbox file that was edited after the review"),
    good=N_("the same digest at sealing, in the report, and before DATA"),
    fix=N_("Seal the campaign again, and have it approved again."),
)
CHANGED = Sentence(
    "wir904.changed", one=N_("the bytes are not those that were sealed"), fix=N_("Seal the campaign again.")
)


@rule("WIR904", "sealed-digest", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def sealed_digest(sealed: SealedMessage) -> Iterator[WireProblem]:
    """What leaves is what was sealed."""
    if hashlib.sha256(sealed.content).hexdigest() != sealed.sha256:
        yield WireProblem(CHANGED)
