"""Words on the pages of a PDF that nobody sees are told of; what is drawn in an unusual way is left alone."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

from each_row import each_row
from lint_files import pdf, raw_pdf
from rule_cases import attached, found
from unseen_files import BOX, TEXT, TITLE, WORDS, page

from mailmerge.lint.extract.content import HiddenKind
from mailmerge.lint.extract.pdf.drawing import Drawing
from mailmerge.lint.extract.pdf.painted import Drawable, Resources
from mailmerge.lint.extract.pdf.path import MOST_POINTS
from mailmerge.lint.extract.reader import read_content
from mailmerge.model import Severity

ROUND = "40 590 m 260 590 l 265 590 265 595 v 265 620 260 620 y 40 620 l 35 620 35 615 35 610 c h"
MANY = " ".join(f"{n % 20 * 9} {n // 20 * 9} 8 8 re" for n in range(300))
TOUCHING = " ".join(f"{40 + n} 590 1 30 re" for n in range(220))
PICTURE = "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI "
UNSEEN: dict[str, tuple[str, HiddenKind]] = {
    "white, by grey": (f"1 g {TEXT}", HiddenKind.WHITE_TEXT),
    "white, by red, green and blue": (f"1 1 1 rg {TEXT}", HiddenKind.WHITE_TEXT),
    "white, by inks": (f"0 0 0 0 k {TEXT}", HiddenKind.WHITE_TEXT),
    "white, by a colour space": (f"/DeviceRGB cs 1 1 1 sc {TEXT}", HiddenKind.WHITE_TEXT),
    "white, by a colour space of grey": (f"/DeviceGray cs 1 scn {TEXT}", HiddenKind.WHITE_TEXT),
    "nearly white": (f".99 .98 .99 rg {TEXT}", HiddenKind.WHITE_TEXT),
    "white on a white box": (f"1 g {BOX} {TEXT}", HiddenKind.WHITE_TEXT),
    "blue on blue": (f"0 0 .5 rg {BOX} {TEXT}", HiddenKind.WHITE_TEXT),
    "white beside a dark box": (f"0 g 300 590 90 30 re f 1 g {TEXT}", HiddenKind.WHITE_TEXT),
    "white, in an array": ("1 g BT /F1 12 Tf 50 600 Td [(Ines)-250(Petit)] TJ ET", HiddenKind.WHITE_TEXT),
    "white, by its matrix": (f"1 g BT /F1 1 Tf 12 0 0 12 50 600 Tm {WORDS} Tj ET", HiddenKind.WHITE_TEXT),
    "white, on the next line": (f"1 g BT /F1 12 Tf 14 TL 50 600 Td {WORDS} ' ET", HiddenKind.WHITE_TEXT),
    "no ink": (f"BT 3 Tr /F1 12 Tf 50 600 Td {WORDS} Tj ET", HiddenKind.UNSEEN_TEXT),
    "only to cut out with": (f"BT 7 Tr /F1 12 Tf 50 600 Td {WORDS} Tj ET", HiddenKind.UNSEEN_TEXT),
    "no opacity": (f"/Faint gs {TEXT}", HiddenKind.UNSEEN_TEXT),
    "a group of no opacity": ("/Faint gs /GroupOfWords Do", HiddenKind.UNSEEN_TEXT),
    "one point": (f"BT /F1 1 Tf 50 600 Td {WORDS} Tj ET", HiddenKind.TINY_TEXT),
    "twelve points, made small": (f"q .1 0 0 .1 0 0 cm BT /F1 12 Tf 500 600 Td {WORDS} Tj ET Q", HiddenKind.TINY_TEXT),
    "twelve points, made small in the text": (f"BT /F1 12 Tf .1 0 0 .1 50 600 Tm {WORDS} Tj ET", HiddenKind.TINY_TEXT),
    "left of the page": (f"BT /F1 12 Tf -300 600 Td {WORDS} Tj ET", HiddenKind.UNSEEN_TEXT),
    "right of the page": (f"BT /F1 12 Tf 1300 600 Td {WORDS} Tj ET", HiddenKind.UNSEEN_TEXT),
    "above the page": (f"BT /F1 12 Tf 1 0 0 1 50 1000 Tm {WORDS} Tj ET", HiddenKind.UNSEEN_TEXT),
    "below the page": (f"BT /F1 12 Tf 1 0 0 1 50 -40 Tm {WORDS} Tj ET", HiddenKind.UNSEEN_TEXT),
    "below a black bar": (f"{TEXT} 0 g {BOX}", HiddenKind.UNSEEN_TEXT),
    "below a white box": (f"{TEXT} 1 g {BOX}", HiddenKind.UNSEEN_TEXT),
    "below a bar of lines": (f"{TEXT} 0 g 40 590 m 260 590 l 260 620 l 40 620 l h f", HiddenKind.UNSEEN_TEXT),
    "below a picture": (f"{TEXT} q 220 0 0 30 40 590 cm {PICTURE} Q", HiddenKind.UNSEEN_TEXT),
    "below a bar of a form": (f"{TEXT} q 1 0 0 1 40 590 cm /Bar Do Q", HiddenKind.UNSEEN_TEXT),
    "below a triangle": (f"{TEXT} 0 g 0 560 m 700 560 l 0 760 l f", HiddenKind.UNSEEN_TEXT),
    "below a round bar": (f"{TEXT} 0 g {ROUND} f", HiddenKind.UNSEEN_TEXT),
    "below a round bar with an edge": (f"{TEXT} 0 g 1 0 0 RG {ROUND} b*", HiddenKind.UNSEEN_TEXT),
    "below a bend and a bend": (f"{TEXT} 0 g 30 570 m 30 700 300 640 v 300 590 30 570 y f", HiddenKind.UNSEEN_TEXT),
    "below a thick line": (f"{TEXT} 0 G 20 w 40 604 m 260 604 l S", HiddenKind.UNSEEN_TEXT),
    "below a line made thick": (f"{TEXT} q 10 0 0 10 0 0 cm 2 w 4 60.4 m 26 60.4 l S Q", HiddenKind.UNSEEN_TEXT),
    "below the closing side of a shape": (f"{TEXT} 20 w 40 604 m 40 900 l 260 604 l s", HiddenKind.UNSEEN_TEXT),
    "below one of very many bars": (f"{TEXT} 0 g {MANY} {BOX}", HiddenKind.UNSEEN_TEXT),
    "below very many bars that touch": (f"{TEXT} 0 g {TOUCHING} f", HiddenKind.UNSEEN_TEXT),
    "white on a round white box": (f"1 g {ROUND} f {TEXT}", HiddenKind.WHITE_TEXT),
    "in the colour of a thick line": (f"0 0 .5 RG 0 0 .5 rg 20 w 40 604 m 260 604 l S {TEXT}", HiddenKind.WHITE_TEXT),
    "white, in a form": ("/White Do", HiddenKind.WHITE_TEXT),
}  # fmt: skip
SEEN: dict[str, str] = {
    "white on a thick line": f"0 0 .5 RG 20 w 40 604 m 260 604 l S 1 g {TEXT}",
    "white on a thick line of a colour space": f"/DeviceRGB CS 0 0 .5 SCN 20 w 40 604 m 260 604 l S 1 g {TEXT}",
    "white on one of very many bars": f"0 0 .5 rg {MANY} {BOX} 1 g {TEXT}",
    "struck out": f"{TEXT} 4 w 50 604 m 260 604 l S",
    "a thick frame drawn over": f"{TEXT} 6 w 30 580 240 50 re S",
    "a thick dashed line": f"{TEXT} [3 9] 0 d 20 w 40 604 m 260 604 l S",
    "a ring drawn over": f"{TEXT} 0 g 30 580 m 270 580 l 270 640 l 30 640 l h 40 590 m 40 620 l 260 620 l 260 590 l f",
    "very many bars beside": f"{TEXT} 0 g {MANY} f",
    "a shape that only its bends go around": f"{TEXT} 0 g 40 400 m 40 900 260 900 260 400 c 260 700 40 700 40 400 c f",
    "black": TEXT,
    "grey": f".75 g {TEXT}",
    "white on dark": f"0 0 .5 rg {BOX} 1 g {TEXT}",
    "white on a picture": f"q 220 0 0 30 40 590 cm {PICTURE} Q 1 g {TEXT}",
    "white on a round box": f"0 0 .5 rg 40 590 m 260 590 270 600 260 620 c 40 620 l f 1 g {TEXT}",
    "white on a clipped box": f"q 40 590 m 260 590 270 600 260 620 c 40 620 l W n 0 g 0 0 595 842 re f Q 1 g {TEXT}",
    "white on a shade": f"q 40 590 220 30 re W n /Sh1 sh Q 1 g {TEXT}",
    "white on a dark page": f"0 g 0 0 595 690 re f 1 g {TEXT}",
    "a colour that is full ink": f"/Spot cs 1 scn {TEXT}",
    "black after white was put away": f"q 1 g Q {TEXT}",
    "a frame drawn over": f"{TEXT} 40 590 220 30 re S",
    "a thin line drawn over": f"{TEXT} 0 g 40 603 220 .7 re f",
    "a marker drawn over": f"{TEXT} /Marker gs 1 1 0 rg {BOX}",
    "a box with a hole drawn over": f"{TEXT} 0 g 30 580 240 50 re 40 590 220 30 re f*",
    "a box beside": f"{TEXT} 0 g 300 590 90 30 re f",
    "a clipped box": f"{TEXT} q 300 590 90 30 re W n 0 g 0 0 595 842 re f Q",
    "a bar, and the words once more on it": f"{TEXT} 0 0 .5 rg {BOX} 1 g {TEXT}",
    "a form that sets its own opacity": "/Faint gs /FormOfWords Do",
    "a group of full opacity": "/Full gs /GroupOfWords Do",
    "a bar of a faint group": f"{TEXT} /Faint gs q 1 0 0 1 40 590 cm /GroupOfBar Do Q",
    "a bar of a group that shows through": f"{TEXT} /Marker gs q 1 0 0 1 40 590 cm /GroupOfBar Do Q",
    "a shadow": f"/Faint gs {TEXT} /Full gs {TEXT}",
    "letters that are part of the page": f"BT /F1 12 Tf -10 600 Td {WORDS} Tj ET",
    "a large unit": f"q 12 0 0 12 0 0 cm BT /F1 1 Tf 4 50 Td {WORDS} Tj ET Q",
    "blanks in no ink": "BT 3 Tr /F1 12 Tf 50 600 Td (   ) Tj ET",
    "a scan with its words below": f"{TEXT} q 595 0 0 842 0 0 cm {PICTURE} Q",
    "a scan with its words in no ink": f"q 595 0 0 842 0 0 cm {PICTURE} Q BT 3 Tr /F1 12 Tf 50 600 Td {WORDS} Tj ET",
    "a scan in two strips": (
        f"q 595 0 0 421 0 421 cm {PICTURE} Q q 595 0 0 421 0 0 cm {PICTURE} Q BT 3 Tr /F1 12 Tf 50 600 Td {WORDS} Tj ET"
    ),
    "a bar in a text": "BT /F1 12 Tf 50 600 Td (0 g 40 590 220 30 re f 3 Tr 1 g) Tj ET",
}  # fmt: skip


@each_row(("drawn", "kind"), UNSEEN.values(), ids=UNSEEN)
def test_words_that_nobody_sees_are_told_of(drawn: str, kind: HiddenKind) -> None:
    assert [(hidden.kind, hidden.page) for hidden in read_content(page(drawn), "a.pdf").hidden] == [(kind, 1)]


@each_row("drawn", SEEN.values(), ids=SEEN)
def test_words_that_somebody_sees_are_left_alone(drawn: str) -> None:
    assert read_content(page(drawn), "a.pdf").hidden == []


def letter_by_letter(drawn: str, apart: float = 0.5) -> str:
    """The same with each letter drawn by itself, as far apart as this share of their size."""
    size = float(found[1]) if (found := re.search(r"/F1 (\d+) Tf", drawn)) else 12.0
    spelt = f" Tj {apart * size:g} 0 Td ".join(f"({letter})" for letter in WORDS[1:-1])
    return drawn.replace(WORDS, spelt)


SPELT_UNSEEN = {how: (letter_by_letter(drawn), kind) for how, (drawn, kind) in UNSEEN.items() if f"{WORDS} Tj" in drawn}
SPELT_SEEN = {how: letter_by_letter(drawn) for how, drawn in SEEN.items() if f"{WORDS} Tj" in drawn}


@each_row(("drawn", "kind"), SPELT_UNSEEN.values(), ids=SPELT_UNSEEN)
def test_words_that_are_drawn_letter_by_letter_are_words(drawn: str, kind: HiddenKind) -> None:
    assert [(hidden.kind, hidden.page) for hidden in read_content(page(drawn), "a.pdf").hidden] == [(kind, 1)]


@each_row("drawn", SPELT_SEEN.values(), ids=SPELT_SEEN)
def test_words_that_are_drawn_letter_by_letter_and_seen_are_left_alone(drawn: str) -> None:
    assert read_content(page(drawn), "a.pdf").hidden == []


MARKS = "1 g BT /F1 12 Tf 50 600 Td "
NO_WORDS = {
    "three letters": f"{MARKS}(a) Tj 6 0 Td (b) Tj 6 0 Td (c) Tj ET",
    "marks far apart": f"{MARKS}(x) Tj 40 0 Td (x) Tj 40 0 Td (x) Tj 40 0 Td (x) Tj 40 0 Td (x) Tj ET",
    "marks below each other": f"{MARKS}(x) Tj 0 -40 Td (x) Tj 0 -40 Td (x) Tj 0 -40 Td (x) Tj ET",
    "white letters among black ones": f"{MARKS}(a) Tj 0 g 6 0 Td (b) Tj 6 0 Td (c) Tj 1 g 6 0 Td (d) Tj ET",
    "blanks": f"{MARKS}( ) Tj 6 0 Td ( ) Tj 6 0 Td ( ) Tj 6 0 Td ( ) Tj ET",
}
A_WORD = f"{MARKS}(a) Tj 6 0 Td (b) Tj 6 0 Td (c) Tj 6 0 Td ( ) Tj 6 0 Td (d) Tj ET"
AS_FAR_AS_CAN_BE = f"{MARKS}(a) Tj 36 0 Td (b) Tj 36 0 Td (c) Tj 36 0 Td (d) Tj ET"
TOO_FAR = AS_FAR_AS_CAN_BE.replace("36", "37")


@each_row("drawn", [*NO_WORDS.values(), TOO_FAR], ids=[*NO_WORDS, "too far"])
def test_single_letters_are_no_words(drawn: str) -> None:
    assert read_content(page(drawn), "a.pdf").hidden == []


@each_row("drawn", [A_WORD, AS_FAR_AS_CAN_BE])
def test_four_letters_are_a_word(drawn: str) -> None:
    assert [hidden.kind for hidden in read_content(page(drawn), "a.pdf").hidden] == [HiddenKind.WHITE_TEXT]


@each_row(
    ("at", "told"), [(((550, 600), (-45, 600)), []), (((650, 600), (55, 600)), []), (((650, 600), (650, 600)), [1])]
)
def test_what_two_pages_share_is_beside_neither(at: tuple[tuple[int, int], ...], told: list[int]) -> None:
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(), BytesIO()
    for x, y in at:
        drawn = f"1 g 300 300 50 50 re f 0 g BT /F1 12 Tf 1 0 0 1 {x} {y} Tm {WORDS} Tj ET"
        writer.append(PdfReader(BytesIO(page(drawn))))
    writer.write(out)
    assert [hidden.page for hidden in read_content(out.getvalue(), "a.pdf").hidden] == told


def pinned(annotation: str, drawn: str = "0 g 0 0 20 10 re f", resources: str = "") -> bytes:
    """A PDF with an annotation above its words; its look may be drawn by a form that is fitted in."""
    form = f"<< /Subtype /Form /BBox [0 0 20 10] /Length {len(drawn)} {resources} >>\nstream\n{drawn}\nendstream"
    page = f"/Annots [<< /Type /Annot /Rect [40 690 260 720] {annotation} >>]"
    return pdf(WORDS[1:-1], page=page, extra=form)


OWN_BOX = b"/Rect [40 690 260 720]"
LOOK = "/AP << /N 7 0 R >>"
ABOVE = {
    **{f"{kind} that is drawn": pinned(f"/Subtype /{kind} {LOOK}") for kind in ("Square", "Stamp", "FreeText", "Ink")},
    "a turned form": pinned(f"/Subtype /Stamp {LOOK}", resources="/Matrix [0 1 -1 0 0 0]"),
    "a grey square": pinned("/Subtype /Square /IC [0.5]"),
    "a square of inks": pinned("/Subtype /Square /IC [0 0 0 1]"),
    "a circle": pinned("/Subtype /Circle /IC [1 1 1] /Rect [0 600 500 800]").replace(OWN_BOX, b""),
}
NOT_ABOVE = {
    "a hidden one": pinned(f"/Subtype /Square /F 2 {LOOK}"),
    "one for printing only": pinned(f"/Subtype /Square /F 32 {LOOK}"),
    "a link": pinned("/Subtype /Link /Border [0 0 0]"),
    "a field": pinned(f"/Subtype /Widget /FT /Tx {LOOK}"),
    "a frame": pinned(f"/Subtype /Square {LOOK}", "0 0 20 10 re S"),
    "a square without a colour": pinned("/Subtype /Square"),
    "a square that shows through": pinned("/Subtype /Square /IC [1 1 0] /CA 0.4"),
    "a marker": pinned(
        f"/Subtype /Highlight {LOOK}", "/G gs 1 1 0 rg 0 0 20 10 re f",
        "/Resources << /ExtGState << /G << /BM /Multiply >> >> >>",
    ),
    "a circle beside": pinned("/Subtype /Circle /IC [0] /Rect [45 600 500 705]").replace(OWN_BOX, b""),
    "a broken one": pinned("/Subtype /Square /IC [0] /Rect [1 2]").replace(OWN_BOX, b""),
}  # fmt: skip


@each_row("octets", ABOVE.values(), ids=ABOVE)
def test_words_below_an_annotation_are_told_of(octets: bytes) -> None:
    assert [(hidden.kind, hidden.page) for hidden in read_content(octets, "a.pdf").hidden] == [
        (HiddenKind.UNSEEN_TEXT, 1)
    ]


@each_row("octets", NOT_ABOVE.values(), ids=NOT_ABOVE)
def test_an_annotation_through_which_words_are_seen_is_left_alone(octets: bytes) -> None:
    assert read_content(octets, "a.pdf").hidden == []


def test_a_drawing_that_is_too_complex_is_told_where_words_may_be_below_it() -> None:
    drawing = " ".join(f"{n % 500} {550 + n * 7 % 100} {'l' if n else 'm'}" for n in range(MOST_POINTS + 1))
    for drawn, pages in ((f"{TEXT} {drawing} f", [1]), (f"{drawing} f {TEXT}", []), (f"{TEXT} {drawing} S", [])):
        assert read_content(page(drawn), "a.pdf").unjudged_pages == pages


@each_row(("hides", "told"), [("/OFF [7 0 R]", [HiddenKind.UNSEEN_TEXT]), ("/ON [7 0 R]", [])])
def test_a_layer_that_is_switched_off_shows_nothing(hides: str, told: list[HiddenKind]) -> None:
    octets = raw_pdf(
        zlib.compress(f"{TITLE} /OC /L1 BDC {TEXT} EMC".encode()),
        extra="<< /Type /OCG /Name (Note) >>",
        catalog=f"/OCProperties << /OCGs [7 0 R] /D << {hides} >> >>",
    ).replace(b"/Resources <<", b"/Resources << /Properties << /L1 7 0 R >>")
    assert [hidden.kind for hidden in read_content(octets, "a.pdf").hidden] == told


@each_row(
    ("info", "told"),
    [
        ("/Producer (TCPDF 6.2.13 \\(http://www.tcpdf.org\\))", []),
        ("/Producer (LibreOffice 24.2)", [HiddenKind.TINY_TEXT]),
        ("/Title (TCPDF)", [HiddenKind.TINY_TEXT]),
    ],
)
def test_a_program_may_say_unseen_that_it_made_the_file(info: str, told: list[HiddenKind]) -> None:
    drawn = "BT 3 Tr /F1 1 Tf 3 2 Td (Powered by TCPDF \\(www.tcpdf.org\\)) Tj ET"
    octets = raw_pdf(zlib.compress(f"{TITLE} {drawn}".encode()), info=info)
    assert [hidden.kind for hidden in read_content(octets, "a.pdf").hidden] == told


def test_the_first_page_of_several_is_told_and_once() -> None:
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(), BytesIO()
    for octets in (pdf(), page(f"1 g {TEXT}"), page(f"1 g {TEXT}")):
        writer.append(PdfReader(BytesIO(octets)))
    writer.write(out)
    [finding] = found(attached("livret.pdf", out.getvalue())(), "ATT503")
    assert finding.severity is Severity.WARN
    assert "text on page 2 in the colour of its background" in finding.message


def test_a_page_that_draws_forms_within_forms_without_end_is_bounded() -> None:
    draws = b"/F Do " * 50
    form = Drawable(is_picture=False, covers=False, octets=draws)
    resources = Resources(lambda _name: form, lambda _name: "", lambda _name: None, bool)
    drawing = Drawing(100_000)
    drawing.draw(draws, resources)
    assert drawing.left < 0
