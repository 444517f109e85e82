"""Which expressions a letter can hold, and how they are rewritten before they run.

Whatever is not on the allow-list here is recorded as :class:`Forbidden`. Of the rest, concatenations go through the
recorder, and a name is looked up by its identifier (``Prénom`` is ``prenom``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jinja2 import nodes
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.tests import TESTS as JINJA_TESTS

from mailmerge.errors import Reason
from mailmerge.letter.budget import MAX_NUMBER
from mailmerge.letter.decisions.cell_tests import choice_of, decisions_in, presences, printed_in
from mailmerge.letter.decisions.comparisons import Cell, NameOf, calculated, cell_of, check_condition
from mailmerge.letter.decisions.deciding import Choice, Decision
from mailmerge.letter.jinja import sandbox
from mailmerge.letter.jinja.expression_nodes import (
    counted,
    filter_node,
    has_arguments,
    hyphenated,
    is_flat,
    is_private,
    means_some,
    required,
)
from mailmerge.letter.jinja.repairs import nearest_word
from mailmerge.letter.program import ConstantText, Forbidden, Scope, Unknown
from mailmerge.letter.reasons import reason
from mailmerge.letter.values.date_styles import is_style, styles_of, wrong_style
from mailmerge.model import SIGNATURE
from mailmerge.text.folding import identifier

_ARITHMETIC: dict[type[nodes.Node], str] = {
    nodes.Mul: "operator-repeats",
    nodes.Pow: "operator-grows",
    nodes.Mod: "operator-remainder",
}
_PLAIN = (nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Div, nodes.FloorDiv,
          nodes.Neg, nodes.Pos, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.CondExpr,
          nodes.Slice, nodes.Getitem)  # fmt: skip
_SHOWN: dict[type[nodes.Node], tuple[str, ...]] = {
    nodes.CondExpr: ("expr1", "expr2"),
    nodes.Or: ("left", "right"),
    nodes.Add: ("left", "right"),
    nodes.Sub: ("left", "right"),
    nodes.Div: ("left", "right"),
    nodes.FloorDiv: ("left", "right"),
    nodes.Getitem: ("node",),
    nodes.Dict: ("items",),
    nodes.List: ("items",),
    nodes.Tuple: ("items",),
}
"""The children whose value can be what the expression prints."""
_NUMBERS = frozenset({"int", "float"})
_COUNTS = frozenset({"length", "count", "wordcount"})
"""Filters that make 0 of a blank cell, as those above do."""
_RESERVED = frozenset({"self", "super", "caller", "varargs", "kwargs"})
_LOOP = frozenset({
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem", "depth", "depth0",
})  # fmt: skip


@dataclass
class ExpressionReader:
    """Reads the expressions of one part, and keeps what it met in them."""

    part: str
    signature: str = ""
    """The text of the name ``signature``; where it is blank, that is a field like any other."""
    constants: list[ConstantText] = field(default_factory=list)
    forbidden: list[Forbidden] = field(default_factory=list)
    columns: Mapping[str, str] = field(default_factory=dict)
    """Fields that the table calls otherwise, both by identifier."""
    decisions: list[Decision] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    aliases: dict[str, Cell | None] = field(default_factory=dict)
    """Names that the letter sets: to a cell as it is but for its case, or to anything else."""
    macros: set[str] = field(default_factory=set)
    """Macros that the letter makes: refused there, and not where they are called."""
    current: int = -1
    """The index of the expression that is read; -1 where none is kept."""
    _compared: int = -1
    """The same within a comparison in which a 0 of a blank cell would decide."""

    def column(self, name: str) -> str:
        """The field of the table that a name means."""
        field = identifier(name) or name
        return self.columns.get(field, field)

    def there(self, test: nodes.Node) -> frozenset[str]:
        """The fields of which a condition says that they are not blank: ``{% if lieu and heure %}``."""
        if isinstance(test, nodes.Name):
            return frozenset({self.column(test.name)})
        if isinstance(test, nodes.And):
            return self.there(test.left) | self.there(test.right)
        if isinstance(test, nodes.Not) and isinstance(test.node, nodes.Not):
            return self.there(test.node.node)
        if isinstance(test, nodes.Not) and isinstance(test.node, nodes.Or):
            return self.there(nodes.Not(test.node.left)) | self.there(nodes.Not(test.node.right))
        if isinstance(test, nodes.Filter) and test.name == "trim" and test.node is not None:
            return self.there(test.node)
        if isinstance(test, nodes.Compare) and test.ops == [nodes.Operand("ne", nodes.Const(""))]:
            return self.there(test.expr)
        return frozenset()

    def refuse(self, line: int, kind: str, **values: str) -> None:
        """Record something that a letter cannot hold, by the token of the reason."""
        self.forbidden.append(Forbidden(line, reason(kind, **values)))

    def _inline(self, node: nodes.CondExpr, scope: Scope) -> None:
        """Keep what an ``if`` within an expression decides by."""
        named = self.named(scope)
        both = [node.expr1, *([node.expr2] if node.expr2 is not None else [])]
        self._present(node.test, scope, printed_in(both, named))
        tests, bodies, rest = [node.test], [[node.expr1]], node.expr2
        while isinstance(rest, nodes.CondExpr):
            tests, bodies, rest = [*tests, rest.test], [*bodies, [rest.expr1]], rest.expr2
        if choice := choice_of(tests, bodies, None if rest is None else [rest], named):
            self.choices.append(choice)

    def signs(self, node: nodes.Expr, scope: Scope) -> bool:
        """Whether this names the signature, whose text is then among the constants."""
        named = isinstance(node, nodes.Name) and node.name not in scope and identifier(node.name) == SIGNATURE
        if not named or not self.signature or SIGNATURE in self.columns:
            return False
        self.constants += [ConstantText(text, node.lineno, SIGNATURE) for text in self.signature.split("\n")]
        return True

    def cell(self, node: nodes.Node, scope: Scope) -> str:
        """The field whose cell an expression is, unchanged but for its case; ``""`` for any other expression."""
        cell = cell_of(node, lambda name: None if name in scope else (self.column(name), ()))
        return cell[0] if cell else ""

    def named(self, scope: Scope) -> NameOf:
        """What gives the cell that a name means; None for a name of the letter's own that is no cell."""
        return lambda name: self.aliases.get(name) if name in scope else (self.column(name), ())

    def assigned(self, node: nodes.Expr, scope: Scope) -> tuple[nodes.Expr, frozenset[str]]:
        """What the letter keeps under a name, rewritten: a 0 of a blank cell may be printed later, or decide."""
        self._compared = self.current
        try:
            return self.read(node, scope)
        finally:
            self._compared = -1

    def decide(
        self, node: nodes.Expr, scope: Scope, *, printed: frozenset[str] = frozenset(), strict: bool = False
    ) -> tuple[nodes.Expr, frozenset[str]]:
        """A condition rewritten, and the fields it reads; ``printed`` are those that depend on it and are printed.

        Raises:
            Meaningless: a text is alone in it.
        """
        check_condition(node, strict=strict)
        self._present(node, scope, printed)
        return self.read(node, scope)

    def _present(self, test: nodes.Node, scope: Scope, printed: frozenset[str]) -> None:
        """Keep the cells that are a condition by themselves."""
        self.decisions += presences(test, self.named(scope), printed)

    def read(self, node: nodes.Expr, scope: Scope, *, printed: int = -1) -> tuple[nodes.Expr, frozenset[str]]:
        """The expression rewritten, and the fields it reads. ``printed`` is its index, -1 where it only steers."""
        fields: set[str] = set()
        return self._rewrite(node, scope, printed, fields), frozenset(fields)

    def _rewrite(self, node: nodes.Expr, scope: Scope, printed: int, fields: set[str]) -> nodes.Expr:
        if isinstance(node, nodes.Const):
            return self._constant(node, printed)
        if isinstance(node, nodes.Name):
            if self.signs(node, scope):
                return nodes.Const(self.signature, lineno=node.lineno)
            return self._name(node, scope, fields)
        if isinstance(node, nodes.Sub | nodes.Div) and (names := hyphenated(node, scope)):
            problem = "would-subtract" if isinstance(node, nodes.Sub) else "would-divide"
            raise Unknown(reason(problem, name=names, write=identifier(names)), node.lineno)
        self.decisions += decisions_in(node, self.named(scope))
        if isinstance(node, nodes.Add | nodes.Sub | nodes.Div | nodes.FloorDiv):
            calculated(node, self.named(scope))
        if isinstance(node, nodes.CondExpr):
            check_condition(node.test)
            self._inline(node, scope)
        if isinstance(node, nodes.And) and printed >= 0:
            self._present(node.left, scope, printed_in([node.right], self.named(scope)))
        if isinstance(node, nodes.Concat):
            parts = nodes.List([self._rewrite(part, scope, printed, fields) for part in node.nodes], lineno=node.lineno)
            return filter_node(sandbox.JOINED, parts, nodes.Const(printed, lineno=node.lineno))
        if isinstance(node, nodes.Filter | nodes.Test):
            return self._filter_or_test(node, scope, printed, fields)
        if isinstance(node, nodes.Call):
            return self._call(node, scope, printed, fields)
        if isinstance(node, nodes.Getattr):
            if node.node == nodes.Name("loop", "load") and "loop" in scope and node.attr in _LOOP:
                return node
            if isinstance(node.node, nodes.Name) and node.node.name not in scope and not is_private(node.attr):
                meant = identifier(f"{node.node.name} {node.attr}")
                self.refuse(node.lineno, "property-or-field", name=node.attr, field=meant)
            else:
                self.refuse(node.lineno, "property", name=node.attr)
            return node
        if not isinstance(node, _PLAIN):
            kind = _ARITHMETIC.get(type(node))
            if kind:
                self.refuse(node.lineno, kind)
            else:
                self.refuse(node.lineno, "syntax", name=type(node).__name__)
            return node
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and is_private(node.arg.value):
            self.refuse(node.lineno, "private-item", name=node.arg.value)
        if isinstance(node, nodes.Compare):
            around, self._compared = self._compared, -1 if means_some(node) else self.current
            for name in ("expr", "ops"):
                setattr(node, name, self._children(getattr(node, name), scope, -1, fields))
            self._compared = around
            return node
        kept_flat = is_flat(node, scope)
        for name, value in node.iter_fields(exclude=("ctx", "op")):
            shown = printed if name in _SHOWN.get(type(node), ()) else -1
            setattr(node, name, self._children(value, scope, shown, fields))
        return node if kept_flat else filter_node(sandbox.FLAT, node)

    def _children(self, value: object, scope: Scope, printed: int, fields: set[str]) -> object:
        if isinstance(value, list):
            return [self._children(item, scope, printed, fields) for item in value]
        if isinstance(value, nodes.Operand | nodes.Pair | nodes.Keyword):
            for name, inner in value.iter_fields(exclude=("op",)):
                setattr(value, name, self._children(inner, scope, printed, fields))
            return value
        return self._rewrite(value, scope, printed, fields) if isinstance(value, nodes.Expr) else value

    def _constant(self, node: nodes.Const, printed: int) -> nodes.Expr:
        if isinstance(node.value, int | float) and not -MAX_NUMBER <= node.value <= MAX_NUMBER:
            self.refuse(node.lineno, "number-too-large")
        if printed < 0 or not isinstance(node.value, str):
            return node
        if node.value.strip():
            self.constants.append(ConstantText(node.value, node.lineno, self.part, literal=True))
        return filter_node(sandbox.CHOSEN, node)

    def _name(self, node: nodes.Name, scope: Scope, fields: set[str]) -> nodes.Expr:
        if node.name in _RESERVED:
            self.refuse(node.lineno, "template-itself", name=node.name)
        if node.name in scope:
            fields |= scope[node.name]
            return filter_node(sandbox.USED, node)
        name = self.column(node.name)
        fields.add(name)
        read = nodes.Name(name, "load", lineno=node.lineno)
        return filter_node(sandbox.USED, read) if "loop" in scope else read

    def _filter_or_test(
        self, node: nodes.Filter | nodes.Test, scope: Scope, printed: int, fields: set[str]
    ) -> nodes.Expr:
        if isinstance(node, nodes.Filter):
            kind, offered, known = "filter", set(sandbox.FILTERS), set(JINJA_FILTERS)
        else:
            kind, offered, known = "test", set(sandbox.TESTS), set(JINJA_TESTS)
        if node.name not in offered:
            if node.name not in known:
                raise Unknown(_unknown_word(kind, node.name, offered), node.lineno)
            self.refuse(node.lineno, kind, name=node.name)
        if node.dyn_args is not None or node.dyn_kwargs is not None or node.node is None:
            self.refuse(node.lineno, "spread")
            return node
        is_filter = isinstance(node, nodes.Filter)
        if is_filter and node.name == "date":
            _check_style(node)
        around, self._compared = self._compared, self._compared if is_filter else self.current
        node.node = self._rewrite(node.node, scope, printed if is_filter else -1, fields)
        self._compared = around
        makes_zero = is_filter and (node.name in _COUNTS or (node.name in _NUMBERS and not has_arguments(node)))
        if printed >= 0 and is_filter and (node.name == "join" or makes_zero):
            node.node = required(node.node, printed)
        elif makes_zero and self._compared >= 0:
            node.node = counted(node.node, self._compared)
        shown = printed if node.name in ("default", "d") else -1
        node.args = [self._rewrite(argument, scope, shown, fields) for argument in node.args]
        for pair in node.kwargs:
            pair.value = self._rewrite(pair.value, scope, shown, fields)
        return node

    def _call(self, node: nodes.Call, scope: Scope, printed: int, fields: set[str]) -> nodes.Expr:
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            self.refuse(node.lineno, "spread")
            return node
        args = [self._rewrite(argument, scope, -1, fields) for argument in node.args]
        for keyword in node.kwargs:
            keyword.value = self._rewrite(keyword.value, scope, -1, fields)
        called = node.node
        if isinstance(called, nodes.Name) and called.name == "accord":
            if not 2 <= len(args) + len(node.kwargs) <= 3 or not args:
                raise Unknown(reason("accord-arguments"), node.lineno)
            self._accord_words(node)
            return nodes.Filter(args[0], sandbox.ACCORD, args[1:], node.kwargs, None, None, lineno=node.lineno)
        if isinstance(called, nodes.Name) and called.name in self.macros:
            return node  # it is refused where it is made
        if not isinstance(called, nodes.Getattr):
            name = called.name if isinstance(called, nodes.Name) else "this"
            words = [each.name for each in (called, *node.args) if isinstance(each, nodes.Name)]
            if len(words) > 1:
                self.refuse(node.lineno, "call-or-field", name=name, field=identifier(" ".join(words)))
            else:
                self.refuse(node.lineno, "call", name=name)
            return node
        if called.attr not in sandbox.METHODS:
            self.refuse(node.lineno, "method", name=called.attr)
            return node
        owner = self._rewrite(called.node, scope, printed, fields)
        if called.attr == "replace":
            return nodes.Filter(owner, "replace", args, node.kwargs, None, None, lineno=node.lineno)
        if called.attr == "join" and len(args) == 1 and not node.kwargs:
            return filter_node("join", required(args[0], printed) if printed >= 0 else args[0], owner)
        named = [nodes.Const(called.attr, lineno=node.lineno), *args]
        return nodes.Filter(owner, sandbox.CALLED, named, node.kwargs, None, None, lineno=node.lineno)

    def _accord_words(self, node: nodes.Call) -> None:
        for argument in node.args:
            if isinstance(argument, nodes.Const) and isinstance(argument.value, str):
                self.constants.append(ConstantText(argument.value, node.lineno, self.part))


def _check_style(node: nodes.Filter | nodes.Test) -> None:
    """Refuse a way to write dates that is none, once for the letter."""
    for style in styles_of(node):
        if not is_style(style):
            raise Unknown(reason("not-a-date-style", **wrong_style(style)), node.lineno)


def _unknown_word(kind: str, name: str, offered: set[str]) -> Reason:
    if meant := nearest_word(name, offered):
        return reason(f"no-{kind}-but", name=name, write=f"|{meant}" if kind == "filter" else f"is {meant}")
    return reason(f"no-{kind}", name=name, offered=", ".join(sorted(offered)))
