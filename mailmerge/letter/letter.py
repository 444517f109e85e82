"""A letter: one record in, one message out; what is printed and what is the author's own is never mixed up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateError
from msgspec import Struct, field
from msgspec.structs import replace

from mailmerge.errors import LetterError, RenderFailed
from mailmerge.i18n import N_, number
from mailmerge.letter.branches import all_branches, bodies, branches
from mailmerge.letter.budget import MAX_OUTPUT
from mailmerge.letter.decisions.deciding import Choice, Comparison, Decision
from mailmerge.letter.jinja.sandbox import environment
from mailmerge.letter.jinja.syntax import NO_COLUMNS, read_program
from mailmerge.letter.layout import CompiledLayout, compile_layout
from mailmerge.letter.placeholders import as_written, signed
from mailmerge.letter.program import ConstantText, Forbidden, LetterProgram, Unknown
from mailmerge.letter.reasons import Impossible, LimitExceeded, UnsafeContext, library_reason, reason
from mailmerge.letter.recorder import RECORDER, Recorder
from mailmerge.letter.source.mailboxes import read_mailboxes, sender_problem
from mailmerge.letter.source.template import Kind, LetterHeader, Template, parse_template, read_template
from mailmerge.letter.wire.attachments import AttachmentFolder
from mailmerge.model import SIGNATURE, Attachment, Expression, Message, Recipient
from mailmerge.text.addresses import parse_address

_MAX_SHAPES = 256
"""Shapes kept; a letter with loops over cells can have one for every person."""

RUNTIME_ERRORS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What an expression of a letter can raise."""


class Letter:
    """A letter template, read and checked; :meth:`compose` makes one person's message of it."""

    path: Path
    name: str
    """What people call it: its path as the campaign names it, else the name of its file."""
    kind: Kind
    language: str
    """BCP 47, from Content-Language or the file's name (``rejection.fr.md``); ``""`` where unknown."""
    declared: frozenset[str] | None
    """Identifiers in the ``Fields:`` header; None without one."""
    headers: tuple[LetterHeader, ...]
    expressions: tuple[Expression, ...]
    """All of them, those that print and those that steer, in the order of the file."""
    constants: tuple[ConstantText, ...]
    forbidden: tuple[Forbidden, ...]
    """What the sandbox refuses; with any, :meth:`compose` fails."""
    needed: frozenset[str]
    """Fields that are printed without a default, and not within a condition that they are there."""
    decisions: tuple[Decision, ...]
    """What its conditions look for in the cells of a column."""
    choices: tuple[Choice, ...]
    """Those of its conditions that look for texts in one cell, each with its alternatives."""
    body_lines: tuple[int, ...]
    """The line on which the body begins; two where the author wrote a text and an HTML section."""
    signature: str
    """The text that ``{{ signature }}`` prints; ``""`` where the letter does not use it, or nobody gave it one."""

    def __init__(self, template: Template, program: LetterProgram, options: LetterOptions) -> None:
        self.path = template.path
        self.name = options.name or template.path.name
        self.kind = template.kind
        self.language = template.language
        columns = options.columns
        self.declared = template.declared and frozenset(columns.get(name, name) for name in template.declared)
        self.headers = template.headers
        self.expressions = tuple(program.expressions)
        self.constants = tuple(program.constants)
        self.needed = frozenset(program.needed)
        self.decisions = tuple(program.decisions)
        self.choices = tuple(program.choices)
        self.signature = options.signature if any(each.part == SIGNATURE for each in self.constants) else ""
        self._names = tuple(part.name for part in template.parts)
        self.body_lines = tuple(part.line for part in template.parts if part.name == "body")
        self._text = template.text
        self._options = options
        self._defaulted = tuple(expression.has_default for expression in self.expressions)
        self._layouts: dict[str, CompiledLayout] = {}
        self._lock = Lock()
        self._folder = AttachmentFolder(self.path.parent)
        self._program: JinjaTemplate | None = None
        self._limit = MAX_OUTPUT + sum(len(part.source) for part in template.parts)
        self._senders: frozenset[str] = frozenset()
        self.forbidden = tuple(program.forbidden)
        if not self.forbidden:
            self._program = environment().from_string(program.tree)
            self._check_all_branches(template, program)

    def __repr__(self) -> str:
        return f"<Letter {self.path}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _parsed_again, (self._text, self.path, self._options, self.files)

    def signed(self, signature: str) -> Letter:
        """The same letter, as it was read, with another signature."""
        return _parsed_again(self._text, self.path, replace(self._options, signature=signature), self.files)

    def with_columns(self, columns: Mapping[str, str]) -> Letter:
        """The same letter, as it was read, with other columns for its fields."""
        return _parsed_again(self._text, self.path, replace(self._options, columns=dict(columns)), self.files)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The texts that its conditions look for."""
        return tuple(each for each in self.decisions if isinstance(each, Comparison))

    @property
    def source(self) -> str:
        """The text of the letter's file, as it was read."""
        return self._text

    def file_digest(self, attachment: Attachment) -> bytes:
        """What one of the attached files holds, as a SHA-256; the same wherever the file is."""
        return self._folder.digest(attachment)

    @property
    def files(self) -> Mapping[str, bytes]:
        """The attached files that were read, by path, each with a digest of how it read."""
        return self._folder.digests

    def pin_attachments(self, files: Mapping[str, bytes]) -> None:
        """Attach a file from now on only if it reads as it did there (:attr:`files`); :meth:`compose` fails else."""
        self._folder.pin_attachments(files)

    @property
    def declared_senders(self) -> frozenset[str]:
        """The addresses that the author wrote in From and Reply-To."""
        return self._senders

    def compose(self, recipient: Recipient, values: Mapping[str, str]) -> Message:
        """The message of one person; ``values`` are the record's, by identifier.

        Raises:
            RenderFailed: an undefined field decides something, an expression cannot be computed, the message grows
                too large, the letter holds something forbidden, or an attached file has changed since it was read.
        """
        if self._program is None or self.forbidden:
            first = self.forbidden[0]
            raise RenderFailed(first.reason, letter=self.name, line=first.line, forbidden=True)
        recorder = Recorder(self.language, self._defaulted)
        skeleton = self._render(self._program, recorder, values)
        layout = self._layouts.get(skeleton) or self._layout(skeleton)
        shape = layout.shape
        printed = tuple(recorder.values)
        return Message(
            recipient,
            shape,
            printed,
            tuple(self.expressions[index] for index in recorder.blanks),
            self._attachments(layout, printed) if shape.attachments else (),
        )

    def _check_all_branches(self, template: Template, program: LetterProgram) -> None:
        """Check every branch for unsafe placements, and collect the senders."""
        whole = all_branches(program)
        try:
            self._layouts[whole] = self._compiled(whole)  # the one that is composed, where nothing is decided
        except UnsafeContext as error:
            self.forbidden = (Forbidden(self.expressions[error.expression].line, error.reason),)
            return
        except LimitExceeded as error:
            self.forbidden = (Forbidden(self.body_lines[0], error.reason),)
            return
        self._senders = frozenset(self._written_senders(template, program))

    def _written_senders(self, template: Template, program: LetterProgram) -> Iterator[str]:
        """The addresses of From and Reply-To, in each of their branches exactly one.

        Raises:
            LetterError: one of them is no mailbox, or more than one.
        """
        lines = {header.name: header.line for header in template.headers}
        for name, body in zip(self._names, bodies(program), strict=False):
            if name not in ("From", "Reply-To"):
                continue
            for skeleton in branches(body):
                skeleton = signed(skeleton, self.signature)
                if not skeleton.strip():
                    continue  # a branch without the field
                problem = sender_problem(name, skeleton, partial(as_written, expressions=self.expressions))
                if problem:
                    raise LetterError(N_("{problem}"), path=self.path, line=lines[name], problem=problem)
                address = read_mailboxes(skeleton)[0].address
                if not address.slots:
                    yield parse_address(address.constants[0])

    def _render(self, program: JinjaTemplate, recorder: Recorder, values: Mapping[str, str]) -> str:
        context = program.new_context({**values, RECORDER: recorder}, shared=True)
        pieces: list[str] = []
        size = 0
        try:
            for piece in program.root_render_func(context):
                size += len(piece)
                if size > self._limit:
                    raise LimitExceeded("message-too-long", limit=number(MAX_OUTPUT))
                pieces.append(piece)
        except RUNTIME_ERRORS as error:
            raise self._failure(program, error, values) from None
        return "".join(pieces)

    def _compiled(self, skeleton: str) -> CompiledLayout:
        return compile_layout(skeleton, self._names, self.kind, self.language, self.expressions, self.signature)

    def _layout(self, skeleton: str) -> CompiledLayout:
        try:
            layout = self._compiled(skeleton)
        except UnsafeContext as error:
            line = self.expressions[error.expression].line
            raise RenderFailed(error.reason, letter=self.name, line=line, forbidden=True) from None
        except LimitExceeded as error:
            raise RenderFailed(error.reason, letter=self.name, line=self.body_lines[0]) from None
        with self._lock:
            while len(self._layouts) >= _MAX_SHAPES:
                self._layouts.pop(next(iter(self._layouts)))
            return self._layouts.setdefault(skeleton, layout)

    def _attachments(self, layout: CompiledLayout, values: tuple[str, ...]) -> tuple[Attachment, ...]:
        return tuple(
            self._folder.attachment(
                pattern.fill(values).strip(),
                content_id,
                within=pattern.constants[0].lstrip() if pattern.slots else None,
            )
            for pattern, content_id in zip(layout.shape.attachments, layout.content_ids, strict=True)
        )

    def _failure(self, program: JinjaTemplate, error: Exception, values: Mapping[str, str]) -> RenderFailed:
        """What went wrong: where, in which expression, and why."""
        number = _number_of(program, error.__traceback__)
        expression = self.expressions[number - 1] if number else None
        failed = partial(RenderFailed, letter=self.name)
        if expression is not None:
            failed = partial(failed, line=expression.line, expression=expression.source)
        if isinstance(error, UndefinedError) and expression is not None:
            lacking = sorted(expression.fields - values.keys())
            if lacking:
                return failed(reason("no-column", field=lacking[0]), field=lacking[0])
        why = error.reason if isinstance(error, Impossible) else library_reason(error)
        return failed(why, forbidden=isinstance(error, SecurityError))


class LetterOptions(Struct, frozen=True):
    """What a campaign says about a letter."""

    extra_headers: tuple[str, ...] = ()
    """The ``X-`` fields that it may set."""
    signature: str = ""
    """What ``{{ signature }}`` prints, the same for everybody, escaped like a value; without one it is a field."""
    name: str = ""
    """What the campaign calls it; ``""`` for the name of its file."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Fields of the letter that the table calls otherwise, both by identifier."""


def read_letter(
    path: Path,
    *,
    extra_headers: Collection[str] = (),
    signature: str = "",
    name: str = "",
    columns: Mapping[str, str] = NO_COLUMNS,
) -> Letter:
    """Read a letter file; the options are those of :class:`LetterOptions`.

    Raises:
        LetterError: it cannot be read as a letter; one line that names the file, the line and what to do.
    """
    options = LetterOptions(tuple(extra_headers), signature, name, dict(columns))
    return _letter(read_template(path, extra_headers), options)


def parse_letter(
    text: str,
    path: Path,
    *,
    extra_headers: Collection[str] = (),
    signature: str = "",
    name: str = "",
    columns: Mapping[str, str] = NO_COLUMNS,
) -> Letter:
    """A letter from text that is not saved yet; ``path`` is its file, for its name, its kind and its attachments.

    Raises:
        LetterError: it is no letter; one line that names the file, the line and what to do.
    """
    options = LetterOptions(tuple(extra_headers), signature, name, dict(columns))
    return _letter(parse_template(path, text, extra_headers), options)


def _letter(template: Template, options: LetterOptions) -> Letter:
    path = template.path
    try:
        program = read_program(template.parts, signature=options.signature, columns=options.columns)
        return Letter(template, program, options)
    except TemplateSyntaxError as error:
        raise LetterError(
            N_("the template code cannot be read: {problem}"), path=path, line=error.lineno, problem=error.message
        ) from None
    except Unknown as error:
        raise LetterError(N_("{problem}"), path=path, line=error.line, problem=error.reason) from None
    except RecursionError:
        raise LetterError(N_("{path}: {reason}"), path=path, reason=reason("nested-too-deep")) from None


def _parsed_again(text: str, path: Path, options: LetterOptions, files: Mapping[str, bytes]) -> Letter:
    letter = _letter(parse_template(path, text, options.extra_headers), options)
    letter.pin_attachments(files)
    return letter


def _number_of(program: JinjaTemplate, traceback: TracebackType | None) -> int:
    """The number of the expression that raised an exception (:func:`mailmerge.letter.jinja.statements.number_of`).

    It is 0 where none did.
    """
    number = 0
    while traceback is not None:
        if traceback.tb_frame.f_globals.get("__jinja_template__") is program:
            number = program.get_corresponding_lineno(traceback.tb_lineno)
        traceback = traceback.tb_next
    return number
