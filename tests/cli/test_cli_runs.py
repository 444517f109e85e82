"""The list of runs and what is done with them: set aside and brought back, copies, old ones, runs of another home."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from each_row import pairs

from mailmerge.campaign import open_outbox


@pytest.fixture
def run(mailmerge, campaign, account) -> str:
    """Three people, one of whom has the letter."""
    return mailmerge("send", *campaign(), "--account", account, "--yes", 1, "--limit", 1, "--json").events[-1]["run"]


def path_of(run: str) -> Path:
    return open_outbox().folder / f"{run}.sqlite3"


def damaged(run: str) -> None:
    path_of(run).write_bytes(b"x" * 5000)


def aged(path: Path, days: int) -> None:
    then = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE journal SET at = ?", (then,))
        connection.execute("UPDATE run SET created = ?", (then,))


@pytest.fixture(autouse=True)
def nobody_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a script: the standard input has ended."""

    def ended(*_arguments: object, **_options: object) -> str:
        raise click.Abort

    monkeypatch.setattr("click.prompt", ended)


def typed(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr("click.prompt", lambda *_arguments, **_options: answer)


# --- set aside, and back --------------------------------------------------------------------------------------------


@pytest.mark.in_english
@pytest.mark.parametrize("answer", ["", "yes", "no", "2026-09-02-7f3"])
def test_a_healthy_run_is_not_set_aside_before_its_name_is_typed(
    mailmerge, run, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, answer)
    refused = mailmerge("runs", "--set-aside", run)
    assert refused.code == 2
    assert "may be sent the same letter again" in refused.err
    assert path_of(run).exists()
    typed(monkeypatch, run)
    assert mailmerge("runs", "--set-aside", run).code == 0
    assert not path_of(run).exists()


def test_a_healthy_run_is_set_aside_by_a_script_that_says_so(mailmerge, run) -> None:
    assert mailmerge("runs", "--set-aside", run).code == 2  # nobody can type anything
    moved = mailmerge("runs", "--set-aside", run, "--yes", "--json")
    assert moved.code == 0
    assert moved.json == {"set_aside": [str(path_of(run).parent / "set-aside" / f"{run}.sqlite3")]}


@pytest.mark.in_english
def test_a_damaged_run_is_set_aside_at_once_and_the_way_back_is_told(mailmerge, run) -> None:
    damaged(run)
    moved = mailmerge("runs", "--set-aside", run)
    assert moved.code == 0
    assert f"mailmerge runs --bring-back {run}" in moved.err
    listed = mailmerge("runs")
    assert listed.code == 0
    assert f"{run}  set aside: " in listed.out
    (aside,) = mailmerge("runs", "--json").json["set_aside"]
    assert (aside["run"], aside["summary"]) == (run, None)
    assert mailmerge("runs", "--bring-back", run).code == 0
    assert path_of(run).read_bytes() == b"x" * 5000


@pytest.mark.in_english
def test_a_run_that_was_brought_back_counts_again(mailmerge, run, campaign, account) -> None:
    mailmerge("runs", "--set-aside", run, "--yes")
    assert mailmerge("runs", "--json").json["runs"] == []
    assert mailmerge("runs").out.startswith(f"{run}  set aside: ")
    assert mailmerge("runs", "--bring-back", run).code == 0
    assert mailmerge("send", *campaign(), "--account", account, "--yes", 3).code == 1
    assert mailmerge("send", "--resume", run, "--yes", 2).code == 0


@pytest.mark.in_english
@pytest.mark.parametrize("arguments", [["--bring-back"], ["--set-aside"]])
def test_a_run_that_is_not_there_is_one_line(mailmerge, arguments: list[str]) -> None:
    refused = mailmerge("runs", *arguments, "2026-09-02-0000")
    assert refused.code == 2
    assert refused.err.startswith("mailmerge: no run ")
    assert refused.err.count("\n") == 1


# --- sums and copies ------------------------------------------------------------------------------------------------

STATES = ("pending", "submitting", "accepted", "deferred", "rejected", "unknown", "excluded")


@pytest.mark.in_english
@pytest.mark.parametrize(("first", "second"), pairs(STATES, STATES))
def test_the_numbers_of_a_run_add_up_whatever_its_states(mailmerge, run, first: str, second: str) -> None:
    with closing(sqlite3.connect(path_of(run))) as connection, connection:
        connection.execute("UPDATE message SET state = ? WHERE record = 1", (first,))
        connection.execute("UPDATE message SET state = ? WHERE record = 2", (second,))
    (line,) = mailmerge("runs").out.splitlines()
    messages, _, counted = line.partition(" messages, ") if " messages, " in line else line.partition(" message, ")
    sent, _, left_out = counted.partition("; ")
    assert int(messages.rsplit(" ", 1)[1]) == sum(map(int, re.findall(r"\d+", sent)))
    assert sum(map(int, re.findall(r"\d+", sent + left_out))) == 3
    (summary,) = mailmerge("runs", "--json").json["runs"]
    assert sum(summary[state] for state in STATES) == 3
    assert summary["messages"] + summary["excluded"] == 3


@pytest.mark.in_english
@pytest.mark.parametrize("name", ["{run} (copy)", "{run}-2", "backup", "Copy of {run}"])
def test_a_copy_of_a_run_is_named_as_one_and_never_listed_twice(
    mailmerge, run, campaign, account, name: str, smtp_server
) -> None:
    copy = path_of(run).with_name(f"{name.format(run=run)}.sqlite3")
    shutil.copy(path_of(run), copy)
    listed = mailmerge("runs")
    assert listed.code == 0
    assert len(listed.out.splitlines()) == 1
    assert f"note: {copy} is a copy of run {run}" in listed.err
    assert [each["run"] for each in mailmerge("runs", "--json").json["runs"]] == [run]
    assert mailmerge("send", "--resume", copy.stem, "--yes", 2).code in (2, 3)
    assert mailmerge("send", "--resume", run, "--yes", 2).code == 0
    again = mailmerge("send", *campaign(), "--account", account, "--yes", 3)
    assert again.code == 1
    assert "still has" not in again.err, "the copy has nothing to send"
    assert len(smtp_server.accepted) == 3
    path_of(run).unlink()
    assert f"name it {run}.sqlite3 again" in mailmerge("runs").err


# --- old runs -------------------------------------------------------------------------------------------------------


@pytest.mark.in_english
@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_sentence_about_purged_runs_fits_their_number(mailmerge, campaign, account, count: int) -> None:
    runs = [mailmerge("seal", *campaign(), "--account", account, "--json").json["run"] for _ in range(count)]
    told = mailmerge("purge", "--older-than", 0).err
    if not count:
        assert told == "no run was old enough to be purged\n"
    else:
        names = ", ".join(sorted(runs))
        assert told == f"{'1 run was' if count == 1 else '2 runs were'} purged: {names}\n"


@pytest.mark.in_english
def test_a_run_that_was_set_aside_is_purged_in_time(mailmerge, campaign, account, run) -> None:
    assert mailmerge("send", "--resume", run, "--yes", 2).code == 0
    mailmerge("runs", "--set-aside", run, "--yes")
    aside = path_of(run).parent / "set-aside" / f"{run}.sqlite3"
    aged(aside, 31)
    assert f"1 run was purged: {run}" in mailmerge("purge").err
    assert b"maelys" not in aside.read_bytes()
    mailmerge("runs", "--bring-back", run)
    assert mailmerge("send", *campaign(), "--account", account, "--yes", 3).code == 1, "its digests stay"


@pytest.mark.in_english
@pytest.mark.parametrize("aside", [False, True])
def test_a_damaged_run_is_named_when_old_ones_are_purged(mailmerge, run, aside: bool) -> None:
    damaged(run)
    if aside:
        mailmerge("runs", "--set-aside", run)
    told = mailmerge("purge").err
    assert "may hold personal data" in told
    assert f"mailmerge purge --delete {run}" in told
    if not aside:
        assert mailmerge("purge", "--delete", run, "--yes").code == 2
        mailmerge("runs", "--set-aside", run)
    assert mailmerge("purge", "--delete", run).code == 2  # nobody can type anything
    assert mailmerge("purge", "--delete", run, "--yes").code == 0
    assert mailmerge("runs", "--json").json == {"runs": [], "unreadable": []}
    assert not [path for path in path_of(run).parent.rglob("*") if run in path.name and path.suffix != ".lock"]


# --- complete runs, and runs of another home --------------------------------------------------------------------------


@pytest.mark.in_english
@pytest.mark.parametrize(("agreed", "code"), [(None, 0), (0, 0), (1, 2), (3, 2), (340, 2)])
def test_a_complete_run_is_resumed_with_nothing_to_do(mailmerge, run, agreed: int | None, code: int) -> None:
    assert mailmerge("send", "--resume", run, "--yes", 2).code == 0
    arguments = [] if agreed is None else ["--yes", agreed]
    ended = mailmerge("send", "--resume", run, *arguments)
    assert ended.code == code
    if code:
        assert f"run {run} is complete: nothing is left to send" in ended.err


@pytest.fixture
def elsewhere(mailmerge, run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], None]:
    """Go to another home with a copy of the run, and the same account."""
    here, there = open_outbox().folder.parent.parent, tmp_path / "there"
    (there / "data" / "runs").mkdir(parents=True)
    shutil.copy(path_of(run), there / "data" / "runs")
    shutil.copytree(here / "config", there / "config")
    monkeypatch.setenv("MAILMERGE_HOME", str(there))
    return lambda: monkeypatch.setenv("MAILMERGE_HOME", str(here))


@pytest.mark.in_english
def test_a_copy_of_a_run_says_where_it_was_begun_and_asks(
    mailmerge, run, elsewhere, smtp_server, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = mailmerge("send", "--resume", run, "--yes", 2)
    assert refused.code == 2
    assert f"run {run} was begun in " in refused.err
    assert re.search(r"\d{4}-\d\d-\d\dT\d\d:\d\d", refused.err)
    assert "--take-over" in refused.err
    assert "Traceback" not in refused.err
    typed(monkeypatch, "yes")
    assert mailmerge("send", "--resume", run, "--yes", 2).code == 2
    assert len(smtp_server.accepted) == 1
    typed(monkeypatch, run)
    assert mailmerge("send", "--resume", run, "--yes", 2).code == 0
    assert len(smtp_server.accepted) == 3
    assert mailmerge("send", "--resume", run).code == 0  # asked once


def test_a_script_takes_a_copy_over_where_it_says_so(mailmerge, run, elsewhere, smtp_server) -> None:
    assert mailmerge("send", "--resume", run, "--yes", 2, "--take-over").code == 0
    elsewhere()
    assert mailmerge("send", "--take-over", "--resume", run, "--yes", 2).code == 0  # at home nothing is asked


def test_a_restored_run_sends_nobody_a_second_copy(mailmerge, run, smtp_server) -> None:
    older = path_of(run).read_bytes()
    assert mailmerge("send", "--resume", run, "--yes", 2).code == 0
    path_of(run).write_bytes(older)
    assert [each["state"] for each in mailmerge("show", run, "--json").json["messages"]] == ["accepted"] * 3
    assert mailmerge("send", "--resume", run).code == 0
    assert len(smtp_server.accepted) == 3
