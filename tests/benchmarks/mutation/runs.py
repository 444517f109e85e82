"""Does a test fail with this mutant? Each is tried in a process forked from one in which everything is imported.

``in_place``: a mutant that changes only bodies of functions gets its code put into the functions, and the tests that
are collected already run at once. ``imported``: any other is imported in place of its module before the tests are.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

import pytest

from mutation.instead import instead
from mutation.mutants import Mutant, original
from mutation.reach import OPTIONS, caches

_WALL = 20
"""A mutant gets so many times its CPU time, on a clock: a machine has other work, too."""
_ANONYMOUS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")


@dataclass(frozen=True)
class Trial:
    """A mutant, and the tests that may kill it, in order."""

    mutant: Mutant
    tests: Sequence[str]
    seconds: Mapping[str, float]
    """CPU time of each test without a mutant."""
    budget: float
    """CPU time for all of them."""


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: ``killed`` by a test, ``endless``, or ``lives``; ``crashed`` where nobody can say."""

    verdict: str
    test: str = ""
    tried: int = 0
    """Tests that ran."""

    @property
    def killed(self) -> bool:
        """Whether anybody would notice."""
        return self.verdict in ("killed", "endless")


Plan = Callable[[Mutant], Trial]
Report = Callable[[Mutant, Outcome], None]


def in_place(mutants: Sequence[Mutant], tests: Iterable[str], plan: Plan, report: Report, jobs: int) -> None:
    """Try mutants of bodies of functions, with these tests collected once."""

    class InPlace:
        def pytest_runtestloop(self, session: pytest.Session) -> bool:
            items = {item.nodeid: item for item in session.items}
            functions = _functions()
            _all(mutants, plan, report, jobs, lambda trial: _put_in_and_run(trial, items, functions))
            return True

    child = os.fork()
    if child == 0:
        os._exit(int(pytest.main([*OPTIONS, *_files(tests)], plugins=[InPlace()]) != 0))
    if os.waitpid(child, 0)[1]:
        raise SystemExit("the tests could not be collected")


def imported(mutants: Sequence[Mutant], plan: Plan, report: Report, jobs: int) -> None:
    """Try mutants that are imported in place of their module."""
    _all(mutants, plan, report, jobs, _import_and_run)


def changed_code(mutant: Mutant) -> list[tuple[CodeType, CodeType]] | None:
    """The code of each function that differs, before and after; None where more than functions differ."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        before = compile(original(mutant.path), str(mutant.path), "exec", dont_inherit=True)
        after = compile(mutant.source, str(mutant.path), "exec", dont_inherit=True)
    try:
        return list(_changed(before, after))
    except _MoreThanFunctions:
        return None


class _MoreThanFunctions(Exception):
    """A module or a class does other things when it is made."""


def _changed(before: CodeType, after: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Of a body of a module or class: the functions in it that differ."""
    within = [[each for each in code.co_consts if isinstance(each, CodeType)] for code in (before, after)]
    values = [[each for each in code.co_consts if not isinstance(each, CodeType)] for code in (before, after)]
    same = before.co_code == after.co_code and before.co_names == after.co_names and repr(values[0]) == repr(values[1])
    if not same or len(within[0]) != len(within[1]):
        raise _MoreThanFunctions
    for old, new in zip(*within, strict=True):
        if old == new:
            continue
        if old.co_name in _ANONYMOUS or old.co_freevars != new.co_freevars:
            raise _MoreThanFunctions
        if old.co_flags & 0x2:  # a function has locals of its own (CO_NEWLOCALS), the body of a class has not
            yield old, new
        else:
            yield from _changed(old, new)


_Functions = dict[tuple[str, str, int], list[FunctionType]]


def _functions() -> _Functions:
    gc.unfreeze()
    found: _Functions = {}
    for each in gc.get_objects():
        if isinstance(each, FunctionType):
            found.setdefault(_place(each.__code__), []).append(each)
    gc.freeze()
    return found


def _place(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _put_in_and_run(
    trial: Trial, items: Mapping[str, pytest.Item], functions: Mapping[Any, list[FunctionType]]
) -> Outcome:
    is_here = trial.mutant.module in sys.modules
    for old, new in changed_code(trial.mutant) or () if is_here else ():  # else imported by need, as it is now
        for function in functions[_place(old)]:
            function.__code__ = new
    for cache in caches():
        cache.cache_clear()
    running = _Running(trial)
    chosen = [items[test] for test in trial.tests if test in items]
    for item, following in zip(chosen, [*chosen[1:], None], strict=False):
        if running.is_over():
            break
        running.begins(item.nodeid)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if item.session.testsfailed:
            return running.outcome("killed")
    return running.outcome("lives")


def _import_and_run(trial: Trial) -> Outcome:
    running = _Running(trial)
    order = {test: number for number, test in enumerate(trial.tests)}

    class Only:
        @pytest.hookimpl(trylast=True)
        def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
            items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])

        @pytest.hookimpl(wrapper=True)
        def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
            if running.is_over():
                item.session.shouldstop = "the time is over"
            running.begins(item.nodeid)
            return (yield)

    code = pytest.main([*OPTIONS, "-x", *_files(trial.tests)], plugins=[Only()])
    if code == pytest.ExitCode.INTERRUPTED:  # the time is over, or a test cannot even be imported
        return running.outcome("lives" if running.tried else "killed")
    return running.outcome("lives" if code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) else "killed")


def _files(tests: Iterable[str]) -> list[str]:
    return sorted({test.partition("::")[0] for test in tests})


class _Running:
    """The tests of one mutant, one after the other, within their time."""

    def __init__(self, trial: Trial):
        self.trial = trial
        self.test = ""
        self.tried = 0
        self.until = time.process_time() + trial.budget
        each_row = sys.modules.get("each_row")
        if each_row is not None:
            each_row._of_row = _first_row_ends  # type: ignore[attr-defined]

    def begins(self, test: str) -> None:
        self.test = test
        self.tried += 1
        signal.setitimer(signal.ITIMER_PROF, 10 + 10 * self.trial.seconds.get(test, 1))

    def is_over(self) -> bool:
        return time.process_time() > self.until

    def outcome(self, verdict: str) -> Outcome:
        return Outcome(verdict, self.test if verdict == "killed" else "", self.tried)


def _first_row_ends(told: str, failure: Exception) -> Iterator[Exception]:
    raise failure


def _all(mutants: Sequence[Mutant], plan: Plan, report: Report, jobs: int, run: Callable[[Trial], Outcome]) -> None:
    """Each mutant in a process of its own, some of them at a time."""
    running: list[_Child] = []
    left = list(reversed(mutants))
    while left or running:
        while left and len(running) < jobs:
            running.append(_Child(plan(left.pop()), run))
        ready, _, _ = select.select([child.pipe for child in running], [], [], 1)
        for child in [child for child in running if child.pipe in ready or child.is_late()]:
            running.remove(child)
            report(child.trial.mutant, child.outcome())


class _Child:
    """The process in which one mutant is tried; it is ended where it does not end."""

    def __init__(self, trial: Trial, run: Callable[[Trial], Outcome]):
        self.trial = trial
        self.until = time.monotonic() + _WALL * (trial.budget + 10)
        self.pipe, theirs = os.pipe()
        sys.stdout.flush()
        self.process = os.fork()
        if self.process == 0:
            os.setpgrp()
            nowhere = os.open(os.devnull, os.O_RDWR)
            for each in (0, 1, 2):
                os.dup2(nowhere, each)
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CPU, (int(3 * trial.budget) + 60,) * 2)
            instead(trial.mutant.module, str(trial.mutant.path), trial.mutant.source)
            os.write(theirs, json.dumps(vars(run(trial))).encode())
            os._exit(0)
        os.close(theirs)

    def is_late(self) -> bool:
        """Whether it will not end by itself."""
        return time.monotonic() > self.until

    def outcome(self) -> Outcome:
        """What it told, and if it told nothing, how it ended."""
        told = b"" if self.is_late() else os.read(self.pipe, 65536)
        os.close(self.pipe)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process, signal.SIGKILL)
        status = os.waitpid(self.process, 0)[1]
        if told:
            return Outcome(**json.loads(told))
        return Outcome("endless" if os.WIFSIGNALED(status) else "crashed")
