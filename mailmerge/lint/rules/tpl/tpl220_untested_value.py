"""TPL220: everybody whose cell a condition looks at is meant by one of its alternatives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Sentence
from mailmerge.lint.views.deciding import Deciding
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.records.cells.no_value import are_exceptions
from mailmerge.text.quotes import quotes

if TYPE_CHECKING:
    from mailmerge.letter import Letter
    from mailmerge.letter.decisions.deciding import Choice


DOC = RuleDoc(
    title=N_("Everybody whose cell a condition looks at is meant by one of its alternatives."),
    what=N_(
        "People for whom none of several alternatives holds, and nothing is written for everybody else; and a few "
        "people whose cell is blank, who get the words for everybody else although the column is filled in for almost "
        "all others."
    ),
    why=N_("The sentence that decides would be missing, or it would be the wrong one."),
    bad=N_("{% if status == 'chosen' %} ... {% elif status == 'declined' %} ... {% endif %} for somebody with on hold"),
    good=N_("the same with {% else %} and what everybody else should read"),
    fix=N_("Fill in the cell, or write what these people should read."),
)
NOTHING = Sentence(
    "tpl220.nothing",
    one=N_(
        '{letter}, line {line}: no alternative names {texts} in "{header}", so that nothing is written there for '
        "{people}"
    ),
    fix=N_("Write an alternative for them, or {{% else %}}, if they should read something there."),
)
BLANK = Sentence(
    "tpl220.blank",
    one=N_(
        '{letter}, line {line}: "{header}" is blank for {people}, who would get the words for everybody whose cell is '
        "not {tested}"
    ),
    fix=N_("Fill in the cells, or leave these people out, if those words are not meant for them."),
)


@rule("TPL220", "untested-value", Severity.WARN, Suppression.WAIVER, Scope.LETTER, DOC)
def untested_value(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Everybody whose cell a condition looks at is meant by one of its alternatives."""
    from mailmerge.letter.decisions.judging import spelling_key

    deciding = Deciding(inspection, letter)
    for choice in letter.choices:
        if not deciding.has(choice.field):
            continue
        cells = deciding.cells(choice)
        known = [text for text in choice.values if text in cells]
        rest = [cell for cell in cells if cell not in choice.values]
        if not known:
            continue  # told by TPL213
        blank = [cell for cell in rest if not cell.strip()]
        few = are_exceptions(sum(len(cells[cell]) for cell in blank), len(deciding.records))
        keys = {spelling_key(text) for text in choice.values}
        named = [cell for cell in rest if cell.strip() and spelling_key(cell) not in keys]
        if choice.otherwise is None and choice.alternatives > 1 and (named or (blank and few)):
            yield _found(deciding, choice, NOTHING, [*named, *(blank if few else [])])
        elif choice.otherwise and choice.otherwise.strip() and blank and few and named:
            yield _found(deciding, choice, BLANK, blank)


def _found(deciding: Deciding, choice: Choice, says: Sentence, texts: list[str]) -> RawFinding:
    cells = deciding.cells(choice)
    numbers = tuple(sorted(number for text in texts for number in cells[text]))
    return RawFinding(
        says=says,
        values={
            **deciding.values(choice, numbers),
            "tested": quotes(choice.values),
            "texts": quotes(texts),
        },
        evidence=(deciding.letter.name, choice.field, says.id, *choice.values, *sorted(texts)),
        record=deciding.first(numbers),
        field=choice.field,
        others=numbers[1:],
        affected=numbers,
        letter=deciding.letter.name,
        letter_line=choice.line,
        excerpt=choice.written,
    )
