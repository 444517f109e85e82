"""Killed processes, full disks, files that may not be written: nobody gets two letters, and each is told in a line.

Real processes, a real small file system, real permissions.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from outbox_cases import RUN, another_process_sends, message, sealed_run

from mailmerge.errors import OutboxError, RunBusy
from mailmerge.model import State
from mailmerge.outbox import Journal, Outbox, Run, export_eml
from mailmerge.outbox.connection import writing


def integrity(run: Run) -> str:
    with closing(sqlite3.connect(run.path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone()[0]


async def test_a_sender_killed_between_claim_and_verdict_leaves_exactly_those_unknown(tmp_path: Path):
    run = sealed_run(tmp_path, 5)
    with another_process_sends(run) as process:
        os.kill(process.pid, signal.SIGKILL) if os.name != "nt" else process.kill()
        process.wait()
        assert run.counts()[State.SUBMITTING] == 2  # readable as it was left
        with run.sending() as journal:
            assert journal.recovered == (2, 3)
            assert await journal.due() == [4, 5]
    states = [m.state for m in run.messages()]
    assert states == [State.ACCEPTED, State.UNKNOWN, State.UNKNOWN, State.PENDING, State.PENDING]
    assert integrity(run) == "ok"


ENDLESS_SENDER = """
import asyncio, sys
from pathlib import Path
from mailmerge.model import State
from mailmerge.outbox import Outbox

async def main():
    with Outbox(Path(sys.argv[1])).open(sys.argv[2]).sending() as journal:
        records = iter(await journal.due())

        async def work():
            for record in records:
                await journal.claim(record)
                print("DATA", record, flush=True)
                await journal.settle(record, State.ACCEPTED, "250 queued")
                print("settled", record, flush=True)

        await asyncio.gather(*(work() for _ in range(4)))

asyncio.run(main())
"""


@pytest.mark.parametrize("lines", [1, 7, 40, 120])
def test_wherever_a_sender_is_killed_each_data_has_its_record_before_it(tmp_path: Path, lines: int):
    run = sealed_run(tmp_path, 200)
    command = [sys.executable, "-c", ENDLESS_SENDER, str(tmp_path), run.id]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        told += process.stdout.readlines()
    whole = [line.split() for line in told if line.endswith("\n")]
    sent = {int(record) for what, record in whole if what == "DATA"}
    settled = {int(record) for what, record in whole if what == "settled"}
    run.recover()
    states = {m.record: m.state for m in run.messages()}
    assert {states[record] for record in settled} <= {State.ACCEPTED}
    assert {states[record] for record in sent} <= {State.ACCEPTED, State.UNKNOWN}
    assert sum(state is State.UNKNOWN for state in states.values()) <= 4
    assert integrity(run) == "ok"


async def test_a_second_sender_fails_at_once_while_reading_goes_on(tmp_path: Path):
    run = sealed_run(tmp_path, 5)
    with another_process_sends(run) as process:
        with pytest.raises(RunBusy, match=RUN), run.sending():
            pass
        with pytest.raises(RunBusy):
            run.resolve(2, accepted=True, by="C. Martin")
        assert [m.state for m in run.messages()][:2] == [State.ACCEPTED, State.SUBMITTING]
        assert Outbox(tmp_path).runs()[0].submitting == 2
        assert run.content(3) == message(3)
        process.communicate("go on\n")
        assert process.returncode == 0
    assert [m.state for m in run.messages()][:3] == [State.ACCEPTED, State.ACCEPTED, State.SUBMITTING]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not delete files that are open")
@pytest.mark.parametrize("loss", ["file deleted", "folder deleted", "folder renamed", "file replaced"])
async def test_a_run_that_is_deleted_while_it_is_sent_sends_nothing_more(tmp_path: Path, loss: str):
    run = sealed_run(tmp_path / "runs", 3)
    with suppress(OutboxError), run.sending() as journal:
        await journal.claim(1)
        copy = run.path.read_bytes()
        if loss == "folder deleted":
            shutil.rmtree(run.path.parent)
        elif loss == "folder renamed":
            run.path.parent.rename(tmp_path / "elsewhere")
        else:
            run.path.unlink()
        if loss == "file replaced":
            run.path.write_bytes(copy)
        await journal.settle(1, State.ACCEPTED, "250 2.0.0 Ok")  # its verdict is taken, wherever it goes
        with pytest.raises(OutboxError, match="was deleted or replaced while it was being sent"):
            await journal.claim(2)
        with pytest.raises(OutboxError, match="was deleted or replaced while it was being sent"):
            await journal.peek(3)


async def test_however_much_is_asked_at_once_is_answered(tmp_path: Path):
    run = sealed_run(tmp_path, 200)
    with run.sending() as journal:
        async with asyncio.timeout(30):
            seen = await asyncio.gather(*map(journal.peek, range(1, 201)))
            await asyncio.gather(*map(journal.claim, range(1, 201)))
            await asyncio.gather(*(journal.settle(n, State.ACCEPTED, "250") for n in range(1, 201)))
            assert await journal.due() == []
    assert [message.record for message in seen] == list(range(1, 201))


async def test_somebody_reading_for_long_does_not_stop_the_sender(tmp_path: Path):
    run = sealed_run(tmp_path, 50)
    reading = run.messages()
    next(reading)
    with run.sending() as journal:
        await asyncio.gather(*(journal.claim(n) for n in range(1, 51)))
        await asyncio.gather(*(journal.settle(n, State.ACCEPTED, "250") for n in range(1, 51)))
        during = run.messages()
        next(during)
    assert {m.state for m in during} == {State.ACCEPTED}
    list(reading)
    assert run.counts()[State.ACCEPTED] == 50


def unprivileged(work: Callable[[], None]) -> str:
    """Run ``work`` in a child that is not root; what it raised, or ""."""
    answer, told = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            work()
        except BaseException:  # noqa: BLE001  (told to the parent)
            os.write(told, traceback.format_exc().strip().splitlines()[-1].encode())
        finally:
            os._exit(0)
    os.close(told)
    with os.fdopen(answer, "rb") as pipe:
        text = pipe.read().decode()
    os.waitpid(child, 0)
    return text


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach, unlike pytest's own."""
    home = Path(tempfile.mkdtemp())
    folder = home / "runs"
    folder.mkdir()
    for each in (home, folder):
        each.chmod(0o755)
    yield folder
    for each in (home, *home.iterdir()):
        each.chmod(0o755)
    shutil.rmtree(home)


def make_read_only(folder: Path) -> None:
    """The runs, and what is kept beside them."""
    for each in (folder, folder.with_name(f"{folder.name}-ledger")):
        for path in each.iterdir():
            path.chmod(0o444)
        each.chmod(0o555)


posix_only = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")


@posix_only
@pytest.mark.parametrize("left_by", ["sealing", "sending", "a killed sender"])
def test_reading_needs_no_permission_to_write(open_folder: Path, left_by: str):
    run = sealed_run(open_folder, 5)
    if left_by == "sending":
        with run.sending():
            pass
    elif left_by == "a killed sender":
        with another_process_sends(run):
            pass
        assert run.path.with_name(f"{run.path.name}-wal").stat().st_size
    make_read_only(open_folder)

    def read() -> None:
        opened = Outbox(open_folder).open(RUN)
        assert len(list(opened.messages())) == 5
        assert opened.content(1) == message(1)
        assert opened.counts()[State.SUBMITTING] == (2 if left_by == "a killed sender" else 0)
        assert opened.history(5) == []

    before = sorted(path.name for path in open_folder.iterdir())
    assert unprivileged(read) == ""
    assert sorted(path.name for path in open_folder.iterdir()) == before


@posix_only
def test_sending_from_a_read_only_folder_is_refused_in_one_line(open_folder: Path):
    run = sealed_run(open_folder)
    make_read_only(open_folder)

    def send() -> None:
        with run.sending():
            pass

    told = unprivileged(send)
    assert told.startswith("mailmerge.errors.OutboxError: ")
    assert str(run.path) in told
    assert "permission denied" in told or "read-only" in told


@posix_only
def test_a_read_only_run_in_a_writable_folder_cannot_be_sent_or_resolved(open_folder: Path):
    run = sealed_run(open_folder)
    open_folder.chmod(0o777)
    run.path.chmod(0o444)
    ledger = open_folder.with_name("runs-ledger")
    ledger.chmod(0o755)
    (ledger / "home.json").chmod(0o644)

    def send() -> None:
        with run.sending():
            pass

    assert "OutboxError" in (told := unprivileged(send))
    assert "read-only" in told


@posix_only
def test_sealing_into_a_folder_of_somebody_else_is_refused_in_one_line(open_folder: Path):
    told = unprivileged(lambda: sealed_run(open_folder) and None)
    assert told.startswith("mailmerge.errors.OutboxError: ")
    assert "permission denied" in told


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """The file system without a byte left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                pass
    yield
    filler.unlink()


def test_a_disk_too_small_for_the_run_leaves_nothing_behind(small_disk: Path):
    with pytest.raises(OutboxError, match="the disk is full"):
        sealed_run(small_disk, (message(n, padding=8_000) for n in range(1, 1000)))
    assert list(small_disk.iterdir()) == []


def test_with_a_full_disk_sending_does_not_begin(small_disk: Path):
    run = sealed_run(small_disk)
    with filled(small_disk), pytest.raises(OutboxError, match=r"full|no space left"), run.sending():
        pass
    assert run.counts()[State.PENDING] == 3
    with run.sending():
        pass


async def claim_all(journal: Journal, records: Iterable[int]) -> None:
    for record in records:
        await journal.claim(record)


async def test_a_disk_that_fills_up_stops_claims_and_still_takes_the_verdicts(small_disk: Path):
    run = sealed_run(small_disk, 200)
    in_flight = range(1, 200, 20)  # far apart: each verdict touches pages of its own
    with run.sending() as journal:
        for record in in_flight:
            await journal.claim(record)
        with filled(small_disk):
            with pytest.raises(OutboxError, match="the disk is full"):
                await claim_all(journal, sorted({*range(2, 200)} - {*in_flight}))
            claimed = [m.record for m in run.messages() if m.state is State.SUBMITTING]
            for record in claimed:
                await journal.settle(record, State.ACCEPTED, "250 2.0.0 Ok: queued as 4F2A1C0B7D")
            assert run.counts()[State.ACCEPTED] == len(claimed)
            with pytest.raises(OutboxError, match=r"full|no space left"):
                await journal.claim(100)
            assert run.counts()[State.SUBMITTING] == 0
        await journal.claim(100)  # there is room again
        await journal.settle(100, State.ACCEPTED, "250")
    assert run.counts()[State.ACCEPTED] == len(claimed) + 1
    assert integrity(run) == "ok"


@pytest.mark.parametrize("together", [True, False])
async def test_on_a_full_disk_the_verdicts_are_written_also_while_somebody_reads(small_disk: Path, together: bool):
    run = sealed_run(small_disk, 200)
    in_flight = range(1, 200, 25)
    with run.sending() as journal, closing(sqlite3.connect(run.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM message").fetchone()  # the log cannot start over while this lasts
        await asyncio.gather(*(journal.claim(record) for record in in_flight))
        with filled(small_disk):
            if together:
                settled = asyncio.gather(*(journal.settle(record, State.ACCEPTED, "250") for record in in_flight))
                refused = await asyncio.gather(*(journal.claim(n + 1) for n in in_flight), return_exceptions=True)
                assert await settled == [1] * 8
                assert all(isinstance(outcome, OutboxError) for outcome in refused)
            else:
                for record in in_flight:
                    await journal.settle(record, State.ACCEPTED, "250 queued")
    assert run.counts()[State.ACCEPTED] == 8
    assert run.counts()[State.SUBMITTING] == 0


def test_an_export_onto_a_full_disk_is_taken_back_whole(small_disk: Path):
    with pytest.raises(OutboxError, match="the disk is full"):
        export_eml((message(n, padding=8_000) for n in range(1, 1000)), small_disk / "out")
    assert list(small_disk.iterdir()) == []


@pytest.mark.parametrize("rolled_back", [False, True], ids=["by us", "by SQLite itself"])
def test_what_a_full_disk_refuses_is_told_as_that_and_none_of_it_is_written(tmp_path: Path, rolled_back: bool) -> None:
    run = sealed_run(tmp_path)
    before = run.path.read_bytes()

    def fill(connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + 1}")
        connection.execute("UPDATE message SET name = 'half'")
        if rolled_back:  # as SQLite does where a statement alone cannot be undone
            with suppress(sqlite3.Error):
                connection.execute("INSERT INTO content SELECT 999, zeroblob(1000000), '[]'")
            connection.execute("ROLLBACK")
            raise sqlite3_full()
        connection.execute("INSERT INTO content SELECT 999, zeroblob(1000000), '[]'")

    with pytest.raises(OutboxError, match="the disk is full; make room"), writing(run.path) as connection:
        fill(connection)
    assert run.path.read_bytes() == before
    assert "half" not in {message.name for message in run.messages()}


def sqlite3_full() -> sqlite3.Error:
    """What SQLite raises on a full disk."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (b)")
        connection.execute("PRAGMA max_page_count=3")
        with pytest.raises(sqlite3.OperationalError) as full:
            connection.execute("INSERT INTO t VALUES (zeroblob(1000000))")
    return full.value
