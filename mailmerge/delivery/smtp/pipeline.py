"""The wire after aiosmtplib has connected and secured it: each reply is paired with the oldest question in flight.

Several commands may be in flight at once (RFC 2920). A reply that nobody asked for, one that is no reply, and silence
end the connection: what could pair an answer with the wrong question is never carried on with.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import cast

from mailmerge.delivery.smtp.parsing import NoReply, Replies
from mailmerge.i18n import N_
from mailmerge.outbox.remarks import NO_ANSWER

CLOSING = 421
"""The server is closing the connection, asked or not (RFC 5321 3.8)."""

LOST = N_("the connection was lost")
CLOSED = N_("the server is closing the connection")
GARBAGE = N_("the server's answer is not a valid SMTP reply")
SURPLUS = N_("the server sent an unexpected extra reply")


class Flight:
    """Commands that left together, and the answers that came so far."""

    __slots__ = ("answers", "decides", "expected", "landed", "patience")

    def __init__(self, expected: int, patience: float, *, decides: bool = False):
        self.expected = expected
        self.patience = patience
        """Seconds for each of its answers, from the one before."""
        self.decides = decides
        """Whether its answer is the verdict on a message."""
        self.answers: list[tuple[int, str]] = []
        self.landed: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        """Done when all answers are there (True) or none can come any more (False)."""

    @property
    def whole(self) -> bool:
        """Whether every command was answered."""
        return len(self.answers) == self.expected

    def land(self) -> None:
        """Wake who waits for it."""
        if not self.landed.done():  # its waiter may have been cancelled
            self.landed.set_result(self.whole)


class Pipeline(asyncio.Protocol):
    """Takes over a transport from another protocol at a moment when no reply is due."""

    def __init__(self) -> None:
        self.lost = ""
        """Why the connection can no longer be used, in words; ``""`` while it can."""
        self.closing = False
        """Whether the server said that it closes the connection (421)."""
        self.surplus: list[tuple[int, str]] = []
        """Replies that nobody had asked for: the first, and what came with it."""
        self.surplus_at = 0.0
        """When the first of them came, by the loop's clock."""
        self._loop = asyncio.get_running_loop()
        self._replies = Replies()
        self._flights: deque[Flight] = deque()
        self._owed = 0
        """Answers to commands that nobody waits for any more."""
        self._deadline = 0.0
        self._alarm: asyncio.TimerHandle | None = None
        self._writable = asyncio.Event()
        self._writable.set()
        self._end = asyncio.Event()

    @property
    def idle(self) -> bool:
        """Whether every command was answered."""
        return not self._flights

    # --- what we say -----------------------------------------------------------------------------------------------

    def expect(self, answers: int, patience: float, *, decides: bool = False) -> Flight:
        """Wait for this many more replies, behind those that are waited for already; call it before :meth:`write`."""
        flight = Flight(answers, patience, decides=decides)
        if self.lost:
            flight.land()
            return flight
        self._flights.append(flight)
        if len(self._flights) == 1:
            self._listen()
        return flight

    def write(self, data: bytes) -> None:
        """Hand bytes to the transport, where it can still take any."""
        if not self.lost:
            self.transport.write(data)

    async def drained(self) -> None:
        """Wait while the transport holds more than it should."""
        await self._writable.wait()

    async def ended(self, seconds: float) -> None:
        """Wait until the connection is over (a reply that nobody asked for ends it), for at most this many seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._end.wait(), seconds)

    def lose(self, reason: str) -> None:
        """Drop the connection now, without sending what is still buffered; the first reason stands."""
        if not self._end.is_set():
            self._end.set()
            self.transport.abort()
            self._say_no_more(reason)

    def _say_no_more(self, reason: str) -> None:
        """Nothing is written any more, and nothing waited for; what still comes is heard."""
        if self.lost:
            return
        self.lost = reason
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        self._writable.set()
        while self._flights:
            flight = self._flights.popleft()
            self._owed += flight.expected - len(flight.answers)
            flight.land()

    # --- what the transport tells ----------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The transport is ours from now on."""
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Pair what came."""
        if self._end.is_set():
            return
        try:
            for reply in self._replies.feed(data):
                self._pair(reply)
                if self._end.is_set() and not self.surplus:
                    return
        except NoReply:
            self.lose(GARBAGE)

    def eof_received(self) -> None:
        """The server has said its last word."""
        self.lose(GARBAGE if self._replies.partial else LOST)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self.lose(LOST)

    def pause_writing(self) -> None:
        """The transport holds enough for now."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """The transport takes more."""
        self._writable.set()

    def _pair(self, reply: tuple[int, str]) -> None:
        if not self._flights:
            if reply[0] == CLOSING:
                self._close()
            elif self._owed:
                self._owed -= 1
            else:
                self.surplus_at = self.surplus_at or self._loop.time()
                self.surplus.append(reply)
                self.lose(SURPLUS)
            return
        flight = self._flights[0]
        flight.answers.append(reply)
        if flight.whole:
            self._flights.popleft()
            flight.land()
        if reply[0] == CLOSING and flight.decides:
            self.closing = True
            self._say_no_more(CLOSED)  # it may have more to say on the message
        elif reply[0] == CLOSING:
            self._close()
        elif self._flights:
            self._listen()

    def _close(self) -> None:
        self.closing = True
        self.lose(CLOSED)

    # --- the clock -------------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        """Give the oldest question its time from now: one timer serves all, and is seldom set anew."""
        self._deadline = self._loop.time() + self._flights[0].patience
        if self._alarm is not None and self._alarm.when() > self._deadline:
            self._alarm.cancel()
            self._alarm = None
        if self._alarm is None:
            self._alarm = self._loop.call_at(self._deadline, self._look)

    def _look(self) -> None:
        self._alarm = None
        if not self._flights:
            return
        if self._loop.time() < self._deadline:
            self._alarm = self._loop.call_at(self._deadline, self._look)
        else:
            self.lose(NO_ANSWER.format(seconds=f"{self._flights[0].patience:.0f}"))
