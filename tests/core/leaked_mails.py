"""The accident of the sample data made into mails: 340 invented people in one visible To line."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from functools import cache
from pathlib import Path

from outlook_files import OutlookMail

from mailmerge.records import read_table

BODY = """\
Bonjour,

Nous avons bien reçu votre candidature à l'Atelier Garonne et nous vous en remercions. Nous ne pouvons malheureusement
pas y donner suite.

Le service des ressources humaines
"""
SAMPLE = Path(__file__).parent.parent.parent / "sample_data"
SENDER = ("Atelier Garonne", "rh@atelier-garonne.example")
SENT = datetime.datetime(2026, 9, 1, 9, 58, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
SUBJECT = "Votre candidature à l'Atelier Garonne"
LEAK_ID = "<leak-1@atelier-garonne.example>"
AWARE = "2026-09-01 10:15 Europe/Paris"
TABLE = SAMPLE / "candidats.csv"

Who = tuple[str, str]
"""A display name, and an address."""


@cache
def candidates() -> tuple[Who, ...]:
    """The 340 people of the sample campaign, by name and address."""
    table = read_table(TABLE)
    return tuple((table.name_of(record), table.value(record, table.columns.email)) for record in table.records)


def people(*, names: bool = True) -> list[Who]:
    """The same; without display names, if those are not wanted."""
    return [(name if names else "", address) for name, address in candidates()]


def listed(who: Sequence[Who]) -> str:
    """How a program writes people into a header field."""
    return ",\r\n ".join(formataddr(each, "utf-8") for each in who)


def eml(
    to: Sequence[Who] = (),
    *,
    cc: Sequence[Who] = (),
    bcc: Sequence[Who] = (),
    sender: Who = SENDER,
    subject: str = SUBJECT,
    body: str = BODY,
    sent: datetime.datetime | None = SENT,
    message_id: str = LEAK_ID,
    references: str = "",
    files: Sequence[tuple[str, bytes]] = (),
    html: str = "",
) -> bytes:
    """A mail as RFC 5322 has it, its fields folded by hand: thousands of addresses cost nothing."""
    message = EmailMessage()
    message["Subject"] = subject
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    fields = [("From", listed([sender])), ("To", listed(to)), ("Cc", listed(cc)), ("Bcc", listed(bcc))]
    if sent is not None:
        fields.append(("Date", format_datetime(sent)))
    fields += [("Message-ID", message_id), ("In-Reply-To", references)]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields if value)
    return head.encode() + message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def mbox(*mails: bytes) -> bytes:
    """Mails as one mailbox file."""
    return b"".join(b"From rh@atelier-garonne.example Tue Sep  1 07:58:00 2026\n" + m + b"\n\n" for m in mails)


def msg(who: Sequence[Who], **others: object) -> bytes:
    """A mail as Outlook saves it."""
    recipients = [("to", *each) for each in who]
    mail = OutlookMail(recipients, SENDER, SUBJECT, BODY, message_id=LEAK_ID, sent=SENT)
    for name, value in others.items():
        setattr(mail, name, value)
    return mail.content()


def answer(by: Who, to: Sequence[Who], *, minutes: int = 30, body: str = "Bonjour à tous", number: int = 1) -> bytes:
    """Somebody's answer to everybody."""
    return eml(
        [SENDER, *to],
        sender=by,
        subject=f"Re: {SUBJECT}",
        body=body,
        sent=SENT + datetime.timedelta(minutes=minutes),
        message_id=f"<answer-{number}@mail.example>",
        references=LEAK_ID,
    )
