"""One logged-in connection: transaction after transaction, each with exactly one recipient."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from mailmerge.delivery.channel import Channel, SessionLost
from mailmerge.delivery.replies import Action, Reply, Stage, classify
from mailmerge.model import Envelope

_UNSAFE_IN_PATH = re.compile(r"[\x00-\x20\x7f<>]")
_QUIT_SECONDS = 5.0
_PIECE = 64 << 10
"""Bytes of a body that are handed to the transport at a time."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait for the server (RFC 5321 4.5.3.2 wants clients to be patient).

    Before the body is sent giving up early costs nothing, so 120 s are kept where the RFC says 300.
    """

    connect: float = 30.0
    command: float = 120.0
    dot: float = 600.0
    bytes_per_second: float = 8_000.0
    """The clock for the final reply starts before the body has left: so much is granted for it besides ``dot``."""

    def for_body(self, size: int) -> float:
        """Seconds from the first byte of a body to the verdict."""
        return self.dot + size / self.bytes_per_second


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply that decides about a message, and what it answered."""

    stage: Stage
    reply: Reply


@dataclass(frozen=True, slots=True)
class Offer:
    """What the server said it can do: EHLO keywords in lower case, with their parameters."""

    extensions: dict[str, str]
    mechanisms: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Largest message in bytes (RFC 1870); 0 where none is told."""
        value = self.extensions.get("size", "").split()
        return int(value[0]) if value and value[0].isdecimal() else 0

    def has(self, keyword: str) -> bool:
        """Whether an extension is offered."""
        return keyword.lower() in self.extensions


class Session:
    """An open, secured, logged-in connection; made by :func:`mailmerge.delivery.opening.open_session`."""

    def __init__(self, channel: Channel, host: str, offer: Offer, timeouts: Timeouts):
        self.offer = offer
        self.opened_at = time.monotonic()
        self._channel = channel
        self._host = host
        self._timeouts = timeouts
        self._accepted_recipients = 0

    @property
    def usable(self) -> bool:
        """Whether a transaction can begin on it."""
        return self._channel.usable

    @property
    def tls_version(self) -> str:
        """``TLSv1.3`` and the like; ``""`` where the connection is not encrypted."""
        return self._channel.tls_version

    def cannot_take(self, envelope: Envelope, size: int) -> str:
        """Why this server can never take the message, as a sentence; ``""`` where it can."""
        if self.offer.size and size > self.offer.size:
            return f"not sent: the message has {size:,} bytes, and {self._host} takes {self.offer.size:,} at most"
        if not _is_ascii(envelope) and not self.offer.has("smtputf8"):
            return f"not sent: {self._host} takes no address with accents before the @ (no SMTPUTF8)"
        return ""

    async def begin(self, envelope: Envelope, size: int) -> Answer | None:
        """MAIL and RCPT, with exactly one recipient; the refusal, None where both were taken.

        Raises:
            SessionLost: the connection is gone; the message was not sent.
        """
        self._accepted_recipients = 0
        if _UNSAFE_IN_PATH.search(envelope.reverse_path) or _UNSAFE_IN_PATH.search(envelope.forward_path):
            raise ValueError("an address of a sealed envelope holds a space, a control character or < >")
        options = [f"SIZE={size}".encode()] if self.offer.has("size") else []
        if not _is_ascii(envelope):
            options.append(b"SMTPUTF8")
        mail = await self._channel.command(b"MAIL", b"FROM:<" + envelope.reverse_path.encode() + b">", *options)
        if self._judge(mail, Stage.MAIL) is not Action.PROCEED:
            return Answer(Stage.MAIL, mail)
        rcpt = await self._channel.command(b"RCPT", b"TO:<" + envelope.forward_path.encode() + b">")
        if self._judge(rcpt, Stage.RCPT) is not Action.PROCEED:
            return Answer(Stage.RCPT, rcpt)
        self._accepted_recipients += 1
        return None

    async def submit(self, content: bytes) -> Answer:
        """DATA and the sealed bytes as they are, dot-stuffed; the reply that decides.

        Raises:
            SessionLost: no verdict came; ``undecided`` where the server may have the message all the same.
        """
        if self._accepted_recipients != 1:
            self.abort()
            raise SessionLost("not sent: the transaction had not exactly one accepted recipient (WIR907)")
        self._accepted_recipients = 0
        data = await self._channel.command(b"DATA")
        if self._judge(data, Stage.DATA) is not Action.PROCEED:
            return Answer(Stage.DATA, data)
        reply, ended = await self._channel.body(dot_stuffed(content), self._timeouts.for_body(len(content)))
        action = classify(reply, Stage.DOT)
        if action is Action.SENSELESS or (action is Action.PROCEED and not ended):
            self.abort()
            raise SessionLost(f"the answer to the message makes no sense: {reply}", undecided=ended)
        return Answer(Stage.DOT, reply)

    async def reset(self) -> None:
        """RSET after a refusal; a connection that does not take it is given up."""
        with contextlib.suppress(SessionLost):
            if self.usable and (await self._channel.command(b"RSET")).code // 100 != 2:
                self.abort()

    async def close(self) -> None:
        """QUIT, and wait a moment for the answer; never raises."""
        with contextlib.suppress(SessionLost):
            if self.usable:
                await self._channel.command(b"QUIT", seconds=min(_QUIT_SECONDS, self._timeouts.command))
        self.abort()

    def abort(self) -> None:
        """Drop the connection now, without sending what is still buffered."""
        self._channel.abort()

    def _judge(self, reply: Reply, stage: Stage) -> Action:
        action = classify(reply, stage)
        if action is Action.SENSELESS:
            self.abort()
            raise SessionLost(f"the answer to {stage} makes no sense: {reply}")
        if action is Action.PROCEED:
            self._channel.require_silence()
        return action


def dot_stuffed(content: bytes) -> Iterator[bytes]:
    """The body as it travels, its end included (RFC 5321 4.5.2), in pieces of whole lines: nothing else is changed."""
    start = 0
    while True:
        end = len(content)
        if end - start > _PIECE:
            end = content.rfind(b"\r\n", start, start + _PIECE) + 2
            if end <= start + 1:  # no line ends there: the rest is one piece
                end = len(content)
        piece = content[start:end].replace(b"\r\n.", b"\r\n..")
        if piece.startswith(b"."):
            piece = b"." + piece
        if end == len(content):
            yield piece + (b".\r\n" if piece.endswith(b"\r\n") else b"\r\n.\r\n")
            return
        yield piece
        start = end


def _is_ascii(envelope: Envelope) -> bool:
    return envelope.reverse_path.isascii() and envelope.forward_path.isascii()
