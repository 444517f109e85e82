"""Broken and lying files of every kind: each is read within bounds, and what cannot be read to its end is opaque."""

# ruff: noqa: E501  (one lie a line)

from __future__ import annotations

import gzip
import random
import resource
import struct
import time
import zlib
from collections.abc import Callable, Iterator

import pytest
from each_row import each_row
from lint_files import archive, office, pdf, raw_pdf, with_file, workbook
from planted_pictures import chunk, exif, gif, jpeg, png, segment, webp
from test_planted_files import PLACES

from mailmerge.lint.extract.content import MOST_TEXT
from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.lint.extract.reader import read_content

SECONDS = 8.0
"""Of this thread's own time; a file is given 10 by the clock."""
_BINARY = (".pdf", ".png", ".jpg", ".gif", ".webp", ".tif", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".zip")


def sections(octets: bytes) -> Iterator[bytes]:
    """The file cut off at each of a dozen places."""
    return (octets[: len(octets) * part // 12] for part in range(1, 12))


def flipped(octets: bytes, seed: str) -> Iterator[bytes]:
    """The file with some octets changed, another way each time."""
    chance = random.Random(seed)
    for changes in (1, 1, 3, 3, 10, 10, 30):
        broken = bytearray(octets)
        for _ in range(changes):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        yield bytes(broken)


@each_row(("name", "make"), PLACES.values(), ids=PLACES)
def test_a_broken_file_of_any_kind_is_read_as_far_as_it_goes(name: str, make: Callable[[str], bytes]) -> None:
    octets = make("Zoé Lefèvre")
    started = time.thread_time()
    for broken in (*sections(octets), *flipped(octets, name)):
        read_content(broken, name)
    assert time.thread_time() - started < SECONDS


WHOLE = {
    "a.pdf": pdf(),
    "b.pdf": with_file(pdf(), "a.txt", b"a"),
    "a.png": png(chunk(b"tEXt", b"a\0b")),
    "a.jpg": jpeg(comment="a"),
    "a.gif": gif(),
    "a.webp": webp((b"XMP ", b"<x/>")),
    "a.docx": office(),
    "a.xlsx": workbook(),
}


@each_row("part", [0.4, 0.6, 0.8, 0.95])
@each_row("name", WHOLE)
def test_a_file_that_breaks_off_cannot_be_checked(name: str, part: float) -> None:
    octets = WHOLE[name]
    assert read_content(octets, name).opaque is None
    assert read_content(octets[: int(len(octets) * part)], name).opaque in (Obstacle.DAMAGED, Obstacle.DAMAGED_ARCHIVE)


def objects(*bodies: str, info: str = "") -> bytes:
    """A PDF with further objects, from number 7 on."""
    [first, *more] = bodies
    octets = pdf(page="/Annots [7 0 R]", extra=first, catalog="/AcroForm 7 0 R /Outlines 7 0 R /Names 7 0 R", info=info)
    tail = b""
    offsets = []
    for number, body in enumerate(more, 8):
        offsets.append(len(octets) + len(tail))
        tail += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    if not more:
        return octets
    previous = int(octets.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    xref = len(octets) + len(tail)
    table = f"xref\n8 {len(more)}\n" + "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = f"trailer << /Size {8 + len(more)} /Root 1 0 R /Info 6 0 R /Prev {previous} >>\nstartxref\n{xref}\n%%EOF\n"
    return octets + tail + (table + end).encode()


def form(contents: str) -> str:
    return (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 8 0 R >> >> /Length {len(contents)} >>"
        f"\nstream\n{contents}\nendstream"
    )


def directory_loop() -> bytes:
    """EXIF whose directory names itself as the one after it, and as a directory inside it."""
    octets = exif((0x8769, 4, struct.pack("<I", 8)))
    return octets[:22] + struct.pack("<I", 8) + octets[26:]


def nested_mail(depth: int) -> bytes:
    head = b"MIME-Version: 1.0\r\n"
    for level in range(depth):
        head += f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n'.encode()
    return head + b"Content-Type: text/plain\r\n\r\na"


def quine(depth: int) -> bytes:
    octets = b"a"
    for _ in range(depth):
        octets = archive({f"{n}.zip": octets for n in range(4)})
    return octets


STYLE = "<w:style w:styleId='a'>"
LIES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "objects that point at each other": ("a.pdf", lambda: objects("<< /Kids [8 0 R] /First 8 0 R /Next 8 0 R >>", "<< /Kids [7 0 R] /Next 7 0 R /First 7 0 R /Parent 7 0 R >>")),
    "a form that draws itself": ("a.pdf", lambda: objects("<< /Type /Annot /Subtype /Stamp /AP << /N 8 0 R >> >>", form("/X Do"))),
    "a note that answers itself": ("a.pdf", lambda: objects("<< /Type /Annot /Subtype /Text /IRT 7 0 R /Popup 7 0 R /Contents (a) >>")),
    "a stream that claims 2 GB": ("a.pdf", lambda: objects("<< /Type /Metadata /Subtype /XML /Length 2147483647 >>\nstream\na\nendstream")),
    "an object of a thousand arrays": ("a.pdf", lambda: objects("[" * 50_000 + "]" * 50_000)),
    "an xref that goes in a circle": ("a.pdf", lambda: pdf().replace(b"/Info 6 0 R >>", b"/Prev 9 >>        ")),
    "a page that draws without end": ("a.pdf", lambda: raw_pdf(zlib.compress(b"(a) Tj " * 9_000_000))),
    "strings that are never closed": ("a.pdf", lambda: pdf() + b"(a\\" * 200_000),
    "hexadecimal without end": ("a.pdf", lambda: pdf() + b"<41" * 200_000),
    "streams that are never closed": ("a.pdf", lambda: pdf() + b"stream\n" * 100_000),
    "a thousand revisions": ("a.pdf", lambda: pdf() + b"%%EOF\n" * 100_000),
    "a chunk that claims 2 GB": ("a.png", lambda: png()[:33] + struct.pack(">I", 0x7FFFFFFF) + b"tEXtAuthor\0a"),
    "a million chunks": ("a.png", lambda: png(*[chunk(b"tEXt", b"a")] * 60_000)),
    "a text that unpacks without end": ("a.png", lambda: png(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(300_000_000), 1)))),
    "a segment of no length": ("a.jpg", lambda: b"\xff\xd8\xff\xe1\0\0" * 100_000),
    "markers without end": ("a.jpg", lambda: b"\xff\xd8" + b"\xff" * 5_000_000),
    "a directory that names itself": ("a.tif", directory_loop),
    "a tag that claims 4 GB": ("a.tif", lambda: b"II*\0" + struct.pack("<IHHHII", 8, 1, 0x010E, 2, 0xFFFFFFFF, 8)),
    "a directory of 65,535 tags": ("a.jpg", lambda: jpeg(segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\xff\xff"))),
    "blocks of GIF without end": ("a.gif", lambda: gif()[:-1] + b"!\xfe" + b"\xff" * 3_000_000),
    "a WebP that claims 4 GB": ("a.webp", lambda: b"RIFF\xff\xff\xff\xffWEBPXMP \xff\xff\xff\xff<a>"),
    "a calendar of one endless line": ("a.ics", lambda: b"BEGIN:VCALENDAR\r\nDESCRIPTION:" + b"a \r\n " * 1_400_000),
    "a card that never ends a line": ("a.vcf", lambda: b"BEGIN:VCARD\r\nFN;ENCODING=QUOTED-PRINTABLE:" + b"=C3=\r\n" * 400_000),
    "a card of colons": ("a.vcf", lambda: b"BEGIN:VCARD\r\n" + b'"' * 5_000_000),
    "comments that are never closed": ("a.html", lambda: b"<!--" * 400_000),
    "scripts that are never closed": ("a.html", lambda: b"<script>" * 200_000),
    "links that are files": ("a.html", lambda: b"<a href='data:text/html;base64,PGE+'>" * 100_000),
    "one tag of 10 MB": ("a.html", lambda: b"<a " + b"b='c' " * 1_700_000 + b">"),
    "groups within groups": ("a.rtf", lambda: b"{\\rtf1 " + b"{" * 3_000_000),
    "binary that claims 2 GB": ("a.rtf", lambda: b"{\\rtf1 \\bin2147483647 a}"),
    "a picture of hexadecimal": ("a.rtf", lambda: b"{\\rtf1 {\\pict " + b"ff" * 5_000_000),
    "a message of headers": ("a.eml", lambda: b"From: a@x.example\r\n" + b"X-A: b\r\n" * 60_000),
    "a message within messages": ("a.eml", lambda: nested_mail(3_000)),
    "a mailbox of thousands": ("a.mbox", lambda: b"From a@x.example 1\r\nSubject: a\r\n\r\nb\r\n\r\n" * 20_000),
    "JSON without end": ("a.json", lambda: b"[" * 1_500_000),
    "entities in XML": ("a.xml", lambda: b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'),
    "entities in a drawing": ("a.svg", lambda: b'<!DOCTYPE svg [<!ENTITY b "c">]><svg>&b;</svg>'),
    "archives within archives": ("a.zip", lambda: quine(7)),
    "a bomb of zeros": ("a.zip", lambda: archive({"a.txt": bytes(59_000_000)})),
    "bombs of zeros": ("a.zip", lambda: archive(dict.fromkeys((f"{n}.zip" for n in range(40)), archive({"a": bytes(20_000_000)})))),
    "cells that are never closed": ("a.xlsx", lambda: workbook(rows="".join(f"<c r='A{n}'>" for n in range(30_000)))),
    "strings of cells that are never closed": ("a.xlsx", lambda: workbook(xl__sharedStrings="".join(f"<si a='{n}'>" for n in range(30_000)))),
    "styles that are never closed": ("a.docx", lambda: office({"word/styles.xml": "".join(f"{STYLE}{n}" for n in range(60_000))})),
    "speaker's notes that are never closed": ("a.odp", lambda: archive({"content.xml": "".join(f"<presentation:notes a='{n}'>" for n in range(60_000))})),
    "slide numbers that are never closed": ("a.pptx", lambda: office({"ppt/notesSlides/notesSlide1.xml": "".join(f"<a:fld a='{n}'><a:t>" for n in range(100_000))})),
    "white text, deep": ("a.docx", lambda: office(text="<w:color w:val='FFFFFF'/>" + "".join(f"<a{n}>" for n in range(300_000)))),
    "a compressed file without end": ("a.gz", lambda: gzip.compress(bytes(90_000_000), 1)),
    "data of no kind": ("a.bin", lambda: random.Random(1).randbytes(5_000_000)),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_file_that_lies_is_bounded_in_time_and_memory_and_reported_where_it_has_no_end(lie: str) -> None:
    name, make = LIES[lie]
    octets = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.thread_time()
    content = read_content(octets, name)
    assert time.thread_time() - started < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 800_000
    assert sum(len(piece.text) for piece in content.pieces) <= MOST_TEXT + 10
    assert lie not in OPAQUE or content.opaque is not None, "what was not read to its end is not reported"


OPAQUE = [
    "a page that draws without end",
    "a chunk that claims 2 GB",
    "a text that unpacks without end",
    "a segment of no length",
    "markers without end",
    "a tag that claims 4 GB",
    "blocks of GIF without end",
    "a WebP that claims 4 GB",
    "a calendar of one endless line",
    "groups within groups",
    "entities in XML",
    "entities in a drawing",
    "archives within archives",
    "a bomb of zeros",
    "bombs of zeros",
    "a compressed file without end",
    "data of no kind",
]


def test_what_has_no_end_is_among_the_lies() -> None:
    assert set(OPAQUE) <= LIES.keys()
