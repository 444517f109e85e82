"""The verdicts on a run, in the order in which they were given, however late each was recorded.

A refusal outlasts whatever was approved before it. One that was signed is taken back by whoever signed it, and by
nobody else: another person, who sees a sample of the same bytes, may not have seen what was wrong with them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from msgspec import Struct

from mailmerge.approval.signatures.sshsig import read_signature
from mailmerge.approval.signatures.statement import parse_approval
from mailmerge.approval.signatures.verify import SKEW
from mailmerge.errors import ApprovalRefused, InputError
from mailmerge.i18n import N_
from mailmerge.outbox import ApprovalEntry, ApprovalKind

APPROVED = frozenset({ApprovalKind.SIGNED, ApprovalKind.SPOKEN, ApprovalKind.ALONE})


class Given(Struct, frozen=True):
    """One verdict."""

    entry: ApprovalEntry
    stated: datetime.datetime
    """When it was given, by the clock of whoever gave it."""
    key: bytes = b""
    """The public key that signed it; empty where nobody did."""
    text: str = ""
    """What was signed."""

    @property
    def at(self) -> datetime.datetime:
        """When it was given, by the clock of this computer: at the latest when it was recorded."""
        return min(self.stated, self.entry.at)

    @property
    def approved(self) -> bool:
        """Whether it is for the run."""
        return self.entry.kind in APPROVED

    def takes_back(self, refusal: Given) -> bool:
        """Whether it is a later approval by somebody who can take a refusal back."""
        if self.key and self.key == refusal.key:  # both by one clock, whatever it shows
            later = (self.stated, self.entry.id) > (refusal.stated, refusal.entry.id)
        else:
            later = (self.at, self.entry.id) > (refusal.at, refusal.entry.id)
        return self.approved and later and refusal.is_of(self.key)

    def is_of(self, key: bytes) -> bool:
        """Whether whoever has this key may take it back: a refusal of the author's own, anybody who approves."""
        return not self.key or self.key == key


def verdicts(entries: Sequence[ApprovalEntry]) -> list[Given]:
    """Every verdict, in the order in which they were given."""
    found = [_given(each) for each in entries if each.kind in APPROVED or each.kind is ApprovalKind.REFUSED]
    return sorted(found, key=lambda each: (each.at, each.entry.id))


def refusal_that_holds(given: Sequence[Given]) -> Given | None:
    """The last refusal that nobody has taken back."""
    refusals = [each for each in given if not each.approved and not any(a.takes_back(each) for a in given)]
    return refusals[-1] if refusals else None


def last_verdict(entries: Sequence[ApprovalEntry]) -> ApprovalEntry | None:
    """What holds: the refusal that nobody has taken back, else the last approval that was given."""
    given = verdicts(entries)
    refusal = refusal_that_holds(given)
    approvals = [each for each in given if each.approved]
    last = refusal or (approvals[-1] if approvals else None)
    return last.entry if last else None


def approvals(entries: Sequence[ApprovalEntry]) -> Iterator[ApprovalEntry]:
    """Every approval, the last one that was given first."""
    return (each.entry for each in reversed(verdicts(entries)) if each.approved)


def require_not_refused(entries: Sequence[ApprovalEntry], at: datetime.datetime, run: str, key: bytes = b"") -> None:
    """See that an approval of this moment, by the owner of this key, can count beside what was said already.

    Raises:
        ApprovalRefused: somebody found something wrong, and it does not take that back.
    """
    refusal = refusal_that_holds(verdicts(entries))
    if refusal is None:
        return
    if not refusal.is_of(key):
        raise ApprovalRefused(_BY_SOMEBODY_ELSE, kind="refused", approver=refusal.entry.by, run=run)
    if at < (refusal.stated if refusal.key else refusal.at):
        raise ApprovalRefused(_WITHDRAWN, kind="withdrawn", approver=refusal.entry.by, run=run)


_WITHDRAWN = N_(
    "{approver} found something wrong in run {run} after this approval was given, so it does not count: correct the"
    " campaign and seal it again"
)
_BY_SOMEBODY_ELSE = N_(
    "{approver} found something wrong in run {run}, and nobody else can approve it: correct the campaign and seal it"
    " again"
)


def _given(entry: ApprovalEntry) -> Given:
    text = entry.content.get("text")
    if isinstance(text, str):
        try:
            statement, body = parse_approval(text)
            stated = min(statement.at, entry.at + SKEW)  # a clock that is wrong on the other computer
            return Given(entry, stated, read_signature(body).key, statement.text)
        except (InputError, ApprovalRefused):  # damaged: it is told by whoever verifies it
            pass
    return Given(entry, entry.at)
