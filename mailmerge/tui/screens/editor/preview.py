"""One person's message from the text in the editor, and what stands in its way. No file is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from mailmerge.errors import LetterError, RenderFailed
from mailmerge.i18n import _
from mailmerge.letter import Letter, parse_letter
from mailmerge.model import SIGNATURE, Expression, Message, Recipient, RecordTable
from mailmerge.records.columns.likely import likely_field
from mailmerge.text.addresses import Mailbox
from mailmerge.tui.content.message_views import Face, html_face, letter_face


class PreviewRequest(Struct, frozen=True):
    """What to compose."""

    revision: int
    text: str
    path: Path
    extra_headers: Sequence[str]
    table: RecordTable
    recipient: Recipient
    sender: Mailbox | None
    face: str
    """``letter`` or ``html``."""
    signature: str = ""
    """The account's; ``""`` where there is none."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Fields of the letter that the table calls otherwise."""


class PreviewProblem(Struct, frozen=True):
    """Why the letter cannot be used, or not for this person."""

    line: int | None
    """Of the letter, from 1."""
    said: str
    undeclared: str = ""
    """The field that the ``Fields:`` header does not name, where that is the problem."""
    says_where: bool = False
    """Whether the sentence names the line itself."""


class Preview(Struct, frozen=True):
    """What came of a text."""

    revision: int
    recipient: Recipient
    face: Face | None = None
    """None where there is no message."""
    problems: tuple[PreviewProblem, ...] = ()
    unknown: frozenset[str] = frozenset()
    """Fields that the letter uses and the table does not have."""
    kind: str = ""
    """What the letter is written in; ``""`` where it cannot be read."""


def preview(request: PreviewRequest) -> Preview:
    """Compose one person's message from a text."""
    try:
        letter = parse_letter(
            request.text,
            request.path,
            extra_headers=request.extra_headers,
            signature=request.signature,
            columns=request.columns,
        )
    except LetterError as error:
        return Preview(request.revision, request.recipient, problems=(problem_of(error),))
    unknown = frozenset().union(*map(_needed, letter.expressions)) - set(request.table.names)
    problems = [*_unknown_fields(letter, unknown, request.table), *_undeclared_fields(letter)]
    face = None
    try:
        message = letter.compose(request.recipient, request.table.values(request.recipient.record))
        face = html_face(message) if request.face == "html" else letter_face(message, request.sender)
        problems += _blanks(message, unknown)
    except RenderFailed as error:
        if not unknown:
            problems.append(problem_of(error))
    return Preview(request.revision, request.recipient, face, tuple(problems), unknown, letter.kind)


def _needed(expression: Expression) -> frozenset[str]:
    """The fields without which it cannot be printed: a signature may come from no account, where the letter says so."""
    return expression.fields - {SIGNATURE} if expression.has_default else expression.fields


def problem_of(error: LetterError | RenderFailed) -> PreviewProblem:
    """What an error says, less the name of the file, which everybody sees."""
    return PreviewProblem(error.line, error.problem)


def _unknown_fields(letter: Letter, unknown: frozenset[str], table: RecordTable) -> Iterator[PreviewProblem]:
    for expression in letter.expressions:
        for name in sorted(_needed(expression) & unknown):
            near = likely_field(table, name)
            if name == SIGNATURE:
                yield PreviewProblem(
                    expression.line,
                    _('no account gives a signature: edit the account, or write signature|default("...")'),
                )
                continue
            said = (
                _("the table has no field {name}; did you mean {near}?").format(name=name, near=near.name)
                if near
                else _("the table has no field {name}; Ctrl+Space shows the fields it has").format(name=name)
            )
            yield PreviewProblem(expression.line, said)


def _undeclared_fields(letter: Letter) -> Iterator[PreviewProblem]:
    if letter.declared is None:
        return
    for expression in letter.expressions:
        for name in sorted(expression.fields - letter.declared - {SIGNATURE}):
            yield PreviewProblem(
                expression.line,
                _("the Fields: header does not name {name}, which this letter uses").format(name=name),
                undeclared=name,
            )


def _blanks(message: Message, unknown: frozenset[str]) -> Iterator[PreviewProblem]:
    who = message.recipient.name or message.recipient.address or _("this person")
    for expression in message.blanks:
        if not expression.fields & unknown:
            yield PreviewProblem(
                expression.line, _("{expression} is blank for {who}").format(expression=expression.source, who=who)
            )
