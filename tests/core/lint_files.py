"""Attachments for the linter's tests, written octet by octet: office files, PDFs, and what pretends to be one."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return file.getvalue()


def office(members: Mapping[str, str | bytes] = {}, *, author: str = "", text: str = "Livret") -> bytes:
    """A word-processor file with a text, an author, and what else is given."""
    core = f"<cp:coreProperties><dc:creator>{author}</dc:creator></cp:coreProperties>"
    document = f"<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    parts = {"[Content_Types].xml": _TYPES, "docProps/core.xml": core, "word/document.xml": document}
    return archive({**parts, **members})


def encrypted(octets: bytes) -> bytes:
    """A ZIP archive that says of its first member that it is encrypted."""
    at = octets.index(b"PK\x01\x02") + 8
    return octets[:at] + bytes([octets[at] | 1]) + octets[at + 1 :]


def workbook(sheets: str = '<sheet name="a"/>', rows: str = "<row/>", **members: str) -> bytes:
    """A workbook."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "xl/workbook.xml": f"<workbook><sheets>{sheets}</sheets></workbook>",
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
    }
    return archive({**parts, **{name.replace("__", "/") + ".xml": text for name, text in members.items()}})


def pdf(
    text: str = "Livret", *, info: str = "", extra: str = "", page: str = "", catalog: str = "", pages: int = 1
) -> bytes:
    """A PDF with a page of text, once or several times."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").replace("\n", ") Tj T* (")
    stream = f"BT /F1 12 Tf 50 700 Td 14 TL ({escaped}) Tj ET".encode("cp1252")
    return raw_pdf(zlib.compress(stream), info=info, extra=extra, page=page, catalog=catalog, pages=pages)


def with_file(octets: bytes, name: str, content: bytes) -> bytes:
    """A PDF with a file attached to it."""
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(octets))), BytesIO()
    writer.add_attachment(name, content)
    writer.write(out)
    return out.getvalue()


def locked(octets: bytes, password: str) -> bytes:
    """A PDF with a password; with an empty one it opens, and only forbids things."""
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(octets))), BytesIO()
    writer.encrypt(password, "owner", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def raw_pdf(
    stream: bytes, *, info: str = "", extra: str = "", page: str = "", catalog: str = "", pages: int = 1
) -> bytes:
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{' '.join(['3 0 R'] * pages)}] /Count {pages} >>".encode(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        f"/Resources << /Font << /F1 5 0 R >> >> {page} >>".encode(),
        f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>".encode("cp1252"),
    ]
    if extra:
        objects.append(extra.encode("cp1252"))
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f0005050200a2e7"
    "b6c40000000049454e44ae426082"
)


def with_scans(octets: bytes, scans: int = 1, *, pixels: int = 1000) -> bytes:
    """A PDF with further pages that show a picture and no text."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(octets))), BytesIO()
    picture = DecodedStreamObject()
    picture.set_data(b"\0")
    picture.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image")})
    picture.update({NameObject(side): NumberObject(pixels) for side in ("/Width", "/Height")})
    reference = writer._add_object(picture)
    for _ in range(scans):
        page = writer.add_blank_page(595, 842)
        named = DictionaryObject({NameObject("/Im1"): reference})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): named})
    writer.write(out)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, styles: str = "") -> bytes:
    """A word-processor file that declares its namespace, as Word does."""
    members = {"word/styles.xml": styles} if styles else {}
    return office({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>", **members})


WHITE = '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>secret</w:t></w:r>'
