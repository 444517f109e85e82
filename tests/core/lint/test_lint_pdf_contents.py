"""What a page draws is taken apart by us, for its reader's use: the words are those that its reader finds by itself."""

# ruff: noqa: E501  (one page a line)

from __future__ import annotations

import zlib
from io import BytesIO

from each_row import each_row
from lint_files import raw_pdf
from planted_pdfs import PLACES
from pypdf import PdfReader

from mailmerge.lint.extract.pdf.words import PdfWords
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
    "numbers without blanks between them": b"BT /F1 12 Tf 50-7 Td (Jean) Tj 1-2 -14 TD (Paul) Tj ET",
    "letters one by one": b"BT /F1 12 Tf 50 700 Td (J) Tj 8 0 Td (e) Tj 9 0 Td (a) Tj 20 0 Td (n) Tj 0 -30 Td (P) Tj ET",
    "letters that lie, and that stand on their head": b"BT /F1 9 Tf 0 1 -1 0 5 5 Tm (Jean) Tj -1 0 0 -1 90 90 Tm (Paul) Tj ET",
    "spaced letters": b'BT /F1 12 Tf 3 Tc 50 700 Td (Jean) Tj 45 0 Td (Paul) Tj 1 -2 (Marie) " ET',
    "from right to left": b"BT /F1 12 Tf 50 700 Td <d7d0> Tj 20 0 Td (Paul) Tj ET",
    "a size below nought": b"BT /F1 -12 Tf 50 700 Td (Jean) Tj (Paul) Tj ET",
    "no font, and one that is not there": b"BT (Jean) Tj /F9 12 Tf (Paul) Tj 0 -20 Td (Marie) Tj ET",
    "a state that is restored once too often": b"2 0 0 2 0 0 cm Q BT /F1 12 Tf 5 7 Td (Jean) Tj ET 1 2 cm BT 9 9 Td (Paul) Tj ET",
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
    assert PdfWords().of_page(page, contents.get_data()).text == by_itself.extract_text()


SLIPS = {
    "an operator within an array": (b"[(Zo) 0 Tc -2 (e) -600 (Martin)] TJ", "Zoe Martin"),
    "an array within another": (b"[(Zoe) -600 [(Martin)] 3] TJ", "Zoe Martin"),
    "two strings": (b"(Zoe) ( Martin) Tj", "Zoe Martin"),
}


@each_row("drawn, words", SLIPS.values(), ids=SLIPS)
def test_a_slip_hides_no_word(drawn: bytes, words: str) -> None:
    content = read_content(raw_pdf(zlib.compress(b"BT /F1 12 Tf 50 700 Td " + drawn + b" ET")), "a.pdf")
    assert content.opaque is None
    assert words in [piece.text for piece in content.pieces]


def _with_form(drawn: bytes, resources: str, form: str) -> bytes:
    extra = f"<< /Subtype /Form /BBox [0 0 9 9] {resources} /Length {len(form)} >>\nstream\n{form}\nendstream"
    octets = raw_pdf(zlib.compress(drawn), extra=extra)
    return octets.replace(b"/Resources << ", b"/Resources << /XObject << /X1 7 0 R >> ", 1)


def test_a_form_without_fonts_of_its_own_is_set_in_those_of_its_page() -> None:
    octets = _with_form(b"q /X1 Do Q", "", "BT /F1 9 Tf 5 5 Td (Zoe Martin) Tj ET")
    assert [page.extract_text() for page in PdfReader(BytesIO(octets)).pages] == [""]
    assert "Zoe Martin" in [piece.text for piece in read_content(octets, "a.pdf").pieces]


def test_a_form_that_draws_itself_comes_to_an_end() -> None:
    resources = "/Resources << /XObject << /X1 7 0 R >> /Font << /F1 5 0 R >> >>"
    octets = _with_form(b"/X1 Do", resources, "/X1 Do BT /F1 9 Tf 5 5 Td (Zoe Martin) Tj ET")
    assert any("Zoe Martin" in piece.text for piece in read_content(octets, "a.pdf").pieces)
