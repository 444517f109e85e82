"""The screens in a pseudo-terminal: from the start to the first message, and from a key to what it changes.

By hand: ``.venv/bin/python tests/benchmarks/bench_screens.py [PEOPLE ...]`` (340 and 100,000 by default). The start
stands beside a process that only imports Textual; keys while the linter works stand beside keys when it is done. A key
counts until the screen has been quiet for 40 ms after it. Memory is the most that all processes of the program held
together, and its own alone.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase

_QUIET = 0.04
_KEYS = 60
_LETTER = """\
Subject: Votre candidature au poste de {{ poste }}

Bonjour {{ civilite }} {{ nom }},

nous avons lu votre candidature au poste de **{{ poste }}**, reçue le {{ date }}. Nous avons choisi une autre personne.

Hélène Castéra
"""


class Screens:
    """The program in a terminal of 120 by 40."""

    def __init__(self, folder: Path, *sources: Path) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "MAILMERGE_HOME": str(folder / "home")}
        environment["MAILMERGE_LANG"] = "en"  # what is waited for is English, on a machine of any language
        self.started = time.perf_counter()
        self.pid, self._terminal = pty.fork()
        if not self.pid:
            os.execve(sys.executable, [sys.executable, "-m", "mailmerge", *map(str, sources)], environment)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self._written = b""

    def until(self, pattern: bytes, seconds: float = 120) -> float:
        """Seconds since the start when this was written."""
        end = time.perf_counter() + seconds
        while not re.search(pattern, self._written):
            if time.perf_counter() > end:
                raise SystemExit(f"{pattern!r} did not come")
            self._read(0.05)
        return time.perf_counter() - self.started

    def press(self, key: bytes) -> float:
        """Milliseconds from a key to the last that was written for it."""
        while self._read(0):
            pass
        began = last = time.perf_counter()
        os.write(self._terminal, key)
        while time.perf_counter() < (last + _QUIET if last > began else began + 2):
            if self._read(0.002):
                last = time.perf_counter()
        return (last - began) * 1000

    def keys(self, keys: bytes) -> list[float]:
        """The same for each of several keys, as a person presses them."""
        taken = []
        for key in keys:
            time.sleep(0.06)
            taken.append(self.press(bytes([key])))
        return taken

    def end(self) -> None:
        os.kill(self.pid, signal.SIGTERM)
        while not os.waitpid(self.pid, os.WNOHANG)[0]:  # it writes to the end, and waits for whoever reads
            with suppress(OSError):
                self._read(0.05)
        os.close(self._terminal)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._terminal], [], [], seconds)[0]:
            return False
        self._written += os.read(self._terminal, 65536)
        return True


class Memory:
    """The most that a process and those it made held, looked at four times a second."""

    def __init__(self, pid: int) -> None:
        self.together = self.alone = 0
        self._pid = pid
        self._over = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def stop(self) -> None:
        self._over.set()

    def _look(self) -> None:
        while not self._over.wait(0.25):
            held = {pid: _resident(pid) for pid in _family(self._pid)}
            self.together = max(self.together, sum(held.values()))
            self.alone = max(self.alone, held.get(self._pid, 0))


def _family(pid: int) -> Iterator[int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    yield pid
    yield from (child for child, parent in parents.items() if parent == pid)


def _resident(pid: int) -> int:
    """Megabytes; those that processes share counted for each."""
    with suppress(OSError):
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) // 1000 if found else 0
    return 0


def write_files(folder: Path, count: int) -> tuple[Path, Path]:
    table, letter = folder / "candidats.csv", folder / "refus.fr.md"
    ends = map("".join, islice(product(ascii_lowercase, repeat=4), count))
    rows = (
        f"Madame;Zoé;Lecoeur{end};zoe.lecoeur{end}@proton.example;06 39 98 {n // 100 % 100:02} {n % 100:02};Graphiste;"
        f"AG-{n:06};2{n % 9}/08/2026;refusé;fr\n"
        for n, end in enumerate(ends)
    )
    header = "Civilité;Prénom;Nom;Adresse e-mail;Téléphone;Poste;Référence;Date;Statut;Langue\n"
    table.write_text(header + "".join(rows), encoding="utf-8")
    letter.write_text(_LETTER, encoding="utf-8")
    return table, letter


@contextmanager
def screens(count: int) -> Iterator[Screens]:
    with tempfile.TemporaryDirectory() as folder:
        program = Screens(Path(folder), *write_files(Path(folder), count))
        try:
            yield program
        finally:
            program.end()


def first_message(count: int) -> float:
    with screens(count) as program:
        return program.until(b"Bonjour")


def importing_textual() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import textual.app"], check=True)
    return time.perf_counter() - began


def told(taken: list[float]) -> str:
    ordered = sorted(taken)
    return f"p50 {statistics.median(ordered):5.1f}, p95 {ordered[int(len(ordered) * 0.95)]:5.1f} ms"


def measure(count: int) -> None:
    starts = [(importing_textual(), first_message(count)) for _ in range(5)]
    least = tuple(map(min, zip(*starts, strict=True)))
    print(f"{count:,} people: first message {least[1]:.2f} s, {least[1] / least[0]:.1f} times importing Textual")
    with screens(count) as program:
        memory = Memory(program.pid)
        program.until(b"Bonjour")
        linting = program.keys(b"j" * _KEYS)
        linted = program.until(rb"none in|in all")
        idle = program.keys(b"j" * _KEYS)
        print(f"  key, while linting   {told(linting)}   (linted after {linted:.1f} s at most)")
        ratio = statistics.median(linting) / statistics.median(idle)
        print(f"  key, when linted     {told(idle)}   ratio of p50 {ratio:.2f}")
        program.press(b"/")
        time.sleep(2)  # the whole table is folded once, when the search line opens
        print(f"  key of a search      {told(program.keys(b'lecoeurab'))}")
        memory.stop()
        print(f"  memory               {memory.together} MB together, {memory.alone} MB its own")


if __name__ == "__main__":
    for people in map(int, sys.argv[1:] or ("340", "100000")):
        measure(people)
