"""Pause, resume, stop, abort: what a person's hand does to a running send."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from delivery_cases import PATIENT, account_for, assert_invariants, require_durable, seal, send, states
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from smtp_script import CANARY, USER, Fault, ScriptedServer

from mailmerge.accounts import Secret, account_from_preset
from mailmerge.delivery import Control, Outcome, Resumed, Summary, Waiting, deliver, loop
from mailmerge.delivery.policy import Hold
from mailmerge.delivery.sender import Delivery
from mailmerge.delivery.smtp.session import Session
from mailmerge.errors import OutboxError
from mailmerge.model import Envelope, State
from mailmerge.outbox import Journal


async def test_stopping_between_messages_loses_nothing(folder: Path) -> None:
    run = seal(folder, 20)
    control = Control()
    async with ScriptedServer() as server:
        require_durable(run, server)
        server.on_command = lambda stage, count: control.stop() if (stage, count) == ("dot", 3) else None
        sent = await send(run, account_for(server), control=control)
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 3
        assert sent.summary.unknown == 0
        assert "stopped here" in sent.summary.stopped
        sent = await send(run, account_for(server))
        assert sent.summary.accepted == 20
        assert_invariants(run, server, sent)


async def test_aborting_marks_the_message_in_flight_unknown_and_ends_at_once(folder: Path) -> None:
    run = seal(folder, 5)
    control = Control()
    async with ScriptedServer(faults=(Fault("dot", "commit-hang", 2),)) as server:
        sending = asyncio.create_task(send(run, account_for(server), control=control))
        while not server.fired:
            await asyncio.sleep(0.005)
        control.abort()
        sent = await asyncio.wait_for(sending, 5)
        assert_invariants(run, server, sent)
        assert sent.summary.unknown == 1
        assert sent.outcomes[-1].reply == "abandoned here before the server's verdict came"
        assert control.stopping


@pytest.mark.parametrize("stage", ["connect", "banner", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"])
async def test_aborting_before_the_body_leaves_the_message_pending(folder: Path, stage: str) -> None:
    run = seal(folder, 2)
    control = Control()
    async with ScriptedServer(faults=(Fault(stage, "hang"),)) as server:
        sending = asyncio.create_task(send(run, account_for(server), control=control))
        while not server.fired:
            await asyncio.sleep(0.005)
        control.abort()
        sent = await asyncio.wait_for(sending, 5)
        assert_invariants(run, server, sent)
        assert sent.summary.pending == 2
        assert sent.summary.error is None


async def test_stopping_while_connecting_ends_at_once(folder: Path) -> None:
    run = seal(folder, 2)
    control = Control()
    async with ScriptedServer(faults=(Fault("banner", "hang"),)) as server:
        sending = asyncio.create_task(send(run, account_for(server), control=control))
        while not server.fired:
            await asyncio.sleep(0.005)
        control.stop()
        sent = await asyncio.wait_for(sending, 5)
        assert sent.summary.pending == 2


async def test_a_pause_holds_the_next_message_until_it_is_resumed_from_any_thread(folder: Path) -> None:
    run = seal(folder, 6)
    control = Control()
    events: list[object] = []
    async with ScriptedServer() as server:
        server.on_command = lambda stage, count: control.pause() if (stage, count) == ("dot", 2) else None
        async for event in deliver(run, account_for(server, connections=2), Secret(CANARY), control, timeouts=PATIENT):
            events.append(event)
            if isinstance(event, Waiting):
                assert control.paused
                assert event.until is None
                await asyncio.sleep(0.05)
                assert server.seen["MAIL"] <= 4
                assert run.counts()[State.SUBMITTING] == 0
                threading.Thread(target=control.resume).start()
        kinds = [type(event) for event in events]
        assert kinds.index(Waiting) < kinds.index(Resumed)
        assert kinds.count(Resumed) == 1
        assert_invariants(run, server)
        assert run.counts()[State.ACCEPTED] == 6


async def test_stopping_ends_a_pause(folder: Path) -> None:
    run = seal(folder, 3)
    control = Control()
    control.pause()
    async with ScriptedServer() as server:
        async for event in deliver(run, account_for(server), Secret(CANARY), control, timeouts=PATIENT):
            if isinstance(event, Waiting):
                control.stop()
        assert isinstance(event, Summary)
        assert event.pending == 3
        assert server.seen["MAIL"] == 0


async def test_a_signal_handler_may_stop_the_sending(folder: Path) -> None:
    run = seal(folder, 10)
    control = Control()
    before = signal.signal(signal.SIGTERM, lambda *_: control.stop())
    try:
        async with ScriptedServer() as server:
            server.on_command = lambda s, n: os.kill(os.getpid(), signal.SIGTERM) if (s, n) == ("RCPT", 3) else None
            sent = await send(run, account_for(server), control=control)
            assert 2 <= sent.summary.accepted <= 4
            assert_invariants(run, server, sent)
    finally:
        signal.signal(signal.SIGTERM, before)


async def test_a_caller_that_goes_away_leaves_nothing_in_flight(folder: Path) -> None:
    run = seal(folder, 10)
    async with ScriptedServer() as server:
        events = deliver(run, account_for(server, connections=3), Secret(CANARY), Control(), timeouts=PATIENT)
        async for event in events:
            if isinstance(event, Outcome) and event.record >= 3:
                break
        await events.aclose()  # type: ignore[attr-defined]
        assert_invariants(run, server)
        sent = await send(run, account_for(server))
        assert sent.summary.accepted == 10
        assert_invariants(run, server, sent)


@pytest.mark.parametrize(("stage", "state"), [("RCPT", State.PENDING), ("dot", State.UNKNOWN)])
async def test_a_cancelled_caller_leaves_a_true_record(
    folder: Path, stage: str, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "GRACE", 0.2)
    run = seal(folder, 4)
    async with ScriptedServer(faults=(Fault(stage, "hang", 2),)) as server:
        sending = asyncio.create_task(send(run, account_for(server)))
        while not server.fired:
            await asyncio.sleep(0.005)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(sending, 10)
        assert_invariants(run, server)
        assert states(run)[2] is state
        sent = await send(run, account_for(server))
        assert_invariants(run, server, sent)


async def test_a_cancelled_program_that_forgets_the_generator_leaves_a_true_record(folder: Path) -> None:
    """As asyncio.run ends: every task cancelled at once, the sending's own among them."""
    run = seal(folder, 4)
    async with ScriptedServer(faults=(Fault("dot", "hang", 2),)) as server:
        sending = asyncio.create_task(send(run, account_for(server)))
        while not server.fired:
            await asyncio.sleep(0.005)
        mine = {t for t in asyncio.all_tasks() if t.get_name() != f"smtp {server.port}"} - {asyncio.current_task()}
        for task in mine:
            task.cancel()
        await asyncio.wait(mine, timeout=10)
        assert sending.done()
        assert_invariants(run, server)
        assert states(run)[2] is State.UNKNOWN


async def test_connections_that_are_lost_together_are_one_trouble(folder: Path) -> None:
    """As when a laptop wakes up: four dead connections do not make a server that drops again and again."""
    run = seal(folder, 24)
    control = Control()
    async with ScriptedServer(faults=(Fault("idle", "hang", 5, 4),), delay=0.002) as server:
        quick = replace(PATIENT, command=1.0)
        sent = await send(run, account_for(server, connections=4), control=control, timeouts=quick)
        assert len(server.fired) == 4
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 24
        assert sent.summary.stopped == ""


async def test_a_fault_of_the_program_itself_leaves_a_true_record(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Session.begin

    async def begin(self: Session, envelope: Envelope, size: int) -> object:
        if "personne5@" in envelope.forward_path:
            raise RuntimeError("a bug")
        return await real(self, envelope, size)

    run = seal(folder, 12)
    async with ScriptedServer(delay=0.002) as server:
        with monkeypatch.context() as broken:
            broken.setattr(Session, "begin", begin)
            with pytest.raises(RuntimeError, match="a bug"):
                await send(run, account_for(server, connections=3))
        assert_invariants(run, server)
        assert run.counts()[State.UNKNOWN] == 0, "what was in flight on other connections was finished"
        sent = await send(run, account_for(server))
        assert sent.summary.accepted == 12
        assert_invariants(run, server, sent)


@pytest.mark.parametrize("failure", [OutboxError("the disk is full"), RuntimeError("a bug")], ids=["told", "a bug"])
async def test_a_verdict_that_cannot_be_written_leaves_no_connection_open(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    async def settle(self: Journal, record: int, state: State, reply: str) -> int:
        raise failure

    run = seal(folder, 1)
    async with ScriptedServer() as server:
        with monkeypatch.context() as broken, contextlib.suppress(RuntimeError):
            broken.setattr(Journal, "settle", settle)
            sent = await send(run, account_for(server))
            assert sent.summary.error is failure
        assert server.commands[-1] == "QUIT"
        assert run.recover() == [1]
        assert_invariants(run, server)


@given(waits=st.lists(st.floats(1, 86_400), min_size=1, max_size=5))
def test_a_wait_that_becomes_much_longer_is_told_again(waits: list[float]) -> None:
    """One connection is put off for a minute, another finds the quota used up: "in a minute" is no longer true."""

    async def told() -> list[float]:
        account = account_from_preset("rh", USER, host="127.0.0.1", port=25, tls="none", per_day=0)
        control = Control()
        sending = Delivery(cast("Journal", None), account, Secret(CANARY), control, wait=True, timeouts=PATIENT)
        seconds: list[float] = []
        for wait in waits:
            sending.decide(Hold(wait, OutboxError("later")))
            while not sending.events.empty():
                event = sending.events.get_nowait()
                assert isinstance(event, Waiting)
                assert event.until is not None
                seconds.append((event.until - datetime.now().astimezone()).total_seconds())
        control.stop()
        while sending.waits.held:
            await asyncio.sleep(0)
        return seconds

    seconds = asyncio.run(told())
    assert max(waits) <= 2 * seconds[-1] + 1
    assert seconds[-1] <= max(waits) + 1
    assert len(seconds) == 1 or all(2 * earlier <= later + 1 for earlier, later in pairwise(seconds))
