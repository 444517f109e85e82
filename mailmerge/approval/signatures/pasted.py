"""The text of an approval, out of whatever carried it: a file of any encoding, a mail that was saved, a pasted text."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from pathlib import Path

from mailmerge.approval.signatures.statement import FORMAT, LONGEST
from mailmerge.errors import InputError, os_reason
from mailmerge.formats.decoding import decode
from mailmerge.formats.mime import decode_declared
from mailmerge.i18n import N_
from mailmerge.text.regex import regex

MOST_OCTETS = 16 * LONGEST
"""Of a mail, whose signature may hold pictures."""
_HEADER = regex(rb"(?:\xef\xbb\xbf)?(?:From .*\r?\n)?[!-9;-~]{1,70}:[ \t]")


def read_text(path: Path) -> str:
    """The text of a file that may be, or hold, an approval.

    Raises:
        InputError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return text_of(file.read(MOST_OCTETS))
    except OSError as error:
        raise InputError(N_("cannot read {path}: {why}"), path=path, why=os_reason(error)) from None


def text_of(octets: bytes) -> str:
    """The text that these octets are; of a mail, its texts and attached texts, where the approval is in them."""
    if _HEADER.match(octets):
        carried = "\n".join(_texts(BytesParser(policy=compat32).parsebytes(octets)))
        if FORMAT in carried:
            return carried
    found = decode(octets, "cp1252")
    return found[0] if found else octets.decode("utf-8", "replace")


def _texts(message: Message) -> Iterator[str]:
    """Every part that may be an approval; pages of HTML last, as text."""
    from mailmerge.lint.extract.html import shown_text

    pages: list[str] = []
    for part in message.walk():
        octets = part.get_payload(decode=True)
        if part.is_multipart() or not isinstance(octets, bytes):
            continue
        if part.get_content_type() == "text/html":
            pages.append(decode_declared(octets, part.get_content_charset()))
        elif part.get_content_maintype() == "text":
            yield decode_declared(octets, part.get_content_charset())
        elif FORMAT.encode() in octets:
            yield text_of(octets)
    yield from map(shown_text, pages)
