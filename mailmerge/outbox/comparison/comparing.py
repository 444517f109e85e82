"""Nobody twice, across runs: who of the people about to be written to has the same letter already, from another run.

Two messages are the same letter where their words are the same, at any time, or where the letter file is, within
:data:`SAME_FILE`: a comma corrected after a stopped send is still the same letter, also in a folder that was renamed or
copied. Who was rejected was not written to.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from operator import itemgetter
from pathlib import Path

from mailmerge.errors import OutboxError
from mailmerge.i18n import N_
from mailmerge.model import State
from mailmerge.outbox.comparison.earlier import Earlier, moment_or_none, read_earlier
from mailmerge.outbox.comparison.incomparable import comparing_key, incomparable
from mailmerge.outbox.comparison.mailboxes import Candidate, Mailboxes
from mailmerge.outbox.comparison.traces import NO_WORDS, Marks, Traces
from mailmerge.outbox.comparison.written import EarlierNote, Intended, Unfinished, Written, WrittenComparison
from mailmerge.outbox.key import Key, same_folder

SAME_FILE = datetime.timedelta(days=30)
"""How long two messages of one letter file count as the same letter, whatever their words are."""
_MOST_SHARING = 20
"""People with one mailbox who are told apart by the words of their letters."""
_WORTH_IT = 4
"""If a run has written to one of this many people, where the words of all are worked out."""
_DUE = frozenset({State.PENDING.value, State.DEFERRED.value})
_NOT_WRITTEN = _DUE | {State.REJECTED.value, State.EXCLUDED.value}


def compare(
    folder: Path,
    people: Callable[[Key], Intended],
    *,
    but: str = "",
    sealed: datetime.datetime | None = None,
    since: Marks | None = None,
) -> WrittenComparison:
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
        return WrittenComparison()
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


class _Said(dict[int, bytes]):
    """The keyed digest of what each record's message says, computed where it is asked for."""

    def __init__(self, words_of: Callable[[int], bytes]):
        self._words_of = words_of

    def __missing__(self, record: int) -> bytes:
        said = self[record] = self._words_of(record)
        return said

    def says(self, record: int, words: bytes) -> bool:
        """Whether a record's message says these words."""
        return words != NO_WORDS and self[record] == words


class _Comparing:
    """One comparison as it goes along."""

    def __init__(self, key: Key, people: Intended, sealed: datetime.datetime | None, since: Marks | None):
        self._key = key
        self._people = people
        self._since = since
        self._mailboxes = Mailboxes(key, people.addresses, people.others)
        self._written: dict[int, Written] = {}
        self._unfinished: list[Unfinished] = []
        self._notes: list[EarlierNote] = []
        self._last: dict[int, State] = {}
        self._last_runs: dict[int, str] = {}
        self._days: dict[str, str] = {}
        self._said = _Said(people.words_of)
        self._words: set[bytes] | None = None
        """What everybody is told, once it was needed."""
        self._sealed = sealed or datetime.datetime.now(datetime.UTC)

    def look_at(self, run: Earlier) -> None:
        """Compare with one run."""
        if self._since is not None and run.mark() == self._since.get(run.run):
            return
        same, other = self._candidates(run, run.entries(self._key))
        if not same and not other:
            return
        states = run.not_accepted()
        meant = self._meant(same)
        if not run.copy:
            self._take_last(run, meant, states)
        due = {there for _record, there, _words, _letter in meant if states.get(there) in _DUE} if states else set()
        sent = [each for each in meant if states.get(each[1]) not in _NOT_WRITTEN] if states else meant
        old = self._take_written(run, sent, states)
        sent_others = [each for each in other if states.get(each[1]) not in _NOT_WRITTEN] if states else other
        others = set(map(itemgetter(0), sent_others))
        same_campaign = same_folder(run.campaign_key, self._people.campaign)
        if due and not run.purged and not run.copy:
            self._unfinished.append(Unfinished(run.run, len(due)))
        for found, same_file in ((old, True), (others - old, not same_campaign)):
            if found:
                self._notes.append(EarlierNote(run.run, run.created, len(found), same_file=same_file))
        self._days[run.run] = _day(run.created)

    def _take_last(self, run: Earlier, meant: Sequence[Candidate], states: Mapping[int, str]) -> None:
        """Take in what became of the message of whoever no newer run has one for."""
        last = self._last
        if len(last) == len(self._people.addresses):
            return
        for record, there, _words, _letter in meant:
            if record not in last and (state := states.get(there, State.ACCEPTED)) != State.EXCLUDED:
                last[record] = State(state)
                self._last_runs[record] = run.run

    def _take_written(self, run: Earlier, sent: Sequence[Candidate], states: Mapping[int, str]) -> set[int]:
        """Take in who was sent the same letter; returns whom it was sent too long ago, and in other words."""
        if not sent:
            return set()
        old: set[int] = set()
        if self._since is None and not self._is_recent(run.last_change(), run.created):  # all of it was long ago
            said = self._said
            old = {record for record, _there, _words, _letter in sent}
            sent = [each for each in sent if said[each[0]] == each[2] and each[2] != NO_WORDS]
        times = run.times() if sent else {}
        claims = run.claims() if self._since is not None else {}
        taken: set[int] = set()
        for record, there, words, _letter in sent:
            at = times.get(there, run.created)
            when = moment_or_none(at)
            if not self._is_since(run.run, claims.get(there), when):
                continue
            if self._is_near(when or moment_or_none(run.created)) or self._said.says(record, words):
                if record not in taken:
                    taken.add(record)
                    state = State(states.get(there, State.ACCEPTED))
                    address, known = self._people.addresses[record], at if when else ""
                    self._written[record] = Written(record, address, run.run, there, state, known)
                old.discard(record)
            else:
                old.add(record)
        self._mailboxes.settle(taken)
        return old

    def _meant(self, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """The candidates but those of a mailbox that several people share and that another one of them is meant by.

        Who shares a mailbox is told from the others by the words: a message that says what one of them is told now is
        that person's, and nobody else's.
        """
        shared, says = self._mailboxes.shared, self._said.says
        if not shared:
            return candidates
        own = {record for record, _there, words, _ in candidates if record in shared and says(record, words)}

        def is_meant(record: int, words: bytes) -> bool:
            alone = record not in shared or says(record, words)
            return alone or (record not in own and not self._is_of_a_mate(record, words))

        return [each for each in candidates if is_meant(each[0], each[2])]

    def _is_of_a_mate(self, record: int, words: bytes) -> bool:
        mates = self._mailboxes.shared[record]
        return len(mates) <= _MOST_SHARING and any(self._said.says(mate, words) for mate in mates if mate != record)

    def outcome(self) -> WrittenComparison:
        """What was found."""
        written = tuple(self._written[record] for record in sorted(self._written))
        notes, unfinished = tuple(self._notes), tuple(self._unfinished)
        return WrittenComparison(written, unfinished, notes, self._last, self._last_runs, self._days)

    def _candidates(self, run: Earlier, entries: Traces) -> tuple[list[Candidate], list[tuple[int, int]]]:
        """Whom the run has the same letter for (record here, record there, the words), and whom another one.

        By the words alone the letter is the same too; with the same letter file they are not looked at yet.
        """
        mine, letter_of, said = self._people.letters, self._people.letter_of, self._said
        same_letter = [
            [any(a.is_same(b) for a in keys for b in theirs) for keys in mine] for theirs in entries.letter_keys
        ]
        same_campaign = same_folder(run.campaign_key, self._people.campaign)
        alike = [
            [same_campaign or any(a.is_like(b) for a in keys for b in theirs) for keys in mine]
            for theirs in entries.letter_keys
        ]
        digests = run.memory_key == self._key.id
        if not any(map(any, same_letter)) and self._says_nothing_of(entries):
            if not any(map(any, alike)):
                return [], []
            if all(map(all, alike)):
                return [], self._mailboxes.pairs(entries, digests=digests)
        found = self._mailboxes.find(entries, digests=digests)
        if not found or all(map(all, same_letter)):
            return found, []
        same: list[Candidate] = []
        other: list[tuple[int, int]] = []
        for candidate in found:
            record, there, words, letter = candidate
            if same_letter[letter][own := letter_of(record)] or (said[record] == words and words != NO_WORDS):
                same.append(candidate)
            elif alike[letter][own]:
                other.append((record, there))
        return same, other

    def _says_nothing_of(self, entries: Traces) -> bool:
        """Whether nobody is told now what a run said to anybody; not found out where that takes longer than to look."""
        if len(entries.words) * _WORTH_IT < len(self._people.addresses):
            return False
        if self._words is None:
            self._words = {self._said[record] for record in self._people.addresses} - {NO_WORDS}
        return self._words.isdisjoint(entries.words)

    def _is_since(self, run: str, claim: int | None, when: datetime.datetime | None) -> bool:
        """Whether a message counts: all do, unless it was decided knowing of them to write once more."""
        if self._since is None or run not in self._since:
            return True
        mark = self._since[run]
        if mark is not None:
            return claim is None or claim > mark
        return when is None or when >= self._sealed

    def _is_recent(self, at: str, created: str) -> bool:
        return self._is_near(moment_or_none(at) or moment_or_none(created))

    def _is_near(self, when: datetime.datetime | None) -> bool:
        return when is None or self._sealed - when <= SAME_FILE


def _day(created: str) -> str:
    when = moment_or_none(created)
    return when.astimezone().date().isoformat() if when else N_("a day that cannot be read")
