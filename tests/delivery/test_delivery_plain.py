"""Sending when nothing goes wrong, what is asked of the server, and what one message can be refused for."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from delivery_cases import (
    LEVELS,
    PATIENT,
    account_for,
    assert_invariants,
    require_durable,
    seal,
    sealed_message,
    send,
    states,
)
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from smtp_script import CANARY, USER, ScriptedServer

from mailmerge.accounts import Secret
from mailmerge.delivery import Control, deliver
from mailmerge.delivery.smtp.channel import SessionLost
from mailmerge.delivery.smtp.connect import open_session
from mailmerge.delivery.smtp.session import dot_stuffed
from mailmerge.errors import RunBusy
from mailmerge.model import Envelope, State
from mailmerge.outbox.writer import Writer


async def test_every_message_is_accepted_once_in_its_sealed_bytes(folder: Path) -> None:
    run = seal(folder, 7)
    async with ScriptedServer() as server:
        require_durable(run, server)
        sent = await send(run, account_for(server))
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 7
        assert sent.summary.stopped == ""
        assert [outcome.record for outcome in sent.outcomes] == [1, 2, 3, 4, 5, 6, 7]
        assert {outcome.reply for outcome in sent.outcomes} == {"250 2.0.0 Ok: queued"}
        assert {outcome.attempt for outcome in sent.outcomes} == {1}
        assert server.logins == [(USER, CANARY)]
        assert server.seen["connect"] == 1


async def test_several_connections_share_the_work_and_no_message(folder: Path) -> None:
    run = seal(folder, 40)
    async with ScriptedServer(delay=0.002) as server:
        require_durable(run, server)
        sent = await send(run, account_for(server, connections=4))
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 40
        assert server.most_connections == 4
        assert len(server.logins) == 4


@pytest.mark.parametrize("level", LEVELS)
async def test_what_several_connections_write_down_is_committed_together(
    folder: Path, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record before each body and a verdict after it: 400 for 200 messages, in fewer commits than messages."""
    commits: list[int] = []
    real = Writer._committed

    def counted(self: Writer, answers: list[Any]) -> Any:
        time.sleep(0.001)  # a disk that takes its time
        commits.append(len(answers))
        return real(self, answers)

    monkeypatch.setattr(Writer, "_committed", counted)
    run = seal(folder, 200)
    async with ScriptedServer() as server:
        require_durable(run, server, level=level)
        sent = await send(run, account_for(server, connections=4, pipelining=level))
        assert_invariants(run, server, sent)
    assert sum(commits) >= 400
    assert len(list(filter(None, commits))) < 200


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_neither_the_machine_nor_its_network_is_named_to_the_server(folder: Path, host: str) -> None:
    run = seal(folder, 1)
    async with ScriptedServer(host=host) as server:
        await send(run, replace(account_for(server), host=host))
        assert [command for command in server.commands if "EHLO" in command] == ["EHLO [127.0.0.1]"]


async def test_no_more_connections_than_messages(folder: Path) -> None:
    run = seal(folder, 2)
    async with ScriptedServer() as server:
        await send(run, account_for(server, connections=5))
        assert server.seen["connect"] <= 2


async def test_a_complete_run_is_resumed_with_nothing_to_do(folder: Path) -> None:
    run = seal(folder, 2)
    async with ScriptedServer() as server:
        await send(run, account_for(server))
        sent = await send(run, account_for(server))
        assert server.seen["connect"] == 1
        assert len(sent.events) == 1
        assert sent.summary.accepted == 2
        assert sent.summary.stopped == ""


async def test_a_limit_sends_the_first_so_many_and_leaves_the_rest_pending(folder: Path) -> None:
    run = seal(folder, 5)
    async with ScriptedServer() as server:
        sent = await send(run, account_for(server), limit=2)
        assert [outcome.record for outcome in sent.outcomes] == [1, 2]
        assert sent.summary.pending == 3
        assert_invariants(run, server, sent)


async def test_a_second_sender_of_the_same_run_fails_at_once(folder: Path) -> None:
    run = seal(folder, 3)
    async with ScriptedServer(delay=0.01) as server:
        first = deliver(run, account_for(server, auth="none"), None, Control())
        await anext(first)
        with pytest.raises(RunBusy):
            await send(run, account_for(server))
        async for _ in first:
            pass
        assert_invariants(run, server)
        assert run.counts()[State.ACCEPTED] == 3


async def test_a_message_larger_than_the_server_takes_is_not_offered(folder: Path) -> None:
    run = seal(folder, [sealed_message(1), sealed_message(2, padding=1_100_000), sealed_message(3)])
    async with ScriptedServer() as server:
        sent = await send(run, account_for(server))
        assert states(run) == {1: State.ACCEPTED, 2: State.REJECTED, 3: State.ACCEPTED}
        assert "1,000,000 at most" in sent.outcomes[1].reply
        assert not any("personne2" in command for command in server.commands)
        assert f"SIZE={len(sealed_message(1).content)}" in next(c for c in server.commands if c.startswith("MAIL"))
        assert_invariants(run, server, sent)


async def test_accents_before_the_at_need_smtputf8_and_nothing_else_asks_for_it() -> None:
    plain, accented = Envelope(USER, "zoe@boite.example"), Envelope(USER, "zoé@boite.example")
    async with ScriptedServer() as server:
        session = await open_session(account_for(server), Secret(CANARY), None, PATIENT)
        for envelope in (plain, accented):
            assert session.cannot_take(envelope, 10) == ""
            assert await session.begin(envelope, 10) is None
            assert (await session.submit(b"a\r\n")).reply.code == 250
        mails = [command for command in server.commands if command.startswith("MAIL")]
        assert ["SMTPUTF8" in mail for mail in mails] == [False, True]
        assert server.commands[-2:] == ["RCPT TO:<zoé@boite.example>", "DATA"]
        await session.close()
    async with ScriptedServer(extensions=()) as server:
        session = await open_session(account_for(server), Secret(CANARY), None, PATIENT)
        assert session.cannot_take(plain, 10) == ""
        assert "SMTPUTF8" in session.cannot_take(accented, 10)
        await session.close()


async def test_a_person_with_accents_before_the_at_is_reached_or_rejected_never_misread(folder: Path) -> None:
    messages = [sealed_message(1), sealed_message(2, address="zoé@boite.example")]
    async with ScriptedServer() as server:
        run = seal(folder, messages)
        sent = await send(run, account_for(server))
        assert sent.summary.accepted == 2
        assert_invariants(run, server, sent)
    async with ScriptedServer(extensions=()) as server:
        run = seal(folder, messages, run="2026-09-02-0002")
        sent = await send(run, account_for(server))
        assert states(run) == {1: State.ACCEPTED, 2: State.REJECTED}
        assert_invariants(run, server, sent)


@pytest.mark.parametrize("path", ["a@x.example> NOTIFY=NEVER", "a@x.example>\r\nRCPT TO:<b@y.example", "a b@x.example"])
async def test_an_address_that_could_say_more_than_an_address_is_never_written(path: str) -> None:
    async with ScriptedServer() as server:
        session = await open_session(account_for(server), Secret(CANARY), None, PATIENT)
        with pytest.raises(ValueError, match="sealed envelope"):
            await session.begin(Envelope(USER, path), 10)
        await session.close()
        assert not server.seen["MAIL"]


async def test_data_is_refused_without_exactly_one_accepted_recipient() -> None:
    async with ScriptedServer() as server:
        session = await open_session(account_for(server), Secret(CANARY), None, PATIENT)
        with pytest.raises(SessionLost, match="WIR907"):
            await session.submit(b"a\r\n")
        assert not server.seen["DATA"]


async def test_a_large_message_arrives_in_its_sealed_bytes_and_the_loop_stays_free(folder: Path) -> None:
    run = seal(folder, [sealed_message(1, padding=10_000_000, text=".\r\n" * 1000)])
    stalls: list[float] = []

    async def heartbeat() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            stalls.append(time.perf_counter() - before)

    async with ScriptedServer(extensions=()) as server:
        beating = asyncio.create_task(heartbeat())
        sent = await send(run, account_for(server))
        beating.cancel()
        assert sent.summary.accepted == 1
        assert_invariants(run, server, sent)
    assert max(stalls) < 0.5, "measured 0.03 s; ten times that only on a machine that is busy with other things"


@pytest.mark.parametrize(
    ("content", "wire"),
    [
        (b"a\r\n", b"a\r\n.\r\n"),
        (b".a\r\n", b"..a\r\n.\r\n"),
        (b"a\r\n.\r\nb\r\n", b"a\r\n..\r\nb\r\n.\r\n"),
        (b"\r\n.\r\n.\r\n..\r\n", b"\r\n..\r\n..\r\n...\r\n.\r\n"),
        (b"a.\r\nb.c\r\n", b"a.\r\nb.c\r\n.\r\n"),
        (b"no end", b"no end\r\n.\r\n"),
    ],
)
def test_only_dots_at_line_starts_are_stuffed(content: bytes, wire: bytes) -> None:
    assert b"".join(dot_stuffed(content)) == wire


@given(st.lists(st.sampled_from([b".", b"..", b"a", b"", b"." * 70_000, b"x" * 40_000, b"b." * 3]), max_size=12))
def test_a_body_in_pieces_is_the_whole_body_stuffed(lines: list[bytes]) -> None:
    content = b"".join(line + b"\r\n" for line in lines)
    whole = b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines) + b".\r\n"
    pieces = list(dot_stuffed(content))
    if content:
        assert b"".join(pieces) == whole
    assert all(pieces)


async def test_a_refused_recipient_is_rejected_and_the_others_are_not(folder: Path) -> None:
    run = seal(folder, 4)
    refuse = {"personne2@boite.example": "550-5.1.1 The account does\r\n550 5.1.1 not exist \x1b]0;x\x07"}
    async with ScriptedServer(rcpt_reply=lambda path: refuse.get(path, "250 Ok")) as server:
        sent = await send(run, account_for(server))
        assert_invariants(run, server, sent)
        assert states(run)[2] is State.REJECTED
        assert sent.summary.accepted == 3
        rejected = sent.outcomes[1]
        assert rejected.reply == "550 5.1.1 The account does not exist ␛]0;x␇"
        assert rejected.attempt == 1
        assert server.seen["RSET"] == 4, "one for each message, at its beginning"
        assert server.seen["connect"] == 1


async def test_a_deferred_message_goes_with_the_next_sending(folder: Path) -> None:
    run = seal(folder, 3)
    async with ScriptedServer(verdict=lambda path: "451 4.7.1 greylisted" if "2@" in path else "250 Ok") as server:
        sent = await send(run, account_for(server))
        assert states(run)[2] is State.DEFERRED
        assert sent.summary.deferred == 1
        assert sent.summary.stopped == ""
        server.verdict = None
        sent = await send(run, account_for(server))
        assert [(outcome.record, outcome.attempt) for outcome in sent.outcomes] == [(2, 2)]
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 3
