"""The exact bytes: whatever stands in the table, one mailbox, the intended headers, the intended text."""

from __future__ import annotations

import re
from email.headerregistry import AddressHeader
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from letter_cases import SENDER, STAMP, VALUES, bodies, composed, letter_of, parsed, person, sealed, write_letter

from mailmerge.letter import Letter, assemble, read_letter
from mailmerge.text.addresses import Mailbox

TEXT = """\
Subject: {{ poste }} : {{ prenom }}
To: {{ prenom }} {{ nom }} <{{ email }}>
Reply-To: {{ civilite }} <rh@exemple.test>
X-Reference: {{ titre|default("-") }}
Content-Language: fr

Bonjour {{ prenom }} **{{ nom|default("") }}**,

le [poste](https://exemple.test/{{ poste }}) {{ titre|default("") }}
"""
HEADERS = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "X-Reference", "Content-Language",
           "MIME-Version", "Content-Type"]  # fmt: skip

hostile = st.one_of(
    st.text(max_size=120),
    st.text("ab ,;:<>@\"'\\()[]=?\r\n\t\x00\x0b\x0c\x1b\x85\u2028é‮€😀", max_size=200),
    st.sampled_from(
        [
            "=?UTF-8?Q?=0ABcc:_x@y.example?=",
            "=?utf-8?b?CkJjYzogeEB5LmV4YW1wbGU=?=",
            "Zoé\r\nBcc: x@y.example",
            '"Durand, Zoé" <x@y.example>, ',
            "x" * 300,
            "é" * 300,
            "Durand " * 40 + ", b@y.example",
            "b@y.example",
            "\ud800 alone",
            "\ue0000.0\ue001",
            "--=_deadbeef-2",
            ".",
            "From ",
            "a" * 76 + " ",
        ]
    ),
)


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Letter:
    path = write_letter(tmp_path_factory.mktemp("letter"), TEXT)
    return read_letter(path, extra_headers=["X-Reference"])


def mailboxes(header: object) -> list[tuple[str, str]]:
    """Names without spaces: the standard library's parser leaves one between two encoded-words of a phrase."""
    return [(squeezed(box.display_name), box.addr_spec) for box in cast(AddressHeader, header).addresses]


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(prenom=hostile, nom=hostile, poste=hostile, civilite=hostile, titre=hostile)
@example(prenom="Zoé", nom="Durand " * 12 + ", b@y.example", poste="x", civilite="RH, b@y.example", titre="")
@example(prenom="\x1d", nom="0", poste="", civilite="", titre="=?utf-8?q?x?=")
def test_no_value_adds_a_mailbox_or_a_header_or_changes_the_text(
    letter: Letter, prenom: str, nom: str, poste: str, civilite: str, titre: str
) -> None:
    message = composed(letter, prenom=prenom, nom=nom, poste=poste, civilite=civilite, titre=titre)
    content = sealed(message)
    result = parsed(content)

    assert result.keys() == HEADERS
    assert not result.defects
    assert all(not part.defects for part in result.walk())
    assert mailboxes(result["To"]) == [(squeezed(message.to.name), "zoe.durand@exemple.test")]
    assert mailboxes(result["From"]) == [("ClaireMartin", "rh@exemple.test")]
    assert mailboxes(result["Reply-To"]) == [(squeezed(message.mailboxes("Reply-To")[0].name), "rh@exemple.test")]
    assert result["Subject"] == message.subject
    assert bodies(result) == {"plain": message.text, "html": message.html}

    content.content.decode("ascii")
    lines = content.content.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert content.content.endswith(b"\r\n")


@pytest.mark.parametrize("length", range(30, 90))
@pytest.mark.parametrize("letter_of_word", ["é", "x", "𐀀", "="])
def test_a_long_first_word_begins_beside_the_name_of_its_field(
    letter: Letter, length: int, letter_of_word: str
) -> None:
    word = letter_of_word * length
    content = sealed(composed(letter, prenom=word, poste=word, titre=word, civilite=word))
    result = parsed(content)
    assert result["Subject"] == composed(letter, prenom=word, poste=word, titre=word, civilite=word).subject
    head = content.content.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert max(map(len, head)) <= 76
    assert not [line for line in head if re.fullmatch(rb"[A-Za-z-]+: *", line)]


@settings(max_examples=200, deadline=None)
@given(text=hostile)
def test_a_header_line_is_at_most_76_characters_long(letter: Letter, text: str) -> None:
    content = sealed(composed(letter, prenom=text, poste=text, titre=text, civilite=text)).content
    head = content.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 76
    assert not [line for line in head.split(b"\r\n") if re.fullmatch(rb"[A-Za-z-]+: *", line)]


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    path = write_letter(tmp_path, TEXT)
    first = sealed(composed(read_letter(path, extra_headers=["X-Reference"]), titre="A1"))
    second = sealed(composed(read_letter(path, extra_headers=["X-Reference"]), titre="A1"))
    assert first == second


def test_two_people_or_two_runs_share_no_message_id_and_no_boundary(tmp_path: Path) -> None:
    letter = letter_of(tmp_path, "Subject: x\n\nBonjour\n")
    one, two = (sealed(letter.compose(person(number=number), VALUES)) for number in (1, 2))
    other = assemble(letter.compose(person(), VALUES), SENDER, type(STAMP)(b"2026-09-03-1111", STAMP.date))
    assert len({one.message_id, two.message_id, other.message_id}) == 3
    assert len({parsed(message).get_boundary() for message in (one, two, other)}) == 3


def test_the_message_id_is_in_the_senders_domain_and_names_no_machine(tmp_path: Path) -> None:
    message = composed(letter_of(tmp_path, "Subject: x\n\nBonjour\n"))
    result = assemble(message, Mailbox("", "rh@münchen.example"), STAMP)
    assert re.fullmatch(r"<[0-9a-f]{32}@xn--mnchen-3ya\.example>", result.message_id)
    assert result.message_id.encode() in result.content


def test_the_envelope_names_the_record_and_the_account(tmp_path: Path) -> None:
    letter = letter_of(tmp_path, "Subject: x\nFrom: Direction <direction@exemple.test>\n\nBonjour\n")
    result = sealed(composed(letter))
    assert (result.envelope.reverse_path, result.envelope.forward_path) == (
        "rh@exemple.test",
        "zoe.durand@exemple.test",
    )
    assert mailboxes(parsed(result)["From"]) == [("Direction", "direction@exemple.test")]
    assert (result.record, result.name) == (1, "Zoé Durand")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Zoe Durand", b"To: Zoe Durand <"),
        ("Durand, Zoe", b'To: "Durand, Zoe" <'),
        ("J. Durand-O'Neill", b'To: "J. Durand-O\'Neill" <'),
        ("", b"To: zoe.durand@exemple.test"),
        ("Zoé", b"To: =?utf-8?q?Zo=C3=A9?= <"),
        ("=?utf-8?q?x?=", b"To: =?utf-8?b?PT91dGYtOD9xP3g/PQ==?= <"),
        ("b@y.example", b"To: =?utf-8?q?b=40y=2Eexample?= <"),
    ],
)
def test_a_display_name_is_plain_quoted_or_encoded(tmp_path: Path, name: str, line: bytes) -> None:
    letter = letter_of(tmp_path, "Subject: x\n\nBonjour\n")
    content = sealed(letter.compose(person(name), VALUES)).content
    assert line in content


def test_a_domain_with_accents_is_written_in_a_labels(tmp_path: Path) -> None:
    letter = letter_of(tmp_path, "Subject: x\nTo: {{ email }}\n\nBonjour\n")
    message = composed(letter, email="zoe@münchen.example")
    assert message.to.address == "zoe@xn--mnchen-3ya.example"
    result = parsed(sealed(message))
    assert mailboxes(result["To"]) == [("", "zoe@xn--mnchen-3ya.example")]


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@x.example, b@y.example", "a@x.example> <b@y.example", "x\r\nBcc: y"]
)
def test_what_is_not_one_address_becomes_nobodys(tmp_path: Path, address: str) -> None:
    letter = letter_of(tmp_path, "Subject: x\n\nBonjour\n")
    result = parsed(sealed(letter.compose(person(address=address), VALUES)))
    assert mailboxes(result["To"]) == []
    assert result.get_all("To") is not None
    assert "Bcc" not in result


def test_cc_and_bcc_exist_in_the_message_and_never_in_the_bytes(tmp_path: Path) -> None:
    letter = letter_of(tmp_path, "Subject: x\nCc: a@y.example\nBcc: b@y.example\n\nBonjour\n")
    message = composed(letter)
    assert [box.address for header in ("Cc", "Bcc") for box in message.mailboxes(header)] == [
        "a@y.example",
        "b@y.example",
    ]
    assert b"y.example" not in sealed(message).content


def test_several_mailboxes_in_to_are_kept_for_the_linter_and_one_is_written(tmp_path: Path) -> None:
    message = composed(letter_of(tmp_path, "Subject: x\nTo: {{ email }}, chef@y.example\n\nBonjour\n"))
    assert [box.address for box in message.mailboxes("To")] == ["zoe.durand@exemple.test", "chef@y.example"]
    assert b"y.example" not in sealed(message).content


def test_a_long_subject_of_plain_words_is_folded_between_them(tmp_path: Path) -> None:
    subject = "Your application for the position of senior accountant in our office in Toulouse, France"
    result = sealed(composed(letter_of(tmp_path, f"Subject: {subject}\n\nHello\n")))
    assert parsed(result)["Subject"] == subject
    assert b"Subject: Your application for the position" in result.content


def test_without_a_subject_there_is_no_subject_field(tmp_path: Path) -> None:
    result = parsed(sealed(composed(letter_of(tmp_path, "Reply-To: rh@exemple.test\n\nBonjour\n", "lettre.txt"))))
    assert "Subject" not in result
    assert result.get_content_type() == "text/plain"
