"""Jobs in processes of their own: what they give, what they say on the way, and every way they can end."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from mailmerge.errors import Blocked, Reason, RenderFailed
from mailmerge.tui.jobs.process import JobLost, JobStopped, Processes

Progress = Callable[[int, int], None]


def squares(numbers: list[int], progress: Progress) -> list[int]:
    for done, _ in enumerate(numbers, 1):
        progress(done, len(numbers))
    return [number * number for number in numbers]


def whose(_progress: Progress) -> int:
    return os.getpid()


def fails(_progress: Progress) -> None:
    raise RenderFailed(Reason("nobody", "nobody"), letter="letter.md", line=3, expression="nom")


def loses_a_connection(_progress: Progress) -> None:
    raise ConnectionResetError("the printer")


def fails_oddly(_progress: Progress) -> None:
    raise KeyError(threading.Lock())


def gives_what_no_pickle_takes(_progress: Progress) -> object:
    return threading.Lock()


def dies(_progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def writes_for_ever(file: Path, progress: Progress) -> None:
    file.write_text(str(os.getpid()))
    try:
        while True:
            progress(1, 2)
            time.sleep(0.01)
    finally:
        file.unlink()


def says_much(_progress: Progress) -> str:
    print("on the screen")
    print("a traceback", file=sys.stderr)
    os.write(2, b"more")
    return "said"


@pytest.fixture
def processes() -> Iterator[Processes]:
    processes = Processes()
    processes.open()
    yield processes
    processes.close()


def run(processes: Processes, job: Callable[..., object], *arguments: object) -> object:
    return processes.run(job, *arguments, progress=lambda *_: None, stopped=lambda: False)


def test_a_job_gives_its_result_and_says_how_far_it_is(processes: Processes) -> None:
    told: list[tuple[int, int]] = []
    given = processes.run(squares, [2, 3], progress=lambda *far: told.append(far), stopped=lambda: False)
    assert given == [4, 9]
    assert told == [(1, 2), (2, 2)]


def test_every_job_has_a_process_of_its_own(processes: Processes) -> None:
    assert len({run(processes, whose), run(processes, whose), os.getpid()}) == 3


def test_without_processes_a_job_runs_where_it_is_asked_for() -> None:
    assert run(Processes(), whose) == os.getpid()


REFUSALS = [
    BlockingIOError(errno.EAGAIN, "fork refused"),
    OSError(errno.ENOMEM, "no memory"),
    FileNotFoundError(errno.ENOENT, "no /dev/shm"),
    MemoryError(),
    ImportError("no semaphores"),
    RuntimeError("can't start new thread"),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
@pytest.mark.parametrize("ready", [True, False])
def test_a_job_is_done_where_no_process_can_be_had(
    monkeypatch: pytest.MonkeyPatch, refusal: Exception, ready: bool
) -> None:
    """Neither the job nor what it gave is lost: before it, and after it, when the next one is made ready."""

    def refuse(_process: object) -> None:
        raise refusal

    processes = Processes()
    if ready:
        processes.open()
    monkeypatch.setattr(SpawnProcess, "start", refuse)
    if not ready:
        processes.open()
    try:
        assert run(processes, squares, [2, 3]) == [4, 9]
        assert run(processes, whose) == os.getpid()
    finally:
        processes.close()


def test_jobs_run_side_by_side(processes: Processes, tmp_path: Path) -> None:
    file, stop = tmp_path / "a", threading.Event()
    long = threading.Thread(target=lambda: _stopped_by(processes, file, stop))
    long.start()
    assert run(processes, squares, [5]) == [25]
    assert long.is_alive()
    stop.set()
    long.join()


def test_what_a_job_raises_is_raised(processes: Processes) -> None:
    with pytest.raises(RenderFailed, match=r"letter\.md, line 3") as caught:
        run(processes, fails)
    assert (caught.value.line, caught.value.expression) == (3, "nom")


def test_a_connection_that_the_job_itself_lost_is_its_own_error(processes: Processes) -> None:
    with pytest.raises(ConnectionResetError, match="the printer"):
        run(processes, loses_a_connection)


@pytest.mark.parametrize("job", [fails_oddly, gives_what_no_pickle_takes])
def test_what_cannot_travel_is_an_error_and_no_silence(processes: Processes, job: Callable[..., object]) -> None:
    with pytest.raises(RuntimeError, match="TypeError: cannot pickle"):
        run(processes, job)


def test_a_process_that_dies_is_told_in_one_line_and_the_next_works(processes: Processes) -> None:
    with pytest.raises(JobLost, match=r"ended by itself \(SIGKILL"):
        run(processes, dies)
    assert run(processes, squares, [3]) == [9]


def test_a_ready_process_that_died_before_its_job_is_told_too(processes: Processes) -> None:
    assert processes._ready is not None
    processes._ready._process.kill()
    processes._ready._process.join()
    with pytest.raises(JobLost):
        run(processes, whose)
    assert run(processes, squares, [3]) == [9]


def _stopped_by(processes: Processes, file: Path, stop: threading.Event) -> None:
    with pytest.raises(JobStopped):
        processes.run(writes_for_ever, file, progress=lambda *_: None, stopped=stop.is_set)


def test_a_job_that_nobody_waits_for_ends_and_cleans_up(processes: Processes, tmp_path: Path) -> None:
    file, stop = tmp_path / "a", threading.Event()

    def progress(*_: int) -> None:
        stop.set()

    with pytest.raises(JobStopped):
        processes.run(writes_for_ever, file, progress=progress, stopped=stop.is_set)
    assert not file.exists()


def test_what_a_job_writes_does_not_reach_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    processes = Processes()
    processes.open()
    try:
        assert run(processes, says_much) == "said"
    finally:
        processes.close()
    assert capfd.readouterr() == ("", "")


PROGRAM = """\
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_tui_processes import writes_for_ever
from mailmerge.tui.jobs.process import Processes

if __name__ == "__main__":
    processes = Processes()
    processes.open()
    processes.run(writes_for_ever, Path({file!r}), progress=lambda *_: None, stopped=lambda: False)
"""


def test_a_process_ends_with_a_program_that_was_killed(tmp_path: Path) -> None:
    file, program = tmp_path / "pid", tmp_path / "program.py"
    program.write_text(PROGRAM.format(tests=str(Path(__file__).parent), file=str(file)))
    with subprocess.Popen([sys.executable, program]) as running:
        until(lambda: file.exists() and file.read_text())
        pid = int(file.read_text())
        running.kill()
    until(lambda: not alive(pid))
    assert not file.exists()


def test_refusals_travel(processes: Processes) -> None:
    with pytest.raises(Blocked, match="2 blocking"):
        run(processes, _refuses)


def _refuses(_progress: Progress) -> None:
    raise Blocked("2 blocking findings")


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def until(holds: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "what was waited for did not come"
        time.sleep(0.01)
