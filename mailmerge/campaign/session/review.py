"""Where a review stands: who is shown, in which order, what was seen, and what is marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from mailmerge.campaign import Recipients
from mailmerge.campaign.telling import run_day
from mailmerge.i18n import _, pgettext, plural
from mailmerge.model import Recipient, Severity, State
from mailmerge.model.words import severity_word, state_word
from mailmerge.text.folding import strip_accents
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from mailmerge.lint import Finding, Report
    from mailmerge.outbox import WrittenComparison

_SEPARATOR = "\x1e"


class Review:
    """One sitting with one campaign: positions in ``recipients``, as they are shown."""

    def __init__(self, recipients: Recipients):
        self.recipients = recipients
        self.records = recipients.records
        self.total = len(recipients)
        self.shown: Sequence[int] = range(self.total)
        """Positions in ``recipients``, in the order and with the filter of the screen."""
        self.query = ""
        self.alone = 0
        """The record of the one person who is shown; 0 where others are."""
        self.order: Sequence[int] = range(self.total)
        self.notes: Mapping[int, str] = {}
        """Why a record is unusual, in a few words, by record number."""
        self.seen: set[int] = set()
        """Record numbers."""
        self.states: dict[int, State] = {}
        """Of the run that was sealed last, by record number."""
        self.comparison: WrittenComparison | None = None
        """With earlier runs, once it was made."""
        self.report: Report | None = None
        self.check_failed = False
        """Whether there will be no report: the check broke off."""
        self._marks: dict[int, Severity] = {}
        self._haystack: list[str] = []

    def recipient(self, row: int) -> Recipient:
        """The person on a row of the screen."""
        return self.recipients[self.shown[row]]

    def row_of(self, number: int) -> int | None:
        """The row where a record is shown, None where the filter hides it."""
        position = self._position(number)
        if position is None:
            return None
        with suppress(ValueError):
            return self.shown.index(position)
        return None

    def row_from(self, number: int) -> int:
        """The row where a record is shown; where it is gone, that of the next one, or the last row."""
        row = self.row_of(number)
        if row is not None:
            return row
        position = bisect_left(self.records, number, key=lambda record: record.number)
        following = [row for row, shown in enumerate(self.shown) if shown >= position]
        return min(following, key=self.shown.__getitem__) if following else max(0, len(self.shown) - 1)

    def take_over(self, before: Review) -> None:
        """Go on as before, after a decision about the same table: what was seen, the order, the search, the states."""
        self.seen, self.states, self.comparison = before.seen, before.states, before.comparison
        positions = {record.number: position for position, record in enumerate(self.records)}
        if before.unusual_first:
            numbers = (before.records[position].number for position in before.order)
            order = [positions.pop(number) for number in numbers if number in positions]
            self.order, self.notes = [*order, *sorted(positions.values())], before.notes
        if self.records == before.records:
            self._haystack = before._haystack
        self.query = before.query
        self.shown = self.matching(self.query)
        if before.alone:
            self.show_alone(before.alone)

    def show_alone(self, number: int) -> None:
        """Show one person, where the campaign has the record."""
        position = self._position(number)
        if position is not None:
            self.alone, self.shown, self.query = number, [position], ""

    def show_everybody(self) -> None:
        """End :meth:`show_alone`."""
        self.alone, self.shown = 0, self.matching(self.query)

    def _position(self, number: int) -> int | None:
        position = bisect_left(self.records, number, key=lambda record: record.number)
        found = position < self.total and self.records[position].number == number
        return position if found else None

    # --- what was seen -------------------------------------------------------------------------------------------

    @property
    def seen_count(self) -> int:
        """How many of the people who are written to were seen: whoever was left out since then does not count."""
        return len(self._numbers & self.seen)

    @cached_property
    def _numbers(self) -> frozenset[int]:
        return frozenset(record.number for record in self.records)

    # --- what was sent -------------------------------------------------------------------------------------------

    @property
    def has_states(self) -> bool:
        """Whether something was sealed or sent before, as far as it is known."""
        return bool(self.states or (self.comparison and self.comparison.last))

    def state_of(self, number: int) -> State | None:
        """What became of a record's message: in the run sealed last from here, else in the last one that has it."""
        state = self.states.get(number)
        if state in (None, State.EXCLUDED, State.PENDING) and self.comparison is not None:
            return self.comparison.last.get(number, state)
        return state

    @property
    def marks_from(self) -> str:
        """Which runs the states are from, and of which day; empty where there are none."""
        found = self.comparison
        if found is None or not found.last_runs:
            return ""
        runs = set(found.last_runs.values())
        newest = max(runs, key=lambda run: (found.days[run], run))
        said = newest
        if not newest.startswith(found.days[newest]):
            said = _("{run} of {day}").format(run=newest, day=run_day(found.days[newest]))
        if len(runs) == 1:
            return said
        return plural(len(runs) - 1, "{run} and {count} more", "{run} and {count} more", run=said)

    # --- findings ------------------------------------------------------------------------------------------------

    def set_report(self, report: Report) -> None:
        """Take in what the linter found."""
        self.report = report
        self._marks = {}
        for finding in report.findings:
            if finding.waived:
                continue
            for number in finding.affected:
                best = self._marks.get(number)
                if best is None or _RANK[finding.severity] < _RANK[best]:
                    self._marks[number] = finding.severity

    @property
    def unchecked(self) -> str:
        """Why there is no report."""
        if self.check_failed:
            return _("The check failed: Ctrl+R starts it again.")
        return _("Still checking …")

    def findings_of(self, number: int) -> tuple[Finding, ...]:
        """What was found about one record."""
        return self.report.of_record(number) if self.report else ()

    @property
    def general_findings(self) -> tuple[Finding, ...]:
        """What was found about the letter or the whole table."""
        return self.report.general if self.report else ()

    @property
    def severities(self) -> Mapping[int, Severity]:
        """The gravest unwaived finding about each record that has one."""
        return self._marks

    def severity_of(self, number: int) -> Severity | None:
        """The gravest unwaived finding about a record."""
        return self._marks.get(number)

    def next_finding(self, row: int) -> int | None:
        """The next row after ``row`` with a finding worth stopping at, round the end; None where there is none."""
        worth = {number for number, severity in self._marks.items() if severity is not Severity.INFO}
        worth = worth or set(self._marks)
        return self._next(row, worth.__contains__) if worth else None

    def next_unseen(self, row: int) -> int | None:
        """The next row after ``row`` that was not seen, round the end; None where all were."""
        return self._next(row, lambda number: number not in self.seen)

    def _next(self, row: int, wanted: Callable[[int], bool]) -> int | None:
        records, count = self.records, len(self.shown)
        for step in range(1, count + 1):
            candidate = (row + step) % count
            if wanted(records[self.shown[candidate]].number):
                return candidate
        return None

    # --- order and search ----------------------------------------------------------------------------------------

    @property
    def unusual_first(self) -> bool:
        """Whether the most unusual messages stand at the top."""
        return not isinstance(self.order, range)

    @property
    def order_name(self) -> str:
        """The order in words."""
        return _("most unusual first") if self.unusual_first else _("as in the table")

    def set_order(self, order: Sequence[int], notes: Mapping[int, str] | None = None) -> None:
        """Show people in another order; the filter stays."""
        self.order, self.notes, self.alone = order, notes or {}, 0
        self.shown = self.matching(self.query)

    def prepare_search(self) -> None:
        """Fold the whole table once, so that a search is a walk over plain strings."""
        if self._haystack:
            return
        texts = (" ".join(record.values).replace(_SEPARATOR, " ") for record in self.records)
        self._haystack = strip_accents(_SEPARATOR.join(texts)).split(_SEPARATOR)

    def matching(self, query: str) -> Sequence[int]:
        """Who matches every word of a query: in any field, a finding's code or name, a state, ``seen``, ``unseen``."""
        words = strip_accents(query).split()
        if not words:
            return self.order
        self.prepare_search()
        hits: Iterable[int] = self.order
        for word in words:
            hits = self._matching(word, hits)
        return list(hits)

    def _matching(self, word: str, among: Iterable[int]) -> list[int]:
        records = self.records
        tagged = self._tagged(word)
        if tagged is not None:
            return [position for position in among if tagged(records[position].number)]
        haystack = self._haystack
        return [position for position in among if word in haystack[position]]

    def _tagged(self, word: str) -> Callable[[int], bool] | None:
        """A test on record numbers, where the word names a state or a finding rather than text."""
        if word in _words("seen", pgettext("search", "seen")):
            return self.seen.__contains__
        if word in _words("unseen", pgettext("search", "unseen")):
            return lambda number: number not in self.seen
        state = next((each for each in State if word in _words(each.value, state_word(each))), None)
        if self.has_states and state is not None:
            return lambda number: (self.state_of(number) or State.PENDING) is state
        severity = next((each for each in Severity if word in _words(each.value, severity_word(each))), None)
        if severity is not None or _CODE.match(word) or word in self._finding_names():
            findings = self.report.findings if self.report else ()
            numbers = {
                number
                for finding in findings
                if finding.severity is severity or word == finding.name or finding.rule.casefold().startswith(word)
                for number in (*finding.affected, *finding.others)
            }
            return numbers.__contains__
        return None

    def _finding_names(self) -> set[str]:
        return {finding.name for finding in self.report.findings} if self.report else set()


def _words(value: str, word: str) -> tuple[str, str]:
    """What a person may type for a state: its own name, and what it is called on the screen."""
    return value, strip_accents(word)


_RANK = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}
_CODE = regex(r"(lst|tpl|msg|xrc|att|wir|meta)\d+\Z")
