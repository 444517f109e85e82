"""Conditions in a row that are alternatives to each other, written each by itself.

``{% if genre == 'F' %}Madame{% endif %}{% if genre == 'M' %}Monsieur{% endif %}`` is one choice, of which nothing may
hold: it is read as if it were written with ``elif``, so that whatever is known of a choice is known of it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinja2 import nodes
from msgspec import Struct

from mailmerge.letter.decisions.cell_tests import one_comparison
from mailmerge.letter.decisions.comparisons import NameOf
from mailmerge.letter.decisions.deciding import Comparison


class Alternatives(Struct, frozen=True):
    """A series as one condition with alternatives."""

    condition: nodes.If
    blanks: str
    """What is written where none of them holds: the blanks between them."""


def as_choices(body: Sequence[nodes.Node], name_of: NameOf) -> Iterator[nodes.Node | Alternatives]:
    """Statements, with the alternatives of one line as one condition; the letter says the same to everybody."""
    series: list[nodes.Node] = []
    """Conditions, each but the first after the blanks before it, if there are any."""
    looked_for: list[Comparison] = []
    blanks: list[nodes.Node] = []
    for node in body:
        comparison = _alternative(node, name_of)
        if comparison and looked_for and _are_alternatives(comparison, looked_for):
            series += [*blanks, node]
            looked_for.append(comparison)
            blanks = []
        elif looked_for and not blanks and _is_blank(node):
            blanks = [node]
        else:
            yield from _chained(series)
            yield from blanks
            series, looked_for, blanks = ([node], [comparison], []) if comparison else ([], [], [])
            if not comparison:
                yield node
    yield from _chained(series)
    yield from blanks


def _alternative(node: nodes.Node, name_of: NameOf) -> Comparison | None:
    """What a condition of one line looks for in a cell, where it says nothing about anybody else."""
    if not isinstance(node, nodes.If) or node.elif_ or node.else_ or not _is_in_line(node.body):
        return None
    found = one_comparison(node.test, name_of)
    return found[0] if found and not found[1] else None


def _is_in_line(body: Sequence[nodes.Node]) -> bool:
    texts = [data.data for node in body for data in node.find_all(nodes.TemplateData)]
    return all(isinstance(node, nodes.Output) for node in body) and not any("\n" in text for text in texts)


def _are_alternatives(comparison: Comparison, others: Sequence[Comparison]) -> bool:
    """Whether a cell can be what one of them looks for only."""
    return all(
        (comparison.field, comparison.filters) == (each.field, each.filters)
        and set(comparison.values).isdisjoint(each.values)
        for each in others
    )


def _is_blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Output) and all(
        isinstance(child, nodes.TemplateData) and not child.data.strip() and "\n" not in child.data
        for child in node.nodes
    )


def _chained(series: Sequence[nodes.Node]) -> Iterator[nodes.Node | Alternatives]:
    """The conditions of a series as one; where one of them holds, the blanks around it stay as they were."""
    conditions = [node for node in series if isinstance(node, nodes.If)]
    if len(conditions) < 2:
        yield from series
        return
    before = [""]
    for node in series[1:]:
        if isinstance(node, nodes.If):
            before.append("")
        else:
            before[-1] += "".join(data.data for data in node.find_all(nodes.TemplateData))
    # before[n] is what is between the n-th condition and the next one; nothing is after the last
    for number, condition in enumerate(conditions):
        texts = "".join(before[:number]), "".join(before[number:])
        start, end = ([_output(text, condition.lineno)] if text else [] for text in texts)
        condition.body = [*start, *condition.body, *end]
    first, *rest = conditions
    first.elif_ = rest
    yield Alternatives(first, "".join(before))


def _output(text: str, line: int) -> nodes.Output:
    return nodes.Output([nodes.TemplateData(text, lineno=line)], lineno=line)
