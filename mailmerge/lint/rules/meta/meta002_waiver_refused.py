"""META002: A waiver that cannot be accepted."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression, Waiver
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("A waiver that cannot be accepted."),
    what=N_(
        "A waiver of a rule that cannot be waived, a waiver without a name, one past its last day, or one whose reason "
        "is too short to explain anything."
    ),
    why=N_("Nobody can answer for some leaks; and a waiver is worth as much as its reason."),
    bad=N_('reason = "ok"'),
    good=N_('reason = "couple sharing one mailbox, confirmed by phone on 3 March"'),
    fix=N_("Correct what the finding names; or write who answers for it, and why."),
)

SHORTEST_REASON = 15
"""Characters; less explains nothing to the colleague who approves."""


class WaiverRefusal(StrEnum):
    """Why a waiver cannot be accepted: a token that fingerprints hold."""

    NO_SUCH_RULE = "no-such-rule"
    NEVER = "never"
    """Findings of the rule cannot be waived."""
    ALLOW = "allow"
    """The rule has lists of what is allowed instead."""
    SHORT_REASON = "short-reason"
    NO_NAME = "no-name"
    EXPIRED = "expired"


SENTENCES = {
    WaiverRefusal.NO_SUCH_RULE: Sentence(
        "meta002.no-such-rule",
        one=N_("the waiver of {rule} is not accepted: there is no such rule"),
        fix=N_("Correct its rule in campaign.toml (`mailmerge rules` lists them all), or delete the waiver."),
    ),
    WaiverRefusal.NEVER: Sentence(
        "meta002.never",
        one=N_("the waiver of {rule} is not accepted: findings of {rule} are never waived"),
        fix=N_(
            "Correct what the finding names, where it is; then delete the waiver from campaign.toml. "
            "`mailmerge rules {rule}` explains why."
        ),
    ),
    WaiverRefusal.ALLOW: Sentence(
        "meta002.allow",
        one=N_("the waiver of {rule} is not accepted: {rule} cannot be waived, but exceptions can be allowed by name"),
        fix=N_("Add what is allowed to the lists under [lint] in campaign.toml, and delete the waiver."),
    ),
    WaiverRefusal.SHORT_REASON: Sentence(
        "meta002.short-reason",
        one=N_("the waiver of {rule} is not accepted: its reason is shorter than {characters} characters"),
        fix=N_("Write in campaign.toml why this is acceptable, or delete the waiver."),
    ),
    WaiverRefusal.NO_NAME: Sentence(
        "meta002.no-name",
        one=N_("the waiver of {rule} is not accepted: it does not say who answers for it"),
        fix=N_('Write who answers for it in campaign.toml (by = "..."), or delete the waiver.'),
    ),
    WaiverRefusal.EXPIRED: Sentence(
        "meta002.expired",
        one=N_("the waiver of {rule} is not accepted: it expired on {day}"),
        fix=N_(
            "Review the finding again; then write a later day in campaign.toml (until = ...), or delete the waiver."
        ),
    ),
}


@rule("META002", "waiver-refused", Severity.WARN, Suppression.NEVER, Scope.ENGINE, DOC)
def waiver_refused(waiver: Waiver, why: WaiverRefusal) -> Iterator[RawFinding]:
    """A waiver that cannot be accepted."""
    values: dict[str, Value] = {"rule": Quoted(waiver.rule), "characters": SHORTEST_REASON}
    if waiver.until is not None:
        values["day"] = waiver.until.isoformat()
    yield RawFinding(says=SENTENCES[why], values=values, evidence=(waiver.rule, waiver.finding, why))
