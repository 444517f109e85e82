"""TPL202: only what the letter may disclose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import INTERNAL
from mailmerge.model import SIGNATURE, Severity

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("Only what the letter may disclose."),
    what=N_(
        "with a `Fields:` header, any field used that is not declared there, printed or in a condition; without "
        "it, a field whose name is internal: score, note, avis, commentaire, motif, salaire, interviewer and the "
        "like."
    ),
    why=N_(
        "what the recruiter wrote about a person for colleagues is read by the person, and is a document in court; "
        "a condition on the score discloses the score."
    ),
    bad=N_("{% if score < 10 %}...{% endif %}"),
    good=N_("Fields: civilite, prenom, nom, poste"),
    fix=N_("take the field out of the letter, or declare it in `Fields:` if the person may know it."),
)


@rule("TPL202", "undisclosed-field", Severity.BLOCK, Suppression.WAIVER, Scope.LETTER, DOC)
def undisclosed_field(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """Only what the letter may disclose."""
    email = inspection.table.columns.email
    to_lines = _header_lines(letter, "To")
    known = inspection.table.names
    told: set[tuple[str, int]] = set()
    for expression in letter.expressions:
        for field in sorted(expression.fields):
            if (field == email and expression.line in to_lines) or (field == SIGNATURE and field not in known):
                continue
            if letter.declared is not None:
                undisclosed, reason = field not in letter.declared, "its Fields: header does not declare it"
            else:
                undisclosed, reason = bool(INTERNAL & set(field.split("_"))), "its name says that it is internal"
            if not undisclosed or (field, expression.line) in told:
                continue
            told.add((field, expression.line))
            verb = "prints" if expression.printed else "decides by"
            yield Found(
                message=f"{letter.name}, line {expression.line}: the letter {verb} {field}, and {reason}",
                fix=f"Take {field} out of the letter, or add it to its Fields: header if the person may know it.",
                evidence=(letter.name, field, expression.source),
                field=field,
                letter=letter.name,
                letter_line=expression.line,
                excerpt=expression.source,
            )


def _header_lines(letter: Letter, name: str) -> frozenset[int]:
    """The lines of a header field, its folded ones too."""
    starts = sorted(header.line for header in letter.headers)
    lines: set[int] = set()
    for header in letter.headers:
        if header.name.casefold() == name.casefold():
            following = [start for start in starts if start > header.line]
            lines.update(range(header.line, following[0] if following else header.line + 1))
    return frozenset(lines)
