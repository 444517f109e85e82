"""Run every rule over a campaign, once, message by message; a rule that fails is itself a reason to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from mailmerge.errors import RenderFailed
from mailmerge.lint.collecting import Collector
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.provenance import release_canary
from mailmerge.lint.registry import REGISTER, Check, Rule, Scope, checks_of, rule
from mailmerge.lint.report import Report
from mailmerge.lint.scans import MessageView, Scans
from mailmerge.lint.survey import Survey
from mailmerge.lint.waivers import apply_waivers
from mailmerge.lint.watch import OutOfTime, Watch
from mailmerge.model import Message, Recipient, Severity

_SECONDS_A_MESSAGE = 20.0
_SECONDS_A_RULE = 60.0
_SECONDS_A_RECORD = 0.01

Progress = Callable[[int, int], None]
"""Told how many of how many messages are done."""


@rule("META000", "rule-failed", Severity.BLOCK, Suppression.NEVER, Scope.ENGINE)
def rule_failed(failed: Rule, reason: str) -> Iterator[Found]:
    """A check that could not be carried out.

    What: a rule of the linter itself broke off, or took longer than it may.
    Why: a check that was not made is not a check that passed; the linter fails closed.
    Bad: the check for column shifts stops with an error, and the send goes on.
    Good: every rule has looked at every message.
    Fix: look at what the finding names (a huge cell, a strange attachment); report it as a bug where nothing is odd.
    """
    yield Found(
        message=f"the check {failed.code} ({failed.name}) could not be carried out: {reason}",
        fix="Nothing is sent without it. Take out what it names, or report this as a bug of mailmerge.",
        evidence=(failed.code,),
        cause=failed.code,
    )


@dataclass
class _Run:
    """One check as it goes along."""

    inspection: Inspection
    watch: Watch
    collector: Collector = field(init=False)
    failed: set[str] = field(default_factory=set)
    current: Rule | None = None

    def __post_init__(self) -> None:
        self.collector = Collector(self.inspection)

    def once(self, each: Check, *shown: object) -> None:
        """One rule over the table, a letter, or the whole set."""
        seconds = _SECONDS_A_RULE + _SECONDS_A_RECORD * len(self.inspection.table.records)
        self.guarded((each,), shown, seconds)

    def guarded(self, several: Iterable[Check], shown: tuple[object, ...], seconds: float) -> None:
        """Rules one after another, all of them within so many seconds."""
        try:
            with self.watch.limit(seconds):
                for each in several:
                    if each.rule.code in self.failed:
                        continue
                    self.current = each.rule
                    try:
                        for found in each.find(*shown):
                            self.collector.add(each.rule, found)
                    except Exception as error:  # noqa: BLE001  (fails closed, whatever it was)
                        self.fail(each.rule, f"{type(error).__name__}: {error}")
        except OutOfTime:
            if self.current is not None:
                self.fail(self.current, f"it was not done after {seconds:.0f} seconds")

    def fail(self, failed: Rule, reason: str) -> None:
        """Block the send, and spare the rest of the check this rule."""
        self.failed.add(failed.code)
        for found in rule_failed(failed, reason):
            self.collector.add(_META, found)


def check(inspection: Inspection, *, progress: Progress | None = None) -> Report:
    """Compose every message once, and show everything to every rule."""
    started = time.perf_counter()
    with Watch() as watch:
        run = _Run(inspection, watch)
        for each in checks_of(Scope.TABLE):
            run.once(each, inspection)
        for letter in inspection.letters:
            for each in checks_of(Scope.LETTER):
                run.once(each, inspection, letter)
        survey = Survey(inspection)
        _messages(run, survey, progress)
        for each in checks_of(Scope.SET):
            run.once(each, survey)
        findings = apply_waivers(run.collector)
    return Report(
        findings=findings,
        records=len(inspection.table.records),
        messages=len(survey.facts),
        recipients=inspection.recipient_numbers,
        files={path: digest for letter in inspection.letters for path, digest in letter.files.items()},
        seconds=time.perf_counter() - started,
    )


def _messages(run: _Run, survey: Survey, progress: Progress | None) -> None:
    """Each message composed, looked at, and forgotten."""
    inspection = run.inspection
    scans = Scans(inspection)
    several = checks_of(Scope.MESSAGE)
    total = len(inspection.recipients)
    release_canary(inspection)
    for done, recipient in enumerate(inspection.recipients, 1):
        message = _composed(inspection, recipient, survey)
        if message is not None:
            view = MessageView(inspection, message, scans)
            run.guarded(several, (view,), _SECONDS_A_MESSAGE)
            survey.add(recipient, view)
        if progress and (done % 50 == 0 or done == total):
            progress(done, total)


def _composed(inspection: Inspection, recipient: Recipient, survey: Survey) -> Message | None:
    try:
        return inspection.compose(recipient)
    except RenderFailed as error:
        survey.failures.append((recipient.record, error))
        return None


_META = REGISTER["META000"]
