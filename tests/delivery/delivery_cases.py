"""Sealed runs, sending them to the end, and what must hold afterwards whatever the server did."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from smtp_script import CANARY, USER, ScriptedServer

from mailmerge.accounts import Account, Secret, account_from_preset
from mailmerge.accounts.oauth import Tokens
from mailmerge.delivery import Control, Event, Outcome, Summary, Timeouts, deliver
from mailmerge.model import Envelope, SealedMessage, State
from mailmerge.outbox import Outbox, Run, RunHeader

PATIENT = Timeouts(connect=10, command=10, dot=10, surplus=0.1)
QUICK = Timeouts(connect=3, command=0.8, dot=0.8, surplus=0.1, bytes_per_second=1e9)


def sealed_message(record: int, *, address: str = "", padding: int = 0, text: str = "") -> SealedMessage:
    """A valid message of this record."""
    address = address or f"personne{record}@boite.example"
    body = text or "Bonjour,\r\n.une ligne qui commence par un point\r\n..\r\n.\r\nCordialement\r\n"
    body += ("x" * 990 + "\r\n") * (padding // 992)  # as long as lines may be: the server takes them one by one
    message_id = f"<2026-09-02-7f3a.{record}@atelier.example>"
    content = (
        f"From: Claire Martin <{USER}>\r\nTo: {address}\r\nSubject: Reponse {record}\r\n"
        f"Date: Wed, 02 Sep 2026 10:00:00 +0000\r\nMessage-ID: {message_id}\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n{body}"
    ).encode()
    return SealedMessage(
        record,
        f"Zoé Personne {record}",
        Envelope(USER, address),
        message_id,
        content,
        hashlib.sha256(content).hexdigest(),
    )


def seal(folder: Path, messages: int | Iterable[SealedMessage], *, run: str = "2026-09-02-7f3a") -> Run:
    """A run of so many messages, or of these."""
    if isinstance(messages, int):
        messages = [sealed_message(record) for record in range(1, messages + 1)]
    return Outbox(folder).seal(
        RunHeader(
            run=run, created=datetime(2026, 9, 2, 10, 0, tzinfo=UTC), campaign="septembre", account="rh", senders=[USER]
        ),
        messages,
    )


def account_for(server: ScriptedServer, **given: object) -> Account:
    """An account at a scripted server, without TLS unless it is asked for."""
    return account_from_preset(
        "rh",
        f"Claire Martin <{USER}>",
        host="127.0.0.1" if not server.context else "localhost",
        port=server.port,
        **({"tls": "none"} | given),  # type: ignore[arg-type]
    )


@dataclass
class Sent:
    """What one call of ``deliver`` told."""

    events: list[Event] = field(default_factory=list)

    @property
    def outcomes(self) -> list[Outcome]:
        return [event for event in self.events if isinstance(event, Outcome)]

    @property
    def summary(self) -> Summary:
        assert isinstance(self.events[-1], Summary)
        assert sum(isinstance(event, Summary) for event in self.events) == 1
        return self.events[-1]


async def send(
    run: Run,
    account: Account,
    *,
    secret: str = CANARY,
    control: Control | None = None,
    timeouts: Timeouts = PATIENT,
    limit: int | None = None,
    wait: bool = False,
) -> Sent:
    """Deliver to the end."""
    return await send_with(run, account, Secret(secret), control=control, timeouts=timeouts, limit=limit, wait=wait)


async def send_with(
    run: Run,
    account: Account,
    secret: Secret | Tokens,
    *,
    control: Control | None = None,
    timeouts: Timeouts = PATIENT,
    limit: int | None = None,
    wait: bool = False,
    on_event: Callable[[Event], Awaitable[None]] | None = None,
) -> Sent:
    """Deliver to the end with a secret or with tokens, and do something at each event."""
    sent = Sent()
    async for event in deliver(run, account, secret, control or Control(), limit=limit, wait=wait, timeouts=timeouts):
        sent.events.append(event)
        if on_event is not None:
            await on_event(event)
    return sent


def states(run: Run) -> dict[int, State]:
    """Where each record stands."""
    return {message.record: message.state for message in run.messages()}


def state_on_disk(run: Run, forward_path: str) -> str:
    """What a reader of the run's file sees of one address, while it is being sent."""
    with closing(sqlite3.connect(f"{run.path.as_uri()}?mode=ro", uri=True)) as connection:
        row = connection.execute("SELECT state FROM message WHERE forward_path = ?", (forward_path,)).fetchone()
    return str(row[0])


LEVELS = ("off", "group", "full")


def require_durable(run: Run, server: ScriptedServer, *, level: str = "group") -> None:
    """From now on the server looks, at each first byte of a body, whether the journal says ``submitting``.

    Where commands go one by one (``off``) it looks at DATA already.
    """

    def look(forward_path: str) -> None:
        state = state_on_disk(run, forward_path)
        if state != "submitting":
            server.problems.append(f"a body for {forward_path}, whose record says {state}")

    server.before_body = look
    if level == "off":
        server.before_data = look


def assert_invariants(run: Run, server: ScriptedServer, sent: Sent | None = None) -> None:
    """What must hold after any fault, against what the server really accepted."""
    messages = list(run.messages())
    counts = run.counts()
    with closing(sqlite3.connect(run.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        claimed = {row[0] for row in connection.execute("SELECT record FROM journal WHERE to_state = 'submitting'")}
    assert sum(counts.values()) == len(messages)
    assert counts[State.SUBMITTING] == 0
    assert not server.problems, server.problems
    for message in messages:
        copies = server.copies[message.address]
        possible = {State.ACCEPTED: (1,), State.UNKNOWN: (0, 1)}.get(message.state, (0,))
        assert copies in possible, f"{message.address} is {message.state}, and the server has {copies} copies"
        if message.state in (State.ACCEPTED, State.UNKNOWN):
            assert message.record in claimed
    assert set(server.copies) <= {message.address for message in messages}
    sealed = {each.envelope.forward_path: each.content for each in run.contents()} if server.taken else {}
    for taken in server.taken:
        assert taken.content == sealed[taken.forward_path], "what was accepted is not what was sealed"
        assert taken.reverse_path == USER
    for path in run.path.parent.iterdir():
        assert CANARY.encode() not in path.read_bytes()
    if sent is not None:
        assert CANARY not in repr(sent.events)
        summary = sent.summary
        assert (summary.accepted, summary.rejected, summary.deferred, summary.unknown, summary.pending) == (
            counts[State.ACCEPTED], counts[State.REJECTED], counts[State.DEFERRED],
            counts[State.UNKNOWN], counts[State.PENDING],
        )  # fmt: skip
        last = {outcome.record: outcome.state for outcome in sent.outcomes}
        now = states(run)
        assert all(now[record] is state for record, state in last.items())
