"""META000: A check that could not be carried out."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import Rule, RuleDoc, Scope, rule
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("A check that could not be carried out."),
    what=N_("a rule of the linter itself broke off, or took longer than it may."),
    why=N_("a check that was not made is not a check that passed; the linter fails closed."),
    bad=N_("the check for column shifts stops with an error, and the send goes on."),
    good=N_("every rule has looked at every message."),
    fix=N_(
        "look at what the finding names (a huge cell, a strange attachment); report it as a bug where nothing is odd."
    ),
)


@rule("META000", "rule-failed", Severity.BLOCK, Suppression.NEVER, Scope.ENGINE, DOC)
def rule_failed(failed: Rule, reason: str) -> Iterator[Found]:
    """A check that could not be carried out."""
    yield Found(
        message=f"the check {failed.code} ({failed.name}) could not be carried out: {reason}",
        fix="Nothing is sent without it. Take out what it names, or report this as a bug of mailmerge.",
        evidence=(failed.code,),
        cause=failed.code,
    )
