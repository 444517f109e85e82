"""A run is whole or is not there, and what is in it is exactly what was sealed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import stat
import time
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outbox_cases import CREATED, RUN, SENDER, alter, message, sealed_run

from mailmerge.errors import Blocked, OutboxError, Reason, RenderFailed, RunUnknown, UsageError
from mailmerge.model import State
from mailmerge.outbox import Outbox, RunHeader, SealedExclusion, new_run_id, root_lines
from mailmerge.outbox.pieces import PieceReader, PieceWriter


def test_the_bytes_and_the_envelope_come_back_exactly(tmp_path: Path):
    sealed = [message(1), message(2, attachment=os.urandom(20_000)), message(3, padding=9_000)]
    run = sealed_run(tmp_path, sealed)
    assert [run.content(n) for n in (1, 2, 3)] == sealed
    assert list(run.contents()) == sealed


async def test_a_folder_with_an_odd_name_is_no_trouble(tmp_path: Path):
    name = "Société #1 100% & Cie" if os.name == "nt" else "Société #1 100% ?mode=memory & Cie"
    run = sealed_run(tmp_path / name)
    with run.sending() as journal:
        await journal.claim(1)
    assert run.counts()[State.SUBMITTING] == 1


def test_a_run_says_what_it_was_made_of(tmp_path: Path):
    run = sealed_run(tmp_path)
    opened = Outbox(tmp_path).open(RUN)
    assert opened == run
    assert (opened.id, opened.created, opened.campaign, opened.account) == (RUN, CREATED, "septembre", "rh")
    assert (opened.table, opened.letter, opened.senders) == ("candidats.csv", "refus.fr.md", (SENDER,))
    assert opened.purged == ""


def _digest(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def test_the_root_digest_can_be_computed_again_by_hand(tmp_path: Path):
    run = sealed_run(tmp_path, excluded=[SealedExclusion(9, "Léa", "lea@boite.example", "has withdrawn")])
    lines = [
        "mailmerge-run/1",
        f"reverse-paths {_digest(f'{SENDER}{chr(10)}' * 3)}",
        f"run {RUN}",
        f"senders {_digest(json.dumps([SENDER]))}",
        f"table {_digest('[]')}",
        f"waivers sha256:{'d' * 64}",
        *(f"{m.record} {m.envelope.forward_path} {m.sha256}" for m in map(message, (1, 2, 3))),
    ]
    assert run.sealed == _digest("".join(f"{line}\n" for line in lines))


def test_a_run_that_an_older_program_sealed_keeps_its_own_digest_and_is_still_sent(tmp_path: Path):
    run = sealed_run(tmp_path)
    lines: list[list[object]] = [[RUN, [SENDER], "d" * 64]]
    lines += [[m.record, SENDER, m.envelope.forward_path, m.sha256] for m in map(message, (1, 2, 3))]
    text = "".join(json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n" for line in lines)
    alter(run, "DROP TABLE fact")
    alter(run, f"UPDATE run SET sealed = '{_digest(text)}'")
    older = Outbox(tmp_path).open(RUN)
    assert older.leave_out_written() == []
    assert older.sealed_facts() == {}


@pytest.mark.parametrize(
    "odd", ["a b@x.example", "a%b@x.example", "é@x.example", "a\nb@x.example", "a\u2028b@x.example"]
)
def test_no_address_can_pass_for_another_line_of_the_root(odd: str):
    lines = list(root_lines({"run": f"r\n1 {odd}"}, [(1, odd, "0" * 64)]))
    assert len(lines) == 3
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert lines[2].count(" ") == 2
    assert unquote(lines[2].split(" ")[1]) == odd


def test_the_root_digest_does_not_depend_on_the_order_of_sealing(tmp_path: Path):
    forwards = sealed_run(tmp_path / "a", [message(1), message(2)])
    backwards = sealed_run(tmp_path / "b", [message(2), message(1)])
    assert forwards.sealed == backwards.sealed
    assert [m.record for m in backwards.messages()] == [1, 2]


def test_people_left_out_are_kept_with_the_reason_and_never_due(tmp_path: Path):
    run = sealed_run(tmp_path, 2, excluded=[SealedExclusion(9, "Léa Durand", "lea@boite.example", "has withdrawn")])
    *_, last = run.messages()
    assert (last.record, last.state, last.reply, last.message_id) == (9, State.EXCLUDED, "has withdrawn", "")
    assert run.counts()[State.PENDING] == 2
    assert run.counts()[State.EXCLUDED] == 1
    with pytest.raises(UsageError, match="no message of record 9"):
        run.content(9)


def test_a_large_attachment_that_all_share_is_stored_once(tmp_path: Path):
    shared = os.urandom(300_000)
    run = sealed_run(tmp_path, [message(n, attachment=shared) for n in range(1, 21)])
    assert run.path.stat().st_size < 600_000
    assert run.content(20) == message(20, attachment=shared)


def test_attachments_of_one_size_and_different_bytes_are_told_apart(tmp_path: Path):
    sealed = [message(n, attachment=bytes([n]) * 9_000) for n in range(1, 60)]
    assert list(sealed_run(tmp_path, sealed).contents()) == sealed


@given(
    st.lists(
        st.lists(st.sampled_from([b"\r\n--", b"\r\n\r\n", b"\r\n", b"--", b"x" * 4096, b"y" * 5000, b"\0"])).map(
            b"".join
        )
    )
)
def test_whatever_the_bytes_are_taking_them_apart_loses_nothing(contents: list[bytes]):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE piece (id INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, content BLOB)")
    writer, reader = PieceWriter(connection), PieceReader(connection)
    apart = [writer.take_apart(content) for content in contents]
    assert [reader.put_together(own, cuts) for own, cuts in apart] == contents
    connection.close()


def test_a_message_that_the_gate_refuses_leaves_nothing_behind(tmp_path: Path):
    good = message(1)
    changed = message(2, address="autre@boite.example")
    crossed = type(good)(2, "", good.envelope, changed.message_id, changed.content, changed.sha256)
    with pytest.raises(Blocked, match="WIR901"):
        sealed_run(tmp_path, [good, crossed])
    assert list(tmp_path.iterdir()) == []


def test_a_letter_that_fails_half_way_leaves_nothing_behind(tmp_path: Path):
    def messages():
        yield message(1)
        raise RenderFailed(Reason("no-salary", "no salary"))

    with pytest.raises(RenderFailed):
        sealed_run(tmp_path, messages())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("messages", "excluded", "said"),
    [
        ([message(1), message(1, message_id="<other@atelier.example>")], [], "record 1 appears twice"),
        ([message(1), message(2, message_id=message(1).message_id)], [], "Message-ID <2026-09-02-7f3a.1@"),
        ([message(1)], [SealedExclusion(1, "", "", "why")], "record 1 appears twice"),
        ([], [], "no message to seal"),
    ],
)
def test_a_run_that_is_not_one_to_one_is_refused(tmp_path: Path, messages, excluded, said: str):
    with pytest.raises(Blocked, match=said):
        sealed_run(tmp_path, messages, excluded=excluded)
    assert list(tmp_path.iterdir()) == []


def test_a_couple_may_share_one_mailbox(tmp_path: Path):
    run = sealed_run(tmp_path, [message(n, address="couple@boite.example") for n in (1, 2)])
    assert run.counts()[State.PENDING] == 2


def test_a_name_that_is_taken_is_refused_and_the_run_stays(tmp_path: Path):
    run = sealed_run(tmp_path, 2)
    with pytest.raises(OutboxError, match="exists already"):
        sealed_run(tmp_path, 5)
    assert run.counts()[State.PENDING] == 2
    assert [path.name for path in tmp_path.iterdir()] == [f"{RUN}.sqlite3"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_nobody_else_may_read_a_run(tmp_path: Path):
    folder = tmp_path / "runs"
    run = sealed_run(folder)
    with run.sending():
        modes = {path.suffix: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert set(modes) >= {".sqlite3", ".sqlite3-wal", ".lock", ".ballast"}
    assert set(modes.values()) == {0o600}


def test_what_a_killed_sealing_left_is_cleared_away_a_day_later(tmp_path: Path):
    old, young = tmp_path / ".a.x.sealing", tmp_path / ".b.x.sealing"
    old.touch()
    young.touch()
    os.utime(old, (time.time() - 90_000,) * 2)
    sealed_run(tmp_path)
    assert not old.exists()
    assert young.exists()


def test_runs_are_listed_newest_first_with_their_counts(tmp_path: Path):
    sealed_run(tmp_path, 2, run="2026-09-02-000a", excluded=[SealedExclusion(9, "", "", "why")])
    newer = Outbox(tmp_path).seal(
        RunHeader(
            run="2026-09-01-ffff", created=CREATED.replace(day=3), campaign="octobre", account="rh", senders=[SENDER]
        ),
        [message(1)],
    )
    listed = Outbox(tmp_path).runs()
    assert [summary.run for summary in listed] == [newer.id, "2026-09-02-000a"]
    assert (listed[1].messages, listed[1].pending, listed[1].excluded) == (2, 2, 1)
    assert listed[1].counts() == {**dict.fromkeys(State, 0), State.PENDING: 2, State.EXCLUDED: 1}


def test_a_folder_that_is_not_there_has_no_runs_and_is_not_made(tmp_path: Path):
    outbox = Outbox(tmp_path / "runs")
    assert outbox.runs() == []
    with pytest.raises(RunUnknown, match="mailmerge runs"):
        outbox.open("2026-09-02-7f3a")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../secret", "", "a/b", "..", "x" * 300, "a\0b", "é"])
def test_a_hostile_name_is_an_unknown_run(tmp_path: Path, name: str):
    with pytest.raises(RunUnknown):
        Outbox(tmp_path).open(name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 200, "truncated", "overwritten"])
def test_a_damaged_file_is_one_clear_line_and_does_not_hide_the_others(tmp_path: Path, content: bytes | str):
    run = sealed_run(tmp_path, 50)
    sealed_run(tmp_path, run="2026-09-02-good")
    whole = run.path.read_bytes()
    if content == "truncated":
        content = whole[: len(whole) // 3]
    elif content == "overwritten":
        content = whole[:100] + b"\xa5" * (len(whole) - 100)
    assert isinstance(content, bytes)
    run.path.write_bytes(content)
    outbox = Outbox(tmp_path)
    with pytest.raises(OutboxError) as told:
        list(outbox.open(RUN).messages())
    assert "\n" not in str(told.value)
    assert str(run.path) in str(told.value)
    assert [summary.run for summary in outbox.runs()] == ["2026-09-02-good"]
    assert len(outbox.listing().unreadable) == 1


def test_a_run_of_a_newer_program_is_refused(tmp_path: Path):
    run = sealed_run(tmp_path)
    alter(run, "UPDATE run SET format = 3")
    with pytest.raises(OutboxError, match="newer mailmerge"):
        Outbox(tmp_path).open(RUN)


def test_a_new_name_is_the_day_and_four_digits():
    assert re.fullmatch(r"2026-09-02-[0-9a-f]{4}", new_run_id(CREATED))
