"""Attachments made to hang or to exhaust whoever reads them: each ends soon, and is reported."""

from __future__ import annotations

import errno
import os
import re
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from each_row import each_row, whole_or
from lint_files import archive, office, pdf, raw_pdf

from mailmerge.lint.extract import apart, source
from mailmerge.lint.extract.content import MOST_TEXT, Part
from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.lint.extract.office import slides_unseen, workbook_unseen
from mailmerge.lint.extract.reader import read_content

STYLES = whole_or(3_000, 6_000)


def white_styles() -> bytes:
    """A document with thousands of styles in white, all of them used for something else than words."""
    styles = "".join(
        f'<style:style style:name="T{n}"><style:text-properties fo:color="#ffffff"/></style:style>'
        for n in range(STYLES)
    )
    used = "".join(f'<text:span text:style-name="T{n}">-</text:span>' for n in range(STYLES))
    text = f"<text:p>un mot</text:p><text:p>{used * 12}</text:p>"
    return archive({"content.xml": f"<office:document-content>{styles}{text}</office:document-content>"})


def one_text_in_every_cell() -> bytes:
    """A workbook of 40,000 cells, each of which refers to the same text of a million letters."""
    cell = '<c t="s"><v>0</v></c>'
    row = f"<row>{cell * 20_000}</row>"
    return office(
        {
            "xl/sharedStrings.xml": f"<sst><si><t>{'ab ' * 333_000}</t></si></sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{row * 2}</sheetData></worksheet>",
        }
    )


def hidden_styles() -> bytes:
    """A document with thousands of styles that hide words, and none of them used."""
    styles = "".join(f'<w:style w:styleId="S{n}"><w:rPr><w:vanish/></w:rPr></w:style>' for n in range(STYLES * 3))
    text = "".join(f'<w:p w:rsidR="S{n}x"><w:r><w:t>mot</w:t></w:r></w:p>' for n in range(STYLES * 18))
    return office(
        {"word/styles.xml": f"<w:styles>{styles}</w:styles>", "word/document.xml": f"<w:body>{text}</w:body>"}
    )


def white_columns() -> bytes:
    """A sheet of thousands of columns with a style each, and thousands of styles in white that none of them has."""
    white = '<style:style style:name="T{}"><style:text-properties fo:color="#ffffff"/></style:style>'
    styles = "".join(white.format(n) for n in range(STYLES * 3))
    columns = "".join(f'<table:table-column table:default-cell-style-name="C{n}"/>' for n in range(STYLES * 3))
    row = (
        f"<table:table-row>{'<table:table-cell><text:p>mot</text:p></table:table-cell>' * STYLES * 3}</table:table-row>"
    )
    used = '<table:table-column table:default-cell-style-name="T1"/>'
    sheet = f"<table:table >{columns}{used}{row * 6}</table:table>"
    return archive({"content.xml": f"<office:document-content>{styles}{sheet}</office:document-content>"})


LOOP = pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a PDF that unpacks without end": ("a.pdf", lambda: raw_pdf(zlib.compress(b"(a) Tj " * 20_000_000))),
    "a PDF whose pages are their own parent": ("a.pdf", lambda: LOOP),
    "a zip bomb": ("a.docx", lambda: office({"word/a.xml": b" " * 60_000_000})),
    "an archive of thousands": ("a.docx", lambda: archive({f"{n}.xml": "a" for n in range(2_500)})),
    "archives within archives": ("a.zip", lambda: archive({"b.zip": archive({"c.zip": archive({"d": "e"})})})),
    "an entity bomb": ("a.docx", lambda: office({"word/a.xml": '<!DOCTYPE a [<!ENTITY b "&c;">]><a>&b;</a>'})),
    "a text of 20 million characters": ("a.txt", lambda: b"abc " * 5_000_000),
    "a workbook of one long text": ("a.xlsx", one_text_in_every_cell),
    "unclosed tags": ("a.html", lambda: b"<a " * 4_000_000),
    "unclosed groups": ("a.rtf", lambda: b"{\\rtf1 " + b"{\\b a" * 2_000_000),
    "a subject of encoded words": ("a.eml", lambda: b"To: a@b.example\nSubject: " + b"=?utf-8?q?a?= " * 300_000),
    "a subject of words that never end": ("a.eml", lambda: b"To: a@b.example\nSubject: " + b"=?utf-8?q?a " * 300_000),
    "a card of lines that go on": (
        "a.vcf",
        lambda: b"BEGIN:VCARD\r\nNOTE;X=" + b"a" * 300_000 + b";ENCODING=QUOTED-PRINTABLE:a=\r\n" + b"b=\r\n" * 60_000,
    ),
    "a text of thousands of white styles": ("a.odt", white_styles),
    "a document of styles that nothing has": ("styles.docx", hidden_styles),
    "a sheet of thousands of columns": ("a.ods", white_columns),
    "a page of one long number": (
        "number.pdf",
        lambda: raw_pdf(zlib.compress(b"BT /F1 12 Tf 50 700 Td (Livret) Tj 0 " + b"2" * 60_000 + b"x Td ET")),
    ),
    "a picture that is none": ("a.jpg", lambda: bytes(range(256)) * 20_000),
}


_READ_WHOLE = {"a.eml", "a.odt", "a.vcf", "a.ods", "styles.docx", "number.pdf"}
MOST_WORK = 10.0
"""Seconds of a processor for one file: what else the machine does, counts for nothing."""


@pytest.mark.parametrize(("filename", "make"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_bounded_and_reported(filename: str, make: Callable[[], bytes]) -> None:
    octets = make()
    before = work_done()
    content = read_content(octets, filename)
    assert work_done() - before < MOST_WORK
    assert sum(len(piece.text) for piece in content.pieces) <= MOST_TEXT
    assert (content.opaque is None) == (filename in _READ_WHOLE)


OPENINGS = {
    "<p:spPr>": slides_unseen._FILLED,
    "<a:rPr>": slides_unseen._COLOURED,
    "<a:ln>": slides_unseen._LINE,
    "<a:rPr><a:ln>": slides_unseen._WHITE_LETTERS,
    "<p:bg>": slides_unseen._GROUND,
    "<a:lstStyle>": slides_unseen._LIST_STYLE,
    "<r>": workbook_unseen._RUN,
    "<rPr>": workbook_unseen._PROPERTIES,
    "<conditionalFormatting>": workbook_unseen._CONDITIONAL,
    "<c>": workbook_unseen._CELL,
}


@each_row(("opening", "pattern"), OPENINGS.items(), ids=OPENINGS.keys())
def test_an_element_that_is_begun_thousands_of_times_is_searched_in_its_length(
    opening: str, pattern: re.Pattern[str]
) -> None:
    before = time.process_time()
    assert list(pattern.finditer(opening * 60_000)) == []
    assert time.process_time() - before < MOST_WORK / 5


def work_done() -> float:
    """Seconds of a processor so far: of this process, of the one that reads for it, and of those that it ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + _work_of_reader()


def _work_of_reader() -> float:
    process = apart._helper._process
    if process is None or process.poll() is not None:
        return 0.0
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_the_work_of_a_reader_is_counted_while_it_runs_and_once_it_ended() -> None:
    read_content(pdf(), "a.pdf")
    running = work_done()
    assert _work_of_reader() > 0
    assert apart._helper._process is not None
    apart._helper._end(apart._helper._process)
    assert work_done() >= running - 0.02  # ticks of its clock


ENDLESS = "import sys, time; sys.stdin.buffer.read(8); time.sleep(600)"
BROKEN = "import os, sys; sys.stdin.buffer.read(8); os._exit(3)"


@pytest.mark.parametrize(("program", "obstacle"), [(ENDLESS, Obstacle.TOO_SLOW), (BROKEN, Obstacle.DAMAGED)])
@pytest.mark.parametrize("inside", [False, True])
def test_a_reader_that_never_ends_or_dies_is_ended_and_the_next_file_is_read(
    monkeypatch: pytest.MonkeyPatch, program: str, obstacle: Obstacle, inside: bool
) -> None:
    """Whatever PDF's reader does: it is a process of its own."""
    file = (archive({"a.pdf": pdf()}), "a.zip") if inside else (pdf(), "a.pdf")
    with monkeypatch.context() as patch:
        patch.setattr(apart, "_helper", apart._Helper())
        patch.setattr(apart, "_COMMAND", [sys.executable, "-c", program])
        patch.setattr(source, "SECONDS", 0.5)
        content = read_content(*file)
        assert content.opaque is obstacle
        patch.undo()
        assert read_content(*file).opaque is not Obstacle.TOO_SLOW


@pytest.mark.parametrize(
    "refused", [OSError(errno.EAGAIN, "fork refused"), MemoryError(), RuntimeError("can't start new thread")], ids=repr
)
@pytest.mark.parametrize("what", ["Popen", "Timer"])
def test_a_file_whose_reader_cannot_be_started_is_not_called_damaged(
    monkeypatch: pytest.MonkeyPatch, refused: Exception, what: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise refused

    with monkeypatch.context() as patch:
        patch.setattr(apart, "_helper", apart._Helper())
        patch.setattr(*((apart.subprocess, "Popen") if what == "Popen" else (apart, "Timer")), refuse)
        apart.make_ready()
        assert read_content(pdf(), "a.pdf").opaque is Obstacle.NO_READER
        patch.undo()
        assert read_content(pdf(), "a.pdf").opaque is not Obstacle.NO_READER


def test_the_process_that_reads_ends_with_the_program_and_names_itself_nowhere() -> None:
    program = (
        "from mailmerge.lint.extract import apart; from mailmerge.lint.extract.reader import read_content\n"
        "read_content(open(0, 'rb').read(), 'a.pdf'); print(apart._helper._process.pid)"
    )
    done = subprocess.run([sys.executable, "-c", program], input=pdf(), capture_output=True, timeout=60, check=True)
    assert not done.stderr
    pid = int(done.stdout)
    while runs(pid):
        time.sleep(0.02)


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


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
