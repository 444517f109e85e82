"""How many mutants of the linter the tests in ``tests/core`` kill.

    uv run --with cosmic-ray --with coverage python tests/benchmarks/mutate_lint.py --sample 400 --seed 1 [WHERE ...]

WHERE is a part of a path below ``mailmerge/lint`` (``rules``, ``rules/lst``, ``tpl204``); ``rules`` by default, and
``rest`` is everything else. Another room: ``--package outbox .py --tests tests/core/outbox``, with a folder
of its own. What is a mutant and what is not counted: ``mutation/mutants.py``. For each of them the tests run that
execute the changed line: those beside the rule first, then the quickest, until one fails or their time is over.
Results go to a file, a line each; started again, it goes on. ``--survivors`` tries those again that live. Which test
executes which line is measured once (``--measure`` measures again). Nothing in the house is changed.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from mutation.mutants import ROOT, Mutant, original, sample
from mutation.reach import TESTS, Reach, reach
from mutation.runs import Outcome, Trial, changed_code, imported, in_place

PACKAGE = ROOT / "mailmerge"
LINTER = PACKAGE / "lint"
RULES = LINTER / "rules"
EXTRACT = LINTER / "extract"
CATALOGUE = "tests/core/lint/test_lint_catalogue.py"
"""It looks at all that is entered while modules are imported, which nobody can attribute to a test."""
FOLDER = Path(tempfile.gettempdir()) / "mutate-lint"


class Planner:
    """Which tests a mutant is shown to, and in what order."""

    def __init__(self, reached: Reach, budget: float):
        self.reached = reached
        self.budget = budget
        self.killers: dict[Path, Counter[str]] = defaultdict(Counter)
        """The tests that killed other mutants of a module."""

    def trial(self, mutant: Mutant) -> Trial:
        """The tests that execute what is changed, and those beside the rules that use it."""
        near = {str(path.relative_to(ROOT)): distance for distance, path in enumerate(_beside(mutant.path))}
        killers, seconds = self.killers[mutant.path], self.reached.seconds
        tests = {test for test in seconds if test.partition("::")[0] in near}
        tests |= self.reached.of_lines(mutant.path, self._lines(mutant))
        if mutant.path.parent == EXTRACT:  # what reads PDF files runs in a process of its own, unmeasured
            tests |= self.reached.of_lines(EXTRACT / "apart.py", _lines_of_functions(EXTRACT / "apart.py"))
        if self._is_data(mutant):
            tests |= {test for test in seconds if test.partition("::")[0] == CATALOGUE}
            for importer in _importers(mutant.path):
                tests |= self.reached.of_lines(importer, _lines_of_functions(importer))

        def order(test: str) -> tuple[bool, float, float]:
            return not killers[test], near.get(test.partition("::")[0], len(near)), seconds[test]

        chosen = sorted((test for test in tests if seconds[test] < self.budget), key=order)
        return Trial(mutant, chosen, seconds, self.budget)

    def runs_in_place(self, mutant: Mutant) -> bool:
        """Whether it changes only functions that have not run before the tests do."""
        return changed_code(mutant) is not None and not self.reached.while_collected(mutant.path, {mutant.line})

    def _is_data(self, mutant: Mutant) -> bool:
        return mutant.line not in _lines_of_functions(mutant.path)

    def _lines(self, mutant: Mutant) -> set[int]:
        return _lines_of_functions(mutant.path) if self._is_data(mutant) else {mutant.line}


def _lines_of_functions(path: Path) -> set[int]:
    """The lines within functions, without that on which they begin."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(original(path))):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            first = node.body if isinstance(node, ast.Lambda) else node.body[0]
            lines.update(range(first.lineno, (node.end_lineno or 0) + 1))
    return lines


@cache
def _beside(path: Path) -> list[Path]:
    """The tests that are called after a module, then those of what imports it, the nearest first."""
    found: dict[Path, None] = {}
    seen, near = {path}, [path]
    while near:
        for each in near:
            own = TESTS / "rules" / each.parent.name / f"test_{each.name}"
            called = own, *(TESTS / "lint" / f"test_lint_{name}.py" for name in (each.stem, each.parent.name))
            found.update(dict.fromkeys(test for test in called if test.exists()))
        near = [each for module in near for each in _importers(module) if each not in seen]
        seen.update(near)
    return list(found)


@cache
def _importers(path: Path) -> list[Path]:
    """The modules of its package that import this one."""
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    package, _, stem = module.rpartition(".")
    wanted = re.compile(rf"from {re.escape(module)} import|from {re.escape(package)} import .*\b{stem}\b")
    room = PACKAGE / path.relative_to(PACKAGE).parts[0]
    return [each for each in sorted(room.rglob("*.py")) if wanted.search(original(each))]


def _paths(package: Path, where: Sequence[str]) -> list[Path]:
    every = [path for path in sorted(package.rglob("*.py")) if path.name != "__init__.py"]

    def wanted(path: Path) -> bool:
        told = path.relative_to(package).as_posix()
        return any(each in told or (each == "rest" and RULES not in path.parents) for each in where)

    return [path for path in every if wanted(path)]


def _sample(folder: Path, paths: Sequence[Path], size: int, seed: int) -> list[Mutant]:
    """The mutants, made once for the modules as they are."""
    made_of = json.dumps([size, seed, *((str(path), original(path)) for path in paths)])
    kept = folder / f"sample-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}.json"
    if not kept.exists():
        made = [(str(m.path), m.operator, m.occurrence, m.source) for m in sample(paths, size, seed)]
        kept.write_text(json.dumps(made), encoding="utf-8")
    return [Mutant(Path(path), *rest) for path, *rest in json.loads(kept.read_text(encoding="utf-8"))]


class Results:
    """What became of each mutant, kept in a file."""

    def __init__(self, path: Path, planner: Planner):
        self.path = path
        self.planner = planner
        self.begun = time.monotonic()
        self.done: dict[str, Outcome] = {}
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            told = json.loads(line)
            mutant = told.pop("mutant")
            self.done[mutant] = Outcome(**told)

    def add(self, mutant: Mutant, outcome: Outcome) -> None:
        """Say it and keep it."""
        self.done[mutant.key] = outcome
        if outcome.test:
            self.planner.killers[mutant.path][outcome.test] += 1
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"mutant": mutant.key, **vars(outcome)}) + "\n")
        lap, self.begun = time.monotonic() - self.begun, time.monotonic()
        who = outcome.test.rpartition("/")[2] or f"{outcome.tried} tests"
        print(f"{len(self.done):4} {lap:5.1f} s  {outcome.verdict:7} {mutant.key}  [{who}]", flush=True)


def _figures(mutants: Iterable[Mutant], done: dict[str, Outcome]) -> Iterator[str]:
    tried: Counter[str] = Counter()
    killed: Counter[str] = Counter()
    for mutant in mutants:
        family = mutant.path.relative_to(PACKAGE).parent.as_posix()
        for each in (family, "together"):
            tried[each] += 1
            killed[each] += done[mutant.key].killed
    for family in sorted(tried, key=lambda each: (each == "together", each)):
        share = 100 * killed[family] / tried[family]
        yield f"{family:16} {killed[family]:4} of {tried[family]:4} killed: {share:5.1f} %"


def main() -> None:
    """Print each mutant and what became of it, then the figures."""
    os.environ["MAILMERGE_NOTHING_SKIPPED"] = "1"  # of each matrix all cells, not a sample
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("where", nargs="*", default=["rules"])
    parser.add_argument("--package", default="lint", help="the room below mailmerge that is changed (default lint)")
    parser.add_argument("--tests", nargs="+", type=Path, default=[TESTS], help="what may kill (default tests/core)")
    parser.add_argument("--sample", type=int, default=400, help="how many mutants are tried (default 400)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--budget", type=float, default=20, help="CPU seconds of tests for each mutant (default 20)")
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time (default 1)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help=f"for measurements and results (default {FOLDER})")
    parser.add_argument("--measure", action="store_true", help="measure again which test executes which line")
    parser.add_argument("--survivors", action="store_true", help="try those again that live")
    parser.add_argument("--afresh", action="store_true", help="try all of them again")
    given = parser.parse_args()
    if given.measure:
        (given.folder / "seconds.json").unlink(missing_ok=True)
    package, tests = PACKAGE / given.package, [path.resolve() for path in given.tests]
    planner = Planner(reach(given.folder, package, tests), given.budget)
    chosen = _sample(given.folder, _paths(package, given.where), given.sample, given.seed)
    name = "-".join([*given.where, str(given.sample), str(given.seed)]).replace("/", "_")
    path = given.folder / f"{name}.jsonl"
    if given.afresh:
        path.unlink(missing_ok=True)
    results = Results(path, planner)
    left = [
        mutant
        for mutant in chosen
        if mutant.key not in results.done or (given.survivors and not results.done[mutant.key].killed)
    ]
    print(f"{len(chosen)} mutants, {len(left)} to try; results in {path}", flush=True)
    quick = [mutant for mutant in left if planner.runs_in_place(mutant)]
    if quick:
        in_place(quick, planner.reached.seconds, planner.trial, results.add, given.jobs)
    imported([mutant for mutant in left if mutant not in quick], planner.trial, results.add, given.jobs)
    done = Results(path, planner).done
    for mutant in chosen:
        if not done[mutant.key].killed:
            print(f"lives: {mutant.key}  [{done[mutant.key].tried} tests]")
    for line in _figures(chosen, done):
        print(line)


if __name__ == "__main__":
    sys.exit(main())
