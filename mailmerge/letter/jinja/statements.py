"""The statements of a letter: conditions, loops within a bound, and ``set``; anything else is recorded as forbidden.

Each printed expression is wrapped, so that rendering gives a skeleton and the values apart. A statement that evaluates
an expression has its number in the place of the line, so that a failure leads back to one of several in a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from jinja2 import nodes

from mailmerge.letter.budget import weight_of
from mailmerge.letter.decisions.answers import gender_of
from mailmerge.letter.decisions.cell_tests import choice_of, printed_in, words_of
from mailmerge.letter.decisions.comparisons import Meaningless, cell_of, source_of
from mailmerge.letter.decisions.series import Alternatives, as_choices
from mailmerge.letter.jinja import sandbox
from mailmerge.letter.jinja.expression_nodes import filter_node, has_default
from mailmerge.letter.jinja.expressions import ExpressionReader
from mailmerge.letter.jinja.inline_conditions import spelled_out
from mailmerge.letter.placeholders import LEFT_OUT, NO_ALTERNATIVE, UNMATCHED, placeholder
from mailmerge.letter.program import ConstantText, LetterProgram, Scope
from mailmerge.letter.values.languages import is_language_name
from mailmerge.model import SIGNATURE, Expression


class StatementReader:
    """Reads the statements of one part."""

    def __init__(
        self, program: LetterProgram, expressions: ExpressionReader, sources: Iterator[str], *, marked: bool
    ) -> None:
        self._program = program
        self._reader = expressions
        self._sources = sources
        self._there: frozenset[str] = frozenset()
        """Fields of which a condition around says that they are not blank."""
        self._marked = marked
        self._source = ""
        self._again: set[nodes.Node] = set()
        """Tests and expressions that have the source of the one before them."""
        self._language = ""
        """What the condition around compares a column of languages with."""

    def body(self, body: Sequence[nodes.Node], scope: Scope) -> list[nodes.Node]:
        """The statements rewritten; what they set is added to the scope."""
        read: list[nodes.Node] = []
        spelled = spelled_out(body)
        self._again |= spelled.again
        for node in as_choices(spelled.body, self._reader.named(scope)):
            if isinstance(node, Alternatives):
                read.append(self._if(node.condition, scope, node.blanks))
            elif (statement := self._statement(node, scope)) is not None:
                read.append(statement)
        return read

    def _statement(self, node: nodes.Node, scope: Scope) -> nodes.Node | None:
        if isinstance(node, nodes.Output):
            return nodes.Output([self._output(child, scope) for child in node.nodes], lineno=node.lineno)
        if isinstance(node, nodes.If):
            return self._if(node, scope)
        if isinstance(node, nodes.For):
            return self._for(node, scope)
        if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name | nodes.Tuple):
            self._keep_texts(node.node)
            cell = cell_of(node.node, self._reader.named(scope))
            number, value, fields = self._steering(node.node, scope, kept=True)
            for name in _targets(node.target):
                scope[name] = fields
                several = name in self._reader.aliases or not isinstance(node.target, nodes.Name)
                self._reader.aliases[name] = None if several else cell
            return nodes.Assign(node.target, value, lineno=number)
        self._reader.refuse(node.lineno, "tag", name=_tag(node))
        if isinstance(node, nodes.Macro):
            self._reader.macros.add(node.name)
        if isinstance(node, nodes.AssignBlock):
            scope.update(dict.fromkeys(_targets(node.target), frozenset[str]()))
        within = {**scope, **dict.fromkeys(_named_within(node), frozenset[str]())}
        for inner in ("body", "else_"):
            self.body(getattr(node, inner, ()), dict(within))
        return None

    def _keep_texts(self, node: nodes.Node) -> None:
        """The author's own words that a ``set`` keeps for later."""
        if isinstance(node, nodes.CondExpr):
            self._keep_texts(node.expr1)
            if node.expr2 is not None:
                self._keep_texts(node.expr2)
        elif isinstance(node, nodes.Const) and isinstance(node.value, str) and node.value.strip():
            self._program.constants.append(ConstantText(node.value, node.lineno, self._reader.part, literal=True))

    def _output(self, node: nodes.Expr, scope: Scope) -> nodes.Expr:
        if isinstance(node, nodes.TemplateData):
            if node.data:
                self._program.constants.append(
                    ConstantText(node.data, node.lineno, self._reader.part, language=self._language)
                )
            return node
        index = self._add_expression(node, printed=True)
        if self._reader.signs(node, scope):
            return nodes.TemplateData(placeholder(index, SIGNATURE), lineno=node.lineno)
        several = [self._reader.cell(item, scope) for item in node.items] if isinstance(node, nodes.Tuple) else []
        cell = self._reader.cell(node, scope)
        rewritten, fields = self._reader.read(node, scope, printed=index if self._marked else -1)
        if isinstance(node, nodes.Tuple):
            written = several if all(several) and several else ["field"]
            write = " ".join(f"{{{{ {each} }}}}" for each in written)
            raise Meaningless("printed-tuple", node.lineno, write=write)
        self._set_fields(index, fields, has_default=has_default(node), cell=cell)
        if not has_default(node):
            self._program.needed |= fields - self._there
        if not self._marked:
            return rewritten
        printed = filter_node(sandbox.PRINTED, rewritten, nodes.Const(index))
        printed.lineno = number_of(index)
        return printed

    def _if(self, node: nodes.If, scope: Scope, blanks: str = "") -> nodes.If:
        branches: list[Scope] = []

        def branch(
            statements: list[nodes.Node], there: frozenset[str] = frozenset(), language: str = ""
        ) -> list[nodes.Node]:
            branches.append(dict(scope))
            around, self._there = self._there, self._there | there
            outside, self._language = self._language, language or self._language
            try:
                return self.body(statements, branches[-1])
            finally:
                self._there, self._language = around, outside

        there, absent = self._reader.there(node.test), self._reader.there(nodes.Not(cast(nodes.Expr, node.test)))
        alternatives = (node, *node.elif_)
        named = self._reader.named(scope)
        printed = printed_in([*(each for one in alternatives for each in one.body), *node.else_], named)
        choice = choice_of(
            [each.test for each in alternatives], [each.body for each in alternatives], node.else_ or None, named
        )
        if choice:
            self._program.choices.append(choice)
        number, test, _fields = self._steering(node.test, scope, decides=True, printed=printed)
        languages = [_language_of(each.test) for each in alternatives]
        body = branch(node.body, there, languages[0])
        elifs = []
        for elif_, language in zip(node.elif_, languages[1:], strict=True):
            there = absent | self._reader.there(elif_.test)
            at, elif_test, _fields = self._steering(elif_.test, scope, decides=True, printed=printed)
            elifs.append(nodes.If(elif_test, branch(elif_.body, there, language), [], [], lineno=at))
        else_ = branch(node.else_, absent, "else" if all(languages) else "")
        if self._marked and not else_:
            # nobody's condition held: whether a line is then left without words is seen when it is rendered
            titled = choice is not None and gender_of(" ".join(words_of(node.body))) != ""
            gap = NO_ALTERNATIVE if len(alternatives) > 1 else UNMATCHED if titled else LEFT_OUT
            else_ = [nodes.Output([nodes.TemplateData(blanks + gap)], lineno=node.lineno)]
        elif blanks:
            else_ = [nodes.Output([nodes.TemplateData(blanks)], lineno=node.lineno)]
        for name in {name for names in branches for name in names}:
            scope[name] = frozenset[str]().union(
                *(names.get(name, scope.get(name, frozenset({self._reader.column(name)}))) for names in branches)
            )
        return nodes.If(test, body, elifs, else_, lineno=number)

    def _for(self, node: nodes.For, scope: Scope) -> nodes.For:
        if node.recursive:
            self._reader.refuse(node.lineno, "recursive-loop")
        index = self._add_expression(node, printed=False)
        over_parts = f"{{% for {', '.join(_targets(node.target))} in {source_of(node.iter)}.split(',') %}}"
        items, fields = self._reader.read(cast(nodes.Expr, node.iter), scope)
        inner = scope | dict.fromkeys((*_targets(node.target), "loop"), fields)
        test = None
        if node.test is not None:
            test, test_fields = self._reader.decide(cast(nodes.Expr, node.test), inner)
            fields |= test_fields
            test.lineno = number_of(index)
        node.lineno = number_of(index)
        self._set_fields(index, fields)
        node.test = test
        node.body, node.else_ = self.body(node.body, inner), self.body(node.else_, dict(scope))
        weight = nodes.Const(weight_of([*node.body, *([test] if test else [])]))
        node.iter = filter_node(sandbox.STEPS, items, nodes.Const(over_parts), weight)
        return node

    def _steering(
        self,
        node: nodes.Node,
        scope: Scope,
        *,
        decides: bool = False,
        kept: bool = False,
        printed: frozenset[str] = frozenset(),
    ) -> tuple[int, nodes.Expr, frozenset[str]]:
        index = self._add_expression(node, printed=False)
        if decides:
            rewritten, fields = self._reader.decide(cast(nodes.Expr, node), scope, printed=printed)
        else:
            read = self._reader.assigned if kept else self._reader.read
            rewritten, fields = read(cast(nodes.Expr, node), scope)
        self._set_fields(index, fields)
        return number_of(index), rewritten, fields

    def _add_expression(self, node: nodes.Node, *, printed: bool) -> int:
        if node not in self._again:
            self._source = next(self._sources, "")
        self._program.expressions.append(Expression(self._source, frozenset(), node.lineno, printed))
        index = len(self._program.expressions) - 1
        self._reader.current = index if self._marked else -1
        return index

    def _set_fields(self, index: int, fields: frozenset[str], *, has_default: bool = False, cell: str = "") -> None:
        was = self._program.expressions[index]
        self._program.expressions[index] = Expression(was.source, fields, was.line, was.printed, has_default, cell)


def number_of(index: int) -> int:
    """What an expression's statement has for a line: the tree's lines begin with 1, the expressions with 0."""
    return index + 1


def _language_of(test: nodes.Node) -> str:
    """The language that a condition asks for: ``fr`` of ``langue == 'fr'``; ``""`` for any other condition."""
    if not isinstance(test, nodes.Compare) or len(test.ops) != 1 or test.ops[0].op != "eq":
        return ""
    sides = (test.expr, test.ops[0].expr)
    texts = [side.value for side in sides if isinstance(side, nodes.Const) and isinstance(side.value, str)]
    return texts[0] if len(texts) == 1 and is_language_name(texts[0]) else ""


def _targets(target: nodes.Node) -> list[str]:
    return [name.name for name in ([target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name))]


def _named_within(node: nodes.Node) -> list[str]:
    """What a statement that is refused gives names to: no field of that name is missing."""
    targets = (*getattr(node, "args", ()), *getattr(node, "targets", ()))
    return [name for target in targets for name in _targets(target)]


def _tag(node: nodes.Node) -> str:
    names: dict[type[nodes.Node], str] = {
        nodes.CallBlock: "call",
        nodes.FilterBlock: "filter",
        nodes.AssignBlock: "set ... endset",
        nodes.Import: "import",
        nodes.FromImport: "from ... import",
        nodes.ExprStmt: "do",
        nodes.Assign: "set namespace",
    }
    return names.get(type(node), type(node).__name__.lower())
