"""What is written down is used, and is short enough to be read in one go."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest
from house_source import modules

LINES = 60
LONGER = {
    "mailmerge.records.table.build_table": "one pass over the rows, in which every step needs the one before",
}
USED_BY_OTHERS = {
    "mailmerge.campaign.sealing.retention.open_outbox": "the way in for whoever sends from a program of their own",
    "mailmerge.lint.extract.serving.serve": "another interpreter is told to import it, in a text",
    "mailmerge.locale.compile.Catalogues": "the build calls it by its name in pyproject.toml",
}
DEFINITION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
NESTING = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
DEEPEST = 4


def long_functions(source: Mapping[str, ast.Module]) -> Iterator[str]:
    """Functions that have more lines below their docstring than a reader keeps in mind."""
    for module, tree in source.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node, clean=False) else node.body
                if body and (body[-1].end_lineno or 0) - body[0].lineno >= LINES:
                    yield f"{module}.{node.name}"


def depth(node: ast.AST, level: int = 0) -> int:
    """How many loops, conditions and the like are within each other below a node; an ``elif`` goes no deeper."""
    deepest = level
    for name, value in ast.iter_fields(node):
        several = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, ast.AST)]
        for each in several:
            if isinstance(each, (*DEFINITION, ast.Lambda)):
                continue
            is_elif = isinstance(node, ast.If) and name == "orelse" and len(several) == 1 and isinstance(each, ast.If)
            deepest = max(deepest, depth(each, level + (isinstance(each, NESTING) and not is_elif)))
    return deepest


def nested_functions(source: Mapping[str, ast.Module]) -> Iterator[str]:
    """Functions with more within each other than a reader can follow."""
    for module, tree in source.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and depth(node) > DEEPEST:
                yield f"{module}.{node.name}"


def unused(source: Mapping[str, ast.Module]) -> Iterator[str]:
    """Functions and classes of a module that nothing names, apart from a room that hands them on.

    What carries a decorator is registered by it: a rule of the linter, a command.
    """
    used = set[str]()
    for module, tree in source.items():
        handing_on = any(name.startswith(f"{module}.") for name in source)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                used.add(node.id)
            elif isinstance(node, ast.Attribute):
                used.add(node.attr)
            elif isinstance(node, ast.ImportFrom) and not handing_on:
                used.update(alias.name for alias in node.names)
    for module, tree in source.items():
        for node in tree.body:
            if isinstance(node, DEFINITION) and not node.decorator_list and node.name not in used:
                yield f"{module}.{node.name}"


def test_every_function_can_be_read_in_one_go() -> None:
    assert set(long_functions(modules())) <= LONGER.keys()


def test_no_function_is_nested_deeper_than_a_reader_follows() -> None:
    assert list(nested_functions(modules())) == []


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("a()", 0),
        ("for a in b:\n  if a:\n    c()", 2),
        ("if a:\n  b()\nelif c:\n  d()\nelif e:\n  f()", 1),
        ("if a:\n  b()\nelse:\n  if c:\n    d()\n  e()", 2),
        ("try:\n  with a:\n    while b:\n      c()\nexcept D:\n  pass", 3),
        ("def f():\n  if a:\n    b()", 0),
    ],
)
def test_depth_counts_what_is_within_each_other(text: str, levels: int) -> None:
    assert depth(ast.parse(text)) == levels


def test_every_function_and_class_is_used_by_the_program() -> None:
    assert set(unused(modules())) == USED_BY_OTHERS.keys()


FUNCTION = "def f():\n    {doc}\n" + "    one()\n" * LINES + "{more}"


@pytest.mark.parametrize(
    ("doc", "more", "is_long"),
    [
        ("'''What it does.\n\n    More about it.\n    '''", "", False),
        ("'''What it does.'''", "    one()\n", True),
        ("one()", "", True),
    ],
)
def test_a_function_is_measured_without_its_docstring(doc: str, more: str, is_long: bool) -> None:
    source = {"a": ast.parse(FUNCTION.format(doc=doc, more=more))}
    assert list(long_functions(source)) == (["a.f"] if is_long else [])


@pytest.mark.parametrize(
    ("module", "text", "is_used"),
    [
        ("a.c", "from a.b import f", True),
        ("a.c", "import a.b\na.b.f()", True),
        ("a.c", "'f'", False),
        ("a", "from a.b import f", False),
        ("a", "from a.b import f\nf()", True),
    ],
)
def test_a_name_that_a_room_only_hands_on_is_not_used(module: str, text: str, is_used: bool) -> None:
    source = {"a": ast.parse(""), "a.b": ast.parse("def f(): ..."), module: ast.parse(text)}
    assert list(unused(source)) == ([] if is_used else ["a.b.f"])
