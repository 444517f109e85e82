"""What a letter compares: the texts that it looks for in a column, and comparisons that cannot mean what they say.

All cells are text. A number beside one, or a text alone between ``or`` and ``and``, is a mistake that Jinja2 does not
report: the condition would be false, or true, for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jinja2 import nodes

from mailmerge.letter.decisions.deciding import CASE_FILTERS, Comparison, Decision, How, Literal, Ordering, Unquoted
from mailmerge.letter.reasons import reason
from mailmerge.letter.values.dates import DayOrder, is_date, is_iso, iso_day
from mailmerge.text.folding import fold, identifier
from mailmerge.text.regex import regex

_LISTED = regex("[,;/|]")
_UNCHANGED = frozenset({"e", "escape", "string"})
_METHODS = {"strip": "trim", "capitalize": "capitalize", "lower": "lower", "title": "title", "upper": "upper"}
_SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
_MIRRORED = {"lt": "gt", "lteq": "gteq", "gt": "lt", "gteq": "lteq"}
_ORDERED = frozenset(_MIRRORED)


class Meaningless(ValueError):
    """A comparison that cannot mean what it says; its reason has what to write instead."""

    def __init__(self, kind: str, line: int, **values: str) -> None:
        self.reason = reason(kind, **values)
        super().__init__(str(self.reason))
        self.line = line


Cell = tuple[str, tuple[str, ...]]
"""A field, and the filters that its cell goes through."""
NameOf = Callable[[str], Cell | None]
"""The cell that a name means, also where the letter sets the name to a cell; None for any other of its own names."""


def cell_of(node: nodes.Node, name_of: NameOf) -> Cell | None:
    """The field whose cell an expression is, unchanged but for its case; None for any other expression."""
    if isinstance(node, nodes.Name):
        return name_of(node.name)
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


def compared(node: nodes.Compare, name_of: NameOf) -> Iterator[Decision]:
    """The comparisons of a cell with texts, with another cell, or with what no cell is.

    Raises:
        Meaningless: a cell is compared with a number, or something with one of several constants (``'x' or 'y'``).
    """
    left: nodes.Node = node.expr
    for operand in node.ops:
        right, operator = operand.expr, operand.op
        _check_fields(left, right, operator)
        if choice := _choice(right):
            raise Meaningless("compared-choice", node.lineno, write=_as_list(left, operator, choice))
        for this, other, sign in ((left, right, operator), (right, left, _MIRRORED.get(operator, operator))):
            cell = cell_of(this, name_of)
            if cell is None:
                _check_day(this, other, sign, name_of)
                continue
            if operator in ("in", "notin") and this is right:
                if texts := _text(other):
                    yield Comparison(*_head(cell, this), texts, How.CONTAINS)
                continue
            _check_kinds(this, other, sign)
            yield from _decisions(cell, this, other, sign, name_of, first=this is left)
        left = right


def _check_fields(left: nodes.Node, right: nodes.Node, operator: str) -> None:
    """Refuse to compare two texts: one of them was meant to be a field. A blank one stands for a field left out."""
    both = (left, right)
    if operator in _SIGNS and all(isinstance(each, nodes.Const) and isinstance(each.value, str) for each in both):
        this, other = (str(each.value) for each in both if isinstance(each, nodes.Const))
        if this:
            write = f"{identifier(this) or 'field'} {_SIGNS[operator]} {quoted(other)}"
            raise Meaningless("compared-constants", left.lineno, write=write)


def _check_day(day: nodes.Node, other: nodes.Node, operator: str, name_of: NameOf) -> None:
    """Look at what ``debut|day`` is compared with: only another such day, or a text in the same form."""
    if not isinstance(day, nodes.Filter) or day.name != "day" or operator not in _SIGNS:
        return
    written = source_of(day)
    if cell_of(other, name_of):
        meant = f"{source_of(other)}|day"
        raise Meaningless(
            "compared-day",
            day.lineno,
            name=written,
            text=source_of(other),
            write=f"{written} {_SIGNS[operator]} {meant}",
        )
    if not isinstance(other, nodes.Const) or is_iso(str(other.value)):
        return
    text = str(other.value)
    order = next((str(each.value) for each in day.args if isinstance(each, nodes.Const)), DayOrder.DAY_FIRST)
    meant = f"{text}-01-01" if is_year(text) else iso_day(text, order) if is_date(text) else "2027-01-31"
    raise Meaningless(
        "compared-day", day.lineno, name=written, text=quoted(text), write=f"{written} {_SIGNS[operator]} '{meant}'"
    )


def _decisions(
    cell: Cell, this: nodes.Node, other: nodes.Node, sign: str, name_of: NameOf, *, first: bool
) -> Iterator[Decision]:
    """What the comparison of a cell with something else decides by; one of two cells is told of once."""
    head = _head(cell, this)
    if sign in _ORDERED:
        beside = cell_of(other, name_of)
        if isinstance(other, nodes.Const) and not isinstance(other.value, bool | None):
            number = _is_number(other.value)
            yield Ordering(*head, _SIGNS[sign], text=str(other.value), number=number)
        elif beside and first:
            yield Ordering(*head, _SIGNS[sign], other=beside[0], other_written=source_of(other))
    elif texts := _texts(other) if sign in ("in", "notin") else _text(other):
        yield Comparison(*head, texts)
    elif isinstance(other, nodes.Const) and isinstance(other.value, bool | None) and sign in ("eq", "ne"):
        yield Literal(*head, str(other.value).lower(), sign == "ne")
    elif isinstance(other, nodes.Name) and sign in ("eq", "ne"):
        yield Unquoted(*head, other.name, _SIGNS[sign])


def _head(cell: Cell, node: nodes.Node) -> tuple[str, tuple[str, ...], int, str]:
    return cell[0], cell[1], node.lineno, source_of(node)


def _check_kinds(cell: nodes.Node, other: nodes.Node, operator: str) -> None:
    written = source_of(cell)
    if operator in ("in", "notin") and (text := "".join(_text(other))):
        values = tuple(filter(None, map(str.strip, _LISTED.split(text)))) or (text,)
        raise Meaningless("within-one-text", cell.lineno, text=quoted(text), write=_as_list(cell, operator, values))
    if isinstance(other, nodes.Const) and not (operator in _ORDERED and is_year(str(other.value))):
        if _is_number(other.value):
            meant = f"{written}|float {_SIGNS.get(operator, '==')} {other.value}"
            raise Meaningless("text-with-number", cell.lineno, name=written, write=meant)
        if operator in _ORDERED and isinstance(other.value, str) and reads_as_number(other.value):
            number = other.value.strip().replace(",", ".")
            raise Meaningless(
                "ordered-as-text", cell.lineno, name=written, write=f"{written}|float {_SIGNS[operator]} {number}"
            )
    if isinstance(other, nodes.List | nodes.Tuple) and operator in ("in", "notin"):
        constants = [item.value for item in other.items if isinstance(item, nodes.Const)]
        if any(map(_is_number, constants)):
            texts = ", ".join(quoted(str(value)) for value in constants)
            sign = "in" if operator == "in" else "not in"
            raise Meaningless("text-with-number", cell.lineno, name=written, write=f"{written} {sign} [{texts}]")


def is_year(text: str) -> bool:
    """Whether a number may be a year: compared with dates, it means something that only the table can tell."""
    return len(text.strip()) == 4 and text.strip().isdecimal() and text.strip()[:2] in ("19", "20")


def check_condition(node: nodes.Node, *, strict: bool = False) -> None:
    """Look at a condition for a text that is alone behind a comparison: ``a == 'x' or 'y'``.

    With ``strict`` no text is alone anywhere. (A letter may have one: what is the same for everybody is written
    into it in the place of a field.)

    Raises:
        Meaningless: there is one, and the condition is the same for everybody.
    """
    if isinstance(node, nodes.Not):
        check_condition(node.node, strict=strict)
    elif isinstance(node, nodes.And | nodes.Or):
        for constant, beside in ((node.right, _last(node.left)), (node.left, _first(node.right))):
            if isinstance(constant, nodes.Const) and _alone(constant) and (write := _with_one_more(beside, constant)):
                raise Meaningless("constant-operand", node.lineno, text=quoted(str(constant.value)), write=write)
        check_condition(node.left, strict=strict)
        check_condition(node.right, strict=strict)
    elif strict and isinstance(node, nodes.Const) and _alone(node):
        raise Meaningless("constant-condition", node.lineno, text=quoted(str(node.value)))


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
        arguments = ", ".join(quoted(str(each.value)) for each in node.args if isinstance(each, nodes.Const))
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
    return f"{source_of(left)} {sign} [{', '.join(map(quoted, values))}]"


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
    if isinstance(node, nodes.Dict):
        return tuple(text for pair in node.items for text in _text(pair.key))
    if not isinstance(node, nodes.List | nodes.Tuple):
        return ()
    return tuple(text for item in node.items for text in _text(item))


def _alone(node: nodes.Const) -> bool:
    return isinstance(node.value, str) or _is_number(node.value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def reads_as_number(text: str) -> bool:
    """Whether a text is a number, with a point or a comma."""
    return text.strip().replace(",", "", 1).replace(".", "", 1).isdecimal()


def quoted(text: str) -> str:
    """A text as a condition has it."""
    return f'"{text}"' if "'" in text else f"'{text}'"
