"""What an expression looks like as a tree: what is asked of its nodes, and the nodes that are put around them."""

from __future__ import annotations

from jinja2 import nodes

from mailmerge.letter.jinja import sandbox
from mailmerge.letter.program import Scope


def required(node: nodes.Expr, printed: int) -> nodes.Expr:
    """An expression whose blank is reported although what is made of it is none."""
    return filter_node(sandbox.FILLED, node, nodes.Const(printed, lineno=node.lineno))


def counted(node: nodes.Expr, expression: int) -> nodes.Expr:
    """A cell of which a number is made that is compared: a blank one, which would count as 0, is reported."""
    return filter_node(sandbox.COUNTED, node, nodes.Const(expression, lineno=node.lineno))


_SOME = frozenset({("gt", 0), ("gteq", 1), ("ne", 0)})


def means_some(node: nodes.Compare) -> bool:
    """Whether a comparison asks if there is anything, which a blank cell answers as 0 does: ``enfants|int > 0``."""
    operand = node.ops[0]
    return len(node.ops) == 1 and isinstance(operand.expr, nodes.Const) and (operand.op, operand.expr.value) in _SOME


def has_arguments(node: nodes.Filter | nodes.Test) -> bool:
    """Whether a number for a blank cell is given: ``prime|int(0)``."""
    return bool(node.args or node.kwargs)


def filter_node(name: str, node: nodes.Expr, *args: nodes.Expr) -> nodes.Filter:
    """``node|name(args)``."""
    return nodes.Filter(node, name, list(args), [], None, None, lineno=node.lineno)


def hyphenated(node: nodes.Expr, scope: Scope) -> str:
    """``e-mail`` and ``Nom/Prénom`` as they were written; ``""`` where anything in it is not a bare field."""
    if isinstance(node, nodes.Name):
        return "" if node.name in scope else node.name
    if isinstance(node, nodes.Sub | nodes.Div):
        left, right = hyphenated(node.left, scope), hyphenated(node.right, scope)
        return f"{left}{node.operator}{right}" if left and right else ""
    return ""


def is_flat(node: nodes.Expr, scope: Scope) -> bool:
    """Whether nothing but constants and cells is in a container; what it is no container of is neither."""
    items: list[nodes.Expr] = []
    if isinstance(node, nodes.List | nodes.Tuple):
        items = node.items
    elif isinstance(node, nodes.Dict):
        items = [pair.value for pair in node.items]
    return all(
        isinstance(item, nodes.Const) or (isinstance(item, nodes.Name) and item.name not in scope) for item in items
    )


def is_private(value: object) -> bool:
    """Whether a name is one of Python's own: ``_x``."""
    return isinstance(value, str) and value.startswith("_")


def has_default(node: nodes.Expr) -> bool:
    """Whether the author said what to print where the value is blank."""
    if isinstance(node, nodes.Const):
        return node.value is not None
    if isinstance(node, nodes.Filter) and node.node is not None:
        return node.name in ("default", "d") or has_default(node.node)
    if isinstance(node, nodes.Or):
        return has_default(node.right)
    if isinstance(node, nodes.CondExpr):
        return has_default(node.expr1) and (node.expr2 is None or has_default(node.expr2))
    return False
