"""How many mutants of the linter's rules the tests in ``tests/core`` kill.

    uv run --with cosmic-ray python tests/benchmarks/mutate_lint.py --sample 300 --seed 1 [lst tpl104 ...]

cosmic-ray makes the mutants of ``lint/rules/`` (its default operators); those that change nothing but an annotation are
not counted. Each mutant is loaded in place of its module in a process of its own, where the rule's own cases run first
and then the linter's other tests, until one fails. Nothing on disk is changed.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cosmic_ray.ast import get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parents[2]
RULES = ROOT / "mailmerge" / "lint" / "rules"
CASES = ROOT / "tests" / "core" / "rules"
_LEFT_OUT = ("RemoveDecorator", "Variable", "ExceptionReplacer")
"""Operators that take a rule out of the register, need a name, or fail on a dotted exception."""
_SECONDS = 300
"""After which a mutant counts as killed: it does not end."""


@dataclass(frozen=True)
class Mutant:
    """One change of one rule."""

    path: Path
    operator: str
    source: str

    @property
    def module(self) -> str:
        """The name under which it is imported."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)

    def difference(self) -> str:
        """The first line that differs, before and after."""
        pairs = zip(self.path.read_text(encoding="utf-8").splitlines(), self.source.splitlines(), strict=False)
        number, (before, after) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
        return f"{self.path.relative_to(RULES)}:{number}  {before.strip()[:70]}  ->  {after.strip()[:70]}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a rule that changes what it does."""
    source = path.read_text(encoding="utf-8")
    seen = {_meaning(source)}
    for name in operator_names():
        if name.removeprefix("core/").startswith(_LEFT_OUT):
            continue
        operator = get_operator(name)
        for occurrence in range(_places(source, operator())):
            mutated = mutate_code(source, operator(), occurrence)
            try:
                meaning = _meaning(mutated or source)
            except SyntaxError:
                continue
            if meaning not in seen:
                seen.add(meaning)
                yield Mutant(path, name.removeprefix("core/"), mutated)


def _places(source: str, operator: object) -> int:
    def count(node: object) -> int:
        below = sum(count(child) for child in getattr(node, "children", ()))
        return below + sum(1 for _ in operator.mutation_positions(node))  # type: ignore[attr-defined]

    return count(get_ast(source))


def _meaning(source: str) -> str:
    """The program without its annotations and docstrings, which do nothing here."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            node.annotation = ast.Constant(None)
        if isinstance(node, ast.FunctionDef):
            node.returns = None
    return ast.dump(tree)


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the mutant where the module is asked for."""

    def __init__(self, mutant: Mutant):
        self.mutant = mutant

    def find_spec(self, name: str, path: object, target: object = None) -> object:
        if name != self.mutant.module:
            return None
        return importlib.util.spec_from_file_location(name, self.mutant.path, loader=self)

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: object) -> None:
        exec(compile(self.mutant.source, str(self.mutant.path), "exec"), module.__dict__)


def killed_by(mutant: Mutant) -> str:
    """Who kills it: ``"cases"`` (its own), ``"others"``, ``"time"``; ``""`` where it lives."""
    for who, tests in (("cases", _own_cases(mutant)), ("others", _other_tests())):
        ended = _run(mutant, tests)
        if ended:
            return who if ended == 1 else "time"
    return ""


def _own_cases(mutant: Mutant) -> list[str]:
    family = CASES / mutant.path.parent.name
    own = family / f"test_{mutant.path.name}"
    return [str(own)] if own.exists() else [str(family)]


def _other_tests() -> list[str]:
    return [str(path) for path in sorted((ROOT / "tests" / "core").glob("test_lint_*.py"))]


def _run(mutant: Mutant, tests: list[str]) -> int:
    """0 where all tests pass, 1 where one fails, 2 where they do not end."""
    child = os.fork()
    if child == 0:
        os.setpgrp()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        sys.meta_path.insert(0, _Instead(mutant))
        options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", f"--rootdir={ROOT}"]
        os._exit(0 if pytest.main([*options, *tests]) == 0 else 1)
    until = time.monotonic() + _SECONDS
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return min(1, os.waitstatus_to_exitcode(status) & 1 or int(status != 0))
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return 2
        time.sleep(0.02)


def main() -> None:
    """Print each survivor, then the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rules", nargs="*", help="families or beginnings of rules; all of them otherwise")
    parser.add_argument("--sample", type=int, default=300, help="how many mutants are tried (default 300)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    paths = [
        path
        for path in sorted(RULES.glob("*/*.py"))
        if path.name != "__init__.py" and (not given.rules or any(path.name.startswith(each) for each in given.rules))
    ]
    every = [mutant for path in paths for mutant in mutants(path)]
    chosen = random.Random(given.seed).sample(every, min(given.sample, len(every)))
    verdicts: Counter[str] = Counter()
    for number, mutant in enumerate(chosen, 1):
        verdict = killed_by(mutant)
        verdicts[verdict] += 1
        if not verdict:
            print(f"lives: {mutant.difference()}  ({mutant.operator})", flush=True)
        if number % 25 == 0:
            print(f"{number} of {len(chosen)}: {number - verdicts['']} killed", flush=True)
    dead = len(chosen) - verdicts[""]
    share = 100 * dead / len(chosen)
    print(f"{len(every)} mutants of {len(paths)} files; {len(chosen)} tried, {dead} killed: {share:.1f} %")
    print("killed by " + ", ".join(f"{who}: {number}" for who, number in verdicts.items() if who))


if __name__ == "__main__":
    main()
