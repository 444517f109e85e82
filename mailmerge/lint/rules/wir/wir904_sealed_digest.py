"""WIR904: what leaves is what was sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.model import SealedMessage, Severity

DOC = RuleDoc(
    title=N_("What leaves is what was sealed."),
    what=N_("bytes whose sha256 is not the one that was sealed and approved."),
    why=N_("what a second person approved must be what is sent, to the last byte."),
    bad=N_("an outbox file that was edited after the review"),
    good=N_("the same digest at sealing, in the report, and before DATA"),
    fix=N_("seal the campaign again, and have it approved again."),
)


@rule("WIR904", "sealed-digest", Severity.BLOCK, Suppression.NEVER, Scope.WIRE, DOC)
def sealed_digest(sealed: SealedMessage) -> Iterator[str]:
    """What leaves is what was sealed."""
    if hashlib.sha256(sealed.content).hexdigest() != sealed.sha256:
        yield "the bytes are not those that were sealed"
