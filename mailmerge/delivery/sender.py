"""What the connections of one sending share: the queue of records, the pace, the waits, and the reason to end."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from mailmerge.accounts import Account, Secret
from mailmerge.delivery.check import require_secret
from mailmerge.delivery.connections import Connections
from mailmerge.delivery.control import Control
from mailmerge.delivery.events import Event, Lowered, Outcome
from mailmerge.delivery.pacing import DayCount, OpeningHours, Pace
from mailmerge.delivery.policy import Decision, End, Hold, Policy
from mailmerge.delivery.smtp.levels import Levels
from mailmerge.delivery.smtp.replies import Answer, classify, state_after
from mailmerge.delivery.smtp.session import Session, Timeouts
from mailmerge.delivery.smtp.tls import make_context
from mailmerge.delivery.waits import Waits
from mailmerge.errors import ConnectionFailed, LoginRefused, MailmergeError, SignInFailed
from mailmerge.i18n import N_
from mailmerge.model import SealedMessage, State
from mailmerge.outbox import Journal

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens

_PERMIT_SECONDS = 30.0
"""Between two looks at whether the run may still leave, while a connection stays open."""


class Delivery:
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
        self.connections = Connections(account, secret, timeouts, self.levels, control)
        self.waits = Waits(
            control,
            self.events,
            self.connections.tokens,
            over=lambda: self.over or self._finished,
            overslept=lambda due: self.decide(self.policy.overslept(due)),
            signed_in=self.connections.begin_again,
        )
        self.workers = 0
        self._account = account
        self._hold_first = hold
        self._secret = secret
        self._permit = permit
        """Raises where the run may not leave any more: an approval can expire while a sending waits."""
        self._deferred: list[int] = []
        self._looks: dict[int, asyncio.Task[dict[int, SealedMessage]]] = {}
        """By record, where it is read ahead; several have one task."""
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
        watches = [
            asyncio.create_task(self.connections.watch(lambda: self._finished)),
            asyncio.create_task(self._keep_asking()),
        ]
        _spare_the_allocator()
        try:
            require_secret(self._account, self._secret)
            self.connections.prepare(await asyncio.to_thread(_prepared, self._account))
            records = await self.journal.due(limit)
            if records:
                self.decide(self.policy.before_the_first(self._hold_first))
            await self._passes(records, work)
        except MailmergeError as error:
            self.end(str(error), error)
        finally:
            if self.control.stopping and not self.stopped:
                self.stopped = N_("stopped here; the run can be resumed")
            try:
                await self._finish(watches)
            finally:
                self.events.put_nowait(None)  # whoever listens hears of the end, whatever went wrong

    async def _finish(self, watches: Sequence[asyncio.Task[None]]) -> None:
        """Wait for what goes on beside the messages; nothing of it outlives the sending."""
        self._finished = True
        self.control.notify()
        await self.waits.ended()
        await asyncio.gather(*set(self._looks.values()), return_exceptions=True)
        ends = await asyncio.gather(*watches, return_exceptions=True)
        self.day.save()
        for unexpected in filter(None, ends):
            raise unexpected

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

        def nothing_left() -> bool:
            return self.over or self._finished

        while not nothing_left():
            await self.control.wait(nothing_left, _PERMIT_SECONDS)
            try:
                if not nothing_left():
                    await asyncio.to_thread(self._permit)
            except MailmergeError as error:
                if not nothing_left():  # what was sent, or stopped, before it was asked is no less so
                    self.end(str(error), error)
            except BaseException:
                self.end(N_("stopped by an internal error"))
                raise

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

    # --- what follows --------------------------------------------------------------------------------------------

    def decide(self, decision: Decision) -> None:
        """Do what the policy decided."""
        if isinstance(decision, End):
            self.end(str(decision.reason), decision.error)
        elif isinstance(decision, Hold) and not self.over:
            self.waits.hold(decision)

    def lowered(self, reason: str) -> None:
        """Tell that less of PIPELINING is used from now on."""
        self.events.put_nowait(Lowered(self._account.host, self.levels.level, reason))

    async def open(self) -> Session | None:
        """A new connection, None where there is none to be had for now; what follows from that is begun at once."""
        try:
            return await self.connections.open(lambda: not (self.over or self.waits.held), self._permit)
        except (ConnectionFailed, SignInFailed) as error:
            self.decide(self.policy.not_opened(error))
        except LoginRefused as error:
            self.end(str(error), error)
        return None


def _prepared(account: Account) -> ssl.SSLContext | None:
    """What the first connection needs and takes tens of milliseconds to load."""
    import aiosmtplib  # noqa: F401

    return make_context(account)


def _spare_the_allocator() -> None:
    """Raise glibc's mmap threshold once: asyncio's read buffers cost a map and an unmap a reply otherwise."""
    held = bytearray(1 << 20)
    del held
