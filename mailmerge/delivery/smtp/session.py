"""One logged-in connection: transaction after transaction, each with exactly one recipient."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterator

from msgspec import Struct

from mailmerge.accounts import Pipelining
from mailmerge.delivery.smtp import group
from mailmerge.delivery.smtp.channel import Channel, SessionLost
from mailmerge.delivery.smtp.offer import Offer
from mailmerge.delivery.smtp.pipeline import CLOSING, Flight
from mailmerge.delivery.smtp.replies import Action, Answer, Reply, Stage, classify
from mailmerge.errors import Blocked
from mailmerge.i18n import ENGLISH, N_, speaking
from mailmerge.lint import one_rcpt
from mailmerge.model import Envelope
from mailmerge.outbox.remarks import ANSWER_SENSELESS, NO_ACCENTS, TOO_LARGE, VERDICT_SENSELESS
from mailmerge.text.regex import regex

_UNSAFE_IN_PATH = regex(r"[\x00-\x20\x7f<>]")
_QUIT_SECONDS = 5.0
_SECOND_VERDICT_SECONDS = 60.0
"""A server that says something this long after a verdict, unasked, speaks of the connection: 451 4.4.2 Timeout."""
_PIECE = 64 << 10
"""Bytes of a body that are handed to the transport at a time."""


class Timeouts(Struct, frozen=True):
    """Seconds to wait for the server (RFC 5321 4.5.3.2 wants clients to be patient).

    Before the body is sent giving up early costs nothing, so 120 s are kept where the RFC says 300.
    """

    connect: float = 30.0
    command: float = 120.0
    dot: float = 600.0
    surplus: float = 1.0
    """So long a reply too many is waited for where the answers seem to be shifted by one."""
    bytes_per_second: float = 8_000.0
    """The clock for the final reply starts before the body has left: this much is granted for it besides ``dot``."""

    def for_body(self, size: int) -> float:
        """Seconds from the first byte of a body to the verdict."""
        return self.dot + size / self.bytes_per_second


class Session:
    """An open, secured, logged-in connection; made by :func:`mailmerge.delivery.smtp.connect.open_session`.

    Each message is begun, then submitted. At level ``off`` the commands go one by one; at ``group`` those of a message
    leave together; at ``full`` those of the next one may leave with the end of a body.
    """

    _behind: tuple[tuple[bytes, ...], Flight] | None = None
    """The group that left with the last body's end."""
    _out_of_order = False
    """Whether what was read as the verdict seems to be another answer."""

    def __init__(self, channel: Channel, host: str, offer: Offer, timeouts: Timeouts, level: Pipelining = "off"):
        self.offer = offer
        self.level = level
        self.opened_at = time.monotonic()
        self.last_flight: Pipelining = "off"
        """How the commands of the last message left."""
        self.takes_data_for_nobody = False
        """Whether it wanted a message although it had refused the recipient: such a group costs the connection."""
        self._channel = channel
        self._host = host
        self._timeouts = timeouts
        self._forward_path = ""
        self._accepted: list[str] = []
        """The forward paths to which the server agreed in this transaction."""
        self._waiting_for_body = False
        self._last_verdict: Reply | None = None
        """Until something has come that can only come after it: a second verdict may be on its way till then."""
        self._verdict_at = 0.0
        self._after_verdict: list[Reply] = []
        """What was read after it: any may be a second verdict, where one reply too many came."""

    @property
    def usable(self) -> bool:
        """Whether a transaction can begin on it."""
        return self._channel.usable

    @property
    def closing(self) -> bool:
        """Whether the server said that it closes the connection (421)."""
        return self._channel.closing

    @property
    def tls_version(self) -> str:
        """``TLSv1.3`` and the like; ``""`` where the connection is not encrypted."""
        return self._channel.tls_version

    @property
    def takes_back(self) -> bool:
        """Whether the server gave several verdicts on the last message, which do not agree: none counts.

        It did where it answered more often than it was asked, and an answer after the verdict contradicts it: how many
        were too many nobody knows. It also did where the refusal of the message came behind the answer to RSET.
        """
        if self._last_verdict is None:
            return False
        behind = self._behind[1] if self._behind else None
        if self._last_verdict.code // 100 == 2 and (
            self._out_of_order or (behind and group.out_of_order(self._channel.answers(behind)))
        ):
            return True
        surplus = self._channel.surplus
        if not surplus:
            return False
        if not self._after_verdict and self._channel.surplus_at - self._verdict_at > _SECOND_VERDICT_SECONDS:
            return False
        if self._last_verdict.code == CLOSING:  # one answer more than was asked for: it goes on
            return any(reply.code // 100 != CLOSING // 100 for reply in surplus)
        said = {reply.code // 100 for reply in (*self._after_verdict, *surplus)}
        return bool((said & {2, 4, 5}) - {self._last_verdict.code // 100})

    def cannot_take(self, envelope: Envelope, size: int) -> str:
        """Why this server can never take the message, as a sentence; ``""`` where it can."""
        if self.offer.size and size > self.offer.size:
            return TOO_LARGE.format(size=f"{size:,}", host=self._host, limit=f"{self.offer.size:,}")
        if not _is_ascii(envelope) and not self.offer.has("smtputf8"):
            return NO_ACCENTS.format(host=self._host)
        return ""

    async def begin(self, envelope: Envelope, size: int) -> Answer | None:
        """MAIL and RCPT, with exactly one recipient, and DATA where that may go along; None where all were taken.

        Raises:
            SessionLost: the connection is gone; the message was not sent.
        """
        self._forward_path, self._accepted = envelope.forward_path, []
        mail, rcpt = self._commands(envelope, size)
        if self._waiting_for_body:  # whatever is said now would be read as a message
            self.abort()
            raise SessionLost(N_("the last message was begun and not sent"))
        refusal = await (self._begin_plainly(mail, rcpt) if self.level == "off" else self._begin_at_once(mail, rcpt))
        if refusal is None:
            self._accepted.append(envelope.forward_path)
        return refusal

    async def submit(self, content: bytes, behind: tuple[Envelope, int] | None = None) -> Answer:
        """The sealed bytes as they are, dot-stuffed, after DATA where it was not sent yet; the reply that decides.

        With ``behind`` the group of the next message leaves with the body's end; it must be begun next.

        Raises:
            SessionLost: no verdict came; ``undecided`` where the server may have the message all the same.
        """
        following = group.commands(*self._commands(*behind)) if behind else ()
        try:
            one_rcpt(self._accepted, self._forward_path)
        except Blocked as refused:
            self.abort()
            with speaking(ENGLISH):  # the journal keeps it
                raise SessionLost(str(refused)) from None
        self._accepted = []
        if not self._waiting_for_body:
            data = await self._channel.command(b"DATA")
            if await self._judged(data, Stage.DATA) is not Action.PROCEED:
                return Answer(Stage.DATA, data)
        self._waiting_for_body = False
        self._last_verdict = None  # a 354 in its place proves that nothing was misread until here
        seconds = self._timeouts.for_body(len(content))
        reply, ended, flight = await self._channel.body(dot_stuffed(content), seconds, following)
        action = classify(reply, Stage.DOT)
        if action is Action.UNEXPECTED or (action is Action.PROCEED and not ended):
            self.abort()
            raise SessionLost(VERDICT_SENSELESS.format(reply=reply), undecided=ended)
        self._last_verdict, self._after_verdict = reply, []
        self._verdict_at = asyncio.get_running_loop().time()
        self._behind = (following, flight) if flight else None
        return Answer(Stage.DOT, reply)

    async def reset(self) -> None:
        """RSET after a refusal; a connection that does not take it is given up. A group begins with its own.

        After one at the end of a body too: Postfix keeps the transaction open where ``smtpd_end_of_data_restrictions``
        refused it, and takes no MAIL then.
        """
        if self.level != "off":
            return
        with contextlib.suppress(SessionLost):
            if self.usable:
                reply = await self._channel.command(b"RSET")
                self._after_verdict.append(reply)
                if reply.code // 100 != 2:
                    self.abort()

    async def close(self) -> None:
        """QUIT, and wait a moment for the answer; never raises. Where a body is waited for, nothing more is said."""
        with contextlib.suppress(SessionLost):
            if self.closing and self._last_verdict is not None:  # it closes, or it has more to say on the message
                await self._channel.wait_for_surplus(self._timeouts.surplus)
            elif self.usable and self._channel.idle and not self._waiting_for_body:
                quit_ = await self._channel.command(b"QUIT", seconds=min(_QUIT_SECONDS, self._timeouts.command))
                if quit_.code != 221:
                    self._after_verdict.append(quit_)
                    await self._look_for_one_more()
        self.abort()

    def abort(self) -> None:
        """Drop the connection now, without sending what is still buffered."""
        self._channel.abort()

    def _commands(self, envelope: Envelope, size: int) -> tuple[bytes, bytes]:
        if _UNSAFE_IN_PATH.search(envelope.reverse_path) or _UNSAFE_IN_PATH.search(envelope.forward_path):
            raise ValueError("an address of a sealed envelope holds a space, a control character or < >")
        options = [f"SIZE={size}".encode()] if self.offer.has("size") else []
        if not _is_ascii(envelope):
            options.append(b"SMTPUTF8")
        mail = b" ".join((b"MAIL FROM:<" + envelope.reverse_path.encode() + b">", *options))
        return mail, b"RCPT TO:<" + envelope.forward_path.encode() + b">"

    async def _begin_plainly(self, mail: bytes, rcpt: bytes) -> Answer | None:
        for command, stage in ((mail, Stage.MAIL), (rcpt, Stage.RCPT)):
            reply = await self._channel.command(command)
            if await self._judged(reply, stage) is not Action.PROCEED:
                return Answer(stage, reply)
        return None

    async def _begin_at_once(self, mail: bytes, rcpt: bytes) -> Answer | None:
        commands = group.commands(mail, rcpt)
        sent, self._behind = self._behind, None
        self.last_flight = "group" if sent is None else "full"
        if sent is None:
            if not self.usable:
                raise SessionLost(self._channel.lost)
            flight = self._channel.group(*commands)
        else:
            if sent[0] != commands:
                self.abort()
                raise SessionLost(N_("the message that was begun is not the one that comes next"))
            flight = sent[1]
        replies = await self._channel.landed(flight)
        self._after_verdict += replies
        self._waiting_for_body = flight.whole and replies[-1].code == 354
        try:
            refusal = group.judged(replies)
        except group.Muddled as muddled:
            self._out_of_order = sent is not None and group.out_of_order(replies)
            if self._waiting_for_body and not self._out_of_order:
                self._last_verdict = None
            await self._look_for_one_more()
            self.abort()
            raise SessionLost(str(muddled), unable=True) from None
        if self._waiting_for_body:
            self._last_verdict = None
        if refusal is not None:
            if self._waiting_for_body:
                self.takes_data_for_nobody = True
                self.abort()
            return refusal
        if not flight.whole or not self.usable:
            raise SessionLost(self._channel.lost)
        return None

    async def _judged(self, reply: Reply, stage: Stage) -> Action:
        self._after_verdict.append(reply)
        action = classify(reply, stage)
        if action is Action.UNEXPECTED:
            await self._look_for_one_more()
            self.abort()
            raise SessionLost(ANSWER_SENSELESS.format(command=stage, reply=reply))
        if action is Action.PROCEED and not self.usable:
            raise SessionLost(self._channel.lost)
        return action

    async def _look_for_one_more(self) -> None:
        """An answer was odd: where one too many comes, all since the last verdict were read one place too early."""
        if self._last_verdict is not None:
            await self._channel.wait_for_surplus(self._timeouts.surplus)


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
