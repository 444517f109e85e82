"""Files with words that nobody sees, or that somebody does: cells of a workbook, and a page of a PDF that is drawn."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import xlsxwriter
from lint_files import raw_pdf

CELL = "Inès Petit, 42 k€"
TITLE = "BT /F1 12 Tf 50 700 Td (Livret) Tj ET "
WORDS = "(Ines Petit, 42 kilos)"
TEXT = f"BT /F1 12 Tf 50 600 Td {WORDS} Tj ET "
BOX = "40 590 220 30 re f "


def workbook_with(make: Callable[[Any, Any], None]) -> bytes:
    """A workbook as a program writes it: a title, and what is given."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Planning")
        sheet.write("A1", "Planning")
        make(book, sheet)
    return out.getvalue()


def cell_with(value: str | float = CELL, **looks: object) -> Callable[[Any, Any], None]:
    return lambda book, sheet: sheet.write("C4", value, book.add_format(looks))


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

    def form(octets: bytes, *, is_group: bool = False) -> DecodedStreamObject:
        stream = DecodedStreamObject()
        if is_group:
            stream[NameObject("/Group")] = DictionaryObject({NameObject("/S"): NameObject("/Transparency")})
        stream.set_data(octets)
        stream[NameObject("/Subtype")] = NameObject("/Form")
        stream[NameObject("/BBox")] = ArrayObject([NumberObject(each) for each in (0, 0, 595, 842)])
        return stream

    def state(opacity: float, blend: str = "/Normal") -> DictionaryObject:
        return DictionaryObject({NameObject("/ca"): FloatObject(opacity), NameObject("/BM"): NameObject(blend)})

    writer = PdfWriter(clone_from=PdfReader(BytesIO(raw_pdf(zlib.compress((TITLE + drawn).encode())))))
    given = writer.pages[0]["/Resources"]
    bar, words = b"/Full gs 0 g 0 0 220 30 re f", f"/Full gs {TEXT}".encode()
    forms = {"/Bar": form(bar), "/White": form(f"1 g {TEXT}".encode()), "/FormOfWords": form(words)}
    forms |= {"/GroupOfBar": form(bar, is_group=True), "/GroupOfWords": form(words, is_group=True)}
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
