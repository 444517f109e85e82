"""TPL206: a letter can use only one row of the table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.tpl.render_failures import failures_of
from mailmerge.lint.sentence import Because, Quoted, Sentence
from mailmerge.lint.views.batch import Batch
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("A letter can use only one row of the table."),
    what=N_(
        "Includes, imports, loops without a limit, properties of values, calls that the sandbox forbids, and anything "
        "else that could reach another person's row, a file or the computer."
    ),
    why=N_("A letter that can reach another row can print it, and templates are copied from e-mails and forums."),
    bad=N_("{% include \"/etc/passwd\" %}, {{ ''.__class__ }}"),
    good=N_("Fields, conditions and filters"),
    fix=N_("Remove it from the letter."),
)
_FORBIDDEN = Sentence(
    "tpl206.forbidden",
    one=N_("{letter}, line {line}: {reason}"),
    fix=N_("Remove it from the letter, which may use only the fields of its own row, conditions and filters."),
)


@rule("TPL206", "row-escape", Severity.BLOCK, Suppression.NEVER, Scope.LETTER, DOC)
def row_escape(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """What the letter cannot hold."""
    for forbidden in letter.forbidden:
        yield RawFinding(
            says=_FORBIDDEN,
            values={
                "letter": Quoted(letter.name),
                "line": forbidden.line,
                "reason": Because(forbidden.reason),
            },
            evidence=(letter.name, *forbidden.reason.tokens),
            letter=letter.name,
            letter_line=forbidden.line,
        )


@also("TPL206", Scope.SET)
def reaching_messages(survey: Batch) -> Iterator[RawFinding]:
    """Messages in which the letter reached for what the sandbox forbids."""
    return failures_of(survey, forbidden=True)
