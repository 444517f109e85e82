"""Words on the pages of a PDF that nobody sees are told of; what is drawn in an unusual way is left alone."""

from __future__ import annotations

import zlib
from io import BytesIO

from each_row import each_row
from lint_files import pdf, raw_pdf
from rule_cases import attached, found

from mailmerge.lint.extract.content import Kind
from mailmerge.lint.extract.pdf_drawing import Drawing
from mailmerge.lint.extract.pdf_painted import Drawable, Resources
from mailmerge.lint.extract.reader import read_content
from mailmerge.model import Severity

TITLE = "BT /F1 12 Tf 50 700 Td (Livret) Tj ET "
WORDS = "(Ines Petit, 42 kilos)"
TEXT = f"BT /F1 12 Tf 50 600 Td {WORDS} Tj ET "
BOX = "40 590 220 30 re f "
PICTURE = "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI "
UNSEEN: dict[str, tuple[str, Kind]] = {
    "white, by grey": (f"1 g {TEXT}", Kind.WHITE_TEXT),
    "white, by red, green and blue": (f"1 1 1 rg {TEXT}", Kind.WHITE_TEXT),
    "white, by inks": (f"0 0 0 0 k {TEXT}", Kind.WHITE_TEXT),
    "white, by a colour space": (f"/DeviceRGB cs 1 1 1 sc {TEXT}", Kind.WHITE_TEXT),
    "white, by a colour space of grey": (f"/DeviceGray cs 1 scn {TEXT}", Kind.WHITE_TEXT),
    "nearly white": (f".99 .98 .99 rg {TEXT}", Kind.WHITE_TEXT),
    "white on a white box": (f"1 g {BOX} {TEXT}", Kind.WHITE_TEXT),
    "blue on blue": (f"0 0 .5 rg {BOX} {TEXT}", Kind.WHITE_TEXT),
    "white beside a dark box": (f"0 g 300 590 90 30 re f 1 g {TEXT}", Kind.WHITE_TEXT),
    "white, in an array": ("1 g BT /F1 12 Tf 50 600 Td [(Ines)-250(Petit)] TJ ET", Kind.WHITE_TEXT),
    "white, by its matrix": (f"1 g BT /F1 1 Tf 12 0 0 12 50 600 Tm {WORDS} Tj ET", Kind.WHITE_TEXT),
    "white, on the next line": (f"1 g BT /F1 12 Tf 14 TL 50 600 Td {WORDS} ' ET", Kind.WHITE_TEXT),
    "no ink": (f"BT 3 Tr /F1 12 Tf 50 600 Td {WORDS} Tj ET", Kind.UNSEEN_TEXT),
    "only to cut out with": (f"BT 7 Tr /F1 12 Tf 50 600 Td {WORDS} Tj ET", Kind.UNSEEN_TEXT),
    "no opacity": (f"/Faint gs {TEXT}", Kind.UNSEEN_TEXT),
    "one point": (f"BT /F1 1 Tf 50 600 Td {WORDS} Tj ET", Kind.TINY_TEXT),
    "twelve points, made small": (f"q .1 0 0 .1 0 0 cm BT /F1 12 Tf 500 600 Td {WORDS} Tj ET Q", Kind.TINY_TEXT),
    "twelve points, made small in the text": (f"BT /F1 12 Tf .1 0 0 .1 50 600 Tm {WORDS} Tj ET", Kind.TINY_TEXT),
    "left of the page": (f"BT /F1 12 Tf -300 600 Td {WORDS} Tj ET", Kind.UNSEEN_TEXT),
    "right of the page": (f"BT /F1 12 Tf 1300 600 Td {WORDS} Tj ET", Kind.UNSEEN_TEXT),
    "above the page": (f"BT /F1 12 Tf 1 0 0 1 50 1000 Tm {WORDS} Tj ET", Kind.UNSEEN_TEXT),
    "below the page": (f"BT /F1 12 Tf 1 0 0 1 50 -40 Tm {WORDS} Tj ET", Kind.UNSEEN_TEXT),
    "below a black bar": (f"{TEXT} 0 g {BOX}", Kind.UNSEEN_TEXT),
    "below a white box": (f"{TEXT} 1 g {BOX}", Kind.UNSEEN_TEXT),
    "below a bar of lines": (f"{TEXT} 0 g 40 590 m 260 590 l 260 620 l 40 620 l h f", Kind.UNSEEN_TEXT),
    "below a picture": (f"{TEXT} q 220 0 0 30 40 590 cm {PICTURE} Q", Kind.UNSEEN_TEXT),
    "below a bar of a form": (f"{TEXT} q 1 0 0 1 40 590 cm /Bar Do Q", Kind.UNSEEN_TEXT),
    "white, in a form": ("/White Do", Kind.WHITE_TEXT),
}  # fmt: skip
SEEN: dict[str, str] = {
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


def page(drawn: str) -> bytes:
    """A PDF whose one page draws a title and more; it has a bar, white words and a spot colour to draw with."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
    )

    def form(octets: bytes) -> DecodedStreamObject:
        stream = DecodedStreamObject()
        stream.set_data(octets)
        stream[NameObject("/Subtype")] = NameObject("/Form")
        stream[NameObject("/BBox")] = ArrayObject([NumberObject(each) for each in (0, 0, 595, 842)])
        return stream

    def state(opacity: float, blend: str = "/Normal") -> DictionaryObject:
        return DictionaryObject({NameObject("/ca"): FloatObject(opacity), NameObject("/BM"): NameObject(blend)})

    writer = PdfWriter(clone_from=PdfReader(BytesIO(raw_pdf(zlib.compress((TITLE + drawn).encode())))))
    given = writer.pages[0]["/Resources"]
    forms = {"/Bar": form(b"0 g 0 0 220 30 re f"), "/White": form(f"1 g {TEXT}".encode())}
    spot = ArrayObject([NameObject("/Separation"), NameObject("/Ink"), NameObject("/DeviceCMYK"), DictionaryObject()])
    for name, entries in {
        "/XObject": {each: writer._add_object(stream) for each, stream in forms.items()},
        "/ExtGState": {"/Faint": state(0), "/Full": state(1), "/Marker": state(1, "/Multiply")},
        "/ColorSpace": {"/Spot": spot},
    }.items():
        given[NameObject(name)] = DictionaryObject({NameObject(key): value for key, value in entries.items()})  # type: ignore[index]
    for each in forms.values():
        each[NameObject("/Resources")] = given
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@each_row(("drawn", "kind"), UNSEEN.values(), ids=UNSEEN)
def test_words_that_nobody_sees_are_told_of(drawn: str, kind: Kind) -> None:
    assert [(hidden.kind, hidden.page) for hidden in read_content(page(drawn), "a.pdf").hidden] == [(kind, 1)]


@each_row("drawn", SEEN.values(), ids=SEEN)
def test_words_that_somebody_sees_are_left_alone(drawn: str) -> None:
    assert read_content(page(drawn), "a.pdf").hidden == []


@each_row(("hides", "told"), [("/OFF [7 0 R]", [Kind.UNSEEN_TEXT]), ("/ON [7 0 R]", [])])
def test_a_layer_that_is_switched_off_shows_nothing(hides: str, told: list[Kind]) -> None:
    octets = raw_pdf(
        zlib.compress(f"{TITLE} /OC /L1 BDC {TEXT} EMC".encode()),
        extra="<< /Type /OCG /Name (Note) >>",
        catalog=f"/OCProperties << /OCGs [7 0 R] /D << {hides} >> >>",
    ).replace(b"/Resources <<", b"/Resources << /Properties << /L1 7 0 R >>")
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
