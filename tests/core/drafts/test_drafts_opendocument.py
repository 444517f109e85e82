"""Texts of LibreOffice as letters: conditions, notes, and the numbers of lists, wherever their styles are."""

from __future__ import annotations

import io
import zipfile
from html import escape
from pathlib import Path

from each_row import each_row

from mailmerge.drafts import Draft, Lost, read_draft

NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"))
)
NAME = '<text:database-display text:column-name="Nom">Jean</text:database-display>'


def of(folder: Path, body: str, *, styles: str = "", common: str = "") -> Draft:
    packed = io.BytesIO()
    root = f"office:document-content {NAMESPACES}"
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        text = f"<office:body><office:text>{body}</office:text></office:body>"
        package.writestr("content.xml", f"<{root}>{styles}{text}</office:document-content>")
        package.writestr("styles.xml", f"<{root}>{common}</office:document-content>")
    path = folder / "lettre.odt"
    path.write_bytes(packed.getvalue())
    return read_draft(path, ("Civilité", "Nom", "Note"))


def depends(condition: str, then: str, otherwise: str) -> str:
    values = f'text:string-value-if-true="{then}" text:string-value-if-false="{otherwise}"'
    written = escape(condition, quote=True)
    return f'<text:conditional-text text:condition="{written}" {values}>Jean</text:conditional-text>'


def hidden(condition: str, text: str) -> str:
    return f'<text:hidden-text text:condition="{escape(condition, quote=True)}" text:string-value="{text}"/>'


AGREED = '{% if civilite == "M." %}Cher{% else %}Chère{% endif %}'
CONDITIONS = [
    (depends('ooow:[Base.Gens.Civilité] == "M."', "Cher", "Chère"), AGREED),
    (depends('ooow:Base.Gens.Civilité EQ "M."', "Cher", "Chère"), AGREED),
    (depends('ooow:Civilité NEQ "M."', "e", ""), '{% if civilite != "M." %}e{% endif %}'),
    (depends('ooow:Civilité == "M."', "", "e"), '{% if not (civilite == "M.") %}e{% endif %}'),
    (depends('ooow:[Nom] != ""', "de", "à"), "{% if nom %}de{% else %}à{% endif %}"),
    (depends("ooow:Note >= 10,5", "reçu", "refusé"), "{% if note|float >= 10.5 %}reçu{% else %}refusé{% endif %}"),
    (depends('ooow:Note L "9"', "R&amp;D", ""), "{% if note|float < 9 %}R&D{% endif %}"),
    (hidden('ooow:Civilité == "M."', "Madame"), '{% if not (civilite == "M.") %}Madame{% endif %}'),
]


@each_row(("text", "written"), CONDITIONS)
def test_a_condition_is_one_of_the_letter(tmp_path: Path, text: str, written: str) -> None:
    draft = of(tmp_path, f"<text:p>{text} fin</text:p>")
    assert (draft.body, draft.lost) == (f"{written} fin", ())


UNKNOWN = [
    depends("ooow:", "Cher", "Chère"),
    depends('ooow:Nom == "a" AND Note == "b"', "Cher", "Chère"),
    depends('ooow:Nom > "a"', "Cher", "Chère"),
    hidden("ooow:Nom", "Cher"),
]


@each_row("text", UNKNOWN)
def test_a_condition_that_cannot_be_taken_over_keeps_the_text_of_nobody(tmp_path: Path, text: str) -> None:
    draft = of(tmp_path, f"<text:p>{text} fin</text:p>")
    assert (draft.body, draft.lost) == ("{{ condition }} fin", (Lost.CONDITION,))


@each_row("kind", ["hidden-paragraph", "section"])
def test_a_text_that_is_hidden_for_some_is_reported(tmp_path: Path, kind: str) -> None:
    inside = f'<text:{kind} text:condition="ooow:Nom == 1">{{}}</text:{kind}>'
    body = inside.format("<text:p>a</text:p>") if kind == "section" else f"<text:p>{inside.format('')}a</text:p>"
    assert (of(tmp_path, body).body, of(tmp_path, body).lost) == ("a", (Lost.CONDITION,))


def test_fields_of_a_note_are_fields(tmp_path: Path) -> None:
    body = f"<text:note-body><text:p>Pour {NAME}</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    assert of(tmp_path, f"<text:p>Texte{note}.</text:p>").body == "Texte (Pour {{ nom }})."


def test_what_counts_people_prints_the_number_of_nobody(tmp_path: Path) -> None:
    number = "<text:database-row-number>1</text:database-row-number>"
    draft = of(tmp_path, f"<text:p>a{number}<text:database-next/></text:p>")
    assert (draft.body, draft.lost) == ("a{{ rownumber }}", (Lost.CALCULATION, Lost.STEPS))


LEVELS = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="1" text:start-value="{}"/>'
    '<text:list-level-style-bullet text:level="2"/><text:list-level-style-number text:level="3" style:num-format="a"/>'
    "</text:list-style>"
)
ITEM = "<text:list-item><text:p>{}</text:p></text:list-item>"


def listed(*texts: str, more: str = 'text:style-name="L"') -> str:
    return f"<text:list {more}>{''.join(map(ITEM.format, texts))}</text:list>"


def test_a_list_has_its_numbers_wherever_its_style_is_and_goes_on(tmp_path: Path) -> None:
    later = listed("d", more='text:style-name="L" text:continue-numbering="true"')
    nested = listed("a").replace("</text:p>", f"</text:p>{listed('x', more='')}", 1)
    for where in ("styles", "common"):
        body = listed("b", "c") + "<text:p>entre</text:p>" + later + "<text:p>puis</text:p>" + listed("e") + nested
        draft = of(tmp_path, body, **{where: LEVELS.format(1)})
        assert draft.body == "1. b\n2. c\n\nentre\n\n3. d\n\npuis\n\n1. e\n1. a\n   - x"
        assert of(tmp_path, listed("b"), **{where: LEVELS.format(5)}).body == "5. b"


def test_the_looks_of_a_word_are_kept_wherever_their_style_is(tmp_path: Path) -> None:
    strong = (
        '<style:style style:name="S" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    assert of(tmp_path, '<text:p><text:span text:style-name="S">a</text:span></text:p>', common=strong).body == "**a**"
