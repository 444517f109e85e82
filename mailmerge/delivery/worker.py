"""One connection's work: message after message through the protocol that sends each at most once.

1. MAIL and RCPT, and DATA with them where the server takes groups; an error there proves that nothing was sent.
2. The journal says ``submitting``, durably, and with it what became of the message before.
3. DATA where it was not sent yet, and the sealed bytes with the dot that ends them. At level ``full`` the commands of
   the next message leave with that dot, where it may begin now; its own body waits for its own record.
4. The reply's first digit decides; where none comes the outcome is ``unknown``, and nothing here sends it again. A
   message whose commands stood behind a lost body is still to be sent: none of its bytes had left.
"""

from __future__ import annotations

import asyncio
import time

from mailmerge.accounts import Pipelining
from mailmerge.delivery.sender import Delivery
from mailmerge.delivery.smtp.channel import SessionLost
from mailmerge.delivery.smtp.replies import Answer
from mailmerge.delivery.smtp.session import Session
from mailmerge.errors import MailmergeError
from mailmerge.i18n import N_
from mailmerge.model import SealedMessage, State

_IDLE_SECONDS = 20.0
"""A connection is not kept open over a longer wait."""
_BY_HAND = N_("abandoned here before the server's verdict came")
_TAKEN_BACK = N_("the server gave two verdicts on it that do not agree")
_CUT_OFF = N_("the program was stopped before the server's verdict came")


class Worker:
    """Takes records from the common queue as long as there are any, on one connection at a time."""

    def __init__(self, sending: Delivery):
        self._sending = sending
        self._journal = sending.journal
        self._session: Session | None = None
        self._writing_down: asyncio.Task[None] | None = None
        """The last message's verdict on its way to the journal, while the next one's MAIL and RCPT are sent."""
        self._behind: SealedMessage | None = None
        """The message whose commands left with the last body's end."""
        self._last: SealedMessage | None = None
        """The message of the last verdict on this connection."""

    async def work(self) -> None:
        """Send until the queue is empty or the sending is over."""
        try:
            while self._behind is not None or await self._may_begin():
                session = await self._connected()
                if session is not None and self._behind is not None:
                    await self._send(session, self._behind.record)
                elif session is not None and self._sending.queue and not self._sending.over:
                    await self._send(session, self._sending.queue.popleft())
        except MailmergeError as error:
            self._sending.end(str(error), error)
        except BaseException:
            self._sending.end(N_("stopped by an internal error"))  # the others finish what they have in flight
            raise
        finally:
            await self._leave()

    async def _may_begin(self) -> bool:
        """Wait until a message may begin; False where this connection has nothing more to do."""
        sending, waits = self._sending, self._sending.waits
        while not sending.over and sending.queue and sending.workers <= sending.policy.connections:
            if sending.control.paused:
                paused_at = time.monotonic()
                await waits.while_paused()
                if time.monotonic() - paused_at > _IDLE_SECONDS:
                    await self._drop()
            elif waits.held:
                if waits.seconds_left > _IDLE_SECONDS:
                    await self._drop()
                await sending.control.wait(lambda: sending.over or not waits.held)
            elif (opens_at := sending.hours.opens_at()) is not None:
                sending.decide(sending.policy.outside_hours(opens_at))
            elif (seconds := sending.day.ready_in()) > 0:
                sending.decide(sending.policy.day_is_full(seconds))
            elif (seconds := sending.pace.ready_in()) > 0:
                await sending.control.wait(lambda: sending.over or sending.control.paused or waits.held, seconds)
            else:
                sending.pace.take()
                return True
        sending.workers -= 1
        return False

    def _goes_on(self) -> bool:
        """Whether this connection may begin another message without waiting, the limits aside."""
        sending = self._sending
        stopped = sending.over or sending.control.paused or sending.waits.held
        return not stopped and sending.workers <= sending.policy.connections

    async def _connected(self) -> Session | None:
        session = self._session
        if self._behind is not None and session is not None:
            if self._goes_on() and not session.closing:
                return session
            # A verdict or a person stops what stands behind the body: it has no body yet, so nothing of it was sent.
            session.abort()
            self._put_back()
            return None
        if session is None or not session.usable or self._sending.levels.is_stale(session):
            await self._drop()
            self._session = await self._sending.open()
        return self._session

    def _put_back(self) -> None:
        if self._behind is not None:
            self._sending.queue.appendleft(self._behind.record)
            self._behind = None

    async def _drop(self) -> None:
        if self._session is None:
            return
        session, self._session = self._session, None
        await session.close()
        self._sending.connections.dropped(session)
        last, self._last = self._last, None
        if last is not None and session.takes_back:
            await self._previous_is_durable()
            attempt = await self._journal.doubt(last.record, _TAKEN_BACK)
            if attempt:
                self._sending.taken_back(last.record)
                self._sending.tell(last, State.UNKNOWN, _TAKEN_BACK, attempt)
            self._sending.decide(self._sending.policy.lost(_TAKEN_BACK, undecided=True, opened_at=session.opened_at))

    async def _leave(self) -> None:
        try:
            try:
                await self._previous_is_durable()
            finally:
                self._put_back()
                await self._drop()
        except MailmergeError as error:
            self._sending.end(str(error), error)

    async def _send(self, session: Session, record: int) -> None:
        """One message, at most once."""
        message, self._behind = self._behind or await self._sending.peek(record), None
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
            self._begin_again(session, lost, session.last_flight)
            return
        self._sending.levels.answered(session.last_flight)
        if refusal is not None:
            state = self._sending.apply_reply(message, refusal)
            await self._previous_is_durable()
            attempt = await self._journal.release(record, state, str(refusal.reply))
            self._sending.tell(message, state, str(refusal.reply), attempt)
            await session.reset()
            if session.takes_data_for_nobody and self._sending.levels.lost(session, "group", unable=True):
                self._sending.lowered(N_("it asks for a message whose recipient it has refused"))
            return
        claimed = await self._journal.claim(record)
        try:
            await self._previous_is_durable()
            self._sending.day.count()
            following = await self._next(session)
        except BaseException:
            session.abort()
            await self._journal.release(record, State.PENDING, N_("not begun: the journal failed"))
            raise
        await self._submit(session, claimed, following)

    async def _next(self, session: Session) -> SealedMessage | None:
        """The message whose commands may leave with the body's end: where it may begin now, and only then."""
        sending = self._sending
        if not sending.levels.may_follow(session) or not self._goes_on() or not sending.queue:
            return None
        if sending.hours.opens_at() is not None or sending.day.ready_in() > 0 or sending.pace.ready_in() > 0:
            return None
        record = sending.queue.popleft()
        try:
            message = await sending.peek(record)
        except BaseException:
            sending.queue.appendleft(record)
            raise
        if session.cannot_take(message.envelope, len(message.content)):
            sending.queue.appendleft(record)
            return None
        sending.pace.take()
        self._behind = message
        return message

    async def _submit(self, session: Session, message: SealedMessage, following: SealedMessage | None) -> None:
        """The body, for a message whose record says ``submitting``, and the commands of the one that follows."""
        try:
            behind = (following.envelope, len(following.content)) if following else None
            answer = await session.submit(message.content, behind)
        except SessionLost as lost:
            await self._lost(session, message, lost)
            return
        except BaseException:
            session.abort()
            await self._journal.settle(message.record, State.UNKNOWN, _CUT_OFF)
            raise
        self._last = message
        state = self._sending.apply_reply(message, answer)
        self._writing_down = asyncio.create_task(self._write_down(message, state, answer))
        await asyncio.sleep(0)  # so that the journal is asked for this before it is asked for the next claim
        if state is not State.ACCEPTED:
            await session.reset()
        if session.closing:  # what it may still say on this message is heard before the message can be tried again
            self._put_back()
            await self._drop()

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
        self._begin_again(session, lost, "full" if self._behind is not None else "off")

    def _begin_again(self, session: Session, lost: SessionLost, used: Pipelining) -> None:
        """After a connection was lost over a flight of this level."""
        sending = self._sending
        reason = _BY_HAND if sending.control.aborting else lost.reason
        by_choice = sending.control.aborting or session.closing
        lowered = not by_choice and sending.levels.lost(session, used, unable=lost.unable)
        if lowered:
            sending.lowered(reason)
        if lost.undecided or not lowered or sending.levels.proven(used):  # what never worked is no trouble yet
            decision = sending.policy.lost(reason, undecided=lost.undecided, opened_at=session.opened_at)
            sending.decide(decision)
