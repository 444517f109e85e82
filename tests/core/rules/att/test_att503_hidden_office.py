"""ATT503: No attachment hides anything."""

from __future__ import annotations

from lint_files import WHITE, archive, office, pdf, with_file, word, workbook
from rule_cases import Case, Expected, attached, case, cases_of, expect, theirs
from unseen_files import BOX, TEXT, cell_with, page, workbook_with

from mailmerge.model import Severity

HIDING = '<w:style w:styleId="Cache"><w:rPr><w:vanish/></w:rPr></w:style>'
WHITE_SPAN = (
    '<style:style style:name="T1"><style:text-properties fo:color="#ffffff"/></style:style>'
    '<text:p><text:span text:style-name="T1">secret</text:span></text:p>'
)
TINY = '<w:r><w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr><w:t>secret</w:t></w:r>'
TINY_SLIDE = '<a:r><a:rPr lang="fr-FR" sz="{size}" dirty="0"/><a:t>secret</a:t></a:r>'
TINY_SPAN = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-size="{size}pt"/></style:style>'
    '<text:p><text:span text:style-name="T1">secret</text:span></text:p>'
)


def tiny(name: str, document: bytes, fingerprint: str) -> tuple[Case, tuple[Expected, ...]]:
    """Words that are too small to be read in a file that all get."""
    says = f"6 messages carry an attachment with text that is too small to be read, such as {name} (lines 2, 3, 4, 5, 6 and 1 more)"
    return case(
        attached(name, document),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt=name,
            fingerprint=fingerprint,
            says=says,
        ),
    )


FAILS = {
    **{
        f"words of {size} half points": tiny("a.docx", word(f"<w:p>{TINY.format(size=size)}</w:p>"), "4f16d59ef6f578e9")
        for size in (1, 2, 4)
    },
    **{
        f"words of {size} hundredths of a point": tiny(
            "a.pptx",
            archive(
                {"[Content_Types].xml": "a", "ppt/slides/slide1.xml": f"<p:sld>{TINY_SLIDE.format(size=size)}</p:sld>"}
            ),
            "76e2505d7f11c664",
        )
        for size in (50, 100, 200)
    },
    **{
        f"words of {size} points in OpenDocument": tiny(
            "a.odt", archive({"content.xml": TINY_SPAN.format(size=size)}), "37b8a99e4f495134"
        )
        for size in ("1", "0.5", "1.5", "2")
    },
    "a hidden sheet": case(
        attached("a.docx", workbook('<sheet name="a"/><sheet name="b" state="hidden"/>')),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="56b0565d880c4b5f",
            says="6 messages carry an attachment with a hidden sheet, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a hidden sheet": case(
        theirs(".docx", workbook('<sheet name="a"/><sheet name="b" state="hidden"/>'), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="1056dd951045766d",
            says="the attachment RC-0018.docx contains a hidden sheet",
        ),
    ),
    "a very hidden sheet": case(
        attached("a.docx", workbook('<sheet name="b" state="veryHidden"/>')),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="56b0565d880c4b5f",
            says="6 messages carry an attachment with a hidden sheet, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a very hidden sheet": case(
        theirs(".docx", workbook('<sheet name="b" state="veryHidden"/>'), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="1056dd951045766d",
            says="the attachment RC-0018.docx contains a hidden sheet",
        ),
    ),
    "hidden rows": case(
        attached("a.docx", workbook(rows='<row r="1" hidden="1"/>')),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="05b2ede8fafd8895",
            says="6 messages carry an attachment with hidden rows, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with hidden rows": case(
        theirs(".docx", workbook(rows='<row r="1" hidden="1"/>'), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="9eb923a0937ce975",
            says="the attachment RC-0018.docx contains hidden rows",
        ),
    ),
    "rows that are hidden, in words": case(
        attached("a.docx", workbook(rows='<row r="1" hidden="true"/>')),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="05b2ede8fafd8895",
            says="6 messages carry an attachment with hidden rows, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with rows that are hidden, in words": case(
        theirs(".docx", workbook(rows='<row r="1" hidden="true"/>'), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="9eb923a0937ce975",
            says="the attachment RC-0018.docx contains hidden rows",
        ),
    ),
    "hidden columns": case(
        attached("a.docx", workbook(rows='<col min="1" hidden="1"/>')),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="926a187f4b62b178",
            says="6 messages carry an attachment with hidden columns, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with hidden columns": case(
        theirs(".docx", workbook(rows='<col min="1" hidden="1"/>'), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="b1673125c5cd5541",
            says="the attachment RC-0018.docx contains hidden columns",
        ),
    ),
    "deleted text": case(
        attached("a.docx", office(text='a</w:t></w:r><w:del w:id="1"/><w:r><w:t>')),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="2ef8b9a9fd4c3aa5",
            says="6 messages carry an attachment with tracked changes, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with deleted text": case(
        theirs(".docx", office(text='a</w:t></w:r><w:del w:id="1"/><w:r><w:t>'), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="d9d09e28afe07b54",
            says="the attachment RC-0018.docx contains tracked changes",
        ),
    ),
    "moved text": case(
        attached("a.docx", office(text='a</w:t></w:r><w:moveTo w:id="1"/><w:r><w:t>')),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="2ef8b9a9fd4c3aa5",
            says="6 messages carry an attachment with tracked changes, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with moved text": case(
        theirs(".docx", office(text='a</w:t></w:r><w:moveTo w:id="1"/><w:r><w:t>'), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="d9d09e28afe07b54",
            says="the attachment RC-0018.docx contains tracked changes",
        ),
    ),
    "changes of an OpenDocument file": case(
        attached("a.docx", office({"content.xml": "<text:tracked-changes><a/></text:tracked-changes>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="2ef8b9a9fd4c3aa5",
            says="6 messages carry an attachment with tracked changes, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with changes of an OpenDocument file": case(
        theirs(".docx", office({"content.xml": "<text:tracked-changes><a/></text:tracked-changes>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="d9d09e28afe07b54",
            says="the attachment RC-0018.docx contains tracked changes",
        ),
    ),
    "hidden text": case(
        attached("a.docx", office(text="a</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>b")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="12dfd8bce2bf74ee",
            says="6 messages carry an attachment with hidden text, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with hidden text": case(
        theirs(".docx", office(text="a</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>b"), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="9f7d7bef24d054a6",
            says="the attachment RC-0018.docx contains hidden text",
        ),
    ),
    "comments": case(
        attached("a.docx", office({"word/comments.xml": "<w:comments>trop cher</w:comments>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="39ed16948b5244e0",
            says="6 messages carry an attachment with comments, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with comments": case(
        theirs(".docx", office({"word/comments.xml": "<w:comments>trop cher</w:comments>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="254b0a728f88eccb",
            says="the attachment RC-0018.docx contains comments",
        ),
    ),
    "comments of a workbook": case(
        attached("a.docx", office({"xl/comments1.xml": "<a/>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="39ed16948b5244e0",
            says="6 messages carry an attachment with comments, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with comments of a workbook": case(
        theirs(".docx", office({"xl/comments1.xml": "<a/>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="254b0a728f88eccb",
            says="the attachment RC-0018.docx contains comments",
        ),
    ),
    "comments in a thread": case(
        attached("a.docx", office({"xl/threadedComments/threadedComment1.xml": "<a/>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="39ed16948b5244e0",
            says="6 messages carry an attachment with comments, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with comments in a thread": case(
        theirs(".docx", office({"xl/threadedComments/threadedComment1.xml": "<a/>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="254b0a728f88eccb",
            says="the attachment RC-0018.docx contains comments",
        ),
    ),
    "comments of an OpenDocument file": case(
        attached("a.docx", office({"content.xml": "<office:annotation/>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="39ed16948b5244e0",
            says="6 messages carry an attachment with comments, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with comments of an OpenDocument file": case(
        theirs(".docx", office({"content.xml": "<office:annotation/>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="254b0a728f88eccb",
            says="the attachment RC-0018.docx contains comments",
        ),
    ),
    "hidden cells": case(
        attached("a.docx", office({"content.xml": '<table:table-row table:visibility="collapse"/>'})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="6fc99950006384f4",
            says="6 messages carry an attachment with hidden cells, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with hidden cells": case(
        theirs(".docx", office({"content.xml": '<table:table-row table:visibility="collapse"/>'}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="2bb468f68d697cda",
            says="the attachment RC-0018.docx contains hidden cells",
        ),
    ),
    "a hidden slide": case(
        attached("a.docx", office({"ppt/slides/slide1.xml": '<p:sld show="0"/>'})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="c8233b05eee5d88e",
            says="6 messages carry an attachment with a hidden slide, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a hidden slide": case(
        theirs(".docx", office({"ppt/slides/slide1.xml": '<p:sld show="0"/>'}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="a2ff55d6fe0de8ec",
            says="the attachment RC-0018.docx contains a hidden slide",
        ),
    ),
    "a pivot cache": case(
        attached("a.docx", workbook(xl__pivotCache__records="<r/>")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="0131a69ffe622279",
            says="6 messages carry an attachment with a pivot cache, the whole table behind a summary, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a pivot cache": case(
        theirs(".docx", workbook(xl__pivotCache__records="<r/>"), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="025b0106d9ab1724",
            says="the attachment RC-0018.docx contains a pivot cache: the whole table behind a summary",
        ),
    ),
    "speaker's notes": case(
        attached("a.docx", office({"ppt/notesSlides/notesSlide1.xml": "<a/>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="f5d2f5b1800b7525",
            says="6 messages carry an attachment with speaker's notes, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with speaker's notes": case(
        theirs(".docx", office({"ppt/notesSlides/notesSlide1.xml": "<a/>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="73f36bb8e8560fd5",
            says="the attachment RC-0018.docx contains speaker's notes",
        ),
    ),
    "an embedded file": case(
        attached("a.docx", office({"word/embeddings/a.txt": b"a"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="6302ffe5b5096230",
            says="6 messages carry an attachment with an embedded file, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with an embedded file": case(
        theirs(".docx", office({"word/embeddings/a.txt": b"a"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="6c740f3fd8ef27da",
            says="the attachment RC-0018.docx contains an embedded file",
        ),
    ),
    "links to other workbooks": case(
        attached("a.docx", office({"xl/externalLinks/externalLink1.xml": "<a/>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="77d21167fc25fde7",
            says="6 messages carry an attachment with links to other workbooks, with their cells, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with links to other workbooks": case(
        theirs(".docx", office({"xl/externalLinks/externalLink1.xml": "<a/>"}), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="cd6fa8a5cfdba16d",
            says="the attachment RC-0018.docx contains links to other workbooks, with their cells",
        ),
    ),
    "an embedded object": case(
        attached("a.docx", b"{\\rtf1 {\\object\\objdata 00}}"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="0ac9744daebd3e3e",
            says="6 messages carry an attachment with an embedded object, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with an embedded object": case(
        theirs(".docx", b"{\\rtf1 {\\object\\objdata 00}}", 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="29d0120e99194a83",
            says="the attachment RC-0018.docx contains an embedded object",
        ),
    ),
    "hidden text of RTF": case(
        attached("a.docx", b"{\\rtf1 a {\\v b}}"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="12dfd8bce2bf74ee",
            says="6 messages carry an attachment with hidden text, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with hidden text of RTF": case(
        theirs(".docx", b"{\\rtf1 a {\\v b}}", 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="9f7d7bef24d054a6",
            says="the attachment RC-0018.docx contains hidden text",
        ),
    ),
    "a comment in a PDF": case(
        attached(
            "a.docx", pdf(page="/Annots [7 0 R]", extra="<< /Type /Annot /Subtype /Text /Contents (trop cher) >>")
        ),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="643f21c4354499a6",
            says="6 messages carry an attachment with a comment on page 1, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a comment in a PDF": case(
        theirs(
            ".docx", pdf(page="/Annots [7 0 R]", extra="<< /Type /Annot /Subtype /Text /Contents (trop cher) >>"), 2
        ),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="6bb6e535906bffba",
            says="the attachment RC-0018.docx contains a comment on page 1",
        ),
    ),
    "two comments on a page of a PDF": case(
        attached(
            "a.docx", pdf(page="/Annots [7 0 R 7 0 R]", extra="<< /Type /Annot /Subtype /Text /Contents (trop cher) >>")
        ),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="643f21c4354499a6",
            says="6 messages carry an attachment with a comment on page 1, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with two comments on a page of a PDF": case(
        theirs(
            ".docx",
            pdf(page="/Annots [7 0 R 7 0 R]", extra="<< /Type /Annot /Subtype /Text /Contents (trop cher) >>"),
            2,
        ),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="6bb6e535906bffba",
            says="the attachment RC-0018.docx contains a comment on page 1",
        ),
    ),
    "a file in a PDF": case(
        attached("a.docx", with_file(pdf(), "salaires {2026}.txt", b"a")),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="45df3a8de5c69479",
            says="6 messages carry an attachment with the embedded file salaires {2026}.txt, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one person with a file in a PDF": case(
        theirs(".docx", with_file(pdf(), "salaires {2026}.txt", b"a"), 2),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018.docx",
            fingerprint="eeb31ce937a7b77a",
            says="the attachment RC-0018.docx contains the embedded file salaires {2026}.txt",
        ),
    ),
    "two things": case(
        attached("a.docx", office({"word/comments.xml": "<a/>", "ppt/slides/slide1.xml": '<p:sld show="0"/>'})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="39ed16948b5244e0",
            says="6 messages carry an attachment with comments, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="c8233b05eee5d88e",
            says="6 messages carry an attachment with a hidden slide, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a document that is merged with a table": case(
        attached("a.docx", office({"word/settings.xml": "<w:settings><w:mailMerge/></w:settings>"})),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="823693f9dce3ae9d",
            says="6 messages carry an attachment linked to the table that it is merged with, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a workbook with a connection": case(
        attached("a.xlsx", workbook(xl__connections='<connection id="1" name="candidats"/>')),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.xlsx",
            fingerprint="cc1928992a23b828",
            says="6 messages carry an attachment linked to the table that it is merged with, such as a.xlsx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "white text": case(
        attached("a.docx", word(f"<w:p>{WHITE}</w:p>")),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="9e86627a5bd727c6",
            says="6 messages carry an attachment with text in the colour of its background, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "white text of OpenDocument": case(
        attached("a.odt", archive({"content.xml": WHITE_SPAN})),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.odt",
            fingerprint="849a2c48819ea9d3",
            says="6 messages carry an attachment with text in the colour of its background, such as a.odt (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "text that a style hides": case(
        attached("a.docx", word('<w:p><w:r><w:rPr><w:rStyle w:val="Cache"/></w:rPr></w:r></w:p>', HIDING)),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.docx",
            fingerprint="12dfd8bce2bf74ee",
            says="6 messages carry an attachment with hidden text, such as a.docx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "speaker's notes of OpenDocument": case(
        attached("a.odp", archive({"content.xml": "<presentation:notes><text:p>a</text:p></presentation:notes>"})),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.odp",
            fingerprint="01e7f7a0d513dc7f",
            says="6 messages carry an attachment with speaker's notes, such as a.odp (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "cells that are not displayed": case(
        attached("a.xlsx", workbook_with(cell_with(num_format=";;;"))),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.xlsx",
            fingerprint="7e83be44d4686558",
            says="6 messages carry an attachment with text that is not displayed, such as a.xlsx (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "words below a box on a page": case(
        attached("a.pdf", page(f"{TEXT} 1 g {BOX}")),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.pdf",
            fingerprint="a26e58db7a18bbf0",
            says="6 messages carry an attachment with text on page 1 that is not displayed, such as a.pdf (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "white words on a page": case(
        attached("a.pdf", page(f"1 g {TEXT}")),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.pdf",
            fingerprint="65cf499f579439c4",
            says="6 messages carry an attachment with text on page 1 in the colour of its background, such as a.pdf (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "tiny words on a page": case(
        attached("a.pdf", page("BT /F1 1 Tf 50 600 Td (Ines Petit, 42 kilos) Tj ET")),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="a.pdf",
            fingerprint="052f75a0a78ee164",
            says="6 messages carry an attachment with text on page 1 that is too small to be read, such as a.pdf (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
}
PASSES = {
    "nothing hidden": attached("livret.docx", office()),
    "the data of an invoice in a PDF": attached(
        "facture.pdf", with_file(pdf(), "factur-x.xml", b"<rsm:CrossIndustryInvoice/>")
    ),
    "a link in a PDF": attached(
        "a.pdf", pdf(page="/Annots [7 0 R]", extra="<< /Type /Annot /Subtype /Link /Contents (le site) >>")
    ),
    "a note without words": attached("a.pdf", pdf(page="/Annots [7 0 R]", extra="<< /Type /Annot /Subtype /Text >>")),
    "text that is not hidden": attached("a.docx", office(text='a</w:t><w:vanish w:val="0"/><w:t>b')),
    "a style that could hide": attached("a.docx", office({"word/styles.xml": "<w:vanish/>"})),
    "changes that were all accepted": attached("a.odt", office({"content.xml": "<text:tracked-changes/>"})),
    "a sheet that is shown": attached("a.docx", workbook('<sheet name="a" state="visible"/>')),
    "RTF with a command that begins with v": attached("a.rtf", b"{\\rtf1 \\viewkind4 a}"),
    "a file that is missing": attached("a.docx", b""),
    "white text in a shaded cell": attached(
        "a.docx",
        word(f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="1F3864"/></w:tcPr><w:p>{WHITE}</w:p></w:tc></w:tr></w:tbl>'),
    ),
    "white text in a shaded paragraph": attached(
        "a.docx", word(f'<w:p><w:pPr><w:shd w:fill="000000"/></w:pPr>{WHITE}</w:p>')
    ),
    "white text in a table with a style": attached(
        "a.docx",
        word(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc><w:p>{WHITE}</w:p></w:tc></w:tr></w:tbl>',
            '<w:shd w:fill="000000"/>',
        ),
    ),
    "a style that hides and that nothing has": attached("a.docx", word("<w:p/>", HIDING)),
    "notes with the number of the slide": attached(
        "a.pptx",
        archive({"[Content_Types].xml": "a", "ppt/notesSlides/notesSlide1.xml": "<a:fld><a:t>3</a:t></a:fld>"}),
    ),
    "notes of OpenDocument without words": attached(
        "a.odp", archive({"content.xml": "<presentation:notes><text:p/></presentation:notes><text:p>a</text:p>"})
    ),
    "small print": attached("a.docx", word(f"<w:p>{TINY.format(size=12)}</w:p>")),
    "small print on a slide": attached(
        "a.pptx", archive({"[Content_Types].xml": "a", "ppt/slides/slide1.xml": TINY_SLIDE.format(size=600)})
    ),
    "small print in OpenDocument": attached("a.odt", archive({"content.xml": TINY_SPAN.format(size=6)})),
    "an empty line of one point": attached(
        "a.docx",
        word('<w:p><w:pPr><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p><w:p><w:r><w:t>Bonjour</w:t></w:r></w:p>'),
    ),
    "a blank of one point": attached(
        "a.docx",
        word('<w:p><w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t> </w:t></w:r><w:r><w:t>Bonjour</w:t></w:r></w:p>'),
    ),
    "white text on a picture": attached("a.docx", word(f'<wp:anchor xmlns:wp="wp" behindDoc="1"/><w:p>{WHITE}</w:p>')),
}

test_fails, test_passes = cases_of("ATT503", FAILS, PASSES)
