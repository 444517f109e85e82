"""Several connections share one queue of records; each carries one message at a time through the protocol."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from datetime import datetime, timedelta

from mailmerge.accounts import Account, Secret, find
from mailmerge.delivery.channel import SessionLost
from mailmerge.delivery.check import require_secret
from mailmerge.delivery.control import Control
from mailmerge.delivery.events import Event, Outcome, Resumed, Waiting
from mailmerge.delivery.opening import open_session
from mailmerge.delivery.pacing import DayCount, Pace
from mailmerge.delivery.policy import Decision, End, Hold, Policy
from mailmerge.delivery.replies import Stage, classify, state_after
from mailmerge.delivery.session import Answer, Session, Timeouts
from mailmerge.delivery.tls import make_context
from mailmerge.errors import ConnectionFailed, LoginRefused, MailmergeError
from mailmerge.model import SealedMessage, State
from mailmerge.outbox import Journal

_TOKEN_SECONDS = 600.0
"""A token is asked for again where a connection is made later than this after the last one."""
_IDLE_SECONDS = 20.0
"""A connection is not kept open over a longer wait."""
_BY_HAND = "given up by hand before the server's verdict came"


class Sending:
    """One call of ``deliver``: its queue, its connections and what they agree on."""

    def __init__(
        self,
        journal: Journal,
        account: Account,
        secret: Secret | None,
        control: Control,
        *,
        wait: bool,
        timeouts: Timeouts,
    ):
        self.events: asyncio.Queue[Event | None] = asyncio.Queue()
        self.stopped = ""
        self.error: MailmergeError | None = None
        self._journal = journal
        self._account = account
        self._secret = secret
        self._secret_from = time.monotonic()
        self._control = control
        self._timeouts = timeouts
        self._pace = Pace(account.per_minute)
        self._day = DayCount(account)
        self._policy = Policy(account, self._pace, wait=wait)
        self._queue: deque[int] = deque()
        self._deferred: list[int] = []
        self._sessions: set[Session] = set()
        self._opening: asyncio.Task[Session] | None = None
        self._one_opens = asyncio.Lock()
        self._workers = 0
        self._held_until = 0.0
        self._hold: asyncio.Task[None] | None = None
        self._pause_told = False
        self._ended = False
        self._finished = False

    async def run(self, limit: int | None) -> None:
        """Send; never raises what the summary can tell."""
        watch = asyncio.create_task(self._watch())
        _spare_the_allocator()
        try:
            require_secret(self._account, self._secret)
            self._context = await asyncio.to_thread(make_context, self._account)
            await self._passes(await self._journal.due(limit))
        except MailmergeError as error:
            self.end(str(error), error)
        finally:
            if self._control.stopping and not self.stopped:
                self.stopped = "stopped by hand; the run can be resumed"
            self._finished = True
            self._control.nudge()
            await asyncio.gather(watch, *([self._hold] if self._hold else []))
            self._day.save()
            self.events.put_nowait(None)

    def end(self, reason: str, error: MailmergeError | None = None) -> None:
        """Begin nothing more; what is in flight is finished. The first reason stands."""
        if not self._ended:
            self._ended, self.stopped, self.error = True, reason, error
            self._control.nudge()

    async def _passes(self, records: list[int]) -> None:
        tries = 0
        while records:
            self._queue, self._deferred = deque(records), []
            self._workers = min(self._policy.connections, len(records))
            await asyncio.gather(*(self._work() for _ in range(self._workers)))
            tries += 1
            records = sorted(self._deferred)
            again = self._policy.retry(tries) if records and not self._over else None
            if again is None:
                return
            self._decide(again)

    @property
    def _over(self) -> bool:
        return self._ended or self._control.stopping

    async def _work(self) -> None:
        """One connection's life: message after message, until there is nothing more to begin."""
        session: Session | None = None
        try:
            while await self._may_begin(session):
                if session is None or not session.usable:
                    self._sessions.discard(session) if session else None
                    session = await self._open()
                if session is not None and self._queue and not self._over:
                    await self._send(session, self._queue.popleft())
        except MailmergeError as error:
            self.end(str(error), error)
        finally:
            if session is not None:
                await session.close()
                self._sessions.discard(session)

    async def _may_begin(self, session: Session | None) -> bool:
        """Wait until a message may begin; False where this connection has nothing more to do."""
        while not self._over and self._queue and self._workers <= self._policy.connections:
            if self._control.paused:
                await self._while_paused()
            elif self._hold is not None:
                if session is not None and self._held_until - time.monotonic() > _IDLE_SECONDS:
                    await session.close()
                await self._control.wait(lambda: self._hold is None or self._over)
            elif (seconds := self._day.ready_in()) > 0:
                self._decide(self._policy.day_is_full(seconds))
            elif (seconds := self._pace.ready_in()) > 0:
                await self._control.wait(lambda: self._over or self._control.paused, seconds)
            else:
                self._pace.take()
                return True
        self._workers -= 1
        return False

    async def _while_paused(self) -> None:
        if not self._pause_told:
            self._pause_told = True
            self.events.put_nowait(Waiting("paused by hand", None))
        await self._control.wait(lambda: self._over or not self._control.paused)
        if self._pause_told:
            self._pause_told = False
            self.events.put_nowait(Resumed())

    async def _open(self) -> Session | None:
        """A new connection; one is made at a time, so that a wrong password is tried once, not once a connection."""
        async with self._one_opens:
            if self._over or self._hold is not None:
                return None
            secret = await self._current_secret()
            self._opening = asyncio.ensure_future(open_session(self._account, secret, self._context, self._timeouts))
            try:
                session = await self._opening
            except ConnectionFailed as error:
                self._decide(self._policy.not_opened(error))
                return None
            except LoginRefused as error:
                self.end(str(error), error)
                return None
            except asyncio.CancelledError:
                if self._over:  # by hand, while connecting
                    return None
                raise
            finally:
                self._opening = None
            self._sessions.add(session)
            return session

    async def _current_secret(self) -> Secret | None:
        if self._account.token_command and time.monotonic() - self._secret_from > _TOKEN_SECONDS:
            self._secret = await asyncio.to_thread(find, self._account)
            self._secret_from = time.monotonic()
        return self._secret

    async def _send(self, session: Session, record: int) -> None:
        """One message, at most once."""
        message = await self._journal.look(record)
        obstacle = session.cannot_take(message.envelope, len(message.content))
        if obstacle:
            attempt = await self._journal.release(record, State.REJECTED, obstacle)
            self._tell(message, State.REJECTED, obstacle, attempt)
            return
        try:
            refusal = await session.begin(message.envelope, len(message.content))
        except SessionLost as lost:
            self._queue.append(record)
            self._decide(self._policy.lost(lost.reason, undecided=False))
            return
        if refusal is not None:
            await self._refused(message, refusal)
            await session.reset()
            return
        claimed = await self._journal.claim(record)
        self._day.count()
        await self._submit(session, claimed)

    async def _submit(self, session: Session, message: SealedMessage) -> None:
        """DATA, for a message whose record says ``submitting``; its record says what came of it when this returns."""
        try:
            answer = await session.submit(message.content)
        except SessionLost as lost:
            await self._lost(message, lost)
            return
        except BaseException:
            session.abort()
            await self._journal.settle(message.record, State.UNKNOWN, "the program was stopped before the verdict came")
            raise
        state = state_after(classify(answer.reply, answer.stage), answer.stage)
        attempt = await self._journal.settle(message.record, state, str(answer.reply))
        self._concluded(message, state, answer, attempt)
        if answer.stage is not Stage.DOT:
            await session.reset()

    async def _refused(self, message: SealedMessage, answer: Answer) -> None:
        state = state_after(classify(answer.reply, answer.stage), answer.stage)
        attempt = await self._journal.release(message.record, state, str(answer.reply))
        self._concluded(message, state, answer, attempt)

    async def _lost(self, message: SealedMessage, lost: SessionLost) -> None:
        reason = _BY_HAND if self._control.aborting else lost.reason
        if lost.undecided:
            attempt = await self._journal.settle(message.record, State.UNKNOWN, reason)
            self._tell(message, State.UNKNOWN, reason, attempt)
        else:
            await self._journal.release(message.record, State.PENDING, reason)
            self._queue.append(message.record)
        self._decide(self._policy.lost(reason, undecided=lost.undecided))

    def _concluded(self, message: SealedMessage, state: State, answer: Answer, attempt: int) -> None:
        self._tell(message, state, str(answer.reply), attempt)
        decision = self._policy.after(answer)
        if state is State.PENDING:
            self._queue.appendleft(message.record)
        elif state is State.DEFERRED and isinstance(decision, Hold):  # after the wait it is due again
            self._queue.append(message.record)
        elif state is State.DEFERRED:
            self._deferred.append(message.record)
        self._decide(decision)

    def _tell(self, message: SealedMessage, state: State, reply: str, attempt: int) -> None:
        forward_path = message.envelope.forward_path
        self.events.put_nowait(Outcome(message.record, message.name, forward_path, state, reply, max(1, attempt)))

    def _decide(self, decision: Decision) -> None:
        if isinstance(decision, End):
            self.end(decision.reason, decision.error)
        elif isinstance(decision, Hold) and not self._over:
            self._held_until = max(self._held_until, time.monotonic() + decision.seconds)
            until = datetime.now().astimezone() + timedelta(seconds=self._held_until - time.monotonic())
            if self._hold is None:
                self._hold = asyncio.create_task(self._holding(self._control.resumed))
                self.events.put_nowait(Waiting(decision.reason, until))

    async def _holding(self, resumed: int) -> None:
        """Hold every connection until the time is over, or a person says "go on"."""

        def cut_short() -> bool:
            return self._over or self._finished or self._control.resumed != resumed

        while not cut_short() and (left := self._held_until - time.monotonic()) > 0:
            await self._control.wait(cut_short, left)
        self._held_until = 0.0
        self._hold = None
        if not self._over:
            self.events.put_nowait(Resumed())
        self._control.nudge()

    async def _watch(self) -> None:
        """Carry a stop or an abort to connections that are being made or waited for."""
        await self._control.wait(lambda: self._control.stopping or self._finished)
        if self._opening is not None:
            self._opening.cancel()
        await self._control.wait(lambda: self._control.aborting or self._finished)
        if self._control.aborting:
            for session in list(self._sessions):
                session.abort()


def _spare_the_allocator() -> None:
    """Raise glibc's mmap threshold once: asyncio's read buffers cost a map and an unmap a reply otherwise."""
    held = bytearray(1 << 20)
    del held
