"""XRC408: a text written for one person is sent to one person."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.batch import Batch
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("A text written for one person is sent to one person."),
    what=N_(
        "The same long free text in the letters of a few people, in a column in which almost every text is different."
    ),
    why=N_("A personal remark that was copied one row too far is about somebody else."),
    bad=N_("the same four lines of feedback for lines 17 and 18"),
    good=N_("one of five standard reasons that many people get"),
    fix=N_("Compare the cells, and give each person their own text."),
)
TWIN = Sentence(
    "xrc408.twin",
    one=N_('{people} would get identical text in "{column}", although it is usually different for each person: {text}'),
    fix=N_("Compare the cells in \"{column}\": one person's text may have been copied to another's row."),
)


@rule("XRC408", "twin-text", Severity.WARN, Suppression.WAIVER, Scope.SET, DOC)
def twin_text(survey: Batch) -> Iterator[RawFinding]:
    """A text written for one person is sent to one person."""
    inspection = survey.inspection
    for field, texts in survey.texts.items():
        several = {text: numbers for text, numbers in texts.items() if len(numbers) > 1}
        if not several or len(texts) < 0.7 * sum(map(len, texts.values())):
            continue
        for numbers in several.values():
            if len(numbers) >= inspection.grouping_threshold:
                continue
            record = inspection.table.record(numbers[-1])
            text = inspection.table.value(record, field)
            yield RawFinding(
                says=TWIN,
                values={
                    "people": inspection.people(numbers),
                    "column": Quoted(inspection.table.header(field), 40),
                    "text": Quoted(text),
                },
                evidence=(field, text),
                record=record,
                field=field,
                others=tuple(numbers[:-1]),
                affected=tuple(numbers),
                excerpt=text,
            )
