"""The whole job without an account: the sample campaign, and a mail server that lives and dies with the program.

Everything stays on this machine: the server listens on loopback, and what it receives is kept in a temporary folder.
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

from mailmerge.accounts import account_from_preset
from mailmerge.campaign import CAMPAIGN_FILE
from mailmerge.environment import Environment
from mailmerge.home import home_below
from mailmerge.resources import resource_folder

DEMO_ACCOUNT = "demo"
DEMO_ADDRESS = "Atelier Garonne <recrutement@atelier-garonne.example>"
REFUSED = "barrere.fabien@wanadoo.example"
PUT_OFF = "mjulien@gmail.example"
LOST = "damienpereira97@gmail.example"
"""People of the sample table to whom something happens in a rehearsal."""
PER_MINUTE = 680
"""Messages a minute in a rehearsal: half a minute for the sample table, time enough to pause and to stop."""
LEFT_OVER = "Votre contact : [Prénom Nom]"
"""What somebody left in the letter of a rehearsal: the linter stops it, and the editor opens at its line."""


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
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

    rehearsal: bool = False
    """Whether one message is refused, one put off, and the verdict on one lost."""
    received: list[ReceivedMessage] = field(default_factory=list)
    _asked_before: bool = False

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.rehearsal and address == REFUSED:
            return "550 5.1.1 There is no such mailbox here"
        if self.rehearsal and address == PUT_OFF and not self._asked_before:
            self._asked_before = True
            return "451 4.7.1 Greylisted: try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        self.received.append(ReceivedMessage(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content))
        if self.rehearsal and envelope.rcpt_tos == [LOST]:
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


@dataclass(frozen=True, slots=True)
class DemoServer:
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
        sample = base / "atelier-garonne"
        shutil.copytree(resource_folder("sample_data"), sample)
        if rehearsal:
            letter = sample / "refus.fr.md"
            letter.write_text(f"{letter.read_text(encoding='utf-8').rstrip()}\n\n{LEFT_OVER}\n", encoding="utf-8")
        mailroom = _Mailroom(rehearsal)
        server = LoopbackServer(mailroom)
        server.start()
        try:
            environment = Environment(home_below(base / "home"))
            account = account_from_preset(
                DEMO_ACCOUNT,
                DEMO_ADDRESS,
                host="127.0.0.1",
                port=server.port,
                tls="none",
                auth="none",
                connections=2 if rehearsal else None,
                per_minute=PER_MINUTE if rehearsal else None,
            )
            environment.accounts.add(account)
            yield DemoServer(sample / CAMPAIGN_FILE, environment, server.port, mailroom)
        finally:
            server.stop()
