"""ATT506: No table and no mailbox travels."""

from __future__ import annotations

from lint_files import pdf, workbook
from rule_cases import attached, case, cases_of, expect, recipients_file_attached

FAILS = {
    "a table": case(
        attached("liste.csv", b"nom;email\n"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="liste.csv",
            fingerprint="7193269eb98e4f39",
            says="6 people would get a file of data: liste.csv (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a workbook": case(
        attached("liste.xlsx", workbook()),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="liste.xlsx",
            fingerprint="6c4a82e527c19bfd",
            says="6 people would get a file of data: liste.xlsx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a mail": case(
        attached("a.eml", b"Subject: x\n\nx"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.eml",
            fingerprint="ee492418111152f3",
            says="6 people would get a file of data: a.eml (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "the recipients file itself": case(
        lambda: recipients_file_attached(),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="candidats.txt",
            fingerprint="bab8306befc52e28",
            says="6 people would get the table of all recipients: candidats.txt (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
}
PASSES = {
    "a document": attached("livret.pdf", pdf()),
}

test_fails, test_passes = cases_of("ATT506", FAILS, PASSES)
