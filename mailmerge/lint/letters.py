"""The letter as its author wrote it: what it uses, whom it names, and what it forgot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.registry import Scope, also, rule
from mailmerge.lint.scans import MessageView
from mailmerge.lint.survey import Survey
from mailmerge.lint.vocabulary import INTERNAL
from mailmerge.model import SIGNATURE, Expression, Severity
from mailmerge.records.likely import likely_field
from mailmerge.text import shorten

if TYPE_CHECKING:
    from mailmerge.letter import Letter


@rule("TPL201", "undefined-or-empty", Severity.BLOCK, Suppression.NEVER, Scope.LETTER)
def undefined_or_empty(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """Nothing undefined, nothing blank.

    What: a field that the table does not have; {{ signature }} where no account gives one; and a printed expression
    that is blank for somebody, where the letter does not say what to print instead.
    Why: "Bonjour ," and "au poste de ." tell a person that nobody read the letter before it left.
    Bad: Bonjour {{ prenon }}, or Bonjour {{ prenom }} where the cell is empty
    Good: Bonjour {{ prenom|default("") }}, which says that blank is meant; or a condition around it
    Fix: correct the field's name, fill in the cell, or write a default.
    """
    known = set(inspection.table.names)
    undefined: dict[str, list[Expression]] = {}
    for expression in letter.expressions:
        for field in expression.fields - known:
            undefined.setdefault(field, []).append(expression)
    for field, expressions in undefined.items():
        near = likely_field(inspection.table, field)
        hint = f'; did you mean "{shorten(near.header, 40)}"?' if near else ""
        fix = f"Correct the name; the table has {', '.join(inspection.table.names[:12])}."
        if near:
            fix = (
                f'Write [fields] {field} = "{shorten(near.header, 60)}" in campaign.toml, or {{{{ {near.name} }}}} in '
                "the letter."
            )
        if field == SIGNATURE:
            near, hint, fix = None, " and no account gives one", _SIGNATURE_FIX
        lines = ", ".join(str(line) for line in sorted({expression.line for expression in expressions}))
        yield Found(
            message=f"{letter.name}, line{'s'[: ',' in lines]} {lines}: the letter uses {field}, "
            f"and the table has no such column{hint}",
            fix=fix,
            evidence=(letter.name, field),
            field=field,
            letter=letter.name,
            letter_line=expressions[0].line,
            excerpt=expressions[0].source,
            column=near.header if near else "",
        )


_SIGNATURE_FIX = (
    'Name the account in campaign.toml, account = "NAME", and write its signature into config.toml, signature = "...".'
)


@also("TPL201", Scope.MESSAGE)
def blank_values(view: MessageView) -> Iterator[Found]:
    """The part of TPL201 that shows in a message: printed expressions that came out blank."""
    letter = view.letter.letter
    known = set(view.inspection.table.names)
    for expression in {expression.source: expression for expression in view.message.blanks}.values():
        if not expression.fields <= known:
            continue
        yield Found(
            message=f"{view.inspection.person(view.record)}: {_braced(expression)} is blank "
            f"({letter.name}, line {expression.line})",
            fix='Fill in the cell, put a condition around it, or write |default("") where blank is meant.',
            evidence=(expression.source, view.own_key),
            record=view.record,
            field=next(iter(sorted(expression.fields)), None),
            letter=letter.name,
            letter_line=expression.line,
            excerpt=expression.source,
            cause=f"{letter.name}\x1f{expression.source}",
            together=f"{_braced(expression)} is blank for {{count}} people ({letter.name}, "
            f"line {expression.line}): {{lines}}",
        )


@also("TPL201", Scope.MESSAGE)
def blank_subject(view: MessageView) -> Iterator[Found]:
    """The part of TPL201 about the subject: no message leaves without one."""
    if view.message.subject or view.message.blanks:
        return
    letter = view.letter.letter
    yield Found(
        message=f"{view.inspection.person(view.record)} gets a message without a subject ({letter.name})",
        fix="Write a line such as Subject: Your application at the top of the letter.",
        evidence=(letter.name, "Subject", view.own_key),
        record=view.record,
        letter=letter.name,
        letter_line=1,
        cause=f"{letter.name}\x1fSubject",
        together=f"{letter.name} gives {{count}} messages no subject: {{lines}}",
    )


@also("TPL201", Scope.SET)
def failures(survey: Survey) -> Iterator[Found]:
    """Messages that could not be composed."""
    return _failures(survey, forbidden=False)


def _failures(survey: Survey, *, forbidden: bool) -> Iterator[Found]:
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


@rule("TPL202", "undisclosed-field", Severity.BLOCK, Suppression.WAIVER, Scope.LETTER)
def undisclosed_field(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """Only what the letter may disclose.

    What: with a `Fields:` header, any field used that is not declared there, printed or in a condition; without it,
    a field whose name is internal: score, note, avis, commentaire, motif, salaire, interviewer and the like.
    Why: what the recruiter wrote about a person for colleagues is read by the person, and is a document in court;
    a condition on the score discloses the score.
    Bad: {% if score < 10 %}...{% endif %}
    Good: Fields: civilite, prenom, nom, poste
    Fix: take the field out of the letter, or declare it in `Fields:` if the person may know it.
    """
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


@rule("TPL206", "row-escape", Severity.BLOCK, Suppression.NEVER, Scope.LETTER)
def row_escape(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """A letter sees one record and nothing else.

    What: includes, imports, unbounded loops, attributes with underscores, calls that the sandbox forbids, and anything
    else that could reach another person's row, a file or the machine.
    Why: a letter that can reach another row can print it; templates are copied from mails and forums.
    Bad: {% include "/etc/passwd" %}, {{ ''.__class__ }}
    Good: fields, conditions, filters
    Fix: take it out of the letter.
    """
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
    return _failures(survey, forbidden=True)


def _braced(expression: Expression) -> str:
    source = shorten(expression.source, 60)
    return source if source.startswith("{{") else f"{{{{ {source} }}}}"
