"""Waivers: a named person answers for one finding, with a reason, in this campaign only."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from mailmerge.errors import UsageError
from mailmerge.lint.engine.catalogue import code_order, rule_named
from mailmerge.lint.engine.collector import Collector
from mailmerge.lint.engine.echoes import RANK, fold_echoes
from mailmerge.lint.finding import Finding, RawFinding, Suppression, Waiver
from mailmerge.lint.rules.meta.meta001_waiver_unused import waiver_unused
from mailmerge.lint.rules.meta.meta002_waiver_refused import SHORTEST_REASON, WaiverRefusal, waiver_refused

__all__ = ["SHORTEST_REASON", "WaiverRefusal", "apply_waivers", "why_refused"]


def apply_waivers(collector: Collector) -> tuple[Finding, ...]:
    """All findings, the gravest first, with those marked that an accepted waiver covers."""
    findings = sorted(collector.findings(), key=_order)
    known = {(finding.rule, finding.fingerprint): finding.suppression for finding in findings}
    accepted: set[tuple[str, str]] = set()
    unused: dict[tuple[str, str], Waiver] = {}
    further: list[Finding] = []
    for waiver in collector.inspection.settings.waivers:
        key = (waiver.rule, waiver.finding)
        why = why_refused(waiver, known.get(key))
        if why:
            further += _findings(collector, "META002", waiver_refused(waiver, why))
        elif key in known:
            accepted.add(key)
        else:
            unused.setdefault(key, waiver)
    for waiver in unused.values():
        further += _findings(collector, "META001", waiver_unused(waiver, _unwaived(waiver.rule, findings, accepted)))
    waived = [replace(f, waived=True) if (f.rule, f.fingerprint) in accepted else f for f in findings]
    return tuple(sorted((*fold_echoes(waived), *further), key=_order))


def why_refused(waiver: Waiver, suppression: Suppression | None = None) -> WaiverRefusal | None:
    """Why a waiver cannot be accepted; None if it can. ``suppression`` is that of the finding, where it is known."""
    try:
        waived = rule_named(waiver.rule)
    except UsageError:
        return WaiverRefusal.NO_SUCH_RULE
    if suppression is None:
        suppression = waived.suppression
    if suppression is Suppression.NEVER:
        return WaiverRefusal.NEVER
    if suppression is Suppression.ALLOW:
        return WaiverRefusal.ALLOW
    if len(waiver.reason.strip()) < SHORTEST_REASON:
        return WaiverRefusal.SHORT_REASON
    if not waiver.by.strip():
        return WaiverRefusal.NO_NAME
    if waiver.until is not None and waiver.until < datetime.date.today():
        return WaiverRefusal.EXPIRED
    return None


def _unwaived(rule: str, findings: Iterable[Finding], accepted: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """The fingerprints of this rule's findings that no waiver covers, each once: one may be the lost one's new name."""
    own = (finding.fingerprint for finding in findings if finding.rule == rule)
    return tuple(dict.fromkeys(fingerprint for fingerprint in own if (rule, fingerprint) not in accepted))


def _findings(collector: Collector, code: str, several: Iterator[RawFinding]) -> list[Finding]:
    return [collector.finding(rule_named(code), found) for found in several]


def _order(finding: Finding) -> tuple[bool, int, bool, int, tuple[int, str]]:
    about_all = finding.record is None
    return finding.waived, RANK[finding.severity], not about_all, finding.record or 0, code_order(finding.rule)
