"""Nobody twice, across runs: who of the people about to be written to has the same letter already, from another run.

Two messages are the same letter where their words are the same, at any time, or where the letter file is, within
:data:`SAME_FILE`: a comma corrected after a stopped send is still the same letter, also in a folder that was renamed or
copied. Who was rejected was not written to.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from mailmerge.addresses import same_mailbox_key
from mailmerge.errors import OutboxError
from mailmerge.i18n import N_
from mailmerge.model import State
from mailmerge.outbox.earlier import Earlier, moment_or_none, read_earlier
from mailmerge.outbox.incomparable import comparing_key, incomparable
from mailmerge.outbox.key import Key, same_folder
from mailmerge.outbox.traces import NO_WORDS, Marks, Traces
from mailmerge.outbox.written import Comparison, Intended, Note, Unfinished, Written

SAME_FILE = datetime.timedelta(days=30)
"""How long two messages of one letter file count as the same letter, whatever their words are."""
_MOST_SHARING = 20
"""People with one mailbox who are told apart by the words of their letters."""
Candidate = tuple[int, int, bytes]
"""A record here, a record there that may be the same person's, and the words of the message there."""
_DUE = frozenset({State.PENDING.value, State.DEFERRED.value})
_NOT_WRITTEN = _DUE | {State.REJECTED.value, State.EXCLUDED.value}


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
        sent: list[Candidate] = []
        for candidate in self._meant(same):
            record, there, _words = candidate
            state = states.get(there, State.ACCEPTED)
            if record not in last and not run.copy and state != State.EXCLUDED:
                last[record] = State(state)
                self._last_runs[record] = run.run
            if state in _DUE:
                due.add(there)
            elif state not in _NOT_WRITTEN:
                sent.append(candidate)
        old = self._take_written(run, sent, states)
        others = {record for record, there in other if states.get(there, State.ACCEPTED) not in _NOT_WRITTEN}
        same_campaign = same_folder(run.campaign_key, self._people.campaign)
        if due and not run.purged and not run.copy:
            self._unfinished.append(Unfinished(run.run, len(due)))
        for found, same_file in ((old, True), (others - old, not same_campaign)):
            if found:
                self._notes.append(Note(run.run, run.created, len(found), same_file=same_file))
        self._days[run.run] = _day(run.created)

    def _take_written(self, run: Earlier, sent: list[Candidate], states: Mapping[int, str]) -> set[int]:
        """Take in who was sent the same letter; returns whom it was sent too long ago, and in other words."""
        if not sent:
            return set()
        last = run.last_change()
        if self._since is None and not self._is_recent(last, run.created):  # all of it was long ago
            sent, before = [each for each in sent if each[2] != NO_WORDS and self._says(each[0]) == each[2]], sent
            old = {record for record, _there, _words in before}
        else:
            old = set()
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

    def _meant(self, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """The candidates but those of a mailbox that several people share and that another one of them is meant by.

        Who shares a mailbox is told from the others by the words: a message that says what one of them is told now is
        that person's, and nobody else's.
        """
        if not self._shared:
            yield from candidates
            return
        own = {record for record, _there, words in candidates if record in self._shared and self._is_own(record, words)}
        for candidate in candidates:
            record, _there, words = candidate
            alone = record not in self._shared or self._is_own(record, words)
            if alone or (record not in own and not self._is_of_a_mate(record, words)):
                yield candidate

    def _is_own(self, record: int, words: bytes) -> bool:
        return words != NO_WORDS and self._says(record) == words

    def _is_of_a_mate(self, record: int, words: bytes) -> bool:
        mates = self._shared[record]
        return (
            words != NO_WORDS
            and len(mates) <= _MOST_SHARING
            and any(self._says(mate) == words for mate in mates if mate != record)
        )

    def outcome(self) -> Comparison:
        """What was found."""
        written = tuple(self._written[record] for record in sorted(self._written))
        notes, unfinished = tuple(self._notes), tuple(self._unfinished)
        return Comparison(written, unfinished, notes, self._last, self._last_runs, self._days)

    def _candidates(self, run: Earlier, entries: Traces) -> tuple[list[Candidate], list[tuple[int, int]]]:
        """Whom the run has the same letter for (record here, record there, the words), and whom another one.

        By the words alone the letter is the same too; with the same letter file they are not looked at yet.
        """
        mine = self._people.letters
        same_letter = [
            [any(a.is_same(b) for a in keys for b in theirs) for keys in mine] for theirs in entries.letter_keys
        ]
        same_campaign = same_folder(run.campaign_key, self._people.campaign)
        alike = [
            [same_campaign or any(a.is_like(b) for a in keys for b in theirs) for keys in mine]
            for theirs in entries.letter_keys
        ]
        where = self._where(digests=run.memory_key == self._key.id)
        letter_of, says, settled = self._people.letter_of, self._says, self._written
        same: list[Candidate] = []
        other: list[tuple[int, int]] = []
        nobody: list[int] = []
        entry = zip(entries.records, entries.mailboxes, entries.words, entries.letters, strict=True)
        for there, mailbox, words, letter in entry:
            for record in where.get(mailbox, nobody):
                if record in settled:
                    continue
                if same_letter[letter][letter_of(record)] or (words != NO_WORDS and says(record) == words):
                    same.append((record, there, words))
                elif alike[letter][letter_of(record)]:
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
    return when.astimezone().date().isoformat() if when else N_("a day that cannot be read")
