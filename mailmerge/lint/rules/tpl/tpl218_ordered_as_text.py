"""TPL218: dates and numbers are compared as such, not letter by letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.deciding import Deciding
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text.quotes import quotes

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("Dates and numbers are compared as such, not letter by letter."),
    what=N_(
        "A condition with <, <=, > or >= on a cell that is a date or a number: it goes by letters, where 06/01/2027 "
        "comes before 25/12/2026, and 9 after 10. Dates written as 2027-01-06 pass."
    ),
    why=N_("People would get the paragraph for those who start before the new year although they start after it."),
    bad=N_("{% if start >= '06/01/2027' %}"),
    good=N_("{% if start|day >= '2027-01-06' %}; {% if score|float >= 10 %}"),
    fix=N_("Read the cell as a date with |day, or as a number with |float."),
)
DATES = Sentence(
    "tpl218.dates",
    one=N_('{letter}, line {line}: the dates in "{header}" would be compared as text, letter by letter: {texts}'),
    fix=N_("Write {write}; |day gives a date as year-month-day, so that earlier dates come first."),
)
NUMBERS = Sentence(
    "tpl218.numbers",
    one=N_(
        '{letter}, line {line}: the numbers in "{header}" would be compared as text, letter by letter, where 9 comes '
        "after 10"
    ),
    fix=N_("Write {write}."),
)
MIXED = Sentence(
    "tpl218.mixed",
    one=N_(
        '{letter}, line {line}: the dates in "{header}" would be compared as text, and some have the day first, others '
        "the month: {texts}"
    ),
    fix=N_("Write all dates of the column in one order, then compare them with |day."),
)
DIGITS = Sentence(
    "tpl218.digits",
    one=N_(
        '{letter}, line {line}: the texts in "{header}" would be compared letter by letter, where 9 comes after 10: '
        "{texts}"
    ),
    fix=N_(
        "Write all of them with as many digits (09:30, not 9:30), or name the texts that are meant: field in [...]."
    ),
)
_SAYS = {"dates": DATES, "numbers": NUMBERS, "mixed": MIXED, "digits": DIGITS}


@rule("TPL218", "ordered-as-text", Severity.BLOCK, Suppression.WAIVER, Scope.LETTER, DOC)
def ordered_as_text(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Dates and numbers are compared as such, not letter by letter."""
    from mailmerge.letter.decisions.deciding import CellTest, Ordering
    from mailmerge.letter.decisions.judging import misordered

    deciding = Deciding(inspection, letter)
    for ordering in dict.fromkeys(each for each in letter.decisions if isinstance(each, Ordering)):
        if not deciding.has(ordering.field) or (ordering.other and not deciding.has(ordering.other)):
            continue
        cells = deciding.cells(ordering)
        beside = CellTest(ordering.other, (), ordering.line, ordering.other_written)
        wrong = misordered(ordering, cells, deciding.cells(beside) if ordering.other else ())
        if wrong is None:
            continue
        filled = [cell for cell in cells if cell.strip()]
        yield RawFinding(
            says=_SAYS[wrong.what],
            values={
                **deciding.values(ordering),
                "texts": quotes(filled),
                "write": Quoted(wrong.write, 120),
            },
            evidence=(letter.name, ordering.field, ordering.operator, ordering.text, ordering.other),
            field=ordering.field,
            letter=letter.name,
            letter_line=ordering.line,
            excerpt=ordering.written,
        )
