"""Documents that are not what they seem: one clear line, or a letter with what was left out named; none hangs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from draft_files import docx, run
from each_row import each_row

from mailmerge.campaign.setup.import_draft import import_draft
from mailmerge.drafts import Lost, read_draft
from mailmerge.errors import InputError


def package(**parts: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return packed.getvalue()


_OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
CONTENTS = {
    "pdf": b"%PDF-1.7\n1 0 obj",
    "rtf": b"{\\rtf1 Bonjour}",
    "old word": _OLE,
    "encrypted": _OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600),
    "web page": b"<!doctype html><p>Bonjour</p>",
    "text": b"Bonjour",
    "docx": docx(run("Bonjour")),
    "xlsx": package(_Content_Types__xml="<a/>", xl__workbook_xml="<a/>"),
    "odt": package(
        mimetype="application/vnd.oasis.opendocument.text",
        content_xml=f"<office:document-content {_OFFICE}><office:body><office:text>x</office:text></office:body>"
        "</office:document-content>",
    ),
    "ods": package(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        content_xml=f"<office:document-content {_OFFICE}><office:body><office:spreadsheet/></office:body>"
        "</office:document-content>",
    ),
    "nothing": b"",
    "cut off": docx(run("Bonjour"))[:200],
}
SAYS = {
    "pdf": "is a PDF", "rtf": "is rich text", "old word": "document of an old Word",
    "encrypted": "protected with a password", "web page": "is not a {} file", "text": "is not a {} file",
    "xlsx": "is not a {} file", "ods": "is not a {} file", "odt": "is not a {} file", "docx": "is not a {} file",
    "nothing": "is empty", "cut off": "is damaged",
}  # fmt: skip
OWN = {".docx": "docx", ".docm": "docx", ".dotx": "docx", ".odt": "odt", ".ott": "odt"}


@each_row("suffix", OWN)
@each_row("kind", CONTENTS)
def test_a_document_under_another_ending_is_one_line_that_says_what_to_do(
    tmp_path: Path, suffix: str, kind: str
) -> None:
    path = tmp_path / f"lettre{suffix}"
    path.write_bytes(CONTENTS[kind])
    if kind == OWN[suffix]:
        assert read_draft(path).body.strip()
        return
    said = SAYS[kind].format(suffix)
    if suffix == ".odt" and kind == "old word":
        said = "is not a .odt file"
    with pytest.raises(InputError) as refused:
        import_draft(path, tmp_path / "out")
    assert said in str(refused.value)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "out").exists()


LONG = {
    "paragraphs": docx(*[""] * 200_000),
    "runs": docx(run("x") * 60_000),
    "nested": docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000),
    "another part": docx(run("x"), word__comments_xml=b"<a>" + b"<b/>" * 300_000 + b"</a>"),
}


@each_row("kind", LONG)
def test_a_small_file_that_unpacks_into_something_endless_is_refused_before_it_is_read(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "lettre.docx"
    path.write_bytes(LONG[kind])
    with pytest.raises(InputError, match="far longer than a letter"):
        read_draft(path)


def test_a_letter_of_many_pages_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "lettre.docx"
    path.write_bytes(docx(*[run("Bonjour à toutes et à tous, ceci est une ligne.")] * 1500))
    assert read_draft(path).body.count("Bonjour") == 1500


def cells(columns: int) -> str:
    row = "".join(f"<w:tc><w:p>{run(f'c{number}')}</w:p></w:tc>" for number in range(columns))
    return f"</w:p><w:tbl><w:tr>{row}</w:tr><w:tr>{row}</w:tr></w:tbl><w:p>"


@each_row("columns", [1, 2, 10, 11, 40, 200])
def test_a_wide_table_is_kept_and_said(tmp_path: Path, columns: int) -> None:
    path = tmp_path / "lettre.docx"
    path.write_bytes(docx(run("Bonjour"), cells(columns)))
    draft = read_draft(path)
    assert (Lost.WIDE_TABLE in draft.lost) == (columns > 10)
    assert f"c{columns - 1}" in draft.body


@each_row("words", ["Καλημέρα σε όλους", "مرحبا بالجميع", "こんにちは", "Здравствуйте", "Dzień dobry, Łukasz", "Grüß"])
def test_a_letter_in_any_language_is_the_same_words(tmp_path: Path, words: str) -> None:
    path = tmp_path / "lettre.docx"
    path.write_bytes(docx(run(words)))
    assert read_draft(path).body.strip() == words


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.rtf", "rich text (RTF): open it in Word or LibreOffice, and save it as .docx"),
        ("a.RTF", "rich text (RTF)"),
        ("a.doc", "old Word: open it in Word or LibreOffice, and save it as .docx"),
        ("a.pages", "File > Export To > Word"),
        ("a.gdoc", "File > Download > Microsoft Word"),
        ("a.wpd", "WordPerfect: open it in LibreOffice"),
        ("a.wps", "Works: open it in LibreOffice"),
        ("a.fodt", "save it as .odt"),
        ("a.xyz", "give a .docx, .odt, .html, .txt, .eml, .msg or .oft file"),
    ],
)
def test_what_to_do_with_a_document_of_another_kind_is_said(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).write_bytes(b"{\\rtf1 x}")
    with pytest.raises(InputError) as refused:
        read_draft(tmp_path / name)
    assert said in str(refused.value)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_letter_of_a_text_editor_keeps_its_lines_and_finds_its_fields(tmp_path: Path, codec: str, ends: str) -> None:
    words = "Objet : Votre dossier\n\nChère [PRENOM],\n\nà bientôt {nom}.\n\nClaire Martin\nAccueil"
    (tmp_path / "a.txt").write_bytes(words.replace("\n", ends).encode(codec))
    draft = read_draft(tmp_path / "a.txt", ("Prénom", "Nom"))
    assert draft.subject == "Votre dossier"
    assert draft.body == "Chère {{ prenom }},\n\nà bientôt {{ nom }}.\n\nClaire Martin\nAccueil"


@pytest.mark.parametrize("head", ["Subject: a\nFields: nom", "Content-Language: fr", "Subject: a\r\nAttachment: b.pdf"])
def test_a_text_that_is_a_letter_already_is_used_as_it_is(tmp_path: Path, head: str) -> None:
    (tmp_path / "a.txt").write_text(f"{head}\n\nBonjour", "utf-8", newline="")
    with pytest.raises(InputError, match="is a letter already"):
        read_draft(tmp_path / "a.txt")


@pytest.mark.parametrize("content", [b"\0\1\2" * 9, b"\x81\x8d" * 9])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(InputError, match=r"is not a \.txt file"):
        read_draft(tmp_path / "a.txt")
