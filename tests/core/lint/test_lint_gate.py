"""The last gate on the exact bytes: whatever made them, they have one recipient or they do not leave."""

from __future__ import annotations

import base64
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from each_row import each_row, whole_or
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pseudo import outside, speaking_pseudo
from wire_cases import HEAD, PLAIN, SENDERS, TWO_PARTS, sealed

from mailmerge.errors import Blocked
from mailmerge.lint import gate
from mailmerge.lint.wire.headers import encoded_text, one_mailbox
from mailmerge.model import Envelope, SealedMessage


def refused(message: SealedMessage) -> str:
    with pytest.raises(Blocked) as refusal:
        gate(message, senders=SENDERS)
    with speaking_pseudo():
        assert outside(str(refusal.value)) == ""
    return str(refusal.value)


@pytest.mark.parametrize("body", [PLAIN, TWO_PARTS])
def test_a_message_as_it_should_be_passes(body: str) -> None:
    gate(sealed(HEAD + body), senders=SENDERS)


@each_row(
    "to",
    [
        "ines.petit@mail.example, anne@y.example",
        "Petit <ines.petit@mail.example>, anne@y.example",
        "Petit <ines.petit@mail.example>\n <anne@y.example>",
        "anne@y.example <ines.petit@mail.example>",
        '"anne@y.example" <ines.petit@mail.example>',
        "=?utf-8?q?anne=40y.example=2C?= <ines.petit@mail.example>",
        "Candidats: ines.petit@mail.example;",
        "undisclosed-recipients:;",
        "anne@y.example",
        "ines.petit@mail.example (anne@y.example)",
        "<@relay.example:ines.petit@mail.example>",
        "",
    ],
)
def test_anything_but_the_one_mailbox_in_to_is_refused(to: str) -> None:
    head = HEAD.replace("=?utf-8?q?In=C3=A8s?= Petit <ines.petit@mail.example>", to)
    assert refused(sealed(head + PLAIN)).startswith("WIR901")


@pytest.mark.parametrize(
    "to", ["ines.petit@mail.example", '"Petit, Inès" <x>'.replace("è", "e").replace("x", "ines.petit@mail.example")]
)
def test_a_bare_address_and_a_quoted_name_with_a_comma_pass(to: str) -> None:
    gate(sealed(HEAD.replace("=?utf-8?q?In=C3=A8s?= Petit <ines.petit@mail.example>", to) + PLAIN), senders=SENDERS)


@pytest.mark.parametrize(
    "path", ["", "a@x.example,b@y.example", "a@x.example> RCPT TO:<b@y.example", "anne@y.example", "ines.petit"]
)
def test_an_envelope_that_is_not_the_one_recipient_is_refused(path: str) -> None:
    assert refused(sealed(envelope=Envelope("rh@exemple.test", path))).startswith("WIR901")


@pytest.mark.parametrize(
    "header",
    [
        "Cc: anne@y.example",
        "Bcc: anne@y.example",
        "Resent-To: anne@y.example",
        "Apparently-To: anne@y.example",
        "To: anne@y.example",
        "to: anne@y.example",
        "Subject: encore",
        "List-Unsubscribe: <https://t.example/1>",
    ],
)
def test_a_header_too_many_is_refused(header: str) -> None:
    assert refused(sealed(f"{HEAD}{header}\n{PLAIN}")).startswith("WIR902")


def test_a_missing_header_is_refused() -> None:
    assert refused(sealed(HEAD.replace("MIME-Version: 1.0\n", "") + PLAIN)).startswith("WIR902")


@each_row(("code", "passed"), [(31, False), (32, True), (126, True), (127, False), (159, False), (160, True)])
def test_an_encoded_word_with_a_control_character_in_it_is_refused(code: int, passed: bool) -> None:
    word = base64.b64encode(f"a{chr(code)}b".encode()).decode()
    assert passes(sealed(HEAD.replace("Votre candidature", f"=?UTF-8?B?{word}?=") + PLAIN)) == passed


def test_an_encoded_word_with_a_line_break_in_it_is_refused() -> None:
    """CVE-2024-6923: CPython up to 3.12.1 folds it into a Bcc header of its own."""
    head = HEAD.replace("Votre candidature", "=?UTF-8?Q?=0ABcc:_x@y.example?=")
    assert refused(sealed(head + PLAIN)).startswith("WIR902")


@each_row(
    ("old", "new"),
    [
        (b"Bonjour,\r\n", b"Bonjour,\n"),
        (b"Bonjour,\r\n", b"Bonjour,\r"),
        (b"Bonjour,\r\n", b"Bonjour,\r\n.\rMAIL\r\n"),
        (b"Bonjour,\r\n", b"Bonjour,"),
        (b"Bonjour,\r\n", b"Bonjour \xc3\xa9\r\n"),
        (b"Bonjour,\r\n", b"Bonjour\0\r\n"),
        (b"Bonjour,\r\n", b"x" * 999 + b"\r\n"),
        (b"Subject: Votre", b"Subject Votre"),
        (b"Subject: Votre", b"Sub ject: Votre"),
        (b"Subject: Votre candidature", b"Subject: Votre\r\n \r\n candidature"),
        (b"quoted-printable", b"8bit"),
        (b"text/plain", b"message/rfc822"),
    ],
)
def test_bytes_that_two_servers_could_read_differently_are_refused(old: bytes, new: bytes) -> None:
    content = sealed().content.replace(old, new)
    assert refused(sealed(content)).startswith("WIR903")


def long_body(*, width: int = 76, lines: int = 12_000) -> bytes:
    """A message of nearly a megabyte."""
    return sealed().content + (b"x" * width + b"\r\n") * lines


@pytest.mark.parametrize("width", [1, 62, 76, 77, 78, 997, 998])
def test_a_long_message_passes_wherever_its_lines_end(width: int) -> None:
    gate(sealed(long_body(width=width, lines=1_000_000 // (width + 2))), senders=SENDERS)


@each_row("megabytes", [0.25, 0.5, 0.75])
@each_row("octets", [b"\n", b"\r", b"\xe9", b"\0", b"\n.\n", b"x" * 1000])
def test_what_could_be_read_differently_is_refused_wherever_it_stands(octets: bytes, megabytes: float) -> None:
    body, edge = long_body(), int(megabytes * (1 << 20))
    for at in range(edge - 80, edge + 80, whole_or(7, 1) if octets in (b"\n", b"\r") else 13):
        if body[at - 1 : at + 1] == b"xx":
            assert refused(sealed(body[:at] + octets + body[at:])).startswith("WIR903")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("--=-b1--\n", ""),
        ("--=-b1--\n", "--=-b1--\nepilogue\n"),
        ('boundary="=-b1"\n\n', 'boundary="=-b1"\n\npreamble\n'),
        ("text/html", "message/rfc822"),
        ("Content-Type: text/html", "Bcc: x@y.example\nContent-Type: text/html"),
        ('; boundary="=-b1"', ""),
        ("--=-b1--", "--=-b2--"),
    ],
)
def test_odd_mime_is_refused(old: str, new: str) -> None:
    assert refused(sealed(HEAD + TWO_PARTS.replace(old, new))).startswith("WIR903")


def test_changed_bytes_are_refused() -> None:
    message = sealed()
    assert refused(replace(message, content=message.content.replace(b"Bonjour", b"Bonsoir"))).startswith("WIR904")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("From: Claire Martin <rh@exemple.test>", "From: Claire Martin <rh@ailleurs.example>"),
        ("MIME-Version", "Reply-To: x@ailleurs.example\nMIME-Version"),
        ("MIME-Version", "Reply-To: rh@exemple.test, x@ailleurs.example\nMIME-Version"),
        ("MIME-Version", "Return-Path: <x@ailleurs.example>\nMIME-Version"),
        ("MIME-Version", "Disposition-Notification-To: x@ailleurs.example\nMIME-Version"),
        ("<run.1@exemple.test>", "<run.2@exemple.test>"),
    ],
)
def test_sender_headers_of_somebody_else_are_refused(old: str, new: str) -> None:
    assert refused(sealed(HEAD.replace(old, new) + PLAIN)).startswith("WIR905")


def test_a_message_id_of_another_domain_is_refused() -> None:
    head = HEAD.replace("<run.1@exemple.test>", "<run.1@laptop.local>")
    assert refused(sealed(head + PLAIN, message_id="<run.1@laptop.local>")).startswith("WIR905")


def test_a_colleague_at_a_free_mail_provider_is_not_the_sender() -> None:
    message = sealed(
        (HEAD + PLAIN).replace("exemple.test", "gmail.com").replace("MIME-", "Reply-To: x@gmail.com\nMIME-"),
        envelope=Envelope("rh@gmail.com", "ines.petit@mail.example"),
        message_id="<run.1@gmail.com>",
    )
    with pytest.raises(Blocked, match="WIR905"):
        gate(message, senders=["rh@gmail.com"])


def test_a_stranger_in_the_reverse_path_is_refused() -> None:
    assert refused(sealed(envelope=Envelope("x@y.example", "ines.petit@mail.example"))).startswith("WIR905")


# --- whatever is written into a header ------------------------------------------------------------------------------

hostile = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from('\r\n\0 \t<>@,;:"\\()=?_'),
    ),
    max_size=80,
)


def raw(name: str, subject: str, to: str) -> SealedMessage:
    text = HEAD.replace("Votre candidature", subject).replace("=?utf-8?q?In=C3=A8s?= Petit", name)
    text = text.replace("ines.petit@mail.example", to)
    return sealed((text + PLAIN).replace("\n", "\r\n").encode("utf-8", "surrogatepass"))


def passes(message: SealedMessage) -> bool:
    try:
        gate(message, senders=SENDERS)
    except Blocked:
        return False
    return True


def assert_one_recipient(message: SealedMessage) -> None:
    """The standard library, an independent reader, sees exactly the one mailbox and no other recipient."""
    parsed = message_from_bytes(message.content, policy=policy.default)
    assert [a.addr_spec for a in parsed["To"].addresses] == ["ines.petit@mail.example"]
    assert len(parsed.get_all("To", [])) == 1
    assert not any(parsed.get_all(name) for name in ("Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"))
    assert not parsed.defects


@given(hostile, hostile, st.one_of(st.just("ines.petit@mail.example"), hostile))
@example("x", "=?UTF-8?Q?=0ABcc:_x@y?=", "ines.petit@mail.example")
@example("=?UTF-8?Q?=0ABcc:_x@y?=", "x", "ines.petit@mail.example")
@example('"a" <b@y.example>,', "x", "ines.petit@mail.example")
@example("x", "x\r\nBcc: x@y.example", "ines.petit@mail.example")
@example("x", "x", "ines.petit@mail.example>, <b@y.example")
@example(".", "x", "ines.petit@mail.example")
@settings(max_examples=300, deadline=None)
def test_bytes_with_anything_in_them_have_one_recipient_or_do_not_pass(name: str, subject: str, to: str) -> None:
    message = raw(name, subject, to)
    if passes(message):
        assert_one_recipient(message)


@given(hostile, hostile)
@example("=?UTF-8?Q?=0ABcc:_x@y?=", "x")
@example('"' + "x" * 200 + ', b@y.example"', "x")
@example("Dupont, Jean", "x")
@settings(max_examples=200, deadline=None)
def test_what_the_standard_library_builds_has_one_recipient_or_does_not_pass(name: str, subject: str) -> None:
    built = EmailMessage(policy=policy.SMTP)
    try:
        built["From"] = "rh@exemple.test"
        built["To"] = Address(name, addr_spec="ines.petit@mail.example")
        built["Subject"] = subject
        built["Date"] = "Mon, 23 Nov 2026 18:00:00 +0000"
        built["Message-ID"] = "<run.1@exemple.test>"
        built.set_content("Bonjour", cte="base64")
        content = built.as_bytes()
    except (ValueError, IndexError, AttributeError, UnicodeEncodeError):
        return  # the library's own refusal
    message = sealed(content)
    if passes(message):
        assert_one_recipient(message)


@given(hostile)
def test_a_value_that_is_read_as_one_mailbox_holds_one_at_sign_outside_encoded_words(value: str) -> None:
    address = one_mailbox(value)
    if address is not None:
        assert value.count("@") == 1
        assert "@" not in encoded_text(value)


def test_the_gate_is_quick_enough_for_every_data_command() -> None:
    import time

    message = sealed(HEAD + TWO_PARTS)
    started = time.process_time()
    for _ in range(200):
        gate(message, senders=SENDERS)
    assert (time.process_time() - started) / 200 < 0.002
