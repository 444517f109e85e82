"""After the retention time people are forgotten; digests, states and counts stay."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from outbox_cases import CREATED, RUN, another_process_sends, message, sealed_run

from mailmerge.errors import OutboxError, RunBusy
from mailmerge.model import State
from mailmerge.outbox import Outbox, Run, SealedExclusion, purge

DAYS_30 = datetime.timedelta(days=30)
NEVER = datetime.timedelta(0)


@pytest.fixture
async def run(tmp_path: Path) -> Run:
    """A run with one message accepted, one rejected, one unknown, one due, and a person left out."""
    secret = message(1, name="Zoé Inoubliable", address="inoubliable@boite.example", attachment=b"secret" * 2000)
    messages = [secret, *(message(n) for n in (2, 3, 4))]
    sealed = sealed_run(
        tmp_path, messages, excluded=[SealedExclusion(9, "Inoubliable", "i@boite.example", "est Inoubliable")]
    )
    with sealed.sending() as journal:
        await journal.claim(1)
        await journal.settle(1, State.ACCEPTED, "250 2.0.0 Ok: queued for inoubliable@boite.example")
        await journal.release(2, State.REJECTED, "550 5.1.1 <inoubliable@boite.example>: no such user")
        await journal.claim(3)
        await journal.settle(3, State.UNKNOWN, "connection lost, Inoubliable")
    return sealed


async def test_nothing_personal_is_left_in_the_file(run: Run):
    assert b"noubliable" in run.path.read_bytes()
    assert purge(run, NEVER)
    left = run.path.read_bytes()
    for personal in (b"noubliable", b"secret", b"candidature 2", b"est Inoub"):
        assert personal not in left


def test_nothing_personal_is_left_beside_the_file_where_a_sender_was_killed(tmp_path: Path):
    run = sealed_run(tmp_path, [message(n, name="Inoubliable") for n in (1, 2, 3, 4)])
    with another_process_sends(run):
        pass
    assert run.path.with_name(f"{run.path.name}-wal").exists()
    assert purge(run, NEVER)
    assert b"noubliable" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert run.counts()[State.UNKNOWN] == 2


async def test_digests_states_counts_and_reply_codes_stay(run: Run):
    before = {m.record: m for m in run.messages()}
    counts = run.counts()
    purge(run, NEVER)
    purged = Outbox(run.path.parent).open(RUN)
    assert purged.sealed == run.sealed
    assert purged.purged
    assert purged.counts() == counts
    assert Outbox(run.path.parent).runs()[0].purged == purged.purged
    for message_left in purged.messages():
        full = before[message_left.record]
        assert (message_left.name, message_left.address) == ("", "")
        assert (message_left.state, message_left.sha256, message_left.message_id, message_left.attempts) == (
            full.state,
            full.sha256,
            full.message_id,
            full.attempts,
        )
    assert [m.reply for m in purged.messages()] == ["250 2.0.0", "550 5.1.1", "", "", ""]
    assert len(purged.history(1)) == 2


async def test_a_purged_run_is_not_sent_or_exported(run: Run, tmp_path: Path):
    purge(run, NEVER)
    purged = Outbox(run.path.parent).open(RUN)
    with pytest.raises(OutboxError, match="were deleted on"), purged.sending():
        pass
    with pytest.raises(OutboxError, match="were deleted on"):
        purged.content(1)
    with pytest.raises(OutboxError, match="were deleted on"):
        purged.export(tmp_path / "out")
    with pytest.raises(OutboxError), run.sending():  # opened before it was purged
        pass


def test_the_time_counts_from_the_last_thing_that_happened(tmp_path: Path):
    run = sealed_run(tmp_path)
    assert not purge(run, DAYS_30, today=CREATED + datetime.timedelta(days=29))
    assert purge(run, DAYS_30, today=CREATED + datetime.timedelta(days=30))
    assert not purge(run, DAYS_30, today=CREATED + datetime.timedelta(days=99))  # it is done already


async def test_a_run_that_was_touched_lately_is_kept(run: Run):
    assert not purge(run, DAYS_30)
    assert run.content(1)


def test_a_run_that_is_being_sent_is_not_purged(tmp_path: Path):
    run = sealed_run(tmp_path)
    with run.sending(), pytest.raises(RunBusy):
        purge(run, NEVER)
    assert purge(run, NEVER)


@pytest.mark.parametrize("left", [State.PENDING, State.DEFERRED, State.SUBMITTING])
async def test_a_run_with_something_left_to_send_is_never_purged_unasked(tmp_path: Path, left: State):
    run = sealed_run(tmp_path, [message(number) for number in (1, 2, 3, 4)])
    if left is State.SUBMITTING:
        with another_process_sends(run):
            pass
    else:
        with run.sending() as journal:
            await journal.release(1, left, "451 4.3.0 later")
    outbox = Outbox(run.path.parent)
    assert outbox.purge(NEVER).runs == ()
    assert not outbox.open(RUN).purged
    assert outbox.purge(NEVER, unfinished=True).runs == (RUN,)
