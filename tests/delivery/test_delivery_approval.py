"""The gate of the sending itself: whoever calls it, nothing is begun without the approval that the run needs."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from approval_cases import ACCOUNT, Desk, desk
from msgspec.structs import replace

from mailmerge.accounts import Account
from mailmerge.approval.record import add_refusal, add_signed, write_for
from mailmerge.approval.signatures.statement import Wrong
from mailmerge.campaign import open_campaign
from mailmerge.delivery import Control, Event, Summary, deliver
from mailmerge.errors import ApprovalNeeded
from mailmerge.outbox import ApprovalKind, read_entries


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A server that nobody may even connect to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def waiting(folder: Path, port: int) -> tuple[Desk, Account]:
    """A run that was sealed for an account on this port, and waits for approval."""
    at = desk(folder)
    account = replace(ACCOUNT, host="127.0.0.1", port=port)
    campaign = open_campaign([folder / "campagne"], environment=at.here)
    at.here.outbox.set_aside(at.run.id)
    at.run = campaign.signed_by(account).check().seal(account, at.here.outbox)
    return at, account


async def sent(at: Desk, account: Account, **options: Any) -> list[Event]:
    return [event async for event in deliver(at.run, account, None, Control(), environment=at.here, **options)]


@pytest.mark.parametrize("options", [{}, {"limit": 1}, {"wait": True}], ids=["all", "one", "waiting"])
async def test_without_approval_no_connection_is_made(tmp_path: Path, listening: socket.socket, options: Any):
    at, account = waiting(tmp_path, listening.getsockname()[1])
    with pytest.raises(ApprovalNeeded):
        await sent(at, account, **options)
    with pytest.raises(BlockingIOError):
        listening.accept()
    assert [message.attempts for message in at.run.messages()] == [0] * 25
    assert read_entries(at.run) == []


async def test_with_approval_everything_leaves_once_and_it_is_journaled(tmp_path: Path, smtp_server: Any):
    at, account = waiting(tmp_path, smtp_server.port)
    packed = write_for(at.run, "paul", tmp_path / "G", at.here)
    add_signed(at.run, at.signed(), at.here)
    first = await sent(at, account, limit=10)
    assert packed.pack.exists()
    rest = await sent(at, account)
    assert isinstance(first[-1], Summary)
    assert isinstance(rest[-1], Summary)
    assert (first[-1].accepted, rest[-1].accepted) == (10, 25)
    assert len({accepted.forward_paths[0] for accepted in smtp_server.accepted}) == len(smtp_server.accepted) == 25
    kinds = [entry.kind for entry in read_entries(at.run)]
    assert kinds == [ApprovalKind.PACK, ApprovalKind.SIGNED, ApprovalKind.USED]
    assert not packed.pack.exists()


async def test_an_approval_that_expires_between_two_sendings_ends_the_second(tmp_path: Path, smtp_server: Any):
    at, account = waiting(tmp_path, smtp_server.port)
    add_signed(at.run, at.signed(), at.here)
    await sent(at, account, limit=10)
    at.clock.move(hours=25)
    with pytest.raises(ApprovalNeeded):
        await sent(at, account)
    assert len(smtp_server.accepted) == 10


async def test_each_connection_asks_again_since_an_approval_can_expire_while_a_sending_waits(
    tmp_path: Path, listening: socket.socket, monkeypatch: pytest.MonkeyPatch
):
    at, account = waiting(tmp_path, listening.getsockname()[1])
    monkeypatch.setattr("mailmerge.delivery.loop.enter", lambda *_: None)  # it was well when the sending began
    *_, summary = await sent(at, account)
    assert isinstance(summary, Summary)
    assert isinstance(summary.error, ApprovalNeeded)
    assert summary.pending == 25
    with pytest.raises(BlockingIOError):
        listening.accept()


async def _expire(at: Desk) -> None:
    at.clock.move(hours=25)


async def _withdraw(at: Desk) -> None:
    add_refusal(at.run, [Wrong(1, "not her name")], at.here)


@pytest.mark.parametrize("ends", [_expire, _withdraw], ids=["it expires", "it is withdrawn"])
async def test_an_approval_that_ends_while_a_connection_is_open_ends_the_sending(
    tmp_path: Path, smtp_server: Any, monkeypatch: pytest.MonkeyPatch, ends: Callable[[Desk], Awaitable[None]]
):
    monkeypatch.setattr("mailmerge.delivery.sender._PERMIT_SECONDS", 0.02)
    at, account = waiting(tmp_path, smtp_server.port)
    account = replace(account, per_minute=120, connections=1)
    add_signed(at.run, at.signed(), at.here)
    events: list[Event] = []
    async for event in deliver(at.run, account, None, Control(), environment=at.here):
        events.append(event)
        if len(events) == 3:
            await ends(at)
    summary = events[-1]
    assert isinstance(summary, Summary)
    assert isinstance(summary.error, ApprovalNeeded)
    assert 3 <= summary.accepted == len(smtp_server.accepted) < 25
    assert summary.pending == 25 - summary.accepted


async def test_an_approval_that_ends_after_the_last_message_makes_no_trouble_of_what_was_sent(
    tmp_path: Path, smtp_server: Any
):
    at, account = waiting(tmp_path, smtp_server.port)
    add_signed(at.run, at.signed(), at.here)
    events: list[Event] = []
    async for event in deliver(at.run, account, None, Control(), environment=at.here):
        events.append(event)
        if len(events) == 25:
            await _expire(at)
    summary = events[-1]
    assert isinstance(summary, Summary)
    assert (summary.accepted, summary.pending, summary.stopped, summary.error) == (25, 0, "", None)


async def test_who_stops_a_sending_is_told_so_although_the_approval_ends_meanwhile(tmp_path: Path, smtp_server: Any):
    at, account = waiting(tmp_path, smtp_server.port)
    add_signed(at.run, at.signed(), at.here)
    events: list[Event] = []
    control = Control()
    async for event in deliver(at.run, replace(account, connections=1), None, control, environment=at.here):
        events.append(event)
        if len(events) == 3:
            control.stop()
            await _expire(at)
    summary = events[-1]
    assert isinstance(summary, Summary)
    assert summary.error is None
    assert summary.stopped == "stopped here; the run can be resumed"
