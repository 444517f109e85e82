"""One connection: commands and their replies, one by one or in groups, and bodies.

Whatever could pair a reply with the wrong command ends the connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from itertools import chain

from mailmerge.delivery.smtp.pipeline import Flight, Pipeline
from mailmerge.delivery.smtp.replies import Reply
from mailmerge.i18n import N_
from mailmerge.text.regex import regex

LITERAL = b"[127.0.0.1]"
"""How we call ourselves in EHLO (RFC 5321 4.1.3). The machine's name, and its address behind a router, would stand in
a Received line that every recipient can read."""

_CONTROL = regex(rb"[\x00-\x1f\x7f]")


class SessionLost(Exception):
    """The connection can no longer be used; no verdict on the message came from it."""

    def __init__(self, reason: str, *, undecided: bool = False, unable: bool = False):
        super().__init__(reason)
        self.reason = reason
        self.undecided = undecided
        """Whether the end of a message was handed over, so that the server may have taken it."""
        self.unable = unable
        """Whether the server's answers to a group of commands show that it cannot take groups."""


class Channel:
    """A connected, secured line to a server."""

    def __init__(self, pipeline: Pipeline, *, patience: float, redact: Callable[[str], str] = str):
        self.redact = redact
        """Takes the account's secret out of what the server said."""
        self._pipeline = pipeline
        self._patience = patience
        self._ended = False
        self._behind: Flight | None = None

    @property
    def usable(self) -> bool:
        """Whether a command can be sent."""
        return not self._pipeline.lost

    @property
    def idle(self) -> bool:
        """Whether no reply is due."""
        return self._pipeline.idle

    @property
    def lost(self) -> str:
        """Why it can no longer be used; ``""`` while it can."""
        return self._pipeline.lost

    @property
    def closing(self) -> bool:
        """Whether the server said that it closes the connection (421)."""
        return self._pipeline.closing

    @property
    def tls_version(self) -> str:
        """``TLSv1.3`` and the like; ``""`` where the connection is not encrypted."""
        secured = self._pipeline.transport.get_extra_info("ssl_object")
        return (secured.version() or "") if secured else ""

    @property
    def surplus(self) -> list[Reply]:
        """Replies that nobody had asked for: the first, and what came with it."""
        return [self._reply(answer) for answer in self._pipeline.surplus]

    @property
    def surplus_at(self) -> float:
        """When the first of them came, by the loop's clock."""
        return self._pipeline.surplus_at

    def abort(self) -> None:
        """Drop the connection now, without sending what is still buffered."""
        self._pipeline.lose(N_("the connection was given up"))

    async def command(self, *parts: bytes, seconds: float | None = None) -> Reply:
        """One command and its reply.

        Raises:
            SessionLost: no readable reply came; the connection was dropped.
        """
        return (await self._exchange(parts, seconds))[0]

    async def ehlo(self) -> tuple[Reply, str]:
        """EHLO (RFC 5321 4.1.1.1). Returns the reply and its lines as they came.

        Raises:
            SessionLost: no readable reply came; the connection was dropped.
        """
        return await self._exchange((b"EHLO", LITERAL), None)

    def group(self, *commands: bytes) -> Flight:
        """Commands in one flight (RFC 2920); :meth:`landed` gives their answers.

        Raises:
            ValueError: a command holds a control character.
        """
        data = _lines(commands)
        flight = self._pipeline.expect(len(commands), self._patience)
        self._pipeline.write(data)
        return flight

    async def landed(self, flight: Flight) -> list[Reply]:
        """The answers to a group; fewer than it has commands where the connection was lost over it."""
        await flight.landed
        return self.answers(flight)

    def answers(self, flight: Flight) -> list[Reply]:
        """What has come of the answers to a group."""
        return [self._reply(answer) for answer in flight.answers]

    async def body(
        self, pieces: Iterable[bytes], seconds: float, behind: tuple[bytes, ...] = ()
    ) -> tuple[Reply, bool, Flight | None]:
        """Write a dot-stuffed body, the last piece ending it, and read the reply; seconds count from its first byte.

        The commands ``behind`` leave with the body's end. Returns the reply, whether the end was written before it
        came (otherwise the connection is of no more use), and the flight of those commands.

        Raises:
            SessionLost: no readable reply came; ``undecided`` tells whether the end was written.
        """
        if not self.usable:
            raise SessionLost(self.lost)
        self._ended = False
        self._behind = None
        writing: asyncio.Task[None] | None = None
        remaining = iter(pieces)
        first, second = next(remaining), next(remaining, None)
        verdict = self._pipeline.expect(1, seconds, decides=True)
        if second is None:
            self._write_end(first, behind)
        else:
            writing = asyncio.create_task(self._write(chain((first, second), remaining), behind))
        try:
            await verdict.landed
        finally:
            if writing is not None:
                writing.cancel()
                await asyncio.wait({writing})
        if not verdict.whole:
            raise SessionLost(self.lost, undecided=self._ended)
        if not self._ended:
            self.abort()
        return self._reply(verdict.answers[0]), self._ended, self._behind

    async def wait_for_surplus(self, seconds: float) -> None:
        """Wait until a reply comes that nobody asked for, the connection ends, or this many seconds have passed."""
        await self._pipeline.ended(seconds)

    async def _write(self, pieces: Iterable[bytes], behind: tuple[bytes, ...]) -> None:
        """Hand a large body over piece by piece, so that neither memory nor the event loop is held by it."""
        held = b""
        for piece in pieces:
            if held:
                self._pipeline.write(held)
                await self._pipeline.drained()
                await asyncio.sleep(0)  # draining waits for a slow server only; everybody else gets a turn too
            held = piece
        self._write_end(held, behind)

    def _write_end(self, piece: bytes, behind: tuple[bytes, ...]) -> None:
        if self.usable:
            self._ended = True
            if behind:
                self._behind = self._pipeline.expect(len(behind), self._patience)
            self._pipeline.write(piece + _lines(behind))

    async def _exchange(self, parts: tuple[bytes, ...], seconds: float | None) -> tuple[Reply, str]:
        if not self.usable:
            raise SessionLost(self.lost)
        command = _lines((b" ".join(parts),))
        flight = self._pipeline.expect(1, self._patience if seconds is None else seconds)
        self._pipeline.write(command)
        await flight.landed
        if not flight.whole:
            raise SessionLost(self.lost)
        return self._reply(flight.answers[0]), flight.answers[0][1]

    def _reply(self, answer: tuple[int, str]) -> Reply:
        code, lines = answer
        return Reply.of(code, self.redact(lines))


def _lines(commands: tuple[bytes, ...]) -> bytes:
    for command in commands:
        if _CONTROL.search(command):
            raise ValueError("a command holds a control character")
    return b"".join(command + b"\r\n" for command in commands)
