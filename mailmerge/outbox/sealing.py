"""Sealing: a batch of messages becomes a run, whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from uuid import uuid4

import msgspec
from msgspec import Struct

from mailmerge.errors import Blocked, OutboxError, Reason
from mailmerge.files.home import private_directory
from mailmerge.i18n import N_
from mailmerge.lint import gate
from mailmerge.model import SealedMessage, State
from mailmerge.outbox.comparison.traces import Marks, Remembering, TraceWriter
from mailmerge.outbox.connection import translate_errors
from mailmerge.outbox.digest import FACT_TABLE, SealedFact, sealed_root
from mailmerge.outbox.ledger import Ledger
from mailmerge.outbox.pieces import PieceWriter
from mailmerge.outbox.schema import FORMAT, INDEXES, MEMORY_TABLES, SENDING_TABLE, TABLES

_UNFINISHED = ".sealing"
_A_DAY = 86_400.0
_RECORD_TWICE = N_("record {record} appears twice (XRC407): nothing was sealed")
_ID_TWICE = N_("the Message-ID {id} appears twice (XRC407): nothing was sealed")


class SealedExclusion(Struct, frozen=True):
    """A person whom the run does not write to, and why."""

    record: int
    name: str
    address: str
    reason: str


class RunHeader(Struct, frozen=True, kw_only=True):
    """What a run says about itself."""

    run: str
    """Its name: letters, digits and hyphens."""
    created: datetime.datetime
    """With a time zone."""
    campaign: str
    account: str
    senders: Sequence[str]
    """The addresses that may stand in From and Reply-To."""
    waivers_digest: str = ""
    table: str = ""
    """The name of its file."""
    letter: str = ""
    """Likewise, of several with commas between."""
    headers: Sequence[str] = ()
    """Those of the table."""
    test: bool = False
    """Whether it is a message to oneself, which later runs never count."""


def seal(
    path: Path,
    header: RunHeader,
    messages: Iterable[SealedMessage],
    *,
    excluded: Iterable[SealedExclusion],
    rows: Iterable[tuple[int, Sequence[str]]],
    remembering: Remembering | None,
    facts: Callable[[], Iterable[SealedFact]],
) -> None:
    """As :meth:`Outbox.seal`; the run is in the file."""
    private_directory(path.parent)
    home, place = Ledger.of(path).name_home()
    with translate_errors(path, "written"):
        _delete_abandoned(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{header.run}.", suffix=_UNFINISHED)
        os.close(handle)
        unfinished = Path(name)
        try:
            with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
                _begin(connection)
                people = _write_messages(connection, messages, header.senders, remembering)
                people += _write_excluded(connection, excluded)
                table = _write_rows(connection, header.headers, rows)
                connection.executemany("INSERT INTO fact VALUES (?, ?, ?)", [SealedFact("table", table), *facts()])
                _write_header(connection, header, remembering, people)
                connection.execute(
                    "INSERT INTO sending (kind, nonce, home, place, began, ended) VALUES ('sealed', ?, ?, ?, ?, ?)",
                    (uuid4().hex, home, place, header.created.isoformat(), header.created.isoformat()),
                )
                connection.execute("COMMIT")
            _put_in_place(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)


def _write_rows(
    connection: sqlite3.Connection, headers: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]
) -> str:
    """Write the table as it was; returns the digest of it: its headers, then its rows in their order, as JSON."""
    digest = hashlib.sha256(_json(list(headers)).encode())

    def each() -> Iterator[tuple[int, str]]:
        for record, cells in rows:
            text = _json(list(cells))
            digest.update(f"\n{record} {text}".encode())
            yield record, text

    connection.executemany("INSERT INTO row VALUES (?, ?)", each())
    return f"sha256:{digest.hexdigest()}"


def _write_header(
    connection: sqlite3.Connection, header: RunHeader, remembering: Remembering | None, people: int
) -> None:
    again = "" if remembering is None or remembering.again is None else _json(remembering.again)
    sealed = sealed_root(connection, header.run, header.senders, header.waivers_digest, again=again)
    values = {
        "id": header.run,
        "format": FORMAT,
        "created": header.created.isoformat(),
        "campaign": header.campaign,
        "account": header.account,
        "table_file": header.table,
        "letter_file": header.letter,
        "senders": _json(list(header.senders)),
        "waivers_digest": header.waivers_digest,
        "sealed": sealed,
        "headers": _json(list(header.headers)),
        "memory_key": remembering.key.id if remembering else "",
        "campaign_key": remembering.campaign if remembering else b"",
        "again": again,
        "test": int(header.test),
        "people": people,
    }
    places = ", ".join(f":{name}" for name in values)
    connection.execute(f"INSERT INTO run ({', '.join(values)}) VALUES ({places})", values)  # noqa: S608  (names of ours)


def _delete_abandoned(folder: Path) -> None:
    """Delete what a sealing that was killed a day ago or earlier left."""
    for path in folder.glob(f".*{_UNFINISHED}"):
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - _A_DAY:
                path.unlink()


def _json(value: Sequence[str] | Marks) -> str:
    return msgspec.json.encode(value).decode()


def _begin(connection: sqlite3.Connection) -> None:
    """The tables, in one transaction that needs no log: an unfinished file is thrown away."""
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    for statement in f"{TABLES}{SENDING_TABLE};{FACT_TABLE};{MEMORY_TABLES}{INDEXES}".split(";"):
        connection.execute(statement)


def _write_messages(
    connection: sqlite3.Connection,
    messages: Iterable[SealedMessage],
    senders: Collection[str],
    remembering: Remembering | None,
) -> int:
    """Write them all; returns how many there are."""
    pieces = PieceWriter(connection)
    traces = TraceWriter(remembering) if remembering else None
    count = 0
    for message in messages:
        gate(message, senders=senders)
        own, cuts = pieces.take_apart(message.content)
        envelope = message.envelope
        _insert_once(
            connection,
            message.record,
            (message.name, envelope.reverse_path, envelope.forward_path, message.message_id, message.sha256),
            State.PENDING,
        )
        connection.execute("INSERT INTO content VALUES (?, ?, ?)", (message.record, own, cuts))
        if traces:
            traces.add(message.record, envelope.forward_path)
        count += 1
    if traces:
        traces.write(connection)
    if not count:
        raise Blocked(Reason("nobody-left", N_("there is no message to seal: there are no recipients left")))
    return count


def _write_excluded(connection: sqlite3.Connection, excluded: Iterable[SealedExclusion]) -> int:
    count = 0
    for person in excluded:
        fields = (person.name, "", person.address, None, "")
        _insert_once(connection, person.record, fields, State.EXCLUDED, person.reason)
        count += 1
    return count


def _insert_once(
    connection: sqlite3.Connection,
    record: int,
    fields: tuple[str, str, str, str | None, str],
    state: State,
    reply: str = "",
) -> None:
    try:
        connection.execute("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)", (record, *fields, state, reply))
    except sqlite3.IntegrityError:
        known = connection.execute("SELECT 1 FROM message WHERE record = ?", (record,)).fetchone()
        kind, clause = ("record-twice", _RECORD_TWICE) if known else ("id-twice", _ID_TWICE)
        values: dict[str, str | int] = {"record": record, "id": str(fields[3])}
        raise Blocked(Reason(kind, clause, values), rule="XRC407", kind=kind, **values) from None


def _put_in_place(unfinished: Path, path: Path) -> None:
    """Make the run appear, whole and on the disk, under a name that was free."""
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    if path.exists():
        raise OutboxError(N_("a run called {run} exists already: seal again"), run=path.stem)
    unfinished.replace(path)
    with suppress(OSError):  # Windows cannot sync a folder, and does not need to
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
