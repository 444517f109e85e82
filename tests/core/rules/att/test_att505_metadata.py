"""ATT505: A file does not tell who made it, and where."""

from __future__ import annotations

from dataclasses import replace

from lint_cases import SENDER
from lint_files import office, pdf
from rule_cases import attached, case, cases_of, expect

FAILS = {
    "an author": case(
        attached("a.docx", office(author="Paul Durand")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="b0da4ab13e3b52bd",
            says="6 attachments such as a.docx tell who made them: dc:creator Paul Durand",
        ),
    ),
    "the author of a PDF": case(
        attached("a.pdf", pdf(info="/Author (Paul Durand)")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.pdf",
            fingerprint="25fdb19ff22055ee",
            says="6 attachments such as a.pdf tell who made them: author Paul Durand",
        ),
    ),
    "a path": case(
        attached("a.docx", office({"word/a.xml": "<a>C:\\Users\\pdurand\\candidats\\a.docx</a>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="b0da4ab13e3b52bd",
            says="6 attachments such as a.docx tell who made them: path C:\\Users\\pdurand\\candidats\\a.docx",
        ),
    ),
}
PASSES = {
    "the program that made a PDF": attached("a.pdf", pdf(info="/Creator (Microsoft Word) /Producer (Quartz)")),
    "no author": attached("livret.docx", office()),
    "who signs": lambda: replace(attached("a.docx", office(author="Claire Martin"))(), sender=SENDER),
}

test_fails, test_passes = cases_of("ATT505", FAILS, PASSES)
