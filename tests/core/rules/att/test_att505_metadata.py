"""ATT505: A file does not tell who made it, and where."""

from __future__ import annotations

from lint_cases import SENDER
from lint_files import office, pdf
from msgspec.structs import replace
from planted_pictures import GPS
from rule_cases import attached, case, cases_of, expect, theirs

from mailmerge.lint import LintSettings

FAILS = {
    "an author": case(
        attached("a.docx", office(author="Paul Durand")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Paul Durand",
            fingerprint="9fb9580fac7a465c",
            says="6 messages carry an attachment, such as a.docx, that reveals its author: Paul Durand (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with an author": case(
        theirs(".docx", office(author="Paul Durand"), 2),
        expect(
            record=2,
            line=3,
            excerpt="Paul Durand",
            fingerprint="cc42c1e7fa2bb04b",
            says="the attachment RC-0018.docx reveals its author: Paul Durand",
        ),
    ),
    "the author of an OpenDocument file": case(
        attached("a.odt", office({"meta.xml": "<meta:initial-creator>Paul Durand</meta:initial-creator>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Paul Durand",
            fingerprint="02c4f15339ac78b6",
            says="6 messages carry an attachment, such as a.odt, that reveals its author: Paul Durand (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with the author of an OpenDocument file": case(
        theirs(".odt", office({"meta.xml": "<meta:initial-creator>Paul Durand</meta:initial-creator>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="Paul Durand",
            fingerprint="688aeda74e08a732",
            says="the attachment RC-0018.odt reveals its author: Paul Durand",
        ),
    ),
    "the author of a PDF": case(
        attached("a.pdf", pdf(info="/Author (Paul Durand)")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Paul Durand",
            fingerprint="d5c1160c78012a7b",
            says="6 messages carry an attachment, such as a.pdf, that reveals its author: Paul Durand (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with the author of a PDF": case(
        theirs(".pdf", pdf(info="/Author (Paul Durand)"), 2),
        expect(
            record=2,
            line=3,
            excerpt="Paul Durand",
            fingerprint="0087a9d2e94df2a0",
            says="the attachment RC-0018.pdf reveals its author: Paul Durand",
        ),
    ),
    "the author of RTF": case(
        attached("a.rtf", b"{\\rtf1 {\\author Paul Durand} a}"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Paul Durand",
            fingerprint="24054c04118d9f48",
            says="6 messages carry an attachment, such as a.rtf, that reveals its author: Paul Durand (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with the author of RTF": case(
        theirs(".rtf", b"{\\rtf1 {\\author Paul Durand} a}", 2),
        expect(
            record=2,
            line=3,
            excerpt="Paul Durand",
            fingerprint="5b88b0cfa62e527c",
            says="the attachment RC-0018.rtf reveals its author: Paul Durand",
        ),
    ),
    "the last editor": case(
        attached("a.docx", office({"docProps/core.xml": "<cp:lastModifiedBy>Paul Durand</cp:lastModifiedBy>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Paul Durand",
            fingerprint="8a8f1d1469138f47",
            says="6 messages carry an attachment, such as a.docx, that reveals who last edited it: Paul Durand (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with the last editor": case(
        theirs(".docx", office({"docProps/core.xml": "<cp:lastModifiedBy>Paul Durand</cp:lastModifiedBy>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="Paul Durand",
            fingerprint="0c4f4754124c1221",
            says="the attachment RC-0018.docx reveals who last edited it: Paul Durand",
        ),
    ),
    "the last editor of RTF": case(
        attached("a.rtf", b"{\\rtf1 {\\operator Paul Durand} a}"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Paul Durand",
            fingerprint="28c022d10681d1d2",
            says="6 messages carry an attachment, such as a.rtf, that reveals who last edited it: Paul Durand (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with the last editor of RTF": case(
        theirs(".rtf", b"{\\rtf1 {\\operator Paul Durand} a}", 2),
        expect(
            record=2,
            line=3,
            excerpt="Paul Durand",
            fingerprint="443810b8ebae59a6",
            says="the attachment RC-0018.rtf reveals who last edited it: Paul Durand",
        ),
    ),
    "the manager": case(
        attached("a.docx", office({"docProps/app.xml": "<Manager>Paul Durand</Manager>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Paul Durand",
            fingerprint="320cf03a55a0b58f",
            says="6 messages carry an attachment, such as a.docx, that reveals its author's manager: Paul Durand (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with the manager": case(
        theirs(".docx", office({"docProps/app.xml": "<Manager>Paul Durand</Manager>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="Paul Durand",
            fingerprint="69d8f0dd0a044e30",
            says="the attachment RC-0018.docx reveals its author's manager: Paul Durand",
        ),
    ),
    "who printed it": case(
        attached("a.odt", office({"meta.xml": "<meta:printed-by>Paul Durand</meta:printed-by>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Paul Durand",
            fingerprint="7d6d036a80b67f1a",
            says="6 messages carry an attachment, such as a.odt, that reveals who last printed it: Paul Durand (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with who printed it": case(
        theirs(".odt", office({"meta.xml": "<meta:printed-by>Paul Durand</meta:printed-by>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="Paul Durand",
            fingerprint="cf65b55fa8bf0410",
            says="the attachment RC-0018.odt reveals who last printed it: Paul Durand",
        ),
    ),
    "a path": case(
        attached("a.docx", office({"word/a.xml": "<a>C:\\Users\\pdurand\\candidats\\a.docx</a>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="C:\\Users\\pdurand\\candidats\\a.docx",
            fingerprint="d3921b0f1517261c",
            says="6 messages carry an attachment, such as a.docx, that reveals where it was made: C:\\Users\\pdurand\\candidats\\a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a path": case(
        theirs(".docx", office({"word/a.xml": "<a>C:\\Users\\pdurand\\candidats\\a.docx</a>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="C:\\Users\\pdurand\\candidats\\a.docx",
            fingerprint="422738cf3e7a4cc0",
            says="the attachment RC-0018.docx reveals where it was made: C:\\Users\\pdurand\\candidats\\a.docx",
        ),
    ),
    "a path of Linux": case(
        attached("a.txt", b"voir /home/pdurand/candidats/a.docx"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="/home/pdurand/candidats/a.docx",
            fingerprint="9803377a89c76e52",
            says="6 messages carry an attachment, such as a.txt, that reveals where it was made: /home/pdurand/candidats/a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a path of Linux": case(
        theirs(".txt", b"voir /home/pdurand/candidats/a.docx", 2),
        expect(
            record=2,
            line=3,
            excerpt="/home/pdurand/candidats/a.docx",
            fingerprint="2838abc7f086b526",
            says="the attachment RC-0018.txt reveals where it was made: /home/pdurand/candidats/a.docx",
        ),
    ),
    "a path in a link": case(
        attached("a.txt", b"voir file:///srv/candidats/a.docx"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="file:///srv/candidats/a.docx",
            fingerprint="98f08ae6ef3be462",
            says="6 messages carry an attachment, such as a.txt, that reveals where it was made: file:///srv/candidats/a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a path in a link": case(
        theirs(".txt", b"voir file:///srv/candidats/a.docx", 2),
        expect(
            record=2,
            line=3,
            excerpt="file:///srv/candidats/a.docx",
            fingerprint="95dc4b239530f0bc",
            says="the attachment RC-0018.txt reveals where it was made: file:///srv/candidats/a.docx",
        ),
    ),
    "one person with a path of 50 characters": case(
        theirs(".txt", b"/home/pdurand/" + b"x" * 30 + b"/a.txt", 2),
        expect(
            record=2,
            line=3,
            excerpt="/home/pdurand/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/a.txt",
            fingerprint="f5de2b4a62190445",
            says="the attachment RC-0018.txt reveals where it was made: /home/pdurand/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/a.txt",
        ),
    ),
    "one person with a path of 51 characters": case(
        theirs(".txt", b"/home/pdurand/" + b"x" * 31 + b"/a.txt", 2),
        expect(
            record=2,
            line=3,
            excerpt="/home/pdurand/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/a.txt",
            fingerprint="cfb86e6cc279f6ea",
            says="the attachment RC-0018.txt reveals where it was made: /home/pdurand/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/a.t…",
        ),
    ),
    "an author who edited it last": case(
        attached(
            "a.docx",
            office(
                {
                    "docProps/core.xml": "<dc:creator>Paul Durand</dc:creator><cp:lastModifiedBy>PAUL DURAND</cp:lastModifiedBy>"
                }
            ),
        ),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Paul Durand",
            fingerprint="9fb9580fac7a465c",
            says="6 messages carry an attachment, such as a.docx, that reveals its author: Paul Durand (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "an author, another editor and a path": case(
        attached(
            "a.docx",
            office(
                {
                    "docProps/core.xml": "<dc:creator>Paul Durand</dc:creator><cp:lastModifiedBy>Léa Blanc</cp:lastModifiedBy>",
                    "word/a.xml": "<a>C:\\Users\\lblanc\\a.docx</a>",
                }
            ),
        ),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Paul Durand",
            fingerprint="9fb9580fac7a465c",
            says="6 messages carry an attachment, such as a.docx, that reveals its author: Paul Durand (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Léa Blanc",
            fingerprint="f2ba85ffc5b33897",
            says="6 messages carry an attachment, such as a.docx, that reveals who last edited it: Léa Blanc (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="C:\\Users\\lblanc\\a.docx",
            fingerprint="4dcf8861e93b3073",
            says="6 messages carry an attachment, such as a.docx, that reveals where it was made: C:\\Users\\lblanc\\a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "an author who is another recipient": case(
        theirs(".docx", office(author="Jean Dupont", text="Zoé Lefèvre"), 3),
        expect(
            record=3,
            line=4,
            excerpt="Jean Dupont",
            fingerprint="6614de6b636b631e",
            says="the attachment RC-0019.docx reveals its author: Jean Dupont",
        ),
    ),
    "where a photograph was taken": case(
        attached("a.jpg", GPS),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="GPS",
            fingerprint="50509edea84ca7d0",
            says="6 messages carry an attachment, such as a.jpg, that reveals where its photograph was taken: it contains GPS coordinates (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
}
PASSES = {
    "the program that made a PDF": attached("a.pdf", pdf(info="/Creator (Microsoft Word) /Producer (Quartz)")),
    "an author who is the recipient": theirs(".docx", office(author="DUPONT Jean"), 2),
    "an author that is no name": attached("a.docx", office(author="python-docx")),
    "an author that is only punctuation": attached("a.docx", office(author="-")),
    "the company": attached("a.docx", office({"docProps/app.xml": "<Company>Exemple SARL</Company>"})),
    "the title of a PDF": attached("a.pdf", pdf(info="/Title (Paul Durand)")),
    "a path that is no place of a person's": attached("a.txt", b"voir C:\\Windows et /usr/share/x"),
    "a file that is missing": attached("a.docx", b""),
    "a signatory": lambda: replace(
        attached("a.docx", office(author="MARTIN Paul"))(), settings=LintSettings(signatories=("Paul Martin",))
    ),
    "no author": attached("livret.docx", office()),
    "who signs": lambda: replace(attached("a.docx", office(author="Claire Martin"))(), sender=SENDER),
    "a house": attached("a.docx", office(author="Atelier Garonne")),
    "a user of Windows": attached("a.docx", office(author="Utilisateur Windows")),
    "a service": attached("a.pdf", pdf(info="/Author (Service RH)")),
    "the sender's domain": attached("a.docx", office(author="Exemple")),
    "the name of a computer": attached("a.docx", office(author="PC-01")),
}

test_fails, test_passes = cases_of("ATT505", FAILS, PASSES)
