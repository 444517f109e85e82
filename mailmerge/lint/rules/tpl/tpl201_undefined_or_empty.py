"""TPL201: every field exists and no printed value is blank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.tpl.render_failures import failures_of
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.batch import Batch
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.message import MessageView
from mailmerge.model import SIGNATURE, Expression, Field, Severity
from mailmerge.records.columns.headers import is_not_everybodys
from mailmerge.records.columns.likely import likely_field

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("Every field exists and no printed value is blank."),
    what=N_(
        "A field that the table does not have; {{ signature }} without an account that has one; and a printed "
        "expression that is blank for somebody, unless the letter says what to print instead. A blank cell that a "
        "condition counts as 0 is one too."
    ),
    why=N_('"Dear ," and "the position of ." show the recipient that nobody read the letter before it was sent.'),
    bad=N_("Dear {{ first_nam }}, or Dear {{ first_name }} with an empty cell"),
    good=N_('Dear {{ first_name|default("") }}, if blank is intended; or a condition around it'),
    fix=N_("Correct the name of the field, fill in the cell, or give a default."),
)
_FIX_UNKNOWN = N_("Correct the name; the table has {columns}.")
_FIX_MEANT = N_('Write [fields] {field} = "{header}" in campaign.toml, or {{{{ {meant} }}}} in the letter.')
_FIX_SIGNATURE = N_(
    'Name the account in campaign.toml (account = "NAME") and write its signature in config.toml (signature = "..."),'
    ' or say in the letter what to print without one: {{{{ signature|default("...") }}}}.'
)
_UNKNOWN = (
    Sentence(
        "tpl201.unknown",
        one=N_("{letter}, line {line}: the letter uses {field}, but there is no such column"),
        fix=_FIX_UNKNOWN,
    ),
    Sentence(
        "tpl201.unknown-lines",
        one=N_("{letter}, lines {line}: the letter uses {field}, but there is no such column"),
        fix=_FIX_UNKNOWN,
    ),
)
"""For one line, and for several."""
_MEANT = (
    Sentence(
        "tpl201.meant",
        one=N_('{letter}, line {line}: the letter uses {field}, but there is no such column; did you mean "{header}"?'),
        fix=_FIX_MEANT,
    ),
    Sentence(
        "tpl201.meant-lines",
        one=N_(
            '{letter}, lines {line}: the letter uses {field}, but there is no such column; did you mean "{header}"?'
        ),
        fix=_FIX_MEANT,
    ),
)
_UNSIGNED = (
    Sentence(
        "tpl201.unsigned",
        one=N_(
            "{letter}, line {line}: the letter uses {field}, but there is no such column and no account has a signature"
        ),
        fix=_FIX_SIGNATURE,
    ),
    Sentence(
        "tpl201.unsigned-lines",
        one=N_(
            "{letter}, lines {line}: the letter uses {field}, but there is no such column "
            "and no account has a signature"
        ),
        fix=_FIX_SIGNATURE,
    ),
)
_BLANK = Sentence(
    "tpl201.blank",
    one=N_("{person}: {expression} is blank ({letter}, line {line})"),
    fix=N_('Fill in "{header}", put a condition around the expression, or write |default("") if blank is intended.'),
    many=N_("{expression} is blank for {count} people ({letter}, line {line}): {lines}"),
)
_BLANK_RESULT = Sentence(
    "tpl201.blank-result",
    one=N_("{person}: {expression} is blank ({letter}, line {line})"),
    fix=N_(
        'Correct the expression or its cells, put a condition around it, or write |default("") if blank is intended.'
    ),
    many=N_("{expression} is blank for {count} people ({letter}, line {line}): {lines}"),
)
_COUNTED = Sentence(
    "tpl201.counted-as-zero",
    one=N_("{person}: a blank cell would count as 0 in {expression} ({letter}, line {line})"),
    fix=N_(
        "Fill in the cell; write |float(0) if a blank means 0; or ask first whether there is a value: field and ..."
    ),
    many=N_("a blank cell would count as 0 in {expression} for {count} people ({letter}, line {line}): {lines}"),
)
_NO_SUBJECT = Sentence(
    "tpl201.no-subject",
    one=N_("{person} would get a message without a subject ({letter})"),
    fix=N_('Add a line such as "Subject: Your application" at the top of the letter.'),
    many=N_("{count} messages from {letter} have no subject: {lines}"),
)
_COLUMNS_SHOWN = 12


@rule("TPL201", "undefined-or-empty", Severity.BLOCK, Suppression.NEVER, Scope.LETTER, DOC)
def undefined_or_empty(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Fields that the table does not have."""
    known = set(inspection.table.names)
    undefined: dict[str, list[Expression]] = {}
    for expression in letter.expressions:
        for field in expression.fields - known:
            if field == SIGNATURE and expression.has_default:
                continue  # the letter says what to print where no account gives one
            undefined.setdefault(field, []).append(expression)
    for field, expressions in undefined.items():
        near = None if field == SIGNATURE else likely_field(inspection.table, field)
        lines = sorted({expression.line for expression in expressions})
        yield RawFinding(
            says=_undefined(field, near)[len(lines) > 1],
            values={
                "letter": Quoted(letter.name),
                "line": ", ".join(map(str, lines)),
                "field": Quoted(field),
                "header": Quoted(near.header if near else ""),
                "meant": near.name if near else "",
                "columns": ", ".join(inspection.table.names[:_COLUMNS_SHOWN]),
            },
            evidence=(letter.name, field),
            field=field,
            letter=letter.name,
            letter_line=expressions[0].line,
            excerpt=expressions[0].source,
            column=near.header if near else "",
        )


def _undefined(field: str, near: Field | None) -> tuple[Sentence, Sentence]:
    if field == SIGNATURE:
        return _UNSIGNED
    return _MEANT if near else _UNKNOWN


@also("TPL201", Scope.MESSAGE)
def blank_values(view: MessageView) -> Iterator[RawFinding]:
    """Printed expressions that came out blank."""
    letter, table = view.letter.letter, view.inspection.table
    known = set(table.names)
    for expression in {expression.source: expression for expression in view.message.blanks}.values():
        if not expression.fields <= known:
            continue
        fields = sorted(expression.fields)
        if len(fields) == 1 and is_not_everybodys(table.header(fields[0])) and _is_within_a_name(view, expression):
            continue
        values: dict[str, Value] = {
            "person": view.inspection.person(view.record),
            "expression": Quoted(expression.source),
            "letter": Quoted(letter.name),
            "line": expression.line,
        }
        if len(fields) == 1:
            values["header"] = Quoted(table.header(fields[0]))
        decides = not expression.printed or expression.has_default
        yield RawFinding(
            says=_COUNTED if decides else _BLANK if len(fields) == 1 else _BLANK_RESULT,
            values=values,
            evidence=(expression.source, view.own_key),
            record=view.record,
            field=fields[0] if fields else None,
            letter=letter.name,
            letter_line=expression.line,
            excerpt=expression.source,
            cause=f"{letter.name}\x1f{expression.source}",
        )


def _is_within_a_name(view: MessageView, expression: Expression) -> bool:
    """Whether the same line prints the surname or the first name, and that is not blank."""
    table = view.inspection.table
    beside = [
        each.fields
        for each in view.letter.letter.expressions
        if each.printed and each.line == expression.line and each.source != expression.source
    ]
    return any(table.value(view.record, name) for fields in beside for name in fields if name in table.columns.names)


@also("TPL201", Scope.MESSAGE)
def blank_subject(view: MessageView) -> Iterator[RawFinding]:
    """No message is sent without a subject."""
    if view.message.subject or view.message.blanks:
        return
    letter = view.letter.letter
    yield RawFinding(
        says=_NO_SUBJECT,
        values={"person": view.inspection.person(view.record), "letter": Quoted(letter.name)},
        evidence=(letter.name, "Subject", view.own_key),
        record=view.record,
        letter=letter.name,
        letter_line=1,
        cause=f"{letter.name}\x1fSubject",
    )


@also("TPL201", Scope.SET)
def failures(survey: Batch) -> Iterator[RawFinding]:
    """Messages that could not be created."""
    return failures_of(survey, forbidden=False)
