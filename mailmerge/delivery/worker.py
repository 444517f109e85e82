"""One connection's work: message after message through the protocol that sends each at most once.

1. MAIL and RCPT; an error there proves that nothing was sent.
2. The journal says ``submitting``, durably, and with it what became of the message before.
3. DATA, the sealed bytes, the dot.
4. The reply's first digit decides; where none comes the outcome is ``unknown``, and nothing here sends it again.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from mailmerge.delivery.channel import SessionLost
from mailmerge.delivery.replies import Stage
from mailmerge.delivery.session import Answer, Session
from mailmerge.errors import MailmergeError
from mailmerge.model import SealedMessage, State

if TYPE_CHECKING:
    from mailmerge.delivery.sending import Sending

_IDLE_SECONDS = 20.0
"""A connection is not kept open over a longer wait."""
_BY_HAND = "given up by hand before the server's verdict came"
_CUT_OFF = "the program was stopped before the server's verdict came"


class Worker:
    """Takes records from the common queue as long as there are any, on one connection at a time."""

    def __init__(self, sending: Sending):
        self._sending = sending
        self._journal = sending.journal
        self._session: Session | None = None
        self._writing_down: asyncio.Task[None] | None = None
        """The last message's verdict on its way to the journal, while the next one's MAIL and RCPT are sent."""

    async def work(self) -> None:
        """Send until the queue is empty or the sending is over."""
        try:
            while await self._may_begin():
                session = await self._connected()
                if session is not None and self._sending.queue and not self._sending.over:
                    await self._send(session, self._sending.queue.popleft())
        except MailmergeError as error:
            self._sending.end(str(error), error)
        except BaseException:
            self._sending.end("stopped by a fault of the program")  # the others finish what they have in flight
            raise
        finally:
            await self._leave()

    async def _may_begin(self) -> bool:
        """Wait until a message may begin; False where this connection has nothing more to do."""
        sending = self._sending
        while not sending.over and sending.queue and sending.workers <= sending.policy.connections:
            if sending.control.paused:
                paused_at = time.monotonic()
                await sending.while_paused()
                if time.monotonic() - paused_at > _IDLE_SECONDS:
                    await self._drop()
            elif sending.held:
                if sending.held_until - time.monotonic() > _IDLE_SECONDS:
                    await self._drop()
                await sending.control.wait(lambda: sending.over or not sending.held)
            elif (seconds := sending.day.ready_in()) > 0:
                sending.decide(sending.policy.day_is_full(seconds))
            elif (seconds := sending.pace.ready_in()) > 0:
                await sending.control.wait(lambda: sending.over or sending.control.paused or sending.held, seconds)
            else:
                sending.pace.take()
                return True
        sending.workers -= 1
        return False

    async def _connected(self) -> Session | None:
        if self._session is None or not self._session.usable:
            await self._drop()
            self._session = await self._sending.open()
        return self._session

    async def _drop(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._sending.dropped(self._session)
            self._session = None

    async def _leave(self) -> None:
        try:
            await self._previous_is_durable()
        except MailmergeError as error:
            self._sending.end(str(error), error)
        await self._drop()

    async def _send(self, session: Session, record: int) -> None:
        """One message, at most once."""
        message = await self._sending.look(record)
        size = len(message.content)
        obstacle = session.cannot_take(message.envelope, size)
        if obstacle:
            await self._previous_is_durable()
            attempt = await self._journal.release(record, State.REJECTED, obstacle)
            self._sending.tell(message, State.REJECTED, obstacle, attempt)
            return
        try:
            refusal = await session.begin(message.envelope, size)
        except SessionLost as lost:
            self._sending.queue.append(record)
            self._begin_again(session, lost.reason, undecided=False)
            return
        if refusal is not None:
            state = self._sending.concluded(message, refusal)
            await self._previous_is_durable()
            attempt = await self._journal.release(record, state, str(refusal.reply))
            self._sending.tell(message, state, str(refusal.reply), attempt)
            await session.reset()
            return
        claimed = await self._journal.claim(record)
        try:
            await self._previous_is_durable()
        except MailmergeError:
            session.abort()
            await self._journal.release(record, State.PENDING, "not begun: the journal failed")
            raise
        self._sending.day.count()
        await self._submit(session, claimed)

    async def _submit(self, session: Session, message: SealedMessage) -> None:
        """DATA, for a message whose record says ``submitting``."""
        try:
            answer = await session.submit(message.content)
        except SessionLost as lost:
            await self._lost(session, message, lost)
            return
        except BaseException:
            session.abort()
            await self._journal.settle(message.record, State.UNKNOWN, _CUT_OFF)
            raise
        state = self._sending.concluded(message, answer)
        self._writing_down = asyncio.create_task(self._write_down(message, state, answer))
        if answer.stage is not Stage.DOT:
            await session.reset()

    async def _write_down(self, message: SealedMessage, state: State, answer: Answer) -> None:
        attempt = await self._journal.settle(message.record, state, str(answer.reply))
        self._sending.tell(message, state, str(answer.reply), attempt)

    async def _previous_is_durable(self) -> None:
        """Wait for the last message's verdict to be written: there is never more than one in flight on a connection."""
        writing, self._writing_down = self._writing_down, None
        if writing is not None:
            await writing

    async def _lost(self, session: Session, message: SealedMessage, lost: SessionLost) -> None:
        reason = _BY_HAND if self._sending.control.aborting else lost.reason
        if lost.undecided:
            attempt = await self._journal.settle(message.record, State.UNKNOWN, reason)
            self._sending.tell(message, State.UNKNOWN, reason, attempt)
        else:
            await self._journal.release(message.record, State.PENDING, reason)
            self._sending.queue.append(message.record)
        self._begin_again(session, reason, undecided=lost.undecided)

    def _begin_again(self, session: Session, reason: str, *, undecided: bool) -> None:
        policy = self._sending.policy
        self._sending.decide(policy.lost(reason, undecided=undecided, opened_at=session.opened_at))
