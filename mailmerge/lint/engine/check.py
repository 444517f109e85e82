"""Run every rule over a campaign, once, message by message; a rule that fails is itself a reason to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mailmerge.errors import RenderFailed
from mailmerge.lint.engine.catalogue import load
from mailmerge.lint.engine.collector import Collector
from mailmerge.lint.engine.report import Report
from mailmerge.lint.engine.waivers import apply_waivers
from mailmerge.lint.extract.apart import make_ready
from mailmerge.lint.finding import RawFinding
from mailmerge.lint.rule import REGISTER, Check, Rule, Scope, checks_of
from mailmerge.lint.rules.meta.meta000_rule_failed import rule_failed
from mailmerge.lint.views.batch import Batch
from mailmerge.lint.views.canary import release_canary
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.layout import Scans
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Message, Recipient

Progress = Callable[[int, int], None]
"""Told how many of how many messages are done."""


@dataclass
class _Run:
    """One check as it goes along."""

    inspection: Inspection
    collector: Collector = field(init=False)
    failed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.collector = Collector(self.inspection)

    def once(self, each: Check, *shown: object) -> None:
        """One rule over the table, a letter, or the whole set."""
        self.guarded((each,), shown)

    def guarded(self, several: Iterable[Check], shown: tuple[object, ...]) -> None:
        """Rules one after another; each does work in proportion to what it is shown, so that all of them end."""
        for each in several:
            if each.rule.code in self.failed:
                continue
            try:
                for found in each.find(*shown):
                    self.collector.add(each.rule, found)
            except Exception as error:  # noqa: BLE001  (fails closed, whatever it was)
                self.fail(each.rule, rule_failed(each.rule, error))

    def fail(self, failed: Rule, several: Iterable[RawFinding]) -> None:
        """Block the send, and skip this rule in the rest of the check."""
        self.failed.add(failed.code)
        for found in several:
            self.collector.add(_META, found)


def check(inspection: Inspection, *, progress: Progress | None = None) -> Report:
    """Compose every message once, and show everything to every rule."""
    load()
    started = time.perf_counter()
    if any(".pdf" in letter.source.casefold() for letter in inspection.letters):
        make_ready()
    run = _Run(inspection)
    for each in checks_of(Scope.TABLE):
        run.once(each, inspection)
    for letter in inspection.letters:
        for each in checks_of(Scope.LETTER):
            run.once(each, inspection, letter)
    survey = Batch(inspection)
    _messages(run, survey, progress)
    for each in checks_of(Scope.SET):
        run.once(each, survey)
    findings = apply_waivers(run.collector)
    return Report(
        findings=findings,
        records=len(inspection.table.records),
        messages=len(survey.facts),
        files={path: digest for letter in inspection.letters for path, digest in letter.files.items()},
        seconds=time.perf_counter() - started,
    )


def _messages(run: _Run, survey: Batch, progress: Progress | None) -> None:
    """Each message composed, looked at, and forgotten."""
    inspection = run.inspection
    scans = Scans(inspection)
    several = checks_of(Scope.MESSAGE)
    without_files = tuple(each for each in several if not each.of_files)
    total = len(inspection.recipients)
    release_canary(inspection)
    for done, recipient in enumerate(inspection.recipients, 1):
        message = _composed(inspection, recipient, survey)
        if message is not None:
            view = MessageView(inspection, message, scans)
            run.guarded(several if message.attachments else without_files, (view,))
            survey.add(recipient, view)
        if progress and (done % 50 == 0 or done == total):
            progress(done, total)


def _composed(inspection: Inspection, recipient: Recipient, survey: Batch) -> Message | None:
    try:
        return inspection.compose(recipient)
    except RenderFailed as error:
        survey.failures.append((recipient.record, error))
        return None


_META = REGISTER["META000"]
