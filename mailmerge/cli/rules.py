"""``mailmerge rules``: what each rule of the linter finds, why it matters, and how to fix it."""

from __future__ import annotations

import click

from mailmerge.cli.output import put
from mailmerge.i18n import _
from mailmerge.lint import HEADINGS, all_rules, rule_named
from mailmerge.model.words import severity_column, severity_word


@click.command()
@click.argument("code", required=False)
def rules(code: str | None) -> None:
    """List the rules of the linter, or explain the one called CODE.

    \b
    Example: mailmerge rules LST105
    """
    if code is None:
        for rule in all_rules():
            severity = severity_column(rule.severity)
            put(f"{rule.code}  {severity}  {rule.suppression:6}  {rule.name:24}  {_(rule.doc.title)}")
        return
    rule = rule_named(code.upper())
    head = _("{code} {name} ({severity}; suppression: {suppression})").format(
        code=rule.code, name=rule.name, severity=severity_word(rule.severity), suppression=rule.suppression
    )
    put(f"{head}\n\n{_(rule.doc.title)}\n")
    for part, heading in HEADINGS.items():
        told = _("{heading}: {text}").format(heading=_(heading), text=_(getattr(rule.doc, part)))
        put(click.wrap_text(told, 100, preserve_paragraphs=part in ("bad", "good")))
