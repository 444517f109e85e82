"""What a letter can come to say: its skeletons with every branch taken, or each branch by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinja2 import nodes

from mailmerge.letter.placeholders import BREAK, GAPS, placeholder
from mailmerge.letter.program import LetterProgram

_MOST = 256
"""Skeletons of one part that are looked at."""


def bodies(program: LetterProgram) -> Iterator[list[nodes.Node]]:
    """The statements of each part of the letter."""
    body: list[nodes.Node] = []
    for node in program.tree.body:
        if isinstance(node, nodes.Output) and node.nodes == [nodes.TemplateData(BREAK)]:
            yield body
            body = []
        else:
            body.append(node)


def branches(body: Sequence[nodes.Node]) -> list[str]:
    """The skeletons that statements can give: each branch of each condition, each loop with one round or none."""
    skeletons = [""]
    for node in body:
        if isinstance(node, nodes.Output):
            endings = [_skeleton(node)]
        elif isinstance(node, nodes.If):
            endings = [
                each for inner in (node.body, *(e.body for e in node.elif_), node.else_) for each in branches(inner)
            ]
        elif isinstance(node, nodes.For):
            endings = [*branches(node.body), *branches(node.else_)]
        else:
            continue
        skeletons = list(dict.fromkeys(start + ending for start in skeletons for ending in endings))[:_MOST]
    return skeletons


def _skeleton(output: nodes.Output) -> str:
    pieces: list[str] = []
    for child in output.nodes:
        if isinstance(child, nodes.TemplateData):
            pieces.append(GAPS.sub("", child.data))
        elif isinstance(child, nodes.Filter) and isinstance(child.args[0], nodes.Const):
            pieces.append(placeholder(child.args[0].value, len(pieces)))
    return "".join(pieces)


def all_branches(program: LetterProgram) -> str:
    """The skeleton in which every branch was taken, and every loop once."""
    pieces: list[str] = []
    values = 0
    for output in program.tree.find_all(nodes.Output):
        for child in output.nodes:
            if isinstance(child, nodes.TemplateData):
                pieces.append(GAPS.sub("", child.data))
            elif isinstance(child, nodes.Filter) and isinstance(child.args[0], nodes.Const):
                pieces.append(placeholder(child.args[0].value, values))
                values += 1
    return "".join(pieces)
