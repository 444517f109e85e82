"""Nobody twice, from the command line: what ``seal`` and ``send`` say, and the ways on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

ACCEPT = "250 2.0.0 Ok"


@pytest.fixture
def send(mailmerge, campaign, account):
    """``send("--yes", 3)``: the small campaign, as JSON."""
    source = campaign()
    return lambda *options: mailmerge("send", *source, "--account", account, "--json", *options)


@pytest.fixture
def first(send) -> str:
    """A run that stopped after two of three."""
    sent = send("--limit", 2, "--yes", 2)
    assert sent.code == 3
    return sent.events[-1]["run"]


def copies(smtp_server) -> dict[str, int]:
    addresses = [transaction.forward_paths[0].lower() for transaction in smtp_server.accepted]
    return {address: addresses.count(address) for address in addresses}


def runs(mailmerge) -> list[str]:
    return [run["run"] for run in mailmerge("runs", "--json").json["runs"]]


@pytest.mark.in_english
def test_a_second_send_is_refused_before_anything_is_sealed(mailmerge, send, first, smtp_server) -> None:
    for options in (["--yes", 3], ["--limit", 2, "--yes", 2], []):
        refused = send(*options)
        assert refused.code == 1
        document = refused.json
        assert set(document) == {"error", "written"}
        assert [set(entry) for entry in document["written"]] == [{"record", "address", "run", "state", "at"}] * 2
        assert [(e["record"], e["address"], e["run"], e["state"]) for e in document["written"]] == [
            (1, "maelys.roux@orange.example", first, "accepted"),
            (2, "hugo.petit@free.example", first, "accepted"),
        ]
        (line,) = refused.err.splitlines()
        assert document["error"] in line
        for part in (first, first[:10], "2 of 3", "2 accepted", "--skip-written", "--again", f"--resume {first}"):
            assert part in line
    assert runs(mailmerge) == [first]
    assert len(smtp_server.accepted) == 2


def test_sealing_is_refused_alike(mailmerge, campaign, account, first) -> None:
    refused = mailmerge("seal", *campaign(), "--account", account, "--json")
    assert refused.code == 1
    assert [entry["record"] for entry in refused.json["written"]] == [1, 2]
    assert runs(mailmerge) == [first]


def test_only_the_others_are_written_to_when_the_written_are_skipped(mailmerge, send, first, smtp_server) -> None:
    assert send("--skip-written", "--yes", 3).code == 2  # only one is left
    assert runs(mailmerge) == [first]
    sent = send("--skip-written", "--yes", 1)
    assert sent.code == 0
    assert first in sent.err  # the rest of the first run is pointed to
    assert set(copies(smtp_server).values()) == {1}
    shown = mailmerge("show", sent.events[-1]["run"], "--json").json["messages"]
    assert [(m["state"], m["reply"]) for m in shown[:2]] == [("excluded", f"already sent in run {first}")] * 2
    resumed = mailmerge("send", "--resume", first, "--json")  # asks for nothing: nobody is left
    assert resumed.code == 0
    assert [(event["event"], event.get("record")) for event in resumed.events] == [("excluded", 3), ("summary", None)]
    assert len(smtp_server.accepted) == 3


def test_skipping_and_a_limit_go_together(send, first, smtp_server) -> None:
    sent = send("--skip-written", "--limit", 2, "--yes", 1)
    assert sent.code == 0
    assert set(copies(smtp_server).values()) == {1}


def test_nothing_is_sealed_where_nobody_is_left(mailmerge, campaign, account, send, smtp_server) -> None:
    run = send("--yes", 3).events[-1]["run"]
    for options in ([], ["--yes", 0], ["--limit", 1]):
        nothing = send("--skip-written", *options)
        assert nothing.code == 0
        assert nothing.events == [
            {"event": "summary", "run": None, "accepted": 0, "rejected": 0, "deferred": 0, "unknown": 0, "pending": 0}
        ]
    assert send("--skip-written", "--yes", 3).code == 2
    sealed = mailmerge("seal", *campaign(), "--account", account, "--skip-written", "--json")
    assert (sealed.code, sealed.json) == (0, {"run": None, "sealed": None, "messages": 0})
    assert runs(mailmerge) == [run]
    assert len(smtp_server.accepted) == 3


def test_everybody_is_written_to_once_more_only_when_asked(mailmerge, send, first, smtp_server) -> None:
    assert send("--again", "--yes", 3).code == 0
    assert sorted(copies(smtp_server).values()) == [1, 2, 2]
    resumed = mailmerge("send", "--resume", first, "--json")
    assert resumed.code == 0
    assert sorted(copies(smtp_server).values()) == [1, 2, 2]


def test_a_rejected_person_is_written_to_in_a_new_run(send, smtp_server) -> None:
    smtp_server.reply = lambda m: "550 5.1.1 No" if m.forward_paths == ["hugo.petit@free.example"] else ACCEPT
    assert send("--yes", 3).code == 1
    smtp_server.reply = lambda _: ACCEPT
    assert send("--skip-written", "--yes", 1).code == 0
    assert set(copies(smtp_server).values()) == {1}
    assert len(smtp_server.accepted) == 3


def test_the_options_contradict_each_other_and_a_resumed_run(mailmerge, send, first) -> None:
    assert send("--skip-written", "--again").code == 2
    for option in ("--skip-written", "--again"):
        assert mailmerge("send", "--resume", first, option).code == 2


def test_only_one_person_is_compared_where_only_one_is_written_to(send, first, smtp_server) -> None:
    assert send("--only", "HUGO.petit+rh@free.example", "--yes", 1).code == 1
    assert send("--only", "lea.durand@laposte.example", "--yes", 1).code == 0
    assert set(copies(smtp_server).values()) == {1}


def test_other_conditions_and_exclusions_make_nobody_new(mailmerge, campaign, account, first, smtp_server) -> None:
    table, letter = campaign()
    for decided in ('where = "poste"', '[[exclusions]]\naddress = "hugo.petit@free.example"\nreason = "x"\nname = ""'):
        decided = decided.replace('\nname = ""', "")
        (table.parent / "campaign.toml").write_text(
            f'recipients = "{table.name}"\ntemplate = "{letter.name}"\n{decided}'
        )
        refused = mailmerge("send", table.parent / "campaign.toml", "--account", account, "--yes", 3, "--json")
        assert refused.code == 1
        assert refused.json["written"][0]["record"] == 1


@pytest.mark.in_english
def test_a_copied_letter_and_a_corrected_one_are_the_same_letter(
    mailmerge, campaign, account, first, smtp_server
) -> None:
    table, letter = campaign()
    copy = letter.with_name("copie.fr.md")
    copy.write_bytes(letter.read_bytes())
    assert mailmerge("send", table, copy, "--account", account, "--yes", 3).code == 1
    letter.write_text(letter.read_text("utf-8").replace("Nous ne pouvons", "Hélas, nous ne pouvons"), "utf-8")
    assert mailmerge("send", table, letter, "--account", account, "--yes", 3).code == 1
    renamed = table.with_name("liste.csv")
    table.rename(renamed)
    assert mailmerge("send", renamed, letter, "--account", account, "--yes", 3).code == 1
    copy.write_bytes(letter.read_bytes())  # another file, other words: a note, and no reason to stop
    sent = mailmerge("send", renamed, copy, "--account", account, "--yes", 3)
    assert sent.code == 0
    assert f"2 of these people received another letter of this campaign in run {first}" in sent.err


@pytest.mark.in_english
def test_a_sealed_run_is_pointed_to_and_not_counted(mailmerge, campaign, account, send, smtp_server) -> None:
    run = mailmerge("seal", *campaign(), "--account", account, "--json").json["run"]
    sent = send("--yes", 3)
    assert sent.code == 0
    assert f"mailmerge send --resume {run}" in sent.err
    refused = mailmerge("send", "--resume", run, "--yes", 3, "--json")
    assert refused.code == 2, "the number is that of the messages that would be sent now"
    assert [event.get("event") for event in refused.events] == ["excluded"] * 3 + [None]
    for agreed in ([], ["--yes", 0]):
        resumed = mailmerge("send", "--resume", run, *agreed, "--json")
        assert resumed.code == 0
        assert [event["event"] for event in resumed.events] == ["summary"]
    assert set(copies(smtp_server).values()) == {1}


def test_the_number_to_confirm_leaves_out_who_has_the_letter_meanwhile(
    mailmerge, campaign, account, send, smtp_server
) -> None:
    run = mailmerge("seal", *campaign(), "--account", account, "--json").json["run"]
    assert send("--limit", 1, "--yes", 1).code == 3
    assert mailmerge("send", "--resume", run, "--yes", 3).code == 2
    assert mailmerge("send", "--resume", run, "--yes", 2).code == 0
    assert set(copies(smtp_server).values()) == {1}


@pytest.mark.in_english
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("accepted", [0, 1, 5, 11])
def test_a_killed_sender_and_a_new_send_give_nobody_two(
    mailmerge, campaign, account, smtp_server, accepted: int
) -> None:
    rows = [f"Madame;Prénom{letter};Nom{letter};p.nom{letter}@x.example;Vendeuse" for letter in "abcdefghijkl"]
    source = campaign(rows)
    command = [sys.executable, "-m", "mailmerge", "send", *map(str, source), "--account", account, "--yes", "12"]
    sending = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill_before_this_verdict(_: object) -> str:
        if len(smtp_server.accepted) == accepted:
            sending.send_signal(signal.SIGKILL)
            sending.wait()
        return ACCEPT

    smtp_server.reply = kill_before_this_verdict
    assert sending.wait(30) != 0
    smtp_server.reply = lambda _: ACCEPT
    refused = mailmerge("send", *source, "--account", account, "--yes", 12, "--json")
    assert refused.code == 1
    known = [entry["state"] for entry in refused.json["written"]]
    assert known[:accepted] == ["accepted"] * accepted
    assert known[accepted] in ("submitting", "unknown")
    left = 12 - len(known)
    sent = mailmerge("send", *source, "--account", account, "--skip-written", "--yes", left)
    assert sent.code in (0, 4)
    (run,) = {entry["run"] for entry in refused.json["written"]}
    assert mailmerge("send", "--resume", run).code == 4
    assert set(copies(smtp_server).values()) == {1}
    assert len(smtp_server.accepted) == 12


# --- damage ---------------------------------------------------------------------------------------------------------


@pytest.mark.in_english
def test_a_damaged_run_stops_sealing_and_sending_until_it_is_set_aside(
    mailmerge, campaign, account, send, first, home: Path, smtp_server
) -> None:
    sealed = mailmerge("seal", *campaign(), "--account", account, "--skip-written", "--json").json["run"]
    path = home / "data" / "runs" / f"{first}.sqlite3"
    damaged = path.read_bytes()[:3000]
    path.write_bytes(damaged)
    for options in (["--yes", 3], ["--skip-written", "--yes", 1], ["--limit", 1, "--yes", 1]):
        refused = send(*options)
        assert refused.code == 2
        assert set(refused.json) == {"error"}
        (line,) = refused.err.splitlines()
        assert first in line
        assert f"mailmerge runs --set-aside {first}" in line
        assert "--again" in line
    resumed = mailmerge("send", "--resume", sealed, "--yes", 1)
    assert resumed.code == 2
    assert len(smtp_server.accepted) == 2
    aside = mailmerge("runs", "--set-aside", first, "--json")
    assert aside.code == 0
    assert Path(aside.json["set_aside"][0]).read_bytes() == damaged
    assert mailmerge("runs", "--set-aside", first, "--yes").code == 2
    assert mailmerge("send", "--resume", sealed, "--yes", 1).code == 0
    assert set(copies(smtp_server).values()) == {1}


def test_a_damaged_run_does_not_stop_who_writes_to_everybody_again(send, first, home: Path, smtp_server) -> None:
    (home / "data" / "runs" / f"{first}.sqlite3").write_bytes(b"")
    sent = send("--again", "--yes", 3)
    assert sent.code == 0
    assert first in sent.err
    assert len(smtp_server.accepted) == 5


def test_a_state_that_is_none_counts_as_unknown(mailmerge, send, first, home: Path) -> None:
    with closing(sqlite3.connect(home / "data" / "runs" / f"{first}.sqlite3")) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE message SET state = 'acceptd' WHERE record = 2")
    listed = mailmerge("runs", "--json").json["runs"][0]
    assert (listed["accepted"], listed["unknown"], listed["pending"]) == (1, 1, 1)
    assert [entry["state"] for entry in send("--yes", 3).json["written"]] == ["accepted", "unknown"]
    assert mailmerge("send", "--resume", first, "--yes", 1).code == 4
    assert mailmerge("resolve", first, 2, "--accepted").code == 0
    assert mailmerge("send", "--resume", first).code == 0


def test_a_missing_key_is_named(send, mailmerge, first, home: Path) -> None:
    (home / "data" / "runs" / "memory.key").unlink()
    refused = send("--skip-written", "--yes", 1)
    assert refused.code == 2
    assert "memory.key" in json.dumps(refused.json)
    assert mailmerge("send", "--resume", first, "--yes", 1).code == 0  # it is the only run: nothing to compare with


# --- disks ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def home_disk(home: Path):
    """The home on a file system of its own: ``home_disk("ro")`` makes it read-only, ``home_disk("full")`` fills it."""
    data = home / "data"
    data.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(data)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a file system")

    def spoil(how: str) -> None:
        if how == "ro":
            subprocess.run(["mount", "-o", "remount,ro", str(data)], check=True)
            return
        with (data / "filler").open("wb", buffering=0) as file, suppress(OSError):
            while file.write(b"\0" * 4096):
                pass

    def mend() -> None:
        subprocess.run(["mount", "-o", "remount,rw", str(data)], check=True)
        (data / "filler").unlink(missing_ok=True)

    spoil.mend = mend  # type: ignore[attr-defined]
    yield spoil
    subprocess.run(["umount", str(data)], check=True)


@pytest.mark.in_english
@pytest.mark.privileged
@pytest.mark.parametrize("how", ["ro", "full"])
@pytest.mark.parametrize("first_time", [True, False])
def test_a_home_that_cannot_be_written_sends_nothing_and_loses_nothing(
    mailmerge, campaign, account, smtp_server, home_disk, how: str, first_time: bool
) -> None:
    source = campaign()
    run = ""
    if not first_time:
        run = mailmerge("seal", *source, "--account", account, "--json").json["run"]
    home_disk(how)
    commands = [["send", *source, "--account", account, "--yes", 3], ["seal", *source, "--account", account]]
    commands += [["send", "--resume", run, "--yes", 3], ["runs", "--set-aside", run, "--yes"]] if run else []
    for command in commands:
        refused = mailmerge(*command)
        assert refused.code in (2, 3) or (command[0] == "runs" and how == "full"), refused
        *notes, complaint = refused.err.splitlines()
        assert all(note.startswith("note: ") for note in notes)
        if refused.code:
            assert complaint.startswith("mailmerge: ")
            assert "fault" not in complaint
    assert smtp_server.accepted == []
    home_disk.mend()
    if not first_time and how == "ro":
        assert mailmerge("send", "--resume", run, "--yes", 3).code == 0
    elif first_time:
        assert mailmerge(*commands[0]).code == 0
    assert set(copies(smtp_server).values()) <= {1}


@pytest.mark.in_english
def test_nothing_is_sealed_where_the_number_is_another_by_the_time_it_was_typed(
    mailmerge, send, first, smtp_server, monkeypatch
) -> None:
    def set_aside_meanwhile(*_arguments: object, **_options: object) -> int:
        assert mailmerge("runs", "--set-aside", first, "--yes").code == 0
        return 1

    monkeypatch.setattr("click.prompt", set_aside_meanwhile)
    refused = send("--skip-written")
    assert refused.code == 1
    assert "changed since you were asked" in refused.err
    assert runs(mailmerge) == []
    assert len(smtp_server.accepted) == 2
