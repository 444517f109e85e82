"""What a check found, and what of it stops whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from mailmerge.lint.finding import Finding
from mailmerge.lint.sentence import data
from mailmerge.model import Severity


class Report(Struct, frozen=True, dict=True):
    """All findings of one check, the gravest first."""

    findings: tuple[Finding, ...]
    records: int
    """People in the table."""
    messages: int
    """Messages that could be composed."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The attached files that were looked into, by path, each with a digest of how it read."""
    seconds: float = 0.0

    @cached_property
    def blocks(self) -> tuple[Finding, ...]:
        """The findings that stop the send: blocking, and not waived."""
        return tuple(finding for finding in self.findings if finding.stops)

    @cached_property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that somebody should look at: warnings, and not waived."""
        return tuple(each for each in self.findings if each.severity is Severity.WARN and not each.waived)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are not waived."""
        return sum(1 for finding in self.findings if finding.severity is severity and not finding.waived)

    @cached_property
    def _by_record(self) -> Mapping[int, Sequence[Finding]]:
        by_record: dict[int, list[Finding]] = {}
        for finding in self.findings:
            for number in dict.fromkeys((*finding.affected, *finding.others)):
                by_record.setdefault(number, []).append(finding)
        return by_record

    def of_record(self, number: int) -> tuple[Finding, ...]:
        """The findings that name a record, as the person whose message it is or as another one involved."""
        return tuple(self._by_record.get(number, ()))

    @cached_property
    def general(self) -> tuple[Finding, ...]:
        """The findings about the letter or the whole table."""
        return tuple(finding for finding in self.findings if not finding.affected)

    def blocking_rules(self, number: int) -> tuple[str, ...]:
        """The codes of the rules that stop one record's message."""
        general = [finding.rule for finding in self.blocks if not finding.affected]
        return tuple(sorted({*self._rules_stopping.get(number, ()), *general}))

    @cached_property
    def _rules_stopping(self) -> Mapping[int, AbstractSet[str]]:
        stopping: dict[int, set[str]] = {}
        for finding in self.blocks:
            for number in finding.affected:
                stopping.setdefault(number, set()).add(finding.rule)
        return stopping

    def only(self, number: int) -> Report:
        """What of it concerns one record: what was found about it, and about the letter or the whole table."""
        findings = tuple(each for each in self.findings if not each.affected or number in each.affected)
        return replace(self, findings=findings)

    def as_json(self) -> dict[str, object]:
        """The document of ``check --json``."""
        keys = ("rule", "name", "severity", "record", "line", "field", "message", "fix", "fingerprint", "waived")
        return {
            "records": self.records,
            "messages": self.messages,
            "summary": {severity.value: self.count(severity) for severity in Severity},
            "findings": [
                {key: getattr(finding, key) for key in keys}
                | {"values": {name: data(value) for name, value in finding.values.items()}}
                for finding in self.findings
            ],
        }
