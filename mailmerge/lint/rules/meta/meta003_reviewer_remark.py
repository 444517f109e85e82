"""META003: Something that a second person found wrong."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("Something that a second person found wrong."),
    what=N_("What a second person found wrong in the last sealed run of this campaign, which they did not approve."),
    why=N_("They looked at the messages themselves: what they saw is repeated until the campaign is sealed again."),
    bad=N_("the second person writes that the position is wrong, and the same message is sealed again"),
    good=N_("what they found is corrected, and they approve the new run"),
    fix=N_(
        "Correct the table or the letter, then seal the campaign again: the second person sees the remark beside the "
        "new message. If nothing is wrong after all, write a waiver that says why."
    ),
)
_FIX = N_(
    "Correct it, then seal the campaign again and ask for another approval; if nothing is wrong after all, waive this "
    "and say why."
)
MESSAGE = Sentence(
    "meta003.message",
    one=N_('{by} did not approve run {run} and wrote about this message: "{reason}"'),
    fix=_FIX,
)
NO_REASON = Sentence(
    "meta003.no-reason",
    one=N_("{by} did not approve run {run}: this message was marked as wrong, without a reason"),
    fix=_FIX,
)
WHOLE = Sentence(
    "meta003.whole",
    one=N_('{by} did not approve run {run} and wrote: "{reason}"'),
    fix=_FIX,
)
_LONGEST_REASON = 200


@rule("META003", "reviewer-remark", Severity.WARN, Suppression.WAIVER, Scope.TABLE, DOC)
def reviewer_remark(inspection: Inspection) -> Iterator[RawFinding]:
    """What a second person found wrong."""
    if not inspection.remarks:
        return
    records = {recipient.record.number: recipient for recipient in inspection.recipients}
    for remark in inspection.remarks:
        recipient = records.get(remark.record)
        values: dict[str, Value] = {
            "by": Quoted(remark.by),
            "run": remark.run,
            "reason": Quoted(remark.reason, _LONGEST_REASON),
        }
        yield RawFinding(
            says=(MESSAGE if remark.reason.strip() else NO_REASON) if recipient else WHOLE,
            values=values,
            record=recipient.record if recipient else None,
            evidence=(remark.run, recipient.address if recipient else "", remark.reason),
        )
