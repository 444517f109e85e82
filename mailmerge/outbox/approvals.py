"""What was done about the approval of a run, in a table of the run that only grows."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from mailmerge.errors import OutboxError
from mailmerge.i18n import N_
from mailmerge.outbox.connection import damaged, moment, understood, writing
from mailmerge.outbox.digest import digest_of, has_facts
from mailmerge.outbox.states import now

if TYPE_CHECKING:
    from mailmerge.outbox.run import Run

_TABLE = """
CREATE TABLE IF NOT EXISTS approval (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*'),
    kind TEXT NOT NULL CHECK (kind <> ''), by TEXT NOT NULL, content TEXT NOT NULL CHECK (content GLOB '{*}')
) STRICT"""


class ApprovalKind(StrEnum):
    """What was done."""

    PACK = "pack"
    """A pack was written for somebody."""
    SIGNED = "signed"
    """A second person's program signed."""
    SPOKEN = "spoken"
    """A second person read out a code."""
    WAITING = "waiting"
    """The author began to wait for a second look of their own."""
    ALONE = "alone"
    """The author had a second look."""
    REFUSED = "refused"
    """A second person found something wrong."""
    USED = "used"
    """A sending began under an approval."""


class ApprovalEntry(Struct, frozen=True):
    """One thing that was done."""

    id: int
    at: datetime.datetime
    """UTC."""
    kind: ApprovalKind
    by: str
    content: Mapping[str, Any]


def read_entries(run: Run) -> list[ApprovalEntry]:
    """Everything, the oldest first.

    Raises:
        OutboxError: the run cannot be read.
    """
    with run.reading() as connection:
        if not _has_table(connection):
            return []
        rows = connection.execute("SELECT id, at, kind, by, content FROM approval ORDER BY id").fetchall()
    with understood(run.path):
        return [
            ApprovalEntry(number, moment(at), ApprovalKind(kind), by, json.loads(content))
            for number, at, kind, by, content in rows
        ]


def note_approval(
    run: Run, kind: ApprovalKind, by: str, content: Mapping[str, object], *, at: datetime.datetime | None = None
) -> None:
    """Write one thing down, with this moment if no other is given; durable when it returns.

    Raises:
        OutboxError: the run cannot be written.
    """
    if run.original:
        raise OutboxError(N_("{path} is a copy of run {run}: nothing is noted in it"), path=run.path, run=run.id)
    written_at = at.astimezone(datetime.UTC).isoformat(timespec="milliseconds") if at else now()
    with writing(run.path) as connection:
        connection.execute(_TABLE)
        connection.execute(
            "INSERT INTO approval (at, kind, by, content) VALUES (?, ?, ?, ?)",
            (written_at, kind, by, json.dumps(content, ensure_ascii=False)),
        )


def read_facts(run: Run) -> dict[str, str]:
    """The contents of the facts that were sealed with a run, by name; those that have none are not there.

    Raises:
        RunDamaged: one of them is not what was sealed.
        OutboxError: the run cannot be read.
    """
    with run.reading() as connection:
        if not has_facts(connection):
            return {}
        rows = connection.execute("SELECT name, value, content FROM fact WHERE content <> ''").fetchall()
    for _name, value, content in rows:
        if digest_of(content) != value:
            raise damaged(run.path)
    return {name: content for name, _value, content in rows}


def forget_reviews(connection: sqlite3.Connection) -> None:
    """Delete what could open a pack, or says something about a person; who approved, and when, stays."""
    if _has_table(connection):
        connection.execute("UPDATE approval SET content = '{}' WHERE kind IN ('pack', 'refused')")


def _has_table(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'approval'").fetchone() is not None
