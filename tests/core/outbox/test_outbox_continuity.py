"""A file that is behind what was sent, whatever became of its log: nobody is sent a second copy because of it."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from each_row import each_row, whole_or
from outbox_cases import RUN, another_process_sends, sealed_run

from mailmerge.errors import BegunElsewhere, OutboxError, RunDamaged
from mailmerge.model import State
from mailmerge.outbox import Outbox, Run, SealedExclusion
from mailmerge.outbox.ledger import Ledger

OPEN = {State.PENDING, State.DEFERRED, State.SUBMITTING}


def states(run: Run) -> dict[int, State]:
    return {message.record: message.state for message in run.messages()}


def log_of(run: Run) -> Path:
    return run.path.with_name(f"{run.path.name}-wal")


def killed(folder: Path, count: int = 6) -> Run:
    """A run whose sender was killed: record 1 accepted, 2 and 3 in flight, all of it in the log alone."""
    run = sealed_run(folder, count)
    with another_process_sends(run) as process:
        os.kill(process.pid, signal.SIGKILL) if os.name != "nt" else process.kill()
        process.wait()
    assert log_of(run).stat().st_size
    return run


async def accept(run: Run, *records: int) -> None:
    with run.sending() as journal:
        for record in records:
            await journal.claim(record)
            await journal.settle(record, State.ACCEPTED, "250 queued")


def cut(run: Run, length: int) -> None:
    os.truncate(log_of(run), length)


def flip(run: Run, octet: int) -> None:
    content = bytearray(log_of(run).read_bytes())
    content[octet] ^= 1 << random.randrange(8)
    log_of(run).write_bytes(content)


def deleted(run: Run) -> None:
    for ending in ("-wal", "-shm"):
        run.path.with_name(f"{run.path.name}{ending}").unlink()


def test_with_its_log_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    run = killed(tmp_path)
    assert run.recover() == [2, 3]
    assert states(run) == {1: State.ACCEPTED, 2: State.UNKNOWN, 3: State.UNKNOWN} | dict.fromkeys(
        range(4, 7), State.PENDING
    )


def test_without_its_log_everything_open_is_unknown_before_and_after_it_is_sent_again(tmp_path: Path) -> None:
    run = killed(tmp_path)
    deleted(run)
    assert set(states(run).values()) == {State.UNKNOWN}  # already where it is only read
    assert run.counts()[State.UNKNOWN] == 6
    assert Outbox(tmp_path).runs()[0].unknown == 6
    with run.sending() as journal:
        assert journal.recovered == (1, 2, 3, 4, 5, 6)
        assert asyncio.run(journal.due()) == []
    assert run.history(5)[-1].kind == "recovery"
    run.resolve(5, accepted=False, by="C. Martin")
    with run.sending() as journal:  # what a person decided holds
        assert asyncio.run(journal.due()) == [5]


@each_row("seed", range(whole_or(8, 16)))
def test_a_log_that_was_cut_or_changed_anywhere_hides_nobody_who_was_sent_something(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    run = killed(tmp_path)
    size = log_of(run).stat().st_size
    if seed % 2:
        cut(run, dice.randrange(size))
    else:
        flip(run, dice.randrange(size))
    for _ in range(2):
        found = states(run)
        assert found[1] in (State.ACCEPTED, State.UNKNOWN)
        assert State.PENDING not in (found[2], found[3])
        run.recover()
    assert sum(run.counts().values()) == 6
    with run.sending() as journal:
        assert not {1, 2, 3} & set(asyncio.run(journal.due()))


@pytest.mark.skipif(os.name == "nt", reason="fork and SIGKILL are POSIX")
def test_a_kill_before_anything_was_claimed_makes_nobody_unknown(tmp_path: Path) -> None:
    """At each step of the beginning, with the log and without."""
    from mailmerge.outbox import continuity, ledger, sending

    steps = [(sending, "note"), (Ledger, "follow"), (Ledger, "name_home"), (sending, "leave_log"), (sending, "Writer")]
    assert continuity.note is sending.note
    assert ledger.Ledger is Ledger
    for number, (where, name) in enumerate(steps):
        for without_log in (False, True):
            for calls in (1, 2):
                run = sealed_run(tmp_path, 3, run=f"2026-09-02-{number}{calls}{without_log:d}0")
                child = os.fork()
                if not child:
                    _die_at(where, name, calls)
                    try:
                        with run.sending():
                            pass
                    finally:
                        os._exit(0)
                os.waitpid(child, 0)
                if without_log and log_of(run).exists():
                    deleted(run)
                assert run.counts()[State.PENDING] == 3, (name, calls, without_log)
                assert run.recover() == []
                with run.sending() as journal:
                    assert asyncio.run(journal.due()) == [1, 2, 3]


def _die_at(where: object, name: str, calls: int) -> None:
    real: Callable[..., object] = getattr(where, name)
    left = [calls]

    def dying(*arguments: object, **options: object) -> object:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)

    setattr(where, name, dying)


# --- older copies ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("copied", ["before the first sending", "after the first sending"])
@pytest.mark.parametrize("ended", ["cleanly", "killed", "resolved"])
async def test_an_older_copy_put_back_is_brought_up_to_date(copied: str, ended: str, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    run = sealed_run(runs, 6, excluded=[SealedExclusion(9, "Zoé", "z@x.example", "phoned")])
    backup = tmp_path / "backup"
    if copied == "before the first sending":
        shutil.copy(run.path, backup)
    await accept(run, 1)
    if copied == "after the first sending":
        shutil.copy(run.path, backup)
    if ended == "killed":
        with another_process_sends(run, [2, 3]) as process:
            process.kill()
            process.wait()
        deleted(run)
    else:
        await accept(run, 2, 3)
    if ended == "resolved":
        with run.sending() as journal:
            await journal.claim(4)
            await journal.settle(4, State.UNKNOWN, "lost")
        run.resolve(4, accepted=True, by="C. Martin")
    shutil.copy(backup, run.path)
    accepted = {"cleanly": {1, 2, 3}, "resolved": {1, 2, 3, 4}, "killed": {1}}[ended]
    for _ in range(2):
        found = states(run)
        assert {record for record, state in found.items() if state is State.ACCEPTED} == accepted
        rest = State.UNKNOWN if ended == "killed" else State.PENDING
        assert {found[record] for record in {1, 2, 3, 4, 5, 6} - accepted} == {rest}
        assert found[9] is State.EXCLUDED
        run.recover()
    with run.sending() as journal:
        assert await journal.due() == ([] if ended == "killed" else sorted({1, 2, 3, 4, 5, 6} - accepted))
    with run.sending():  # and it stays so
        assert states(run) == found


async def test_an_older_copy_counts_for_later_runs_as_what_was_sent(tmp_path: Path) -> None:
    from written_cases import checked, sealed, who

    outbox = Outbox(tmp_path / "runs")
    people = [f"p{number}@boite.example" for number in range(4)]
    run = sealed(outbox, tmp_path / "a", people)
    whole = run.path.read_bytes()
    await accept(run, 1, 2)
    run.path.write_bytes(whole)
    comparison = checked(tmp_path / "a", people).compare(outbox)
    assert who(comparison) == [1, 2]
    assert [rest.count for rest in comparison.unfinished] == [2]


def test_another_run_under_the_same_name_is_none_of_the_ledgers_business(tmp_path: Path) -> None:
    run = sealed_run(tmp_path, 3)
    asyncio.run(accept(run, 1))
    run.path.unlink()
    other = sealed_run(tmp_path, 4)
    assert other.counts()[State.PENDING] == 4
    asyncio.run(accept(other, 1, 2, 3, 4))


@pytest.mark.parametrize("wrong", ["pending", "deferred", "rejected", "accepted"])
@pytest.mark.parametrize("last", ["submitting", "accepted", "rejected", "deferred"])
async def test_a_state_that_the_journal_contradicts_is_unknown(wrong: str, last: str, tmp_path: Path) -> None:
    if wrong == last:
        return
    run = sealed_run(tmp_path, 3)
    with run.sending() as journal:
        await journal.claim(2)
        if last != "submitting":
            await journal.settle(2, State(last), "reply")
    with closing(sqlite3.connect(run.path)) as connection, connection:
        connection.execute("UPDATE message SET state = ? WHERE record = 2", (wrong,))
    with run.sending() as journal:
        assert journal.recovered == (2,)
        assert await journal.due() == [1, 3]
    assert states(run)[2] is State.UNKNOWN


# --- elsewhere ------------------------------------------------------------------------------------------------------


@each_row("what", ["the file alone", "the file and its log", "the folder of runs", "the whole home"])
@each_row("when", ["sealed", "sent in part", "killed"])
def test_a_copy_in_another_home_says_so_and_asks(what: str, when: str, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    run = killed(here / "runs") if when == "killed" else sealed_run(here / "runs", 6)
    if when == "sent in part":
        asyncio.run(accept(run, 1, 2, 3))
    if what == "the whole home":
        shutil.copytree(here, there)
    else:
        (there / "runs").mkdir(parents=True)
        for path in (here / "runs").iterdir():
            if what == "the folder of runs" or path.name == run.path.name or what.endswith("log"):
                shutil.copy(path, there / "runs")
    copy = Outbox(there / "runs").open(RUN)
    place = copy.begun_elsewhere()
    assert place is not None
    assert str(here) in place.where
    assert place.sent is (when != "sealed")
    for refused in (copy.sending, copy.leave_out_written):
        with pytest.raises(BegunElsewhere, match="--take-over") as told:
            refused() if refused == copy.leave_out_written else refused().__enter__()
        assert str(here) in str(told.value)
        assert "\n" not in str(told.value)
    assert run.begun_elsewhere() is None  # the original is at home
    copy.take_over(by="C. Martin")
    assert copy.begun_elsewhere() is None
    with copy.sending() as journal:
        due = asyncio.run(journal.due())
    if when == "killed":
        assert due == ([4, 5, 6] if what == "the whole home" else [])
    else:
        assert due == ([4, 5, 6] if when == "sent in part" else [1, 2, 3, 4, 5, 6])


def test_a_home_that_was_moved_is_the_same_home(tmp_path: Path) -> None:
    run = killed(tmp_path / "here" / "runs")
    (tmp_path / "here").rename(tmp_path / "there")
    moved = Outbox(tmp_path / "there" / "runs").open(run.id)
    assert moved.begun_elsewhere() is None
    with moved.sending() as journal:
        assert asyncio.run(journal.due()) == [4, 5, 6]


@pytest.mark.parametrize("seed", range(8))
def test_a_ledger_with_one_bit_changed_is_not_believed(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    run = sealed_run(tmp_path / "runs", 6)
    asyncio.run(accept(run, 1, 2, 3))
    path = Ledger(tmp_path / "runs").folder / f"{RUN}.json"
    content = bytearray(path.read_bytes())
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    path.write_bytes(content)
    assert states(run)[3] is State.ACCEPTED
    assert states(run)[4] is State.PENDING  # the run itself is whole
    assert Ledger(tmp_path / "runs").entry(RUN, run.sealed) is None


@pytest.mark.parametrize("lost", ["home.json", f"{RUN}.json", f"{RUN}.line", "everything"])
def test_without_the_ledger_a_killed_run_is_not_believed(lost: str, tmp_path: Path) -> None:
    run = killed(tmp_path / "runs")
    ledger = Ledger(tmp_path / "runs").folder
    if lost == "everything":
        shutil.rmtree(ledger)
    else:
        (ledger / lost).unlink()
    if lost != "home.json":
        assert State.PENDING not in states(run).values()
    if lost in ("home.json", "everything"):
        run.take_over(by="C. Martin")
    with run.sending() as journal:
        assert asyncio.run(journal.due()) == ([4, 5, 6] if lost == "home.json" else [])


def test_a_copy_beside_the_run_is_never_sent(tmp_path: Path) -> None:
    run = sealed_run(tmp_path, 3)
    shutil.copy(run.path, tmp_path / f"{RUN}-copy.sqlite3")
    copy = Outbox(tmp_path).open(f"{RUN}-copy")
    assert len(list(copy.messages())) == 3
    with pytest.raises(OutboxError, match=f"is a copy of run {RUN}"), copy.sending():
        pass
    with run.sending():
        pass


def test_what_is_kept_beside_the_runs_names_nobody(tmp_path: Path) -> None:
    run = sealed_run(tmp_path / "runs", 3)
    asyncio.run(accept(run, 1))
    for path in (tmp_path / "runs-ledger").iterdir():
        assert b"boite" not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0 or path.suffix == ".lock"


@pytest.mark.parametrize("other", ["00" * 16, "7f" * 16, "ff" * 16])
def test_how_far_another_sending_came_is_not_taken_for_how_far_this_one_did(tmp_path: Path, other: str) -> None:
    ledger, mine = Ledger(tmp_path / "runs"), "80" * 16
    ledger.folder.mkdir(parents=True)
    with closing(ledger.follow(RUN, mine, 7)) as line:
        line.reach(12)
    assert ledger.line(RUN, mine) == 12
    assert ledger.line(RUN, other) is None


PAGE = 4096
SENT = range(1, 8)


async def halfway(folder: Path, *, ended: bool) -> tuple[Run, bytes, bytes]:
    """A run whose log was written into its file; and the file before and after that. Of twelve people seven were sent
    something. ``ended``: the sending had come to its end, which the ledger was not told any more.
    """
    run = sealed_run(folder, 12)
    ledger = Ledger.of(run.path).folder
    with run.sending() as journal:
        for record in SENT:
            await journal.claim(record)
            await journal.settle(record, State.ACCEPTED, "250 queued " + "x" * 400)
        before = run.path.read_bytes()
        if not ended:
            with closing(sqlite3.connect(run.path)) as connection:
                connection.execute("PRAGMA wal_checkpoint(FULL)")
        after = run.path.read_bytes()
        shutil.copytree(ledger, folder / "kept")
    return run, before, run.path.read_bytes() if ended else after


def pages_of(file: bytes) -> list[bytes]:
    return [file[at : at + PAGE] for at in range(0, len(file), PAGE)]


@each_row("ended", [True, False])
def test_a_log_that_came_into_the_file_in_part_and_is_lost_hides_nobody(tmp_path: Path, *, ended: bool) -> None:
    """Whichever of its pages were written when the sender was killed."""
    run, before, after = asyncio.run(halfway(tmp_path, ended=ended))
    ledger, old, new = Ledger.of(run.path).folder, pages_of(before), pages_of(after)
    changed = [at for at, page in enumerate(new) if old[at : at + 1] != [page]]
    read = 0
    for some in whole_or(range(0, 2 ** len(changed), 5), range(2 ** len(changed))):
        written = {page for bit, page in enumerate(changed) if some >> bit & 1}
        for path in run.path.parent.glob(f"{run.path.name}-*"):
            path.unlink()
        run.path.write_bytes(
            b"".join(new[at] if at in written else b"".join(old[at : at + 1]) for at in range(len(new)))
        )
        for kept in (tmp_path / "kept").glob(f"{run.id}.*"):
            shutil.copy(kept, ledger)
        with suppress(RunDamaged):  # which says so, and sends nothing
            for _ in range(2):
                found = states(run)
                assert {found[record] for record in SENT} <= {State.ACCEPTED, State.UNKNOWN}, written
                assert run.counts() == {**dict.fromkeys(State, 0), **Counter(found.values())}
                run.recover()
            with run.sending() as journal:
                assert not {*SENT} & {*asyncio.run(journal.due())}, written
            read += 1
    assert read > len(changed)
