"""A second person's review, without a screen: what is shown, for how long it was open, and what the verdict is.

Nothing is signed before every letter was open for two seconds, the number and two questions were answered, and both
decoys were found. A decoy that is missed ends the review: another one begins with other decoys.
"""

from __future__ import annotations

import datetime
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Any

from msgspec import Struct

from mailmerge.approval.reviewing.contents import Contents
from mailmerge.approval.reviewing.decoys import Decoy
from mailmerge.approval.reviewing.sampling import review_sample
from mailmerge.approval.reviewing.selection import Question, Why, plain_answer, questions, shown_letters
from mailmerge.approval.signatures.statement import Statement, Wrong
from mailmerge.approval.signatures.verify import DECOYS

LEAST_SECONDS = 2.0
"""For how long each letter has to be open."""


class Missing(StrEnum):
    """What is still to be done before there is a verdict."""

    UNSEEN = "unseen"
    NUMBER = "number"
    FIRST = "first"
    SECOND = "second"
    REASON = "reason"


class Item(Struct, frozen=True):
    """One thing to look at: a finding, or a letter."""

    record: int | None
    why: Why | None
    """Why the letter is shown; None for a finding."""
    content: bytes = b""
    finding: Mapping[str, Any] | None = None
    decoy: bool = False
    takers: int = 0
    """How many letters have its wording, where it is shown for that."""


class Verdict(Struct, frozen=True):
    """How a review ended."""

    approved: bool
    looked_at: int
    decoys_found: int
    decoys_shown: int
    decoy_records: Sequence[int]
    """To whom the decoys seemed to be written; told afterwards."""
    wrong: Sequence[Wrong] = ()

    @property
    def missed(self) -> bool:
        """Whether a decoy was taken for a letter of the run: there is no verdict then."""
        return self.decoys_found < self.decoys_shown


class ApprovalReview:
    """One review of one run."""

    def __init__(
        self,
        contents: Contents,
        *,
        clock: Callable[[], float] = time.monotonic,
        chance: secrets.SystemRandom | None = None,
        spent: AbstractSet[Decoy] = frozenset(),
    ):
        self.contents = contents
        self.questions: tuple[Question, Question] = questions(contents)
        self.sample = review_sample(len(contents.letters))
        self._clock = clock
        self._chance = chance or secrets.SystemRandom()
        self._spent = spent
        self._decoys = self._chosen_decoys()
        self.items: Sequence[Item] = self._arranged()
        self._seconds = [0.0] * len(self.items)
        self._wrong: dict[int, str] = {}
        self._open: int | None = None
        self._since = 0.0

    # --- looking ---------------------------------------------------------------------------------------------------

    def open(self, position: int) -> Item:
        """Show one thing; what was shown before is closed."""
        self.close()
        self._open, self._since = position, self._clock()
        return self.items[position]

    def close(self) -> None:
        """Nothing is shown any more."""
        if self._open is not None:
            self._seconds[self._open] += self._clock() - self._since
            self._open = None

    def seconds(self, position: int) -> float:
        """For how long something was open."""
        now = self._clock() - self._since if position == self._open else 0.0
        return self._seconds[position] + now

    def is_seen(self, position: int) -> bool:
        """Whether it was open for long enough."""
        return self.seconds(position) >= LEAST_SECONDS

    @property
    def seen(self) -> int:
        """How many things were open for long enough."""
        return sum(map(self.is_seen, range(len(self.items))))

    def next_unseen(self, position: int) -> int | None:
        """The next thing that was not open for long enough, from a position on and round."""
        total = len(self.items)
        return next((at % total for at in range(position, position + total) if not self.is_seen(at % total)), None)

    # --- judging ---------------------------------------------------------------------------------------------------

    def mark_wrong(self, position: int, reason: str) -> None:
        """Say that a letter, or what was waived, is wrong, and why."""
        self._wrong[position] = reason.strip()

    def take_back(self, position: int) -> None:
        """Say that it is right after all."""
        self._wrong.pop(position, None)

    def reason(self, position: int) -> str | None:
        """Why something was found to be wrong; None where it was not."""
        return self._wrong.get(position)

    def missing(self, number: str = "", first: str = "", second: str = "") -> list[Missing]:
        """What is still to be done, given what was typed."""
        left = []
        if self.seen < len(self.items):
            left.append(Missing.UNSEEN)
        if plain_answer(number) != str(len(self.contents.letters)):
            left.append(Missing.NUMBER)
        one, other = self.questions
        if one.accepts(first) is None:
            left.append(Missing.FIRST)
        if other.accepts(second) is None:
            left.append(Missing.SECOND)
        return left

    def verdict(self, number: str, first: str, second: str) -> Verdict | None:
        """The verdict; None while something is still to be done."""
        self.close()
        if self.missing(number, first, second):
            return None
        letters = {item.record for item in self.items if item.why is not None and not item.decoy}
        decoys = [position for position, item in enumerate(self.items) if item.decoy]
        found = sum(position in self._wrong for position in decoys)
        wrong = [
            Wrong(self.items[position].record or 0, reason)
            for position, reason in sorted(self._wrong.items())
            if not self.items[position].decoy
        ]
        records = [self.items[position].record or 0 for position in decoys]
        return Verdict(not wrong, len(letters), found, len(decoys), records, wrong)

    @property
    def missed_decoys(self) -> list[int]:
        """To whom the decoys seem to be written that were taken for letters of the run."""
        found = enumerate(self.items)
        return [item.record or 0 for position, item in found if item.decoy and position not in self._wrong]

    def again(self) -> ApprovalReview:
        """A new review of the same run, with other decoys as long as there are others."""
        return ApprovalReview(
            self.contents, clock=self._clock, chance=self._chance, spent={*self._spent, *self._decoys}
        )

    def _chosen_decoys(self) -> list[Decoy]:
        fresh = [decoy for decoy in self.contents.decoys if decoy not in self._spent]
        if len(fresh) < DECOYS:
            fresh = list(self.contents.decoys)
        shown = {letter.record: letter.why for letter in shown_letters(self.contents)}
        self._chance.shuffle(fresh)  # of letters that are not shown themselves, as far as there are any
        fresh.sort(key=lambda decoy: (shown.get(decoy.record, Why.SAMPLE) is not Why.SAMPLE, decoy.record in shown))
        chosen = {decoy.record: decoy for decoy in reversed(fresh)}
        return list(reversed(chosen.values()))[:DECOYS]

    def _arranged(self) -> list[Item]:
        """Findings first, then the letters in their order, the decoys somewhere among them."""
        bytes_of = {letter.record: letter.content for letter in self.contents.letters}
        findings = [Item(_record(finding), None, finding=finding) for finding in self.contents.findings]
        letters = [
            Item(shown.record, shown.why, bytes_of[shown.record], takers=shown.takers)
            for shown in shown_letters(self.contents)
        ]
        for decoy in self._decoys:
            twin = next((at for at, item in enumerate(letters) if item.record == decoy.record), None)
            place = self._chance.randrange(len(letters) + 1)
            lying = Item(decoy.record, Why.SAMPLE, decoy.content, decoy=True)
            if twin is not None and letters[twin].why is Why.SAMPLE and len(letters) > 2 * DECOYS:
                del letters[twin]  # two letters to one person would give the decoy away
                place = min(place, len(letters))
            letters.insert(place, lying)
        return [*findings, *letters]


def _record(finding: Mapping[str, Any]) -> int | None:
    record = finding.get("record")
    return record if isinstance(record, int) else None


def statement_of(review: Contents, verdict: Verdict, approver: str, now: datetime.datetime) -> Statement:
    """What is signed after a verdict: an approval, or a refusal with its reasons."""
    return Statement(
        run=review.run,
        root=review.root,
        messages=len(review.letters),
        verdict="approved" if verdict.approved else "refused",
        looked_at=verdict.looked_at,
        decoys_found=verdict.decoys_found,
        decoys_shown=verdict.decoys_shown,
        approver=approver,
        at=now,
        expires=now + datetime.timedelta(hours=review.hours),
        wrong=verdict.wrong,
    )
