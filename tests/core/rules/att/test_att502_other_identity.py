"""ATT502: No attachment tells of somebody else."""

from __future__ import annotations

import pytest
from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, REMARKS, inspection_of, letter_of, table_of
from lint_files import PNG, archive, office, pdf, with_file, workbook
from rule_cases import (
    Case,
    attached,
    case,
    cases_of,
    expect,
    found,
    found_among_all,
    named_files,
    named_people,
    personal,
    theirs,
)

from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity

NAMES = [f"piece-{letter}.txt" for letter in "abcdef"]
OWN = [f"Attestation de {row[1]} {row[2]}" for row in PEOPLE]


def remarked(*numbers: int) -> Inspection:
    """A file for each person, in which some find what the table says of them internally."""
    texts = [
        f"Attestation de {row[1]} {row[2]}\n{REMARKS[n] if n + 1 in numbers else ''}" for n, row in enumerate(PEOPLE)
    ]
    made = letter_of("Attachment: {{ reference }}.txt\n" + LETTER)
    for row, text in zip(PEOPLE, texts, strict=True):
        (made.path.parent / f"{row[5]}.txt").write_text(text, encoding="utf-8")
    rows = [(*row, remark) for row, remark in zip(PEOPLE, REMARKS, strict=True)]
    return inspection_of(table_of(rows, (*HEADERS, "Avis interne")), made)


def remarked_twice() -> Inspection:
    """A file of one's own with two remarks about oneself, the first of which the letter may disclose."""
    made = letter_of(
        "Attachment: {{ reference }}.txt\nFields: civilite, nom, prenom, poste, reference, commentaire\n" + LETTER
    )
    notes = [f"Rappeler {row[1]} {row[2]} avant vendredi pour négocier son préavis" for row in PEOPLE]
    for n, row in enumerate(PEOPLE):
        text = f"{row[1]} {row[2]}" + (f"\n{REMARKS[n]}\n{notes[n]}" if n == 2 else "")
        (made.path.parent / f"{row[5]}.txt").write_text(text, encoding="utf-8")
    rows = [(*row, remark, note) for row, remark, note in zip(PEOPLE, REMARKS, notes, strict=True)]
    return inspection_of(table_of(rows, (*HEADERS, "Commentaire", "Avis interne")), made)


LINKED = "/Annots [<< /Type /Annot /Subtype /Link /A << /S /URI /URI (mailto:jean.dupont@mail.example) >> >>]"
FAILS = {
    "what the table says of one person": case(
        lambda: remarked(3),
        expect(
            record=3,
            line=4,
            excerpt="Très bonne maîtrise des outils de gestion courants",
            fingerprint="aae178490ee76a98",
            says='Zoé Lefèvre (line 4) would get the internal note "Avis interne" about themselves in the attachment RC-0019.txt: Très bonne maîtrise des outils de gestion courants',
            fix='Remove the note from the files; or, if each person may read their own "Avis interne", waive this, or add avis_interne to the Fields: header of the letter.',
        ),
    ),
    "what the table says of each": case(
        lambda: remarked(1, 2, 3, 4, 5, 6),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            others=(2, 3, 4, 5, 6),
            count=6,
            excerpt="Excellente présentation, motivée et disponible dès lundi",
            fingerprint="58a038664a37264d",
            says='6 people would get the internal note "Avis interne" about themselves in an attachment, such as RC-0017.txt (lines 2, 3, 4, 5, 6 and 1 more)',
            fix='Remove the note from the files; or, if each person may read their own "Avis interne", waive this, or add avis_interne to the Fields: header of the letter.',
        ),
    ),
    "in a link on a page": case(
        attached("livret.pdf", pdf(page=LINKED)),
        expect(
            affected=(1, 3, 4, 5, 6),
            others=(2,),
            count=5,
            excerpt="jean.dupont@mail.example",
            fingerprint="4dae22e43bada312",
            says="5 people would get the e-mail address of Jean Dupont (line 3) in the attachment livret.pdf (a link on page 1): lines 2, 4, 5, 6, 7",
            fix="Make one file per person, or one without names.",
        ),
    ),
    "in a link on a page, of one person": case(
        theirs(".pdf", pdf("Attestation de Zoé Lefèvre", page=LINKED), 3),
        expect(
            record=3,
            line=4,
            others=(2,),
            excerpt="jean.dupont@mail.example",
            fingerprint="8078fbb454b954fe",
            says="Zoé Lefèvre (line 4) would get the e-mail address of Jean Dupont (line 3) in the attachment RC-0019.pdf (a link on page 1): jean.dupont@mail.example",
            fix="Correct RC-0019.pdf, which is this person's own file: it contains another person's data.",
        ),
    ),
    "on a page": case(
        attached("planning.pdf", pdf("9 h Jean Dupont")),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="89467ae5a4a9adfb",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment planning.pdf (page 1): lines 2, 4, 5, 6, 7",
        ),
    ),
    "on a page, of one person": case(
        theirs(".pdf", pdf("9 h DUPONT Jean, salle 2"), 3),
        expect(
            others=(2,),
            record=3,
            line=4,
            excerpt="DUPONT Jean",
            fingerprint="f757856617b54a57",
            says="Zoé Lefèvre (line 4) would get the full name of Jean Dupont (line 3) in the attachment RC-0019.pdf (page 1): DUPONT Jean",
        ),
    ),
    "in a comment of a PDF": case(
        attached(
            "a.pdf", pdf(page="/Annots [7 0 R]", extra="<< /Type /Annot /Subtype /Text /Contents (voir Jean Dupont) >>")
        ),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="c048b750b8acc290",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.pdf (a comment on page 1): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in a comment of a PDF, of one person": case(
        theirs(
            ".pdf",
            pdf(page="/Annots [7 0 R]", extra="<< /Type /Annot /Subtype /Text /Contents (voir Jean Dupont) >>"),
            3,
        ),
        expect(
            others=(2,),
            record=3,
            line=4,
            excerpt="Jean Dupont",
            fingerprint="f757856617b54a57",
            says="Zoé Lefèvre (line 4) would get the full name of Jean Dupont (line 3) in the attachment RC-0019.pdf (a comment on page 1): Jean Dupont",
        ),
    ),
    "in a comment": case(
        attached("planning.docx", office({"word/comments.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (a comment): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in the people of the comments": case(
        attached("planning.docx", office({"word/people.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (a comment): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in the speaker's notes": case(
        attached("planning.docx", office({"ppt/notesSlides/notesSlide1.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (the speaker's notes): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in a footnote": case(
        attached("planning.docx", office({"word/footnotes.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (a footnote or endnote): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in an endnote": case(
        attached("planning.docx", office({"word/endnotes.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (a footnote or endnote): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in a header": case(
        attached("planning.docx", office({"word/header1.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (a header or footer): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in a footer": case(
        attached("planning.docx", office({"word/footer2.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (a header or footer): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in a pivot table": case(
        attached("planning.docx", office({"xl/pivotCache/pivotCacheRecords1.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (a pivot table): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in another workbook": case(
        attached("planning.docx", office({"xl/externalLinks/externalLink1.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (cells of another workbook): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in a slide": case(
        attached("planning.docx", office({"ppt/slides/slide3.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (a slide): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in the shared strings": case(
        attached("planning.docx", office({"xl/sharedStrings.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (the cells): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in a worksheet": case(
        attached("planning.docx", office({"xl/worksheets/sheet2.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (the cells): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in a property of one's own": case(
        attached("planning.docx", office({"docProps/custom.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (the document properties): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in the text of an OpenDocument file": case(
        attached("planning.docx", office({"content.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (the text): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in the properties of an OpenDocument file": case(
        attached("planning.docx", office({"meta.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (the document properties): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in a part of no known kind": case(
        attached("planning.docx", office({"word/glossary/document.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé LEFÈVRE",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (internal data): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in a link": case(
        attached(
            "planning.docx", office({"word/_rels/document.xml.rels": '<a Target="mailto:zoe.lefevre@mail.example"/>'})
        ),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="zoe.lefevre@mail.example",
            fingerprint="74df1aa155e6eb92",
            says="5 people would get the e-mail address of Zoé Lefèvre (line 4) in the attachment planning.docx (a link): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in the name of a sheet": case(
        attached("planning.docx", workbook('<sheet name="Zoé Lefèvre"/>')),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé Lefèvre",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (the name of a sheet): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in who wrote a comment": case(
        attached("planning.docx", office({"word/comments.xml": '<w:comment w:author="Zoé Lefèvre"/>'})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé Lefèvre",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (a comment): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in the description of a picture": case(
        attached("planning.docx", office({"word/drawing.xml": '<a descr="Zoé Lefèvre"/>'})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé Lefèvre",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (internal data): lines 2, 3, 5, 6, 7",
        ),
    ),
    "over runs": case(
        attached("a.docx", office(text="Jean Du</w:t></w:r><w:r><w:t>pont")),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="16329d2db196c091",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.docx (the text): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in the author": case(
        attached("a.docx", office(author="Zoé Lefèvre")),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé Lefèvre",
            fingerprint="ccae8999170b2c60",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment a.docx (the author): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in the last editor": case(
        attached("a.docx", office({"docProps/core.xml": "<cp:lastModifiedBy>Zoé Lefèvre</cp:lastModifiedBy>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé Lefèvre",
            fingerprint="ccae8999170b2c60",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment a.docx (the last editor): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in the company": case(
        attached("a.docx", office({"docProps/app.xml": "<Company>Cabinet Zoé Lefèvre</Company>"})),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé Lefèvre",
            fingerprint="ccae8999170b2c60",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment a.docx (the document properties): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in the author of a PDF": case(
        attached("a.pdf", pdf(info="/Author (Jean Dupont)")),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="c048b750b8acc290",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.pdf (the author): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in the title of a PDF": case(
        attached("a.pdf", pdf(info="/Title (Jean Dupont)")),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="c048b750b8acc290",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.pdf (the document properties): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in a file within a PDF": case(
        attached("a.pdf", with_file(pdf(), "a.txt", b"pour Jean Dupont")),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="c048b750b8acc290",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.pdf (an embedded file): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in the name of a file within a PDF": case(
        attached("a.pdf", with_file(pdf(), "Jean Dupont.txt", b"a")),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="c048b750b8acc290",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.pdf (an embedded file): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in a file within an office file": case(
        attached("a.docx", office({"word/embeddings/a.txt": "pour Jean Dupont"})),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="16329d2db196c091",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.docx (an embedded file): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in the name of a file within an archive": case(
        attached("a.zip", archive({"Jean Dupont.txt": "a"})),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="86c322894d556771",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.zip (an embedded file): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in a text": case(
        attached("a.txt", b"pour\nJean  Dupont\n"),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean  Dupont",
            fingerprint="ee624142c8b1a355",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.txt (the text): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in a web page": case(
        attached("a.html", b"<p>Jean <b>Dupont</b></p>"),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="c5967bb82335a401",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.html (the text): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in the source of a web page": case(
        attached("a.html", b"<p title='Jean Dupont'>a</p>"),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="c5967bb82335a401",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.html (its source): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in a picture": case(
        attached("a.png", PNG + b"Jean Dupont"),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="04e09a5546cd2bc6",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.png (image metadata): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in an old office file": case(
        attached("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0Jean Dupont\0"),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="3d48f39b59fe1f7e",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.doc (its raw data): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in the name": case(
        attached("Dupont_Jean.pdf", pdf()),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Dupont_Jean",
            fingerprint="ba0ad8b3defc0c78",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment Dupont_Jean.pdf (its name): lines 2, 4, 5, 6, 7",
        ),
    ),
    "an address": case(
        attached("a.txt", b"ecrire a Jean.Dupont@MAIL.example svp"),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean.Dupont@MAIL.example",
            fingerprint="72a73e005713a9a6",
            says="5 people would get the e-mail address of Jean Dupont (line 3) in the attachment a.txt (the text): lines 2, 4, 5, 6, 7",
        ),
    ),
    "an address of one person": case(
        theirs(".txt", b"ecrire a Jean.Dupont@MAIL.example svp", 3),
        expect(
            others=(2,),
            record=3,
            line=4,
            excerpt="Jean.Dupont@MAIL.example",
            fingerprint="64f493cab2c7ac7b",
            says="Zoé Lefèvre (line 4) would get the e-mail address of Jean Dupont (line 3) in the attachment RC-0019.txt (the text): Jean.Dupont@MAIL.example",
        ),
    ),
    "a telephone number": case(
        attached("a.txt", "tél. +33 6 12.34.56.02 le matin".encode()),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="+33 6 12.34.56.02",
            fingerprint="79c04c338777dfcd",
            says="5 people would get the telephone number of Jean Dupont (line 3) in the attachment a.txt (the text): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in another's file": case(
        personal(content=lambda row: pdf("Attestation RC-0018")),
        expect(
            others=(3, 4, 5, 6, 2),
            record=1,
            line=2,
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="RC-0018",
            fingerprint="bafe0d465b25de67",
            says="5 people would get the reference of Jean Dupont (line 3) in the attachment RC-0017.pdf (page 1): lines 2, 4, 5, 6, 7",
        ),
    ),
    "a name with a long gap in it": case(
        attached("a.txt", b"Jean" + b" " * 50 + b"Dupont"),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean                                                  Dupont",
            fingerprint="ee624142c8b1a355",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.txt (the text): lines 2, 4, 5, 6, 7",
        ),
    ),
    "a name with a long gap in it, of one person": case(
        theirs(".txt", b"Jean" + b" " * 31 + b"Dupont", 3),
        expect(
            others=(2,),
            record=3,
            line=4,
            excerpt="Jean                               Dupont",
            fingerprint="e71b5a8f79662055",
            says="Zoé Lefèvre (line 4) would get the full name of Jean Dupont (line 3) in the attachment RC-0019.txt (the text): Jean                               Dupo…",
        ),
    ),
    "twice": case(
        attached("a.txt", b"Jean Dupont, DUPONT Jean"),
        expect(
            others=(2,),
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="ee624142c8b1a355",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.txt (the text): lines 2, 4, 5, 6, 7",
        ),
    ),
    "three people": case(
        theirs(".txt", "Inès Petit, Jean Dupont, Paul Nguyen".encode(), 3),
        expect(
            others=(1,),
            record=3,
            line=4,
            excerpt="Inès Petit",
            fingerprint="eae6408916e35dc9",
            says="Zoé Lefèvre (line 4) would get the full name of Inès Petit (line 2) in the attachment RC-0019.txt (the text): Inès Petit",
        ),
        expect(
            others=(2,),
            record=3,
            line=4,
            excerpt="Jean Dupont",
            fingerprint="e71b5a8f79662055",
            says="Zoé Lefèvre (line 4) would get the full name of Jean Dupont (line 3) in the attachment RC-0019.txt (the text): Jean Dupont",
        ),
        expect(
            others=(4,),
            record=3,
            line=4,
            excerpt="Paul Nguyen",
            fingerprint="993ecb8821ec257a",
            says="Zoé Lefèvre (line 4) would get the full name of Paul Nguyen (line 5) in the attachment RC-0019.txt (the text): Paul Nguyen",
        ),
    ),
    "four people": case(
        theirs(".txt", "Inès Petit, Jean Dupont, Paul Nguyen, Luc Saint-Martin".encode(), 3),
        expect(
            others=(1, 2, 4, 6),
            record=3,
            line=4,
            excerpt="Inès Petit",
            fingerprint="81353ad348980cbc",
            says="Zoé Lefèvre (line 4) would get the data of 4 other people in the attachment RC-0019.txt: Inès Petit (line 2), Jean Dupont (line 3) and 2 more",
        ),
    ),
    "four people, for everybody": case(
        attached("planning.txt", "Inès Petit, Jean Dupont, Paul Nguyen, Zoé LEFÈVRE, Luc Saint-Martin".encode()),
        expect(
            others=(2, 4, 3, 6, 1),
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Jean Dupont",
            fingerprint="dba1dadeca2148d9",
            says="6 people would get the data of others in the attachment planning.txt, such as Jean Dupont (line 3) and Paul Nguyen (line 5): lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "a stranger's address": case(
        attached("a.txt", "écrire à karim.bensaid@autre.example".encode()),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="karim.bensaid@autre.example",
            fingerprint="989e724f8dfa437f",
            says="6 messages carry an attachment with the e-mail address of somebody who is not in the table, such as a.txt: karim.bensaid@autre.example (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "the addresses of two strangers, for one person": case(
        theirs(".txt", b"karim@autre.example lea.morel@voisin.example", 3),
        expect(
            record=3,
            line=4,
            severity=Severity.WARN,
            excerpt="karim@autre.example",
            fingerprint="775bd6d4f4a15de5",
            says="the attachment RC-0019.txt contains 2 e-mail addresses of people who are not in the table, such as karim@autre.example",
        ),
    ),
    "somebody else's file": case(
        named_files(NAMES, [OWN[0], OWN[2], "Attestation", *OWN[3:]]),
        expect(
            others=(3,),
            record=2,
            line=3,
            excerpt="Zoé Lefèvre",
            fingerprint="9ef25d56950b5fb6",
            says="Jean Dupont (line 3) would get the file of Zoé Lefèvre (line 4): piece-b.txt",
        ),
    ),
    "most files one row up, another one further": case(
        named_files(NAMES, [*OWN[1:5], OWN[1], "Attestation"]),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4),
            others=(2, 3, 4),
            excerpt="piece-a.txt",
            fingerprint="a20b581b3000ddf9",
            says="the names of the personal files are one row off: Inès Petit (line 2) would get the file of Jean Dupont (line 3), piece-a.txt; 4 people would get somebody else's (lines 2, 3, 4, 5)",
        ),
        expect(
            record=5,
            line=6,
            excerpt="Jean Dupont",
            others=(2,),
            fingerprint="198c7cfbe3e7aebb",
            says="Aïcha Benali (line 6) would get the file of Jean Dupont (line 3): piece-e.txt",
        ),
    ),
    "everybody's file one row up": case(
        named_files(NAMES, [*OWN[1:], OWN[0]]),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            excerpt="piece-a.txt",
            fingerprint="a7baadeab988cc14",
            says="the names of the personal files are one row off: Inès Petit (line 2) would get the file of Jean Dupont (line 3), piece-a.txt; 6 people would get somebody else's (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "everybody's file two rows up": case(
        named_files(NAMES, [*OWN[2:], *OWN[:2]]),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            excerpt="piece-a.txt",
            fingerprint="33a330010bd127e3",
            says="the names of the personal files are 2 rows off: Inès Petit (line 2) would get the file of Zoé Lefèvre (line 4), piece-a.txt; 6 people would get somebody else's (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "most files one row down": case(
        named_files(NAMES, [OWN[0], *OWN[:5]]),
        expect(
            record=2,
            line=3,
            affected=(2, 3, 4, 5, 6),
            excerpt="piece-b.txt",
            fingerprint="5acbc4a80d14256d",
            says="the names of the personal files are one row off: Jean Dupont (line 3) would get the file of Inès Petit (line 2), piece-b.txt; 5 people would get somebody else's (lines 3, 4, 5, 6, 7)",
        ),
    ),
    "strangers' addresses, for everybody": case(
        attached("a.txt", b"Contacts: karim.bensaid@autre.example, lea.roux@autre.example"),
        expect(
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="karim.bensaid@autre.example",
            fingerprint="989e724f8dfa437f",
            says="6 messages carry an attachment with 2 e-mail addresses of people who are not in the table, such as a.txt: karim.bensaid@autre.example (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "several people's files for others": case(
        named_files(NAMES, [OWN[1], OWN[0], OWN[3], OWN[2], OWN[4], OWN[5]]),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4),
            others=(2, 3, 4, 1),
            count=4,
            excerpt="Jean Dupont",
            fingerprint="b2634e91b69fdb01",
            says="4 people would get somebody else's file, such as piece-a.txt, which is the file of Jean Dupont (line 3) (lines 2, 3, 4, 5)",
        ),
    ),
    "everybody's file one row down, the last one's at the top": case(
        named_files(NAMES, [OWN[5], *OWN[:5]]),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            excerpt="piece-a.txt",
            fingerprint="a7baadeab988cc14",
            says="the names of the personal files are one row off: Inès Petit (line 2) would get the file of Luc Saint-Martin (line 7), piece-a.txt; 6 people would get somebody else's (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "everybody's file two rows down, the last ones' at the top": case(
        named_files(NAMES, [*OWN[4:], *OWN[:4]]),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            excerpt="piece-a.txt",
            fingerprint="33a330010bd127e3",
            says="the names of the personal files are 2 rows off: Inès Petit (line 2) would get the file of Aïcha Benali (line 6), piece-a.txt; 6 people would get somebody else's (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one's own remark, behind one that the letter may disclose": case(
        remarked_twice,
        expect(
            record=3,
            line=4,
            excerpt="Rappeler Zoé Lefèvre avant vendredi pour négocier son préavis",
            fingerprint="9fe8a7694673714e",
            says='Zoé Lefèvre (line 4) would get the internal note "Avis interne" about themselves in the attachment RC-0019.txt: Rappeler Zoé Lefèvre avant vendredi pour négocier son préav…',
        ),
    ),
}
NOTE = "Excellente en entretien, nous lui proposons le poste à 42 k€ dès lundi"


def noted(text: str, header: str = "Avis interne") -> Case:
    """A file for everybody, and an internal note about the third person."""

    def make() -> Inspection:
        rows = [(*row, NOTE if number == 3 else "Merci.") for number, row in enumerate(PEOPLE, 1)]
        made = letter_of("Attachment: livret.txt\n" + LETTER)
        (made.path.parent / "livret.txt").write_text(text, encoding="utf-8")
        return inspection_of(table_of(rows, (*HEADERS, header)), made)

    return make


FAILS |= {
    "an internal note about anybody": case(
        noted(f"Livret d'accueil\n{NOTE}."),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            others=(3,),
            count=6,
            excerpt=NOTE,
            fingerprint="3c06fe17b5ac0bd7",
            says="6 people would get the internal remark of Zoé Lefèvre (line 4) in the attachment livret.txt (the text): lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "a piece of an internal note": case(
        noted("Livret d'accueil. NOUS LUI PROPOSONS LE POSTE À 42 k€."),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            others=(3,),
            count=6,
            excerpt="NOUS LUI PROPOSONS LE POSTE À 42 k",
            fingerprint="619c17391eb0e84f",
            says="6 people would get the internal remark of Zoé Lefèvre (line 4) in the attachment livret.txt (the text): lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
}
PASSES = {
    "the text of a column that is not internal": noted(NOTE, "Présentation"),
    "a few words of an internal note": noted("Bienvenue : nous lui proposons un café."),
    "one's own": personal(),
    "one's own address, with another case": personal(
        "{{ reference }}.txt", content=lambda row: row[3].replace("mail.", "MAIL.").encode()
    ),
    "an address that nobody of the table has": attached("a.txt", b"accueil@autre.example"),
    "the name of who signs": attached("a.txt", b"Claire Martin"),
    "a street": attached("a.txt", b"12 rue Jean Dupont"),
    "a surname alone": attached("a.txt", b"Dupont"),
    "a file that is missing": attached("Dupont_Jean.pdf", b""),
    "nobody": attached("livret.pdf", pdf("Bienvenue")),
    "an address of the house of who writes the letter": attached(
        "a.txt", b"paul.durand@filiale.example", head="a.txt\nFrom: rh@filiale.example"
    ),
    "an address of the sender's own house": attached("a.txt", b"paul.durand@exemple.test"),
    "one's own address, hyphenated": theirs(".txt", b"jean.dupont@mail.exam-\nple", 2),
    "one's own files by any name": named_files(NAMES, OWN),
}

test_fails, test_passes = cases_of("ATT502", FAILS, PASSES)


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("on a page", (2,)),
        ("on a page, of one person", (2,)),
        ("an address of one person", (2,)),
        ("four people", (1, 2, 4, 6)),
        ("four people, for everybody", (2, 4, 3, 6, 1)),
    ],
)
def test_the_others_are_those_whose_data_it_is(name: str, others: tuple[int, ...]) -> None:
    [finding] = found(FAILS[name][0](), "ATT502")
    assert finding.others == others


FOR_ALL = "Make one file per person, or one without names."
OWN_FILE = "Correct RC-0019.txt, which is this person's own file: it contains another person's data."
REMEDIES = {
    "jean.dupont@mail.example": (FOR_ALL, OWN_FILE),
    "RC-0018": (FOR_ALL, OWN_FILE),
    "Jean Dupont": (
        "Make one file per person, or one without names; if Jean Dupont is somebody else, or everybody may know the "
        "name, add it to signatories under [lint], or waive this.",
        "Correct RC-0019.txt, which is this person's own file; if Jean Dupont is somebody else, or this person may know "
        "the name, add it to signatories under [lint], or waive this.",
    ),
}


@each_row(("planted", "fixes"), REMEDIES.items())
def test_what_is_to_be_done_depends_on_whose_file_it_is_and_on_what_is_in_it(
    planted: str, fixes: tuple[str, str]
) -> None:
    text = f"voir {planted}".encode()
    of_all, own = attached("a.txt", text), theirs(".txt", text, 3)
    assert tuple(found(campaign(), "ATT502")[0].fix for campaign in (of_all, own)) == fixes


def off(people: int, wrong: int, rows: int = 1) -> Inspection:
    """The personal files of so many people, of which the first ones are those of people some rows below."""
    given = named_people(people)
    made = letter_of("Attachment: {{ reference }}.txt\n" + LETTER)
    for n, row in enumerate(given):
        owner = given[n + rows if n < wrong else n]
        (made.path.parent / f"{row[5]}.txt").write_text(f"Attestation de {owner[1]} {owner[2]}", encoding="utf-8")
    return inspection_of(table_of(given), made)


@each_row(
    ("people", "wrong", "told"),
    [(7, 3, False), (6, 3, False), (5, 3, True), (9, 4, False), (8, 4, False), (7, 4, True)],
)
@each_row("rows", [1, 2])
def test_more_than_half_of_the_files_are_the_same_number_of_rows_off(
    people: int, wrong: int, told: bool, rows: int
) -> None:
    said = {each.says.id for each in found_among_all(off(people, wrong, rows), "ATT502")}
    assert (said == {("att502.one-row-off", "att502.rows-off")[rows - 1]}) is told
    assert said
