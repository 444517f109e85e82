"""Drafts and templates of Outlook (.msg, .oft) become letters, whichever of its three forms the text is kept in."""

from __future__ import annotations

import re
import struct
from contextlib import suppress
from pathlib import Path

import pytest
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st
from outlook_files import OutlookMail, compound

from mailmerge.campaign.setup.import_draft import import_draft
from mailmerge.drafts import Draft, Lost, read_draft
from mailmerge.drafts.outlook import read_outlook
from mailmerge.errors import InputError
from mailmerge.formats.outlook.compressed_rtf import decompress
from mailmerge.formats.outlook.rtf import read_rtf

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
COLUMNS = ("Prénom", "Nom", "Poste visé", "Adresse e-mail")
CALM = settings(deadline=None)


def outlook(tmp_path: Path, mail: OutlookMail, suffix: str = ".oft") -> Draft:
    path = tmp_path / f"lettre{suffix}"
    path.write_bytes(mail.content())
    return read_draft(path, COLUMNS)


def packed(rtf: str) -> dict[str, bytes]:
    """An RTF as the stream of a message, in the form that is not compressed (MS-OXRTFCP 2.1.3.1.5)."""
    octets = rtf.encode("latin-1")
    return {"__substg1.0_10090102": struct.pack("<IIII", len(octets) + 12, len(octets), 0x414C454D, 0) + octets}


def in_codes(text: str) -> str:
    """A text as RTF writes it: characters of Windows-1252 in octets, others in UTF-16 with a question mark after."""
    written = []
    for character in text:
        if character in "\\{}":
            written.append(f"\\{character}")
        elif character.isascii():
            written.append(character)
        elif character.encode("cp1252", "ignore"):
            written.append(f"\\'{character.encode('cp1252')[0]:02x}")
        else:
            units = struct.iter_unpack("<h", character.encode("utf-16-le"))
            written += [f"\\u{unit}?" for (unit,) in units]
    return "".join(written)


def encapsulated(html: str) -> str:
    """HTML inside RTF as Outlook writes it: tags and entities apart, and beside them what only readers of RTF want."""
    pieces = re.split(r"(<[^>]*>|&\w+;)", html)
    body = "".join(
        f"{{\\*\\htmltag64 {in_codes(piece)}}}\\htmlrtf {{\\b \\htmlrtf0 \\htmlrtf noise\\par }}\\htmlrtf0 "
        if number % 2
        else in_codes(piece)
        for number, piece in enumerate(pieces)
    )
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl\n{\\f0\\fswiss\\fcharset0 Arial;}}"
        f"{{\\colortbl\\red0\\green0\\blue0;}}{{\\*\\generator Riched20;}}\n\\uc1\\pard\\plain\\f0 {body}}}"
    )


HTML = (
    "<html><body><p>Bonjour «Prénom» «Nom»,</p><p>Votre candidature au poste de <b>«Poste visé»</b> &amp; l’entretien"
    '</p><ul><li>lundi</li></ul><p><a href="https://atelier.example/">site</a> Łódź 😀 {a} \\ œ</p></body></html>'
)


@each_row("suffix", [".msg", ".oft"])
@each_row("form", ["html", "rtf", "html in a code page"])
def test_html_and_html_inside_rtf_make_one_letter(tmp_path: Path, suffix: str, form: str) -> None:
    page = HTML.replace("Łódź 😀", "Lodz") if form == "html in a code page" else HTML
    mail = {
        "html": OutlookMail(html=page.encode()),
        "rtf": OutlookMail(text="Bonjour", extra=packed(encapsulated(page))),
        "html in a code page": OutlookMail(html=page.encode("cp1252", "replace"), code_page=1252),
    }[form]
    (tmp_path / "same.html").write_text(page, "utf-8")
    same = read_draft(tmp_path / "same.html", COLUMNS)
    draft = outlook(tmp_path, mail, suffix)
    assert (draft.body, draft.names) == (same.body, ("prenom", "nom", "poste_vise"))
    assert draft.subject == "Votre candidature"
    assert "**{{ poste_vise }}**" in draft.body


@CALM
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80))
def test_every_text_comes_back_out_of_rtf(text: str) -> None:
    assert read_rtf(f"{{\\rtf1\\ansi\\ansicpg1252 {in_codes(text)}}}").text == text


@CALM
@given(st.text(st.sampled_from("aé<&>œŁ{}\\ "), max_size=40))
def test_text_between_tags_never_becomes_a_tag(text: str) -> None:
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert read_rtf(encapsulated(f"<p>{shown}</p>")).encapsulated == f"<p>{shown}</p>"
    outside = f"{{\\rtf1\\ansi\\fromhtml1 {{\\*\\htmltag <p>}}{in_codes(text)}}}"
    assert read_rtf(outside).encapsulated == f"<p>{shown}"


@each_row(
    ("charset", "codec", "word"),
    [(0, "cp1252", "été"), (238, "cp1250", "Łódź"), (161, "cp1253", "Καλημέρα"), (204, "cp1251", "Привет"),
     (162, "cp1254", "İstanbul"), (128, "cp932", "表示ソ"), (134, "gbk", "你好"), (129, "cp949", "안녕")],
)  # fmt: skip
def test_octets_are_read_in_the_encoding_of_their_font(charset: int, codec: str, word: str) -> None:
    octets = "".join(f"\\'{octet:02x}" for octet in word.encode(codec))
    rtf = f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Arial;}}{{\\f7\\fcharset{charset} X;}}}}\\f7 {octets}}}"
    assert read_rtf(rtf).text == word


def test_rich_text_keeps_bold_italics_and_paragraphs(tmp_path: Path) -> None:
    rtf = (
        "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\info{\\author Claire}}Bonjour {\\b \\'abNom\\'bb}, {\\i merci}\\par "
        "{\\v secret}{\\pict\\pngblip 89504e47}Fin 1 < 2 & 3}"
    )
    draft = outlook(tmp_path, OutlookMail(text="", extra=packed(rtf)))
    assert draft.body == "Bonjour **{{ nom }}**, *merci*\n\nFin 1 \\< 2 & 3"
    assert Lost.PICTURE in draft.lost


def test_plain_text_keeps_its_lines_and_is_preferred_to_an_rtf_made_of_it(tmp_path: Path) -> None:
    text = "Bonjour «Nom»,\r\nmerci\r\n\r\nÀ bientôt"
    made = {"plain": {}, "with RTF": packed("{\\rtf1\\ansi\\fromtext other\\par }")}
    assert {outlook(tmp_path, OutlookMail(text=text, extra=extra)).body for extra in made.values()} == {
        "Bonjour {{ nom }},\nmerci\n\nÀ bientôt"
    }


@each_row("source", ["cid:image001.png@01DB", "CID", "cid:image001.png", "image001.png"])
def test_a_picture_in_the_text_is_kept_beside_the_letter(tmp_path: Path, source: str) -> None:
    cid = "image001.png@01DB"
    src = f"cid:{cid}" if source == "CID" else source
    extra = {
        "__attach_version1.0_#00000000": {
            "__substg1.0_3707001F": "image001.png".encode("utf-16-le"),
            "__substg1.0_3712001F": cid.encode("utf-16-le"),
            "__substg1.0_37010102": PNG,
            "__properties_version1.0": bytes(8),
        }
    }
    html = f'<p>Bonjour</p><p><img src="{src}" alt="Logo"></p>'.encode()
    (tmp_path / "a.oft").write_bytes(OutlookMail(html=html, extra=extra).content())
    imported = import_draft(tmp_path / "a.oft", tmp_path / "out")
    assert [(path.name, path.read_bytes()) for path in imported.pictures] == [("picture-1.png", PNG)]
    assert "](picture-1.png)" in imported.letter.read_text("utf-8")
    assert imported.problem is None


def test_recipients_and_attachments_are_left_out_and_reported(tmp_path: Path) -> None:
    mail = OutlookMail(recipients=[("bcc", "Léa Durand", "lea@w.example")], files=[("cv.pdf", b"%PDF-")])
    draft = outlook(tmp_path, mail)
    assert {Lost.RECIPIENTS, Lost.ATTACHMENT} <= {*draft.lost}
    assert "lea@w.example" not in draft.text


REFUSED = {
    "no text at all": (OutlookMail(text="").content(), "has no text"),
    "only blanks": (OutlookMail(text=" \r\n\r\n ").content(), "has no text"),
    "an empty page": (OutlookMail(text="", html=b"<html><body><p>&nbsp;</p></body></html>").content(), "has no text"),
    "an empty RTF": (OutlookMail(text="", extra=packed("{\\rtf1\\ansi\\par }")).content(), "has no text"),
    "encrypted": (OutlookMail(message_class="IPM.Note.SMIME").content(), "is encrypted"),
    "protected": (OutlookMail(files=[("message.rpmsg", b"x")]).content(), "is encrypted"),
    "a document": (compound({"WordDocument": bytes(5000)}), "not a mail that Outlook saved"),
    "another kind": (b"PK\x03\x04" + bytes(90), "is damaged"),
    "cut off": (OutlookMail(text="x" * 9000).content()[:3000], "is damaged"),
    "nothing": (b"", "is empty"),
}


@each_row("suffix", [".msg", ".oft"])
@each_row(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_become_a_letter_is_one_clear_line(tmp_path: Path, suffix: str, content: bytes, said: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        import_draft(path, tmp_path / "out")
    assert said in str(refused.value)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "out").exists()


WHOLE = OutlookMail(text="", extra=packed(encapsulated(HTML))).content()


@CALM
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_no_damage_hangs_or_breaks_the_reading(changes: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, octet in changes:
        content[place] = octet
    with suppress(InputError):
        read_outlook(bytes(content), Path("x.oft"))


@CALM
@given(st.text(st.sampled_from("\\{}*'ubfv 0139ahtmlrg;\n"), max_size=200))
def test_any_rtf_ends(rtf: str) -> None:
    read_rtf("{\\rtf1" + rtf)
    decompress(rtf.encode("latin-1"))


@each_row("opening", ["{", "{\\b ", "{\\*\\htmltag "])
def test_groups_within_groups_are_bounded(opening: str) -> None:
    assert read_rtf("{\\rtf1 " + opening * 100_000 + "a" + "}" * 100_000 + "b}").text.endswith("b")
