"""Two processes and one letter: real processes, a real server, and nobody who gets two."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from mailmerge.accounts import account_from_preset
from mailmerge.campaign import IfWritten, open_campaign, open_outbox
from mailmerge.outbox.key import find_key

CHILD = Path(__file__).parent / "twice_child.py"
ROUNDS = int(os.environ.get("MAILMERGE_ROUNDS", "4"))
"""Rounds of each test; hundreds by hand."""
NAMES = ("Roux", "Petit", "Durand", "Blanc", "Garnier")
PEOPLE = [f"{name.lower()}@boite.example" for name in NAMES]


class Child:
    """One process."""

    def __init__(self, port: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(CHILD), str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@pytest.fixture
def children(smtp_server) -> Iterator[list[Child]]:
    started = [Child(smtp_server.port) for _ in range(3)]
    yield started
    for child in started:
        child.process.kill()
        child.process.communicate()


def at_once(children: Sequence[Child], orders: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Have each process make itself ready, then all begin at the same moment."""
    pairs = list(zip(children, orders, strict=False))
    for child, order in pairs:
        child.say(json.dumps(order))
    for child, _order in pairs:
        assert child.hear() == "ready"
    for child, _order in pairs:
        child.say("go")
    return [json.loads(child.hear()) for child, _order in pairs]


def words(number: int) -> str:
    """What one round says; hardly a word of it is another round's."""
    return " ".join(f"{word}{number}" for word in ("nous", "avons", "bien", "lu", "votre", "lettre", "et", "merci"))


def letter(folder: Path, number: int, *, name: str = "refus.md", text: str = "") -> Path:
    """A campaign of its own in each round, for the same people."""
    folder = folder / f"campaign{number}"
    folder.mkdir(parents=True, exist_ok=True)
    people = "".join(f"{name};{address}\n" for name, address in zip(NAMES, PEOPLE, strict=True))
    (folder / "people.csv").write_text(f"Nom;Courriel\n{people}", encoding="utf-8")
    text = text or f"Subject: Votre candidature\n\nBonjour {{{{ nom }}}},\n\n{words(number)}.\n"
    (folder / name).write_text(text, encoding="utf-8")
    (folder / "campaign.toml").write_text(f'recipients = "people.csv"\ntemplate = "{name}"\n', encoding="utf-8")
    return folder


def copies(server: Any) -> Counter[str]:
    counted = Counter(transaction.forward_paths[0] for transaction in server.accepted)
    server.accepted.clear()
    return counted


@pytest.mark.parametrize("written", ["refuse", "skip"])
def test_processes_that_send_one_campaign_at_once_write_to_nobody_twice(
    children: list[Child], smtp_server: Any, tmp_path: Path, written: str
) -> None:
    for number in range(ROUNDS):
        folder = letter(tmp_path, number)
        order = {"folder": str(folder), "written": written}
        told = at_once(children, [order] * 3)
        counted = copies(smtp_server)
        assert set(counted.values()) <= {1}, told
        assert sum(len(each["accepted"]) for each in told) == counted.total()
        assert counted.total() == 5 or any(each["told"] for each in told)
        assert sum(bool(each["told"]) for each in told) >= (2 if written == "refuse" else 0) or counted.total() == 5
        for each in told:
            if not each["accepted"] and each["told"]:
                assert each["told"].startswith(("RunBusy", "AlreadyWritten")), each


def test_processes_that_resume_sealed_runs_of_one_letter_at_once_write_to_nobody_twice(
    children: list[Child], smtp_server: Any, tmp_path: Path
) -> None:
    account = account_from_preset(
        "rh", "rh@atelier.example", host="127.0.0.1", port=smtp_server.port, tls="none", auth="none"
    )
    for number in range(ROUNDS):
        folder = letter(tmp_path, number)
        runs = [open_campaign([folder]).signed_by(account).check().seal(account, open_outbox()).id for _ in range(3)]
        told = at_once(children, [{"run": run} for run in runs])
        counted = copies(smtp_server)
        assert set(counted.values()) <= {1}, told
        assert all(each["told"].startswith("RunBusy") for each in told if each["told"])
        for run in runs:  # whoever was told to wait goes on later: they may have stood in each other's way, all three
            at_once(children, [{"run": run}])
        counted += copies(smtp_server)
        assert len(counted) == 5, told
        assert set(counted.values()) == {1}, told


def test_a_copied_letter_beside_the_original_writes_to_nobody_twice(
    children: list[Child], smtp_server: Any, tmp_path: Path
) -> None:
    """In a comment only do the copies differ: no lock has the same name, and yet the words are the same."""
    for number in range(ROUNDS):
        folders = []
        for copy in range(3):
            text = f"Subject: Merci\n\nBonjour {{{{ nom }}}},\n\n{words(number)}.{{# {copy} #}}\n"
            folders.append(letter(tmp_path / f"copy{copy}", number, name=f"copie{copy}.md", text=text))
        told = at_once(children, [{"folder": str(folder), "written": "refuse"} for folder in folders])
        counted = copies(smtp_server)
        assert set(counted.values()) <= {1}, told
        for run in [run.run for run in open_outbox().runs() if run.pending]:
            at_once(children, [{"run": run}])
        assert set((counted + copies(smtp_server)).values()) == {1}, told


def test_processes_that_seal_for_the_first_time_at_once_come_to_one_key(
    children: list[Child], smtp_server: Any, tmp_path: Path
) -> None:
    orders = [
        {"folder": str(letter(tmp_path / f"other{copy}", copy, name=f"l{copy}.md")), "written": "refuse",
         "only_seal": True} for copy in range(3)
    ]  # fmt: skip
    told = at_once(children, orders)
    assert [each["told"] for each in told] == ["", "", ""]
    key = find_key(open_outbox().folder)
    assert key is not None
    assert {open_outbox().open(run.run).memory_key for run in open_outbox().runs()} == {key.id}


def test_a_process_that_seals_while_another_sends_is_told(
    children: list[Child], smtp_server: Any, tmp_path: Path
) -> None:
    folder = letter(tmp_path, 0)
    sealing = {"folder": str(folder), "written": "refuse", "only_seal": True}
    told: list[dict[str, Any]] = []

    def seal_meanwhile(_: object) -> str:
        if not told:
            told.extend(at_once(children[1:], [sealing, sealing]))
        return "250 2.0.0 Ok"

    smtp_server.reply = seal_meanwhile
    (sent,) = at_once(children[:1], [{"folder": str(folder), "written": IfWritten.REFUSE.value}])
    assert len(sent["accepted"]) == 5
    assert [each["told"].partition(":")[0] for each in told] == ["RunBusy", "RunBusy"]
