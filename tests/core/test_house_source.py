"""What the source itself promises: imports go one way, and nothing decides by a sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from house_source import circles, imports_of, modules

SCREENS = "mailmerge.tui"
UNTIED = {"mailmerge.outbox.elsewhere", "mailmerge.outbox.journal", "mailmerge.outbox.run"}
"""Still in a circle, for types and one lock; nothing may join them."""


def test_no_module_below_the_screens_imports_itself_by_way_of_others() -> None:
    graph = {
        name: imports_of(module, modules()) - {name}
        for name, module in modules().items()
        if not name.startswith(SCREENS)
    }
    below = {name: {other for other in targets if other in graph} for name, targets in graph.items()}
    assert [circle for circle in circles(below) if not circle <= UNTIED] == []


@pytest.mark.parametrize(
    "source",
    [
        "import a.b",
        "from a import b",
        "from a.b import something",
        "def f():\n    from a.b import something",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a.b import something",
    ],
)
def test_an_import_is_seen_wherever_it_is(source: str) -> None:
    assert imports_of(ast.parse(source), {"a": None, "a.b": None, "c": None}) == {"a.b"}
    graph = {"a.b": {"c"}, "c": {"d"}, "d": {"a.b"}, "e": {"a.b"}}
    assert circles(graph) == [{"a.b", "c", "d"}]


SENTENCES = {"advice", "clause", "fix", "meaning", "message", "problem", "reason", "said", "stopped"}
"""Attributes that hold what a person reads."""
TEXT_METHODS = {"startswith", "endswith", "find", "index", "count", "partition", "rpartition", "split", "removeprefix"}
PATTERN_METHODS = {"match", "search", "fullmatch", "findall", "finditer"}
SENTENCES_ONLY = {
    "mailmerge.campaign.file": "msgspec says what is wrong with a key in a sentence only",
    "mailmerge.tui.editing.preview": "errors of a letter are sentences only",
}


def _is_sentence(node: ast.AST) -> bool:
    """``str(error)``, or an attribute that holds a sentence."""
    match node:
        case ast.Call(func=ast.Name(id="str"), args=[ast.Name(id=name)]):
            return name in ("error", "exc", "e", "refused", "lost", "problem", "failure")
        case ast.Attribute(attr=attribute):
            return attribute in SENTENCES
    return False


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and any(map(str.isalpha, node.value))


def decisions(module: ast.AST) -> Iterator[ast.AST]:
    """Where something is decided by what a sentence says."""
    for node in ast.walk(module):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(map(_is_sentence, sides)) and any(map(_is_text, sides)):
                yield node
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            read = _is_sentence(node.func.value) and node.func.attr in TEXT_METHODS
            if read or (node.func.attr in PATTERN_METHODS and any(map(_is_sentence, node.args))):
                yield node


def test_nothing_decides_by_a_sentence() -> None:
    found = [
        f"{name}, line {node.lineno}: {ast.unparse(node)}"
        for name, module in modules().items()
        if name not in SENTENCES_ONLY
        for node in decisions(module)
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        '"login" in rule.meaning',
        '"line" in defect.message',
        'error.reason == "gone"',
        'str(error).startswith("cannot")',
        'error.problem.partition(":")',
        're.match("x", str(error))',
        "PATTERN.search(error.message)",
    ],
)
def test_a_decision_by_a_sentence_is_seen(source: str) -> None:
    assert len(list(decisions(ast.parse(source)))) == 1
