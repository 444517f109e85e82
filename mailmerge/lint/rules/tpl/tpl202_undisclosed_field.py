"""TPL202: the letter uses only fields that it may disclose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.letter import header_lines
from mailmerge.lint.vocabulary import MARKS, PAY, is_internal, names_a_role, names_marks, names_pay, names_rank
from mailmerge.model import SIGNATURE, Severity
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("The letter uses only fields that it may disclose."),
    what=N_(
        "With a `Fields:` header: any field that is used, printed or in a condition, but not declared"
        " there. Without it: a field whose name suggests that it is internal, such as score, note,"
        " comment or reason, or salary in a letter that is not about pay."
    ),
    why=N_(
        "The recipient reads what the recruiter wrote for colleagues, and it can be produced in court. A condition on "
        "the score discloses the score."
    ),
    bad=N_("{% if score < 10 %}...{% endif %}"),
    good=N_("Fields: title, first_name, last_name, position"),
    fix=N_("Remove the field from the letter, or declare it in `Fields:` if the recipient may see it."),
)
_EXPRESSION = regex(r"\{[{%].*?[%}]\}")
_MARK = regex(r"\s*(?:\d{1,4}(?:[.,]\d{1,3})?(?:\s?(?:/\s?\d{1,4}|%))?|[A-F][+-]?)\s*")
_FIX = N_('Remove "{field}" from the letter, or add it to the Fields: header if the recipient may see it.')
_SENTENCES = {
    (True, True): Sentence(
        "tpl202.prints-undeclared",
        one=N_('{letter}, line {line}: the letter prints "{field}", which its Fields: header does not declare'),
        fix=_FIX,
    ),
    (False, True): Sentence(
        "tpl202.depends-undeclared",
        one=N_('{letter}, line {line}: the letter depends on "{field}", which its Fields: header does not declare'),
        fix=_FIX,
    ),
    (True, False): Sentence(
        "tpl202.prints-internal",
        one=N_('{letter}, line {line}: the letter prints "{field}", and its name suggests it is internal'),
        fix=_FIX,
    ),
    (False, False): Sentence(
        "tpl202.depends-internal",
        one=N_('{letter}, line {line}: the letter depends on "{field}", and its name suggests it is internal'),
        fix=_FIX,
    ),
}
"""By whether the field is printed, and whether the letter declares its fields."""


@rule("TPL202", "undisclosed-field", Severity.BLOCK, Suppression.WAIVER, Scope.LETTER, DOC)
def undisclosed_field(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Fields that the letter should not disclose."""
    email = inspection.table.columns.email
    to_lines = header_lines(letter, "To")
    known = inspection.table.names
    colleagues = inspection.people_columns.people
    reported: set[tuple[str, int]] = set()
    for expression in letter.expressions:
        for field in sorted(expression.fields):
            if (field == email and expression.line in to_lines) or (field == SIGNATURE and field not in known):
                continue
            if letter.declared is None:
                undisclosed = is_internal(field) and not (
                    (names_a_role(field) and field in colleagues)
                    or (names_rank(field) and _are_titles(inspection, field))
                    or (expression.printed and _is_announced(inspection, letter, field, expression.line))
                )
            else:
                undisclosed = field not in letter.declared
            if not undisclosed or (field, expression.line) in reported:
                continue
            reported.add((field, expression.line))
            yield RawFinding(
                says=_SENTENCES[expression.printed, letter.declared is not None],
                values={
                    "letter": Quoted(letter.name),
                    "line": expression.line,
                    "field": Quoted(inspection.table.header(field) if field in known else field),
                },
                evidence=(letter.name, field, expression.source),
                field=field,
                letter=letter.name,
                letter_line=expression.line,
                excerpt=expression.source,
            )


def _is_announced(inspection: Inspection, letter: Letter, field: str, line: int) -> bool:
    """Whether the author's own words, on this line or the one before, say that this is somebody's pay, or mark."""
    if names_pay(field):
        known = PAY
    elif names_marks(field) and _are_marks(inspection, field):
        known = MARKS
    else:
        return False
    around = "\n".join(letter.source.split("\n")[max(0, line - 2) : line])
    return not known.isdisjoint(fold(_EXPRESSION.sub(" ", around)).split())


def _are_titles(inspection: Inspection, field: str) -> bool:
    """Whether a column has ranks that are words or letters: "Second Officer", row B."""
    cells = [inspection.table.value(record, field) for record in inspection.records]
    return field in inspection.table.names and not any(any(map(str.isdigit, cell)) for cell in cells)


def _are_marks(inspection: Inspection, field: str) -> bool:
    """Whether a column holds nothing but numbers or single letters: remarks of colleagues are words."""
    cells = [inspection.table.value(record, field) for record in inspection.records]
    return field in inspection.table.names and all(_MARK.fullmatch(cell) for cell in cells if cell)
