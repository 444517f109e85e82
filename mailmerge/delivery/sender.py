"""What the connections of one sending share: the queue of records, the pace, the waits, and the reason to end."""

from __future__ import annotations

import asyncio
import contextlib
import math
import ssl
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from mailmerge.accounts import Account, Secret, find_secret
from mailmerge.delivery.check import require_secret
from mailmerge.delivery.connect import open_session
from mailmerge.delivery.control import Control
from mailmerge.delivery.events import Event, Lowered, Outcome, Resumed, Waiting
from mailmerge.delivery.levels import Levels
from mailmerge.delivery.pacing import DayCount, OpeningHours, Pace
from mailmerge.delivery.policy import Decision, End, Hold, Policy
from mailmerge.delivery.replies import Answer, classify, state_after
from mailmerge.delivery.schedule import LATEST
from mailmerge.delivery.session import Session, Timeouts
from mailmerge.delivery.tls import make_context
from mailmerge.errors import ConnectionFailed, LoginRefused, MailmergeError, SignInFailed
from mailmerge.i18n import N_, _
from mailmerge.model import SealedMessage, State
from mailmerge.outbox import Journal

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens

_TOKEN_SECONDS = 600.0
"""A token is asked for again where a connection is made later than this after the last one."""
_LOOK_SECONDS = 2.0
"""Between two looks at whether somebody has signed in elsewhere."""
_PERMIT_SECONDS = 30.0
"""Between two looks at whether the run may still leave, while a connection stays open."""
_PROVEN_SECONDS = 5.0
"""So long after a login that succeeded others with the same secret are made side by side."""


class Sending:
    """One call of ``deliver``."""

    def __init__(
        self,
        journal: Journal,
        account: Account,
        secret: Secret | Tokens | None,
        control: Control,
        *,
        wait: bool,
        timeouts: Timeouts,
        state: Path | None = None,
        hold: float = 0.0,
        permit: Callable[[], object] = lambda: None,
    ):
        self.journal = journal
        self.control = control
        self.events: asyncio.Queue[Event | None] = asyncio.Queue()
        self.stopped = ""
        self.error: MailmergeError | None = None
        self.queue: deque[int] = deque()
        """Records to send in this pass; one that is begun is taken out."""
        self.pace = Pace(account.per_minute)
        self.day = DayCount(account, state)
        self.hours = OpeningHours(account)
        self.policy = Policy(account, self.pace, wait=wait)
        self.levels = Levels(account)
        self.held_until = 0.0
        """On the monotonic clock; 0 where nothing waits."""
        self.workers = 0
        self._account = account
        self._hold_first = hold
        self._held_due: datetime | None = None
        """When a wait is over by the clock on the wall."""
        self._secret = secret
        self._permit = permit
        """Raises where the run may not leave any more: an approval can expire while a sending waits."""
        self._secret_from = time.monotonic()
        self._proven_at = -_PROVEN_SECONDS
        self._timeouts = timeouts
        self._deferred: list[int] = []
        self._looks: dict[int, asyncio.Task[dict[int, SealedMessage]]] = {}
        """By record, where it is read ahead; several have one task."""
        self._sessions: set[Session] = set()
        self._openings: set[asyncio.Task[Session]] = set()
        self._one_opens = asyncio.Lock()
        self._hold: asyncio.Task[None] | None = None
        self._pause_told = False
        self._ended = False
        self._finished = False

    @property
    def over(self) -> bool:
        """Whether nothing more is to be begun."""
        return self._ended or self.control.stopping

    async def run(self, limit: int | None, work: Callable[[], Awaitable[None]]) -> None:
        """Send at most ``limit`` messages; ``work`` is what each connection does until the queue is empty.

        What goes wrong is told by :attr:`stopped` and :attr:`error`.
        """
        watches = [asyncio.create_task(self._watch()), asyncio.create_task(self._keep_asking())]
        _spare_the_allocator()
        try:
            require_secret(self._account, self._secret)
            self._context = await asyncio.to_thread(_prepared, self._account)
            records = await self.journal.due(limit)
            if records:
                self.decide(self.policy.before_the_first(self._hold_first))
            await self._passes(records, work)
        except MailmergeError as error:
            self.end(str(error), error)
        finally:
            if self.control.stopping and not self.stopped:
                self.stopped = N_("stopped here; the run can be resumed")
            self._finished = True
            self.control.notify()
            await asyncio.gather(
                *watches, *([self._hold] if self._hold else []), *set(self._looks.values()), return_exceptions=True
            )
            self.day.save()
            self.events.put_nowait(None)

    def end(self, reason: str, error: MailmergeError | None = None) -> None:
        """Begin nothing more; what is in flight is finished. The first reason stands."""
        if not self._ended:
            self._ended, self.stopped, self.error = True, reason, error
            self.control.notify()

    async def _passes(self, records: list[int], work: Callable[[], Awaitable[None]]) -> None:
        tries = 0
        while records:
            self.queue, self._deferred = deque(records), []
            self.workers = min(self.policy.connections, len(records))
            ends = await asyncio.gather(*(work() for _ in range(self.workers)), return_exceptions=True)
            for unexpected in filter(None, ends):
                raise unexpected
            tries += 1
            records = sorted(self._deferred)
            again = self.policy.retry(tries) if records and not self.over else None
            if again is None:
                return
            self.decide(again)

    async def _keep_asking(self) -> None:
        """End where the run may not leave any more: an approval can expire, or be withdrawn, on an open connection."""
        while not (self.over or self._finished):
            await self.control.wait(lambda: self.over or self._finished, _PERMIT_SECONDS)
            try:
                await asyncio.to_thread(self._permit)
            except MailmergeError as error:
                self.end(str(error), error)

    # --- messages --------------------------------------------------------------------------------------------------

    async def peek(self, record: int) -> SealedMessage:
        """A message that is due; those that come next are read ahead, one for each connection."""
        ahead = self._looks.pop(record, None)
        self._look_ahead()
        if ahead is not None:
            found = await asyncio.shield(ahead)  # another connection waits for it too
            if record in found:
                return found[record]
        return await self.journal.peek(record)

    def _look_ahead(self) -> None:
        upcoming = list(islice(self.queue, self.workers))
        unread = [record for record in upcoming if record not in self._looks]
        if unread and (2 * len(unread) >= self.workers or len(upcoming) < self.workers):  # several at once cost as one
            task = asyncio.create_task(self.journal.look_ahead(unread))
            self._looks |= dict.fromkeys(unread, task)

    def apply_reply(self, message: SealedMessage, answer: Answer) -> State:
        """Where a message stands after a reply that decides about it; what follows for the run is begun at once."""
        state = state_after(classify(answer.reply, answer.stage), answer.stage)
        decision = self.policy.after(answer, message.envelope.forward_path)
        if state is State.PENDING:
            self.queue.appendleft(message.record)
        elif state is State.DEFERRED and isinstance(decision, Hold):  # after the wait it is due again
            self.queue.append(message.record)
        elif state is State.DEFERRED:
            self._deferred.append(message.record)
        self.decide(decision)
        return state

    def taken_back(self, record: int) -> None:
        """The server gave a second verdict on a message: whatever followed from the first, it is not sent again."""
        self._deferred = [deferred for deferred in self._deferred if deferred != record]
        with contextlib.suppress(ValueError):
            self.queue.remove(record)

    def tell(self, message: SealedMessage, state: State, reply: str, attempt: int) -> None:
        """Report an outcome that is durable."""
        address = message.envelope.forward_path
        self.events.put_nowait(Outcome(message.record, message.name, address, state, reply, max(1, attempt)))

    # --- waits -----------------------------------------------------------------------------------------------------

    @property
    def held(self) -> bool:
        """Whether the run waits for a time."""
        return self._hold is not None

    def decide(self, decision: Decision) -> None:
        """Do what the policy decided."""
        if isinstance(decision, End):
            self.end(str(decision.reason), decision.error)
        elif isinstance(decision, Hold) and not self.over:
            for_a_person = math.isinf(decision.seconds) and not math.isinf(self.held_until)
            until = time.monotonic() + decision.seconds
            if until >= self.held_until:
                self.held_until, self._held_due = until, decision.until
            if self._hold is None or for_a_person:
                self.events.put_nowait(Waiting(str(decision.reason), self._until(), decision.kind))
            if self._hold is None:
                self._hold = asyncio.create_task(self._holding(self.control.resumed))

    def _until(self) -> datetime | None:
        seconds = self.held_until - time.monotonic()
        if self._held_due is not None:
            return self._held_due
        return None if math.isinf(seconds) else datetime.now().astimezone() + timedelta(seconds=seconds)

    async def _holding(self, resumed: int) -> None:
        """Hold every connection until the time is over, or a person says "go on" or signs in."""
        tokens = None if isinstance(self._secret, Secret) else self._secret
        before = tokens.record if tokens else None

        def cut_short() -> bool:
            return self.over or self._finished or self.control.resumed != resumed

        def signed_in() -> bool:
            return tokens is not None and math.isinf(self.held_until) and tokens.record != before

        while not (cut_short() or signed_in()) and (left := self._left()) > 0:
            looks = math.isinf(left) or self._held_due is not None
            await self.control.wait(cut_short, min(left, _LOOK_SECONDS) if looks else left)
        if tokens is not None and math.isinf(self.held_until):
            tokens.begin_again()
            self._proven_at = -_PROVEN_SECONDS
        overslept = self._overslept() and not cut_short()
        due, self.held_until, self._held_due = self._held_due, 0.0, None
        self._hold = None
        if overslept and due is not None:
            self.decide(self.policy.overslept(due))
        if not self.over:
            self.events.put_nowait(Resumed())
        self.control.notify()

    def _left(self) -> float:
        """Seconds for which nothing is sent; a clock that stood still while a laptop slept does not prolong them."""
        left = self.held_until - time.monotonic()
        if self._held_due is not None:
            left = self._held_due.timestamp() - time.time()
        return left

    def _overslept(self) -> bool:
        """Whether the clock was put far over the time at which a wait ends: the computer slept."""
        return self._held_due is not None and time.time() - self._held_due.timestamp() > LATEST.total_seconds()

    async def while_paused(self) -> None:
        """Wait for a person to resume."""
        if not self._pause_told:
            self._pause_told = True
            self.events.put_nowait(Waiting(_("paused here"), None))
        await self.control.wait(lambda: self.over or not self.control.paused)
        if self._pause_told:
            self._pause_told = False
            self.events.put_nowait(Resumed())

    def lowered(self, reason: str) -> None:
        """Tell that less of PIPELINING is used from now on."""
        self.events.put_nowait(Lowered(self._account.host, self.levels.level, reason))

    # --- connections -----------------------------------------------------------------------------------------------

    async def open(self) -> Session | None:
        """A new connection, None where there is none to be had for now.

        They are made one at a time until a login has succeeded: a wrong password is tried once, not once a connection.
        """
        async with self._one_opens:
            if time.monotonic() - self._proven_at > _PROVEN_SECONDS:
                return await self._open()
        return await self._open()

    def dropped(self, session: Session) -> None:
        """A connection is of no more use."""
        self._sessions.discard(session)
        self.levels.dropped(session)

    async def _open(self) -> Session | None:
        if self.over or self.held:
            return None
        await asyncio.to_thread(self._permit)
        secret = await self._current_secret()
        level = self.levels.level
        opening = asyncio.create_task(open_session(self._account, secret, self._context, self._timeouts, level))
        self._openings.add(opening)
        try:
            session = await opening
        except (ConnectionFailed, SignInFailed) as error:
            self.decide(self.policy.not_opened(error))
            return None
        except LoginRefused as error:
            self.end(str(error), error)
            return None
        except asyncio.CancelledError:
            if opening.cancelled() and self.over:  # by hand, while connecting
                return None
            raise
        finally:
            self._openings.discard(opening)
        self._proven_at = time.monotonic()
        self._sessions.add(session)
        return session

    async def _current_secret(self) -> Secret | Tokens | None:
        if self._account.token_command and time.monotonic() - self._secret_from > _TOKEN_SECONDS:
            self._secret = await asyncio.to_thread(find_secret, self._account)
            self._secret_from = time.monotonic()
        return self._secret

    async def _watch(self) -> None:
        """Carry a stop or an abort to connections that are being made or waited for."""
        await self.control.wait(lambda: self.control.stopping or self._finished)
        for opening in list(self._openings):
            opening.cancel()
        await self.control.wait(lambda: self.control.aborting or self._finished)
        if self.control.aborting:
            for session in list(self._sessions):
                session.abort()


def _prepared(account: Account) -> ssl.SSLContext | None:
    """What the first connection needs and takes tens of milliseconds to load."""
    import aiosmtplib  # noqa: F401

    return make_context(account)


def _spare_the_allocator() -> None:
    """Raise glibc's mmap threshold once: asyncio's read buffers cost a map and an unmap a reply otherwise."""
    held = bytearray(1 << 20)
    del held
