"""Templates of awdeorio/mailmerge 2.3.0, as its manual shows them, are read as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from letter_cases import bodies, letter_of, parsed, person, sealed

from mailmerge.letter import Letter
from mailmerge.model import Message

NAME = "mailmerge_template.txt"
ROW = {"email": "myself@mydomain.example", "name": "Myself", "number": "17"}


def message_of(letter: Letter, **values: str) -> Message:
    return letter.compose(person("Myself", "myself@mydomain.example"), {**ROW, **values})


def test_the_sample_template(tmp_path: Path) -> None:
    text = (
        "TO: {{email}}\nSUBJECT: Testing mailmerge\nFROM: My Self <myself@mydomain.example>\n\n"
        "Hi, {{name}},\n\nYour number is {{number}}.\n"
    )
    message = message_of(letter_of(tmp_path, text, NAME))
    result = parsed(sealed(message))
    assert (result["To"], result["Subject"]) == ("myself@mydomain.example", "Testing mailmerge")
    assert result["From"] == "My Self <myself@mydomain.example>"
    assert bodies(result) == {"plain": "Hi, Myself,\n\nYour number is 17.\n"}


def test_conditions_and_comparisons_of_text(tmp_path: Path) -> None:
    text = "TO: {{email}}\nSUBJECT: x\n\n{% if number|int > 10 %}large{% else %}small{% endif %}\n"
    letter = letter_of(tmp_path, text, NAME)
    assert [message_of(letter, number=number).text for number in ("17", "3")] == ["large\n", "small\n"]


def test_markdown_keeps_its_line_breaks(tmp_path: Path) -> None:
    text = (
        "TO: {{email}}\nSUBJECT: Testing mailmerge\nCONTENT-TYPE: text/markdown\n\n"
        "You can add:\n\n- Emphasis, aka italics, with *asterisks*.\n"
        "- Strong emphasis, aka bold, with **asterisks**.\n\n"
        "Regards,\n{{name}}\n"
    )
    message = message_of(letter_of(tmp_path, text, NAME))
    assert "<p>Regards,<br />\nMyself</p>" in (message.html or "")
    assert "<li>Emphasis, aka italics, with <em>asterisks</em>.</li>" in (message.html or "")
    assert parsed(sealed(message)).get_content_type() == "multipart/alternative"


def test_attachments_and_an_inline_image(tmp_path: Path) -> None:
    for name in ("file1.docx", "attachment.pdf", "second-image.jpg"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "17.txt").write_bytes(b"grade")
    text = (
        "TO: {{email}}\nSUBJECT: Testing mailmerge\nFROM: My Self <myself@mydomain.example>\n"
        "ATTACHMENT: file1.docx\nATTACHMENT: ./attachment.pdf\n"
        "ATTACHMENT: {{number}}.txt\nATTACHMENT: second-image.jpg\n"
        'Content-Type: text/html\n\n<html>\n  <body>\n    <p>Hi, {{name}},</p>\n    <img src="./second-image.jpg" />\n'
        "  </body>\n</html>\n"
    )
    message = message_of(letter_of(tmp_path, text, NAME))
    result = parsed(sealed(message))
    names = [part.get_filename() for part in result.walk() if part.get_filename()]
    assert names == ["second-image.jpg", "file1.docx", "attachment.pdf", "17.txt"]
    assert f'src="cid:{message.attachments[3].content_id}"' in (message.html or "")
    assert bodies(result)["plain"] == "Hi, Myself,\n"


def test_cc_and_bcc_are_known_and_cost_nobody_anything(tmp_path: Path) -> None:
    text = "TO: {{email}}\nCC: a@y.example\nBCC: secret@y.example\nSUBJECT: x\nFROM: a@mydomain.example\n\nHi\n"
    letter = letter_of(tmp_path, text, NAME)
    assert [header.name for header in letter.headers] == ["To", "Cc", "Bcc", "Subject", "From"]
    assert b"y.example" not in sealed(message_of(letter)).content


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Me\nBcc: spy@y.example"},
        {"name": "Me\n\nanother body"},
        {"email": "myself@mydomain.example\nBcc: spy@y.example"},
        {"email": "myself@mydomain.example, spy@y.example"},
    ],
)
def test_where_the_peer_would_leak_nothing_does(tmp_path: Path, values: dict[str, str]) -> None:
    text = "TO: {{name}} <{{email}}>\nSUBJECT: Hi {{name}}\nFROM: My Self <myself@mydomain.example>\n\nHi\n"
    content = sealed(message_of(letter_of(tmp_path, text, NAME), **values))
    result = parsed(content)
    assert "Bcc" not in result
    assert content.envelope.forward_path == "myself@mydomain.example"
    assert [box.addr_spec for box in result["To"].addresses] in ([], ["myself@mydomain.example"])
    assert bodies(result) == {"plain": "Hi\n"}
