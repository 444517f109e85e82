"""Where the conditions of a letter look at cells: in comparisons, by themselves, in tests, calls and alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinja2 import nodes

from mailmerge.letter.decisions.comparisons import NameOf, cell_of, compared, source_of
from mailmerge.letter.decisions.deciding import Choice, Comparison, DateRead, Decision, How, Literal, Presence

_COMPARING_TESTS = {
    "==": "eq", "eq": "eq", "equalto": "eq", "!=": "ne", "ne": "ne", "<": "lt", "lt": "lt", "lessthan": "lt",
    "<=": "lteq", "le": "lteq", ">": "gt", "gt": "gt", "greaterthan": "gt", ">=": "gteq", "ge": "gteq", "in": "in",
}  # fmt: skip
_ORDER_AT = {"date": 1, "day": 0}
"""Filters that read a date, and which of their arguments is the order of day and month."""
_LITERAL_TESTS = frozenset({"true", "false", "none"})
_METHODS = {"startswith": How.STARTS, "endswith": How.ENDS}
_SHOWN_OF_A_CHOICE = 300


def decisions_in(node: nodes.Expr, name_of: NameOf) -> Iterator[Decision]:
    """What one expression, without those inside it, decides by.

    Raises:
        Meaningless: a comparison in it cannot mean what it says.
    """
    if isinstance(node, nodes.Compare):
        yield from compared(node, name_of)
    elif isinstance(node, nodes.Test):
        yield from _of_test(node, name_of)
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
        yield from _of_call(node, node.node, name_of)
    elif isinstance(node, nodes.Getitem) and isinstance(node.node, nodes.Dict):
        yield from _of_keys(node.node, node.arg, name_of)
    elif isinstance(node, nodes.Filter) and node.node is not None and (cell := cell_of(node.node, name_of)):
        order_at = _ORDER_AT.get(node.name, 0)
        if node.name in _ORDER_AT and len(node.args) <= order_at and not any(p.key == "order" for p in node.kwargs):
            yield DateRead(*cell, node.lineno, source_of(node))


def _of_test(node: nodes.Test, name_of: NameOf) -> Iterator[Decision]:
    cell = cell_of(node.node, name_of)
    if cell and node.name in _LITERAL_TESTS:
        yield Literal(*cell, node.lineno, source_of(node.node), node.name)
    elif node.name in _COMPARING_TESTS and len(node.args or ()) == 1:
        operand = nodes.Operand(_COMPARING_TESTS[node.name], node.args[0])
        yield from compared(nodes.Compare(node.node, [operand], lineno=node.lineno), name_of)


def _of_call(node: nodes.Call, called: nodes.Getattr, name_of: NameOf) -> Iterator[Decision]:
    if called.attr == "get" and isinstance(called.node, nodes.Dict) and node.args:
        yield from _of_keys(called.node, node.args[0], name_of)
    cell = cell_of(called.node, name_of)
    if cell and called.attr in _METHODS and len(node.args) == 1:
        texts = _texts(node.args[0])
        if texts:
            yield Comparison(*cell, node.lineno, source_of(called.node), texts, _METHODS[called.attr])


def _of_keys(node: nodes.Dict, key: nodes.Node, name_of: NameOf) -> Iterator[Decision]:
    """A cell looked up among texts: ``{'fr': 'Bonjour'}.get(langue)``."""
    cell = cell_of(key, name_of)
    texts = tuple(text for pair in node.items for text in _texts(pair.key))
    if cell and texts:
        yield Comparison(*cell, key.lineno, source_of(key), texts)


def _texts(node: nodes.Node) -> tuple[str, ...]:
    items = node.items if isinstance(node, nodes.Tuple | nodes.List) else [node]
    return tuple(item.value for item in items if isinstance(item, nodes.Const) and isinstance(item.value, str))


def presences(
    test: nodes.Node, name_of: NameOf, printed: frozenset[str] = frozenset(), *, negated: bool = False
) -> Iterator[Presence]:
    """The cells that are a condition by themselves; ``printed`` are the fields that depend on it and are printed."""
    if isinstance(test, nodes.Not):
        yield from presences(test.node, name_of, printed, negated=not negated)
    elif isinstance(test, nodes.And | nodes.Or):
        yield from presences(test.left, name_of, printed, negated=negated)
        yield from presences(test.right, name_of, printed, negated=negated)
    elif isinstance(test, nodes.Test) and test.name == "defined":
        yield from presences(test.node, name_of, printed, negated=negated)
    elif cell := cell_of(test, name_of):
        yield Presence(*cell, test.lineno, source_of(test), negated, cell[0] in printed)


def printed_in(several: Sequence[nodes.Node], name_of: NameOf) -> frozenset[str]:
    """The fields that are printed somewhere in these statements or expressions, conditions left aside."""
    found: set[str] = set()
    for node in several:
        if isinstance(node, nodes.Name):
            cell = name_of(node.name)
            found |= {cell[0]} if cell else set()
        elif isinstance(node, nodes.If | nodes.For):
            found |= printed_in([*node.body, *getattr(node, "elif_", ()), *node.else_], name_of)
        elif isinstance(node, nodes.CondExpr):
            found |= printed_in([node.expr1, *([node.expr2] if node.expr2 else [])], name_of)
        else:
            found |= printed_in(list(node.iter_child_nodes()), name_of)
    return frozenset(found)


def choice_of(
    tests: Sequence[nodes.Node],
    bodies: Sequence[Sequence[nodes.Node]],
    otherwise: Sequence[nodes.Node] | None,
    name_of: NameOf,
) -> Choice | None:
    """Alternatives that all look for texts in one cell; None for any others. ``bodies`` are what depends on each."""
    seen: list[tuple[Comparison, bool]] = []
    for test in tests:
        found = one_comparison(test, name_of)
        if found is None:
            return None
        seen.append(found)
    first = seen[0][0]
    if len({(each.field, each.filters) for each, _not in seen}) != 1:
        return None
    rest = bodies[0] if len(seen) == 1 and seen[0][1] else otherwise
    if len(seen) > 1 and any(negated for _each, negated in seen):
        return None
    values = tuple(dict.fromkeys(value for each, _not in seen for value in each.values))
    words = None if rest is None else " ".join(words_of(rest))[:_SHOWN_OF_A_CHOICE]
    return Choice(first.field, first.filters, first.line, first.written, values, words, len(seen))


def one_comparison(test: nodes.Node, name_of: NameOf) -> tuple[Comparison, bool] | None:
    """The comparison that a condition is, and whether it holds where the text is not found."""
    if isinstance(test, nodes.Not):
        inner = one_comparison(test.node, name_of)
        return inner and (inner[0], not inner[1])
    if isinstance(test, nodes.Or):
        left, right = one_comparison(test.left, name_of), one_comparison(test.right, name_of)
        if left and right and not left[1] and not right[1] and left[0].written == right[0].written:
            head = left[0]
            return Comparison(
                head.field, head.filters, head.line, head.written, (*head.values, *right[0].values)
            ), False
        return None
    if not isinstance(test, nodes.Compare | nodes.Test):
        return None
    several = list(decisions_in(test, name_of))
    if len(several) != 1 or not isinstance(several[0], Comparison) or several[0].how is not How.EQUAL:
        return None
    negated = isinstance(test, nodes.Compare) and test.ops[0].op in ("ne", "notin")
    return several[0], negated or (isinstance(test, nodes.Test) and test.name in ("!=", "ne"))


def words_of(several: Sequence[nodes.Node]) -> Iterator[str]:
    """The author's own words in some statements or expressions."""
    for node in several:
        for text in (node, *node.find_all((nodes.TemplateData, nodes.Const))):
            if isinstance(text, nodes.TemplateData):
                yield text.data
            elif isinstance(text, nodes.Const) and isinstance(text.value, str):
                yield text.value
