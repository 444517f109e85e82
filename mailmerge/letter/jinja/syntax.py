"""From the author's Jinja2 to a tree that can only read one record, and that marks what it prints.

A letter in which anything is recorded as :class:`~mailmerge.letter.program.Forbidden` is never run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jinja2 import TemplateSyntaxError, nodes

from mailmerge.letter.decisions.comparisons import Meaningless
from mailmerge.letter.decisions.deciding import Decision
from mailmerge.letter.jinja import sandbox
from mailmerge.letter.jinja.expressions import ExpressionReader
from mailmerge.letter.jinja.mistakes import explain_mistake, find_mistakes
from mailmerge.letter.jinja.statements import StatementReader
from mailmerge.letter.placeholders import BREAK
from mailmerge.letter.program import LetterPart, LetterProgram, Scope, Unknown
from mailmerge.letter.reasons import reason

NO_COLUMNS: Mapping[str, str] = {}


def read_program(
    parts: Sequence[LetterPart], *, marked: bool = True, signature: str = "", columns: Mapping[str, str] = NO_COLUMNS
) -> LetterProgram:
    """Parse the parts into one program that renders them in order; ``signature`` is what ``{{ signature }}`` prints.

    ``columns`` are the fields of the letter that the table calls otherwise, by identifier.

    A marked program gives a skeleton, each part of it followed by :data:`BREAK`; otherwise it gives the text itself.

    Raises:
        Unknown: a mistake in the template code, such as a brace too few or a filter that does not exist, with its line
            in the file.
    """
    program = LetterProgram(nodes.Template([], lineno=1))
    scope: Scope = {}
    for part in parts:
        # Blank lines before the text give every node, and every syntax error, its line in the file.
        lead = "\n" * (part.line - 1)
        tree = _parsed(part, lead)
        _trim(tree, len(lead))
        expressions = ExpressionReader(
            part.name,
            signature,
            program.constants,
            program.forbidden,
            columns,
            program.decisions,
            program.choices,
            program.aliases,
        )
        reader = StatementReader(program, expressions, _sources(lead + part.source), marked=marked)
        try:
            program.tree.body += reader.body(tree.body, scope)
        except Meaningless as error:
            raise Unknown(error.reason, error.line) from None
        if marked:
            program.tree.body.append(nodes.Output([nodes.TemplateData(BREAK)], lineno=part.line))
    program.tree.set_environment(sandbox.environment())
    return program


def _parsed(part: LetterPart, lead: str) -> nodes.Template:
    if line := sandbox.line_of_endless_number(part.source):
        raise Unknown(reason("number-too-large"), len(lead) + line)
    mistake = find_mistakes(part.source)
    if mistake is None:
        try:
            return sandbox.environment().parse(lead + part.source)
        except TemplateSyntaxError as error:
            error.lineno -= len(lead)
            mistake = explain_mistake(part.source, error)
    raise Unknown(mistake.reason, len(lead) + mistake.line)


def check_expression(
    expression: nodes.Expr, columns: Mapping[str, str] = NO_COLUMNS
) -> tuple[nodes.Expr, frozenset[str], tuple[Decision, ...]]:
    """One expression that steers (a ``where``), rewritten, the fields that it reads, and what it decides by.

    Raises:
        Unknown: it holds something that is not on the allow-list.
        Meaningless: a comparison in it cannot mean what it says.
    """
    reader = ExpressionReader("", columns=columns)
    rewritten, fields = reader.decide(expression, {}, strict=True)
    if reader.forbidden:
        raise Unknown(reader.forbidden[0].reason, reader.forbidden[0].line)
    return rewritten, fields, tuple(reader.decisions)


def _trim(tree: nodes.Template, lead: int) -> None:
    """Take the leading blank lines out of the first text again."""
    first = tree.body[0] if tree.body else None
    if lead and isinstance(first, nodes.Output) and isinstance(first.nodes[0], nodes.TemplateData):
        data = first.nodes[0]
        data.data = data.data.removeprefix("\n" * lead)
        data.lineno = lead + 1


def _sources(source: str) -> Iterator[str]:
    """The source of each printed expression (with its braces) and of each steering one, in the order of the file."""
    depth: list[str] = []
    for _line, kind, text in sandbox.environment().lex(source):
        if kind in ("variable_begin", "block_begin"):
            depth = []
        elif kind == "variable_end":
            yield f"{{{{ {' '.join(''.join(depth).split())} }}}}"
        elif kind == "block_end":
            keyword, _, rest = " ".join("".join(depth).split()).partition(" ")
            if keyword in ("if", "elif"):
                yield rest
            elif keyword in ("for", "set"):
                yield f"{keyword} {rest}"
        else:
            depth.append(text)
