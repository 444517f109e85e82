"""What was sent from this home, kept beside the runs and apart from them: an older copy of a run cannot hide it.

Of each run there are two small files. ``RUN.json`` names every sending that began here, and says how the messages
were at the last clean end. ``RUN.line`` says how far the journal had come; it is written over after each commit and
before anybody is told of it, and it is not synced: it is there for when a process dies and its log is lost.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from platform import node
from typing import Literal
from uuid import uuid4

import msgspec

from mailmerge.files.home import alone_with, make_private, write_atomically
from mailmerge.model import State
from mailmerge.outbox.connection import translate_errors
from mailmerge.outbox.titles import NAMELESS, PLACE

_LINE = struct.Struct(">16sQ")
_CHECKED = struct.Struct(">16sQI")
ASIDE = "set-aside"
"""The folder of the runs that are out of the way, among the others."""
Range = tuple[int, int]
Stage = Literal["planned", "begun", "ended"]


class Begun(msgspec.Struct, frozen=True):
    """One sending that began from this home."""

    nonce: str
    """32 hexadecimal digits; the run's own file has them too."""
    stage: Stage
    """``planned``: it is not known whether the run's file names it; nothing was claimed yet."""


class LedgerEntry(msgspec.Struct, frozen=True):
    """What is known here of one run."""

    sealed: str
    """The root digest: a run that is another one under the same name is none of this."""
    sendings: tuple[Begun, ...] = ()
    line: int = 0
    """The last line of the run's journal when this was written."""
    states: dict[str, tuple[Range, ...]] = {}
    """Records by state, but for the pending ones, as ranges with both ends."""

    def known(self) -> dict[int, State]:
        """The state of each record that was not pending."""
        return {
            record: State(state)
            for state, ranges in self.states.items()
            for first, last in ranges
            for record in range(first, last + 1)
        }


class _Home(msgspec.Struct, frozen=True):
    """The name of this home, written once; a copy of it is another file, and so another home."""

    id: str
    place: str
    inode: int


class Ledger:
    """The ledger of one folder of runs."""

    def __init__(self, runs: Path):
        self.folder = runs.with_name(f"{runs.name}-ledger")

    @classmethod
    def of(cls, run: Path) -> Ledger:
        """The ledger that the file of a run belongs to, also where it was set aside."""
        return cls(runs_folder(run))

    # --- the home ---------------------------------------------------------------------------------------------------

    def home(self) -> str:
        """Names this home; empty where it has no name, or is a copy of another."""
        found = self._home()
        return found.id if found else ""

    def name_home(self) -> tuple[str, str]:
        """The name of this home, made now where it has none, and where it is, for people.

        Raises:
            OutboxError: it cannot be written.
        """
        path = self.folder / "home.json"
        with translate_errors(path, "written"):
            make_private(self.folder)
            with alone_with(path):
                found = self._home()
                if found is None or found.place != self.place:
                    found = self._write_home(path, found.id if found else uuid4().hex)
        return found.id, found.place

    @property
    def place(self) -> str:
        """Where this home is, for people."""
        return PLACE.format(folder=self.folder.parent.absolute(), computer=node() or NAMELESS)

    def _home(self) -> _Home | None:
        path = self.folder / "home.json"
        try:
            found = msgspec.json.decode(path.read_bytes(), type=_Home)
            return found if found.inode == path.stat().st_ino else None
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def _write_home(self, path: Path, name: str) -> _Home:
        unfinished = path.with_name(f".home.{secrets.token_hex(8)}")
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                made = _Home(name, self.place, os.fstat(file.fileno()).st_ino)
                file.write(msgspec.json.encode(made))
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        return made

    # --- runs -------------------------------------------------------------------------------------------------------

    def entry(self, run: str, sealed: str) -> LedgerEntry | None:
        """What is known of a run; None where nothing is."""
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            content, _, check = self._path(run, "json").read_bytes().partition(b"\n")
            if sha256(content).hexdigest().encode() == check:
                found = msgspec.json.decode(content, type=LedgerEntry)
                return found if found.sealed == sealed else None
        return None

    def write(self, run: str, entry: LedgerEntry) -> None:
        """Keep this of a run; durable when it returns.

        Raises:
            OutboxError: it cannot be written.
        """
        path = self._path(run, "json")
        with translate_errors(path, "written"):
            make_private(self.folder)
            content = msgspec.json.encode(entry)
            write_atomically(path, content + b"\n" + sha256(content).hexdigest().encode())

    def line(self, run: str, nonce: str) -> int | None:
        """How far the journal had come in a sending; None where that is not known."""
        with suppress(OSError, struct.error, ValueError):
            content = self._path(run, "line").read_bytes()
            name, line, check = _CHECKED.unpack(content)
            if name == bytes.fromhex(nonce) and check == zlib.crc32(content[: _LINE.size]):
                return int(line)
        return None

    def follow(self, run: str, nonce: str, line: int) -> LineFile:
        """Begin to write down how far the journal comes.

        Raises:
            OutboxError: it cannot be written.
        """
        path = self._path(run, "line")
        with translate_errors(path, "written"):
            return LineFile(path, nonce, line)

    def _path(self, run: str, ending: str) -> Path:
        return self.folder / f"{run}.{ending}"


class LineFile:
    """The line that the journal of a sending has reached, outside the run's file."""

    def __init__(self, path: Path, nonce: str, line: int):
        self._nonce = bytes.fromhex(nonce)
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            self._put(line)
            os.fsync(self._handle)
        except OSError:
            os.close(self._handle)
            raise

    def reach(self, line: int) -> None:
        """Write the line over the last one: one small write, which outlives the process."""
        with suppress(OSError):  # without it a lost log is not noticed, which takes two faults
            self._put(line)

    def close(self) -> None:
        """Let go of the file; its last line stays."""
        os.close(self._handle)

    def _put(self, line: int) -> None:
        content = _LINE.pack(self._nonce, line)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, content + zlib.crc32(content).to_bytes(4, "big"))


def runs_folder(run: Path) -> Path:
    """The folder of all runs, given the file of one."""
    return run.parent.parent if run.parent.name == ASIDE else run.parent


def states_in_ranges(connection: sqlite3.Connection) -> dict[str, tuple[Range, ...]]:
    """The records of a run by state, but for the pending ones."""
    found: dict[str, list[Range]] = {}
    rows = connection.execute("SELECT record, state FROM message ORDER BY record")
    for state, ranges in _runs_of_one_state(rows):
        if state != State.PENDING:
            found.setdefault(state, []).append(ranges)
    return {state: tuple(ranges) for state, ranges in found.items()}


def _runs_of_one_state(rows: Iterator[tuple[int, str]] | sqlite3.Cursor) -> Iterator[tuple[str, Range]]:
    """Neighbours in the table that are in one state, whose numbers follow each other."""
    for (state, _offset), group in groupby(enumerate(rows), key=lambda each: (each[1][1], each[1][0] - each[0])):
        records: Sequence[int] = [record for _position, (record, _state) in group]
        yield state, (records[0], records[-1])
