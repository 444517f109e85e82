"""Documents of Word, LibreOffice, browsers and mail programs become letters that can be checked and sent."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from email.header import Header
from html import escape
from itertools import product
from pathlib import Path
from unicodedata import normalize

import pytest
from draft_files import complex_field, docx, run, simple_field
from each_row import each_row, whole_or
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from letter_cases import bodies, body_letter, composed, letter_of, parsed, sealed
from libreoffice_files import SOFFICE, convert

from mailmerge.campaign.setup.import_draft import import_draft
from mailmerge.drafts import SUFFIXES, Draft, Lost, read_draft
from mailmerge.drafts.fields import with_fields
from mailmerge.drafts.typed_code import CODE
from mailmerge.errors import InputError, UsageError
from mailmerge.letter import read_letter

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
COLUMNS = ("Prénom", "Nom", "Poste visé", "Adresse e-mail")


def of(tmp_path: Path, name: str, content: bytes, columns: tuple[str, ...] = COLUMNS) -> Draft:
    path = tmp_path / name
    path.write_bytes(content)
    return read_draft(path, columns)


def of_html(tmp_path: Path, html: str, columns: tuple[str, ...] = COLUMNS) -> Draft:
    return of(tmp_path, "letter.html", f"<html><body>{html}</body></html>".encode(), columns)


SURE = ["«{}»", "&lt;&lt;{}&gt;&gt;", "{{{{{}}}}}", "{{{{ {} }}}}", "*|{}|*", "${{{}}}", "[[{}]]"]
PERHAPS = ["{{{}}}", "%{}%", "[{}]", "#{}#", "‹{}›"]


@each_row("mark", [*SURE, *PERHAPS])
@each_row("written", ["Poste visé", "poste_vise", "POSTE_VISE", "PosteVisé", "poste visé"])
def test_the_fields_of_other_programs_are_the_columns_of_the_table(tmp_path: Path, mark: str, written: str) -> None:
    shown = mark.format(written)
    assert of_html(tmp_path, f"<p>Le poste {shown}, merci</p>").body == "Le poste {{ poste_vise }}, merci"


@pytest.mark.parametrize("mark", SURE)
def test_marks_that_only_fields_have_are_fields_without_a_column_too(tmp_path: Path, mark: str) -> None:
    draft = of_html(tmp_path, f"<p>Le {mark.format('Date du jour')}</p>")
    assert (draft.body, draft.fields) == ("Le {{ date_du_jour }}", ("Date du jour",))


@pytest.mark.parametrize(
    "text", ["voir [1]", "[sic]", "100 % sûr et 5 % de plus", "{x}", "il a dit « bonjour » et « au revoir »", "a #1 b"]
)
def test_marks_of_ordinary_text_stay_text(tmp_path: Path, text: str) -> None:
    assert of_html(tmp_path, f"<p>{text}</p>").fields == ()


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        (docx(f"<w:ins>{run('nouveau')}</w:ins><w:del><w:r><w:delText>vieux</w:delText></w:r></w:del>"), Lost.TRACKED),
        (docx(run("a"), word__vbaProject_bin=b"x"), Lost.MACROS),
        (docx(run("a", '<w:color w:val="FFFFFF"/>')), Lost.WHITE),
        (docx(run("a") + run("note interne", "<w:vanish/>")), Lost.HIDDEN),
        (docx(complex_field(' DATE \\@ "dd/MM" ', "01/02")), Lost.TODAY),
        (docx(complex_field(" ADDRESSBLOCK ", "x")), Lost.ADDRESS_BLOCK),
        (docx(run("a", '<w:rFonts w:ascii="Arial"/>')), Lost.LOOKS),
    ],
)
def test_what_a_letter_cannot_hold_is_reported(tmp_path: Path, content: bytes, lost: Lost) -> None:
    draft = of(tmp_path, "a.docx", content)
    assert lost in draft.lost
    assert not {"vieux", "interne"} & set(draft.body.split())


MARKS = ("{", "{{", "{{{", "{{{{", "}", "}}", "}}}", "{%", "%}", "{%%", "{#", "#}", "{##", "{{%", "{#{", "{ {{")
BESIDE = ("", "a", "{", "}", "%", "#", "{ ", " }")
AROUND_A_FIELD = [
    ("{{Nom}}", "Petit"), ("{{{Nom}}}", "Petit"), ("{{{ Nom }}}", "Petit"), ("{«Nom»}", "{Petit}"),
    ("x{{Nom}}}", "xPetit}"), ("{{{Nom}}x", "{Petitx"), ("{<<Nom>>}", "{Petit}"), ("{{Nom}}{{Nom}}", "PetitPetit"),
    ("{{{{Nom}}}}", "{Petit}"), (r"\{«Nom»", r"\{Petit"), ("{{«Nom»", "{{Petit"),
]  # fmt: skip
TEXTS = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"]) | st.sampled_from("{%#}*_`[]<>~|\\&!-+=.:"), max_size=40
)


@settings(max_examples=300, deadline=None)
@given(words=TEXTS)
def test_any_other_text_is_printed_as_it_was(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    folder = tmp_path_factory.mktemp("draft")
    draft = of_html(folder, f"<p>Début {escape(words)} fin</p>", ("Colonne",))
    assume(not draft.fields and not CODE.search(words))
    printed = bodies(parsed(sealed(composed(body_letter(folder, draft.body, "letter.md")))))
    assert " ".join(printed["plain"].split()) == normalize("NFC", " ".join(f"Début {words} fin".split()))


@each_row("words", [f"{before}{mark}{after}" for mark in MARKS for before in BESIDE for after in BESIDE])
def test_braces_in_any_number_are_printed_as_they_were(tmp_path: Path, words: str) -> None:
    draft = of_html(tmp_path, f"<p>Début {escape(words)} fin</p>", ("Colonne",))
    printed = bodies(parsed(sealed(composed(body_letter(tmp_path, draft.body, "letter.md")))))
    assert printed["plain"].split() == f"Début {words} fin".split()


@each_row(("words", "printed"), AROUND_A_FIELD)
def test_braces_around_a_field_are_no_part_of_it(tmp_path: Path, words: str, printed: str) -> None:
    draft = of_html(tmp_path, f"<p>Bonjour {escape(words)} !</p>", ("Nom",))
    letter = letter_of(tmp_path, f"Subject: x\nFields: nom\n\n{draft.body}", "letter.md")
    assert bodies(parsed(sealed(composed(letter, nom="Petit"))))["plain"].split() == ["Bonjour", printed, "!"]


@each_row("mark", [chr(code) for code in range(0xE020, 0xE034)])
def test_a_character_of_private_use_is_text_and_writes_no_markdown(tmp_path: Path, mark: str) -> None:
    words = f"{mark}**{{{{ nom }}}}** \ue030{{% x %}}\ue031 {mark}"
    draft = of_html(tmp_path, f"<p>Début <b>gras {escape(words)}</b></p>", ("Colonne",))
    assert draft.body.replace(mark, "").startswith(r"Début **gras \*\*{{ nom }}\*\* \{\% x %}")


def test_formatting_that_an_e_mail_shows_is_kept(tmp_path: Path) -> None:
    draft = of_html(
        tmp_path,
        "<h2>Suite</h2><p>Un <b>mot</b> <i>fort</i> <s>faux</s> et <a href='https://x.example/a b'>ici</a>."
        "<br>Ligne</p>"
        "<ul><li>un</li><li>deux<ol><li>trois</li></ol></li></ul><blockquote><p>dit</p></blockquote>"
        "<table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table><hr>",
    )
    assert draft.body == (
        "## Suite\n\nUn **mot** *fort* ~~faux~~ et [ici](https://x.example/a%20b).\nLigne\n\n"
        "- un\n- deux\n   1. trois\n\n"
        "> dit\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n---"
    )


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "#below", "\\\\host\\x"]
)
def test_a_link_that_leads_nowhere_in_an_e_mail_becomes_its_text(tmp_path: Path, href: str) -> None:
    assert of_html(tmp_path, f'<p><a href="{href}">ici</a></p>').body == "ici"


def test_a_mail_gives_its_subject_its_text_and_its_pictures(tmp_path: Path) -> None:
    content = (
        b"Subject: =?utf-8?q?R=C3=A9ponse_=C2=ABPoste_vis=C3=A9=C2=BB?=\nTo: a@x.example\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset=iso-8859-1\n\n'
        b'<p>Bonjour \xab Nom \xbb <img src="cid:l@x"><img src="https://t.example/p.png"></p>\n--b\n'
        b"Content-Type: image/png\nContent-ID: <l@x>\nContent-Transfer-Encoding: 8bit\n\n" + PNG + b"\n--b--\n"
    )
    draft = of(tmp_path, "a.eml", content)
    assert draft.subject == "Réponse {{ poste_vise }}"
    assert "![](picture-1.png)" in draft.body
    assert [each.name for each in draft.pictures] == ["picture-1.png"]
    assert {Lost.RECIPIENTS, Lost.LINKED_PICTURE} <= set(draft.lost)


@pytest.mark.parametrize(
    "head",
    [
        "Objet : ",
        "<b>Objet</b> : ",
        "Subject: ",
        "OBJET\u00a0: ",
        "Betreff: ",
        "Concerne : ",
        "Betrifft: ",
        "Asunto: ",
        "Oggetto: ",
        "Assunto: ",
        "Onderwerp: ",
        "Betreft: ",
        "Temat: ",
        "Subiect: ",
        "Konu: ",
        "Předmět: ",
        "Predmet: ",
        "Ämne: ",
        "Emne: ",
        "Aihe: ",
        "Tárgy: ",
        "Тема: ",
        "Θέμα: ",
    ],
)
def test_the_subject_line_of_a_letter_on_paper_is_the_subject(tmp_path: Path, head: str) -> None:
    draft = of_html(tmp_path, f"<p>{head}votre candidature</p><p>Bonjour</p>")
    assert (draft.subject, draft.body) == ("votre candidature", "Bonjour")


def subject_of_a_mail(folder: Path, words: str) -> str:
    header = Header(words, "utf-8").encode()
    return of(folder, "a.eml", f"Subject: {header}\nContent-Type: text/plain\n\nx\n".encode(), ("Nom",)).subject


def subject_of_a_letter_on_paper(folder: Path, words: str) -> str:
    return of_html(folder, f"<p><b>Objet</b> : {escape(words)}</p><p>Bonjour</p>", ("Nom",)).subject


SUBJECTS = (subject_of_a_mail, subject_of_a_letter_on_paper)


def printed_subject(folder: Path, subject: str) -> str:
    letter = letter_of(folder, f"Subject: {subject}\nFields: nom\n\n{{{{ nom }}}}\n", "printed.md")
    return str(parsed(sealed(composed(letter, nom="Petit")))["subject"])


IN_SUBJECTS = [
    (read, f"{before}{mark}{after}")
    for turn, (mark, before, after) in enumerate(product(MARKS, BESIDE, BESIDE))
    for at, read in enumerate(SUBJECTS)
    if whole_or((turn + turn // len(BESIDE) + at) % len(SUBJECTS) == 0, whole=True)
]
"""All words, each by one reader: what becomes of them after it is the same."""


@each_row(("read", "words"), IN_SUBJECTS)
def test_braces_in_a_subject_are_printed_as_they_were(
    tmp_path: Path, read: Callable[[Path, str], str], words: str
) -> None:
    printed = printed_subject(tmp_path, read(tmp_path, f"Début {words} fin"))
    assert printed.split() == f"Début {words} fin".split()


@given(st.sampled_from(SUBJECTS), TEXTS)
@settings(max_examples=80, deadline=None)
def test_any_other_subject_is_printed_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, read: Callable[[Path, str], str], words: str
) -> None:
    assume(with_fields(words, ("Nom",), lambda _words: "") == words)
    folder = tmp_path_factory.mktemp("draft")
    printed = printed_subject(folder, read(folder, f"Début {words} fin"))
    assert printed.split() == normalize("NFC", f"Début {words} fin").split()


@each_row("read", SUBJECTS, ids=lambda read: read.__name__)
@each_row(("words", "printed"), AROUND_A_FIELD)
def test_fields_of_a_subject_are_filled_in(
    tmp_path: Path, read: Callable[[Path, str], str], words: str, printed: str
) -> None:
    assert printed_subject(tmp_path, read(tmp_path, f"Poste {words}, suite")) == f"Poste {printed}, suite"


@each_row(
    ("line", "subject"),
    [
        ("<b>Objet : votre <i>candidature</i></b>", "votre candidature"),
        ("Objet : <s>non</s> <b>oui</b> à 5*3 et C:\\temp", "non oui à 5*3 et C:\\temp"),
        ('Objet : voir <a href="https://x.example">ici</a>', "voir ici"),
        ("Objet : 1. a : b", "1. a : b"),
        ("Objet : R&amp;amp;D", "R&amp;D"),
        ("<b>Objet : poste «Nom»</b>", "poste {{ nom }}"),
    ],
)
def test_a_subject_has_no_looks_and_every_character(tmp_path: Path, line: str, subject: str) -> None:
    draft = of_html(tmp_path, f"<p>{line}</p><p>Bonjour</p>")
    assert (draft.subject, draft.body) == (subject, "Bonjour")


HTML = (
    "<p>Objet : réponse</p><p>Bonjour <b>«Prénom» «Nom»</b>,</p><p>Le poste <i>«Poste visé»</i>.<br>"
    "Merci *beaucoup*.</p>"
    "<ul><li>un</li><li>deux</li></ul><table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>"
)


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_a_document_that_libreoffice_saves_is_the_same_letter(tmp_path: Path) -> None:
    page = tmp_path / "letter.html"
    page.write_text(f'<html lang="fr-FR"><head><meta charset="utf-8"></head><body>{HTML}</body></html>', "utf-8")
    convert([page], "odt:writer8", tmp_path, tmp_path / "profile")
    convert([tmp_path / "letter.odt"], "docx:MS Word 2007 XML", tmp_path, tmp_path / "profile")
    letters = {suffix: read_draft(tmp_path / f"letter{suffix}", COLUMNS) for suffix in (".html", ".odt", ".docx")}
    assert letters[".odt"].text == letters[".docx"].text == letters[".html"].text
    assert letters[".html"].subject == "réponse"


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", bytes(150 << 20))
    return packed.getvalue()


@each_row(
    ("name", "content"),
    [
        ("a.docx", b""),
        ("a.docx", b"PK\x03"),
        ("a.docx", b"{\\rtf1 a}"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.docx", docx("<w:r>")),
        ("a.docx", docx(run("a"), word__styles_xml=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')),
        ("a.docx", bomb),
        ("a.odt", docx(run("a"))),
        ("a.doc", b"\xd0\xcf\x11\xe0"),
        ("a.pdf", b"%PDF-1.7"),
        ("a.eml", b"\x00\x01\x02"),
        ("a.html", b"\x00\x01\x02"),
    ],
)
def test_a_file_that_cannot_become_a_letter_is_refused_in_one_line(
    tmp_path: Path, name: str, content: bytes | Callable[[], bytes]
) -> None:
    with pytest.raises(InputError) as caught:
        of(tmp_path, name, content if isinstance(content, bytes) else content())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_a_folder_is_refused(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").mkdir()
    with pytest.raises(InputError, match="cannot read"):
        read_draft(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("content", [docx(run("Bonjour ") + simple_field("MERGEFIELD Nom", "x"))])
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_document_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject
) -> None:
    broken = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)))
    folder = tmp_path_factory.mktemp("broken")
    try:
        of(folder, "a.docx", bytes(broken if data.draw(st.booleans()) else broken[:cut]))
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017


def test_an_import_writes_a_letter_that_opens_and_overwrites_nothing(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("Prénom;Nom;E-mail\nInès;Petit;ines@x.example\n", "utf-8")
    document = tmp_path / "Refus 2026.docx"
    document.write_bytes(docx(run("Bonjour ") + simple_field("MERGEFIELD Nom", "x"), run("Le «Poste visé».")))
    imported = import_draft(document, tmp_path / "out", table)
    assert imported.letter.name == "refus-2026.md"
    assert imported.problem is None
    assert [str(each) for each in imported.missing] == [
        'the table has no column "poste_vise"; it has "Prénom", "Nom", "E-mail"'
    ]
    with pytest.raises(UsageError, match="not overwritten"):
        import_draft(document, tmp_path / "out", table)


@pytest.mark.parametrize("kind", ["mail", "page"])
def test_a_picture_of_a_document_is_attached_and_shown(tmp_path: Path, kind: str) -> None:
    encoded = base64.b64encode(PNG).decode()
    if kind == "page":
        page = f'<p>Bonjour {{{{Nom}}}} <img alt="Logo" src="data:image/png;base64,{encoded}"></p>'
        draft = of_html(tmp_path, page)
    else:
        content = (
            b'Subject: a\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n\n'
            b'<p>Bonjour {{Nom}} <img src="cid:l@x" alt="Logo"></p>\n--b\nContent-Type: image/png\n'
            b"Content-ID: <l@x>\nContent-Transfer-Encoding: base64\n\n" + encoded.encode() + b"\n--b--\n"
        )
        draft = of(tmp_path, "a.eml", content)
    assert Lost.LINKED_PICTURE not in draft.lost
    for picture in draft.pictures:
        (tmp_path / picture.name).write_bytes(picture.content)
    (tmp_path / "a.md").write_text(draft.text, "utf-8")
    message = composed(read_letter(tmp_path / "a.md"), nom="Petit")
    assert [each.filename for each in message.attachments] == ["picture-1.png"]
    assert 'src="cid:' in (message.html or "")


@pytest.mark.parametrize("source", ["data:image/svg+xml,%3Csvg/%3E", "data:image/png;base64,%%%", "data:text/plain,a"])
def test_an_embedded_picture_that_no_mail_shows_is_said_to_be_one(tmp_path: Path, source: str) -> None:
    draft = of_html(tmp_path, f'<p>a <img src="{source}"></p>')
    assert (Lost.PICTURE in draft.lost, Lost.LINKED_PICTURE in draft.lost) == (True, False)
