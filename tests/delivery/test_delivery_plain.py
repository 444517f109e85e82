"""Sending when nothing goes wrong, and stopping when a person says so."""

from __future__ import annotations

from pathlib import Path

from delivery_cases import account_for, assert_invariants, require_durable, seal, send
from smtp_script import CANARY, USER, ScriptedServer


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
