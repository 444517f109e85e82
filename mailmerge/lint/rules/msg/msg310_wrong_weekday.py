"""MSG310: a date has the day of the week on which it falls."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.views.weekdays import Misdated, misdated_in
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("A date has the day of the week on which it falls."),
    what=N_(
        "A day of the week beside a date that falls on another one, in the letter, in a cell, or made of both. A date "
        "without a year is the one nearest to today."
    ),
    why=N_("Somebody who is invited for Monday 3 November, a Tuesday, does not know when to come."),
    bad=N_("Monday 3 November 2026"),
    good=N_('Tuesday 3 November 2026; {{ date_of_interview|date("full") }}, which finds the day by itself'),
    fix=N_("Correct the day of the week or the date, in the letter or in the cell."),
)
WRONG = Sentence(
    "msg310.wrong",
    one=N_('{person} would read "{text}", but that day is a {right}'),
    fix=DOC.fix,
    many=N_('{count} people would read a date with the wrong day of the week, such as "{text}", a {right} ({lines})'),
)
IN_LETTER = Sentence(
    "msg310.in-letter",
    one=N_('{letter}, line {line}: "{text}" is a {right}'),
    fix=N_("Correct the day of the week or the date in the letter."),
    many=N_('{letter}, line {line}: "{text}" is a {right} ({count} messages)'),
)


@rule("MSG310", "wrong-weekday", Severity.WARN, Suppression.WAIVER, Scope.MESSAGE, DOC)
def wrong_weekday(view: MessageView) -> Iterator[RawFinding]:
    """A date has the day of the week on which it falls."""
    if not (view.shape.names_weekday or view.inspection.weekday_fields):
        return
    text = f"{view.message.subject}\n{view.message.text}"
    for wrong in dict.fromkeys(misdated_in(text, datetime.date.today())):
        line = _line_in_letter(view, wrong.text)
        yield _for_person(view, wrong) if line is None else _for_everybody(view, wrong, line)


def _line_in_letter(view: MessageView, text: str) -> int | None:
    """The line at which the author wrote a date; None where a cell has a part in it."""
    written = re.compile(r"\s+".join(map(re.escape, text.split())))
    for constant in view.letter.letter.constants:
        if found := written.search(constant.text):
            return constant.line_at(found.start())
    return None


def _for_everybody(view: MessageView, wrong: Misdated, line: int) -> RawFinding:
    letter = view.letter.letter.name
    return RawFinding(
        says=IN_LETTER,
        values={"letter": Quoted(letter), "line": line, "text": Quoted(wrong.text), "right": wrong.right},
        evidence=(letter, wrong.text),
        letter=letter,
        letter_line=line,
        excerpt=wrong.text,
        cause=f"letter\x1f{letter}\x1f{wrong.text}",
        general=True,
    )


def _for_person(view: MessageView, wrong: Misdated) -> RawFinding:
    index = next((n for n, printed in enumerate(view.printed) if wrong.text in printed.text), None)
    field = None if index is None else view.field_of(index)
    return RawFinding(
        says=WRONG,
        values={"person": view.inspection.person(view.record), "text": Quoted(wrong.text), "right": wrong.right},
        evidence=(view.own_key, wrong.text),
        record=view.record,
        field=field,
        excerpt=wrong.text,
        cause=f"cell\x1f{field}",
    )
