"""META003: what a second person found wrong is repeated beside the message, as a warning that can be waived."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lint_cases import PEOPLE, codes, inspection_of, report_of

from mailmerge.lint import Finding, LintSettings, Remark, Waiver
from mailmerge.lint.rules.meta.meta003_reviewer_remark import reviewer_remark
from mailmerge.lint.sentence import said
from mailmerge.model import Severity

RUN = "2026-11-26-7f3a"
WORLD = inspection_of()


def repeated(*remarks: Remark, **options: object) -> list[Finding]:
    return [finding for finding in report_of(remarks=remarks, **options).findings if finding.rule == "META003"]


@pytest.mark.parametrize(
    ("record", "reason", "sentence"),
    [
        (2, "not his name", f'Paul Durand did not approve run {RUN} and wrote about this message: "not his name"'),
        (2, " ", f"Paul Durand did not approve run {RUN}: this message was marked as wrong, without a reason"),
        (0, "the tone", f'Paul Durand did not approve run {RUN} and wrote: "the tone"'),
    ],
)
def test_a_remark_is_a_warning_about_its_message_and_stops_nothing(record: int, reason: str, sentence: str):
    (finding,) = repeated(Remark(record, "Paul Durand", RUN, reason))
    assert (finding.record, finding.line) == ((record, record + 1) if record else (None, None))
    assert (finding.severity, finding.stops, finding.message) == (Severity.WARN, False, sentence)


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


def test_no_remark_is_no_finding():
    assert "META003" not in codes(report_of())


def test_a_waiver_covers_the_one_remark_that_it_names():
    remarks = (Remark(1, "Paul Durand", RUN, "not her name"), Remark(2, "Paul Durand", RUN, "not his name"))
    first = repeated(*remarks)[0]
    waiver = Waiver("META003", first.fingerprint, "it is her name since her wedding", "C. Martin")
    waived = repeated(*remarks, settings=LintSettings(waivers=(waiver,)))
    assert {finding.record: finding.waived for finding in waived} == {1: True, 2: False}
