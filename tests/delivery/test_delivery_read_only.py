"""A run that may not be written: nothing is sent that could not be written down, and it is told in a line.

Real mounts: root, who runs these tests where they are built, is stopped by no permission.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from delivery_cases import account_for, assert_invariants, require_durable, seal, send, states
from smtp_script import USER, ScriptedServer

from mailmerge.errors import OutboxError
from mailmerge.model import State
from mailmerge.outbox import Run

pytestmark = pytest.mark.privileged


def mount(*arguments: str | Path) -> None:
    """Mount something, or leave the test out where that is not permitted."""
    if not shutil.which("mount") or subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a file system")


@pytest.fixture(params=["file system", "file"])
def runs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, Callable[[Run], None]]]:
    """The folder of the runs of a home, and what makes it, or the file of one run, read-only."""
    folder = tmp_path / "data" / "runs"
    folder.mkdir(parents=True)
    mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", folder)
    mounted = [folder]

    def protect(run: Run) -> None:
        if request.param == "file system":
            mount("-o", "remount,ro", folder)
        else:
            mount("--bind", run.path, run.path)
            mounted.append(run.path)
            mount("-o", "remount,bind,ro", run.path)

    yield folder, protect
    for path in reversed(mounted):
        subprocess.run(["umount", path], check=True)


async def test_a_read_only_run_is_refused_before_any_connection(runs: tuple[Path, Callable[[Run], None]]) -> None:
    folder, protect = runs
    run = seal(folder, 3)
    protect(run)
    async with ScriptedServer() as server:
        with pytest.raises(OutboxError, match="read-only") as refused:
            await send(run, account_for(server))
        assert str(run.path) in str(refused.value)
        assert not server.seen
        assert set(states(run).values()) == {State.PENDING}
        assert_invariants(run, server)


async def test_the_command_leaves_a_read_only_run_for_later_in_one_line(
    runs: tuple[Path, Callable[[Run], None]], tmp_path: Path
) -> None:
    folder, protect = runs
    run = seal(folder, 3)
    async with ScriptedServer() as server:

        async def mailmerge(*arguments: str) -> tuple[int | None, str, str]:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "mailmerge", *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env=os.environ | {"MAILMERGE_HOME": str(tmp_path)},
            )  # fmt: skip
            out, err = await asyncio.wait_for(process.communicate(), 60)
            return process.returncode, out.decode(), err.decode()

        code, _, err = await mailmerge(
            "account", "add", "rh", "--address", USER, "--host", "127.0.0.1", "--port", str(server.port),
            "--tls", "none", "--auth", "none",
        )  # fmt: skip
        assert code == 0, err
        protect(run)
        code, out, err = await mailmerge("send", "--resume", run.id, "--yes", "3")
        assert (code, out) == (3, "")
        (line,) = err.splitlines()
        assert "read-only" in line
        assert line.endswith(f"mailmerge send --resume {run.id}")
        assert not server.seen
        code, out, err = await mailmerge("show", run.id)
        assert code == 0, err
        assert set(states(run).values()) == {State.PENDING}


@dataclass(frozen=True)
class FailingDisk:
    """An ext4 file system that can go read-only under the feet of who writes it, as one does that finds an error."""

    image: Path
    path: Path

    def mount(self) -> None:
        mount("-o", "loop,errors=remount-ro", self.image, self.path)

    def fail(self) -> None:
        subprocess.run(["mount", "-o", "remount,abort", self.path], check=True, capture_output=True)

    def unmount(self) -> None:
        subprocess.run(["umount", self.path], check=True)


@pytest.fixture
def failing_disk(tmp_path: Path) -> Iterator[FailingDisk]:
    disk = FailingDisk(tmp_path / "image", tmp_path / "disk")
    disk.path.mkdir()
    with disk.image.open("wb") as image:
        image.truncate(16 << 20)
    if not shutil.which("mkfs.ext4") or subprocess.run(["mkfs.ext4", "-q", "-F", disk.image], check=False).returncode:
        pytest.skip("an ext4 file system cannot be made here")
    disk.mount()
    yield disk
    disk.unmount()


@pytest.mark.parametrize(
    ("stage", "accepted", "expected"),
    [("RCPT", 2, State.PENDING), ("DATA", 2, State.PENDING), ("dot", 3, State.UNKNOWN)],
)
async def test_a_disk_that_goes_read_only_ends_the_sending_with_the_message_in_flight(
    failing_disk: FailingDisk, stage: str, accepted: int, expected: State
) -> None:
    """What was claimed before is with the server, and unknown, since its verdict could not be written down."""
    run = seal(failing_disk.path / "outbox", 6)
    async with ScriptedServer() as server:
        require_durable(run, server)
        server.on_command = lambda seen, count: failing_disk.fail() if (seen, count) == (stage, 3) else None
        sent = await send(run, account_for(server))
        assert isinstance(sent.summary.error, OutboxError)
        assert "\n" not in sent.summary.stopped
        assert len(server.taken) == accepted
        failing_disk.unmount()
        failing_disk.mount()
        run.recover()
        assert_invariants(run, server)
        assert states(run)[3] is expected
        server.on_command = lambda seen, count: None
        sent = await send(run, account_for(server))
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 6 - sent.summary.unknown
