"""Another run as a comparison reads it: only what it needs, so that damage elsewhere in the file stops nobody."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from mailmerge.errors import OutboxError
from mailmerge.i18n import N_
from mailmerge.model import State
from mailmerge.outbox.comparison.traces import NO_WORDS, Traces, read_traces
from mailmerge.outbox.connection import moment, reading, translate_errors
from mailmerge.outbox.continuity import doubt_about, state_table
from mailmerge.outbox.key import Key, LetterKeys
from mailmerge.text.addresses import same_mailbox_key
from mailmerge.text.regex import regex

SUFFIX = ".sqlite3"
TEST_NAME = regex(r" \(test to [^()]+\)\Z")
"""How format 1 called the run of a message to oneself."""


class Earlier(Struct, frozen=True):
    """One run of this user, beside the one in question."""

    path: Path
    run: str
    campaign: str
    letter: str
    """File names, as format 1 has them."""
    created: str
    """As it was written; it may be damaged."""
    purged: bool
    memory_key: str
    """Names the key that its traces were made with; empty where it has none."""
    campaign_key: bytes
    copy: bool = False
    """Whether its file has not the name of the run: it may know of messages, and nothing is sent from it."""

    @property
    def remembers(self) -> bool:
        """Whether it can tell whom it wrote to: by its traces, or by addresses while it has them."""
        return bool(self.memory_key) or not self.purged

    def entries(self, key: Key) -> Traces:
        """Everybody whom it has a message for; by folded addresses where it has no digests under this key.

        Raises:
            OutboxError: it cannot be read, or was purged and remembers under another key.
        """
        if self.memory_key == key.id:
            with reading(self.path) as connection:
                return read_traces(connection, self.path)
        if self.purged:
            raise OutboxError(
                N_("{path} cannot be compared: it was made with another key of this home"), path=self.path
            )
        with reading(self.path) as connection:
            select = "SELECT record, forward_path FROM message WHERE message_id IS NOT NULL"
            rows = connection.execute(select).fetchall()
        count = len(rows)
        keys = [same_mailbox_key(address) for _record, address in rows]
        return Traces([row[0] for row in rows], keys, [NO_WORDS] * count, [0] * count, [self.named_letters(key)])

    def named_letters(self, key: Key) -> list[LetterKeys]:
        """Its letters by name, where no more is known of them; none where it has none."""
        return key.named_letters(self.campaign, self.letter)

    def not_accepted(self) -> dict[int, str]:
        """The messages that are not accepted, each with its state as it was written: it may be no state at all.

        Where the file is behind what was sent, they are what is known of them.
        """
        with reading(self.path) as connection:
            table = state_table(connection, self.path)
            select = f"SELECT record, state FROM {table} WHERE state < 'accepted' OR state > 'accepted'"  # noqa: S608
            states: dict[int, str] = dict(connection.execute(select).fetchall())
            doubt = doubt_about(connection, self.path)
        if doubt:
            return {record: doubt.state(record, State(state)) for record, state in states.items()}
        return states

    def last_change(self) -> str:
        """When something last happened to it, as it was written; its creation where nothing did."""
        with reading(self.path) as connection:
            row = connection.execute("SELECT at FROM journal ORDER BY id DESC LIMIT 1").fetchone()
        return str(row[0]) if row else self.created

    def times(self) -> dict[int, str]:
        """When something last happened to each of its messages, as it was written."""
        with reading(self.path) as connection:
            rows = connection.execute("SELECT record, at, max(id) FROM journal GROUP BY record").fetchall()
        return {record: at for record, at, _last in rows}

    def claims(self) -> dict[int, int]:
        """The line of the journal before which each of its messages left last."""
        with reading(self.path) as connection:
            rows = connection.execute(
                "SELECT record, max(id) FROM journal WHERE to_state = 'submitting' GROUP BY record"
            ).fetchall()
        return dict(rows)

    def mark(self) -> int:
        """The last line of its journal."""
        with reading(self.path) as connection:
            return int(connection.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0])


def read_earlier(folder: Path, *, but: str = "", since: str = "") -> tuple[list[Earlier], dict[str, OutboxError]]:
    """All other runs in a folder that can have written to somebody, the newest first, and why others cannot be read.

    The second is by the name of the run. Only runs whose name, which begins with a day, is not before ``since``.

    Raises:
        OutboxError: the folder cannot be read.
    """
    found: list[Earlier] = []
    problems: dict[str, OutboxError] = {}
    for path in run_files(folder):
        if path.stem == but or path.stem < since:
            continue
        try:
            earlier = _read(path)
        except OutboxError as error:
            problems[path.stem] = error
            continue
        if earlier is not None and earlier.remembers:
            found.append(earlier)
    found.sort(key=lambda earlier: (earlier.created, earlier.run), reverse=True)
    return found, problems


def marks_of(earlier: Iterable[Earlier], problems: Iterable[str], key: Key) -> dict[str, int | None]:
    """What is known of earlier runs now; ``problems`` names those that cannot be read."""
    marks: dict[str, int | None] = dict.fromkeys(problems)
    for run in earlier:
        if run.copy:
            continue
        try:
            marks[run.run] = None if run.purged and run.memory_key != key.id else run.mark()
        except OutboxError:
            marks[run.run] = None
    return marks


def is_comparable(path: Path, key: Key | None) -> bool:
    """Whether the run in a file can say whom it has written to."""
    try:
        earlier = _read(path)
        if earlier is not None and key is not None:
            earlier.entries(key)
            earlier.not_accepted()
    except OutboxError:
        return False
    return True


def run_files(folder: Path) -> list[Path]:
    """The files of runs.

    Raises:
        OutboxError: the folder cannot be read.
    """
    with translate_errors(folder, "read"):
        if not folder.exists():
            return []
        return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))


def moment_or_none(text: str) -> datetime.datetime | None:
    """A time as it was written; None where damage left none."""
    try:
        return moment(text)
    except ValueError:
        return None


def _read(path: Path) -> Earlier | None:
    """The run in a file; None where it is a message to oneself."""
    with reading(path) as connection:
        select = "SELECT id, format, campaign, letter_file, created, purged FROM run"
        run, format_, campaign, letter, created, purged = connection.execute(select).fetchone()
        memory_key, campaign_key, test = "", b"", bool(TEST_NAME.search(campaign))
        if format_ > 1:
            memory_key, campaign_key, test = connection.execute(
                "SELECT memory_key, campaign_key, test FROM run"
            ).fetchone()
    if test:
        return None
    copy = run != path.stem
    return Earlier(path, run, campaign, letter, created, bool(purged), memory_key, campaign_key, copy)
