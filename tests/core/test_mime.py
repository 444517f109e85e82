"""A charset that a mail or a card declares may be anything; its text is read all the same."""

from __future__ import annotations

from pathlib import Path

from each_row import each_row

from mailmerge.drafts.reading import read_draft
from mailmerge.imap.reports import read_report
from mailmerge.incident.read.copies import read_copies
from mailmerge.lint.extract.reader import read_content
from mailmerge.mime import decode_declared

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
