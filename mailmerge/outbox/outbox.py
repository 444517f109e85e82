"""The folder of runs: sealing a batch of messages, finding runs again, and what is done with all of them."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from mailmerge.errors import OutboxError, RunUnknown
from mailmerge.i18n import N_
from mailmerge.model import SealedMessage
from mailmerge.outbox import aside, sealing
from mailmerge.outbox.comparison.comparing import compare
from mailmerge.outbox.comparison.earlier import SUFFIX, marks_of, read_earlier
from mailmerge.outbox.comparison.incomparable import comparing_key, incomparable
from mailmerge.outbox.comparison.traces import Marks, Remembering
from mailmerge.outbox.comparison.written import Intended, WrittenComparison
from mailmerge.outbox.digest import SealedFact
from mailmerge.outbox.key import Key, make_key
from mailmerge.outbox.ledger import ASIDE
from mailmerge.outbox.listing import Listing, RunSummary, read_listing
from mailmerge.outbox.opening import read_run
from mailmerge.outbox.purge import RETENTION, Purged, purge_folder
from mailmerge.outbox.run import Run
from mailmerge.outbox.sealing import RunHeader, SealedExclusion
from mailmerge.text.regex import regex

_RUN_ID = regex(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")


class Outbox:
    """All runs of one folder, each a file of its own: ``RUN.sqlite3``."""

    def __init__(self, folder: Path):
        self.folder = folder

    def seal(
        self,
        header: RunHeader,
        messages: Iterable[SealedMessage],
        *,
        excluded: Iterable[SealedExclusion] = (),
        rows: Iterable[tuple[int, Sequence[str]]] = (),
        remembering: Remembering | None = None,
        facts: Callable[[], Iterable[SealedFact]] = tuple,
    ) -> Run:
        """Freeze messages as a run. Every one passes the last gate; nothing is left behind where one does not.

        ``rows`` (by record number) are the table as it was, so that the people who are left can be written out later in
        its own columns; they are deleted with the bytes. ``remembering`` says what the run is to know about its people
        for later runs; without it, nothing. ``facts`` are sealed with the messages, and are asked for once these are
        written.

        Raises:
            Blocked: the gate refuses a message, a record or a Message-ID comes twice (XRC407), or there is no message.
            OutboxError: the run cannot be written, or its name is taken.
        """
        if not _RUN_ID.fullmatch(header.run):
            raise OutboxError(N_('"{run}" cannot name a run: letters, digits and hyphens only'), run=header.run)
        path = self._path(header.run)
        sealing.seal(path, header, messages, excluded=excluded, rows=rows, remembering=remembering, facts=facts)
        return read_run(path)

    def listing(self) -> Listing:
        """Every file of the folder, and what it is.

        Raises:
            OutboxError: the folder cannot be read.
        """
        return read_listing(self.folder)

    def free_name(self, now: datetime.datetime) -> str:
        """A name for a new run that no run here has, nor one that was set aside."""
        for _try in range(100):
            name = new_run_id(now)
            if not self._path(name).exists() and not (self.folder / ASIDE / f"{name}{SUFFIX}").exists():
                return name
        return f"{new_run_id(now)}{secrets.token_hex(6)}"

    def runs(self) -> list[RunSummary]:
        """All runs that can be read, newest first; :meth:`listing` names the others.

        Raises:
            OutboxError: the folder cannot be read.
        """
        return list(self.listing().runs)

    def purge(self, older_than: datetime.timedelta = RETENTION, *, unfinished: bool = False) -> Purged:
        """Purge every run in which nothing has happened for this long, also those that were set aside.

        A run with something left to send is only purged with ``unfinished``; one that is being sent is left for the
        next time, and one that is damaged cannot be. What was purged a year ago forgets its digests of people too.

        Raises:
            OutboxError: the folder cannot be read.
        """
        return purge_folder(self.folder, older_than, unfinished=unfinished)

    # --- whom earlier runs have written to -----------------------------------------------------------------------

    def compare(self, people: Callable[[Key], Intended]) -> WrittenComparison:
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
        needed = any(run.memory_key for run in earlier)
        key = make_key(self.folder, set_damaged_aside=again or not needed)
        return key, marks_of(earlier, problems, key)

    def set_aside(self, run_id: str) -> Path:
        """Move a run out of the way, whole, where no comparison finds it; returns its new place.

        Raises:
            RunUnknown: there is none of this name.
            RunBusy: it is being sent.
            OutboxError: it cannot be moved; it is where it was.
        """
        return aside.set_aside(self.folder, run_id)

    def bring_back(self, run_id: str) -> Path:
        """Move a run that was set aside back; returns its place.

        Raises:
            RunUnknown, OutboxError: as :meth:`set_aside`.
        """
        return aside.bring_back(self.folder, run_id)

    def is_damaged(self, run_id: str) -> bool:
        """Whether a run cannot be read, or cannot say whom it has written to.

        Raises:
            RunUnknown: there is none of this name.
        """
        return aside.is_damaged(self.folder, run_id)

    def delete_aside(self, run_id: str) -> Path:
        """Delete a run that was set aside, whole; returns where it was.

        Raises:
            RunUnknown, RunBusy, OutboxError: as :meth:`set_aside`.
        """
        return aside.delete_aside(self.folder, run_id)

    def open(self, run_id: str) -> Run:
        """A run, for reading; nothing is made or changed.

        Raises:
            RunUnknown: there is none of this name.
            OutboxError: it cannot be read.
        """
        return read_run(self._known(run_id))

    def _known(self, run_id: str) -> Path:
        if not _RUN_ID.fullmatch(run_id) or not self._path(run_id).exists():
            raise RunUnknown(N_('no run is called "{run_id}": `mailmerge runs` lists them'), run_id=run_id)
        return self._path(run_id)

    def _path(self, run: str) -> Path:
        return self.folder / f"{run}{SUFFIX}"


def new_run_id(now: datetime.datetime) -> str:
    """A name for a run, such as ``2026-09-02-7f3a``: the day, and four hexadecimal digits by chance."""
    return f"{now:%Y-%m-%d}-{secrets.token_hex(2)}"
