"""What a start costs, and what one command costs outside the network: seconds of processor, not of the clock.

    python tests/benchmarks/bench_start.py [--rounds 10]

``mailmerge --version`` beside ``python -c "import click"``, and sealing and sending the sample campaign (340 people) as
one command to a server on loopback. Processes take turns; medians, and the least, which other work disturbs least.

Outside the network is what passes by the clock before the first connection and after the last: all that a person waits
for besides the server. It means something on a quiet machine only.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from statistics import median

from bench_delivery import SENDER
from bench_memory import take

SAMPLE = Path(__file__).parents[2] / "sample_data"


class Clock:
    """When a server was first connected to, and when it was left for the last time."""

    def __init__(self) -> None:
        self.port = 0
        self.begin = self.end = 0.0
        self.ready = threading.Event()
        self.loop = asyncio.new_event_loop()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take everything at once."""
        self.begin = self.begin or time.perf_counter()
        await take(reader, writer)
        self.end = time.perf_counter()

    def run(self) -> None:
        """In a thread of its own."""
        server = self.loop.run_until_complete(asyncio.start_server(self.serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()


@contextmanager
def clocked_server() -> Iterator[Clock]:
    clock = Clock()
    thread = threading.Thread(target=clock.run, daemon=True)
    thread.start()
    clock.ready.wait()
    yield clock
    clock.loop.call_soon_threadsafe(clock.loop.stop)
    thread.join()


def processor(command: list[str], environment: dict[str, str], folder: Path) -> float:
    """Seconds of processor that a process takes, its children's included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command} left with {done.returncode}: {done.stderr.decode()[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    ours = [sys.executable, "-m", "mailmerge"]
    with tempfile.TemporaryDirectory() as name, clocked_server() as clock:
        folder = Path(name)
        copytree(SAMPLE, folder, dirs_exist_ok=True)
        environment = os.environ | {"MAILMERGE_HOME": str(folder / "home"), "PYTHONPYCACHEPREFIX": str(folder / "pyc")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed programs are: compiled once
        account = [
            "--host",
            "127.0.0.1",
            "--port",
            str(clock.port),
            "--tls",
            "none",
            "--auth",
            "none",
            "--connections",
            "4",
        ]
        processor([*ours, "account", "add", "rh", "--address", SENDER, *account], environment, folder)
        commands = {
            "python -c 'import click'": [sys.executable, "-c", "import click"],
            "mailmerge --version": [*ours, "--version"],
            "mailmerge check, 340 people": [*ours, "check", "campaign.toml"],
            "mailmerge send, 340 people": [*ours, "send", "campaign.toml", "--account", "rh", "--yes", "340"],
        }
        taken: dict[str, list[float]] = defaultdict(list)
        outside: list[float] = []
        for round_ in range(options.rounds + 1):
            for what, command in commands.items():
                home = folder / f"home{round_}" if "send" in command else folder / "home"
                if home != folder / "home":
                    copytree(folder / "home", home)  # no earlier run to be compared with
                clock.begin, started = 0.0, time.perf_counter()
                seconds = processor(command, environment | {"MAILMERGE_HOME": str(home)}, folder)
                if round_:  # the first compiles
                    taken[what].append(seconds)
                    if clock.begin:
                        outside.append(clock.begin - started + time.perf_counter() - clock.end)
    base = median(taken["python -c 'import click'"])
    for what, several in taken.items():
        middle = median(several)
        print(f"{what:<30}{middle * 1000:8.0f} ms  (least {min(several) * 1000:.0f})  {middle / base:6.2f} times click")
    middle, least = median(outside) * 1000, min(outside) * 1000
    print(f"{'sending, outside the network':<30}{middle:8.0f} ms  (least {least:.0f})  by the clock")


if __name__ == "__main__":
    main()
