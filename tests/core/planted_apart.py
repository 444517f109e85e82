"""Files with a text planted where it is packed, encoded or cut up: within a text, behind a file, in data of their own."""

# ruff: noqa: E501  (one place a line)

from __future__ import annotations

import base64
import gzip
import json
import unicodedata
from collections.abc import Callable

from lint_files import archive, office, pdf
from planted_pictures import jpeg

Maker = Callable[[str], bytes]
Place = tuple[str, Maker]

BEFORE = "Certificate for the archive of this year, page 3: "


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def escaped_for_scripts(text: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else f"\\x{ord(letter):02x}" for letter in text)


def drawing_in_visio(text: str) -> bytes:
    cut = f"<Text><cp IX='0'/>{text[:2]}<cp IX='1'/>{text[2:6]}<pp IX='0'/>{text[6:]}\n</Text>"
    page = f"<PageContents><Shapes><Shape ID='1'><Text>Plan</Text></Shape><Shape ID='2'>{cut}</Shape></Shapes></PageContents>"
    return office({"visio/pages/page1.xml": page})


def message(body: bytes, kind: bytes = b"multipart/mixed; boundary=b") -> bytes:
    return (
        b"From: hr@firm.example\r\nSubject: Your file\r\nMIME-Version: 1.0\r\nContent-Type: "
        + kind
        + b"\r\n\r\n"
        + body
    )


def message_in_base64(text: str) -> bytes:
    inner = base64.encodebytes(message(text.encode(), b"text/plain; charset=utf-8"))
    head = b"--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return message(head + inner + b"\r\n--b--\r\n")


def recording(frame: bytes, text: bytes) -> bytes:
    return b"ID3\x03\x00\x00\x00\x00\x00\x40" + frame + len(text).to_bytes(4) + b"\0\0" + text + b"\xff\xfb\x90\0" * 20


def places_by_name(text: str) -> bytes:
    name = "".join(
        letter if letter.isascii() and letter.isalnum() else "".join(f"#{octet:02x}" for octet in letter.encode())
        for letter in text
    )
    return pdf("Your certificate", catalog=f"/Dests << /{name} [3 0 R /Fit] >>")


def with_commas(text: str) -> str:
    first, _, last = text.partition(" ")
    return f'Surname,Team,First name\n{last or first},"Wages, day",{first}\nNobody,None,Nothing\n'


def sylk(text: str) -> str:
    first, _, last = text.partition(" ")
    return f'ID;PLO\nB;Y2;X2\nC;X1;Y1;K"Surname"\nC;X2;K"First name"\nC;X1;Y2;K"{last}"\nC;X2;Y2;K"{first}"\nE\n'


def dif(text: str) -> str:
    cells = "".join(f'1,0\n"{cell}"\n' for cell in reversed(text.split()))
    return f'TABLE\n0,1\n"a"\nDATA\n0,0\n""\n-1,0\nBOT\n1,0\n"Surname"\n-1,0\nBOT\n{cells}-1,0\nEOD\n'


PLACES: dict[str, Place] = {
    "XML, an instruction": ("a.xml", lambda text: f'<?xml version="1.0"?><?owner {text}?><file>Plan</file>'.encode()),
    "drawing, a text for each letter": ("a.svg", lambda text: f"<svg><text>Plan</text>{''.join(f'<text>{letter}</text>' for letter in text)}</svg>".encode()),
    "workbook, a box cut by formats": ("a.xlsx", lambda text: office({"xl/drawings/vmlDrawing1.vml": f"<xml><v:textbox><font>{text[:2]}</font><font>{text[2:]}</font></v:textbox></xml>"})),
    "XPS, a word at a time": ("a.xps", lambda text: office({"Documents/1/Pages/1.fpage": "<FixedPage>" + "".join(f'<Glyphs UnicodeString="{word}"/>' for word in text.split()) + "</FixedPage>"})),
    "table, with commas": ("a.txt", lambda text: with_commas(text).encode()),
    "table, SYLK": ("a.slk", lambda text: sylk(text).encode()),
    "table, DIF": ("a.dif", lambda text: dif(text).encode("cp1252")),
    "Visio, cut by formats": ("a.vsdx", drawing_in_visio),
    "mail, a message in Base64": ("a.eml", message_in_base64),
    "mail, before the first part": ("a.eml", lambda text: message(text.encode() + b"\r\n--b\r\n\r\nas agreed\r\n--b--\r\n")),
    "script, in Base64": ("a.html", lambda text: f'<p>Hello</p><script>read(atob("{in_base64(BEFORE + text)}"))</script>'.encode()),
    "script, escaped": ("a.html", lambda text: f'<p>Hello</p><script>who = "{escaped_for_scripts(text)}"</script>'.encode()),
    "page, in two boxes": ("a.html", lambda text: f"<p>Hello</p><div><div class='name'>{text.partition(' ')[2] or text}</div> <div class='first'>{text.partition(' ')[0]}</div></div>".encode()),
    "XML, an element in Base64": ("a.xml", lambda text: f"<file><text>{in_base64(BEFORE + text)}</text></file>".encode()),
    "XML, a picture in Base64": ("a.xml", lambda text: f"<file><picture>{base64.encodebytes(jpeg(comment=text) + bytes(90)).decode()}</picture></file>".encode()),
    "XML, a PDF in Base64": ("a.xml", lambda text: f"<file><copy>{base64.b64encode(pdf(text)).decode()}</copy></file>".encode()),
    "JSON, a document in Base64": ("a.json", lambda text: json.dumps({"copy": base64.b64encode(office({"word/document.xml": f"<w:p>{text}</w:p>"})).decode()}).encode()),
    "YAML, in Base64": ("a.yaml", lambda text: f"note: !!binary |\n  {in_base64(BEFORE + text)}\n".encode()),
    "RTF, data that it is bound to": ("a.rtf", lambda text: b"{\\rtf1 Hello{\\*\\datastore " + f"<file><who>{text}</who></file>".encode().hex().encode() + b"}}"),
    "gzip, the second member": ("a.gz", lambda text: gzip.compress(b"Hello\n") + gzip.compress(text.encode())),
    "gzip, its comment": ("a.gz", lambda text: b"\x1f\x8b\x08\x10" + bytes(6) + text.encode("cp1252") + b"\0" + gzip.compress(b"Hello")[10:]),
    "picture, an archive behind it": ("a.jpg", lambda text: jpeg() + archive({"note.txt": text})),
    "PDF, a place in the oldest form": ("a.pdf", places_by_name),
    "recording, UTF-16 with its mark": ("a.mp3", lambda text: recording(b"TPE1", b"\x01\xfe\xff" + text.encode("utf-16-be"))),
    "recording, the tag at its end": ("a.mp3", lambda text: b"\xff\xfb\x90\0" + b"\x55" * 60 + b"TAG" + text.encode("cp1252").ljust(125, b"\0")),
    "recording, letters and accents apart": ("a.flac", lambda text: b"fLaC\x84\0\0\x40" + unicodedata.normalize("NFD", f"TITLE={text}").encode() + b"\xff\xf8"),
}  # fmt: skip
