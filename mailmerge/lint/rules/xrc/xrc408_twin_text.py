"""XRC408: A text written for one person is read by one person."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.batch import Survey
from mailmerge.model import Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("A text written for one person is read by one person."),
    what=N_(
        "the same long free text in the letters of a few people, in a column where almost every text is different."
    ),
    why=N_("a personal remark that was copied one row too far is about somebody else."),
    bad=N_("the same four lines of feedback for lines 17 and 18"),
    good=N_("one of five standard reasons that many people get"),
    fix=N_("compare the cells; write each person their own."),
)


@rule("XRC408", "twin-text", Severity.WARN, Suppression.WAIVER, Scope.SET, DOC)
def twin_text(survey: Survey) -> Iterator[Found]:
    """A text written for one person is read by one person."""
    inspection = survey.inspection
    for field, texts in survey.texts.items():
        several = {text: numbers for text, numbers in texts.items() if len(numbers) > 1}
        if not several or len(texts) < 0.7 * sum(map(len, texts.values())):
            continue
        for numbers in several.values():
            if len(numbers) >= inspection.many:
                continue
            record = inspection.table.record(numbers[-1])
            text = inspection.table.value(record, field)
            yield Found(
                message=f'{inspection.people(numbers)} would read the same text of "{inspection.table.header(field)}", '
                f"where almost everybody has their own: {shorten(text, 60)}",
                fix="Compare the cells: the text of one person may have been copied to the other.",
                evidence=(field, text),
                record=record,
                field=field,
                others=tuple(numbers[:-1]),
                affected=tuple(numbers),
                excerpt=text,
            )
