"""Which tests execute which line of a package: measured once, with coverage, and kept."""

from __future__ import annotations

import functools
import inspect
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage
import pytest

from mutation.mutants import ROOT

TESTS = ROOT / "tests" / "core"
OPTIONS = ("-q", "-s", "-n", "0", "-p", "no:cacheprovider", f"--rootdir={ROOT}")
COLLECTED = ""
"""The context of what runs while the tests are imported."""


@dataclass(frozen=True, eq=False)
class Reach:
    """The tests that execute a line, and what each of them costs."""

    data: coverage.CoverageData
    seconds: dict[str, float]
    """CPU time by node id, of tests that passed and do not judge by a clock."""

    @functools.cache  # noqa: B019  (one for the whole run)
    def lines(self, path: Path) -> dict[int, list[str]]:
        """The tests by line of a module."""
        return self.data.contexts_by_lineno(str(path))

    def of_lines(self, path: Path, lines: set[int]) -> set[str]:
        """The tests that execute one of these lines."""
        known = self.lines(path)
        return {test for line in lines for test in known.get(line, ()) if test in self.seconds}

    def while_collected(self, path: Path, lines: set[int]) -> bool:
        """Whether one of these lines runs before the first test does."""
        known = self.lines(path)
        return any(COLLECTED in known.get(line, ()) for line in lines)


def reach(folder: Path, package: Path, tests: Sequence[Path]) -> Reach:
    """What was measured in this folder, measured now if it was not."""
    if not (folder / "seconds.json").exists():
        print(f"measuring which test executes which line, for {folder} ...", flush=True)
        _measure(folder, package, tests)
    data = coverage.CoverageData(str(folder / "coverage.db"))
    data.read()
    return Reach(data, json.loads((folder / "seconds.json").read_text(encoding="utf-8")))


def _measure(folder: Path, package: Path, tests: Sequence[Path]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    child = os.fork()
    if child == 0:
        measuring = coverage.Coverage(data_file=str(folder / "coverage.db"), source=[str(package)], config_file=False)
        measuring.start()
        clock = _Clock(measuring)
        pytest.main([*OPTIONS, *map(str, tests)], plugins=[clock])
        measuring.stop()
        measuring.save()
        (folder / "seconds.json").write_text(json.dumps(clock.seconds), encoding="utf-8")
        os._exit(0)
    os.waitpid(child, 0)


class _Clock:
    """A context of its own for each test, and its time."""

    def __init__(self, measuring: coverage.Coverage):
        self.measuring = measuring
        self.seconds: dict[str, float] = {}
        self.caches: list[Any] = []

    def pytest_collection_finish(self) -> None:
        self.caches = list(caches())

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        for cache in self.caches:
            cache.cache_clear()
        self.measuring.switch_context(item.nodeid)
        before, failures = time.process_time(), item.session.testsfailed
        result = yield
        if item.session.testsfailed == failures and not _judges_by_a_clock(item):
            self.seconds[item.nodeid] = time.process_time() - before
        return result  # type: ignore[return-value]


def _judges_by_a_clock(item: pytest.Item) -> bool:
    """Whether a busy machine is enough for the test to fail."""
    source = inspect.getsource(item.function) if isinstance(item, pytest.Function) else ""
    return any(clock in source for clock in ("perf_counter", "process_time", "monotonic"))


def caches() -> Iterator[Any]:
    """What this house keeps of earlier calls, which a change would not reach."""
    for name, module in list(sys.modules.items()):
        if name.startswith("mailmerge") or str(getattr(module, "__file__", "")).startswith(str(TESTS)):
            yield from (value for value in vars(module).values() if isinstance(value, functools._lru_cache_wrapper))
