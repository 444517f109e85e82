"""Whatever stands in a table, the bytes made from it have one recipient, or the gate keeps them."""

from __future__ import annotations

import base64
import datetime
import hashlib
from email import message_from_bytes, policy

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lint_cases import HEADERS, PEOPLE, SENDER, changed, letter_of, recipients_of, table_of
from msgspec.structs import replace

from mailmerge.errors import Blocked, RenderFailed
from mailmerge.letter import Letter, assemble
from mailmerge.lint import gate, prove
from mailmerge.model import Message, SealedMessage, Stamp
from mailmerge.text.addresses import Mailbox

STAMP = Stamp(b"2026-11-23-7f3a", datetime.datetime(2026, 11, 23, 18, 0, tzinfo=datetime.UTC))
TEXT = """Subject: Candidature {{ poste }}
From: Claire Martin <rh@exemple.test>
To: {{ civilite }} {{ nom }} <{{ adresse_e_mail }}>
Reply-To: {{ prenom|default("Claire") }} <rh@exemple.test>

Bonjour {{ nom }},

{{ poste }} [ici](https://exemple.test/?r={{ reference|default("") }})
"""
LETTERS = {
    "given": letter_of(TEXT),
    "derived": letter_of(TEXT.replace("To: {{ civilite }} {{ nom }} <{{ adresse_e_mail }}>\n", "")),
}


def sealed(letter: Letter, sender: Mailbox = SENDER, **cells: str) -> tuple[Message, SealedMessage]:
    table = table_of(changed(2, **cells), HEADERS)
    recipient = recipients_of(table)[1]
    message = letter.compose(recipient, table.values(recipient.record))
    return message, assemble(message, sender, STAMP)


def passes(sealed: SealedMessage, message: Message) -> None:
    """Through the last gate, and through the proof before it."""
    gate(sealed, senders=[SENDER.address])
    prove(sealed, message)


hostile = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from('\r\n\0\t <>@,;:"\\()=?_%')), max_size=90)
signs = st.sampled_from(".,;:()[]'\"/&+!?_=*\\")
names = st.text(st.characters(categories=["L", "Zs", "Pd"]) | signs, min_size=1, max_size=60).filter(str.strip)
addresses = st.one_of(st.just(PEOPLE[1][3]), hostile)


@given(hostile, hostile, hostile, hostile, addresses, st.sampled_from(sorted(LETTERS)))
@example("=?UTF-8?Q?=0ABcc:_x@y?=", "x", "x", "x", PEOPLE[1][3], "given")
@example("x\r\nBcc: x@y.example", "x", "x", "x", PEOPLE[1][3], "derived")
@example('"' + "x" * 80 + ', b@y.example"', "x", "x", "x", PEOPLE[1][3], "given")
@example("x", "x", "x", "x", "a@x.fr>, <b@y.fr", "given")
@example("x", "x", "x", "x", "a@x.fr, b@y.fr", "derived")
@settings(max_examples=250, deadline=None)
def test_there_is_one_mailbox_or_no_message(
    last: str, first: str, job: str, title: str, address: str, letter: str
) -> None:
    try:
        _message, bytes_ = sealed(
            LETTERS[letter], nom=last, prenom=first, poste=job, civilite=title, adresse_e_mail=address
        )
        gate(bytes_, senders=[SENDER.address])
    except (Blocked, RenderFailed):
        return
    parsed = message_from_bytes(bytes_.content, policy=policy.default)
    assert [mailbox.addr_spec for mailbox in parsed["To"].addresses] == [bytes_.envelope.forward_path]
    assert bytes_.envelope.forward_path.count("@") == 1
    assert [mailbox.addr_spec for mailbox in parsed["From"].addresses] == ["rh@exemple.test"]
    assert [mailbox.addr_spec for mailbox in parsed["Reply-To"].addresses] == ["rh@exemple.test"]
    for name in ("To", "From", "Subject", "Message-ID"):
        assert len(parsed.get_all(name)) == 1
    assert not {"cc", "bcc", "resent-to", "apparently-to"} & {name.lower() for name in parsed}


@given(names, names, names, st.sampled_from(sorted(LETTERS)))
@example('Dupont "Le Grand" (RH)', "J.\\-P.", "=?utf-8?q?x?=", "given")
@example("Dupont, Jean", "Zoé", "Comptable (F/H) – 35 h : « été »", "given")
@example("de La Tour d’Auvergne-Lauraguais et de Saint-Martin-du-Très-Haut-Mont", "Jean", "x" * 300, "derived")
@settings(max_examples=150, deadline=None)
def test_what_people_are_called_passes(last: str, first: str, job: str, letter: str) -> None:
    message, bytes_ = sealed(LETTERS[letter], nom=last, prenom=first, poste=job)
    passes(bytes_, message)


@pytest.mark.parametrize("letter", sorted(LETTERS))
def test_the_proof_compares_the_bytes_with_the_message_they_were_made_from(letter: str) -> None:
    message, _ = sealed(LETTERS[letter])
    _, other = sealed(LETTERS[letter], nom="Durand", poste="Acheteur")
    with pytest.raises(Blocked, match="WIR903"):
        prove(other, message)


def test_a_message_with_attachments_and_a_picture_passes(tmp_path: object) -> None:
    from lint_files import PNG, pdf

    letter = letter_of("Attachment: a.pdf\nAttachment: logo.png\nAttachment: b.txt\n" + TEXT + "\n![](logo.png)\n")
    (letter.path.parent / "a.pdf").write_bytes(pdf())
    (letter.path.parent / "logo.png").write_bytes(PNG)
    (letter.path.parent / "b.txt").write_text("été")
    message, bytes_ = sealed(letter)
    passes(bytes_, message)


LARGE = bytes(range(256)) * 400


def with_large_file(content: bytes = LARGE) -> tuple[Message, SealedMessage]:
    letter = letter_of("Attachment: plan.bin\n" + TEXT)
    (letter.path.parent / "plan.bin").write_bytes(content)
    return sealed(letter)


@pytest.mark.parametrize("size", [4095, 4096, 57 * 4096, 57 * 4096 + 1, 57 * 8192 - 1])
def test_a_message_with_a_large_file_passes_whatever_its_length(size: int) -> None:
    message, bytes_ = with_large_file(bytes(size))
    passes(bytes_, message)


@pytest.mark.parametrize("damage", ["one character", "a line less", "another file", "a line more in the middle"])
def test_a_large_file_that_is_not_the_composed_one_is_refused(damage: str) -> None:
    message, bytes_ = with_large_file()
    line = base64.b64encode(LARGE)[76 * 7 : 76 * 8] + b"\r\n"
    content = {
        "one character": lambda: bytes_.content.replace(line, line.swapcase(), 1),
        "a line less": lambda: bytes_.content.replace(line, b"", 1),
        "another file": lambda: with_large_file(LARGE[::-1])[1].content,
        "a line more in the middle": lambda: bytes_.content.replace(line, line + b"--=_x\r\n\r\n", 1),
    }[damage]()
    assert content != bytes_.content
    damaged = replace(bytes_, content=content, sha256=hashlib.sha256(content).hexdigest())
    with pytest.raises(Blocked, match="WIR903"):
        passes(damaged, message)


@pytest.mark.parametrize(
    ("damage", "into"),
    [
        (b'filename="plan.bin"', b'filename="else.bin"'),
        (b"application/octet-stream", b"application/pdf"),
        (b'text/plain; charset="utf-8"', b'text/plain; charset="cp1252"'),
        (base64.b64encode(b"small"), base64.b64encode(b"other")),
        (b"text/html", b"text/enriched"),
    ],
)
def test_a_part_that_is_declared_or_filled_in_another_way_is_refused(damage: bytes, into: bytes) -> None:
    message, bytes_ = with_large_file(b"small")
    assert bytes_.content.count(damage) == 1
    content = bytes_.content.replace(damage, into)
    damaged = replace(bytes_, content=content, sha256=hashlib.sha256(content).hexdigest())
    with pytest.raises(Blocked, match="WIR903"):
        prove(damaged, message)


def test_a_boundary_within_a_large_body_is_found_although_the_file_is_cut_out() -> None:
    """What stands beside the file's own lines is parsed, wherever it stands."""
    message, bytes_ = with_large_file()
    content = bytes_.content.replace(b"\r\n--=_", b"\r\nX\r\n--=_", 3)
    damaged = replace(bytes_, content=content, sha256=hashlib.sha256(content).hexdigest())
    with pytest.raises(Blocked, match="WIR903"):
        passes(damaged, message)


@pytest.mark.parametrize("address", ["Jean.Dupont@Mail.EXAMPLE", "jean@Société.example"])
@pytest.mark.parametrize("letter", sorted(LETTERS))
def test_an_address_spelt_in_its_own_way_passes(letter: str, address: str) -> None:
    message, bytes_ = sealed(LETTERS[letter], adresse_e_mail=address)
    passes(bytes_, message)
