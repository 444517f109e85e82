"""TPL201: nothing undefined, nothing blank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.tpl.render_failures import failures_of
from mailmerge.lint.views.batch import Survey
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.message import MessageView
from mailmerge.model import SIGNATURE, Expression, Severity
from mailmerge.records.likely import likely_field
from mailmerge.text import shorten

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("Nothing undefined, nothing blank."),
    what=N_(
        "a field that the table does not have; {{ signature }} where no account gives one; and a printed "
        "expression that is blank for somebody, where the letter does not say what to print instead."
    ),
    why=N_('"Bonjour ," and "au poste de ." tell a person that nobody read the letter before it left.'),
    bad=N_("Bonjour {{ prenon }}, or Bonjour {{ prenom }} where the cell is empty"),
    good=N_('Bonjour {{ prenom|default("") }}, which says that blank is meant; or a condition around it'),
    fix=N_("correct the field's name, fill in the cell, or write a default."),
)


@rule("TPL201", "undefined-or-empty", Severity.BLOCK, Suppression.NEVER, Scope.LETTER, DOC)
def undefined_or_empty(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """Nothing undefined, nothing blank."""
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
    return failures_of(survey, forbidden=False)


def _braced(expression: Expression) -> str:
    source = shorten(expression.source, 60)
    return source if source.startswith("{{") else f"{{{{ {source} }}}}"
