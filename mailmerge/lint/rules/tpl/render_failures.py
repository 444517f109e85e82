"""Messages that cannot be created, reported once for each cause."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.errors import RenderFailed
from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding
from mailmerge.lint.sentence import Because, Quoted, Sentence
from mailmerge.lint.views.batch import Batch
from mailmerge.lint.views.inspection import Inspection

_EXPRESSION = Sentence(
    "tpl201.failed-expression",
    one=N_("{person}: the message could not be created ({letter}, line {line}): {expression}: {reason}"),
    fix=N_("Correct the expression in the letter, or the cell that it reads."),
    many=N_("{count} messages could not be created ({letter}, line {line}): {expression}: {reason} ({lines})"),
)
_LINE = Sentence(
    "tpl201.failed-line",
    one=N_("{person}: the message could not be created ({letter}, line {line}): {reason}"),
    fix=N_("Correct that line of the letter, or the cell that it reads."),
    many=N_("{count} messages could not be created ({letter}, line {line}): {reason} ({lines})"),
)
_FAILED = Sentence(
    "tpl201.failed",
    one=N_("{person}: the message could not be created: {reason}"),
    fix=N_("Correct the letter, or the cell that it reads."),
    many=N_("{count} messages could not be created: {reason} ({lines})"),
)


def failures_of(survey: Batch, *, forbidden: bool) -> Iterator[RawFinding]:
    """The messages that could not be created: by a mistake, or (``forbidden``) by reaching beyond the letter."""
    inspection = survey.inspection
    known = set(inspection.table.names)
    if forbidden:
        reported = {each.line for letter in inspection.letters for each in letter.forbidden}
    else:
        reported = {each.line for letter in inspection.letters for each in letter.expressions if each.fields - known}
    for record, error in survey.failures:
        if error.forbidden is not forbidden or error.line in reported:
            continue
        yield RawFinding(
            says=_sentence(error),
            values={
                "person": inspection.person(record),
                "letter": Quoted(error.letter),
                "line": error.line or 0,
                "expression": Quoted(error.expression),
                "reason": Because(error.reason),
            },
            evidence=(error.expression, *error.reason.tokens, *_address(inspection, record.values)),
            record=record,
            letter_line=error.line,
            excerpt=error.expression,
            cause="\x1f".join((str(error.line), *((error.expression,) if error.expression else error.reason.tokens))),
        )


def _sentence(error: RenderFailed) -> Sentence:
    if error.line is None:
        return _FAILED
    return _EXPRESSION if error.expression else _LINE


def _address(inspection: Inspection, values: tuple[str, ...]) -> tuple[str, ...]:
    email = inspection.table.columns.email
    return (values[inspection.table.names.index(email)],) if email else ()
