"""The whole job without an account: the sample campaign, and a mail server that lives and dies with the program.

The sample is in the language of the program. Everything stays on this machine: the server listens on loopback, and what
it receives is kept in a temporary folder.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from msgspec import Struct

from mailmerge import i18n
from mailmerge.accounts import account_from_preset
from mailmerge.campaign import CAMPAIGN_FILE
from mailmerge.environment import Environment
from mailmerge.files.home import home_below
from mailmerge.files.resources import resource_folder

DEMO_ACCOUNT = "demo"
PER_MINUTE = 680
"""Messages a minute in a rehearsal: half a minute for the sample table, time enough to pause and to stop."""


class Sample(Struct, frozen=True):
    """A campaign that ships with the program, and what happens to its people in a rehearsal."""

    name: str
    """What its folder is called where it is copied to."""
    source: str
    """Its folder below ``sample_data``."""
    sender: str
    letter: str
    left_over: str
    """What somebody left in that letter: the linter stops it, and the editor opens at its line."""
    refused: str
    put_off: str
    lost: str

    @classmethod
    def spoken(cls) -> Sample:
        """The one in the language of the program; English where there is none."""
        return SAMPLES.get(i18n.language(), SAMPLES[i18n.ENGLISH])

    def copy(self, base: Path) -> Path:
        """Write it below a folder, without the samples in other languages."""
        target = base / self.name
        others = shutil.ignore_patterns(*(each.source for each in SAMPLES.values() if each is not self))
        shutil.copytree(resource_folder("sample_data") / self.source, target, ignore=others)
        return target


SAMPLES = {
    "en": Sample(
        name="avonmoor-furniture",
        source="avonmoor-furniture",
        sender="Avonmoor Furniture <recruitment@avonmoor-furniture.example>",
        letter="after-application.en.md",
        left_over="Your contact: [First name Last name]",
        refused="rosie.hartley@gmail.example",
        put_off="hamish.clegg@gmail.example",
        lost="tomasz.osborne@btinternet.example",
    ),
    "fr": Sample(
        name="atelier-garonne",
        source=".",
        sender="Atelier Garonne <recrutement@atelier-garonne.example>",
        letter="refus.fr.md",
        left_over="Votre contact : [Prénom Nom]",
        refused="barrere.fabien@wanadoo.example",
        put_off="mjulien@gmail.example",
        lost="damienpereira97@gmail.example",
    ),
}
"""By language."""


class ReceivedMessage(Struct, frozen=True):
    """What the embedded server accepted in one transaction."""

    reverse_path: str
    forward_paths: tuple[str, ...]
    content: bytes

    def parsed(self) -> EmailMessage:
        """The message as a mail program would read it."""
        return email.message_from_bytes(self.content, policy=email.policy.default)


@dataclass(slots=True)
class _Mailroom:
    """The handler of the embedded server: keeps every message, and accepts all but what is rehearsed."""

    rehearsed: Sample | None = None
    """Whose people it happens to that one is refused, one put off, and the verdict on one lost."""
    received: list[ReceivedMessage] = field(default_factory=list)
    _asked_before: bool = False

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.rehearsed and address == self.rehearsed.refused:
            return "550 5.1.1 There is no such mailbox here"
        if self.rehearsed and address == self.rehearsed.put_off and not self._asked_before:
            self._asked_before = True
            return "451 4.7.1 Greylisted: try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        self.received.append(ReceivedMessage(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content))
        if self.rehearsed and envelope.rcpt_tos == [self.rehearsed.lost]:
            server.transport.abort()
        return f"250 2.0.0 Ok: kept as demo message {len(self.received)}"


class LoopbackServer(Controller):
    """An aiosmtpd server in a thread of its own, on a loopback port that the system chooses."""

    def __init__(self, handler: object):
        super().__init__(handler, hostname="127.0.0.1", port=0, data_size_limit=64 << 20, enable_SMTPUTF8=True)

    def _trigger_server(self) -> None:
        """Learn the port before aiosmtpd connects to itself, which it does to see whether it is ready."""
        self.port = cast(asyncio.Server, self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


class DemoServer(Struct, frozen=True):
    """The running server, the campaign to open, and what has arrived so far."""

    campaign: Path
    environment: Environment
    """A home of its own, so that a demo run never stands among real ones."""
    port: int
    _mailroom: _Mailroom

    @property
    def received(self) -> tuple[ReceivedMessage, ...]:
        """Everything accepted so far, in order."""
        return tuple(self._mailroom.received)


@contextmanager
def demo_server(*, rehearsal: bool = False) -> Iterator[DemoServer]:
    """Run the sample campaign's world: a copy of the sample data, a home of its own, an account, and the server.

    In a rehearsal things go wrong as they do in life: one finding stops the send until it is repaired, then one message
    is refused, one put off, and the verdict on one is lost; and sending takes half a minute.
    """
    with tempfile.TemporaryDirectory(prefix="mailmerge-demo-", ignore_cleanup_errors=True) as folder:
        base = Path(folder)
        sample = Sample.spoken()
        copied = sample.copy(base)
        if rehearsal:
            letter = copied / sample.letter
            text = letter.read_text(encoding="utf-8").rstrip()
            letter.write_text(f"{text}\n\n{sample.left_over}\n", encoding="utf-8")
        mailroom = _Mailroom(sample if rehearsal else None)
        server = LoopbackServer(mailroom)
        server.start()
        try:
            environment = Environment(home_below(base / "home"))
            account = account_from_preset(
                DEMO_ACCOUNT,
                sample.sender,
                host="127.0.0.1",
                port=server.port,
                tls="none",
                auth="none",
                connections=2 if rehearsal else None,
                per_minute=PER_MINUTE if rehearsal else None,
            )
            environment.accounts.add(account)
            yield DemoServer(copied / CAMPAIGN_FILE, environment, server.port, mailroom)
        finally:
            server.stop()
