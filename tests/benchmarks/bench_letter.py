"""One person's message from its shape, against the standard library's EmailMessage on the same content.

Run: ``python tests/benchmarks/bench_letter.py``. Ratios are of the best of several rounds in one process.
"""

from __future__ import annotations

import datetime
import os
import tempfile
import timeit
from collections.abc import Callable
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from mailmerge.letter import Letter, assemble, read_letter
from mailmerge.model import Message, Recipient, Record, SealedMessage, Stamp
from mailmerge.text.addresses import Mailbox

SENDER = Mailbox("Claire Martin", "rh@exemple.test")
STAMP = Stamp(b"2026-09-02-7f3a", datetime.datetime(2026, 9, 2, 9, 30, tzinfo=datetime.UTC))
VALUES = {"civilite": "Madame", "prenom": "Zoé", "nom": "DURAND", "email": "zoe@exemple.test", "poste": "Ingénieur"}
PERSON = Recipient(Record(1, 2, ()), "Zoé Durand", "zoe@exemple.test")
LETTER = """\
Subject: Votre candidature au poste de {{ poste }}
Content-Language: fr
{attachment}
Bonjour {{ civilite }} {{ nom|proper }},

Vous avez pris le temps de postuler chez nous au poste de **{{ poste }}**, et nous vous en remercions.

Nous avons lu votre candidature avec attention. Nous poursuivons avec d'autres personnes, dont l'expérience est plus
proche de ce que demande ce poste ; nous ne vous proposerons donc pas d'entretien cette fois.

- Vos documents restent les vôtres : [répondez](mailto:rh@exemple.test?subject={{ nom }}) pour les faire effacer.
- Nos offres : [exemple.test/offres](https://exemple.test/offres).

{% if civilite == "Madame" %}Nous vous souhaitons d'être bientôt reçue ailleurs.{% else %}Bonne suite.{% endif %}

Bien à vous,
Claire Martin
"""


def with_email_message(message: Message) -> bytes:
    """The same message as the standard library builds it, from text and HTML that are given."""
    built = EmailMessage(policy=SMTP)
    built["From"] = Address(SENDER.name, addr_spec=SENDER.address)
    built["To"] = Address(message.to.name, addr_spec=message.to.address)
    built["Subject"] = message.subject
    built["Date"] = format_datetime(STAMP.date)
    built["Message-ID"] = "<0123456789abcdef0123456789abcdef@exemple.test>"
    built.set_content(message.text, cte="quoted-printable")
    built.add_alternative(message.html or "", subtype="html", cte="quoted-printable")
    for attachment in message.attachments:
        maintype, _, subtype = attachment.media_type.partition("/")
        built.add_attachment(attachment.content, maintype, subtype, filename=attachment.filename)
    built["Content-Language"] = "fr"
    return built.as_bytes()


def contents(raw: bytes) -> list[object]:
    """What a reader gets: header texts and decoded parts."""
    parsed = message_from_bytes(raw, policy=SMTP)
    return [
        *(str(parsed[name]) for name in ("From", "To", "Subject", "Date", "Content-Language")),
        *((part.get_content_type(), part.get_payload(decode=True)) for part in parsed.walk()),
    ]


def microseconds(function: Callable[[], object], number: int) -> float:
    """The best time of a call."""
    return min(timeit.repeat(function, number=number, repeat=7)) / number * 1e6


def bench(size: int, folder: Path) -> None:
    """Print the figures for a letter with an attachment of this many octets (0: without)."""
    attachment = "Attachment: piece.pdf\n" if size else ""
    (folder / "piece.pdf").write_bytes(os.urandom(size))
    (folder / "lettre.md").write_text(LETTER.replace("{attachment}\n", attachment + "\n"), encoding="utf-8")
    letter: Letter = read_letter(folder / "lettre.md")

    def ours() -> SealedMessage:
        return assemble(letter.compose(PERSON, VALUES), SENDER, STAMP)

    message = letter.compose(PERSON, VALUES)
    if contents(ours().content) != contents(with_email_message(message)):
        raise SystemExit("the two do not parse alike")
    number = 2000 if size < 100_000 else 100
    compose = microseconds(lambda: letter.compose(PERSON, VALUES), number)
    whole = microseconds(ours, number)
    theirs = microseconds(lambda: with_email_message(message), max(5, number // 50))
    print(
        f"attachment {size:>9,} B: compose {compose:6.1f} us, compose and assemble {whole:8.1f} us, "
        f"EmailMessage {theirs:9.1f} us, ratio {theirs / whole:5.1f}"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        for octets in (0, 20_000, 1_000_000):
            bench(octets, Path(directory))
