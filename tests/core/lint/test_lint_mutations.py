"""A reduced run of tests/benchmarks/bench_lint.py: clean campaigns pass in silence, damaged ones are stopped."""

from __future__ import annotations

from pathlib import Path

from each_row import each_row, whole_or
from lint_locales import COLUMNS, LOCALES, SENTENCES, locale_world
from lint_mutations import OPERATORS, Operator, judge
from lint_mutations_further import FURTHER
from lint_world import TRAPS, World, clean_world

from mailmerge.lint import check
from mailmerge.model import Severity


@each_row("seed", range(12))
def test_a_clean_campaign_with_traps_in_it_passes_in_silence(seed: int, tmp_path: Path) -> None:
    world = clean_world(1000 + seed, 20)
    findings = check(world.inspect(tmp_path)).findings
    assert [(world.traps, f.rule, f.message) for f in findings if f.severity is not Severity.INFO] == []


@each_row("operator", OPERATORS, ids=lambda operator: operator.name)
def test_damage_is_seen(operator: Operator, tmp_path: Path) -> None:
    verdict = judge(operator, 1, max(5, operator.least), tmp_path)
    assert verdict.caught
    assert set(verdict.by) & {*operator.rules, "TableError", "LetterError"}


@each_row("seed", whole_or(range(12), range(24)))
def test_a_clean_campaign_in_any_of_twelve_languages_passes_in_silence(seed: int, tmp_path: Path) -> None:
    world = locale_world(2000 + seed, 20)
    findings = check(world.inspect(tmp_path)).findings
    assert [(world.traps, f.rule, f.message) for f in findings if f.severity is not Severity.INFO] == []


def _plain(seed: int, size: int) -> World:
    return locale_world(seed, size, traps=0)


@each_row(("seed", "operator"), list(enumerate(FURTHER)), ids=[operator.name for operator in FURTHER])
def test_further_damage_is_seen_in_any_language(seed: int, operator: Operator, tmp_path: Path) -> None:
    verdict = judge(operator, seed, max(20, operator.least), tmp_path, _plain)
    assert verdict.caught
    assert set(verdict.by) & {*operator.rules, "TableError", "LetterError"}


def test_there_are_as_many_ways_as_promised() -> None:
    assert len(OPERATORS) >= 60
    assert len({operator.name for operator in OPERATORS}) == len(OPERATORS)
    assert len(TRAPS) >= 12
    assert len(FURTHER) >= 120
    assert not {operator.name for operator in FURTHER} & {operator.name for operator in OPERATORS}
    assert len(COLUMNS) + len(SENTENCES) >= 60
    assert len(LOCALES) == 12
