"""``mailmerge check``: render every message, lint everything, say what stops the campaign."""

from __future__ import annotations

from pathlib import Path

import click

from mailmerge.cli.output import BLOCKED_OR_REJECTED, OK, print_json, progress, put
from mailmerge.cli.source import (
    account_option,
    json_option,
    only_option,
    opened,
    source_argument,
    tell_columns,
    tell_reading,
)
from mailmerge.lint import Finding, Report
from mailmerge.model import Severity
from mailmerge.text import plural, visible


@click.command()
@source_argument()
@account_option
@only_option
@json_option
def check(source: tuple[Path, ...], account_name: str, only: str, as_json: bool) -> int:
    """Render all messages and lint them; nothing is written or sent.

    Leaves with 0 when nothing blocks, with 1 when a finding does.

    \b
    Example: mailmerge check candidates.csv letter.md
    """
    campaign = opened(source, account_name, only=only)
    tell_columns(campaign)
    tell_reading(campaign)
    report = campaign.check(progress("checking")).report
    if as_json:
        notes = {"notes": list(campaign.table.notices)} if campaign.table.notices else {}
        print_json({**report.as_json(), **notes})
    else:
        for finding in report.findings:
            put(describe(finding))
        put(summary(report))
    return BLOCKED_OR_REJECTED if report.blocks else OK


def describe(finding: Finding) -> str:
    """A finding on two lines: what and where, then what to do."""
    line = None if finding.line is None else f"line {finding.line}"
    place = ", ".join(filter(None, (line, finding.field)))
    severity = "waived" if finding.waived else finding.severity
    first = f"{severity:6} {finding.rule} {finding.name}  {place + ': ' if place else ''}{visible(finding.message)}"
    return f"{first}\n       to do: {visible(finding.fix)}  [{finding.fingerprint}]"


def summary(report: Report) -> str:
    """How many messages, and how many findings of each severity."""
    counts = ", ".join(f"{report.count(severity)} {severity}" for severity in Severity)
    messages = plural(report.messages, "{count} message", "{count} messages")
    people = plural(report.records, "{count} person", "{count} people")
    return f"{messages} for {people}: {counts}"
