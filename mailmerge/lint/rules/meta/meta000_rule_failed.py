"""META000: A check that could not be carried out."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import Rule, RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("A check that could not be carried out."),
    what=N_("A rule of the linter itself failed."),
    why=N_("A check that was not made is not a check that passed: the linter fails closed."),
    bad=N_("the check for column shifts stops with an error, and the send goes on"),
    good=N_("every rule has looked at every message"),
    fix=N_(
        "Look at what the finding mentions (a huge cell, a strange attachment); if nothing is unusual, report it as a "
        "bug."
    ),
)
_REMOVE = N_("Nothing is sent without it. Remove the item it mentions, or report this as a bug in mailmerge.")
FAILED = Sentence(
    "meta000.failed",
    one=N_("the check {code} ({name}) could not be carried out: {error}: {reason}"),
    fix=_REMOVE,
)
_LONGEST_REASON = 200


@rule("META000", "rule-failed", Severity.BLOCK, Suppression.NEVER, Scope.ENGINE, DOC)
def rule_failed(failed: Rule, error: Exception) -> Iterator[RawFinding]:
    """A check that could not be carried out."""
    yield _found(failed, FAILED, error=type(error).__name__, reason=Quoted(str(error), _LONGEST_REASON))


def _found(failed: Rule, says: Sentence, **values: Value) -> RawFinding:
    values = {"code": failed.code, "name": failed.name, **values}
    return RawFinding(says=says, values=values, evidence=(failed.code,), cause=failed.code)
