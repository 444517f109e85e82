"""ATT501: Whatever travels can be looked into."""

from __future__ import annotations

import zlib

from lint_files import PNG, archive, encrypted, locked, office, pdf, raw_pdf, with_file, with_scans
from rule_cases import Case, attached, case, cases_of, expect, theirs

from mailmerge.lint import Inspection
from mailmerge.lint.extract.content import Content
from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.model import Severity

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
DAMAGED_PART = office()[:4] + office()[4:].replace(b"PK\x03\x04", b"PK\x03\x05")
"""No part but the first is where the directory says."""
BROKEN_PART = pdf(extra="<< /Subtype /Form /Filter /FlateDecode /Length 10 >>\nstream\nx\u0153ABCDEFGH\nendstream")
MANY_PARTS = archive({"[Content_Types].xml": "a", **{f"{n}.bin": "" for n in range(2_000)}})
ZIP_BOMB = office({"word/a.xml": b" " * 30_000_000})
SCAN_WITH_TEXT = with_file(pdf(""), "a.pdf", pdf())


def never_read(name: str) -> Case:
    """A file that was not read in time."""
    return read_as(name, Content(opaque=Obstacle.TOO_SLOW, limit=10))


def read_as(name: str, found: Content) -> Case:
    """A file in which this was found; one person's, where its name has a field."""
    content = b"RC-0018"

    def make() -> Inspection:
        inspection = (theirs(".pdf", content, 2) if "{" in name else attached(name, content))()
        of = "RC-0018.pdf" if "{" in name else name
        inspection.looked_into[of, len(content), hash(content)] = found
        return inspection

    return make


VERSIONS = pdf() + b"\n%%EOF" * 21
MAP = raw_pdf(
    zlib.compress(b"1 g\n" + b"0 0 9 9 re f\n" * 1500 + b"0 g BT /F1 9 Tf 50 700 Td " + b"(abc) Tj " * 1500 + b"ET")
)
FAILS = {
    "the second of two files": case(
        attached("a.txt", b"abc", head="a.txt\nAttachment: b.zip", others={"b.zip": archive({"a.txt": "a"})}),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="b.zip",
            letter="lettre.md",
            fingerprint="e9629a7846991257",
            says="6 messages carry an archive, such as b.zip; its contents cannot be reviewed, so it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "an archive": case(
        attached("dossier.zip", archive({"a.txt": "a"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.zip",
            fingerprint="80afd4018c5ecbe6",
            says="6 messages carry an archive, such as dossier.zip; its contents cannot be reviewed, so it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with an archive": case(
        theirs(".zip", archive({"a.txt": "a"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.zip",
            fingerprint="addb68bf9c929eef",
            says="the attachment RC-0018.zip cannot be checked: it is an archive, so its contents cannot be reviewed",
        ),
    ),
    "a damaged file": case(
        attached("dossier.pdf", b"%PDF-1.4\nrubbish"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.pdf",
            fingerprint="a408d6c90f6d676c",
            says="6 messages carry an attachment that cannot be checked, such as dossier.pdf: it is damaged, or not the kind of file its name suggests (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a damaged file": case(
        theirs(".pdf", b"%PDF-1.4\nrubbish", 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="2b3501bb0200015a",
            says="the attachment RC-0018.pdf cannot be checked: it is damaged, or not the kind of file its name suggests",
        ),
    ),
    "a damaged part": case(
        attached("dossier.pdf", BROKEN_PART),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.pdf",
            fingerprint="e326aeb5dbc4c9fb",
            says="6 messages carry an attachment that could not be read to the end, such as dossier.pdf: a part of it is damaged (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a damaged part": case(
        theirs(".pdf", BROKEN_PART, 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="bca63556f4d45f7c",
            says="the attachment RC-0018.pdf could not be read to the end: a part of it is damaged",
        ),
    ),
    "a damaged archive": case(
        attached("dossier.docx", b"PK\x03\x04rubbish"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.docx",
            fingerprint="7014274a57ad4e0d",
            says="6 messages carry an attachment that cannot be checked, such as dossier.docx: it is a damaged archive or Office file (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a damaged archive": case(
        theirs(".docx", b"PK\x03\x04rubbish", 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="593264c1eaae5730",
            says="the attachment RC-0018.docx cannot be checked: it is a damaged archive or Office file",
        ),
    ),
    "a part that cannot be unpacked": case(
        attached("dossier.docx", DAMAGED_PART),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.docx",
            fingerprint="7014274a57ad4e0d",
            says="6 messages carry an attachment that cannot be checked, such as dossier.docx: it is a damaged archive or Office file (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a part that cannot be unpacked": case(
        theirs(".docx", DAMAGED_PART, 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="593264c1eaae5730",
            says="the attachment RC-0018.docx cannot be checked: it is a damaged archive or Office file",
        ),
    ),
    "an encrypted archive": case(
        attached("dossier.docx", encrypted(office())),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.docx",
            fingerprint="22e36ce68d876c5a",
            says="6 messages carry an encrypted attachment, such as dossier.docx; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with an encrypted archive": case(
        theirs(".docx", encrypted(office()), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="804dbd086617d9e6",
            says="the attachment RC-0018.docx cannot be checked: it is encrypted",
        ),
    ),
    "an entity bomb": case(
        attached("dossier.docx", office({"word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.docx",
            fingerprint="bd6a6000f759bdef",
            says="6 messages carry an attachment that declares XML entities, as entity bombs do, such as dossier.docx; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with an entity bomb": case(
        theirs(".docx", office({"word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="bf22a5114b61db21",
            says="the attachment RC-0018.docx cannot be checked: it declares XML entities, as entity bombs do",
        ),
    ),
    "a document type": case(
        attached("dossier.docx", office({"word/a.xml": "<!DOCTYPE a><a/>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.docx",
            fingerprint="bd6a6000f759bdef",
            says="6 messages carry an attachment that declares XML entities, as entity bombs do, such as dossier.docx; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a document type": case(
        theirs(".docx", office({"word/a.xml": "<!DOCTYPE a><a/>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="bf22a5114b61db21",
            says="the attachment RC-0018.docx cannot be checked: it declares XML entities, as entity bombs do",
        ),
    ),
    "an entity without a document type": case(
        attached("dossier.docx", office({"word/a.xml": '<!ENTITY b "c"><a/>'})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.docx",
            fingerprint="bd6a6000f759bdef",
            says="6 messages carry an attachment that declares XML entities, as entity bombs do, such as dossier.docx; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with an entity without a document type": case(
        theirs(".docx", office({"word/a.xml": '<!ENTITY b "c"><a/>'}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="bf22a5114b61db21",
            says="the attachment RC-0018.docx cannot be checked: it declares XML entities, as entity bombs do",
        ),
    ),
    "macros of Word": case(
        attached("dossier.docx", office({"word/vbaProject.bin": b"x"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.docx",
            fingerprint="3d433e3d31370bf4",
            says="6 messages carry an attachment with macros, such as dossier.docx; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with macros of Word": case(
        theirs(".docx", office({"word/vbaProject.bin": b"x"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="eabcbaac8aeeb49d",
            says="the attachment RC-0018.docx cannot be checked: it contains macros",
        ),
    ),
    "macros of Excel 4": case(
        attached("dossier.xlsx", office({"xl/macrosheets/sheet1.xml": "<x/>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.xlsx",
            fingerprint="3cfe40e663c2c003",
            says="6 messages carry an attachment with macros, such as dossier.xlsx; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with macros of Excel 4": case(
        theirs(".xlsx", office({"xl/macrosheets/sheet1.xml": "<x/>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.xlsx",
            fingerprint="fb443cc6bce9933e",
            says="the attachment RC-0018.xlsx cannot be checked: it contains macros",
        ),
    ),
    "macros of LibreOffice": case(
        attached("dossier.odt", office({"Basic/Standard/Module1.xml": "<x/>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.odt",
            fingerprint="eb1151e76fcc69c4",
            says="6 messages carry an attachment with macros, such as dossier.odt; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with macros of LibreOffice": case(
        theirs(".odt", office({"Basic/Standard/Module1.xml": "<x/>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.odt",
            fingerprint="299c60346796ca93",
            says="the attachment RC-0018.odt cannot be checked: it contains macros",
        ),
    ),
    "scripts of LibreOffice": case(
        attached("dossier.odt", office({"Scripts/python/a.py": "x"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.odt",
            fingerprint="eb1151e76fcc69c4",
            says="6 messages carry an attachment with macros, such as dossier.odt; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with scripts of LibreOffice": case(
        theirs(".odt", office({"Scripts/python/a.py": "x"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.odt",
            fingerprint="299c60346796ca93",
            says="the attachment RC-0018.odt cannot be checked: it contains macros",
        ),
    ),
    "archives within archives": case(
        attached("dossier.zip", archive({"b.zip": archive({"c.zip": archive({"d": "e"})})})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.zip",
            fingerprint="337d0a9ac5cc695c",
            says="6 messages carry an attachment that contains files within files, such as dossier.zip; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with archives within archives": case(
        theirs(".zip", archive({"b.zip": archive({"c.zip": archive({"d": "e"})})}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.zip",
            fingerprint="83dc746369737167",
            says="the attachment RC-0018.zip cannot be checked: it contains files within files",
        ),
    ),
    "an old office file": case(
        attached("dossier.doc", OLE),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.doc",
            fingerprint="08448a1d9440ebf1",
            says="6 messages carry an attachment in an old Office format that cannot be inspected, such as dossier.doc (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with an old office file": case(
        theirs(".doc", OLE, 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.doc",
            fingerprint="972abe33aac63c64",
            says="the attachment RC-0018.doc cannot be checked: it is in an old Office format that cannot be inspected",
        ),
    ),
    "an old office file that is encrypted": case(
        attached("dossier.doc", OLE + "EncryptedPackage".encode("utf-16-le")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.doc",
            fingerprint="6bd3b6e54d2bfa86",
            says="6 messages carry an encrypted attachment, such as dossier.doc; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with an old office file that is encrypted": case(
        theirs(".doc", OLE + "EncryptedPackage".encode("utf-16-le"), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.doc",
            fingerprint="73eead4d6d3090ed",
            says="the attachment RC-0018.doc cannot be checked: it is encrypted",
        ),
    ),
    "an old office file with macros": case(
        attached("dossier.doc", OLE + "_VBA_PROJECT".encode("utf-16-le")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.doc",
            fingerprint="5ad188db1a3ed915",
            says="6 messages carry an attachment with macros, such as dossier.doc; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with an old office file with macros": case(
        theirs(".doc", OLE + "_VBA_PROJECT".encode("utf-16-le"), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.doc",
            fingerprint="64d61fc9c3806386",
            says="the attachment RC-0018.doc cannot be checked: it contains macros",
        ),
    ),
    "a scan": case(
        attached("dossier.pdf", pdf("")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.pdf",
            fingerprint="f3bc3858a6a80b71",
            says="6 messages carry an attachment with text that cannot be read, as a scan has, such as dossier.pdf; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a scan": case(
        theirs(".pdf", pdf(""), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="06e0a9dc98c558db",
            says="the attachment RC-0018.pdf cannot be checked: it has text that cannot be read, as a scan does",
        ),
    ),
    "a scan with a text inside": case(
        attached("dossier.pdf", SCAN_WITH_TEXT),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.pdf",
            fingerprint="f3bc3858a6a80b71",
            says="6 messages carry an attachment with text that cannot be read, as a scan has, such as dossier.pdf; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a scan with a text inside": case(
        theirs(".pdf", SCAN_WITH_TEXT, 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="06e0a9dc98c558db",
            says="the attachment RC-0018.pdf cannot be checked: it has text that cannot be read, as a scan does",
        ),
    ),
    "a script in a PDF": case(
        attached("dossier.pdf", pdf("a", catalog="/Names << /JavaScript << /Names [] >> >>")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.pdf",
            fingerprint="61fe13404e92e87c",
            says="6 messages carry an attachment with a script, such as dossier.pdf; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a script in a PDF": case(
        theirs(".pdf", pdf("a", catalog="/Names << /JavaScript << /Names [] >> >>"), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="c8008e9e897085db",
            says="the attachment RC-0018.pdf cannot be checked: it contains a script",
        ),
    ),
    "more text than is read": case(
        attached("dossier.txt", b"abc " * 1_000_001),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.txt",
            fingerprint="be7954cc9f3536ef",
            says="6 messages carry an attachment with more than 4 million characters of text, such as dossier.txt; it cannot be checked to its end (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with more text than is read": case(
        theirs(".txt", b"abc " * 1_000_001, 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.txt",
            fingerprint="8a8d147fa085e8a1",
            says="the attachment RC-0018.txt cannot be checked to its end: it contains more than 4 million characters of text",
        ),
    ),
    "earlier versions without an end": case(
        attached("dossier.pdf", VERSIONS),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.pdf",
            fingerprint="d95ca615fcfcedc5",
            says="6 messages carry an attachment that could not be read to the end, such as dossier.pdf: it is too large or too complex (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a page with too much drawn on it": case(
        attached("plan.pdf", MAP),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="plan.pdf",
            fingerprint="573f66ac0ad691a2",
            severity=Severity.WARN,
            says="6 messages carry an attachment with a page that is too complex to be checked for hidden words, such as page 1 of plan.pdf (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "thousands of files": case(
        attached("dossier.docx", MANY_PARTS),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.docx",
            fingerprint="4c032ea00b057b9c",
            says="6 messages carry an attachment that contains more than 2000 files, such as dossier.docx; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with thousands of files": case(
        theirs(".docx", MANY_PARTS, 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="3668dacd0171d81f",
            says="the attachment RC-0018.docx cannot be checked: it contains more than 2000 files",
        ),
    ),
    "hundreds of pages": case(
        attached("dossier.pdf", pdf("", pages=401)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.pdf",
            fingerprint="da36eaa4b9cf9fdf",
            says="6 messages carry an attachment with more than 400 pages, such as dossier.pdf; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with hundreds of pages": case(
        theirs(".pdf", pdf("", pages=401), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="c8abcf56c99695cf",
            says="the attachment RC-0018.pdf cannot be checked: it has more than 400 pages",
        ),
    ),
    "no known kind": case(
        attached("dossier.bin", bytes(range(256)) * 9),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.bin",
            fingerprint="86a637f37e790614",
            says="6 messages carry an attachment in which no text can be read, such as dossier.bin; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with no known kind": case(
        theirs(".bin", bytes(range(256)) * 9, 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.bin",
            fingerprint="8be5baab7686319a",
            says="the attachment RC-0018.bin cannot be checked: no text can be read in a file of this kind",
        ),
    ),
    "a zip bomb": case(
        attached("dossier.docx", ZIP_BOMB),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.docx",
            fingerprint="23c6eadc486d2e1d",
            says="6 messages carry an attachment that expands to far more than its size, as a zip bomb does, such as dossier.docx; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a zip bomb": case(
        theirs(".docx", ZIP_BOMB, 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="afd196a3610af306",
            says="the attachment RC-0018.docx cannot be checked: it expands to far more than its size, as a zip bomb does",
        ),
    ),
    "a file that takes too long": case(
        never_read("livret.pdf"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="333093362023c14d",
            says="6 messages carry an attachment that could not be read within 10 seconds, such as livret.pdf; it cannot be checked (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a file that takes too long": case(
        never_read("{{ reference }}.pdf"),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="80dabeac38579af9",
            says="the attachment RC-0018.pdf cannot be checked: it could not be read within 10 seconds",
        ),
    ),
    "a file whose reader could not be started": case(
        read_as("livret.pdf", Content(opaque=Obstacle.NO_READER)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="livret.pdf",
            fingerprint="5375145e5bc64031",
            says="6 messages carry an attachment that was not checked, such as livret.pdf: the computer could not start the process that reads it (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a file whose reader could not be started": case(
        read_as("{{ reference }}.pdf", Content(opaque=Obstacle.NO_READER)),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="d74fd2c7e3d0188c",
            says="the attachment RC-0018.pdf was not checked: the computer could not start the process that reads it",
        ),
    ),
    "three people with a scan": case(
        theirs(".pdf", pdf(""), 2, 3, 5),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="06e0a9dc98c558db",
            says="the attachment RC-0018.pdf cannot be checked: it has text that cannot be read, as a scan does",
        ),
        expect(
            record=3,
            line=4,
            excerpt="RC-0019.pdf",
            fingerprint="8cca69eebb6e6ec3",
            says="the attachment RC-0019.pdf cannot be checked: it has text that cannot be read, as a scan does",
        ),
        expect(
            record=5,
            line=6,
            excerpt="RC-0021.pdf",
            fingerprint="e1fceadd323b66dd",
            says="the attachment RC-0021.pdf cannot be checked: it has text that cannot be read, as a scan does",
        ),
    ),
    "four people with a scan": case(
        theirs(".pdf", pdf(""), 2, 3, 5, 6),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 5, 6),
            count=4,
            excerpt="RC-0018.pdf",
            fingerprint="2bd91fd55670b794",
            says="4 messages carry an attachment with text that cannot be read, as a scan has, such as RC-0018.pdf; it cannot be checked (lines 3, 4, 6, 7)",
        ),
    ),
    "a page that is a scan": case(
        attached("a.pdf", with_scans(pdf())),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.pdf",
            fingerprint="3e8091a7dfe663a9",
            says="6 messages carry an attachment with a page that cannot be checked, such as page 2 of a.pdf: it has text that cannot be read, as a scan does (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "two pages that are scans, of one person": case(
        theirs(".pdf", with_scans(pdf(), 2), 2),
        expect(
            record=2,
            line=3,
            severity=Severity.WARN,
            excerpt="RC-0018.pdf",
            fingerprint="4d42b84739e0a046",
            says="2 pages of the attachment RC-0018.pdf cannot be checked, the first of them page 2: they have text that cannot be read, as scans do",
        ),
    ),
    "two pages that are scans, for everybody": case(
        attached("a.pdf", with_scans(pdf(), 2)),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.pdf",
            fingerprint="3e8091a7dfe663a9",
            says="6 messages carry an attachment with pages that cannot be checked, such as page 2 of a.pdf: they have text that cannot be read, as scans do (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a file that was not read to the end, of everybody": case(
        read_as("dossier.pdf", Content(opaque=Obstacle.TOO_LARGE)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.pdf",
            fingerprint="d95ca615fcfcedc5",
            says="6 messages carry an attachment that could not be read to the end, such as dossier.pdf: it is too large or too complex (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a file that was not read to the end, of one person": case(
        read_as("{{ reference }}.pdf", Content(opaque=Obstacle.TOO_LARGE)),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.pdf",
            fingerprint="9a23d14d68f63c82",
            says="the attachment RC-0018.pdf could not be read to the end: it is too large or too complex",
        ),
    ),
    "a page too complex to judge, for everybody": case(
        read_as("dossier.pdf", Content(unjudged_pages=[2, 3])),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="dossier.pdf",
            fingerprint="ff853b938ec0ba4c",
            says="6 messages carry an attachment with a page that is too complex to be checked for hidden words, such as page 2 of dossier.pdf (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a page too complex to judge, of one person": case(
        read_as("{{ reference }}.pdf", Content(unjudged_pages=[2])),
        expect(
            record=2,
            line=3,
            severity=Severity.WARN,
            excerpt="RC-0018.pdf",
            fingerprint="35c3b81cada61871",
            says="page 2 of the attachment RC-0018.pdf is too complex to be checked for hidden words",
        ),
    ),
}
PASSES = {
    "a PDF": attached("livret.pdf", pdf()),
    "a PDF that only forbids printing": attached("livret.pdf", locked(pdf(), "")),
    "a PDF with a file in it": attached("livret.pdf", with_file(pdf(), "a.txt", b"a")),
    "a picture": attached("logo.png", PNG),
    "an office file": attached("livret.docx", office()),
    "a text": attached("a.txt", "été".encode()),
    "a text in UTF-16": attached("a.txt", "été\n".encode("utf-16")),
    "as much text as is read": attached("a.txt", b"abc " * 1_000_000),
    "as many files as are read": attached(
        "a.docx", archive({"[Content_Types].xml": "a", **{f"{n}.bin": "" for n in range(1_999)}})
    ),
    "as many pages as are read": attached("a.pdf", pdf(pages=400)),
    "a file that is missing": attached("absent.zip", b""),
    "a long text that packs well": attached("a.docx", office({"word/a.xml": "<a>" + "a" * 100_000 + "</a>"})),
    "a page with a logo": attached("a.pdf", with_scans(pdf(), pixels=200)),
}

test_fails, test_passes = cases_of("ATT501", FAILS, PASSES)
