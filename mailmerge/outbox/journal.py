"""The journal of a run while it is sent: no message leaves without a durable record before it, and none twice."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import partial

from mailmerge.errors import MailmergeError, OutboxError
from mailmerge.i18n import N_
from mailmerge.lint import before_data, gate
from mailmerge.model import Envelope, SealedMessage, State
from mailmerge.model.words import StateWord
from mailmerge.outbox.pieces import PieceReader
from mailmerge.outbox.remarks import STOPPED
from mailmerge.outbox.sealed_run import RunMessage
from mailmerge.outbox.states import DUE, IN_FLIGHT, NOT_SENT, SETTLED, VERDICTS, move
from mailmerge.outbox.writer import Asked, Request, Writer

_LARGE = 64 << 10
"""Octets of a piece; messages with larger ones take milliseconds to read, to put together and to look through."""


class Journal:
    """What the one sender of a run may do; got from ``Run.sending()``.

    Every method returns once what it did is durable, and can be called by many tasks at once.
    """

    def __init__(
        self,
        writer: Writer,
        pieces: PieceReader,
        senders: Collection[str],
        recovered: Collection[int],
        left_out: Sequence[RunMessage] = (),
    ):
        self._writer = writer
        self._pieces = pieces
        self._senders = senders
        self._looked_at: dict[int, SealedMessage] = {}
        self._looking = Asked.LARGE if pieces.any_over(_LARGE) else Asked.READ
        self.recovered = tuple(recovered)
        """Records that an earlier sender left in flight, now unknown."""
        self.left_out = tuple(left_out)
        """Who was left out just now: another run has sent them the same letter since the sealing."""

    async def due(self, limit: int | None = None) -> list[int]:
        """Records left to send (pending or deferred), in the table's order."""

        def select(connection: sqlite3.Connection) -> list[int]:
            rows = connection.execute(
                "SELECT record FROM message WHERE state IN (?, ?) ORDER BY record LIMIT ?",
                (*DUE, -1 if limit is None else limit),
            )
            return [int(row[0]) for row in rows]

        return await self._writer.post(Asked.READ, select).answer

    async def peek(self, record: int) -> SealedMessage:
        """A message that is due, gated, without claiming it: for the commands that come before the claim.

        Raises:
            OutboxError: the record is in flight, or the run has no such record.
            Blocked: the last gate refuses its bytes, or the record is settled (WIR906).
        """
        return await self._writer.post(self._looking, partial(self._look, record)).answer

    async def look_ahead(self, records: Sequence[int]) -> dict[int, SealedMessage]:
        """Several at once, in one go; one that cannot be sent is left out: looked at alone it says why."""
        return await self._writer.post(self._looking, partial(self._look_ahead, records)).answer

    async def claim(self, record: int) -> SealedMessage:
        """Make ``submitting`` durable: only now may the first byte of the body be sent (and DATA, where commands go one
        by one). The bytes have passed the gate again.

        A caller that is cancelled while it waits has not sent anything: the claim is withdrawn.

        Raises:
            OutboxError: the record is in flight, or the journal cannot be written; it stays as it is.
            Blocked: the last gate refuses its bytes (WIR901 to WIR905), or the record is settled (WIR906); it stays as
                it is.
        """
        request = self._writer.post(Asked.WRITE, partial(self._claim, record))
        try:
            message, state = await request.answer
            before_data(state, record=record)
            return message
        except asyncio.CancelledError:
            request.withdrawn = True
            with suppress(OutboxError):  # the sending ends: the next sender finds the message unknown
                self._writer.post(Asked.VERDICT, partial(_withdraw, record, request))
            raise

    async def settle(self, record: int, state: State, reply: str) -> int:
        """Write the server's verdict on a claimed message; ``unknown`` where it was not heard.

        It is written even if the caller is cancelled. Returns the number of attempts so far.

        Raises:
            OutboxError: the message is not in flight, the state is no verdict, or the journal cannot be written.
        """
        _require(state, VERDICTS, N_("{state} is not a verdict"))
        work = partial(move, record=record, allowed=IN_FLIGHT, to=state, reply=reply)
        return await self._writer.post(Asked.VERDICT, work).answer

    async def doubt(self, record: int, reply: str) -> int:
        """Make a settled message ``unknown``: the server contradicted its verdict.

        It is written even if the caller is cancelled. Returns the number of attempts so far; 0 where nothing was
        written, since the message is being sent again.

        Raises:
            OutboxError: the journal cannot be written.
        """
        return await self._writer.post(Asked.VERDICT, partial(_doubt, record, reply)).answer

    async def release(self, record: int, state: State, reply: str = "") -> int:
        """Write what became of a message whose body was provably never sent: refused before it, or not begun.

        The record may be claimed or not. It is written even if the caller is cancelled. Returns the number of attempts
        so far: a refusal counts as one, also where nothing was claimed.

        Raises:
            OutboxError: the message is neither due nor in flight, the state says that it was sent, or the journal
                cannot be written.
        """
        _require(state, NOT_SENT, N_("{state} is not a state of what was not sent"))
        return await self._writer.post(Asked.VERDICT, partial(self._release, record, state, reply)).answer

    def _look(self, record: int, connection: sqlite3.Connection) -> SealedMessage:
        message = self._looked_at.get(record) or self._sealed(record, connection)
        self._looked_at[record] = message
        return message

    def _look_ahead(self, records: Sequence[int], connection: sqlite3.Connection) -> dict[int, SealedMessage]:
        found: dict[int, SealedMessage] = {}
        for record in records:
            with suppress(MailmergeError):
                found[record] = self._look(record, connection)
        return found

    def _claim(self, record: int, connection: sqlite3.Connection) -> tuple[SealedMessage, str]:
        """The message, and the state that the journal has for it now."""
        message = self._looked_at.pop(record, None) or self._sealed(record, connection)
        move(connection, record, DUE, State.SUBMITTING, new_attempt=True)
        (state,) = connection.execute("SELECT state FROM message WHERE record = ?", (record,)).fetchone()
        return message, state

    def _release(self, record: int, state: State, reply: str, connection: sqlite3.Connection) -> int:
        self._looked_at.pop(record, None)
        claimed = connection.execute(
            "SELECT 1 FROM message WHERE record = ? AND state = ?", (record, State.SUBMITTING)
        ).fetchone()
        refused = claimed is None and state is not State.PENDING
        return move(connection, record, DUE | IN_FLIGHT, state, reply=reply, new_attempt=refused)

    def _sealed(self, record: int, connection: sqlite3.Connection) -> SealedMessage:
        row = connection.execute(
            "SELECT state, name, reverse_path, forward_path, message_id, sha256, own, cuts"
            " FROM message JOIN content USING (record) WHERE record = ?",
            (record,),
        ).fetchone()
        if row is None:
            raise OutboxError(N_("record {record} has no message in this run"), record=record)
        state, name, reverse_path, forward_path, message_id, sha256, own, cuts = row
        if state not in DUE:
            before_data(state, record=record)
            raise OutboxError(N_("record {record} is being sent already"), record=record)
        content = self._pieces.put_together(own, cuts)
        sealed = SealedMessage(record, name, Envelope(reverse_path, forward_path), message_id, content, sha256)
        gate(sealed, senders=self._senders)
        return sealed


def _withdraw(record: int, claim: Request[tuple[SealedMessage, str]], connection: sqlite3.Connection) -> None:
    """Undo a claim that was committed although its caller had gone: nobody sends that message."""
    if claim.granted:
        move(connection, record, IN_FLIGHT, State.PENDING, reply=STOPPED)


def _doubt(record: int, reply: str, connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT state FROM message WHERE record = ?", (record,)).fetchone()
    if row is None or row[0] not in SETTLED:
        return 0
    return move(connection, record, SETTLED, State.UNKNOWN, reply=reply)


def _require(state: State, allowed: Collection[State], otherwise: str) -> None:
    if state not in allowed:
        raise OutboxError(otherwise, state=StateWord(state))
