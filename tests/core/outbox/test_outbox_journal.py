"""No message leaves without a durable record before it, none twice, and no state changes but by the rules."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from outbox_cases import alter, message, sealed_run

from mailmerge.errors import Blocked, OutboxError, RunBusy
from mailmerge.model import State
from mailmerge.outbox import EntryKind, Run

REACHED = {
    State.PENDING: [],
    State.SUBMITTING: ["claim"],
    State.ACCEPTED: ["claim", State.ACCEPTED],
    State.DEFERRED: ["claim", State.DEFERRED],
    State.REJECTED: ["claim", State.REJECTED],
    State.UNKNOWN: ["claim", State.UNKNOWN],
}


def state_of(run: Run, record: int) -> State:
    return {m.record: m.state for m in run.messages()}[record]


async def bring_to(journal, state: State) -> None:
    for step in REACHED[state]:
        if step == "claim":
            await journal.claim(1)
        else:
            await journal.settle(1, step, "a reply")


async def test_a_claimed_message_is_submitting_for_every_reader_before_the_claim_returns(tmp_path: Path):
    run = sealed_run(tmp_path)
    with run.sending() as journal:
        assert await journal.due() == [1, 2, 3]
        assert await journal.claim(2) == message(2)
        assert state_of(run, 2) is State.SUBMITTING
        assert await journal.due(limit=1) == [1]
        assert await journal.settle(2, State.ACCEPTED, "250 2.0.0 Ok: queued") == 1
        assert await journal.due() == [1, 3]
    [_, accepted, _] = run.messages()
    assert (accepted.state, accepted.reply, accepted.attempts) == (State.ACCEPTED, "250 2.0.0 Ok: queued", 1)


@pytest.mark.parametrize("state", [s for s in REACHED if s not in (State.PENDING, State.DEFERRED)])
async def test_what_is_not_due_cannot_be_claimed(tmp_path: Path, state: State):
    run = sealed_run(tmp_path, 1)
    with run.sending() as journal:
        await bring_to(journal, state)
        for attempt in (journal.claim, journal.peek):
            if state is State.SUBMITTING:
                with pytest.raises(OutboxError, match="record 1 is being sent already"):
                    await attempt(1)
                continue
            with pytest.raises(Blocked, match="WIR906") as refused:
                await attempt(1)
            assert (refused.value.rule, refused.value.kind) == ("WIR906", "wir906.not-again")
            assert {name: str(value) for name, value in refused.value.values.items()} == {"state": state, "record": "1"}
        assert state_of(run, 1) is state


@pytest.mark.parametrize("instead", [s for s in State if s is not State.SUBMITTING])
async def test_a_claim_that_the_journal_does_not_hold_as_submitting_is_refused(tmp_path: Path, instead: State):
    run = sealed_run(tmp_path, 1)
    alter(
        run,
        "CREATE TRIGGER overrule AFTER UPDATE OF state ON message WHEN NEW.state = 'submitting' BEGIN"
        f" UPDATE message SET state = '{instead}' WHERE record = NEW.record; END",
    )
    with run.sending() as journal:
        with pytest.raises(Blocked) as refused:
            await journal.claim(1)
        assert refused.value.rule == "WIR906"
        assert state_of(run, 1) in (instead, State.UNKNOWN)  # which the journal contradicts


@pytest.mark.parametrize("state", [s for s in REACHED if s is not State.SUBMITTING])
@pytest.mark.parametrize("verdict", [State.ACCEPTED, State.DEFERRED, State.REJECTED, State.UNKNOWN, State.PENDING])
async def test_a_verdict_is_for_a_message_in_flight_only(tmp_path: Path, state: State, verdict: State):
    run = sealed_run(tmp_path, 1)
    with run.sending() as journal:
        await bring_to(journal, state)
        before = run.history(1)
        with pytest.raises(OutboxError, match=f"record 1 is {state}: it cannot become {verdict}"):
            await journal.settle(1, verdict, "250 late")
        assert state_of(run, 1) is state
        assert run.history(1) == before


@pytest.mark.parametrize("state", [State.ACCEPTED, State.REJECTED, State.UNKNOWN])
async def test_what_has_an_outcome_cannot_be_released(tmp_path: Path, state: State):
    run = sealed_run(tmp_path, 1)
    with run.sending() as journal:
        await bring_to(journal, state)
        with pytest.raises(OutboxError, match="cannot become pending"):
            await journal.release(1, State.PENDING)


@pytest.mark.parametrize("wrong", [State.SUBMITTING, State.EXCLUDED])
async def test_only_a_verdict_settles(tmp_path: Path, wrong: State):
    with sealed_run(tmp_path).sending() as journal:
        await journal.claim(1)
        with pytest.raises(OutboxError, match="is not a verdict"):
            await journal.settle(1, wrong, "")
        for sent in (State.ACCEPTED, State.UNKNOWN, State.SUBMITTING):
            with pytest.raises(OutboxError, match="was not sent"):
                await journal.release(1, sent)


async def test_a_refusal_at_rcpt_is_an_attempt_without_a_claim(tmp_path: Path):
    run = sealed_run(tmp_path)
    with run.sending() as journal:
        assert (await journal.peek(1)).envelope.forward_path == "personne1@boite.example"
        assert state_of(run, 1) is State.PENDING
        assert await journal.release(1, State.REJECTED, "550 5.1.1 no such user") == 1
        await journal.peek(2)
        assert await journal.release(2, State.PENDING, "550 5.4.5 daily limit") == 0
        assert await journal.due() == [2, 3]
    assert [(m.state, m.attempts) for m in run.messages()][:2] == [(State.REJECTED, 1), (State.PENDING, 0)]


async def test_a_message_looked_at_and_then_claimed_is_the_same(tmp_path: Path):
    with sealed_run(tmp_path).sending() as journal:
        looked = await journal.peek(1)
        assert await journal.claim(1) is looked


async def test_a_deferred_message_is_claimed_again_and_its_attempts_are_counted(tmp_path: Path):
    run = sealed_run(tmp_path, 1)
    with run.sending() as journal:
        for expected in (1, 2, 3):
            await journal.claim(1)
            assert await journal.settle(1, State.DEFERRED, "451 later") == expected
    assert [(e.from_state, e.to_state, e.attempt) for e in run.history(1)][-2:] == [
        (State.DEFERRED, State.SUBMITTING, 3),
        (State.SUBMITTING, State.DEFERRED, 3),
    ]


async def test_of_two_claims_of_one_message_one_wins(tmp_path: Path):
    with sealed_run(tmp_path).sending() as journal:
        outcomes = await asyncio.gather(*(journal.claim(1) for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(outcome, OutboxError) for outcome in outcomes) == 7


async def test_one_failing_request_does_not_harm_those_committed_with_it(tmp_path: Path):
    run = sealed_run(tmp_path, 40)
    with run.sending() as journal:
        outcomes = await asyncio.gather(*(journal.claim(n) for n in range(1, 61)), return_exceptions=True)
        assert [isinstance(outcome, OutboxError) for outcome in outcomes] == [False] * 40 + [True] * 20
        await asyncio.gather(*(journal.settle(n, State.ACCEPTED, "250") for n in range(1, 41)))
    assert run.counts()[State.ACCEPTED] == 40


async def test_a_claim_whose_caller_is_gone_is_withdrawn(tmp_path: Path):
    run = sealed_run(tmp_path, 100)
    with run.sending() as journal:
        await asyncio.gather(*(journal.claim(n) for n in range(1, 11)))
        tasks = [asyncio.create_task(journal.claim(n)) for n in range(11, 101)]
        await asyncio.sleep(0)  # all have asked; none has been answered yet on this loop, whatever is written
        gone = [task for task in tasks if task.cancel()]
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
    assert len(gone) == 90
    counts = run.counts()
    assert counts[State.SUBMITTING] == 100 - len(gone)
    assert counts[State.PENDING] == len(gone)


async def test_withdrawing_a_claim_leaves_the_claim_of_another_alone(tmp_path: Path):
    run = sealed_run(tmp_path, 40)
    with run.sending() as journal:
        for record in range(1, 41):
            holder = asyncio.create_task(journal.claim(record))
            late = asyncio.create_task(journal.claim(record))
            await asyncio.sleep(0)  # both have asked
            if record % 2:
                await holder
            late.cancel()
            with suppress(asyncio.CancelledError, OutboxError):
                await late
            await holder
        await journal.due()  # all that was asked before is done
        assert run.counts()[State.SUBMITTING] == 40


async def test_a_verdict_is_written_although_its_caller_is_gone(tmp_path: Path):
    run = sealed_run(tmp_path)
    with run.sending() as journal:
        await journal.claim(1)
        task = asyncio.create_task(journal.settle(1, State.ACCEPTED, "250 queued"))
        await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert state_of(run, 1) is State.ACCEPTED


async def test_what_was_in_flight_is_unknown_for_the_next_sender_and_never_due(tmp_path: Path):
    run = sealed_run(tmp_path)
    with run.sending() as journal:
        await journal.claim(2)
    assert run.counts()[State.SUBMITTING] == 1
    with run.sending() as journal:
        assert journal.recovered == (2,)
        assert await journal.due() == [1, 3]
    last = run.history(2)[-1]
    assert (last.kind, last.to_state) == (EntryKind.RECOVERY, State.UNKNOWN)


async def test_only_a_person_moves_an_unknown_and_the_journal_says_who(tmp_path: Path):
    run = sealed_run(tmp_path)
    with run.sending() as journal:
        for record in (1, 2):
            await journal.claim(record)
            await journal.settle(record, State.UNKNOWN, "connection lost")
    run.resolve(1, accepted=True, by="C. Martin")
    run.resolve(2, accepted=False, by="C. Martin")
    assert (state_of(run, 1), state_of(run, 2)) == (State.ACCEPTED, State.PENDING)
    entry = run.history(1)[-1]
    assert (entry.kind, entry.by, entry.reply) == (
        EntryKind.RESOLVED,
        "C. Martin",
        "resolved by C. Martin: it was accepted",
    )
    with run.sending() as journal:
        assert await journal.due() == [2, 3]


@pytest.mark.parametrize("state", [s for s in REACHED if s not in (State.UNKNOWN, State.SUBMITTING)])
@pytest.mark.parametrize("accepted", [True, False])
async def test_what_is_known_cannot_be_resolved(tmp_path: Path, state: State, accepted: bool):
    run = sealed_run(tmp_path, 1)
    with run.sending() as journal:
        await bring_to(journal, state)
    with pytest.raises(OutboxError, match=f"record 1 is {state}: only an unknown outcome is decided"):
        run.resolve(1, accepted=accepted, by="C. Martin")


async def test_a_decision_needs_a_name(tmp_path: Path):
    run = sealed_run(tmp_path, 1)
    with run.sending() as journal:
        await bring_to(journal, State.UNKNOWN)
    with pytest.raises(OutboxError, match="a decision needs one"):
        run.resolve(1, accepted=True, by="  ")


async def test_a_message_left_by_a_dead_sender_can_be_resolved_at_once(tmp_path: Path):
    run = sealed_run(tmp_path)
    with run.sending() as journal:
        await journal.claim(1)
        with pytest.raises(RunBusy):
            run.resolve(1, accepted=True, by="C. Martin")
    run.resolve(1, accepted=True, by="C. Martin")
    assert [entry.kind for entry in run.history(1)] == [EntryKind.ATTEMPT, EntryKind.RECOVERY, EntryKind.RESOLVED]


def test_a_second_sender_in_one_process_fails_at_once(tmp_path: Path):
    run = sealed_run(tmp_path)
    with run.sending(), pytest.raises(RunBusy, match=r"being sent by another process"), run.sending():
        pass
    with run.sending():
        pass


@pytest.mark.parametrize("change", ["forward_path = 'x@boite.example'", "reverse_path = 'x@y.example'", "sha256 = 'a'"])
def test_a_run_changed_after_sealing_is_not_sent(tmp_path: Path, change: str):
    run = sealed_run(tmp_path)
    alter(run, f"UPDATE message SET {change} WHERE record = 2")
    with pytest.raises(Blocked, match="WIR904"), run.sending():
        pass


async def test_bytes_changed_after_sealing_are_refused_and_the_message_stays_pending(tmp_path: Path):
    run = sealed_run(tmp_path)
    alter(run, "UPDATE content SET own = CAST(replace(own, 'abouti', 'abonti') AS BLOB) WHERE record = 2")
    with run.sending() as journal:
        with pytest.raises(Blocked, match="WIR904"):
            await journal.claim(2)
        assert state_of(run, 2) is State.PENDING
    with pytest.raises(OutboxError, match="WIR904"):
        run.content(2)


async def test_a_journal_that_has_ended_takes_nothing_more(tmp_path: Path):
    with sealed_run(tmp_path).sending() as journal:
        pass
    with pytest.raises(OutboxError, match="has ended"):
        await journal.claim(1)


async def test_after_sending_the_run_is_one_file_without_a_log(tmp_path: Path):
    run = sealed_run(tmp_path)
    with run.sending() as journal:
        await journal.claim(1)
        await journal.settle(1, State.ACCEPTED, "250")
    assert {path.suffix for path in tmp_path.iterdir()} == {".sqlite3", ".lock"}
