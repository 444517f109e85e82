"""What a page draws is taken apart by us, for its reader's use: the words are those that its reader finds by itself."""

# ruff: noqa: E501  (one page a line)

from __future__ import annotations

import zlib
from io import BytesIO

from each_row import each_row
from lint_files import raw_pdf
from planted_pdfs import PLACES
from pypdf import PdfReader
from pypdf.generic import NameObject

from mailmerge.lint.extract.pdf_contents import Contents
from mailmerge.lint.extract.reader import read_content

PAGES = {
    "one string after another": b"BT /F1 12 Tf 50 700 Td 14 TL (Bonjour) Tj T* (Madame) ' 1 2 (Dupont) \" ET",
    "strings and gaps in an array": b"BT /F1 12 Tf 50 700 Td [(Bon) -20 (jour) -600 (Madame)] TJ ET",
    "lines and colours in between": b"1 0 0 rg 0 0 10 10 re f 1 2 m 3 4 5 6 7 8 c S BT /F1 12 Tf 1 0 0 1 50 700 Tm (Jean) Tj ET",
    "brackets within a string": b"BT /F1 12 Tf 50 700 Td (Jean (dit 1 2 m) \\) \\050 fin) Tj ET",
    "octets in hexadecimal": b"BT /F1 12 Tf 50 700 Td <4a65616e2> Tj ET",
    "a name in hexadecimal": b"BT /#461 12 Tf 50 700 Td (Jean) Tj ET",
    "a picture in between": b"BT /F1 12 Tf 50 700 Td (Jean) Tj ET BI /W 1 /H 1 /BPC 8 /CS /G ID \x28 EI BT /F1 9 Tf 5 5 Td (Paul) Tj ET",
    "marked content": b"/Span <</MCID 0 /Lang (fr)>> BDC BT /F1 12 Tf 50 700 Td (Jean) Tj ET EMC",
    "a comment": b"BT /F1 12 Tf 50 700 Td % (Paul) Tj\n(Jean) Tj ET",
    "states that are kept": b"q 2 0 0 2 0 0 cm BT /F1 12 Tf 5 7 Td (Jean) Tj ET Q BT /F1 12 Tf 50 9 Td (Paul) Tj ET",
}
FILES = {
    **{name: raw_pdf(zlib.compress(drawn)) for name, drawn in PAGES.items()},
    **{place: make("Zoé Lefèvre") for place, make in PLACES.items()},
}


@each_row("octets", FILES.values(), ids=FILES)
def test_the_words_are_those_that_the_reader_finds_by_itself(octets: bytes) -> None:
    [by_itself], [page] = PdfReader(BytesIO(octets)).pages, PdfReader(BytesIO(octets)).pages
    contents = page.get_contents()
    assert contents is not None
    page[NameObject("/Contents")] = Contents(contents.get_data())
    assert page.extract_text() == by_itself.extract_text()


def test_a_slip_within_an_array_hides_no_word() -> None:
    octets = raw_pdf(zlib.compress(b"BT /F1 12 Tf 50 700 Td [(Zo) 0 Tc -2 (e) -600 (Martin)] TJ ET"))
    content = read_content(octets, "a.pdf")
    assert content.opaque is None
    assert "Zoe Martin" in [piece.text for piece in content.pieces]
