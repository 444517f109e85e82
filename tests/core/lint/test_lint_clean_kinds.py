"""Clean campaigns of many kinds pass: nothing stops them, and nothing is warned of."""

from __future__ import annotations

from pathlib import Path

from clean_kinds import KINDS, campaign_of
from each_row import each_row

from mailmerge.lint import check
from mailmerge.model import Severity


@each_row(("count", "seed"), [(6, 1), (25, 2), (60, 3)])
@each_row("kind", KINDS)
def test_a_clean_campaign_passes_in_silence(kind: str, count: int, seed: int, tmp_path: Path) -> None:
    findings = check(campaign_of(KINDS[kind], count, seed, tmp_path)).findings
    loud = [(each.rule, each.message) for each in findings if each.severity is not Severity.INFO]
    assert loud == []
