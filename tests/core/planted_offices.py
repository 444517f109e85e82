"""Office files with a text planted in each part that somebody can open, as ZIP archives of hand-made parts."""

# ruff: noqa: E501  (one place a line)

from __future__ import annotations

from collections.abc import Callable

from lint_files import archive, office, pdf, workbook
from planted_pictures import chunk, jpeg, png

Maker = Callable[[str], bytes]
Place = tuple[str, Maker]

_P = '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'


def part(name: str, xml: str, file: str = "a.docx") -> Place:
    """A part of a Word file; {} is the text, {first} and {last} its words."""
    return file, lambda secret: office({name: filled(xml, secret)})


def filled(xml: str, secret: str) -> str:
    first, _, last = secret.partition(" ")
    return xml.replace("{first}", first).replace("{last}", last or first).replace("{}", secret)


def open_document(name: str, xml: str, file: str = "a.odt") -> Place:
    body = "<office:document-content><office:body>{}</office:body></office:document-content>"
    return file, lambda secret: archive(
        {"mimetype": "x", "content.xml": body.format("Livret"), name: filled(xml, secret)}
    )


def sheet(cells: str, shared: str = "", file: str = "a.xlsx") -> Place:
    """A worksheet; {} and so on as above."""

    def make(secret: str) -> bytes:
        members = {"xl__sharedStrings": filled(shared, secret)} if shared else {}
        return workbook(rows=filled(cells, secret), **members)

    return file, make


def slide(name: str, xml: str) -> Place:
    types = {"[Content_Types].xml": "<Types/>", "ppt/slides/slide1.xml": "<p:sld><a:t>Livret</a:t></p:sld>"}
    return "a.pptx", lambda secret: archive({**types, name: filled(xml, secret)})


def chunk_of(extension: str, content: Callable[[str], str | bytes]) -> Place:
    return "a.docx", lambda secret: office({f"word/afchunk1.{extension}": content(secret)})


def _mht(secret: str) -> bytes:
    import quopri

    body = quopri.encodestring(f"<p>{secret.replace(' ', ' <b>')}</b></p>".encode())
    return (
        b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + body
    )


PLACES: dict[str, Place] = {
    "a comment in the source": part("word/document.xml", "<w:p/><!-- {} -->"),
    "an instruction to a program": part("word/document.xml", "<w:p/><?memo {} ?>"),
    "text that is not parsed": part("word/document.xml", "<w:p><w:r><w:t><![CDATA[{}]]></w:t></w:r></w:p>"),
    "data in attributes": part("customXml/item1.xml", '<a nom="{last}" ville="Albi" prenom="{first}"/>'),
    "the name of a picture": ("a.docx", lambda secret: office({f"word/media/{secret}.png": b"a"})),
    "cells of a slide": slide("ppt/slides/slide2.xml", "<a:tr><a:tc><a:txBody><a:p><a:r><a:t>{last}</a:t></a:r></a:p></a:txBody><a:tcPr/></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Albi</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>{first}</a:t></a:r></a:p></a:txBody></a:tc></a:tr>"),
    "what follows the archive": ("a.docx", lambda secret: office() + secret.encode()),
    "the text": part("word/document.xml", "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"),
    "words in several runs": part(
        "word/document.xml", "<w:p><w:r><w:t>{first} </w:t></w:r><w:r><w:t>{last}</w:t></w:r></w:p>"
    ),
    "a table": part(
        "word/document.xml",
        "<w:tr><w:tc><w:p><w:r><w:t>{first}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{last}</w:t></w:r></w:p></w:tc></w:tr>",
    ),
    "a tracked deletion": part("word/document.xml", "<w:p><w:del w:id='1'><w:r><w:delText>{}</w:delText></w:r></w:del></w:p>"),
    "a field": part("word/document.xml", "<w:p><w:r><w:instrText>DOCPROPERTY {}</w:instrText></w:r></w:p>"),
    "hidden text": part("word/document.xml", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r></w:p>"),
    "a text box": part("word/document.xml", "<w:p><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></w:p>"),
    "a description of a picture": part("word/document.xml", '<w:p><wp:docPr id="1" name="Image 1" descr="{}"/></w:p>'),
    "a content control": part("word/document.xml", '<w:sdt><w:sdtPr><w:alias w:val="{}"/></w:sdtPr></w:sdt>'),
    "a comment": part("word/comments.xml", "<w:comment><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:comment>"),
    "who wrote a comment": part("word/comments.xml", '<w:comment w:author="{}"/>'),
    "a header": part("word/header1.xml", "<w:hdr><w:t>{}</w:t></w:hdr>"),
    "a footnote": part("word/footnotes.xml", "<w:footnote><w:t>{}</w:t></w:footnote>"),
    "a document variable": part("word/settings.xml", '<w:docVars><w:docVar w:name="nom" w:val="{}"/></w:docVars>'),
    "the source of a mail merge": part("word/settings.xml", '<w:mailMerge><w:query w:val="SELECT * WHERE nom = {}"/></w:mailMerge>'),
    "a property": part("docProps/custom.xml", "<property><vt:lpwstr>{}</vt:lpwstr></property>"),
    "a title": part("docProps/core.xml", "<cp:coreProperties><dc:title>{}</dc:title></cp:coreProperties>"),
    "labels with colons in cells": part(
        "word/document.xml",
        "".join(
            f"<w:tr><w:tc><w:p><w:t>{label} :</w:t></w:p></w:tc><w:tc><w:p><w:t>{value}</w:t></w:p></w:tc></w:tr>"
            for label, value in (("Nom", "{last}"), ("Emploi", "Juriste"), ("Prénom", "{first}"))
        ),
    ),
    "data of its own": part("customXml/item1.xml", "<dossier><prenom>{first}</prenom><nom>{last}</nom></dossier>"),
    "the glossary": part("word/glossary/document.xml", "<w:p><w:t>{}</w:t></w:p>"),
    "the picture in it": ("a.docx", lambda secret: office({"word/media/image1.jpeg": jpeg(comment=secret)})),
    "the drawing in it": (
        "a.docx", lambda secret: office({"word/media/image1.emf": b"\1\0\0\0" + secret.encode("utf-16-le") + b"\0\0"}),
    ),
    "the small picture of it": (
        "a.docx", lambda secret: office({"docProps/thumbnail.png": png(chunk(b"tEXt", b"a\0" + secret.encode()))}),
    ),
    "a chunk in HTML": chunk_of("htm", lambda secret: f"<p>{secret.replace('é', '&eacute;')}</p>"),
    "a chunk in MHT": chunk_of("mht", _mht),
    "a chunk in RTF": chunk_of("rtf", lambda secret: b"{\\rtf1 " + secret.encode("cp1252") + b"}"),
    "a chunk in Word": chunk_of("docx", lambda secret: office(text=secret)),
    "a workbook in it": (
        "a.docx", lambda secret: office({"word/embeddings/a.xlsx": workbook(rows=f"<row><c><v>{secret}</v></c></row>")}),
    ),
    "a PDF in it": ("a.docx", lambda secret: office({"word/embeddings/a.pdf": pdf(secret)})),
    "an old object in it": (
        "a.docx",
        lambda secret: office(
            {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + secret.encode("utf-16-le")}
        ),
    ),
    "a cell": sheet('<row><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'),
    "two cells": sheet(
        '<row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>2</v></c></row>',
        "<sst><si><t>{first}</t></si><si><t>Autre</t></si><si><t>{last}</t></si></sst>",
    ),
    "a shared string that no cell has": sheet("<row/>", "<sst><si><t>{}</t></si></sst>"),
    "a rich string": sheet("<row/>", "<sst><si><r><t>{first} </t></r><r><t>{last}</t></r></si></sst>"),
    "a formula": sheet('<row><c r="A1"><f>HYPERLINK("x","{}")</f><v>1</v></c></row>'),
    "a list of choices": sheet("<row/><dataValidation><formula1>\"{},Autre\"</formula1></dataValidation>"),
    "the name of a sheet": ("a.xlsx", lambda secret: workbook(f'<sheet name="{secret}" sheetId="1"/>')),
    "a defined name": (
        "a.xlsx",
        lambda secret: workbook(f'<sheet name="a"/><definedName name="{secret.replace(" ", "_")}">a!A1</definedName>'),
    ),
    "a pivot cache": part("xl/pivotCache/pivotCacheRecords1.xml", '<r><s v="{}"/></r>', "a.xlsx"),
    "cells of another workbook": part("xl/externalLinks/externalLink1.xml", "<cell><v>{}</v></cell>", "a.xlsx"),
    "a link to another workbook": part(
        "xl/externalLinks/_rels/externalLink1.xml.rels", '<Relationship Target="{}.xlsx"/>', "a.xlsx"
    ),
    "a note on a cell": part("xl/comments1.xml", "<comment><text><t>{}</t></text></comment>", "a.xlsx"),
    "a text box on a sheet": part("xl/drawings/drawing1.xml", "<a:p><a:r><a:t>{}</a:t></a:r></a:p>", "a.xlsx"),
    "the settings of a printer": (
        "a.xlsx", lambda secret: office({"xl/printerSettings/a.bin": secret.encode("utf-16-le")}),
    ),
    "a slide": slide("ppt/slides/slide2.xml", "<a:p><a:r><a:t>{first} </a:t></a:r><a:r><a:t>{last}</a:t></a:r></a:p>"),
    "the speaker's notes": slide("ppt/notesSlides/notesSlide1.xml", "<a:p><a:t>{}</a:t></a:p>"),
    "a master of slides": slide("ppt/slideMasters/slideMaster1.xml", "<a:p><a:t>{}</a:t></a:p>"),
    "the author of a comment on a slide": slide("ppt/commentAuthors.xml", '<p:cmAuthor name="{}"/>'),
    "a chart": slide("ppt/charts/chart1.xml", "<c:pt><c:v>{}</c:v></c:pt>"),
    "an OpenDocument text": open_document("content.xml", "<text:p>{first} <text:span>{last}</text:span></text:p>"),
    "an OpenDocument comment": open_document("content.xml", "<office:annotation><dc:creator>{}</dc:creator></office:annotation>"),
    "an OpenDocument header": open_document("styles.xml", "<style:header><text:p>{}</text:p></style:header>"),
    "an OpenDocument property": open_document("meta.xml", "<meta:user-defined meta:name='a'>{}</meta:user-defined>"),
    "an OpenDocument object": open_document("Object 1/content.xml", "<text:p>{}</text:p>"),
    "an OpenDocument sheet": open_document(
        "content.xml",
        "<table:table-row><table:table-cell><text:p>{first}</text:p></table:table-cell><table:table-cell>"
        "<text:p>{last}</text:p></table:table-cell></table:table-row>",
        "a.ods",
    ),
    "OpenDocument speaker's notes": open_document(
        "content.xml", "<presentation:notes><text:p>{}</text:p></presentation:notes>", "a.odp"
    ),
}  # fmt: skip
"""By place, the name of a file and the file with a text there."""
