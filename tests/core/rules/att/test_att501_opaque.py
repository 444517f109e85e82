"""ATT501: Whatever travels can be looked into."""

from __future__ import annotations

from lint_files import PNG, archive, office, pdf
from rule_cases import attached, case, cases_of, expect

FAILS = {
    "an archive": case(
        attached("dossier.zip", archive({"a.txt": "a"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.zip",
            fingerprint="4fcee871edf3aa54",
            says="6 attachments such as dossier.zip cannot be checked: it is an archive: what it holds is not shown to the person who checks",
        ),
    ),
    "macros": case(
        attached("lettre.docx", office({"word/vbaProject.bin": b"x"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="lettre.docx",
            fingerprint="e47654d5cd9e6e0a",
            says="6 attachments such as lettre.docx cannot be checked: it holds macros",
        ),
    ),
    "a scan": case(
        attached("scan.pdf", pdf("")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="scan.pdf",
            fingerprint="49d5b7862aed6985",
            says="6 attachments such as scan.pdf cannot be checked: no text can be read in it: it is probably a scan",
        ),
    ),
    "no PDF": case(
        attached("a.pdf", b"%PDF-1.4\nrubbish"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.pdf",
            fingerprint="8c6993e54e36e165",
            says="6 attachments such as a.pdf cannot be checked: it is damaged, or not what its name says (PdfStreamError)",
        ),
    ),
    "an entity bomb": case(
        attached("a.docx", office({"word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="f5f8da4a68ced33a",
            says="6 attachments such as a.docx cannot be checked: word/a.xml declares entities, as an entity bomb does",
        ),
    ),
    "a zip bomb": case(
        attached("a.docx", office({"word/a.xml": b" " * 30_000_000})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="d363ab7903125ea1",
            says="6 attachments such as a.docx cannot be checked: it unpacks to far more than its size: a zip bomb",
        ),
    ),
    "an old office file": case(
        attached("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.doc",
            fingerprint="63da1be604afb50a",
            says="6 attachments such as a.doc cannot be checked: it is an old office file that cannot be looked into; save it as PDF or in the new format",
        ),
    ),
    "no known kind": case(
        attached("a.bin", bytes(range(256)) * 9),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.bin",
            fingerprint="b6c88e441762dc50",
            says="6 attachments such as a.bin cannot be checked: no text can be read in a file of this kind",
        ),
    ),
    "a script in a PDF": case(
        attached("a.pdf", pdf("a", catalog="/Names << /JavaScript << /Names [] >> >>")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.pdf",
            fingerprint="ef62fbf0514a2f3b",
            says="6 attachments such as a.pdf cannot be checked: it holds a script",
        ),
    ),
}
PASSES = {
    "a PDF": attached("livret.pdf", pdf()),
    "a picture": attached("logo.png", PNG),
    "an office file": attached("livret.docx", office()),
    "a text": attached("a.txt", "été".encode()),
}

test_fails, test_passes = cases_of("ATT501", FAILS, PASSES)
