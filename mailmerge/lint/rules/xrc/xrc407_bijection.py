"""XRC407: one record, one message, one recipient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Person, Sentence
from mailmerge.lint.views.batch import Batch
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("One record, one message, one recipient."),
    what=N_(
        "A record with two messages or none, and a message addressed to a different record from the one it was "
        "composed for."
    ),
    why=N_("340 messages to 340 people are right only if they are the same 340."),
    bad=N_("the message composed for line 17 is addressed to line 18"),
    good=N_("as many messages as people, each for its own person"),
    fix=N_("This is an error in the program that composed the messages, not in the table: report it."),
)
OTHER_PERSON = Sentence(
    "xrc407.other",
    one=N_("the message composed for {person} is addressed to {other}"),
    fix=N_("Do not send. Report this as a bug: a message went to the wrong record."),
    many=N_("{count} messages are addressed to a different person from the one they were composed for ({lines})"),
)
TWICE = Sentence(
    "xrc407.twice",
    one=N_("{person} would receive {messages} messages"),
    fix=N_("Do not send. Report this as a bug: one record has several messages."),
    many=N_("{count} people would receive more than one message ({lines})"),
)
MISSING = Sentence(
    "xrc407.missing",
    one=N_("messages are missing for {missing} of {recipients} people"),
    fix=N_("Do not send. Report this as a bug: messages were lost between the table and the outbox."),
)


@rule("XRC407", "bijection", Severity.BLOCK, Suppression.NEVER, Scope.SET, DOC)
def bijection(survey: Batch) -> Iterator[RawFinding]:
    """One record, one message, one recipient."""
    inspection = survey.inspection
    for fact in survey.facts:
        if fact.asked != fact.got:
            yield RawFinding(
                says=OTHER_PERSON,
                values={"person": _person(survey, fact.asked), "other": _person(survey, fact.got)},
                evidence=("wrong", str(fact.asked), str(fact.got)),
                record=inspection.table.record(fact.asked),
                others=(fact.got,),
                cause="wrong",
            )
    counts = Counter(recipient.record.number for recipient in inspection.recipients)
    for number, count in counts.items():
        if count > 1:
            yield RawFinding(
                says=TWICE,
                values={"person": _person(survey, number), "messages": count},
                evidence=("twice", str(number)),
                record=inspection.table.record(number),
                cause="twice",
            )
    missing = len(inspection.recipients) - len(survey.facts) - len(survey.failures)
    if missing:
        yield RawFinding(
            says=MISSING,
            values={"missing": missing, "recipients": len(inspection.recipients)},
            evidence=("missing", str(missing)),
        )


def _person(survey: Batch, number: int) -> Person:
    return survey.inspection.person(survey.inspection.table.record(number))
