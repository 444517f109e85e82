"""``mailmerge check``: render every message, lint everything, say what stops the campaign."""

from __future__ import annotations

from pathlib import Path

import click

from mailmerge.cli.output import BLOCKED_OR_REJECTED, OK, json_option, print_json, progress, put
from mailmerge.cli.source import account_option, only_option, opened, source_argument, tell_columns, tell_reading
from mailmerge.i18n import _, plural
from mailmerge.lint import Finding, Report
from mailmerge.model import Severity
from mailmerge.model.words import counted_severity, severity_column, waived_column
from mailmerge.records.workbooks.hidden import left_in
from mailmerge.text.quotes import quotes
from mailmerge.text.shown import visible


@click.command()
@source_argument()
@account_option
@only_option
@json_option
def check(source: tuple[Path, ...], account_name: str, only: str, as_json: bool) -> int:
    """Render all messages and lint them. Nothing is written or sent.

    Leaves with 0 when nothing blocks, with 1 when a finding does.

    \b
    Example: mailmerge check candidates.csv letter.md
    """
    campaign = opened(source, account_name, only=only)
    tell_columns(campaign)
    tell_reading(campaign)
    report = campaign.check(progress(_("checking"))).report
    if as_json:
        notes = [*campaign.table.notices, *left_in(campaign.table)]
        print_json({**report.as_json(), **({"notes": notes} if notes else {})})
    else:
        for finding in report.findings:
            put(describe(finding))
        put(summary(report))
    return BLOCKED_OR_REJECTED if report.blocks else OK


def describe(finding: Finding) -> str:
    """A finding on two lines: what and where, then what to do."""
    line = "" if finding.line is None else _("line {line}").format(line=finding.line)
    column = _("column {header}").format(header=quotes([finding.header])) if finding.header else finding.field
    place = ", ".join(filter(None, (line, column)))
    severity = waived_column() if finding.waived else severity_column(finding.severity)
    message = visible(finding.message)
    said = _("{place}: {finding}").format(place=place, finding=message) if place else message
    fix = _("to do: {fix}").format(fix=visible(finding.fix))
    return f"{severity} {finding.rule} {finding.name}  {said}\n       {fix}  [{finding.fingerprint}]"


def summary(report: Report) -> str:
    """How many messages, and how many findings of each severity."""
    counts = ", ".join(counted_severity(severity, report.count(severity)) for severity in Severity)
    messages = plural(report.messages, "{count} message", "{count} messages")
    people = plural(report.records, "{count} person", "{count} people")
    return _("{messages} for {people}: {counts}").format(messages=messages, people=people, counts=counts)
