"""``{{ 'Madame' if genre == 'F' }}``: a condition without an alternative, written within an expression.

It is read as if it were ``{% if genre == 'F' %}{{ 'Madame' }}{% endif %}``, so that whatever is known of conditions is
known of it too: whom it leaves without words, and which others are alternatives to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from jinja2 import nodes
from msgspec import Struct, field

_DEFAULTS = frozenset({"default", "d"})


class Spelled(Struct, frozen=True):
    """Statements with such conditions written out."""

    body: list[nodes.Node]
    again: set[nodes.Node] = field(default_factory=set)
    """Tests and expressions that have no source of their own, but that of the one before them."""


def spelled_out(body: Sequence[nodes.Node]) -> Spelled:
    """The statements, each printed condition without an alternative as an ``if`` of its own."""
    spelled = Spelled([])
    for node in body:
        if isinstance(node, nodes.Output):
            spelled.body.extend(_apart(node, spelled.again))
        else:
            spelled.body.append(node)
    return spelled


def _apart(output: nodes.Output, again: set[nodes.Node]) -> Iterator[nodes.Node]:
    """What is printed together, in pieces where a condition is among it."""
    kept: list[nodes.Expr] = []
    for child in output.nodes:
        alternatives = _alternatives(child)
        if not alternatives:
            kept.append(child)
            continue
        if kept:
            yield nodes.Output(kept, lineno=output.lineno)
            kept = []
        again.update(expression for _test, expression in alternatives)
        again.update(test for test, _expression in alternatives[1:])
        first, *rest = (
            nodes.If(test, [nodes.Output([expression], lineno=child.lineno)], [], [], lineno=child.lineno)
            for test, expression in alternatives
        )
        first.elif_ = rest
        yield first
    if kept:
        yield nodes.Output(kept, lineno=output.lineno)


def _alternatives(node: nodes.Node) -> list[tuple[nodes.Expr, nodes.Expr]]:
    """Each test with what is printed where it holds; none where something is printed in any case."""
    if isinstance(node, nodes.Filter) and node.node is not None and node.name not in _DEFAULTS:
        return [(test, _filtered(node, expression)) for test, expression in _alternatives(node.node)]
    if not isinstance(node, nodes.CondExpr):
        return []
    if node.expr2 is None:
        return [(node.test, node.expr1)]
    others = _alternatives(node.expr2)
    return [(node.test, node.expr1), *others] if others else []


def _filtered(node: nodes.Filter, expression: nodes.Expr) -> nodes.Filter:
    filtered = deepcopy(nodes.Filter(None, *(getattr(node, name) for name in node.fields[1:]), lineno=node.lineno))
    filtered.node = expression
    return filtered
