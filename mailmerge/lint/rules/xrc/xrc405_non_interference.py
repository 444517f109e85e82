"""XRC405: a message is the same whoever was contacted before."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.errors import MailmergeError
from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Sentence
from mailmerge.lint.views.batch import Batch
from mailmerge.model import Severity

_ALL_COMPARED = 5000
_SAMPLE = 2000


DOC = RuleDoc(
    title=N_("A message is the same whoever was contacted before."),
    what=N_(
        "A message that is different when the records are composed in the opposite order; up to 5,000 records are all "
        "compared, above that a sample."
    ),
    why=N_("If one person's message depends on another's, something of that other person may be in it."),
    bad=N_("a counter or a list that the letter fills from person to person"),
    good=N_("one record in, one message out"),
    fix=N_("This is an error in the program or in the letter: report it."),
)
DIFFERENT = Sentence(
    "xrc405.different",
    one=N_("{person}: the message is different when it is composed after others"),
    fix=N_("Do not send. Report this as a bug: messages depend on each other."),
    many=N_("{count} messages are different when they are composed after others ({lines})"),
)


@rule("XRC405", "non-interference", Severity.BLOCK, Suppression.NEVER, Scope.SET, DOC)
def non_interference(survey: Batch) -> Iterator[RawFinding]:
    """A message is the same whoever was contacted before."""
    inspection = survey.inspection
    recipients = inspection.recipients
    step = 1 if len(recipients) <= _ALL_COMPARED else len(recipients) // _SAMPLE
    before = {fact.asked: fact.digest for fact in survey.facts[::step]}
    for recipient in reversed(recipients[::step]):
        if recipient.record.number not in before:
            continue
        try:
            again = survey.digest_of(inspection.compose(recipient))
        except MailmergeError as error:
            again = hash(str(error))
        if again != before[recipient.record.number]:
            yield RawFinding(
                says=DIFFERENT,
                values={"person": inspection.person(recipient.record)},
                evidence=recipient.record.values,
                record=recipient.record,
                cause="order",
            )
