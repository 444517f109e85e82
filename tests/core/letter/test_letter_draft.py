"""A letter that is being edited: read before it is saved, saved as its file was."""

from __future__ import annotations

import pickle
import stat
from pathlib import Path

import pytest
from letter_cases import composed, write_letter

from mailmerge.errors import LetterError
from mailmerge.letter import open_letter_file, parse_letter, read_letter, save_letter_file

TEXT = "Subject: Poste {{ poste }}\n\nBonjour {{ prenom }} **{{ nom }}**,\n"


def test_a_text_that_is_not_saved_gives_the_same_message_as_its_file(tmp_path: Path) -> None:
    saved = read_letter(write_letter(tmp_path, TEXT))
    unsaved = parse_letter(TEXT.replace("\n", "\r\n"), tmp_path / "lettre.md")
    assert (unsaved.kind, unsaved.headers, unsaved.expressions) == (saved.kind, saved.headers, saved.expressions)
    assert composed(unsaved).text == composed(saved).text
    assert composed(unsaved).html == composed(saved).html


def test_nothing_is_written_for_a_text_that_is_not_saved(tmp_path: Path) -> None:
    composed(parse_letter(TEXT, tmp_path / "lettre.fr.md"))
    assert list(tmp_path.iterdir()) == []


def test_attachments_of_a_text_that_is_not_saved_are_those_beside_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("bonjour")
    letter = parse_letter("Subject: x\nAttachment: a.txt\n\nx", tmp_path / "lettre.md")
    assert composed(letter).attachments[0].content == b"bonjour"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("Subject: x\n\n{{ nom", "line 3"),
        ("Subject: x\nSubjet: x\n\nx", "line 2"),
        ("Subject: x\n\n{{ nom|propre }}", "line 3"),
    ],
)
def test_a_text_that_is_no_letter_is_refused_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(LetterError, match=words):
        parse_letter(text, tmp_path / "lettre.md")


def test_a_pickled_letter_is_the_one_that_was_read_though_its_file_changed(tmp_path: Path) -> None:
    letter = read_letter(write_letter(tmp_path, TEXT))
    write_letter(tmp_path, "Subject: x\n\nautre chose")
    assert composed(pickle.loads(pickle.dumps(letter))).text == composed(letter).text


@pytest.mark.parametrize(
    "content",
    [
        "Subject: é\n\nà\n".encode(),
        "Subject: é\r\n\r\nà\r\n".encode("utf-8-sig"),
        "Subject: é\r\n\r\nà".encode("cp1252"),
        b"Subject: x\r\rx\r",
    ],
)
def test_a_file_that_is_saved_unchanged_keeps_its_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lettre.md"
    path.write_bytes(content)
    draft = open_letter_file(path)
    assert "\r" not in draft.text
    save_letter_file(draft, draft.text)
    assert path.read_bytes() == content


def test_what_windows_1252_cannot_hold_makes_the_file_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "lettre.md"
    path.write_bytes("Subject: é\r\n\r\nx".encode("cp1252"))
    draft = save_letter_file(open_letter_file(path), "Subject: é\n\nŁódź")
    assert (draft.encoding, path.read_bytes()) == ("utf-8", "Subject: é\r\n\r\nŁódź".encode())


def test_the_permissions_of_a_letter_stay(tmp_path: Path) -> None:
    path = write_letter(tmp_path, TEXT)
    path.chmod(0o664)
    save_letter_file(open_letter_file(path), "Subject: y\n\ny")
    assert stat.S_IMODE(path.stat().st_mode) == 0o664


def test_a_link_to_a_letter_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "partage").mkdir()
    path = write_letter(tmp_path / "partage", TEXT)
    link = tmp_path / "lettre.md"
    link.symlink_to(path)
    save_letter_file(open_letter_file(link), "Subject: y\n\ny")
    assert link.is_symlink()
    assert path.read_text() == "Subject: y\n\ny"


def test_a_change_by_another_program_is_noticed(tmp_path: Path) -> None:
    path = write_letter(tmp_path, TEXT)
    draft = open_letter_file(path)
    assert not draft.changed_on_disk
    path.write_bytes(path.read_bytes())
    assert not draft.changed_on_disk
    write_letter(tmp_path, TEXT + "x")
    assert draft.changed_on_disk
    draft = save_letter_file(draft, TEXT + "y")
    assert not draft.changed_on_disk
    path.unlink()
    assert draft.changed_on_disk


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    path = write_letter(tmp_path / "a", TEXT)
    draft = open_letter_file(path)
    path.unlink()
    path.parent.rmdir()
    with pytest.raises(LetterError, match="cannot save"):
        save_letter_file(draft, "x")


def test_an_empty_file_can_be_edited_though_it_is_no_letter(tmp_path: Path) -> None:
    path = write_letter(tmp_path, "")
    assert open_letter_file(path).text == ""
    with pytest.raises(LetterError, match="is empty"):
        read_letter(path)
