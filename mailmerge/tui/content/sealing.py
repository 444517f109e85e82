"""Whom sealing would write to, and what is to be known before: whoever has the letter already is left out first.

No widgets here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from textual.content import Content

from mailmerge.accounts import Account
from mailmerge.campaign import IfWritten, Mailing
from mailmerge.campaign.telling import from_runs, received_otherwise, run_day, runs_named, who_received
from mailmerge.errors import InputError, MailmergeError, RunsIncomparable
from mailmerge.i18n import _, number, plural
from mailmerge.model import Recipient, State
from mailmerge.outbox import WrittenComparison
from mailmerge.settings.approval_rule import ApprovalRule
from mailmerge.text.shown import shorten
from mailmerge.tui.content.safe_content import line, styled
from mailmerge.tui.content.theme import KEY, WARNING

_NAMED = 3
"""Runs, or reasons, that are named one by one."""


class Plan(Struct, frozen=True, dict=True):
    """Whom sealing would write to, as far as it is known."""

    campaign: Mailing
    comparison: WrittenComparison | None = None
    """With earlier runs; None while it is being made, or cannot be."""
    problem: RunsIncomparable | None = None
    """Why it cannot be made."""
    again: bool = False
    """Whether everybody is written to once more."""
    alone: bool = False
    """Whether it is about one person of a campaign."""
    unusual: tuple[Recipient, str] | None = None
    """The most unusual message of those that would leave, and why it is; None while that is not known."""

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
        return _rule_for(self.campaign).requires(self.count)

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
            return _("Comparing with earlier runs …")
        name = self.ends[0].name or self.ends[0].address
        if not self.ready and self.problem:
            return _("It is not known who already has this letter: nothing can be sent yet.")
        if not self.ready:
            return self._all_have_it(name)
        if self.alone:
            said = _("1 message will leave from {address}, to {name} alone.")
            return said.format(address=account.address, name=name)
        if self.waits_for_approval:
            return _sealed_and_waits(self.count, account.address)
        if self.skipped:
            return plural(
                self.count,
                "{count} message will leave from {address}, to the person who does not have this letter.",
                "{count} messages will leave from {address}, one to each person who does not have this letter.",
                address=account.address,
            )
        return plural(
            self.count,
            "{count} message will leave from {address}, to one person.",
            "{count} messages will leave from {address}, one to each person.",
            address=account.address,
        )

    def _all_have_it(self, name: str) -> str:
        if self.total == 1:
            said = _("{name} already has this letter.") if self.certain else _("{name} may already have this letter.")
            return said.format(name=name)
        if self.certain:
            return _("Everybody already has this letter.")
        return _("Everybody already has this letter, or may have it.")

    @property
    def question(self) -> str:
        """What is to be typed."""
        if self.ready and self.waits_for_approval:
            return _type_to_seal(self.count, _rule_for(self.campaign))
        if self.ready:
            return plural(
                self.count,
                "Type {count} and press Enter to seal the message and send it.",
                "Type {count} and press Enter to seal the messages and send them.",
            )
        return "" if self.waiting or self.problem else _("Nothing is left to send. Escape goes back.")

    def refusal(self, typed: str) -> str:
        """Why a number that was typed is not the right one."""
        if not typed:
            return _("Type {count}.").format(count=self.count)
        return _("That is not {count}. Nothing was sealed, nothing was sent.").format(count=self.count)

    def ways(self) -> Iterator[Content]:
        """Who has the letter already, and what can be done about it."""
        if self.problem is not None:
            yield from self._ways_round(self.problem)
        if self.comparison is None:
            return
        if self.have_it:
            received = _("{received}: {runs}.").format(
                received=_("Sent before") if self.total == 1 else who_received(self.comparison, self.total),
                runs=from_runs(self.comparison),
            )
            yield line(("! ", WARNING), received)
            second = self._a_second_time()
            if self.again:
                said = _("{second} {key} leaves out who has it.")
                yield line(("! ", WARNING), *styled(said, second=second, key=("e", KEY)))
            else:
                yield line(*styled(_("{key} writes to everybody once more. {second}"), second=second, key=("e", KEY)))
        for rest in self.comparison.unfinished[:1]:
            said = plural(
                rest.count,
                "Run {run} of {day} still has {count} message of this letter to send to these people: {key} resumes it"
                " instead.",
                "Run {run} of {day} still has {count} messages of this letter to send to these people: {key} resumes it"
                " instead.",
                run=rest.run,
                day=run_day(self.comparison.days[rest.run]),
                key="{key}",
            )
            yield line(*styled(said, key=("c", KEY)))

    def _a_second_time(self) -> str:
        if self.certain:
            return plural(
                len(self.have_it),
                "This person gets it a second time.",
                "These {count} people get it a second time.",
            )
        return plural(
            len(self.have_it),
            "This person may get it a second time.",
            "These {count} people may get it a second time.",
        )

    def _ways_round(self, problem: RunsIncomparable) -> Iterator[Content]:
        if self.again:
            said = _("Everybody who already has this letter gets it a second time. {key} takes that back.")
            yield line(("! ", WARNING), *styled(said, key=("e", KEY)))
            return
        yield line(("! ", WARNING), _("{reason}.").format(reason=problem.reason))
        if problem.runs:
            aside = plural(
                len(problem.runs), "{key} sets this run aside.", "{key} sets these {count} runs aside.", key="{key}"
            )
            yield line(*styled(aside, key=("x", KEY)))
        again = _("{key} writes to everybody once more, including those who already have the letter.")
        yield line(*styled(again, key=("e", KEY)))

    # --- facts ---------------------------------------------------------------------------------------------------

    @property
    def left_out(self) -> str:
        """How many are left out, by the kind of reason."""
        campaign = self.campaign
        kinds: list[str] = []
        purpose = [person.reason for person in campaign.excluded if person.exclusion is not None]
        if purpose:
            reasons = list(dict.fromkeys(shorten(reason, 40) for reason in purpose if reason))
            named = reasons[:_NAMED]
            if len(reasons) > _NAMED:
                named.append(plural(len(reasons) - _NAMED, "{count} more reason", "{count} more reasons"))
            kinds.append(_on_purpose(len(purpose), "; ".join(named)))
        listed = Counter(person.said for person in campaign.excluded if person.exclusion is None)
        kinds += [
            plural(count, "{count}: {reason}", "{count}: {reason}", reason=reason) for reason, count in listed.items()
        ]
        total = len(purpose) + sum(listed.values())
        others = len(campaign.table.records) - self.total - len(campaign.excluded)
        if campaign.file.where and others and not self.alone:
            where = shorten(campaign.file.where, 40)
            kinds.append(plural(others, "{count} by where = {where}", "{count} by where = {where}", where=where))
            total += others
        if self.skipped:
            kinds.append(
                plural(
                    len(self.skipped),
                    "{count} who already received this letter",
                    "{count} who already received this letter",
                )
            )
            total += len(self.skipped)
        if not kinds:
            return ""
        return plural(total, "{count} person: {kinds}", "{count} people: {kinds}", kinds=", ".join(kinds))

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


def _on_purpose(count: int, reasons: str) -> str:
    if not reasons:
        return plural(count, "{count} on purpose", "{count} on purpose")
    return plural(count, "{count} on purpose ({reasons})", "{count} on purpose ({reasons})", reasons=reasons)


def _rule_for(campaign: Mailing) -> ApprovalRule:
    """The rule that a campaign is sealed under."""
    try:
        return campaign.approval_rule
    except InputError:  # what is wrong with the settings is said by the sealing, which stops at it
        return campaign.file.approval


def _sealed_and_waits(count: int, address: str) -> str:
    """What will happen."""
    return plural(
        count,
        "{count} message from {address} will be sealed, and waits for approval.",
        "{count} messages from {address} will be sealed, and wait for approval.",
        address=address,
    )


def _type_to_seal(count: int, rule: ApprovalRule) -> str:
    """What is to be typed."""
    return _(
        "Type {count} and press Enter to seal the messages. Nothing is sent yet: more than {limit} messages need the"
        " approval of a second person."
    ).format(count=count, limit=number(rule.required_above or 0))
