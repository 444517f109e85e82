"""Web pages and mails as people lay them out: each paragraph is one, each point has its sign, each link its field."""

from __future__ import annotations

from pathlib import Path

import pytest
from draft_files import docx, run
from each_row import each_row

from mailmerge.drafts import read_draft

COLUMNS = ("Nom", "Prénom", "Lien", "Id")


def body_of(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return read_draft(path, COLUMNS).body


def cells(*rows: str) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


OFFICE = "<p style='mso-list:l0 level{} lfo1'><span style='mso-list:Ignore'>{}<span>&nbsp; </span></span>{}</p>"
PAGES = [
    # a table that only puts text in its place
    (cells("<td><h1>Titre</h1><p>Bonjour {{nom}},</p><p>Merci.</p></td>"), "# Titre\n\nBonjour {{ nom }},\n\nMerci."),
    (cells("<td><p>a</p><p>b</p></td><td><p>c</p></td>"), "a\n\nb\n\nc"),
    (cells("<td>a</td><td>&nbsp;</td>", "<td>b<br>c</td><td></td>"), "a\n\nb\nc"),
    (cells("<td>" + cells("<td>a</td>", "<td><p>b</p><p>c</p></td>") + "</td>", "<td>d</td>"), "a\n\nb\n\nc\n\nd"),
    (cells("<td><ul><li>a<li>b</ul></td>", "<td><hr>c</td>"), "- a\n- b\n\n---\n\nc"),
    (
        cells("<td>" + cells("<td>a</td><td>b</td>", "<td>c</td><td>d</td>") + "</td>"),
        "| a | b |\n| --- | --- |\n| c | d |",
    ),
    (cells("<td>a</td><td>b</td>", "<td colspan=2><p>c<p>d<p>e<p>f</td>"), "a\n\nb\n\nc\n\nd\n\ne\n\nf"),
    (
        cells("<td>a</td><td>b</td>", "<td>c</td><td>d</td>").replace("<table", "<table role=presentation"),
        "a\n\nb\n\nc\n\nd",
    ),
    # a table of data
    (cells("<td>a</td><td>b</td>", "<td><p>c<p>d<p>e</td><td>f</td>"), "| a | b |\n| --- | --- |\n| c d e | f |"),
    # the signs of points
    ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
    ("<ol><li>a<li value=7>b<li>c</ol>", "1. a\n7. b\n8. c"),
    (OFFICE.format(1, "·", "a") + OFFICE.format(2, "o", "b") + OFFICE.format(1, "3.", "c"), "- a\n   - b\n3. c"),
    # links
    ('<a href="https://rh.example/a b(c)?x={{id}}">x</a>', "[x](https://rh.example/a%20b%28c%29?x={{ id }})"),
    ('<a href="https://rh.example/%7B%7BPr%C3%A9nom%7D%7D">x</a>', "[x](https://rh.example/{{ prenom }})"),
    ('<a href="https://rh.example/?n=%C2%ABNom%C2%BB">x</a>', "[x](https://rh.example/?n={{ nom }})"),
    ('<a href="{{lien}}">x</a>', "[x]({{ lien }})"),
    ('<a href="https://rh.example/a_b?x={{id}}&y=_">x</a>', "[x](https://rh.example/a_b?x={{ id }}&y=_)"),
    ('<a href="https://rh.example/?x[]=1&y=$z">x</a>', "[x](https://rh.example/?x[]=1&y=$z)"),
    ('<a href="www.rh.example/a_b">x</a>', "[x](https://www.rh.example/a_b)"),
    # lines
    ("<pre>a\n  b</pre>", "a\nb"),
    # a field in French quotation marks, and a quotation
    ("<p>Bonjour «&nbsp;Nom&nbsp;», « Prénom »</p>", "Bonjour {{ nom }}, {{ prenom }}"),
    ("<p>dit « bonjour »</p>", "dit « bonjour »"),
]  # fmt: skip


@each_row(("page", "body"), PAGES)
def test_a_page_is_the_letter_that_its_reader_sees(tmp_path: Path, page: str, body: str) -> None:
    assert body_of(tmp_path, "page.html", f"<html><body>{page}</body></html>".encode()) == body


@each_row("sign", [chr(code) for code in (0, 1, 8, 11, 14, 31, 127)])
def test_a_character_that_no_letter_can_have_is_left_out(tmp_path: Path, sign: str) -> None:
    assert body_of(tmp_path, "page.html", f"<p>a{sign}b</p>".encode()) == "ab"


FLOWED = [
    ("Une ligne \nqui continue \nici.\n\nFin.", "Une ligne qui continue ici.\n\nFin."),
    ("a \n\nb\nc", "a\n\nb\nc"),
    ("a\n-- \nClaire", "a\n\\--\nClaire"),
    (" >a\n  b", "\\>a\nb"),
]


@each_row(("text", "body"), FLOWED)
def test_lines_that_a_mail_program_broke_are_whole_again(tmp_path: Path, text: str, body: str) -> None:
    head = "Subject: x\nContent-Type: text/plain; charset=utf-8; format={}\n\n"
    assert body_of(tmp_path, "a.eml", f"{head.format('flowed')}{text}".encode()) == body
    fixed = body_of(tmp_path, "b.eml", f"{head.format('fixed')}{text}".encode())
    assert fixed.count("\n") == text.count("\n")


def test_the_cells_of_a_letterhead_of_word_keep_their_lines(tmp_path: Path) -> None:
    cell = "<w:tc><w:p>{}</w:p><w:p>{}</w:p></w:tc>"
    row = cell.format(run("Atelier Sud"), run("1 rue X")) + cell.format(run("«Nom»"), run("Toulouse"))
    content = docx(f"</w:p><w:tbl><w:tr>{row}</w:tr></w:tbl><w:p>")
    assert body_of(tmp_path, "a.docx", content) == "Atelier Sud\n\n1 rue X\n\n{{ nom }}\n\nToulouse"


@pytest.mark.parametrize("tail", ["<b", '<b class="x', "</b", "<!-- a", "<b <b <b" * 1000, "<?php echo", "<![if"])
def test_nothing_is_shown_of_a_tag_that_the_end_of_a_page_has_cut_off(tmp_path: Path, tail: str) -> None:
    assert body_of(tmp_path, "a.html", f"<p>Bonjour a < b {tail}".encode()) == "Bonjour a \\< b"


@pytest.mark.parametrize(
    ("page", "body"),
    [
        ("20 m<sup>2</sup>", "20 m²"),
        ("H<sub>2</sub>O", "H₂O"),
        ("10<sup>-3</sup> et 10<sup>12</sup>", "10⁻³ et 10¹²"),
        ("1<sup>er</sup> mars, 2<sup>e</sup>", "1er mars, 2e"),
        ("note <sup>[1]</sup>", "note \\[1\\]"),
        ("x<sup>2024</sup>", "x2024"),
    ],
)
def test_figures_above_and_below_the_line_say_the_same(tmp_path: Path, page: str, body: str) -> None:
    assert body_of(tmp_path, "a.html", f"<meta charset='utf-8'><p>{page}</p>".encode()) == body


def test_figures_above_the_line_of_word_do_so_too(tmp_path: Path) -> None:
    raised = run("20 m") + run("2", '<w:vertAlign w:val="superscript"/>')
    assert body_of(tmp_path, "b.docx", docx(raised)) == "20 m²"
