"""META001: A waiver that matches nothing any more."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression, Waiver
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.model import Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("A waiver that matches nothing any more."),
    what=N_("campaign.toml holds a waiver, and no finding has its rule and fingerprint."),
    why=N_("what it waived is gone or has changed; the next finding like it must be looked at again."),
    bad=N_("a waiver copied from last year's campaign."),
    good=N_("each waiver stands for one finding of this campaign."),
    fix=N_("delete the waiver from campaign.toml."),
)


@rule("META001", "waiver-unused", Severity.WARN, Suppression.NEVER, Scope.ENGINE, DOC)
def waiver_unused(waiver: Waiver) -> Iterator[Found]:
    """A waiver that matches nothing any more."""
    yield Found(
        message=f"the waiver of {waiver.rule} by {shorten(waiver.by) or 'nobody'} matches no finding any more",
        fix="Delete it from campaign.toml: what it answered for is gone or has changed.",
        evidence=(waiver.rule, waiver.finding),
    )
