"""How the file of a run is opened, and how SQLite's errors are translated for a person."""

from __future__ import annotations

import datetime
import errno
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path, PurePath
from typing import Literal
from urllib.parse import quote

import msgspec

from mailmerge.errors import FileBusy, MailmergeError, OutboxError, Reason, RunDamaged, os_reason
from mailmerge.i18n import N_, Term
from mailmerge.outbox.schema import FORMAT

BUSY_SECONDS = 5.0
"""How long a connection waits for another's short transaction."""


def _connect_reading(path: Path) -> sqlite3.Connection:
    """A connection that needs no permission to write, also while another process sends.

    Raises:
        OutboxError: the file cannot be read as a run.
    """
    with translate_errors(path, "read"):
        try:
            return _probed(path, "mode=ro")
        except sqlite3.OperationalError as error:
            if _name(error).startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) and path.exists():
                return _reading_without_helpers(path)
            raise


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection for reading, closed at the end, with every refusal of SQLite told as one of ours.

    Raises:
        OutboxError: it cannot be read.
    """
    with closing(_connect_reading(path)) as connection, translate_errors(path, "read"):
        yield connection


def _reading_without_helpers(path: Path) -> sqlite3.Connection:
    """Where SQLite may not make the files that a write-ahead log needs.

    A run without a log beside it cannot be changing, so it is read as it is; one with a log left by a killed process
    is recovered by opening it for writing, which is refused where that is not permitted.
    """
    wal = path.with_name(f"{path.name}-wal")
    if wal.exists() and wal.stat().st_size:
        return _probed(path, "mode=rw")
    return _probed(path, "mode=ro&immutable=1")


def connect_writing(path: Path) -> sqlite3.Connection:
    """A connection whose commits are on the disk when they return.

    Raises:
        OutboxError: the file cannot be written, or is no run.
    """
    with translate_errors(path, "written"):
        connection = _probed(path, "mode=rw")
        try:
            connection.execute("PRAGMA synchronous=EXTRA")  # FULL, and the folder synced where there is no log
            connection.execute("BEGIN IMMEDIATE")  # a read-only file is refused here, not at the first verdict
            connection.execute("ROLLBACK")
        except sqlite3.Error:
            connection.close()
            raise
        return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written within, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):  # on a full or faulty disk SQLite has rolled it back itself
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection for one transaction, durable at the end, with every refusal of SQLite told as one of ours.

    Raises:
        OutboxError: it cannot be written.
    """
    with closing(connect_writing(path)) as connection, translate_errors(path, "written"), transaction(connection):
        yield connection


def wait_if_busy(connection: sqlite3.Connection) -> None:
    """Let its statements wait a while for another process that writes."""
    connection.execute(f"PRAGMA busy_timeout={round(BUSY_SECONDS * 1000)}")


def refuse_if_busy(connection: sqlite3.Connection) -> None:
    """Have its statements refused at once where another process writes."""
    connection.execute("PRAGMA busy_timeout=0")


def leave_log(connection: sqlite3.Connection) -> None:
    """Make the run one file again, which can be read without permission to write beside it.

    Where somebody is reading, or the disk is full, it stays a file and its log, and whole all the same.
    """
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout=200")
        connection.execute("PRAGMA journal_mode=DELETE")


def uri_of(path: PurePath) -> str:
    """How SQLite is given an absolute path (https://sqlite.org/uri.html, 3.1).

    It takes no host: that of a share on a server (UNC) is part of the path.
    """
    return f"file:///{quote(os.fsencode(path.as_posix()).removeprefix(b'/'), safe='/:')}"


def _probed(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{uri_of(path.absolute())}?{mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        format_found = connection.execute("SELECT format FROM run").fetchone()
        if format_found is None:
            raise damaged(path, "cut-short")
        with understood(path):
            newer = format_found[0] > FORMAT
        if newer:
            raise OutboxError(N_("{path} was written by a newer mailmerge: update the program"), path=path)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def translate_errors(path: Path, action: Action) -> Iterator[None]:
    """Turn what SQLite or the system refuses into one line: ``cannot be {action}``.

    Raises:
        OutboxError: in the place of any ``sqlite3.Error`` or ``OSError``.
    """
    try:
        yield
    except MailmergeError:
        raise
    except sqlite3.Error as error:
        if path.is_dir():  # SQLite takes a folder for a faulty disk
            raise _refused(path, action, os_reason(IsADirectoryError(errno.EISDIR, ""))) from None
        if _name(error).startswith(_BUSY):
            raise _busy(path) from None
        kind = next((kind for start, kind in _DAMAGES.items() if _name(error).startswith(start)), "")
        raise (damaged(path, kind) if kind else _refused(path, action, _reason(error))) from None
    except UnicodeDecodeError:  # SQLite complains in the words of a damaged file
        raise damaged(path) from None
    except TimeoutError:  # of a lock
        raise _busy(path) from None
    except OSError as error:
        raise _refused(path, action, os_reason(error)) from None


Action = Literal["read", "written", "locked", "deleted", "moved"]
_REFUSALS: Mapping[Action, str] = {
    "read": N_("{path} cannot be read: {said}"),
    "written": N_("{path} cannot be written: {said}"),
    "locked": N_("{path} cannot be locked: {said}"),
    "deleted": N_("{path} cannot be deleted: {said}"),
    "moved": N_("{path} cannot be moved: {said}"),
}


def _refused(path: Path, action: Action, said: object) -> OutboxError:
    return OutboxError(_REFUSALS[action], path=path, said=said)


def _busy(path: Path) -> FileBusy:
    return FileBusy(N_("{path} is being written by another process: wait until it ends, and try again"), path=path)


@contextmanager
def understood(path: Path) -> Iterator[None]:
    """Turn a text of the run that does not say what it should (a date, a list) into one line.

    Raises:
        OutboxError: in the place of a ``ValueError``, ``TypeError`` or JSON error.
    """
    try:
        yield
    except (ValueError, TypeError, msgspec.MsgspecError):
        raise damaged(path) from None


def damaged(path: Path, kind: str = "damaged") -> RunDamaged:
    """Why the file of a run cannot be used, by the token of why."""
    short, whole = DAMAGE[kind]
    values = {"path": str(path)}
    return RunDamaged(Reason(kind, whole, values), Reason(kind, short, values))


def moment(text: str) -> datetime.datetime:
    """A time as a run has it: ISO 8601 with its time zone, and one that this computer can show as local time.

    Raises:
        ValueError: it is not.
    """
    at = datetime.datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    try:
        at.astimezone()
    except (OverflowError, OSError):
        raise ValueError(text) from None
    return at


def is_disk_full(error: BaseException) -> bool:
    """Whether SQLite failed for want of room; an input/output error while writing is counted as such."""
    return isinstance(error, sqlite3.Error) and _name(error).startswith(
        ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_FSYNC")
    )


def _name(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", None) or ""


def _reason(error: sqlite3.Error) -> object:
    name = _name(error)
    for start, reason in _REASONS.items():
        if name.startswith(start):
            return Term(reason)
    return f"{str(error) or name} (SQLite)"


_REASONS = {
    "SQLITE_FULL": N_("the disk is full; make room and try again"),
    "SQLITE_IOERR": N_("the disk is full or faulty; free some space or check it, and try again"),
    "SQLITE_READONLY": N_("the file or its folder is read-only; change the permissions so that you can write there"),
    "SQLITE_PERM": N_("permission denied; change the permissions so that you can use it"),
    "SQLITE_CANTOPEN": N_("the file or its folder may not be opened; check its permissions"),
    "SQLITE_AUTH": N_("permission denied; change the permissions so that you can use it"),
}
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_DAMAGES = {
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "no-run",
    "SQLITE_ERROR": "no-run",
    "SQLITE_CONSTRAINT": "damaged",
}
DAMAGE = {
    "damaged": (
        N_("{path} cannot be read: the file is damaged"),
        N_(
            "{path} cannot be read: the file is damaged; restore a copy from a backup, and whoever may have been sent"
            " a message since that copy was made counts as unknown"
        ),
    ),
    "no-run": (
        N_("{path} cannot be read: the file is damaged, or is not a run of mailmerge"),
        N_(
            "{path} cannot be read: the file is damaged, or is not a run of mailmerge; restore a copy from a backup,"
            " and whoever may have been sent a message since that copy was made counts as unknown"
        ),
    ),
    "cut-short": (
        N_("{path} cannot be read: it was cut short and holds no run"),
        N_(
            "{path} cannot be read: it was cut short and holds no run; restore a copy from a backup, and whoever may"
            " have been sent a message since that copy was made counts as unknown"
        ),
    ),
    "messages-missing": (
        N_("{path} cannot be read: not every message that was sealed is in it"),
        N_(
            "{path} cannot be read: not every message that was sealed is in it; restore a copy from a backup, and"
            " whoever may have been sent a message since that copy was made counts as unknown"
        ),
    ),
    "memory": (
        N_("{path} cannot be read: what it remembers of the people in it is damaged"),
        N_(
            "{path} cannot be read: what it remembers of the people in it is damaged; restore a copy from a backup, and"
            " whoever may have been sent a message since that copy was made counts as unknown"
        ),
    ),
}
"""Why the file of a run cannot be used, by its token; the second says what to do as well."""
