"""Letters of a PDF that nobody can tell: a page that has some is told of; a file that has no others is not checked."""

from __future__ import annotations

from each_row import each_row
from planted_pdfs import dictionary, name, stream, written
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.lint.extract.reader import read_content

KNOWN = b"BT /F1 12 Tf 50 700 Td (Votre attestation) Tj ET "
UNKNOWN = b"BT /F9 12 Tf 50 600 Td <003600580050005000440003> Tj ET "
FORM = b"/Fm1 Do "


def numbered_font(**more: object) -> DictionaryObject:
    """A font that numbers its letters; ``more`` may say which they are."""
    info = dictionary(Registry=TextStringObject("Adobe"), Ordering=TextStringObject("Identity"))
    descendant = dictionary(Type=name("Font"), Subtype=name("CIDFontType2"), BaseFont=name("A"), CIDSystemInfo=info)
    return dictionary(
        Type=name("Font"), Subtype=name("Type0"), BaseFont=name("A"), Encoding=name("Identity-H"),
        DescendantFonts=ArrayObject([descendant]), **more,
    )  # fmt: skip


def page(drawn: bytes, form: bytes = b"", **more: object) -> bytes:
    def change(writer: PdfWriter) -> None:
        shown = writer.pages[0]
        font = writer._add_object(numbered_font(**more))
        shown["/Resources"]["/Font"][NameObject("/F9")] = font
        within = dictionary(Font=dictionary(F9=font))
        drawing = stream(form, Subtype=name("Form"), Resources=within)
        shown["/Resources"][NameObject("/XObject")] = dictionary(Fm1=writer._add_object(drawing))
        shown[NameObject("/Contents")] = writer._add_object(stream(drawn))

    return written(change)


TABLE = stream(b"begincmap 1 beginbfrange <0000> <00ff> <0000> endbfrange endcmap")


@each_row(
    ("octets", "pages", "opaque"),
    [
        (page(KNOWN), [], None),
        (page(KNOWN + UNKNOWN), [1], None),
        (page(KNOWN + FORM, UNKNOWN), [1], None),
        (page(UNKNOWN), [1], Obstacle.SCAN),
        (page(KNOWN + UNKNOWN, ToUnicode=TABLE), [], None),
        (page(UNKNOWN, ToUnicode=TABLE), [], None),
        (page(KNOWN + b"/F8 9 Tf /Fm2 Do"), [], None),
    ],
)
def test_letters_that_nobody_can_tell_are_told_of(octets: bytes, pages: list[int], opaque: Obstacle | None) -> None:
    content = read_content(octets, "a.pdf")
    assert (content.unreadable_pages, content.opaque) == (pages, opaque)
