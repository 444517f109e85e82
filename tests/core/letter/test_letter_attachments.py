"""Files that travel: only those in the letter's folder, encoded once, under their own names."""

from __future__ import annotations

import os
import pickle
from email.message import EmailMessage
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest
from each_row import each_row
from letter_cases import bodies, composed, letter_of, parsed, sealed

from mailmerge.errors import RenderFailed
from mailmerge.model import Attachment, FileProblem, ProblemKind

PDF = b"%PDF-1.4 " + bytes(range(256)) * 100


def attached(
    tmp_path: Path, *lines: str, name: str = "lettre.md", body: str = "Bonjour", **values: str
) -> list[Attachment]:
    block = "\n".join(f"Attachment: {line}" for line in lines)
    return list(composed(letter_of(tmp_path, f"Subject: x\n{block}\n\n{body}\n", name), **values).attachments)


def files(message: EmailMessage) -> dict[str | None, tuple[str, bytes]]:
    return {
        part.get_filename(): (part.get_content_type(), part.get_payload(decode=True))
        for part in message.walk()
        if part.get_filename()
    }


def test_a_file_travels_under_its_name_and_type(tmp_path: Path) -> None:
    (tmp_path / "pieces").mkdir()
    (tmp_path / "pieces" / "Zoé Durand.pdf").write_bytes(PDF)
    [attachment] = attached(tmp_path, "pieces/{{ prenom }} {{ nom }}.pdf")
    assert (attachment.filename, attachment.media_type, attachment.problem) == (
        "Zoé Durand.pdf",
        "application/pdf",
        None,
    )
    assert attachment.content == PDF


def test_the_parsed_message_has_the_files_and_both_bodies(tmp_path: Path) -> None:
    for name in ("a.pdf", "Zoé " + "é" * 60 + ".docx", "notes.txt", "mail.eml", 'odd"; x="y.bin', "line\nbreak.bin"):
        (tmp_path / name).write_bytes(name.encode() + PDF)
    names = sorted(path.name for path in tmp_path.iterdir() if "\n" not in path.name)
    letter = letter_of(tmp_path, "Subject: x\n" + "".join(f"Attachment: {name}\n" for name in names) + "\nBonjour\n")
    message = composed(letter)
    content = sealed(message)
    result = parsed(content)
    assert [part.get_content_type() for part in result.walk()][:4] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert bodies(result) == {"plain": message.text, "html": message.html}
    assert {name: data for name, (_type, data) in files(result).items()} == {n: n.encode() + PDF for n in names}
    types = {name: media_type for name, (media_type, _data) in files(result).items()}
    assert types["mail.eml"] == "application/octet-stream"
    assert types["notes.txt"] == "text/plain"
    assert all(not part.defects for part in result.walk())
    content.content.decode("ascii")
    assert max(map(len, content.content.split(b"\r\n"))) <= 998


def test_an_image_that_the_html_names_is_shown_in_place(tmp_path: Path) -> None:
    for name in ("logo.png", "mon plan.png", "Durand.png", "a.pdf"):
        (tmp_path / name).write_bytes(PDF + name.encode())
    block = "Attachment: logo.png\nAttachment: mon plan.png\nAttachment: {{ nom }}.png\nAttachment: a.pdf\n"
    body = "![Logo](logo.png) ![](./mon%20plan.png) <img src='{{ nom }}.png'> ![](https://exemple.test/logo.png)"
    message = composed(letter_of(tmp_path, f"Subject: x\n{block}\n{body}\n"))
    ids = [attachment.content_id for attachment in message.attachments]
    assert [bool(content_id) for content_id in ids] == [True, True, True, False]
    assert "@" not in "".join(ids)
    for content_id in ids[:3]:
        assert f'src="cid:{content_id}"' in (message.html or "")
    result = parsed(sealed(message))
    assert [part.get_content_type() for part in result.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "image/png",
        "image/png",
        "application/pdf",
    ]
    assert [part["Content-ID"] for part in result.walk() if part["Content-ID"]] == [f"<{i}>" for i in ids[:3]]
    assert bodies(result)["html"] == message.html


def test_a_fixed_file_is_read_once_and_shared(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    letter = letter_of(tmp_path, "Attachment: a.pdf\n\n{{ nom }}")
    first, second = composed(letter, nom="a"), composed(letter, nom="b")
    assert first.attachments[0] is second.attachments[0]


def test_a_file_that_was_replaced_after_it_was_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(PDF)
    letter = letter_of(tmp_path, "Attachment: a.pdf\n\n{{ nom }}")
    reviewed = composed(letter, nom="a").attachments[0].content
    same = pickle.loads(pickle.dumps(letter))
    assert composed(same, nom="a").attachments[0].content == reviewed
    file.write_bytes(PDF + b"another")
    assert composed(letter, nom="b").attachments[0].content == reviewed
    for again in (pickle.loads(pickle.dumps(letter)), letter.signed("Claire")):
        with pytest.raises(RenderFailed, match=r"a\.pdf has changed since it was first read"):
            composed(again, nom="b")
    file.unlink()
    with pytest.raises(RenderFailed, match=r"a\.pdf has changed"):
        composed(pickle.loads(pickle.dumps(letter)), nom="b")


def test_a_file_that_two_letters_read_otherwise_is_refused_by_both(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    source = "Attachment: a.pdf\n\n{{ nom }}"
    letters = []
    for content in (PDF, PDF + b"another"):
        file.write_bytes(content)
        letters.append(letter_of(tmp_path, source))
        composed(letters[-1], nom="a")
    letters[0].pin_attachments(letters[1].files)
    letters[1].pin_attachments(letters[0].files)
    for letter in letters:
        with pytest.raises(RenderFailed, match=r"a\.pdf has changed"):
            composed(letter, nom="b")


def test_a_blank_attachment_is_none(tmp_path: Path) -> None:
    message = composed(letter_of(tmp_path, 'Attachment: {{ titre|default("") }}\n\nx'))
    assert message.attachments == ()
    assert message.blanks == ()


@each_row(
    ("line", "problem"),
    [
        ("missing.pdf", ProblemKind.MISSING),
        ("empty.pdf", ProblemKind.EMPTY),
        ("folder", ProblemKind.NOT_A_FILE),
        ("../outside.pdf", ProblemKind.OUTSIDE),
        ("{{ nom }}", ProblemKind.OUTSIDE),
        ("/etc/hostname", ProblemKind.OUTSIDE),
        ("link.pdf", ProblemKind.LINK),
        ("linked/a.pdf", ProblemKind.LINK),
        ("=?utf-8?q?x?=.pdf", ProblemKind.ENCODED_WORD),
        ("pipe", ProblemKind.NOT_A_FILE),
        ("large.bin", ProblemKind.TOO_LARGE),
        (".", ProblemKind.OUTSIDE),
    ],
)
def test_a_file_that_cannot_travel_says_why_and_stays(tmp_path: Path, line: str, problem: ProblemKind) -> None:
    folder = tmp_path / "campaign"
    (folder / "folder").mkdir(parents=True)
    (tmp_path / "outside.pdf").write_bytes(PDF)
    (folder / "folder" / "a.pdf").write_bytes(PDF)
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "link.pdf").symlink_to(tmp_path / "outside.pdf")
    (folder / "linked").symlink_to(folder / "folder")
    os.mkfifo(folder / "pipe")
    with (folder / "large.bin").open("wb") as file:
        file.truncate(25_000_001)
    letter = letter_of(folder, f"Attachment: {line}\n\nx")
    message = composed(letter, nom="../outside.pdf")
    assert [attachment.problem and attachment.problem.kind for attachment in message.attachments] == [problem]
    assert message.attachments[0].content == b""
    assert files(parsed(sealed(message))) == {}


def test_odd_paths_in_cells_are_problems_and_no_crashes(tmp_path: Path) -> None:
    letter = letter_of(tmp_path, "Attachment: {{ nom }}\n\nx")
    for path in ("a\0b", "x" * 5000, "a\nb", "\ud800", "~/x", "a/../../..", "C:\\x"):
        [attachment] = composed(letter, nom=path).attachments
        assert attachment.problem


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_folder_is_not_gone_through_for_each_file_with_an_accent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Literal["NFC", "NFD"]
) -> None:
    listed: list[object] = []
    monkeypatch.setattr(os, "listdir", lambda folder: listed.append(folder) or [])
    letter = letter_of(tmp_path, "Attachment: Évaluations/{{ nom }}.pdf\n\nx")
    names = [f"Lefèvre_{number}" for number in range(20)]
    folder = tmp_path / normalize(form, "Évaluations")
    folder.mkdir()
    for name in names:
        (folder / normalize(form, f"{name}.pdf")).write_bytes(PDF)
    assert [composed(letter, nom=name).attachments[0].problem for name in names] == [None] * 20
    assert listed == []


def test_large_files_do_not_pile_up_in_memory(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.bin").write_bytes(b"x" * 20_000_000)
    letter = letter_of(tmp_path, "Attachment: {{ nom }}.bin\n\nx")
    for number in range(5):
        assert composed(letter, nom=str(number)).attachments[0].problem is None
    assert sum(len(kept.content) for kept in letter._folder._kept.values()) <= 64_000_000


WAYS_OUT = (
    "../secret.txt", "..", "../", ".. /secret.txt", "a/../../secret.txt", "a/../b.txt", "./../secret.txt",
    "..\\secret.txt", "\\secret.txt", "a\\b.txt", "C:\\secret.txt", "c:secret.txt", "C:/secret.txt", "a/D:b.txt",
    "{outside}", "/secret.txt", "//server/share/x.txt", "~/secret.txt", "\0", "b.txt\0.pdf", "..%2Fsecret.txt",
    "%2e%2e/secret.txt",
    "%2e%2e%2fsecret.txt", "%252e%252e%252fsecret.txt", "..%5Csecret.txt", "%2Fsecret.txt", "%00", "．．/secret.txt",
    "..／secret.txt", "．．＼secret.txt", "…", ".../secret.txt", "link.txt", "linked/b.txt", " ../secret.txt",
)  # fmt: skip
INSIDE = ("b.txt", "deep/b.txt", " b.txt ", "b..txt", ".b.txt", "100 %.txt", "b%20c.txt", "é…b.txt")


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """A letter's folder with a secret, and in it the folder that the letter names."""
    folder = tmp_path / "campaign"
    for path in ("secret.txt", "b.txt", *(f"pieces/{name.strip()}" for name in INSIDE), "other/b.txt", "RC-b.txt"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("Zoé Durand")
    (tmp_path / "outside.txt").write_text("Zoé Durand")
    (folder / "pieces" / "link.txt").symlink_to(folder / "secret.txt")
    (folder / "pieces" / "linked").symlink_to(folder / "other")
    return folder


@pytest.mark.parametrize("cell", WAYS_OUT)
@pytest.mark.parametrize(
    "named",
    ["pieces/{{ x }}", "./pieces/{{ x }}", "pieces/{{ x }}.txt", "pieces/{{ x[:2] }}{{ x[2:] }}", "pieces/RC-{{ x }}"],
)
def test_a_value_never_leaves_the_folder_that_the_letter_names(folders: Path, named: str, cell: str) -> None:
    value = cell.replace("{outside}", str(folders.parent / "outside.txt"))
    [attachment] = attached(folders, named, x=value)
    assert attachment.problem
    assert attachment.content == b""


@pytest.mark.parametrize("cell", WAYS_OUT)
def test_a_value_alone_never_leaves_the_letters_folder(folders: Path, cell: str) -> None:
    value = cell.replace("{outside}", str(folders.parent / "outside.txt"))
    inside = folders / "pieces" / "lettres"
    inside.mkdir()
    [attachment] = attached(inside, "{{ x }}", x=value)
    assert attachment.problem


@pytest.mark.parametrize("cell", INSIDE)
@pytest.mark.parametrize("named", ["pieces/{{ x }}", "./pieces/{{ x }}", "{{ 'pieces' }}/{{ x|trim }}"])
def test_a_value_within_the_folder_is_attached(folders: Path, named: str, cell: str) -> None:
    if cell == "deep/b.txt":
        assert (folders / "pieces" / cell).is_file()
    [attachment] = attached(folders, named, x=cell)
    if "/ " in f"pieces/{cell}" and named != "{{ 'pieces' }}/{{ x|trim }}":
        assert attachment.problem == FileProblem(
            ProblemKind.MISSING
        )  # a blank at the beginning of a name is part of it
    else:
        assert (attachment.problem, attachment.content) == (None, "Zoé Durand".encode())


def test_a_path_that_the_author_wrote_may_have_dots(folders: Path) -> None:
    [one, other] = attached(folders, "other/../secret.txt", "other/../pieces/{{ x }}", x="b.txt")
    assert (one.problem, other.problem) == (None, None)
