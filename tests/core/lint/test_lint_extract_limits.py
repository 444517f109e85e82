"""How far a file is read, to the last file, page and character; what is beyond is never passed over in silence."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping
from types import ModuleType

import pytest
from each_row import each_row
from lint_files import archive, office, pdf, raw_pdf, with_file
from planted_pictures import chunk, png

from mailmerge.lint.extract import archive as archives
from mailmerge.lint.extract import content, mail, rtf
from mailmerge.lint.extract.content import Content
from mailmerge.lint.extract.obstacles import Obstacle, Opaque
from mailmerge.lint.extract.office import document as offices
from mailmerge.lint.extract.pdf import document as pdfs
from mailmerge.lint.extract.pdf import objects as pdf_objects
from mailmerge.lint.extract.pdf import strings as pdf_strings
from mailmerge.lint.extract.pdf import unseen as pdf_unseen
from mailmerge.lint.extract.pictures import picture as pictures
from mailmerge.lint.extract.reader import read_any, read_content
from mailmerge.lint.extract.source import Source, UnpackBudget
from mailmerge.lint.extract.web import markup


def message(*, parts: int) -> bytes:
    """A message of so many parts, itself among them."""
    inner = b"".join(b"--b\r\nContent-Type: text/plain\r\n\r\na\r\n" for _ in range(parts - 1))
    return b'From: a@x.example\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n' + inner + b"--b--\r\n"


def mailbox(messages: int) -> bytes:
    return b"From a@x.example 1\r\nSubject: a\r\nTo: b\r\n\r\nb\r\n\r\n" * messages


Made = Callable[[int], tuple[bytes, str]]
LIMITS: dict[str, tuple[ModuleType, str, Made, Obstacle | None, Obstacle]] = {
    "characters of a text": (
        content, "MOST_TEXT", lambda size: (b"a" * size, "a.txt"), None, Obstacle.TOO_LONG,
    ),
    "characters of a page": (
        markup, "MOST_TEXT", lambda size: (b"<p>".ljust(size, b"a"), "a.html"), None, Obstacle.TOO_LONG,
    ),
    "files in an archive": (
        archives, "MOST_FILES", lambda size: (archive({f"{n}.txt": "a" for n in range(size)}), "a.zip"),
        Obstacle.ARCHIVE, Obstacle.TOO_MANY_FILES,
    ),
    "messages of a mailbox": (
        mail, "_MOST_MESSAGES", lambda size: (mailbox(size), "a.mbox"), None, Obstacle.TOO_MANY_FILES,
    ),
    "parts of a message": (
        mail, "_MOST_PARTS", lambda size: (message(parts=size), "a.eml"), None, Obstacle.TOO_MANY_FILES,
    ),
    "a text that is packed in a picture": (
        pictures, "_MOST_TEXT", lambda size: (png(chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * size))), "a.png"),
        None, Obstacle.ZIP_BOMB,
    ),
    "groups within groups": (
        rtf, "_MOST_GROUPS", lambda size: (b"{\\rtf1 " + b"{" * (size - 1) + b"a" + b"}" * size, "a.rtf"),
        None, Obstacle.DAMAGED,
    ),
}  # fmt: skip


@each_row("limit", LIMITS)
def test_a_file_is_read_up_to_its_limit_and_told_beyond_it(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    module, name, make, within, beyond = LIMITS[limit]
    size = 20
    with monkeypatch.context() as patch:
        patch.setattr(module, name, size)
        assert read_content(*make(size)).opaque is within
        assert read_content(*make(size + 1)).opaque is beyond


PACKED: Mapping[str, Callable[[int], tuple[bytes, str]]] = {
    "a file in an archive": lambda size: (archive({"a.txt": b"a" * size}), "a.zip"),
    "files in an archive": lambda size: (archive({"a.txt": b"a" * (size - 9), "b.txt": b"b" * 9}), "a.zip"),
    "a compressed file": lambda size: (gzip.compress(b"a" * size), "a.gz"),
    "a file in a PDF": lambda size: (with_file(pdf(), "a.txt", b"a" * size), "a.pdf"),
    "the metadata of a PDF": lambda size: with_stream(size, key="/Metadata"),
    "the form of a PDF": lambda size: with_stream(size, key="/AcroForm << >> /XFA"),
    "a part of a message": lambda size: (
        b'From: a@x.example\r\nTo: b@x.example\r\nContent-Type: text/plain\r\n\r\n' + b"a" * size, "a.eml",
    ),
}  # fmt: skip


def with_stream(size: int, *, key: str) -> tuple[bytes, str]:
    """A PDF with a stream of so many octets that says something about it."""
    packed = zlib.compress(b"a" * size).decode("latin-1")
    stream = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed}\nendstream"
    octets = pdf(catalog=f"{key} 7 0 R", extra="stream").replace(
        b"7 0 obj\nstream", b"7 0 obj\n" + stream.encode("latin-1")
    )
    return octets, "a.pdf"


def opaque(octets: bytes, name: str, budget: UnpackBudget) -> Obstacle | None:
    """Why it cannot be checked; a PDF is read in this process."""
    found = Content()
    try:
        read_any(Source(octets, name, found, read_any, budget=budget), pdfs.read_pdf)
    except Opaque as error:
        found.obstruct(error.obstacle, error.limit)
    return found.opaque


def packed_objects(said: bytes) -> bytes:
    """A PDF with a stream of objects that no object refers to."""
    packed = zlib.compress(said)
    return pdf() + b"9 0 obj << /Type /ObjStm /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (len(packed), packed)


PDF_LIMITS: Mapping[str, tuple[ModuleType, str, int, bytes, bytes]] = {
    "strings beside its pages": (
        pdf_strings, "_MOST_TEXT", 2000, pdf(catalog=f"/Lang ({'a' * 500})"), pdf(catalog=f"/Lang ({'a' * 2500})"),
    ),
    "strings that are packed": (
        pdf_strings, "_MOST_UNPACKED", 2000, packed_objects(b"(abc)".ljust(500)), packed_objects(b"(abc)".ljust(2500)),
    ),
    "objects": (
        pdf_objects, "_MOST_OBJECTS", 12, pdf(), pdf(catalog=f"/A [{' '.join(f'{n} 1 R' for n in range(20, 40))}]"),
    ),
    "versions": (pdfs, "_MOST_REVISIONS", 3, pdf() + b"\n%%EOF" * 3, pdf() + b"\n%%EOF" * 4),
}  # fmt: skip


@each_row("limit", PDF_LIMITS)
def test_a_pdf_is_read_up_to_its_limit_and_told_beyond_it(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    module, name, most, within, beyond = PDF_LIMITS[limit]
    with monkeypatch.context() as patch:
        patch.setattr(module, name, most)
        assert opaque(within, "a.pdf", UnpackBudget()) is None
        assert opaque(beyond, "a.pdf", UnpackBudget()) is Obstacle.TOO_LARGE


UNJUDGED: Mapping[str, tuple[ModuleType, str]] = {
    "letters beside painted areas": (pdf_unseen, "_MOST_TESTS"),
    "octets of drawing": (pdf_unseen, "MOST_DRAWN"),
}


@each_row("limit", UNJUDGED)
def test_a_page_with_too_much_drawn_on_it_is_told(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    module, name = UNJUDGED[limit]
    page = b"1 g 0 0 99 99 re f 0 g 50 60 99 99 re f BT /F1 12 Tf 50 700 Td (Livret) Tj ET"
    octets = raw_pdf(zlib.compress(page))
    for most, told in ((1_000_000, []), (1, [1])):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, most)
            found = Content()
            pdfs.read_pdf(Source(octets, "a.pdf", found, read_any))
            assert found.unjudged_pages == told


def test_a_part_of_an_office_file_is_looked_at_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offices, "MOST_XML", 2000)
    for size, told in ((1999, None), (2001, Obstacle.TOO_LARGE)):
        assert read_content(office({"word/a.xml": "a" * size}), "a.docx").opaque is told


LONG_RUNS = ("abcdefghi ", "\\é é ", "<a:rPr sz='1' ", "<w:style ", "<c r='A1'>", " ", "\n", "BEGIN:", "x=", "%41", "(")


@each_row(
    ("run", "name"), [(run, name) for run in LONG_RUNS for name in ("a.bin", "a.html", "a.ics", "a.rtf", "a.docx")]
)
def test_the_same_signs_without_an_end_are_read_in_time_that_grows_with_them(run: str, name: str) -> None:
    octets = (run * 300_000)[:300_000].encode()
    if name == "a.docx":
        octets = office({"word/styles.xml": octets, "xl/worksheets/a.xml": octets, "ppt/slides/a.xml": octets})
    read_content(b"\0\1" + octets if name == "a.bin" else octets, name)


@each_row("what", PACKED)
def test_octets_are_unpacked_within_a_budget(what: str) -> None:
    ample = UnpackBudget(octets=1_000_000)
    assert opaque(*PACKED[what](500), ample) is not Obstacle.ZIP_BOMB
    spent = 1_000_000 - ample.octets
    assert spent >= 500
    assert opaque(*PACKED[what](500), UnpackBudget(octets=spent)) is not Obstacle.ZIP_BOMB
    assert opaque(*PACKED[what](500), UnpackBudget(octets=spent - 1)) is Obstacle.ZIP_BOMB


def test_files_within_a_file_are_opened_within_a_budget() -> None:
    assert opaque(message(parts=4), "a.eml", UnpackBudget(files=3)) is None
    assert opaque(message(parts=5), "a.eml", UnpackBudget(files=3)) is Obstacle.TOO_MANY_FILES


def test_what_unpacks_to_hundreds_of_times_its_size_is_a_bomb() -> None:
    assert read_content(office({"word/a.xml": b" " * 100_000}), "a.docx").opaque is None
    assert read_content(office({"word/a.xml": b" " * 500_000}), "a.docx").opaque is Obstacle.ZIP_BOMB


def test_a_pdf_of_many_pages_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "MOST_PAGES", 3)
    for pages, told in ((3, None), (4, Obstacle.TOO_MANY_PAGES)):
        found = Content()
        pdfs.read_pdf(Source(pdf(pages=pages), "a.pdf", found, read_any))
        assert found.opaque is told


def test_files_within_files_within_files_are_told_and_read_no_deeper() -> None:
    secret = b"Jean Dupont"
    for depth, read in ((3, True), (4, True), (5, False)):
        octets = archive({"a.txt": secret})
        for _ in range(depth):
            octets = archive({"a.zip": octets})
        found = read_content(octets, "a.zip")
        assert found.opaque is Obstacle.NESTED
        assert any("Jean Dupont" in piece.text for piece in found.pieces) is read
