"""The program's own source, for the tests that read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel.messages import Catalog

import mailmerge
from mailmerge.locale import update

PACKAGE = Path(mailmerge.__file__).parent
PROJECT = PACKAGE.parent / "pyproject.toml"


@cache
def modules() -> Mapping[str, ast.Module]:
    """The parsed source of every module, by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = ast.parse(path.read_text("utf-8"))
    return found


@cache
def translatable() -> Catalog:
    """Every text that can be translated: two seconds of reading, for whoever asks first."""
    return update.texts()


def imports_of(module: ast.AST, known: Mapping[str, object]) -> set[str]:
    """The modules among the known ones that a module imports anywhere: in functions and for types only, too."""
    found = set[str]()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update(
                full if (full := f"{node.module}.{alias.name}") in known else node.module for alias in node.names
            )
    return found & known.keys()


def circles(graph: Mapping[str, set[str]]) -> list[set[str]]:
    """Groups of modules each of which reaches every other one of its group."""
    reached: dict[str, set[str]] = {}
    for start in graph:
        seen, waiting = set[str](), [start]
        while waiting:
            following = graph[waiting.pop()] - seen
            seen |= following
            waiting.extend(following)
        reached[start] = seen
    groups = {frozenset(other for other in reached[one] if one in reached[other]) for one in graph}
    return [set(group) for group in groups if group]


def nodes(*kinds: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Every node of some kinds, with the module that it is in."""
    for kind, several in _nodes_by_kind().items():
        if issubclass(kind, kinds):
            yield from several


@cache
def _nodes_by_kind() -> Mapping[type[ast.AST], list[tuple[str, ast.AST]]]:
    """Half a million nodes are walked through once."""
    found: dict[type[ast.AST], list[tuple[str, ast.AST]]] = {}
    for name, module in modules().items():
        for node in ast.walk(module):
            found.setdefault(type(node), []).append((name, node))
    return found
