"""PDFs with a text planted at each place that a reader can show, made with pypdf's writer or octet by octet."""

# ruff: noqa: E501  (one place a line)

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO

from lint_files import locked, pdf, raw_pdf, with_file
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

Maker = Callable[[str], bytes]


def written(change: Callable[[PdfWriter], None], text: str = "Livret") -> bytes:
    """A PDF with one page of text, changed."""
    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(pdf(text)))), BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def dictionary(**values: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in values.items()})


def name(text: str) -> NameObject:
    return NameObject(f"/{text}")


def stream(octets: bytes, **values: object) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(octets)
    made.update(dictionary(**values))
    return made


_RECTANGLE = ArrayObject(map(FloatObject, (10, 10, 100, 100)))


def annotated(secret: str, make: Callable[[PdfWriter, TextStringObject], DictionaryObject]) -> bytes:
    """A page with an annotation."""

    def change(writer: PdfWriter) -> None:
        note = make(writer, TextStringObject(secret))
        note.update(dictionary(Type=name("Annot"), Rect=_RECTANGLE))
        page = writer.pages[0]
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])

    return written(change)


def in_catalog(make: Callable[[PdfWriter, TextStringObject], dict[str, object]]) -> Maker:
    def maker(secret: str) -> bytes:
        def change(writer: PdfWriter) -> None:
            for key, value in make(writer, TextStringObject(secret)).items():
                writer.root_object[NameObject(f"/{key}")] = value

        return written(change)

    return maker


def drawn(writer: PdfWriter, text: str) -> DecodedStreamObject:
    """A form that draws a text, as the appearance of a note does."""
    font = dictionary(
        Type=name("Font"), Subtype=name("Type1"), BaseFont=name("Helvetica"), Encoding=name("WinAnsiEncoding")
    )
    octets = b"BT /F1 12 Tf 5 5 Td (" + text.encode("cp1252") + b") Tj ET"
    form = stream(
        octets,
        Type=name("XObject"),
        Subtype=name("Form"),
        BBox=_RECTANGLE,
        Resources=dictionary(Font=dictionary(F1=font)),
    )
    return writer._add_object(form)


def field(writer: PdfWriter, value: TextStringObject) -> dict[str, object]:
    made = writer._add_object(dictionary(FT=name("Tx"), T=TextStringObject("candidat"), V=value))
    return {"AcroForm": dictionary(Fields=ArrayObject([made]))}


def fields_apart(writer: PdfWriter, value: TextStringObject) -> dict[str, object]:
    first, _, last = value.partition(" ")
    given = {
        "form[0].page[0].Nom[0]": last or first,
        "form[0].page[0].Ville[0]": "Albi",
        "form[0].page[0].Prenom[0]": first,
    }
    made = [
        dictionary(FT=name("Tx"), T=TextStringObject(each), V=TextStringObject(said)) for each, said in given.items()
    ]
    return {"AcroForm": dictionary(Fields=ArrayObject(map(writer._add_object, made)))}


def columns(secret: str) -> bytes:
    """A table whose columns are drawn one after another; what stands under each other is one below the other."""
    first, _, last = secret.partition(" ")
    table = {50: ("Nom", last or "Roux"), 200: ("Ville", "Albi"), 350: ("Prénom", first)}
    shown = "".join(
        f"BT /F1 10 Tf {x} {700 - 15 * row} Td ({word}) Tj ET\n"
        for x, words in table.items()
        for row, word in enumerate(words)
    )
    return raw_pdf(zlib.compress(shown.encode("cp1252")))


def labels(secret: str) -> bytes:
    """Labels in one column, and then what belongs to them in another."""
    first, _, last = secret.partition(" ")
    table = {50: ("Nom :", "Emploi :", "Prénom :"), 200: (last or "Roux", "Juriste", first)}
    shown = "".join(
        f"BT /F1 10 Tf {x} {700 - 15 * row} Td ({word}) Tj ET\n"
        for x, words in table.items()
        for row, word in enumerate(words)
    )
    return raw_pdf(zlib.compress(shown.encode("cp1252")))


def xmp(secret: str, encoding: str = "utf-8") -> bytes:
    xml = (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description>'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{secret}</rdf:li></rdf:Alt></dc:title>'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    return xml.encode(encoding)


def with_xmp(secret: str, encoding: str = "utf-8") -> bytes:
    def change(writer: PdfWriter) -> None:
        metadata = stream(xmp(secret, encoding), Type=name("Metadata"), Subtype=name("XML"))
        writer.root_object[NameObject("/Metadata")] = writer._add_object(metadata)

    return written(change)


def outlined(secret: str) -> bytes:
    return written(lambda writer: writer.add_outline_item(title=secret, page_number=0))


def file_with(writer: PdfWriter, secret: str) -> DictionaryObject:
    octets = f"Nom;Adresse\n{secret};x\n".encode()
    file = writer._add_object(stream(octets, Type=name("EmbeddedFile")))
    return dictionary(Type=name("Filespec"), F=TextStringObject("liste.csv"), EF=dictionary(F=file))


def pinned(writer: PdfWriter, secret: TextStringObject) -> DictionaryObject:
    """A file that is pinned to a page."""
    return dictionary(Subtype=name("FileAttachment"), FS=file_with(writer, secret))


def structured(secret: str, key: str) -> bytes:
    return of_a_part(lambda _writer: {key: TextStringObject(secret)})


def of_a_part(said: Callable[[PdfWriter], dict[str, object]]) -> bytes:
    """A document with one part, and what the part says."""

    def change(writer: PdfWriter) -> None:
        element = writer._add_object(dictionary(Type=name("StructElem"), S=name("Figure"), **said(writer)))
        writer.root_object[NameObject("/StructTreeRoot")] = dictionary(
            Type=name("StructTreeRoot"), K=ArrayObject([element])
        )

    return written(change)


def packed_structure(secret: str) -> bytes:
    """A structure tree in a stream of objects, as Word writes it."""
    literal = secret.encode("utf-16-be").hex().upper()
    objects = f"9 0 << /Type /StructElem /S /Figure /Alt <FEFF{literal}> >>".encode()
    packed = zlib.compress(objects)
    head = f"99 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
    return pdf() + head.encode() + packed + b"\nendstream\nendobj\n"


def spelt_out(secret: str) -> bytes:
    """A page whose marked content is copied as another text."""

    def change(writer: PdfWriter) -> None:
        page = writer.pages[0]
        literal = secret.encode("utf-16-be").hex()
        drawn = b"/Span << /ActualText <FEFF" + literal.encode() + b"> >> BDC BT /F1 9 Tf (x) Tj ET EMC"
        page[NameObject("/Contents")] = writer._add_object(stream(drawn))

    return written(change)


def layered(secret: str) -> bytes:
    """A text on a layer that is switched off."""
    escaped = secret.encode("cp1252")
    return written_contents(b"/OC /L1 BDC BT /F1 9 Tf 50 500 Td (" + escaped + b") Tj ET EMC")


def written_contents(octets: bytes) -> bytes:
    def change(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream(octets))

    return written(change)


def layer_name(writer: PdfWriter, secret: TextStringObject) -> dict[str, object]:
    layer = writer._add_object(dictionary(Type=name("OCG"), Name=secret))
    return {"OCProperties": dictionary(OCGs=ArrayObject([layer]), D=dictionary(Order=ArrayObject([layer])))}


def revised(before: str, after: str = "Livret") -> bytes:
    """A PDF whose page was replaced by an incremental update: the old page is still in it."""
    first = pdf(before)
    packed = zlib.compress(f"BT /F1 12 Tf 50 700 Td ({after}) Tj ET".encode("cp1252"))
    place = len(first)
    body = f"4 0 obj\n<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed
    body += b"\nendstream\nendobj\n"
    previous = int(first.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    xref = place + len(body)
    tail = f"xref\n4 1\n{place:010d} 00000 n \ntrailer << /Size 8 /Root 1 0 R /Info 6 0 R /Prev {previous} >>\n"
    return first + body + tail.encode() + f"startxref\n{xref}\n%%EOF\n".encode()


def hyphenated(secret: str) -> bytes:
    return pdf(f"le dossier de {secret[:-3]}-\n{secret[-3:]} est complet")


def uri(text: str) -> Callable[[PdfWriter, TextStringObject], DictionaryObject]:
    return lambda _writer, secret: dictionary(
        Subtype=name("Link"), A=dictionary(S=name("URI"), URI=TextStringObject(text.format(secret.replace(" ", "%20"))))
    )


def rich(_writer: PdfWriter, secret: TextStringObject) -> DictionaryObject:
    return dictionary(
        Subtype=name("FreeText"), RC=TextStringObject(f"<body><p>{secret.replace(' ', '<b> ')}</b></p></body>")
    )


def photograph(secret: str) -> bytes:
    from planted_pictures import jpeg

    octets = jpeg(comment=secret)

    def change(writer: PdfWriter) -> None:
        image = stream(
            octets, Type=name("XObject"), Subtype=name("Image"), Width=NumberObject(1), Height=NumberObject(1),
            Filter=name("DCTDecode"),
        )  # fmt: skip
        page = writer.pages[0]
        page["/Resources"][NameObject("/XObject")] = dictionary(Im1=writer._add_object(image))

    return written(change)


def action(writer: PdfWriter, secret: TextStringObject) -> dict[str, object]:
    return {"OpenAction": dictionary(S=name("JavaScript"), JS=TextStringObject(f"app.alert('{secret}')"))}


def xfa(writer: PdfWriter, secret: TextStringObject) -> dict[str, object]:
    words = secret.replace(" ", "</prenom><nom>")
    data = writer._add_object(stream(f"<xfa><prenom>{words}</nom></xfa>".encode()))
    return {"AcroForm": dictionary(XFA=ArrayObject([TextStringObject("datasets"), data]), Fields=ArrayObject())}


def letter_by_letter(secret: str) -> bytes:
    drawn = "".join(
        f"BT /F1 12 Tf {50 + 9 * at} 700 Td 14 TL ({letter}) Tj T* ET\n" for at, letter in enumerate(secret)
    )
    return written_contents(drawn.encode("cp1252"))


def xfa_attribute(writer: PdfWriter, secret: TextStringObject) -> dict[str, object]:
    data = writer._add_object(stream(f'<xfa><candidat nom="{secret}"/></xfa>'.encode()))
    return {"AcroForm": dictionary(XFA=data, Fields=ArrayObject())}


def undrawn(secret: str) -> bytes:
    """A page that has a form among its resources, as pages have that were split off a longer file."""

    def change(writer: PdfWriter) -> None:
        resources = writer.pages[0]["/Resources"]
        resources[NameObject("/XObject")] = dictionary(Fm7=drawn(writer, secret))

    return written(change)


PLACES: dict[str, Maker] = {
    "a form that no page draws": undrawn,
    "an attribute of a form in XML": in_catalog(xfa_attribute),
    "letters that are drawn one by one": letter_by_letter,
    "a comment in the source": lambda secret: pdf().replace(b"\nxref", f"\n% voir {secret} ici\nxref".encode(), 1),
    "before the file": lambda secret: f"{secret}\n".encode() + pdf(),
    "after the file": lambda secret: pdf() + f"\n{secret}\n".encode(),
    "a page": lambda secret: pdf(f"voir {secret} demain"),
    "a page in capitals": lambda secret: pdf(secret.upper()),
    "a word that is hyphenated": hyphenated,
    "the title": lambda secret: pdf(info=f"/Title ({secret})"),
    "the author": lambda secret: pdf(info=f"/Author ({secret})"),
    "a property of one's own": lambda secret: pdf(info=f"/Dossier ({secret})"),
    "XMP": with_xmp,
    "XMP in UTF-16": lambda secret: with_xmp(secret, "utf-16"),
    "a form field": in_catalog(field),
    "the parts of a name in form fields": in_catalog(fields_apart),
    "a table drawn column by column": columns,
    "labels and values in columns": labels,
    "a form in XML": in_catalog(xfa),
    "a link": lambda secret: annotated(secret, uri("https://x.example/?q={}")),
    "a bookmark": outlined,
    "a comment": lambda secret: annotated(secret, lambda _w, s: dictionary(Subtype=name("Text"), Contents=s)),
    "who wrote a comment": lambda secret: annotated(secret, lambda _w, s: dictionary(Subtype=name("Text"), T=s)),
    "a comment with formatting": lambda secret: annotated(secret, rich),
    "what a note looks like": lambda secret: annotated(
        secret, lambda w, s: dictionary(Subtype=name("Stamp"), AP=dictionary(N=drawn(w, s)))
    ),
    "what a box looks like when it is ticked": lambda secret: annotated(
        secret,
        lambda w, s: dictionary(Subtype=name("Widget"), FT=name("Btn"), AP=dictionary(N=dictionary(Oui=drawn(w, s)))),
    ),
    "what is read aloud": lambda secret: structured(secret, "Alt"),
    "what is copied": lambda secret: structured(secret, "ActualText"),
    "what is copied from a page": spelt_out,
    "a packed structure": packed_structure,
    "what is read aloud of a file that forbids printing": lambda secret: locked(structured(secret, "Alt"), ""),
    "a file of a part of the document": lambda secret: of_a_part(
        lambda writer: {"AF": ArrayObject([file_with(writer, secret)])}
    ),
    "a layer": layered,
    "the name of a layer": in_catalog(layer_name),
    "a script": in_catalog(action),
    "a file that is attached": lambda secret: with_file(pdf(), "a.txt", secret.encode()),
    "a PDF that is attached": lambda secret: with_file(pdf(), "a.pdf", pdf(secret)),
    "the name of a file that is attached": lambda secret: with_file(pdf(), f"{secret}.txt", b"a"),
    "a file pinned to a page": lambda secret: annotated(secret, pinned),
    "an earlier revision": revised,
    "a photograph": photograph,
}
"""By place, a PDF with a text there."""
ADDRESS_PLACES: dict[str, Maker] = {
    "a link to write to": lambda secret: annotated(secret, uri("mailto:{}?subject=x")),
}
"""Places that only an address can be at."""
