"""One message as a person reads it, out of its bytes: to whom, about what, the text, and the files that go with it."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage

from msgspec import Struct

from mailmerge.formats.mime import READING


class ReadLetter(Struct, frozen=True):
    """What a message says."""

    to: str
    subject: str
    sender: str
    text: str
    html: str
    files: tuple[tuple[str, int], ...]
    """Names and sizes of the attached files."""


def read_letter(content: bytes) -> ReadLetter:
    """What a message says; nothing is believed but its bytes."""
    message = message_from_bytes(content, policy=READING)
    if not isinstance(message, EmailMessage):
        raise TypeError(type(message))
    texts = {"plain": "", "html": ""}
    files: list[tuple[str, int]] = []
    for part in message.walk():
        if part.is_multipart() or not isinstance(part, EmailMessage):
            continue
        subtype = part.get_content_subtype()
        if part.get_filename():
            files.append((str(part.get_filename()), len(part.get_payload(decode=True) or b"")))
        elif part.get_content_maintype() == "text" and subtype in texts and not texts[subtype]:
            texts[subtype] = str(part.get_content()).replace("\r\n", "\n")
    values = [str(message.get(name, "")) for name in ("To", "Subject", "From")]
    return ReadLetter(values[0], values[1], values[2], texts["plain"], texts["html"], tuple(files))


def file_names(content: bytes) -> tuple[str, ...]:
    """The names of the attached files; a message without any is not parsed."""
    if b"filename" not in content and b"name=" not in content:
        return ()
    return tuple(name for name, _size in read_letter(content).files)
