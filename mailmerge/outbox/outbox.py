"""The folder of runs: sealing a batch of messages whole or not at all, and finding runs again."""

from __future__ import annotations

import datetime
import os
import re
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import msgspec

from mailmerge.errors import Blocked, OutboxError, RunUnknown
from mailmerge.home import private_directory
from mailmerge.lint import gate
from mailmerge.model import SealedMessage, State
from mailmerge.outbox.comparing import compare, comparing_key, incomparable
from mailmerge.outbox.earlier import SUFFIX, marks_of, read_earlier, run_files
from mailmerge.outbox.key import Key, make_key
from mailmerge.outbox.pieces import PieceWriter
from mailmerge.outbox.purge import REMEMBERED, RETENTION, forget, purge
from mailmerge.outbox.run import DIGESTED, Run, read_run, root_digest, run_locked
from mailmerge.outbox.schema import FORMAT, INDEXES, MEMORY_TABLES, TABLES, told_plainly
from mailmerge.outbox.traces import Marks, Remembering, TraceWriter
from mailmerge.outbox.written import Comparison, Intended
from mailmerge.text import plural

_UNFINISHED = ".sealing"
_ASIDE = "set-aside"
_A_DAY = 86_400.0
_RUN_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A person whom the run does not write to, and why."""

    record: int
    name: str
    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One line of the list of runs, as ``mailmerge runs --json`` has it."""

    run: str
    created: str
    """ISO 8601, with its time zone."""
    campaign: str
    account: str
    messages: int
    """People excluded are not counted."""
    accepted: int
    rejected: int
    deferred: int
    unknown: int
    pending: int
    submitting: int
    """In flight; after a crash, what the next sender finds unknown."""
    excluded: int
    purged: str
    """When bytes and personal fields were deleted; empty while they are there."""

    def counts(self) -> dict[State, int]:
        """How many messages are in each state; every state is there."""
        return {state: getattr(self, state) for state in State}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A run that cannot be read."""

    run: str
    """As its file is called."""
    reason: str
    """One line: which file, why, and what to do."""


def cannot_be_read(unreadable: Sequence[Unreadable]) -> str:
    """Every run that cannot be read, and why, in one line."""
    several = plural(len(unreadable), "{count} run cannot be read", "{count} runs cannot be read")
    return f"{several}: {'; '.join(each.reason for each in unreadable)}"


class Outbox:
    """All runs of one folder, each a file of its own: ``RUN.sqlite3``."""

    def __init__(self, folder: Path):
        self.folder = folder

    def seal(
        self,
        *,
        run: str,
        created: datetime.datetime,
        campaign: str,
        account: str,
        senders: Sequence[str],
        messages: Iterable[SealedMessage],
        excluded: Iterable[Exclusion] = (),
        waivers_digest: str = "",
        table: str = "",
        letter: str = "",
        headers: Sequence[str] = (),
        rows: Iterable[tuple[int, Sequence[str]]] = (),
        remembering: Remembering | None = None,
        test: bool = False,
    ) -> Run:
        """Freeze messages as a run. Every one passes the last gate; nothing is left behind where one does not.

        ``senders`` are the addresses that may stand in From and Reply-To; ``table`` and ``letter`` file names;
        ``created`` has a time zone. ``headers`` and ``rows`` (by record number) are the table as it was, so that the
        people who are left can be written out later in its own columns; they are deleted with the bytes.
        ``remembering`` says what the run is to know about its people for later runs; without it, nothing. ``test``
        marks a message to oneself, which later runs never count.

        Raises:
            Blocked: the gate refuses a message, a record or a Message-ID comes twice (XRC407), or there is no message.
            OutboxError: the run cannot be written, or its name is taken.
        """
        if not _RUN_ID.fullmatch(run):
            raise OutboxError(f'"{run}" cannot name a run: letters, digits and hyphens only')
        path = self._path(run)
        private_directory(self.folder)
        with told_plainly(path, "written"):
            self._clear_away()
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=f".{run}.", suffix=_UNFINISHED)
            os.close(handle)
            unfinished = Path(name)
            try:
                with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
                    _begin(connection)
                    _write_messages(connection, messages, senders, remembering)
                    _write_excluded(connection, excluded)
                    connection.executemany(
                        "INSERT INTO row VALUES (?, ?)", ((record, _json(list(cells))) for record, cells in rows)
                    )
                    again = "" if remembering is None or remembering.again is None else _json(remembering.again)
                    sealed = root_digest(run, senders, waivers_digest, connection.execute(DIGESTED), again=again)
                    connection.execute(
                        "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?)",
                        (
                            *(run, FORMAT, created.isoformat(), campaign, account, table, letter),
                            *(_json(list(senders)), waivers_digest, sealed, _json(list(headers))),
                            *(remembering.key.id if remembering else "", remembering.campaign if remembering else b""),
                            *(again, int(test)),
                        ),
                    )
                    connection.execute("COMMIT")
                _put_in_place(unfinished, path)
            finally:
                unfinished.unlink(missing_ok=True)
        return read_run(path)

    def read_all(self) -> tuple[list[RunSummary], list[Unreadable]]:
        """All runs that can be read, newest first, and the files that cannot.

        Raises:
            OutboxError: the folder cannot be read.
        """
        runs, unreadable = [], []
        for path in self._paths():
            try:
                run = read_run(path)
                runs.append((run.created, run.id, _summary(run)))
            except OutboxError as error:
                reason = str(error).replace(f"{path} cannot be read: ", f"{path}: ", 1)  # said once, of all of them
                unreadable.append(Unreadable(path.stem, reason))
        newest_first = sorted(runs, key=itemgetter(0, 1), reverse=True)
        return [summary for _created, _id, summary in newest_first], unreadable

    def free_name(self, now: datetime.datetime) -> str:
        """A name for a new run that no run here has."""
        for _try in range(100):
            if not self._path(name := new_run_id(now)).exists():
                return name
        return f"{new_run_id(now)}{secrets.token_hex(6)}"

    def runs(self) -> list[RunSummary]:
        """All runs that can be read, newest first; :meth:`damaged` names the others.

        Raises:
            OutboxError: the folder cannot be read.
        """
        return self.read_all()[0]

    def purge(self, older_than: datetime.timedelta = RETENTION, *, unfinished: bool = False) -> list[str]:
        """Purge every run in which nothing has happened for so long; returns the names of those purged now.

        A run with something left to send is only purged with ``unfinished``; one that is being sent, or that cannot be
        read or written, is left for the next time. What was purged a year ago forgets its digests of people too.
        """
        purged = []
        for path in self._paths():
            with suppress(OutboxError):
                run = read_run(path)
                if run.purged:
                    forget(run, REMEMBERED)
                elif (unfinished or not run.unfinished) and purge(run, older_than):
                    purged.append(run.id)
        return purged

    def damaged(self) -> list[Unreadable]:
        """The files that cannot be read as a run, and why.

        Raises:
            OutboxError: the folder cannot be read.
        """
        return self.read_all()[1]

    # --- whom earlier runs have written to -----------------------------------------------------------------------

    def compare(self, people: Callable[[Key], Intended]) -> Comparison:
        """Who of the people about to be written to has the same letter from an earlier run; nothing is written.

        Raises:
            RunsIncomparable: an earlier run cannot say whom it has written to.
        """
        return compare(self.folder, people)

    def key(self, *, again: bool = False) -> tuple[Key, Marks]:
        """The key to seal with, made where there is none; and what is known of the earlier runs now.

        Raises:
            RunsIncomparable: an earlier run cannot be compared, and it was not decided to write to everybody
                ``again``.
            OutboxError: the key cannot be made.
        """
        earlier, problems = read_earlier(self.folder)
        if not again:
            if problems:
                raise incomparable(problems)
            comparing_key(self.folder, earlier)
        key = make_key(self.folder, set_damaged_aside=again)
        return key, marks_of(earlier, problems, key)

    def set_aside(self, run_id: str) -> Path:
        """Move a run out of the way, whole, where no comparison and no list finds it; returns its new place.

        Raises:
            RunUnknown: there is none of this name.
            RunBusy: it is being sent.
            OutboxError: it cannot be moved; it is where it was.
        """
        path = next((path for path in self._paths() if path.stem == run_id), None)  # whatever its name
        if path is None:
            raise RunUnknown(f'no run is called "{run_id}": `mailmerge runs` lists them')
        with run_locked(path), told_plainly(path, "moved"):
            folder = private_directory(self.folder / _ASIDE)
            target = folder / path.name
            if target.exists():
                raise OutboxError(f"{target} exists already: move it elsewhere first")
            for end in ("-wal", "-shm", ""):  # the log first: a run is never found without it
                if (part := path.with_name(f"{path.name}{end}")).exists():
                    part.replace(folder / part.name)
        return target

    def open(self, run_id: str) -> Run:
        """A run, for reading; nothing is made or changed.

        Raises:
            RunUnknown: there is none of this name.
            OutboxError: it cannot be read.
        """
        return read_run(self._known(run_id))

    def _known(self, run_id: str) -> Path:
        if not _RUN_ID.fullmatch(run_id) or not self._path(run_id).exists():
            raise RunUnknown(f'no run is called "{run_id}": `mailmerge runs` lists them')
        return self._path(run_id)

    def _clear_away(self) -> None:
        """Delete what a sealing that was killed a day ago or earlier left."""
        for path in self.folder.glob(f".*{_UNFINISHED}"):
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - _A_DAY:
                    path.unlink()

    def _path(self, run: str) -> Path:
        return self.folder / f"{run}{SUFFIX}"

    def _paths(self) -> list[Path]:
        return run_files(self.folder)


def new_run_id(now: datetime.datetime) -> str:
    """A name for a run, such as ``2026-09-02-7f3a``: the day, and four hexadecimal digits by chance."""
    return f"{now:%Y-%m-%d}-{secrets.token_hex(2)}"


def _json(value: Sequence[str] | Marks) -> str:
    return msgspec.json.encode(value).decode()


def _summary(run: Run) -> RunSummary:
    counts = run.counts()
    return RunSummary(
        run=run.id,
        created=run.created.isoformat(),
        campaign=run.campaign,
        account=run.account,
        messages=sum(counts.values()) - counts[State.EXCLUDED],
        purged=run.purged,
        **{state.value: count for state, count in counts.items()},
    )


def _begin(connection: sqlite3.Connection) -> None:
    """The tables, in one transaction that needs no log: an unfinished file is thrown away."""
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    for statement in f"{TABLES}{MEMORY_TABLES}{INDEXES}".split(";"):
        connection.execute(statement)


def _write_messages(
    connection: sqlite3.Connection,
    messages: Iterable[SealedMessage],
    senders: Collection[str],
    remembering: Remembering | None,
) -> None:
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
        raise Blocked("there is no message to seal: nobody is left to write to")


def _write_excluded(connection: sqlite3.Connection, excluded: Iterable[Exclusion]) -> None:
    for person in excluded:
        fields = (person.name, "", person.address, None, "")
        _insert_once(connection, person.record, fields, State.EXCLUDED, person.reason)


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
        what = f"record {record}" if known else f"the Message-ID {fields[3]}"
        raise Blocked(f"{what} comes twice (XRC407): nothing was sealed") from None


def _put_in_place(unfinished: Path, path: Path) -> None:
    """Make the run appear, whole and on the disk, under a name that was free."""
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    if path.exists():
        raise OutboxError(f"a run called {path.stem} exists already: seal again")
    unfinished.replace(path)
    with suppress(OSError):  # Windows cannot sync a folder, and does not need to
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
