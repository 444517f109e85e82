"""ATT503: No attachment hides anything."""

from __future__ import annotations

from lint_files import office, pdf, workbook
from rule_cases import attached, case, cases_of, expect

FAILS = {
    "a hidden sheet": case(
        attached("a.docx", workbook('<sheet name="a"/><sheet name="b" state="hidden"/>')),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="32f7c910e1258f27",
            says="6 attachments such as a.docx hold a hidden sheet",
        ),
    ),
    "hidden rows": case(
        attached("a.docx", workbook(rows='<row r="1" hidden="1"/>')),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="7fc587f721ec4e5d",
            says="6 attachments such as a.docx hold hidden rows",
        ),
    ),
    "tracked changes": case(
        attached("a.docx", office(text='a</w:t></w:r><w:del w:id="1"/><w:r><w:t>')),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="06534251552a3f52",
            says="6 attachments such as a.docx hold tracked changes",
        ),
    ),
    "comments": case(
        attached("a.docx", office({"word/comments.xml": "<w:comments>trop cher</w:comments>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="f54c208c1f2b55e4",
            says="6 attachments such as a.docx hold comments",
        ),
    ),
    "a pivot cache": case(
        attached("a.docx", workbook(xl__pivotCache__records="<r/>")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="9f55154cc30e3a69",
            says="6 attachments such as a.docx hold a pivot cache: the whole table behind a summary",
        ),
    ),
    "an embedded file": case(
        attached("a.docx", office({"word/embeddings/a.txt": b"a"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="4994834e1a33ecc5",
            says="6 attachments such as a.docx hold an embedded file",
        ),
    ),
    "a comment in a PDF": case(
        attached("a.pdf", pdf(page="/Annots [7 0 R]", extra="<< /Type /Annot /Subtype /Text /Contents (trop cher) >>")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.pdf",
            fingerprint="ecfd700911168d20",
            says="6 attachments such as a.pdf hold a comment on page 1",
        ),
    ),
}
PASSES = {
    "nothing hidden": attached("livret.docx", office()),
}

test_fails, test_passes = cases_of("ATT503", FAILS, PASSES)
