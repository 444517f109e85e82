"""What the linter says of itself: a waiver that covers nothing, one that is not accepted, a check that failed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from lint_cases import PEOPLE, changed, inspection_of, report_of
from msgspec.structs import replace

from mailmerge.lint import Finding, LintSettings, Report, Waiver, check
from mailmerge.lint.finding import fingerprint
from mailmerge.lint.rule import CHECKS, Check
from mailmerge.lint.rules.meta import meta000_rule_failed as failed
from mailmerge.lint.rules.meta import meta001_waiver_unused as unused
from mailmerge.lint.rules.meta import meta002_waiver_refused as refused
from mailmerge.lint.sentence import Sentence
from mailmerge.model import Severity

REASON = "couple sharing one mailbox, confirmed by phone"
OLD = "0" * 16
"""A fingerprint that no finding has."""
YESTERDAY = datetime.date.today() - datetime.timedelta(days=1)


def waiver(rule: str = "LST113", finding: str = OLD, **parts: Any) -> Waiver:
    return replace(Waiver(rule, finding, REASON, "C. Martin"), **parts)


def formulas(number: int) -> Sequence[Sequence[str]]:
    """The table, in which this many people have a formula of their own; each is in a column of its own cause."""
    rows = PEOPLE
    fields = ("poste", "reference", "civilite")
    for each in range(number):
        rows = changed(each // 3 + 1, rows, **{fields[each % 3]: f"=A{each}"})
    return rows


def told(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == rule]


def prints(report: Report, rule: str) -> list[str]:
    return [finding.fingerprint for finding in told(report, rule)]


# --- a waiver that covers nothing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (0, "meta001.gone"),
        (1, "meta001.one"),
        (2, "meta001.several"),
        (5, "meta001.several"),
        (6, "meta001.more"),
        (8, "meta001.more"),
    ],
)
def test_a_waiver_whose_finding_is_gone_says_so_with_the_fingerprints_it_may_have_now(number: int, kind: str) -> None:
    rows = formulas(number)
    there = prints(report_of(rows), "LST113")
    assert len(there) == number
    report = report_of(rows, settings=LintSettings(waivers=(waiver(),)))
    assert prints(report, "LST113") == there
    (finding,) = told(report, "META001")
    assert (finding.says.id, finding.severity) == (kind, Severity.WARN)
    assert finding.message == "the waiver of LST113 by C. Martin no longer matches a finding"
    assert [each for each in there if each in finding.fix] == there[:5]
    assert finding.fingerprint == fingerprint("META001", ("LST113", OLD))


FIXES = {
    0: "Delete it from campaign.toml: the finding it covered is gone or has changed.",
    1: 'There is one finding of LST113 without a waiver. If it is the same, write finding = "{0}" in the waiver; '
    "otherwise delete the waiver from campaign.toml.",
    2: "There are 2 findings of LST113 without a waiver. If one of them is the same, write its fingerprint in the "
    "waiver ({0}, {1}); otherwise delete the waiver from campaign.toml.",
    7: "There are 7 findings of LST113 without a waiver. If one of them is the same, write its fingerprint in the "
    "waiver ({0}, {1}, {2}, {3}, {4} and 2 more); otherwise delete the waiver from campaign.toml.",
}


@pytest.mark.parametrize("number", FIXES)
def test_a_waiver_whose_finding_is_gone_says_what_to_do(number: int) -> None:
    rows = formulas(number)
    there = prints(report_of(rows), "LST113")
    (finding,) = told(report_of(rows, settings=LintSettings(waivers=(waiver(),))), "META001")
    assert finding.fix == FIXES[number].format(*there)


def test_the_fingerprint_that_a_lost_waiver_proposes_is_accepted() -> None:
    rows = formulas(1)
    (finding,) = told(report_of(rows, settings=LintSettings(waivers=(waiver(),))), "META001")
    proposed = str(finding.values["found"])
    report = report_of(rows, settings=LintSettings(waivers=(waiver(finding=proposed),)))
    assert [(each.rule, each.waived) for each in report.findings] == [("LST113", True)]


def test_a_finding_that_another_waiver_covers_is_not_proposed() -> None:
    rows = formulas(2)
    first, second = prints(report_of(rows), "LST113")
    for waivers in ((waiver(), waiver(finding=first)), (waiver(finding=first), waiver())):
        (finding,) = told(report_of(rows, settings=LintSettings(waivers=waivers)), "META001")
        assert str(finding.values["found"]) == second


def test_findings_of_other_rules_are_not_proposed() -> None:
    rows = changed(4, formulas(1), adresse_e_mail=PEOPLE[4][3])
    assert prints(report_of(rows), "LST108")
    (finding,) = told(report_of(rows, settings=LintSettings(waivers=(waiver("LST112"),))), "META001")
    assert finding.says is unused.GONE


def test_a_lost_waiver_that_is_written_twice_says_so_once() -> None:
    report = report_of(settings=LintSettings(waivers=(waiver(), waiver(by="L. Gil"))))
    assert [finding.message for finding in told(report, "META001")] == [
        "the waiver of LST113 by C. Martin no longer matches a finding"
    ]


def test_each_lost_waiver_says_so() -> None:
    report = report_of(settings=LintSettings(waivers=(waiver(), waiver(finding="1" * 16), waiver("LST112"))))
    assert len(told(report, "META001")) == 3


def test_a_refused_waiver_keeps_its_finding_among_those_proposed() -> None:
    rows = formulas(1)
    (only,) = prints(report_of(rows), "LST113")
    report = report_of(rows, settings=LintSettings(waivers=(waiver(), waiver(finding=only, by=""))))
    (finding,) = told(report, "META001")
    assert str(finding.values["found"]) == only
    assert [each.waived for each in told(report, "LST113")] == [False]


# --- a waiver that is not accepted ---------------------------------------------------------------------------------

REFUSED: dict[str, tuple[Waiver, str, str]] = {
    "no-such-rule": (
        waiver("LST999"),
        "the waiver of LST999 is not accepted: there is no such rule",
        "Correct its rule in campaign.toml (`mailmerge rules` lists them all), or delete the waiver.",
    ),
    "never": (
        waiver("LST105"),
        "the waiver of LST105 is not accepted: findings of LST105 are never waived",
        "Correct what the finding names, where it is; then delete the waiver from campaign.toml. "
        "`mailmerge rules LST105` explains why.",
    ),
    "allow": (
        waiver("MSG304"),
        "the waiver of MSG304 is not accepted: MSG304 cannot be waived, but exceptions can be allowed by name",
        "Add what is allowed to the lists under [lint] in campaign.toml, and delete the waiver.",
    ),
    "short-reason": (
        waiver(reason="x" * 14 + "  "),
        "the waiver of LST113 is not accepted: its reason is shorter than 15 characters",
        "Write in campaign.toml why this is acceptable, or delete the waiver.",
    ),
    "no-name": (
        waiver(by=" "),
        "the waiver of LST113 is not accepted: it does not say who answers for it",
        'Write who answers for it in campaign.toml (by = "..."), or delete the waiver.',
    ),
    "expired": (
        waiver(until=YESTERDAY),
        f"the waiver of LST113 is not accepted: it expired on {YESTERDAY.isoformat()}",
        "Review the finding again; then write a later day in campaign.toml (until = ...), or delete the waiver.",
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_waiver_that_is_not_accepted_says_why_and_what_to_do(why: str) -> None:
    given, says, fix = REFUSED[why]
    (finding,) = told(report_of(settings=LintSettings(waivers=(given,))), "META002")
    assert (finding.message, finding.fix) == (says, fix)
    assert (finding.says.id, finding.severity) == (f"meta002.{why}", Severity.WARN)
    assert finding.fingerprint == fingerprint("META002", (given.rule, given.finding, why))
    assert told(report_of(settings=LintSettings(waivers=(given,))), "META001") == []


@pytest.mark.parametrize("given", [waiver(reason="x" * 15), waiver(until=datetime.date.today())])
def test_a_waiver_at_its_limit_is_accepted(given: Waiver) -> None:
    rows = formulas(1)
    (only,) = prints(report_of(rows), "LST113")
    report = report_of(rows, settings=LintSettings(waivers=(replace(given, finding=only),)))
    assert [(each.rule, each.waived) for each in report.findings] == [("LST113", True)]


def test_the_text_of_a_waiver_is_a_value_and_never_a_place_in_the_sentence() -> None:
    report = report_of(settings=LintSettings(waivers=(waiver(by="{rule.__class__} {0}\x1b[2J"), waiver("{found}"))))
    (lost,), (other,) = told(report, "META001"), told(report, "META002")
    assert lost.message == "the waiver of LST113 by {rule.__class__} {0}␛[2J no longer matches a finding"
    assert other.message == "the waiver of {found} is not accepted: there is no such rule"


# --- a check that failed -------------------------------------------------------------------------------------------


@pytest.fixture
def checks() -> Iterator[list[Check]]:
    before = list(CHECKS)
    yield CHECKS
    CHECKS[:] = before


def put(checks: list[Check], code: str, function: Any) -> None:
    index = next(i for i, each in enumerate(checks) if each.rule.code == code)
    checks[index] = Check(checks[index].rule, checks[index].scope, function)


def test_a_check_that_fails_says_which_and_by_what(checks: list[Check]) -> None:
    def broken(*_shown: object) -> Iterator[Any]:
        yield from ()
        raise ValueError("{code} \x1b[2J " + "x" * 300)

    put(checks, "LST113", broken)
    (finding,) = check(inspection_of()).findings
    said = "the check LST113 (formula) could not be carried out: ValueError: {code} ␛[2J xxx"
    assert finding.message.startswith(said)
    assert finding.message.endswith("x…")
    assert len(finding.message) < 300
    assert finding.fix == (
        "Nothing is sent without it. Remove the item it mentions, or report this as a bug in mailmerge."
    )
    assert (finding.says, finding.fingerprint) == (failed.FAILED, fingerprint("META000", ("LST113",)))
    assert finding.stops


def test_no_sentence_about_the_linter_lacks_a_test() -> None:
    modules = (failed, unused, refused)
    sentences = {each.id for module in modules for each in vars(module).values() if isinstance(each, Sentence)}
    sentences |= {each.id for each in refused.SENTENCES.values()}
    assert sentences == {
        *(f"meta001.{kind}" for kind in ("gone", "one", "several", "more")),
        *(f"meta002.{why}" for why in REFUSED),
        "meta000.failed",
    }
    assert set(refused.SENTENCES) == set(refused.WaiverRefusal)
