"""ATT504: A person's file is that person's."""

from __future__ import annotations

from lint_files import pdf
from rule_cases import attached, attached_for_two, case, cases_of, expect, job_files, personal, unrelated_files

from mailmerge.model import Severity

FAILS = {
    "missing": case(
        attached("livret.pdf", b""),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="d61701015edbc6fd",
            says="the attachment livret.pdf is missing; 6 people would miss it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "outside the folder": case(
        attached("x", b"", head="../livret.pdf"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="c45744301f35169a",
            says="the attachment livret.pdf is outside the letter's folder; 6 people would miss it: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "one file for two": case(
        lambda: attached_for_two(),
        expect(
            record=2,
            line=3,
            affected=(1, 2),
            excerpt="RC-0017.pdf",
            fingerprint="41c34d4891024b6c",
            says="Inès Petit (line 2) and Jean Dupont (line 3) would get the same personal file RC-0017.pdf",
        ),
    ),
    "nothing of theirs in it": case(
        lambda: unrelated_files(),
        expect(
            record=1,
            line=2,
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="piece0.pdf",
            fingerprint="e277c979a4481d0f",
            says="Inès Petit (line 2): nothing in the attachment piece0.pdf, nor in its name, is this person's (6 people affected: lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
}
PASSES = {
    "one of two files by the job": lambda: job_files(),
    "one each": personal(),
    "one for all": attached("livret.pdf", pdf()),
    "a name that is not theirs, a text that is": personal(
        "piece-{{ reference }}.pdf", content=lambda row: pdf(f"{row[1]} {row[2]}")
    ),
}

test_fails, test_passes = cases_of("ATT504", FAILS, PASSES)
