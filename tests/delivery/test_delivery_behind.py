"""Level ``full``: the commands of the next message leave with a body's end, and only where it may begin now."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from delivery_cases import PATIENT, account_for, assert_invariants, require_durable, seal, sealed_message, send, states
from smtp_script import Conversation, Fault, ScriptedServer
from smtp_unable import ForgetsBehindABody

from mailmerge.accounts import Account
from mailmerge.delivery import Control, Lowered, Timeouts
from mailmerge.model import State


class Watching(Conversation):
    """Writes down for whom commands stood behind which body."""

    async def decide(self, message):  # type: ignore[no-untyped-def]
        waiting = bytes(self.reader._buffer).decode()  # type: ignore[attr-defined]
        path = waiting.partition("RCPT TO:<")[2].partition("@")[0]
        self.server.commands.append(f"behind {message.forward_path.partition('@')[0]}: {path}")
        await super().decide(message)


def behind(server: ScriptedServer) -> list[str]:
    return [command for command in server.commands if command.startswith("behind")]


def full(server: ScriptedServer, **given: object) -> Account:
    return account_for(server, pipelining="full", **given)


async def test_the_next_commands_leave_with_each_body_and_each_message_arrives_once(folder: Path) -> None:
    run = seal(folder, 4)
    async with ScriptedServer(conversation=Watching) as server:
        require_durable(run, server)
        sent = await send(run, full(server))
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 4
        assert [outcome.record for outcome in sent.outcomes] == [1, 2, 3, 4]
        assert behind(server) == [
            "behind personne1: personne2", "behind personne2: personne3", "behind personne3: personne4",
            "behind personne4: ",
        ]  # fmt: skip


async def test_a_large_body_has_the_next_commands_behind_its_last_piece(folder: Path) -> None:
    run = seal(folder, [sealed_message(1), sealed_message(2, padding=900_000), sealed_message(3)])
    async with ScriptedServer(conversation=Watching) as server:
        require_durable(run, server)
        sent = await send(run, full(server))
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 3
        assert behind(server)[1] == "behind personne2: personne3"


@pytest.mark.parametrize("level", ["group", "off"])
async def test_nothing_stands_behind_a_body_at_the_other_levels(folder: Path, level: str) -> None:
    run = seal(folder, 3)
    async with ScriptedServer(conversation=Watching) as server:
        await send(run, account_for(server, pipelining=level))
        assert all(command.endswith(": ") for command in behind(server))


async def test_a_message_that_the_pace_holds_back_does_not_stand_behind_a_body(folder: Path) -> None:
    run = seal(folder, 3)
    async with ScriptedServer(conversation=Watching) as server:
        sent = await send(run, full(server, per_minute=1200))
        assert sent.summary.accepted == 3
        assert all(command.endswith(": ") for command in behind(server))


async def test_a_message_beyond_the_day_does_not_stand_behind_a_body(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILMERGE_HOME", str(tmp_path / "home"))
    run = seal(folder, 4)
    async with ScriptedServer(conversation=Watching) as server:
        sent = await send(run, full(server, per_day=2))
        assert_invariants(run, server, sent)
        assert (sent.summary.accepted, sent.summary.pending) == (2, 2)
        assert behind(server) == ["behind personne1: personne2", "behind personne2: "]
        assert server.seen["MAIL"] == 2


async def test_a_message_that_is_too_large_does_not_stand_behind_a_body(folder: Path) -> None:
    run = seal(folder, [sealed_message(1), sealed_message(2, padding=1_100_000), sealed_message(3)])
    async with ScriptedServer(conversation=Watching) as server:
        sent = await send(run, full(server))
        assert_invariants(run, server, sent)
        assert states(run) == {1: State.ACCEPTED, 2: State.REJECTED, 3: State.ACCEPTED}


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        ("550 5.4.5 Daily user sending limit exceeded", State.PENDING),
        ("421 4.3.0 closing", State.DEFERRED),
        ("535 5.7.8 no more", State.PENDING),
        ("550 5.7.501 blocked", State.PENDING),
    ],
)
async def test_a_verdict_that_stops_the_run_leaves_what_stands_behind_it_pending(
    folder: Path, verdict: str, state: State
) -> None:
    run = seal(folder, 5)
    async with ScriptedServer(conversation=Watching) as server:
        server.verdict = lambda path: verdict if "2@" in path else "250 Ok"
        require_durable(run, server)
        sent = await send(run, full(server))
        assert_invariants(run, server, sent)
        assert "behind personne2: personne3" in behind(server)
        assert states(run)[2] is state
        if verdict.startswith("5"):
            assert states(run)[3] is State.PENDING
            assert len(server.taken) == 1
        assert not any(isinstance(event, Lowered) for event in sent.events)
        server.verdict = None
        sent = await send(run, full(server))
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 5


@pytest.mark.parametrize("how", ["stop", "pause", "abort"])
async def test_a_hand_that_stops_the_run_leaves_what_stands_behind_a_body_pending(folder: Path, how: str) -> None:
    run = seal(folder, 6)
    control = Control()

    def at(stage: str, count: int) -> None:
        if (stage, count) == ("dot", 2):
            getattr(control, how)()
            if how == "pause":
                asyncio.get_running_loop().call_later(0.1, check)

    def check() -> None:
        seen.append((server.seen["dot"], dict(run.counts())[State.SUBMITTING]))
        control.resume()

    seen: list[tuple[int, int]] = []
    async with ScriptedServer(conversation=Watching, delay=0.002, on_command=at) as server:
        require_durable(run, server)
        sent = await send(run, full(server), control=control)
        assert_invariants(run, server, sent)
        if how == "pause":
            assert seen == [(2, 0)]
            assert sent.summary.accepted == 6
        elif how == "stop":
            assert (sent.summary.accepted, sent.summary.pending, sent.summary.unknown) == (2, 4, 0)
        else:
            assert (sent.summary.pending, sent.summary.unknown) == (4, 1)
        assert not any(isinstance(event, Lowered) for event in sent.events)
        sent = await send(run, full(server))
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 6 - sent.summary.unknown


@pytest.mark.parametrize("kind", ["drop", "rst", "hang", "garbage", "commit-drop", "commit-rst", "commit-hang"])
async def test_a_lost_verdict_is_unknown_and_what_stands_behind_it_is_not(folder: Path, kind: str) -> None:
    run = seal(folder, 5)
    quick = Timeouts(connect=5, command=5, dot=0.3, bytes_per_second=1e9)
    async with ScriptedServer(conversation=Watching, faults=(Fault("dot", kind, 3),)) as server:
        require_durable(run, server)
        sent = await send(run, full(server), timeouts=quick)
        assert_invariants(run, server, sent)
        assert [record for record, state in states(run).items() if state is State.UNKNOWN] == [3]
        assert sent.summary.accepted == 4


async def test_a_server_that_forgets_what_stands_behind_a_body_loses_nothing(folder: Path) -> None:
    run = seal(folder, 6)
    async with ScriptedServer(conversation=ForgetsBehindABody) as server:
        require_durable(run, server)
        sent = await send(run, full(server), timeouts=Timeouts(connect=5, command=0.3, dot=5))
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 6
        assert [event.level for event in sent.events if isinstance(event, Lowered)] == ["group"]


async def test_refusals_in_the_middle_join_nobody(folder: Path) -> None:
    """The server keeps its recipients over a MAIL that comes before the last message is over, as Postfix does."""
    run = seal(folder, 24)
    async with ScriptedServer(delay=0.0005) as server:
        require_durable(run, server)
        server.rcpt_reply = lambda path: "550 5.1.1 nobody" if int(path[8:-14]) % 3 == 0 else "250 Ok"
        server.faults = (Fault("DATA", "452", 3), Fault("DATA", "554", 7), Fault("RCPT", "450", 5))
        sent = await send(run, full(server, connections=2), timeouts=PATIENT)
        assert_invariants(run, server, sent)
        assert sent.summary.pending == 0
        assert sent.summary.rejected in (8, 9)
