"""A run that an earlier version sealed is read as it was: what is computed over its file never changes."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from outbox_cases import RUN, damage, sealed_run
from written_cases import as_format_1, sealed

from mailmerge.model import State
from mailmerge.outbox import Outbox


def test_a_run_that_does_not_say_how_many_people_it_has_is_read(tmp_path: Path) -> None:
    damage(sealed_run(tmp_path, 3).path, "ALTER TABLE run DROP COLUMN people")
    run = Outbox(tmp_path).open(RUN)
    assert run.people == 0
    assert [each.record for each in run.messages()] == [1, 2, 3]
    assert run.counts()[State.PENDING] == 3


def test_a_run_of_the_first_version_is_read_as_one(tmp_path: Path) -> None:
    as_format_1(sealed_run(tmp_path, 3))
    run = Outbox(tmp_path).open(RUN)
    assert (run.format, run.memory_key, run.campaign_key, run.again, run.test) == (1, "", b"", "", False)
    assert [each.record for each in run.messages()] == [1, 2, 3]


def test_what_a_run_remembers_has_the_digest_that_earlier_versions_wrote(tmp_path: Path) -> None:
    """Each part behind its length in eight octets, the most significant first."""
    run = sealed(Outbox(tmp_path / "runs"), tmp_path / "campaign", ["ana@mail.example", "jo@mail.example"])
    with closing(sqlite3.connect(run.path)) as connection:
        *fields, told = connection.execute("SELECT records, mailboxes, words, letters, sha256 FROM memory").fetchone()
        ((_id, *letter),) = connection.execute("SELECT * FROM letter").fetchall()
    parts = [*fields, *letter]
    assert hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).digest() == told
