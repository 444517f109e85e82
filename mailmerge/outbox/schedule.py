"""When a sealed run is to be sent: kept in the run itself, so that it outlives the program that waits for it."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing

from mailmerge.outbox.connection import connect_writing, leave_log, moment, transaction, translate_errors, understood
from mailmerge.outbox.sealed_run import SealedRun

_TABLE = "CREATE TABLE IF NOT EXISTS schedule (at TEXT NOT NULL) STRICT"
"""At most one row; a run that was never scheduled has no such table."""


def schedule(run: SealedRun, at: datetime.datetime | None) -> None:
    """Say when a run is to be sent, or with None that it is called off.

    Raises:
        RunBusy: it is being sent.
        OutboxError: it cannot be written.
    """
    with run.exclusive(), translate_errors(run.path, "written"), closing(connect_writing(run.path)) as connection:
        try:
            with transaction(connection):
                connection.execute(_TABLE)
                connection.execute("DELETE FROM schedule")
                if at is not None:
                    connection.execute("INSERT INTO schedule (at) VALUES (?)", (at.isoformat(),))
        finally:
            leave_log(connection)


def unschedule(connection: sqlite3.Connection) -> None:
    """A sending begins: nothing is waited for any more. Call in a transaction."""
    if _has_schedule(connection):
        connection.execute("DELETE FROM schedule")


def scheduled(run: SealedRun) -> datetime.datetime | None:
    """When a run is to be sent; None where nobody has said.

    Raises:
        OutboxError: it cannot be read.
    """
    with run.reading() as connection:
        row = connection.execute("SELECT at FROM schedule").fetchone() if _has_schedule(connection) else None
    if row is None:
        return None
    with understood(run.path):
        return moment(row[0])


def _has_schedule(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'schedule'").fetchone() is not None
