"""The letter file: what it may look like, and how it says no."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from each_row import each_row
from letter_cases import VALUES, body_letter, composed, letter_of, person, write_letter

from mailmerge.errors import LetterError
from mailmerge.letter import read_letter


def refusal(path: Path, **options: list[str]) -> str:
    with pytest.raises(LetterError) as caught:
        read_letter(path, **options)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_headers_fold_and_keep_their_lines(tmp_path: Path) -> None:
    letter = letter_of(
        tmp_path, "SUBJECT: Votre candidature\n  au poste de {{ poste }}\nreply-to: rh@exemple.test\n\nBonjour\n"
    )
    assert [(header.name, header.line) for header in letter.headers] == [("Subject", 1), ("Reply-To", 3)]
    assert composed(letter).subject == "Votre candidature au poste de Comptable"


def test_expressions_know_their_source_fields_and_line(tmp_path: Path) -> None:
    text = (
        "Subject: {{ poste }}\n\nBonjour {{ nom | proper }},\n\n"
        "{% if civilite == 'Madame' -%}\nreçue\n{% elif Prénom %}\n{{ titre|default('') }}{% endif %}\n"
        "{% set x = nom ~ poste %}\n{% for m in nom.split(' ') %}{{ m }}{{ x }}{% endfor %}\n"
    )
    found = [
        (e.source, sorted(e.fields), e.line, e.printed, e.has_default) for e in letter_of(tmp_path, text).expressions
    ]
    assert found == [
        ("{{ poste }}", ["poste"], 1, True, False),
        ("{{ nom | proper }}", ["nom"], 3, True, False),
        ("civilite == 'Madame'", ["civilite"], 5, False, False),
        ("Prénom", ["prenom"], 7, False, False),
        ("{{ titre|default('') }}", ["titre"], 8, True, True),
        ("set x = nom ~ poste", ["nom", "poste"], 9, False, False),
        ("for m in nom.split(' ')", ["nom"], 10, False, False),
        ("{{ m }}", ["nom"], 10, True, False),
        ("{{ x }}", ["nom", "poste"], 10, True, False),
    ]


def test_the_authors_words_are_known_with_their_line_and_part(tmp_path: Path) -> None:
    letter = letter_of(tmp_path, "Subject: Poste {{ poste }}\n\nBonjour {{ nom|default('Madame') }},\nà bientôt\n")
    assert [(c.text.strip(), c.line, c.part) for c in letter.constants if c.text.strip()] == [
        ("Poste", 1, "Subject"),
        ("Bonjour", 3, "body"),
        ("Madame", 3, "body"),
        (",\nà bientôt", 3, "body"),
    ]


def test_a_field_is_known_by_its_header_when_that_is_a_name(tmp_path: Path) -> None:
    assert composed(body_letter(tmp_path, "{{ Prénom }} {{ NOM }}", "l.txt")).text == "Zoé Durand\n"


def test_fields_are_declared_by_header_or_identifier(tmp_path: Path) -> None:
    assert letter_of(tmp_path, "Fields: Civilité, nom,\n\nx\n").declared == {"civilite", "nom"}
    assert body_letter(tmp_path, "x").declared is None


def test_content_type_decides_and_else_the_extension(tmp_path: Path) -> None:
    assert letter_of(tmp_path, "Content-Type: text/html; charset=utf-8\n\nx", "a.txt").kind == "html"
    kinds = [letter_of(tmp_path, "Subject: x\n\nx", name).kind for name in ("a.md", "a.html", "a.txt", "a")]
    assert kinds == ["markdown", "html", "text", "text"]


def test_the_language_is_in_the_header_or_in_the_files_name(tmp_path: Path) -> None:
    assert letter_of(tmp_path, "Content-Language: en-GB\n\nx", "a.fr.md").language == "en-GB"
    assert letter_of(tmp_path, "Subject: x\n\nx", "a.fr.md").language == "fr"
    assert letter_of(tmp_path, "Subject: x\n\nx", "a.md").language == ""


@pytest.mark.parametrize(
    "content",
    [
        "Subject: é €\n\n{{ nom }} œ".encode("cp1252"),
        b"\xef\xbb\xbfSubject: \xc3\xa9 \xe2\x82\xac\n\n{{ nom }} \xc5\x93",
    ],
)
def test_windows_and_utf8_letters_are_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "l.txt").write_bytes(content.replace(b"\n", b"\r\n"))
    message = composed(read_letter(tmp_path / "l.txt"))
    assert (message.subject, message.text) == ("é €", "Durand œ\n")


def test_the_senders_that_the_letter_names_are_known(tmp_path: Path) -> None:
    letter = letter_of(tmp_path, "From: RH <rh@exemple.test>\nReply-To: a@exemple.test\n\nx")
    assert letter.declared_senders == {"rh@exemple.test", "a@exemple.test"}
    branched = "From: {% if fr %}rh@exemple.test{% else %}hr@exemple.test{% endif %}\nReply-To: {{ email }}\n\nx"
    assert letter_of(tmp_path, branched).declared_senders == {"rh@exemple.test", "hr@exemple.test"}


def test_a_letter_can_be_sent_to_another_process(tmp_path: Path) -> None:
    letter = body_letter(tmp_path, "x {{ nom }}")
    again = pickle.loads(pickle.dumps(letter))
    assert composed(again).text == composed(letter).text


@each_row(
    ("text", "line", "words"),
    [
        ("Subjet: x\n\nx", 1, ["Subjet", "write Subject: x"]),
        ("Date: x\n\nx", 1, ["Date", "Subject, From, To"]),
        ("Subject: x\nX-Ref: 1\n\nx", 2, ["X-Ref", "campaign.toml"]),
        ("Subject: x\nSubject: y\n\nx", 2, ["appears twice"]),
        ("Subject: x\n{% if a %}\n\nx", 2, ["not a header"]),
        ("Bonjour {{ nom }},\n\nx", 1, ["not a header"]),
        ("\nBonjour", 1, ["header block is missing"]),
        ("Subject: x\n\nBonjour\n{{ nom\n", 4, ["write {{ nom }}"]),
        ("Subject: x\n\nBonjour\n{% if nom %}\n", 4, ["if"]),
        ("Subject: x\nTo: {{ nom }\n\nx", 2, ["write {{ nom }}"]),
        ("Subject: x\n\n\n{% endfor %}", 4, ["endfor"]),
        ("Subject: x\n\nx\n{{ nom|propre }}", 4, ['"propre"', "proper"]),
        ("Subject: x\n\nx\n{% if nom is vide %}{% endif %}", 4, ['"vide"']),
        ("Subject: x\n\nx\n{{ accord('x') }}", 4, ["accord"]),
        ("Content-Type: text/rtf\n\nx", 1, ["text/rtf", "text/markdown"]),
        ("Content-Type: bogus\n\nx", 1, ["bogus"]),
        ("Content-Type: {{ x }}\n\nx", 1, ["same for everybody"]),
        ("Content-Language: French!\n\nx", 1, ["French!"]),
        ("Content-Transfer-Encoding: base64\n\nx", 1, ["plain characters"]),
        ("Subject: x\nFrom: a@x.example, b@x.example\n\nx", 2, ["more than one mailbox"]),
        ("Subject: x\n\nx\ue000y", 3, ["U+E000"]),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, line: int, words: list[str]) -> None:
    path = write_letter(tmp_path, text)
    message = refusal(path)
    assert message.startswith(f"{path}, line {line}: ")
    assert all(word in message for word in words)


def test_a_declared_header_is_known(tmp_path: Path) -> None:
    path = write_letter(tmp_path, "X-Ref: {{ nom }}\n\nx")
    message = read_letter(path, extra_headers=["x-ref"]).compose(person(), VALUES)
    assert [(name, pattern.fill(message.values)) for name, pattern in message.shape.extra_headers] == [
        ("X-ref", "Durand")
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not a text file"),
        ("Subject: x\n\nx".encode("utf-16"), "not a text file"),
        (b"Subject: \x81\x8d\n\nx", "neither UTF-8 nor Windows-1252"),
        (b"Subject: x\n\n" + b"x" * 5_000_000, "larger than 5 MB"),
    ],
)
def test_what_is_no_letter_is_refused_in_one_line(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "l.md").write_bytes(content)
    assert words in refusal(tmp_path / "l.md")


def test_no_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    assert "there is no letter" in refusal(tmp_path / "missing.md")
    assert "is a folder" in refusal(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.md")
        assert "not a regular file" in refusal(tmp_path / "pipe.md")


def test_a_letter_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    path = write_letter(tmp_path, "Subject: x\n\nx")
    monkeypatch.setattr(Path, "read_bytes", denied)
    assert "permission denied" in refusal(path)


def test_absurd_nesting_is_refused(tmp_path: Path) -> None:
    assert "too deeply nested" in refusal(
        write_letter(tmp_path, "Subject: x\n\n{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}")
    )


def test_a_hand_written_alternative_body_is_read(tmp_path: Path) -> None:
    text = """\
TO: {{email}}
SUBJECT: Testing mailmerge
FROM: My Self <myself@exemple.test>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="boundary"

This is a MIME-encoded message. If you are seeing this, your mail
reader is old.

--boundary
Content-Type: text/plain; charset=us-ascii

Hi, {{prenom}},

I am sending this from the command line.

--boundary
Content-Type: text/html; charset=us-ascii

<html>
  <body>
    <p>Hi, {{prenom}},</p>
  </body>
</html>
"""
    letter = letter_of(tmp_path, text, "mailmerge_template.txt")
    message = composed(letter, prenom="<Zoé>")
    assert letter.kind == "html"
    assert message.text == "Hi, <Zoé>,\n\nI am sending this from the command line.\n"
    assert message.html == "<html>\n  <body>\n    <p>Hi, &lt;Zoé&gt;,</p>\n  </body>\n</html>\n"
    assert [e.line for e in letter.expressions] == [1, 13, 22]


@pytest.mark.parametrize(
    ("header", "body", "words"),
    [
        ("multipart/mixed; boundary=b", "--b\n\nx\n--b--", "only a multipart/alternative"),
        ("multipart/alternative", "x", "only a multipart/alternative"),
        ("multipart/alternative; boundary=b", "x", "no text/plain"),
        ("multipart/alternative; boundary=b", "--b\nContent-Type: image/png\n\nx\n--b--", "image/png"),
        ("multipart/alternative; boundary=b", "--b\nContent-Transfer-Encoding: base64\n\nx\n--b--", "not encoded"),
    ],
)
def test_other_hand_written_bodies_are_refused(tmp_path: Path, header: str, body: str, words: str) -> None:
    assert words in refusal(write_letter(tmp_path, f"Content-Type: {header}\n\n{body}\n"))
