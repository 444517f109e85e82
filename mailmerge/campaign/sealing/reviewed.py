"""What is sealed beside the messages, for a second person to see: the findings, the ways through the letters, the rule.

The digest of each is part of the seal, so that none can be changed once it was approved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from mailmerge.letter import Letter
from mailmerge.model import Message, Severity
from mailmerge.settings.approval_rule import ApprovalRule

if TYPE_CHECKING:
    from mailmerge.accounts import Account
    from mailmerge.campaign.mailing import Mailing
    from mailmerge.lint import Finding, Report
    from mailmerge.outbox import SealedFact


def branch_of(message: Message, letter: Letter) -> str:
    """Names the way through a letter that gave a message: its constant texts, and its language."""
    constants = message.shape.source.constants
    return f"{letter.name}\x1f{letter.language}\x1f{hash(constants)}"


def facts_of(campaign: Mailing, account: Account, report: Report, branches: Mapping[int, str]) -> Iterator[SealedFact]:
    """The facts of a campaign that is being sealed."""
    from mailmerge.approval.gate import account_fact
    from mailmerge.outbox import SealedFact, fact_of

    letters = hashlib.sha256()
    for letter in campaign.letters:
        letters.update(f"{letter.name}\n{letter.source}\n{letter.signature}\n".encode("utf-8", "surrogatepass"))
    yield SealedFact("account", account_fact(account))
    yield SealedFact("letter", f"sha256:{letters.hexdigest()}")
    yield fact_of("findings", _findings(campaign, report))
    yield fact_of("branches", _branches(branches))
    yield fact_of("letters", {letter.name: letter.source for letter in campaign.letters})
    rule = campaign.approval_rule
    if rule != ApprovalRule():
        yield fact_of("approval", msgspec.to_builtins(rule))


def _findings(campaign: Mailing, report: Report) -> list[dict[str, Any]]:
    """What somebody has to know before they approve: what was waived, by whom and why, and what has to be looked at."""
    waivers = {(waiver.rule, waiver.finding): waiver for waiver in campaign.settings.waivers}
    found = []
    for finding in report.findings:
        waiver = waivers.get((finding.rule, finding.fingerprint)) if finding.waived else None
        if finding.waived or finding.severity is Severity.WARN:
            found.append(_document(finding) | ({"why": waiver.reason, "by": waiver.by} if waiver else {}))
    return found


def _document(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "waived": finding.waived,
        "record": finding.record,
        "line": finding.line,
        "field": finding.field,
        "message": finding.message,
        "fix": finding.fix,
        "fingerprint": finding.fingerprint,
        "affected": list(finding.affected[:50]),
    }


def _branches(branches: Mapping[int, str]) -> dict[str, Any]:
    """By record the number of its way through the letters, in the order in which the ways were first taken."""
    numbers: dict[str, int] = {}
    taken = [[record, numbers.setdefault(way, len(numbers))] for record, way in sorted(branches.items())]
    ways = [dict(zip(("letter", "language"), way.split("\x1f")[:2], strict=True)) for way in numbers]
    return {"ways": ways, "taken": taken}
