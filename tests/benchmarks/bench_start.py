"""What a start costs, and what one command costs outside the network: seconds of processor, not of the clock.

    python tests/benchmarks/bench_start.py [--rounds 10]

``mailmerge --version`` beside ``python -c "import click"``, and sealing and sending the sample campaign (340 people) as
one command to a server on loopback. Processes take turns; medians, and the least, which other work disturbs least.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from shutil import copytree
from statistics import median

from bench_delivery import SENDER, server

SAMPLE = Path(__file__).parents[2] / "sample_data"


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
    with tempfile.TemporaryDirectory() as name, server(0) as port:
        folder = Path(name)
        copytree(SAMPLE, folder, dirs_exist_ok=True)
        environment = os.environ | {"MAILMERGE_HOME": str(folder / "home"), "PYTHONPYCACHEPREFIX": str(folder / "pyc")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed programs are: compiled once
        account = ["--host", "127.0.0.1", "--port", str(port), "--tls", "none", "--auth", "none", "--connections", "4"]
        processor([*ours, "account", "add", "rh", "--address", SENDER, *account], environment, folder)
        commands = {
            "python -c 'import click'": [sys.executable, "-c", "import click"],
            "mailmerge --version": [*ours, "--version"],
            "mailmerge check, 340 people": [*ours, "check", "campaign.toml"],
            "mailmerge send, 340 people": [*ours, "send", "campaign.toml", "--account", "rh", "--yes", "340"],
        }
        taken: dict[str, list[float]] = defaultdict(list)
        for round_ in range(options.rounds + 1):
            for what, command in commands.items():
                home = folder / f"home{round_}" if "send" in command else folder / "home"
                if home != folder / "home":
                    copytree(folder / "home", home)  # no earlier run to be compared with
                seconds = processor(command, environment | {"MAILMERGE_HOME": str(home)}, folder)
                if round_:  # the first compiles
                    taken[what].append(seconds)
    base = median(taken["python -c 'import click'"])
    for what, several in taken.items():
        middle = median(several)
        print(f"{what:<30}{middle * 1000:8.0f} ms  (least {min(several) * 1000:.0f})  {middle / base:6.2f} times click")


if __name__ == "__main__":
    main()
