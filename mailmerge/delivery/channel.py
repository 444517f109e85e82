"""The wire: one command, one reply. Whatever could pair a reply with the wrong command ends the connection.

aiosmtplib is driven command by command. What its source showed: a timeout does not stop what is buffered (``close()``
flushes it), an unreadable reply poisons every later one, and bytes left over from one reply are read as the next.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING

from mailmerge.delivery.replies import Reply

if TYPE_CHECKING:
    from aiosmtplib import SMTP, SMTPResponse
    from aiosmtplib.protocol import SMTPProtocol


_LITERAL = b"[127.0.0.1]"


class SessionLost(Exception):
    """The connection can no longer be used; no verdict on the message came from it."""

    def __init__(self, reason: str, *, undecided: bool = False):
        super().__init__(reason)
        self.reason = reason
        self.undecided = undecided
        """Whether the end of a message was handed over, so that the server may have taken it."""


class Channel:
    """A connected aiosmtplib client, of which only the protocol is used."""

    def __init__(self, smtp: SMTP, protocol: SMTPProtocol, *, patience: float):
        self._smtp = smtp
        self._protocol = protocol
        self._patience = patience
        self._given_up = False
        self._ended = False

    @property
    def usable(self) -> bool:
        """Whether a command can be sent."""
        return not self._given_up and self._protocol.is_connected

    @property
    def peer(self) -> str:
        """The IP address at the other end; ``""`` where there is none."""
        return self._address("peername")

    @property
    def tls_version(self) -> str:
        """``TLSv1.3`` and the like; ``""`` where the connection is not encrypted."""
        transport = self._protocol.transport
        secured = transport.get_extra_info("ssl_object") if transport else None
        return (secured.version() or "") if secured else ""

    def abort(self) -> None:
        """Drop the connection now, without sending what is still buffered."""
        self._given_up = True
        transport = self._protocol.transport
        if transport is not None:
            transport.abort()  # type: ignore[attr-defined]
        self._smtp.close()

    async def command(self, *parts: bytes, seconds: float | None = None) -> Reply:
        """One command and its reply.

        Raises:
            SessionLost: no readable reply came; the connection was dropped.
        """
        return self._checked(*await self._exchange(self._protocol.execute_command, parts, seconds))

    async def ehlo(self) -> tuple[Reply, str]:
        """EHLO with the loopback's address literal (RFC 5321 4.1.3): neither the machine's name nor its address leaves.

        The literal ends up in the first Received line, which every recipient can read: behind NAT the socket's own
        address would disclose the company's network.

        Returns the reply and its lines as they came.

        Raises:
            SessionLost: no readable reply came; the connection was dropped.
        """
        response = await self._exchange(self._protocol.execute_command, (b"EHLO", _LITERAL), None)
        return self._checked(*response), response.message

    async def start_tls(self, context: ssl.SSLContext, host: str, seconds: float) -> None:
        """STARTTLS and the handshake, with the certificate verified for this host.

        Raises:
            SMTPException, OSError: as aiosmtplib and ssl raise them; drop the connection then.
            SessionLost: something was left of an earlier reply.
        """
        self.require_silence()
        await self._protocol.start_tls(context, server_hostname=host, timeout=seconds)
        self._smtp.transport = self._protocol.transport

    async def body(self, pieces: Iterable[bytes], seconds: float) -> tuple[Reply, bool]:
        """Write a dot-stuffed body, the last piece ending it, and read the reply; seconds count from its first byte.

        Returns the reply, and whether the end was written before it came: otherwise the connection is of no more use.

        Raises:
            SessionLost: no readable reply came; ``undecided`` tells whether the end was written.
        """
        self._ended = False
        writing: asyncio.Task[None] | None = None
        remaining = iter(pieces)
        first, second = next(remaining), next(remaining, None)
        if second is None:
            self._write_end(first)
        else:
            writing = asyncio.create_task(self._write(chain((first, second), remaining)))
        try:
            reply = self._checked(*await self._exchange(self._protocol.read_response, (), seconds))
        except SessionLost as lost:
            lost.undecided = self._ended
            raise
        finally:
            if writing is not None:
                writing.cancel()
                await asyncio.wait({writing})
        if not self._ended:
            self.abort()
        return reply, self._ended

    def require_silence(self) -> None:
        """Nothing may be left of an earlier reply: it would be taken for the answer to the next command.

        Raises:
            SessionLost: something is; the connection was dropped.
        """
        if self._protocol._buffer:
            self.abort()
            raise SessionLost("the server answered more than it was asked")

    async def _write(self, pieces: Iterable[bytes]) -> None:
        """Hand a large body over piece by piece, so that neither memory nor the event loop is held by it."""
        from aiosmtplib import SMTPException

        held = b""
        with contextlib.suppress(SMTPException, OSError):  # who waits for the reply learns of it too
            for piece in pieces:
                if held:
                    self._protocol.write(held)
                    await self._protocol._drain_helper()
                    await asyncio.sleep(0)  # draining waits for a slow server only; everybody else gets a turn too
                held = piece
            self._write_end(held)

    def _write_end(self, piece: bytes) -> None:
        from aiosmtplib import SMTPException

        with contextlib.suppress(SMTPException, OSError):
            transport = self._protocol.transport
            if self.usable and transport is not None and not transport.is_closing():
                self._ended = True
                self._protocol.write(piece)

    async def _exchange(
        self, ask: Callable[..., Awaitable[SMTPResponse]], parts: tuple[bytes, ...], seconds: float | None
    ) -> SMTPResponse:
        from aiosmtplib import SMTPException

        patience = self._patience if seconds is None else seconds
        if self._given_up:
            raise SessionLost("the connection was given up")
        if parts:
            self.require_silence()
        try:
            return await ask(*parts, timeout=patience)
        except (SMTPException, OSError, RuntimeError, ValueError) as error:
            problem = _reason(error, patience)
        # Raised out here, so that no exception in the chain has seen the parameters of AUTH.
        self.abort()
        raise SessionLost(problem)

    def _checked(self, code: int, lines: str) -> Reply:
        reply = Reply.of(code, lines)
        if not reply.readable:
            self.abort()
            raise SessionLost(f"the server's answer is no SMTP reply: {reply}")
        if reply.code == 421:  # it is closing (RFC 5321 3.8)
            self.abort()
        return reply

    def _address(self, which: str) -> str:
        transport = self._protocol.transport
        name = transport.get_extra_info(which) if transport else None
        return str(name[0]) if name else ""


def _reason(error: Exception, seconds: float) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {seconds:.0f} s"
    if isinstance(error, ConnectionError):
        return "the connection was lost"
    return "the server's answer is no SMTP reply"
