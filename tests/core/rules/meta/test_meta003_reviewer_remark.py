"""META003: what a second person found wrong is repeated beside the message, as a warning that can be waived."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from lint_cases import PEOPLE, codes, inspection_of, report_of
from msgspec.structs import replace
from rule_cases import case, cases_of, expect

from mailmerge.lint import Finding, Inspection, LintSettings, Remark, Waiver
from mailmerge.lint.rules.meta.meta003_reviewer_remark import reviewer_remark
from mailmerge.lint.sentence import said

RUN = "2026-11-26-7f3a"
WORLD = inspection_of()


def said_of(record: int, reason: str) -> Inspection:
    """A campaign in whose last run Paul found this wrong."""
    return replace(WORLD, remarks=(Remark(record, "Paul Durand", RUN, reason),))


FAILS = {
    "a message, with a reason": case(
        lambda: said_of(2, "not his name"),
        expect(
            record=2,
            line=3,
            says=f'Paul Durand did not approve run {RUN} and wrote about this message: "not his name"',
            fingerprint="e769f2147139f1d2",
        ),
    ),
    "a message, without a reason": case(
        lambda: said_of(2, " "),
        expect(
            record=2,
            line=3,
            says=f"Paul Durand did not approve run {RUN}: this message was marked as wrong, without a reason",
            fingerprint="a4d86147123639fd",
        ),
    ),
    "the whole run": case(
        lambda: said_of(0, "the tone"),
        expect(says=f'Paul Durand did not approve run {RUN} and wrote: "the tone"', fingerprint="ce37c3b538c1c0fd"),
    ),
}
PASSES = {"nobody said anything": lambda: WORLD}

test_fails, test_passes = cases_of("META003", FAILS, PASSES)


def repeated(*remarks: Remark, **options: object) -> list[Finding]:
    return [finding for finding in report_of(remarks=remarks, **options).findings if finding.rule == "META003"]


def test_a_remark_stops_nothing():
    report = report_of(remarks=(Remark(1, "Paul Durand", RUN, "not her name"),))
    assert (codes(report), report.blocks) == (["META003"], ())


@settings(deadline=None)
@given(st.text(max_size=300), st.text(min_size=1, max_size=60))
def test_whatever_is_written_is_repeated_on_one_line_and_is_never_a_template(reason: str, by: str):
    (found,) = reviewer_remark(replace(WORLD, remarks=(Remark(1, by, RUN, reason),)))
    message = said(found.says, found.values)
    assert {"Cc", "Zl", "Zp"}.isdisjoint(map(unicodedata.category, message))
    assert RUN in message


def test_each_remark_is_told_on_its_own():
    found = repeated(*(Remark(number, "Paul Durand", RUN, f"reason {number}") for number in range(1, len(PEOPLE))))
    assert sorted(finding.record or 0 for finding in found) == list(range(1, len(PEOPLE)))


def test_a_waiver_covers_the_one_remark_that_it_names():
    remarks = (Remark(1, "Paul Durand", RUN, "not her name"), Remark(2, "Paul Durand", RUN, "not his name"))
    first = repeated(*remarks)[0]
    waiver = Waiver("META003", first.fingerprint, "it is her name since her wedding", "C. Martin")
    waived = repeated(*remarks, settings=LintSettings(waivers=(waiver,)))
    assert {finding.record: finding.waived for finding in waived} == {1: True, 2: False}
