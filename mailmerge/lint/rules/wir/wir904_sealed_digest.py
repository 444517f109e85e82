"""WIR904: what leaves is what was sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from mailmerge.lint.finding import Suppression
from mailmerge.lint.rule import Scope, rule
from mailmerge.model import SealedMessage, Severity


@rule("WIR904", "sealed-digest", Severity.BLOCK, Suppression.NEVER, Scope.WIRE)
def sealed_digest(sealed: SealedMessage) -> Iterator[str]:
    """What leaves is what was sealed.

    What: bytes whose sha256 is not the one that was sealed and approved.
    Why: what a second person approved must be what is sent, to the last byte.
    Bad: an outbox file that was edited after the review
    Good: the same digest at sealing, in the report, and before DATA
    Fix: seal the campaign again, and have it approved again.
    """
    if hashlib.sha256(sealed.content).hexdigest() != sealed.sha256:
        yield "the bytes are not those that were sealed"
