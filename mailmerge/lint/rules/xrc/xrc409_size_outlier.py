"""XRC409: no message is far longer than similar ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Sentence
from mailmerge.lint.views.batch import Batch
from mailmerge.model import Severity

_FEWEST = 20
"""Messages of one branch; with fewer, there is no usual length."""
_DEVIATIONS = 6
_LEAST_EXCESS = 300
"""Characters; less is a long job title."""


DOC = RuleDoc(
    title=N_("No message is far longer than similar ones."),
    what=N_(
        "A length more than 6 median deviations, and more than 300 characters, above that of the messages of the same "
        "branch."
    ),
    why=N_("If a cell has absorbed a paragraph, or a whole other row, the length shows it first."),
    bad=N_("one letter of 4,000 characters among letters of 900"),
    good=N_("a long job title"),
    fix=N_("Check the message."),
)
LONGER = Sentence(
    "xrc409.longer",
    one=N_("the message to {person} is {excess} characters longer than similar messages"),
    fix=N_("Check the message: a cell may contain more than it should."),
    many=N_("{count} messages are much longer than similar ones ({lines})"),
)


@rule("XRC409", "size-outlier", Severity.WARN, Suppression.WAIVER, Scope.SET, DOC)
def size_outlier(survey: Batch) -> Iterator[RawFinding]:
    """No message is far longer than similar ones."""
    inspection = survey.inspection
    branches: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for fact in survey.facts:
        branches[fact.branch].append((fact.size, fact.asked))
    for members in branches.values():
        if len(members) < _FEWEST:
            continue
        middle = median(size for size, _number in members)
        spread = median(abs(size - middle) for size, _number in members)
        limit = max(_DEVIATIONS * 1.4826 * spread, _LEAST_EXCESS)
        for size, number in members:
            if size - middle > limit:
                record = inspection.table.record(number)
                yield RawFinding(
                    says=LONGER,
                    values={"person": inspection.person(record), "excess": round(size - middle)},
                    evidence=record.values,
                    record=record,
                    cause="longer",
                )
