"""Forget the people of a run that is old enough, and keep what proves what was done: digests, states, counts."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

from mailmerge.errors import OutboxError, RunBusy, RunDamaged
from mailmerge.outbox.afterwards import forget_reasons
from mailmerge.outbox.approvals import forget_reviews
from mailmerge.outbox.comparison.earlier import run_files
from mailmerge.outbox.comparison.traces import NO_WORDS, forget_traces, write_traces
from mailmerge.outbox.connection import (
    connect_writing,
    leave_log,
    moment,
    reading,
    transaction,
    translate_errors,
    understood,
)
from mailmerge.outbox.continuity import has_sendings, note, repair
from mailmerge.outbox.digest import has_facts
from mailmerge.outbox.key import make_key
from mailmerge.outbox.ledger import ASIDE, runs_folder
from mailmerge.outbox.listing import Unreadable
from mailmerge.outbox.opening import read_run
from mailmerge.outbox.run import Run
from mailmerge.outbox.schedule import scheduled
from mailmerge.outbox.schema import FORMAT, MEMORY_COLUMNS, MEMORY_TABLES
from mailmerge.outbox.states import now, recover
from mailmerge.text.regex import regex

RETENTION = datetime.timedelta(days=30)
"""How long after the last thing that happened to a run its bytes and personal fields are kept, unless set otherwise."""
REMEMBERED = datetime.timedelta(days=365)
"""How long after that the keyed digests of whom it wrote to are kept."""

_REPLY_CODES = regex(r"[2-5][0-9]{2}(?:[ -][245]\.[0-9]{1,3}\.[0-9]{1,3})?(?![0-9])")


class Purged(Struct, frozen=True):
    """What became of old runs."""

    runs: tuple[str, ...]
    """Purged now."""
    unfinished: tuple[str, ...]
    """Old enough, and kept: they have something left to send."""
    damaged: tuple[Unreadable, ...]
    """They cannot be purged, and may hold personal data."""


def purge_folder(folder: Path, older_than: datetime.timedelta, *, unfinished: bool) -> Purged:
    """As :meth:`Outbox.purge`."""
    purged, kept, damaged = [], [], []
    for path in (*run_files(folder), *run_files(folder / ASIDE)):
        try:
            run = read_run(path)
            if run.purged:
                forget(run, REMEMBERED)
            elif run.unfinished and not unfinished:
                if is_due(run, older_than):
                    kept.append(path.stem)
            elif purge(run, older_than):
                purged.append(path.stem)
        except RunBusy:
            continue
        except OutboxError as error:
            short = error.short if isinstance(error, RunDamaged) else error
            damaged.append(Unreadable(path.stem, str(short), path.parent.name == ASIDE))
    return Purged(tuple(purged), tuple(kept), tuple(damaged))


def is_due(run: Run, older_than: datetime.timedelta, *, today: datetime.datetime | None = None) -> bool:
    """Whether nothing has happened to a run for this long, counted from its time where it waits for one.

    Raises:
        OutboxError: the run cannot be read.
    """
    times = [last_change(run), *filter(None, (scheduled(run),))]
    return (today or datetime.datetime.now(datetime.UTC)) - max(times) >= older_than


def purge(run: Run, older_than: datetime.timedelta = RETENTION, *, today: datetime.datetime | None = None) -> bool:
    """Delete the bytes and personal fields of a run in which nothing has happened for ``older_than``.

    Names, addresses, replies (but their codes) and reasons go; record numbers, Message-IDs, digests, states, times,
    and who decided what stay, and the keyed digests by which later runs are compared. What was still to be sent can
    then only be sealed anew. Returns whether it was purged now.

    Raises:
        RunBusy: the run is being sent.
        OutboxError: the run cannot be written.
    """
    if run.purged_at() or not is_due(run, older_than, today=today):
        return False
    with run.exclusive(), closing(connect_writing(run.path)) as connection, translate_errors(run.path, "written"):
        connection.create_function("codes_only", 1, _codes_only, deterministic=True)
        connection.execute("PRAGMA secure_delete=ON")
        with transaction(connection):
            repair(connection, run.path)
            recover(connection)
            if run.format == 1 and not run.test:
                _remember(run, connection)
            connection.execute("DELETE FROM content")
            connection.execute("DELETE FROM piece")
            connection.execute("DELETE FROM row")
            connection.execute("UPDATE message SET name = '', forward_path = '', reply = codes_only(reply)")
            connection.execute("UPDATE journal SET reply = codes_only(reply)")
            connection.execute("UPDATE run SET purged = ?", (now(),))
            forget_reasons(connection)
            if has_sendings(connection):
                connection.execute("UPDATE sending SET place = ''")
            if has_facts(connection):
                connection.execute("UPDATE fact SET content = ''")
            forget_reviews(connection)
        with suppress(sqlite3.Error):  # the bytes are overwritten already; this only gives the room back
            connection.execute("VACUUM")
        leave_log(connection)
        note(connection, run.path)
    return True


def forget(run: Run, older_than: datetime.timedelta) -> bool:
    """Delete also the keyed digests of a purged run in which nothing has happened for ``older_than``.

    Raises:
        RunBusy, OutboxError: as :func:`purge`.
    """
    if not run.memory_key or datetime.datetime.now(datetime.UTC) - last_change(run) < older_than:
        return False
    with run.exclusive(), closing(connect_writing(run.path)) as connection, translate_errors(run.path, "written"):
        connection.execute("PRAGMA secure_delete=ON")
        with transaction(connection):
            forget_traces(connection)
        leave_log(connection)
    return True


def _remember(run: Run, connection: sqlite3.Connection) -> None:
    """Give a run of format 1 the keyed digests of its people; of its letters, only the names are known.

    Raises:
        OutboxError: there is no key to make them with.
    """
    key = make_key(runs_folder(run.path))
    rows = connection.execute("SELECT record, forward_path FROM message WHERE message_id IS NOT NULL").fetchall()
    for statement in f"{MEMORY_COLUMNS}{MEMORY_TABLES}".split(";"):
        connection.execute(statement)
    letters = key.named_letters(run.campaign, run.letter)
    records = [record for record, _address in rows]
    mailboxes = b"".join(key.mailbox(address) for _record, address in rows)
    write_traces(connection, letters, records, mailboxes, NO_WORDS * len(rows), [0] * len(rows))
    connection.execute("UPDATE run SET format = ?, memory_key = ?", (FORMAT, key.id))


def last_change(run: Run) -> datetime.datetime:
    """When something last happened to the run; when it was sealed where nothing did.

    Raises:
        OutboxError: the run cannot be read.
    """
    with reading(run.path) as connection:
        row = connection.execute("SELECT at FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    with understood(run.path):
        return moment(row[0]) if row else run.created


def _codes_only(reply: str) -> str:
    found = _REPLY_CODES.match(reply)
    return found[0] if found else ""
