"""A reduced run of tests/benchmarks/bench_lint.py: clean campaigns pass in silence, damaged ones are stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from lint_mutations import OPERATORS, Operator, judge
from lint_world import TRAPS, clean_world

from mailmerge.lint import check
from mailmerge.model import Severity


@pytest.mark.parametrize("seed", range(12))
def test_a_clean_campaign_with_traps_in_it_passes_in_silence(seed: int, tmp_path: Path) -> None:
    world = clean_world(1000 + seed, 20)
    findings = check(world.inspect(tmp_path)).findings
    assert [(world.traps, f.rule, f.message) for f in findings if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
def test_damage_is_seen(operator: Operator, tmp_path: Path) -> None:
    verdict = judge(operator, 1, max(5, operator.least), tmp_path)
    assert verdict.caught
    assert set(verdict.by) & {*operator.rules, "TableError", "LetterError"}


def test_there_are_as_many_ways_as_promised() -> None:
    assert len(OPERATORS) >= 60
    assert len({operator.name for operator in OPERATORS}) == len(OPERATORS)
    assert len(TRAPS) >= 12
