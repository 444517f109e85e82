"""META002: A waiver that cannot be accepted."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression, Waiver
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.model import Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("A waiver that cannot be accepted."),
    what=N_(
        "a waiver for a rule that has none, without a name, past its last day, or with a reason too short to mean "
        "anything."
    ),
    why=N_("some leaks nobody can answer for; and a waiver is worth what its reason is worth."),
    bad=N_('reason = "ok"'),
    good=N_('reason = "couple sharing one mailbox, confirmed by phone on 3 March"'),
    fix=N_("repair the data or exclude the person; or write who answers for it, and why."),
)


@rule("META002", "waiver-refused", Severity.WARN, Suppression.NEVER, Scope.ENGINE, DOC)
def waiver_refused(waiver: Waiver, reason: str) -> Iterator[Found]:
    """A waiver that cannot be accepted."""
    yield Found(
        message=f"the waiver of {shorten(waiver.rule)} is not accepted: {reason}",
        fix="Repair what the finding names, or exclude the person; then delete the waiver from campaign.toml.",
        evidence=(waiver.rule, waiver.finding, reason),
    )
