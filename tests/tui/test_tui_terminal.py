"""The program in a real terminal (tmux): what a person sees, and a shell that is whole afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest

from mailmerge.accounts import Accounts, account_from_preset
from mailmerge.campaign import open_outbox
from mailmerge.files.home import find_home
from mailmerge.model import State

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


class Terminal:
    """A tmux server of its own, 120 by 40, with the program in it."""

    def __init__(self, folder: Path, home: Path):
        self._tmux = ["tmux", "-S", str(folder / "tmux"), "-f", "/dev/null"]
        self._environment = {**os.environ, "MAILMERGE_HOME": str(home), "TERM": "xterm-256color"}

    def start(self, *sources: Path, **variables: str) -> None:
        self.run(*map(str, sources), **variables)

    def run(self, *arguments: str, **variables: str) -> None:
        program = [sys.executable, "-m", "mailmerge", *arguments]
        shell = f"{' '.join(map(_quoted, program))}; echo left with $?; exec cat"
        environment = self._environment | variables
        command = [*self._tmux, "new-session", "-d", "-x", "120", "-y", "40", "sh", "-c", shell]
        subprocess.run(command, check=True, env=environment)

    def press(self, *keys: str) -> None:
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def screen(self) -> str:
        return subprocess.run([*self._tmux, "capture-pane", "-p"], check=True, capture_output=True, text=True).stdout

    def until(self, holds: Callable[[str], bool], seconds: float = 30) -> str:
        deadline = time.monotonic() + seconds
        while not holds(text := self.screen()):
            assert time.monotonic() < deadline, f"what was waited for did not come; there is:\n{text}"
            time.sleep(0.05)
        return text

    def resize(self, width: int, height: int) -> None:
        """Returns once the program's terminal has the new size: tmux puts a resize off that follows another."""
        subprocess.run([*self._tmux, "resize-window", "-x", str(width), "-y", str(height)], check=True)
        shown = subprocess.run(
            [*self._tmux, "display", "-p", "#{pane_tty}"], check=True, capture_output=True, text=True
        )
        with open(shown.stdout.strip()) as tty:  # noqa: PTH123
            while os.get_terminal_size(tty.fileno()) != (width, height):
                time.sleep(0.02)

    def stop(self) -> None:
        """Returns once the server has gone: only then has the kernel told what ran in it that its terminal hung up."""
        shown = subprocess.run([*self._tmux, "display", "-p", "#{pid}"], check=False, capture_output=True, text=True)
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True)
        deadline = time.monotonic() + 30
        while shown.stdout and not ended(int(shown.stdout)):
            assert time.monotonic() < deadline, "tmux goes on"
            time.sleep(0.01)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


@pytest.fixture
def terminal(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path_factory.mktemp("t"), home)
    yield terminal
    terminal.stop()


def test_a_review_in_a_real_terminal(terminal: Terminal, files: list[Path]) -> None:
    terminal.start(*files)
    terminal.until(lambda text: "Bonjour Madame Roux" in text and "none in 5 messages" in text)
    terminal.press("j", "j")
    terminal.until(lambda text: "Bonjour Madame Durand" in text)
    terminal.resize(80, 24)
    terminal.until(lambda text: "Bonjour Madame Durand" in text and len(text.rstrip("\n").split("\n")) <= 24)
    terminal.resize(40, 10)
    terminal.until(lambda text: "too small" in text)
    terminal.resize(120, 40)
    terminal.until(lambda text: "Bonjour Madame Durand" in text)
    terminal.press("q")
    terminal.until(lambda text: "left with 0" in text)


def test_the_persons_own_editor_opens_in_the_terminal_and_its_change_is_read(
    terminal: Terminal, files: list[Path], tmp_path: Path
) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\necho THE EDITOR; read line; sed -i "s/belle suite/bonne route/" "$1"\n')
    editor.chmod(0o755)
    terminal.start(*files, VISUAL=str(editor))
    terminal.until(lambda text: "belle suite" in text)
    terminal.press("e")
    terminal.until(lambda text: "THE EDITOR" in text)
    terminal.press("Enter")
    terminal.until(lambda text: "bonne route" in text and "Recipients" in text)
    terminal.press("C-q")
    terminal.until(lambda text: "left with 0" in text)


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("notepadxyz", "Cannot run the editor notepadxyz"),
        ("/ --wait", "Cannot run the editor /"),
        ("'vim -u", "a quotation mark is never closed"),
        (" ", "is blank"),
        ("false", "ended with code 1"),
    ],
)
def test_the_screen_comes_back_from_an_editor_that_cannot_be_run(
    terminal: Terminal, files: list[Path], editor: str, said: str
) -> None:
    terminal.start(*files, VISUAL=editor)
    terminal.until(lambda text: "Bonjour" in text)
    terminal.press("e")
    terminal.until(lambda text: said in text and "Bonjour" in text)
    terminal.press("j")
    terminal.until(lambda text: "Bonjour Monsieur Petit" in text)
    terminal.press("E")
    terminal.until(lambda text: "Subject: Votre candidature" in text)


def test_hostile_cells_leave_the_terminal_alone(terminal: Terminal, files: list[Path]) -> None:
    table = files[0].read_text("cp1252").replace("Petit", '"\x1b]0;PWNED\x07[/b]\x1b[2J"', 1)
    files[0].write_text(table, encoding="cp1252")
    terminal.start(*files)
    text = terminal.until(lambda text: "␛]0;PWNED␇" in text)
    assert "Maëlys Roux" in text
    title = subprocess.run(
        [*terminal._tmux, "display-message", "-p", "#{pane_title}"], check=True, capture_output=True, text=True
    ).stdout
    assert "PWNED" not in title


def test_files_that_are_not_there_are_said_at_the_start(terminal: Terminal, tmp_path: Path) -> None:
    terminal.start(tmp_path / "nobody.csv", tmp_path / "letter.md")
    terminal.until(lambda text: "Open files" in text and "nobody.csv" in "".join(text.split()))


def many(files: list[Path], count: int) -> list[Path]:
    """The same letter for so many people that checking it takes seconds."""
    table = files[0].with_name("many.csv")
    ends = map("".join, islice(product(ascii_lowercase, repeat=4), count))
    rows = (f"Madame;Zoé;Lecoeur{end};zoe.lecoeur{end}@proton.example;Graphiste;Toulouse\n" for end in ends)
    table.write_text("Civilité;Prénom;Nom;Adresse e-mail;Poste;Ville\n" + "".join(rows), encoding="utf-8")
    return [table, files[1]]


def jobs_of(terminal: Terminal) -> list[int]:
    """The processes that the program has made for its jobs."""
    shown = subprocess.run(
        [*terminal._tmux, "display", "-p", "#{pane_pid}"], check=True, capture_output=True, text=True
    )
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            parents[stat.parent] = Path("/proc", stat.read_text().rpartition(")")[2].split()[1])
    family = {Path("/proc", shown.stdout.strip())}
    for _generation in range(3):
        family |= {process for process, parent in parents.items() if parent in family}
    return [int(process.name) for process in family if b"spawn_main" in _command(process)]


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def test_leaving_while_the_linter_works_waits_for_nothing(terminal: Terminal, files: list[Path]) -> None:
    terminal.start(*many(files, 20_000))
    terminal.until(lambda text: "checking" in text)
    started = jobs_of(terminal)
    terminal.press("q")
    terminal.until(lambda text: "left with 0" in text)
    assert started
    assert not set(started) & set(jobs_of(terminal))


def test_a_checking_process_that_is_killed_is_a_line_on_screen(terminal: Terminal, files: list[Path]) -> None:
    terminal.start(*many(files, 20_000))
    terminal.until(lambda text: "checking" in text)
    for pid in jobs_of(terminal):
        os.kill(pid, signal.SIGKILL)
    terminal.until(lambda text: "ended by itself" in text and "The check failed" in text)
    terminal.press("s")
    terminal.until(lambda text: "Nothing leaves without it" in text)
    terminal.press("C-r")
    terminal.until(lambda text: "checking" in text)
    terminal.press("j")
    terminal.until(lambda text: "Lecoeuraaab" in text)
    terminal.press("q")
    terminal.until(lambda text: "left with 0" in text)


@pytest.fixture
def sending(terminal: Terminal, files: list[Path], smtp_server: Any) -> Callable[[Callable[[int], None]], int]:
    """Send five letters in the terminal, and do something to the program while the third is in flight."""

    def send(interfere: Callable[[int], None]) -> int:
        account = account_from_preset(
            "rh", "rh@atelier.example", host="127.0.0.1", port=smtp_server.port, tls="none", auth="none", connections=1
        )
        Accounts(find_home().config).add(account)
        terminal.start(*files)
        terminal.until(lambda text: "none in 5 messages" in text)
        terminal.press("s")
        terminal.until(lambda text: "Type 5 and press Enter" in text)
        program = program_of(terminal)

        def during_the_third(_: object) -> str:
            if len(smtp_server.accepted) == 2:
                interfere(program)
            return "250 2.0.0 Ok"

        smtp_server.reply = during_the_third
        terminal.press("5", "Enter")
        return program

    return send


def program_of(terminal: Terminal) -> int:
    """The process of the program: the child of the terminal's shell."""
    shown = subprocess.run(
        [*terminal._tmux, "display", "-p", "#{pane_pid}"], check=True, capture_output=True, text=True
    )
    shell = shown.stdout.strip()
    return int(Path("/proc", shell, "task", shell, "children").read_text().split()[0])


def ended(process: int) -> bool:
    """Whether a process has gone, or is only remembered by its parent."""
    try:
        return Path("/proc", str(process), "stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.parametrize("end", ["terminate", "hang up", "close the terminal"])
def test_a_program_that_is_told_to_end_finishes_the_message_in_flight(
    terminal: Terminal, sending: Callable[[Callable[[int], None]], int], smtp_server: Any, end: str
) -> None:
    def interfere(program: int) -> None:
        if end == "close the terminal":
            terminal.stop()
        else:
            os.kill(program, signal.SIGTERM if end == "terminate" else signal.SIGHUP)

    program = sending(interfere)
    deadline = time.monotonic() + 30
    while not ended(program):
        assert time.monotonic() < deadline, "the program goes on"
        time.sleep(0.05)
    (summary,) = open_outbox().runs()
    counts = summary.counts()
    assert counts[State.UNKNOWN] == counts[State.SUBMITTING] == 0
    assert counts[State.ACCEPTED] == len(smtp_server.accepted) < 5
    assert counts[State.PENDING] == 5 - len(smtp_server.accepted)


def test_ctrl_c_asks_while_letters_leave(
    terminal: Terminal, sending: Callable[[Callable[[int], None]], int], smtp_server: Any
) -> None:
    answered = threading.Event()

    def interfere(_program: int) -> None:
        for _ in range(3):
            terminal.press("C-c")
        assert answered.wait(30)

    sending(interfere)
    terminal.until(lambda text: "Stop sending?" in text)
    terminal.press("y")
    text = terminal.until(lambda text: "Stopping" in text)
    answered.set()
    assert "quit" not in text.lower()
    terminal.until(lambda text: "2 pending" in text)
    counts = open_outbox().runs()[0].counts()
    assert (counts[State.ACCEPTED], counts[State.PENDING]) == (3, 2)


def test_the_demo_is_the_whole_job(terminal: Terminal) -> None:
    terminal.run("demo")
    terminal.until(lambda text: "1 in all" in text)
    terminal.press("s")
    terminal.until(lambda text: "1 finding blocks the send" in text)
    terminal.press("3")
    terminal.until(lambda text: "go there" in text)
    terminal.press("Enter")
    terminal.until(lambda text: "Edit after-application.en.md" in text and "23:1" in text)
    terminal.press("C-k", "C-s")
    terminal.until(lambda text: "saved" in text.lower())
    terminal.press("Escape")
    terminal.until(lambda text: "none in 340 messages" in text)
    terminal.press("O")
    terminal.until(lambda text: "most unusual first" in text)
    terminal.press("x")
    terminal.until(lambda text: "Export a dry run" in text)
    terminal.press("Enter")
    terminal.until(lambda text: "340 messages were saved in" in text)
    terminal.press("s")
    terminal.until(lambda text: "Type 340 and press Enter" in text)
    terminal.press("340", "Enter")
    terminal.until(lambda text: " a second" in text, 90)
    terminal.press("p")
    terminal.until(lambda text: "Paused" in text and "p go on" in text and "send the rest" not in text)
    terminal.press("p")
    terminal.until(lambda text: "p pause" in text)
    terminal.until(lambda text: "the deferred messages are tried again" in text, 120)
    terminal.press("c")
    terminal.until(lambda text: "Of 340 messages: 338 accepted, 1 rejected, 1 unknown." in text, 240)
    terminal.press("q")
    terminal.until(lambda text: "338 accepted" in text)
    terminal.press("q")
    terminal.until(lambda text: "left with 0" in text)
