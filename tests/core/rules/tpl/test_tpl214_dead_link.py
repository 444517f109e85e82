"""TPL214: Every link leads somewhere, and every picture is shown."""

from __future__ import annotations

from each_row import each_row
from lint_cases import HEADERS, PEOPLE, inspection_of, letter_of, table_of
from rule_cases import Case, case, cases_of, expect, found

from mailmerge.model import Severity

GREETING = "Subject: x\n\nBonjour {{ nom }},\n\n"


def letter(text: str, name: str = "lettre.md", header: str = "") -> Case:
    def make():  # type: ignore[no-untyped-def]
        made = letter_of(f"{header}{GREETING}{text}\n", name=name)
        (made.path.parent / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        return inspection_of(letter=made)

    return make


def linked(cells: list[str]) -> Case:
    rows = [(*row, value) for row, value in zip(PEOPLE, cells, strict=True)]
    return lambda: inspection_of(table_of(rows, (*HEADERS, "Lien")), GREETING + "[page]({{ lien }})\n")


ALL = {"affected": (1, 2, 3, 4, 5, 6), "count": 6, "letter_line": 5}
FAILS = {
    "a file": case(
        letter("[l'offre](pieces/1.pdf)"),
        expect(
            **ALL,
            fingerprint="96176e4cd408adab",
            excerpt="pieces/1.pdf",
            says='lettre.md, line 5: the link "l\'offre" leads to a file, pieces/1.pdf, which no recipient has (6 messages)',
            fix='Attach the file with a line "Attachment: pieces/1.pdf", or give the address of a page, beginning with https://.',
        ),
    ),
    "nothing": case(
        letter("[vide]()"),
        expect(
            **ALL, fingerprint="f3dbb4a96fbd9689", says='lettre.md, line 5: the link "vide" leads nowhere (6 messages)'
        ),
    ),
    "an address without https": case(
        letter("[site](www.exemple.test/a)"),
        expect(
            **ALL,
            fingerprint="5dff0c512a742060",
            excerpt="www.exemple.test/a",
            says='lettre.md, line 5: the link "site" leads to www.exemple.test/a, which is not a complete address (6 messages)',
        ),
    ),
    "a place that is not there": case(
        letter("[suite](#suite)"),
        expect(
            **ALL,
            fingerprint="d7c477e7b3b78a8f",
            excerpt="#suite",
            says='lettre.md, line 5: the link "suite" leads to #suite, a place that the message does not have (6 messages)',
        ),
    ),
    "an e-mail address that is none": case(
        letter("[nous](mailto:rh.exemple.test)"),
        expect(
            **ALL,
            fingerprint="f98f6b1efebe1314",
            excerpt="mailto:rh.exemple.test",
            says='lettre.md, line 5: the link "nous" leads to mailto:rh.exemple.test, which is not an e-mail address (6 messages)',
        ),
    ),
    "a picture that is not attached": case(
        letter("![logo](nope.png)"),
        expect(
            **ALL,
            fingerprint="f835a764ab87d3c6",
            excerpt="nope.png",
            says="lettre.md, line 5: the picture nope.png is not attached, and would not be shown (6 messages)",
            fix='Add a line "Attachment: nope.png" at the top of the letter, with the file in its folder, or delete it.',
        ),
    ),
    "a picture without a file": case(
        letter("![logo]()"),
        expect(
            **ALL,
            fingerprint="f9d49142d7eaa049",
            says="lettre.md, line 5: a picture without a file would not be shown (6 messages)",
        ),
    ),
    "a picture in the text": case(
        letter('<img src="data:image/png;base64,AAAA">', "lettre.html"),
        expect(
            **ALL,
            fingerprint="4e93e9685b624a0c",
            severity=Severity.WARN,
            excerpt="data:image/png;base64,AAAA",
            says="lettre.html, line 5: a picture is part of the letter's text, which many mail programs do not show (6 messages)",
        ),
    ),
    "what Markdown does not take for a link": case(
        letter("[lien] (https://exemple.test)"),
        expect(
            letter_line=5,
            excerpt="[lien] (https://exemple.test)",
            fingerprint="d61127f736306ed4",
            says="lettre.md, line 5: [lien] (https://exemple.test) is not read as a link, and would be printed literally",
        ),
    ),
    "a cell that is no address": case(
        linked(["https://a.example", "a.example/x", *["https://a.example/y"] * 4]),
        expect(
            record=2,
            line=3,
            letter_line=5,
            excerpt="a.example/x",
            fingerprint="6796b56468347a54",
            says='Jean Dupont (line 3): the link "page" leads to "a.example/x", which is not the address of a page (lettre.md, line 5)',
        ),
    ),
    "many such cells": case(
        linked([f"page{n}.pdf" for n in range(6)]),
        expect(
            record=1,
            line=2,
            letter_line=5,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="page0.pdf",
            fingerprint="96551de125d735a0",
            says='in 6 messages the link "page" does not lead to a page, but for example to "page0.pdf" (lettre.md, line 5; lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
}
PASSES = {
    "brackets and parentheses": letter(
        "voir [1] (page 3), [x](https://exemple.test 'titre') et [y](<https://exemple.test/a b>)"
    ),
    "a page": letter("[site](https://exemple.test/a?b=c#d) et <https://exemple.test> et https://exemple.test."),
    "an e-mail address": letter("[nous](mailto:rh@exemple.test?subject=x) et <rh@exemple.test>"),
    "a telephone": letter("[appel](tel:+33500000000)"),
    "a place of the message": letter('<p id="bas">x</p><a href="#bas">bas</a> <a name="haut"></a>', "lettre.html"),
    "a picture that is attached": letter("![logo](logo.png)", header="Attachment: logo.png\n"),
    "the same, named otherwise": letter("![logo](./logo.png)", header='Attachment: "logo.png"\n'),
    "a picture on the web": letter("![logo](https://exemple.test/logo.png)"),
    "a field in an address": letter("[page](https://exemple.test/{{ reference }})"),
    "a text letter": letter("[vide]() ![x](nope.png)", "lettre.txt"),
    "cells that are addresses": linked([f"https://a.example/{n}" for n in range(6)]),
}

test_fails, test_passes = cases_of("TPL214", FAILS, PASSES)

DEAD = (
    "", "#", "##", "#top", "pieces/1.pdf", "./a.docx", "../a.pdf", "C:/Users/a.pdf", "file:///c:/a.pdf", "offre.pdf",
    "javascript:void(0)", "http://", "https://", "https:///a", "mailto:", "mailto:a", "tel:", "//exemple.test/a",
    "www.exemple.test", "exemple.test/a", "rh@exemple.test", "http://localhost/a", "http://127.0.0.1:8000/", "about:blank",
    "/offres/1", "offres", "pieces/{{ reference }}.pdf", "exemple.test/{{ reference }}",
)  # fmt: skip
FORMS = {
    "lettre.md": ("[lien]({})", "avant [**lien** ici]({}) après", "- [lien]({})", '<a href="{}">lien</a>'),
    "lettre.html": (
        '<a href="{}">lien</a>',
        "<p><A HREF='{}'><b>lien</b></A></p>",
        '<a class="x" href=" {} ">lien</a>',
    ),
}


@each_row("target", DEAD)
@each_row(("name", "form"), [(name, form) for name, forms in FORMS.items() for form in forms])
def test_a_link_that_leads_nowhere_blocks(target: str, name: str, form: str) -> None:
    findings = found(letter(f"Madame,\n\n{form.format(target)}", name)(), "TPL214")
    assert [(finding.severity, finding.letter_line) for finding in findings] == [(Severity.BLOCK, 7)]


HEAD = ("Subject: pieces/1.pdf", "Reply-To: rh@exemple.test", "Content-Language: fr", "From: RH <rh@exemple.test>")


@each_row("headers", range(1, len(HEAD) + 1))
@each_row("lines", range(4))
def test_a_link_is_found_on_its_line_below_any_header(headers: int, lines: int) -> None:
    head = "".join(f"{line}\n" for line in HEAD[:headers])
    text = "Bonjour {{ nom }},\n" * lines + "[offre](pieces/1.pdf)\n"
    (finding,) = found(inspection_of(letter=f"{head}\n{text}"), "TPL214")
    assert finding.letter_line == headers + 2 + lines


ABSENT = ("nope.png", "./nope.png", "img/logo.png", "C:\\logo.png", "file:///logo.png", "{{ reference }}.png", "")


@each_row("source", ABSENT)
@each_row("form", ['<img src="{}">', '<p><img alt="x" src="{}" width="9"/></p>', '<table background="{}">'])
def test_a_picture_that_is_not_attached_blocks(source: str, form: str) -> None:
    if not source and "background" in form:
        source = "nope.gif"
    findings = found(letter(form.format(source), "lettre.html")(), "TPL214")
    assert [finding.severity for finding in findings] in ([Severity.BLOCK], [Severity.BLOCK] * len(PEOPLE))


LEADS = {
    "www.plan.zip": "incomplete", "www.plan.pdf": "incomplete", "site.exemple.com/x": "incomplete",
    "plan.zip": "file", "plan.pdf": "file", "plans/plan.pdf": "file",
}  # fmt: skip
"""Targets that say no protocol, and what they are."""


@each_row(("target", "lead"), LEADS.items())
def test_a_site_without_a_protocol_is_no_file(target: str, lead: str) -> None:
    (finding,) = found(inspection_of(letter=f"Subject: x\n\nBonjour {{{{ nom }}}},\n\n[ici]({target})\n"), "TPL214")
    assert finding.says.id == f"tpl214.{lead}"
