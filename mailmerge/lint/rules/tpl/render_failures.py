"""Letters that cannot be rendered, told once for each cause."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.finding import Found
from mailmerge.lint.views.batch import Survey
from mailmerge.lint.views.inspection import Inspection
from mailmerge.text import shorten


def failures_of(survey: Survey, *, forbidden: bool) -> Iterator[Found]:
    """The messages that could not be rendered: by a mistake, or (``forbidden``) by reaching beyond the letter."""
    inspection = survey.inspection
    known = set(inspection.table.names)
    if forbidden:
        told = {each.line for letter in inspection.letters for each in letter.forbidden}
    else:
        told = {each.line for letter in inspection.letters for each in letter.expressions if each.fields - known}
    for record, error in survey.failures:
        if error.forbidden is not forbidden or error.line in told:
            continue
        where = f" (line {error.line} of the letter)" if error.line is not None else ""
        reason = shorten(error.reason, 160)
        yield Found(
            message=f"{inspection.person(record)}: the letter cannot be made: {reason}{where}",
            fix=_RENDER_FIX,
            evidence=(error.expression, error.reason, *_address(inspection, record.values)),
            record=record,
            letter_line=error.line,
            excerpt=error.expression,
            cause=f"{error.line}\x1f{error.expression or error.reason}",
            together=f"the letter cannot be made for {{count}} people: {reason}{where}; {{lines}}",
        )


_RENDER_FIX = "Correct the expression in the letter, or the cell that it reads."


def _address(inspection: Inspection, values: tuple[str, ...]) -> tuple[str, ...]:
    email = inspection.table.columns.email
    return (values[inspection.table.names.index(email)],) if email else ()
