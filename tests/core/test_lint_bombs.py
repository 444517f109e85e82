"""Attachments made to hang or to exhaust whoever reads them: each ends soon, and is reported."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable

import pytest
from lint_files import archive, office, pdf, raw_pdf

from mailmerge.lint.extract import reader as extract
from mailmerge.lint.extract.content import Part
from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.lint.extract.reader import read_content

LOOP = pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a PDF that unpacks without end": ("a.pdf", lambda: raw_pdf(zlib.compress(b"(a) Tj " * 20_000_000))),
    "a PDF whose pages are their own parent": ("a.pdf", lambda: LOOP),
    "a zip bomb": ("a.docx", lambda: office({"word/a.xml": b" " * 60_000_000})),
    "an archive of thousands": ("a.docx", lambda: archive({f"{n}.xml": "a" for n in range(2_500)})),
    "archives within archives": ("a.zip", lambda: archive({"b.zip": archive({"c.zip": archive({"d": "e"})})})),
    "an entity bomb": ("a.docx", lambda: office({"word/a.xml": '<!DOCTYPE a [<!ENTITY b "&c;">]><a>&b;</a>'})),
    "a text of 20 million characters": ("a.txt", lambda: b"abc " * 5_000_000),
    "unclosed tags": ("a.html", lambda: b"<a " * 4_000_000),
    "unclosed groups": ("a.rtf", lambda: b"{\\rtf1 " + b"{\\b a" * 2_000_000),
    "a picture that is none": ("a.jpg", lambda: bytes(range(256)) * 40_000),
}


@pytest.mark.parametrize(("filename", "make"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_bounded_and_reported(filename: str, make: Callable[[], bytes]) -> None:
    octets = make()
    started = time.perf_counter()
    content = read_content(octets, filename)
    assert time.perf_counter() - started < 10
    assert content.opaque is not None


def test_a_reader_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_given: object) -> None:
        while True:
            pass

    monkeypatch.setattr(extract, "SECONDS", 0.3)
    monkeypatch.setattr(extract, "read_pdf", endless)
    content = read_content(pdf(), "a.pdf")
    assert (content.opaque, content.limit) == (Obstacle.TOO_SLOW, 0)


@pytest.mark.parametrize(
    "octets",
    [b"", b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"\x00" * 5000, b"\xff\xfe\x00"],
)
def test_fragments_are_no_reason_to_break(octets: bytes) -> None:
    read_content(octets, "a.pdf")


@pytest.mark.parametrize(
    "tags", ["<w:p>{}</w:p><w:p>{}</w:p>", "<a:p><a:t>{}</a:t></a:p> <a:t>{}</a:t>", "<a>{}</a><b>{}</b>"]
)
def test_words_of_two_paragraphs_are_not_put_together(tags: str) -> None:
    content = read_content(office({"word/document.xml": tags.format("Jean", "Dupont")}), "a.docx")
    [text] = [piece.text for piece in content.pieces if piece.part is Part.TEXT]
    assert "Jean" in text.split()
    assert "Dupont" in text.split()
