"""The schema itself refuses what cannot be: a fault of the program ends in an error, not in a record that lies."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from outbox_cases import sealed_run

from mailmerge.model import State
from mailmerge.outbox import SealedExclusion
from mailmerge.outbox.states import EntryKind

NO_STATES = ("", "sent", "ACCEPTED", "accepted ", "delivered", "0")
NO_DATES = ("", "yesterday", "2026", "12:00", "02/09/2026 10:00")
IMPOSSIBLE = [
    *(("message", "state", word) for word in NO_STATES),
    *(("journal", "from_state", word) for word in NO_STATES),
    *(("journal", "to_state", word) for word in NO_STATES),
    *(("journal", "kind", word) for word in ("", "Attempt", "sent")),
    *(("journal", "at", word) for word in NO_DATES),
    *(("run", "created", word) for word in NO_DATES),
    *(("run", "purged", word) for word in NO_DATES if word),
    *(("run", column, word) for column in ("senders", "headers") for word in ("", "{}", "null", '"x"')),
    *(("run", column, -1) for column in ("format", "people", "test")),
    *(("sending", "kind", word) for word in ("", "begun")),
    *(("sending", column, word) for column in ("began",) for word in NO_DATES),
    ("run", "sealed", "md5:0"),
    ("run", "id", ""),
    ("message", "attempts", -1),
    ("message", "message_id", None),
    ("journal", "attempt", -1),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    run = sealed_run(tmp_path, 3, excluded=[SealedExclusion(9, "Zoé", "z@x.example", "phoned")])
    with run.sending():
        pass
    with closing(sqlite3.connect(run.path)) as connection, connection:
        connection.execute(
            "INSERT INTO journal (at, record, attempt, kind, from_state, to_state, reply, by)"
            " VALUES ('2026-09-02T10:00:00+00:00', 1, 1, 'attempt', 'pending', 'submitting', '', '')"
        )
    return run.path


@pytest.mark.parametrize(("table", "column", "value"), IMPOSSIBLE)
def test_what_cannot_be_cannot_be_written(table: str, column: str, value: object, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError), connection:
        connection.execute(f"UPDATE {table} SET {column} = ?", (value,))


@pytest.mark.parametrize("state", State)
def test_every_state_and_kind_can_be_written(state: State, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE message SET state = ? WHERE record = 1", (state,))
        connection.execute("UPDATE journal SET from_state = ?, to_state = ?", (state, state))
        for kind in EntryKind:
            connection.execute("UPDATE journal SET kind = ?", (kind,))
