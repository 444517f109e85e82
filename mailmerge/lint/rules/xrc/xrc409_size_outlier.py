"""XRC409: no message is far longer than those like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.batch import Survey
from mailmerge.model import Severity

_FEWEST = 20
"""Messages of one branch from which on a usual length is known."""
_DEVIATIONS = 6
_LEAST_EXCESS = 300
"""Characters; less is a long job title."""


DOC = RuleDoc(
    title=N_("No message is far longer than those like it."),
    what=N_("a length more than 6 median deviations from that of the messages of the same branch, and 300 characters."),
    why=N_("a cell that swallowed a paragraph, or a whole other row, shows in the length first."),
    bad=N_("one letter of 4,000 characters among letters of 900"),
    good=N_("a long job title"),
    fix=N_("look at the message."),
)


@rule("XRC409", "size-outlier", Severity.WARN, Suppression.WAIVER, Scope.SET, DOC)
def size_outlier(survey: Survey) -> Iterator[Found]:
    """No message is far longer than those like it."""
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
                yield Found(
                    message=f"the message of {inspection.person(record)} is {size - middle:.0f} characters longer "
                    "than those like it",
                    fix="Look at the message: a cell may hold more than it should.",
                    evidence=record.values,
                    record=record,
                    cause="longer",
                )
