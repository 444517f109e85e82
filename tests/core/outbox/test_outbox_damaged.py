"""A damaged run is named and left alone: the others go on, and no message of it is dropped from the counts."""

from __future__ import annotations

import asyncio
import datetime
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from each_row import each_row
from outbox_cases import RUN, alter, message, sealed_run

from mailmerge.errors import Blocked, FileBusy, MailmergeError, OutboxError
from mailmerge.model import State
from mailmerge.outbox import Outbox, Run, SealedExclusion, cannot_be_read
from mailmerge.outbox.comparison.incomparable import incomparable
from mailmerge.outbox.connection import translate_errors

GOOD = "2026-09-02-good"


def _cut(run: Run, length: float) -> None:
    whole = run.path.read_bytes()
    run.path.write_bytes(whole[: int(len(whole) * length)])


def _replace(run: Run, content: bytes) -> None:
    run.path.write_bytes(content)


def _a_folder(run: Run) -> None:
    run.path.unlink()
    run.path.mkdir()


UNREADABLE: dict[str, Callable[[Run], None]] = {
    "an empty file": lambda run: (run.path.write_bytes(b"") and None) or None,
    "another file": lambda run: (run.path.write_text("not a run" * 1000) and None) or None,
    "a file cut in half": lambda run: _cut(run, 0.5),
    "a file cut to its first page": lambda run: _cut(run, 0.05),
    "a folder": _a_folder,
    "no run in it": lambda run: alter(run, "DELETE FROM run"),
    "a newer format": lambda run: alter(run, "UPDATE run SET format = 99"),
    "a message gone": lambda run: alter(run, "DELETE FROM message WHERE record = 20"),
    "a message too many": lambda run: alter(
        run, "INSERT INTO message SELECT 21, name, '', '', 'x', '', 'pending', '', 0 FROM message LIMIT 1"
    ),
    "no table of messages": lambda run: alter(run, "DROP TABLE message"),
    **{
        f"created is {text!r}": (lambda run, text=text: alter(run, f"UPDATE run SET created = '{text}'"))  # type: ignore[misc]
        for text in ("", "yesterday", "2026-13-01T00:00:00+00:00", "2026-09-02T10:00:00", "2026-09-02")
    },
    **{
        f"{column} is {text!r}": (
            lambda run, column=column, text=text: alter(run, f"UPDATE run SET {column} = '{text}'")  # type: ignore[misc]
        )
        for column in ("senders", "headers")
        for text in ("", "[", "{}", "[1]", '"x"', "null", "[null]")
    },
}


@each_row("kind", UNREADABLE)
def test_a_run_that_cannot_be_read_is_named_and_the_others_go_on(kind: str, tmp_path: Path) -> None:
    run = sealed_run(tmp_path, 20)
    good = sealed_run(tmp_path, run=GOOD)
    UNREADABLE[kind](run)
    outbox = Outbox(tmp_path)
    listing = outbox.listing()
    runs, unreadable = listing.runs, listing.unreadable
    assert [summary.run for summary in runs] == [GOOD]
    assert [each.run for each in unreadable] == [RUN]
    assert str(run.path) in unreadable[0].reason
    assert "\n" not in unreadable[0].reason
    assert cannot_be_read(unreadable) == f"1 run cannot be read: {unreadable[0].reason}"
    with pytest.raises(OutboxError):
        list(outbox.open(RUN).messages())
    assert outbox.purge(datetime.timedelta(days=10_000)).runs == ()
    with outbox.open(GOOD).sending() as journal:
        assert asyncio.run(journal.due()) == [1, 2, 3]
    assert outbox.purge(datetime.timedelta(0), unfinished=True).runs == (GOOD,)
    assert sealed_run(tmp_path, run="2026-09-03-0001").id == "2026-09-03-0001"
    assert next(iter(good.messages())).record == 1


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01T00:00:00+00:00", "2026-09-02T10:00:00"])
def test_a_journal_that_does_not_tell_the_time_stops_no_other_run(text: str, tmp_path: Path) -> None:
    run = sealed_run(tmp_path)
    sealed_run(tmp_path, run=GOOD)
    with run.sending() as journal:
        asyncio.run(journal.claim(1))
    run.recover()
    alter(run, f"UPDATE journal SET at = '{text}'")
    outbox = Outbox(tmp_path)
    assert outbox.purge(datetime.timedelta(0), unfinished=True).runs == (GOOD,)
    assert {summary.run for summary in outbox.runs()} == {RUN, GOOD}
    for read in (run.times, lambda: run.history(1)):
        with pytest.raises(OutboxError, match="the file is damaged; restore a copy from a backup, and whoever"):
            read()


@each_row("word", ["", "sent", "ACCEPTED", "accepted ", "\N{SNOWMAN}", "0"])
@each_row("record", [1, 3, 9])
def test_a_state_that_is_not_one_counts_as_unknown(word: str, record: int, tmp_path: Path) -> None:
    run = sealed_run(tmp_path, 5, excluded=[SealedExclusion(9, "Zoé", "z@x.example", "phoned")])
    alter(run, f"UPDATE message SET state = '{word}' WHERE record = {record}")
    counts = run.counts()
    assert sum(counts.values()) == 6
    assert counts[State.UNKNOWN] == 1
    (summary,) = Outbox(tmp_path).runs()
    assert summary.unknown == 1
    assert summary.messages + summary.excluded == 6
    assert sum(summary.counts().values()) == 6
    states = {each.record: each.state for each in run.messages()}
    assert states[record] is State.UNKNOWN
    assert len(states) == 6


def test_a_message_in_no_state_is_not_sent_before_a_person_decides(tmp_path: Path) -> None:
    run = sealed_run(tmp_path, 3)
    alter(run, "UPDATE message SET state = 'sent' WHERE record = 2")
    with run.sending() as journal:
        assert asyncio.run(journal.due()) == [1, 3]
        with pytest.raises(Blocked, match="WIR906: the journal already has the message as sent"):
            asyncio.run(journal.claim(2))
    run.resolve(2, accepted=False, by="C. Martin")
    assert run.counts()[State.PENDING] == 3
    entry = run.history(2)[-1]
    assert (entry.from_state, entry.to_state, entry.by) == (State.UNKNOWN, State.PENDING, "C. Martin")


def test_two_runs_that_cannot_be_read_are_both_named(tmp_path: Path) -> None:
    for name in ("2026-09-02-aaaa", "2026-09-02-bbbb"):
        (tmp_path / f"{name}.sqlite3").write_bytes(b"x" * 5000)
    unreadable = Outbox(tmp_path).listing().unreadable
    assert [each.run for each in unreadable] == ["2026-09-02-aaaa", "2026-09-02-bbbb"]
    assert cannot_be_read(unreadable).startswith("2 runs cannot be read: ")


def test_a_cut_that_is_not_a_list_shows_as_other_bytes(tmp_path: Path) -> None:
    run = sealed_run(tmp_path, [message(1, attachment=b"x" * 9000), message(2)])
    alter(run, "UPDATE content SET cuts = '[' WHERE record = 1")
    with pytest.raises(OutboxError, match="WIR904"):
        run.content(1)
    assert run.content(2).record == 2


@each_row("seed", range(60))
def test_octets_that_changed_end_in_one_line_or_in_numbers_that_add_up(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    run = sealed_run(tmp_path, 12, excluded=[SealedExclusion(20, "Zoé", "z@x.example", "phoned")])
    with run.sending() as journal:
        for record in (1, 2, 3):
            asyncio.run(journal.claim(record))
            asyncio.run(journal.settle(record, State.ACCEPTED, "250 Ok"))
    octets = bytearray(run.path.read_bytes())
    for _ in range(rng.choice([1, 3, 30])):
        octets[rng.randrange(len(octets))] ^= 1 << rng.randrange(8)
    run.path.write_bytes(octets)
    sealed_run(tmp_path, run=GOOD)
    outbox = Outbox(tmp_path)
    listing = outbox.listing()
    runs, unreadable = listing.runs, listing.unreadable
    assert {summary.run for summary in runs} | {each.run for each in unreadable} >= {GOOD}
    assert len(runs) + len(unreadable) == 2
    for summary in runs:
        assert sum(summary.counts().values()) == summary.messages + summary.excluded
    outbox.purge(datetime.timedelta(days=10_000))
    with suppress(MailmergeError):
        opened = outbox.open(RUN)
        assert sum(opened.counts().values()) >= len(list(opened.messages()))
        opened.times()
        opened.history(1)
        dict(opened.rows())
        list(opened.contents())


def connect_at_once(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        connection.execute("SELECT format FROM run").fetchone()


def test_a_run_that_another_process_writes_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE run (format INTEGER)")
        other.execute("BEGIN EXCLUSIVE")
        with (
            pytest.raises(FileBusy, match="written by another process: wait until it ends"),
            translate_errors(path, "read"),
        ):
            connect_at_once(path)
        told = incomparable({RUN: FileBusy("{path} is busy", path=path)})
        assert "set-aside" not in str(told)
        assert "backup" not in str(told)


def test_a_folder_in_the_place_of_a_run_is_no_faulty_disk(tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite3"
    path.mkdir()
    with pytest.raises(OutboxError, match="is a directory; move it elsewhere"), translate_errors(path, "read"):
        connect_at_once(path)
