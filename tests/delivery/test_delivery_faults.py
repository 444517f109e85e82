"""The fault matrix: every stage times every fault, checked against what the server really accepted."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from delivery_cases import (
    LEVELS,
    PATIENT,
    QUICK,
    account_for,
    assert_invariants,
    require_durable,
    seal,
    sealed_message,
    send,
    states,
)
from each_row import pairs, whole_or
from smtp_script import Fault, ScriptedServer

from mailmerge.delivery import Timeouts
from mailmerge.delivery.smtp.replies import Reply
from mailmerge.delivery.smtp.session import Session
from mailmerge.model import State

MESSAGES = 4
ALWAYS = 10_000
REPLIES = ("421", "450", "451", "452", "550", "554", "299", "399")
BROKEN = ("drop", "rst", "hang", "garbage", "half", "long", "slow", "late", "twice")
STAGES = ("connect", "banner", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "body", "dot", "RSET", "idle", "QUIT")
AT_THE_DOT = ("commit-drop", "commit-rst", "commit-hang", "commit-garbage", "commit-half", "251")
LASTING = [
    (stage, kind)
    for stage in ("MAIL", "RCPT", "DATA", "dot")
    for kind in (*REPLIES, *BROKEN, *(AT_THE_DOT if stage == "dot" else ()))
]
MEANINGLESS = {("connect", "slow"), ("connect", "twice"), ("body", "slow"), ("body", "twice"), ("idle", "slow")}
MEANINGLESS |= {("body", "299")}  # a server that says 2yz has taken the message, by its own word
LATE_VERDICTS = {("idle", code) for code in REPLIES if code[0] in "45" and code != "421"} | {("RSET", "twice")}
"""A reply too many that contradicts the verdict before it may be a second verdict."""
SILENT = ("hang", "late", "commit-hang", "long")
CELLS = [
    (stage, kind)
    for stage in STAGES
    for kind in (*REPLIES, *BROKEN, *(AT_THE_DOT if stage == "dot" else ()))
    if (stage, kind) not in MEANINGLESS
]


OF_A_MESSAGE = ("MAIL", "RCPT", "DATA", "body", "dot", "RSET", "idle")
"""Stages that come where a message is sent: how commands are grouped makes a difference there only."""


def in_turn(level: str, stage: str, kind: str) -> bool:
    """Whether a cell is judged at a level: the levels in turn; at each of them what only the dot knows."""
    if kind in AT_THE_DOT or stage not in OF_A_MESSAGE:
        return True
    return LEVELS[(STAGES.index(stage) + (*REPLIES, *BROKEN).index(kind)) % len(LEVELS)] == level


AT_EACH_LEVEL = [
    (level, stage, kind)
    for level in LEVELS
    for stage, kind in CELLS
    if (level == "group" or stage in OF_A_MESSAGE) and whole_or(in_turn(level, stage, kind), whole=True)
]


@pytest.mark.parametrize(("level", "stage", "kind"), AT_EACH_LEVEL, ids=["-".join(cell) for cell in AT_EACH_LEVEL])
async def test_no_fault_gives_anybody_a_second_copy(folder: Path, level: str, stage: str, kind: str) -> None:
    """Once in the middle of a run, then a resumed run without faults."""
    run = seal(folder, MESSAGES)
    refused = (lambda path: "550 5.1.1 nobody" if "2@" in path else "250 Ok") if stage == "RSET" else None
    first = 2 if stage in ("MAIL", "RCPT", "DATA", "body", "dot") else 1
    async with ScriptedServer(faults=(Fault(stage, kind, first),), rcpt_reply=refused) as server:
        account = account_for(server, pipelining=level)
        require_durable(run, server, level=level)
        sent = await send(run, account, timeouts=QUICK if kind in SILENT else PATIENT)
        assert server.fired, "the fault never happened: this cell proves nothing"
        assert_invariants(run, server, sent)
        undecided = {record for record, state in states(run).items() if state is State.UNKNOWN}
        assert len(undecided) <= 1
        if stage not in ("body", "dot") and (stage, kind) not in LATE_VERDICTS:
            assert not undecided, "before the end of the message is sent its outcome is never unknown"
        sent = await send(run, account)
        assert_invariants(run, server, sent)
        rejected = sum(state is State.REJECTED for state in states(run).values())
        assert sent.summary.accepted == MESSAGES - rejected - len(undecided)
        assert sent.summary.stopped == ""


@pytest.mark.parametrize(
    ("seconds", "between", "takes_back"),
    [(1.0, [], True), (61.0, [], False), (61.0, [Reply(250, "Ok")], True)],
    ids=["at once", "after a long silence", "behind another reply"],
)
def test_a_server_that_tires_of_waiting_takes_no_verdict_back(
    seconds: float, between: list[Reply], takes_back: bool
) -> None:
    session = Session.__new__(Session)
    session._channel = SimpleNamespace(surplus=[Reply(451, "4.4.2 Timeout")], surplus_at=100.0 + seconds)
    session._last_verdict, session._verdict_at, session._after_verdict = Reply(250, "Ok"), 100.0, between
    assert session.takes_back is takes_back


LASTING_AT_EACH_LEVEL = [
    (level, stage, kind)
    for level in LEVELS
    for stage, kind in LASTING
    if whole_or(in_turn(level, stage, kind), whole=True)
]


def test_every_cell_is_judged_and_every_stage_and_every_fault_at_every_level() -> None:
    for cells, all_of_them in ((AT_EACH_LEVEL, CELLS), (LASTING_AT_EACH_LEVEL, LASTING)):
        assert {(stage, kind) for _level, stage, kind in cells} == set(all_of_them)
        inner = [pair for pair in all_of_them if pair[0] in OF_A_MESSAGE]
        for level in LEVELS:
            assert {stage for each, stage, _kind in cells if each == level} >= {stage for stage, _kind in inner}
            assert {kind for each, _stage, kind in cells if each == level} >= {kind for _stage, kind in inner}


@pytest.mark.parametrize(
    ("level", "stage", "kind"), LASTING_AT_EACH_LEVEL, ids=["-".join(cell) for cell in LASTING_AT_EACH_LEVEL]
)
async def test_a_fault_that_stays_ends_the_run_soon_and_honestly(
    folder: Path, level: str, stage: str, kind: str
) -> None:
    run = seal(folder, 12)
    async with ScriptedServer(faults=(Fault(stage, kind, 1, ALWAYS),)) as server:
        require_durable(run, server, level=level)
        account = account_for(server, connections=2, pipelining=level)
        sent = await send(run, account, timeouts=QUICK if kind in SILENT else PATIENT)
        assert_invariants(run, server, sent)
        assert len(sent.outcomes) <= 12
        if kind not in ("slow", "251", "299") and not (kind == "twice" and stage == "dot"):
            assert sent.summary.accepted == 0
            assert sent.summary.stopped or sent.summary.deferred + sent.summary.rejected == 12
        if sent.summary.unknown:
            assert stage == "dot"
            assert sent.summary.unknown <= 4, "three unknown in a row stop the run (another may be in flight)"


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        ("connect", "drop"),
        ("banner", "554"),
        ("banner", "421"),
        ("banner", "garbage"),
        ("EHLO", "550"),
        ("EHLO", "hang"),
    ],
)
async def test_a_server_that_cannot_be_used_is_one_clear_line(folder: Path, stage: str, kind: str) -> None:
    run = seal(folder, 2)
    async with ScriptedServer(faults=(Fault(stage, kind, 1, ALWAYS),)) as server:
        sent = await send(run, account_for(server), timeouts=QUICK)
        assert_invariants(run, server, sent)
        assert type(sent.summary.error).__name__ == "ConnectionFailed"
        assert "127.0.0.1" in sent.summary.stopped
        assert "\n" not in sent.summary.stopped
        assert sent.summary.pending == 2
        assert len(sent.events) == 1


@pytest.mark.parametrize(("kind", "level"), pairs(["drop", "rst", "hang", "garbage", "552", "451", "299"], LEVELS))
async def test_a_large_message_cut_in_the_middle_is_provably_not_taken(folder: Path, kind: str, level: str) -> None:
    """Its end was never handed over, so that nobody has to decide about it."""
    large = sealed_message(2, padding=15_000_000)
    run = seal(folder, [sealed_message(1), large, sealed_message(3)])
    async with ScriptedServer(faults=(Fault("body", kind, 2),), extensions=("PIPELINING",)) as server:
        account = account_for(server, pipelining=level)
        patience = 15 if kind == "hang" else 60  # a busy machine needs some seconds for a large message
        sent = await send(run, account, timeouts=Timeouts(command=60, dot=patience, bytes_per_second=1e9))
        assert_invariants(run, server, sent)
        assert sent.summary.unknown == 0
        expected = {"552": State.REJECTED, "451": State.DEFERRED}.get(kind, State.ACCEPTED)
        assert states(run) == {1: State.ACCEPTED, 2: expected, 3: State.ACCEPTED}
