"""One cause is one finding as soon as it is more than a few people's, or the letter's, and names all of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from each_row import each_row
from lint_cases import inspection_of
from rule_cases import MANY

from mailmerge.lint import Finding, rule_named
from mailmerge.lint.engine.collector import Collector
from mailmerge.lint.finding import RawFinding, Suppression, fingerprint
from mailmerge.lint.sentence import Lines, Sentence
from mailmerge.model import Severity

INSPECTION = inspection_of(MANY)
RULE = rule_named("LST104")
SAYS = Sentence("test.cell", one="{cell}", fix="-", many="{count}: {lines}")
COUNTS = (1, 2, 3, 4, 5, 6, 7, 12, 59)


def collected(numbers: Sequence[int], *, cause: str = "x", general: bool = False, beside: int = 0) -> list[Finding]:
    """One thing is found of each of these people; further people are named with it."""
    collector = Collector(INSPECTION)
    for number in numbers:
        raw = RawFinding(
            says=SAYS,
            values={"cell": f"c{number}"},
            evidence=(f"e{number}",),
            record=INSPECTION.table.record(number),
            line=99,
            field="nom",
            others=tuple(number + step for step in range(1, beside + 1)),
            cause=cause,
            general=general,
            letter="a.md",
            letter_line=7,
            excerpt=f"c{number}",
            column="Nom",
            fields=("poste",),
            whole_row=True,
            files=True,
        )
        collector.add(RULE, raw)
    return list(collector.findings())


def assert_carried(finding: Finding) -> None:
    assert (finding.rule, finding.name, finding.severity) == ("LST104", "invisible", Severity.BLOCK)
    assert (finding.field, finding.letter, finding.letter_line, finding.column) == ("nom", "a.md", 7, "Nom")
    assert (finding.fields, finding.whole_row, finding.files) == (("poste",), True, True)
    assert finding.suppression is Suppression.WAIVER


@each_row(("count", "cause"), product(COUNTS, ("", "x")))
def test_each_is_told_of_while_they_are_few_or_have_no_cause(count: int, cause: str) -> None:
    if cause and count > 3:
        return
    findings = collected(range(1, count + 1), cause=cause)
    assert [finding.record for finding in findings] == list(range(1, count + 1))
    for number, finding in enumerate(findings, 1):
        assert_carried(finding)
        assert (finding.line, finding.affected, finding.others) == (number + 1, (number,), ())
        assert (finding.count, finding.together, finding.excerpt) == (1, False, f"c{number}")
        assert finding.fingerprint == fingerprint("LST104", (f"e{number}",))


@each_row(("count", "general"), product(COUNTS, (False, True)))
def test_many_are_told_of_together(count: int, general: bool) -> None:
    if not general and count < 4:
        return
    numbers = tuple(range(1, count + 1))
    [finding] = collected(numbers, general=general)
    assert_carried(finding)
    assert (finding.record, finding.line) == ((None, 99) if general else (1, 2))
    assert (finding.affected, finding.count, finding.together) == (numbers, count, count > 1)
    assert finding.others == (() if general else numbers[1:])
    assert finding.fingerprint == fingerprint("LST104", ("together", "x"))
    shown = tuple(range(2, min(count, 5) + 2))
    assert finding.values == {"cell": "c1", "count": count, "lines": Lines(shown, count - len(shown))}


def test_somebody_who_is_met_twice_is_one_of_the_people_and_two_of_the_times() -> None:
    [finding] = collected([1, 1, 2, 2, 3])
    assert (finding.affected, finding.count, finding.values["count"]) == ((1, 2, 3), 5, 3)


@each_row("beside", [1, 2, 3])
def test_who_is_named_besides_is_in_the_table(beside: int) -> None:
    [finding] = collected([57, 58, 59, 60], beside=beside)
    assert finding.others == (58, 59, 60)
    [single] = collected([59], beside=beside)
    assert single.others == (60,)
    [general] = collected([57, 58], beside=beside, general=True)
    assert general.others == tuple(range(58, min(58 + beside, 60) + 1))
