"""The mutants of a module: what cosmic-ray makes of it by default, save what does nothing here.

Not counted is a mutant that differs from the module in nothing but annotations (also the imports under
``TYPE_CHECKING``), docstrings, ``__all__``, the texts of sentences (``N_``, ``RuleDoc``) or logging, one that means
what another mutant of the module means already, one that asks for identity instead of equality or the reverse (the same
for the enums, None and texts that are compared here), and one that Python does not compile. Nothing else is left out.
"""

from __future__ import annotations

import ast
import random
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parents[3]
_PREFIX = "core/"
_OUTSIDE = ("VariableReplacer", "VariableInserter")
"""Operators that do nothing before somebody names a variable."""
_SAME = frozenset(f"ReplaceComparisonOperator_{each}" for each in ("Is_Eq", "Eq_Is", "IsNot_NotEq", "NotEq_IsNot"))
_TEXTS = frozenset({"N_", "_", "RuleDoc"})
_PUNCTUATION = frozenset("()[]{},:.=")
_LOGGERS = frozenset({"log", "logger", "logging", "_log", "_logger"})


@dataclass(frozen=True)
class Mutant:
    """One change of one module."""

    path: Path
    operator: str
    occurrence: int
    source: str

    @property
    def module(self) -> str:
        """The name under which it is imported."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)

    @property
    def key(self) -> str:
        """What it is called in the file of results."""
        return f"{self.path.relative_to(ROOT).as_posix()} {self.operator} {self.occurrence} {self.difference}"

    @cached_property
    def line(self) -> int:
        """The first line that differs."""
        return self._changed[0]

    @property
    def difference(self) -> str:
        """The first line that differs, before and after."""
        number, before, after = self._changed
        return f"{number}: {before}  ->  {after}"

    @cached_property
    def _changed(self) -> tuple[int, str, str]:
        pairs = zip(original(self.path).splitlines(), [*self.source.splitlines(), ""], strict=False)
        number, (before, after) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
        return number, before.strip(), after.strip()


@cache
def original(path: Path) -> str:
    """The module as it is, the same for the whole run."""
    return path.read_text(encoding="utf-8")


def sample(paths: Sequence[Path], size: int, seed: int) -> Iterator[Mutant]:
    """So many mutants of the modules, each of them as likely as any other."""
    places = [place for path in paths for place in _places(path)]
    random.Random(seed).shuffle(places)
    seen = {path: {_meaning(original(path))} for path in paths}
    found = 0
    for path, operator, occurrence in places:
        if found == size:
            return
        mutated = mutate_code(original(path), get_operator(_PREFIX + operator)(), occurrence) or original(path)
        try:
            meaning = _meaning(mutated)
        except SyntaxError:
            continue
        if meaning not in seen[path]:
            seen[path].add(meaning)
            found += 1
            yield Mutant(path, operator, occurrence, mutated)


def _places(path: Path) -> Iterator[tuple[Path, str, int]]:
    nodes = [node for node in ast_nodes(get_ast(original(path))) if not _never_changed(node)]
    for name in operator_names():
        short = name.removeprefix(_PREFIX)
        if short in _OUTSIDE or short in _SAME:
            continue
        operator = get_operator(name)()
        for occurrence in range(sum(1 for node in nodes for _ in _positions(operator, node))):
            yield path, short, occurrence


def _never_changed(node: Any) -> bool:
    return node.type in ("name", "string", "newline") or (node.type == "operator" and node.value in _PUNCTUATION)


def _positions(operator: object, node: object) -> Iterator[object]:
    try:
        yield from operator.mutation_positions(node)  # type: ignore[attr-defined]
    except (AttributeError, IndexError):  # ExceptionReplacer of cosmic-ray does not know a dotted exception
        return


def _meaning(source: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        compile(source, "<mutant>", "exec", dont_inherit=True)
        return ast.dump(_WithoutWords().visit(ast.parse(source)))


class _WithoutWords(ast.NodeTransformer):
    """Leaves of a module what it does."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if "TYPE_CHECKING" in ast.unparse(node.test) else self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        return None if ast.unparse(node.targets[0]) == "__all__" else self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        value = node.value
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return None
        called = value.func if isinstance(value, ast.Call) else None
        if isinstance(called, ast.Attribute) and ast.unparse(called.value) in _LOGGERS:
            return None
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if ast.unparse(node.func) in _TEXTS:
            for each in ast.walk(node):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    each.value = ""
        return node
