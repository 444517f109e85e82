"""What a letter compares: the texts that it looks for in a column, and comparisons that cannot mean what they say.

All cells are text. A number beside one, or a text alone between ``or`` and ``and``, is a mistake that Jinja2 does not
report: the condition would be false, or true, for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from mailmerge.letter.reasons import reason
from mailmerge.letter.words import proper
from mailmerge.text import fold, identifier

CASE_FILTERS: Mapping[str, Callable[[str], str]] = {
    "capitalize": str.capitalize,
    "lower": str.lower,
    "proper": proper,
    "title": str.title,
    "trim": str.strip,
    "upper": str.upper,
}
"""Filters that change a text only in its case and the blanks around it."""
_UNCHANGED = frozenset({"e", "escape", "string"})
_METHODS = {"strip": "trim", "capitalize": "capitalize", "lower": "lower", "title": "title", "upper": "upper"}
_SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
_MIRRORED = {"lt": "gt", "lteq": "gteq", "gt": "lt", "gteq": "lteq"}
_ORDERED = frozenset(_MIRRORED)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Texts that a condition compares with the cells of one column."""

    field: str
    values: tuple[str, ...]
    filters: tuple[str, ...]
    """What the cells go through first: names of :data:`CASE_FILTERS`, the first applied first."""
    line: int

    def seen(self, cell: str) -> str:
        """A cell as the condition sees it."""
        for name in self.filters:
            cell = CASE_FILTERS[name](cell)
        return cell


class Meaningless(ValueError):
    """A comparison that cannot mean what it says; its reason has what to write instead."""

    def __init__(self, kind: str, line: int, **values: str) -> None:
        self.reason = reason(kind, **values)
        super().__init__(str(self.reason))
        self.line = line


Cell = tuple[str, tuple[str, ...]]
"""A field, and the filters that its cell goes through."""
NameOf = Callable[[str], str]
"""The field of the table that a name means; ``""`` for a name of the letter's own."""


def cell_of(node: nodes.Node, name_of: NameOf) -> Cell | None:
    """The field whose cell an expression is, unchanged but for its case; None for any other expression."""
    if isinstance(node, nodes.Name):
        field = name_of(node.name)
        return (field, ()) if field else None
    if isinstance(node, nodes.Filter) and node.node is not None and not node.kwargs:
        inner = cell_of(node.node, name_of)
        if inner and node.name in ("d", "default"):
            return inner
        if inner and not node.args and node.name in (*CASE_FILTERS, *_UNCHANGED):
            return (inner[0], (*inner[1], *((node.name,) if node.name in CASE_FILTERS else ())))
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and not (node.args or node.kwargs):
        inner = cell_of(node.node.node, name_of)
        if inner and node.node.attr in _METHODS:
            return inner[0], (*inner[1], _METHODS[node.node.attr])
    return None


def compared(node: nodes.Compare, name_of: NameOf) -> Iterator[Comparison]:
    """The comparisons of a cell with texts.

    Raises:
        Meaningless: a cell is compared with a number, or something with one of several constants (``'x' or 'y'``).
    """
    left: nodes.Node = node.expr
    for operand in node.ops:
        right, operator = operand.expr, operand.op
        if choice := _choice(right):
            raise Meaningless("compared-choice", node.lineno, write=_as_list(left, operator, choice))
        for this, other, sign in ((left, right, operator), (right, left, _MIRRORED.get(operator, operator))):
            cell = cell_of(this, name_of)
            if cell is None or (operator in ("in", "notin") and this is right):
                continue
            _check_kinds(this, other, sign)
            texts = _texts(other) if operator in ("in", "notin") else _text(other)
            if texts and operator in ("eq", "ne", "in", "notin"):
                yield Comparison(*_first_two(cell, texts), node.lineno)
        left = right


def _first_two(cell: Cell, texts: tuple[str, ...]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return cell[0], texts, cell[1]


def _check_kinds(cell: nodes.Node, other: nodes.Node, operator: str) -> None:
    written = source_of(cell)
    if isinstance(other, nodes.Const):
        if _is_number(other.value):
            raise Meaningless(
                "text-with-number", cell.lineno, name=written, write=f"{written}|float {_SIGNS[operator]} {other.value}"
            )
        if operator in _ORDERED and isinstance(other.value, str) and _reads_as_number(other.value):
            number = other.value.strip().replace(",", ".")
            raise Meaningless(
                "ordered-as-text", cell.lineno, name=written, write=f"{written}|float {_SIGNS[operator]} {number}"
            )
    if isinstance(other, nodes.List | nodes.Tuple) and operator in ("in", "notin"):
        values = [item.value for item in other.items if isinstance(item, nodes.Const)]
        if any(map(_is_number, values)):
            texts = ", ".join(_quoted(str(value)) for value in values)
            sign = "in" if operator == "in" else "not in"
            raise Meaningless("text-with-number", cell.lineno, name=written, write=f"{written} {sign} [{texts}]")


def check_condition(node: nodes.Node, *, strict: bool = False) -> None:
    """Look at a condition for a text that stands alone behind a comparison: ``a == 'x' or 'y'``.

    With ``strict`` no text stands alone anywhere. (A letter may have one: what is the same for everybody is written
    into it in the place of a field.)

    Raises:
        Meaningless: there is one, and the condition is the same for everybody.
    """
    if isinstance(node, nodes.Not):
        check_condition(node.node, strict=strict)
    elif isinstance(node, nodes.And | nodes.Or):
        for constant, beside in ((node.right, _last(node.left)), (node.left, _first(node.right))):
            if isinstance(constant, nodes.Const) and _alone(constant) and (write := _with_one_more(beside, constant)):
                raise Meaningless("constant-operand", node.lineno, text=_quoted(str(constant.value)), write=write)
        check_condition(node.left, strict=strict)
        check_condition(node.right, strict=strict)
    elif strict and isinstance(node, nodes.Const) and _alone(node):
        raise Meaningless("constant-condition", node.lineno, text=_quoted(str(node.value)))


def _with_one_more(beside: nodes.Node, constant: nodes.Const) -> str:
    """What was meant by a comparison with a text beside it; ``""`` where that is no comparison with a text."""
    if not isinstance(beside, nodes.Compare) or len(beside.ops) != 1:
        return ""
    operand = beside.ops[0]
    earlier = _texts(operand.expr) or _text(operand.expr)
    return _as_list(beside.expr, operand.op, (*earlier, str(constant.value))) if earlier else ""


def calculated(node: nodes.BinExpr, name_of: NameOf) -> None:
    """Look at a sum or a difference for a cell beside a number.

    Raises:
        Meaningless: there is one: a cell is text, and nothing can be calculated with it.
    """
    for this, other in ((node.left, node.right), (node.right, node.left)):
        if isinstance(other, nodes.Const) and _is_number(other.value) and cell_of(this, name_of):
            written, sign, number = source_of(this), node.operator, str(other.value)
            parts = (f"{written}|float", number) if this is node.left else (number, f"{written}|float")
            raise Meaningless("text-in-sum", node.lineno, name=written, write=f" {sign} ".join(parts))


def source_of(node: nodes.Node) -> str:
    """A field with its filters as its author writes it."""
    if isinstance(node, nodes.Name):
        return identifier(node.name) or node.name
    if isinstance(node, nodes.Filter) and node.node is not None:
        arguments = ", ".join(_quoted(str(each.value)) for each in node.args if isinstance(each, nodes.Const))
        return f"{source_of(node.node)}|{node.name}" + (f"({arguments})" if arguments else "")
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
        return f"{source_of(node.node.node)}.{node.node.attr}()"
    return "field"


def nearest(wanted: str, known: list[str]) -> str:
    """The one of some texts that was likely meant, ``""`` where none resembles it."""
    import difflib

    same = [each for each in known if fold(each) == fold(wanted)]
    close = same or difflib.get_close_matches(wanted, known, 1, 0.75)
    return close[0] if close else ""


def _as_list(left: nodes.Node, operator: str, values: tuple[str, ...]) -> str:
    sign = "not in" if operator in ("ne", "notin") else "in"
    return f"{source_of(left)} {sign} [{', '.join(map(_quoted, values))}]"


def _last(node: nodes.Node) -> nodes.Node:
    return _last(node.right) if isinstance(node, nodes.And | nodes.Or) else node


def _first(node: nodes.Node) -> nodes.Node:
    return _first(node.left) if isinstance(node, nodes.And | nodes.Or) else node


def _choice(node: nodes.Node) -> tuple[str, ...]:
    """The texts of ``'x' or 'y'``, which is ``'x'``; nothing for any other expression."""
    if not isinstance(node, nodes.And | nodes.Or):
        return ()
    left, right = _choice(node.left) or _text(node.left), _text(node.right)
    return (*left, *right) if left and right else ()


def _text(node: nodes.Node) -> tuple[str, ...]:
    return (node.value,) if isinstance(node, nodes.Const) and isinstance(node.value, str) else ()


def _texts(node: nodes.Node) -> tuple[str, ...]:
    if not isinstance(node, nodes.List | nodes.Tuple):
        return ()
    return tuple(text for item in node.items for text in _text(item))


def _alone(node: nodes.Const) -> bool:
    return isinstance(node.value, str) or _is_number(node.value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _reads_as_number(text: str) -> bool:
    return text.strip().replace(",", "", 1).replace(".", "", 1).isdecimal()


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
