"""Servers that offer PIPELINING and cannot: everybody is reached once, and the level is lowered with a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from delivery_cases import QUICK, account_for, assert_invariants, require_durable, seal, send, states
from msgspec.structs import replace
from smtp_script import Conversation, Fault, ScriptedServer
from smtp_unable import UNABLE, PanicsAndForgets, PanicsBehindABody, WantsAMessageForNobody

from mailmerge.delivery import Lowered, lowered_in_words
from mailmerge.delivery.events import Event
from mailmerge.model import State


def lowered(events: list[Event]) -> list[str]:
    return [event.level for event in events if isinstance(event, Lowered)]


@pytest.mark.parametrize("level", ["group", "full"])
@pytest.mark.parametrize("connections", [1, 3])
@pytest.mark.parametrize("conversation", UNABLE, ids=[kind.__name__ for kind in UNABLE])
async def test_a_server_that_cannot_gets_one_command_at_a_time(
    folder: Path, conversation: type[Conversation], connections: int, level: str
) -> None:
    run = seal(folder, 6)
    async with ScriptedServer(conversation=conversation) as server:
        require_durable(run, server)
        sent = await send(run, account_for(server, pipelining=level, connections=connections), timeouts=QUICK)
        assert_invariants(run, server, sent)
        assert set(states(run).values()) == {State.ACCEPTED}, sent.summary.stopped
        assert lowered(sent.events) == ["off"]
        [event] = [event for event in sent.events if isinstance(event, Lowered)]
        assert event.reason
        assert lowered_in_words(event).startswith("127.0.0.1 does not keep to the PIPELINING that it offers (")


@pytest.mark.parametrize("conversation", [PanicsBehindABody, PanicsAndForgets])
@pytest.mark.parametrize("connections", [1, 4])
async def test_a_server_that_panics_at_a_group_behind_a_body_costs_one_unknown_and_no_more(
    folder: Path, conversation: type[Conversation], connections: int
) -> None:
    run = seal(folder, 12)
    async with ScriptedServer(conversation=conversation, delay=0.001) as server:
        require_durable(run, server)
        sent = await send(run, account_for(server, pipelining="full", connections=connections))
        assert_invariants(run, server, sent)
        assert lowered(sent.events) == ["group"]
        assert sent.summary.unknown == 1, "one connection tries it first"
        assert sent.summary.accepted == 11
        sent = await send(run, account_for(server, pipelining="group"))
        assert_invariants(run, server, sent)


async def test_a_server_that_wants_a_message_for_nobody_gets_not_even_a_dot(folder: Path) -> None:
    run = seal(folder, 6)
    refuse = {"personne2@boite.example", "personne3@boite.example", "personne5@boite.example"}
    async with ScriptedServer(conversation=WantsAMessageForNobody) as server:
        server.rcpt_reply = lambda path: "550 5.1.1 nobody" if path in refuse else "250 Ok"
        sent = await send(run, account_for(server))
        assert_invariants(run, server, sent)
        assert {record for record, state in states(run).items() if state is State.REJECTED} == {2, 3, 5}
        assert sent.summary.accepted == 3
        assert lowered(sent.events) == ["off"], "one command at a time asks for no message that nobody will have"


async def test_a_server_that_offers_nothing_gets_one_command_at_a_time_and_no_word_is_said(folder: Path) -> None:
    run = seal(folder, 3)
    async with ScriptedServer(extensions=("SIZE 1000000",)) as server:
        require_durable(run, server, level="off")
        sent = await send(run, account_for(server, pipelining="full"))
        assert sent.summary.accepted == 3
        assert server.seen["RSET"] == 0
        assert not lowered(sent.events)


@pytest.mark.parametrize("level", ["group", "full"])
@pytest.mark.parametrize("kind", ["drop", "rst", "hang", "garbage", "half", "long", "twice", "late"])
async def test_a_server_that_has_shown_that_it_can_is_not_blamed_for_the_network(
    folder: Path, level: str, kind: str
) -> None:
    run = seal(folder, 8)
    async with ScriptedServer(faults=(Fault("MAIL", kind, 4),)) as server:
        sent = await send(run, account_for(server, pipelining=level), timeouts=QUICK)
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 8 - sent.summary.unknown
        if kind != "twice":  # that is its own fault
            assert not lowered(sent.events)


async def test_the_first_groups_lost_one_after_the_other_lower_the_level(folder: Path) -> None:
    run = seal(folder, 8)
    async with ScriptedServer(faults=(Fault("RCPT", "drop", 4, 2),)) as server:
        sent = await send(run, account_for(server), timeouts=replace(QUICK, command=5))
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 8
        assert lowered(sent.events) == ["off"]
