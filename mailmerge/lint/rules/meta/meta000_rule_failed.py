"""META000: A check that could not be carried out."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import Rule, Scope, rule
from mailmerge.model import Severity


@rule("META000", "rule-failed", Severity.BLOCK, Suppression.NEVER, Scope.ENGINE)
def rule_failed(failed: Rule, reason: str) -> Iterator[Found]:
    """A check that could not be carried out.

    What: a rule of the linter itself broke off, or took longer than it may.
    Why: a check that was not made is not a check that passed; the linter fails closed.
    Bad: the check for column shifts stops with an error, and the send goes on.
    Good: every rule has looked at every message.
    Fix: look at what the finding names (a huge cell, a strange attachment); report it as a bug where nothing is odd.
    """
    yield Found(
        message=f"the check {failed.code} ({failed.name}) could not be carried out: {reason}",
        fix="Nothing is sent without it. Take out what it names, or report this as a bug of mailmerge.",
        evidence=(failed.code,),
        cause=failed.code,
    )
