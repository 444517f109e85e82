"""Header values as people write them, or copy them from a mail: read as meant, or refused with what to write."""

from __future__ import annotations

from email.header import Header
from pathlib import Path
from unicodedata import normalize

import pytest
from each_row import each_row
from letter_cases import composed, letter_of, parsed, sealed

from mailmerge.errors import LetterError
from mailmerge.letter import parse_letter


def refusal(text: str) -> str:
    with pytest.raises(LetterError) as caught:
        parse_letter(text, Path("letter.md"))
    assert "\n" not in str(caught.value)
    return str(caught.value)


@each_row(("sign", "called"), [(",", "comma"), (";", "semicolon")])
@each_row("header", ["From", "Reply-To"])
@each_row("name", ["Martin{} Claire", "RH{} Atelier", "{{{{ nom }}}}{} RH"])
def test_the_sign_in_a_name_is_called_by_its_name(header: str, sign: str, called: str, name: str) -> None:
    written = name.format(sign)
    message = refusal(f"Subject: x\n{header}: {written} <rh@exemple.test>\n\nx")
    assert f"line 2: {header}: " in message
    assert f"has a {called} in the name" in message
    assert message.endswith(f'write {header}: "{written}" <rh@exemple.test>')


NAMES = (
    "Léa Martin",
    "Martin, Léa",
    'Léa "RH" Martin',
    "Équipe du recrutement, de l'accueil et de l'intégration",
    "Zoé;RH",
)
CHARSETS = ("utf-8", "iso-8859-1", "windows-1252")


@each_row("name", NAMES)
@each_row("charset", CHARSETS)
@each_row("form", ["{} <rh@exemple.test>", '"{}" <rh@exemple.test>'])
def test_a_sender_copied_from_a_mail_is_read_as_what_it_says(
    tmp_path: Path, name: str, charset: str, form: str
) -> None:
    encoded = Header(name, charset, maxlinelen=60).encode()
    assert encoded.startswith("=?")
    letter = letter_of(tmp_path, f"Subject: x\nFrom: {form.format(encoded)}\n\nx\n")
    (sender,) = parsed(sealed(composed(letter)))["From"].addresses
    assert (" ".join(sender.display_name.split()), sender.addr_spec) == (name, "rh@exemple.test")


@pytest.mark.parametrize("subject", ["Réponse à votre candidature", "Ünser Gespräch am 3. März – Zürich " * 3])
def test_a_subject_copied_from_a_mail_is_read_as_what_it_says(tmp_path: Path, subject: str) -> None:
    letter = letter_of(tmp_path, f"Subject: {Header(subject, 'utf-8').encode()} {{{{ nom }}}}\n\nx\n")
    assert composed(letter).subject == f"{' '.join(subject.split())} Durand"


@pytest.mark.parametrize("word", ["=?nonsense?q?x?=", "=?utf-8?b?w?=", "=?utf-8?q?=C3?="])
def test_encoded_words_that_say_nothing_are_refused(word: str) -> None:
    assert "line 1: Subject: this encoded text cannot be read" in refusal(f"Subject: {word}\n\nx")


PATHS = (
    '"pieces/{{ nom }}.pdf"', "'pieces/{{ nom }}.pdf'", "“pieces/{{ nom }}.pdf”", "« pieces/{{ nom }}.pdf »",
    "pieces\\{{ nom }}.pdf", '"pieces\\{{ nom }}.pdf"', ".\\pieces\\{{ nom }}.pdf", "pieces/{{ nom }}.pdf",
    "pieces\\Durand.pdf", '  "pieces\\Durand.pdf"  ',
)  # fmt: skip


@pytest.mark.parametrize("written", PATHS)
def test_a_path_in_quotation_marks_or_with_backslashes_is_that_file(tmp_path: Path, written: str) -> None:
    (tmp_path / "pieces").mkdir()
    (tmp_path / "pieces" / "Durand.pdf").write_bytes(b"%PDF-1.4")
    (attachment,) = composed(letter_of(tmp_path, f"Subject: x\nAttachment: {written}\n\nx\n")).attachments
    assert (attachment.problem, attachment.filename) == (None, "Durand.pdf")


@pytest.mark.parametrize("cell", ["..\\secret", "a\\..\\..\\b", "C:\\x", '"../x"'])
def test_a_backslash_in_a_cell_still_leads_nowhere(tmp_path: Path, cell: str) -> None:
    (tmp_path / "pieces").mkdir()
    letter = letter_of(tmp_path, 'Subject: x\nAttachment: "pieces\\{{ nom }}.pdf"\n\nx\n')
    (attachment,) = composed(letter, nom=cell).attachments
    assert attachment.problem is not None
    assert attachment.content == b""


@pytest.mark.parametrize("there", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
@pytest.mark.parametrize("cell", ["NFC", "NFD"])
def test_a_file_is_found_however_its_accents_are_composed(tmp_path: Path, there: str, written: str, cell: str) -> None:
    folder = tmp_path / normalize(there, "pièces")  # type: ignore[arg-type]
    folder.mkdir()
    (folder / normalize(there, "Lefèvre.pdf")).write_bytes(b"%PDF-1.4")  # type: ignore[arg-type]
    text = normalize(written, "Subject: x\nAttachment: pièces/{{ nom }}.pdf\n\nx\n")  # type: ignore[arg-type]
    message = composed(letter_of(tmp_path, text), nom=normalize(cell, "Lefèvre"))  # type: ignore[arg-type]
    assert [attachment.problem for attachment in message.attachments] == [None]


@pytest.mark.parametrize(
    "tag", ["fr", "en", "de", "fr-FR", "en-GB", "pt-BR", "zh-Hans", "es-419", "FR", "gsw", "de-CH-1996"]
)
def test_a_language_that_there_is_can_be_written(tag: str) -> None:
    assert parse_letter(f"Content-Language: {tag}\n\nx", Path("l.md")).language == tag


@each_row(
    ("tag", "meant"),
    [("xx-yy", "fr"), ("xx", "fr"), ("fr_FR", "fr-FR"), ("fr-YY", "fr"), ("en-EN", "en"), ("français", "fr"),
     ("French", "fr"), ("English", "en"), ("anglais", "en"), ("Deutsch", "de"), ("en GB", "en-GB"), ("qqq", "fr")],
)  # fmt: skip
def test_a_language_that_there_is_not_is_refused_with_what_to_write(tag: str, meant: str) -> None:
    message = refusal(f"Subject: x\nContent-Language: {tag}\n\nx")
    assert message == f'letter.md, line 2: "{tag}" is not a language; write Content-Language: {meant}'


def test_no_copy_is_among_the_headers_that_are_offered() -> None:
    message = refusal("Subject: x\nZzzz: x\n\nx")
    assert "Reply-To" in message
    assert "Cc" not in message
    assert "Bcc" not in message
