"""META002: A waiver that cannot be accepted."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.finding import Found, Suppression, Waiver
from mailmerge.lint.rule import Scope, rule
from mailmerge.model import Severity
from mailmerge.text import shorten


@rule("META002", "waiver-refused", Severity.WARN, Suppression.NEVER, Scope.ENGINE)
def waiver_refused(waiver: Waiver, reason: str) -> Iterator[Found]:
    """A waiver that cannot be accepted.

    What: a waiver for a rule that has none, without a name, past its last day, or with a reason too short to
    mean anything.
    Why: some leaks nobody can answer for; and a waiver is worth what its reason is worth.
    Bad: reason = "ok"
    Good: reason = "couple sharing one mailbox, confirmed by phone on 3 March"
    Fix: repair the data or exclude the person; or write who answers for it, and why.
    """
    yield Found(
        message=f"the waiver of {shorten(waiver.rule)} is not accepted: {reason}",
        fix="Repair what the finding names, or exclude the person; then delete the waiver from campaign.toml.",
        evidence=(waiver.rule, waiver.finding, reason),
    )
