"""Letters and people for the tests of the letter room."""

from __future__ import annotations

import datetime
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from typing import cast

from mailmerge.formats.mime import READING
from mailmerge.letter import Letter, assemble, read_letter
from mailmerge.model import Message, Recipient, Record, SealedMessage, Stamp
from mailmerge.text.addresses import Mailbox

SENDER = Mailbox("Claire Martin", "rh@exemple.test")
STAMP = Stamp(b"2026-09-02-7f3a", datetime.datetime(2026, 9, 2, 9, 30, tzinfo=datetime.UTC))

VALUES = {
    "civilite": "Madame",
    "prenom": "Zoé",
    "nom": "Durand",
    "email": "zoe.durand@exemple.test",
    "poste": "Comptable",
    "date_entretien": "03/09/2026",
    "titre": "",
}


def write_letter(folder: Path, text: str, name: str = "lettre.md") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def letter_of(folder: Path, text: str, name: str = "lettre.md") -> Letter:
    return read_letter(write_letter(folder, text, name))


def body_letter(folder: Path, body: str, name: str = "lettre.md") -> Letter:
    return letter_of(folder, f"Subject: Votre candidature\n\n{body}", name)


def person(name: str = "Zoé Durand", address: str = "zoe.durand@exemple.test", number: int = 1) -> Recipient:
    return Recipient(Record(number, number + 1, ()), name, address)


def composed(letter: Letter, recipient: Recipient | None = None, **values: str) -> Message:
    return letter.compose(recipient or person(), {**VALUES, **values})


def sealed(message: Message) -> SealedMessage:
    return assemble(message, SENDER, STAMP)


def parsed(sealed_message: SealedMessage) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(sealed_message.content, policy=READING))


def bodies(message: EmailMessage) -> dict[str, str]:
    """The decoded text parts by subtype, lines ended by LF."""
    return {
        part.get_content_subtype(): part.get_content().replace("\r\n", "\n")
        for part in message.walk()
        if part.get_content_maintype() == "text" and not part.get_filename()
    }
