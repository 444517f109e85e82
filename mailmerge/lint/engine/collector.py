"""From what rules say to findings: one cause is one finding with its count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from mailmerge.lint.finding import Finding, RawFinding, fingerprint
from mailmerge.lint.rule import Rule
from mailmerge.lint.sentence import Lines
from mailmerge.lint.views.inspection import Inspection

_LINES_SHOWN = 5
_OTHERS_KEPT = 1000


@dataclass
class _Group:
    """All that one rule said for one cause: each while they are few, then the first and the numbers."""

    rule: Rule
    few: list[RawFinding] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    others: dict[int, None] = field(default_factory=dict)
    count: int = 0


class Collector:
    """What was found so far."""

    def __init__(self, inspection: Inspection):
        self.inspection = inspection
        self._groups: dict[tuple[str, str], _Group] = {}
        self._single: list[tuple[Rule, RawFinding]] = []

    def add(self, rule: Rule, found: RawFinding) -> None:
        """Take in what a rule says."""
        if not found.cause:
            self._single.append((rule, found))
            return
        group = self._groups.setdefault((rule.code, found.cause), _Group(rule))
        group.count += 1
        if found.record is not None:
            group.numbers.append(found.record.number)
        if found.others and len(group.others) < _OTHERS_KEPT:
            group.others.update(dict.fromkeys(self._in_table(found.others)))
        if group.count < self.inspection.grouping_threshold or not group.few:
            group.few.append(found)
        elif group.count == self.inspection.grouping_threshold:
            del group.few[1:]

    def findings(self) -> Iterator[Finding]:
        """Everything found, each cause once."""
        for rule, found in self._single:
            yield self.finding(rule, found)
        for group in self._groups.values():
            if group.count < self.inspection.grouping_threshold and not group.few[0].general:
                for found in group.few:
                    yield self.finding(group.rule, found)
            else:
                yield self._together(group)

    def finding(self, rule: Rule, found: RawFinding) -> Finding:
        """The finding that a rule's word becomes."""
        record, table = found.record, self.inspection.table
        return Finding(
            rule=rule.code,
            name=rule.name,
            severity=found.severity or rule.severity,
            record=record.number if record else None,
            line=record.line if record else found.line,
            field=found.field,
            says=found.says,
            values=found.values,
            fingerprint=fingerprint(rule.code, found.evidence),
            suppression=found.suppression or rule.suppression,
            others=self._in_table(found.others),
            affected=found.affected if found.affected is not None else (record.number,) if record else (),
            letter=found.letter,
            letter_line=found.letter_line,
            excerpt=found.excerpt,
            header=table.header(found.field) if found.field in table.names else "",
            column=found.column,
            fields=found.fields,
            whole_row=found.whole_row,
            files=found.files,
            allows=found.allows,
        )

    def _together(self, group: _Group) -> Finding:
        found = group.few[0]
        numbers = tuple(dict.fromkeys(group.numbers))
        first = self.finding(group.rule, replace(found, record=None) if found.general else found)
        return replace(
            first,
            values={**found.values, "count": len(numbers) or group.count, "lines": self._lines(numbers)},
            together=group.count > 1,
            fingerprint=fingerprint(group.rule.code, ("together", found.cause)),
            others=tuple(dict.fromkeys((*numbers[1:], *group.others))) if first.record else tuple(group.others),
            affected=numbers,
            count=group.count,
        )

    def _in_table(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """Those of the people who have a record."""
        records = len(self.inspection.table.records)
        return tuple(number for number in numbers if number <= records)

    def _lines(self, numbers: tuple[int, ...]) -> Lines:
        shown = tuple(self.inspection.table.record(number).line for number in numbers[:_LINES_SHOWN])
        return Lines(shown, len(numbers) - len(shown))
