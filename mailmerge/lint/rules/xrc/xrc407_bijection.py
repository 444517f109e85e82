"""XRC407: one record, one message, one recipient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.batch import Survey
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("One record, one message, one recipient."),
    what=N_(
        "a record that is written to twice or not at all, and a message that is for another record than the one it "
        "was composed for."
    ),
    why=N_("340 messages to 340 people is right only if they are the same 340."),
    bad=N_("the message composed for line 17 is addressed to line 18"),
    good=N_("as many messages as people, each for its own"),
    fix=N_("this is a fault of the program that composed the messages, not of the table: report it."),
)


@rule("XRC407", "bijection", Severity.BLOCK, Suppression.NEVER, Scope.SET, DOC)
def bijection(survey: Survey) -> Iterator[Found]:
    """One record, one message, one recipient."""
    inspection = survey.inspection
    for fact in survey.facts:
        if fact.asked != fact.got:
            yield Found(
                message=f"the message composed for {_person(survey, fact.asked)} is for {_person(survey, fact.got)}",
                fix="Do not send. Report this as a bug: a message went to the wrong record.",
                evidence=("wrong", str(fact.asked), str(fact.got)),
                record=inspection.table.record(fact.asked),
                others=(fact.got,),
                cause="wrong",
            )
    counts = Counter(recipient.record.number for recipient in inspection.recipients)
    for number, count in counts.items():
        if count > 1:
            yield Found(
                message=f"{_person(survey, number)} is written to {count} times",
                fix="Do not send. Report this as a bug: one record has several messages.",
                evidence=("twice", str(number)),
                record=inspection.table.record(number),
                cause="twice",
            )
    missing = len(inspection.recipients) - len(survey.facts) - len(survey.failures)
    if missing:
        yield Found(
            message=f"{missing} people have no message",
            fix="Do not send. Report this as a bug: messages were lost between the table and the outbox.",
            evidence=("missing", str(missing)),
        )


def _person(survey: Survey, number: int) -> str:
    return str(survey.inspection.person(survey.inspection.table.record(number)))
