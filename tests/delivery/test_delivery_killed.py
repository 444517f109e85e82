"""SIGKILL at every step, and at random: nobody gets two, and what is not known is said to be unknown."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from delivery_cases import LEVELS, account_for, assert_invariants, require_durable, seal, sealed_message, send, states
from full_disk import fill
from smtp_script import CANARY, Fault, ScriptedServer

from mailmerge.delivery.smtp.channel import SessionLost
from mailmerge.delivery.worker import Worker
from mailmerge.model import SealedMessage, State
from mailmerge.outbox import Run

CHILD = Path(__file__).parent / "sending_child.py"
KILLS = int(os.environ.get("MAILMERGE_KILLS", "9"))
"""Random kill campaigns; 500 by hand."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")


async def send_in_child(run: Run, server: ScriptedServer, *prefix: str, **orders: Any) -> tuple[int, str]:
    """Send by a process of its own, which may be killed; returns its exit code and output."""
    orders |= {"port": server.port, "folder": str(run.path.parent), "run": run.id, "secret": CANARY}
    child = await asyncio.create_subprocess_exec(
        *prefix, sys.executable, str(CHILD), json.dumps(orders),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    server.child = child  # type: ignore[attr-defined]
    output, _ = await asyncio.wait_for(child.communicate(), 60)
    assert child.returncode is not None
    return child.returncode, output.decode()


def assert_recovered(run: Run, server: ScriptedServer, *, in_flight: int) -> None:
    """After a kill: what was in flight is unknown once the run is looked at, everything else is as it was."""
    run.recover()
    assert run.counts()[State.UNKNOWN] <= in_flight
    assert_invariants(run, server)


def unknown_of(run: Run) -> int:
    return run.counts()[State.UNKNOWN]


POINTS = [
    ("before look_ahead", State.PENDING),
    ("before claim", State.PENDING),
    ("after claim", State.UNKNOWN),
    ("body", State.UNKNOWN),
    ("sent", State.UNKNOWN),
    ("before settle", State.UNKNOWN),
    ("after settle", State.ACCEPTED),
]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("point", "expected"), POINTS, ids=[point for point, _ in POINTS])
async def test_a_kill_at_this_step_gives_nobody_a_second_copy(
    folder: Path, point: str, expected: State, level: str
) -> None:
    run = seal(folder, 4)
    async with ScriptedServer() as server:
        require_durable(run, server, level=level)
        code, output = await send_in_child(run, server, point=point, count=2, level=level)
        assert code == -9, output
        await asyncio.sleep(0.02)  # the server reads what the child had written
        assert_recovered(run, server, in_flight=1)
        assert states(run)[2] is expected
        unknown = run.counts()[State.UNKNOWN]
        sent = await send(run, account_for(server, pipelining=level))
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 4 - unknown


@pytest.mark.parametrize("level", LEVELS)
async def test_a_kill_in_the_middle_of_a_large_message_leaves_it_unknown(folder: Path, level: str) -> None:
    run = seal(folder, [sealed_message(1), sealed_message(2, padding=900_000), sealed_message(3)])
    async with ScriptedServer() as server:
        code, output = await send_in_child(run, server, point="middle", count=1, level=level)
        assert code == -9, output
        assert_recovered(run, server, in_flight=1)
        assert states(run) == {1: State.ACCEPTED, 2: State.UNKNOWN, 3: State.PENDING}
        assert server.copies["personne2@boite.example"] == 0


@pytest.mark.parametrize("lot", range(3))
async def test_kills_at_random_give_nobody_a_second_copy(folder: Path, lot: int) -> None:
    """Each campaign is killed at random moments until it is through; the seed is printed where it fails."""
    seed = int(os.environ.get("MAILMERGE_SEED", "0")) or random.randrange(1 << 30)
    dice = random.Random(seed)
    killed = unknown = campaigns = 0
    while killed < KILLS // 3:
        connections, level = dice.choice((1, 1, 3)), dice.choice(LEVELS)
        run = seal(folder, 12, run=f"2026-09-02-{campaigns:04x}")
        campaigns += 1
        async with ScriptedServer(delay=0.001) as server:
            require_durable(run, server, level=level)
            for _ in range(20):
                arm(server, dice)
                code, output = await send_in_child(run, server, connections=connections, level=level)
                assert code in (0, -9), f"seed {seed}: {output}"
                while server.connections:
                    await asyncio.sleep(0.005)
                assert CANARY not in output
                try:
                    before = unknown_of(run)
                    assert_recovered(run, server, in_flight=12)
                    assert unknown_of(run) - before <= connections, "one body in flight on each connection"
                except AssertionError as error:
                    raise AssertionError(f"seed {seed}: {error}") from error
                killed += code == -9
                if code == 0:
                    break
            counts = run.counts()
            assert counts[State.ACCEPTED] + counts[State.UNKNOWN] == 12, f"seed {seed}"
            unknown += counts[State.UNKNOWN]
    print(f"lot {lot}, seed {seed}: {campaigns} campaigns, {killed} kills, {unknown} unknown")


def arm(server: ScriptedServer, dice: random.Random) -> None:
    """Kill the child some microseconds after the server saw some step of some message."""
    server.seen.clear()
    stage, count = dice.choice(("MAIL", "RCPT", "DATA", "dot", "connect", "QUIT")), dice.randint(1, 6)
    delay = dice.choice((0.0, 0.0, dice.random() * 0.004))

    def kill() -> None:
        child = server.child  # type: ignore[attr-defined]
        if child.returncode is None:
            child.kill()

    server.on_command = lambda seen, times: (
        asyncio.get_running_loop().call_later(delay, kill) and None if (seen, times) == (stage, count) else None
    )


# --- a durable record before each body, by what the kernel saw ------------------------------------------------------


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize(("level", "begins"), [("off", '"DATA\\r\\n"'), ("group", '"From: '), ("full", '"From: ')])
async def test_every_body_is_preceded_by_a_sync_of_its_own_record(
    folder: Path, tmp_path: Path, level: str, begins: str
) -> None:
    """Where commands go one by one, DATA is too."""
    run = seal(folder, 5)
    trace = tmp_path / "trace"
    async with ScriptedServer() as server:
        code, output = await send_in_child(
            run, server, "strace", "-f", "-y", "-qq", "-s", "40", "-e", "trace=fdatasync,fsync,sendto,write,pwrite64",
            "-o", str(trace), level=level,
        )  # fmt: skip
        assert code == 0, output
        assert_invariants(run, server)
        flights = ["RSET", "MAIL", "RCPT", "DATA"] if level != "off" else ["MAIL", "RCPT", "DATA"]
        assert [
            command[:4] for command in server.commands if command[:4] not in ("EHLO", "AUTH", "QUIT")
        ] == flights * 5
    written = synced = records = 0
    for line in trace.read_text(errors="replace").splitlines():
        if "pwrite64(" in line and ".sqlite3-wal>" in line:
            written += 1
        elif re.search(r"f(data)?sync\(", line) and ".sqlite3-wal>" in line:
            synced = written
        elif begins in line:
            assert written, "nothing was written to the journal before the body"
            assert synced == written, "the body was sent before what was written to the journal was on the disk"
            written = synced = 0
            records += 1
    assert records == 5


# --- a full disk ---------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "disk"
    path.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", path], check=False)
    if mounted.returncode:
        pytest.skip("a tmpfs cannot be mounted here")
    yield path
    subprocess.run(["umount", "-l", path], check=False)


@pytest.mark.parametrize("stage", ["RCPT", "dot"])
async def test_a_disk_that_fills_up_sends_nothing_more_and_loses_no_verdict(small_disk: Path, stage: str) -> None:
    """The journal may live on in the room that its own log has; where it cannot, nothing more is sent."""
    run = seal(small_disk / "outbox", 8)
    began: list[str] = []

    def full(seen: str, count: int) -> bool:
        if (seen, count) == (stage, 3):
            began.append(seen)
        return bool(began)

    async with ScriptedServer() as server:
        server.on_command = lambda seen, count: fill(small_disk) if full(seen, count) else None
        sent = await send(run, account_for(server))
        if sent.summary.accepted < 8:
            assert type(sent.summary.error).__name__ == "OutboxError"
            assert "disk is full" in sent.summary.stopped or "no space left" in sent.summary.stopped
        server.on_command = lambda seen, count: None
        (small_disk / "other").unlink()
        run.recover()
        assert_invariants(run, server)
        assert run.counts()[State.UNKNOWN] == 0, "the verdict of the message in flight was still written"
        sent = await send(run, account_for(server))
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 8


# --- the harness must catch what would be wrong --------------------------------------------------------------------


async def test_the_harness_catches_a_sender_that_sends_an_unknown_again(folder: Path) -> None:
    run = seal(folder, 3)
    async with ScriptedServer(faults=(Fault("dot", "commit-drop", 2),)) as server:
        await send(run, account_for(server))
        with closing(sqlite3.connect(run.path)) as connection, connection:
            connection.execute("UPDATE message SET state = 'pending' WHERE state = 'unknown'")
            connection.execute("UPDATE journal SET to_state = 'pending' WHERE to_state = 'unknown'")
        sent = await send(run, account_for(server))
        with pytest.raises(AssertionError, match="2 copies"):
            assert_invariants(run, server, sent)


async def test_the_harness_catches_a_sender_that_writes_its_journal_after_data(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def too_early(self: Worker, session: Any, record: int) -> None:
        message = await self._journal.peek(record)
        await session.begin(message.envelope, len(message.content))
        answer = await session.submit(message.content)
        await self._journal.claim(record)
        await self._journal.settle(record, State.ACCEPTED, str(answer.reply))

    monkeypatch.setattr(Worker, "_send", too_early)
    run = seal(folder, 3)
    async with ScriptedServer() as server:
        require_durable(run, server)
        sent = await send(run, account_for(server))
        assert sent.summary.accepted == 3
        with pytest.raises(AssertionError, match="whose record says pending"):
            assert_invariants(run, server, sent)


async def test_the_harness_catches_a_sender_that_retries_after_a_lost_verdict(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def again(self: Worker, session: Any, message: SealedMessage, lost: SessionLost) -> None:
        await self._journal.release(message.record, State.PENDING, lost.reason)
        self._sending.queue.append(message.record)

    monkeypatch.setattr(Worker, "_lost", again)
    run = seal(folder, 3)
    async with ScriptedServer(faults=(Fault("dot", "commit-drop", 2),)) as server:
        sent = await send(run, account_for(server))
        with pytest.raises(AssertionError, match="2 copies"):
            assert_invariants(run, server, sent)
