"""Waivers: a named person answers for one finding, with a reason, in this campaign only."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from mailmerge.errors import UsageError
from mailmerge.lint.engine.catalogue import code_order, rule_named
from mailmerge.lint.engine.collector import Collector
from mailmerge.lint.finding import Finding, Found, Suppression, Waiver
from mailmerge.lint.rules.meta.meta001_waiver_unused import waiver_unused
from mailmerge.lint.rules.meta.meta002_waiver_refused import waiver_refused
from mailmerge.model import Severity
from mailmerge.text import shorten

SHORTEST_REASON = 15
"""Characters; less explains nothing to the colleague who approves."""


def apply_waivers(collector: Collector) -> tuple[Finding, ...]:
    """All findings, the gravest first, with those marked that an accepted waiver stands for."""
    waivers = collector.inspection.settings.waivers
    findings = list(collector.findings())
    known = {(finding.rule, finding.fingerprint) for finding in findings}
    accepted: set[tuple[str, str]] = set()
    for waiver in waivers:
        key = (waiver.rule, waiver.finding)
        reason = why_refused(waiver)
        if reason:
            findings += _findings(collector, "META002", waiver_refused(waiver, reason))
        elif key not in known:
            findings += _findings(collector, "META001", waiver_unused(waiver))
        else:
            accepted.add(key)
    waived = (replace(f, waived=True) if (f.rule, f.fingerprint) in accepted else f for f in findings)
    return tuple(sorted(waived, key=_order))


def why_refused(waiver: Waiver) -> str:
    """Why a waiver cannot be accepted, in words; ``""`` where it can."""
    try:
        waived = rule_named(waiver.rule)
    except UsageError:
        return f'there is no rule "{shorten(waiver.rule)}"'
    if waived.suppression is Suppression.NEVER:
        return f"{waived.code} is never waived: {waived.doc.why}"
    if waived.suppression is Suppression.ALLOW:
        return f"{waived.code} is not waived but allowed by name, in the lists of [lint] in campaign.toml"
    if len(waiver.reason.strip()) < SHORTEST_REASON:
        return f"its reason is shorter than {SHORTEST_REASON} characters"
    if not waiver.by.strip():
        return "it does not say who answers for it"
    if waiver.until is not None and waiver.until < datetime.date.today():
        return f"it held until {waiver.until.isoformat()}"
    return ""


def _findings(collector: Collector, code: str, several: Iterator[Found]) -> list[Finding]:
    return [collector.finding(rule_named(code), found) for found in several]


_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def _order(finding: Finding) -> tuple[bool, int, bool, int, tuple[int, str]]:
    about_all = finding.record is None
    return finding.waived, _RANK[finding.severity], not about_all, finding.record or 0, code_order(finding.rule)
