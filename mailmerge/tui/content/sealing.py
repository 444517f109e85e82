"""Whom sealing would write to, and what is to be known before: whoever has the letter already is left out first.

No widgets here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from textual.content import Content

from mailmerge.accounts import Account
from mailmerge.approval_rule import ApprovalRule, stricter
from mailmerge.campaign import IfWritten, Mailing
from mailmerge.campaign.telling import from_runs, received_otherwise, runs_named, who_received
from mailmerge.delivery import estimate
from mailmerge.errors import InputError, MailmergeError, RunsIncomparable
from mailmerge.i18n import N_, _, ngettext
from mailmerge.model import Recipient, Severity, State
from mailmerge.outbox import Comparison
from mailmerge.text import plural, shorten
from mailmerge.tui.content.durations import duration_text, end_text
from mailmerge.tui.content.safe_content import Piece, line
from mailmerge.tui.content.theme import CARE, GOOD, KEY, QUIET

if TYPE_CHECKING:
    from mailmerge.lint import Report

_MAY_GET = "this person may get", "these {count} people may get"
_NAMED = 3
"""Runs, or reasons, that are named one by one."""


@dataclass(frozen=True)
class Plan:
    """Whom sealing would write to, as far as it is known."""

    campaign: Mailing
    comparison: Comparison | None = None
    """With earlier runs; None while it is being made, or cannot be."""
    problem: RunsIncomparable | None = None
    """Why it cannot be made."""
    again: bool = False
    """Whether everybody is written to once more."""
    alone: bool = False
    """Whether it is about one person of a campaign."""

    @property
    def waiting(self) -> bool:
        """Whether the comparison is still being made."""
        return self.comparison is None and self.problem is None

    @property
    def total(self) -> int:
        """People of the campaign."""
        return len(self.campaign.recipients)

    @cached_property
    def have_it(self) -> frozenset[int]:
        """The records of those who have the letter from an earlier run, or may have it."""
        return frozenset(person.record for person in self.comparison.written) if self.comparison else frozenset()

    @property
    def certain(self) -> bool:
        """Whether all of them were accepted."""
        return all(person.state is State.ACCEPTED for person in self.comparison.written) if self.comparison else True

    @property
    def skipped(self) -> frozenset[int]:
        """The records of those who are left out because they have it."""
        return frozenset() if self.again else self.have_it

    @property
    def waits_for_approval(self) -> bool:
        """Whether nothing leaves before a second person has approved the run."""
        return self._rule.requires(self.count)

    @cached_property
    def _rule(self) -> ApprovalRule:
        try:
            return stricter(self.campaign.file.approval, self.campaign.environment.preferences.approval)
        except InputError:  # said where the settings are used: sealing stops at it
            return self.campaign.file.approval

    @property
    def count(self) -> int:
        """Messages that would leave: the number to be typed."""
        return self.total - len(self.skipped)

    @property
    def ready(self) -> bool:
        """Whether there is something to agree to."""
        return self.count > 0 and (self.comparison is not None or (self.problem is not None and self.again))

    @property
    def written(self) -> IfWritten:
        """What sealing does about those who have the letter."""
        return IfWritten.AGAIN if self.again else IfWritten.SKIP

    @property
    def can_change(self) -> bool:
        """Whether there are two ways to choose from."""
        return self.problem is not None or bool(self.have_it)

    @cached_property
    def ends(self) -> tuple[Recipient, Recipient]:
        """The first and the last person who is written to; of everybody where nobody is left."""
        records = self.campaign.recipients.records
        skipped = self.skipped if self.count else ()
        first = next(index for index, record in enumerate(records) if record.number not in skipped)
        last = next(index for index in reversed(range(len(records))) if records[index].number not in skipped)
        return self.campaign.recipients[first], self.campaign.recipients[last]

    @cached_property
    def subject(self) -> str:
        """The subject of the first letter."""
        try:
            return self.campaign.compose(self.ends[0]).subject
        except MailmergeError as error:
            return str(error)

    def sentence(self, account: Account) -> str:
        """What will happen."""
        if self.waiting:
            return "Comparing with earlier runs …"
        name = self.ends[0].name or self.ends[0].address
        if not self.ready and self.problem:
            return "Who already has this letter is not known: nothing can be sent yet."
        if not self.ready:
            who = name if self.total == 1 else "Everybody"
            return f"{who} already has this letter{'' if self.certain else ', or may have it'}."
        if self.alone:
            return f"1 message will leave from {account.address}, to {name} alone."
        if self.waits_for_approval:
            return ngettext(
                "{count} message from {address} will be sealed, and waits for approval.",
                "{count} messages from {address} will be sealed, and wait for approval.",
                self.count,
            ).format(count=self.count, address=account.address)
        messages = plural(self.count, "{count} message", "{count} messages")
        to = "one to each person who does not have this letter." if self.skipped else "one to each person."
        return f"{messages} will leave from {account.address}, {to}"

    @property
    def question(self) -> str:
        """What is to be typed."""
        if self.ready and self.waits_for_approval:
            return _(_FOR_APPROVAL).format(count=self.count, limit=self._rule.required_above)
        if self.ready:
            return f"Type {self.count} and press Enter to seal the messages and send them."
        return "" if self.waiting or self.problem else "Nothing is left to send. Escape goes back."

    def ways(self) -> Iterator[Content]:
        """Who has the letter already, and what can be done about it."""
        if self.problem is not None:
            yield from self._ways_round(self.problem)
        if self.comparison is None:
            return
        if self.have_it:
            received = "Sent before" if self.total == 1 else who_received(self.comparison, self.total)
            yield line(("! ", CARE), f"{received}, from {from_runs(self.comparison)}.")
            get = ("this person gets", "these {count} people get") if self.certain else _MAY_GET
            second = f"{plural(len(self.have_it), *get)} it a second time"
            if self.again:
                yield line(("! ", CARE), f"{second.capitalize()}. ", ("e", KEY), " leaves out who has it.")
            else:
                yield line(("e", KEY), f" writes to everybody once more: {second}.")
        for rest in self.comparison.unfinished[:1]:
            messages = plural(rest.count, "{count} message", "{count} messages")
            day = self.comparison.days[rest.run]
            said = f"Run {rest.run} of {day} still has {messages} of this letter to send to these people: "
            yield line(said, ("c", KEY), " goes on with it instead.")

    def _ways_round(self, problem: RunsIncomparable) -> Iterator[Content]:
        if self.again:
            said = "Whoever already has this letter gets it a second time. "
            yield line(("! ", CARE), said, ("e", KEY), " takes that back.")
            return
        yield line(("! ", CARE), f"{problem.reason}.")
        pieces: list[Piece] = []
        if problem.runs:
            aside = plural(len(problem.runs), " sets this run aside; ", " sets these {count} runs aside; ")
            pieces += [("x", KEY), aside]
        yield line(*pieces, ("e", KEY), " writes to everybody once more, whoever already has the letter.")

    # --- facts ---------------------------------------------------------------------------------------------------

    @property
    def left_out(self) -> str:
        """How many are left out, by the kind of reason."""
        campaign = self.campaign
        kinds: list[str] = []
        purpose = [person.reason for person in campaign.excluded if person.exclusion is not None]
        if purpose:
            reasons = list(dict.fromkeys(shorten(reason, 40) for reason in purpose if reason))
            more = f"; {len(reasons) - _NAMED} more reasons" if len(reasons) > _NAMED else ""
            named = f" ({'; '.join(reasons[:_NAMED])}{more})" if reasons else ""
            kinds.append(f"{len(purpose)} on purpose{named}")
        listed = Counter(person.reason for person in campaign.excluded if person.exclusion is None)
        kinds += [f"{count} {reason}" for reason, count in listed.items()]
        total = len(purpose) + sum(listed.values())
        others = len(campaign.table.records) - self.total - len(campaign.excluded)
        if campaign.file.where and others and not self.alone:
            kinds.append(f"{others} by where = {shorten(campaign.file.where, 40)}")
            total += others
        if self.skipped:
            kinds.append(f"{len(self.skipped)} who already received this letter")
            total += len(self.skipped)
        return f"{plural(total, '{count} person', '{count} people')}: {', '.join(kinds)}" if kinds else ""

    @property
    def before(self) -> list[str]:
        """What was sent before, run by run, the newest first."""
        found = self.comparison
        if found is None:
            return []
        states = sorted(((found.last_runs[record], state) for record, state in found.last.items()), reverse=True)
        runs = list(runs_named(states, found.days))
        notes = [received_otherwise(note, found.days[note.run]) for note in found.notes]
        said = [*runs, *notes]
        more = len(said) - _NAMED
        return said if more <= 0 else [*said[:_NAMED], plural(more, "and {count} run more", "and {count} runs more")]


_FOR_APPROVAL = N_(
    "Type {count} and press Enter to seal the messages. Nothing is sent yet: more than {limit} messages need the"
    " approval of a second person."
)


def facts(plan: Plan, account: Account | None, report: Report, seen: Set[int]) -> Iterator[Content]:
    """What is to be known before the number is typed; ``seen`` are the records whose messages were looked at."""
    first, last = plan.ends
    if account:
        yield _fact("Account", f"{account.name}, {account.host}:{account.port}")
    yield _fact("Subject", plan.subject)
    if plan.total == 1:
        yield _fact("To", f"{first.name} <{first.address}>")
    else:
        yield _fact("First", f"{first.name} <{first.address}>")
        yield _fact("Last", f"{last.name} <{last.address}>")
    if account and plan.ready:
        yield _fact("Pace", _pace(account, plan.count))
    yield _seen(plan, seen)
    warnings = report.count(Severity.WARN)
    if warnings:
        said = plural(warnings, "{count} finding to look at", "{count} findings to look at")
        yield _fact("Warnings", said, CARE)
    if plan.left_out:
        yield _fact("Left out", plan.left_out)
    if plan.comparison is not None:
        for number, said in enumerate(plan.before or ["no letter of this campaign to these people"]):
            yield _fact("" if number else "Before", said)


def _fact(label: str, text: str, style: str = "") -> Content:
    return line((f"{label:<10}", QUIET), (text, style))


def _pace(account: Account, count: int) -> str:
    seconds = estimate(count, account).total_seconds()
    limit = f"{account.per_minute:g} a minute" if account.per_minute else "no limit known"
    daily = f", {account.per_day} a day" if account.per_day else ""
    return f"{limit}{daily}; {duration_text(seconds)}, until {end_text(seconds)}"


def _seen(plan: Plan, seen: Set[int]) -> Content:
    if plan.alone:
        if plan.ends[0].record.number in seen:
            return _fact("Seen", "this message", GOOD)
        return _fact("Seen", "not yet; this message was checked by the linter only", CARE)
    count, total = len(seen), plan.total
    if count >= total:
        return _fact("Seen", "every message", GOOD)
    return _fact("Seen", f"{count} of {total} messages; the others were checked by the linter only", CARE)
