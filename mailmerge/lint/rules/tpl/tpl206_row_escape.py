"""TPL206: A letter sees one record and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.tpl.render_failures import failures_of
from mailmerge.lint.views.batch import Survey
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("A letter sees one record and nothing else."),
    what=N_(
        "includes, imports, unbounded loops, attributes with underscores, calls that the sandbox forbids, and "
        "anything else that could reach another person's row, a file or the machine."
    ),
    why=N_("a letter that can reach another row can print it; templates are copied from mails and forums."),
    bad=N_("{% include \"/etc/passwd\" %}, {{ ''.__class__ }}"),
    good=N_("fields, conditions, filters"),
    fix=N_("take it out of the letter."),
)


@rule("TPL206", "row-escape", Severity.BLOCK, Suppression.NEVER, Scope.LETTER, DOC)
def row_escape(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """A letter sees one record and nothing else."""
    for forbidden in letter.forbidden:
        yield Found(
            message=f"{letter.name}, line {forbidden.line}: {forbidden.reason}",
            fix="Take it out of the letter: a letter may use the fields of its own record, conditions and filters.",
            evidence=(letter.name, forbidden.reason),
            letter=letter.name,
            letter_line=forbidden.line,
        )


@also("TPL206", Scope.SET)
def reaching_messages(survey: Survey) -> Iterator[Found]:
    """Messages in which the letter reached for what the sandbox forbids."""
    return failures_of(survey, forbidden=True)
