"""The sending of one run: every message at most once, each verdict written down before the next step.

MAIL and RCPT come first: an error there proves that nothing was sent. Then the journal writes ``submitting``, durably,
and only then the first byte of the body is sent. The reply to the final dot decides; where none comes the outcome is
``unknown``, and nothing here ever sends that message again.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

from mailmerge.accounts import Account, Secret
from mailmerge.approval.gate import cleared, enter
from mailmerge.approval.packs.places import retire_packs
from mailmerge.delivery.control import Control
from mailmerge.delivery.events import Event, Summary, left_out_event
from mailmerge.delivery.sender import Delivery
from mailmerge.delivery.smtp.session import Timeouts
from mailmerge.delivery.worker import Worker
from mailmerge.environment import Environment
from mailmerge.errors import MailmergeError
from mailmerge.model import State
from mailmerge.outbox import Journal, Run

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens

GRACE = 3.0
"""Seconds that messages in flight are given where the caller is cancelled, before they are given up."""


async def deliver(
    run: Run,
    account: Account,
    secret: Secret | Tokens | None,
    control: Control,
    *,
    limit: int | None = None,
    wait: bool = False,
    timeouts: Timeouts | None = None,
    environment: Environment | None = None,
    hold: float = 0.0,
) -> AsyncIterator[Event]:
    """Send what is pending or deferred of a run, at most ``limit`` messages, and tell each outcome.

    Without ``wait`` one pass is made, which ends early on a quota or when the server is in trouble; with it, waits of
    1, 5, 15 and 30 minutes follow trouble, and deferred messages are tried again. The last event is a
    :class:`Summary`, also where something failed: its ``error`` says what.

    Where the account has hours, a message is begun within them only; outside them a sending waits or ends as on a
    quota. ``hold`` are seconds before the first message, told as :class:`Waiting` of kind ``holding``.

    An account that is signed in sends with its :class:`Tokens`. Where somebody has to sign in again a sending that
    waits tells :class:`Waiting` of kind ``sign-in-needed``, and goes on when that was done (``control.resume()``, or
    a sign-in by another process); without ``wait`` it ends with the error ``SignInNeeded`` and can be resumed.

    ``environment``, this user's by default, says where the account's messages are counted, and by whose rule a second
    person has to approve the run: without the approval that it needs nothing is begun, no connection made.

    Raises:
        ApprovalNeeded: the run needs the approval of a second person, and has none that counts; no event comes then.
        RunBusy: another process is sending this run, or the same letter; no event comes then.
        OutboxError: the run cannot be opened for sending; no event comes then.
    """
    here = environment or Environment.here()
    await asyncio.to_thread(enter, run, account, here)
    async with _entered(run.sending()) as journal:
        for message in journal.left_out:
            yield left_out_event(message)
        sending = Delivery(
            journal,
            account,
            secret,
            control,
            wait=wait,
            timeouts=timeouts or Timeouts(),
            state=here.home.state,
            hold=hold,
            permit=lambda: cleared(run, account, here),
        )
        task = asyncio.create_task(sending.run(limit, lambda: Worker(sending).work()), name=f"sending {run.id}")
        try:
            while (event := await sending.events.get()) is not None:
                yield event
        finally:
            await _stopped(task, control)
        summary = _summary(run, sending)
        if summary.error is None and not (summary.pending or summary.deferred):
            await asyncio.to_thread(retire_packs, run)
        yield summary


@asynccontextmanager
async def _entered(sending: AbstractContextManager[Journal]) -> AsyncIterator[Journal]:
    """Open and close a run in a thread: verifying its seal and the last sync take their time on a large one."""
    opening = asyncio.ensure_future(asyncio.to_thread(sending.__enter__))
    try:
        journal = await asyncio.shield(opening)
    except asyncio.CancelledError:
        await asyncio.wait({opening})
        if not opening.cancelled() and opening.exception() is None:
            sending.__exit__(None, None, None)
        raise
    try:
        yield journal
    finally:
        await _to_the_end(asyncio.ensure_future(asyncio.to_thread(sending.__exit__, None, None, None)))


async def _stopped(task: asyncio.Task[None], control: Control) -> None:
    """Wait for the sending's end; where its caller has gone, stop it: gently at first."""
    if not task.done():
        control.stop()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait({task}, timeout=GRACE)
    if not task.done():
        control.abort()
    await _to_the_end(task)


async def _to_the_end(task: asyncio.Future[Any]) -> None:
    """Wait for a task whose work must be finished, whatever happens to who waits."""
    cancelled = False
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            cancelled = True
    task.result()
    if cancelled:
        raise asyncio.CancelledError


def _summary(run: Run, sending: Delivery) -> Summary:
    try:
        counts = run.counts()
    except MailmergeError as error:
        sending.end(str(error), error)
        counts = {}
    return Summary(
        run=run.id,
        accepted=counts.get(State.ACCEPTED, 0),
        rejected=counts.get(State.REJECTED, 0),
        deferred=counts.get(State.DEFERRED, 0),
        unknown=counts.get(State.UNKNOWN, 0) + counts.get(State.SUBMITTING, 0),
        pending=counts.get(State.PENDING, 0),
        stopped=sending.stopped,
        error=sending.error,
    )
