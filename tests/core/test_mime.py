"""A charset that a mail or a card declares may be anything; its text is read all the same."""

from __future__ import annotations

from collections.abc import Iterable
from email import message_from_bytes
from email.header import Header, decode_header
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from returned_mails import FORMS, Sent

from mailmerge.drafts.reading import read_draft
from mailmerge.formats.mime import READING, decode_declared, header_pieces
from mailmerge.imap.reports import read_report
from mailmerge.incident.read.copies import read_copies
from mailmerge.lint.extract.reader import read_content

CHARSETS = [
    "x-unheard-of",
    "a\0b",
    "hex",
    "base64",
    "rot13",
    "idna",
    "punycode",
    "undefined",
    "ascii",
    "utf-16",
    "é",
    " ",
]
SAID = "Zoé Lefèvre"


def mail(charset: str, *, said: str = SAID) -> bytes:
    head = (
        "From: a@x.example\r\nTo: b@x.example\r\nSubject: Re\r\nIn-Reply-To: <1@x.example>\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: text/plain; charset="{charset}"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    )
    return head.encode("utf-8") + said.encode("utf-8")


@each_row("charset", CHARSETS)
def test_what_a_charset_cannot_read_is_read_in_its_probable_encoding(charset: str) -> None:
    assert decode_declared(SAID.encode(), charset) == SAID or charset == "utf-16"
    assert decode_declared(SAID.encode("cp1252"), charset) == SAID or charset in ("utf-16", "punycode")


@each_row("charset", CHARSETS)
def test_a_mail_of_any_charset_is_read_everywhere(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(mail(charset))
    assert SAID in read_copies([path], whole=True).mails[0].text or charset == "utf-16"
    assert read_draft(path)
    assert read_report(path.read_bytes())
    card = f"BEGIN:VCARD\r\nFN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:Zo=C3=A9\r\nEND:VCARD\r\n"
    for name, octets in (("a.eml", path.read_bytes()), ("a.vcf", card.encode())):
        assert read_content(octets, name).opaque is None or "\0" in charset  # nothing of text has a null character


WORDS = st.builds(
    lambda text, charset, how: Header(text, charset).encode() if how == "b" else quoted_word(text, charset),
    st.text(st.characters(codec="latin-1", exclude_categories=["Cc", "Zs"]), min_size=1, max_size=12),
    st.sampled_from(["utf-8", "iso-8859-1"]),
    st.sampled_from(["b", "q"]),
)


def quoted_word(text: str, charset: str) -> str:
    return f"=?{charset}?q?{''.join(f'={octet:02X}' for octet in text.encode(charset))}?="


@given(st.lists(st.one_of(WORDS, st.sampled_from(["Dr.", "a?b", "=?", "<a@x.example>", "é"])), max_size=8))
def test_a_header_reads_as_the_standard_library_reads_it(words: list[str]) -> None:
    """Blanks aside, of which the library drops some beside an encoded word."""
    value = " ".join(words)

    def said(pieces: Iterable[tuple[bytes | str, str | None]]) -> list[str]:
        texts = (
            piece if isinstance(piece, str) else piece.decode(charset or "raw-unicode-escape")
            for piece, charset in pieces
        )
        return "".join(texts).split()

    assert said(header_pieces(value)) == said(decode_header(value))


def test_a_letter_in_two_encoded_words_is_one() -> None:
    assert header_pieces("=?utf-8?q?=C3?= =?UTF-8?q?=A9?= x") == [(b"\xc3\xa9", "utf-8"), (" x", None)]


OF_STRUCTURE = ("Content-Type", "Content-Transfer-Encoding", "Content-Disposition")
STRUCTURES = [
    "text/plain",
    "TEXT/HTML; charset=utf-8",
    'multipart/mixed; boundary="=_1"',
    'application/pdf; name="=?utf-8?q?Ren=C3=A9.pdf?="',
    "attachment; filename*=utf-8''Ren%C3%A9.pdf",
    "attachment;\r\n filename=a.pdf",
    "QUOTED-PRINTABLE",
    "text",
    "",
    "é",
    "a" * 2000,
]


def told(message: EmailMessage) -> list[object]:
    """All that the library says of a mail and of its parts."""
    return [
        [
            (name, str(value), type(value).__mro__[1:], value.defects, getattr(value, "params", None))
            for name, value in part.items()
        ]
        + [part.get_content_type(), part.get_filename(), str(part.get_content_charset())]
        + [part.is_multipart() or part.get_payload()]
        for part in message.walk()
    ]


def both(content: bytes) -> list[EmailMessage]:
    messages = [message_from_bytes(content, policy=policy) for policy in (SMTP, READING)]
    assert all(isinstance(each, EmailMessage) for each in messages)
    return messages  # type: ignore[return-value]


@each_row("form", FORMS)
def test_a_mail_is_read_as_the_library_reads_it(form: str) -> None:
    returned = FORMS[form].write(Sent())
    content = returned if isinstance(returned, bytes) else returned.encode()
    as_it_does, as_we_do = both(content)
    assert repr(told(as_we_do)) == repr(told(as_it_does))


@each_row("name", OF_STRUCTURE)
@each_row("value", STRUCTURES)
def test_what_a_part_is_reads_as_the_library_reads_it_and_is_parsed_once(name: str, value: str) -> None:
    as_it_does, as_we_do = both(f"{name}: {value}\r\nSubject: x\r\n\r\nx\r\n".encode())
    assert repr(told(as_we_do)) == repr(told(as_it_does))
    assert as_we_do[name] is as_we_do[name]
    assert as_we_do.as_bytes() == as_it_does.as_bytes()


def test_a_field_that_names_somebody_is_not_kept() -> None:
    _, message = both(b"To: Ana Gil <ana.gil@x.example>\r\nSubject: Ana\r\n\r\nx\r\n")
    assert message["To"] is not message["To"]
    assert message["Subject"] is not message["Subject"]
