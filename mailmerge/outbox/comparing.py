"""Nobody twice, across runs: who of the people about to be written to has the same letter already, from another run.

Two messages are the same letter where their words are the same, at any time, or where the letter file is, within
:data:`SAME_FILE`: a comma corrected after a stopped send is still the same letter. Who was rejected was not written to.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from mailmerge.addresses import same_mailbox_key
from mailmerge.errors import OutboxError, RunDamaged, RunsIncomparable
from mailmerge.model import State
from mailmerge.outbox.earlier import Earlier, moment_or_none, read_earlier
from mailmerge.outbox.key import KEY_FILE, Key, KeyDamaged, find_key, passing_key
from mailmerge.outbox.traces import NO_WORDS, Marks, Traces
from mailmerge.outbox.written import Comparison, Intended, Note, Unfinished, Written

SAME_FILE = datetime.timedelta(days=30)
"""How long two messages of one letter file count as the same letter, whatever their words are."""
_MOST_SHARING = 20
"""People with one mailbox who are told apart by the words of their letters."""
_DUE = frozenset({State.PENDING.value, State.DEFERRED.value})
_NOT_WRITTEN = _DUE | {State.REJECTED.value, State.EXCLUDED.value}


def comparing_key(folder: Path, earlier: Collection[Earlier]) -> Key:
    """The key to compare with; one for the moment where nothing was remembered yet.

    Raises:
        RunsIncomparable: there is none that earlier runs were made with, or it is damaged.
    """
    try:
        key = find_key(folder)
        if key is None and any(run.memory_key for run in earlier):
            raise KeyDamaged(f"the key {folder / KEY_FILE} is missing")
    except OutboxError as error:
        reason = f"{error}: whom earlier runs have written to is not known"
        raise RunsIncomparable(
            f"{reason}, so nothing was sealed or sent; restore it from a backup, move the runs that were made with it"
            " out of the way with `mailmerge runs --set-aside RUN`, or write to everybody once more with --again",
            reason,
            [run.run for run in earlier if run.memory_key],
        ) from None
    return key or passing_key()


def compare(
    folder: Path,
    people: Callable[[Key], Intended],
    *,
    but: str = "",
    sealed: datetime.datetime | None = None,
    since: Marks | None = None,
) -> Comparison:
    """Compare people with every earlier run in ``folder``, except ``but``.

    ``people`` is only called where there is an earlier run. ``sealed`` is when the people's own messages were, where
    they are: whatever was sent after that counts, however long ago it is. ``since`` is what was known of earlier runs
    when it was decided to write to everybody once more: only what was sent after that counts.

    Raises:
        RunsIncomparable: a run cannot be compared, and so may have written to somebody.
    """
    earlier, problems = read_earlier(folder, but=but)
    known_unreadable = {run for run, mark in (since or {}).items() if mark is None}
    _require_comparable(problems, known_unreadable)
    if not earlier:
        return Comparison()
    key = comparing_key(folder, earlier)
    comparing = _Comparing(key, people(key), sealed, since)
    for run in earlier:
        try:
            comparing.look_at(run)
        except OutboxError as error:
            problems[run.run] = error
    _require_comparable(problems, known_unreadable)
    return comparing.outcome()


def _require_comparable(problems: Mapping[str, OutboxError], known: Collection[str]) -> None:
    new = {run: error for run, error in problems.items() if run not in known}
    if new:
        raise incomparable(new)


def incomparable(problems: Mapping[str, OutboxError]) -> RunsIncomparable:
    """Why nobody can say whom earlier runs have written to, in one line; ``problems`` are by the name of the run."""
    run, error = next(iter(problems.items()))
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    what = str(error.short if isinstance(error, RunDamaged) else error)  # what to do is said once, below
    reason = f"{what}{more}: whom it has written to is not known"
    return RunsIncomparable(
        f"{reason}, so nothing was sealed or sent; restore it from a backup, move it out of the way with"
        f" `mailmerge runs --set-aside {run}`, or write to everybody once more with --again",
        reason,
        list(problems),
    )


class _Comparing:
    """One comparison as it goes along."""

    def __init__(self, key: Key, people: Intended, sealed: datetime.datetime | None, since: Marks | None):
        self._key = key
        self._people = people
        self._since = since
        self._by_digest: dict[bytes | str, list[int]] = {}
        self._by_address: dict[bytes | str, list[int]] = {}
        self._shared: dict[int, list[int]] = {}
        """The records that have a mailbox in common with others, and all of its records."""
        self._written: dict[int, Written] = {}
        self._unfinished: list[Unfinished] = []
        self._notes: list[Note] = []
        self._last: dict[int, State] = {}
        self._last_runs: dict[int, str] = {}
        self._days: dict[str, str] = {}
        self._words: dict[int, bytes] = {}
        self._sealed = sealed or datetime.datetime.now(datetime.UTC)

    def look_at(self, run: Earlier) -> None:
        """Compare with one run."""
        if self._since is not None and run.mark() == self._since.get(run.run):
            return
        same, other = self._candidates(run, run.entries(self._key))
        if not same and not other:
            return
        states, last = run.not_accepted(), self._last
        due: set[int] = set()
        sent: list[tuple[int, int, bytes]] = []
        for candidate in same:
            record = candidate[0]
            state = states.get(candidate[1], State.ACCEPTED)
            if record not in last and state != State.EXCLUDED:
                last[record] = State(state)
                self._last_runs[record] = run.run
            if state in _DUE:
                due.add(record)
            elif state not in _NOT_WRITTEN:
                sent.append(candidate)
        old = self._take_written(run, sent, states)
        others = {record for record, there in other if states.get(there, State.ACCEPTED) not in _NOT_WRITTEN}
        if due and not run.purged:
            self._unfinished.append(Unfinished(run.run, len(due)))
        for found, same_file in ((old, True), (others - old, False)):
            if found:
                self._notes.append(Note(run.run, run.created, len(found), same_file=same_file))
        self._days[run.run] = _day(run.created)

    def _take_written(self, run: Earlier, sent: list[tuple[int, int, bytes]], states: Mapping[int, str]) -> set[int]:
        """Take in who was sent the same letter; returns whom it was sent too long ago, and in other words."""
        if not sent:
            return set()
        last = run.last_change()
        if self._since is None and not self._is_recent(last, run.created):  # all of it was long ago
            sent, before = [each for each in sent if each[2] != NO_WORDS and self._says(each[0]) == each[2]], sent
            old = {record for record, _there, _words in before}
        else:
            old = set()
        if self._shared:
            others = self._sent_to_others(sent)
            sent = [each for each in sent if each[0] not in others]
        times = run.times() if sent else {}
        claims = run.claims() if self._since is not None else {}
        for record, there, words in sent:
            at = times.get(there, run.created)
            if not self._is_since(run.run, claims.get(there), at):
                continue
            if self._is_recent(at, run.created) or (words != NO_WORDS and self._says(record) == words):
                self._written.setdefault(record, self._entry(record, run.run, there, states.get(there, "accepted"), at))
                old.discard(record)
            else:
                old.add(record)
        return old

    def _sent_to_others(self, sent: Sequence[tuple[int, int, bytes]]) -> set[int]:
        """The records whose mailbox, which others have too, was sent nothing but the very words of those others."""
        said: dict[int, set[bytes]] = {}
        for record, _there, words in sent:
            if record in self._shared:
                said.setdefault(record, set()).add(words)
        return {
            record
            for record, words in said.items()
            if len(self._shared[record]) <= _MOST_SHARING
            and not words & {NO_WORDS, self._says(record)}
            and words <= {self._says(mate) for mate in self._shared[record] if mate != record}
        }

    def outcome(self) -> Comparison:
        """What was found."""
        written = tuple(self._written[record] for record in sorted(self._written))
        notes, unfinished = tuple(self._notes), tuple(self._unfinished)
        return Comparison(written, unfinished, notes, self._last, self._last_runs, self._days)

    def _candidates(self, run: Earlier, entries: Traces) -> tuple[list[tuple[int, int, bytes]], list[tuple[int, int]]]:
        """Whom the run has the same letter for (record here, record there, the words), and whom another one.

        By the words alone the letter is the same too; with the same letter file they are not looked at yet.
        """
        mine = self._people.letters
        same_letter = [
            [any(a.is_same(b) for a in keys for b in theirs) for keys in mine] for theirs in entries.letter_keys
        ]
        same_campaign = bool(run.campaign_key) and run.campaign_key == self._people.campaign
        where = self._where(digests=run.memory_key == self._key.id)
        letter_of, says, settled = self._people.letter_of, self._says, self._written
        same: list[tuple[int, int, bytes]] = []
        other: list[tuple[int, int]] = []
        nobody: list[int] = []
        entry = zip(entries.records, entries.mailboxes, entries.words, entries.letters, strict=True)
        for there, mailbox, words, letter in entry:
            for record in where.get(mailbox, nobody):
                if record in settled:
                    continue
                if same_letter[letter][letter_of(record)] or (words != NO_WORDS and says(record) == words):
                    same.append((record, there, words))
                elif same_campaign:
                    other.append((record, there))
        return same, other

    def _where(self, *, digests: bool) -> Mapping[bytes | str, list[int]]:
        """The records of each mailbox, as the entries of a run name it."""
        where = self._by_digest if digests else self._by_address
        if not where:
            key_of: Callable[[str], bytes | str] = self._key.mailbox if digests else same_mailbox_key
            for record, address in self._people.addresses.items():
                where.setdefault(key_of(address), []).append(record)
            if len(where) == len(self._people.addresses) and not self._people.others:
                return where
            mates = {key: list(records) for key, records in where.items()}
            for record, address in self._people.others.items():
                if (key := key_of(address)) in mates:
                    mates[key].append(record)
            self._shared = {one: mates[key] for key, records in where.items() if len(mates[key]) > 1 for one in records}
        return where

    def _says(self, record: int) -> bytes:
        """The keyed digest of what a record's message says."""
        mine = self._words.get(record)
        if mine is None:
            mine = self._words[record] = self._people.words_of(record)
        return mine

    def _is_since(self, run: str, claim: int | None, at: str) -> bool:
        """Whether a message counts: all do, unless it was decided knowing of them to write once more."""
        if self._since is None or run not in self._since:
            return True
        mark = self._since[run]
        if mark is not None:
            return claim is None or claim > mark
        when = moment_or_none(at)
        return when is None or when >= self._sealed

    def _is_recent(self, at: str, created: str) -> bool:
        when = moment_or_none(at) or moment_or_none(created)
        return when is None or self._sealed - when <= SAME_FILE

    def _entry(self, record: int, run: str, there: int, state: str, at: str) -> Written:
        when = at if moment_or_none(at) else ""
        return Written(record, self._people.addresses[record], run, there, State(state), when)


def _day(created: str) -> str:
    when = moment_or_none(created)
    return when.astimezone().date().isoformat() if when else "a day that cannot be read"
